"""Whose count and whose day of an event a sentence tells: a side's own, or that of its claim.

Owns these two. Refuses to join sentences (``joining``) and to reckon counts (``slots``).

    counts_anew(low) -> whether another voice counts the dead of the same event
    claims(reading) -> whether a side tells what it did
    claimed_later(told, reading, when) -> whether a day is that of the claim
"""

from datetime import timedelta

from dateline.incidents import guards
from dateline.incidents.anchored import Anchored
from dateline.incidents.readings import Reading
from dateline.incidents.times import TimeMention

CLAIMED_WITHIN = timedelta(days=3)
"""An attack is claimed on its day or soon after: "ISWAP claimed the attack on May 13"."""


_TOLL_OF_ANOTHER = Anchored(
    r"\b(?:spoke of|speaks of|put (?:the|its) (?:\w+ )?(?:toll|number|figure|count|dead)|gave (?:a|the|its) (?:\w+ )?(?:toll|figure|count)|"
    r"counted|(?:lower|higher|different|provisional|revised|earlier) (?:death )?(?:toll|figure|count))\b"
)


def counts_anew(low: str) -> bool:
    """Whether a lower-cased sentence gives the count of another voice: "the army spoke of 17 dead"."""
    return bool(_TOLL_OF_ANOTHER.search(low))


def claims(reading: Reading) -> bool:
    """Whether a side tells what it did: its count is a rival one of the event told before, or a claim of it."""
    return guards.assertion(reading.low) == "claimed"


def claimed_later(told: TimeMention | None, reading: Reading, when: TimeMention | None) -> bool:
    """Whether the day of a sentence is that on which "the attack", which was on the day ``told``, was claimed."""
    if when is None or told is None or not reading.names_event or reading.apart:
        return False
    return timedelta(0) <= when.first - told.last <= CLAIMED_WITHIN and claims(reading)
