"""Which words of an article tell its event: names and rare words, weighed by what a stream has shown.

Owns: terms, their weights, and how common each word is: counts that start from a shipped table and are
learned on the way in a table of fixed size. Refuses to compare articles (``stories``).

The shipped table (``word_levels.txt``) gives each word a level, -4 * log2 of the share of documents that
have it. ``tests/quality/eval_dedup.py --words`` counted it over BBC news, AG News, Reuters-21578, MUC-3/4
and gun-violence articles; it holds single words only, none in fewer than eight documents.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

TERMS = 64
"""Terms kept of an article, the heaviest first. 96 measured no better, 48 a little worse."""

NAME_FACTOR = 2.0
"""Capitalized words weigh double: names tell two events of one kind apart (B3 .875 to .894 on ECB+)."""

SLOTS = 1 << 18
"""Size of the table of counts, 1 MiB; two words share a slot so seldom that the weights hardly move."""

PRIOR_DOCUMENTS = 13_000
"""Documents behind the shipped table: so many of a stream's own weigh as much as it does."""

FORGET_AFTER = 40_000
"""Documents after which all counts are halved: the table follows the news and never overflows."""

RARE = 4.6
"""Weight, in nats, of a word that stands in less than one document of a hundred."""

MAX_CHARS = 40_000
"""Of a longer text the beginning is read: it tells what happened."""

_TOKEN = re.compile(r"[^\W_]+")
_SPACELESS_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}"
)


class Terms(NamedTuple):
    """An article's heaviest terms: slots, weights of length 1 as a vector, which are rare; and all its slots."""

    slots: NDArray[np.int64]
    weights: NDArray[np.float32]
    rare: NDArray[np.bool_]
    all_slots: NDArray[np.int64]


class Vocabulary:
    """How common words are, in constant memory. Not shared between threads."""

    def __init__(self) -> None:
        self._counts = load().copy()
        self._documents = float(PRIOR_DOCUMENTS)

    def terms(self, title: str, text: str) -> Terms:
        """Return the heaviest ``TERMS`` terms of an article; none for a text without words."""
        counted, named = count_terms(f"{title}\n{text}"[:MAX_CHARS])
        if not counted:
            nothing = np.zeros(0, dtype=np.int64)
            return Terms(nothing, nothing.astype(np.float32), nothing.astype(np.bool_), nothing)
        size = len(counted)
        slots = np.fromiter(map(slot, counted), dtype=np.int64, count=size)
        times = np.fromiter(counted.values(), dtype=np.float64, count=size)
        names = np.fromiter((named.get(word, 0) for word in counted), dtype=np.float64, count=size)
        rarity = np.log((self._documents + 1) / (self._counts[slots] + 0.5))
        weights = (1 + np.log(times)) * np.maximum(rarity, 0.01)
        weights[(names >= 2) | (names >= 0.6 * times)] *= NAME_FACTOR
        heaviest = np.argsort(-weights, kind="stable")[:TERMS]
        kept = weights[heaviest]
        length = np.linalg.norm(kept)
        return Terms(slots[heaviest], (kept / length).astype(np.float32), rarity[heaviest] >= RARE, slots)

    def learn(self, terms: Terms) -> None:
        """Count each word of an article once."""
        self._counts[np.unique(terms.all_slots)] += 1
        self._documents += 1
        if self._documents > FORGET_AFTER:
            self._counts *= np.float32(0.5)
            self._documents *= 0.5


def count_terms(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return how often each term stands in a text, and how often with a capital.

    Terms are casefolded words of three letters or more and numbers; scripts without spaces give
    pairs of letters.
    """
    counted: dict[str, int] = {}
    named: dict[str, int] = {}
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for run in _SPACELESS_RUN.findall(text):
            for start in range(len(run) - 1):
                pair = run[start : start + 2]
                counted[pair] = counted.get(pair, 0) + 1
        text = _SPACELESS_RUN.sub(" ", text)
    for token in _TOKEN.findall(text):
        if len(token) < 3 and not token.isdigit():
            continue
        word = token.casefold()
        counted[word] = counted.get(word, 0) + 1
        if token[0].isupper():
            named[word] = named.get(word, 0) + 1
    return counted, named


def slot(word: str) -> int:
    """Return where a word is counted, 0 to ``SLOTS`` - 1; the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass")) & (SLOTS - 1)


def word_levels(texts: Iterable[str], least: int = 6) -> str:
    """Return the table to ship: a line for each level, "level word word …", rarest words last.

    ``level`` is -4 * log2(share of the documents that have the word); words in fewer than ``least``
    documents are left out, as any unseen word is rare.
    """
    shares: dict[str, int] = {}
    documents = 0
    for text in texts:
        documents += 1
        for word in count_terms(text)[0]:
            shares[word] = shares.get(word, 0) + 1
    levels: dict[int, list[str]] = {}
    for word, count in shares.items():
        if count >= least and not word.isdigit():
            levels.setdefault(round(-4 * math.log2(count / documents)), []).append(word)
    return "".join(f"{level} {' '.join(sorted(words))}\n" for level, words in sorted(levels.items()))


@cache
def load() -> NDArray[np.float32]:
    """Return the shipped counts, read once a process. Callers copy before they count on."""
    counts = np.zeros(SLOTS, dtype=np.float32)
    table = files("dateline.dedup").joinpath("word_levels.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        level, *words = line.split(" ")
        share = 2.0 ** (-int(level) / 4)
        for word in words:
            counts[slot(word)] += share * PRIOR_DOCUMENTS
    return counts
