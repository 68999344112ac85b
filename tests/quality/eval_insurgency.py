"""Quality on documents of our own about insurgent attacks, scored as the reference scorer does.

    python tests/quality/eval_insurgency.py [--show] [DOCUMENT ...]

Owns the reading of ``insurgency/gold.json``, whose texts stand beside it, and a scorer by the rules of the
shared one: similarity = .35 evidence + .25 type + .15 date + .15 place + .10 killed, one to one from .5 on;
duplicates are false, a statistic or background given as fresh is a leak, a listed negative is a hard fail.
Evidence is compared by spans of the text, not by lines, since a paragraph may tell of two attacks.
All texts are invented: no attack told there took place as told. Needs nothing beside the repository.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Actor, Coding, Count, Incident, Place
from dateline.incidents.taxonomy import SUB_TYPES
from dateline.model import Article

HOME = Path(__file__).parent / "insurgency"
TOLLS = ("killed", "wounded", "abducted", "released", "missing", "arrested")
MATCHED_FROM = 0.5
EARTH_KM = 12742
TYPES = {kind.name: kind.event_type for kind in SUB_TYPES.values()}


def load() -> dict[str, Any]:
    """Return the gold: the names under which actors are right, and the documents."""
    found: dict[str, Any] = json.loads((HOME / "gold.json").read_text("utf-8"))
    return found


def article_of(name: str, gold: dict[str, Any]) -> Article:
    text = (HOME / f"{name}.txt").read_text("utf-8")
    at = datetime.combine(date.fromisoformat(gold["published"]), datetime.min.time(), UTC)
    return Article(id=name, text=text, published_at=at + timedelta(hours=18))


def distance_km(one: Place, lat: float, lon: float) -> float:
    if one.lat is None or one.lon is None:
        return math.inf
    rad = math.radians
    half = math.sin(rad(lat - one.lat) / 2) ** 2
    half += math.cos(rad(one.lat)) * math.cos(rad(lat)) * math.sin(rad(lon - one.lon) / 2) ** 2
    return EARTH_KM * math.asin(math.sqrt(half))


def date_right(gold: dict[str, Any], one: Incident, slack_days: int = 0) -> bool:
    if gold["date"] is None:
        return True
    if one.date is None:
        return False
    slack = timedelta(days=slack_days)
    start, end = (date.fromisoformat(day) for day in gold["date"])
    if gold["cls"] == "fresh":
        return start - slack <= one.date.start and one.date.end <= end + slack
    wide = (one.date.end - one.date.start).days <= (end - start).days + 7
    return one.date.start <= end + slack and one.date.end >= start - slack and wide


def place_right(gold: dict[str, Any], one: Incident) -> bool:
    want = gold["place"]
    if want is None or want["lat"] is None:
        return True
    return one.place is not None and distance_km(one.place, want["lat"], want["lon"]) <= want["tolerance_km"]


def count_right(gold: dict[str, Any] | None, count: Count | None) -> bool:
    if gold is None:
        return count is None or (not count.min and not count.max)
    if count is None:
        return False
    told = [each for each in (count.min, count.max) if each is not None]
    if "accept" in gold:
        low, high = gold["accept"]
        return all(low <= each and (high is None or each <= high) for each in told)
    open_ = gold["max"] is None and count.max in (None, gold["min"])
    return count.min == gold["min"] and (count.max == gold["max"] or open_)


def side_right(keys: list[str], actors: Iterable[Actor], table: dict[str, list[str]]) -> bool:
    """One of the right actors is given, and none beside them; nobody, where the text names nobody."""
    names = [f"{one.name} {one.id or ''}".lower() for one in actors]
    terms = [term for key in keys for term in table[key]]
    if not names:
        return not keys or "unknown" in keys
    return all(any(term in name for term in terms) for name in names)


def type_share(gold: dict[str, Any], one: Incident) -> float:
    if one.sub_event_type in (gold["sub_type"], *gold["also"]):
        return 1.0
    return 0.5 if one.event_type == TYPES[gold["sub_type"]] else 0.0


def spans(fragments: list[str], text: str) -> list[tuple[int, int]]:
    return [(text.index(one), text.index(one) + len(one)) for one in fragments]


def proven(fragments: list[str], one: Incident, text: str) -> bool:
    """Whether the evidence of a record holds one of the fragments, or a part of it."""
    return any(
        piece.start < end and start < piece.end
        for start, end in spans(fragments, text)
        for piece in one.evidence
    )


def similarity(gold: dict[str, Any], one: Incident, text: str) -> float:
    told, kind = proven(gold["says"], one, text), type_share(gold, one)
    day, there = date_right(gold, one, 3), place_right(gold, one)
    if not told and not (day and there and kind):
        return 0.0
    killed = gold.get("killed") is not None and count_right(gold["killed"], one.toll.killed)
    return 0.35 * told + 0.25 * kind + 0.15 * day + 0.15 * there + 0.10 * killed


def match(mentions: list[dict[str, Any]], coding: Coding, text: str) -> dict[int, int]:
    """Return record by mention, the most alike first."""
    pairs = sorted(
        (
            (-similarity(gold, one, text), i, j)
            for i, gold in enumerate(mentions)
            for j, one in enumerate(coding.incidents)
        ),
    )
    found: dict[int, int] = {}
    for alike, i, j in pairs:
        if -alike >= MATCHED_FROM and i not in found and j not in found.values():
            found[i] = j
    return found


class Score:
    """Counts over documents: what was found, what leaked, and which fields were right."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.fields: dict[str, list[bool]] = {}
        self.faults: list[str] = []

    def fault(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.faults.append(f"{kind}: {what}")

    def read_document(
        self, gold: dict[str, Any], coding: Coding, text: str, table: dict[str, list[str]]
    ) -> None:
        matched = match(gold["mentions"], coding, text)
        for number, mention in enumerate(gold["mentions"]):
            one = coding.incidents[matched[number]] if number in matched else None
            self._mention(mention, one, table)
        for number, one in enumerate(coding.incidents):
            if one.class_ == "fresh" and number not in matched.values():
                said = one.evidence[0].text[:90] if one.evidence else ""
                self.fault("false", f"{one.sub_event_type}: {said}")
                if proven(gold["negatives"], one, text):
                    self.counts["hard_fail"] += 1

    def _mention(self, gold: dict[str, Any], one: Incident | None, table: dict[str, list[str]]) -> None:
        given = one.class_ if one is not None else "nothing"
        if gold["cls"] != "fresh" and given == "fresh":
            self.fault("false", f"leak of {gold['cls']}: {gold['says'][0]}")
            self.counts["leak"] += 1
        if not gold["required"]:
            return
        if gold["cls"] == "aggregate":
            if given == "aggregate":
                self.counts["aggregate_found"] += 1
            else:
                self.fault("aggregate_missed", f"{gold['says'][0]} ({given})")
        elif one is not None and given == "fresh":
            self.counts["found"] += 1
            self._fields(gold, one, table)
        else:
            self.fault("missed", f"{gold['says'][0]} ({given})")

    def _fields(self, gold: dict[str, Any], one: Incident, table: dict[str, list[str]]) -> None:
        marks = {
            "sub_type": type_share(gold, one) == 1,
            "date": date_right(gold, one),
            "place": place_right(gold, one),
            "geo_precision": one.place is not None
            and one.place.geo_precision == gold["place"]["geo_precision"],
        }
        for kind in TOLLS:
            count = getattr(one.toll, kind)
            if gold.get(kind) is not None or count is not None:
                marks[kind] = count_right(gold.get(kind), count)
        for side in ("perpetrator", "target"):
            marks[side] = side_right(gold[side], getattr(one.actors, side), table)
        for name, right in marks.items():
            self.fields.setdefault(name, []).append(right)
            if not right:
                self.faults.append(f"  {name}: {gold['says'][0][:60]}: {shown(name, one)}")

    def figures(self) -> dict[str, Any]:
        count = self.counts
        found, false, missed = count["found"], count["false"], count["missed"]
        wanted = count["aggregate_found"] + count["aggregate_missed"]
        return {
            "f1": round(2 * found / max(1, 2 * found + false + missed), 3),
            "found": found,
            "false": false,
            "missed": missed,
            "leaks": count["leak"],
            "hard_fails": count["hard_fail"],
            "aggregates": f"{count['aggregate_found']} of {wanted}",
            "fields": {
                name: f"{sum(marks)}/{len(marks)} = {sum(marks) / len(marks):.2f}"
                for name, marks in self.fields.items()
            },
        }


def shown(name: str, one: Incident) -> str:
    """Return what a record says in a field, for the reader of the faults."""
    if name == "sub_type":
        return one.sub_event_type
    if name == "date":
        return f"{one.date.start}..{one.date.end}" if one.date else "none"
    if name in ("place", "geo_precision"):
        place = one.place
        return f"{place.name} {place.lat} {place.lon} p{place.geo_precision}" if place else "none"
    if name in TOLLS:
        count = getattr(one.toll, name)
        return f"{count.min}..{count.max}" if count else "none"
    return ", ".join(each.name for each in getattr(one.actors, name)) or "none"


def run(coder: Coder, names: Iterable[str] = ()) -> dict[str, Score]:
    """Return the score of each document, and of all under ``all``."""
    gold = load()
    scores = {"all": Score()}
    for name in names or gold["documents"]:
        document = gold["documents"][name]
        article = article_of(name, document)
        coding = coder.code(article)
        scores[name] = Score()
        for one in (scores["all"], scores[name]):
            one.read_document(document, coding, article.text, gold["actors"])
    return scores


def main() -> None:
    names = [one for one in sys.argv[1:] if not one.startswith("--")]
    for name, score in run(Coder.load(), names).items():
        told = score.figures()
        print(json.dumps({name: told}, indent=1) if name == "all" else f"{name}: {json.dumps(told)}")  # noqa: T201
        if "--show" in sys.argv and name != "all":
            print("\n".join(f"    {one}" for one in score.faults))  # noqa: T201


if __name__ == "__main__":
    main()
