"""The poller against a real Redis and a real loopback host."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import make
import pytest
from raw_server import Exchange, RawServer

from dateline.errors import FetchFailed, LeaseLost, Reason, StoreUnavailable
from dateline.model import Feed, FeedState, Page, TextSource
from dateline.settings import Settings
from dateline.store import pages as page_codec
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from dateline.store.feeds import Claim
from dateline.text import urls
from services.poller.choice import with_page
from services.poller.desk import Desk
from services.poller.fetch import Fetched, Fetcher
from services.poller.hosts import Hosts
from services.poller.loop import Poller
from services.poller.parsing import Parser
from services.poller.poll import FeedPoll, Tools
from services.poller.robots import Robots
from services.poller.tally import Polled, Tally

pytestmark = pytest.mark.integration

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LONG = "Police said on Monday that " + "several people were hurt when two groups clashed. " * 6
Answer = Callable[[Exchange], Awaitable[None]]


def item(
    number: int, link: str | None, text: str = "Two groups clashed near the market on Monday, police said."
) -> str:
    address = f"<link>{link}</link>" if link else ""
    return f"<item><guid isPermaLink='false'>g{number}</guid><title>Story {number}</title>{address}<description>{text}</description></item>"


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode()


def says(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    async def answer(exchange: Exchange) -> None:
        await exchange.answer(body, *headers, status=status)

    return answer


def html(text: str = "News.") -> Answer:
    return says(f"<html><body><p>{text}</p></body></html>".encode(), "Content-Type: text/html")


@dataclass
class Wire:
    """A host, a store and a poller that a test winds by hand."""

    server: RawServer
    store: Store
    poll: FeedPoll
    fetcher: Fetcher
    desk: "Swapped"
    now: datetime = START
    stopping: bool = False

    def serve(self, path: str, answer: Answer) -> str:
        self.server.answers[path] = answer
        return self.server.url(path)

    def feed(self, number: int = 1, **fields: Any) -> Feed:
        feed = make.feed(number, url=self.server.url(f"/feed{number}"), **fields)
        self.store.feeds.put([feed], self.now)
        return feed

    def claim(self) -> Claim:
        (claim,) = self.store.feeds.claim("test", self.now, 1, 20)
        return claim

    async def once(self) -> Polled:
        """Poll the one feed that is due, an hour after the last time."""
        self.now += timedelta(hours=1)
        self.store.feeds.due_now(["feed1"], self.now)
        return await self.poll.run(self.claim())

    @property
    def state(self) -> FeedState:
        state = self.store.feeds.catalog()[0].state
        assert state is not None
        return state

    def page(self, path: str) -> Page | None:
        blob = self.store.outbox.page(urls.article_id(urls.canonical(self.server.url(path))))
        return page_codec.decode(blob) if blob else None

    def stub(self, path: str) -> dict[str, str]:
        article = urls.article_id(urls.canonical(self.server.url(path)))
        fields = self.store.client.hgetall(self.store.keys.article(article))
        return {name.decode(): value.decode() for name, value in fields.items()}

    @property
    def acknowledged(self) -> int:
        return int(self.store.client.hget(self.store.keys.fates, "entries") or 0)


@asynccontextmanager
async def wired(store: Store, settings: Settings, **changed: Any) -> AsyncIterator[Wire]:
    async with RawServer({}) as server:
        allowed = frozenset({("127.0.0.1", server.port)})
        deadlines = {"fetch_deadline_s": 2.0, "parse_deadline_s": 5.0, "lease_s": 20} | changed
        settings = Settings(redis_url=settings.redis_url, **deadlines)
        desk = Swapped(store.feeds, lambda: wire.now)
        parser = Parser(
            deadline_s=settings.parse_deadline_s, memory_bytes=settings.child_memory_bytes, lanes=1
        )
        async with Fetcher("Dateline/test", allowed=allowed) as fetcher:
            hosts = Hosts(desk.pace, 0.0, allowed)
            tools = Tools(
                desk=desk,
                fetcher=fetcher,
                hosts=hosts,
                robots=Robots(fetcher, hosts, "Dateline/test", allowed),
                parser=parser,
                tally=Tally(),
                settings=settings,
                now=lambda: wire.now,
                chance=lambda: 0.5,
                stopping=lambda: wire.stopping,
            )
            wire = Wire(server=server, store=store, poll=FeedPoll(tools), fetcher=fetcher, desk=desk)
            try:
                yield wire
            finally:
                await parser.aclose()
                desk.close()


def test_new_entries_are_stored_with_their_pages(store: Store, settings: Settings) -> None:
    """A poll acknowledges each unknown entry once, with its page, oldest first, and then rests."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html(f"Story {number}")) for number in (1, 2, 3)]
            body = rss(*(item(number, link) for number, link in enumerate(links, 1)))
            wire.serve("/feed1", says(body, 'ETag: "v1"'))
            wire.feed(country="NE")
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/2")
            assert page is not None
            assert (page.source, page.country, page.entry.title) == (TextSource.PAGE, "NE", "Story 2")
            assert b"Story 2" in page.body
            assert wire.acknowledged == 3
            assert (wire.state.etag, wire.state.polls, wire.state.format) == ('"v1"', 1, "rss20")
            assert wire.server.paths[:2] == ["/feed1", "/3"]
            wire.serve("/4", html())
            wire.serve("/feed1", says(rss(item(4, wire.server.url("/4")), item(1, links[0]))))
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 4
            assert wire.server.paths.count("/1") == 1

    asyncio.run(run())


