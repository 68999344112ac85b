"""The pure work on one page, as the killable child does it: read, fingerprint, code.

Owns the order of the pure rooms and what crosses the pipe. Refuses Redis, logs and metrics: the
child's results are bytes, and its parent counts them.
"""

import time
import traceback
from datetime import datetime
from typing import Protocol

import msgspec
from msgspec import Struct

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.lineage import origin
from dateline.errors import BadRecord, Permanent, Reason
from dateline.incidents.record import Coding
from dateline.model import Article, Page
from dateline.sandbox import Target
from dateline.settlement import PageResult
from dateline.store import pages
from dateline.text import extract, furniture, urls

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(PageResult)

_DAY_S = 86_400


class Asked(Struct, frozen=True, array_like=True):
    """What crosses the pipe to the child: a stored page, and what its host is known to repeat."""

    page: bytes
    sketch: bytes = b""


_asked_decoder = msgspec.msgpack.Decoder(Asked)


class Coder(Protocol):
    def code(self, article: Article) -> Coding: ...


def target(coder: Coder) -> Target:
    """Return the function that the child runs: what ``asking`` made in, a PageResult in msgpack out."""

    def read_and_code(blob: bytes) -> bytes:
        asked = asked_of(blob)
        return _encode(read_page(asked.page, coder, asked.sketch))

    return read_and_code


def asking(page: bytes, sketch: bytes) -> bytes:
    """Return what the child is sent for one page."""
    return _encode(Asked(page, sketch))


def asked_of(blob: bytes) -> Asked:
    """Return what the child was sent; only its parent writes to the pipe."""
    return _asked_decoder.decode(blob)


def read_page(blob: bytes, coder: Coder, sketch: bytes = b"") -> PageResult:
    """Return what one stored page says, given what its host is known to repeat.

    Total: every failure has its named reason in the result. The same bytes give the same result, times apart.
    """
    page: Page | None = None
    try:
        page = pages.decode(blob)
        return _coded(page, coder, sketch)
    except Permanent as error:
        return _failed(page, error.reason, str(error))
    except Exception:  # noqa: BLE001 - the edge of the child: a bug costs one page, and is told with its trace
        return _failed(page, Reason.INTERNAL, traceback.format_exc(limit=-8))


def decode(blob: bytes) -> PageResult:
    """Return the result that the child sent.

    Raises:
        BadRecord: the bytes are no result; the child is then not to be trusted.
    """
    try:
        return _decoder.decode(blob)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(f"not a page result: {error}") from error


def _coded(page: Page, coder: Coder, stored: bytes) -> PageResult:
    started_s = time.perf_counter()
    sketch = furniture.decode(stored)
    article = extract.read(page, sketch)
    lesson = furniture.lesson(article.lines, article.removed, _day(page.accepted_at))
    read_at_s = time.perf_counter()
    coding = coder.code(article)
    return PageResult(
        article_id=page.article_id,
        version=page.version,
        article=msgspec.structs.replace(article, lines=(), removed=()),
        fingerprint=fingerprint(article.text, article.title),
        coding=coding,
        aliases=_aliases(page, article),
        origin=origin(article),
        lesson=lesson,
        sketch=furniture.encode(furniture.learnt(sketch, lesson)),
        accepted_at=page.accepted_at,
        read_s=read_at_s - started_s,
        code_s=time.perf_counter() - read_at_s,
    )


def _aliases(page: Page, article: Article) -> tuple[str, ...]:
    addresses = (article.canonical_url or "", urls.canonical(page.final_url) if page.final_url else "")
    ids = [urls.article_id(address) for address in addresses if address]
    return tuple(dict.fromkeys(one for one in ids if one != page.article_id))


def _day(at: datetime) -> int:
    """Return the day since 1970-01-01; a damaged clock's earlier ones are the first."""
    return max(0, int(at.timestamp()) // _DAY_S)


def _failed(page: Page | None, reason: Reason, detail: str) -> PageResult:
    return PageResult(
        article_id=page.article_id if page else "",
        version=page.version if page else 0,
        accepted_at=page.accepted_at if page else None,
        reason=reason.value,
        detail=detail[-2000:],
    )
