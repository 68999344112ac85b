"""What befell the people counted: which toll word takes which count.

Owns the order in which verbs take counts and the parts of a count. Refuses to count (``counting``) and to say who
did it (``sides``).
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.incidents.record import Group
from dateline.incidents.tongues.counting import Quantity, listed
from dateline.incidents.tongues.line import Line
from dateline.incidents.tongues.words import Mark

NEAR = 4
"""Words that may stand between a count and the verb that surely takes it."""

MOST = 40
"""Counts, and toll words, of one sentence that are read; more is a list that no news tells."""

_NEW_CLAUSE = 50


class Toll(Struct, frozen=True, gc=False):
    """People to whom one thing happened; ``verb`` is the word that says so."""

    kind: str
    quantity: Quantity
    verb: Mark
    breakdown: tuple[Group, ...] = ()


class _Taking:
    """Counts and toll words of a sentence, while they are joined."""

    def __init__(self, line: Line, found: Sequence[Quantity], *, verb_first: bool) -> None:
        self.line, self.found, self.verb_first = line, found, verb_first
        self.verbs = line.of("tolls")[:MOST]
        self.free = [one for one in found if not one.part]
        #: By the first token of the count.
        self.taken: dict[int, Mark] = {}
        aside = (*line.of("times"), *line.of("hedges", "more"))
        self.aside = {at for mark in aside for at in range(mark.first, mark.last)}

    def distance(self, low: int, high: int) -> int:
        """Return how many words stand between, those of times aside; a new clause is far."""
        between = [token for at, token in enumerate(self.line.tokens[low:high], low) if at not in self.aside]
        stops = sum(token.text in ";:.!?" for token in between)
        return sum(token.word or token.digits for token in between) + _NEW_CLAUSE * stops

    def nearest(self, verb: Mark, way: str, reach: int) -> Quantity | None:
        """Return the nearest count on one side of a verb if nothing else takes it, at most ``reach`` words off."""
        left = way == "left"
        for one in sorted(self.free, key=lambda one: one.first, reverse=left):
            low, high = (one.last, verb.first) if left else (verb.last, one.first)
            if low > high:
                continue
            if not left and self.is_subject(verb, one):
                continue
            others = any(low <= other.first < high for other in self.verbs if other is not verb)
            if left and self.verb_first and verb.entry.values[1] != "noun" and self.goes_on(one):
                return None
            if left and verb.entry.values[1] == "noun":
                reach = min(reach, 1)  # "siete de los heridos" are no new ones
            if one.first in self.taken or others or self.distance(low, high) > reach:
                return None
            return one
        return None

    def is_subject(self, verb: Mark, one: Quantity) -> bool:
        """Whether a count right behind a verb that is put first did it: the next one follows unjoined."""
        if not self.verb_first or verb.entry.values[1] not in ("active", "either"):
            return False
        if one.role not in ("armed", "unknown", "soldiers", "police") or one.part:
            return False
        return any(
            0 <= other.first - one.last <= 1
            and not listed(self.line, one.last, other.first)
            and not any(one.last <= each.first < other.first for each in self.verbs)
            for other in self.free
            if other is not one
        )

    def goes_on(self, one: Quantity) -> bool:
        """Whether a count is joined to the one before it, and so belongs to the verb before both."""
        return any(listed(self.line, other.last, one.first) for other in self.free if other is not one)

    def take(self) -> set[int]:
        """Let verbs take counts, the nearest first; return the numbers of the verbs that took one."""
        got: set[int] = set()
        for reach in (0, NEAR, len(self.line.tokens)):
            for number, verb in enumerate(self.verbs):
                if number in got:
                    continue
                ways = verb.entry.values[0].split()
                one = next((one for way in ways if (one := self.nearest(verb, way, reach))), None)
                if one is not None:
                    self.taken[one.first] = verb
                    got.add(number)
        return got

    def chained(self, one: Quantity) -> Mark | None:
        """Return the verb that takes the neighbour of a list: "tres policías y dos soldados murieron"."""
        at = next(number for number, other in enumerate(self.free) if other is one)
        for step in (1, -1):
            other = at + step
            while 0 <= other < len(self.free):
                left, right = sorted((self.free[other - step], self.free[other]), key=lambda each: each.first)
                if not listed(self.line, left.last, right.first):
                    break
                if right.first in self.taken or left.first in self.taken:
                    verb = self.taken.get(self.free[other].first)
                    clean = not any(left.last <= each.first < right.first for each in self.verbs)
                    return verb if clean else None
                other += step
        return None

    def breakdown(self, one: Quantity) -> tuple[Group, ...]:
        """Return the parts that follow a count, or its own noun."""
        at = next(number for number, other in enumerate(self.found) if other is one)
        parts: list[Group] = []
        for other in self.found[at + 1 :]:
            if not other.part:
                break
            if other.group:
                parts.append(Group(group=other.group, min=other.min, max=other.max))
        own = (Group(group=one.group, min=one.min, max=one.max),) if one.group else ()
        return tuple(parts) or own


def tolls(line: Line, found: Sequence[Quantity], *, verb_first: bool = False) -> list[Toll]:
    """Return what befell whom: verbs next to a count first, then those farther off, then the rest of lists."""
    taking = _Taking(line, found[:MOST], verb_first=verb_first)
    got = taking.take()
    result: list[Toll] = []
    for one in taking.free:
        verb = taking.taken.get(one.first) or taking.chained(one)
        if verb is not None:
            result.append(Toll(verb.tag, one, verb, taking.breakdown(one)))
    for number, verb in enumerate(taking.verbs):
        alone = verb.entry.values[2]
        if number not in got and alone.isdigit():
            result.append(Toll(verb.tag, Quantity(verb.first, verb.last, int(alone), int(alone)), verb))
    return sorted(result, key=lambda one: one.quantity.first)