def test_an_unchanged_feed_costs_one_request(store: Store, settings: Settings) -> None:
    """304, and the same bytes under another ETag, end the poll before anything is parsed."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            body = rss(item(1, wire.serve("/1", html())))

            async def conditional(exchange: Exchange) -> None:
                same = exchange.headers.get("if-none-match") == '"v1"'
                await exchange.answer(
                    b"" if same else body, 'ETag: "v1"', status="304 x" if same else "200 OK", length=not same
                )

            wire.serve("/feed1", conditional)
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert await wire.once() is Polled.UNCHANGED
            wire.serve("/feed1", says(body, 'ETag: "v2"'))
            assert await wire.once() is Polled.UNCHANGED
            assert (wire.state.etag, wire.state.polls, wire.acknowledged) == ('"v2"', 3, 1)

    asyncio.run(run())


def test_one_refused_article_costs_itself_only(store: Store, settings: Settings) -> None:
    """A 403, a PDF, an internal link and an empty entry end by name; their neighbours go on."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            bad = [
                item(1, wire.serve("/403", says(b"no", status="403 Forbidden"))),
                item(2, wire.serve("/pdf", says(b"%PDF-1.7", "Content-Type: application/pdf")), ""),
                item(3, "http://169.254.169.254/latest/", ""),
                item(4, None, ""),
                item(5, wire.serve("/good", html())),
                item(6, wire.serve("/403long", says(b"no", status="403 Forbidden")), LONG),
            ]
            wire.serve("/feed1", says(rss(*bad), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 6
            assert wire.stub("/pdf")["reason"] == "not_html"
            assert wire.stub("/pdf")["fate"] == "unreadable"
            assert wire.stub("/good")["source"] == "page"
            for path in ("/403", "/403long"):
                page = wire.page(path)
                assert page is not None
                assert (page.source, page.fetch_reason, page.body) == (TextSource.FEED, "http_status", b"")
            fates = wire.store.client.hgetall(wire.store.keys.fates)
            assert (fates[b"rejected"], fates[b"unreadable"]) == (b"2", b"1")
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_passing_failure_leaves_the_entry_for_later(store: Store, settings: Settings) -> None:
    """While a page fails for now, its entry stays unknown and no validator moves; then it is taken."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", says(b"", status="503 x"))
            wire.serve("/feed1", says(rss(item(1, link)), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag, wire.state.body_hash) == (0, None, None)
            wire.serve("/1", html("Back again"))
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/1")
            assert page is not None
            assert b"Back again" in page.body
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_lasting_failure_ends_after_three_polls(store: Store, settings: Settings) -> None:
    """A host that stays broken does not hold its entries back for ever."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", says(b"", status="503 x"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            for acknowledged in (0, 0, 1):
                assert await wire.once() is Polled.CHANGED
                assert wire.acknowledged == acknowledged
            page = wire.page("/1")
            assert page is not None
            assert page.source is TextSource.FEED

    asyncio.run(run())


def test_a_broken_page_is_asked_for_twice(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that answers 500 gets a second chance within the poll; then it ends by name."""
    monkeypatch.setattr("services.poller.poll.HICCUP_S", 0.01)

    async def run() -> None:
        async with wired(store, settings) as wire:
            broken = wire.serve("/broken", says(b"", status="500 x"))

            async def mended(exchange: Exchange) -> None:
                first = wire.server.paths.count("/mended") == 1
                await (says(b"", status="500 x") if first else html("Mended"))(exchange)

            wire.serve("/feed1", says(rss(item(1, broken, ""), item(2, wire.serve("/mended", mended)))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.stub("/broken")["fate"], wire.stub("/broken")["reason"]) == (
                "unreadable",
                "http_status",
            )
            assert wire.stub("/mended")["source"] == "page"
            assert [wire.server.paths.count(path) for path in ("/broken", "/mended")] == [2, 2]

    asyncio.run(run())


def test_a_bug_of_ours_backs_off_too(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that breaks the poller is named and polled later, not every time its lease ends."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            monkeypatch.setattr("services.poller.choice.draft", lambda *_: 1 / 0)
            assert await wire.once() is Polled.FAILED
            assert (wire.state.last_error_reason, wire.state.rhythm.error_streak) == ("internal", 1)
            assert wire.state.rhythm.next_poll_at > wire.now

    asyncio.run(run())


def test_an_entry_that_breaks_us_costs_itself_only(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A surprise with one entry is named; its neighbours and its feed go on."""

    def odd(page: Page, fetched: Any) -> Page:
        if page.entry.title == "Story 1":
            raise ZeroDivisionError
        return with_page(page, fetched)

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve(
                "/feed1", says(rss(item(1, wire.serve("/1", html())), item(2, wire.serve("/2", html()))))
            )
            wire.feed()
            monkeypatch.setattr("services.poller.choice.with_page", odd)
            assert await wire.once() is Polled.CHANGED
            assert wire.stub("/2")["source"] == "page"
            assert (wire.stub("/1")["source"], wire.stub("/1")["fetch_reason"]) == ("feed", "internal")

    asyncio.run(run())


def test_a_host_that_asks_to_wait_is_not_asked_for_more(store: Store, settings: Settings) -> None:
    """After a 429 nothing more of that host is fetched, and what was not asked does not count as tried."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve(
                "/feed1", says(rss(*(item(number, f"http://busy.test/{number}") for number in range(9))))
            )
            wire.feed()
            asked: list[str] = []
            fetch = wire.fetcher.fetch

            async def busy(url: str, **options: Any) -> Fetched:
                if "busy.test" not in url:
                    return await fetch(url, **options)
                asked.append(url)
                if url.endswith("robots.txt"):
                    raise FetchFailed("HTTP 404", Reason.HTTP_STATUS, status=404)
                raise FetchFailed("HTTP 429", Reason.HTTP_STATUS, status=429, retry_after_s=3000)

            wire.fetcher.fetch = busy  # type: ignore[method-assign]
            for _ in range(4):
                assert await wire.once() is Polled.CHANGED
            assert len(asked) == 2
            assert wire.acknowledged == 0

    asyncio.run(run())


def test_a_reserved_page_is_left_to_its_host(store: Store, settings: Settings) -> None:
    """A page that reserves text mining is not kept; what the feed itself says may be read."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            reserved = says(b"<html><p>Reserved</p></html>", "Content-Type: text/html", "TDM-Reservation: 1")
            wire.serve(
                "/feed1",
                says(rss(item(1, wire.serve("/1", reserved)), item(2, wire.serve("/2", reserved), ""))),
            )
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/1")
            assert page is not None
            assert (page.source, page.body) == (TextSource.FEED, b"")
            assert wire.stub("/2")["fate"] == "rejected"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says(b"no", status="500 x"), "http_status"),
        (says(b"", status="410 Gone"), "gone"),
        (says(b""), "empty_feed"),
        (says(b"<html><body>Log in</body></html>"), "not_a_feed"),
        (says(b"x" * 100, "Content-Encoding: br"), "bad_encoding"),
        (says(b"", "Location: http://127.0.0.1:1/", status="302 x"), "address_refused"),
    ],
)
def test_a_failed_poll_is_named_and_backs_off(
    store: Store, settings: Settings, answer: Answer, reason: str
) -> None:
    """The reason stands in the feed's state, the next poll comes later, nothing else is touched."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", answer)
            wire.feed()
            assert await wire.once() is Polled.FAILED
            assert (wire.state.last_error_reason, wire.state.rhythm.error_streak) == (reason, 1)
            assert wire.state.rhythm.next_poll_at > wire.now

    asyncio.run(run())


def test_a_cut_off_feed_is_read_and_asked_again(store: Store, settings: Settings) -> None:
    """Entries of a truncated body are taken; without validators the rest is seen at the next poll."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            whole = rss(item(1, wire.serve("/1", html())), item(2, wire.serve("/2", html())))

            async def cut(exchange: Exchange) -> None:
                await exchange.say(
                    b'HTTP/1.1 200 OK\r\nETag: "v1"\r\n\r\n'
                    + whole[: whole.index(b"<guid isPermaLink='false'>g2")]
                )
                exchange.hang_up()

            wire.serve("/feed1", cut)
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert wire.page("/1") is not None
            assert (wire.state.etag, wire.state.last_error_reason) == (None, "truncated")
            wire.serve("/feed1", says(whole, 'ETag: "v1"'))
            assert await wire.once() is Polled.CHANGED
            assert wire.page("/2") is not None
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_lost_lease_stops_the_work(store: Store, settings: Settings) -> None:
    """When another poller holds the feed, nothing more is written by the first."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            ours = wire.claim()
            wire.now += timedelta(seconds=30)
            theirs = wire.claim()
            assert theirs.token != ours.token
            with pytest.raises(LeaseLost):
                await wire.poll.run(ours)
            assert wire.acknowledged == 0
            assert await wire.poll.run(theirs) is Polled.CHANGED
            assert wire.acknowledged == 1

    asyncio.run(run())


def test_a_stopping_poll_gives_the_rest_away(store: Store, settings: Settings) -> None:
    """At the stop no new page is begun; the feed is due at once for another poller."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html()))), 'ETag: "v1"'))
            wire.feed()
            wire.stopping = True
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag) == (0, None)
            assert wire.state.rhythm.next_poll_at <= wire.now
            assert "/1" not in wire.server.paths

    asyncio.run(run())


