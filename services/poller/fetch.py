"""One request, its answer whole and bounded, or a named reason why not.

Owns the sockets to other people's hosts: the pool, the guarded connections, redirects by hand,
caps and deadlines. Refuses to retry, to pace and to parse: ``visit`` and ``hosts`` decide when.
No proxy, no cookie and no environment variable has a say. Requests go to httpx's transport as
they are: its client would parse each address twice more and merge headers that never change.
"""

import asyncio
import re
import ssl
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self, cast
from urllib.parse import urljoin

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport

from dateline.errors import DatelineError, FetchFailed, Reason
from services.poller.answer import Answer, Fetched, whole
from services.poller.decode import ACCEPT_ENCODING
from services.poller.doors import KEEPALIVE_S, Doors, open_session
from services.poller.fetch_errors import HTTPX_ERRORS, named
from services.poller.guard import NOBODY, Allowed, Target, vet_url
from services.poller.keeping import Keeping

__all__ = ["ACCEPT_FEED", "ACCEPT_PAGE", "MAX_REDIRECTS", "Fetched", "Fetcher", "shared_context"]

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

MAX_REDIRECTS = 5
"""Redirects followed for one request; real moves take one or two (http to https, then www)."""

MAX_REPLY_BYTES = 100_000
"""Longest answer to something that was sent: a word, or a page that says what was wrong with it."""

MAX_VALIDATOR_CHARACTERS = 1024
"""A longer ETag is not sent back: the request would be refused for its size."""

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT_REDIRECTS = {301, 308}
_KEEP_METHOD = {307, 308}
_PATH = re.compile(r"[/?][^#]*|#")
_NO_HEADERS: Mapping[str, str] = {}


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
        self.allowed = allowed
        context = shared_context()
        doors = Doors(resolver, allowed)
        self._keeping = Keeping(KEEPALIVE_S)
        # A transport takes its connection pool from the session; its own context is the shared one.
        self._passing, self._kept = (
            AiohttpTransport(
                verify=context,
                trust_env=False,
                client=open_session(doors, context, connections, kept=kept),
            )
            for kept in (False, True)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._passing.aclose()
        await self._kept.aclose()

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
        sent = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}
        if etag and _sendable(etag):
            sent["If-None-Match"] = etag
        if last_modified and _sendable(last_modified):
            sent["If-Modified-Since"] = last_modified
        asked = _Asked(url, sent, headers or _NO_HEADERS, follow, max_redirects, max_bytes)
        return await _within(deadline_s, self._follow(asked))

    async def post(self, url: str, body: bytes, content_type: str, deadline_s: float) -> Fetched:
        """Return the answer (2xx) to ``body``, sent to an absolute http(s) address.

        307 and 308 ask for the body elsewhere: within the origin they are followed, to another one
        they are the answer (``redirect_to``), for the body may hold what only this origin is to know.

        Raises:
            AddressRefused: the address, or one that it redirects to, is not connected to.
            FetchFailed: anything else.
        """
        return await _within(deadline_s, self._post(url, body, content_type))

    async def _follow(self, asked: "_Asked") -> Fetched:
        url, permanent = asked.url, True
        headers = {**asked.headers, **asked.secret} if asked.secret else asked.headers
        first = target = vet_url(url, self.allowed)
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
            following = vet_url(onward, self.allowed)
            if not asked.follows(onward, same_host=following.host == target.host):
                return _unfollowed(response.status_code, url, onward, hop, permanent=permanent)
            url, target = onward, following
            if target != first:
                headers = asked.headers
        raise FetchFailed(f"more than {asked.max_redirects} redirects", Reason.REDIRECTS)

    async def _post(self, url: str, body: bytes, content_type: str) -> Fetched:
        ours = {"User-Agent": self._user_agent, "Accept-Encoding": ACCEPT_ENCODING}
        headers = {**ours, "Content-Type": content_type}
        first = vet_url(url, self.allowed)
        for hop in range(MAX_REDIRECTS + 1):
            response = await self._send("POST", url, first, headers, body)
            try:
                if response.status_code not in _KEEP_METHOD:
                    return await _read(response, url, MAX_REPLY_BYTES, None, hop)
                onward = _location(response, url)
            finally:
                await response.aclose()
            if vet_url(onward, self.allowed) != first:
                return _unfollowed(response.status_code, url, onward, hop, permanent=False)
            url = onward
        raise FetchFailed(f"more than {MAX_REDIRECTS} redirects", Reason.REDIRECTS)

    async def _send(
        self, method: str, url: str, target: Target, headers: Mapping[str, str], body: bytes = b""
    ) -> httpx.Response:
        kept = self._keeping.is_worth(target, asyncio.get_running_loop().time())
        # A kept connection may turn out to be closed; what was to be got is asked again, a body is not.
        transport = self._kept if kept and method == "GET" else self._passing
        return await transport.handle_async_request(_Request(method, _vetted(url, target), headers, body))


class _Address(httpx.URL):
    """An address put together from vetted parts; it is only ever written out."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


class _Request(httpx.Request):
    """A request that is complete as it is: nothing of it is parsed, merged or guessed."""

    def __init__(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> None:
        self.method = method
        self.url = _Address(address)
        # The transport hands the headers on as a mapping; Host and Content-Length are set below it.
        self.headers = cast("httpx.Headers", headers)
        self.extensions = {}
        self._content = body


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


def _vetted(url: str, target: Target) -> str:
    """Return the address to ask: scheme, host and port as vetted, path and query as written, no fragment."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    authority_at = url.index("://") + 3
    path = _PATH.search(url, authority_at)
    rest = path[0] if path else ""
    return f"{target.scheme}://{host}:{target.port}{rest if rest[:1] == '/' else '/' + rest}"


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
    return len(validator) <= MAX_VALIDATOR_CHARACTERS and validator.isascii() and validator.isprintable()


def _headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers by lower-case name, repeated ones joined by commas."""
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


async def _read(
    response: httpx.Response, url: str, max_bytes: int, moved_to: str | None, hops: int
) -> Fetched:
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)
    answer = Answer(status=response.status_code, headers=_headers(response), chunks=stream)
    return await whole(answer, url, max_bytes, moved_to, hops)
