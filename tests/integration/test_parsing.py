"""The promises of services.poller.parsing: real children, killed for real."""

import asyncio
import gzip
import os
import signal
import time

import pytest

from dateline.errors import BadFeed, ChildLost, Reason
from dateline.feeds import formats
from dateline.model import ParsedFeed
from services.poller import parsing
from services.poller.parsing import Parser

pytestmark = pytest.mark.integration

RSS = b'<rss version="2.0"><channel><title>T</title><item><title>One</title><link>http://a.test/1</link></item></channel></rss>'


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a body say what befalls the child that parses it."""

    def parse(
        body: bytes, content_type: str, base_url: str, known: frozenset[bytes], max_bytes: int
    ) -> ParsedFeed:
        if body == b"hang":
            time.sleep(60)
        if body == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if body == b"bug":
            raise RuntimeError("unexpected")
        if body == b"swell":
            return ParsedFeed(format="x" * len(bytearray(2_000_000_000)))
        return formats.parse(body, content_type, base_url, known, max_bytes)

    class Formats:
        pass

    fake = Formats()
    fake.parse = parse  # type: ignore[attr-defined]
    monkeypatch.setattr(parsing, "formats", fake)


async def parsed(parser: Parser, body: bytes) -> ParsedFeed:
    return await parser.parse(body, "application/rss+xml", "http://a.test/feed")


def test_a_feed_crosses_whole() -> None:
    """What the child parsed is what the parent gets, and its refusals keep their reason."""

    async def run() -> None:
        parser = Parser(deadline_s=5, memory_bytes=300_000_000)
        assert await parsed(parser, RSS) == formats.parse(RSS, "application/rss+xml", "http://a.test/feed")
        with pytest.raises(BadFeed) as caught:
            await parsed(parser, b"")
        assert caught.value.reason is Reason.EMPTY_FEED
        await parser.aclose()

    asyncio.run(run())


def test_known_items_and_the_cap_cross_too() -> None:
    """The child skips what the parent knows, and unpacks a gzip file under the parent's cap."""

    async def run() -> None:
        parser = Parser(deadline_s=5, memory_bytes=300_000_000, lanes=1, max_bytes=10_000)
        (item,) = (await parsed(parser, gzip.compress(RSS))).items
        again = await parser.parse(RSS, "", "http://a.test/feed", frozenset((item.hash,)))
        assert (again.entries, [one.hash for one in again.items]) == ((), [item.hash])
        with pytest.raises(BadFeed) as caught:
            await parsed(parser, gzip.compress(bytes(20_000)))
        assert caught.value.reason is Reason.TOO_LARGE
        await parser.aclose()

    asyncio.run(run())


@pytest.mark.usefixtures("poisoned")
def test_a_poison_feed_costs_itself_only() -> None:
    """Hanging, dying, swelling and bugs each fail one feed by name; the next one is parsed."""

    async def run() -> None:
        parser = Parser(deadline_s=0.5, memory_bytes=300_000_000, lanes=1)
        for body, kind, reason in (
            (b"hang", BadFeed, Reason.PARSE_BUDGET),
            (b"die", ChildLost, Reason.CHILD_DIED),
            (b"bug", ChildLost, Reason.CHILD_DIED),
            (b"swell", ChildLost, Reason.CHILD_DIED),
        ):
            with pytest.raises(kind) as caught:
                await parsed(parser, body)
            assert caught.value.reason is reason
            assert len((await parsed(parser, RSS)).entries) == 1
        await parser.aclose()

    asyncio.run(run())


@pytest.mark.usefixtures("poisoned")
def test_a_hanging_feed_leaves_a_lane_to_its_neighbours() -> None:
    """While one feed sits out its deadline, others are parsed."""

    async def run() -> None:
        parser = Parser(deadline_s=1, memory_bytes=300_000_000, lanes=2)
        stuck = asyncio.create_task(parsed(parser, b"hang"))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        for _ in range(5):
            await parsed(parser, RSS)
        assert time.monotonic() - began < 0.8
        stuck.cancel()
        await parser.aclose()

    asyncio.run(run())
