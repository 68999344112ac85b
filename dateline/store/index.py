"""How an article is filed in the duplicate index: the keys that near-duplicates find it under.

Owns the packing, whose other half is `index.lua`. Pure. Refuses to know what a key means: that is
``dedup.fingerprint``'s.

A key of 52 bits falls into a field of ``PARTITION_BITS`` and a check of the other bits; the three
kinds of keys differ in the check's highest bits.
"""

from collections.abc import Sequence
from hashlib import sha1

from dateline.resemblance import Fingerprint

PARTITION_BITS = 20
"""Fields of the index, as a power of two. More fields: less is read and written for a key. Fewer: less is
spent on each."""

_FIELD_BYTES, _CHECK_BYTES = 3, 4
_EXACT, _ADDRESS = 1 << 51, 1 << 50
_KEY_BITS = 48


def packed(article_id: str, fingerprint: Fingerprint, aliases: Sequence[str]) -> tuple[bytes, int, int]:
    """Return the keys of an article, 7 bytes each, and how many are exact hashes and how many addresses.

    In this order: the exact hash (an article without words has no exact twin), the addresses, the
    article's own id the first of them, then the keys of the text.
    """
    exact = [_exact(fingerprint.exact)] if fingerprint.words else []
    addresses = [_address(one) for one in dict.fromkeys((article_id, *aliases))]
    codes = (*exact, *addresses, *dict.fromkeys(fingerprint.keys))
    mask = (1 << PARTITION_BITS) - 1
    parts = [
        (code & mask).to_bytes(_FIELD_BYTES, "little")
        + (code >> PARTITION_BITS).to_bytes(_CHECK_BYTES, "little")
        for code in codes
    ]
    return b"".join(parts), len(exact), len(addresses)


def _exact(digest: bytes) -> int:
    return _EXACT | (int.from_bytes(digest[:8], "little") % _EXACT)


def _address(article_id: str) -> int:
    # The hash that scripts can compute too: they look up the origins of copies.
    digest = sha1(article_id.encode(), usedforsecurity=False).hexdigest()
    return _ADDRESS | (int(digest[:13], 16) % _ADDRESS)
