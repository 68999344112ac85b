"""When a feed is polled next.

Owns the rhythm of polling. Refuses the clock, chance, the network and the store: the caller hands
in the moment, a number drawn between 0 and 1 and what the last poll found, and saves what comes
back.

    next_poll(FeedRhythm, PollOutcome, now, jitter) -> FeedRhythm
"""

from datetime import datetime, timedelta

from msgspec import Struct

from dateline.model import FeedRhythm

MIN_INTERVAL_S = 120
"""Floor of the interval: more often than this, hosts answer 429."""

MAX_INTERVAL_S = 12 * 3600
"""Ceiling of the interval: a quiet feed is still looked at twice a day."""

FIRST_INTERVAL_S = 900
"""A new feed is assumed to be a news feed of medium pace; three polls correct the guess."""

BUSY_CEILING_S = 3600
"""A feed that brought anything new is seen again within the hour, however few of its entries that was:
long feeds (200 entries) would otherwise drift to the ceiling while they publish every hour."""

TTL_CEILING_S = 3600
"""A feed's own ttl slows polling down to this much at most: templates carry ttls nobody chose."""

ERROR_BACKOFF_BASE_S = 300
"""First wait after an error; it doubles with each further one, up to MAX_INTERVAL_S."""

RETRY_AFTER_CEILING_S = 7 * 86400
"""Longest Retry-After that is believed; a longer one would retire the feed."""

_STREAK_CEILING = 30  # doubling beyond this says nothing more: 300 s * 2**8 is over the ceiling


class PollOutcome(Struct, frozen=True, kw_only=True):
    """What one poll found."""

    #: Entries in the body; 0 for a 304 or an unchanged body.
    entries: int = 0
    #: Of these, entries that the store did not know; at most ``entries``.
    novel: int = 0
    #: The poll failed: no body, or one that could not be read.
    failed: bool = False
    #: Wait that the host asked for (Retry-After), in seconds.
    retry_after_s: int | None = None
    #: The feed's own ttl or update period, in seconds.
    ttl_s: int | None = None


def first_rhythm(now: datetime) -> FeedRhythm:
    """Return the rhythm of a feed that was never polled: due at once.

    Raises:
        ValueError: ``now`` is naive.
    """
    _require_aware(now)
    return FeedRhythm(interval_s=FIRST_INTERVAL_S, next_poll_at=now)


def next_poll(
    rhythm: FeedRhythm,
    outcome: PollOutcome,
    now: datetime,
    jitter: float = 0.5,
    *,
    fixed_s: int | None = None,
) -> FeedRhythm:
    """Return the rhythm after a poll that ended at ``now`` (aware UTC).

    A feed whose entries are mostly known is polled less often, one full of novel entries more
    often (by thirds). ``fixed_s``, the catalog's own interval, switches that off. Errors wait
    twice as long each time and never retire a feed. ``jitter`` (0 to 1; 0.5 leaves the wait as it
    is) spreads waits by 5 % and error waits by 25 % to either side, so that feeds that failed
    together do not come back together. Retry-After wins when it is longer.

    Raises:
        ValueError: ``now`` is naive, or ``jitter`` is not between 0 and 1.
    """
    _require_aware(now)
    if not 0 <= jitter <= 1:
        raise ValueError("jitter must lie between 0 and 1")
    interval_s, streak = rhythm.interval_s, 0
    if outcome.failed:
        streak = min(rhythm.error_streak + 1, _STREAK_CEILING)
        wait_s = _backoff_s(streak, fixed_s) * (0.75 + 0.5 * jitter)
    elif fixed_s:
        wait_s = interval_s = fixed_s
    else:
        interval_s = _adapt(rhythm.interval_s, outcome)
        wait_s = interval_s * (0.95 + 0.1 * jitter)
    wait_s = _bounded(wait_s, outcome.retry_after_s or 0, fixed_s)
    return FeedRhythm(
        interval_s=interval_s, next_poll_at=now + timedelta(seconds=wait_s), error_streak=streak
    )


def _adapt(interval_s: int, outcome: PollOutcome) -> int:
    # Thirds, as mediacloud/rss-fetcher measured over 180,000 feeds: mostly known, longer; mostly novel, shorter.
    share = outcome.novel / outcome.entries if outcome.entries else 0.0
    factor = 1.5 if share < 1 / 3 else 0.5 if share > 2 / 3 else 1.0
    ceiling_s = BUSY_CEILING_S if outcome.novel else MAX_INTERVAL_S
    floor_s = max(MIN_INTERVAL_S, min(outcome.ttl_s or 0, TTL_CEILING_S))
    return max(min(round(interval_s * factor), ceiling_s), floor_s)


def _backoff_s(streak: int, fixed_s: int | None) -> int:
    base_s = min(ERROR_BACKOFF_BASE_S, fixed_s) if fixed_s else ERROR_BACKOFF_BASE_S
    return min(base_s * int(2 ** (streak - 1)), MAX_INTERVAL_S)


def _bounded(wait_s: float, asked_s: int, fixed_s: int | None) -> int:
    """Bounds hold for waits of our own choice; a fixed interval may lie outside, a host's wish above."""
    floor_s, ceiling_s = MIN_INTERVAL_S, MAX_INTERVAL_S
    if fixed_s:
        floor_s, ceiling_s = min(floor_s, fixed_s), max(ceiling_s, fixed_s)
    return max(min(max(round(wait_s), floor_s), ceiling_s), min(asked_s, RETRY_AFTER_CEILING_S))


def _require_aware(now: datetime) -> None:
    if now.tzinfo is None:
        raise ValueError("now must be aware UTC")
