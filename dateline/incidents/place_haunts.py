"""Where armed groups mostly act: which of two districts of one name a report about them means.

Owns the table ``data/place_haunts.csv`` (our own compilation, by province). Refuses to place anything by it
alone: it is a weak prior between namesakes, stronger than size and weaker than any word of the text.
"""

import csv
from functools import cache, lru_cache
from importlib.resources import files

from dateline.incidents.gazetteer import Gazetteer

Province = tuple[str, str]
"""A country (ISO 3166-1 alpha-2) and the code of its first-level area."""


@cache
def _table() -> dict[str, tuple[tuple[str, str], ...]]:
    text = files("dateline.incidents").joinpath("data/place_haunts.csv").read_text("utf-8")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        provinces = tuple((row["country"], name) for name in row["provinces"].split("|"))
        found[row["actor"]] = (*found.get(row["actor"], ()), *provinces)
    return found


@lru_cache(maxsize=512)
def haunts(actor_ids: frozenset[str], gazetteer: Gazetteer) -> frozenset[Province]:
    """Return the provinces in which the groups of these ids mostly act; those of no group are empty."""
    table = _table()
    wanted = {one for actor in actor_ids for one in table.get(actor, ())}
    if not wanted:
        return frozenset()
    return frozenset(key for key, name in gazetteer.admin1_names.items() if (key[0], name) in wanted)
