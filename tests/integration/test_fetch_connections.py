"""Which connections services.poller.fetch makes, keeps and refuses, against real sockets."""

import asyncio
import socket
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from fetch_cases import (
    AGENT,
    CAP,
    PAGE,
    body,
    dripped_body,
    fetch,
    fetcher_for,
    silence,
    slow_headers,
)
from raw_server import RawServer

from dateline.errors import AddressRefused, FetchFailed, Reason
from services.poller.fetch import Fetcher

pytestmark = pytest.mark.integration


REDIRECTS_TO_REFUSED = {
    "file:///etc/passwd": Reason.BAD_URL,
    "ftp://example.org/": Reason.BAD_URL,
    "http://user:pw@example.org/": Reason.BAD_URL,
    "http://127.0.0.1:1/": Reason.ADDRESS_REFUSED,
    "http://127.0.0.1:6379/": Reason.ADDRESS_REFUSED,
    "http://[::1]/": Reason.ADDRESS_REFUSED,
    "http://[::ffff:127.0.0.1]/": Reason.ADDRESS_REFUSED,
    "http://2130706433/": Reason.ADDRESS_REFUSED,
    "http://0x7f.1/": Reason.ADDRESS_REFUSED,
    "http://127.1/": Reason.ADDRESS_REFUSED,
    "http://localhost/": Reason.ADDRESS_REFUSED,
    "//169.254.169.254/latest/meta-data/": Reason.ADDRESS_REFUSED,
}


@pytest.mark.parametrize("location", REDIRECTS_TO_REFUSED)
def test_redirects_are_vetted_like_any_address(location: str) -> None:
    """No redirect leads to where a feed could not have pointed."""
    with pytest.raises(AddressRefused) as caught:
        fetch(body(b"", f"Location: {location}", status="302 Found"))
    assert caught.value.reason is REDIRECTS_TO_REFUSED[location]


@pytest.mark.parametrize(
    ("status", "moved"), [("301 Moved Permanently", True), ("302 Found", False), ("308 x", True)]
)
def test_only_a_permanent_redirect_moves_a_feed(status: str, moved: bool) -> None:
    """The new address is told when every hop was permanent."""

    async def run() -> None:
        answers = {"/": body(b"", "Location: /new", status=status), "/new": body(PAGE)}
        async with RawServer(answers) as server, fetcher_for(server) as fetcher:
            got = await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=5)
            assert got.url_final == server.url("/new")
            assert got.moved_to == (server.url("/new") if moved else None)

    asyncio.run(run())


def test_a_redirect_with_a_space_is_followed() -> None:
    """What every browser repairs is repaired."""

    async def run() -> None:
        answers = {"/": body(b"", "Location: /a b", status="302 Found"), "/a%20b": body(PAGE)}
        async with RawServer(answers) as server, fetcher_for(server) as fetcher:
            assert (await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=5)).body == PAGE

    asyncio.run(run())


class Names(AbstractResolver):
    """Answers each look-up with the next of its lists of addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        return None


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "10.0.0.1"],
        ["::1"],
        ["2606:4700::1111", "fe80::1%eth0"],
        ["64:ff9b::7f00:1"],
    ],
)
def test_one_internal_answer_refuses_the_name(answers: list[str]) -> None:
    """A name with an internal address among its answers is not connected to at all."""

    async def run() -> None:
        async with RawServer({}) as server, fetcher_for(server, resolver=Names(answers)) as fetcher:
            with pytest.raises(AddressRefused):
                await fetcher.fetch(f"http://rebound.example:{server.port}/", max_bytes=CAP, deadline_s=2)
            assert server.connections == 0

    asyncio.run(run())


class Turncoat(Names):
    """Shows the guard one address and the connector another."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        (answer,) = await super().resolve(host, port, family)
        return [Shifting(answer)]  # type: ignore[list-item]  # a dict that changes its mind


