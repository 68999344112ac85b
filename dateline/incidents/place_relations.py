"""How a sentence relates to the places in it: words, datelines, prepositions.

Owns the sentence as words and the reading of what stands before a name. Refuses to know places.
"""

import re
import string
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from dateline.incidents import place_words as words
from dateline.incidents.place_names import fold

Relation = Literal["in", "near", "between", "toward", "seat", "from", "dateline", "none"]
Called = Literal["town", "admin1", "district", "area"]

_TOKEN = re.compile(r"((?:[A-Z]\.){2,}|[^\W_]+(?:[-'’`][^\W_]+)*)")
_JOINTS = "\u00a0-\n"
_APOSTROPHES = frozenset("'’`")
_POSSESSIVES = frozenset(("'s", "’s", "'S", "’S", "`s"))
_MAX_LEAD = 8
_SHOUTING_CHARS = 400
_UPPER, _LOWER = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_TAKEN_WORDS = 14
"""Words before "from" among which a verb of taking may stand; more are another clause."""

_DATELINE_CHARS = 400
_DATELINE_MARKS = ("-", "\u2014", "\u2013", ":")


@lru_cache(maxsize=64)
def is_shouting(text: str) -> bool:
    """Whether the text is all capitals, as newswire once was, by its first 400 characters."""
    head = text[:_SHOUTING_CHARS]
    if head.isascii():
        letters = head.encode()
        upper = len(letters) - len(letters.translate(None, _UPPER))
        lower = len(letters) - len(letters.translate(None, _LOWER))
    else:
        upper, lower = sum(map(str.isupper, head)), sum(map(str.islower, head))
    return upper + lower > 20 and upper > 4 * lower


class Token(Struct, frozen=True, gc=False):
    """A word at characters start to end, without a possessive; ``low`` is its lower case."""

    start: int
    end: int
    text: str
    low: str


