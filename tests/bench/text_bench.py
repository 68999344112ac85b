"""What reading a page costs: our whole reading, cleaning included, over trafilatura's bare extraction.

usage: text_bench.py [--runs 5] [--memory-pages 5000] [--sets scrapinghub postlight l3s_gn1] [--json]

Both read the same bytes in one process, page by page in turn, and who goes first changes from page to page.
Ours is ``extract.read_html`` (characters, structure, facts, text, furniture, language); the other is
``trafilatura.bare_extraction`` with its defaults, which gives text and comments and no facts. A run is every
page once; told are the medians of the runs, the smallest and the largest, and the ratio of each run.
Then one process reads pages again and again, and its resident memory is told every tenth part.

Without the public data (``../shared/data/pages``) it says so and ends with 0.
"""

import argparse
import gc
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

import eval_text  # noqa: E402
import trafilatura  # noqa: E402

from dateline.text import extract  # noqa: E402

FLAT_MB = 15
"""Growth over the second half of the reading that is still called flat; trees of the largest pages take as much."""


def main() -> None:
    asked = _arguments()
    if not eval_text.PAGES.is_dir():
        sys.stdout.write(f"skipped: no public pages at {eval_text.PAGES}\n")
        return
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extract.load()
    pages = [
        (body, str(gold.get("url") or "")) for name in asked.sets for gold, body in eval_text.pages(name)
    ]
    figures = {
        "sets": asked.sets,
        "pages": len(pages),
        "kb_a_page": round(statistics.mean(len(one) for one, _ in pages) / 1000),
    }
    figures["time"] = _times(pages, asked.runs)
    figures["memory"] = _memory(pages, asked.memory_pages)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n" if asked.json else _told(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What reading a page costs.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--memory-pages", type=int, default=5000)
    parser.add_argument("--sets", nargs="+", default=["scrapinghub", "postlight"])
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _ours(body: bytes, url: str) -> object:
    return eval_text.ours(body, url)


def _stock(body: bytes, url: str) -> object:
    return trafilatura.bare_extraction(body)


def _times(pages: list[tuple[bytes, str]], runs: int) -> dict[str, Any]:
    """Return seconds of CPU of each run, ours and stock, and their ratios; one run before is not counted."""
    spent: dict[str, list[float]] = {"ours": [], "stock": []}
    sides: dict[str, Callable[[bytes, str], object]] = {"ours": _ours, "stock": _stock}
    for run in range(runs + 1):
        used = dict.fromkeys(sides, 0.0)
        for number, (body, url) in enumerate(pages):
            order = list(sides) if (number + run) % 2 else list(reversed(sides))
            for side in order:
                started = time.process_time()
                sides[side](body, url)
                used[side] += time.process_time() - started
        if run:
            for side, seconds in used.items():
                spent[side].append(seconds)
    ratios = [ours / stock for ours, stock in zip(spent["ours"], spent["stock"], strict=True)]
    return {
        **{
            f"{side}_ms_a_page": _spread([1000 * one / len(pages) for one in found])
            for side, found in spent.items()
        },
        "ratio": _spread(ratios),
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def _memory(pages: list[tuple[bytes, str]], count: int) -> dict[str, Any]:
    """Return resident memory in MB after each tenth of ``count`` pages, read again and again."""
    told = []
    step = max(1, count // 10)
    source = (page for _ in range(count) for page in pages)
    for number, (body, url) in enumerate(islice(source, count), 1):
        eval_text.ours(body, url)
        if number % step == 0:
            gc.collect()
            told.append(_resident_mb())
    growth = told[-1] - told[len(told) // 2 - 1]
    return {
        "pages": count,
        "resident_mb": told,
        "second_half_mb": round(growth, 1),
        "flat": growth <= FLAT_MB,
    }


def _resident_mb() -> float:
    rows = Path("/proc/self/status").read_text("ascii").splitlines()
    return round(next(int(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024, 1)


def _told(figures: dict[str, Any]) -> str:
    clock, memory = figures["time"], figures["memory"]
    rows = [f"reading {figures['pages']} pages of {figures['kb_a_page']} kB ({', '.join(figures['sets'])})"]
    rows += [
        f"  {name.replace('_', ' '):18} {one['median']:7.3f}  ({one['least']:.3f} to {one['most']:.3f})"
        for name, one in clock.items()
    ]
    rows.append(f"  memory over {memory['pages']} pages: {' '.join(map(str, memory['resident_mb']))} MB")
    rows.append(
        f"  {'flat' if memory['flat'] else 'NOT flat'}: {memory['second_half_mb']} MB over the second half"
    )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
