"""Which words a line must hold for a rule's pattern to match it.

Owns the reading of our patterns for beginnings of words that no match can do without, and the same
beginnings of a line. Refuses to match: a key that is there only says that a pattern is worth trying.
It knows the regular expressions that rows are written in, not all of them.

    keys(r"(?:read|see) also") -> {"read", "also"};  line_keys("read on") -> {"read", "rea", "on"}
"""

import re
from itertools import product

KEY_CHARS = 4
"""Characters of a key: enough to tell words apart, few enough for word stems to be keys."""

SHORTEST = 3
"""A stem of fewer characters is no key; a whole word of fewer is."""

BRANCHES_MAX = 40
"""Ways to write a part of a pattern that are followed; where there are more, a new part begins."""

CLASS_MAX = 6
"""Letters of a class that are followed one by one."""

_ANY, _EDGE = "\0", "\1"  # any text, also none; something that is no part of a word
_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"(?:[\w ,'](?![?*+{]))+")
_PART = re.compile(r"[\w\0]+")
_ESCAPES = {"b": _EDGE, "s": _EDGE, "W": _EDGE, "A": _EDGE, "Z": _EDGE, "B": "", "d": _ANY, "w": _ANY, "S": _ANY, "D": _ANY}  # fmt: skip
_COUNT = re.compile(r"\{(\d*),?\d*\}")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\\d(?:[۰-۹٠-٩]-[۰-۹٠-٩])?")
_STOP = frozenset(("the", "and", "this", "that", "for", "you", "your", "our", "with", "from", "more", "have", "has", "been", "was", "are", "not", "all", "der", "die", "das", "los", "las", "les", "des", "que", "por"))  # fmt: skip
_NUMBER = "0"
"""The key of a line with a digit."""

_SIGNS = frozenset("|→›‹←©@#/[(")
"""Signs that are keys of their own, where a phrase has no word that it needs."""

_SIGN = re.compile("[|→›‹←©@#/\\[(]")

_Ways = frozenset[str]
_NOTHING: _Ways = frozenset(("",))


def line_keys(lower: str) -> set[str]:
    """Return the keys of a case-folded line."""
    words = _WORD.findall(_fold(lower))
    found = {word[:KEY_CHARS] for word in words}
    found.update([word[:SHORTEST] for word in words])
    if _DIGIT.search(lower):
        found.add(_NUMBER)
    found.update(_SIGN.findall(lower))
    return found


def _fold(lower: str) -> str:
    # The letters i with and without a dot match each other whatever the case; folding may part them.
    return lower if lower.isascii() else lower.replace("i\u0307", "i").replace("ı", "i")


def keys(phrase: str) -> frozenset[str]:
    """Return keys of which a line must hold one for the phrase to match; none when it may match without.

    The phrase begins where a word may begin; what it ends in may go on.
    """
    ways, best = _Reader(phrase).ways(before="")
    return max((best, _of(ways)), key=_worth)


