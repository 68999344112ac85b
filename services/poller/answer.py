"""An answer, read whole and within its bounds.

Owns what becomes of status, headers and body; refuses to know sockets and libraries: ``fetch``
hands in the chunks as they come.
"""

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass

from dateline.errors import FetchFailed, Reason
from services.poller.answer_headers import fresh_for_s, links, retry_after
from services.poller.decode import Decoder

_KEPT_HEADERS = (
    "cache-control",
    "expires",
    "link",
    "content-signal",
    "content-usage",
    "tdm-reservation",
    "tdm-policy",
    "x-robots-tag",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole answer: 2xx with its content, 304 without, or a redirect that was not to be followed."""

    status: int
    url_final: str
    headers: dict[str, str]
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    retry_after_s: int | None = None
    #: Where the resource lives from now on: set when every redirect on the way was permanent.
    moved_to: str | None = None
    #: Where a redirect leads that was not followed: vetted, absolute. None for an answer.
    redirect_to: str | None = None
    #: Redirects followed on the way.
    hops: int = 0
    #: For how many more seconds the answer is fresh; None when it does not say.
    fresh_for_s: int | None = None
    #: (relation, absolute address) of its Link headers.
    links: tuple[tuple[str, str], ...] = ()
    #: False when neither a length nor chunks said where the body ends: a cut would not be seen.
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: headers by lower-case name (repeated ones joined by commas), the body still on its way."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterable[bytes]


async def whole(answer: Answer, url: str, max_bytes: int, moved_to: str | None, hops: int) -> Fetched:
    """Return the answer with its body, decoded, at most ``max_bytes`` before and after.

    Raises:
        FetchFailed: a status other than 2xx and 304 (reason gone for 410), with its Retry-After;
            a body too large, cut short, or of an encoding that is not read.
    """
    headers, status = answer.headers, answer.status
    wish = headers.get("retry-after")
    retry_after_s = retry_after(wish, headers.get("date")) if wish else None
    if status != 304 and not 200 <= status < 300:
        reason = Reason.GONE if status == 410 else Reason.HTTP_STATUS
        raise FetchFailed(f"HTTP {status}", reason, status=status, retry_after_s=retry_after_s)
    return Fetched(
        status=status,
        url_final=url,
        headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
        body=b"" if status == 304 else await _body(answer, max_bytes),
        content_type=headers.get("content-type", ""),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        retry_after_s=retry_after_s,
        moved_to=moved_to,
        hops=hops,
        fresh_for_s=fresh_for_s(headers),
        links=links(headers["link"], url) if "link" in headers else (),
        framed="content-length" in headers or "chunked" in headers.get("transfer-encoding", "").lower(),
    )


async def _body(answer: Answer, max_bytes: int) -> bytes:
    declared = answer.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > max_bytes:
        raise FetchFailed(f"body of {declared} bytes", Reason.TOO_LARGE)
    decoder = Decoder(answer.headers.get("content-encoding", ""), max_bytes)
    raw_bytes = 0
    chunks = []
    async for chunk in answer.chunks:
        raw_bytes += len(chunk)
        if raw_bytes > max_bytes:
            raise FetchFailed("body larger than its cap", Reason.TOO_LARGE)
        chunks.append(decoder.feed(chunk))
    chunks.append(decoder.finish())
    return b"".join(chunks)
