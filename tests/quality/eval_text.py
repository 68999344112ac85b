"""How well pages are read: F1 by the method of the public article-extraction benchmark, and cost.

Run ``python tests/quality/eval_text.py`` in the repository's root; prints JSON. Compares our reading
with trafilatura's defaults on the same pages, in one process, page by page in turn. Without the
public data (``../shared/data/pages``) it says so and ends with 0.
"""

import gzip
import hashlib
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from dateline.errors import BadPage
from dateline.model import Article, Role
from dateline.text import clean, extract

PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "pages"
_WORD = re.compile(r"\w+")
_CREDIT = re.compile(
    r"photo|image|getty|reuters|associated press|shutterstock|credit|afp|\bap\b|写真|画像", re.IGNORECASE
)
"""What the words before a text are when they credit a picture, in the spelling of ``clean.key``."""


def pages(name: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield (gold row, HTML) of one set."""
    with gzip.open(PAGES / name / "gold.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            gold = json.loads(row)
            yield gold, gzip.decompress((PAGES / name / gold["html_file"]).read_bytes())


def overlap(gold: str, text: str, size: int = 4) -> tuple[float, float]:
    """Return (precision, recall) over shingles of ``size`` words, counted with repetition."""
    ours, theirs = _shingles(text, size), _shingles(gold, size)
    both = sum((ours & theirs).values())
    if ours == theirs:
        return 1.0, 1.0
    return (both / sum(ours.values()) if ours else 0.0), (both / sum(theirs.values()) if theirs else 0.0)


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words)


def f1(pairs: list[tuple[float, float]]) -> dict[str, float]:
    """Return the benchmark's figures: F1 of mean precision and mean recall."""
    precision, recall = (statistics.mean(column) for column in zip(*pairs, strict=True))
    return {
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }


def bootstrap(pairs: list[tuple[float, float]], rounds: int = 1000) -> dict[str, float | list[float]]:
    """Return standard deviation and 95 % interval of F1 over resampled pages; always the same draws."""
    draw = random.Random(1)
    drawn = sorted(f1(draw.choices(pairs, k=len(pairs)))["f1"] for _ in range(rounds))
    return {
        "sd": round(statistics.stdev(drawn), 4),
        "interval_95": [drawn[round(0.025 * rounds)], drawn[round(0.975 * rounds) - 1]],
    }


def is_held_out(gold: dict[str, Any]) -> bool:
    """Whether a page belongs to the third of the hosts that is not tuned on; pages without address go by id."""
    host = (urlsplit(gold.get("url") or "").hostname or gold["id"]).removeprefix("www.")
    return hashlib.sha256(host.encode()).digest()[0] % 3 == 0


def corpus(name: str) -> str:
    """Return the first 16 hexadecimal digits of the gold file's SHA-256, over its content."""
    return hashlib.sha256(gzip.decompress((PAGES / name / "gold.jsonl.gz").read_bytes())).hexdigest()[:16]


def ours(body: bytes, url: str) -> Article | None:
    try:
        return extract.read_html(body, url=url)
    except BadPage:
        return None


def stock(body: bytes) -> str:
    """Return the text by the library's defaults, which decode the bytes themselves."""
    return trafilatura.extract(body) or ""


def _text_and_cost(name: str) -> dict[str, Any]:
    """F1 of ours and of trafilatura's defaults, and the ratio of their times."""
    extract.load()
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "defaults": [], "fast": []}
    held: list[bool] = []
    spent: list[list[float]] = []
    for gold, body in pages(name):
        marks = [time.perf_counter()]
        read = ours(body, gold.get("url", ""))
        marks.append(time.perf_counter())
        other = stock(body)
        marks.append(time.perf_counter())
        fast = trafilatura.extract(body, fast=True, include_comments=False) or ""
        marks.append(time.perf_counter())
        spent.append([after - before for before, after in pairwise(marks)])
        for column, text in zip(found, (read.text if read else "", other, fast), strict=True):
            found[column].append(overlap(gold["text"], text))
        held.append(is_held_out(gold))
    columns = dict(zip(found, zip(*spent, strict=True), strict=True))
    parts = {
        part: f1([pair for pair, is_held in zip(found["ours"], held, strict=True) if is_held is wanted])
        for part, wanted in (("ours_tuned_on", False), ("ours_held_out", True))
    }
    return {
        "corpus": corpus(name),
        "pages": len(held),
        "ours": {**f1(found["ours"]), **bootstrap(found["ours"])},
        "pages_held_out": sum(held),
        **parts,
        "trafilatura_defaults": {**f1(found["defaults"]), **bootstrap(found["defaults"])},
        "trafilatura_fast_no_comments": f1(found["fast"]),
        "ms_a_page": {key: round(1000 * statistics.mean(column), 2) for key, column in columns.items()},
        "ms_median_page": {
            key: round(1000 * statistics.median(column), 2) for key, column in columns.items()
        },
        "time_ratio_to_defaults": round(sum(columns["ours"]) / sum(columns["defaults"]), 3),
    }


