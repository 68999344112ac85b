"""What two places that a sentence names side by side tell of each other.

Owns the words between two names: "X in Y", "X, Y", "Y's X", "X, east of Y". Refuses to find names
(``place_reading``) and to choose between namesakes.
"""

import re

from msgspec import structs

from dateline.incidents.gazetteer import ADMIN1, TOWN, Gazetteer, Hit
from dateline.incidents.place_mentions import PlaceMention
from dateline.incidents.place_namesakes import apart_km


def side_by_side(
    left: PlaceMention, right: PlaceMention, text: str, gazetteer: Gazetteer
) -> tuple[PlaceMention, PlaceMention]:
    """Return two mentions that follow each other, with what each tells of the other."""
    if _is_state_of_district(left, right, text, gazetteer):
        right = structs.replace(right, kind="admin1", called="admin1", relation="in")
    if _is_listed_with(left, right, text):
        left = structs.replace(
            left, called=right.called, kind="feature" if left.kind == "town" else left.kind
        )
    if _is_state_of(left, right, text, gazetteer):
        left = structs.replace(left, called="admin1")
    if _holds_by_name(left, right, text, gazetteer):
        left = structs.replace(left, kind="admin1", called="admin1")
    if _lies_in(left, right, text):
        left = structs.replace(left, relation="in")
    if right.region and left.hits and not left.country and _ON.fullmatch(text, left.end, right.start):
        left = structs.replace(left, hits=_near_region(left, right.region, gazetteer))
    if homes := _homes(left, right, text, gazetteer):
        left = structs.replace(left, within=homes)
    if _lies_beside(left, right, text):
        left = structs.replace(left, relation="in")
    return left, right


_ON = re.compile(r",? (?:on|in|off) (?:the )?(?:[a-z]{4,10} )?")
_REACH_KM = 100.0
"""How far a place "on Lake Chad" may lie from its shores and the coarse circle of our table."""


def _near_region(left: PlaceMention, key: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the namesakes that lie in a region or near it: "Boma on Lake Chad" is not on the Congo."""
    region = gazetteer.regions[key]
    reach_km = 1.5 * region.radius_km + _REACH_KM
    spots = ((hit, gazetteer.spot(hit.row)) for hit in left.hits)
    return tuple(hit for hit, one in spots if apart_km(one.lat, one.lon, region.lat, region.lon) <= reach_km)


_OWNS = re.compile(r"['’]s ")
_WITHIN = re.compile(r",? in (?:the )?(?:[a-z-]{4,14} )?")


def _lies_in(left: PlaceMention, right: PlaceMention, text: str) -> bool:
    """Whether a town that nothing governs stands before what holds it: "left El Daein in East Darfur"."""
    town = left.kind == "town" and left.relation == "none" and left.event_place
    holder = right.kind in ("admin1", "region", "country") and right.relation == "in" and right.event_place
    return town and holder and _WITHIN.fullmatch(text, left.end, right.start) is not None


_BESIDE = re.compile(
    r",? (?:\(?[a-z]+ )?(?:\d+ ?(?:km|kms|kilomet(?:er|re)s?|miles?) )?(?:to the )?"
    r"(?:north|south|east|west)(?:-?(?:east|west))? of (?:the )?(?:[a-z]+ (?:of )?)?"
)


def _lies_beside(left: PlaceMention, right: PlaceMention, text: str) -> bool:
    """Whether the words only tell where a town lies: "Al-Sukhnah, east of Palmyra"."""
    town = left.kind in ("town", "feature") and left.relation == "none" and left.event_place
    return town and right.relation == "near" and _BESIDE.fullmatch(text, left.end, right.start) is not None


def _homes(left: PlaceMention, right: PlaceMention, text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the countries of which the words say that one holds a town: "Athens, Georgia", "Palma in Mozambique"."""
    if left.kind not in ("town", "feature") or right.kind not in ("country", "admin1", "region"):
        return frozenset()
    gap = text[left.end : right.start]
    if gap != ", " and _WITHIN.fullmatch(gap) is None:
        return frozenset()
    homes = {right.country, gazetteer.regions[right.region].country if right.region else None}
    if right.hits:
        spots = (gazetteer.spot(hit.row) for hit in right.hits)
        provinces = {one.country for one in spots if one.cls == ADMIN1}
        if not provinces.isdisjoint(gazetteer.spot(hit.row).country for hit in left.hits):
            homes |= provinces
    return frozenset(one for one in homes if one)


def _holds_by_name(left: PlaceMention, right: PlaceMention, text: str, gazetteer: Gazetteer) -> bool:
    # "Bihar's Munger district": a province, even where a town bears its name
    if left.kind != "town" or right.kind == "demonym" or not _OWNS.fullmatch(text, left.end, right.start):
        return False
    spots = [gazetteer.spot(hit.row) for hit in left.hits]
    if right.called in (None, "area", "town") or right.text.lower().endswith(" area"):
        capital = next((one for one in spots if one.cls == TOWN), None)
        if capital is not None and capital.population > _METROPOLIS:
            return False  # "Dhaka's Mirpur area" is a quarter
    return any(one.cls == ADMIN1 for one in spots)


_METROPOLIS = 2_000_000


def _is_state_of_district(left: PlaceMention, right: PlaceMention, text: str, gazetteer: Gazetteer) -> bool:
    # "Gaya district of Bihar": the state, even where a town bears its name
    near = right.kind in ("town", "admin1") and text[left.end : right.start] in (" of ", ", ", " in ")
    if left.called != "district" or not near:
        return False
    return any(gazetteer.spot(hit.row).cls == ADMIN1 for hit in right.hits)


_PLURALS = (
    "districts",
    "provinces",
    "states",
    "counties",
    "governorates",
    "departments",
    "territories",
    "mandals",
    "blocks",
)


def _is_listed_with(left: PlaceMention, right: PlaceMention, text: str) -> bool:
    """Whether the type after a list is that of both: "Gaya and Jamui Districts"."""
    if left.called is not None or right.called is None or left.kind not in ("town", "admin1"):
        return False
    return right.text.lower().endswith(_PLURALS) and text[left.end : right.start] in (" and ", ", ", " or ")


def _is_state_of(left: PlaceMention, right: PlaceMention, text: str, gazetteer: Gazetteer) -> bool:
    # "Georgia, United States": the first is a country's namesake within the second.
    if not left.kind == right.kind == "country" or text[left.end : right.start] != ", ":
        return False
    spots = (gazetteer.spot(hit.row) for hit in left.hits)
    return any(one.cls == ADMIN1 and one.country == right.country for one in spots)
