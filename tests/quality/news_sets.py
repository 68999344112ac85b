"""Real articles of three public sets in one shape, and which of them look alike without being copies.

Owns loading, the sample, and the pairs of look-alikes: same topic and same day (Reuters), most shared
rare words (BBC, scrapinghub, and Reuters once more). Real copies in the sets are left out by a rule over word triples
and telling words (``real_copy``), which knows nothing of our fingerprint.
"""

import gzip
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nsmallest
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LEAST_WORDS = 60
FILES = {
    "reuters": "news/reuters21578.jsonl.gz",
    "bbc": "news/bbc_dev.jsonl.gz",
    "scrapinghub": "pages/scrapinghub/gold.jsonl.gz",
    "strangers": "news/bbc_train.jsonl.gz",
}

COPY_TRIPLES = 0.25
"""A pair of which one has so large a share of the other's word triples, and"""

COPY_TELLING = 0.4
"""so large a share of its telling words, is taken for a real copy, an update or an extract of one."""

RARE = 20
"""A word in at most so many texts of its set is telling; so is each number."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A real article: a set's name and row, what it says, and what tells its look-alikes."""

    id: str
    title: str
    text: str
    day: str = ""
    topics: tuple[str, ...] = ()
    #: As far as its set tells.
    published_at: datetime | None = None


def tokens(text: str) -> list[str]:
    """Return the words that change is measured in: letters and digits, lower case."""
    return _WORD.findall(text.lower())


def changed(first: str, second: str) -> float:
    """Return 1 - 2 * common / all words, common being the longest common subsequence: 0 for equal words.

    Case, punctuation and paragraphs are no change; a moved paragraph is one.
    """
    old, new = tokens(first), tokens(second)
    places: dict[str, int] = {}
    for number, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << number
    # Bit-parallel: zeros of the row are the steps of the subsequence's length (Crochemore and others, 2001).
    full = (1 << len(old)) - 1
    row = full
    for word in new:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & full
    common = len(old) - row.bit_count()
    return 1 - 2 * common / max(1, len(old) + len(new))


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def corpus(name: str) -> str:
    """Return the beginning of the SHA-256 of a data file's content: what floors are pinned to."""
    return hashlib.sha256(gzip.decompress((DATA / name).read_bytes())).hexdigest()[:16]


def sources(name: str) -> list[Source]:
    """Return the articles of one set that have at least ``LEAST_WORDS`` words, same texts once, in order."""
    seen: set[str] = set()
    found = []
    for row in rows(FILES[name]):
        words = " ".join(tokens(row["text"]))
        if words in seen or words.count(" ") + 1 < LEAST_WORDS:
            continue
        seen.add(words)
        labels = row.get("labels")
        topics = tuple(labels["topics"]) if isinstance(labels, dict) else ()
        day = (row.get("date") or "").split(" ")[0]
        at = published(row.get("date") or "")
        found.append(Source(f"{name}/{row['id']}", row.get("title") or "", row["text"], day, topics, at))
    return found


def published(date: str) -> datetime | None:
    """Read a date as Reuters-21578 writes it, "26-FEB-1987 15:01:01.79"; None for any other."""
    try:
        return datetime.strptime(date.strip().split(".")[0], "%d-%b-%Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def sample(draw: random.Random, reuters: int, bbc: int, scrapinghub: int) -> list[Source]:
    """Return so many articles of each set, drawn."""
    taken = []
    for name, count in (("reuters", reuters), ("bbc", bbc), ("scrapinghub", scrapinghub)):
        every = sources(name)
        taken += draw.sample(every, min(count, len(every)))
    return taken


class Likeness:
    """What is needed to tell real copies from look-alikes in one set."""

    def __init__(self, articles: Sequence[Source]) -> None:
        self.articles = articles
        self._words = [tokens(one.text) for one in articles]
        self.share = Counter(word for words in self._words for word in set(words))
        self._triples: dict[int, set[tuple[str, ...]]] = {}

    def telling(self, number: int) -> set[str]:
        """Return the article's numbers of two digits and more, and its words that few texts have."""
        return {
            word
            for word in self._words[number]
            if (word.isdigit() and len(word) > 1) or self.share[word] <= RARE
        }

    def real_copy(self, first: int, second: int) -> bool:
        """Tell whether one is a real copy, an update or an extract of the other."""
        mine, theirs = self.telling(first), self.telling(second)
        fewer = min(len(mine), len(theirs))
        return (
            len(mine & theirs) >= COPY_TELLING * fewer and self.triples_shared(first, second) >= COPY_TRIPLES
        )

    def triples_shared(self, first: int, second: int) -> float:
        """Return the share, 0 to 1, of the shorter text's word triples that the other has."""
        mine, theirs = self._triples_of(first), self._triples_of(second)
        return len(mine & theirs) / max(1, min(len(mine), len(theirs)))

    def _triples_of(self, number: int) -> set[tuple[str, ...]]:
        if number not in self._triples:
            words = self._words[number]
            self._triples[number] = set(zip(words, words[1:], words[2:], strict=False))
        return self._triples[number]


def like_by_words(likeness: Likeness, each: int) -> set[tuple[int, int]]:
    """Return, for each article, the ``each`` earlier ones that share most words of 2 to 40 texts."""
    holders: dict[str, list[int]] = defaultdict(list)
    pairs = set()
    for number, article in enumerate(likeness.articles):
        rare = {word for word in tokens(article.text) if 2 <= likeness.share[word] <= 40}
        met = Counter(other for word in rare for other in holders[word])
        # Of equals the earliest: the order of a set of words is another one in each process.
        pairs |= {(other, number) for other, _ in nsmallest(each, met.items(), key=_most_first)}
        for word in rare:
            holders[word].append(number)
    return pairs


def _most_first(met: tuple[int, int]) -> tuple[int, int]:
    return -met[1], met[0]


def like_by_topic(articles: Sequence[Source], each: int, draw: random.Random) -> set[tuple[int, int]]:
    """Return pairs of the same topic and the same day: up to ``each`` earlier ones for an article."""
    filed: dict[tuple[str, str], list[int]] = defaultdict(list)
    pairs = set()
    for number, article in enumerate(articles):
        for topic in article.topics:
            earlier = filed[article.day, topic]
            pairs |= {(other, number) for other in draw.sample(earlier, min(each, len(earlier)))}
            earlier.append(number)
    return pairs


def look_alikes(name: str, draw: random.Random, each: int = 3) -> list[tuple[Source, Source]]:
    """Return pairs of different reports of one set that look alike, the earlier first."""
    articles = sources(name)
    likeness = Likeness(articles)
    pairs = like_by_words(likeness, each)
    pairs |= like_by_topic(articles, each, draw)
    return [(articles[one], articles[two]) for one, two in sorted(pairs) if not likeness.real_copy(one, two)]