class Shifting(dict[str, Any]):
    reads = 0

    def __getitem__(self, key: str) -> Any:
        if key == "host":
            self.reads += 1
            return "8.8.8.8" if self.reads == 1 else "127.0.0.1"
        return super().__getitem__(key)


def test_the_address_of_the_socket_is_what_counts() -> None:
    """A name that changes between look-up and connection is refused at the socket."""

    async def run() -> None:
        async with (
            RawServer({"/": body(PAGE)}) as server,
            Fetcher(AGENT, resolver=Turncoat(["8.8.8.8"])) as fetcher,
        ):
            with pytest.raises(AddressRefused):
                await fetcher.fetch(f"http://rebound.example:{server.port}/", max_bytes=CAP, deadline_s=2)
            assert server.connections == 0

    asyncio.run(run())


def test_an_allowed_name_reaches_its_own_port_only() -> None:
    """The sample wire may have a name; its address under another name stays refused."""

    async def run() -> None:
        async with RawServer({"/": body(PAGE)}) as server:
            allowed = frozenset({("sample", server.port)})
            async with Fetcher(AGENT, allowed=allowed, resolver=Names(["127.0.0.1"])) as fetcher:
                got = await fetcher.fetch(f"http://sample:{server.port}/", max_bytes=CAP, deadline_s=2)
                assert got.body == PAGE
                for host in ("127.0.0.1", "other.example"):
                    with pytest.raises(AddressRefused):
                        await fetcher.fetch(f"http://{host}:{server.port}/", max_bytes=CAP, deadline_s=2)

    asyncio.run(run())


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies of the environment are not used."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch(body(PAGE)).body == PAGE


def test_no_cookie_is_kept() -> None:
    """What one answer sets is not told to the next."""

    async def run() -> None:
        answers = {"/": body(PAGE, "Set-Cookie: id=1; Path=/")}
        async with RawServer(answers) as server, fetcher_for(server) as fetcher:
            for _ in range(2):
                await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=5)
            assert all("cookie" not in exchange.headers for exchange in server.seen)
            assert server.connections == 1

    asyncio.run(run())


def test_passed_deadlines_leave_the_pool_whole() -> None:
    """After 50 fetches cut off in every phase, a pool of two connections still serves."""

    async def run() -> None:
        answers = {"/drip": dripped_body, "/slow": slow_headers, "/mute": silence, "/": body(PAGE)}
        async with RawServer(answers) as server, fetcher_for(server, connections=2) as fetcher:

            async def cut_off(number: int) -> Reason:
                path = ("/drip", "/slow", "/mute")[number % 3]
                with pytest.raises(FetchFailed) as caught:
                    await fetcher.fetch(server.url(path), max_bytes=CAP, deadline_s=0.15)
                return caught.value.reason

            for _ in range(5):
                reasons = await asyncio.gather(*(cut_off(number) for number in range(10)))
                assert set(reasons) == {Reason.DEADLINE}
            for _ in range(4):
                got = await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=2)
                assert got.body == PAGE
            async with asyncio.timeout(5):
                while server.running:  # noqa: ASYNC110 - the server tells by a count
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def test_a_cancelled_fetch_is_cancelled() -> None:
    """Cancellation from outside is not mistaken for a deadline."""

    async def run() -> None:
        async with RawServer({"/": silence}) as server, fetcher_for(server) as fetcher:
            task = asyncio.create_task(fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=30))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(run())


def test_a_closed_port_is_a_failed_connection() -> None:
    """Nobody listening, and a name without an address, count as connect."""

    async def run() -> None:
        async with RawServer({}) as server:
            port = server.port
        async with Fetcher(AGENT, allowed=frozenset({("127.0.0.1", port)}), resolver=Names([])) as fetcher:
            for url in (f"http://127.0.0.1:{port}/", "http://nobody.example/"):
                with pytest.raises(FetchFailed) as caught:
                    await fetcher.fetch(url, max_bytes=CAP, deadline_s=2)
                assert caught.value.reason is Reason.CONNECT, url

    asyncio.run(run())
