"""No spelling, redirect, name or rebinding leads inside: proven by the sockets that were opened."""

import asyncio
import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from raw_server import Exchange, RawServer

from dateline.errors import AddressRefused
from services.poller.fetch import Fetcher

pytestmark = pytest.mark.integration

FORBIDDEN_V4 = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.0.1
169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1
192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255
"""
FORBIDDEN_V6 = """
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1
2001::1 2001:10::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1 3fff::1 2620:4f:8000::1 4000::1 fc00::1 fd00:ec2::254
fe80::1 fec0::1 ff02::1 ff0e::1
"""


class _Trace:
    """Notes every address that a socket of this process connects to while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[object] = []


TRACE = _Trace()


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and TRACE.on:
        TRACE.seen.append(arguments[1])


sys.addaudithook(_audit)


@pytest.fixture
def connected() -> Iterator[list[object]]:
    """The addresses that sockets were connected to during the test."""
    TRACE.seen, TRACE.on = [], True
    yield TRACE.seen
    TRACE.on = False


def spellings(address: str) -> list[str]:
    """Return the hosts that some parser somewhere takes for ``address``."""
    if ":" in address:
        long = ipaddress.IPv6Address(address).exploded
        return [f"[{address}]", f"[{long}]", f"[{long.upper()}]", f"[{address}%25eth0]"]
    a, b, c, d = (int(part) for part in address.split("."))
    number = int.from_bytes(bytes((a, b, c, d)))
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    return [
        address,
        f"{address}.",
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a:#x}.{b}.0{c:o}.{d}",
        f"{a:03}.{b:03}.{c:03}.{d:03}",
        f"{a + 256}.{b}.{c}.{d}",
        address.translate(wide),
        address.replace(".", "。"),
        address.replace(".", "%2e"),
        f"%{ord(address[0]):x}{address[1:]}",
        f"x@{address}",
        f"news.example@{address}",
        f"[::ffff:{address}]",
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]",
    ]


FORBIDDEN = [*FORBIDDEN_V4.split(), *FORBIDDEN_V6.split()]


class Names(AbstractResolver):
    """Every name stands for a public address and for the forbidden one that is set."""

    address = ""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in ("8.8.8.8", self.address)
        ]

    async def close(self) -> None:
        return None


async def refuses(fetcher: Fetcher, url: str) -> bool:
    try:
        await fetcher.fetch(url, max_bytes=1000, deadline_s=2)
    except AddressRefused:
        return True
    return False


def test_no_spelling_of_a_forbidden_address_is_connected_to(connected: list[object]) -> None:
    """54 addresses in up to 23 spellings, with and without TLS and port: no socket is even tried."""

    async def run() -> None:
        async with Fetcher("Dateline/test") as fetcher:
            for address in FORBIDDEN:
                for host in spellings(address):
                    for url in (f"http://{host}/", f"https://{host}/", f"http://{host}:8080/"):
                        assert await refuses(fetcher, url), url

    asyncio.run(run())
    assert len(FORBIDDEN) == 54
    assert connected == []


def test_no_redirect_leads_to_a_forbidden_address(connected: list[object]) -> None:
    """Only the host that redirects is ever connected to."""

    async def run() -> int:
        async def redirect(exchange: Exchange) -> None:
            await exchange.answer(b"", f"Location: http://{target}/", status="302 Found")

        async with RawServer({"/": redirect}) as server:
            async with Fetcher("Dateline/test", allowed=frozenset({("127.0.0.1", server.port)})) as fetcher:
                for address in FORBIDDEN:
                    for target in spellings(address)[:3]:
                        if target.isascii():
                            assert await refuses(fetcher, server.url("/")), target
            return server.port

    port = asyncio.run(run())
    assert set(connected) == {("127.0.0.1", port)}


def test_no_name_leads_to_a_forbidden_address(connected: list[object]) -> None:
    """A forbidden answer among public ones closes the whole name."""

    async def run() -> None:
        names = Names()
        async with Fetcher("Dateline/test", resolver=names) as fetcher:
            for number, address in enumerate(FORBIDDEN):
                names.address = address
                assert await refuses(fetcher, f"http://host{number}.example/"), address

    asyncio.run(run())
    assert connected == []
