"""One GET, whole and bounded, or a named reason why not.

Owns the sockets to other people's hosts: the pool, the guarded connections, redirects by hand,
caps and deadlines. Refuses to retry, to pace and to parse: ``loop`` and ``hosts`` decide when.
No proxy, no cookie and no environment variable has a say; the deadline covers name look-up to
last byte.
"""

import asyncio
import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from services.poller.decode import ACCEPT_ENCODING, Decoder
from services.poller.doors import SocketRefusedError, open_session
from services.poller.guard import NOBODY, Allowed, vet_url

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

MAX_REDIRECTS = 5
"""Redirects followed for one request; real moves take one or two (http to https, then www)."""

MAX_VALIDATOR_CHARACTERS = 1024
"""A longer ETag is not sent back: the request would be refused for its size."""

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT_REDIRECTS = {301, 308}
_KEPT_HEADERS = ("cache-control", "expires", "link", "tdm-reservation", "tdm-policy", "x-robots-tag")
_MAX_RETRY_AFTER_S = 7 * 86_400

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
    """A whole answer: 2xx with its content, or 304 without."""

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
        self._client = httpx.AsyncClient(
            transport=AiohttpTransport(verify=context, trust_env=False, client=self._session),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113 - each fetch runs under its own total deadline
        )
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()
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
    ) -> Fetched:
        """Return the whole answer of an absolute http(s) address, decoded.

        ``max_bytes`` caps the body before and after decoding. ``deadline_s`` covers all of it:
        names, connections, redirects, headers and body.

        Raises:
            AddressRefused: the address, or one that it redirects to, is not connected to.
            FetchFailed: anything else that is no 2xx and no 304, with its reason, status and Retry-After.
        """
        try:
            async with asyncio.timeout(deadline_s):
                return await self._follow(url, self._headers(accept, etag, last_modified), max_bytes)
        except TimeoutError as error:
            raise FetchFailed(f"no whole answer in {deadline_s:g} s", Reason.DEADLINE) from error
        except DatelineError:
            raise
        except (*HTTPX_ERRORS, aiohttp.ClientError, OSError) as error:
            raise named(error) from error
        except ValueError as error:
            # yarl, aiohttp and the codecs refuse odd addresses and headers in this way.
            raise FetchFailed(f"odd address or header: {error}", Reason.BAD_URL) from error

    def _headers(self, accept: str, etag: str | None, last_modified: str | None) -> dict[str, str]:
        headers = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}
        validators = {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""}
        return headers | {name: value for name, value in validators.items() if _sendable(value)}

    async def _follow(self, url: str, headers: dict[str, str], max_bytes: int) -> Fetched:
        permanent = True
        for hop in range(MAX_REDIRECTS + 1):
            target = vet_url(url, self._allowed)
            address = httpx.URL(url).copy_with(host=target.host, fragment=None)
            async with self._client.stream("GET", address, headers=headers) as response:
                if response.status_code not in _REDIRECTS:
                    moved_to = url if hop and permanent else None
                    return await _read(response, url, moved_to, max_bytes)
                permanent = permanent and response.status_code in _PERMANENT_REDIRECTS
                location = response.headers.get("location", "").strip()
            if not location:
                raise FetchFailed(
                    "redirect without an address", Reason.REDIRECTS, status=response.status_code
                )
            # A raw space is against the rules and common all the same; every browser escapes it.
            url = urljoin(url, location.replace(" ", "%20"))
        raise FetchFailed(f"more than {MAX_REDIRECTS} redirects", Reason.REDIRECTS)


def _sendable(validator: str) -> bool:
    return 0 < len(validator) <= MAX_VALIDATOR_CHARACTERS and validator.isascii() and validator.isprintable()


async def _read(response: httpx.Response, url: str, moved_to: str | None, max_bytes: int) -> Fetched:
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


def retry_after(value: str | None, date: str | None) -> int | None:
    """Return the seconds that Retry-After asks for, 0 to a week, or None when it says nothing.

    A date is read against the answer's own Date header, so that no clock is needed.
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), _MAX_RETRY_AFTER_S)
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(date or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(int(wait.total_seconds()), 0), _MAX_RETRY_AFTER_S)
