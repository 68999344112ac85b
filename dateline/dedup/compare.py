"""How much two texts have in common, told from their sketches.

Owns the comparison. Refuses the verdict (``judge``).

    compare(sketch, other) -> Resemblance

Words that both sketches hold prove little: two reports of one event share its names. What is counted
is chains: shared words that follow one another at the same distances in both texts.
"""

from typing import NamedTuple

from dateline.dedup.sketch import Sketch, comparable, unpack
from dateline.dedup.spun import spun
from dateline.dedup.tokens import NUMBER, PLAIN, RARE
from dateline.resemblance import Passage, Resemblance

WEIGHTS = (0.3, 0.3, 1.0, 1.5)
"""What a word counts: common, plain, rare, number. Of texts from one template the plain words agree."""

REACH = 400
"""Characters between two words of one chain at most, or so many mean distances of the sample: ``REACH_STEPS``."""

REACH_STEPS = 6

LOOSE = (4, 10, 16, 8)
"""Characters by which two distances may differ, by the kind of word, besides an eighth of the distance:
a rare word proves itself, a common one stands everywhere."""

OPEN = 4
"""Chains that may go on at a time: a moved paragraph opens a second one."""

PASSAGES = 8
"""Shared stretches told at most, the longest."""

PERMUTATIONS = 128

Chain = list[tuple[int, int]]
"""Where the same words stand in two samples, or in their texts, in order in both."""


def corrected(agreeing: int) -> float:
    """Return the similarity of so many agreeing bytes of 128, as it was estimated before sketches."""
    return max(0.0, agreeing / PERMUTATIONS)


class Overlap(NamedTuple):
    """What two samples have in common, in weights of their words."""

    common: float = 0.0
    total: float = 0.0
    other_total: float = 0.0
    #: Words in chains, figures apart, and how many stand between the ends of chains.
    words: int = 0
    words_between: int = 0
    figures: int = 0
    figures_between: int = 0
    #: Both have titles that count, other ones, and neither text speaks of its own: a notice on two pages.
    notice: bool = False
    #: Where the words in chains begin in the text, and their kinds.
    places: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    chains: tuple[Chain, ...] = ()
    spun: bool = False

    @property
    def share(self) -> float:
        """Share of the text, 0 to 1, that stands in the other one."""
        return min(1.0, self.common / self.total) if self.total else 0.0

    @property
    def other_share(self) -> float:
        """Share of the other one, 0 to 1, that stands in the text."""
        return min(1.0, self.common / self.other_total) if self.other_total else 0.0

    @property
    def similarity(self) -> float:
        """Of both texts together, the share that they have in common, 0 to 1."""
        both = self.total + self.other_total - self.common
        return min(1.0, self.common / both) if both else 0.0


def compare(sketch: bytes, other: bytes) -> Resemblance:
    """Return how the text of ``sketch`` resembles that of ``other``; nothing in common for an empty one."""
    one, earlier = unpack(sketch), unpack(other)
    if one is None or earlier is None:
        return Resemblance()
    return resemblance(overlap(one, earlier))


def resemblance(found: Overlap) -> Resemblance:
    """Return what two texts have in common, with the stretches that prove it."""
    return Resemblance(
        similarity=round(found.similarity, 4),
        share=round(found.share, 4),
        other_share=round(found.other_share, 4),
        passages=_passages(found.chains),
        spun=found.spun,
    )


def overlap(one: Sketch, other: Sketch, least: float = 0.0) -> Overlap:
    """Return what two texts have in common, of their sketches unpacked.

    Where the smaller sample shares less than ``least`` of its words in whatever order, nothing.
    """
    values, starts, their_values, their_starts = comparable(one, other)
    fewer = min(len(values), len(their_values))
    if not fewer or len(set(values).intersection(their_values)) < least * fewer:
        return Overlap()
    chains = _apart(_chains(values, starts, their_values, their_starts))
    kinds, their_kinds = [value >> 14 for value in values], [value >> 14 for value in their_values]
    met = [kinds[place] for chain in chains for place, _ in chain]
    between = figures_between = 0
    for chain in chains:
        (first, their_first), (last, their_last) = chain[0], chain[-1]
        figures = min(
            kinds[first : last + 1].count(NUMBER), their_kinds[their_first : their_last + 1].count(NUMBER)
        )
        figures_between += figures
        between += min(last - first, their_last - their_first) + 1 - figures
    return Overlap(
        common=sum(map(WEIGHTS.__getitem__, met)),
        total=sum(map(WEIGHTS.__getitem__, kinds)),
        other_total=sum(map(WEIGHTS.__getitem__, their_kinds)),
        words=len(met) - met.count(NUMBER),
        words_between=between,
        figures=met.count(NUMBER),
        figures_between=figures_between,
        notice=_notice(one, other),
        places=tuple(starts[place] for chain in chains for place, _ in chain),
        kinds=tuple(met),
        spun=spun(sorted(pair for chain in chains for pair in chain), starts, their_starts),
        chains=tuple(
            [(starts[place], their_starts[their_place]) for place, their_place in chain] for chain in chains
        ),
    )


