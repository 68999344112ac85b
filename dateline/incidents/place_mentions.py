"""A place as a text names it, before anybody has chosen which place of that name it is.

Owns the type that crosses from reading (``place_reading``) to choosing (``place_resolving``). Refuses behaviour.
"""

from typing import Literal

from msgspec import Struct

from dateline.incidents.gazetteer import Hit
from dateline.incidents.place_relations import Called, Relation

Kind = Literal["town", "admin1", "country", "region", "feature", "demonym"]


class PlaceMention(Struct, frozen=True, kw_only=True, gc=False):
    """A place named in a text, at characters start to end. ``text`` equals that slice.

    ``event_place`` is False where the words themselves say that nothing happened there: datelines,
    origins, borders, speakers' cities. A demonym ("Syrian") only tells of the document's country.
    """

    start: int
    end: int
    text: str
    kind: Kind
    relation: Relation = "none"
    event_place: bool = True
    #: The name without its surroundings: "Ramadi" of "Ramadi desert".
    name: str = ""
    #: What the gazetteer has under the name, most populous first.
    hits: tuple[Hit, ...] = ()
    country: str | None = None
    #: Key of a named region.
    region: str | None = None
    #: n, ne, … of "northeastern X"; c of "central X".
    direction: str | None = None
    #: The words call it a town, an admin1 or a district, and so decide between namesakes.
    called: Called | None = None
    #: Alpha-2 codes of which the words say one holds it: "Palma in northern Mozambique".
    within: frozenset[str] = frozenset()
