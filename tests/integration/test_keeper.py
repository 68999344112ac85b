"""The keeper's round on a real Redis: queue again, measure, trim; and the process that does it."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from coded import mention, result
from live import until
from make import NOW, feed, page
from prometheus_client import REGISTRY
from rq import Queue

from dateline.cli.session import now as real_now
from dateline.errors import Reason
from dateline.feeds.cadence import first_rhythm
from dateline.incidents.plan import plan, wanted_blocks
from dateline.model import FeedState
from dateline.settings import Settings
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.ledger import Outcome
from services.keeper.loop import SILENT_FEEDS, Keeper

pytestmark = pytest.mark.integration


def keeper(store: Store, settings: Settings, after_s: float = 0.0) -> Keeper:
    return Keeper(settings, store, lambda: NOW + timedelta(seconds=after_s))


def accept(store: Store, *numbers: int, now=NOW, **state) -> None:
    store.catalog.put([feed()], now)
    store.catalog.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    store.feeds.accept(claim, [page(number, accepted_at=now) for number in numbers], now)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now), **state))], now)


def settle(store: Store, number: int, now=NOW) -> None:
    told = result(number, mention(number))
    seen = store.ledger.look_up(told.article_id, told.fingerprint, (), wanted_blocks(told, now), now)
    settled = store.ledger.settle(plan(told, seen, now), told.fingerprint, seen, now)
    assert settled.outcome is Outcome.SETTLED


def gauge(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(f"dateline_{name}", labels)


def forget_jobs(store: Store) -> None:
    Queue(store.keys.queue, connection=store.client).empty()


def test_what_is_overdue_is_queued_again(store: Store, settings: Settings) -> None:
    """A round queues all that is due, as far as the queue has room, and is safe to do twice."""
    accept(store, *range(1, 31))
    forget_jobs(store)
    keeper(store, settings).dispatch()
    assert store.queue.waiting() == 0
    for _ in range(2):
        keeper(store, settings, after_s=60).dispatch()
        assert store.queue.waiting() == 2


def test_the_gauges_say_what_waits(store: Store, settings: Settings) -> None:
    """Outbox, its oldest article, quarantine and queue, as of now."""
    accept(store, 1, 2, 3)
    store.outbox.quarantine(f"{3:016x}", Reason.INTERNAL, "", NOW)
    keeper(store, settings, after_s=42).measure()
    assert gauge("outbox_entries") == 2
    assert gauge("outbox_oldest_seconds") == pytest.approx(42, abs=0.01)
    assert gauge("quarantine_entries") == 1
    assert gauge("queue_jobs", queue=store.keys.queue) == store.queue.waiting() == 1


def test_an_empty_wire_measures_zero(store: Store, settings: Settings) -> None:
    """No age without an article, also when a clock runs behind."""
    keeper(store, settings).measure()
    assert gauge("outbox_oldest_seconds") == 0
    accept(store, 1)
    keeper(store, settings, after_s=-5).measure()
    assert gauge("outbox_oldest_seconds") == 0


def test_feeds_are_counted_by_how_they_are(store: Store, settings: Settings) -> None:
    """New until polled; then by the worst that is wrong with them; those that nobody polls are overdue too."""
    rhythm = first_rhythm(NOW)
    store.catalog.put([feed(number) for number in (1, 2, 3)], NOW)
    for claim in store.feeds.claim("me", NOW, 10, 20, UNPACED):
        troubles = {"feed1": (), "feed2": ("failing", "silent"), "feed3": ("silent",)}[claim.feed.id]
        store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=rhythm, troubles=troubles))], NOW)
    store.catalog.put([feed(4)], NOW)
    keeper(store, settings, after_s=61).measure()
    told = {
        state: gauge("feeds", state=state) for state in ("new", "healthy", "failing", "silent", "retired")
    }
    assert told == {"new": 1, "healthy": 1, "failing": 1, "silent": 1, "retired": 0}
    assert gauge("feeds_overdue") == 4
    assert gauge("websub_subscriptions", state="active") == 0


def test_silence_is_told_of_the_most_silent_feeds_only(store: Store, settings: Settings) -> None:
    """The series are bounded, whatever the catalog; a feed that speaks again makes room."""
    many = range(1, SILENT_FEEDS + 11)
    store.catalog.put([feed(number) for number in many], NOW)
    for claim in store.feeds.claim("me", NOW, 100, 20, UNPACED):
        spoke_at = NOW - timedelta(hours=int(claim.feed.id[4:]))
        store.feeds.finish(
            [Finish(claim=claim, state=FeedState(rhythm=first_rhythm(NOW), last_entry_at=spoke_at))], NOW
        )
    keeper(store, settings).measure()
    silent = [number for number in many if gauge("feed_silence_seconds", feed=f"feed{number}") is not None]
    assert silent == list(many)[10:]
    assert gauge("feed_silence_seconds", feed="feed60") == 60 * 3600


def test_what_is_older_than_the_retention_is_forgotten(store: Store, settings: Settings) -> None:
    """Incidents and envelopes go with their age; younger ones stay."""
    accept(store, 1)
    settle(store, 1)
    (known,) = [one.id for one in store.incidents.since(NOW)]
    days = settings.retention_days
    keeper(store, settings, after_s=(days - 1) * 86_400).trim()
    assert store.incidents.get(known)
    keeper(store, settings, after_s=(days + 1) * 86_400).trim()
    assert store.incidents.get(known) is None
    assert list(store.incidents.since(NOW - timedelta(days=1))) == []


def test_a_keeper_outlives_redis_away(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round that cannot reach the store is left out; the loop goes on until it is told to stop."""
    from dateline.errors import StoreUnavailable

    stop, rounds = threading.Event(), []

    def away(self: Keeper) -> None:
        rounds.append("dispatch")
        if len(rounds) > 1:
            stop.set()
        raise StoreUnavailable("away")

    monkeypatch.setattr(Keeper, "dispatch", away)
    Keeper(settings, store, real_now).run(stop)
    assert rounds == ["dispatch", "dispatch"]


def test_the_keeper_process_queues_and_ends(store: Store, tmp_path: Path) -> None:
    """`python -m services.keeper` hands out what is due, and ends with 0 at SIGTERM."""
    accept(store, 1, now=real_now() - timedelta(seconds=60))
    forget_jobs(store)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environ = plain | {
        "DATELINE_REDIS_URL": store.url,
        "DATELINE_METRICS_PORT": "0",
        "DATELINE_CANARY_EVERY_S": "0",
    }
    with subprocess.Popen([sys.executable, "-m", "services.keeper"], env=environ) as process:
        try:
            until(lambda: store.queue.waiting() == 1, 20, "the overdue article is queued")
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        finally:
            process.kill()


def test_a_misconfigured_keeper_ends_with_2(tmp_path: Path) -> None:
    """It says which setting is wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "services.keeper"],
        env=os.environ | {"DATELINE_KEEP": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "unknown setting DATELINE_KEEP" in done.stderr
