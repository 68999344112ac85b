"""Summaries of the South Asia Terrorism Portal, hand-coded: what was done, how many died, in which district.

Owns when a district is right: the coded place lies within 50 km of the coded point, or it is the district
of the set by its own name or by its second-order unit, spelled one way or the other.
"""

import re

from dateline.evaluation.cases import Fault, Verdict, fresh, names, overlap, trial
from dateline.evaluation.corpora import Row
from dateline.evaluation.figures import Mark
from dateline.evaluation.labels import SATP
from dateline.incidents.joining import distance_km
from dateline.incidents.place_names import fold
from dateline.incidents.record import Coding, Incident, Place

NEAR_KM = 50.0

_SUFFIXES = (" district", " dist")
_BRACKETS = re.compile(r"\([^()]*\)")
_VOWELS = re.compile(r"[aeiouy ]")
_TWICE = re.compile(r"(.)\1+")
#: Quarters of the sky as Hindi, Bengali and English have them in names of districts.
_QUARTERS = {
    "paschim": "west", "pashchim": "west", "pashchimi": "west", "purba": "east", "purbi": "east", "purvi": "east",
    "uttar": "north", "dakshin": "south", "dakshina": "south",
}  # fmt: skip

BONES_MIN = 3
"""Consonants that two spellings must share; fewer stand for too many names."""


def satp(row: Row, coding: Coding) -> Verdict:
    """Judge one summary.

    Action types are of every class of mention; the killed are those of the fresh incidents together;
    the place is the first fresh incident that has one. Places are judged of summaries with a fresh
    incident; ``..._of_all`` counts the others as wrong.
    """
    told = fresh(coding)
    found = {SATP[one.sub_event_type] for one in coding.incidents if one.sub_event_type in SATP}
    wanted = set(row["labels"])
    gold_killed = int(float(row["deaths"]["total_fatalities"]))
    killed = sum(one.toll.killed.min for one in told if one.toll.killed)
    place = next((one.place for one in told if one.place is not None), None)
    placed, place_faults = _place(row, place, coded=bool(told))
    marks: dict[str, Mark] = {
        "coded": trial(bool(coding.incidents)),
        "action_type": overlap(found, wanted),
        **{f"action_type/{label}": overlap(found & {label}, wanted & {label}) for label in found | wanted},
        "killed_exact": trial(killed == gold_killed),
        **({"killed_exact_where_some": trial(killed == gold_killed)} if gold_killed else {}),
        **placed,
    }
    faults = [] if told else [Fault(kind="missed", gold=names(wanted), given="nothing fresh")]
    if told and found != wanted:
        faults.append(Fault(kind="type", gold=names(wanted), given=names(found)))
    if told and killed != gold_killed:
        faults.append(Fault(kind="toll", gold=f"{gold_killed} killed", given=f"{killed} killed"))
    return Verdict(
        marks=marks,
        faults=(*faults, *place_faults),
        gold=_gold(row),
        quotes=tuple(
            str(row["location_info"].get(key) or "") for key in ("village_name", "block", "district")
        ),
        sure=tuple((one.confidence, _right(one, wanted)) for one in told),
    )


def _right(one: Incident, wanted: set[str]) -> bool:
    return SATP.get(one.sub_event_type) in wanted


def point_of(where: Row) -> tuple[float, float] | None:
    """Return latitude and longitude of a summary; the source has them swapped. None where it has none."""
    try:
        return float(where["longitude"]), float(where["latitude"])
    except (TypeError, ValueError):
        return None


def away_km(place: Place | None, point: tuple[float, float] | None) -> float | None:
    """Return how far a place lies from a point; None where one of them is unknown."""
    if point is None or place is None or place.lat is None or place.lon is None:
        return None
    return distance_km(*point, place.lat, place.lon)


def is_district(place: Place | None, district: str) -> bool:
    """Whether a place is a district, or lies in it, by name.

    Spellings are folded ("Bolangir", "Balangir"; "West Midnapore", "Paschim Medinipur"), and a longer name
    holds the shorter ("Uttar Bastar Kanker" is Kanker).
    """
    if place is None or district in ("", "NA"):
        return False
    wanted = _bare(district)
    for name in (place.admin2, place.name):
        told = _bare(name or "")
        if told and (told == wanted or told.endswith(f" {wanted}") or _bones(told) == _bones(wanted)):
            return True
    return False


def _bare(name: str) -> str:
    """Return a folded name without what is told in brackets and "district"."""
    folded = fold(_BRACKETS.sub(" ", name))
    for suffix in _SUFFIXES:
        folded = folded.removesuffix(suffix)
    return folded


def _bones(folded: str) -> str:
    """Return the consonants of a name, its quarter in one language; the name itself when they are too few to prove it."""
    words = [_QUARTERS.get(word, word) for word in folded.split()]
    bare = "".join(words).replace("c", "k").replace("w", "v").replace("h", "")
    bones = _TWICE.sub(r"\1", _VOWELS.sub("", bare))
    return bones if len(bones) >= BONES_MIN else folded


def _same_state(place: Place | None, row: Row) -> bool:
    """Whether a place lies in the summary's state; Telangana was Andhra Pradesh until the second of June 2014."""
    if place is None:
        return False
    state = row["location_info"]["state"]
    before = state == "Andhra Pradesh" and str(row["date"]) < "2014-06-02"
    return place.admin1 == state or (before and place.admin1 == "Telangana")


def _place(row: Row, place: Place | None, *, coded: bool) -> tuple[dict[str, Mark], list[Fault]]:
    where = row["location_info"]
    point, district = point_of(where), str(where["district"])
    if point is None and district in ("", "NA"):
        return {}, []
    away = away_km(place, point)
    near = away is not None and away <= NEAR_KM
    right = near or is_district(place, district)
    marks = {"district_right_of_all": trial(right)}
    if not coded:
        return marks, []
    marks["district_right"] = trial(right)
    marks["state"] = trial(_same_state(place, row))
    if point is not None:
        marks["within_50_km"] = trial(near)
    if right:
        return marks, []
    far = "" if away is None else f", {away:.0f} km off"
    given = "no place" if place is None else f"{_words(place)}{far}"
    return marks, [Fault(kind="place", gold=f"{district}, {where['state']}", given=given)]


def _words(place: Place) -> str:
    units = [one for one in (place.name, place.admin2, place.admin1) if one]
    return f"{', '.join(dict.fromkeys(units))} (from {place.text!r})" if place.text else ", ".join(units)


def _gold(row: Row) -> tuple[tuple[str, str], ...]:
    where = row["location_info"]
    spot = (where.get("village_name"), where.get("block"), where["district"], where["state"])
    return (
        ("action", names(row["labels"])),
        ("killed", str(row["deaths"]["total_fatalities"])),
        ("place", ", ".join(one for one in spot if one and one != "NA")),
        ("by", str((row.get("perpetrator") or {}).get("perpetrator", "-"))),
    )