class Cut:
    """A store whose n-th call fails, before it is carried out or after (the reply is lost)."""

    def __init__(self, store: Store, nth: int, *, after: bool) -> None:
        self._feeds, self._nth, self._after = store.feeds, nth, after
        self._calls = count(1)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._feeds, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            mine = next(self._calls) == self._nth
            if mine and not self._after:
                raise StoreUnavailable("cut off")
            answer = method(*args, **kwargs)
            if mine:
                raise StoreUnavailable("the reply is lost")
            return answer

        return call


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, 7))
def test_a_poll_cut_off_anywhere_is_repeated_and_loses_nothing(
    store: Store, settings: Settings, nth: int, after: bool
) -> None:
    """Wherever the store goes away, the next poll completes the work: each entry once, none lost."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html()) for number in range(4)]
            wire.serve(
                "/feed1", says(rss(*(item(number, link) for number, link in enumerate(links))), 'ETag: "v1"')
            )
            wire.feed()
            wire.desk.swap(Cut(store, nth, after=after))
            with pytest.raises(StoreUnavailable):
                await wire.once()
            wire.desk.swap(store.feeds)
            if not (nth == 6 and after):  # then the last commit was carried out, and only its reply was lost
                assert wire.store.feeds.catalog()[0].state is None
            await wire.once()
            assert wire.acknowledged == 4
            assert all(wire.page(f"/{number}") for number in range(4))
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


class Swapped(Desk):
    """A desk whose store a test can exchange."""

    def swap(self, store: Any) -> None:
        self._store = store


class Tired:
    """A store that is away for its first calls, and says pause for the next."""

    def __init__(self, store: Store, away: int, pauses: int) -> None:
        self._feeds, self._away, self._pauses = store.feeds, away, pauses

    def paused(self, now: datetime) -> str | None:
        if self._away > 0:
            self._away -= 1
            raise StoreUnavailable("away")
        self._pauses -= 1
        return "full" if self._pauses >= 0 else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._feeds, name)


async def until(truth: Callable[[], bool], deadline_s: float = 8.0) -> None:
    expires = time.monotonic() + deadline_s
    while not truth():
        assert time.monotonic() < expires, "did not happen in time"
        await asyncio.sleep(0.02)


class Noted(Tally):
    """Notes how polls ended."""

    def __init__(self) -> None:
        self.outcomes: list[Polled] = []

    def polled(self, outcome: Polled) -> None:
        self.outcomes.append(outcome)


def poller(
    wire: Wire, desk: Desk, *, lease_s: int = 20, slots: int = 4, tally: Tally | None = None
) -> Poller:
    return Poller(desk, wire.poll.run, tally or Tally(), owner="test", slots=slots, lease_s=lease_s)


def test_the_loop_polls_what_is_due_and_drains(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis away and a pause are waited out; then every feed is polled, and the stop ends the loop."""
    monkeypatch.setattr("services.poller.loop.PAUSE_S", 0.05)

    async def run() -> None:
        async with wired(store, settings) as wire:
            for number in range(1, 7):
                link = wire.serve(f"/{number}", html())
                wire.serve(f"/feed{number}", says(rss(item(number, link)) if number != 3 else b"not a feed"))
                wire.feed(number)
            desk = Desk(Tired(store, away=2, pauses=2), lambda: wire.now)
            stop = asyncio.Event()
            loop = asyncio.create_task(poller(wire, desk).run(stop))
            await until(lambda: wire.acknowledged == 5)
            await until(lambda: all(row.state for row in store.feeds.catalog()))
            stop.set()
            await asyncio.wait_for(loop, 2)
            desk.close()

    asyncio.run(run())


