"""One GET, whole and bounded, or a named reason why not.

Owns the sockets to other people's hosts: the pool, the guarded connections, redirects by hand,
caps and deadlines. Refuses to retry, to pace and to parse: ``loop`` and ``hosts`` decide when.
No proxy, no cookie and no environment variable has a say; the deadline covers name look-up to
last byte.
"""

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from services.poller.answer_headers import fresh_for_s, links, retry_after
from services.poller.decode import ACCEPT_ENCODING, Decoder
from services.poller.doors import SocketRefusedError, open_session
from services.poller.guard import NOBODY, Allowed, Target, vet_url

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

MAX_REDIRECTS = 5
"""Redirects followed for one request; real moves take one or two (http to https, then www)."""

MAX_REPLY_BYTES = 100_000
"""Longest answer to something that was sent: a word or a page that says what was wrong with it."""

MAX_VALIDATOR_CHARACTERS = 1024
"""A longer ETag is not sent back: the request would be refused for its size."""

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT_REDIRECTS = {301, 308}
_KEEP_METHOD = {307, 308}
_KEPT_HEADERS = ("cache-control", "expires", "link", "tdm-reservation", "tdm-policy", "x-robots-tag")
_NO_HEADERS: Mapping[str, str] = {}

HTTPX_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError)
"""The roots of what httpx raises; a test holds them against the library."""

HTTPX_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (httpx.TimeoutException, Reason.DEADLINE),
    (httpx.ConnectError, Reason.CONNECT),
    (httpx.ReadError, Reason.TRUNCATED),
    (httpx.NetworkError, Reason.CONNECT),
    (httpx.ProtocolError, Reason.PROTOCOL),
    (httpx.ProxyError, Reason.CONNECT),
    (httpx.UnsupportedProtocol, Reason.BAD_URL),
    (httpx.DecodingError, Reason.DECODE_ERROR),
    (httpx.TooManyRedirects, Reason.REDIRECTS),
    (httpx.HTTPError, Reason.PROTOCOL),
    (httpx.InvalidURL, Reason.BAD_URL),
    (httpx.CookieConflict, Reason.PROTOCOL),
    (httpx.StreamError, Reason.PROTOCOL),
)
"""What httpx raises and how it is counted; the first row that fits wins."""

AIOHTTP_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (aiohttp.ServerTimeoutError, Reason.DEADLINE),
    (aiohttp.ClientConnectorError, Reason.CONNECT),
    (aiohttp.ServerDisconnectedError, Reason.PROTOCOL),
    (aiohttp.ClientConnectionError, Reason.CONNECT),
    (aiohttp.ClientPayloadError, Reason.TRUNCATED),
    (aiohttp.InvalidURL, Reason.BAD_URL),
    (aiohttp.ClientError, Reason.PROTOCOL),
)
"""What lies below: the transport maps a lost connection to a timeout and lets others through."""


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


