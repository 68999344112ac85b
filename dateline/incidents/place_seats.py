"""Places that only say whose police acted or who spoke: "Bihar Police", "police in Lima said".

Owns the words by which a place names a force or a speaker. Such a place is the event's only where the sentence
has no other. Refuses to find names (``place_reading``).
"""

import re

_FORCE = re.compile(
    r"(?: District| City| Rural| State| Special| Military| Provincial| Regional| Metropolitan){0,2} "
    r"(?:[Pp]olice(?! (?:station|post|camp|outpost|picket|lines?|check|academy|headquarters|base|barracks|checkpoint|training|complex|"
    r"compound|building|van|vehicle|convoy|patrol|party|team was|bus|truck))|Superintendent|SP\b|SSP\b|DSP\b|Inspector|Deputy Commissioner|"
    r"[Pp]olice chief|Commissioner)"
)
_OFFICIALS = frozenset(
    "police officials authorities doctors medics hospitals residents diplomats analysts sources spokesmen activists officers".split()  # noqa: SIM905 - as word lists stand in this room
)
_SAID = re.compile(
    r"(?:, [A-Z][\w-]+(?: [A-Z][\w-]+){0,2},?)? (?:said|say|says|told|reported|confirmed|announced|added)\b"
)


def of_a_force(text: str, end: int) -> bool:
    """Whether the name that ends at a character is that of a police force: "Ghazni Police", "Gaya SP"."""
    return _FORCE.match(text, end) is not None


def of_a_speaker(text: str, end: int, before: str, preposition: str) -> bool:
    """Whether a name only tells where those sit who speak: "police in Lima said"."""
    return preposition == "in" and before in _OFFICIALS and _SAID.match(text, end) is not None
