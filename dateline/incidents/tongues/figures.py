"""Who stands in a sentence: named groups, forces of states, armed people and crowds.

Owns joining the words of ``people`` and ``actors`` to one figure ("combatientes de Boko Haram", "soldados
nigerianos") and what it is called in the record, as in English. Refuses what it did (``sides``).
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dateline.incidents.actor_lexicon import ActorLexicon, NamedActor
from dateline.incidents.place_names import fold
from dateline.incidents.record import Actor
from dateline.incidents.tongues.line import Line
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

FORCES = frozenset({"soldiers", "police"})
ARMED = FORCES | {"armed", "unknown", "named"}
UNNAMED = "Unidentified Armed Group"
WITHIN = 2
"""Words between a noun and the group or nation that it belongs to."""


class Figure(Struct, frozen=True, gc=False):
    """An actor at tokens first to last (exclusive). ``role`` is that of ``people``, or "named"."""

    first: int
    last: int
    role: str
    named: NamedActor | None = None
    country: str | None = None
    #: An adjective of a nation that merely describes: "civiles sirios".
    number: str = ""
    #: Words of who speaks; they do nothing.
    speaks: bool = False


def read_figures(
    line: Line, tongue: Tongue, lexicon: ActorLexicon, known: Mapping[str, NamedActor]
) -> list[Figure]:
    """Return the figures of a sentence, in text order, none within another. ``known``: the actors by id."""
    named = _named(line, tongue, lexicon, known)
    nations = {mark.first: mark for mark in line.of("names", "demonym", "country")}
    people = [
        mark
        for mark in line.of("people")
        if mark.tag not in ("modifier", "other") and not any(mark.first in range(*one[:2]) for one in named)
    ]
    found: list[Figure] = []
    owned: set[int] = set()
    for mark in people:
        if found and mark.first < found[-1].last:
            continue
        last = mark.last
        owner = next(
            (one for one in named if 0 <= one[0] - last <= WITHIN and _belongs(line, tongue, last, one[0])),
            None,
        )
        if owner is not None and mark.tag in ("armed", "unknown", "people", "soldiers", "police"):
            owned.add(owner[0])
            found.append(
                Figure(mark.first, owner[1], "named", owner[2], owner[2].country, mark.entry.values[1])
            )
            continue
        role, last = _members(line, tongue, people, mark)
        country, last = _nation(line, tongue, nations, last)
        found.append(Figure(mark.first, last, role, None, country, mark.entry.values[1]))
    found.extend(
        _nationals(line, tongue, nations, {at for one in found for at in range(one.first, one.last)})
    )
    found.extend(
        Figure(first, last, "named", actor, actor.country)
        for first, last, actor in named
        if first not in owned
    )
    return sorted(found, key=lambda one: one.first)


def _members(line: Line, tongue: Tongue, people: Sequence[Mark], mark: Mark) -> tuple[str, int]:
    """Return the role of a noun, and the token behind it: members of an army are soldiers."""
    if mark.tag != "people":
        return mark.tag, mark.last
    for other in people:
        near = 0 <= other.first - mark.last <= WITHIN and _belongs(line, tongue, mark.last, other.first)
        if near and other.entry.values[1] == "" and other.tag in (*FORCES, "armed"):
            return other.tag, other.last
    return mark.tag, mark.last


def _nationals(line: Line, tongue: Tongue, nations: Mapping[int, Mark], busy: set[int]) -> Iterable[Figure]:
    """Yield people who are told by their nation alone: "cuatro palestinos"."""
    counted = {number.last for number in line.numbers.values()}
    after = {number.first for number in line.numbers.values()} if tongue.grammar.number_after else set()
    for at, mark in nations.items():
        if (at in counted or mark.last in after) and at not in busy and mark.tag == "demonym":
            yield Figure(at, mark.last, "people", None, mark.entry.values[0], "n")


def _named(
    line: Line, tongue: Tongue, lexicon: ActorLexicon, known: Mapping[str, NamedActor]
) -> list[tuple[int, int, NamedActor]]:
    found = [
        (mark.first, mark.last, actor)
        for mark in line.of("actors")
        if (actor := known.get(mark.tag)) is not None and _cased(line, mark)
    ]
    if tongue.grammar.latin_names:
        busy = {at for first, last, _ in found for at in range(first, last)}
        found += [one for one in _latin(line, lexicon) if not busy.intersection(range(one[0], one[1]))]
    return sorted(found, key=lambda one: one[0])


def _cased(line: Line, mark: Mark) -> bool:
    """A name that is short, as "ELN", stands in capitals where the script has them."""
    text = line.words(mark.first, mark.last)
    return len(text) > 4 or not text[0].islower() or text.upper() == text.lower()


def _latin(line: Line, lexicon: ActorLexicon) -> Iterable[tuple[int, int, NamedActor]]:
    """Yield names that stand as in English."""
    tokens = line.tokens
    at = 0
    while at < len(tokens):
        most = lexicon.firsts.get(fold(tokens[at].text), 0) if tokens[at].text[0].isupper() else 0
        for size in range(min(most, len(tokens) - at), 0, -1):
            key = " ".join(fold(token.text) for token in tokens[at : at + size])
            known = lexicon.aliases.get(key)
            if known is not None and (
                not known[1] or tokens[at].text.isupper() or tokens[at].text[-1].isdigit()
            ):
                yield at, at + size, known[0]
                at += size - 1
                break
        at += 1


def _belongs(line: Line, tongue: Tongue, last: int, first: int) -> bool:
    between = line.tokens[last:first]
    return all(
        one.low in tongue.particles or one.low in tongue.articles or one.text in '(«"“' for one in between
    )


def _nation(line: Line, tongue: Tongue, nations: Mapping[int, Mark], last: int) -> tuple[str | None, int]:
    """Return the nation that the words behind a noun name, and the token behind it."""
    for step in range(WITHIN + 1):
        mark = nations.get(last + step)
        if mark is not None and _belongs(line, tongue, last, last + step):
            return mark.entry.values[0], mark.last
    return None, last


def named_of(figures: Iterable[Figure]) -> NamedActor | None:
    """Return the one armed group that a document names, None for none or several."""
    groups = {
        one.named.id: one.named
        for one in figures
        if one.named is not None and one.named.kind != "State forces" and "orces" not in one.named.kind
    }
    return next(iter(groups.values())) if len(groups) == 1 else None


def actor_of(one: Figure, lexicon: ActorLexicon, home: str | None, group: NamedActor | None) -> Actor:
    """Return the actor that a figure is in the record. ``home``: the document's country; ``group``: its one group."""
    if one.named is not None:
        return Actor(name=one.named.name, id=one.named.id, kind=one.named.kind)
    if one.role in FORCES:
        name, actor_id = lexicon.forces_of(one.country or home, police=one.role == "police")
        return Actor(name=name, id=actor_id, kind="State forces")
    if one.role == "armed" and group is not None:
        return Actor(name=group.name, id=group.id, kind=group.kind, inferred=True)
    if one.role in ("armed", "unknown"):
        return Actor(name=UNNAMED, kind="Political militia")
    if one.role == "protesters":
        return Actor(name="Protesters", kind="Protesters")
    if one.role == "rioters":
        return Actor(name="Rioters", kind="Rioters")
    return Actor(name="Civilians", kind="Civilians")


def speaking(line: Line, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures with those marked that stand next to a verb of saying, and so only speak."""
    verbs = line.of("sources", "verb", "according")
    result = []
    for one in figures:
        speaks = any(
            (_next_to(line, verb.last, one.first) and not _between(figures, verb.last, one.first))
            or (verb.tag == "verb" and _next_to(line, one.last, verb.first))
            for verb in verbs
        )
        result.append(
            Figure(one.first, one.last, one.role, one.named, one.country, one.number, speaks)
            if speaks
            else one
        )
    return result


def _between(figures: Sequence[Figure], low: int, high: int) -> bool:
    return any(low <= one.first < high for one in figures)


def _next_to(line: Line, last: int, first: int) -> bool:
    """Whether at most two small words stand between."""
    if not 0 <= first - last <= 3:
        return False
    between = line.tokens[last:first]
    busy = {at for mark in line.of("tolls") + line.of("triggers") for at in range(mark.first, mark.last)}
    return all(one.text not in '.;:,»"' for one in between) and not busy.intersection(range(last, first))
