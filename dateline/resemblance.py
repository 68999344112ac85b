"""How texts resemble one another: the types between fingerprint, index and judge.

Owns shapes only, as ``model`` does, from which it was parted for its length.
"""

from msgspec import Struct

from dateline.model import Disposition


class Fingerprint(Struct, frozen=True, kw_only=True):
    """What an article's text looks like to its near-duplicates."""

    #: 128-bit hash of the normalized words.
    exact: bytes
    #: 128 bytes: the low byte of each of 128 min-hashes over word 3-shingles.
    signature: bytes
    #: 32 band hashes (32 bits each); twins share at least one with high probability.
    bands: tuple[int, ...]
    words: int


class Neighbour(Struct, frozen=True, kw_only=True):
    """An indexed article that shares a band or the exact hash."""

    id: str
    signature: bytes
    words: int
    exact: bool = False
    #: It was found under the same canonical address, whatever its text.
    same_address: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """What an article is to its neighbours, and why."""

    disposition: Disposition
    #: The article that it repeats; None for novel.
    of: str | None = None
    #: Estimated Jaccard similarity to ``of``, 0 to 1.
    similarity: float = 0.0
    #: One sentence for `dateline why`.
    reason: str = ""
