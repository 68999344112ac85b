"""The contestants of ``poll_bench.py``, each a process of its own, and how the store is made ready.

usage: poll_parts.py poller REDIS_URL PORT HOST_DELAY_S | poll_parts.py bare PORT HOSTS FEEDS
"""

import asyncio
import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import feed_server  # noqa: E402
import httpx  # noqa: E402
from httpx_aiohttp import AiohttpTransport  # noqa: E402

from dateline.feeds import formats, memory, split  # noqa: E402
from dateline.model import Feed, FeedRhythm, FeedState, TextSource  # noqa: E402
from dateline.settings import Settings  # noqa: E402
from dateline.store.door import Store, open_store  # noqa: E402
from dateline.store.feeds import Finish, Pacing, guid_key  # noqa: E402

CONNECTIONS = 100
_BATCH = 500


def address(feed: int, hosts: int, port: int) -> str:
    """Where feed ``feed`` lives: hosts are loopback addresses, dealt out in turn."""
    host = feed % hosts
    return f"http://127.{host // 62_500}.{host // 250 % 250}.{host % 250 + 1}:{port}/f{feed}"


def seed_s(feeds: int) -> float:
    """How long ``seed`` takes at most, in seconds."""
    return 5 + feeds / 2_000


def seed(
    store: Store, port: int, hosts: int, due: Mapping[int, datetime], interval_s: int, *, text: str
) -> None:
    """File the feeds as if each had been polled before: validators, known items, and when it is due."""
    now = datetime.now(UTC)
    feeds = [
        Feed(id=f"f{number}", url=address(number, hosts, port), interval_s=interval_s, text=TextSource(text))
        for number in due
    ]
    store.catalog.put(feeds, now)
    known = Known()
    pacing = Pacing(delay_s=0.0, at_once=1_000_000, hold_s=1.0)
    while claims := store.feeds.claim("seed", datetime.now(UTC), _BATCH, 600, pacing):
        batch = []
        for claim in claims:
            rhythm = FeedRhythm(interval_s=interval_s, next_poll_at=due[int(claim.feed.id[1:])])
            state = FeedState(rhythm=rhythm, etag='"v0"', polls=5, full_at=now, last_success_at=now)
            batch.append(Finish(claim=claim, state=state, items=known.rows(claim.feed.url)))
        store.feeds.finish(batch, datetime.now(UTC))


class Known:
    """What is remembered of the items that every feed starts with."""

    def __init__(self) -> None:
        body = feed_server.document(0, 0, "")
        cut = split.cut(body.decode())
        assert cut
        self._cut = cut
        entries = formats.parse(body, "application/rss+xml", "http://news.test/").entries
        assert len(entries) == feed_server.ITEMS
        self._known = [(bytes.fromhex(guid_key(entry.guid)), memory.digest(entry)) for entry in entries]
        self._by_stem: dict[str, bytes] = {}

    def rows(self, url: str) -> bytes:
        """The rows for a feed at ``url``: the hashes of its items depend on the folder it lives in."""
        stem = memory.stem(url)
        if stem not in self._by_stem:
            rows = [
                memory.Row(hash=hashed, guid=guid, digest=digest)
                for hashed, (guid, digest) in zip(self._cut.hashes(url), self._known, strict=True)
            ]
            self._by_stem[stem] = memory.encode(rows)
        return self._by_stem[stem]


class Loopback(frozenset[tuple[str, int]]):
    """Lets every loopback address at one port through the guard."""

    port: int

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and pair[1] == self.port and str(pair[0]).startswith("127.")


async def poller(redis_url: str, port: int, delay_s: float) -> None:
    """The poller as deployments run it, pacing and all (with a delay of 0: hosts are not paced)."""
    from services.poller.__main__ import poll_until

    allowed = Loopback()
    allowed.port = port
    settings = Settings(
        redis_url=redis_url, pause_outbox_s=86_400, poll_concurrency=CONNECTIONS, host_delay_s=delay_s
    )
    store = open_store(settings)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await poll_until(
        asyncio.Event(),
        store,
        settings,
        allowed=allowed,
        unpaced=frozenset() if delay_s else frozenset({"*"}),
    )


async def bare(port: int, hosts: int, feeds: int) -> None:
    """A loop of the plain client: the same addresses, validators and number of connections, bodies read."""
    async with httpx.AsyncClient(transport=AiohttpTransport(), trust_env=False, timeout=60) as client:
        told = (await client.get(f"http://127.0.0.1:{port}/stats")).json()
        etags = {feed: f'"v{told.get(str(feed), (0, 0, 0, 0))[3]}"' for feed in range(feeds)}
        sys.stdout.write("ready\n")
        sys.stdout.flush()

        async def ask() -> None:
            while True:
                feed = random.randrange(feeds)
                known = {"If-None-Match": etags[feed]}
                answer = await client.get(address(feed, hosts, port), headers=known)
                etags[feed] = answer.headers["etag"]

        await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))


def main() -> None:
    name, *given = sys.argv[1:]
    if name == "poller":
        asyncio.run(poller(given[0], int(given[1]), float(given[2])))
    else:
        asyncio.run(bare(int(given[0]), int(given[1]), int(given[2])))


if __name__ == "__main__":
    main()
