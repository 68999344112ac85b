"""What a coded record promises: days of MUC-4, places of SATP, calibration, evidence.

Parts of ``eval_coding``; each takes the coder and the folder of the public sets.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dateline.incidents import record
from dateline.incidents.assemble import Coder
from dateline.incidents.joining import distance_km
from dateline.model import Article

# MUC-4 incident types by sub-type, from the published taxonomy map.
MUC = {
    "Air/drone strike": {"ATTACK"},
    "Shelling/artillery/missile attack": {"ATTACK"},
    "Suicide bomb": {"BOMBING"},
    "Remote explosive/landmine/IED": {"BOMBING"},
    "Grenade": {"BOMBING"},
    "Attack": {"ATTACK"},
    "Armed clash": {"ATTACK"},
    "Mob violence": {"ATTACK"},
    "Abduction/forced disappearance": {"KIDNAPPING"},
    "Looting/property destruction": {"ARSON"},
}
SATP = {
    "Armed clash": "armed_assault",
    "Attack": "armed_assault",
    "Arrests": "arrest",
    "Remote explosive/landmine/IED": "bombing",
    "Grenade": "bombing",
    "Suicide bomb": "bombing",
    "Looting/property destruction": "infrastructure",
    "Change to group/activity": "surrender",
    "Disrupted weapons use": "seizure",
    "Abduction/forced disappearance": "abduction",
}
#: What a crime with a gun may be called.
GUN = {"Attack", "Armed clash", "Abduction/forced disappearance"}
NEAR_KM = 50.0


def rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def article(row: dict[str, Any], day: str | None = None) -> Article:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(id=str(row["id"]), title=row.get("title") or "", text=row["text"], published_at=published)


def published(row: dict[str, Any]) -> str | None:
    """Return the day that a row states; MUC's stands in its dateline, reuters has one for all."""
    stated = str(row.get("date") or row.get("publish_date") or "")
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", stated)
    return "-".join(found.groups()) if found else None


def fresh(coding: record.Coding) -> list[record.Incident]:
    return [one for one in coding.incidents if one.class_ == "fresh"]


_DAY = re.compile(r"\d{1,2} [A-Z]{3} \d\d")
_FILL = re.compile(r'"([^"]+)"')


def _day(text: str) -> date | None:
    """Return a template's day, where it is a single one; "- 30 DEC 89" (not later) is none."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return datetime.strptime(text.strip().title(), "%d %b %y").replace(tzinfo=UTC).date()
    except ValueError:
        return None  # the judges' slips of the pen: "31 JUN"


def _fills(template: dict[str, Any]) -> list[str]:
    slots = ("victim_name", "victim_desc", "phys_target")
    return [one for slot in slots for text in template[slot] for one in _FILL.findall(text)]


def _told(one: record.Incident, template: dict[str, Any]) -> bool:
    """Whether an incident's evidence names a victim or target of the template."""
    spoken = " ".join(" ".join(piece.text for piece in one.evidence).split())
    return any(fill in spoken for fill in _fills(template))


def muc_days(coder: Coder, data: Path, name: str = "incidents/muc34_dev") -> dict[str, float]:
    """Days of the templates that are coded: of their type, and with one of their victims or targets as evidence."""
    given = exact = near = 0
    for row in rows(data, name):
        coding = coder.code(article(row))
        for template in row["templates"]:
            day = _day(template["date"])
            if day is None or template["optional"]:
                continue
            alike = [one for one in coding.incidents if template["type"] in MUC.get(one.sub_event_type, ())]
            told = [one for one in alike if one.date and _told(one, template)]
            if not told:
                continue
            given += 1
            exact += any(one.date and one.date.start == one.date.end == day for one in told)
            near += any(one.date and abs((one.date.start - day).days) <= 1 for one in told)
    return {
        "given": given,
        "exact": round(exact / max(given, 1), 3),
        "within_a_day": round(near / max(given, 1), 3),
    }


