"""Events of the last days that an article tells beside its news, and the known incidents that they are.

Owns which background mentions are looked up, and how surely one must be known. A report of the funeral, the
condemnation or the next attack tells the event once more, often with the newest toll: that joins what is known. Refuses
to open anything: what is not known stays background.

    recent(coding, now) -> mentions, as fresh ones      recalled(mentions, known, now) -> incident of each, by number
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from dateline.incidents.match import match
from dateline.incidents.odds import odds
from dateline.incidents.record import Coding, Incident

RECENT = timedelta(days=5)
"""An event so long ago is told of as the news' own past."""

SURE, SURE_UNDATED = 1.5, 3.0
"""Least log-odds for a mention that tells its day, and for one that does not: years may lie between."""

MOST = 4
"""Background mentions of one article that are looked up, the first ones."""


def recent(coding: Coding | None, now: datetime) -> tuple[Incident, ...]:
    """Return the background mentions that may be known incidents, as fresh ones, in text order; ``MOST`` at most.

    Each tells a place and either a day of the last ones or no day at all, and somebody harmed.
    """
    told = coding.incidents if coding else ()
    near = (one for one in told if one.class_ == "background" and _is_recent(one, now))
    return tuple(msgspec.structs.replace(one, class_="fresh") for one in near)[:MOST]


def recalled(mentions: Sequence[Incident], known: Iterable[Incident], now: datetime) -> dict[int, str]:
    """Return the id of the known incident that each mention surely is, by its number; the others are left out."""
    # What was taken back is opened again by who tells it as news, not by who looks back at the affair.
    candidates = tuple(one for one in known if one.status == "open")
    found: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        one = match(mention, candidates, now)
        told = odds(mention, one) if one else None
        if one and told and told.total >= (SURE if mention.date else SURE_UNDATED):
            found[number] = one.id
    return found


def _is_recent(one: Incident, now: datetime) -> bool:
    if one.assertion == "denied":
        return False  # taken back by the very article (``disclaimers``): it is not told once more
    if one.place is None or one.place.lat is None or one.place.geo_precision is None:
        return False
    if one.toll.killed is None and one.toll.wounded is None and one.toll.abducted is None:
        return False
    return one.date is None or one.date.start >= now.date() - RECENT
