"""What went wrong under a fetch, in the words of our tree.

Pure. Owns the tables of what httpx and aiohttp raise. Refuses to catch: ``fetch`` does, and asks
here what an error is to be called.
"""

import aiohttp
import httpx

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from services.poller.doors import SocketRefusedError

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
