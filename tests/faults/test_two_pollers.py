"""Two pollers share the feeds under leases; SIGKILL takes one away, and the other goes on with its feeds."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from live import until

from dateline.model import Feed
from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from dateline.text import urls

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(240)]

ROOT = Path(__file__).parents[2]
FEEDS = 60
SERVER = ROOT / "tests" / "bench" / "feed_server.py"


@dataclass
class Scene:
    """A host of many feeds, a store, and pollers that come and go."""

    store: Store
    settings: Settings
    port: int
    pollers: list["subprocess.Popen[bytes]"]

    def host(self, feed: int) -> str:
        return f"127.0.0.{feed + 1}:{self.port}"

    def start_poller(self) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        environ |= {
            "DATELINE_REDIS_URL": self.settings.redis_url,
            "DATELINE_METRICS_PORT": "0",
            "DATELINE_LEASE_S": str(self.settings.lease_s),
            "DATELINE_ALLOW_ADDRESSES": ",".join(self.host(feed) for feed in range(FEEDS)),
        }
        command = [sys.executable, "-m", "services.poller"]
        self.pollers.append(
            subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )

    def kill_poller(self, number: int) -> None:
        poller = self.pollers.pop(number)
        poller.send_signal(signal.SIGKILL)
        poller.wait(10)

    def stats(self, ask: str = "") -> dict[int, tuple[int, float, int, int]]:
        """By feed: times asked for, when last, requests that overlapped, items that it got."""
        told = httpx.get(f"http://127.0.0.1:{self.port}/stats{ask}", trust_env=False, timeout=10)
        return {int(number): tuple(row) for number, row in json.loads(told.text).items()}

    def polled_since(self, moment_s: float) -> int:
        return sum(last_s > moment_s for _, last_s, _, _ in self.stats().values())

    def missing(self) -> list[str]:
        """Items that some feed listed and that the store does not know."""
        return [
            address
            for feed, (_, _, _, items) in self.stats().items()
            for address in (f"http://{self.host(feed)}/page/{feed}/{item}" for item in range(1, items + 1))
            if self.store.incidents.article(urls.article_id(urls.canonical(address))) is None
        ]


@contextmanager
def scene(folder: Path, *, lease_s: int) -> Iterator[Scene]:
    """Yield 60 feeds, each on a host of its own, polled every second by two pollers."""
    command = [sys.executable, str(SERVER), "--delay-ms", "40", "--changes", "7"]
    with (
        EmbeddedRedis(folder) as redis,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout
        port = int(server.stdout.readline())
        settings = Settings(redis_url=redis.url, lease_s=lease_s)
        store = open_store(settings)
        made = Scene(store=store, settings=settings, port=port, pollers=[])
        feeds = [
            Feed(id=f"feed{number}", url=f"http://{made.host(number)}/f{number}", interval_s=1)
            for number in range(FEEDS)
        ]
        store.catalog.put(feeds, datetime.now(UTC))
        try:
            made.start_poller()
            made.start_poller()
            until(lambda: len(made.stats()) == FEEDS, 30, "every feed was polled once")
            yield made
        finally:
            for poller in made.pollers:
                poller.kill()
                poller.wait(10)
            server.terminate()
            store.close()


def never_twice_at_once(made: Scene) -> None:
    overlapped = {feed: row for feed, row in made.stats().items() if row[2]}
    assert not overlapped


def test_the_feeds_of_a_killed_poller_are_polled_by_another_within_30_seconds(tmp_path: Path) -> None:
    """With the lease of the defaults, SIGKILL of one of two pollers delays no feed by more than 30 s; no feed
    is ever asked for twice at once."""
    with scene(tmp_path, lease_s=Settings().lease_s) as made:
        made.kill_poller(0)
        killed_s = time.time()
        until(lambda: made.polled_since(killed_s) == FEEDS, 30, "every feed was polled after the kill")
        never_twice_at_once(made)


def test_killing_pollers_again_and_again_loses_no_entry(tmp_path: Path) -> None:
    """Eight SIGKILLs at seeded moments, each poller replaced by a new one: every item that any feed listed is
    acknowledged in the end, and no feed was asked for twice at once."""
    rng = random.Random(7)
    with scene(tmp_path, lease_s=3) as made:
        for _ in range(8):
            time.sleep(rng.uniform(0.3, 2.0))
            made.kill_poller(rng.randrange(2))
            made.start_poller()
        made.stats("?freeze")
        frozen_s = time.time()
        until(lambda: made.polled_since(frozen_s) == FEEDS, 30, "every feed was polled after the last kill")
        until(lambda: not made.missing(), 30, "every item is acknowledged")
        assert sum(row[3] for row in made.stats().values()) >= 10, "hardly anything was listed"
        never_twice_at_once(made)
