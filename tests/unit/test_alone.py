"""The desk of one who has no store: turns at hosts in this process only."""

import asyncio

from dateline.store.feeds import Pacing
from services.poller.alone import Alone
from services.poller.guard import NOBODY
from services.poller.hosts import Hosts

PACING = Pacing(delay_s=0.2, at_once=1, hold_s=20, free=frozenset())


def test_a_host_is_asked_one_delay_apart_and_others_at_once() -> None:
    """As politely as a poller asks, without Redis."""

    async def ask() -> list[float]:
        hosts, clock, times = Hosts(Alone(0.2), PACING, NOBODY), asyncio.get_running_loop().time, []
        begun = clock()
        for url in ("https://a.test/1", "https://b.test/1", "https://a.test/2"):
            async with hosts.turn(url):
                times.append(clock() - begun)
        return times

    first, other, second = asyncio.run(ask())
    assert first < 0.15
    assert other < 0.15
    assert 0.19 < second < 1.5


def test_one_request_at_a_time() -> None:
    """Two who ask together are answered one after the other, also when the first takes long."""

    async def ask() -> list[str]:
        hosts, told = Hosts(Alone(0.05), PACING, NOBODY), []

        async def one(name: str) -> None:
            async with hosts.turn("https://a.test/"):
                told.append(f"{name} begins")
                await asyncio.sleep(0.1)
                told.append(f"{name} ends")

        await asyncio.gather(one("first"), one("second"))
        return told

    assert asyncio.run(ask()) == ["first begins", "first ends", "second begins", "second ends"]
