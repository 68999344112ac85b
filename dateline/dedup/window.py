"""The stream filter: what each article is to the latest thousands before it, in constant memory.

Owns: the ring of the latest articles (signatures, exact hashes, addresses, stories) and the order in
which the questions are asked: same address, same words, copied words, same event in other words.
Refuses the index of the running service (the store's), and the clock: articles tell their own time.

    window = Window()
    window.add(id, title, text, url, published_at) -> StreamVerdict
"""

from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.dedup.compare import PERMUTATIONS, corrected
from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import is_reprint
from dateline.dedup.stories import Tellings
from dateline.dedup.vocabulary import Vocabulary
from dateline.model import Disposition
from dateline.resemblance import Fingerprint
from dateline.text.urls import article_id, canonical

CAPACITY = 20_000
"""Articles remembered: about half an hour of the whole world's online news, weeks of a hundred feeds."""


class StreamVerdict(Struct, frozen=True, kw_only=True):
    """What an article is to the stream before it."""

    disposition: Disposition
    #: The article that it repeats or retells; None for novel. Of a copy of a copy, the first of them.
    of: str | None = None
    #: Id of the first article of the story; its own for a novel one.
    story: str
    #: 0 to 1: Jaccard of the words for copies, likeness of the telling for a retelling.
    similarity: float = 0.0


class Window:
    """The latest articles of a stream. All arrays are allocated at once; not shared between threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 1:
            raise ValueError("capacity must be at least 1")
        self._capacity = capacity
        self._number = 0
        # Signatures stand column by column: comparing one with all is 128 passes over contiguous bytes.
        self._signatures = np.full((PERMUTATIONS, capacity), 0, dtype=np.uint8)
        self._words = np.full(capacity, -1, dtype=np.int64)
        self._exact = np.zeros(capacity, dtype=np.uint64)
        self._address = np.zeros(capacity, dtype=np.uint64)
        self._ids = [""] * capacity
        self._roots = [""] * capacity
        self._stories = [""] * capacity
        self._story_numbers = np.zeros(capacity, dtype=np.int64)
        self._tellings = Tellings(capacity)
        self._vocabulary = Vocabulary()

    def add(self, id: str, title: str, text: str, url: str, published_at: datetime | None) -> StreamVerdict:  # noqa: A002
        """Return what an article is to those before it, and remember it.

        The same canonical address is a duplicate whatever became of its text (a revision); so are
        the same words. Copies are judged as in ``judge``; what is left may be a retelling, told at most
        ``RETELLING_DAYS`` from the closest telling. The most similar wins, of equals the earliest.
        Empty articles without an address are novel. About 1 ms for 500 words at a full window.
        """
        mark = fingerprint(text, title)
        address = _address(url)
        copied = self._copied(mark, address)
        published_s = published_at.timestamp() if published_at else None
        terms = self._vocabulary.terms(title, text)
        if copied is not None:
            place, disposition, similarity = copied
        else:
            telling = self._tellings.closest(self._number, terms, published_s)
            if telling is None:
                place, disposition, similarity = None, Disposition.NOVEL, 0.0
            else:
                place, disposition, similarity = telling.slot, Disposition.RETELLING, telling.likeness
            self._vocabulary.learn(terms)
        verdict = StreamVerdict(
            disposition=disposition,
            of=None if place is None else self._of(place, disposition),
            story=id if place is None else self._stories[place],
            similarity=round(similarity, 4),
        )
        story_number = self._number if place is None else int(self._story_numbers[place])
        if disposition is not Disposition.DUPLICATE or similarity < 1.0:
            self._tellings.put(self._number, terms, story_number, published_s)
            self._remember(id, mark, address, verdict, story_number)
        return verdict

    def _of(self, place: int, disposition: Disposition) -> str:
        return self._ids[place] if disposition is Disposition.RETELLING else self._roots[place]

    def _copied(self, mark: Fingerprint, address: int) -> tuple[int, Disposition, float] | None:
        """Return the place of the article that this one copies, how, and how similar they are."""
        similarities = self._similarities(mark)
        if address:
            found = self._earliest(self._address == np.uint64(address))
            if found is not None:
                return (
                    found,
                    Disposition.DUPLICATE,
                    corrected(int(similarities[found])) if mark.keys else 0.0,
                )
        if not mark.keys:
            return None
        found = self._earliest(self._exact == np.uint64(_short(mark.exact)))
        if found is not None:
            return found, Disposition.DUPLICATE, 1.0
        # 12 of 128 agreeing bytes are the least that any rule of ``judge`` looks at.
        likely = np.flatnonzero(similarities >= 12)
        best: tuple[int, int] | None = None
        for place in sorted(likely.tolist(), key=self._age):
            agreeing = int(similarities[place])
            if (best is None or agreeing > best[1]) and is_reprint(
                corrected(agreeing), mark.words, int(self._words[place])
            ):
                best = (place, agreeing)
        return None if best is None else (best[0], Disposition.REPRINT, corrected(best[1]))

    def _similarities(self, mark: Fingerprint) -> NDArray[np.uint8]:
        """Return how many of 128 signature bytes each remembered article shares; 0 for empty places."""
        signature = np.frombuffer(mark.sketch, dtype=np.uint8)
        agreeing = (self._signatures == signature[:, None]).view(np.uint8)
        counts: NDArray[np.uint8] = np.add.reduce(agreeing, axis=0, dtype=np.uint8)
        counts[self._words <= 0] = 0
        return counts

    def _earliest(self, places: NDArray[np.bool_]) -> int | None:
        return min(np.flatnonzero(places).tolist(), key=self._age, default=None)

    def _age(self, place: int) -> int:
        """Order places from the oldest article to the newest."""
        return (place - self._number) % self._capacity

    def _remember(
        self, article: str, mark: Fingerprint, address: int, verdict: StreamVerdict, story_number: int
    ) -> None:
        place = self._number % self._capacity
        self._signatures[:, place] = np.frombuffer(mark.sketch, dtype=np.uint8)
        self._words[place] = mark.words if mark.keys else 0
        self._exact[place] = _short(mark.exact) if mark.keys else 0
        self._address[place] = address
        self._ids[place] = article
        copy = verdict.disposition in (Disposition.DUPLICATE, Disposition.REPRINT)
        self._roots[place] = (copy and verdict.of) or article
        self._stories[place] = verdict.story
        self._story_numbers[place] = story_number
        self._number += 1


def _address(url: str) -> int:
    """Return 64 bits of an article's address, 0 for none and for a site's front page (it names no article)."""
    address = canonical(url)
    parts = urlsplit(address)
    if not address or (parts.path in ("", "/") and not parts.query):
        return 0
    return _short(blake2b(article_id(address).encode(), digest_size=8).digest())


def _short(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "big") or 1
