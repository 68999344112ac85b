"""What an article's words say of it as a whole: reports of violence read unlike speeches about a war.

Owns one number for the second look (``telling``): a hashed linear model over how often each word
stands in an article, where rare words count for more (tf-idf). Refuses to judge an article by it.
``train_tenor`` makes the weights.
"""

from math import sqrt
from typing import Any

import numpy as np
from msgspec import Struct

from dateline.incidents.relevance import codes_of

BITS = 15
"""The tables have 2 ** BITS rows: twice the words that come more than once in the sets."""

MAX_CHARS = 12_000
"""Characters of an article that are read; few are longer, and what they are about is told by then."""

FEW, ENOUGH = 60, 120
"""Distinct words up to which an article has no tenor, and from which on it has all of it: summaries of one
event in three sentences are too short to sound like anything."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # splitmix64's constant, as in ``relevance``
_SHIFT = np.uint64(64 - BITS)


class Tenor(Struct, frozen=True):
    """The tables: what a word weighs, and how rare it is."""

    weights: Any
    #: Logarithm of how many articles there are for one that holds the word, plus 1; 0 where too few do.
    rarity: Any
    bias: float


def words(text: str) -> tuple[Any, Any]:
    """Return the distinct table rows of an article's words, sorted (int64), and one plus the logarithm of their counts."""
    codes = codes_of(text[:MAX_CHARS]) * _SPREAD
    rows, counts = np.unique((codes >> _SHIFT).astype(np.int64), return_counts=True)
    return rows, 1.0 + np.log(counts)


def tenor(model: Tenor, rows: Any, counts: Any) -> float:
    """Return the log odds that an article of such words tells of an incident; 0 where they are few."""
    values = counts * model.rarity[rows]
    length = sqrt(float((values * values).sum()))
    if len(rows) <= FEW or not length:
        return 0.0
    share = min((len(rows) - FEW) / (ENOUGH - FEW), 1.0)
    return share * (float((values * model.weights[rows]).sum()) / length + model.bias)
