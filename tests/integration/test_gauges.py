"""The keeper's gauges, on a real Redis: what they say, that they are bounded, and what they cost."""

import time
from datetime import datetime, timedelta
from importlib import resources

import pytest
from make import NOW, feed, page
from prometheus_client import REGISTRY, generate_latest
from rq import Queue, SimpleWorker
from rq.utils import utcformat

from dateline import metrics
from dateline.cli.session import now as real_now
from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState
from dateline.settings import Settings
from dateline.store.client import blocking_connection
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.vitals import clean
from services.keeper.gauges import GROUPS, MODELS, Gauges
from services.keeper.loop import Keeper
from workers.worker import make_worker

pytestmark = pytest.mark.integration


def gauge(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(f"dateline_{name}", labels)


def series(name: str) -> dict[str, float]:
    (family,) = [one for one in REGISTRY.collect() if one.name == f"dateline_{name}"]
    return {next(iter(one.labels.values())): one.value for one in family.samples}


def measure(store: Store, settings: Settings, now: datetime | None = None) -> None:
    Gauges(settings, store, (lambda: now) if now else real_now).measure()


def accept(store: Store, *numbers: int, now: datetime) -> None:
    store.catalog.put([feed()], now)
    store.catalog.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    store.feeds.accept(claim, [page(number, accepted_at=now) for number in numbers], now)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)


def worker(store: Store, state: str, silent_s: float) -> str:
    """Register a worker as RQ does, and let its last heartbeat be so old."""
    made: SimpleWorker = make_worker(blocking_connection(store.queue_url), store.keys.queue)
    made.register_birth()
    made.set_state(state)
    beat = utcformat(real_now().replace(tzinfo=None) - timedelta(seconds=silent_s))
    store.client.hset(made.key, "last_heartbeat", beat)
    return str(made.key)


def test_an_empty_wire_has_every_series(store: Store, settings: Settings) -> None:
    """Where there is nothing a gauge says 0, so that no panel and no alert is without data."""
    measure(store, settings)
    assert series("workers") == {"busy": 0, "idle": 0, "gone": 0}
    assert series("stream_entries") == {"incidents": 0, "statistics": 0, "alerts": 0}
    assert series("subscriber_lag_entries") == series("subscriber_pending_seconds") == {"none": 0}
    for name in ("last_incident_seconds", "accounts_balance", "polling_paused"):
        assert gauge(name) == 0, name
    assert gauge("models_ready") == 1


def test_memory_is_that_of_redis(store: Store, settings: Settings) -> None:
    """In bytes, as INFO has it; the limit too."""
    measure(store, settings)
    info = store.client.info("memory")
    assert gauge("redis_memory_bytes", kind="used") == pytest.approx(info["used_memory"], rel=0.2)
    assert gauge("redis_memory_bytes", kind="max") == info["maxmemory"]


def test_polling_pauses_by_the_rule_of_the_poller(store: Store, settings: Settings) -> None:
    """The oldest article waited too long, or memory is short: as the poller itself decides it."""
    accept(store, 1, now=NOW)
    for after_s in (599, 601):
        now = NOW + timedelta(seconds=after_s)
        measure(store, settings, now)
        assert gauge("polling_paused") == (store.feeds.paused(now) is not None) == (after_s > 600)
    store.client.flushall()
    before = store.client.config_get("maxmemory")["maxmemory"]
    try:
        store.client.config_set("maxmemory", store.client.info("memory")["used_memory"])
        measure(store, settings)
        assert gauge("polling_paused") == 1
    finally:
        store.client.config_set("maxmemory", before)


def test_workers_are_counted_by_what_they_do(store: Store, settings: Settings) -> None:
    """Busy and idle while they report; gone when they do not, or when RQ has only their name."""
    worker(store, "busy", 0)
    worker(store, "busy", 100)
    worker(store, "busy", 200)
    worker(store, "idle", 5)
    worker(store, "started", 0)
    worker(store, "idle", 40)
    store.client.delete(worker(store, "idle", 0))
    store.client.hset(worker(store, "idle", 0), "last_heartbeat", "damaged")
    measure(store, settings)
    assert series("workers") == {"busy": 2, "idle": 2, "gone": 4}


def test_the_newest_envelope_has_an_age(store: Store, settings: Settings) -> None:
    """By the clock of Redis; also when the stream was cut."""
    ms = int(time.time() * 1000) - 90_000
    store.client.xadd(store.keys.stream, {"data": "{}"}, id=f"{ms}-0")
    store.client.xtrim(store.keys.stream, maxlen=0, approximate=False)
    measure(store, settings)
    assert gauge("last_incident_seconds") == pytest.approx(90, abs=2)
    assert series("stream_entries")["incidents"] == 0


