"""Which words a text must hold for a pattern to match it: one of each of several sets.

Owns the parting of a pattern where a word surely ends, so that "(?:cut|slit) (?:his|her) throat" needs
one word of three sets. Refuses to match, and to read words out of a part (``rules_keys``). It knows the
regular expressions that rules are written in: no names for groups, no comments.

    needs(r"(?:read|see) also") -> ({"read", "see"}, {"also"})
"""

import re

from dateline.text.rules_keys import keys

_STEM = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:\\b|\^)?(?:\\W\*)?\((?:\?:|(?!\?))")
_GAP = re.compile(r"(?: |\\[sW])(?:(?:\+|\{[1-9]\d*,\d*\})\??)?(?![*?+{])")
"""A blank or another sign that is no part of a word, at least once: a word ends before it, one may begin after it."""
_COMMON = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "by", "and", "or", "for", "with", "from", "was", "were", "is", "are",
     "be", "been", "has", "have", "had", "his", "her", "its", "thei", "that", "this", "it", "he", "they", "who", "which",
     "whic", "said", "also", "as", "after", "afte", "when", "the", "not", "but")
)  # fmt: skip
"""Beginnings of words that most sentences hold."""


def needs(pattern: str) -> tuple[frozenset[str], ...]:
    """Return sets of beginnings of words, of each of which every match of a pattern holds one.

    Beginnings are of 4 letters, of 3, or whole shorter words. Empty where the pattern has no word that it
    can not do without; those that fewest texts hold come first. The pattern begins where a word may begin, and is written in lower case.
    """
    found = [one for part in _parts(pattern) if (one := _one_of(part))]
    whole = _one_of(pattern)
    if whole and all(not whole >= one for one in found):
        found.append(whole)
    return tuple(sorted(set(found), key=lambda one: (not _COMMON.isdisjoint(one), len(one))))


def alternatives(pattern: str) -> list[str]:
    """Return patterns of which one matches where the given one does: its alternatives, groups at its front written out."""
    ways = _ways(pattern)
    return [pattern] if len(ways) == 1 else [each for way in ways for each in alternatives(way)]


def _one_of(pattern: str) -> frozenset[str]:
    """Return beginnings of words of which every match holds one; none where there are no such."""
    found = keys(pattern)
    if not found:
        ways = _ways(pattern)
        told = [_one_of(way) for way in ways] if len(ways) > 1 else []
        found = frozenset[str]().union(*told) if told and all(told) else found
    # Signs and digits are keys of lines, not beginnings of words.
    return found if all(map(_STEM.fullmatch, found)) else frozenset()


def _ways(pattern: str) -> list[str]:
    """Return the alternatives that a pattern is, or that the one group at its front is, written out."""
    whole = _split(pattern)
    opening = _OPENING.match(pattern)
    if len(whole) > 1 or opening is None:
        return whole
    end = _closing(pattern, opening.end())
    if pattern[end + 1 : end + 2] in ("?", "*", "{"):
        return whole
    before = opening[0].removesuffix("?:").removesuffix("(")
    return [before + way + pattern[end + 1 :] for way in _split(pattern[opening.end() : end])]


def _split(pattern: str) -> list[str]:
    """Return the parts of a pattern between the bars that stand in no group and no class."""
    parts, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            parts.append(pattern[start:at])
            start = at + 1
        at = _after(pattern, at)
    return [*parts, pattern[start:]]


def _parts(pattern: str) -> list[str]:
    """Return the parts of a pattern between which a word ends; the pattern itself where it has alternatives."""
    parts, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            return [pattern]
        gap = _GAP.match(pattern, at)
        if gap:
            parts.append(pattern[start : gap.end()])
            start = at = gap.end()
        else:
            at = _after(pattern, at)
    return [*parts, pattern[start:]]


def _after(pattern: str, at: int) -> int:
    """Return where the sign, class or group at ``at`` ends."""
    sign = pattern[at]
    if sign == "\\":
        return at + 2
    if sign == "(":
        return _closing(pattern, at + 1) + 1
    return _class_end(pattern, at) + 1 if sign == "[" else at + 1


def _closing(pattern: str, at: int) -> int:
    """Return where the group closes whose inside begins at ``at``."""
    while pattern[at] != ")":
        at = _after(pattern, at)
    return at


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"  # a bracket that comes first is a member
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at