def _notice(one: Sketch, other: Sketch) -> bool:
    if min(one.title, other.title) < 3:
        return False
    headline, theirs = set(one.values[: one.title]), set(other.values[: other.title])
    if 2 * len(headline & theirs) >= min(len(headline), len(theirs)):
        return False
    return not (_speaks_of_its_title(one) or _speaks_of_its_title(other))


def _speaks_of_its_title(sketch: Sketch) -> bool:
    """Tell whether a rare word or a figure of the title stands in the text, or two plain words do."""
    body = set(sketch.values[sketch.title :])
    echoed = [value >> 14 for value in set(sketch.values[: sketch.title]) & body]
    return any(kind in (RARE, NUMBER) for kind in echoed) or echoed.count(PLAIN) > 1


class _Open:
    """A chain that may go on: its pairs, and where its last word stands."""

    __slots__ = ("at", "pairs", "place", "their_at")

    def __init__(self, place: int, at: int, their_place: int, their_at: int) -> None:
        self.place, self.at, self.their_at = place, at, their_at
        self.pairs: Chain = [(place, their_place)]


def _chains(
    values: list[int], starts: list[int], their_values: list[int], their_starts: list[int]
) -> list[Chain]:
    """Return the chains of two or more shared words, the longest first; they may cross."""
    where: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        where.setdefault(value, []).append(place)
    reach = max(
        REACH, REACH_STEPS * starts[-1] // len(starts), REACH_STEPS * their_starts[-1] // len(their_starts)
    )
    chains: list[_Open] = []
    active: list[_Open] = []
    for their_place, value in enumerate(their_values):
        places = where.get(value)
        if places is None:
            continue
        their_at = their_starts[their_place]
        loose = LOOSE[value >> 14]
        best: _Open | None = None
        best_place, best_off = 0, 1 << 30
        for chain in reversed(active):
            gap = their_at - chain.their_at
            if gap > reach:
                continue
            for place in places:
                off = abs(starts[place] - chain.at - gap)
                if off < best_off and off <= loose + (gap >> 3) and place > chain.place:
                    best, best_place, best_off = chain, place, off
            if best_off <= 2:
                break
        if best is None:
            opened = [_Open(place, starts[place], their_place, their_at) for place in places]
            chains += opened
            active = [*active, *opened][-OPEN:]
            continue
        best.pairs.append((best_place, their_place))
        best.place, best.at, best.their_at = best_place, starts[best_place], their_at
        if active[-1] is not best:
            active.remove(best)
            active.append(best)
    found = [chain.pairs for chain in chains if len(chain.pairs) > 1]
    found.sort(key=len, reverse=True)
    return found


def _apart(chains: list[Chain]) -> list[Chain]:
    """Leave each word in the longest of its chains."""
    if len(chains) < 2:
        return chains
    used: set[int] = set()
    theirs: set[int] = set()
    kept = []
    for chain in chains:
        free = [pair for pair in chain if pair[0] not in used and pair[1] not in theirs]
        if len(free) > 1:
            used.update(place for place, _ in free)
            theirs.update(place for _, place in free)
            kept.append(free)
    return kept


def _passages(chains: tuple[Chain, ...]) -> tuple[Passage, ...]:
    """Return the longest shared stretches, in the text's order; words of the title are in none."""
    found = []
    for chain in chains:
        body = [pair for pair in chain if min(pair) >= 0]
        if len(body) > 1:
            (first, their_first), (last, their_last) = body[0], body[-1]
            found.append((first, last, their_first, their_last))
    found.sort(key=lambda passage: passage[0] - passage[1])
    return tuple(
        Passage(start=start, end=end, other_start=other_start, other_end=other_end)
        for start, end, other_start, other_end in sorted(found[:PASSAGES])
    )
