"""Words behind an actor by which it owns up to an act, or is blamed for it.

Owns those words. Refuses to take sides (``actor_roles``) and to find actors.
"""

import re

_ACTS = r"(?:attack|bombing|blast|raid|killing|ambush|operation|shooting|assault|strike|explosion|abduction|kidnapping|murder)s?"
_OWN_ACT = (
    r"(?:killed|shot|attacked|ambushed|carried|captured|seized|destroyed|bombed|shelled|struck|targeted|fired|detonated|planted|"
    r"abducted|kidnapped|executed|launched|staged|arrested|detained)"
)
_CLAIM = re.compile(
    r"\s+(?:later\s+|also\s+|has\s+|have\s+|had\s+)?(?:"
    rf"(?:claimed|took|takes|claims)\s+(?:the\s+)?(?:responsibility|credit|{_ACTS})\b"
    rf"|(?:said|says|claimed|announced)\s+(?:that\s+)?(?:it|they)\s+(?:had\s+|have\s+|has\s+)?(?:was\s+behind|were\s+behind|{_OWN_ACT})\b"
    r"|(?:is|are|was|were|has\s+been|have\s+been)\s+(?:widely\s+|immediately\s+|quickly\s+)?(?:blamed\s+for|accused\s+of|suspected\s+of))"
)


def claims(sentence: str, end: int) -> bool:
    """Whether the words behind an actor that ends at a character say that it did it: "X claimed the attack"."""
    return _CLAIM.match(sentence, end) is not None
