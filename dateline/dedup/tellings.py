"""How like the tellings of two articles are: the same event in other words.

Owns: a ring of the terms of the latest articles, an inverted index of fixed size over them, and the
likeness of two tellings. Refuses copies (``judge``) and stories (``stories``).

Memory is allocated once: with a capacity of 20,000 about 32 MiB, whatever passes through.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.dedup.vocabulary import SLOTS, TERMS, Terms

RETELLING_DAYS = 5.0
"""Articles further apart are not compared; a running story goes on from article to article."""

CANDIDATES = 48
"""Articles compared in full, those sharing the most weight first."""

BUCKETS = 1 << 16
POSTINGS = 32
"""The latest articles remembered for a term: a term in more of them tells no event."""

SHARED_RARE = 3
"""Least number of shared rare terms: one company's name, however heavy, makes no event, and tables of figures
share many common terms ("net", "shr", "vs"). Of dateless Reuters-21578, each fourth report, retellings fall
from .26 to .23 with it, and B3 on ECB+ from .879 to .875."""

_SECONDS_A_DAY = 86_400.0


class Alike(NamedTuple):
    """Earlier articles and how like each is: the cosine of their terms, 0 to 1. Numbers ascend."""

    numbers: NDArray[np.int64]
    likenesses: NDArray[np.float64]


class Tellings:
    """The terms of the latest ``capacity`` articles. Not shared between threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._slots = np.full((capacity, TERMS), -1, dtype=np.int32)
        self._weights = np.full((capacity, TERMS), 0, dtype=np.float32)
        self._published_s = np.full(capacity, np.nan)
        # The number of an article, not its place, so that one that has left the ring is known as gone.
        self._postings = np.full((BUCKETS, POSTINGS), -1, dtype=np.int64)
        self._next = np.zeros(BUCKETS, dtype=np.uint8)
        self._query = np.zeros(SLOTS + 1, dtype=np.float32)  # the last one is for empty places
        self._query_rare = np.zeros(SLOTS + 1, dtype=np.uint8)

    def put(self, number: int, terms: Terms, published_s: float | None) -> None:
        """Remember article ``number`` (0, 1, 2, … in stream order) in the place of the oldest."""
        place = number % self._capacity
        size = len(terms.slots)
        self._slots[place] = -1
        self._slots[place, :size] = terms.slots
        self._weights[place] = 0.0
        self._weights[place, :size] = terms.weights
        self._published_s[place] = np.nan if published_s is None else published_s
        buckets = np.unique(terms.slots % BUCKETS)
        self._postings[buckets, self._next[buckets]] = number
        self._next[buckets] = (self._next[buckets] + 1) % POSTINGS

    def alike(self, number: int, terms: Terms, published_s: float | None) -> Alike:
        """Return the articles that are most like article ``number``, which is not put yet.

        An article of unknown time is compared with all.
        """
        numbers = self._candidates(number, terms, published_s)
        places = numbers % self._capacity
        self._query[terms.slots] = terms.weights
        self._query_rare[terms.slots] = terms.rare
        rows = self._slots[places]
        cosines = (self._query[rows] * self._weights[places]).sum(axis=1, dtype=np.float64)
        shared = self._query_rare[rows].sum(axis=1, dtype=np.int64)
        self._query[terms.slots] = 0.0
        self._query_rare[terms.slots] = 0
        cosines[shared < SHARED_RARE] = 0.0
        return Alike(numbers, cosines)

    def _candidates(self, number: int, terms: Terms, published_s: float | None) -> NDArray[np.int64]:
        """Return the numbers of the articles that share most weight with the terms, earliest first."""
        posted = self._postings[terms.slots % BUCKETS]
        alive = posted >= max(number - self._capacity, 0)
        gain = np.broadcast_to((terms.weights**2)[:, None], posted.shape)[alive]
        numbers, inverse = np.unique(posted[alive], return_inverse=True)
        if not len(numbers):
            return numbers
        total = np.bincount(inverse, weights=gain, minlength=len(numbers))
        if published_s is not None:
            gap_s = np.abs(self._published_s[numbers % self._capacity] - published_s)
            total[gap_s > RETELLING_DAYS * _SECONDS_A_DAY] = 0.0  # an unknown time is near to all
        top = np.argsort(-total, kind="stable")[:CANDIDATES]
        found: NDArray[np.int64] = np.sort(numbers[top[total[top] > 0]])
        return found
