"""Mentions as actors of a record: which group "the rebels" are, and whose army "the army" is.

Owns what a document has named and what generic words become by it. Refuses to take sides (``actor_roles``).
"""

from collections.abc import Iterable

from msgspec import Struct

from dateline.incidents.actor_clauses import WORD
from dateline.incidents.actor_lexicon import ARMED_GENERIC, ActorMention, load
from dateline.incidents.record import Actor

_MAOISTS = frozenset(("maoist", "maoists"))
_MAOISTS_OF = {"IN": "cpi maoist", "NP": "cpn maoist", "PE": "shining path", "PH": "npa"}
"""The one armed group that "the Maoists" are in a country, as a folded alias."""


class DocumentActors(Struct, frozen=True, kw_only=True):
    """What a document has named so far: its armed groups, most mentioned first, and its country."""

    groups: tuple[ActorMention, ...] = ()
    country: str | None = None


def document_actors(mentions: Iterable[ActorMention], country: str | None) -> DocumentActors:
    """Return the named groups (not states) among the mentions, each once, and the document's country."""
    seen: dict[str, ActorMention] = {}
    counts: dict[str, int] = {}
    for one in mentions:
        if one.id is None or one.generic or one.kind in ("State forces", "External/other forces"):
            continue
        seen.setdefault(one.id, one)
        counts[one.id] = counts.get(one.id, 0) + 1
    order = sorted(seen, key=lambda key: -counts[key])
    return DocumentActors(groups=tuple(seen[key] for key in order), country=country)


def actors_of(mentions: Iterable[ActorMention], document: DocumentActors) -> tuple[Actor, ...]:
    """Return the mentions as actors, each once. Generic words become what the document names, and are inferred."""
    found: dict[str, Actor] = {}
    for one in mentions:
        actor = _actor(one, document)
        found.setdefault(actor.id or actor.name, actor)
    return tuple(found.values())


def _actor(one: ActorMention, document: DocumentActors) -> Actor:
    if one.kind == "State forces":
        return _state(one, document)
    words = {word.lower() for word in WORD.findall(one.text)}
    if (
        one.generic
        and one.name == "Unidentified Armed Group"
        and words <= ARMED_GENERIC
        and len(document.groups) == 1
    ):
        group = document.groups[0]
        return Actor(name=group.name, id=group.id, kind=group.kind, inferred=True)
    if words & _MAOISTS and document.country in _MAOISTS_OF:
        known = load().aliases[_MAOISTS_OF[document.country]][0]
        return Actor(name=known.name, id=known.id, kind=known.kind, inferred=True)
    return Actor(name=one.name, id=one.id, kind=one.kind)


def _state(one: ActorMention, document: DocumentActors) -> Actor:
    if one.country is None and document.country is not None:
        name, actor_id = load().forces_of(document.country, police=one.name.startswith("Police"))
        return Actor(name=name, id=actor_id, kind="State forces", inferred=True)
    foreign = one.country and document.country and one.country != document.country
    return Actor(name=one.name, id=one.id, kind="External/other forces" if foreign else "State forces")
