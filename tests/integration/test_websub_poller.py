"""Whole pollers, a real hub and a real host: from the feed's own words to entries that no GET brought."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import make
import pytest
from aiohttp import ClientError
from poller_wire import html, item, rss, says, until
from raw_server import RawServer
from websub_hub import Hub

from dateline.settings import Settings
from dateline.store import websub as stored
from dateline.store.door import Store
from dateline.store.websub import State
from services.poller.__main__ import poll_until

pytestmark = pytest.mark.integration


@dataclass
class Scene:
    """A hub, a host with one feed that names it, and a store that lists the feed."""

    hub: Hub
    host: RawServer
    store: Store
    settings: Settings

    @property
    def topic(self) -> str:
        return self.host.url("/feed1")

    @property
    def state(self) -> State | None:
        one = self.store.websub.of_feed("feed1")
        return one.state if one else None

    @property
    def accepted(self) -> int:
        return int(self.store.client.hget(self.store.keys.fates, "entries") or 0)

    @property
    def gets(self) -> int:
        return self.host.paths.count("/feed1")

    def article(self, number: int) -> str:
        path = f"/{number}"
        self.host.answers[path] = html(f"Story {number}. " + "Two groups clashed near the market. " * 9)
        return item(number, self.host.url(path))

    def environment(self) -> dict[str, str]:
        ours = {
            "REDIS_URL": self.settings.redis_url,
            "METRICS_PORT": "0",
            "ALLOW_ADDRESSES": self.settings.allow_addresses,
            "WEBSUB_URL": self.settings.websub_url,
            "WEBSUB_PORT": str(self.settings.websub_port),
            "LEASE_S": "3",
        }
        others = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        return others | {f"DATELINE_{name}": value for name, value in ours.items()}


@asynccontextmanager
async def scene(store: Store, settings: Settings, *, in_header: bool = True) -> AsyncIterator[Scene]:
    async with Hub() as hub, RawServer({}) as host:
        # A port that this process holds is one that no neighbour takes; pollers share it.
        with held_port() as port:
            allowed = f"127.0.0.1:{hub.port},127.0.0.1:{host.port}"
            settings = Settings(
                redis_url=settings.redis_url,
                websub_url=f"http://127.0.0.1:{port}",
                websub_port=port,
                allow_addresses=allowed,
            )
            one = Scene(hub, host, store, settings)
            body, links = rss(one.article(1)), [f'Link: <{hub.url}>; rel="hub", <{one.topic}>; rel="self"']
            if not in_header:
                named = f'<atom:link rel="hub" href="{hub.url}"/><atom:link rel="self" href="{one.topic}"/>'
                body = body.replace(b"<rss ", b'<rss xmlns:atom="http://www.w3.org/2005/Atom" ')
                body, links = body.replace(b"<channel>", b"<channel>" + named.encode()), []
            host.answers["/feed1"] = says(body, *links)
            store.catalog.put([make.feed(1, url=one.topic)], datetime.now(UTC))
            yield one


@contextmanager
def held_port() -> Iterator[int]:
    """Hold a port, open to all that share it, without listening on it."""
    import socket

    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(("127.0.0.1", 0))
        yield int(one.getsockname()[1])


@asynccontextmanager
async def polling(one: Scene) -> AsyncIterator[None]:
    """Run a whole poller in this process."""
    stop = asyncio.Event()
    task = asyncio.create_task(poll_until(stop, one.store, one.settings))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 12)


@contextmanager
def process(one: Scene) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a poller as a process of its own."""
    child = subprocess.Popen([sys.executable, "-m", "services.poller"], env=one.environment())
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def run(scenario: Any, *arguments: Any, **named: Any) -> None:
    async def play() -> None:
        async with scene(*arguments, **named) as one:
            await scenario(one)

    asyncio.run(play())


@pytest.mark.parametrize("in_header", [True, False], ids=["header", "body"])
def test_from_discovery_to_an_entry_that_no_poll_fetched(
    store: Store, settings: Settings, in_header: bool
) -> None:
    """A poll finds the hub, the hub verifies, a push arrives: its entry is accepted, and the feed was asked once."""

    async def scenario(one: Scene) -> None:
        async with polling(one):
            await until(lambda: one.state is State.ACTIVE and len(one.hub.subscribed) == 1)
            await until(lambda: one.accepted == 1)
            assert one.hub.asked[0]["hub.topic"] == one.topic
            assert await one.hub.push(rss(one.article(2))) == 202
            await until(lambda: one.accepted == 2)
            await until(lambda: not store.feeds.pushed("feed1"))
            assert await one.hub.push(rss(one.article(2), one.article(3))) == 202
            await until(lambda: one.accepted == 3)
            assert one.gets == 1

    run(scenario, store, settings, in_header=in_header)


