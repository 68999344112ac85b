"""Who did it and to whom, over all sentences of one event.

Owns which sentence and which trigger is asked for a side. Refuses to read names (``actors``) and
never moves an actor from one side to the other.
"""

import re

from dateline.incidents import actors, attribution
from dateline.incidents.actors import ActorMention, DocumentActors
from dateline.incidents.joining import AFTERMATH, Draft
from dateline.incidents.readings import MAX_SENTENCE, Reading
from dateline.incidents.record import Actor, Actors
from dateline.incidents.sides import Side
from dateline.incidents.sources import Cited
from dateline.incidents.taxonomy import CIVILIANS, SUB_TYPES, Code
from dateline.incidents.triggers import head

Proof = tuple[str, int, int]
_OWN_FORCES = re.compile(
    r"\b(?:its|their|our) (?:\w+ ){0,2}?(?:forces|fighters|troops|soldiers|men|planes|units|jets|members)\b|"
    r"\b(?:it|they|we) had\b"
)
_ASIDE = re.compile(
    r"\W*(?:in (?:response|reaction|retaliation) (?:to|for)|following|after|despite|amid|as part of|because of|due to|"
    r"according to)\b[^,]{0,120},"
)
"""What a sentence begins with before its own clause: who stands there did not do it."""
_ARMED_GROUPS = frozenset({"Rebel group", "Political militia", "Identity militia"})
_UNARMED = frozenset({"Civilians", "Protesters", "Rioters"})
_NAMELESS = "Unidentified Armed Group"
_OWNS_UP = re.compile(
    r"\b(?:(?:claim(?:ed|s)?|took) (?:\w+ ){0,2}?(?:responsibility|credit)"
    r"|said its (?:fighters|men|members|militants|units) (?:had )?(?:planted|laid|fired|launched|carried|staged))\b"
)
"""Who says this speaks and owns up at once."""

_STATE = "State forces"
_MISTAKEN = re.compile(
    r"\b(?:friendly|mistak\w*|accident\w*|fellow|comrades?|colleagues?|rogue|mutin\w*|deserter|coup|each other|misfir\w*)\b"
)
_SIDES = ("perpetrator", "target", "other")


def cast(draft: Draft, document: DocumentActors, cited: Cited) -> tuple[Actors, dict[int, list[Proof]]]:
    """Return the sides of a draft and, by sentence start, the words that prove them.

    ``cited`` are the sources of each sentence: who speaks does not act. The first sentence that names a
    side fills it; later ones only fill what is empty. Violence against civilians has civilians as its
    target, inferred when nobody names them.
    """
    sides: dict[str, tuple[Actor, ...]] = dict.fromkeys(_SIDES, ())
    proofs: dict[int, list[Proof]] = {}
    violent = SUB_TYPES[draft.code].family in ("battle", "remote", "vac")
    for reading in draft.readings:
        named = _acting(reading, cited)
        if who := _culprit(reading, named):
            told = (Actor(name=who.name, id=who.id, kind=who.kind),)
            if not any(one.id == who.id for name in _SIDES for one in sides[name]) and _names(
                told, sides["perpetrator"]
            ):
                sides["perpetrator"] = told
                proofs.setdefault(reading.sentence.start, []).append(
                    ("actors.perpetrator", who.start, who.end)
                )
            continue
        if not named or (violent and reading is not draft.first and reading.code in AFTERMATH):
            continue
        for trigger in _by_weight(reading, draft.code):
            found = actors.roles(
                reading.sentence.text[:MAX_SENTENCE],
                named,
                trigger,
                _voice(reading.low, trigger),
                document_actors=document,
            )
            for side in _SIDES:
                taken = [one for name in _SIDES for one in sides[name]]
                fresh = _new(getattr(found, side), taken)
                if side == "perpetrator" and violent:
                    fresh = _armed_first(fresh, found.target)
                if fresh and (not sides[side] or (side == "perpetrator" and _names(fresh, sides[side]))):
                    sides[side] = fresh
                    proofs.setdefault(reading.sentence.start, []).extend(_proofs(reading, side, fresh))
    if violent:
        _spare(draft, sides)
    if (SUB_TYPES[draft.code].event_type == CIVILIANS or draft.code is Code.MOB) and not _only_forces(draft):
        sides["target"] = sides["target"] or (Actor(name="Civilians", kind="Civilians", inferred=True),)
    return Actors(**sides), proofs


def _culprit(reading: Reading, named: tuple[ActorMention, ...]) -> ActorMention | None:
    """Return the group that a sentence without an act of its own accuses, or that owns up in it."""
    owns_up = _OWNS_UP.search(reading.low) is not None
    if reading.triggers or not (attribution.attributes(reading.low) or owns_up):
        return None
    return attribution.culprit(named) or (attribution.culprit(reading.actors) if owns_up else None)


def _only_forces(draft: Draft) -> bool:
    """Whether those counted are soldiers or policemen and nobody else."""
    counted = frozenset[Side]().union(*(one.victims for one in draft.readings))
    return counted == {Side.STATE}


