"""What a copy of a known text says that the text it repeats did not.

Owns the line between a copy and an update: which of its mentions are news, and which incidents of the
original it tells again. Refuses the verdict that it is a copy (``dedup.judge``).

    brought(Verdict, mentions, known, now) -> Brought

The rule behind every doubt: a missed incident is worse than a double one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from dateline.incidents.match import match, resembles, update_needed
from dateline.incidents.nearness import name_key
from dateline.incidents.record import Evidence, Incident
from dateline.resemblance import Passage, Verdict

SAME_SENTENCE = 0.5
"""Least share of the shorter evidence's pairs of words that the other has too, for it to be the same sentence."""

WHOLE = 0.8
"""A copy with so much of the original tells all that it told, but what stands in none of its words."""

COVERED = 0.5
"""Least share of a piece of evidence in shared passages, for it to stand in both texts."""

TOUCHED = 0.1
"""The same of a copy of the whole: passages end before a changed word, and the shortest are not told."""


class Brought(NamedTuple):
    """What a copy's mentions are to what its original told."""

    #: Numbers of the mentions that are told as any article's are, and which incident of the original each
    #: brings a figure of; nothing where it is none of them.
    news: dict[int, str]
    #: Ids of the original's incidents that the copy tells again, in their order.
    again: tuple[str, ...]
    #: It tells events in words of its own, or in the place of the original's, and none of the original's: what the
    #: two share is furniture, background or a pattern.
    is_another_story: bool = False
    #: Something in it was not known: a figure or an event. An original that comes late may have nothing new.
    is_new: bool = True


def brought(
    verdict: Verdict,
    mentions: Sequence[Incident],
    known: Sequence[Incident],
    now: datetime,
    *,
    same_words: bool = False,
    is_head: bool = False,
) -> Brought:
    """Return which mentions of a copy are news, and which incidents of its original it repeats.

    Where the original told nothing, all is news. The same words tell the same; a machine-reworded text is not
    relied upon. Else a mention is news where it brings a figure that the incident lacks. One that is none of
    the original's incidents is news where it stands in words of the copy's own, or names a day or a place
    that none of them names (a text used again for the next event); else it is the original's words, coded
    otherwise because of what was cut or added around them, and the first coding stands.

    Args:
        verdict: duplicate or reprint.
        mentions: the copy's fresh mentions.
        known: the incidents that the original told, as they stand.
        now: aware UTC.
        same_words: the texts are the same, word by word.
        is_head: it stands before what it was found to repeat, and speaks for both: all that it tells is told.
    """
    if not known:
        return Brought(dict.fromkeys(range(len(mentions)), ""), (), is_new=bool(mentions))
    if same_words or (verdict.spun and not is_head):
        return Brought({}, tuple(one.id for one in known), is_new=False)
    return _compared(verdict, mentions, known, now, is_head=is_head)


def _compared(
    verdict: Verdict, mentions: Sequence[Incident], known: Sequence[Incident], now: datetime, *, is_head: bool
) -> Brought:
    news: dict[int, str] = {}
    told: set[str] = set()
    replaced: set[str] = set()
    shares_only_frame, is_new = True, False
    for number, mention in enumerate(mentions):
        found = match(mention, known, now) or _same_sentence(mention, known)
        if found is None and verdict.spun:  # figures and names are what a machine bends
            found = next((one for one in known if resembles(mention, one)), None)
        if found is not None:
            told.add(found.id)
            if is_head or update_needed(found, mention):
                news[number] = found.id
                is_new = is_new or update_needed(found, mention)
            continue
        own = is_own(mention, verdict.passages)
        if own or _is_elsewhere(mention, known):
            in_place_of = {one.id for one in known if _has_sentence(mention, one)}
            news[number] = ""
            is_new = True
            replaced |= in_place_of
            shares_only_frame = shares_only_frame and (own or bool(in_place_of))
    rest = [one for one in known if one.id not in replaced]
    told.update(one.id for one in rest if _is_retold(one, known, verdict, bool(mentions)))
    is_another = shares_only_frame and bool(news) and not told
    return Brought(news, tuple(one.id for one in known if one.id in told), is_another, is_new)


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
    pieces = [piece for piece in one.evidence if piece.article == verdict.of]
    if pieces and verdict.passages:
        spans = [(passage.other_start, passage.other_end) for passage in verdict.passages]
        least = TOUCHED if verdict.other_share >= WHOLE else COVERED
        return any(_is_covered(piece, spans, least) for piece in pieces)
    if verdict.other_share >= WHOLE or not (verdict.passages or verdict.other_share):
        return True
    return len(known) == 1 and not has_mentions


def _is_covered(piece: Evidence, spans: Iterable[tuple[int, int]], least: float = COVERED) -> bool:
    length = max(1, piece.end - piece.start)
    shared = sum(max(0, min(end, piece.end) - max(start, piece.start)) for start, end in spans)
    return shared >= least * length


def _same_sentence(mention: Incident, known: Iterable[Incident]) -> Incident | None:
    """Return the incident that stands on the mention's very words, if any: its day and place are among them."""
    for one in known:
        said = _said(one)
        if _has_sentence(mention, one) and all(name in said for name in _names(mention)):
            return one
    return None


def _has_sentence(mention: Incident, known: Incident) -> bool:
    left, right = _pairs(mention), _pairs(known)
    shared = len(left & right)
    return shared > 0 and shared >= SAME_SENTENCE * min(len(left), len(right))


def _is_elsewhere(mention: Incident, known: Iterable[Incident]) -> bool:
    """Tell whether a mention names a day or a place that none of the incidents names."""
    said = [_said(one) for one in known]
    return any(all(name not in one for one in said) for name in _names(mention))


def _names(mention: Incident) -> list[str]:
    """Return the words that say its day and its place; what is inferred is not said."""
    when, where = mention.date, mention.place
    told = [when.text] if when and not when.inferred else []
    told += [where.text or where.name] if where and not where.inferred else []
    return [f" {name} " for name in map(name_key, told) if name]


def _said(known: Incident) -> str:
    """Return all words that an incident stands on, and those of its day and place."""
    when, where = known.date, known.place
    told = [piece.text for piece in known.evidence]
    told += [when.text if when else "", where.text if where else "", where.name if where else ""]
    return f" {' '.join(map(name_key, told))} "


def _pairs(incident: Incident) -> set[tuple[str, str]]:
    words = [name_key(piece.text).split() for piece in incident.evidence]
    return {pair for one in words for pair in pairwise(one)}
