"""Whether a coded mention tells of an incident that is known already.

Owns: the blocking keys under which incidents are filed and looked up, and the decision. Refuses:
aspects and their weights (``likeness``, ``nearness``, ``wording``, ``odds``), merging (``merge``), finding candidates (the store).

    lookup_blocks(coded, now) -> keys; the store hands back the incidents filed under them
    match(coded, candidates, now) -> Incident | None
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dateline.incidents.likeness import (
    actor_likeness,
    shared_figure,
    toll_likeness,
    type_likeness,
    wording_likeness,
)
from dateline.incidents.merge import attach, open_incident, update, update_needed
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.odds import odds
from dateline.incidents.record import TOLL_KINDS, Count, Incident

__all__ = [
    "attach",
    "blocks",
    "grounds",
    "likeness",
    "lookup_blocks",
    "match",
    "open_incident",
    "resembles",
    "update",
    "update_needed",
]

FILED_DAYS = 7
"""Keys that an incident is filed under, at most; a longer span is sampled, 5 days apart in a month."""

LOOKUP_KEYS = 12
"""Keys that one look-up asks for, at most."""

MATCH = 0.5
"""Least log-odds of one event: an error that joins two events is worse than one that leaves two records."""

REPLAY = 100.0
"""Log-odds of a mention that stands in the incident already."""

UNDATED_DAYS = 10
"""An incident without a day is open for so many days after it was first seen."""

_WEIGHTS = (0.15, 0.15, 0.30, 0.15, 0.15, 0.10)
"""Of type, day, place, sides, toll and words in the likeness told to others."""


def blocks(incident: Incident) -> tuple[str, ...]:
    """Return the keys that an incident is filed under: its country on each of its days, ``"SY:2026-11-03"``.

    1 to ``FILED_DAYS`` keys, "--" for an unknown country; an undated incident stands under the day it
    was first seen, or under "-" when that is unknown too. A merge may change them: file anew.
    """
    country = _country(incident)
    if incident.date is None:
        day = incident.first_seen_at.date().isoformat() if incident.first_seen_at else "-"
        return (f"{country}:{day}",)
    days = _days(incident.date.start, incident.date.end)
    if len(days) > FILED_DAYS:
        step = (len(days) - 1) / (FILED_DAYS - 1)
        days = [days[round(step * number)] for number in range(FILED_DAYS)]
    return tuple(f"{country}:{day.isoformat()}" for day in days)


def lookup_blocks(coded: Incident, now: datetime) -> tuple[str, ...]:
    """Return the keys to look for its likes: two days either side, 1 to ``LOOKUP_KEYS`` of them.

    An incident of a known country is also sought among those of unknown country. Of a long span the
    latest days are asked for, since news tells what is new. An undated one looks from three days
    before ``now``.
    """
    if coded.date is None:
        days = _days(now.date() - timedelta(days=3), now.date())
    else:
        days = _days(coded.date.start - timedelta(days=2), coded.date.end + timedelta(days=2))
    country = _country(coded)
    middle = days[len(days) // 2]
    near = sorted(days[-LOOKUP_KEYS:], key=lambda day: (abs((day - middle).days), day))
    keys = [f"{country}:{day.isoformat()}" for day in days[-LOOKUP_KEYS:]]
    if country != "--":
        keys += [f"--:{day.isoformat()}" for day in near]
    return tuple(keys[:LOOKUP_KEYS])


def match(coded: Incident, candidates: Sequence[Incident], now: datetime) -> Incident | None:
    """Return the candidate that is the same event, or None.

    Only fresh events match, and only where more speaks for one event than against it (``odds``): what is weak in
    day or place is made up for by figures, sides or words. Two mentions of one article are one event only where their
    evidence overlaps and the figures are the same (a replay), or all is equal: else coding has told them apart.
    The likeliest wins; of equals the one first seen, then the lesser id. Never raises.
    """
    best: Incident | None = None
    best_rank: tuple[float, float, str] | None = None
    for candidate in candidates:
        total = _total(coded, candidate, now)
        if total is None:
            continue
        seen_s = candidate.first_seen_at.timestamp() if candidate.first_seen_at else 0.0
        rank = (-total, seen_s, candidate.id)
        if best_rank is None or rank < best_rank:
            best, best_rank = candidate, rank
    return best


def likeness(coded: Incident, candidate: Incident, now: datetime) -> float | None:
    """Return how alike two mentions of one event are, 0 to 1, or None for two events."""
    total = _total(coded, candidate, now)
    if total is None or total == REPLAY:
        return None if total is None else 1.0
    kind, day = type_likeness(coded, candidate), day_likeness(coded.date, candidate.date)
    place = place_likeness(coded.place, candidate.place)
    words = min(1.0, wording_likeness(coded, candidate) / 0.6)
    aspects = (kind, day, place, actor_likeness(coded, candidate), toll_likeness(coded, candidate), words)
    return sum(weight * (aspect or 0.0) for weight, aspect in zip(_WEIGHTS, aspects, strict=True))


def resembles(coded: Incident, candidate: Incident) -> bool:
    """Tell whether type, day and place are one event's, whatever the figures and sides.

    Enough only where something else says that both texts tell the same.
    """
    day, place = day_likeness(coded.date, candidate.date), place_likeness(coded.place, candidate.place)
    return type_likeness(coded, candidate) is not None and min(day or 0.0, place or 0.0) >= 0.8


def grounds(coded: Incident, candidate: Incident) -> str:
    """Return in one line what speaks for and against one event, for people."""
    told = odds(coded, candidate)
    return told.said() if told else "type, day or place forbid it"


def _total(coded: Incident, candidate: Incident, now: datetime) -> float | None:
    if coded.class_ != "fresh" or candidate.class_ != "fresh" or _stale(candidate, now):
        return None
    shared = _same_article(coded, candidate)
    if shared is False and not _equal(coded, candidate):
        return None
    told = odds(coded, candidate, MATCH)
    if told is None:
        return None
    place = place_likeness(coded.place, candidate.place)
    if shared and place is not None and place > 0.5:
        return REPLAY
    return told.total if told.total >= MATCH else None


def _equal(coded: Incident, candidate: Incident) -> bool:
    kind, day = type_likeness(coded, candidate), day_likeness(coded.date, candidate.date)
    if not (kind == day == place_likeness(coded.place, candidate.place) == 1.0):
        return False
    return shared_figure(coded, candidate) >= 2 and actor_likeness(coded, candidate) >= 0.5


def _same_article(coded: Incident, candidate: Incident) -> bool | None:
    """None when they share no article; else whether this very mention was merged into the candidate.

    Overlapping evidence is not enough, since one sentence may tell of two events: the article's figures
    must be the same too.
    """
    spans = [(item.article, item.start, item.end) for item in coded.evidence if item.article]
    articles = {article for article, _, _ in spans}
    theirs = [item for item in candidate.evidence if item.article in articles]
    if not theirs:
        return None
    overlap = any(
        article == item.article and start < item.end and item.start < end
        for article, start, end in spans
        for item in theirs
    )
    return overlap and all(_claimed(coded, candidate, kind, articles) for kind in TOLL_KINDS)


def _claimed(coded: Incident, candidate: Incident, kind: str, articles: set[str]) -> bool:
    mine: Count | None = getattr(coded.toll, kind)
    theirs: Count | None = getattr(candidate.toll, kind)
    claims = theirs.claims if theirs else ()
    told = {(claim.min, claim.max) for claim in claims if claim.article in articles}
    if theirs and not claims:
        told = {(theirs.min, theirs.max)}
    return ((mine.min, mine.max) in told) if mine else not told


def _stale(candidate: Incident, now: datetime) -> bool:
    if candidate.date is not None or candidate.first_seen_at is None:
        return False
    return now - candidate.first_seen_at > timedelta(days=UNDATED_DAYS)


def _country(incident: Incident) -> str:
    return (incident.place.iso2 if incident.place else None) or "--"


def _days(start: date, end: date) -> list[date]:
    # A span is a month at most by the taxonomy; a wrong one must not fill the index.
    length = min(max((end - start).days, 0), 62)
    return [start + timedelta(days=number) for number in range(length + 1)]
