"""Connections that are vetted where they are made.

Owns the resolver and the sockets of the pool: every answer to a name is vetted, and then the very
address that a socket is for, so that a name cannot change its mind between the two. Refuses to
know about HTTP: ``fetch`` does.
"""

import socket
import ssl

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from dateline.errors import AddressRefused
from services.poller.guard import Allowed, vet

MAX_HEADER_BYTES = 32_768
"""Longest header line: policy headers of 8 KB and more are seen in the wild, 200 KB is an attack."""

MAX_HEADERS = 256

KEEPALIVE_S = 15
"""How long an idle connection is kept: longer than the pause between two pages of one host."""


def open_session(
    doors: "Doors", context: ssl.SSLContext, connections: int, *, kept: bool
) -> aiohttp.ClientSession:
    """Return a session of at most ``connections`` guarded connections, without cookies and proxies.

    Connections are ``kept`` for the next request to the same host, or closed after each answer.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            ssl=context,
            resolver=doors,
            socket_factory=doors.open_socket,
            limit=connections,
            force_close=not kept,
            keepalive_timeout=KEEPALIVE_S if kept else None,
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        max_line_size=MAX_HEADER_BYTES,
        max_field_size=MAX_HEADER_BYTES,
        max_headers=MAX_HEADERS,
    )


class SocketRefusedError(OSError):
    """A refusal in the shape that the connector understands; ``fetch.named`` turns it back."""


class Doors(AbstractResolver):
    """Vets every answer to a name and, again, the very address of every socket.

    ``resolver`` answers names (the system's when None); its answers are vetted all the same.
    """

    def __init__(self, resolver: AbstractResolver | None, allowed: Allowed) -> None:
        self._resolver = resolver or aiohttp.ThreadedResolver()
        self._allowed = allowed
        # Addresses that an allowed name stands for; only such a name can lead to them.
        self._opened: set[tuple[str, int]] = set()

    # The signature is aiohttp's; a refusal of one answer refuses the name.
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answers = await self._resolver.resolve(host, port, family)
        if not answers:
            raise OSError(f"no address for {host}")
        if (host, port) in self._allowed:
            self._opened.update((answer["host"], port) for answer in answers)
            return answers
        for answer in answers:
            vet(answer["host"])
        return answers

    async def close(self) -> None:
        await self._resolver.close()

    def open_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        pair = (str(address[0]), int(address[1]))
        if pair not in self._allowed and pair not in self._opened:
            try:
                vet(pair[0])
            except AddressRefused as error:
                raise SocketRefusedError(str(error)) from error
        return socket.socket(family, kind, protocol)
