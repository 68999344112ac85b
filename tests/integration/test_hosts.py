"""The promises of services.poller.hosts: turns, pauses and rests, on a real event loop and a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import make
import pytest

from dateline.errors import AddressRefused, FetchFailed
from dateline.store.door import Store
from dateline.store.feeds import Pacing
from services.poller.desk import Desk
from services.poller.guard import Allowed
from services.poller.hosts import HostRestsError, Hosts

pytestmark = pytest.mark.integration


class Counting(Desk):
    """A desk that counts how often a turn is asked for."""

    asked = 0

    async def take(self, host: str, token: str, rule: Pacing) -> float:
        self.asked += 1
        return await super().take(host, token, rule)


def utc_now() -> datetime:
    return datetime.now(UTC)


def pacing(delay_s: float = 0.0, at_once: int = 1, free: frozenset[str] = frozenset()) -> Pacing:
    return Pacing(delay_s=delay_s, at_once=at_once, hold_s=20.0, free=free)


@asynccontextmanager
async def polite(
    store: Store, rule: Pacing, allowed: Allowed = frozenset()
) -> AsyncIterator[tuple[Hosts, Counting]]:
    desk = Counting(store, utc_now)
    try:
        yield Hosts(desk, rule, allowed), desk
    finally:
        desk.close()


def run(work: Awaitable[None]) -> None:
    async def within() -> None:
        await asyncio.wait_for(work, 20)

    asyncio.run(within())


class Visits:
    """Notes how many visit a host at once, and when each began."""

    def __init__(self, lasting_s: float = 0.01) -> None:
        self._lasting_s = lasting_s
        self.running: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.began: list[float] = []
        self.order: list[str] = []

    async def visit(self, hosts: Hosts, host: str, path: object = "") -> None:
        async with hosts.turn(f"https://{host}/{path}"):
            self.began.append(asyncio.get_running_loop().time())
            self.order.append(f"{host}/{path}")
            self.running[host] = self.running.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.running[host])
            await asyncio.sleep(self._lasting_s)
            self.running[host] -= 1


def test_one_request_at_a_time_for_each_host(store: Store) -> None:
    """Requests to one host queue up in the order in which they came; another host is not held up by them."""

    async def work() -> None:
        visits = Visits()
        async with polite(store, pacing()) as (hosts, _):
            await asyncio.gather(
                *(visits.visit(hosts, host, path) for path in range(5) for host in ("a.test", "b.test"))
            )
        assert visits.most == {"a.test": 1, "b.test": 1}
        assert [one for one in visits.order if one.startswith("a")] == [f"a.test/{n}" for n in range(5)]

    run(work())


def test_two_pollers_share_the_turns_of_a_host(store: Store) -> None:
    """Requests of two processes to one host do not overlap, and keep the pause between them."""

    async def work() -> None:
        visits = Visits(0.02)
        async with polite(store, pacing(0.1)) as (one, _), polite(store, pacing(0.1)) as (other, _):
            await asyncio.gather(*(visits.visit(hosts, "a.test") for hosts in (one, other) for _ in range(3)))
        assert visits.most == {"a.test": 1}
        gaps = [after - before for before, after in zip(visits.began, visits.began[1:], strict=False)]
        assert min(gaps) >= 0.1

    run(work())


def test_a_host_may_allow_several_at_once(store: Store) -> None:
    """With several turns at once, that many requests run, and no more."""

    async def work() -> None:
        visits = Visits(0.2)
        async with polite(store, pacing(at_once=3)) as (hosts, _):
            await asyncio.gather(*(visits.visit(hosts, "a.test", path) for path in range(5)))
        assert visits.most == {"a.test": 3}

    run(work())


def test_only_the_first_in_line_asks_the_store(store: Store) -> None:
    """While a turn lasts, those who wait for it here cost the store next to nothing."""

    async def work() -> None:
        async with polite(store, pacing(0.05)) as (hosts, desk):
            visits = Visits(0.3)
            await asyncio.gather(*(visits.visit(hosts, "a.test", path) for path in range(5)))
            assert desk.asked <= 5 * 5

    run(work())


def test_free_hosts_are_not_paced(store: Store) -> None:
    """The sample wire on loopback answers as fast as it is asked; the guard holds there as anywhere."""

    async def work() -> None:
        allowed = frozenset({("127.0.0.1", 8090)})
        rule = pacing(1.0, free=frozenset({"127.0.0.1"}))
        async with polite(store, rule, allowed) as (hosts, desk):
            async with hosts.turn("http://127.0.0.1:8090/a"), hosts.turn("http://127.0.0.1:8090/b"):
                assert desk.asked == 0
            with pytest.raises(AddressRefused):
                async with hosts.turn("http://127.0.0.1:6379/"):
                    pass

    run(work())


def test_a_host_that_asks_for_rest_gets_it_from_all_pollers(store: Store) -> None:
    """After Retry-After nobody asks the host until then; others go on."""

    async def work() -> None:
        async with polite(store, pacing()) as (one, _), polite(store, pacing()) as (other, _):
            one.rest("http://a.test/1", 600)
            for hosts in (one, other):
                with pytest.raises(HostRestsError) as caught:
                    async with hosts.turn("http://a.test/2"):
                        pass
                assert caught.value.status == 429
                assert 590 <= (caught.value.retry_after_s or 0) <= 600
            async with other.turn("http://b.test/"):
                pass

    run(work())


def test_a_short_rest_is_waited_out(store: Store) -> None:
    """A wait that is worth it is waited, not reported."""

    async def work() -> None:
        async with polite(store, pacing()) as (hosts, _):
            hosts.rest("http://a.test/1", 0.3)
            began = asyncio.get_running_loop().time()
            async with hosts.turn("http://a.test/2"):
                assert asyncio.get_running_loop().time() - began >= 0.28

    run(work())


def test_a_failed_turn_frees_the_host(store: Store) -> None:
    """An error or a cancellation inside a turn, or in the line for one, leaves nothing held and nothing remembered."""

    async def work() -> None:
        async with polite(store, pacing()) as (hosts, _):

            async def fail() -> None:
                async with hosts.turn("http://a.test/"):
                    raise FetchFailed("x")

            async def linger() -> None:
                async with hosts.turn("http://a.test/"):
                    await asyncio.sleep(60)

            with pytest.raises(FetchFailed):
                await fail()
            tasks = [asyncio.create_task(linger()) for _ in range(3)]
            await asyncio.sleep(0.3)
            assert len(hosts.held()) == 1
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            async with asyncio.timeout(2), hosts.turn("http://a.test/"):
                pass
            assert hosts.held() == []
            assert vars(hosts)["_lines"] == {}

    run(work())


def test_a_turn_cancelled_while_it_is_granted_is_given_back(store: Store) -> None:
    """Whoever is cancelled in the very moment of the grant does not keep the host from others."""

    async def work() -> None:
        async with polite(store, pacing()) as (hosts, _):

            async def visit() -> None:
                async with hosts.turn("http://a.test/"):
                    await asyncio.sleep(60)

            for pause in range(20):
                task = asyncio.create_task(visit())
                for _ in range(pause):
                    await asyncio.sleep(0.0002)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            async with asyncio.timeout(3), hosts.turn("http://a.test/"):
                pass

    run(work())


def test_a_claim_brings_its_turn(store: Store) -> None:
    """The turn of a claim is used without asking; it is nobody else's meanwhile, and free at the block's end."""

    async def work() -> None:
        store.catalog.put([make.feed(1, url="http://a.test/feed")], utc_now())
        async with polite(store, pacing()) as (hosts, desk):
            (claim,) = await desk.claim("me", 5, 20, pacing())
            took: list[float] = []

            async def visit() -> None:
                async with hosts.turn("http://a.test/page"):
                    took.append(asyncio.get_running_loop().time())

            async with hosts.claimed(claim):
                assert desk.asked == 0
                page = asyncio.create_task(visit())
                await asyncio.sleep(0.3)
                assert not took
                left_at = asyncio.get_running_loop().time()
            await page
            assert took[0] - left_at < 0.2

    run(work())


def test_a_page_turn_outlives_its_hold_by_renewal(store: Store) -> None:
    """Turns that are held are told to whoever renews; renewed, nobody else gets them."""

    async def work() -> None:
        short = Pacing(delay_s=0.0, at_once=1, hold_s=0.5, free=frozenset())
        async with polite(store, short) as (one, desk), polite(store, short) as (_, other):
            async with one.turn("http://a.test/"):
                for _ in range(4):
                    await asyncio.sleep(0.2)
                    await desk.renew([], one.held(), 1)
                assert await other.take("a.test", "theirs", short) > 0
            await asyncio.sleep(0.05)
            assert await other.take("a.test", "theirs", short) == 0.0

    run(work())
