"""What a poller counts, each with its bounded set of outcomes.

Owns the labels. Refuses to decide: who knows the outcome says so once.
"""

from asyncio import get_running_loop
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from types import TracebackType

from dateline.errors import Reason
from dateline.metrics import (
    CHILD_RESTARTS,
    ENTRIES,
    FEED_POLLS,
    PAGE_FETCHES,
    REJECTED,
    STAGE_SECONDS,
    start_at_zero,
)


class Polled(StrEnum):
    """How a poll ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PUSHED = "pushed"
    RETIRED = "retired"
    FAILED = "failed"
    LEASE_LOST = "lease_lost"
    STORE_AWAY = "store_away"
    CANCELLED = "cancelled"


class Seen(StrEnum):
    """What became of an entry in one poll."""

    KNOWN = "known"
    PAGE = "page"
    FEED_TEXT = "feed_text"
    REVISED = "revised"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Stage(StrEnum):
    """What a poller spends its time on."""

    FETCH_FEED = "fetch_feed"
    PARSE_FEED = "parse_feed"
    FETCH_PAGE = "fetch_page"
    ACCEPT = "accept"


@cache
def _polled(outcome: Polled) -> Callable[[], None]:
    # Looking a label up costs several times what counting costs, and each poll counts.
    return FEED_POLLS.labels(outcome=outcome.value).inc


@cache
def _seconds(stage: Stage) -> Callable[[float], None]:
    return STAGE_SECONDS.labels(stage=stage.value).observe


def start() -> None:
    """Let all that a poller may count stand at 0, before it counts."""
    start_at_zero(FEED_POLLS, Polled)
    start_at_zero(ENTRIES, Seen)
    start_at_zero(PAGE_FETCHES, ("ok", *Reason))
    start_at_zero(REJECTED, Reason)
    start_at_zero(STAGE_SECONDS, Stage)
    start_at_zero(CHILD_RESTARTS, ("poller",))


class Tally:
    """Counts into the metrics of the process."""

    def polled(self, outcome: Polled) -> None:
        _polled(outcome)()

    def seen(self, outcome: Seen, entries: int = 1) -> None:
        ENTRIES.labels(outcome=outcome.value).inc(entries)

    def fetched(self, failure: Reason | None) -> None:
        """Count a page fetch: ok, or the reason why not."""
        PAGE_FETCHES.labels(outcome=failure.value if failure else "ok").inc()

    def rejected(self, reason: Reason) -> None:
        REJECTED.labels(reason=reason.value).inc()

    def stage(self, stage: Stage) -> "Measured":
        """Measure the block, waiting included, whether it ends well or not."""
        return Measured(_seconds(stage))


class Measured:
    """A block whose time is observed; a class, because a generator costs a poll several times as much."""

    __slots__ = ("_began", "_observe")

    def __init__(self, observe: Callable[[float], None]) -> None:
        self._observe = observe
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = get_running_loop().time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observe(get_running_loop().time() - self._began)