class Words(Struct, frozen=True, dict=True):
    """A sentence as words."""

    text: str
    tokens: tuple[Token, ...]
    #: The characters between each word and the next.
    gaps: list[str]

    @cached_property
    def shouting(self) -> bool:
        """Whether the text is all capitals, as newswire once was."""
        return is_shouting(self.text)

    @cached_property
    def dateline_end(self) -> int:
        """Characters of the dateline at the start; 0 when there is none."""
        start = self.text[:_DATELINE_CHARS]
        if not any([mark in start for mark in _DATELINE_MARKS]):  # noqa: C419 - a list is faster than a generator
            return 0
        head = words.DATELINE.match(self.text)
        return head.end() if head else 0

    def gap(self, left: int) -> str:
        """Return the characters between a word and the next."""
        return self.gaps[left]

    def joined(self, first: int, last: int) -> bool:
        """Whether only single blanks or hyphens stand between the words first to last."""
        return all(self.links[first:last])

    @cached_property
    def links(self) -> tuple[bool, ...]:
        """Whether each word and the next may belong to one name."""
        return tuple(
            [
                gap == " "
                or (len(gap) == 1 and gap in _JOINTS)
                or (gap == ". " and one.low in words.SAINTS)
                or (gap in ("'s ", "’s ") and one.low in words.OWNERS)
                for gap, one in zip(self.gaps, self.tokens, strict=False)
            ]
        )

    @cached_property
    def lists_persons(self) -> bool:
        """Whether a word stands in it after which persons are named: "identified as"."""
        return not words.NAMING.isdisjoint([one.low for one in self.tokens])

    @cached_property
    def folds(self) -> list[str]:
        """The words as names are looked up; those of a linked run, joined by blanks, are its key."""
        return [fold(one.text) for one in self.tokens]

    def low(self, index: int) -> str:
        """Return a word in lower case; empty beyond either end."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""


def words_of(text: str) -> Words:
    """Return the text as words. Total; offsets count the characters of ``text``."""
    parts = _TOKEN.split(text)  # what stands between the words, and the words
    texts, gaps = parts[1::2], parts[2:-1:2]
    bounds = list(accumulate(map(len, parts)))
    starts, ends = bounds[:-1:2], bounds[1::2]
    if not _APOSTROPHES.isdisjoint(text):
        for at, word in enumerate(texts):
            if len(word) > 2 and word[-2:] in _POSSESSIVES:
                texts[at], ends[at] = word[:-2], ends[at] - 2
                if at < len(gaps):
                    gaps[at] = word[-2:] + gaps[at]
    return Words(text, tuple(map(Token, starts, ends, texts, map(str.lower, texts))), gaps)


def relation_at(sentence: Words, index: int) -> tuple[Relation, bool]:
    """Return how the words before a name relate to it, and whether the event may be there."""
    at = index - 1
    lead: list[str] = []
    while at >= 0 and len(lead) < _MAX_LEAD and sentence.low(at) in words.LEAD and _plain(sentence.gap(at)):
        lead.append(sentence.low(at))
        at -= 1
    if len(lead) > 1 and lead[0] == "of" and lead[1] in words.DIRECTIONS and "the" not in lead[2:3]:
        return "near", True  # "north of Gao", but "the north of Mali"
    if not words.AROUND.isdisjoint(lead):
        return "near", True
    if at < 0 or not _plain(sentence.gap(at)):
        return "none", True
    past = [token.low for token in sentence.tokens[max(at - 4, 0) : at]]
    if sentence.low(at) == "from" and _taken(sentence, at):
        return "none", True  # "arrested from Gaya district"
    return _governed_by(sentence.low(at), past, lead)


def _taken(sentence: Words, at: int) -> bool:
    """Whether somebody or something is taken "from" there, so that it happened there."""
    for index in range(at - 1, max(at - _TAKEN_WORDS, -1), -1):
        low = sentence.low(index)
        if low in words.TAKEN:
            return True
        if low in words.CLAUSES or ";" in sentence.gap(index):
            return False
    return False


def called_before(sentence: Words, index: int) -> Called | None:
    """Return what "the town of", "the province of" call the name that follows."""
    kind = sentence.low(index - 2) if sentence.low(index - 1) == "of" else sentence.low(index - 1)
    if sentence.low(index - 1) != "of" and kind not in ("village", "town", "city"):
        return None
    if kind in words.TOWN_TYPES:
        return "town"
    if kind in words.DISTRICT_TYPES:
        return "district"
    return "admin1" if kind in words.ADMIN_TYPES else None


def _plain(gap: str) -> bool:
    return gap.strip(" \n\"“'‘-") == ""


def _governed_by(low: str, past: list[str], lead: list[str]) -> tuple[Relation, bool]:
    last = past[-1] if past else ""
    if low in words.DISTANCES or low in words.NEAR or (low == "to" and last in words.CLOSE):
        return "near", True
    if low == "between":
        return "between", not words.ROUTES.intersection(past)
    if words.ROADS.intersection(past) and (low == "from" or (low == "to" and "from" in past)):
        return "between", True  # "the road from Bambari to Ippy"
    if low in words.INSIDE:
        spoken = last in words.SOURCES or (low in ("in", "at") and words.SOURCES.intersection(past[-3:]))
        return ("from", False) if spoken else ("in", True)
    if low == "from" and last == "far":
        return "near", True  # "not far from Gao"
    if low == "and" and "between" in past:
        return "between", True  # "between Sake and Goma"
    if low in words.ORIGINS and lead[-1:] == ["of"]:
        return "from", False  # "a resident of Imphal"
    if low in words.AWAY:
        directed = bool(lead) and lead[-1] in words.DIRECTIONS
        far = low == "from" and words.DISTANCES.intersection(past[-3:])
        return ("near", True) if far or (directed and low == "from" and last.isdigit()) else ("from", False)
    if low in words.TOWARD:
        return "toward", not words.ROUTES.intersection(past)
    return "none", True
