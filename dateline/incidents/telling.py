"""Whether a sentence tells of a specific act of violence, and what that makes of its article.

Owns the second look at an article: a hashed linear model over each sentence that names an act, and
the few figures that its best sentences, its words as a whole (``tenor``) and the coded events make
together. Refuses to find acts (``triggers``) and to fold sentences (``joining``). ``train`` makes the
weights.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp, log, log1p
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct

from dateline.incidents import tenor
from dateline.incidents.joining import Draft
from dateline.incidents.opening import weigh
from dateline.incidents.readings import Reading, event_time, own_tolls
from dateline.incidents.record import Place
from dateline.incidents.relevance import code_of
from dateline.incidents.taxonomy import Code
from dateline.incidents.tenor import Tenor
from dateline.incidents.walk import Walk
from dateline.model import Article
from dateline.text import parting

BITS = 16
"""The table has 2 ** BITS weights, an eighth of a megabyte as float16."""

BEST = 4
"""Sentences of an article that are weighed one by one; the others count together."""

_MASK = np.uint64((1 << BITS) - 1)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # splitmix64's constants, as in ``relevance``
_PAIR = np.uint64(0xBF58476D1CE4E5B9)
_OVER = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(64 - BITS - 8)

#: Days before publication up to which an event counts as of that age.
_AGES = ((1, "now"), (7, "week"), (30, "month"), (70, "quarter"))


class Telling(Struct, frozen=True):
    """The weights: of words in a sentence, of an article's words, and of what they say together."""

    words: Any
    bias: float
    tenor: Tenor
    #: Of ``figures``, in its order: weights of the standardised values, their means and spreads.
    weights: Any
    means: Any
    spreads: Any
    offset: float
    #: Probability from which an article counts as relevant.
    threshold: float


def signs(
    reading: Reading | None, place: Place | None, named: Sequence[str], age_days: int | None
) -> list[str]:
    """Return what the rules found in a sentence, as words: its acts, who was hit, what is counted, when, where."""
    words = [f"act {one}" for one in named]
    if reading is None:
        return [*words, "unread"]
    code = reading.code.value if reading.code else "none"
    words += [f"live {one.code.value if one.code else one.act} {one.strong}" for one in reading.triggers]
    words.append(f"code {code}")
    words += [f"hit {side} {code}" for side in reading.victims] or [f"hit none {code}"]
    words += [f"side {side} {code}" for side in {one.side for one in reading.sides}]
    for one in reading.tolls:
        words += [f"toll {one.kind} {one.group_kind}", f"toll {one.kind} {code}"]
    if not reading.tolls:
        words.append(f"toll none {code}")
    words.append(f"age {_age(age_days)}")
    words.append(f"place {place.geo_precision if place else None}")
    words += [f"kind {one.kind}" for one in reading.actors]
    for flag, word in (
        (reading.ordinary, f"ordinary {reading.ordinary}"),
        (reading.habitual, "habit"),
        (reading.refers, "refers"),
        (reading.names_event, "again"),
        (any(one.kind == "historic" for one in reading.times), "historic"),
        (any(one.kind == "period" for one in reading.times), "period"),
        (reading.strong and own_tolls(reading) and event_time(reading), "whole"),
    ):
        if flag:
            words.append(word)
    return words


def _age(days: int | None) -> str:
    if days is None or days < 0:
        return "unknown" if days is None else "ahead"
    return next((name for limit, name in _AGES if days <= limit), "old")


@lru_cache(maxsize=4096)
def _mark(sign: str) -> int:
    return crc32(sign.encode())


def rows(sentences: Sequence[tuple[str, Sequence[str]]]) -> tuple[Any, Any]:
    """Return the table rows of sentences, end to end, and the sentence that each belongs to (int64).

    A sentence is its lower-cased text and its ``signs``. Words, neighbours and words one apart count.
    """
    codes: list[int] = []
    marks: list[int] = []
    words, marked = [], []  # how many of them each sentence has
    for low, found in sentences:
        here = list(map(code_of, parting.pieces_and_quotes(low)))
        codes += here
        words.append(len(here))
        marks += map(_mark, found)
        marked.append(len(found))
    ones = np.array(codes, dtype=np.uint64) * _SPREAD
    numbers = np.arange(len(sentences))
    owner = np.repeat(numbers, np.array(words, dtype=np.int64))
    spun = ones ^ (ones >> np.uint64(29))
    next_to = spun[:-1] * _PAIR + ones[1:]
    over = spun[:-2] * _OVER + ones[2:]
    same, same_over = owner[:-1] == owner[1:], owner[:-2] == owner[2:]
    marks_at = (np.array(marks, dtype=np.uint64) * _OVER) ^ _PAIR
    all_rows = np.concatenate((ones, next_to[same], over[same_over], marks_at * _SPREAD))
    all_owners = np.concatenate(
        (owner, owner[:-1][same], owner[:-2][same_over], np.repeat(numbers, np.array(marked, dtype=np.int64)))
    )
    return ((all_rows >> _SHIFT) & _MASK).astype(np.int64), all_owners