def snippets() -> dict[str, Any]:
    """Trafilatura's own set, ours and its defaults: snippets that must be there, and such that must not."""
    counts: dict[str, Counter[str]] = {"ours": Counter(), "trafilatura_defaults": Counter()}
    for gold, body in pages("trafilatura"):
        read = ours(body, gold.get("url", ""))
        texts = (read.text if read else "", stock(body))
        for column, text in zip(counts.values(), texts, strict=True):
            column.update("tp" if snippet in text else "fn" for snippet in gold["with"])
            column.update("fp" if snippet in text else "tn" for snippet in gold["without"])
    return {"corpus": corpus("trafilatura"), **{name: _scores(column) for name, column in counts.items()}}


def _scores(counts: Counter[str]) -> dict[str, float]:
    precision, recall = (
        counts["tp"] / (counts["tp"] + counts["fp"]),
        counts["tp"] / (counts["tp"] + counts["fn"]),
    )
    return {
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }


def begins(words: str, read: Article) -> bool:
    """Whether the text has the gold's first words, or their last ones after captions and what was taken out.

    The gold often begins with the lead picture's caption or credit, or with a date: we keep the first
    apart, as lines of role caption, and give the others fields. Twelve characters must be of the text.
    """
    wanted, text = clean.key(words), clean.key(read.text)
    if wanted[:40] in text:
        return True
    apart = [
        *(line.text for line in read.lines if line.role is Role.CAPTION),
        *(one.text for one in read.removed),
    ]
    elsewhere = " ".join(map(clean.key, apart))
    if wanted in elsewhere:
        return True
    parts = wanted.split()
    for cut in range(1, len(parts)):
        before, rest = " ".join(parts[:cut]), " ".join(parts[cut:])
        is_apart = before in elsewhere or _CREDIT.search(before) is not None
        if is_apart and (rest in elsewhere or (len(rest) >= 12 and rest[:40] in text[:600])):
            return True
    return False


def facts() -> dict[str, float]:
    """Share of titles, days and authors that are right, and of texts that begin as they should."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for gold, body in pages("postlight"):
        read = ours(body, gold.get("url", ""))
        given = {
            "title": (gold.get("title"), read and clean.key(read.title) == clean.key(gold["title"] or "")),
            "day": (
                gold.get("date"),
                read
                and read.published_at
                and abs(read.published_at.timestamp() - _stamp(gold["date"])) < 86_400
                if gold.get("date")
                else None,
            ),
            "author": (
                gold.get("author"),
                read and gold.get("author") and clean.key(gold["author"]) in clean.key(read.author),
            ),
            "begins": (
                gold.get("text_first13words"),
                read
                and gold.get("text_first13words")
                and clean.key(gold["text_first13words"])[:40] in clean.key(read.text),
            ),
            "begins_after_captions": (
                gold.get("text_first13words"),
                read and gold.get("text_first13words") and begins(gold["text_first13words"], read),
            ),
        }
        for name, (wanted, is_right) in given.items():
            asked[name] += bool(wanted)
            right[name] += bool(wanted and is_right)
    return {name: round(right[name] / asked[name], 3) for name in asked}


def _stamp(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def measure(*, sets: tuple[str, ...] = ("scrapinghub", "l3s_gn1")) -> dict[str, Any]:
    """Return every figure as one JSON-able object."""
    extract.load()
    return {
        **{name: _text_and_cost(name) for name in sets},
        "trafilatura": snippets(),
        "postlight": facts(),
    }


if __name__ == "__main__":
    if not PAGES.is_dir():
        sys.stdout.write(f"skipped: no public pages at {PAGES}\n")
        sys.exit(0)
    figures = {name: _text_and_cost(name) for name in sys.argv[1:]} if len(sys.argv) > 1 else measure()
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
