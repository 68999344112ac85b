"""The promises of services.poller.robots, against a real loopback host under a public name."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from raw_server import Exchange, RawServer

from dateline.errors import AddressRefused, FetchFailed
from dateline.store.feeds import UNPACED
from services.poller import robots
from services.poller.fetch import Fetched, Fetcher
from services.poller.guard import Allowed
from services.poller.hosts import Hosts
from services.poller.robots import Robots, vet_reservation

pytestmark = pytest.mark.integration

Answer = Callable[[Exchange], Awaitable[None]]
AGENT = "Dateline/test"
NO_STORE: Any = None


def unpaced(allowed: Allowed = frozenset()) -> Hosts:
    """Hosts that may be asked at any time, without a store."""
    return Hosts(NO_STORE, UNPACED, allowed)


class Elsewhere(Fetcher):
    """Fetches what a public name stands for from the loopback server."""

    server: RawServer

    async def fetch(self, url: str, **asked: object) -> Fetched:  # type: ignore[override]
        return await super().fetch(url.replace("http://news.test", self.server.url("")), **asked)  # type: ignore[arg-type]


def verdicts(answer: Answer, *paths: str) -> tuple[list[str], int]:
    """What ``vet`` says of each path, and how often robots.txt was asked for."""

    async def run() -> tuple[list[str], int]:
        async with (
            RawServer({"/robots.txt": answer}) as server,
            Elsewhere(AGENT, allowed=frozenset({("127.0.0.1", server.port)})) as fetcher,
        ):
            fetcher.server = server
            rules = Robots(fetcher, unpaced(), AGENT, frozenset())

            async def vet(path: str) -> str:
                try:
                    await rules.vet(f"http://news.test{path}")
                except (AddressRefused, FetchFailed) as error:
                    return type(error).__name__
                return "ok"

            return list(await asyncio.gather(*map(vet, paths))), len(server.seen)

    return asyncio.run(run())


def says(body: bytes, status: str = "200 OK", *headers: str) -> Answer:
    async def answer(exchange: Exchange) -> None:
        await exchange.answer(body, *headers, status=status)

    return answer


def test_rules_are_asked_for_once_and_kept() -> None:
    """Many pages of one host cost one request for its rules."""
    said, requests = verdicts(
        says(b"User-agent: *\nDisallow: /private"), "/a", "/private/b", "/c", "/private"
    )
    assert said == ["ok", "AddressRefused", "ok", "AddressRefused"]
    assert requests == 1


@pytest.mark.parametrize("status", ["404 x", "401 x", "403 x", "410 x"])
def test_a_host_without_rules_allows(status: str) -> None:
    """4xx means that there are none (RFC 9309, 2.3.1.3)."""
    assert verdicts(says(b"", status), "/a")[0] == ["ok"]


@pytest.mark.parametrize("status", ["500 x", "503 x", "429 x"])
def test_a_host_whose_rules_cannot_be_had_is_left_alone(status: str) -> None:
    """5xx means no (2.3.1.4), for now: the refusal is one that passes."""
    assert verdicts(says(b"", status), "/a", "/b") == (["FetchFailed", "FetchFailed"], 1)


def test_rules_are_asked_for_again_when_they_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """After their time the host is asked again."""
    monkeypatch.setattr(robots, "KEPT_S", -1)
    assert verdicts(says(b""), "/a", "/b", "/c") == (["ok"] * 3, 3)


def test_our_own_hosts_are_not_asked() -> None:
    """The sample wire on loopback has no rules for us."""

    async def run() -> None:
        async with RawServer({}) as server:
            allowed = frozenset({("127.0.0.1", server.port)})
            async with Fetcher(AGENT, allowed=allowed) as fetcher:
                await Robots(fetcher, unpaced(allowed), AGENT, allowed).vet(server.url("/a"))
            assert server.seen == []

    asyncio.run(run())


def test_a_reservation_of_text_mining_is_honoured() -> None:
    """tdm-reservation: 1 refuses, 0 and silence do not."""
    vet_reservation({})
    vet_reservation({"tdm-reservation": "0"})
    with pytest.raises(AddressRefused):
        vet_reservation({"tdm-reservation": " 1 "})
