"""The promises of services.poller.robots, against real loopback hosts under public names."""

import asyncio
from collections.abc import Iterable

import pytest
from fetch_cases import AGENT, Answer, body, fetcher_for
from raw_server import RawServer
from town import Noting, Town, town

from dateline.errors import DatelineError, FetchFailed, Reason
from dateline.store.door import Store
from services.poller import robots
from services.poller.optouts import Honoured
from services.poller.robots import Robots

pytestmark = pytest.mark.integration

NEWS = "news.test"
TDMREP = "/.well-known/tdmrep.json"


async def says_of(rules: Robots, here: Town, paths: Iterable[str]) -> list[str]:
    async def vet(path: str) -> str:
        try:
            await rules.vet(here.url(f"{NEWS}{path}"))
        except DatelineError as error:
            return f"{type(error).__name__} {error.reason}"
        return "ok"

    return list(await asyncio.gather(*map(vet, paths)))


def verdicts(
    answer: Answer, *paths: str, honoured: Honoured = "none", tdmrep: Answer | None = None
) -> tuple[list[str], list[str]]:
    """What ``vet`` says of each path, and what was asked for."""

    async def run() -> tuple[list[str], list[str]]:
        async with town() as here:
            here.says[f"{NEWS}/robots.txt"] = answer
            if tdmrep:
                here.says[NEWS + TDMREP] = tdmrep
            return await says_of(here.robots(honoured=honoured), here, paths), here.asked

    return asyncio.run(run())


DISALLOWED = f"AddressRefused {Reason.ROBOTS}"
OPTED_OUT = f"AddressRefused {Reason.OPTED_OUT}"
NOT_NOW = f"FetchFailed {Reason.PROTOCOL}"


def test_rules_are_asked_for_once_and_kept() -> None:
    """Many pages of one host cost one request for its rules."""
    answer = body(b"User-agent: *\nDisallow: /private")
    said, asked = verdicts(answer, "/a", "/private/b", "/c", "/private")
    assert said == ["ok", DISALLOWED, "ok", DISALLOWED]
    assert asked == [f"{NEWS}/robots.txt"]


@pytest.mark.parametrize("status", ["404 x", "401 x", "403 x", "410 x"])
def test_a_host_without_rules_allows(status: str) -> None:
    """4xx means that there are none (RFC 9309, 2.3.1.3)."""
    assert verdicts(body(b"", status=status), "/a")[0] == ["ok"]


@pytest.mark.parametrize("status", ["500 x", "503 x", "429 x"])
def test_a_host_whose_rules_cannot_be_had_is_left_alone(status: str) -> None:
    """5xx means no (2.3.1.4), for now: the refusal is one that passes."""
    said, asked = verdicts(body(b"", status=status), "/a", "/b")
    assert (said, len(asked)) == ([NOT_NOW, NOT_NOW], 1)


def test_a_host_that_asks_to_wait_rests() -> None:
    """Retry-After on robots.txt is a wish about the host, not a rule to remember."""

    async def run() -> None:
        async with town() as here:
            here.says[f"{NEWS}/robots.txt"] = body(b"", "Retry-After: 30", status="429 x")
            rules = here.robots()
            for _ in range(2):
                with pytest.raises(FetchFailed) as caught:
                    await rules.vet(here.url(f"{NEWS}/a"))
                assert caught.value.retry_after_s == 30
            assert here.hosts.rested == {NEWS: 30}
            assert len(here.asked) == 2

    asyncio.run(run())


def test_rules_are_asked_for_again_when_they_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """After their time the host is asked again."""
    monkeypatch.setattr(robots, "KEPT_S", -1)
    said, asked = verdicts(body(b""), "/a", "/b", "/c")
    assert (said, len(asked)) == (["ok"] * 3, 3)


def test_rules_that_have_moved_are_followed_in_turn() -> None:
    """A robots.txt on another host is asked for in that host's turn (2.3.1.2)."""

    async def run() -> None:
        async with town() as here:
            here.says[f"{NEWS}/robots.txt"] = here.redirects("other.test/robots.txt", "301 Moved")
            here.says["other.test/robots.txt"] = body(b"User-agent: *\nDisallow: /b")
            assert await says_of(here.robots(honoured="none"), here, ["/a", "/b"]) == ["ok", DISALLOWED]
            assert here.hosts.turns == [NEWS, "other.test"]

    asyncio.run(run())


