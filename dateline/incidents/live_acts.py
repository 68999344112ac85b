"""Which acts of a sentence are told as done.

Owns the last word on a trigger that ``guards`` takes for a plan or a record, and the words that look like a
target and are an address. Refuses to name tactics (``tactics``).
"""

import re

from dateline.incidents import guards
from dateline.incidents.taxonomy import Code
from dateline.incidents.triggers import Trigger

_BEAT = re.compile(
    r"\b(?:under|falling under|within|in the limits of) (?:the )?(?:[\w.’'-]+ ){1,3}?police (?:station|post|outpost|circle)s?(?: (?:area|limits?|jurisdiction))?\b|"
    r"\bpolice (?:station|post|circle)s? (?:area|limits?|jurisdiction)\b"
)
"""A police beat tells where a village lies in South Asia; it is no target."""

_RECORD_ENDS = re.compile(
    r"\b(?:wanted|involved|accused|suspected|cases?|crimes?)\b[^;]{0,140}?(?:\b(?:was|were|been|is|are) (?:\w+ ){0,2}|, )$"
)
"""After the record of somebody stands what became of him: "wanted for a murder, was arrested"."""


_LOOK_BACK = 180


def without_beats(low: str) -> str:
    """Return a lower-cased sentence with blanks for the police beats in it, of the same length."""
    if "police" not in low:
        return low
    return _BEAT.sub(lambda found: " " * len(found.group()), low)


def live(low: str, found: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """Return the triggers that are not taken back by the words before them."""
    return tuple(
        one
        for one in found
        if (not guards.unreal(low, one.start) or _at_last(low, one)) and not _protested(low, one)
    )


def _protested(low: str, act: Trigger) -> bool:
    """Whether an arrest is what somebody protests against: "to protest the arrest of their leader"."""
    return act.code is Code.ARRESTS and _PROTEST.search(low[max(0, act.start - 40) : act.start]) is not None


_PROTEST = re.compile(r"\bprotest(?:s|ed|ing)?(?: against| over| at)? (?:the |their |his |her )?(?:\w+ )?$")


def _at_last(low: str, act: Trigger) -> bool:
    """Whether an arrest or a surrender ends the record of somebody who was wanted."""
    if act.code not in (Code.ARRESTS, Code.GROUP_CHANGE):
        return False
    return _RECORD_ENDS.search(low[max(0, act.start - _LOOK_BACK) : act.start]) is not None
