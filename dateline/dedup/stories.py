"""Which articles tell one story: incremental clustering with ids that stay.

Owns: the story of each of the latest articles, the choice of a story for a new one, and what becomes of
stories: one that is found to be another goes on under the older's id, a page that was rewritten about
something else leaves its story, and both are told as events. Refuses to compare texts (``tellings``) and
to find copies (``judge``). Pure: it knows numbers and ids, no texts.

    stories = Stories(capacity)
    stories.choose(Alike) -> Choice | None            which story, by which article, how surely
    stories.open(number, id) -> Told                  article 0, 1, 2, … begins one
    stories.join(number, choice) -> Told              it goes on with one, and may show two to be the same
    stories.leave(number, id, earlier, choice) -> Told  a revision of ``earlier`` tells of something else

A story's id is that of its first article. What was told is never changed in silence: an article keeps
its story until an event says into which it went. Stories are not taken apart again: of two that were one
from the start, the articles to come go their own ways. Memory is bounded: a story is forgotten when its
last article has left the ring.
"""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from dateline.dedup.tellings import Alike

RETELLING = 0.25
"""Least likeness to a story. On ECB+ topics 1-35 B3 lies within .005 of its best from .23 to .26; in twelve streams of
ten topics each it is .896, at worst .857. A higher one errs towards two stories of one event: .30 gives .878."""

CLOSEST = 3
"""The likeness to a story is the mean of its best article's and of its three closest articles'."""

MERGE = 0.45
"""Least likeness of an article to each of two stories that it shows to be one. Over eight orders of ECB+ the
stories as told keep their B3 (.883) and those they end as gain .002; at .40 both lose .004."""


class Merged(Struct, frozen=True, kw_only=True):
    """A story was found to be another one, as which it goes on."""

    #: The id that stays: the older one's.
    story: str
    #: The id that is not given any more.
    ended: str
    #: One sentence for people.
    because: str


class Split(Struct, frozen=True, kw_only=True):
    """An article went from one story to another."""

    #: Where it stands now.
    story: str
    #: Where its earlier version stood, and still stands.
    left: str
    #: One sentence for people.
    because: str


class Choice(NamedTuple):
    """The story that an article goes on with."""

    #: Its closest article.
    number: int
    #: Likeness to the story, 0 to 1.
    likeness: float
    #: The closest article of another story that it tells of as surely.
    bridged: int | None = None


class Told(NamedTuple):
    """An article's story, and what it changed."""

    story: str
    merged: tuple[Merged, ...] = ()
    split: Split | None = None


class Stories:
    """The stories of the latest ``capacity`` articles. Not shared between threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        # A story goes by the number of its first article.
        self._story = np.full(capacity, -1, dtype=np.int64)
        self._ids: dict[int, str] = {}
        self._sizes: dict[int, int] = {}
        self._names: set[str] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def of(self, number: int) -> str:
        """Return the story of an article that is still in the ring."""
        return self._ids[int(self._story[number % self._capacity])]

    def open(self, number: int, article: str) -> Told:
        """Begin a story with an article. Where a story of its id goes on, it gets one of its own, with its number."""
        name = f"{article}~{number}" if article in self._names else article
        self._put(number, number, name)
        return Told(name)

    def choose(self, alike: Alike) -> Choice | None:
        """Return the story that an article is most like, or None. Of equals the oldest."""
        if not len(alike.numbers):
            return None
        stories = self._story[alike.numbers % self._capacity]
        ranked: list[tuple[float, int]] = []
        for story in np.unique(stories[alike.likenesses >= RETELLING]):
            of_story = np.flatnonzero(stories == story)
            nearest = of_story[np.argsort(-alike.likenesses[of_story], kind="stable")][:CLOSEST]
            likenesses = alike.likenesses[nearest]
            likeness = float(0.5 * likenesses[0] + 0.5 * likenesses.mean())
            if likeness >= RETELLING:
                ranked.append((likeness, int(alike.numbers[nearest[0]])))
        if not ranked:
            return None
        ranked.sort(key=lambda found: -found[0])
        likeness, number = ranked[0]
        bridged = ranked[1][1] if len(ranked) > 1 and ranked[1][0] >= MERGE else None
        return Choice(number, likeness, bridged)

    def join(self, number: int, choice: Choice) -> Told:
        """Put article ``number`` into the story of its choice; merge the two that it bridges."""
        story = int(self._story[choice.number % self._capacity])
        merged: tuple[Merged, ...] = ()
        if choice.bridged is not None:
            other = int(self._story[choice.bridged % self._capacity])
            if other not in (story, -1):
                story, ended = min(story, other), max(story, other)
                merged = (self._merge(story, ended),)
        self._put(number, story, self._ids[story])
        return Told(self._ids[story], merged)

    def leave(self, number: int, article: str, earlier: int, choice: Choice | None) -> Told:
        """Put a revision that tells of something else into the story of its choice, or one of its own."""
        left = self.of(earlier)
        told = self.open(number, article) if choice is None else self.join(number, choice)
        if told.story == left:
            return told
        because = f"the page of {left} was rewritten and shares nothing with what it told"
        return told._replace(split=Split(story=told.story, left=left, because=because))

    def _merge(self, story: int, ended: int) -> Merged:
        self._story[self._story == ended] = story
        self._sizes[story] += self._sizes.pop(ended)
        ended_id = self._ids.pop(ended)
        self._names.discard(ended_id)
        because = f"one article tells of both {self._ids[story]} and {ended_id}"
        return Merged(story=self._ids[story], ended=ended_id, because=because)

    def _put(self, number: int, story: int, name: str) -> None:
        self._ids[story] = name
        self._names.add(name)
        self._sizes[story] = self._sizes.get(story, 0) + 1
        place = number % self._capacity
        left = int(self._story[place])
        self._story[place] = story
        if left >= 0:
            self._sizes[left] -= 1
            if not self._sizes[left]:
                del self._sizes[left]
                self._names.discard(self._ids.pop(left))