class Sight(Struct, frozen=True):
    """What the rules saw of one article, beside the scores of its sentences."""

    #: Log odds of the first look (``relevance``).
    first: float
    fresh: int
    drafts: int
    #: A fresh event counts people.
    counted: bool
    #: A fresh event is a battle between armed sides.
    battle: bool
    chars: int


Line = tuple[str, tuple[str, ...]]
"""A sentence that names an act: its lower-cased words, and its ``signs``."""


def lines(walk: Walk) -> tuple[Line, ...]:
    """Return the sentences of a walked article that name an act, threatened and denied ones too."""
    found = []
    for sentence, low, acts in walk.named_acts:
        reading, place = walk.readings.get(sentence.start, (None, None))
        when = event_time(reading) if reading is not None else None
        age = (walk.published_on - when.last).days if when is not None and walk.published_on else None
        names = [one.code.value if one.code else one.act for one in acts]
        found.append((low, tuple(signs(reading, place, names, age))))
    return tuple(found)


def sight(drafts: Sequence[Draft], first: float, chars: int) -> Sight:
    """Return what the rules saw; ``first`` is the log odds of the first look."""
    fresh = [one for one in drafts if one.class_ == "fresh"]
    return Sight(
        first=first,
        fresh=len(fresh),
        drafts=len(drafts),
        counted=any(weigh(one.first, one.place).toll for one in fresh),
        battle=any(one.code is Code.ARMED_CLASH for one in fresh),
        chars=chars,
    )


def line_scores(words: Any, bias: float, sentences: Sequence[Line]) -> Any:
    """Return the log odds that each sentence tells of a specific act (numpy, float64)."""
    if not sentences:
        return np.zeros(0)
    found, owners = rows(sentences)
    sums = np.bincount(owners, weights=words[found], minlength=len(sentences))
    counts = np.bincount(owners, minlength=len(sentences))
    return sums / np.sqrt(np.maximum(counts, 1)) + bias


def figures(told: Any, tone: float, sight: Sight) -> list[float]:
    """Return what the second look weighs: the best sentences, all together, the first ones, the rules' events.

    ``tone`` is the article's ``tenor``.
    """
    held = np.clip(told, -6.0, 6.0)
    best = sorted(held.tolist(), reverse=True)[:BEST]
    best += [-6.0] * (BEST - len(best))
    chances = 1.0 / (1.0 + np.exp(-held))
    return [
        *best,
        log1p(float(chances.sum())),
        -float(np.log(1.0 - 0.98 * chances).sum()),
        max(held[:3].tolist(), default=-6.0),
        log1p(len(held)),
        float(min(sight.fresh, 3)),
        float(sight.fresh > 0),
        float(sight.counted),
        float(sight.drafts > 0),
        float(sight.battle),
        log(sight.chars + 1.0),
        sight.first,
        tone,
    ]


def whole(article: Article) -> str:
    """Return the words of an article that its ``tenor`` is of."""
    return f"{article.title} . {article.text[: tenor.MAX_CHARS]}"


def second_look(model: Telling, told: Any, article: Article, sight: Sight) -> float:
    """Return the probability, 0 to 1, that an article past the gate tells of an incident."""
    tone = tenor.tenor(model.tenor, *tenor.words(whole(article)))
    values = (np.array(figures(told, tone, sight)) - model.means) / model.spreads
    score = float((values * model.weights).sum()) + model.offset
    return 1.0 / (1.0 + exp(-min(max(score, -30.0), 30.0)))


@cache
def load() -> Telling:
    """Return the shipped model, read once.

    Raises:
        FileNotFoundError: the package was built without its models; ``dateline train`` makes them.
    """
    path = resources.files("dateline.incidents").joinpath("models/telling.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        bias, offset, threshold, tone_bias = (float(value) for value in arrays["scalars"])
        weights, means, spreads = arrays["second"]
        words = arrays["words"].astype(np.float32)
        tone, rarity = arrays["tenor"].astype(np.float32)
    return Telling(
        words=words,
        bias=bias,
        tenor=Tenor(weights=tone, rarity=rarity, bias=tone_bias),
        weights=weights,
        means=means,
        spreads=spreads,
        offset=offset,
        threshold=threshold,
    )
