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

from dateline.text.needs import alternatives, needs
from dateline.text.rules_keys import KEY_CHARS, SHORTEST

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)
def heads_of(low: str) -> frozenset[str]:
    """Return the first 4 letters of each word of a lower-cased text, or the whole of a shorter word."""
    words = _WORD.findall(low if low.isascii() else low.replace("i\u0307", "i").replace("ı", "i"))
    return frozenset([word[:KEY_CHARS] for word in words])


@lru_cache(maxsize=256)
def stems_of(low: str) -> frozenset[str]:
    """Return the first 4 and the first 3 letters of each word of a lower-cased text, shorter words whole."""
    heads = heads_of(low)
    return heads.union([head[:SHORTEST] for head in heads])


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
        return None if self.lacks(low) else self._search(low)

    def finditer(self, low: str) -> "Iterator[re.Match[str]]":
        """Return the matches in a lower-cased text, as ``re.finditer`` does."""
        return iter(()) if self.lacks(low) else self._finditer(low)


class Sieve:
    """Patterns of alternatives, of which most sentences hold none: one look tells which are worth trying.

    ``Sieve({"habit": p}).holds(low, "habit")`` is ``re.compile(p).search(low) is not None``.
    """

    __slots__ = ("_always", "_by_stem", "_searches", "_worth")

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Compile patterns by name.

        Raises:
            re.error: one is no regular expression.
        """
        self._searches = {name: re.compile(pattern).search for name, pattern in patterns.items()}
        always: set[str] = set()
        by_stem: defaultdict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = defaultdict(list)
        for name, pattern in patterns.items():
            for way in alternatives(pattern):
                rarest, *others = needs(way) or (frozenset[str](),)
                if not rarest:
                    always.add(name)
                for stem in rarest:
                    by_stem[stem].append((name, tuple(others)))
        self._always, self._by_stem = frozenset(always), dict(by_stem)
        self._worth = lru_cache(maxsize=256)(self._worth_trying)

    def holds(self, low: str, name: str) -> bool:
        """Whether a lower-cased text holds the pattern of that name."""
        return name in self._worth(low) and self._searches[name](low) is not None

    def _worth_trying(self, low: str) -> frozenset[str]:
        stems = stems_of(low)
        names = set(self._always)
        for stem in self._by_stem.keys() & stems:
            for name, others in self._by_stem[stem]:
                if name not in names and not any([one.isdisjoint(stems) for one in others]):  # noqa: C419 - as above
                    names.add(name)
        return frozenset(names)
