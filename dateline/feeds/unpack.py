"""Bodies that are gzip files themselves (``sitemap.xml.gz``), whatever their transfer said.

Owns the unpacking under a cap. Refuses other archives: feeds come in none.
"""

import zlib

from msgspec import Struct

from dateline.errors import BadFeed, Reason

MAX_BYTES = 10_000_000
"""The default of DATELINE_FEED_MAX_BYTES."""

_MAGIC = b"\x1f\x8b"
_WINDOW = 16 + zlib.MAX_WBITS  # gzip's header and checksum, nothing else


class Unpacked(Struct, frozen=True):
    """A body's bytes, and whether its file was there to its end."""

    body: bytes
    is_whole: bool = True


def unpack(body: bytes, max_bytes: int = MAX_BYTES) -> Unpacked:
    """Return the body as it is, or what its gzip file holds; of a file that was cut off, what came.

    Raises:
        BadFeed: too_large above ``max_bytes``, not_a_feed when there is nothing to be read in it.
    """
    parts: list[bytes] = []
    size, rest, is_whole = 0, body, True
    while rest.startswith(_MAGIC):
        reader = zlib.decompressobj(_WINDOW)
        try:
            part = reader.decompress(rest, max_bytes - size + 1)
        except zlib.error:
            part = b""
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise BadFeed(f"over {max_bytes} bytes when unpacked", Reason.TOO_LARGE)
        is_whole = reader.eof
        rest = reader.unused_data if is_whole and part else b""
    if not parts:
        return Unpacked(body)
    if not size:
        raise BadFeed("the gzip file is empty or broken", Reason.NOT_A_FEED)
    return Unpacked(b"".join(parts), is_whole)
