"""Hosts with public names that all live on one loopback server, and those who visit them politely."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import make
from aiohttp.abc import AbstractResolver, ResolveResult
from fetch_cases import AGENT, Answer, body
from raw_server import Exchange, RawServer

from dateline.settings import Settings
from dateline.store.feeds import UNPACED, Claim
from services.poller.fetch import Fetcher
from services.poller.hosts import Hosts
from services.poller.robots import Robots, Shelf
from services.poller.tally import Tally
from services.poller.visit import Visits

NO_STORE: Any = None
NOBODY = frozenset[tuple[str, int]]()
NAMES = ("news.test", "other.test", "third.test")


class Loopback(AbstractResolver):
    """Every name stands for this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # type: ignore[override]
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=2, proto=0, flags=0)]

    async def close(self) -> None:
        return None


class Noting(Hosts):
    """Gives every turn at once, and notes at whose host it was, in order."""

    def __init__(self) -> None:
        super().__init__(NO_STORE, UNPACED, NOBODY)
        self.turns: list[str] = []
        self.rested: dict[str, float] = {}

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        self.turns.append(_host(url))
        return super().turn(url)

    def rest(self, url: str, wait_s: float) -> None:
        self.rested[_host(url)] = wait_s

    def claimed(self, claim: Claim) -> Any:
        self.turns.append(f"claimed {_host(claim.feed.url)}")
        return super().claimed(claim)


def _host(url: str) -> str:
    return url.split("/")[2].partition(":")[0]


@dataclass
class Town:
    """``says`` holds the answers by host and path, as in "news.test/a"; what it does not hold is 404."""

    server: RawServer
    fetcher: Fetcher
    hosts: Noting
    says: dict[str, Answer] = field(default_factory=dict)

    def url(self, place: str) -> str:
        host, _, path = place.partition("/")
        return f"http://{host}:{self.server.port}/{path}"

    @property
    def asked(self) -> list[str]:
        """What was asked for, in order, as host and path."""
        return [_place(exchange) for exchange in self.server.seen]

    def headers(self, place: str) -> dict[str, str]:
        """The headers of the latest request for a place."""
        return next(one.headers for one in reversed(self.server.seen) if _place(one) == place)

    def robots(self, *, honoured: Any = "tdm", shelf: Shelf | None = None, agent: str = AGENT) -> Robots:
        return Robots(self.fetcher, self.hosts, agent, NOBODY, honoured=honoured, shelf=shelf)

    def visits(self, honoured: Any = "tdm", **settings: Any) -> Visits:
        robots = self.robots(honoured=honoured)
        return Visits(self.fetcher, self.hosts, robots, Tally(), Settings(**settings))

    def claim(self, place: str) -> Claim:
        return Claim(feed=make.feed(url=self.url(place)), state=None, token="t")

    def redirects(self, place: str, status: str = "302 Found") -> Answer:
        return body(b"", f"Location: {self.url(place)}", status=status)


def _place(exchange: Exchange) -> str:
    return exchange.headers["host"].partition(":")[0] + exchange.path


@asynccontextmanager
async def town(also: frozenset[tuple[str, int]] = NOBODY) -> AsyncIterator[Town]:
    """A town of its own; ``also`` are addresses elsewhere that may be led to."""

    async def dispatch(exchange: Exchange) -> None:
        answer = here.says.get(_place(exchange)) or body(b"", status="404 Not Found")
        await answer(exchange)

    async with RawServer(defaultdict(lambda: dispatch)) as server:
        # The guard lets these names in on this port only; for robots and hosts they are strangers.
        allowed = also | {(name, server.port) for name in NAMES}
        async with Fetcher(AGENT, allowed=allowed, resolver=Loopback()) as fetcher:
            here = Town(server, fetcher, Noting())
            yield here