def test_subscribers_are_measured_by_what_they_have_not_done(store: Store, settings: Settings) -> None:
    """Not taken: entries; taken and not acknowledged: the age of the oldest. Names are fit for labels."""
    ms = int(time.time() * 1000) - 60_000
    for number in range(10):
        store.client.xadd(store.keys.stream, {"data": "{}"}, id=f"{ms + number * 1000}-0")
    store.client.xadd(store.keys.alerts_stream, {"data": "{}"}, id=f"{ms}-0")
    store.client.xgroup_create(store.keys.stream, "desk", id="0")
    store.client.xgroup_create(store.keys.alerts_stream, 'a "b"\n\xff', id="0")
    store.client.xgroup_create(store.keys.stream, "set by hand", id=f"{ms + 5000}-0")
    store.client.xreadgroup("desk", "me", {store.keys.stream: ">"}, count=4)
    store.client.xack(store.keys.stream, "desk", f"{ms}-0")
    measure(store, settings)
    lag = series("subscriber_lag_entries")
    assert lag == {"incidents:desk": 6, "incidents:set_by_hand": 4, "alerts:a__b___": 1}
    pending = series("subscriber_pending_seconds")
    assert pending["incidents:desk"] == pytest.approx(59, abs=2)
    assert pending["alerts:a__b___"] == 0
    assert clean("x" * 100) == "x" * 64


def test_groups_are_bounded_to_the_furthest_behind(store: Store, settings: Settings) -> None:
    """Fifty series at most; who is up to date makes room; a group that went leaves no series."""
    for number in range(100):
        store.client.xadd(store.keys.stream, {"data": "{}"}, id=f"{number + 1}-0")
    for number in range(GROUPS + 30):
        store.client.xgroup_create(
            store.keys.stream, f"g{number}", id=f"{number + 1}-0", entries_read=number + 1
        )
    measure(store, settings)
    assert series("subscriber_lag_entries") == {f"incidents:g{n}": 99 - n for n in range(GROUPS)}
    for number in range(GROUPS + 29):
        store.client.xgroup_destroy(store.keys.stream, f"g{number}")
    measure(store, settings)
    assert set(series("subscriber_lag_entries")) == {f"incidents:g{GROUPS + 29}"}


@pytest.mark.parametrize("ahead_s", [-30, 0, 30])
def test_the_clocks_are_compared(store: Store, settings: Settings, ahead_s: int) -> None:
    """Redis's less ours: positive when this host is behind."""
    Gauges(settings, store, lambda: real_now() - timedelta(seconds=ahead_s)).measure()
    assert gauge("clock_skew_seconds") == pytest.approx(ahead_s, abs=0.5)


def test_a_slow_reading_tells_nothing_of_the_clocks(store: Store, settings: Settings) -> None:
    """Half of what it took is the uncertainty; the gauge keeps what it had."""
    measure(store, settings)
    before = gauge("clock_skew_seconds")
    ticks = iter(range(0, 1000, 2))
    Gauges(settings, store, lambda: NOW + timedelta(seconds=next(ticks))).measure()
    assert gauge("clock_skew_seconds") == before


def test_the_balance_is_told(store: Store, settings: Settings) -> None:
    """Acknowledged less fates less in flight; a canary under way is none of them."""
    accept(store, 1, 2, now=NOW)
    store.client.zadd(store.keys.outbox, {"canary-x": 1})
    store.client.zadd(f"{store.keys.prefix}canary:way", {"canary-x": 1})
    measure(store, settings)
    assert gauge("accounts_balance") == 0
    assert store.books.by_hour().balanced
    store.client.zrem(store.keys.outbox, f"{1:016x}")
    measure(store, settings)
    assert gauge("accounts_balance") == 1


def test_the_models_are_those_that_are_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gauge looks for each of them, and for no other."""
    home = resources.files("dateline.incidents") / "models"
    assert sorted(MODELS) == sorted(one.name for one in home.iterdir() if not one.name.startswith("."))
    monkeypatch.setattr("services.keeper.gauges.MODELS", (*MODELS, "another.npz"))
    from services.keeper.gauges import models_ready

    assert not models_ready()


def test_a_round_and_a_scrape_are_cheap(store: Store, settings: Settings) -> None:
    """With 200 groups, 100 workers and 5,000 articles in flight: 50 ms at most for each."""
    now = real_now()
    accept(store, *range(5000), now=now)
    store.client.xadd(store.keys.stream, {"data": "{}"})
    for number in range(200):
        store.client.xgroup_create(store.keys.stream, f"g{number}", id="0")
    for _ in range(100):
        worker(store, "idle", 0)
    Queue(store.keys.queue, connection=store.client).empty()
    keeper = Keeper(settings, store, real_now)
    keeper.measure()
    for act in (keeper.measure, lambda: generate_latest(REGISTRY)):
        took_s = min(_seconds(act) for _ in range(5))
        assert took_s < 0.05, act
    assert metrics.ACCOUNTS_BALANCE._value.get() == 0


def _seconds(act) -> float:
    started_s = time.perf_counter()
    act()
    return time.perf_counter() - started_s
