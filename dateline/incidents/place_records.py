"""What the record says of a place once it is chosen: coordinates, precision, radius, names.

Owns the step from a mention and its place in the gazetteer to ``record.Place``. Refuses to choose.
geo_precision is ACLED's: 1 a named town, 2 near it or a small area, 3 a region or a province.
"""

import math
from typing import Literal

from dateline.incidents.gazetteer import ADMIN2, TOWN, TOWN_RADIUS_KM, Gazetteer, Spot
from dateline.incidents.place_mentions import PlaceMention
from dateline.incidents.record import Place

_KM_PER_DEGREE = 111.2
_NEAR_RADIUS_KM = 30.0
_PART = 0.3
"""How far from the middle, as a share of the box, the "eastern part" of a country lies."""


_WITHIN = ("in", "none", "toward")


def of_country(iso2: str, text: str, gazetteer: Gazetteer, *, inferred: bool) -> Place:
    """Return a country alone: no coordinates, no precision."""
    country = gazetteer.countries[iso2]
    return Place(
        name=country.name,
        country=country.name,
        iso2=iso2,
        iso_numeric=country.iso_numeric,
        text=text,
        inferred=inferred,
    )


def of_part(one: PlaceMention, gazetteer: Gazetteer) -> Place:
    """Return the part of a country that a direction names, at the middle of that part."""
    assert one.country is not None
    assert one.direction is not None
    country = gazetteer.countries[one.country]
    if country.box is None:
        return of_country(one.country, one.text, gazetteer, inferred=False)
    south, north, west, east = country.box
    lat, lon = (south + north) / 2, (west + east) / 2
    lat += _PART * (north - south) * (("n" in one.direction) - ("s" in one.direction))
    lon += _PART * (east - west) * (("e" in one.direction) - ("w" in one.direction))
    height_km = (north - south) * _KM_PER_DEGREE
    width_km = (east - west) * _KM_PER_DEGREE * math.cos(math.radians(lat))
    return Place(
        name=one.text,
        country=country.name,
        iso2=one.country,
        iso_numeric=country.iso_numeric,
        lat=round(lat, 4),
        lon=round(lon, 4),
        geo_precision=3,
        radius_km=round(max(height_km, width_km) / 3, 0),
        text=one.text,
    )


def of_region(one: PlaceMention, gazetteer: Gazetteer) -> Place:
    """Return a named region."""
    assert one.region is not None
    region = gazetteer.regions[one.region]
    country = gazetteer.countries[region.country] if region.country else None
    small = region.radius_km <= TOWN_RADIUS_KM
    exact = one.relation in _WITHIN and one.called != "district"
    return Place(
        name=region.name,
        country=country.name if country else None,
        iso2=region.country,
        iso_numeric=country.iso_numeric if country else None,
        lat=round(region.lat, 4),
        lon=round(region.lon, 4),
        geo_precision=1 if exact and small else 2 if small or one.called == "district" else 3,
        radius_km=region.radius_km if exact else max(region.radius_km, _NEAR_RADIUS_KM),
        text=one.text,
    )


def of_spot(one: PlaceMention, spot: Spot, gazetteer: Gazetteer, district: str | None = None) -> Place:
    """Return a town or area; the words decide whether the event was in it or near it.

    ``district`` is the one that it is or lies in, as far as the words tell.
    """
    country = gazetteer.countries.get(spot.country)
    town = spot.cls == TOWN
    precise = town and one.relation in _WITHIN and one.called in (None, "town") and not one.direction
    small = town or (spot.cls == ADMIN2 and one.kind != "admin1")
    precision: Literal[1, 2, 3] = 1 if precise else 2 if small else 3
    radius = max(2.0, math.sqrt(spot.population) / 60) if town else spot.radius_km
    name = one.name if town and one.called != "area" else one.text
    return Place(
        name=_cased(spot.name if not town and one.called != "area" else name),
        admin1=gazetteer.admin1_names.get((spot.country, spot.admin1_code)),
        admin2=district or (one.name if town and _is_district(one) else None),
        country=country.name if country else None,
        iso2=spot.country,
        iso_numeric=country.iso_numeric if country else None,
        lat=round(spot.lat, 4),
        lon=round(spot.lon, 4),
        geo_precision=precision,
        geonameid=spot.geonameid,
        radius_km=round(radius if precision != 2 else max(radius, _NEAR_RADIUS_KM), 1),
        text=one.text,
    )


def _is_district(one: PlaceMention) -> bool:
    """Whether the words say that a name is a district's, though only a town of that name is known."""
    return one.called == "district" and one.text.lower().endswith("district")


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name
