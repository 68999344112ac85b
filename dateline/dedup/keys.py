"""Under what a text is filed and found: its rarest pairs of telling words.

Owns: the choice of keys. Refuses the index (the store, ``window``) and words (``tokens``).

A consistent draw: each pair of neighbouring telling words has a number in (0, 1) from its hash, raised
by the rarity of its words, and a text's keys are the lowest: two texts that share a share J of their
pairs have none of ``KEYS`` keys in common with probability (1 - J) ** KEYS.
"""

import numpy as np
from numpy.typing import NDArray

from dateline.dedup.tokens import COMMON, PLAIN, RARE

KEYS = 20
"""Keys a text: with a quarter of the pairs in common one is shared with probability .997."""

_RARITY = np.array([0.0, 1.0, 2.0, 1.0])  # of common, plain, rare words and numbers
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def keys(title: NDArray[np.uint64], body: NDArray[np.uint64]) -> tuple[int, ...]:
    """Return up to ``KEYS`` keys of 48 bits, the most telling first; none for a text without words."""
    codes = np.concatenate([title, body]) if len(title) else body
    kinds = codes >> np.uint64(32)
    telling = codes[(kinds == RARE) | (kinds == PLAIN)]
    if len(telling) < 6:
        telling = codes[kinds != COMMON]
    if len(telling) < 6:
        telling = codes
    if not len(telling):
        return ()
    if len(telling) == 1:
        telling = np.concatenate([telling, telling])
    hashes = (telling[:-1] * _FIRST) ^ (telling[1:] * _SECOND)
    rarity = _RARITY[telling[:-1] >> np.uint64(32)] + _RARITY[telling[1:] >> np.uint64(32)] + 0.1
    hashes ^= hashes >> np.uint64(31)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    hashes, first = np.unique(hashes, return_index=True)
    drawn = (hashes >> np.uint64(11)).astype(np.float64) * 2.0**-53
    rank = -np.log1p(-drawn) / rarity[first]
    lowest = np.argsort(rank, kind="stable")[:KEYS]
    mixed = hashes[lowest] * _FIRST
    return tuple((mixed >> np.uint64(16)).tolist())
