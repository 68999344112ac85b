"""The tables beside the gazetteer: countries, named regions, names that newsrooms use.

Owns reading them. Countries' names, regions and names are our own compilation. Refuses look-ups (``gazetteer``).
"""

import csv
from collections.abc import Mapping

from msgspec import Struct

from dateline.incidents.place_names import fold


class Country(Struct, frozen=True, kw_only=True):
    """A country: its words, its centre of population and the box of its towns, in decimal degrees."""

    iso2: str
    name: str
    iso_numeric: int | None
    lat: float | None
    lon: float | None
    #: south, north, west, east
    box: tuple[float, float, float, float] | None


class Region(Struct, frozen=True, kw_only=True):
    """A named region that is no province: a desert, a basin, a mountain range."""

    name: str
    country: str | None
    lat: float
    lon: float
    radius_km: float


def read_countries(
    text: str, boxes: Mapping[str, list[float]]
) -> tuple[dict[str, Country], dict[str, str], dict[str, str]]:
    countries: dict[str, Country] = {}
    words: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        iso2, box = row["iso2"], boxes.get(row["iso2"])
        countries[iso2] = Country(
            iso2=iso2,
            name=row["name"],
            iso_numeric=int(row["iso_numeric"]) if row["iso_numeric"] else None,
            lat=box[0] if box else None,
            lon=box[1] if box else None,
            box=(box[2], box[3], box[4], box[5]) if box else None,
        )
        for name in (row["name"], *row["aliases"].split("|")):
            words.setdefault(fold(name), iso2)
        for name in filter(None, row["demonyms"].split("|")):
            demonyms[fold(name)] = iso2
    words.pop("", None)
    return countries, words, demonyms


def read_regions(text: str) -> dict[str, Region]:
    return {
        row["key"]: Region(
            name=row["name"],
            country=row["country"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=float(row["radius_km"]),
        )
        for row in csv.DictReader(text.splitlines())
    }


def read_aliases(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the names that newsrooms use, folded, each with (country, name of the gazetteer)."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        alias = fold(row["alias"])
        found[alias] = (*found.get(alias, ()), (row["country"], fold(row["name"])))
    return found