class _Reader:
    """Walks a pattern once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def ways(self, before: str = _ANY) -> tuple[_Ways, frozenset[str]]:
        """Return the ways to write what stands up to the closing bracket or end, and keys that all of them hold.

        ``before`` is what may stand in front: within a group that is not known.
        """
        every, best = _NOTHING, frozenset[str]()
        branches: list[_Ways] = []
        kept: list[frozenset[str]] = []
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                self._at += 1
                branches.append(every)
                kept.append(best)
                every, best = _NOTHING, frozenset()
                continue
            item, own = self._item()
            best = max((best, own), key=_worth)
            if len(every) * len(item) > BRANCHES_MAX:
                best = max((best, _of(frozenset(before + way + _ANY for way in every))), key=_worth)
                every = frozenset((_ANY,))
                if len(item) > BRANCHES_MAX:
                    continue
            every = frozenset(map("".join, product(every, item)))
        if not branches:
            return every, best
        branches.append(every)
        kept.append(best)
        told = [
            max((own, _of(frozenset(before + way for way in ways))), key=_worth)
            for ways, own in zip(branches, kept, strict=True)
        ]
        union = frozenset().union(*told) if all(told) else frozenset()
        return frozenset().union(*branches), union

    def _item(self) -> tuple[_Ways, frozenset[str]]:
        if plain := _PLAIN.match(self._pattern, self._at):
            self._at = plain.end()
            return frozenset((_fold(plain[0].casefold()),)), frozenset()
        sign = self._pattern[self._at]
        self._at += 1
        own = frozenset[str]()
        if sign == "(":
            ways, own = self._group()
        elif sign == "[":
            ways, own = self._class()
        elif sign == "\\":
            name = self._pattern[self._at]
            ways = frozenset((_ESCAPES.get(name, name),))
            own = frozenset((_NUMBER,) if name == "d" else (name,) if name in _SIGNS else ())
            self._at += 1
        else:
            ways = frozenset((_ANY if sign == "." else "" if sign in "^$" else _fold(sign.casefold()),))
            own = frozenset((sign,) if sign in _SIGNS else ())
        return self._counted(ways, own)

    def _group(self) -> tuple[_Ways, frozenset[str]]:
        is_look = self._pattern.startswith(("?!", "?=", "?<"), self._at)
        if self._pattern[self._at] == "?":
            opening = re.compile(r"\?(?:<?[!=]|(?:-?[a-z])*:)").match(self._pattern, self._at)
            self._at = opening.end() if opening else self._at + 1
        ways, own = self.ways()
        self._at += 1  # the closing bracket
        return (_NOTHING, frozenset()) if is_look else (ways, own)

    def _class(self) -> tuple[_Ways, frozenset[str]]:
        start = self._at
        while self._pattern[self._at] != "]" or self._at == start:
            self._at += 2 if self._pattern[self._at] == "\\" else 1
        inside = self._pattern[start : self._at]
        self._at += 1
        if _WORD.search(re.sub(r"\\[sW.\-\[\]|()+*?]", " ", inside)) is None and inside[0] != "^":
            signs = frozenset(inside.replace("\\", ""))
            return frozenset((_EDGE,)), signs if signs <= _SIGNS else frozenset()
        if len(inside) <= CLASS_MAX and inside.isalpha():
            return frozenset(_fold(inside.casefold())), frozenset()
        return frozenset((_ANY,)), frozenset((_NUMBER,) if _DIGITS.fullmatch(inside) else ())

    def _counted(self, ways: _Ways, own: frozenset[str]) -> tuple[_Ways, frozenset[str]]:
        sign = self._pattern[self._at : self._at + 1]
        if sign == "?":
            self._at += 1
            return ways | _NOTHING, frozenset()
        count = _COUNT.match(self._pattern, self._at)
        if sign not in ("*", "+") and count is None:
            return ways, own
        self._at = count.end() if count else self._at + 1
        self._at += self._pattern[self._at : self._at + 1] in ("?", "+")  # lazy, possessive
        least = int(count[1] or 0) if count else int(sign == "+")
        if ways <= {_ANY, _EDGE}:
            return (ways, own) if least else (ways | _NOTHING, frozenset())
        # What ends where a word ends does so however often it stands there.
        again = frozenset(way + _ANY + (_EDGE if way.endswith(_EDGE) else "") for way in ways)
        return (again, own) if least else (again | _NOTHING, frozenset())


def _of(ways: _Ways) -> frozenset[str]:
    """Return a key of each way, or nothing when one way has none."""
    found = [_best(way) for way in ways]
    return frozenset(found) if all(found) else frozenset()


def _best(way: str) -> str:
    best = ""
    for part in _PART.finditer(way):
        stem, is_cut = part[0].split(_ANY, 1)[0], _ANY in part[0] or part.end() == len(way)
        if len(stem) < SHORTEST and (is_cut or not stem):
            continue
        if _value(stem) > _value(best):
            best = stem
    return best[:KEY_CHARS]


def _value(word: str) -> int:
    return min(len(word), KEY_CHARS) - (2 if word in _STOP else 0)


def _worth(found: frozenset[str]) -> tuple[int, int]:
    """Compare sets of keys: one whose poorest key says more is better, then the smaller."""
    return (min(map(_value, found)), -len(found)) if found else (-9, 0)
