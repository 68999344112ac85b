"""The promises of services.poller.fetch against real sockets: faults.md, section 2, rows 1 to 18."""

import asyncio
import gzip
import random
import socket
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from raw_server import Exchange, RawServer

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from services.poller.fetch import HTTPX_ERRORS, Fetched, Fetcher, named, retry_after

pytestmark = pytest.mark.integration

AGENT = "Dateline/test"
PAGE = b"<html><body><p>News of the day.</p></body></html>"
CAP = 200_000
Answer = Callable[[Exchange], Awaitable[None]]


def fetch(answer: Answer, *, deadline_s: float = 5.0, **asked: Any) -> Fetched:
    """Fetch "/" of a server that gives ``answer``."""

    async def run() -> Fetched:
        async with RawServer({"/": answer}) as server:
            allowed = frozenset({("127.0.0.1", server.port)})
            async with Fetcher(AGENT, allowed=allowed) as fetcher:
                return await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=deadline_s, **asked)

    return asyncio.run(run())


def body(content: bytes, *headers: str, status: str = "200 OK") -> Answer:
    async def answer(exchange: Exchange) -> None:
        await exchange.answer(content, *headers, status=status)

    return answer


def raw(*parts: bytes, hang_up: bool = True) -> Answer:
    async def answer(exchange: Exchange) -> None:
        for part in parts:
            await exchange.say(part)
        if hang_up:
            exchange.hang_up()

    return answer


