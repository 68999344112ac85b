"""Who did it and to whom, in the clause of a trigger.

Owns sides: they follow from voice and prepositions, never from word order alone. Refuses to find
triggers, and to name an actor that two named groups of the document could equally be.
"""

import re
from collections.abc import Iterable

from dateline.incidents.actor_claims import claims, suffers
from dateline.incidents.actor_clauses import (
    BE,
    BESIDE,
    BLAME,
    BREAKS,
    BY,
    CARRYING,
    DOING,
    ENCOUNTERS,
    FILLER,
    HARMED,
    NOUNS,
    OF_VICTIM,
    ON,
    REPELLED,
    STRUCK,
    TOLL,
    WORD,
    Clause,
    Side,
    clause_of,
    governor_of,
    lower,
    speaks,
)
from dateline.incidents.actor_lexicon import ASSETS, ActorMention
from dateline.incidents.actor_naming import DocumentActors, actors_of
from dateline.incidents.actor_scenes import after_blast, comes_after, helping, of_others, stands
from dateline.incidents.record import Actors

_FAR = 25
"""Words beyond which a subject is that of another clause."""

_ADJACENT = 2
"""Words between a subject and its own verb: "the army then killed"."""

_PARTED = BREAKS | frozenset(("and", "then", "or"))
_AMID = frozenset(("in", "by", "during", "after", "from", "of", "amid", "to", "separate"))
_OWNED = ON | frozenset(("belong", "belonging", "used", "run", "to", "by", "for"))
_HELPED = frozenset(("supported", "backed", "assisted", "aided", "accompanied", "escorted", "joined"))
_RELATIVE = frozenset(("who", "that", "which"))
_DOES = frozenset(
    (
        "carried", "launched", "conducted", "staged", "mounted", "executed", "set", "carry", "perpetrated", "planted",
        "lobbed", "claimed", "held", "organised", "organized", "triggered", "blew", "exploded", "made", "began",
        "started",
    )
)  # fmt: skip
_PLANTED = re.compile(r"\s+(?:had\s+)?(?:planted|laid|detonated|fired|launched|threw|set\s+off)\b")
_DISGUISE = frozenset(("dressed", "disguised", "posing", "masquerading", "clad"))
_THAT = frozenset(("that", "which"))
_HAS_VERB = re.compile(r"\s+(?:was|were|have|has|had|died|said)\b")


def roles(
    sentence_text: str,
    mentions: tuple[ActorMention, ...],
    trigger: tuple[int, int],
    passive: bool | None = None,
    document_actors: DocumentActors | None = None,
) -> Actors:
    """Return who did it and to whom, from the clause around the trigger (characters start to end).

    ``passive`` overrules what the words around a verb say. A side without proof stays empty. Generic
    words become the document's only armed group, or its own state's forces; such actors carry ``inferred``.
    """
    document = document_actors or DocumentActors()
    clause = clause_of(sentence_text, trigger, passive)
    sides: list[tuple[ActorMention, Side]] = []
    for position, mention in enumerate(mentions):
        side = _side(clause, mentions, position, sides)
        sides.append((mention, side))
    acting = [one for one, side in sides if side in ("perpetrator", "both")]
    suffering = [one for one, side in sides if side == "target"]
    doers = actors_of(acting, _without(document, suffering))
    hit = actors_of(suffering, _without(document, acting))
    known = {one.id or one.name for one in doers}
    return Actors(
        perpetrator=doers,
        target=tuple(one for one in hit if (one.id or one.name) not in known),
        other=actors_of((one for one, side in sides if side == "other"), document),
    )


def _without(document: DocumentActors, others: Iterable[ActorMention]) -> DocumentActors:
    """Return what the document names less the groups on the other side: "the rebels" are none of them."""
    ids = {one.id for one in others if one.id and not one.generic}
    kept = tuple(one for one in document.groups if one.id not in ids)
    return DocumentActors(groups=kept, country=document.country) if ids else document


