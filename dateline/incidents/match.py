"""Whether a coded mention tells of an incident that is known already.

Owns: the blocking keys under which incidents are filed and looked up, and the decision. Refuses:
aspects (``likeness``, ``nearness``), merging (``merge``), finding candidates (the store).

    lookup_blocks(coded, now) -> keys; the store hands back the incidents filed under them
    match(coded, candidates, now) -> Incident | None
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dateline.incidents.likeness import (
    actor_likeness,
    least_largest,
    shared_figure,
    toll_likeness,
    type_likeness,
    wording_likeness,
)
from dateline.incidents.merge import attach, open_incident, update, update_needed
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.record import TOLL_KINDS, Count, Incident

__all__ = [
    "attach",
    "blocks",
    "likeness",
    "lookup_blocks",
    "match",
    "open_incident",
    "update",
    "update_needed",
]

FILED_DAYS = 7
"""Keys that an incident is filed under, at most; a longer span is sampled, 5 days apart in a month."""

LOOKUP_KEYS = 12
"""Keys that one look-up asks for, at most."""

MATCH = 0.68
"""Least likeness of one event. The same town, day and type with all else untold gives .75."""

PROVEN_MATCH = 0.60
"""The same where a figure, the wording or the actors are a second proof, see ``match``."""

UNDATED_DAYS = 10
"""An incident without a day is open for so many days after it was first seen."""

_WEIGHTS = (0.15, 0.15, 0.30, 0.15, 0.15, 0.10)


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

    Only fresh events match. Two mentions of one article are one event only where their evidence
    overlaps and the figures are the same (a replay), or all is equal: else coding has told them apart. Where the place is no town, or the day is another, a second proof
    is asked for: a shared figure with fitting actors, or shared wording. The most alike wins; of equals the one first seen, then
    the lesser id. Never raises.
    """
    best: Incident | None = None
    best_rank: tuple[float, float, str] | None = None
    for candidate in candidates:
        score = likeness(coded, candidate, now)
        if score is None:
            continue
        seen_s = candidate.first_seen_at.timestamp() if candidate.first_seen_at else 0.0
        rank = (-score, seen_s, candidate.id)
        if best_rank is None or rank < best_rank:
            best, best_rank = candidate, rank
    return best


def likeness(coded: Incident, candidate: Incident, now: datetime) -> float | None:
    """Return how alike two mentions of one event are, ``PROVEN_MATCH`` to 1, or None for two events."""
    if coded.class_ != "fresh" or candidate.class_ != "fresh" or _stale(candidate, now):
        return None
    kind = type_likeness(coded, candidate)
    day = day_likeness(coded.date, candidate.date)
    place = place_likeness(coded.place, candidate.place)
    if kind is None or day is None or place is None:
        return None
    shared = _same_article(coded, candidate)
    if shared and place > 0.5:
        return 1.0
    actors, toll = actor_likeness(coded, candidate), toll_likeness(coded, candidate)
    wording = min(1.0, wording_likeness(coded, candidate) / 0.6)
    figure = shared_figure(coded, candidate)
    if shared is False and not (min(kind, day, place) == 1.0 and figure >= 2 and actors >= 0.5):
        return None
    # A day or two apart, a district, an arrest: each is the rule where a conflict goes on, and proves little.
    weak = place < 0.9 or day < 0.8 or coded.event_type == candidate.event_type == "Strategic developments"
    # So many harmed twice in one place within two days, the figures fitting, is one event told again.
    large = place >= 0.8 and toll >= 0.5 and least_largest(coded, candidate) >= 10
    proven = large or _second_proof(figure, place, actors, toll, wording)
    if weak and not proven:
        return None
    aspects = (kind, day, place, actors, toll, wording)
    score = sum(weight * aspect for weight, aspect in zip(_WEIGHTS, aspects, strict=True))
    return score if score >= (PROVEN_MATCH if proven else MATCH) else None


def _second_proof(figure: int, place: float, actors: float, toll: float, wording: float) -> bool:
    """Tell whether something beside type, day and district says that it is one event."""
    if wording >= 0.8 and toll >= 0.5:
        return True
    if place >= 0.85 and ((actors == 1.0 and toll >= 0.9) or (actors >= 0.5 and wording >= 0.5)):
        return True  # near one town, and it was harm that fits done by the same, or told in the same words
    if place <= 0.35:  # nothing but a country, or less
        return figure >= 5 and (actors >= 0.75 or wording >= 0.5)
    if figure >= 3 and actors >= 0.5:
        return True
    return actors >= 0.75 and toll >= 0.7 and wording >= 0.5


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
