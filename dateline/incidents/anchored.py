"""Patterns that are tried only on sentences which hold the words that they can not do without.

Owns the cheap look before a costly one: an alternation of a hundred words is tried at each letter of a
sentence, while the beginnings of its words are looked up at once. Refuses patterns of its own. What a
pattern needs is read from the pattern itself (``text.needs``), so that the look never changes an
answer: ``Anchored(p).search(low)`` is ``re.compile(p).search(low)`` for every lower-cased text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from dateline.text import parting
from dateline.text.needs import alternatives, needs
from dateline.text.rules_keys import KEY_CHARS, SHORTEST

_HEAD, _STEM = itemgetter(slice(KEY_CHARS)), itemgetter(slice(SHORTEST))


@lru_cache(maxsize=256)
def heads_of(low: str) -> frozenset[str]:
    """Return the first 4 letters of each word of a lower-cased text, or the whole of a shorter word."""
    if not low.isascii():
        low = low.replace("i\u0307", "i").replace("ı", "i")
    return frozenset(map(_HEAD, parting.words(low)))


@lru_cache(maxsize=256)
def stems_of(low: str) -> frozenset[str]:
    """Return the first 4 and the first 3 letters of each word of a lower-cased text, shorter words whole."""
    heads = heads_of(low)
    return heads.union(map(_STEM, heads))


class Anchored:
    """A compiled pattern that knows what it needs. Build it where patterns are built: it is costly to make."""

    __slots__ = ("_finditer", "_search", "needed", "pattern")

    def __init__(self, pattern: str, needing: str = "") -> None:
        """Compile. ``needing`` is a part that every match holds at the begin of a word, where that tells more.

        Raises:
            re.error: it is no regular expression.
        """
        compiled = re.compile(pattern)
        self.pattern = pattern
        self._search, self._finditer = compiled.search, compiled.finditer
        #: Sets of beginnings of words, of each of which a match holds one.
        self.needed = needs(needing or pattern)

    def lacks(self, low: str) -> bool:
        """Whether a lower-cased text lacks a word without which the pattern never matches."""
        stems = stems_of(low)
        return any([one.isdisjoint(stems) for one in self.needed])  # noqa: C419 - a list is faster than a generator

    def search(self, low: str) -> "re.Match[str] | None":
        """Return the first match in a lower-cased text, or None."""
        stems = stems_of(low)
        for one in self.needed:  # as ``lacks``, which most searches end with, without the price of a call
            if one.isdisjoint(stems):
                return None
        return self._search(low)

    def finditer(self, low: str) -> "Iterator[re.Match[str]]":
        """Return the matches in a lower-cased text, as ``re.finditer`` does."""
        return iter(()) if self.lacks(low) else self._finditer(low)


class Sieve:
    """Patterns of alternatives, of which most sentences hold none: one look tells which of them are worth trying.

    ``Sieve({"habit": p}).holds(low, "habit")`` is ``re.compile(p).search(low) is not None``.
    """

    __slots__ = ("_always", "_by_stem", "_ways", "_worth")

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Compile patterns by name.

        Raises:
            re.error: one is no regular expression.
        """
        always: defaultdict[str, list[int]] = defaultdict(list)
        by_stem: defaultdict[str, list[tuple[int, str, tuple[frozenset[str], ...]]]] = defaultdict(list)
        self._ways: list[str | re.Pattern[str]] = []
        for name, pattern in patterns.items():
            re.compile(pattern)
            for way in alternatives(pattern):
                rarest, *others = needs(way) or (frozenset[str](),)
                if not rarest:
                    always[name].append(len(self._ways))
                for stem in rarest:
                    by_stem[stem].append((len(self._ways), name, tuple(others)))
                self._ways.append(way)
        self._always, self._by_stem = dict(always), dict(by_stem)
        self._worth = lru_cache(maxsize=256)(self._worth_trying)

    def holds(self, low: str, name: str) -> bool:
        """Whether a lower-cased text holds the pattern of that name."""
        for number in self._worth(low).get(name, ()):
            way = self._ways[number]
            if isinstance(way, str):
                way = self._ways[number] = re.compile(way)
            if way.search(low) is not None:
                return True
        return False

    def _worth_trying(self, low: str) -> dict[str, set[int]]:
        stems = stems_of(low)
        worth = {name: set(ways) for name, ways in self._always.items()}
        for stem in self._by_stem.keys() & stems:
            for number, name, others in self._by_stem[stem]:
                for one in others:
                    if one.isdisjoint(stems):
                        break
                else:
                    worth.setdefault(name, set()).add(number)
        return worth
