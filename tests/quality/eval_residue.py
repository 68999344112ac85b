"""How much boilerplate is left in what we read: residue lines in 100 articles, against stock trafilatura.

Run ``python tests/quality/eval_residue.py`` in the repository's root; prints JSON. All public page
sets, each page read by both in one process. Hosts are split by a hash into two thirds on which rules
may be tuned and a third that is held out. Also how much of the gold text cleaning costs.
"""

import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

import residue
import trafilatura
from eval_text import PAGES, overlap, pages

from dateline.errors import BadPage
from dateline.model import Line, Removed, Role
from dateline.text import clean, extract

SETS = ("scrapinghub", "l3s_gn1", "trafilatura", "postlight")
WITH_TEXT = ("scrapinghub", "l3s_gn1")
"""Sets whose gold is the whole text."""

EXAMPLES = 6
_IN_TEXT = frozenset((Role.BODY, Role.STANDFIRST, Role.QUOTE, Role.LIST))
_ADDRESS = re.compile(rb"""(?:href|content)=["']?https?://([\w.-]{4,80})""", re.IGNORECASE)
_FORMAT = re.compile(r"^(?:- |\| ?)|[|\s]+$|^[-|: ]+$")
"""What stock's own notation puts before list items and around table rows: no fault of the page."""


class _Recorder:
    """Stands in for ``clean.clean_lines`` and remembers what it was given and what it kept."""

    def __init__(self) -> None:
        self.real = clean.clean_lines
        self.given: Sequence[Line] = ()
        self.kept: Sequence[Line] = ()
        self.spent_s = 0.0

    def __call__(self, lines: Sequence[Line], **more: Any) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
        before = time.perf_counter()
        kept, removed = self.real(lines, **more)
        self.spent_s += time.perf_counter() - before
        self.given, self.kept = lines, kept
        return kept, removed


def host_of(url: str, body: bytes) -> str:
    """Return the host of a page: that of its address, else the one that it links to most."""
    if host := urlsplit(url).hostname:
        return host
    linked = Counter(found[1].lower() for found in _ADDRESS.finditer(body))
    return linked.most_common(1)[0][0].decode("ascii", "replace") if linked else ""


def is_held_out(host: str) -> bool:
    """Whether the host is of the third that no rule was tuned on; all subdomains go together."""
    site = ".".join(host.split(".")[-2:])
    return blake2b(site.encode(), digest_size=4).digest()[0] % 3 == 0


@lru_cache(maxsize=100_000)
def _spotted(line: str) -> residue.Match | None:
    found = residue.residue([line])
    return found[0] if found else None


def _matches(lines: Sequence[str]) -> list[residue.Match]:
    return [found for line in lines if (found := _spotted(line)) is not None]


def _text(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines if line.role in _IN_TEXT]


class Count:
    """What was seen on the pages of one group of hosts."""

    def __init__(self) -> None:
        self.pages = 0
        self.ours: Counter[str] = Counter()
        self.stock: Counter[str] = Counter()
        self.before: list[float] = []
        self.after: list[float] = []

    def figures(self) -> dict[str, Any]:
        """Return residue lines in 100 pages, their ratio, and mean recall of gold text in points."""
        ours, stock = self.ours.total(), self.stock.total()
        return {
            "pages": self.pages,
            "ours_per_100": round(100 * ours / max(1, self.pages), 2),
            "stock_per_100": round(100 * stock / max(1, self.pages), 2),
            "times_fewer": round(stock / max(1, ours), 1),
            "recall_before": round(100 * statistics.mean(self.before), 2) if self.before else None,
            "recall_after": round(100 * statistics.mean(self.after), 2) if self.after else None,
        }


def measure(sets: Sequence[str] = SETS) -> dict[str, Any]:
    """Return the figures of all, tuning and held-out hosts, and the commonest residues of ours."""
    extract.load()
    recorder = _Recorder()
    vars(clean)["clean_lines"] = recorder  # the pipeline as it is, with an ear in it
    groups = {name: Count() for name in ("all", "tuning", "held_out")}
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for name in sets:
        for gold, body in pages(name):
            held_out = is_held_out(host_of(gold.get("url", ""), body))
            given, kept = _read(recorder, body, gold.get("url", ""))
            mine = _matches(kept)
            text = trafilatura.extract(body.decode("utf-8", "replace")) or ""
            stock = _matches([_FORMAT.sub("", line) for line in text.splitlines()])
            for group in (groups["all"], groups["held_out" if held_out else "tuning"]):
                group.pages += 1
                group.ours.update(one.name for one in mine)
                group.stock.update(one.name for one in stock)
                if name in WITH_TEXT and kept:
                    told = gold["text"].removeprefix(gold.get("title") or "")  # the headline is a field
                    group.before.append(overlap(told, "\n".join(given))[1])
                    group.after.append(overlap(told, "\n".join(kept))[1])
            for one in () if held_out else mine:
                examples[one.name].append(one.line[:120])
    vars(clean)["clean_lines"] = recorder.real
    return {
        **{name: group.figures() for name, group in groups.items()},
        "patterns": len(residue.PATTERNS),
        "clean_ms_a_page": round(1000 * recorder.spent_s / max(1, groups["all"].pages), 3),
        "ours_by_pattern": dict(groups["all"].ours.most_common(25)),
        "stock_by_pattern": dict(groups["all"].stock.most_common(25)),
        "examples_of_tuning_hosts": {
            name: sorted(set(found))[:EXAMPLES]
            for name, found in sorted(examples.items(), key=lambda pair: -len(pair[1]))[:25]
        },
    }


def _read(recorder: _Recorder, body: bytes, url: str) -> tuple[list[str], list[str]]:
    """Return the lines of the text before and after cleaning; none for a page that is refused."""
    try:
        extract.read_html(body, url=url)
    except BadPage:
        return [], []
    return _text(recorder.given), _text(recorder.kept)


if __name__ == "__main__":
    if not PAGES.is_dir():
        sys.stdout.write(f"skipped: no public pages at {PAGES}\n")
        sys.exit(0)
    sys.stdout.write(json.dumps(measure(tuple(sys.argv[1:]) or SETS), indent=1, ensure_ascii=False) + "\n")
