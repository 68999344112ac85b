"""Words behind an actor by which it owns up to an act, is blamed for it, or is hit.

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
    rf"(?:claimed|took|takes|claims)\s+(?:the\s+)?(?:responsibility|credit|(?:its\s+|this\s+|that\s+|both\s+)?(?:first\s+)?{_ACTS})\b"
    rf"|(?:said|says|claimed|announced)\s+(?:that\s+)?(?:it|they)\s+(?:had\s+|have\s+|has\s+)?(?:was\s+behind|were\s+behind|{_OWN_ACT})\b"
    r"|(?:is|are|was|were|has\s+been|have\s+been)\s+(?:widely\s+|immediately\s+|quickly\s+)?(?:blamed\s+for|accused\s+of|suspected\s+of))"
)


_HIT = (
    r"(?:killed|martyred|wounded|injured|hurt|shot|stabbed|hacked|abducted|kidnapped|ambushed|attacked|beheaded|executed|"
    r"gunned|murdered|massacred|slain|bombed|shelled|targeted|struck|assassinated|lynched|burnt|burned|beaten)"
)
_SUFFERS = re.compile(
    r"(?:,?\s+(?:convoy|patrol|checkpoint|post|base|camp|positions?|car|van|vehicle|truck|bus|jeep|pickup|helicopter|boat|tank)s?)?(?:"
    rf"\s+(?:was|were|(?:has|have|had)\s+been)\s+(?:\w+ly\s+)?{_HIT}\b"
    r"|\s+(?:had\s+)?(?:struck|hit|ran\s+over|drove\s+over|stepped\s+on)\s+(?:an?|the)\s+(?:\w+\s+){0,2}"
    r"(?:bomb|mine|landmine|ied|device)\b(?!\s+(?:blast|explosion|attack))"
    r"|\s+(?:had\s+|has\s+|have\s+)?(?:come|came|comes|coming)\s+under\s+(?:\w+\s+){0,2}(?:fire|attack|assault|shelling|bombardment)\b"
    r"|\s+(?:had\s+|has\s+|have\s+)?lost\s+(?:their|his|her)\s+li(?:fe|ves)\b"
    r"|\s+(?:had\s+|has\s+|have\s+)?lost\s+(?:at\s+least\s+|about\s+|some\s+|several\s+|dozens\s+of\s+)?(?:\w+\s+)?(?:of\s+(?:its|their)\s+)?"
    r"(?:men|soldiers|fighters|troops|policemen|officers|members|militants|commanders)\b"
    r"|\s+(?:suffered|sustained)\s+(?:\w+\s+){0,3}(?:dead|casualties|losses|deaths|fatalities)\b)"
)


def suffers(sentence: str, end: int) -> bool:
    """Whether the words behind an actor that ends at a character say that it was hit: "X came under fire"."""
    return _SUFFERS.match(sentence, end) is not None


def claims(sentence: str, end: int) -> bool:
    """Whether the words behind an actor that ends at a character say that it did it: "X claimed the attack"."""
    return _CLAIM.match(sentence, end) is not None