def test_a_slow_host_delays_only_its_own_feed(store: Store, settings: Settings) -> None:
    """While one host hangs, the neighbours of its feed are polled."""

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=1.2) as wire:

            async def hang(exchange: Exchange) -> None:
                await asyncio.sleep(60)

            wire.serve("/feed1", hang)
            wire.serve("/feed2", says(rss(item(2, wire.serve("/2", html())))))
            wire.feed(1)
            wire.feed(2)
            stop = asyncio.Event()
            loop = asyncio.create_task(poller(wire, wire.desk, slots=2).run(stop))
            await until(lambda: wire.acknowledged == 1, 1.0)
            stop.set()
            await asyncio.wait_for(loop, 5)

    asyncio.run(run())


def test_the_lease_lives_as_long_as_the_poll(store: Store, settings: Settings) -> None:
    """A poll longer than its lease keeps the feed by its heart beat, and lets go when it is lost."""

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=30.0) as wire:
            release = asyncio.Event()

            async def slow(exchange: Exchange) -> None:
                await release.wait()
                await exchange.answer(rss(item(1, wire.server.url("/1"))))

            wire.serve("/1", html())
            wire.serve("/feed1", slow)
            wire.feed()
            stop = asyncio.Event()
            loop = asyncio.create_task(poller(wire, wire.desk, lease_s=1).run(stop))
            await until(lambda: "/feed1" in wire.server.paths)
            for _ in range(7):
                wire.now += timedelta(seconds=0.2)
                await asyncio.sleep(0.2)
                assert store.feeds.claim("other", wire.now, 1, 20) == []
            release.set()
            await until(lambda: wire.acknowledged == 1)
            stop.set()
            await asyncio.wait_for(loop, 2)

    asyncio.run(run())


