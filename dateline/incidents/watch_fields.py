"""The fields of a watch: from what TOML gives to what a rule holds.

Owns the values that each field takes and the sentence that says what is wrong with one. Refuses the shape of the
file (``watch_reading``). A ``Wrong`` says what is wrong with a value; the reader adds the file, the watch and the field.
"""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import isfinite
from types import MappingProxyType
from typing import Any, get_args

from msgspec import Struct

from dateline.incidents import actor_lexicon
from dateline.incidents.place_names import fold
from dateline.incidents.record import TOLL_KINDS, Assertion, Severity
from dateline.incidents.taxonomy import EVENT_TYPES, SUB_TYPES
from dateline.incidents.watch_rules import WIDEST_KM, Box, Circle, Party

MAX_ENTRIES = 500
"""Entries of one list."""

MAX_TEXT = 200
"""Characters of one name; of a note five times as many."""

MAX_COOL_DOWN_S = 7 * 86_400

MAX_RADIUS_KM = 5000.0

_MARGIN_KM = 100.0
"""A province reaches as far as the towns that we know in it, and beyond."""

_SPAN = re.compile(r"(\d{1,7})\s*([smhd])")
_UNIT_S = MappingProxyType({"s": 1, "m": 60, "h": 3600, "d": 86_400})


class Wrong(ValueError):  # noqa: N818 - it is a value that is wrong, and it never leaves the room
    """Raised when a value does not fit its field."""


def near(given: str, known: Iterable[str]) -> str:
    """Return "; did you mean …?" with the known name that is most like the given one, or nothing."""
    by_fold = {fold(one): one for one in known}
    like = get_close_matches(fold(given), by_fold, n=1, cutoff=0.7)
    return f"; did you mean {by_fold[like[0]]!r}?" if like else ""


def text(value: object, longest: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"a text is wanted, not {_shown(value)}")
    line = value.strip()
    if len(line) > longest or not line.isprintable():
        raise Wrong(f"one line of at most {longest} printable characters is wanted")
    return line


def note(value: object) -> str:
    return text(value, 5 * MAX_TEXT) if value != "" else ""


def switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"true or false is wanted, not {_shown(value)}")
    return value


