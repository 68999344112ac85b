"""The port that hubs reach: an application behind limits on what strangers may hold open.

Owns the socket, the number of connections, the time of each and the size of a head. Every
connection serves one request: what is slow, idle or too many is cut, and a hub repeats.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http import HttpProcessingError
from aiohttp.typedefs import Middleware

from dateline.errors import Misconfigured

MAX_CONNECTIONS = 256
HEAD_S = 10.0
"""From the connection to the end of the request's head."""

CONNECTION_S = 40.0
"""From the connection to its end: the head, a body under its own deadline, a commit and the answer."""

SWEEP_S = 0.5
MAX_LINE_BYTES = 8190
MAX_HEADERS = 64
LINGER_S = 2.0
"""How long an unread body is still listened to, so that the hub sees the answer and not a reset."""

SHUTDOWN_S = 3.0
"""What pushes that are being stored get to end after the stop; the process itself has ten seconds."""

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Strangers(logging.Filter):
    """Keeps what is no HTTP out of the log: it was answered 400, and anybody may send a million of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


_STRANGERS = _Strangers()


class _Limits:
    """Which connections have begun a request, and since when each stands."""

    def __init__(self) -> None:
        self.begun: set[asyncio.BaseProtocol] = set()

    @property
    def middleware(self) -> Middleware:
        @web.middleware
        async def once(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.begun.add(request.protocol)
            try:
                response = await handler(request)
            except web.HTTPException as refusal:
                refusal.force_close()
                raise
            response.force_close()
            return response

        return once

    async def sweep(self, server: web.Server) -> None:
        """Cut what stands too long, until cancelled."""
        clock = asyncio.get_running_loop().time
        since: dict[asyncio.BaseProtocol, float] = {}
        while True:
            await asyncio.sleep(SWEEP_S)
            standing = server.connections
            since = {one: since.get(one, clock()) for one in standing}
            self.begun.intersection_update(standing)
            for one in standing:
                limit_s = CONNECTION_S if one in self.begun else HEAD_S
                if one.transport is not None and clock() - since[one] > limit_s:
                    one.transport.abort()


class _Full(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


@asynccontextmanager
async def listening(routes: list[web.RouteDef], host: str, port: int) -> AsyncIterator[int]:
    """Serve ``routes`` while inside; gives the port, which the system chooses when ``port`` is 0.

    Pollers on one machine share the port: the system hands each connection to one of them.

    Raises:
        Misconfigured: the address is not ours to open.
    """
    limits = _Limits()
    runner = _runner(routes, limits)
    await runner.setup()
    server = runner.server
    if server is None:
        raise AssertionError("a runner that is set up has a server")

    def connect() -> asyncio.Protocol:
        return _Full() if len(server.connections) >= MAX_CONNECTIONS else server()

    try:
        socket = await asyncio.get_running_loop().create_server(connect, host, port, reuse_port=True)
    except OSError as error:
        await runner.cleanup()
        raise Misconfigured(f"cannot listen for hubs on {host}:{port}: {error}") from error
    sweeper = asyncio.create_task(limits.sweep(server))
    try:
        yield int(socket.sockets[0].getsockname()[1])
    finally:
        sweeper.cancel()
        socket.close()
        await runner.cleanup()


def _runner(routes: list[web.RouteDef], limits: _Limits) -> web.AppRunner:
    application = web.Application(middlewares=[limits.middleware])
    application.add_routes(routes)
    log.addFilter(_STRANGERS)
    return web.AppRunner(
        application,
        logger=log,
        access_log=None,
        handle_signals=False,
        # The signature is over what was sent; what is packed is refused.
        auto_decompress=False,
        max_line_size=MAX_LINE_BYTES,
        max_field_size=MAX_LINE_BYTES,
        max_headers=MAX_HEADERS,
        lingering_time=LINGER_S,
        shutdown_timeout=SHUTDOWN_S,
    )
