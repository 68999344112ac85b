"""Which words of an article tell its event: names and rare words near its beginning.

Owns: terms, their weights, and how common each word is: counts that start from a shipped table and are
learned on the way in a table of fixed size. Refuses to compare articles (``tellings``).

The shipped table (``word_levels.txt``) gives each word a level, -4 * log2 of the share of documents that
have it. ``tests/quality/eval_dedup.py --words`` counted it over BBC news, AG News, Reuters-21578, MUC-3/4
and gun-violence articles; it holds single words only, none in fewer than eight documents. A text of which
it knows few words is in another language: there the length of a word stands for how common it is, until
the stream has shown it.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

TERMS = 96
"""Terms kept of an article, the heaviest first. 64 cost .006 of B3 on ECB+; 128 measured no better."""

NAME_FACTOR = 2.0
"""Capitalized words weigh double: names tell two events of one kind apart (B3 .864 to .884 on ECB+). How often
a word stands in the text counts nothing: that tells what a text is long about, not what happened."""

LEAD_FACTOR = 2.0
"""What the first word weighs more than one far behind: the beginning tells the event, the rest is background."""

LEAD_WORDS = 60
"""Words after which that has fallen to a third."""

SLOTS = 1 << 18
"""Size of the table of counts, 1 MiB; two words share a slot so seldom that the weights hardly move."""

PRIOR_DOCUMENTS = 4_000
"""The shipped table weighs as much as so many of a stream's own documents (13,000 are behind it): what a stream
repeats is soon common. Retellings among dateless Reuters .243 to .227, B3 on ECB+ the same; 1,500 costs .009."""

OTHER_DOCUMENTS = 60
"""Documents behind the guess by length, in a language that the table does not know."""

FORGET_AFTER = 40_000
"""Documents after which all counts are halved: the table follows the news and never overflows."""

RARE = 4.6
"""Weight, in nats, of a word that stands in less than one document of a hundred."""

MAX_CHARS = 40_000
"""Of a longer text the beginning is read: it tells what happened."""

_KNOWN_SHARE = 0.4
"""Of the different words of ECB+'s articles .55 to .95 stand in the table, of lines of headlines without stop words
.45 or more; of German ones one in six."""

# How many documents of a language have a given word of so many letters, roughly: the short ones are the common ones.
_SHARE_BY_LENGTH = (0.3, 0.3, 0.3, 0.2, 0.1, 0.05, 0.03, 0.015)
_LONG_SHARE = 0.005
_GRAM_SHARE, _KANA_SHARE = 0.01, 0.15
# Documents that have a word, those guessed included, up to which it is rare in such a language.
_OTHER_RARE = 3.5

_TOKEN = re.compile(r"[^\W_]+")
# Addresses and the tags around them tell a site, no event; a ticker in angle brackets stays.
_LINK = re.compile(r"<[A-Za-z]{1,10}\s[^<>]{1,400}>|https?://[^\s<>\"]+")
# Scripts written without spaces: two letters of Chinese and Japanese say about as much as a word, of Thai, Lao,
# Burmese and Khmer four.
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_SPACELESS = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{_EAST}"
_EAST_GRAM, _OTHER_GRAM = 2, 4
_IS_EAST = re.compile(f"[{_EAST}]")
_HAS_KANA = re.compile("[\u3040-\u309f]")
_HAS_SPACELESS = re.compile(f"[{_SPACELESS}]")
_RUN = re.compile(f"[{_SPACELESS}]+|[^\\W_{_SPACELESS}]+")


class Terms(NamedTuple):
    """An article's heaviest terms: slots, weights of length 1 as a vector, which are rare; and all its slots."""

    slots: NDArray[np.int64]
    weights: NDArray[np.float32]
    rare: NDArray[np.bool_]
    all_slots: NDArray[np.int64]
    #: The language is one that the table knows.
    known: bool = True