def _spare(draft: Draft, sides: dict[str, tuple[Actor, ...]]) -> None:
    """Let forces whose own men are the only dead of an attack be hit by it, unless the text tells of a mistake."""
    doers = sides["perpetrator"]
    if not any(one.inferred and one.kind == _STATE for one in doers):
        return
    if SUB_TYPES[draft.code].family == "battle" and (sides["target"] or len(doers) > 1):
        return
    if not _only_forces(draft) or any(_MISTAKEN.search(one.low) for one in draft.readings):
        return
    if any(one.kind == _STATE for one in sides["target"]):
        return  # the army shot policemen
    sides["perpetrator"] = tuple(one for one in doers if not (one.inferred and one.kind == _STATE))
    sides["target"] += tuple(one for one in doers if one.inferred and one.kind == _STATE)


def _names(told: tuple[Actor, ...], known: tuple[Actor, ...]) -> bool:
    """Whether a later sentence names the group where only "gunmen" were told, or nobody."""
    return all(one.name == _NAMELESS for one in known) and all(
        one.id is not None and one.kind in _ARMED_GROUPS for one in told
    )


def _armed_first(doers: tuple[Actor, ...], hit: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the armed; the unarmed only where nobody else acts and who is hit is armed ("a man stabbed a soldier")."""
    armed = tuple(one for one in doers if one.kind != "Civilians")
    return doers if not armed and any(one.kind not in _UNARMED for one in hit) else armed


def _new(found: tuple[Actor, ...], taken: list[Actor]) -> tuple[Actor, ...]:
    """Return the actors that stand on no side yet; "the rebels" beside the name of their group say nothing."""
    keys = {key for one in taken for key in (one.name, one.id) if key}
    fresh = tuple(one for one in found if one.name not in keys and (one.id is None or one.id not in keys))
    if any(one.kind in _ARMED_GROUPS and one.name != _NAMELESS for one in fresh):
        fresh = tuple(one for one in fresh if one.name != _NAMELESS)
    return fresh


def _acting(reading: Reading, cited: Cited) -> tuple[ActorMention, ...]:
    """Return the sentence's actors less those who only speak and those of an aside before its own clause."""
    named = reading.actors
    if not _OWN_FORCES.search(reading.low):
        voices = [(start, end) for _, start, end in cited[reading.sentence.start]]
        named = tuple(
            one
            for one in named
            if not any(low < one.end and one.start < high for low, high in voices)
            or actors.claims(reading.sentence.text, one.end)
        )
    aside = _ASIDE.match(reading.low)
    if aside and reading.triggers and max(one.start for one in reading.triggers) > aside.end():
        named = tuple(one for one in named if one.start >= aside.end())
    return named


_FOUGHT = re.compile(r"\b(?:clashed|fought|battled|(?:exchanged|traded) (?:heavy )?(?:gun)?fire)\b")
_TAKEN = re.compile(r"(?:arrest|detain|captur|nab|apprehend|round|custody|seiz|held|surrend)\w*")
_HURT = re.compile(r"(?:kill|slain|died|wound|injur)\w*")
_COUNTS_ON = re.compile(
    r"\s+(?:dead\s+|and\s+\w+\s+)?(?:at least|about|around|nearly|almost|more than|over|up to|some|several|many|an?|the|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds|its|his|her|their|\d+)\b"
)
_AUXILIARY = re.compile(r"\b(?:was|were|been|being|is|are|be|get|got)\b(?:\s+\w+){0,2}\s*$")


def _by_weight(reading: Reading, code: Code) -> list[tuple[int, int]]:
    """Spans of the triggers: who was killed or hurt is the surest side, then the acts that name themselves.

    Who is arrested for a killing comes before the killing.
    """
    surest = _TAKEN if code is Code.ARRESTS else _HURT

    def weight(span: tuple[int, int]) -> int:
        return 0 if surest.match(reading.low, span[0]) else 1

    fought = _FOUGHT.search(reading.low) if SUB_TYPES[code].family == "battle" else None

    order = sorted(reading.triggers, key=lambda one: (one.act == "toll", not one.strong, one.start))
    spans = sorted(dict.fromkeys(head(reading.low, one) for one in order), key=weight)
    return ([*spans, fought.span()] if fought else spans) or [(0, 0)]


def _voice(low: str, span: tuple[int, int]) -> bool | None:
    """False where a verb surely acts ("killed at least two"), else None: the actor room reads the voice."""
    acts = _COUNTS_ON.match(low, span[1]) and not _AUXILIARY.search(low[max(0, span[0] - 30) : span[0]])
    return False if acts else None


def _proofs(reading: Reading, side: str, named: tuple[Actor, ...]) -> list[Proof]:
    names = {one.name for one in named}
    ids = {one.id for one in named if one.id}
    spans = [one for one in reading.actors if one.name in names or (one.id and one.id in ids)]
    if not spans:
        # A generic word stands for an actor that the document named elsewhere.
        spans = [one for one in reading.actors if one.generic]
    return [(f"actors.{side}", one.start, one.end) for one in spans]
