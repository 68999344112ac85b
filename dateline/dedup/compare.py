"""How much two texts have in common, told from their sketches.

Owns the comparison. Refuses the verdict (``judge``).

    compare(sketch, other) -> Resemblance

Words that both sketches hold prove little: two reports of one event share its names. What is counted
is chains: shared words that follow one another at the same distances in both texts.
"""

from typing import NamedTuple

from dateline.dedup.sketch import Sketch, comparable, unpack
from dateline.resemblance import Passage, Resemblance

WEIGHTS = (0.2, 0.7, 1.0, 0.7)
"""What a word counts: common, plain, rare, number."""

REACH = 400
"""Characters between two words of one chain at most."""

LOOSE = 6
"""Characters by which two distances may differ, besides a fifth of the distance."""

PASSAGES = 8
"""Shared stretches told at most, the longest."""

PERMUTATIONS = 128


def corrected(agreeing: int) -> float:
    """Return the similarity of so many agreeing bytes of 128, as it was estimated before sketches."""
    return max(0.0, agreeing / PERMUTATIONS)


class Chain(NamedTuple):
    """Shared words at the same distances: their places in both samples, in order."""

    places: list[tuple[int, int]]
    weight: float


def compare(sketch: bytes, other: bytes) -> Resemblance:
    """Return how the text of ``sketch`` resembles that of ``other``; nothing in common for an empty one."""
    one, earlier = unpack(sketch), unpack(other)
    if one is None or earlier is None:
        return Resemblance()
    return resemblance(one, earlier)


def bound(one: Sketch, other: Sketch) -> float:
    """Return what ``similarity`` is at most: the share of the shorter sample's words that the other has."""
    values, _, theirs, _ = comparable(one, other)
    fewer = min(len(values), len(theirs))
    return len(set(values) & set(theirs)) / fewer if fewer else 0.0


def resemblance(one: Sketch, other: Sketch) -> Resemblance:
    """Return how two texts resemble one another, of their sketches unpacked."""
    values, starts, their_values, their_starts = comparable(one, other)
    chains = _chains(values, starts, their_values, their_starts)
    total, their_total = _weight(values), _weight(their_values)
    if not chains or not total or not their_total:
        return Resemblance()
    common = sum(chain.weight for chain in chains)
    share, other_share = min(1.0, common / total), min(1.0, common / their_total)
    common = min(common, total, their_total)
    return Resemblance(
        similarity=common / (total + their_total - common),
        share=share,
        other_share=other_share,
        passages=_passages(chains, starts, their_starts),
    )


def _weight(values: list[int]) -> float:
    return sum(WEIGHTS[value >> 14] for value in values)


def _chains(
    values: list[int], starts: list[int], their_values: list[int], their_starts: list[int]
) -> list[Chain]:
    """Return the chains of two or more shared words, each word in one chain at most, the heaviest first."""
    where: dict[int, list[int]] = {}
    for place, value in enumerate(their_values):
        where.setdefault(value, []).append(place)
    open_chains: list[list[tuple[int, int]]] = []
    for place, value in enumerate(values):
        for their_place in where.get(value, ()):
            _attach(open_chains, place, their_place, starts, their_starts)
    weighed = [
        (sum(WEIGHTS[values[place] >> 14] for place, _ in chain), chain)
        for chain in open_chains
        if len(chain) > 1
    ]
    weighed.sort(key=lambda found: -found[0])
    used: set[int] = set()
    theirs: set[int] = set()
    chains = []
    for _, chain in weighed:
        free = [pair for pair in chain if pair[0] not in used and pair[1] not in theirs]
        if len(free) > 1:
            used.update(place for place, _ in free)
            theirs.update(place for _, place in free)
            chains.append(Chain(free, sum(WEIGHTS[values[place] >> 14] for place, _ in free)))
    return chains


def _attach(
    open_chains: list[list[tuple[int, int]]],
    place: int,
    their_place: int,
    starts: list[int],
    theirs: list[int],
) -> None:
    """Add a shared word to the latest chain whose last word stands as far before it in both texts."""
    for chain in reversed(open_chains):
        last, their_last = chain[-1]
        gap = starts[place] - starts[last]
        their_gap = theirs[their_place] - theirs[their_last]
        if (
            last < place
            and their_last < their_place
            and gap <= REACH
            and abs(gap - their_gap) <= LOOSE + gap // 5
        ):
            chain.append((place, their_place))
            return
    open_chains.append([(place, their_place)])


def _passages(chains: list[Chain], starts: list[int], theirs: list[int]) -> tuple[Passage, ...]:
    """Return the longest shared stretches, in the text's order; words of the title are in none."""
    found = []
    for chain in chains:
        (first, their_first), (last, their_last) = chain.places[0], chain.places[-1]
        if min(starts[first], theirs[their_first]) >= 0:
            found.append(
                Passage(
                    start=starts[first],
                    end=starts[last],
                    other_start=theirs[their_first],
                    other_end=theirs[their_last],
                )
            )
    found.sort(key=lambda passage: passage.start - passage.end)
    return tuple(sorted(found[:PASSAGES], key=lambda passage: passage.start))
