"""The promises of services.poller.hosts: turns, pauses and rests, on a real event loop."""

import asyncio

import pytest

from dateline.errors import AddressRefused, FetchFailed
from services.poller.hosts import Hosts

pytestmark = pytest.mark.integration


class Pace:
    """Notes who asked for a turn; everybody waits ``wait_s``."""

    def __init__(self, wait_s: float = 0.0) -> None:
        self.asked: list[tuple[str, float]] = []
        self.wait_s = wait_s

    async def __call__(self, host: str, delay_s: float) -> float:
        self.asked.append((host, delay_s))
        return self.wait_s


def test_one_request_at_a_time_for_each_host() -> None:
    """Requests to one host queue up; another host is not held up by them."""

    async def run() -> None:
        pace = Pace()
        hosts = Hosts(pace, 1.5, frozenset())
        running: dict[str, int] = {"a.test": 0, "b.test": 0}
        most = dict(running)

        async def visit(host: str, path: int) -> None:
            async with hosts.turn(f"https://{host}/{path}"):
                running[host] += 1
                most[host] = max(most[host], running[host])
                await asyncio.sleep(0.01)
                running[host] -= 1

        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(visit(host, path) for path in range(5) for host in running))
        assert most == {"a.test": 1, "b.test": 1}
        assert asyncio.get_running_loop().time() - began < 0.5
        assert sorted(pace.asked) == [("a.test", 1.5)] * 5 + [("b.test", 1.5)] * 5

    asyncio.run(run())


def test_the_shared_pace_is_waited_for() -> None:
    """What the store says to wait is waited before the request."""

    async def run() -> None:
        hosts = Hosts(Pace(0.1), 1.0, frozenset())
        clock = asyncio.get_running_loop().time
        began = clock()
        async with hosts.turn("http://a.test/"):
            assert clock() - began >= 0.09

    asyncio.run(run())


def test_allowed_addresses_are_not_paced() -> None:
    """The sample wire on loopback answers as fast as it is asked."""

    async def run() -> None:
        pace = Pace()
        hosts = Hosts(pace, 1.0, frozenset({("127.0.0.1", 8090)}))
        async with hosts.turn("http://127.0.0.1:8090/a"), hosts.turn("http://127.0.0.1:8090/b"):
            assert pace.asked == []
        with pytest.raises(AddressRefused):
            async with hosts.turn("http://127.0.0.1:6379/"):
                pass

    asyncio.run(run())


def test_a_host_that_asks_for_rest_gets_it() -> None:
    """After Retry-After nothing is asked of the host until then; others go on."""

    async def run() -> None:
        pace = Pace()
        hosts = Hosts(pace, 1.0, frozenset())
        hosts.rest("http://a.test/1", 0.1)
        with pytest.raises(FetchFailed) as caught:
            async with hosts.turn("http://a.test/2"):
                pass
        assert caught.value.status == 429
        async with hosts.turn("http://b.test/"):
            pass
        await asyncio.sleep(0.12)
        async with hosts.turn("http://a.test/2"):
            pass
        assert pace.asked == [("b.test", 1.0), ("a.test", 1.0)]

    asyncio.run(run())


def test_a_failed_turn_frees_the_host() -> None:
    """An error or a cancellation inside a turn leaves nothing locked and nothing remembered."""

    async def run() -> None:
        hosts = Hosts(Pace(), 1.0, frozenset())

        async def fail() -> None:
            async with hosts.turn("http://a.test/"):
                raise FetchFailed("x")

        async def linger() -> None:
            async with hosts.turn("http://a.test/"):
                await asyncio.sleep(60)

        with pytest.raises(FetchFailed):
            await fail()
        task = asyncio.create_task(linger())
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(1), hosts.turn("http://a.test/"):
            pass
        assert vars(hosts)["_locks"] == {}

    asyncio.run(run())
