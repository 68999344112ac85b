"""How fast the wire is, against bare extraction of the same pages in the same run.

usage: wire_bench.py [--runs 3] [--pages N] [--json]

One run: two processes that loop `trafilatura.extract` with its defaults over the pages, then
`dateline replay` of the same pages through a private wire with two workers. The ratio of both
rates is the figure to watch; rates alone say more about the machine. Pages come from the public
sets in ../shared/data/pages where there are any, else from the sample wire.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SETS = ROOT.parent / "shared" / "data" / "pages"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]


def corpus(limit: int) -> list[dict[str, Any]]:
    """The pages, in one order for all contestants."""
    found: list[dict[str, Any]] = []
    if SETS.is_dir():
        from pages_to_jsonl import pages

        for name in ("scrapinghub", "postlight", "l3s_gn1"):
            found += [
                {**page, "url": page["url"] or f"http://{name}.test/{page['id']}"}
                for page in pages(SETS / name)
            ]
    else:
        from services.sample.articles import load
        from services.sample.site import render

        origin = "http://sample.test"
        for article in load():
            answer = render(article.path, date(2026, 3, 12), origin)
            if answer and answer.status == 200:
                found.append({"url": origin + article.path, "html": answer.body.decode("utf-8", "replace")})
    return found[:limit] if limit else found


def extract_all(pages: list[str]) -> None:
    import trafilatura

    for page in pages:
        trafilatura.extract(page)


def bare_rate(pages: list[dict[str, Any]]) -> float:
    """Pages a second of two bare loops."""
    htmls = [page["html"] for page in pages]
    fork = multiprocessing.get_context("fork")
    import trafilatura  # noqa: F401 - imported before the fork, as the wire's workers do

    halves = [fork.Process(target=extract_all, args=(htmls[start::2],)) for start in (0, 1)]
    started_s = time.perf_counter()
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    return len(pages) / (time.perf_counter() - started_s)


def wire_figures(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "dateline", "replay", str(path), "--workers", "2", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    assert figures["lost"] == 0, figures
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    pages = corpus(given.pages)
    rows = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(page) + "\n" for page in pages)
        file.flush()
        for _ in range(given.runs):
            bare = bare_rate(pages)
            wire = wire_figures(Path(file.name))
            rows.append(
                {"bare_per_s": bare, "wire_per_s": wire["pages_per_s"], "ratio": wire["pages_per_s"] / bare}
            )
    ratios = sorted(row["ratio"] for row in rows)
    result = {
        "pages": len(pages),
        "runs": rows,
        "ratio_median": round(statistics.median(ratios), 3),
        "ratio_spread": [round(ratios[0], 3), round(ratios[-1], 3)],
        "fates": wire["fates"],
    }
    if given.json:
        print(json.dumps(result))
        return
    print(f"{len(pages)} pages, {given.runs} runs; pages a second")
    print("run  bare trafilatura x2   whole wire   ratio")
    for number, row in enumerate(rows, start=1):
        print(f"{number:>3}  {row['bare_per_s']:>19.1f}  {row['wire_per_s']:>11.1f}  {row['ratio']:>6.3f}")
    print(
        f"median ratio {result['ratio_median']}, from {ratios[0]:.3f} to {ratios[-1]:.3f}; fates {wire['fates']}"
    )


if __name__ == "__main__":
    main()
