"""Captured pages from a file: WARC, or JSON Lines with html.

Owns how a capture becomes pages to be accepted. A record that cannot be used is told, with its
reason, and the next one is read.
"""

import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dateline.errors import BadRecord
from dateline.feeds import dates
from dateline.model import Entry, Page
from dateline.text import urls

_decode = msgspec.json.Decoder().decode

#: A capture larger than this is no article; it is cut, and reading then names the reason.
_MAX_BYTES = 20_000_000

_HTML = "text/html"

#: What reading packed or cut files raises; warcio reads on through a cut header and trips over what is missing.
_BROKEN_OFF = (AttributeError, EOFError, KeyError, TypeError, ValueError, OSError, zlib.error)


def read(path: Path, feed_id: str, now: datetime) -> Iterator[Page | BadRecord]:
    """Yield the pages of a capture, in order; what cannot be used comes as the error it is.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(2)
        stream.seek(0)
        warc = head == b"WA" or (head == b"\x1f\x8b" and ".warc" in path.name)
        yield from _warc(stream, feed_id, now) if warc else _json_lines(_unzipped(stream, head), feed_id, now)


def _unzipped(stream: BinaryIO, head: bytes) -> BinaryIO:
    if head != b"\x1f\x8b":
        return stream
    import gzip

    return gzip.open(stream)  # type: ignore[return-value]  # a GzipFile reads like a file


def _warc(stream: BinaryIO, feed_id: str, now: datetime) -> Iterator[Page | BadRecord]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            content_type = record.http_headers.get_header("Content-Type") or ""
            if _HTML not in content_type and "xhtml" not in content_type:
                continue
            yield _page(
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.content_stream().read(_MAX_BYTES),
                content_type,
                {},
                (feed_id, now),
            )
    except (ArchiveLoadFailed, *_BROKEN_OFF) as error:
        yield BadRecord(f"the WARC cannot be read further: {error}")


def _json_lines(stream: BinaryIO, feed_id: str, now: datetime) -> Iterator[Page | BadRecord]:
    for number, line in enumerate(_whole_lines(stream), start=1):
        if isinstance(line, BadRecord):
            yield line
            return
        if not line.strip():
            continue
        try:
            given = _decode(line)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            yield BadRecord(f"line {number} is not JSON: {error}")
            continue
        html = given.get("html") if isinstance(given, dict) else None
        if not isinstance(html, str):
            yield BadRecord(f'line {number} has no "html"')
            continue
        body = html.encode("utf-8", "replace")
        yield _page(str(given.get("url") or ""), body, "text/html; charset=utf-8", given, (feed_id, now))


def _whole_lines(stream: BinaryIO) -> Iterator[bytes | BadRecord]:
    """Yield lines until the end, or until a packed file breaks off: then the error that says so, last."""
    try:
        yield from stream
    except (EOFError, OSError, zlib.error) as error:
        yield BadRecord(f"the file cannot be read further: {error}")


def _page(url: str, body: bytes, content_type: str, given: dict[str, Any], at: tuple[str, datetime]) -> Page:
    feed_id, now = at
    canonical = urls.canonical(url)
    # Without an address the id given, else the bytes themselves, say which page it is.
    guid = canonical or str(given.get("id") or "") or blake2b(body, digest_size=16).hexdigest()
    published = given.get("published_at")
    title = given.get("title")
    return Page(
        article_id=urls.article_id(canonical or f"guid://{feed_id}/{guid}"),
        feed_id=feed_id,
        entry=Entry(
            guid=guid,
            url=canonical,
            title=title if isinstance(title, str) else "",
            published_at=dates.read(published).at if isinstance(published, str) else None,
        ),
        url=canonical,
        final_url=canonical,
        body=body,
        content_type=content_type,
        accepted_at=now,
    )
