"""Which earlier article tells of the same event in other words.

Owns: a ring of the terms of the latest articles, an inverted index of fixed size over them, and the
likeness of two tellings. Refuses copies (``judge``), and refuses to name stories: the window does.

Memory is allocated once: with a capacity of 20,000 about 27 MiB, whatever passes through.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.dedup.vocabulary import SLOTS, TERMS, Terms

RETELLING = 0.30
"""Least likeness to a story. On ECB+ topics 1-35 .24 to .33 lie within .02 of the best B3; the higher
end errs towards two stories of one event, which is the cheaper error."""

SHARED_RARE = 3
"""Least number of shared rare terms: tables of figures share many common ones ("net", "shr", "vs")."""

RETELLING_DAYS = 5.0
"""Articles further apart are not compared; a running story goes on from article to article."""

CLOSEST = 3
"""The likeness to a story is the mean of its best article's and of its three closest articles'."""

CANDIDATES = 48
"""Articles compared in full, those sharing the most weight first."""

BUCKETS = 1 << 16
POSTINGS = 32
"""The latest articles remembered for a term: a term in more of them tells no event."""

_SECONDS_A_DAY = 86_400.0


class Telling(NamedTuple):
    """The closest earlier telling: its slot in the ring, and the likeness, 0 to 1."""

    slot: int
    likeness: float


class Tellings:
    """The terms of the latest ``capacity`` articles. Not shared between threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._slots = np.full((capacity, TERMS), -1, dtype=np.int32)
        self._weights = np.full((capacity, TERMS), 0, dtype=np.float32)
        self._published_s = np.full(capacity, np.nan)
        self._story = np.full(capacity, -1, dtype=np.int64)
        # The number of an article, not its slot, so that one that has left the ring is known as gone.
        self._postings = np.full((BUCKETS, POSTINGS), -1, dtype=np.int64)
        self._next = np.zeros(BUCKETS, dtype=np.uint8)
        self._query = np.zeros(SLOTS + 1, dtype=np.float32)  # the last one is for empty places
        self._query_rare = np.zeros(SLOTS + 1, dtype=np.uint8)

    def put(self, number: int, terms: Terms, story: int, published_s: float | None) -> None:
        """Remember article ``number`` (0, 1, 2, … in stream order) in the place of the oldest."""
        place = number % self._capacity
        size = len(terms.slots)
        self._slots[place] = -1
        self._slots[place, :size] = terms.slots
        self._weights[place] = 0.0
        self._weights[place, :size] = terms.weights
        self._published_s[place] = np.nan if published_s is None else published_s
        self._story[place] = story
        buckets = np.unique(terms.slots % BUCKETS)
        self._postings[buckets, self._next[buckets]] = number
        self._next[buckets] = (self._next[buckets] + 1) % POSTINGS

    def closest(self, number: int, terms: Terms, published_s: float | None) -> Telling | None:
        """Return the closest telling of the story that article ``number`` is most like, or None.

        Of equals the earliest. An article of unknown time is compared with all.
        """
        places = self._candidates(number, terms, published_s)
        if not len(places):
            return None
        likenesses, shared = self._compare(places, terms)
        enough = shared >= SHARED_RARE
        places, likenesses = places[enough], likenesses[enough]
        best: Telling | None = None
        stories = self._story[places]
        for story in np.unique(stories):
            of_story = np.flatnonzero(stories == story)
            ranked = of_story[np.argsort(-likenesses[of_story], kind="stable")][:CLOSEST]
            likeness = float(0.5 * likenesses[ranked[0]] + 0.5 * likenesses[ranked].mean())
            if likeness >= RETELLING and (best is None or likeness > best.likeness):
                best = Telling(int(places[ranked[0]]), min(1.0, likeness))
        return best

    def _candidates(self, number: int, terms: Terms, published_s: float | None) -> NDArray[np.int64]:
        """Return the places of the articles that share most weight with the terms, earliest first."""
        posted = self._postings[terms.slots % BUCKETS]
        alive = posted > max(number - self._capacity, -1)
        gain = np.broadcast_to((terms.weights**2)[:, None], posted.shape)[alive]
        numbers, inverse = np.unique(posted[alive], return_inverse=True)
        if not len(numbers):
            return numbers
        if published_s is not None:
            gap_s = np.abs(self._published_s[numbers % self._capacity] - published_s)
            near = ~(gap_s > RETELLING_DAYS * _SECONDS_A_DAY)  # an unknown time is near to all
        else:
            near = np.ones(len(numbers), dtype=np.bool_)
        total = np.bincount(inverse, weights=gain, minlength=len(numbers)) * near
        top = np.argsort(-total, kind="stable")[:CANDIDATES]
        places: NDArray[np.int64] = np.sort(numbers[top[total[top] > 0]]) % self._capacity
        return places

    def _compare(
        self, places: NDArray[np.int64], terms: Terms
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the cosine with each article, and how many rare terms they share."""
        self._query[terms.slots] = terms.weights
        self._query_rare[terms.slots] = terms.rare
        rows = self._slots[places]
        likenesses = (self._query[rows] * self._weights[places]).sum(axis=1)
        shared = self._query_rare[rows].sum(axis=1, dtype=np.int64)
        self._query[terms.slots] = 0.0
        self._query_rare[terms.slots] = 0
        return likenesses, shared
