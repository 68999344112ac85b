"""The loop and the process of the poller against a real Redis and a real host."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from poller_wire import PACING, Noted, Rooms, html, item, poller, rss, says, until, wired
from raw_server import Exchange

from dateline.errors import StoreUnavailable
from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from services.poller.desk import Desk
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


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
            tired = Rooms(Tired(store, away=2, pauses=2), store.turns, store.policies)
            desk = Desk(tired, lambda: wire.now)
            stop = asyncio.Event()
            loop = asyncio.create_task(poller(wire, desk).run(stop))
            await until(lambda: wire.acknowledged == 5)
            await until(lambda: all(row.state for row in store.catalog.rows()))
            stop.set()
            await asyncio.wait_for(loop, 2)
            desk.close()

    asyncio.run(run())


def test_a_slow_host_delays_only_its_own_feed(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one host hangs, the neighbours of its feed are polled."""
    monkeypatch.setattr("services.poller.loop.DRAIN_S", 0.1)

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=60.0) as wire:
            wire.serve("/feed1", Exchange.gone)
            wire.serve("/feed2", says(rss(item(2, wire.serve("/2", html())))))
            wire.feed(1)
            wire.feed(2)
            stop = asyncio.Event()
            loop = asyncio.create_task(poller(wire, wire.desk, slots=2).run(stop))
            await until(lambda: wire.acknowledged == 1)
            assert wire.server.running == 1
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
                assert store.feeds.claim("other", wire.now, 1, 20, PACING) == []
            release.set()
            await until(lambda: wire.acknowledged == 1)
            stop.set()
            await asyncio.wait_for(loop, 2)

    asyncio.run(run())


def test_a_thief_of_the_lease_ends_the_poll(store: Store, settings: Settings) -> None:
    """The heart beat notices a lost lease while the poll waits, and cancels it."""

    async def run() -> None:
        async with wired(store, settings, fetch_deadline_s=30.0) as wire:
            wire.serve("/feed1", Exchange.gone)
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
            wire.serve("/feed1", Exchange.gone)
            wire.feed()
            stop = asyncio.Event()
            noted = Noted()
            loop = asyncio.create_task(poller(wire, wire.desk, tally=noted).run(stop))
            await until(lambda: wire.server.running == 1)
            stop.set()
            await asyncio.wait_for(loop, 2)
            assert noted.outcomes == [Polled.CANCELLED]
            assert store.feeds.claim("other", wire.now, 1, 20, PACING) == []
            assert len(store.feeds.claim("other", wire.now + timedelta(seconds=21), 1, 20, PACING)) == 1

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
