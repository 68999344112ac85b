"""What strangers may do to the port that hubs reach, and what a hub is told when we cannot take its push."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from test_websub import pushes, run
from websub_hub import FEED_BODY, Hub, Subscribing, subscribing

from dateline.errors import Misconfigured
from dateline.settings import Settings
from dateline.store import websub as stored
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from services.poller.websub import callback, listen

pytestmark = pytest.mark.integration


@asynccontextmanager
async def line(wire: Subscribing) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a raw connection to the callback's port."""
    reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def answer(reader: asyncio.StreamReader, within_s: float = 5.0) -> bytes:
    """Return all that the server says until it closes."""
    try:
        return await asyncio.wait_for(reader.read(), within_s)
    except ConnectionError:
        return b""


async def path_of(wire: Subscribing) -> str:
    return f"/v1/websub/{(await wire.subscribe()).token}"


def test_a_body_may_not_be_larger_than_a_feed(store: Store, settings: Settings) -> None:
    """Declared or not, a body beyond the cap is refused before it is held."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        before = pushes("too_large")
        assert await wire.hub.push(b"x" * 100_001) == 413

        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(11):
                yield b"x" * 10_000

        ((address, _),) = wire.hub.subscribed.items()
        async with wire.hub._session.post(
            address, data=chunks(), headers={"X-Hub-Signature": "sha1=" + "0" * 40}
        ) as response:
            assert response.status == 413
        assert pushes("too_large") == before + 2
        assert wire.waiting == 0
        assert await wire.hub.push(b"x" * 100_000) == 202

    run(scenario, store, settings)


def test_a_body_has_to_come_in_time(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that drips its body is answered 408 and cut."""
    monkeypatch.setattr(callback, "BODY_DEADLINE_S", 0.3)
    monkeypatch.setattr(listen, "LINGER_S", 0.1)

    async def scenario(wire: Subscribing) -> None:
        path, before = await path_of(wire), pushes("too_slow")
        async with line(wire) as (reader, writer):
            head = f"POST {path} HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: sha1={'0' * 40}\r\nContent-Length: 9\r\n\r\nab"
            writer.write(head.encode())
            assert (await answer(reader)).startswith(b"HTTP/1.1 408 ")
        assert pushes("too_slow") == before + 1

    run(scenario, store, settings)


