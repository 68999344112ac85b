"""What stands in an article, or in a sentence, without being of its event.

Owns the lines that are no prose, the second event that a sentence adds after "while a separate", and
the places where the hurt are brought or somebody speaks. Refuses to read events (``readings``) and to
resolve places (``places``): it only says what is to be left out or parted.

    prose(found, text, title) -> sentences that no rule takes for furniture
    parted(found), added(one) -> the same, with an added event as a sentence of its own
    elsewhere(low, start, end) -> whether a place is a hospital's, not the event's
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from dateline.incidents.anchored import Anchored
from dateline.incidents.sentences import Sentence
from dateline.text import clean

SAFE_RULES = frozenset({"caption"})
"""What ``clean`` marks and is still read: a caption tells the event in a sentence of its own."""

_ADDED = re.compile(
    r",\W{0,2}(?:while|and|as|but|whereas)\W{1,2}(?=(?:in )?(?:a|an|another|one) ?(?:separate|second|third|different|other|"
    r"further|similar|parallel|earlier|later)?\W{1,2}(?:\w+\W{1,2}){0,3}?(?:attacks?|blasts?|strikes?|explosions?|ambush|raid|"
    r"bomb\w*|shooting|shelling|clash|incident|assault|drone|operation)\b)"
)
_APART = re.compile(
    r"\W*(?:in )?(?:an? (?:separate|second|third|different|other|further|similar|parallel)|another)\b"
)
"""An added event says that it is another one; "while a bomb" alone may be the same attack."""

_BROUGHT = re.compile(
    r"\b(?:hospitals?|clinics?|mortuar(?:y|ies)|morgues?|infirmary|medical cent(?:re|er)s?|health cent(?:re|er)s?)\W{1,2}"
    r"(?:\w+\W{1,2}){0,3}?(?:in|at|of|near)\W{1,2}(?:the (?:\w+ )?(?:capital|city|town)(?: of)?\W{1,2})?$|"
    r"\b(?:flown|airlifted|evacuated|rushed|transferred|taken|brought|moved|driven|referred|ferried|transported)\W{1,2}"
    r"(?:\w+\W{1,2}){0,5}?to\W{1,2}(?:\w+\W{1,2}){0,3}?$|"
    r"\b(?:treated|hospitali[sz]ed|admitted|recovering)\W{1,2}(?:[\w’']+\W{1,2}){0,6}?(?:in|at|to)\W{1,2}(?:the \w+\W{1,2})?$"
)
_WARD = re.compile(
    r"[’']?s?\W{1,2}(?:\w+\W{1,2}){0,3}?(?:hospitals?|clinics?|mortuary|morgue|infirmary|medical cent(?:re|er)|health cent(?:re|er))\b"
)
_STRUCK = re.compile(
    r"\b(?:hit|struck|bombed|shelled|attacked|stormed|raided|targeted|burn(?:ed|t|ing)|destroyed|near|outside|explo\w+|inside|blast\w*|"
    r"attack (?:on|at)|strike on|shelling of|bombing of|raid on)\W{1,2}(?:\w+\W{1,2}){0,3}?$"
)
_SAME_PLACE = Anchored(
    r"\b(?:in|of|around|near|across|over) (?:the|that) (?:same )?(?:area|region|town|village|city|district|province|desert)\b"
)
_OPERATIONS = Anchored(
    r"^\W*(?:the|these|those) (?:\w+ ){0,2}?(?:operations|raids|attacks|arrests|campaigns|sweeps)\b|"
    r"\b(?:in|during|by|from|of) (?:these|those) (?:\w+ ){0,2}?(?:operations|raids|attacks|clashes|strikes|bombings|incidents)\b"
)
REACH = 90
"""Characters before a place in which it is told what was brought there: about fifteen words."""


def prose(found: Sequence[Sentence], text: str, title: str) -> tuple[Sentence, ...]:
    """Return the sentences that do not lie in a line of furniture; all of them where that leaves none."""
    spans = [
        (start, end) for start, end, rule in clean.furniture_spans(text, title) if rule not in SAFE_RULES
    ]
    if not spans:
        return tuple(found)
    starts = [start for start, _ in spans]

    def inside(one: Sentence) -> bool:
        at = bisect_right(starts, one.start) - 1
        return at >= 0 and one.end <= spans[at][1]

    return tuple(one for one in found if not inside(one)) or tuple(found)


def parted(found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences with ", while a separate drone attack killed …" as one of its own.

    Each part is a slice of the text as before, so that evidence keeps counting in it.
    """
    made: list[Sentence] = []
    for one in found:
        match = next((each for each in _ADDED.finditer(one.text) if _APART.match(one.text, each.end())), None)
        if match is None:
            made.append(one)
            continue
        cut = match.end()
        made.append(
            Sentence(
                text=one.text[: match.start() + 1],
                start=one.start,
                end=one.start + match.start() + 1,
                paragraph=one.paragraph,
            )
        )
        made.append(
            Sentence(text=one.text[cut:], start=one.start + cut, end=one.end, paragraph=one.paragraph)
        )
    return tuple(made)


def added(sentence: Sentence) -> bool:
    """Whether a sentence is one that ``parted`` cut off: only a hint, where it names no place of its own."""
    return bool(_APART.match(sentence.text)) and sentence.text[:1].islower()


def same_place(low: str) -> bool:
    """Whether a sentence only points at the place told before: "in the area"."""
    return bool(_SAME_PLACE.search(low))


def operations_again(low: str) -> bool:
    """Whether a sentence begins with "the operations": it divides a count of them."""
    return bool(_OPERATIONS.search(low))


def elsewhere(low: str, start: int, end: int) -> bool:
    """Whether the place at characters ``start`` to ``end`` of a lower-cased sentence is where the hurt were brought.

    A hospital that was itself hit is a place of the event.
    """
    before = low[max(0, start - REACH) : start]
    if _WARD.match(low, end) or _BROUGHT.search(before):
        return not _STRUCK.search(before)
    return False
