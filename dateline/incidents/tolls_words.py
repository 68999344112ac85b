"""Words of a sentence with their offsets, and the shape of a counted phrase.

Owns: tokens. Refuses: grammar.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.text import parting

_TOKEN = re.compile(
    r"(\d[\d,.]*(?<![.,])(?:[-–]?[^\W\d_]+(?:-[^\W_]+)*|%)?|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-'’][^\W_]+)*|[^\w\s]|_)"
)


MAX_TOKENS = 400
"""Longer "sentences" are lists or broken markup; only their beginning is read."""


class Words(Struct, frozen=True):
    """Tokens of a sentence: lower-cased, with their offsets; ``caps``: the sentence is all capitals."""

    text: str
    low: list[str]
    spans: list[tuple[int, int]]
    caps: bool

    def raw(self, at: int) -> str:
        start, end = self.spans[at]
        return self.text[start:end]


class Phrase(Struct, frozen=True, gc=False):
    """People counted: words ``lo`` to ``hi`` (exclusive)."""

    lo: int
    hi: int
    min: int
    max: int | None
    approx: bool
    group: str
    group_kind: str | None
    #: number: a number and a noun; bare: a number alone; one: "a soldier"; name: "Colonel X";
    #: again: "he", who was told before.
    form: Literal["number", "bare", "one", "name", "again"]


_CAPITALS = re.compile(r"[A-Z]{2}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@lru_cache(maxsize=4)
def plain_words(text: str) -> frozenset[str]:
    """Return the words of letters that a text holds, in lower case."""
    return frozenset(parting.letters(text.lower()))


def _is_headline(text: str) -> bool:
    """Every Longer Word Begins With a Capital: capitals tell no names."""
    long = _LONG_WORD.findall(text)
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.9 * len(long)


@lru_cache(maxsize=4)
def read_words(text: str) -> Words:
    """Return the words of a sentence, at most ``MAX_TOKENS``."""
    parts = _TOKEN.split(text)[: 2 * MAX_TOKENS]  # what stands between the words, and the words
    bounds = list(accumulate(map(len, parts)))
    spans = list(zip(bounds[::2], bounds[1::2], strict=False))
    low = list(map(str.lower, parts[1::2]))
    if "’" in text:
        low = [word.replace("’", "'") for word in low]
    shouted = not any(map(str.islower, text))
    if not shouted and _CAPITALS.search(text) is not None:
        for at, (start, end) in enumerate(spans):
            if end > start + 1 and text[start:end].isupper() and low[at] in lexicon.STOPS:
                low[at] += "*"  # IS, US, WHO are names, not "is", "us", "who"
    return Words(text, low, spans, shouted or _is_headline(text))
