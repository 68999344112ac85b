"""From the text of a watch list to its rules.

Owns the shape of the file: tables ``[[watch]]``, each with a name and the fields of ``FIELDS``. Refuses what it does not
know: a word that is misspelt would silently watch for something else. Refuses to open files.

    read_watches(data, "deploy/watch.toml") -> Rules
"""

import tomllib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from dateline.errors import Misconfigured
from dateline.incidents import watch_fields as fields
from dateline.incidents.watch_rules import Box, Circle, Rule, Rules

MAX_BYTES = 1_000_000
"""Of one file; a list of 500 watches is about 100 kB."""

MAX_WATCHES = 500
"""Each is asked of each change; of a list this long all are asked in about three milliseconds."""

COOL_DOWN_S = 30 * 60
"""Where a watch does not say: a desk that has just been told looks at the wire itself for a while."""

#: What a watch may hold: the name in the file, the field of the rule, and how its value is read.
FIELDS: Mapping[str, tuple[str, Callable[[object], Any]]] = MappingProxyType(
    {
        "name": ("name", fields.text),
        "note": ("note", fields.note),
        "enabled": ("enabled", fields.switch),
        "cool_down": ("cool_down_s", fields.span_s),
        "countries": ("countries", fields.countries),
        "admin1": ("admin1", fields.admin1),
        "boxes": ("boxes", fields.boxes),
        "near": ("near", fields.circles),
        "actors": ("actors", fields.parties),
        "perpetrators": ("perpetrators", fields.parties),
        "targets": ("targets", fields.parties),
        "event_types": ("event_types", fields.event_types),
        "sub_types": ("sub_types", fields.sub_types),
        "toll": ("toll", fields.toll),
        "confidence": ("confidence", fields.share),
        "severity": ("severity", fields.severity),
        "independent_sources": ("independent_sources", fields.least),
        "assertions": ("assertions", fields.assertions),
        "civilian_targeting": ("civilian_targeting", fields.switch),
        "unknown_place": ("unknown_place", fields.switch),
        "unknown_actor": ("unknown_actor", fields.switch),
        "unknown_toll": ("unknown_toll", fields.switch),
    }
)


def read_watches(data: bytes, file: str = "watch.toml") -> Rules:
    """Return the rules that a watch list holds, in its order; a list without any watch is one.

    Args:
        data: TOML, UTF-8, at most ``MAX_BYTES``.
        file: the name under which errors speak of it.

    Raises:
        Misconfigured: with the file, and as far as it applies the watch, the field and the name that may be meant.
    """
    if len(data) > MAX_BYTES:
        raise Misconfigured(f"{file} is larger than {MAX_BYTES} bytes")
    try:
        given = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Misconfigured(f"{file}: not UTF-8, at byte {error.start}") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise Misconfigured(f"{file}: not TOML: {error}") from error
    for key in given:
        if key != "watch":
            hint = "; each watch is a table [[watch]]" if isinstance(given[key], list | dict) else ""
            raise Misconfigured(f"{file}: unknown key {key!r}{fields.near(key, ['watch']) or hint}")
    rows = given.get("watch", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Misconfigured(f"{file}: each watch is a table [[watch]], in double brackets")
    if len(rows) > MAX_WATCHES:
        raise Misconfigured(f"{file}: {len(rows)} watches; at most {MAX_WATCHES}")
    return Rules(_told_apart([_rule(row, number, file) for number, row in enumerate(rows, 1)], file))


def _rule(row: Mapping[str, object], number: int, file: str) -> Rule:
    name = row.get("name")
    called = (
        f"{file}: watch {name!r}" if isinstance(name, str) and name.strip() else f"{file}: watch {number}"
    )
    if "name" not in row:
        raise Misconfigured(f"{called}: name is missing")
    for key in row:
        if key not in FIELDS:
            raise Misconfigured(f"{called}: unknown key {key!r}{fields.near(key, FIELDS)}")
    read: dict[str, Any] = {}
    for key, value in row.items():
        field, reader = FIELDS[key]
        try:
            read[field] = reader(value)
        except fields.Wrong as error:
            raise Misconfigured(f"{called}: {key}: {error}") from error
    rule = Rule(**{"cool_down_s": COOL_DOWN_S, **read})
    asked: list[tuple[Box | Circle, ...]] = [areas for areas in (rule.boxes, rule.near) if areas]
    if not (asked and rule.unknown_place):
        return rule
    return msgspec.structs.replace(rule, reached=frozenset.intersection(*map(fields.reached, asked)))


def _told_apart(rules: list[Rule], file: str) -> tuple[Rule, ...]:
    seen: set[str] = set()
    for rule in rules:
        if rule.name.casefold() in seen:
            raise Misconfigured(f"{file}: two watches are named {rule.name!r}")
        seen.add(rule.name.casefold())
    return tuple(rules)
