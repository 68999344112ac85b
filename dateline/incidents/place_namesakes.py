"""Which of the places that bear one name is meant.

Owns the score of a namesake: countries and provinces named around it, what the words call it, its
size, how exactly the name fits. Refuses to choose between the mentions of a clause.
"""

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dateline.incidents.gazetteer import ADMIN1, ADMIN2, ALTERNATE, PRIMARY, TOWN, WEAK, Gazetteer, Hit, Spot
from dateline.incidents.place_mentions import PlaceMention

_KM_PER_DEGREE = 111.2
_SELF_EVIDENT = 100_000
"""Inhabitants from which a town outside the document's countries is believed all the same."""

_LOUD_POPULATION = 50_000
_COMPANY = 0.7
_COMMON_NAME = 6
_HAUNT, _SEAT = 0.35, 0.5
"""For lying where the named group mostly acts; a young district is known only by the town that it is called after."""

_NO_VILLAGE = 100_000
_AT_HOME = 0.2
_DOUBLINGS = 14
"""Doublings of population that weigh as much as standing in the document's own country."""


class Prior(Struct, frozen=True, kw_only=True):
    """What is known around a mention: weights of countries, provinces, and areas that may contain it."""

    countries: Mapping[str, float] = {}
    #: (country, admin1 code) named in the document.
    admins: frozenset[tuple[str, str]] = frozenset()
    #: Provinces and districts that the same clause names.
    areas: tuple[Spot, ...] = ()
    #: Provinces in which the groups of the document mostly act.
    haunts: frozenset[tuple[str, str]] = frozenset()
    #: Towns that may be meant by the other names of the clause: (name, place).
    fellows: tuple[tuple[str, Spot], ...] = ()


def best(one: PlaceMention, prior: Prior, gazetteer: Gazetteer) -> Hit | None:
    """Return the namesake that fits best; None when none is credible."""
    chosen, chosen_score = None, 0.0
    for hit in one.hits:
        spot = gazetteer.spot(hit.row)
        if one.within and spot.country not in one.within:
            continue
        score = _score(one, hit, spot, prior)
        if score and spot.cls == ADMIN2 and one.called == "district":
            score += _COMPANY * _in_company(one, spot, prior)
        elif score and one.called == "district" and _is_young(one, hit, spot, prior, gazetteer):
            score += _SEAT
        if score > chosen_score:
            chosen, chosen_score = hit, score
    return chosen


def _is_young(one: PlaceMention, hit: Hit, spot: Spot, prior: Prior, gazetteer: Gazetteer) -> bool:
    """Whether a town stands for a district that is too young to be known, where the named group acts."""
    home = spot.country, spot.admin1_code
    if spot.cls != TOWN or hit.strength != PRIMARY or home not in prior.haunts:
        return False
    spots = (gazetteer.spot(other.row) for other in one.hits)
    return all(other.cls != ADMIN2 or (other.country, other.admin1_code) != home for other in spots)