def satp_places(coder: Coder, data: Path, name: str = "incidents/satp_2014") -> dict[str, float]:
    """Share of the coded summaries whose first place lies near the coded point, and in its state."""
    close = coded = state = 0
    for row in rows(data, name):
        found = fresh(coder.code(article(row, row["date"])))
        where = row["location_info"]
        try:
            lat, lon = float(where["longitude"]), float(where["latitude"])  # swapped in the source
        except (TypeError, ValueError):
            continue
        place = next((one.place for one in found if one.place is not None), None)
        if not found:
            continue
        coded += 1
        if place is not None and place.lat is not None and place.lon is not None:
            close += distance_km(lat, lon, place.lat, place.lon) <= NEAR_KM
        state += place is not None and place.admin1 == where["state"]
    return {
        "coded": coded,
        "within_50_km": round(close / max(coded, 1), 3),
        "state": round(state / max(coded, 1), 3),
    }


def _right_muc(row: dict[str, Any], one: record.Incident) -> bool:
    return bool(MUC.get(one.sub_event_type, set()) & set(row["labels"]["types"]))


LABELLED: tuple[tuple[str, Callable[[dict[str, Any], record.Incident], bool]], ...] = (
    ("incidents/muc34_dev", _right_muc),
    ("incidents/ceha_dev", lambda row, _one: bool(row["labels"]["relevant"])),
    ("incidents/satp_2014", lambda row, one: SATP.get(one.sub_event_type) in row["labels"]),
    ("incidents/gunviolence_dev", lambda _row, one: one.sub_event_type in GUN),
)
BINS = 10


def calibration(coder: Coder, data: Path) -> dict[str, float]:
    """Expected calibration error over ten bins: a fresh incident is right when document and type are labelled so."""
    every: list[tuple[float, bool]] = []
    figures: dict[str, float] = {}
    for name, right in LABELLED:
        own = [
            (one.confidence, right(row, one))
            for row in rows(data, name)
            for one in fresh(coder.code(article(row, published(row))))
        ]
        figures[name.partition("/")[2]] = _error(own)
        every += own
    return {"all": _error(every), "incidents": len(every), **figures}


def _error(told: Iterable[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, good in told:
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, good))
    size = sum(map(len, bins.values()))
    gaps = sum(abs(sum(sure for sure, _ in own) - sum(good for _, good in own)) for own in bins.values())
    return round(gaps / max(size, 1), 3)


def filled(one: record.Incident) -> set[str]:
    """Return the names of the fields that need evidence: filled, and not marked as inferred."""
    names = {"event_type", "sub_event_type"}
    if one.date is not None and not one.date.inferred:
        names.add("date")
    if one.place is not None and not one.place.inferred:
        names.add("place")
    for side in ("perpetrator", "target", "other"):
        if any(not actor.inferred for actor in getattr(one.actors, side)):
            names.add(f"actors.{side}")
    names |= {f"toll.{kind}" for kind in record.TOLL_KINDS if getattr(one.toll, kind) is not None}
    names |= {name for name in ("n_events", "n_strikes") if getattr(one, name) is not None}
    return names | ({"sources"} if one.sources else set())


def evidence(coder: Coder, data: Path) -> dict[str, Any]:
    """Spans that equal their slices, and filled fields that are supported, over all labelled sets."""
    spans = wrong = fields = 0
    missing: Counter[str] = Counter()
    names = [name for name, _ in LABELLED] + ["incidents/insightcrime_dev", "incidents/plover_gsr"]
    for name in names:
        for row in rows(data, name):
            known = article(row, published(row))
            for one in coder.code(known).incidents:
                spans += len(one.evidence)
                wrong += sum(known.text[each.start : each.end] != each.text for each in one.evidence)
                told = {field for each in one.evidence for field in each.supports}
                fields += len(filled(one))
                missing.update(filled(one) - told)
    return {
        "spans": spans,
        "spans_equal": round(1 - wrong / max(spans, 1), 4),
        "fields": fields,
        "fields_supported": round(1 - missing.total() / max(fields, 1), 4),
        "missing": dict(missing),
    }
