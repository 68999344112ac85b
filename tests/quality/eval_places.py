"""Measure places on public sets: `python tests/quality/eval_places.py [--misses N] [--set satp,muc34,rand]`; prints JSON.

What is asked is ``dateline.evaluation.places``'s; this shows the misses, and how long it took.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from dateline.evaluation import corpora, places
from dateline.evaluation.figures import figure
from dateline.evaluation.others import tenth
from dateline.incidents import gazetteer

DATA = Path(__file__).resolve().parents[3] / "shared/data"
START_CHARS = 300
#: One miss a text: the figure whose misses tell most of each set.
SHOWN = ("satp_within_50_km", "muc34_country", "rand_city")


def say(*parts: object) -> None:
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--set", default=",".join(places.ASKED))
    options = parser.parse_args()
    if not DATA.is_dir():
        say(json.dumps({"skipped": f"no data at {DATA}"}))
        return
    world = gazetteer.load()
    for name in options.set.split(","):
        file, asked = places.ASKED["muc34" if name == "muc" else name]
        started = time.perf_counter()
        rows = corpora.rows(DATA, file)
        looks = list(asked(tenth(rows) if name == "rand" else rows, world))
        took = time.perf_counter() - started
        misses = [one for one in looks if one.figure in SHOWN and not one.right]
        for one in misses[: options.misses]:
            place = one.place and (one.place.text, one.place.admin1, one.place.iso2)
            say(" ".join(one.text[:START_CHARS].split()), "|", one.gold, "|", place)
        found = {label: round(figure(own).value, 3) for label, own in places.marks(looks).items()}
        say(json.dumps({name: found, "seconds": round(took, 2)}))


if __name__ == "__main__":
    main()
