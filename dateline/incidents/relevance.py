"""Whether an article tells of an incident at all: a hashed linear model, calibrated.

Owns the features (words and word pairs, hashed) and the reading of the weights. Refuses to say
what happened, and never touches the disk but in ``load``. ``train`` makes the weights.
"""

from functools import cache, lru_cache
from importlib import resources
from math import exp, log, sqrt
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct

from dateline.text import parting

BITS = 17
"""The table has 2 ** BITS weights: 131,072, a quarter of a megabyte as float16; fewer collide too often."""

MAX_WORDS = 700
"""Words read of an article. What an article is about stands in its first half; the rest costs time."""

# Words that tell how a text is written, not what it tells of; a pair needs one word that is none of them.
_STYLE = frozenset(
    """the a an of in on at to by from for with as and or but that which who whom whose this these those it its he she
    they them his her their we our you i is are was were be been being has have had do does did will would can could
    may might not no said says say told tells reported reports according also after before when while since than then
    there here into out up over under about more most some any all other monday tuesday wednesday thursday friday
    saturday sunday today yesterday tomorrow morning night week year month late early""".split()  # noqa: SIM905
)
_MASK = np.uint64((1 << BITS) - 1)
_CODE = np.uint64((1 << 32) - 1)
_IS_STYLE = 1 << 32
"""Set above the code of a word that tells how a text is written."""
# Odd 64-bit constants of splitmix64 (Steele, Lea, Flood 2014): they spread neighbouring hashes apart.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_PAIR = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(64 - BITS - 8)
_FIRST = np.array([True])


class Model(Struct, frozen=True):
    """The weights. ``slope`` and ``offset`` are Platt's: margin to probability."""

    weights: Any
    bias: float
    slope: float
    offset: float
    #: Probability from which an article counts as relevant: the best F1 on the hard held-out rows.
    threshold: float
    #: Probability below which nothing more is read of an article; more than .99 of incident articles pass.
    gate: float


@lru_cache(maxsize=32_768)
def code_of(word: str) -> int:
    """Return the code of a lower-cased word; every number is one word. Words come again: they are remembered."""
    return crc32(b"#" if word[0].isdigit() else word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=32_768)
def _marked(word: str) -> int:
    return code_of(word) | (_IS_STYLE if word in _STYLE else 0)


@lru_cache(maxsize=2)
def _marked_of(text: str) -> Any:
    words = parting.pieces(text.lower())
    return np.fromiter(map(_marked, words), dtype=np.uint64, count=len(words))


def codes_of(text: str) -> Any:
    """Return the codes of a text's words and numbers, in order (numpy uint64).

    The text read last is remembered: the rooms that judge an article read the same.
    """
    return _marked_of(text) & _CODE


def features(text: str, title: str = "") -> Any:
    """Return the sorted, distinct table rows of words and word pairs (numpy int64, maybe empty).

    Case is folded and every number is one word, so that upper-case wires and changed figures
    read alike.
    """
    marked = _marked_of(f"{title} . {text[: MAX_WORDS * 12]}")[:MAX_WORDS]
    if not len(marked):
        return np.zeros(0, dtype=np.int64)
    telling = marked < _IS_STYLE
    ones = (marked & _CODE) * _SPREAD
    twos = (ones[:-1] ^ (ones[:-1] >> np.uint64(29))) * _PAIR + ones[1:]
    kept = np.concatenate((ones[telling], twos[telling[:-1] | telling[1:]]))
    rows = ((kept >> _SHIFT) & _MASK).astype(np.int64)
    rows.sort()
    return rows[np.concatenate((_FIRST[: len(rows)], rows[1:] != rows[:-1]))]


def margin(model: Model, rows: Any) -> float:
    """Return the raw score of feature rows: the mean weight, scaled by the root of their number."""
    if not len(rows):
        return model.bias
    return float(model.weights[rows].sum()) / sqrt(len(rows)) + model.bias


def relevance(text: str, title: str = "", model: Model | None = None) -> float:
    """Return the probability, 0 to 1, that an article tells of an incident. Total over all strings."""
    model = model or load()
    score = model.slope * margin(model, features(text, title)) + model.offset
    return 1.0 / (1.0 + exp(-min(max(score, -30.0), 30.0)))


def odds(probability: float) -> float:
    """Return the log odds of a probability; 0 and 1 are taken as very nearly so."""
    held = min(max(probability, 1e-9), 1 - 1e-9)
    return log(held / (1 - held))


@cache
def load() -> Model:
    """Return the shipped model, read once.

    Raises:
        FileNotFoundError: the package was built without its models; ``dateline train`` makes them.
    """
    path = resources.files("dateline.incidents").joinpath("models/relevance.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32)
        bias, slope, offset, threshold, gate = (float(value) for value in arrays["scalars"])
    return Model(weights=weights, bias=bias, slope=slope, offset=offset, threshold=threshold, gate=gate)
