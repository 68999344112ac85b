"""How a page lies in Redis: msgpack, compressed.

Owns the codec. A page is stored once, read once or a few times, and dropped when settled.
"""

import msgspec
import zstandard

from dateline.errors import BadRecord
from dateline.model import Page

#: Level 3 packs a news page to about a fifth in well under a millisecond.
_LEVEL = 3

#: No page is larger unpacked: the fetcher's cap on its body, and room for the entry.
_MAX_BYTES = 64_000_000

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Page)


def encode(page: Page) -> bytes:
    """Return the stored form. ``decode(encode(page)) == page``."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(_ENCODER.encode(page))


def decode(blob: bytes) -> Page:
    """Return the page.

    Raises:
        BadRecord: the bytes are not a stored page.
    """
    try:
        return _DECODER.decode(zstandard.ZstdDecompressor().decompress(blob, max_output_size=_MAX_BYTES))
    except (zstandard.ZstdError, msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadRecord(f"not a stored page: {error}") from error