def test_a_thief_of_the_lease_ends_the_poll(store: Store, settings: Settings) -> None:
    """The heart beat notices a lost lease while the poll waits, and cancels it."""

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=30.0) as wire:

            async def hang(exchange: Exchange) -> None:
                await asyncio.sleep(60)

            wire.serve("/feed1", hang)
            wire.feed()
            stop = asyncio.Event()
            noted = Noted()
            loop = asyncio.create_task(poller(wire, wire.desk, lease_s=1, tally=noted).run(stop))
            await until(lambda: wire.server.running == 1)
            store.client.hset(store.keys.feed_leases, "feed1", "another")
            store.client.zadd(store.keys.feeds_due, {"feed1": (wire.now + timedelta(days=1)).timestamp()})
            await until(lambda: noted.outcomes == [Polled.LEASE_LOST], 2)
            stop.set()
            await asyncio.wait_for(loop, 2)

    asyncio.run(run())


def test_a_drain_does_not_wait_for_ever(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A poll that does not end after the stop is cancelled; its feed is another's when the lease ends."""
    monkeypatch.setattr("services.poller.loop.DRAIN_S", 0.1)

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=30.0) as wire:

            async def hang(exchange: Exchange) -> None:
                await asyncio.sleep(60)

            wire.serve("/feed1", hang)
            wire.feed()
            stop = asyncio.Event()
            noted = Noted()
            loop = asyncio.create_task(poller(wire, wire.desk, tally=noted).run(stop))
            await until(lambda: wire.server.running == 1)
            stop.set()
            await asyncio.wait_for(loop, 2)
            assert noted.outcomes == [Polled.CANCELLED]
            assert store.feeds.claim("other", wire.now, 1, 20) == []
            assert len(store.feeds.claim("other", wire.now + timedelta(seconds=21), 1, 20)) == 1

    asyncio.run(run())