def fellows_of(mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> tuple[tuple[str, Spot], ...]:
    """Return the towns that the mentions may mean, but for names that half the world bears."""
    return tuple(
        (one.name, spot)
        for one in mentions
        if one.kind in ("town", "feature") and len(one.hits) <= _COMMON_NAME
        for spot in (gazetteer.spot(hit.row) for hit in one.hits if hit.strength != WEAK)
        if spot.cls == TOWN
    )


def _in_company(one: PlaceMention, spot: Spot, prior: Prior) -> bool:
    """Whether a town that the clause names lies in this district: there are two Aurangabads."""
    reach_km = 20 + spot.radius_km
    return any(
        name != one.name and town.country == spot.country and km_between(town, spot) <= reach_km
        for name, town in prior.fellows
    )


def areas_of(mentions: Sequence[PlaceMention], prior: Prior, gazetteer: Gazetteer) -> tuple[Spot, ...]:
    """Return the provinces and districts that mentions name: what may contain the others."""
    found = []
    for one in mentions:
        if one.hits and (one.kind == "admin1" or one.called in ("admin1", "district")):
            hit = best(one, prior, gazetteer)
            spot = gazetteer.spot(hit.row) if hit is not None else None
            # A block or an estate that only a town's name tells of holds nothing.
            if spot is not None and (spot.cls != TOWN or one.text.lower().endswith("district")):
                found.append(spot)
    return tuple(found)


def district_of(spot: Spot, prior: Prior) -> str | None:
    """Return the name of the district that a place is, or that the clause says it lies in; else None."""
    if spot.cls == ADMIN2:
        return spot.name
    if spot.cls != TOWN:
        return None
    near = (area for area in prior.areas if area.cls == ADMIN2 and area.country == spot.country)
    return next((area.name for area in near if km_between(area, spot) <= 30 + 1.5 * area.radius_km), None)


def km_between(left: Spot, right: Spot) -> float:
    """Return the distance of two places in km, flat, which is exact enough to tell namesakes apart."""
    return apart_km(left.lat, left.lon, right.lat, right.lon)


def apart_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points in decimal degrees, in km, flat."""
    east = (other_lon - lon) * math.cos(math.radians(lat))
    return _KM_PER_DEGREE * math.hypot(other_lat - lat, east)


def _score(one: PlaceMention, hit: Hit, spot: Spot, prior: Prior) -> float:
    home = prior.countries.get(spot.country, 0.0)
    if hit.strength == WEAK and not home:
        return 0.0
    abroad = home < _AT_HOME and max(prior.countries.values(), default=0.0) >= 0.4
    if abroad and _doubtful(one, hit, spot):
        return 0.0
    if _loud(one) and one.relation == "none" and spot.cls == TOWN and spot.population < _LOUD_POPULATION:
        return 0.0
    score = math.log2(spot.population + 2) / _DOUBLINGS + min(home, 1.5)
    if spot.cls != TOWN:
        # Provinces are as large as their people; a namesake town of size is what newsrooms mean.
        score = min(score - 0.2, 1.1 + min(home, 1.5))
    if (spot.country, spot.admin1_code) in prior.admins:
        score += 0.2
    if (spot.country, spot.admin1_code) in prior.haunts:
        score += _HAUNT
    score -= {ALTERNATE: 0.12, WEAK: 0.1}.get(hit.strength, 0.0)
    fit = _contained(spot, prior.areas, away=home < _AT_HOME)
    return 0.0 if fit is None else max(score + _as_called(one, spot) + fit, 0.01)


def _doubtful(one: PlaceMention, hit: Hit, spot: Spot) -> bool:
    if spot.cls == ADMIN1 and hit.strength == PRIMARY and (one.called == "admin1" or one.kind == "admin1"):
        return False
    evident = _SELF_EVIDENT * (10 if _loud(one) else 1)
    return spot.cls != TOWN or spot.population < evident or hit.strength == WEAK


def _loud(one: PlaceMention) -> bool:
    # In capitals a surname looks like a town: more is asked of it.
    return len(one.text) > 3 and one.text.isupper()


def _contained(spot: Spot, areas: Sequence[Spot], *, away: bool) -> float | None:
    """Return a bonus for lying in a named area; None for being far outside every one of its country."""
    fits: list[float] = []
    small = spot.cls == TOWN and spot.population < _SELF_EVIDENT
    for area in areas:
        if area.country != spot.country:
            if (small or away) and area.cls == ADMIN2:
                fits.append(-9.0)  # "Patan village in Munger district" is not Nepal's
            continue
        if area.cls == ADMIN1:
            fits.append(0.5 if area.admin1_code == spot.admin1_code else -0.5)
            continue
        reach_km = 60 + 1.5 * area.radius_km
        away_km = km_between(area, spot)
        if away_km > (1.2 if small else 3) * reach_km:
            fits.append(-9.0)
        else:
            fits.append(0.6 if away_km <= reach_km else -0.2)
    if not fits:
        return 0.0
    return max(fits) if max(fits) > -9.0 else None


def _as_called(one: PlaceMention, spot: Spot) -> float:
    if one.called == "town":
        if spot.population > _NO_VILLAGE and one.text.lower().endswith(("village", "hamlet")):
            return -1.0
        return 0.5 if spot.cls == TOWN else -0.3
    if one.called == "admin1":
        return 1.0 if spot.cls == ADMIN1 else -0.2
    if one.called == "district":
        return 0.5 if spot.cls == ADMIN2 else 0.0 if spot.cls == TOWN else 0.2
    if one.relation == "near":
        return 0.3 if spot.cls == TOWN else -0.2  # "near Tillaberi" is the town
    bare = one.kind == "town" and spot.cls == ADMIN1  # a town of size bears the province's name
    return -0.1 if spot.cls == ADMIN2 else -0.15 if bare else 0.0
