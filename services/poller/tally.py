"""What a poller counts, each with its bounded set of outcomes.

Owns the labels. Refuses to decide: who knows the outcome says so once.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from dateline.errors import Reason
from dateline.metrics import ENTRIES, FEED_POLLS, PAGE_FETCHES, REJECTED, STAGE_SECONDS


class Polled(StrEnum):
    """How a poll ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    LEASE_LOST = "lease_lost"
    STORE_AWAY = "store_away"
    CANCELLED = "cancelled"


class Seen(StrEnum):
    """What became of an entry in one poll."""

    KNOWN = "known"
    PAGE = "page"
    FEED_TEXT = "feed_text"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Stage(StrEnum):
    """What a poller spends its time on."""

    FETCH_FEED = "fetch_feed"
    PARSE_FEED = "parse_feed"
    FETCH_PAGE = "fetch_page"
    ACCEPT = "accept"


class Tally:
    """Counts into the metrics of the process."""

    def polled(self, outcome: Polled) -> None:
        FEED_POLLS.labels(outcome=outcome.value).inc()

    def seen(self, outcome: Seen, entries: int = 1) -> None:
        ENTRIES.labels(outcome=outcome.value).inc(entries)

    def fetched(self, failure: Reason | None) -> None:
        """Count a page fetch: ok, or the reason why not."""
        PAGE_FETCHES.labels(outcome=failure.value if failure else "ok").inc()

    def rejected(self, reason: Reason) -> None:
        REJECTED.labels(reason=reason.value).inc()

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measure the block, waiting included, whether it ends well or not."""
        clock = asyncio.get_running_loop().time
        start = clock()
        try:
            yield
        finally:
            STAGE_SECONDS.labels(stage=stage.value).observe(clock() - start)