def least(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        raise Wrong(f"a whole number from 1 is wanted, not {_shown(value)}")
    return value


def share(value: object) -> float:
    number = _number(value)
    if not 0 <= number <= 1:
        raise Wrong(f"a number from 0 to 1 is wanted, not {number:g}")
    return number


def span_s(value: object) -> int:
    """Read "30m", "1h 30m" or "0s" as seconds."""
    line = value.strip().lower() if isinstance(value, str) else ""
    if not line or _SPAN.sub("", line).strip():
        raise Wrong(f'a span such as "30m", "1h" or "0s" is wanted, not {_shown(value)}')
    seconds = sum(int(number) * _UNIT_S[unit] for number, unit in _SPAN.findall(line))
    if seconds > MAX_COOL_DOWN_S:
        raise Wrong(f"at most 7 days, not {_shown(value)}")
    return seconds


def countries(value: object) -> frozenset[str]:
    """Read codes and names: "SY", "Syria", "Ivory Coast"."""
    lexicon = actor_lexicon.load()
    found = []
    for given in texts(value):
        iso2 = given.upper() if given.upper() in lexicon.country_names else lexicon.countries.get(fold(given))
        if iso2 is None:
            raise Wrong(f"{given!r} is no country that we know{near(given, lexicon.country_names.values())}")
        found.append(iso2)
    return frozenset(found)


def admin1(value: object) -> frozenset[tuple[str, str]]:
    """Read names of provinces; one name in several countries means all of them."""
    provinces = provinces_by_name()
    found: set[tuple[str, str]] = set()
    for given in texts(value):
        known = provinces.get(fold(given))
        if known is None:
            names = (one for rows in provinces.values() for one in (rows[0].name,))
            raise Wrong(f"{given!r} is no province that we know{near(given, names)}")
        found.update((one.iso2, fold(given)) for one in known)
    return frozenset(found)


def boxes(value: object) -> tuple[Box, ...]:
    rows = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
    return tuple(map(_box, rows[: MAX_ENTRIES + 1]))


def circles(value: object) -> tuple[Circle, ...]:
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise Wrong("a table of lat, lon and radius_km is wanted")
    return tuple(map(_circle, rows[: MAX_ENTRIES + 1]))


def parties(value: object) -> tuple[Party, ...]:
    """Read names, other names and ids of actors. One that we do not know is sought by its words."""
    return tuple(_party(given) for given in texts(value))


def event_types(value: object) -> frozenset[str]:
    return frozenset(
        _one_of(given, dict(zip(EVENT_TYPES, EVENT_TYPES, strict=True))) for given in texts(value)
    )


def sub_types(value: object) -> frozenset[str]:
    """Read ACLED's names, or our codes for them ("remote.suicide")."""
    known = {one.name: one.name for one in SUB_TYPES.values()}
    known |= {code.value: one.name for code, one in SUB_TYPES.items()}
    return frozenset(_one_of(given, known) for given in texts(value))


def toll(value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, dict) or not value:
        raise Wrong(f"a table such as {{ killed = 5 }} is wanted, not {_shown(value)}")
    for kind in value:
        if kind not in TOLL_KINDS:
            raise Wrong(f"unknown key {kind!r}{near(kind, TOLL_KINDS)}")
    return tuple((kind, _within(kind, least, value[kind])) for kind in TOLL_KINDS if kind in value)


def severity(value: object) -> Severity:
    grade: Severity = _one_of(text(value), {one: one for one in get_args(Severity)})
    return grade


def assertions(value: object) -> frozenset[Assertion]:
    known = {one: one for one in get_args(Assertion)}
    return frozenset(_one_of(given, known) for given in texts(value))


def texts(value: object) -> tuple[str, ...]:
    """Read a list of texts; one text stands for a list of it alone."""
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise Wrong("the list is empty: leave the line out, or nothing would meet it")
    if len(rows) > MAX_ENTRIES:
        raise Wrong(f"at most {MAX_ENTRIES} entries")
    return tuple(map(text, rows))


class Province(Struct, frozen=True):
    """A province as the gazetteer names it, with its middle and reach."""

    iso2: str
    name: str
    lat: float
    lon: float
    radius_km: float


@cache
def provinces() -> tuple[Province, ...]:
    """Return the provinces that places can lie in; read once (about 10 ms), then shared."""
    table = (files("dateline.incidents") / "data" / "admin1.csv").read_text("utf-8")
    return tuple(
        Province(row["country"], row["name"], *(float(row[key]) for key in ("lat", "lon", "radius_km")))
        for row in csv.DictReader(table.splitlines())
    )


@cache
def provinces_by_name() -> Mapping[str, tuple[Province, ...]]:
    """Return the provinces by their folded names."""
    found: dict[str, tuple[Province, ...]] = {}
    for one in provinces():
        key = fold(one.name)
        found[key] = (*found.get(key, ()), one)
    return MappingProxyType(found)


def reached(areas: Collection[Box | Circle]) -> frozenset[str]:
    """Return the countries of which a part lies in one of the areas, as far as their provinces tell."""
    found: set[str] = set()
    for one in provinces():
        # What lies across the antimeridian has a middle and a reach that mean nothing.
        if one.iso2 in found or one.radius_km > WIDEST_KM:
            continue
        reach_km = one.radius_km + _MARGIN_KM
        if any(
            area.north_south_km(one.lat) <= reach_km and area.distance_km(one.lat, one.lon) <= reach_km
            for area in areas
        ):
            found.add(one.iso2)
    return frozenset(found)


def _box(value: object) -> Box:
    if not isinstance(value, list) or len(value) != 4:
        raise Wrong(f"a box is [west, south, east, north] in degrees, not {_shown(value)}")
    box = Box(*map(_number, value))
    if not (-90 <= box.south < box.north <= 90):
        raise Wrong(
            f"[{box}]: south and north lie from -90 to 90, the south below; the order is west, south, east, north"
        )
    if not (-180 <= box.west <= 180 and -180 <= box.east <= 180 and box.west != box.east):
        raise Wrong(f"[{box}]: west and east lie from -180 to 180 and differ")
    return box


def _circle(value: object) -> Circle:
    keys = ("lat", "lon", "radius_km")
    if not isinstance(value, dict):
        raise Wrong(f"a table of lat, lon and radius_km is wanted, not {_shown(value)}")
    for key in value:
        if key not in keys:
            raise Wrong(f"unknown key {key!r}{near(key, keys)}")
    for key in keys:
        if key not in value:
            raise Wrong(f"{key} is missing")
    lat, lon, radius_km = (_within(key, _number, value[key]) for key in keys)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Wrong(f"{lat:g}, {lon:g}: lat lies from -90 to 90, lon from -180 to 180")
    if not 0 < radius_km <= MAX_RADIUS_KM:
        raise Wrong(f"radius_km: more than 0 and at most {MAX_RADIUS_KM:g}, not {radius_km:g}")
    return Circle(lat, lon, radius_km)


def _party(given: str) -> Party:
    lexicon = actor_lexicon.load()
    folded = fold(given)
    if not folded:
        raise Wrong(f"{given!r} names nobody")
    known = lexicon.aliases.get(folded)
    actor = known[0] if known else _actors_by_id().get(given)
    if actor is not None:
        return Party(given, fold(actor.name), actor.id)
    # The forces of states have ids of our making ("military-sy"); names that nobody knows are sought by their words.
    is_id = re.fullmatch(r"(military|police)-[a-z]{2}", given) is not None
    return Party(given, folded, given if is_id else None)


@cache
def _actors_by_id() -> Mapping[str, actor_lexicon.NamedActor]:
    return MappingProxyType({actor.id: actor for actor, _ in actor_lexicon.load().aliases.values()})


def _one_of(given: str, known: Mapping[str, Any]) -> Any:
    for name, means in known.items():
        if given.casefold() == name.casefold():
            return means
    hint = near(given, known) or f"; one of {', '.join(map(repr, dict.fromkeys(known.values())))}"
    raise Wrong(f"unknown value {given!r}{hint}")


def _within(key: str, read: Callable[[object], Any], value: object) -> Any:
    try:
        return read(value)
    except Wrong as error:
        raise Wrong(f"{key}: {error}") from error


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Wrong(f"a number is wanted, not {_shown(value)}")
    return float(value)


def _shown(value: object) -> str:
    line = "true" if value is True else "false" if value is False else repr(value)
    return line if len(line) <= 60 else f"{line[:59]}…"
