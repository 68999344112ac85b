"""Words that follow one another at the same distances in two texts.

Owns how such chains are found in two samples of words. Refuses what they prove (``compare``, ``judge``).

Every shared word goes on with the chain whose last word stands as far before it in both texts, or begins
one of its own. Cut and inserted blocks part chains, moved paragraphs begin others.
"""

from collections.abc import Iterable, Sequence

Chain = list[tuple[int, int]]
"""Places of the same words in two samples, in order in both."""

REACH = 400
"""Characters between two words of one chain at most, or ``REACH_STEPS`` mean distances of the sample."""

REACH_STEPS = 6

LOOSE = (4, 10, 16, 8)
"""Characters by which two distances may differ, by the kind of word, besides an eighth of the distance:
a rare word proves itself, a common one stands everywhere."""

OPEN = 4
"""Chains that may go on at a time."""


class _Open:
    """A chain that may go on: its pairs, and where its last word stands."""

    __slots__ = ("at", "pairs", "place", "their_at")

    def __init__(self, place: int, at: int, their_place: int, their_at: int) -> None:
        self.place, self.at, self.their_at = place, at, their_at
        self.pairs: Chain = [(place, their_place)]

    def go_on(self, place: int, at: int, their_place: int, their_at: int) -> None:
        self.pairs.append((place, their_place))
        self.place, self.at, self.their_at = place, at, their_at


def chains(
    values: Sequence[int], starts: Sequence[int], their_values: Sequence[int], their_starts: Sequence[int]
) -> list[Chain]:
    """Return the chains of two or more shared words, the longest first, each word in one of them at most.

    ``values`` are kind and hash of each word of a sample, ``starts`` the characters at which they begin.
    """
    where: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        where.setdefault(value, []).append(place)
    mean = max(starts[-1] // len(starts), their_starts[-1] // len(their_starts))
    reach = max(REACH, REACH_STEPS * mean)
    found: list[_Open] = []
    active: list[_Open] = []
    for their_place, value in enumerate(their_values):
        places = where.get(value)
        if places is None:
            continue
        their_at = their_starts[their_place]
        if active and len(places) == 1 and _follows(active[-1], places[0], starts, their_at, reach):
            active[-1].go_on(places[0], starts[places[0]], their_place, their_at)
            continue
        chain, place = _closest(active, places, starts, their_at, reach=reach, loose=LOOSE[value >> 14])
        if chain is None:
            opened = [_Open(place, starts[place], their_place, their_at) for place in places]
            found += opened
            active = [*active, *opened][-OPEN:]
            continue
        chain.go_on(place, starts[place], their_place, their_at)
        if active[-1] is not chain:
            active.remove(chain)
            active.append(chain)
    return _apart(chain.pairs for chain in found if len(chain.pairs) > 1)


def _follows(chain: _Open, place: int, starts: Sequence[int], their_at: int, reach: int) -> bool:
    """Tell at once what ``_closest`` would: most words of a copy follow the one before."""
    gap = their_at - chain.their_at
    return -2 <= starts[place] - chain.at - gap <= 2 and place > chain.place and gap <= reach


def _closest(
    active: Sequence[_Open],
    places: Sequence[int],
    starts: Sequence[int],
    their_at: int,
    *,
    reach: int,
    loose: int,
) -> tuple[_Open | None, int]:
    """Return the chain that a word goes on with best, the latest first, and at which of its places."""
    best: _Open | None = None
    best_place, best_off = 0, 1 << 30
    for chain in reversed(active):
        gap = their_at - chain.their_at
        if gap > reach:
            continue
        expected = chain.at + gap
        allowed = loose + (gap >> 3)
        for place in places:
            off = abs(starts[place] - expected)
            if off < best_off and off <= allowed and place > chain.place:
                best, best_place, best_off = chain, place, off
        if best_off <= 2:
            break
    return best, best_place


def _apart(found: Iterable[Chain]) -> list[Chain]:
    """Leave each word in the longest of its chains."""
    ranked = sorted(found, key=len, reverse=True)
    if len(ranked) < 2:
        return ranked
    used: set[int] = set()
    theirs: set[int] = set()
    kept = []
    for chain in ranked:
        free = [pair for pair in chain if pair[0] not in used and pair[1] not in theirs]
        if len(free) > 1:
            used.update(place for place, _ in free)
            theirs.update(place for _, place in free)
            kept.append(free)
    kept.sort(key=len, reverse=True)
    return kept
