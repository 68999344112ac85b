"""Whose count and whose day of an event a sentence tells: a side's own, or that of its claim.

Owns these two. Refuses to join sentences (``joining``) and to reckon counts (``slots``).

    claims(reading) -> whether a side tells what it did
    claimed_later(told, reading, when) -> whether a day is that of the claim
"""

from datetime import timedelta

from dateline.incidents import guards
from dateline.incidents.readings import Reading
from dateline.incidents.times import TimeMention

CLAIMED_WITHIN = timedelta(days=3)
"""An attack is claimed on its day or soon after: "ISWAP claimed the attack on May 13"."""


def claims(reading: Reading) -> bool:
    """Whether a side tells what it did: its count is a rival one of the event told before, or a claim of it."""
    return guards.assertion(reading.low) == "claimed"


def claimed_later(told: TimeMention | None, reading: Reading, when: TimeMention | None) -> bool:
    """Whether the day of a sentence is that on which "the attack", which was on the day ``told``, was claimed."""
    if when is None or told is None or not reading.names_event or reading.apart:
        return False
    return timedelta(0) <= when.first - told.last <= CLAIMED_WITHIN and claims(reading)
