"""What a copy of a known text says that the text it repeats did not.

Owns the line between a copy and an update: which of its mentions are news, and which incidents of the
original it tells again. Refuses the verdict that it is a copy (``dedup.judge``).

    brought(Verdict, mentions, known, now) -> Brought

The rule behind every doubt: a missed incident is worse than a double one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from dateline.incidents.likeness import wording_likeness
from dateline.incidents.match import match, update_needed
from dateline.incidents.nearness import day_likeness, name_key, place_likeness
from dateline.incidents.record import Evidence, Incident
from dateline.resemblance import Passage, Verdict

SAME_SENTENCE = 0.5
"""Least share of telling words that make two mentions one sentence, coded otherwise."""

WHOLE = 0.8
"""A copy with so much of the original tells all that it told, however little its coding found."""

COVERED = 0.5
"""Least share of a piece of evidence in shared passages, for it to stand in both texts."""


class Brought(NamedTuple):
    """What a copy's mentions are to what its original told."""

    #: Numbers of the mentions that are told as any article's are.
    news: tuple[int, ...]
    #: Ids of the original's incidents that the copy tells again, in their order.
    again: tuple[str, ...]


def brought(
    verdict: Verdict,
    mentions: Sequence[Incident],
    known: Sequence[Incident],
    now: datetime,
    *,
    same_words: bool = False,
) -> Brought:
    """Return which mentions of a copy are news, and which incidents of its original it repeats.

    Where the original told nothing, all is news. The same words tell the same; a machine-reworded text is not
    relied upon. Else a mention is news where it brings a figure that the incident lacks, or is none of
    the original's incidents: unless it is their very sentence, coded otherwise, and nothing in it speaks of
    another day or place.

    Args:
        verdict: duplicate or reprint.
        mentions: the copy's fresh mentions.
        known: the incidents that the original told, as they stand.
        now: aware UTC.
        same_words: the texts are the same, word by word.
    """
    if not known:
        return Brought(tuple(range(len(mentions))), ())
    if same_words or verdict.spun:
        return Brought((), tuple(one.id for one in known))
    news: list[int] = []
    told: set[str] = set()
    for number, mention in enumerate(mentions):
        found = match(mention, known, now)
        if found is None and not is_own(mention, verdict.passages):
            found = next((one for one in known if _is_same_sentence(mention, one)), None)
            if found is not None:
                told.add(found.id)
                continue
        if found is None or update_needed(found, mention):
            news.append(number)
        if found is not None:
            told.add(found.id)
    told.update(one.id for one in known if _is_retold(one, known, verdict, bool(mentions)))
    return Brought(tuple(news), tuple(one.id for one in known if one.id in told))


def is_own(mention: Incident, passages: Sequence[Passage]) -> bool:
    """Tell whether a copy's mention stands in words that the original does not have, as far as can be told."""
    if not passages or not mention.evidence:
        return False
    spans = [(one.start, one.end) for one in passages]
    return not any(_is_covered(piece, spans) for piece in mention.evidence)


def _is_retold(one: Incident, known: Sequence[Incident], verdict: Verdict, has_mentions: bool) -> bool:
    """Tell whether a copy repeats an incident of its original in which its coding found nothing.

    A brief of a round-up repeats the events of the passages that it took, not all of them.
    """
    if verdict.other_share >= WHOLE or not (verdict.passages or verdict.other_share):
        return True
    spans = [(passage.other_start, passage.other_end) for passage in verdict.passages]
    pieces = [piece for piece in one.evidence if piece.article == verdict.of]
    if pieces:
        return any(_is_covered(piece, spans) for piece in pieces)
    return len(known) == 1 and not has_mentions


def _is_covered(piece: Evidence, spans: Iterable[tuple[int, int]]) -> bool:
    length = max(1, piece.end - piece.start)
    shared = sum(max(0, min(end, piece.end) - max(start, piece.start)) for start, end in spans)
    return shared >= COVERED * length


def _is_same_sentence(mention: Incident, known: Incident) -> bool:
    return wording_likeness(mention, known) >= SAME_SENTENCE and not _contradicts(mention, known)


def _contradicts(mention: Incident, known: Incident) -> bool:
    """Tell whether one names another day or place than the other, in words of its own.

    "On Tuesday" in a copy a week later is still the original's Tuesday; what is inferred contradicts nothing.
    """
    a, b = mention.date, known.date
    if a and b and not (a.inferred or b.inferred or a.is_report_date or b.is_report_date):
        other_words = name_key(a.text) != name_key(b.text)
        if other_words and day_likeness(a, b) is None:
            return True
    here, there = mention.place, known.place
    if here and there and not (here.inferred or there.inferred):
        other_words = name_key(here.text or here.name) != name_key(there.text or there.name)
        return other_words and place_likeness(here, there) is None
    return False
