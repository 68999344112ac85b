"""The stream filter: what each article is to the latest thousands before it, in bounded memory.

Owns: the ring of the latest articles and the order in which the questions are asked: same address, same
words, copied words (``judge``, as in the service), same event in other words (``tellings``). Refuses the
index of the running service (the store's), and the clock: articles tell their own time.

    window = Window()
    window.add(id, title, text, url, published_at) -> StreamVerdict
"""

from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np
from msgspec import Struct

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import judge
from dateline.dedup.shelf import Shelf
from dateline.dedup.stories import Choice, Merged, Split, Stories, Told
from dateline.dedup.tellings import Tellings
from dateline.dedup.vocabulary import Terms, Vocabulary
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Passage, Verdict
from dateline.text.urls import article_id, canonical

CAPACITY = 20_000
"""Articles remembered: about half an hour of the whole world's online news, weeks of a hundred feeds."""

UNRELATED = 0.02
"""A revision that has less in common with the page before tells of something else."""


class StreamVerdict(Struct, frozen=True, kw_only=True):
    """What an article is to the stream before it."""

    disposition: Disposition
    #: The article that it repeats or retells; None for novel. Of a copy of a copy, the first of them.
    of: str | None = None
    #: Id of the first article of the story; its own for a novel one.
    story: str
    #: 0 to 1: the share of both texts in common for copies, likeness of the telling for a retelling.
    similarity: float = 0.0
    #: Share of the text that stands in ``of``, and the other way; 0 for a retelling.
    share: float = 0.0
    other_share: float = 0.0
    #: Shared stretches, characters of both texts; those of a copy of a copy stand in ``compared``.
    passages: tuple[Passage, ...] = ()
    #: The article that was compared, when it is a later one than ``of``.
    compared: str | None = None
    spun: bool = False
    #: Stories that this article shows to be one.
    merged: tuple[Merged, ...] = ()
    #: It is a revision that tells of something else than the page did.
    split: Split | None = None


