"""How well pages are read: F1 by the method of the public article-extraction benchmark, and cost.

Run ``python tests/quality/eval_text.py`` in the repository's root; prints JSON. Compares our reading
with trafilatura's defaults on the same pages, in one process, page by page in turn. Without the
public data (``../shared/data/pages``) it says so and ends with 0.
"""

import gzip
import json
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

import trafilatura

from dateline.errors import BadPage
from dateline.model import Article
from dateline.text import clean, extract

PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "pages"
_WORD = re.compile(r"\w+")


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


def ours(body: bytes, url: str) -> Article | None:
    try:
        return extract.read_html(body, url=url)
    except BadPage:
        return None


def _text_and_cost(name: str) -> dict[str, Any]:
    """F1 of ours and of trafilatura's defaults, and the ratio of their times."""
    extract.load()
    mine, bare, default = [], [], []
    spent: list[list[float]] = []
    for gold, body in pages(name):
        marks = [time.perf_counter()]
        read = ours(body, gold.get("url", ""))
        marks.append(time.perf_counter())
        other = trafilatura.extract(body.decode("utf-8", "replace")) or ""
        marks.append(time.perf_counter())
        fast = trafilatura.extract(body.decode("utf-8", "replace"), fast=True, include_comments=False) or ""
        marks.append(time.perf_counter())
        spent.append([after - before for before, after in pairwise(marks)])
        mine.append(overlap(gold["text"], read.text if read else ""))
        default.append(overlap(gold["text"], other))
        bare.append(overlap(gold["text"], fast))
    columns = dict(zip(("ours", "defaults", "fast"), zip(*spent, strict=True), strict=True))
    return {
        "pages": len(mine),
        "ours": f1(mine),
        "trafilatura_defaults": f1(default),
        "trafilatura_fast_no_comments": f1(bare),
        "ms_a_page": {key: round(1000 * statistics.mean(column), 2) for key, column in columns.items()},
        "ms_median_page": {
            key: round(1000 * statistics.median(column), 2) for key, column in columns.items()
        },
        "time_ratio_to_defaults": round(sum(columns["ours"]) / sum(columns["defaults"]), 3),
    }


def _snippets() -> dict[str, float]:
    """Trafilatura's own set: snippets that must be there, and such that must not."""
    counts: Counter[str] = Counter()
    for gold, body in pages("trafilatura"):
        read = ours(body, gold.get("url", ""))
        text = read.text if read else ""
        for snippet in gold["with"]:
            counts["tp" if snippet in text else "fn"] += 1
        for snippet in gold["without"]:
            counts["fp" if snippet in text else "tn"] += 1
    precision, recall = (
        counts["tp"] / (counts["tp"] + counts["fp"]),
        counts["tp"] / (counts["tp"] + counts["fn"]),
    )
    return {
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }


def _facts() -> dict[str, float]:
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
        "trafilatura": _snippets(),
        "postlight": _facts(),
    }


if __name__ == "__main__":
    if not PAGES.is_dir():
        sys.stdout.write(f"skipped: no public pages at {PAGES}\n")
        sys.exit(0)
    figures = {name: _text_and_cost(name) for name in sys.argv[1:]} if len(sys.argv) > 1 else measure()
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
