"""Content encodings, undone under a cap.

Owns gzip, deflate and zstd bodies. Refuses brotli (no decoder of ours can be stopped at a cap)
and stacks: a stack of encodings serves nobody but an attacker. Pure: bytes in, bytes out.
"""

import io
import zlib

import zstandard

from dateline.errors import FetchFailed, Reason

ACCEPT_ENCODING = "gzip, deflate, zstd"
"""What requests offer; a host that answers with anything else is not read."""

_GZIP_BITS = 31
_ZLIB_BITS = 15
_RAW_BITS = -15
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 1000

MAX_WINDOW_BYTES = 8 * 1024 * 1024
"""The most that a zstd body may make us hold beside its content (RFC 9659, section 3)."""

_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_MAX_FRAMES = 16
_READ = {"gzip", "x-gzip", "deflate", "zstd"}


class Decoder:
    """Turns the raw chunks of one body into at most ``max_bytes`` of content.

    ``encoding`` is the Content-Encoding header, or empty.

    Raises:
        FetchFailed: bad_encoding at once for an encoding that is not read; see ``feed``.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name not in {"", "identity"}]
        if len(names) > 1 or not set(names) <= _READ:
            raise FetchFailed(f"content encoding {encoding[:80]!r}", Reason.BAD_ENCODING)
        self._left = max_bytes
        self._gzip = names in (["gzip"], ["x-gzip"])
        self._deflate = names == ["deflate"]
        self._frames: list[bytes] | None = [] if names == ["zstd"] else None
        bits = _GZIP_BITS if self._gzip else _ZLIB_BITS
        self._stream = zlib.decompressobj(bits) if self._gzip or self._deflate else None
        self._started = False
        self._members = 1
        self._between = b""

    def feed(self, chunk: bytes) -> bytes:
        """Return the content that ``chunk`` completes; of a zstd body all comes at the end.

        Raises:
            FetchFailed: too_large when the content passes the cap, decode_error for corrupt bytes.
        """
        if self._frames is not None:
            # The library bounds what it gives only when it has the whole body, which the cap bounds too.
            self._frames.append(chunk)
            return b""
        if self._stream is None:
            return self._count(chunk)
        out = []
        while chunk:
            if self._stream.eof and not (chunk := self._next_member(chunk)):
                break
            out.append(self._count(self._inflate(chunk)))
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return b"".join(out)

    def finish(self) -> bytes:
        """Return the last of the content, if the body ended where its encoding ends; an empty body is whole.

        Raises:
            FetchFailed: truncated; for a zstd body also as ``feed``.
        """
        if self._frames is not None:
            return self._unframed(b"".join(self._frames))
        if self._stream is not None and self._started and not self._stream.eof:
            raise FetchFailed("compressed body ends early", Reason.TRUNCATED)
        return b""

    def _unframed(self, raw: bytes) -> bytes:
        out: list[bytes] = []
        decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
        for _ in range(_MAX_FRAMES):
            if not raw or (out and not raw.startswith(_ZSTD_MAGIC)):
                return b"".join(out)  # what follows the last frame is padding
            try:
                with decompressor.stream_reader(io.BytesIO(raw)) as frame:
                    # One byte above the cap is enough to know; this reader does not tell where the frame ends.
                    if len(frame.read(self._left + 1)) > self._left:
                        raise FetchFailed("body larger than its cap", Reason.TOO_LARGE)
                # The content is known to be small now.
                whole = decompressor.decompressobj()
                out.append(self._count(whole.decompress(raw)))
            except zstandard.ZstdError as error:
                raise FetchFailed(f"corrupt body: {error}", Reason.DECODE_ERROR) from error
            if not whole.eof:
                raise FetchFailed("compressed body ends early", Reason.TRUNCATED)
            raw = whole.unused_data
        raise FetchFailed("zstd body of too many frames", Reason.DECODE_ERROR)

    def _count(self, content: bytes) -> bytes:
        self._left -= len(content)
        if self._left < 0:
            raise FetchFailed("body larger than its cap", Reason.TOO_LARGE)
        return content

    def _inflate(self, chunk: bytes) -> bytes:
        assert self._stream is not None
        # One byte above the cap is enough to know; zlib keeps the rest in unconsumed_tail.
        cap = self._left + 1
        try:
            content = self._stream.decompress(chunk, cap)
        except zlib.error as error:
            if not self._deflate or self._started:
                raise FetchFailed(f"corrupt body: {error}", Reason.DECODE_ERROR) from error
            content = self._inflate_raw(chunk, cap)
        self._started = True
        return content

    def _inflate_raw(self, chunk: bytes, cap: int) -> bytes:
        # "deflate" means zlib (RFC 9110), but some hosts have always sent it without the wrapper.
        self._stream = zlib.decompressobj(_RAW_BITS)
        try:
            return self._stream.decompress(chunk, cap)
        except zlib.error as error:
            raise FetchFailed(f"corrupt body: {error}", Reason.DECODE_ERROR) from error

    def _next_member(self, chunk: bytes) -> bytes:
        # A gzip body may have several members; what else follows is padding, as in every browser.
        rest = self._between + chunk
        if not self._gzip or not (rest + _GZIP_MAGIC[len(rest) :]).startswith(_GZIP_MAGIC):
            self._gzip = False
            return b""
        self._between = b"" if len(rest) > 1 else rest
        if self._between:
            return b""
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise FetchFailed("gzip body of too many members", Reason.DECODE_ERROR)
        self._stream = zlib.decompressobj(_GZIP_BITS)
        return rest