class Window:
    """The latest articles of a stream. Not shared between threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 1:
            raise ValueError("capacity must be at least 1")
        self._capacity = capacity
        self._number = 0
        self._ids = [""] * capacity
        self._roots = [""] * capacity
        self._root_numbers = np.full(capacity, -1, dtype=np.int64)
        self._sketches = [b""] * capacity
        self._published: list[datetime | None] = [None] * capacity
        self._words = np.full(capacity, 0, dtype=np.int64)
        self._shelf = Shelf(capacity)
        self._tellings = Tellings(capacity)
        self._stories = Stories(capacity)
        self._vocabulary = Vocabulary()

    def add(self, id: str, title: str, text: str, url: str, published_at: datetime | None) -> StreamVerdict:  # noqa: A002
        """Return what an article is to those before it, and remember it.

        The same canonical address is a duplicate whatever became of its text (a revision); so are
        the same words. Copies are judged as in ``judge``; what is left may be a retelling, told at most
        ``RETELLING_DAYS`` from the closest telling. Of equals the earliest. Empty articles without an
        address are novel. About 1 ms for 500 words at a full window.
        """
        mark = fingerprint(text, title)
        exact = mark.exact if mark.keys else b""
        address = _address(url)
        by_address, by_words = self._shelf.same(self._number, exact, address)
        if by_words is not None and by_address is None:
            # Not remembered again, but as another address of the first.
            self._shelf.address(by_words, address)
            verdict = Verdict(disposition=Disposition.DUPLICATE, similarity=1.0, share=1.0, other_share=1.0)
            return self._copy(by_words, verdict, Told(self._stories.of(by_words)))
        source, verdict = (
            self._judged(mark, published_at) if by_address is None else self._revision(mark, by_address)
        )
        terms = self._vocabulary.terms(title, text)
        published_s = published_at.timestamp() if published_at else None
        if source is None:
            told = self._told(id, terms, published_s)
        elif by_address is not None and verdict.similarity < UNRELATED:
            told = self._rewritten(id, by_address, verdict, terms, published_s)
        else:
            told = self._copy(source, verdict, self._stories.join(self._number, Choice(source, 1.0)))
        self._tellings.put(self._number, terms, published_s)
        self._published[self._number % self._capacity] = published_at
        self._shelf.put(self._number, mark.keys, exact, address)
        self._remember(id, mark, told, source)
        return told

    def _judged(self, mark: Fingerprint, published_at: datetime | None) -> tuple[int | None, Verdict]:
        """Return the number of the article that this one copies, and how."""
        neighbours = []
        for number in self._shelf.near(self._number, mark.keys):
            place = number % self._capacity
            root = int(self._root_numbers[place])
            neighbours.append(
                Neighbour(
                    id=str(number),  # ids may come again, numbers do not
                    sketch=self._sketches[place],
                    words=int(self._words[place]),
                    of="" if root == number else str(root),
                    published_at=self._published[place],
                )
            )
        verdict = judge(mark, neighbours, published_at)
        return (None if verdict.of is None else int(verdict.of)), verdict

    def _revision(self, mark: Fingerprint, number: int) -> tuple[int, Verdict]:
        """Return the same of an article whose address came before."""
        found = compare(mark.sketch, self._sketches[number % self._capacity])
        return number, Verdict(
            disposition=Disposition.DUPLICATE,
            similarity=found.similarity,
            share=found.share,
            other_share=found.other_share,
            passages=found.passages,
        )

    def _copy(self, number: int, verdict: Verdict, told: Told) -> StreamVerdict:
        place = number % self._capacity
        return StreamVerdict(
            disposition=verdict.disposition,
            of=self._roots[place],
            story=told.story,
            similarity=round(verdict.similarity, 4),
            share=round(verdict.share, 4),
            other_share=round(verdict.other_share, 4),
            passages=verdict.passages,
            compared=None if self._ids[place] == self._roots[place] else self._ids[place],
            spun=verdict.spun,
            merged=told.merged,
            split=told.split,
        )

    def _rewritten(
        self, article: str, earlier: int, verdict: Verdict, terms: Terms, published_s: float | None
    ) -> StreamVerdict:
        """Return a revision that shares nothing with the page before: it stays in the story only if it tells of it."""
        choice = self._stories.choose(self._tellings.alike(self._number, terms, published_s))
        return self._copy(earlier, verdict, self._stories.leave(self._number, article, earlier, choice))

    def _told(self, article: str, terms: Terms, published_s: float | None) -> StreamVerdict:
        """Return a retelling or a novel article, put into its story."""
        choice = self._stories.choose(self._tellings.alike(self._number, terms, published_s))
        self._vocabulary.learn(terms)
        if choice is None:
            opened = self._stories.open(self._number, article)
            return StreamVerdict(disposition=Disposition.NOVEL, story=opened.story)
        told = self._stories.join(self._number, choice)
        return StreamVerdict(
            disposition=Disposition.RETELLING,
            of=self._ids[choice.number % self._capacity],
            story=told.story,
            similarity=round(choice.likeness, 4),
            merged=told.merged,
        )

    def _remember(self, article: str, mark: Fingerprint, told: StreamVerdict, source: int | None) -> None:
        place = self._number % self._capacity
        self._ids[place] = article
        if source is None or told.split:
            self._roots[place], self._root_numbers[place] = article, self._number
        else:
            root = int(self._root_numbers[source % self._capacity])
            self._roots[place], self._root_numbers[place] = told.of or article, root
        self._sketches[place] = mark.sketch
        self._words[place] = mark.words
        self._number += 1


def _address(url: str) -> int:
    """Return 64 bits of an article's address, 0 for none and for a site's front page (it names no article)."""
    address = canonical(url)
    parts = urlsplit(address)
    if not address or (parts.path in ("", "/") and not parts.query):
        return 0
    return int.from_bytes(blake2b(article_id(address).encode(), digest_size=8).digest(), "big") or 1