def test_our_own_hosts_are_not_asked() -> None:
    """The sample wire on loopback has no rules for us."""

    async def run() -> None:
        async with RawServer({}) as server, fetcher_for(server) as fetcher:
            allowed = frozenset({("127.0.0.1", server.port)})
            await Robots(fetcher, Noting(), AGENT, allowed).vet(server.url("/a"))
            assert server.seen == []

    asyncio.run(run())


@pytest.mark.parametrize(
    ("honoured", "expected"),
    [("none", ["ok", "ok"]), ("tdm", [OPTED_OUT, "ok"]), ("ai", [OPTED_OUT, "ok"])],
)
def test_the_file_of_reservations_is_honoured(honoured: Honoured, expected: list[str]) -> None:
    """tdmrep.json reserves by path; it is asked for once, and not at all when nothing is honoured."""
    tdmrep = body(b'[{"location": "/paid/*", "tdm-reservation": 1}]', "Content-Type: application/json")
    said, asked = verdicts(body(b""), "/paid/a", "/free", honoured=honoured, tdmrep=tdmrep)
    assert said == expected
    assert asked.count(NEWS + TDMREP) == (honoured != "none")


@pytest.mark.parametrize("status", ["404 x", "403 x", "500 x"])
def test_a_host_without_that_file_reserves_nothing(status: str) -> None:
    """Without the file, or when it cannot be had, only robots.txt speaks."""
    assert verdicts(body(b""), "/a", honoured="tdm", tdmrep=body(b"", status=status))[0] == ["ok"]


@pytest.mark.parametrize(
    "rules",
    [
        b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:",
        b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /",
        b"User-agent: *\nAllow: /\nContent-Usage: train-ai=n",
    ],
)
def test_what_speaks_of_ai_counts_only_when_asked_for(rules: bytes) -> None:
    """At level tdm such lines say nothing to us; at level ai they opt out."""
    assert verdicts(body(rules), "/a", honoured="tdm")[0] == ["ok"]
    assert verdicts(body(rules), "/a", honoured="ai")[0] == [OPTED_OUT]


class Drawer:
    """The store's rooms as the desk shows them, over a real Redis."""

    def __init__(self, store: Store) -> None:
        self._policies = store.policies

    async def policy_get(self, origin: str) -> bytes | None:
        return self._policies.get(origin)

    async def policy_put(self, origin: str, blob: bytes, ttl_s: int) -> None:
        self._policies.put(origin, blob, ttl_s)


def test_two_pollers_share_what_a_host_said(store: Store) -> None:
    """The second poller asks Redis, not the host; the rules live there for less than a day."""

    async def run() -> None:
        async with town() as here:
            here.says[f"{NEWS}/robots.txt"] = body(
                b"User-agent: *\nDisallow: /b\nContent-Signal: ai-train=no"
            )
            here.says[NEWS + TDMREP] = body(b'[{"location": "/c", "tdm-reservation": 1}]')
            expected = ["ok", DISALLOWED, OPTED_OUT]
            for _ in range(2):
                rules = here.robots(shelf=Drawer(store))
                assert await says_of(rules, here, ["/a", "/b", "/c"]) == expected
                assert len(here.asked) == 2
            rules = here.robots(shelf=Drawer(store), honoured="ai")
            assert await says_of(rules, here, ["/a"]) == [OPTED_OUT]
            assert len(here.asked) == 2
            kept = [store.client.ttl(key) for key in store.client.keys("*policy*")]
            assert [80_000 < ttl_s < 86_400 for ttl_s in kept] == [True, True]

    asyncio.run(run())


def test_rules_read_for_another_crawler_are_not_taken_over(store: Store) -> None:
    """What stands in the store for one product token says nothing to another."""

    async def run() -> None:
        async with town() as here:
            here.says[f"{NEWS}/robots.txt"] = body(b"User-agent: Dateline\nDisallow: /a")
            for agent, expected in (("Other/1.0", "ok"), (AGENT, DISALLOWED)):
                rules = here.robots(shelf=Drawer(store), agent=agent, honoured="none")
                assert await says_of(rules, here, ["/a"]) == [expected]
            assert len(here.asked) == 2

    asyncio.run(run())


def test_garbage_in_the_store_is_read_again(store: Store) -> None:
    """A blob that does not decode is no rule."""

    async def run() -> None:
        async with town() as here:
            store.policies.put(here.url(f"{NEWS}/robots.txt"), b"\xff\x00junk", 60)
            here.says[f"{NEWS}/robots.txt"] = body(b"User-agent: *\nDisallow: /a")
            rules = here.robots(shelf=Drawer(store), honoured="none")
            assert await says_of(rules, here, ["/a"]) == [DISALLOWED]

    asyncio.run(run())
