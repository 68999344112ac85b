"""Places alone, without the coding around them: what the rooms of places make of a text.

Owns what is compared: SATP's country, state and point; the countries of MUC-4's templates; country and
city of RAND's and GTD's descriptions. Whether an incident gets the right place is told by the sets' own
judges; this says what could be had at best.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from dateline.evaluation.cases import trial
from dateline.evaluation.corpora import Row
from dateline.evaluation.figures import Mark
from dateline.evaluation.summaries import NEAR_KM, away_km, is_district, point_of
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.places import country_place, document_places, read_places, resolve
from dateline.incidents.record import Place

FAR_KM = 161.0
"""A hundred miles: the distance at which geocoders are compared in print."""


class Look(Struct, frozen=True):
    """One question about one text: under which figure it counts, whether it was answered rightly, and how."""

    figure: str
    right: bool
    text: str
    gold: str
    place: Place | None


def place_of(text: str, country: str | None, world: Gazetteer) -> Place | None:
    """Return the place that a whole text tells of, as the rooms of places see it."""
    mentions = read_places(text, world)
    document = document_places([mentions], country, world)
    return resolve(mentions, document, world) or country_place(document, world)


def satp(rows: Iterable[Row], world: Gazetteer) -> Iterator[Look]:
    """Ask hand-coded summaries from India for country, state, district and distance to the coded point."""
    for row in rows:
        where, place = row["location_info"], place_of(row["text"], "IN", world)
        gold = f"{where['district']}, {where['state']}"
        answers = {
            "satp_country": place is not None and place.iso2 == "IN",
            "satp_state": place is not None and place.admin1 == where["state"],
            "satp_district_named": is_district(place, where["district"]),
        }
        point = point_of(where)
        if point is not None:
            away = away_km(place, point)
            answers["satp_within_50_km"] = away is not None and away <= NEAR_KM
            answers["satp_within_161_km"] = away is not None and away <= FAR_KM
        yield from (Look(name, right, row["text"], gold, place) for name, right in answers.items())


def muc(rows: Iterable[Row], world: Gazetteer) -> Iterator[Look]:
    """Ask newswire whose templates name a country for it."""
    names = {one.name.upper(): iso for iso, one in world.countries.items()}
    for row in rows:
        told = [one["location"].split(":")[0].strip("() ") for one in row["templates"] if one["location"]]
        gold = {names[one] for one in told if one in names}
        if gold:
            place = place_of(row["text"], None, world)
            right = place is not None and place.iso2 in gold
            yield Look("muc34_country", right, row["text"], ", ".join(sorted(gold)), place)


def rand(rows: Iterable[Row], world: Gazetteer) -> Iterator[Look]:
    """Ask descriptions for their country, and for their city where the text names it."""
    for row in rows:
        iso = world.country_words.get((row["country"] or "").lower())
        if iso is None:
            continue
        text, place = row["text"], place_of(row["text"], None, world)
        yield Look("rand_country", place is not None and place.iso2 == iso, text, str(row["country"]), place)
        city = (row["city"] or "").lower()
        if city and city != "unknown" and city in text.lower():
            right = place is not None and city in place.text.lower()
            yield Look("rand_city", right, text, f"{row['city']}, {row['country']}", place)


Asked = Callable[[Iterable[Row], Gazetteer], Iterator[Look]]

ASKED: dict[str, tuple[str, Asked]] = {
    "satp": ("incidents/satp_2014", satp),
    "muc34": ("incidents/muc34_dev", muc),
    "rand": ("incidents/rand_gtd", rand),
}
"""By set: its file, and who asks it."""


def marks(looks: Iterable[Look]) -> dict[str, list[Mark]]:
    """Return the marks of answers, by figure."""
    found: dict[str, list[Mark]] = {}
    for one in looks:
        found.setdefault(one.figure, []).append(trial(one.right))
    return found
