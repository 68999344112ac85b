"""What stands around a date: a dateline, or the event that "two days after" counts from.

Owns: the words before and after. Refuses: reckoning.
"""

import re

from dateline.incidents.times_calendar import Anchors

_PLACED = re.compile(
    r"\W*(?!(?:On|In|At|By|Since|Until|From|Late|Early|Before|After|During)\b)"
    r"(?:[A-Z][\w.'’-]*(?:[ ,/|]+(?:\([A-Z]\w*\)[ ,]*)?|$)){1,6}\W*"
)
"""What a dateline has before its date: nothing but the names of a place and an agency."""
_PLACED_AFTER = re.compile(r",\s+[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?\s*(?:-|–|—|:)\s")
_DATELINE_ENDS = re.compile(r"\s*(?:\([^()]{1,30}\))?\s*(?:-\s|--|—|–|:|\|)")
_CAME = re.compile(
    r"\b(?:came|comes|coming|happened|occurred|took\s+place|follows|followed)\s+(?:(?:just|only|barely|less\s+than|more\s+than)\s+)?$"
)
_OPENS = re.compile(r"[\W_]*(?:(?:just|only|barely|some|about|and|but|then)\s+)*$")
_ANY_EVENT = re.compile(
    r"\s+(?:an?|another|two|three|four|several|dozens|gunmen|militants|rebels|fighters|troops|police)\b"
)
_A_THING = re.compile(
    r"\s+(?:the|an?|his|her|their|its|that|to|parliamentary|presidential|elections?|polls|polling)\b"
)


def in_dateline(text: str, match: "re.Match[str]") -> bool:
    """Reads "BUNIA, Nov 20 - Rebels …", "20 November 2026, Lagos: …": the day of the report."""
    at, end = match.span()
    if at < 3 and _PLACED_AFTER.match(text, end, end + 60):
        return True
    return (
        at < 60 and bool(_DATELINE_ENDS.match(text, end, end + 40)) and bool(_PLACED.fullmatch(text, 0, at))
    )


def counted_from(low: str, match: "re.Match[str]", anchors: Anchors) -> tuple[str | None, ...] | None:
    """Return the groups of "two days after", turned back where it tells of the earlier event, None where unknown.

    "It came two days after a bomb …" dates the bomb two days back; "Two days after the ambush,
    troops …" dates what the troops did two days on; "two days before the vote" is of a day to come.
    """
    groups = match.groups()
    direction = groups[-1]
    at, end = match.span()
    if direction in {"before", "prior"}:
        return None if _A_THING.match(low, end) else groups
    if direction != "after" or not low[end : end + 2].strip() or not low[end + 1 : end + 2].isalpha():
        return groups
    back = (*groups[:-1], "before")
    before = low[max(0, at - 40) : at]
    opens = _OPENS.fullmatch(low, 0, at) is not None
    if _CAME.search(before) or (anchors.told_here and not opens):
        return back
    return None if _ANY_EVENT.match(low, end) else groups
