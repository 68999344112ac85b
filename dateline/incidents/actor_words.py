"""A sentence as words, the way actors are looked up: folded, without possessives, hyphens apart.

Owns the words. Refuses to know actors.
"""

import re
from collections.abc import Container, Sequence
from itertools import accumulate

from msgspec import Struct

from dateline.incidents.place_names import fold

_TOKEN = re.compile(r"((?:[A-Za-z]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*)")


MODIFIERS = 3
"""Words between a nation and what it does: "Turkish cross-border drone strikes" has three."""


class Word(Struct, frozen=True, gc=False):
    """A word at characters start to end; ``low`` is its key in the lexicon."""

    start: int
    end: int
    text: str
    low: str


def words_of(text: str) -> list[Word]:
    """Return the text as words. Total; offsets count the characters of ``text``."""
    parts = _TOKEN.split(text)  # what stands between the words, and the words
    words = parts[1::2]
    bounds = list(accumulate(map(len, parts)))
    starts, ends = bounds[:-1:2], bounds[1::2]
    if "'" in text or "’" in text:
        for at, word in enumerate(words):
            if word[-2:] in ("'s", "’s", "'S", "’S"):
                words[at], ends[at] = word[:-2], ends[at] - 2
    return list(map(Word, starts, ends, words, map(_key, words)))


def _key(word: str) -> str:
    low = word.lower()
    if "." in low:
        low = low.replace(".", "")  # "U.S." is "us", told apart by its capitals
    return low if low.isascii() and low.isalnum() else fold(word)


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two words may belong to one name: a blank, a hyphen or a possessive between them."""
    gap = text[left.end : right.start]
    return (len(gap) <= 4 and gap.strip("'’s/(") in ("", " ", "-", "\n")) or gap in (
        " ",
        "-",
        "'s ",
        "’s ",
        " (",
        "/",
    )


def head_behind(
    text: str, tokens: Sequence[Word], index: int, heads: Container[str], modifiers: Container[str]
) -> int | None:
    """Return where a head stands: at ``index``, or behind at most ``MODIFIERS`` of ``modifiers``, all joined."""
    for at in range(index, min(index + MODIFIERS + 1, len(tokens))):
        if not joined(text, tokens[at - 1], tokens[at]):
            return None
        if tokens[at].low in heads:
            return at
        if tokens[at].low not in modifiers:
            return None
    return None