def test_a_head_has_to_come_in_time(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections that say nothing, or one header after the other for ever, are cut."""
    monkeypatch.setattr(listen, "HEAD_S", 0.3)
    monkeypatch.setattr(listen, "SWEEP_S", 0.05)

    async def scenario(wire: Subscribing) -> None:
        async with line(wire) as (silent, _), line(wire) as (dripping, writer):
            writer.write(b"POST /v1/websub/x HTTP/1.1\r\nHost: x\r\n")

            async def drip() -> None:
                while True:
                    writer.write(b"X-More: 1\r\n")
                    await asyncio.sleep(0.05)

            drops = asyncio.create_task(drip())
            assert await answer(silent, 3) == b""
            assert await answer(dripping, 3) == b""
            drops.cancel()

    run(scenario, store, settings)


def test_a_connection_serves_one_request(store: Store, settings: Settings) -> None:
    """Whatever was asked, the connection ends with the answer: nothing is kept open for more."""

    async def scenario(wire: Subscribing) -> None:
        path = await path_of(wire)
        for request in (f"GET {path}?hub.mode=x", f"POST {path}", "GET /else", f"DELETE {path}"):
            async with line(wire) as (reader, writer):
                writer.write(f"{request} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
                said = await answer(reader)
                assert said.split(b" ")[1] in {b"404", b"202", b"405"}, said
                assert b"connection: close" in said.lower()

    run(scenario, store, settings)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /v1/websub/" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1/websub/x HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 10_000 + b"\r\n\r\n",
        b"GET /v1/websub/x HTTP/1.1\r\nHost: x\r\n" + b"X-Many: 1\r\n" * 100 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100 + b"\r\n\r\n",
    ],
    ids=["path", "header", "headers", "tls"],
)
def test_a_head_is_bounded(store: Store, settings: Settings, head: bytes) -> None:
    """Long lines, many headers and what is no HTTP at all are answered 400 and cut."""

    async def scenario(wire: Subscribing) -> None:
        async with line(wire) as (reader, writer):
            writer.write(head)
            assert (await answer(reader)).startswith(b"HTTP/1.") is True
        assert await wire.hub.push(FEED_BODY, callback=wire.base + "/v1/websub/x") == 410

    run(scenario, store, settings)


def test_connections_are_bounded(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """One connection too many is cut at once; when others end there is room again."""
    monkeypatch.setattr(listen, "MAX_CONNECTIONS", 2)

    async def scenario(wire: Subscribing) -> None:
        path = (await path_of(wire)).encode()
        await asyncio.sleep(0.1)
        async with line(wire), line(wire):
            await asyncio.sleep(0.05)
            async with line(wire) as (reader, writer):
                writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
                assert await answer(reader) == b""
        await asyncio.sleep(0.1)
        async with line(wire) as (reader, writer):
            writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await answer(reader)).startswith(b"HTTP/1.1 404")

    run(scenario, store, settings)


def test_bodies_are_read_a_few_at_once(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More pushes at once than may be held are sent away with a time to come back."""
    monkeypatch.setattr(callback, "BODIES_AT_ONCE", 1)

    async def scenario(wire: Subscribing) -> None:
        path, before = await path_of(wire), pushes("busy")
        async with line(wire) as (_, writer):
            head = f"POST {path} HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: sha1={'0' * 40}\r\nContent-Length: 9\r\n\r\nab"
            writer.write(head.encode())
            await asyncio.sleep(0.1)
            assert await wire.hub.push(FEED_BODY) == 503
        assert pushes("busy") == before + 1
        await asyncio.sleep(0.1)
        assert await wire.hub.push(FEED_BODY) == 202

    run(scenario, store, settings)


def test_a_push_that_breaks_off_is_nothing(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A hub that hangs up, or whose chunks are none, leaves no body and no error in the log."""

    async def scenario(wire: Subscribing) -> None:
        path, before = await path_of(wire), pushes("cut")
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: sha1={'0' * 40}\r\n"
        for framing, body in (("Content-Length: 9", b"ab"), ("Transfer-Encoding: chunked", b"zz\r\n")):
            async with line(wire) as (_, writer):
                writer.write(f"{head}{framing}\r\n\r\n".encode())
                await asyncio.sleep(0.1)
                writer.write(body)
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.1)
        assert pushes("cut") == before + 2
        assert wire.waiting == 0
        assert [one for one in caplog.records if one.levelname == "ERROR"] == []

    run(scenario, store, settings)


def test_a_full_feed_makes_the_hub_repeat(store: Store, settings: Settings) -> None:
    """When polls do not keep up a push is answered 503 and counted; nothing that was answered 202 is given up."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        before = pushes("full")
        for _ in range(stored.MOST_PUSHED):
            assert await wire.hub.push(FEED_BODY) == 202
        assert await wire.hub.push(FEED_BODY) == 503
        assert pushes("full") == before + 1
        store.feeds.drop_pushed("feed1", stored.MOST_PUSHED)
        assert await wire.hub.push(FEED_BODY) == 202

    run(scenario, store, settings)


def test_encoded_bodies_are_not_unpacked(store: Store, settings: Settings) -> None:
    """Nobody agreed on a coding with the hub: 415, and nothing is unpacked for a stranger."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        assert await wire.hub.push(b"\x1f\x8b garbage", headers={"Content-Encoding": "gzip"}) == 415
        assert wire.waiting == 0

    run(scenario, store, settings)


def test_without_redis_the_hub_has_to_repeat(tmp_path: Path) -> None:
    """Redis away: 503 for pushes and verifications, 2xx and stored when it is back; the asker goes on."""

    async def scenario() -> None:
        with EmbeddedRedis(tmp_path) as server:
            store = open_store(Settings(redis_url=server.url))
            async with subscribing(store, Settings(redis_url=server.url)) as wire:
                await wire.subscribe()
                (address,) = wire.hub.subscribed
                before = pushes("store_away")
                await asyncio.to_thread(server.stop)
                assert await wire.hub.push(FEED_BODY) == 503
                assert (await wire.hub.says(address, "subscribe", wire.topic, challenge="x"))[0] == 503
                assert pushes("store_away") == before + 2
                await asyncio.to_thread(server.start)
                assert await wire.hub.push(FEED_BODY) == 202
                assert wire.waiting == 1
            store.close()

    asyncio.run(scenario())


def test_nothing_is_taken_in_while_polling_pauses(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the workers are behind, or Redis fills up, hubs are asked to come back like everybody else."""
    monkeypatch.setattr(callback, "PAUSE_S", 0.0)

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        reason: list[str | None] = ["full"]

        async def paused() -> str | None:
            return reason[0]

        wire.websub.callback._paused = paused
        assert await wire.hub.push(FEED_BODY) == 503
        reason[0] = None
        assert await wire.hub.push(FEED_BODY) == 202
        assert wire.waiting == 1

    run(scenario, store, settings)


def test_an_address_that_is_not_ours_is_misconfigured(store: Store, settings: Settings) -> None:
    """The start fails and says why; a public address that is none likewise."""

    async def scenario(wire: Subscribing) -> None:
        stop = asyncio.Event()
        wire.websub._settings = Settings(websub_url="https://wire.example", websub_host="203.0.113.1")
        with pytest.raises(Misconfigured, match=r"203\.0\.113\.1"):
            await wire.websub.run(stop)
        wire.websub._settings = Settings(websub_url="wire.example")
        with pytest.raises(Misconfigured, match="WEBSUB_URL"):
            await wire.websub.run(stop)

    run(scenario, store, settings)


def test_without_an_address_nothing_is_asked(store: Store, settings: Settings) -> None:
    """Switched off: no feed is subscribed, and none is polled rarely for a hub that cannot reach us."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        await wire.hub.push(FEED_BODY)
        assert wire.relied is not None
        wire.websub._settings = Settings()
        await asyncio.wait_for(wire.websub.run(asyncio.Event()), 5)
        assert wire.relied is None
        await wire.websub.seen(wire.feed(2), wire.hub.url, wire.topic)
        assert store.websub.of_feed("feed2") is None

    run(scenario, store, settings)


def test_the_task_listens_and_asks_until_the_stop(store: Store, settings: Settings) -> None:
    """``run`` alone does all of it: listens, asks a new hub within moments, and ends at the stop."""

    async def scenario(wire: Subscribing) -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(wire.websub.run(stop))
        feed: Any = wire.feed()
        await asyncio.sleep(0.1)
        await wire.websub.seen(feed, wire.hub.url, wire.topic)
        for _ in range(100):
            if wire.hub.subscribed:
                break
            await asyncio.sleep(0.01)
        assert wire.hub.subscribed
        stop.set()
        await asyncio.wait_for(task, 2)

    run(scenario, store, settings, Hub())
