"""What two pieces of evidence have in common in words, the trigger and the names apart.

Owns which words tell an event from its likes, and how much each weighs. Refuses what the words mean: type,
actors, place and toll have their own say (``likeness``, ``nearness``).

    common(a, b) -> Common      shared weight, and its share of the shorter telling
    wording_likeness(a, b)      share of rare words, for those who only ask for that
"""

import re
from functools import lru_cache
from math import log
from typing import NamedTuple

from dateline.dedup import vocabulary
from dateline.incidents.record import Incident

COMMON_SHARE = 0.01
"""A word that stands in more than one news text of a hundred proves no sameness."""

TELLING_WORDS = 3
"""Fewer telling words in the shorter evidence, or fewer shared, are no proof."""

LEAST_SHARE = 0.0005
"""A word weighs no more than one that stands in so many news texts: a slip of the pen is rare as well."""

WEIGHTLESS = 3.0
"""Nats of a word in one text of twenty; what is commoner weighs nothing."""

SHORT = 4.0
"""Weight of a short telling: of one that has less, what is shared is no larger share than of this."""

MAX_CHARS = 600
"""Read of one piece of evidence."""

_WORD = re.compile(r"[^\W_]+")

_REPORTED = frozenset(
    """
    attack attacks attacked attackers attacking bomb bombs bombing bombings bomber exploded explosion explosions explosive
    explosives blast blasts blew improvised device devices roadside landmine landmines mine mines grenade grenades
    detonated triggered planted hurled lobbed shelling shelled airstrike airstrikes drone drones strike strikes struck
    raid raids raided ambush ambushed ambushes clash clashes clashed encounter gunfire gunfight gunbattle firefight
    shootout shooting shot shoot fire fired firing opened gunmen gunman cadre cadres militant militants rebel rebels insurgent
    insurgents fighters fighter terrorist terrorists extremist extremists jihadist jihadists islamist islamists bandit
    bandits separatist separatists naxal naxals naxalite naxalites maoist maoists guerrillas guerrilla assailants
    suspected unidentified armed forces force troops troopers trooper soldiers soldier army military personnel police
    policeman policemen constable officer officers commander squad team joint security patrol patrolling combing
    operation operations search outpost camp base station village villages villagers district province region area town
    city county township mandal tehsil taluk block subdivision forest forests arrested arrest arrests abducted
    kidnapped kidnap abduction hostage injured injuries injuring wounded wounding killed killing kills dead death
    deaths died slain murdered toll casualties victim victims sustained civilians civilian identified alias claimed
    responsibility protesters protest protests rally demonstrators demonstration weapons weapon ammunition arms rifle
    rifles recovered seized monday tuesday wednesday thursday friday saturday sunday evening morning night overnight
    """.split()  # noqa: SIM905 - one word a line would hide the list
)
"""Words that any two reports of violence share: the trigger never suffices."""

_AT = re.compile(
    r"\b(?:at|in|near|outside|of|from|around|towards?|between|and) (?:the |a )?((?:[A-Z][^\W\d_]{2,20}(?:['’]s)?[ -]){0,2}[A-Z][^\W\d_]{3,20})"
)
_NO_PLACE = frozenset(
    """
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday police army party state force forces security government minister ministry president
    """.split()  # noqa: SIM905 - one word a line would hide the list
)
SPELLING = 4
"""Letters of a name that are compared: its end is spelled in many ways."""


class Common(NamedTuple):
    """What two tellings share: ``weight`` in nats above ``WEIGHTLESS``, ``share`` of the shorter, 0 to 1."""

    weight: float
    share: float


def other_spots(a: Incident, b: Incident) -> bool:
    """Tell whether both name spots beside the places that they are coded at, and none in common.

    The hamlet that no gazetteer has tells two events of one district apart. Symmetric.
    """
    known = _named(a) | _named(b)
    left, right = _spots(a, known), _spots(b, known)
    return bool(left and right) and not left & right


def common(a: Incident, b: Incident) -> Common:
    """Return what the evidence of two mentions shares, actors and places left out. Symmetric."""
    known = _named(a) | _named(b)
    left, right = _weighed(a, known), _weighed(b, known)
    weight = sum(left[word] for word in left.keys() & right.keys())
    return Common(weight, weight / max(SHORT, min(sum(left.values()), sum(right.values()))))


def wording_likeness(a: Incident, b: Incident) -> float:
    """Return the share, 0 to 1, of the shorter evidence's telling words that the other has too.

    Telling are rare words and numbers that name neither an actor nor a place: those have their own say.
    """
    known = _named(a) | _named(b)
    left, right = _telling(a) - known, _telling(b) - known
    shared = len(left & right)
    return shared / min(len(left), len(right)) if shared >= TELLING_WORDS else 0.0


def _spots(incident: Incident, known: frozenset[str]) -> frozenset[str]:
    names = (name for item in incident.evidence for name in _spot_words(item.text[:MAX_CHARS]))
    return frozenset(name[:SPELLING] for name in names if name not in known)


@lru_cache(maxsize=4096)
def _spot_words(text: str) -> tuple[str, ...]:
    """Return the words, folded, of names that follow a preposition; none of a text that is all in capitals."""
    if text.isupper():
        return ()
    names = (word for found in _AT.finditer(text) for word in _WORD.findall(found[1].casefold()))
    return tuple(dict.fromkeys(word for word in names if len(word) > 3 and word not in _NO_PLACE))


def _weighed(incident: Incident, known: frozenset[str]) -> dict[str, float]:
    told: dict[str, float] = {}
    for item in incident.evidence:
        told |= {stem: weight for word, stem, weight in _weights(item.text[:MAX_CHARS]) if word not in known}
    return told


@lru_cache(maxsize=4096)
def _weights(text: str) -> tuple[tuple[str, str, float], ...]:
    """Return each word of a text that weighs something, without its plural ending, and what it weighs."""
    counts = vocabulary.load()
    found = {word for word in _WORD.findall(text.casefold()) if len(word) > 3 and not word.isdigit()}
    told = []
    for word in sorted(found - _REPORTED):
        share = float(counts[vocabulary.slot(word)]) / vocabulary.PRIOR_DOCUMENTS
        weight = -log(max(share, LEAST_SHARE)) - WEIGHTLESS
        if weight > 0:
            told.append((word, _stem(word), weight))
    return tuple(told)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _telling(incident: Incident) -> frozenset[str]:
    return frozenset().union(*(_words(item.text[:MAX_CHARS]) for item in incident.evidence))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    counts = vocabulary.load()
    most = COMMON_SHARE * vocabulary.PRIOR_DOCUMENTS
    found = {word for word in _WORD.findall(text.casefold()) if len(word) > 3 or word.isdigit()}
    return frozenset(word for word in found - _REPORTED if counts[vocabulary.slot(word)] <= most)


def _named(incident: Incident) -> frozenset[str]:
    actors = incident.actors.perpetrator + incident.actors.target + incident.actors.other
    names = [actor.name for actor in actors]
    if incident.place:
        place = incident.place
        names += [place.name, place.text, place.admin1 or "", place.admin2 or "", place.country or ""]
    return frozenset(_WORD.findall(" ".join(names).casefold()))
