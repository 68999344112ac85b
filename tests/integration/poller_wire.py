"""A loopback host, a real store and the poller between them, wound by hand."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import make
from raw_server import Exchange, RawServer

from dateline.model import Feed, FeedState, Page
from dateline.settings import Settings
from dateline.store import pages as page_codec
from dateline.store.door import Store
from dateline.store.feeds import Claim, Pacing
from dateline.store.policies import Policies
from dateline.store.turns import Turns
from dateline.text import urls
from services.poller.desk import Desk
from services.poller.fetch import Fetcher
from services.poller.hosts import Hosts
from services.poller.loop import Poller
from services.poller.parsing import Parser
from services.poller.poll import FeedPoll, Tools
from services.poller.robots import Robots
from services.poller.tally import Polled, Tally

PACING = Pacing(delay_s=0.0, at_once=1, hold_s=20.0, free=frozenset({"127.0.0.1"}))
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
class Rooms:
    """A store whose feeds a test can exchange."""

    feeds: Any
    turns: Turns
    policies: Policies


class Swapped(Desk):
    """A desk whose feeds a test can exchange."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._rooms = Rooms(store.feeds, store.turns, store.policies)
        super().__init__(self._rooms, now)

    def swap(self, feeds: Any) -> None:
        self._rooms.feeds = feeds


@dataclass
class Wire:
    """A host, a store and a poller that a test winds by hand."""

    server: RawServer
    store: Store
    poll: FeedPoll
    fetcher: Fetcher
    desk: "Swapped"
    hosts: Hosts
    now: datetime = START
    stopping: bool = False

    def serve(self, path: str, answer: Answer) -> str:
        self.server.answers[path] = answer
        return self.server.url(path)

    def feed(self, number: int = 1, **fields: Any) -> Feed:
        feed = make.feed(number, url=self.server.url(f"/feed{number}"), **fields)
        self.store.catalog.put([feed], self.now)
        return feed

    def claim(self) -> Claim:
        (claim,) = self.store.feeds.claim("test", self.now, 1, 20, PACING)
        return claim

    async def once(self) -> Polled:
        """Poll the one feed that is due, an hour after the last time."""
        self.now += timedelta(hours=1)
        self.store.catalog.due_now(["feed1"], self.now)
        return await self.poll.run(self.claim())

    @property
    def state(self) -> FeedState:
        state = self.store.catalog.rows()[0].state
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
        desk = Swapped(store, lambda: wire.now)
        parser = Parser(
            deadline_s=settings.parse_deadline_s, memory_bytes=settings.child_memory_bytes, lanes=1
        )
        async with Fetcher("Dateline/test", allowed=allowed) as fetcher:
            hosts = Hosts(desk, PACING, allowed)
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
            wire = Wire(
                server=server, store=store, poll=FeedPoll(tools), fetcher=fetcher, desk=desk, hosts=hosts
            )
            try:
                yield wire
            finally:
                await parser.aclose()
                desk.close()


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
    wire: Wire,
    desk: Desk,
    *,
    lease_s: int = 20,
    slots: int = 4,
    tally: Tally | None = None,
    owner: str = "test",
) -> Poller:
    return Poller(
        desk,
        wire.hosts,
        wire.poll.run,
        tally or Tally(),
        owner=owner,
        slots=slots,
        lease_s=lease_s,
        pacing=PACING,
    )
