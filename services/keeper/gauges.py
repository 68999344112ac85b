"""The gauges that say how the wire is: Redis, workers, subscribers, clocks, models, accounts.

Owns what is set and how often it is read: one round trip to the store and two to the queue for all of them,
whatever the wire's size. Refuses to be read at scrape: a scrape never waits for Redis.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import resources

from dateline import metrics
from dateline.settings import Settings
from dateline.store.door import Store
from dateline.store.feeds import Limits
from dateline.store.vitals import Group, Vitals

#: Series of the gauges of consumer groups, at most.
GROUPS = 50

#: Stands for a group where there is none: without a series a panel could not tell that from a keeper that is away.
NO_GROUP = "none"

#: A reading that took longer tells nothing of the clocks: its half is their uncertainty.
SKEW_READ_S = 0.5

#: What coding needs besides its tables; ``train`` makes them.
MODELS = ("gazetteer.bin", "relevance.npz", "telling.npz")


class Gauges:
    """Sets the gauges; ``measure`` is done in the keeper's round."""

    def __init__(self, settings: Settings, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._limits = Limits(
            pause_memory_share=settings.pause_memory_share, pause_outbox_s=settings.pause_outbox_s
        )

    def measure(self) -> None:
        """Set them all.

        Raises:
            StoreUnavailable: Redis is away; those that were not read keep what they had.
        """
        vitals = self._store.vitals.read(self._now)
        self._set_store(vitals)
        _set_groups(vitals.groups)
        workers = self._store.queue.registry(self._now())
        for state in workers.__struct_fields__:
            metrics.WORKERS.labels(state).set(getattr(workers, state))
        metrics.MODELS_READY.set(models_ready())

    def _set_store(self, vitals: Vitals) -> None:
        metrics.REDIS_MEMORY_BYTES.labels("used").set(vitals.memory_used)
        metrics.REDIS_MEMORY_BYTES.labels("max").set(vitals.memory_max)
        for stream, entries in vitals.streams.items():
            metrics.STREAM_ENTRIES.labels(stream).set(entries)
        metrics.LAST_INCIDENT_SECONDS.set(vitals.last_incident_s or 0.0)
        metrics.ACCOUNTS_BALANCE.set(vitals.balance)
        if vitals.took_s <= SKEW_READ_S:
            metrics.CLOCK_SKEW_SECONDS.set(vitals.skew_s)
        waited_s = (self._now() - vitals.oldest_at).total_seconds() if vitals.oldest_at else 0.0
        paused = self._limits.pause(vitals.memory_share, waited_s)
        metrics.POLLING_PAUSED.set(1 if paused else 0)


def models_ready() -> bool:
    """Tell whether the models are there, in the installation of this process, and not empty."""
    home = resources.files("dateline.incidents") / "models"
    with resources.as_file(home) as folder:
        return all((folder / one).is_file() and (folder / one).stat().st_size > 0 for one in MODELS)


def _set_groups(groups: Iterable[Group]) -> None:
    """Keep one series for each of the groups that are furthest behind, by entries or by time."""
    by_lag = sorted(groups, key=lambda one: (one.lag, one.pending_s), reverse=True)
    by_age = sorted(by_lag, key=lambda one: one.pending_s, reverse=True)
    for gauge, told in (
        (metrics.SUBSCRIBER_LAG_ENTRIES, {one.name: float(one.lag) for one in reversed(by_lag[:GROUPS])}),
        (
            metrics.SUBSCRIBER_PENDING_SECONDS,
            {one.name: one.pending_s for one in reversed(by_age[:GROUPS])},
        ),
    ):
        gauge.clear()
        for name, value in (told or {NO_GROUP: 0.0}).items():
            gauge.labels(name).set(value)