async def endless(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await exchange.say(b"<p>more</p>" * 1000)


async def slow_headers(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        await exchange.say(b"X-%d: y\r\n" % number)
        await asyncio.sleep(0.05)


async def dripped_body(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        await exchange.say(b"x")
        await asyncio.sleep(0.05)


async def interim_answers(exchange: Exchange) -> None:
    for _ in range(1000):
        await exchange.say(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.02)


async def silence(exchange: Exchange) -> None:
    await exchange.gone()


GZ = "Content-Encoding: gzip"
BOMB = gzip.compress(b"\0" * 100_000_000, 1)
HEAD = b"HTTP/1.1 200 OK\r\n"
HOSTILE: dict[str, tuple[Answer, Reason]] = {
    "01 brotli": (body(b"\x1b" + b"\0" * 800, "Content-Encoding: br"), Reason.BAD_ENCODING),
    "02 zstd": (body(b"\x28\xb5\x2f\xfd" + b"\0" * 800, "Content-Encoding: zstd"), Reason.BAD_ENCODING),
    "03 gzip three times": (body(BOMB[:269], "Content-Encoding: gzip, gzip, gzip"), Reason.BAD_ENCODING),
    "03 in three headers": (body(BOMB[:269], GZ, GZ, GZ), Reason.BAD_ENCODING),
    "04 gzip bomb": (body(BOMB[:150_000], GZ), Reason.TOO_LARGE),
    "04 deflate bomb": (
        body(zlib.compress(b"\0" * 9_000_000), "Content-Encoding: deflate"),
        Reason.TOO_LARGE,
    ),
    "05 fifty encodings": (body(PAGE, "Content-Encoding: " + ", ".join(["gzip"] * 50)), Reason.BAD_ENCODING),
    "06 unknown encoding": (body(PAGE, "Content-Encoding: exotic"), Reason.BAD_ENCODING),
    "07 truncated gzip": (body(gzip.compress(PAGE)[:-9], GZ), Reason.TRUNCATED),
    "08 corrupt gzip": (body(gzip.compress(PAGE)[:10] + b"\xff" * 40, GZ), Reason.DECODE_ERROR),
    "09 length too long": (raw(HEAD + b"Content-Length: 5000\r\n\r\n" + PAGE), Reason.TRUNCATED),
    "09 chunks cut off": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\n<html>"), Reason.TRUNCATED),
    "11 endless body": (endless, Reason.TOO_LARGE),
    "11 declared too large": (raw(HEAD + b"Content-Length: 99999999\r\n\r\n"), Reason.TOO_LARGE),
    "12 slow headers": (slow_headers, Reason.DEADLINE),
    "13 dripped body": (dripped_body, Reason.DEADLINE),
    "14 interim answers": (interim_answers, Reason.DEADLINE),
    "14 silence": (silence, Reason.DEADLINE),
    "15 header of 200 KB": (raw(HEAD + b"X-Big: " + b"a" * 200_000 + b"\r\n\r\n"), Reason.PROTOCOL),
    "16 50,000 headers": (raw(HEAD + b"X-A: b\r\n" * 50_000 + b"\r\n"), Reason.PROTOCOL),
    "17 redirect loop": (body(b"", "Location: /", status="302 Found"), Reason.REDIRECTS),
    "17 redirect nowhere": (body(b"", status="301 Moved Permanently"), Reason.REDIRECTS),
    "18 not HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), Reason.PROTOCOL),
    "18 binary": (raw(bytes(range(256)) * 20), Reason.PROTOCOL),
    "18 nothing at all": (raw(b""), Reason.PROTOCOL),
    "404": (body(b"no", status="404 Not Found"), Reason.HTTP_STATUS),
    "410": (body(b"no", status="410 Gone"), Reason.GONE),
    "503": (body(b"no", status="503 Service Unavailable"), Reason.HTTP_STATUS),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_each_hostile_answer_has_its_reason(case: str) -> None:
    """What a host does wrong is named, and within the deadline."""
    answer, reason = HOSTILE[case]
    with pytest.raises(FetchFailed) as caught:
        fetch(answer, deadline_s=0.3 if reason is Reason.DEADLINE else 5.0)
    assert caught.value.reason is reason


def test_an_ordinary_page_comes_whole() -> None:
    """Body, type, validators and the few headers that matter are handed on."""
    got = fetch(
        body(
            gzip.compress(PAGE),
            "Content-Type: text/html; charset=utf-8",
            'ETag: "a1"',
            "Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT",
            GZ,
            "TDM-Reservation: 1",
            "Set-Cookie: a=b",
        )
    )
    assert (got.status, got.body, got.content_type) == (200, PAGE, "text/html; charset=utf-8")
    assert (got.etag, got.last_modified) == ('"a1"', "Fri, 20 Nov 2026 10:00:00 GMT")
    assert (got.framed, got.moved_to, got.headers) == (True, None, {"tdm-reservation": "1"})


def test_a_body_that_ends_with_the_connection_is_marked() -> None:
    """Row 10: with neither length nor chunks a cut cannot be seen, and the caller is told."""
    got = fetch(raw(HEAD + b"\r\n" + PAGE))
    assert (got.body, got.framed) == (PAGE, False)


def test_a_conditional_request_may_end_in_304() -> None:
    """Validators are sent back as they came, and 304 is an answer."""
    asked: dict[str, str] = {}

    async def unchanged(exchange: Exchange) -> None:
        asked.update(exchange.headers)
        await exchange.answer(b"", 'ETag: "a1"', status="304 Not Modified", length=False)

    got = fetch(unchanged, etag='W/"a1"', last_modified="Fri, 20 Nov 2026 10:00:00 GMT")
    assert (got.status, got.body) == (304, b"")
    assert asked["if-none-match"] == 'w/"a1"'
    assert asked["if-modified-since"] == "fri, 20 nov 2026 10:00:00 gmt"
    assert asked["accept-encoding"] == "gzip, deflate"
    assert asked["user-agent"] == AGENT.lower()


def test_a_hostile_validator_is_not_sent_back() -> None:
    """An ETag with a line break or of 10 KB cannot shape our next request."""
    asked: list[dict[str, str]] = []

    async def note(exchange: Exchange) -> None:
        asked.append(exchange.headers)
        await exchange.answer(PAGE)

    for etag in ("a\r\nX-Evil: 1", "é" * 3, "a" * 10_000):
        fetch(note, etag=etag)
    assert all("if-none-match" not in headers and "x-evil" not in headers for headers in asked)


def test_a_refusal_carries_the_wait_it_asks_for() -> None:
    """Status and Retry-After of an error reach the caller."""
    with pytest.raises(FetchFailed) as caught:
        fetch(body(b"", "Retry-After: 120", status="429 Too Many Requests"))
    assert (caught.value.status, caught.value.retry_after_s) == (429, 120)


@pytest.mark.parametrize(
    ("value", "date", "wait_s"),
    [
        ("0", None, 0),
        ("3600", None, 3600),
        ("99999999999999999999", None, 604_800),
        ("Fri, 20 Nov 2026 10:02:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", 120),
        ("Fri, 20 Nov 2026 09:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", 0),
        ("Fri, 20 Nov 2026 10:02:00 GMT", None, None),
        ("soon", "Fri, 20 Nov 2026 10:00:00 GMT", None),
        ("-5", None, None),
        ("Fri, 20 Nov 99999999999 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", None),
        (None, None, None),
    ],
)
def test_retry_after_needs_no_clock(value: str | None, date: str | None, wait_s: int | None) -> None:
    """Seconds, or a date against the answer's own; anything else is no wish."""
    assert retry_after(value, date) == wait_s


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


def test_fetching_is_total_over_bytes() -> None:
    """Whatever bytes come as an answer, the fetch ends with a body or an error of our tree."""
    chance = random.Random(7)
    templates = [
        HEAD + b"Content-Type: text/html\r\nRetry-After: 5\r\nContent-Length: 20\r\n\r\n" + b"x" * 20,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE),
        b"HTTP/1.1 301 Moved\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n",
    ]

    def mutated() -> bytes:
        raw = bytearray(chance.choice(templates))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 2)] = chance.choice(
                [b"", b"\0", b"\r\n", b"\xff", b" ", b":", b"9", b"%"]
            )
        return bytes(raw)

    async def run() -> None:
        current = b""

        async def answer(exchange: Exchange) -> None:
            await exchange.say(current)
            exchange.hang_up()

        async with RawServer(defaultdict(lambda: answer)) as server, fetcher_for(server) as fetcher:
            for _ in range(200):
                current = mutated()
                with suppress(DatelineError):
                    assert isinstance(
                        await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=1), Fetched
                    )

    asyncio.run(run())


def fetcher_for(server: RawServer, **kwargs: Any) -> Fetcher:
    return Fetcher(AGENT, allowed=frozenset({("127.0.0.1", server.port)}), **kwargs)


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


def test_every_error_of_httpx_is_mapped() -> None:
    """A new exception of the library cannot slip past: each becomes one of our tree."""
    kinds = [one for one in vars(httpx).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(kinds) > 20
    for kind in kinds:
        error = kind.__new__(kind)
        Exception.__init__(error, "x")
        assert isinstance(named(error), DatelineError)
        assert issubclass(kind, HTTPX_ERRORS), kind
