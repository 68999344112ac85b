"""Acts that are told beside the one that names an event: arms found on the arrested, cars burnt in a raid.

Owns which of them stand on the article as background, with the counts that are theirs. Refuses to open fresh
incidents: tactics at once are one event (the codebook's rule), and a second alert about it would cost trust.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import structs

from dateline.incidents.joining import Draft
from dateline.incidents.readings import Reading
from dateline.incidents.taxonomy import SUB_TYPES, Code
from dateline.incidents.triggers import Trigger, head

_OWN_TOLLS = {
    Code.ARRESTS: ("arrested",),
    Code.ABDUCTION: ("abducted", "released", "missing"),
    Code.ATTACK: ("killed", "wounded"),
}
"""Kinds of counts that go with an act when it stands alone."""

_VIOLENT = frozenset({"battle", "remote", "vac"})
_OF_VIOLENCE = frozenset(
    {Code.WEAPONS, Code.ARRESTS, Code.ABDUCTION, Code.LOOTING, Code.IED_MINE, Code.GRENADE}
)
_BESIDE = {
    Code.ARRESTS: frozenset({Code.WEAPONS, Code.ARMED_CLASH, Code.ATTACK}),
    Code.WEAPONS: frozenset({Code.ARRESTS, Code.IED_MINE}),
    Code.ABDUCTION: frozenset({Code.LOOTING, Code.WEAPONS, Code.ARRESTS}),
    Code.LOOTING: frozenset({Code.ABDUCTION, Code.WEAPONS, Code.ATTACK}),
}
_LIKE = {Code.GRENADE: Code.IED_MINE, Code.SUICIDE: Code.IED_MINE}
_OF_OLD = re.compile(
    r"\b(?:who|whom|which|wanted|accused|suspected of|suspects? in|charges?|responsible for|known for|earlier|previous(?:ly)?|"
    r"in connection with|linked to|related to|used (?:for|to|in|by)|meant for|intended|planning|admitted|confess\w+|experts?|"
    r"without|no|refus\w+|deni\w+|threaten\w+|demand\w*|protest\w*|alleg\w+ (?:to|of))\b(?:[^\w;]{1,3}\w+){0,9}[^\w;]{0,3}$"
)
"""What follows such words soon is no act of the event: a record, a use, a threat."""

_BLASTS = frozenset({Code.IED_MINE, Code.GRENADE})
_WENT_OFF = re.compile(
    r"\b(?:explo(?:ded|des|ding|sions?)|detonat(?:ed|es|ion|ing)|blasts?|blew|blow|blown|went off|set off|trigger\w*|hurl\w*|threw|"
    r"throw\w*|lobbed|tossed|bombed|bombing)\b"
)
_BURNT = re.compile(r"burn|torch|fire|blaze|alight|loot|ransack|robb|arson|raze|fell|dug|uproot")
_PLANTED = re.compile(
    r"\b(?:planted|laid|buried (?:under|beneath|in the road)|defus\w+|diffused|deactivat\w+|safely detonated|"
    r"(?:placed|concealed|hidden) (?:under|beneath|on|along) (?:an? |the )?(?:\w+ ){0,2}(?:roads?|tracks?|culverts?|bridges?))\b"
)
"""A device that lay in wait is an attempted bombing (as GTD counts it), arms in a store are none."""

_FOUGHT = re.compile(r"fire\b|fired|gun ?-?(?:battle|fight)|shoot-?out|encounter|skirmish|cross-?fire")
_AFTER = re.compile(r"\b(?:after|following|during|subsequent to|in) (?:an? |the )?(?:[\w-]+ ){0,2}$")
_FORCE = frozenset({Code.ATTACK, Code.ARMED_CLASH})
_HURT = re.compile(
    r"assault|beat|thrash|shot|shoot|fire|gun|kill|stab|injur|wound|murder|hack|encounter|skirmish|battle|clash|ambush"
)
_CAPTIVES = re.compile(
    r"\b(?:the|those|these|his|her|their|of|rescue|locate|free|release)(?: \w+)?[^\w.;]{1,2}$"
)
_TAKEN = re.compile(r"\bwho[^\w,;]{1,2}(?:was|were|had been|has been|have been) (?:\w+ ){0,2}$")
"""Before "kidnapped": somebody who is found dead now; no record of the one who did it."""

_REACH = 90


def besides(drafts: Sequence[Draft], readings: Iterable[Reading]) -> list[Draft]:
    """Return the acts that sentences about the fresh events of an article tell beside them, one of a kind.

    ``readings`` are all that were read; those that belong to no draft are asked too, where they tell of an
    aftermath. Acts of a kind that a draft has already are left out.
    """
    fresh = [one for one in drafts if one.class_ == "fresh"]
    if not fresh:
        return []
    known = {_kind(one.code) for one in drafts}
    found: list[Draft] = []
    taken = {one.sentence.start for draft in drafts for one in draft.readings}
    loose = [one for one in readings if one.sentence.start not in taken and _aftermath(one)]
    for draft in fresh:
        beside = _allowed(draft.code)
        for reading in (*draft.readings, *loose):
            for act in reading.triggers:
                code = _code_of(act)
                if (
                    code is None
                    or _kind(code) in known
                    or code not in beside
                    or not _told(reading.low, act, draft.code, code)
                ):
                    continue
                known.add(_kind(code))
                found.append(_alone(draft, reading, act, code))
    return found


def _allowed(main: Code) -> frozenset[Code]:
    """Return the acts that may stand beside one of a sub-type."""
    family = SUB_TYPES[main].family
    if family == "remote":
        return _OF_VIOLENCE | {Code.ATTACK, Code.ARMED_CLASH}
    return _BESIDE.get(main, _OF_VIOLENCE if family in _VIOLENT else frozenset())


def _kind(code: Code) -> Code:
    """Return the sub-type under which tactics that are one kind of act to a reader are counted once."""
    return Code.ATTACK if code is Code.ARMED_CLASH else _LIKE.get(code, code)


def _code_of(act: Trigger) -> Code | None:
    if act.code is None:
        return Code.ATTACK if act.act == "assault" and act.strong else None
    return act.code if act.strong else None


def _aftermath(reading: Reading) -> bool:
    calm = reading.ordinary is None and not reading.habitual
    return calm and reading.code in (Code.WEAPONS, Code.ARRESTS, Code.LOOTING)


def _told(low: str, act: Trigger, main: Code, code: Code) -> bool:
    words = low[act.start : act.end]
    word, _ = head(low, act)
    if code in _BLASTS and main is Code.WEAPONS:
        return _PLANTED.search(low) is not None
    if code in _BLASTS and not _WENT_OFF.search(low, max(0, act.start - 30), act.end + 30):
        return False
    if main is not Code.LOOTING and code in _FORCE and not _FOUGHT.search(words):
        return False
    if main is Code.ARRESTS and code in _FORCE and not _AFTER.search(low[: act.start]):
        return False
    if code in _FORCE and not _HURT.search(words):
        return False  # what was raided was burnt: nobody is hurt yet
    if code is Code.ABDUCTION and _CAPTIVES.search(low, max(0, act.start - 30), act.start):
        return False
    if code is Code.LOOTING and SUB_TYPES[main].family == "remote" and not _BURNT.search(words):
        return False  # what a blast destroyed is its effect
    if code is Code.ABDUCTION and _TAKEN.search(low, max(0, act.start - 40), act.start):
        return True
    return _OF_OLD.search(low[max(0, word - _REACH) : word]) is None


def _alone(draft: Draft, reading: Reading, act: Trigger, code: Code) -> Draft:
    """Return an act as a mention of its own, with the place of the event that it belongs to."""
    own = _OWN_TOLLS.get(code, ())
    alone = structs.replace(
        reading,
        triggers=(act,),
        code=code,
        tolls=tuple(one for one in reading.tolls if one.kind in own),
        again=tuple(one for one in reading.again if one.kind in own),
        n_events=None,
        n_strikes=None,
    )
    place = draft.place
    if place is not None and all(one.text != place.text for one in reading.places):
        place = structs.replace(place, inferred=True, text="")
    return Draft(
        class_="background",
        readings=[alone],
        code=code,
        place=place,
        beside=True,
        attempted=code in _BLASTS and draft.code is Code.WEAPONS,
    )
