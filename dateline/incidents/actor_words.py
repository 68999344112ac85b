"""A sentence as words, the way actors are looked up: folded, without possessives, hyphens apart.

Owns the words. Refuses to know actors.
"""

import re

from msgspec import Struct

from dateline.incidents.place_names import fold

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*")


class Word(Struct, frozen=True):
    """A word at characters start to end; ``low`` is its key in the lexicon."""

    start: int
    end: int
    text: str
    low: str


def words_of(text: str) -> list[Word]:
    """Return the text as words. Total; offsets count the characters of ``text``."""
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        if word[-2:] in ("'s", "’s", "'S", "’S"):
            word, end = word[:-2], end - 2
        low = word.replace(".", "").lower()  # "U.S." is "us", told apart by its capitals
        tokens.append(Word(start, end, word, low if low.isascii() and low.isalnum() else fold(word)))
    return tokens


def is_shouting(text: str) -> bool:
    """Whether the text is all capitals, as newswire once was."""
    head = text[:400]
    upper = sum(map(str.isupper, head))
    lower = sum(map(str.islower, head))
    return upper + lower > 20 and upper > 4 * lower


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