class Vocabulary:
    """How common words are, in constant memory. Not shared between threads."""

    def __init__(self) -> None:
        self._counts = load().copy()
        self._documents = float(PRIOR_DOCUMENTS)
        self._other_documents = float(OTHER_DOCUMENTS)

    def terms(self, title: str, text: str) -> Terms:
        """Return the heaviest ``TERMS`` terms of an article; none for a text without words."""
        words = terms_in(f"{title}\n{text}"[:MAX_CHARS])
        if not words:
            nothing = np.zeros(0, dtype=np.int64)
            return Terms(nothing, nothing.astype(np.float32), nothing.astype(np.bool_), nothing)
        lowered = [word.casefold() for word in words]
        last = len(words) - 1
        first = dict(zip(reversed(lowered), range(last, -1, -1), strict=True))
        slots = np.fromiter(map(slot, first), dtype=np.int64, count=len(first))
        places = np.fromiter(first.values(), dtype=np.float64, count=len(first))
        rarity, known = self._rarity(slots, first)
        weights = rarity * (1 + LEAD_FACTOR * np.exp(-places / LEAD_WORDS))
        weights[_names(words, lowered, first)] *= NAME_FACTOR
        heaviest = np.argsort(-weights, kind="stable")[:TERMS]
        kept = weights[heaviest]
        return Terms(
            slots[heaviest],
            (kept / np.linalg.norm(kept)).astype(np.float32),
            rarity[heaviest] >= (RARE if known else min(RARE, math.log(self._other_documents / _OTHER_RARE))),
            slots,
            known,
        )

    def learn(self, terms: Terms) -> None:
        """Count each word of an article once."""
        self._counts[np.unique(terms.all_slots)] += 1
        if terms.known:
            self._documents += 1
        else:
            self._other_documents += 1
        if self._documents + self._other_documents > FORGET_AFTER:
            self._counts *= np.float32(0.5)
            self._documents *= 0.5
            self._other_documents *= 0.5

    def _rarity(self, slots: NDArray[np.int64], words: Iterable[str]) -> tuple[NDArray[np.float64], bool]:
        """Return how rare each word is, in nats, and whether the table knows the language."""
        counts = self._counts[slots].astype(np.float64)
        known = np.count_nonzero(load()[slots]) >= _KNOWN_SHARE * len(slots)
        documents = self._documents
        if not known:
            documents = self._other_documents
            counts += OTHER_DOCUMENTS * np.fromiter(map(_share, words), dtype=np.float64, count=len(slots))
        return np.maximum(np.log((documents + 1) / (counts + 0.5)), 0.01), bool(known)


def terms_in(text: str) -> list[str]:
    """Return the terms of a text in order: words of three letters or more and numbers.

    Scripts without spaces give runs of two letters, or of four; addresses give nothing.
    """
    if "://" in text:
        text = _LINK.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _HAS_SPACELESS.search(text):
            return _terms_in_runs(text)
    return [token for token in _TOKEN.findall(text) if len(token) > 2 or token.isdigit()]


def _terms_in_runs(text: str) -> list[str]:
    terms: list[str] = []
    for run in _RUN.findall(text):
        if _HAS_SPACELESS.match(run):
            size = _EAST_GRAM if _IS_EAST.match(run) else _OTHER_GRAM
            terms += (run[start : start + size] for start in range(len(run) - size + 1))
        elif len(run) > 2 or run.isdigit():
            terms.append(run)
    return terms


def _names(words: list[str], lowered: list[str], first: dict[str, int]) -> NDArray[np.bool_]:
    """Tell which words stand with a capital twice, or in three of five places."""
    named = Counter(low for word, low in zip(words, lowered, strict=True) if word[0].isupper())
    if not named:
        return np.zeros(len(first), dtype=np.bool_)
    times = Counter(lowered)
    return np.fromiter(
        (named[word] >= 2 or named[word] >= 0.6 * times[word] for word in first),
        dtype=np.bool_,
        count=len(first),
    )


def _share(word: str) -> float:
    if _HAS_SPACELESS.match(word):
        return _KANA_SHARE if _HAS_KANA.search(word) else _GRAM_SHARE
    return _SHARE_BY_LENGTH[len(word)] if len(word) < len(_SHARE_BY_LENGTH) else _LONG_SHARE


@lru_cache(maxsize=1 << 16)
def slot(word: str) -> int:
    """Return where a word is counted, 0 to ``SLOTS`` - 1; the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass")) & (SLOTS - 1)


def word_levels(texts: Iterable[str], least: int = 6) -> str:
    """Return the table to ship: a line for each level, "level word word …", rarest words last.

    ``level`` is -4 * log2(share of the documents that have the word); words in fewer than ``least``
    documents are left out, as any unseen word is rare.
    """
    shares: Counter[str] = Counter()
    documents = 0
    for text in texts:
        documents += 1
        shares.update({word.casefold() for word in terms_in(text)})
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
