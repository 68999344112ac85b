"""Counts of several attacks together, where each of them is told by itself.

Owns those sums: "seven were killed in two attacks" above a paragraph on each. Refuses statistics (``classes``)
and to reckon counts (``slots``).

    less_sums(told) -> the counts of one attack without those of several together
    leads(drafts) -> the numbers of those that only sum up others
"""

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
