"""The promises of services.poller.decode."""

import gzip
import zlib

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import FetchFailed, Reason
from services.poller.decode import Decoder


def decoded(encoding: str, raw: bytes, *, step: int = 7, cap: int = 100_000) -> bytes:
    decoder = Decoder(encoding, cap)
    out = b"".join(decoder.feed(raw[at : at + step]) for at in range(0, len(raw), step))
    return out + decoder.finish()


def zstd(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)


def unsized(content: bytes, wishes: zstandard.ZstdCompressionParameters | None = None) -> bytes:
    """zstd as servers send it: packed while it is sent, the size not said."""
    wishes = wishes or zstandard.ZstdCompressionParameters(write_content_size=0)
    packer = zstandard.ZstdCompressor(compression_params=wishes).compressobj()
    return packer.compress(content) + packer.flush()


def raw_deflate(content: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(content) + stream.flush()


@settings(max_examples=40)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50))
def test_what_was_packed_comes_back(parts: list[bytes], step: int) -> None:
    """Every encoding that we offer is undone, whatever the chunks, gzip with many members too."""
    content = b"".join(parts)
    assert decoded("", content, step=step) == content
    assert decoded("gzip", b"".join(gzip.compress(part) for part in parts), step=step) == content
    assert decoded("deflate", zlib.compress(content), step=step) == content
    assert decoded("zstd", b"".join(zstd(part) for part in parts), step=step) == content


def test_deflate_without_its_wrapper_is_read() -> None:
    """Hosts that send raw deflate are understood."""
    content = b"<rss>" * 50
    assert decoded("deflate", raw_deflate(content), step=1000) == content


def test_padding_after_gzip_is_dropped() -> None:
    """Zeros or junk after the last member change nothing."""
    assert decoded("gzip", gzip.compress(b"news") + b"\0" * 40 + gzip.compress(b"more")) == b"news"


@pytest.mark.parametrize(
    "encoding",
    ["br", "zstd, gzip", "zstd, zstd", "gzip, gzip", "gzip,gzip,gzip", ",".join(["gzip"] * 50), "exotic"],
)
def test_other_encodings_are_not_read(encoding: str) -> None:
    """An encoding that we did not offer, or a stack, is named."""
    with pytest.raises(FetchFailed) as caught:
        Decoder(encoding, 10)
    assert caught.value.reason is Reason.BAD_ENCODING


#: A frame whose window would take 128 MB.
WIDE = unsized(b"news" * 10, zstandard.ZstdCompressionParameters(window_log=27, write_content_size=0))


@pytest.mark.parametrize(
    ("encoding", "raw", "reason"),
    [
        ("", b"x" * 1001, Reason.TOO_LARGE),
        ("gzip", gzip.compress(b"x" * 1001), Reason.TOO_LARGE),
        ("gzip", gzip.compress(b"\0" * 20_000_000), Reason.TOO_LARGE),
        ("deflate", zlib.compress(b"x" * 1001), Reason.TOO_LARGE),
        ("zstd", zstd(b"x" * 1001), Reason.TOO_LARGE),
        ("zstd", unsized(b"\0" * 200_000_000), Reason.TOO_LARGE),
        ("zstd", zstd(b"x" * 600) * 2, Reason.TOO_LARGE),
        ("zstd", unsized(b"news " * 100)[:-3], Reason.TRUNCATED),
        ("zstd", zstd(b"a") + zstd(b"bcd" * 20)[:12], Reason.TRUNCATED),
        ("zstd", zstd(b"news " * 100)[:-4] + b"\1" * 4, Reason.DECODE_ERROR),
        ("zstd", b"<html>not zstd</html>", Reason.DECODE_ERROR),
        ("zstd", zstd(b"") * 40, Reason.DECODE_ERROR),
        ("zstd", WIDE, Reason.DECODE_ERROR),
        ("gzip", gzip.compress(b"news " * 100)[:-3], Reason.TRUNCATED),
        ("gzip", gzip.compress(b"news " * 100)[:20], Reason.TRUNCATED),
        ("gzip", gzip.compress(b"a") + gzip.compress(b"b")[:12], Reason.TRUNCATED),
        ("gzip", b"<html>not gzip</html>", Reason.DECODE_ERROR),
        ("gzip", gzip.compress(b"news " * 100)[:-8] + b"\1" * 8, Reason.DECODE_ERROR),
        ("gzip", gzip.compress(b"") * 2000, Reason.DECODE_ERROR),
        ("deflate", b"\xff\xff\xff\xff not deflate", Reason.DECODE_ERROR),
    ],
)
def test_each_bad_body_has_its_reason(encoding: str, raw: bytes, reason: Reason) -> None:
    """Bombs, cuts and corruption are told apart."""
    with pytest.raises(FetchFailed) as caught:
        decoded(encoding, raw, step=500, cap=1000)
    assert caught.value.reason is reason


def test_padding_after_zstd_is_dropped() -> None:
    """What follows the last frame changes nothing."""
    assert decoded("zstd", unsized(b"news") + b"\0" * 40) == b"news"


def test_the_cap_itself_fits() -> None:
    """A body of exactly the cap is let through."""
    assert len(decoded("zstd", unsized(b"x" * 1000), cap=1000)) == 1000
    assert len(decoded("gzip", gzip.compress(b"x" * 1000), cap=1000)) == 1000