@cache
def shared_context() -> ssl.SSLContext:
    """Return the one TLS context of the process: reading the certificates costs tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)


class Fetcher:
    """A pool of guarded connections; make it inside the running loop, close it at the end.

    ``resolver`` answers names (the system's when None); every answer is vetted, whoever gives it.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        allowed: Allowed = NOBODY,
        connections: int = 100,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._allowed = allowed
        context = shared_context()
        self._session = open_session(allowed, context, connections, resolver)
        # The transport takes the connection pool from the session; its own context is the shared one.
        self._transport = AiohttpTransport(verify=context, trust_env=False, client=self._session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()
        await self._session.close()

    async def fetch(
        self,
        url: str,
        *,
        max_bytes: int,
        deadline_s: float,
        accept: str = ACCEPT_PAGE,
        etag: str | None = None,
        last_modified: str | None = None,
        headers: Mapping[str, str] | None = None,
        follow: bool | Callable[[str], bool] = True,
        max_redirects: int = MAX_REDIRECTS,
    ) -> Fetched:
        """Return the whole answer of an absolute http(s) address, decoded.

        ``max_bytes`` caps the body before and after decoding. ``deadline_s`` covers all of it:
        names, connections, redirects, headers and body. ``headers`` are sent to the address's own
        origin only, and no more once a redirect has left it. With ``follow`` False a redirect to
        another host is the answer (``redirect_to``); a function says of each next address whether
        to follow it at once.

        Raises:
            AddressRefused: the address, or one that it redirects to, is not connected to.
            FetchFailed: anything else that is no 2xx and no 304, with its reason, status and Retry-After.
        """
        sent = self._headers(accept, etag, last_modified)
        asked = _Asked(url, sent, headers or _NO_HEADERS, follow, max_redirects, max_bytes)
        return await _within(deadline_s, self._follow(asked))

    async def post(self, url: str, body: bytes, content_type: str, deadline_s: float) -> Fetched:
        """Return the answer (2xx) to ``body``, sent to an absolute http(s) address.

        Only 307 and 308 say that a body is wanted elsewhere: within the origin they are followed,
        to another one they are the answer (``redirect_to``), for the body may hold what only this
        origin is to know.

        Raises:
            AddressRefused: the address, or one that it redirects to, is not connected to.
            FetchFailed: anything else.
        """
        return await _within(deadline_s, self._post(url, body, content_type))

    def _headers(self, accept: str, etag: str | None, last_modified: str | None) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}
        if etag and _sendable(etag):
            headers["If-None-Match"] = etag
        if last_modified and _sendable(last_modified):
            headers["If-Modified-Since"] = last_modified
        return headers

    async def _follow(self, asked: "_Asked") -> Fetched:
        url, permanent = asked.url, True
        headers: Mapping[str, str] = {**asked.headers, **asked.secret}
        first = target = vet_url(url, self._allowed)
        for hop in range(asked.max_redirects + 1):
            response = await self._send("GET", url, target, headers)
            try:
                if response.status_code not in _REDIRECTS:
                    moved_to = url if hop and permanent else None
                    return await _read(response, url, asked.max_bytes, moved_to, hop)
                permanent = permanent and response.status_code in _PERMANENT_REDIRECTS
                onward = _location(response, url)
            finally:
                await response.aclose()
            following = vet_url(onward, self._allowed)
            if not asked.follows(onward, same_host=following.host == target.host):
                return _unfollowed(response.status_code, url, onward, hop, permanent=permanent)
            url, target = onward, following
            if target != first:
                headers = asked.headers
        raise FetchFailed(f"more than {asked.max_redirects} redirects", Reason.REDIRECTS)

    async def _post(self, url: str, body: bytes, content_type: str) -> Fetched:
        headers = {
            "User-Agent": self._user_agent,
            "Accept-Encoding": ACCEPT_ENCODING,
            "Content-Type": content_type,
        }
        first = vet_url(url, self._allowed)
        for hop in range(MAX_REDIRECTS + 1):
            response = await self._send("POST", url, first, headers, body)
            try:
                if response.status_code not in _KEEP_METHOD:
                    return await _read(response, url, MAX_REPLY_BYTES, None, hop)
                onward = _location(response, url)
            finally:
                await response.aclose()
            if vet_url(onward, self._allowed) != first:
                permanent = response.status_code in _PERMANENT_REDIRECTS
                return _unfollowed(response.status_code, url, onward, hop, permanent=permanent)
            url = onward
        raise FetchFailed(f"more than {MAX_REDIRECTS} redirects", Reason.REDIRECTS)

    async def _send(
        self, method: str, url: str, target: Target, headers: Mapping[str, str], body: bytes | None = None
    ) -> httpx.Response:
        address = httpx.URL(url).copy_with(host=target.host, fragment=None)
        return await self._transport.handle_async_request(
            httpx.Request(method, address, headers=headers, content=body)
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One GET with the redirects that it may take."""

    url: str
    headers: Mapping[str, str]
    #: For the origin of ``url`` only.
    secret: Mapping[str, str]
    follow: bool | Callable[[str], bool]
    max_redirects: int
    max_bytes: int

    def follows(self, onward: str, *, same_host: bool) -> bool:
        if callable(self.follow):
            return self.follow(onward)
        return self.follow or same_host


async def _within(deadline_s: float, work: Coroutine[None, None, Fetched]) -> Fetched:
    try:
        async with asyncio.timeout(deadline_s):
            return await work
    except TimeoutError as error:
        raise FetchFailed(f"no whole answer in {deadline_s:g} s", Reason.DEADLINE) from error
    except DatelineError:
        raise
    except (*HTTPX_ERRORS, aiohttp.ClientError, OSError) as error:
        raise named(error) from error
    except ValueError as error:
        # yarl, aiohttp and the codecs refuse odd addresses and headers in this way.
        raise FetchFailed(f"odd address or header: {error}", Reason.BAD_URL) from error


def _location(response: httpx.Response, url: str) -> str:
    location: str = response.headers.get("location", "").strip()
    if not location:
        raise FetchFailed("redirect without an address", Reason.REDIRECTS, status=response.status_code)
    # A raw space is against the rules and common all the same; every browser escapes it.
    return urljoin(url, location.replace(" ", "%20"))


def _unfollowed(status: int, url: str, onward: str, hops: int, *, permanent: bool) -> Fetched:
    moved_to = onward if permanent else None
    return Fetched(status=status, url_final=url, headers={}, redirect_to=onward, moved_to=moved_to, hops=hops)


def _sendable(validator: str) -> bool:
    return 0 < len(validator) <= MAX_VALIDATOR_CHARACTERS and validator.isascii() and validator.isprintable()


async def _read(
    response: httpx.Response, url: str, max_bytes: int, moved_to: str | None, hops: int
) -> Fetched:
    headers = response.headers
    retry_after_s = retry_after(headers.get("retry-after"), headers.get("date"))
    status = response.status_code
    if status != 304 and not 200 <= status < 300:
        reason = Reason.GONE if status == 410 else Reason.HTTP_STATUS
        raise FetchFailed(f"HTTP {status}", reason, status=status, retry_after_s=retry_after_s)
    return Fetched(
        status=status,
        url_final=url,
        headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
        body=b"" if status == 304 else await _body(response, max_bytes),
        content_type=headers.get("content-type", ""),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        retry_after_s=retry_after_s,
        moved_to=moved_to,
        hops=hops,
        fresh_for_s=fresh_for_s(headers),
        links=links(headers.get("link", ""), url),
        framed="content-length" in headers or "chunked" in headers.get("transfer-encoding", "").lower(),
    )


async def _body(response: httpx.Response, max_bytes: int) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > max_bytes:
        raise FetchFailed(f"body of {declared} bytes", Reason.TOO_LARGE)
    decoder = Decoder(response.headers.get("content-encoding", ""), max_bytes)
    raw_bytes = 0
    chunks = []
    async for chunk in response.aiter_raw():
        raw_bytes += len(chunk)
        if raw_bytes > max_bytes:
            raise FetchFailed("body larger than its cap", Reason.TOO_LARGE)
        chunks.append(decoder.feed(chunk))
    decoder.finish()
    return b"".join(chunks)


def named(error: Exception) -> DatelineError:
    """Return the error of our tree that a library's error stands for.

    A refusal of the guard somewhere in the chain of causes wins; then what aiohttp said, since
    the transport above it calls a lost connection a timeout; then what httpx said.
    """
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < 10:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for one in chain:
        if isinstance(one, AddressRefused):
            return one
        if isinstance(one, SocketRefusedError):
            return AddressRefused(str(one))
    for table in (AIOHTTP_REASONS, HTTPX_REASONS):
        for one in chain:
            for kind, reason in table:
                if isinstance(one, kind):
                    return FetchFailed(f"{type(one).__name__}: {one}"[:300], reason)
    return FetchFailed(f"{type(error).__name__}: {error}"[:300], Reason.CONNECT)
