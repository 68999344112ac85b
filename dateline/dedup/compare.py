"""How much two texts have in common, told from their sketches.

Owns the comparison. Refuses the verdict (``judge``).

    compare(sketch, other) -> Resemblance
"""

import numpy as np

from dateline.resemblance import Resemblance

PERMUTATIONS = 128


def compare(sketch: bytes, other: bytes) -> Resemblance:
    """Return how the text of ``sketch`` resembles that of ``other``; nothing in common for an empty one."""
    if not sketch or not other:
        return Resemblance()
    a = np.frombuffer(sketch, dtype=np.uint8)
    b = np.frombuffer(other, dtype=np.uint8)
    return Resemblance(similarity=corrected(int(np.count_nonzero(a == b))))


def corrected(agreeing: int) -> float:
    """Return the similarity, 0 to 1, that so many agreeing bytes of 128 estimate."""
    chance = 1 / 256
    return max(0.0, (agreeing / PERMUTATIONS - chance) / (1 - chance))
