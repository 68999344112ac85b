"""Whether a copy was reworded by machine, told from two sketches alone.

Owns the signs of it. Refuses whether it is a copy at all (``judge``).

A text that is reworded word by word follows its sibling from beginning to end, with nothing left out and
nothing added for long; but the runs of same words are short, since single words are replaced all over it
by others of other lengths (odd synonyms, bent names). An edited reprint keeps long runs and cuts blocks; a
retelling by another newsroom has its own order; misread letters (a scanned page) keep the lengths of words.
"""

from collections.abc import Sequence
from itertools import pairwise

LEAST_WORDS = 8
"""Shared words of the samples under which nothing can be told."""

LEAST_BREAKS = 6
"""Breaks between them likewise: a few changed words are an editor's."""

IN_ORDER = 0.95
"""Share of the shared words that follow one another in both texts (retellings: median .82)."""

COVERED = 0.85
"""Of both texts, the share between the first shared word and the last (reprints: median .80, by cuts)."""

RUN = 4.0
"""Shared words in a row at most, in the mean (reprints with several edits: 10; reworded copies: 2 to 3.3)."""

BLOCK = 0.25
"""The longest stretch without a shared word, as a share of the shorter sample."""

EVEN = 0.65
"""Share of the breaks that are about as long in both texts: a word stands for a word (reprints: .62)."""

SAME_LENGTH = 0.7
"""Share of the breaks of the same length in both texts from which on letters were misread, not words replaced."""


def spun(pairs: Sequence[tuple[int, int]], starts: Sequence[int], their_starts: Sequence[int]) -> bool:
    """Tell whether one text is the other reworded.

    ``pairs`` are the places in the two samples of shared words, sorted; ``starts`` are the characters at
    which the words of the samples begin. Of 840 articles with 30, 45 and 60 % of the longer words replaced
    .61, .72 and .73 are told; of 993 reprints by several edits at once .010, of pages with every fifth word
    misread .025, of look-alikes .001, of 924 pairs of ECB+ that tell of one event none.
    """
    if len(pairs) < LEAST_WORDS:
        return False
    theirs = [their_place for _, their_place in pairs]
    covered = min(_extent(starts, pairs[0][0], pairs[-1][0]), _extent(their_starts, min(theirs), max(theirs)))
    if covered < COVERED:
        return False
    forward = breaks = even = same = longest = 0
    for (place, their_place), (after, their_after) in pairwise(pairs):
        step, their_step = after - place, their_after - their_place
        forward += their_step > 0
        if step == their_step == 1:
            continue
        breaks += 1
        longest = max(longest, step, their_step)
        length = starts[after] - starts[place]
        off = abs(length - their_starts[their_after] + their_starts[their_place])
        even += off <= 4 + 0.15 * length
        same += off <= 2
    return (
        breaks >= LEAST_BREAKS
        and forward >= IN_ORDER * (len(pairs) - 1)
        and len(pairs) <= RUN * (breaks + 1)
        and longest <= BLOCK * min(len(starts), len(their_starts))
        and even >= EVEN * breaks
        and same <= SAME_LENGTH * breaks
    )


def _extent(starts: Sequence[int], first: int, last: int) -> float:
    return (starts[last] - starts[first]) / max(1, starts[-1] - starts[0])
