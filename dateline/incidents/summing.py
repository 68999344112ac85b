"""Counts of several attacks together, where each of them is told by itself.

Owns those sums: "seven were killed in two attacks" above a paragraph on each. Refuses statistics (``classes``)
and to reckon counts (``slots``).

    less_sums(told) -> the counts of one attack without those of several together
    rivals_of(low, found) -> the least and the most that two voices of a sentence count
    leads(drafts) -> the numbers of those that only sum up others
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.incidents.joining import Draft, alike, days_agree
from dateline.incidents.readings import Reading, own_tolls
from dateline.incidents.tolls import TollMention


def less_sums(told: list[tuple[Reading, list[TollMention]]]) -> list[tuple[Reading, list[TollMention]]]:
    """Leave out the count of several attacks together where a sentence counts those of this one alone."""
    sums = [one for one in told if (one[0].n_events or 1) > 1]
    alone = [one for one in told if (one[0].n_events or 1) == 1]
    if not sums or not alone:
        return told
    least = min(toll.min for _, found in sums for toll in found)
    return alone if all(toll.min < least for _, found in alone for toll in found) else told


_PARTS = re.compile(r";|,? (?:while|but|whereas|although)\b")
_SAYS = re.compile(r"\b(?:claim|said|says|admit|acknowledg|put|report|confirm|spoke|announc|conced)\w*\b")


def rivals_of(low: str, found: Sequence[TollMention]) -> tuple[int, int] | None:
    """Return the least and the most of what two voices of one sentence count, or None where one voice adds up.

    "The rebels claimed to have killed 12; the army admitted five dead" is 5 to 12, never 17.
    """
    cuts = [0, *(one.start() for one in _PARTS.finditer(low)), len(low)]
    if len(cuts) < 3:
        return None
    sums = []
    for start, end in pairwise(cuts):
        told = [one for one in found if start <= one.start < end]
        if told and not _SAYS.search(low, start, end):
            return None
        if told:
            sums.append(sum(one.min for one in told))
    return (min(sums), max(sums)) if len(sums) > 1 else None


def leads(drafts: list[Draft]) -> frozenset[int]:
    """Return which drafts count the dead of several attacks of which as many are told after it."""
    return frozenset(number for number, one in enumerate(drafts) if _sums_up(one, drafts[number + 1 :]))


def _sums_up(lead: Draft, later: list[Draft]) -> bool:
    events = lead.first.n_events or 1
    whole = _killed(lead)
    if lead.class_ != "fresh" or len(lead.readings) > 1 or events == 1 or not whole:
        return False
    parts = [
        count
        for one in later
        if one.class_ == "fresh" and alike(lead.code, one.code) and days_agree(lead.when, one.when)
        if 0 < (count := _killed(one)) < whole
    ]
    return len(parts) > 1 and (sum(parts) == whole or len(parts) == events)


def _killed(draft: Draft) -> int:
    """Return the killed of the first sentence that counts any."""
    counts = ([toll.min for toll in own_tolls(one) if toll.kind == "killed"] for one in draft.readings)
    return next((sum(one) for one in counts if one), 0)
