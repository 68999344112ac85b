"""How much two texts have in common, told from their sketches.

Owns the comparison. Refuses the verdict (``judge``).

    compare(sketch, other) -> Resemblance

Words that both sketches hold prove little: two reports of one event share its names. What is counted
is chains: shared words that follow one another at the same distances in both texts.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.dedup.chains import Chain, chains
from dateline.dedup.sketch import Sketch, comparable, unpack
from dateline.dedup.spun import spun
from dateline.dedup.tokens import NUMBER, PLAIN, RARE
from dateline.resemblance import Passage, Resemblance

WEIGHTS = (0.3, 0.3, 1.0, 1.5)
"""What a word counts: common, plain, rare, number. Of texts from one template the plain words agree."""

NOTICE_FIGURES = 3
"""A text with so many figures is a report, whatever its headline speaks of."""

SAME_WORDS = 6
"""Words under which the same text under two headlines proves nothing."""

HEADLINE = 0.6
"""Share of the shorter headline's words in the other one from which on both are in one form."""

PASSAGES = 8
"""Shared stretches told at most, the longest."""


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
    #: Both have headlines that count: they are short.
    short: bool = False
    #: Both have headlines in one form that tell of different cases.
    other_case: bool = False
    #: The same words in the same order, title apart, as far as the samples tell; told of short texts only.
    same_body: bool = False
    #: Kinds of the words in chains.
    kinds: tuple[int, ...] = ()
    #: Places in the two samples, the longest chain first, and where the words of the samples begin.
    chains: tuple[Chain, ...] = ()
    starts: Sequence[int] = ()
    their_starts: Sequence[int] = ()

    @property
    def met(self) -> list[int]:
        """Where the words in chains begin in the text, in characters, as ``kinds`` are in order."""
        return [self.starts[place] for chain in self.chains for place, _ in chain]

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
    pairs = sorted(pair for chain in found.chains for pair in chain)
    return Resemblance(
        similarity=round(found.similarity, 4),
        share=round(found.share, 4),
        other_share=round(found.other_share, 4),
        passages=_passages(found),
        spun=spun(pairs, found.starts, found.their_starts),
    )


def overlap(one: Sketch, other: Sketch, least: float = 0.0) -> Overlap:
    """Return what two texts have in common, of their sketches unpacked.

    Where the smaller sample shares less than ``least`` of its words in whatever order, nothing.
    """
    values, starts, their_values, their_starts = comparable(one, other)
    fewer = min(len(values), len(their_values))
    if not fewer or len(set(values).intersection(their_values)) < least * fewer:
        return Overlap()
    found = chains(values, starts, their_values, their_starts)
    kinds, their_kinds = [value >> 14 for value in values], [value >> 14 for value in their_values]
    met = [kinds[place] for chain in found for place, _ in chain]
    between = figures_between = 0
    for chain in found:
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
        short=min(one.title, other.title) > 0,
        notice=_notice(one, other),
        other_case=_other_case(one, other),
        same_body=_same_body(one, other),
        kinds=tuple(met),
        chains=tuple(found),
        starts=starts,
        their_starts=their_starts,
    )


def _notice(one: Sketch, other: Sketch) -> bool:
    if min(one.title, other.title) < 3:
        return False
    headline, theirs = set(one.values[: one.title]), set(other.values[: other.title])
    if 2 * len(headline & theirs) >= min(len(headline), len(theirs)):
        return False
    figures = sum(value >> 14 == NUMBER for value in one.values[one.title :])
    return figures < NOTICE_FIGURES and not (_speaks_of_its_title(one) or _speaks_of_its_title(other))


def _other_case(one: Sketch, other: Sketch) -> bool:
    """Tell whether two headlines share most words, and each has a name or figure of which the other report knows nothing."""
    if min(one.title, other.title) < 3:
        return False
    headline, theirs = set(one.values[: one.title]), set(other.values[: other.title])
    if len(headline & theirs) < HEADLINE * min(len(headline), len(theirs)):
        return False
    own = (headline.difference(other.values), theirs.difference(one.values))
    return all(_names_a_case(sketch, words) for sketch, words in zip((one, other), own, strict=True))


def _names_a_case(sketch: Sketch, words: set[int]) -> bool:
    if any(value >> 14 in (RARE, NUMBER) for value in words):
        return True
    return any(value >> 14 == PLAIN and value in words for value in sketch.values[sketch.title :])


def _same_body(one: Sketch, other: Sketch) -> bool:
    body = one.values[one.title :]
    short = one.bound == other.bound and min(one.title, other.title) > 0
    return short and len(body) >= SAME_WORDS and body == other.values[other.title :]


def _speaks_of_its_title(sketch: Sketch) -> bool:
    """Tell whether a rare word or a figure of the title stands in the text, or two plain words do."""
    body = set(sketch.values[sketch.title :])
    echoed = [value >> 14 for value in set(sketch.values[: sketch.title]) & body]
    return any(kind in (RARE, NUMBER) for kind in echoed) or echoed.count(PLAIN) > 1


def _passages(found: Overlap) -> tuple[Passage, ...]:
    """Return the longest shared stretches, in the text's order; words of the title are in none.

    A stretch ends where its last shared word begins, since sketches do not tell how long that is.
    """
    stretches = []
    for chain in found.chains:
        body = [pair for pair in chain if found.starts[pair[0]] >= 0 and found.their_starts[pair[1]] >= 0]
        if len(body) > 1:
            (first, their_first), (last, their_last) = body[0], body[-1]
            stretches.append(
                Passage(
                    start=found.starts[first],
                    end=found.starts[last],
                    other_start=found.their_starts[their_first],
                    other_end=found.their_starts[their_last],
                )
            )
    stretches.sort(key=lambda passage: passage.start - passage.end)
    return tuple(sorted(stretches[:PASSAGES], key=lambda passage: passage.start))