def _side(
    clause: Clause, mentions: tuple[ActorMention, ...], position: int, sides: list[tuple[ActorMention, Side]]
) -> Side:
    mention = mentions[position]
    before = clause.text[max(mention.start - 90, 0) : mention.start]
    after = clause.text[mention.end : mention.end + 60]
    if claims(clause.text, mention.end):
        return "none" if of_others(clause.text, mention.end) else "perpetrator"
    if speaks(before, after):
        return "other"
    if suffers(clause.text, mention.end):
        return "target"
    if position and (joined := _coordinated(clause, mentions[position - 1], mention, sides[-1][1])):
        return joined
    governor, past = governor_of(before)
    side = _by_scene(clause, mention, governor, past)
    if side is None:
        side = _by_governor(clause, mention, governor, past)
    if side is None and any(_overtaken(clause, mention, one) for one in mentions[position + 1 :]):
        return "none"
    return side if side is not None else _by_position(clause, mention, governor, after, sides)


def _by_scene(clause: Clause, mention: ActorMention, governor: str, past: list[str]) -> Side | None:
    """Return the side of who merely stands there, or comes when all is done; None for all others."""
    if governor in BY:
        return _by_helper(clause, mention, past)
    if mention.end <= clause.start and comes_after(clause.text, mention.end, clause.start):
        return "none"
    if mention.kind == "Civilians" or governor in DOING:
        return None
    place = stands(clause.text, mention.start, mention.end)
    if place is None:
        return None
    counts = TOLL.match(clause.word) is not None
    if place == "aimed":
        return "target"
    return "target" if place == "struck" and not counts else "none"


def _by_helper(clause: Clause, mention: ActorMention, past: list[str]) -> Side | None:
    last = past[-1] if past else ""
    repelled = NOUNS.match(last) and REPELLED.intersection(past[-6:])
    if repelled and mention.end <= clause.start and not clause.noun:
        return "target"  # "troops repelled an attack by rebels, killing six"
    return helping(last, clause.word)


def _overtaken(clause: Clause, mention: ActorMention, following: ActorMention) -> bool:
    # "In response to rebel activity in the area, the army struck": the subject comes after the comma.
    if following.end > clause.start:
        return False
    gap = clause.text[mention.end : following.start]
    head, _, tail = gap.rpartition(",")
    return len(lower(head)) > 1 and all(word in FILLER for word in lower(tail)) and not _HAS_VERB.match(gap)


def _by_governor(clause: Clause, mention: ActorMention, governor: str, past: list[str]) -> Side | None:
    last = past[-1] if past else ""
    if governor in _DISGUISE:
        return "none"  # "gunmen dressed as soldiers"
    if governor in BY and last in _HELPED:
        return "other"
    if governor in BY:
        return "target" if last in CARRYING else "perpetrator"
    if governor in ON:
        return "perpetrator" if BLAME.intersection(past[-3:]) else "target"
    if governor in ("between", "pitting", "accused", "blamed"):
        return "perpetrator"
    if governor in ("with", "against"):
        met = ENCOUNTERS.search(clause.text[max(mention.start - 60, 0) : mention.start])
        if met and clause.passive:
            return "perpetrator"  # "killed in a gunfight with the police"
        return "target" if met or governor == "against" else None
    if governor in DOING or governor in CARRYING:
        return "target"
    if governor == "of" and clause.noun and past and OF_VICTIM.match(last):
        return "target"
    if clause.noun and governor in HARMED and mention.start >= clause.end and not BE.intersection(past[-2:]):
        return "target"
    return None


def _by_position(
    clause: Clause,
    mention: ActorMention,
    governor: str,
    after: str,
    sides: list[tuple[ActorMention, Side]],
) -> Side:
    follows = lower(after)
    if mention.start >= clause.end:
        if governor in _THAT and _PLANTED.match(after):
            return "perpetrator"  # "killed by a bomb that the rebels had planted"
        if governor in _AMID and any(NOUNS.match(word) for word in follows[:2]):
            return "perpetrator"  # "hurt in three rebel raids"
        if clause.passive and governor in ("when", "after") and follows[:1] and follows[0] in STRUCK:
            return "perpetrator"  # "killed when the army shelled a school"
        return _object(clause, mention, sides)
    if mention.end > clause.start:
        return (
            "perpetrator" if mention.kind in ("Rioters", "Protesters") else "none"
        )  # "rioters burned shops"
    if clause.word.endswith("ing") and governor in STRUCK and "," in clause.text[mention.end : clause.start]:
        return "target"  # "rebels ambushed soldiers in a valley, killing three"
    if (
        governor in STRUCK
        and not clause.noun
        and not BE.intersection(lower(clause.text[: mention.start])[-4:-1])
    ):
        return "target"  # "a mob stormed a police station and killed him"
    side = _subject(clause, mention, governor)
    if side == "perpetrator" and after_blast(clause.text, mention.start, mention.end):
        return "none"
    leader = next((one for one, earlier in reversed(sides) if earlier == "perpetrator"), None)
    if side != "perpetrator" or leader is None:
        return side
    return _second(clause, mention, leader)


