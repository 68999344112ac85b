"""Sets that label something beside what has a goal: they are measured so that no change is blind to them.

Owns what can fairly be compared on each. RAND and GTD descriptions: city and casualties. Reports of the
police in Gujarat: whether a killing or an arrest that the set labels stands. PLOVER's gold sentences: the
event's kind. News with the five questions answered: when and where. InSight Crime and the Portal's later
summaries: whether anything is coded, since their classes are not ours.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from dateline.evaluation.cases import Fault, Verdict, fresh, names, trial
from dateline.evaluation.corpora import Row
from dateline.evaluation.figures import Mark
from dateline.incidents.place_names import fold
from dateline.incidents.record import Coding, Incident

RAND_STEP = 10
"""One description of this many is read: they are short and alike."""

EIGHTH = 8

MANY = 5
"""Fresh incidents of one article from which on it is most likely a chronicle that was read as news."""

VIOLENT = frozenset({"ASSAULT", "FIGHT", "PROTEST", "COERCE"})
"""Kinds of PLOVER that our taxonomy holds; the others are words between governments."""


def tenth(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one description of ten."""
    return islice(rows, 0, None, RAND_STEP)


def eighth(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one row of eight of a large set."""
    return islice(rows, 4, None, EIGHTH)


def rand(row: Row, coding: Coding) -> Verdict:
    """Judge a description: the dead where a number is coded, and the city where its words name it."""
    told, labels = fresh(coding), row["labels"]
    killed = max((one.toll.killed.min for one in told if one.toll.killed), default=0)
    marks = {"coded": trial(bool(told))}
    faults = [] if told else [Fault(kind="missed", gold="an incident", given="nothing fresh")]
    wanted = _number(labels["nkill"])
    if wanted is not None:
        marks["killed_exact"] = trial(killed == wanted)
        if told and killed != wanted:
            faults.append(Fault(kind="toll", gold=f"{wanted} killed", given=f"{killed} killed"))
    city = fold(row.get("city") or "")
    if told and city and city != "unknown" and city in fold(row["text"]):
        place = next((one.place for one in told if one.place is not None), None)
        given = fold(f"{place.text} {place.name}") if place else ""
        marks["city"] = trial(city in given)
        if city not in given:
            faults.append(
                Fault(kind="place", gold=str(row["city"]), given=place.name if place else "no place")
            )
    gold = (
        ("casualties", f"{labels['nkill']} killed, {labels['nwound']} hurt"),
        ("city", f"{row.get('city')}, {row.get('country')}"),
    )
    return Verdict(marks=marks, faults=tuple(faults), gold=gold)


def _number(told: object) -> int | None:
    text = str(told).strip()
    return int(text) if text.isdigit() else None


def labelled(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the police reports that label a killing or an arrest."""
    return (row for row in rows if {"KILL", "ARREST"} & set(row["labels"]))


def police(row: Row, coding: Coding) -> Verdict:
    """Judge a report: whether a coded incident of the labelled kind stands, of any class."""
    marks: dict[str, Mark] = {}
    faults = []
    for label, stands in (("KILL", _kills), ("ARREST", _arrests)):
        if label in row["labels"]:
            right = any(stands(one) for one in coding.incidents)
            marks[label.lower()] = trial(right)
            if not right:
                given = names({one.sub_event_type for one in coding.incidents})
                faults.append(Fault(kind="missed", gold=label.lower(), given=given))
    return Verdict(marks=marks, faults=tuple(faults), gold=(("police", names(row["labels"])),))


def _kills(one: Incident) -> bool:
    return one.toll.killed is not None and one.toll.killed.min > 0


def _arrests(one: Incident) -> bool:
    return one.sub_event_type == "Arrests" or one.toll.arrested is not None


def plover(row: Row, coding: Coding) -> Verdict:
    """Judge a sentence: of a kind that we hold, whether it is coded so; of another, whether nothing is."""
    kind = row["label"]
    kinds = {one.plover.event for one in coding.incidents if one.plover}
    gold = (("event", f"{kind} {row.get('mode') or ''}".strip()),)
    if kind in VIOLENT:
        right = kind in kinds
        marks = {"kind_coded": trial(right)}
        faults = [] if right else [Fault(kind="type" if kinds else "missed", gold=kind, given=names(kinds))]
    else:
        told = fresh(coding)
        marks = {"words_left_alone": trial(not told)}
        faults = [Fault(kind="false", gold=kind, given=one.sub_event_type) for one in told]
    return Verdict(marks=marks, faults=tuple(faults), gold=gold)


def questions(row: Row, coding: Coding) -> Verdict:
    """Judge when and where of an article in which something fresh was coded; others have no marks."""
    labels, told = row["labels"], fresh(coding)
    days = {str(one["parsed"])[:10] for one in labels["when"] if one.get("parsed")}
    places = [fold(one["text"]) for one in labels["where"]]
    marks: dict[str, Mark] = {"coded": trial(bool(told))}
    faults = []
    first = next((one for one in told if one.date), None)
    if first is not None and first.date and days:
        marks["when"] = trial(first.date.start.isoformat() in days)
        if first.date.start.isoformat() not in days:
            faults.append(
                Fault(kind="day", gold=names(days), given=f"{first.date.start} ({first.date.text})")
            )
    where = next((one.place for one in told if one.place), None)
    if where is not None and places:
        spoken = {fold(one) for one in (where.name, where.text) if one}
        right = any(one in place or place in one for one in spoken for place in places)
        marks["where"] = trial(right)
        if not right:
            faults.append(Fault(kind="place", gold=names(places), given=where.name))
    gold = tuple(
        (key, "; ".join(one["text"] for one in labels[key][:3])) for key in ("who", "what", "when", "where")
    )
    quotes = tuple(one["text"] for key in ("when", "where") for one in labels[key])
    return Verdict(marks=marks, faults=tuple(faults), gold=gold, quotes=quotes)


def summary(row: Row, coding: Coding) -> Verdict:
    """Judge an incident whose classes are not ours: wrong when nothing fresh is coded."""
    right = bool(fresh(coding))
    faults = () if right else (Fault(kind="missed", gold="an incident", given="nothing fresh"),)
    return Verdict(marks={"coded": trial(right)}, faults=faults, gold=(("classes", str(row.get("labels"))),))


def analysis(row: Row, coding: Coding) -> Verdict:
    """Tell how often an analysis holds anything fresh; no label says whether it should, so nothing is wrong."""
    found = fresh(coding)
    marks: dict[str, Mark] = {"with_fresh": trial(bool(found)), "five_or_more": trial(len(found) >= MANY)}
    return Verdict(
        marks=marks,
        faults=tuple(
            Fault(kind="false", gold="an analysis: to be judged by hand", given=one.sub_event_type)
            for one in found
        ),
        gold=(("classes", str(row.get("labels"))),),
    )
