"""The promises of services.poller.fetch against real sockets: faults.md, section 2, rows 1 to 18."""

import asyncio
import gzip
import random
import zlib
from collections import defaultdict
from contextlib import suppress

import httpx
import pytest
import zstandard
from fetch_cases import (
    AGENT,
    CAP,
    HEAD,
    PAGE,
    Answer,
    body,
    dripped_body,
    endless,
    fetch,
    fetcher_for,
    interim_answers,
    raw,
    silence,
    slow_headers,
)
from raw_server import Exchange, RawServer

from dateline.errors import DatelineError, FetchFailed, Reason
from services.poller.answer_headers import retry_after
from services.poller.fetch import Fetched
from services.poller.fetch_errors import HTTPX_ERRORS, named

pytestmark = pytest.mark.integration


GZ = "Content-Encoding: gzip"


BOMB = gzip.compress(b"\0" * 100_000_000, 1)


ZSTD_BOMB = zstandard.ZstdCompressor().compress(b"\0" * 1_000_000_000)
ZSTD_PAGE = zstandard.ZstdCompressor().compress(PAGE)


HOSTILE: dict[str, tuple[Answer, Reason]] = {
    "01 brotli": (body(b"\x1b" + b"\0" * 800, "Content-Encoding: br"), Reason.BAD_ENCODING),
    "02 zstd bomb": (body(ZSTD_BOMB, "Content-Encoding: zstd"), Reason.TOO_LARGE),
    "02 corrupt zstd": (
        body(b"\x28\xb5\x2f\xfd" + b"\xff" * 80, "Content-Encoding: zstd"),
        Reason.DECODE_ERROR,
    ),
    "02 truncated zstd": (body(ZSTD_PAGE[:-3], "Content-Encoding: zstd"), Reason.TRUNCATED),
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


def test_a_zstd_page_comes_whole() -> None:
    """zstd is offered, and read."""
    assert fetch(body(ZSTD_PAGE, "Content-Encoding: zstd")).body == PAGE


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
    assert asked["accept-encoding"] == "gzip, deflate, zstd"
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


def test_every_error_of_httpx_is_mapped() -> None:
    """A new exception of the library cannot slip past: each becomes one of our tree."""
    kinds = [one for one in vars(httpx).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(kinds) > 20
    for kind in kinds:
        error = kind.__new__(kind)
        Exception.__init__(error, "x")
        assert isinstance(named(error), DatelineError)
        assert issubclass(kind, HTTPX_ERRORS), kind