def _second(clause: Clause, mention: ActorMention, leader: ActorMention) -> Side:
    """Return the side of an actor between a doer and what it did: its victim, one that acts itself, or nobody."""
    if mention.kind == "Civilians":
        return "none"  # "militiamen burnt houses of farmers and killed four"
    gap = clause.text[leader.end : mention.start]
    low = lower(gap)
    if STRUCK.intersection(low) and "," not in gap and not _PARTED.intersection(low):
        return "target"  # "rebels attacked an island army post, killing forty"
    return "perpetrator" if len(lower(clause.text[mention.end : clause.start])) <= _ADJACENT else "none"


def _subject(clause: Clause, mention: ActorMention, governor: str) -> Side:
    between = clause.text[mention.end : clause.start]
    low = lower(between)
    if (
        (governor in BESIDE and not clause.passive)
        or len(low) > _FAR
        or ";" in between
        or (BREAKS.intersection(low) - _RELATIVE and not clause.passive and _DISGUISE.isdisjoint(low))
    ):
        return "none"
    if clause.noun:
        return _subject_of_noun(clause, mention, between, low)
    return "target" if clause.passive else "perpetrator"


def _subject_of_noun(clause: Clause, mention: ActorMention, between: str, low: list[str]) -> Side:
    if REPELLED.intersection(low) or low[-2:] == ["came", "under"] or low[-2:] == ["come", "under"]:
        return "target"
    if len(low) <= 3 and "," not in between and not STRUCK.intersection(low):
        unarmed = mention.kind == "Civilians"
        return "target" if unarmed and OF_VICTIM.match(clause.word) else "perpetrator"
    if HARMED.intersection(low) or "died" in low:
        suffers = bool({"was", "were", "been", "died"}.intersection(low)) or low[0] in HARMED
        return "target" if suffers else "perpetrator"
    return "perpetrator" if _DOES.intersection(low) or STRUCK.intersection(low) else "none"


def _object(clause: Clause, mention: ActorMention, sides: list[tuple[ActorMention, Side]]) -> Side:
    between = clause.text[clause.end : mention.start]
    low = lower(between)
    if ";" in between or len(low) > 14 or BREAKS.intersection(low):
        return "none"
    aimed = ON.intersection(low) and all(
        word in FILLER or word in ASSETS or word in _OWNED for word in low[1:]
    )
    if clause.noun and aimed:
        return "target"  # "raids on camps said to be the rebels'"
    follows = WORD.match(clause.text[mention.end :].lstrip())
    asset = follows is not None and follows[0].lower() in ASSETS
    taken = any(side == "target" for _, side in sides)
    plain = all(word in FILLER or word.isdigit() or word in ASSETS or len(low) <= 3 for word in low)
    if not clause.noun and not clause.passive and not taken and (plain or asset):
        return "target"
    if not clause.noun and not clause.passive and not taken and len(low) <= 6 and "," not in between:
        return "target"
    return "none"


def _coordinated(clause: Clause, left: ActorMention, right: ActorMention, side: Side) -> Side | None:
    if side == "other" or _HAS_VERB.match(clause.text, right.end):
        return None  # "attacked by rebels, and ten villagers were killed"
    gap = clause.text[left.end : right.start]
    words = lower(gap)
    if ";" in gap or not all(word in FILLER or word.isdigit() for word in words):
        return None
    if "and" not in words and "," not in gap and "or" not in words:
        return None
    opening = clause.text[max(left.start - 40, 0) : left.start].lower()
    if re.search(r"\b(?:between|pitting)\b[^,;]*$", opening) and "and" in words:
        return "target"
    if ENCOUNTERS.match(clause.word) and not clause.noun and right.end <= clause.start and "and" in words:
        return "target"
    return side if side in ("perpetrator", "target", "other") else None
