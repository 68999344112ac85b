"""Places alone, without the coding around them: what the rooms of places make of a text.

Owns what is compared: SATP's country, state and point; the countries of MUC-4's templates; country and
city of RAND's and GTD's descriptions. Whether an incident gets the right place is told by the sets' own
judges; this says what could be had at best.
"""

from collections.abc import Iterable

from dateline.evaluation.cases import trial
from dateline.evaluation.corpora import Row
from dateline.evaluation.figures import Mark
from dateline.evaluation.summaries import NEAR_KM, away_km, is_district, point_of
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.places import country_place, document_places, read_places, resolve
from dateline.incidents.record import Place

FAR_KM = 161.0
"""A hundred miles: the distance at which geocoders are compared in print."""

Marks = dict[str, list[Mark]]


def place_of(text: str, country: str | None, world: Gazetteer) -> Place | None:
    """Return the place that a whole text tells of, as the rooms of places see it."""
    mentions = read_places(text, world)
    document = document_places([mentions], country, world)
    return resolve(mentions, document, world) or country_place(document, world)


def satp(rows: Iterable[Row], world: Gazetteer) -> Marks:
    """Return the marks of hand-coded summaries from India."""
    marks: Marks = {}
    for row in rows:
        gold, place = row["location_info"], place_of(row["text"], "IN", world)
        _add(marks, "satp_country", place is not None and place.iso2 == "IN")
        _add(marks, "satp_state", place is not None and place.admin1 == gold["state"])
        _add(marks, "satp_district_named", is_district(place, gold["district"]))
        point = point_of(gold)
        if point is not None:
            away = away_km(place, point)
            _add(marks, "satp_within_50_km", away is not None and away <= NEAR_KM)
            _add(marks, "satp_within_161_km", away is not None and away <= FAR_KM)
    return marks


def muc(rows: Iterable[Row], world: Gazetteer) -> Marks:
    """Return the marks of newswire whose templates name a country."""
    marks: Marks = {}
    names = {one.name.upper(): iso for iso, one in world.countries.items()}
    for row in rows:
        told = [one["location"].split(":")[0].strip("() ") for one in row["templates"] if one["location"]]
        gold = {names[one] for one in told if one in names}
        if gold:
            place = place_of(row["text"], None, world)
            _add(marks, "muc34_country", place is not None and place.iso2 in gold)
    return marks


def rand(rows: Iterable[Row], world: Gazetteer) -> Marks:
    """Return the marks of descriptions; a city counts where the text names it."""
    marks: Marks = {}
    for row in rows:
        iso = world.country_words.get((row["country"] or "").lower())
        if iso is None:
            continue
        place = place_of(row["text"], None, world)
        _add(marks, "rand_country", place is not None and place.iso2 == iso)
        city = (row["city"] or "").lower()
        if city and city != "unknown" and city in row["text"].lower():
            _add(marks, "rand_city", place is not None and city in place.text.lower())
    return marks


def _add(marks: Marks, name: str, right: bool) -> None:
    marks.setdefault(name, []).append(trial(right))
