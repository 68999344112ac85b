"""The keeper's round: queue what is due, tell the depths, forget what is old.

Owns the effects that keep the wire whole when pollers and workers come and go. Any number of
keepers may run; each of these acts is safe to do twice.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event

from dateline import metrics
from dateline.errors import StoreUnavailable
from dateline.settings import Settings
from dateline.store.door import Store
from services.keeper.gauges import Gauges

log = logging.getLogger(__name__)

#: How often the outbox is looked through: the delay of an article whose poller died right after its commit.
DISPATCH_S = 0.25
MEASURE_S = 2.0
TRIM_S = 600.0
#: How late an alert is, at most, that was held back until its watch cooled down.
HELD_S = 2.0

#: Series of dateline_feed_silence_seconds, at most.
SILENT_FEEDS = 50


class Keeper:
    """Keeps the wire whole; ``also`` are acts of others with their seconds between, done in its round."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime],
        also: Sequence[tuple[Callable[[], None], float]] = (),
    ) -> None:
        self._settings, self._store, self._now, self._also = settings, store, now, tuple(also)
        self._gauges = Gauges(settings, store, now)

    def run(self, stop: Event) -> None:
        """Keep the wire until ``stop`` is set. Redis may go away and come back meanwhile."""
        own: tuple[tuple[Callable[[], None], float], ...] = (
            (self.dispatch, DISPATCH_S),
            (self.measure, MEASURE_S),
            (self.tell_held, HELD_S),
            (self.trim, TRIM_S),
        )
        rounds = (*own, *self._also)
        due = {act: self._now() for act, _ in rounds}
        while not stop.wait(DISPATCH_S):
            try:
                for act, every_s in rounds:
                    if self._now() >= due[act]:
                        due[act] = self._now() + timedelta(seconds=every_s)
                        act()
            except StoreUnavailable as error:
                log.warning("the store is away", extra={"detail": str(error)})
                stop.wait(1.0)

    def dispatch(self) -> None:
        """Queue what is due: articles just accepted in number, and those whose worker is gone."""
        while self._store.queue.dispatch(self._now()):
            continue

    def measure(self) -> None:
        """Set the gauges."""
        depths = self._store.outbox.depths()
        now = self._now()
        metrics.OUTBOX_ENTRIES.set(depths.outbox)
        age_s = (now - depths.oldest_at).total_seconds() if depths.oldest_at else 0.0
        metrics.OUTBOX_OLDEST_SECONDS.set(max(0.0, age_s))
        metrics.QUARANTINE_ENTRIES.set(depths.quarantine)
        metrics.QUEUE_JOBS.labels(self._store.keys.queue).set(self._store.queue.waiting())
        self._measure_feeds(now)
        self._gauges.measure()

    def tell_held(self) -> None:
        """Send the alerts that were held back by watches which have cooled down."""
        for alert in self._store.alerts.tell_held(self._now()):
            metrics.ALERTS.labels(*alert).inc()

    def trim(self) -> None:
        """Forget what is beyond its retention, and close old pages of the books; keys with a lifetime expire by themselves."""
        gone = self._store.incidents.trim(self._now(), self._settings.retention_days)
        closed = self._store.books.fold(self._now())
        if gone or closed:
            log.info("trimmed", extra={"incidents": gone, "pages of the books": closed})

    def _measure_feeds(self, now: datetime) -> None:
        counts = self._store.catalog.counts(now)
        metrics.FEEDS_OVERDUE.set(counts.pop("overdue"))
        for state, count in counts.items():
            metrics.FEEDS.labels(state).set(count)
        metrics.FEED_SILENCE_SECONDS.clear()
        for feed_id, last_entry_at in self._store.catalog.most_silent(SILENT_FEEDS):
            metrics.FEED_SILENCE_SECONDS.labels(feed_id).set((now - last_entry_at).total_seconds())
        for subscription, count in self._store.websub.counts().items():
            metrics.WEBSUB_SUBSCRIPTIONS.labels(subscription).set(count)
