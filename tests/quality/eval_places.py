"""Measure places on public sets: `python tests/quality/eval_places.py [--misses N]`; prints JSON.

SATP 2014 (hand-coded summaries, India): country, state, distance to the coded point. MUC-4: the
country of each document's templates. RAND and GTD: the country and city of descriptions.
"""

import argparse
import gzip
import json
import math
import pathlib
import sys
import time
from collections.abc import Iterator

from dateline.incidents import gazetteer
from dateline.incidents.places import country_place, document_places, read_places, resolve
from dateline.incidents.record import Place

DATA = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "incidents"
WORLD = gazetteer.load()


def say(*parts: object) -> None:
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


def rows(name: str) -> Iterator[dict]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def code(text: str, country: str | None) -> Place | None:
    mentions = read_places(text, WORLD)
    document = document_places([mentions], country, WORLD)
    return resolve(mentions, document, WORLD) or country_place(document, WORLD)


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    dx = (other_lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(other_lat - lat, dx)


def satp(misses: int) -> dict[str, float]:
    seen = located = country = state = near = far = 0
    for row in rows("satp_2014"):
        gold = row["location_info"]
        place = code(row["text"], "IN")
        seen += 1
        country += bool(place and place.iso2 == "IN")
        state += bool(place and place.admin1 == gold["state"])
        if gold["longitude"] == "NA":
            continue
        located += 1
        away = None
        if place and place.lat is not None and place.lon is not None:
            away = km(float(gold["longitude"]), float(gold["latitude"]), place.lat, place.lon)
        near += bool(away is not None and away <= 50)
        far += bool(away is not None and away <= 161)
        if misses and (away is None or away > 50):
            misses -= 1
            say(
                row["text"][:220],
                "|",
                gold["district"],
                gold["state"],
                "|",
                place and (place.text, place.admin1, place.iso2),
                away,
            )
    return {
        "rows": seen,
        "country": country / seen,
        "state": state / seen,
        "points": located,
        "within_50km": near / located,
        "within_161km": far / located,
    }


def muc(misses: int) -> dict[str, float]:
    seen = right = some = 0
    names = {one.name.upper(): iso for iso, one in WORLD.countries.items()}
    for row in rows("muc34_dev"):
        gold = {
            names.get(t["location"].split(":")[0].strip("() "), "") for t in row["templates"] if t["location"]
        } - {""}
        if not gold:
            continue
        place = code(row["text"], None)
        seen += 1
        some += place is not None
        right += bool(place and place.iso2 in gold)
        if misses and not (place and place.iso2 in gold):
            misses -= 1
            say(row["text"][:300].replace("\n", " "), "|", gold, "|", place)
    return {"documents": seen, "placed": some / seen, "country": right / seen}


def rand(misses: int) -> dict[str, float]:
    seen = country = 0
    cities = right = 0
    for row in list(rows("rand_gtd"))[::5]:
        iso = WORLD.country_words.get((row["country"] or "").lower())
        if iso is None:
            continue
        place = code(row["text"], None)
        seen += 1
        country += bool(place and place.iso2 == iso)
        if row["city"] and row["city"] != "Unknown" and row["city"].lower() in row["text"].lower():
            cities += 1
            hit = bool(place and row["city"].lower() in place.text.lower())
            right += hit
            if misses and not hit:
                misses -= 1
                say(
                    row["text"][:300],
                    "|",
                    row["city"],
                    row["country"],
                    "|",
                    place and (place.text, place.iso2),
                )
    return {"rows": seen, "country": country / seen, "with_city": cities, "city": right / cities}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--set", default="satp,muc,rand")
    options = parser.parse_args()
    if not DATA.is_dir():
        say(json.dumps({"skipped": f"no data at {DATA}"}))
        return
    sets = {"satp": satp, "muc": muc, "rand": rand}
    for name in options.set.split(","):
        started = time.perf_counter()
        figures = sets[name](options.misses)
        took = time.perf_counter() - started
        say(
            json.dumps(
                {name: {key: round(value, 3) for key, value in figures.items()}, "seconds": round(took, 2)}
            )
        )


if __name__ == "__main__":
    main()
