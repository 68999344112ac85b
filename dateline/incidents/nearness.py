"""How near two mentions lie: in days and in place.

Owns: days and places, each as a number from 0 (speaks against) over .5 (says nothing) to 1 (speaks for),
and None as a veto. Refuses the other aspects (``likeness``) and the decision (``match``). Symmetric.
"""

import re
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from dateline.incidents.record import Place, When

DAY_GAP_MAX = 2
"""Days between two told days of one event: time zones, "overnight", a report taken for the event."""

TOLERANCE_KM = {1: 8.0, 2: 25.0, 3: 120.0, None: 120.0}
"""How far from its point an event lies, by geo_precision, when the place tells no radius."""

SAME_TOWN_KM = 3.0
"""Two named places nearer than this are a town and its quarter."""

NEAR_TOWN_KM = 30.0
"""Radius of "near" a town as ``places`` tells it; a district's is mostly larger."""

EARTH_KM = 6371.0

NAMESAKES = 0.83
"""A town and the region of its name."""

_SAME = {1: 1.0, 2: 0.8, 3: 0.6}
"""The same name, by the coarser geo_precision: a district has an event of a kind each day, a town seldom."""

_AREA = re.compile(
    r"\b(?:district|county|tehsil|taluk|block|subdivision|territory|department|zone)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def day_likeness(a: When | None, b: When | None) -> float | None:
    """Compare days: 1 they overlap, .8 they may, .75 both are guessed, less a day or two apart, .4 one is untold, else a veto.

    A report's date stands for up to two days before it, a day inferred from the publication for one;
    a week or a month is its own span.
    """
    if a is None or b is None:
        return 0.4
    (a_start, a_end), (b_start, b_end) = _span(a), _span(b)
    gap = max((a_start - b_end).days, (b_start - a_end).days, 0)
    if gap > DAY_GAP_MAX:
        return None
    loose = max(a.precision, b.precision) > 1 or any(one.is_report_date or one.inferred for one in (a, b))
    if gap == 0:
        guessed = a.inferred and b.inferred and (a.start > b.end or b.start > a.end)
        return 0.75 if guessed else 0.8 if loose else 1.0
    return (0.6, 0.3)[gap - 1]


def place_likeness(a: Place | None, b: Place | None) -> float | None:
    """Compare places: 1 the same town, .9 and .85 with its surroundings, .8 the same small area, .6 one in the other's area, .3 untold, else a veto."""
    if a is None or b is None:
        return 0.3
    if a.iso2 and b.iso2 and a.iso2 != b.iso2:
        return None
    coarser = max(a.geo_precision or 3, b.geo_precision or 3)
    towns = coarser < 3
    if a.geonameid is not None and a.geonameid == b.geonameid:
        if coarser == 2 and _around_a_town(a) and _around_a_town(b):
            return 0.9 if 1 in (a.geo_precision, b.geo_precision) else 0.85
        return _SAME[coarser]
    same_name = name_key(a.name) == name_key(b.name) and not (_is_country(a) or _is_country(b))
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return _untold_point(a, b, same_name=same_name)
    distance = distance_km(a.lat, a.lon, b.lat, b.lon)
    reach = _reach(a) + _reach(b)
    if same_name and distance <= reach:
        # "In Marib" is said of the town and of the province: one of them was read.
        return NAMESAKES if {a.geo_precision, b.geo_precision} == {1, 3} else _SAME[coarser]
    if distance <= SAME_TOWN_KM and towns:
        return 1.0
    if coarser == 1:
        return 0.45 if distance <= reach else None
    if distance <= reach:
        return 0.6
    return 0.35 if distance <= 1.5 * reach else None


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance of two points in decimal degrees."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def name_key(name: str) -> str:
    """Return a name's casefolded words: spelling apart, the same name gives the same key."""
    return " ".join(_WORD.findall(name.casefold()))


def _span(when: When) -> tuple[date, date]:
    early = timedelta(days=2 if when.is_report_date else 1 if when.inferred else 0)
    return when.start - early, when.end


def _untold_point(a: Place, b: Place, *, same_name: bool) -> float:
    if same_name and (a.iso2 == b.iso2 or not (a.iso2 and b.iso2)):
        return 0.9
    if a.admin1 and b.admin1 and name_key(a.admin1) == name_key(b.admin1):
        return 0.45
    return 0.3


def _around_a_town(place: Place) -> bool:
    """Tell whether it is a town or its surroundings: "near Djibo" and "in Djibo" are nearly one place; not a district."""
    if _AREA.search(place.text):
        return False
    return place.geo_precision in (1, 2) and place.radius_km is not None and place.radius_km <= NEAR_TOWN_KM


def _is_country(place: Place) -> bool:
    """Tell whether the name singles out nothing smaller than a country."""
    return name_key(place.name) in ("", name_key(place.country or ""), name_key(place.iso2 or ""))


def _reach(place: Place) -> float:
    return max(place.radius_km or 0.0, TOLERANCE_KM[place.geo_precision])
