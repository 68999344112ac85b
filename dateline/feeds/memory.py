"""What a feed's items were, between two polls.

Owns the short form in which a poll remembers them: one row an item, of the item's hash, its guid's
key and a digest of what its entry says. Refuses to decide: that a known guid with another digest is
a revision is the poller's judgement.

    decode(encode(rows)) == rows
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from urllib.parse import urlsplit

from msgspec import Struct

from dateline.feeds.plain import plain
from dateline.model import Entry

MAX_ROWS = 5_000
"""Rows kept of one feed: as many as it may have entries."""

FIELD_BYTES = 8
ROW_BYTES = 3 * FIELD_BYTES

BODY_CHARS = 100_000
"""Of the body's words, this much counts: the longest articles seen run to some 60,000."""


class Row(Struct, frozen=True):
    """One item: hash as written, key of its guid, digest of its words; 8 bytes each."""

    hash: bytes
    guid: bytes
    digest: bytes


def encode(rows: Iterable[Row]) -> bytes:
    """Return the rows as bytes, 24 a row; the first 5,000 of them.

    Raises:
        ValueError: a field is not 8 bytes long.
    """
    parts: list[bytes] = []
    for row in rows:
        if not len(row.hash) == len(row.guid) == len(row.digest) == FIELD_BYTES:
            raise ValueError("hash, guid and digest are 8 bytes each")
        if len(parts) < 3 * MAX_ROWS:
            parts += (row.hash, row.guid, row.digest)
    return b"".join(parts)


def decode(blob: bytes) -> tuple[Row, ...]:
    """Return the rows of ``blob``; () for bytes that ``encode`` did not write, so that all is parsed anew."""
    if len(blob) % ROW_BYTES or len(blob) > ROW_BYTES * MAX_ROWS:
        return ()
    return tuple(
        Row(blob[at : at + 8], blob[at + 8 : at + 16], blob[at + 16 : at + 24])
        for at in range(0, len(blob), ROW_BYTES)
    )


def digest(entry: Entry) -> bytes:
    """Return 8 bytes over the words of title, summary and body.

    Case, white space, markup, dates, addresses and ids do not count: an entry that changed in
    nothing else is no revision.
    """
    made = blake2b(digest_size=FIELD_BYTES)
    for text in (entry.title, entry.summary, plain(entry.html, BODY_CHARS) if entry.html else ""):
        # All white space goes: a tag that becomes a block where it was inline moves spaces only.
        made.update("".join(text.casefold().split()).encode("utf-8", "surrogatepass"))
        made.update(b"\0")
    return made.digest()


def stem(url: str) -> str:
    """Return ``url`` without query and fragment: no relative address that feeds carry depends on these."""
    try:
        return urlsplit(url)._replace(query="", fragment="").geturl()
    except ValueError:
        return url


def hasher(*context: str) -> Callable[[bytes], bytes]:
    """Return what hashes an item as written, to 8 bytes, together with the ``context`` that its entry depends on."""
    made = blake2b(digest_size=FIELD_BYTES)
    for part in context:
        made.update(part.encode("utf-8", "surrogatepass") + b"\0")

    def hashed(item: bytes) -> bytes:
        one = made.copy()
        one.update(item)
        return one.digest()

    return hashed
