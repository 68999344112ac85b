"""How many were killed, wounded, abducted, released, missing or arrested, in one sentence.

Owns: joining a cue ("killed") with its people ("at least two soldiers"), and what else the
sentence says of the count: its source, whether it covers a period, whether it is denied.
Refuses: guessing. "Protesters were killed" is no count; group sizes, strikes, ages, dates, money
and shares are never tolls.

    read_tolls(sentence) -> tuple[TollMention, ...]
    read_again(sentence) -> tuple[TollMention, ...]
    read_strikes(sentence) -> tuple[int | None, int | None]
"""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.record import Group
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_attach import attach
from dateline.incidents.tolls_clause import Match
from dateline.incidents.tolls_context import (
    covers_period,
    is_denied,
    read_source,
    read_strikes,
    told_apart_at,
)
from dateline.incidents.tolls_cues import has_cue, read_cues
from dateline.incidents.tolls_vocabulary import CRIMES
from dateline.incidents.tolls_words import Phrase, Words, read_words

__all__ = ["TollKind", "TollMention", "read_again", "read_strikes", "read_tolls"]

TollKind = Literal["killed", "wounded", "abducted", "released", "missing", "arrested"]


class TollMention(Struct, frozen=True, kw_only=True, gc=False):
    """One count of people. Offsets are characters of the sentence; ``max`` None is open.

    ``start`` to ``end`` is the quantity with its group, ``cue_start`` to ``cue_end`` the words that
    prove it. ``min == max == 0`` says that there was none. ``period``: counted over a stretch of
    time, or in "a separate attack" that the sentence adds to its own: not of the sentence's event.
    """

    kind: TollKind
    min: int
    max: int | None
    approx: bool = False
    group: str = ""
    group_kind: str | None = None
    breakdown: tuple[Group, ...] = ()
    start: int
    end: int
    cue_start: int
    cue_end: int
    source: str = ""
    period: bool = False
    denied: bool = False
    #: "he was shot": somebody who was told before, so that the mention adds to no count.
    again: bool = False
    #: Told as hit or brought to a hospital, not as hurt: who dies of it is no longer one of them.
    hit: bool = False


def read_tolls(text: str) -> tuple[TollMention, ...]:
    """Return the tolls of one sentence in text order; empty where no number of people is proven."""
    return tuple(one for one in _read(text) if not one.again)


def read_again(text: str) -> tuple[TollMention, ...]:
    """Return what one sentence tells of "him" or "her", one person each: a toll where nothing else is told."""
    return tuple(one for one in _read(text) if one.again)


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[TollMention, ...]:
    if not has_cue(text):
        return ()
    words = read_words(text)
    cues = read_cues(words.low)
    matches = attach(words, cues)
    if not matches:
        return ()
    source, period, apart_at = read_source(text), covers_period(text), told_apart_at(text)
    own = any(words.spans[one.cue.lo][0] < apart_at for one in matches)
    mentions = [
        _mention(words, one, source, period=period or (own and words.spans[one.cue.lo][0] > apart_at))
        for one in matches
    ]
    mentions.sort(key=lambda one: (one.start, one.cue_start))
    return tuple(mentions)


def _mention(words: Words, match: Match, source: str, *, period: bool) -> TollMention:
    phrase, cue = match.phrase, match.cue
    cue_start, cue_end = words.spans[cue.lo][0], words.spans[cue.hi - 1][1]
    return TollMention(
        kind=cue.kind,  # type: ignore[arg-type]  # the cue table holds only the six kinds
        min=0 if match.either else phrase.min,
        max=phrase.max,
        approx=phrase.approx
        or match.either
        or (words.low[cue.lo] in {"shot", "stabbed"} and cue.kind == "wounded" and cue.hi == cue.lo + 1),
        group=" ".join(phrase.group.split()),
        group_kind=_kind(phrase),
        breakdown=tuple(
            Group(group=" ".join(one.group.split()), min=one.min, max=one.max) for one in match.parts
        ),
        start=words.spans[phrase.lo][0],
        end=words.spans[phrase.hi - 1][1],
        cue_start=cue_start,
        cue_end=cue_end,
        source=source,
        period=period or words.low[cue.lo] in CRIMES,
        denied=is_denied(words.text, cue_start),
        again=phrase.form == "again",
        hit=cue.kind == "wounded" and words.low[cue.lo] not in _HURT,
    )


_HURT = bag("wounded wounding injured injuring hurt hurting maimed injuries casualties wound wounds injure")


def _kind(phrase: Phrase) -> str | None:
    kind = None if phrase.group_kind == "person" else phrase.group_kind
    if kind in {"soldiers", "civilian", None}:
        named = set(phrase.group.lower().replace("-", " ").split())
        if not lexicon.ARMED_NAMES.isdisjoint(named):
            return "militants"  # "a Taliban commander"
        if kind == "civilian" and not lexicon.STATE_GUARDS.isdisjoint(named):
            return "soldiers"  # "two paramilitary guards"
    return kind