def test_the_process_polls_and_ends_on_sigterm(store: Store, settings: Settings) -> None:
    """``python -m services.poller`` reads its environment, polls, and drains on SIGTERM with status 0."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.now = datetime.now(UTC) - timedelta(seconds=1)
            wire.feed()
            environ = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
            process = subprocess.Popen(  # noqa: ASYNC220 - started once, waited for below
                [sys.executable, "-m", "services.poller"],
                env=environ
                | {
                    "DATELINE_REDIS_URL": settings.redis_url,
                    "DATELINE_METRICS_PORT": "0",
                    "DATELINE_ALLOW_ADDRESSES": f"127.0.0.1:{wire.server.port}",
                },
            )
            try:
                await until(lambda: wire.acknowledged == 1, 20)
                process.send_signal(signal.SIGTERM)
                await until(lambda: process.poll() is not None, 10)
            finally:
                process.kill()
            assert process.wait() == 0

    asyncio.run(run())


def test_the_loop_outlives_redis(tmp_path: Path) -> None:
    """Redis is stopped for a while and started again: the same loop polls what has become due."""

    async def run() -> None:
        with EmbeddedRedis(tmp_path) as server:
            settings = Settings(redis_url=server.url)
            store = open_store(settings)
            async with wired(store, settings) as wire:
                wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
                wire.serve("/feed2", says(rss(item(2, wire.serve("/2", html())))))
                wire.feed(1)
                stop = asyncio.Event()
                loop = asyncio.create_task(poller(wire, wire.desk).run(stop))
                await until(lambda: wire.acknowledged == 1)
                await asyncio.to_thread(server.stop)
                await asyncio.sleep(0.8)
                assert not loop.done()
                await asyncio.to_thread(server.start)
                wire.feed(2)
                await until(lambda: wire.acknowledged == 2, 10)
                stop.set()
                await asyncio.wait_for(loop, 5)
            store.close()

    asyncio.run(run())


def test_a_bad_setting_stops_the_start() -> None:
    """A setting that cannot be read ends the process with status 2 and says which."""
    environ = dict(os.environ) | {"DATELINE_ALLOW_ADDRESSES": "127.0.0.1", "DATELINE_METRICS_PORT": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "services.poller"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "allow_addresses" in done.stderr
