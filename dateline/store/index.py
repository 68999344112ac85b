"""How an article is filed in the duplicate index: the keys that near-duplicates find it under.

Owns the packing, whose other half is `index.lua`. Pure. Refuses to know what a key means: that is
``dedup.fingerprint``'s.

A key falls into a field of ``PARTITION_BITS`` and a check of the other bits; addresses are told from keys
of the text by the check's highest bit but one.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha1
from struct import Struct

from dateline.resemblance import Fingerprint, Neighbour

PARTITION_BITS = 20
"""Fields of the index, as a power of two. More fields: less is read and written for a key. Fewer: less is
spent on each."""

_FIELD_BYTES, _CHECK_BYTES, _EXACT_BYTES = 3, 4, 8
_FIELDS = (1 << PARTITION_BITS) - 1
_ADDRESS = 1 << 50
_HEAD = Struct("<HBIII8s")


def packed(article_id: str, fingerprint: Fingerprint, aliases: Sequence[str]) -> tuple[bytes, int]:
    """Return the keys of an article, its addresses first, its own id the first of them; and how many are addresses.

    First the field of each key, 3 bytes, then the check of each, 4 bytes. No two have one field.
    """
    addresses = [_address(one) for one in dict.fromkeys((article_id, *aliases))]
    by_field: dict[int, int] = {}
    for code in addresses:
        by_field.setdefault(code & _FIELDS, code >> PARTITION_BITS)
    count = len(by_field)
    for code in fingerprint.keys:
        by_field.setdefault(code & _FIELDS, code >> PARTITION_BITS)
    fields = b"".join([field.to_bytes(_FIELD_BYTES, "little") for field in by_field])
    checks = b"".join([check.to_bytes(_CHECK_BYTES, "little") for check in by_field.values()])
    return fields + checks, count


def read(record: bytes, *, same_address: bool, own: bytes, story: str, of: str, published: str) -> Neighbour:
    """Return the neighbour whose stub begins ``record``; ``own`` is what ``exactly`` says of who asks.

    ``published`` is an instant in ISO 8601; what is none, or has no time zone, is unknown.
    """
    length, id_bytes, _, _, words, exact = _HEAD.unpack_from(record)
    begin = _HEAD.size + id_bytes
    return Neighbour(
        id=record[_HEAD.size : begin].decode(),
        sketch=record[begin:length],
        words=words,
        exact=exact == own != bytes(_EXACT_BYTES),
        same_address=same_address,
        story=story,
        of=of,
        published_at=_instant(published),
    )


def exactly(fingerprint: Fingerprint) -> bytes:
    """Return what articles of the same words have in common: 8 bytes, zeros for no words at all."""
    return fingerprint.exact[:_EXACT_BYTES] if fingerprint.words else bytes(_EXACT_BYTES)


def _instant(published: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _address(article_id: str) -> int:
    # The hash that scripts can compute too: they look up the origins of copies.
    digest = sha1(article_id.encode(), usedforsecurity=False).hexdigest()
    return _ADDRESS | (int(digest[:13], 16) % _ADDRESS)
