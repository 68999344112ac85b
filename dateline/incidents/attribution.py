"""Sentences that only tell who is behind the event told before ("The army blamed X.").

Owns their words. Refuses to find names (``actors``) and to take sides (``casting``).
"""

from collections.abc import Iterable

from dateline.incidents.actors import ActorMention
from dateline.incidents.anchored import Anchored

_ATTRIBUTES = Anchored(
    r"\b(?:blam(?:ed|es|ing)\b|attribut(?:ed|es)\b[^.;]{0,60}\bto\b|claim(?:ed|s|ing)? (?:\w+ ){0,2}?(?:responsibility|credit)\b|took responsibility\b|"
    r"(?:was|were|is|are|be) behind\b|claimed (?:the|that|those|both|it|them)\b|claimed by\b|bears? (?:all )?the (?:hallmarks?|marks?|signature)\b|pinned\b[^.;]{0,40}\bon\b)"
)
_OF_OTHERS = Anchored(
    r"\b(?:no group|nobody|no one|none|past|previous(?:ly)?|similar|numerous|many|several|other|dozens of|most of|denied|denies|den(?:y|ying)|deadliest|since)\b"
)
_ARMED = frozenset({"Rebel group", "Political militia", "Identity militia"})


def attributes(low: str) -> bool:
    """Whether a lower-cased sentence tells who did what was told before, and speaks of nothing else."""
    return bool(_ATTRIBUTES.search(low)) and not _OF_OTHERS.search(low)


def culprit(mentions: Iterable[ActorMention], low: str = "") -> ActorMention | None:
    """Return the one armed group that the first clause of a sentence names, or None where it names none or several."""
    clause = low.partition(";")[0]
    told = (one for one in mentions if one.end <= len(clause)) if attributes(clause) else mentions
    named = {one.id: one for one in told if one.id and not one.generic and one.kind in _ARMED}
    return next(iter(named.values())) if len(named) == 1 else None
