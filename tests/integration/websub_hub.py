"""A WebSub hub on loopback, and our subscriber beside it on a real store: both speak over real sockets."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Any, Self

import make
from aiohttp import ClientSession, web

from dateline.model import Feed
from dateline.settings import Settings
from dateline.store.door import Store
from dateline.store.websub import State, Subscription
from services.poller.fetch import Fetcher
from services.poller.guard import Allowed, vet_url
from services.poller.websub.listen import listening
from services.poller.websub.service import WebSub

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
FEED_BODY = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'


@dataclass
class Hub:
    """A hub as the Recommendation describes it: 202 first, verification after, signed pushes.

    ``status`` is what requests are answered with, ``lease_s`` what it grants; ``verifies`` False
    leaves requests without a verification.
    """

    method: str = "sha256"
    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    lease_s: int = 86_400
    verifies: bool = True
    #: Verifies before it answers the request, as some do.
    at_once: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    #: callback -> the form that it was subscribed with.
    subscribed: dict[str, dict[str, str]] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    #: Requests to the address that never answers.
    silent: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        application = web.Application()
        routes = {"/hub": self._request, "/moved": self._moved, "/silent": self._silent}
        application.add_routes([web.post(path, answer) for path, answer in routes.items()])
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._session = ClientSession()
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hub"

    async def _moved(self, request: web.Request) -> web.Response:
        return web.Response(status=308, headers={"Location": f"http://localhost:{self.port}/hub"})

    async def _silent(self, request: web.Request) -> web.Response:
        self.silent += 1
        await asyncio.sleep(3600)
        raise AssertionError("nobody waits so long")

    async def _request(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.asked.append(form)
        if self.status >= 300 or not self.verifies:
            return web.Response(status=self.status, headers=self.headers)
        if self.at_once:
            await self._verify(form)
        else:
            task = asyncio.create_task(self._verify(form))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.Response(status=self.status)

    async def _verify(self, form: dict[str, str]) -> None:
        said = await self.says(
            form["hub.callback"],
            form["hub.mode"],
            form["hub.topic"],
            challenge="ch<b>&",
            lease_s=self.lease_s,
        )
        if said == (200, "ch<b>&"):
            if form["hub.mode"] == "subscribe":
                self.subscribed[form["hub.callback"]] = form
            else:
                self.subscribed.pop(form["hub.callback"], None)
        else:
            self.refusals.append(said[0])

    async def says(
        self, callback: str, mode: str, topic: str, *, challenge: str = "", lease_s: int | None = None
    ) -> tuple[int, str]:
        """Say something on a callback; returns status and text."""
        query = {"hub.mode": mode, "hub.topic": topic}
        query |= {"hub.challenge": challenge} if challenge else {"hub.reason": "not you"}
        query |= {"hub.lease_seconds": str(lease_s)} if lease_s else {}
        async with self._session.get(callback, params=query) as response:
            return response.status, await response.text()

    def sign(self, secret: str, body: bytes) -> str:
        return f"{self.method}={hmac.new(secret.encode(), body, getattr(hashlib, self.method)).hexdigest()}"

    async def push(
        self,
        body: bytes,
        *,
        secret: str | None = None,
        headers: dict[str, str] | None = None,
        callback: str | None = None,
    ) -> int:
        """Push to the one subscriber; returns the status that it answered."""
        if callback is None:
            ((callback, form),) = self.subscribed.items()
            secret = form["hub.secret"] if secret is None else secret
        sent = {"Content-Type": "application/rss+xml", "X-Hub-Signature": self.sign(secret or "", body)}
        sent |= {"Link": f'<{self.url}>; rel="hub"'}
        wanted = {name: value for name, value in (sent | (headers or {})).items() if value}
        async with self._session.post(callback, data=body, headers=wanted) as response:
            return response.status


class Vetted:
    """Turns that vet like the real ones and never wait."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        vet_url(url, self._allowed)
        yield


@dataclass
class Subscribing:
    """A hub, a store and one or more subscribers that a test winds by hand."""

    hub: Hub
    store: Store
    websub: WebSub
    topic: str = "https://news.example/feed"
    now: datetime = START
    port: int = 0

    @property
    def base(self) -> str:
        """The public address of the callback."""
        return f"http://127.0.0.1:{self.port}"

    def feed(self, number: int = 1) -> Feed:
        feed = make.feed(number)
        self.store.catalog.put([feed], self.now + timedelta(hours=1))
        return feed

    @property
    def one(self) -> Subscription:
        one = self.store.websub.of_feed("feed1")
        assert one is not None
        return one

    @property
    def relied(self) -> float | None:
        value = self.store.client.hget(self.store.keys.websub_until, "feed1")
        return float(value) if value else None

    @property
    def due(self) -> float:
        return float(self.store.client.zscore(self.store.keys.feeds_due, "feed1"))

    @property
    def waiting(self) -> int:
        return int(self.store.client.llen(self.store.keys.pushed("feed1")))

    async def subscribe(self) -> Subscription:
        """Tell of the feed's hub, ask it, and wait for its verification."""
        await self.websub.seen(self.feed(), self.hub.url, self.topic)
        await self.websub.subscriber.round()
        # The hub knows a little later than the store: it has to read our answer first.
        await eventually(lambda: self.one.state is State.ACTIVE and len(self.hub.subscribed) == 1)
        return self.one

    async def rounds(self, after: timedelta = timedelta(0)) -> None:
        """Let time pass, then look at what is due until nothing is."""
        self.now += after
        while await self.websub.subscriber.round():
            pass


async def eventually(truth: Callable[[], bool], deadline_s: float = 5.0) -> None:
    for _ in range(round(deadline_s / 0.01)):
        if truth():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("did not happen in time")


@asynccontextmanager
async def subscribing(
    store: Store, settings: Settings, hub: Hub | None = None, **changed: Any
) -> AsyncIterator[Subscribing]:
    """Run a hub and a subscriber that listens for it."""
    words = count(1)
    fields = {"fetch_deadline_s": 2.0, "feed_max_bytes": 100_000} | changed
    settings = Settings(redis_url=settings.redis_url, websub_url="http://later", websub_port=0, **fields)
    # A hub that already runs serves several subscribers.
    async with nullcontext(hub) if hub and hub.port else hub or Hub() as peer:
        allowed = frozenset((name, peer.port) for name in ("127.0.0.1", "localhost"))
        async with Fetcher("Dateline/test", allowed=allowed) as fetcher:
            websub = WebSub(
                store.websub,
                fetcher,
                Vetted(allowed),
                settings,
                now=lambda: wire.now,
                chance=lambda: 0.5,
                unguessable=lambda: f"word-{id(words)}-{next(words)}",
            )
            wire = Subscribing(peer, store, websub)
            async with listening(websub.callback.routes(), "127.0.0.1", 0) as wire.port:
                websub.subscriber.asker._base_url = wire.base
                yield wire
            websub.close()