def test_a_forged_push_brings_no_entry(store: Store, settings: Settings) -> None:
    """What is not signed with our secret is answered like a good push and never read."""

    async def scenario(one: Scene) -> None:
        async with polling(one):
            await until(lambda: len(one.hub.subscribed) == 1 and one.accepted == 1)
            assert await one.hub.push(rss(one.article(2)), secret="another") == 202
            assert await one.hub.push(rss(one.article(3))) == 202
            await until(lambda: one.accepted == 2)
            assert "/2" not in one.host.paths

    run(scenario, store, settings)


def test_polling_goes_on_while_the_hub_is_down(store: Store, settings: Settings) -> None:
    """A hub that answers 500 costs a request now and then; the feed is polled as if it named none."""

    async def scenario(one: Scene) -> None:
        one.hub.status = 500
        async with polling(one):
            await until(lambda: len(one.hub.asked) == 1 and one.accepted == 1)
            one.host.answers["/feed1"] = says(rss(one.article(2)))
            store.catalog.due_now(["feed1"], datetime.now(UTC))
            await until(lambda: one.accepted == 2)
            assert one.state is State.PENDING
            (claimed,) = [row for row in store.catalog.rows() if row.state]
            assert claimed.state.rhythm.error_streak == 0

    run(scenario, store, settings)


def test_a_poller_killed_after_its_answer_loses_nothing(store: Store, settings: Settings) -> None:
    """kill -9 right behind the 2xx: the body is in the store, and the next poller makes its entries of it."""

    async def scenario(one: Scene) -> None:
        with process(one) as first:
            await until(lambda: len(one.hub.subscribed) == 1 and one.accepted == 1, 20)
            bodies = [rss(one.article(number)) for number in range(2, 8)]
            for body in bodies:
                assert await one.hub.push(body) == 202
            first.send_signal(signal.SIGKILL)
            first.wait()
            held = [stored.decode(blob).body for blob in store.feeds.pushed("feed1")]
            assert all(body in held for body in bodies[one.accepted - 1 :])
        with process(one):
            await until(lambda: one.accepted == 7, 30)
            assert one.gets == 1
            ((callback, form),) = one.hub.subscribed.items()
            await until(lambda: not store.feeds.pushed("feed1"))
            # The same subscription reaches the other process: nothing had to be asked anew.
            answer = await one.hub.push(rss(one.article(8)), callback=callback, secret=form["hub.secret"])
            assert answer == 202
            await until(lambda: one.accepted == 8, 20)
            assert len(one.hub.asked) == 1

    run(scenario, store, settings)


@pytest.mark.faults
def test_pollers_killed_again_and_again_lose_no_push(store: Store, settings: Settings) -> None:
    """Two pollers share the callback and are killed in turn while a hub pushes, and repeats what was not answered
    2xx: every entry is accepted, once."""

    async def scenario(one: Scene) -> None:
        with process(one) as first, process(one) as second:
            await until(lambda: len(one.hub.subscribed) == 1 and one.accepted == 1, 20)
            children = [first, second]
            with ExitStack() as later:
                for number in range(2, 32):
                    body = rss(one.article(number))
                    await repeated(one.hub, body)
                    if number % 8 == 0:
                        children.pop(0).kill()
                        children.append(later.enter_context(process(one)))
                await until(lambda: one.accepted == 31, 30)
                await until(lambda: not store.feeds.pushed("feed1"))
                assert one.accepted == 31
                # The hourly check on the hub did not fall into these seconds: all came from pushes.
                assert one.gets == 1

    run(scenario, store, settings)


async def repeated(hub: Hub, body: bytes) -> None:
    """Push until it is answered 2xx."""
    for _ in range(300):
        try:
            if 200 <= await hub.push(body) < 300:
                return
        except ClientError:
            pass  # the poller that took the connection was killed
        await asyncio.sleep(0.1)
    raise AssertionError("never taken")


def test_a_port_that_is_not_ours_ends_the_poller(store: Store, settings: Settings) -> None:
    """A poller that cannot listen for hubs says so and ends with status 2."""

    async def scenario(one: Scene) -> None:
        environment = one.environment() | {"DATELINE_WEBSUB_HOST": "203.0.113.1"}
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "services.poller"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert done.returncode == 2
        assert "203.0.113.1" in done.stderr

    run(scenario, store, settings)
