"""Which standing incident an article takes back, denies or corrects.

Owns finding the one that is meant: that of an earlier version, or the one that the words match and no other
nearly as well. Refuses what is then done to it (``closing``) and reading the words (``retractions``).

    asked_for(Retraction, published_at) -> the mention to look it up by, or None
    dispute(book, retractions) -> how many incidents were turned, by turn
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from dateline.incidents.book import Book
from dateline.incidents.closing import disputed
from dateline.incidents.likeness import actor_likeness, toll_likeness, type_likeness
from dateline.incidents.merge import versioned
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.record import Incident, Retraction, When

WINDOW_DAYS = 3
"""An event that is denied without its day is one of the last days before the denial."""

CLEARLY = 0.04
"""By so much the one that is meant is more alike than any other; else nobody can tell which is denied."""

A_TOWN, ITS_DAYS, LIKE_KINDS = 0.8, 0.5, 0.5
"""Least likeness of places (the town, or the same small area), of days (at most one apart) and of types."""

NO_CONTRADICTION = 0.5
"""Least likeness of tolls, likewise: untold is .5."""

OTHER_SIDE = 0.35
"""Below this likeness of sides the one that is named by both is named otherwise."""


def asked_for(retraction: Retraction, published_at: datetime | None) -> Incident | None:
    """Return the mention by which the disputed event is looked up; None where nothing is told of it.

    It counts as fresh, its proofs are nobody's, and an untold day is one of the last before publication.
    """
    about = retraction.about
    if about is None:
        return None
    day = about.date
    if day is None and published_at is not None:
        on = published_at.date()
        day = When(start=on - timedelta(days=WINDOW_DAYS), end=on, precision=2, inferred=True)
    proofs = tuple(msgspec.structs.replace(item, article="") for item in about.evidence)
    return msgspec.structs.replace(about, class_="fresh", date=day, evidence=proofs)


def dispute(book: Book, retractions: Iterable[Retraction]) -> Counter[str]:
    """Do to each incident that is meant what the article says of it; returns how often which turn was taken."""
    turns: Counter[str] = Counter()
    told = frozenset(book.told)
    for retraction in retractions:
        for existing in _meant(book, retraction, told):
            result = disputed(existing, retraction, book.signature, book.now, kin=book.family)
            if result is None:
                _again(book, existing, turns)
                continue
            record, event = result
            book.standing.tell(existing.id)
            book.standing.change(existing, versioned(existing, record, book.now), event)
            turns[record.history[-1].event] += 1
    return turns


def _again(book: Book, existing: Incident, turns: Counter[str]) -> None:
    """Note what the article has said before, or what it copies: it belongs to the incident, and changes nothing."""
    steps = [one for one in existing.history if one.article in {book.signature.id, *book.family}]
    if steps:
        book.standing.tell(existing.id)
    turns.update(one.event for one in steps if one.article == book.signature.id)


def _meant(book: Book, retraction: Retraction, told: frozenset[str]) -> Sequence[Incident]:
    """Return the incidents that a retraction means: mostly one, all of an article whose story is withdrawn, or none."""
    own = [one for one in book.records(one.id for one in book.own) if one.id not in told]
    asked = asked_for(retraction, book.signature.published_at)
    if asked is None:
        return own if retraction.kind == "withdrawn" and retraction.by is None else ()
    tells = retraction.kind in ("denied", "toll")
    known = [one for one in book.standing.candidates() if tells or one.id not in told]
    ranked = sorted(
        ((score, one) for one in known if (score := _alike(asked, one)) is not None),
        key=lambda each: (-each[0], each[1].id),
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEARLY):
        return ()
    return (ranked[0][1],)


def _alike(asked: Incident, known: Incident) -> float | None:
    """Return how alike what is disputed is to an incident, 0 to 1, or None where that can not be what is meant.

    Asked for are the type, the town and the days, and that neither figures nor sides contradict. What is denied
    has seldom more, so ``match``, which wants a proof beside them, is not asked.
    """
    kind, day = type_likeness(asked, known), day_likeness(asked.date, known.date)
    place = place_likeness(asked.place, known.place)
    if known.class_ != "fresh" or kind is None or day is None or place is None:
        return None
    toll, sides = toll_likeness(asked, known), actor_likeness(asked, known)
    if kind < LIKE_KINDS or day < ITS_DAYS or place < A_TOWN or toll < NO_CONTRADICTION or sides < OTHER_SIDE:
        return None
    return (kind + day + place + toll + sides) / 5
