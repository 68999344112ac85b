"""How often a feed would be polled, told from one look at it.

Owns a play of polls against the feed's own dates, by the very rules of ``feeds.cadence``. Refuses to
be asked for more than a likely figure: a feed's day is not its week.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, median

from dateline.feeds.cadence import PollOutcome, first_rhythm, next_poll
from dateline.model import FeedWishes

MIN_DATES = 3
"""Dated entries from which a pace can be told."""

_POLLS, _SETTLED = 120, 60
_MIN_GAP_S = 1.0


def gap_s(dates: Sequence[datetime]) -> float | None:
    """Return the median time between two entries of those dates, in seconds; None for fewer than MIN_DATES."""
    ordered = sorted(dates)
    if len(ordered) < MIN_DATES:
        return None
    gaps = [(later - former).total_seconds() for former, later in pairwise(ordered)]
    return max(_MIN_GAP_S, median(gaps), fmean(gaps) / 4)


def settles_at_s(
    dates: Sequence[datetime],
    now: datetime,
    *,
    wishes: FeedWishes = FeedWishes(),  # noqa: B008 - frozen
    fresh_for_s: int | None = None,
    fixed_s: int | None = None,
) -> float | None:
    """Return the mean wait between two polls once the rhythm has settled, in seconds, or None if no pace can be told.

    ``dates`` are those of the entries that the feed lists now, ``now`` is aware UTC. Entries are
    played as coming evenly, at the feed's own gap.
    """
    gap = gap_s(dates)
    if gap is None:
        return None
    listed = len(dates)
    rhythm = first_rhythm(now)
    waits: list[float] = []
    brought = 0
    moment = now
    for _ in range(_POLLS):
        come = int((moment - now).total_seconds() / gap)
        novel = min(come - brought, listed)
        brought = come
        outcome = PollOutcome(
            entries=listed if novel else 0, novel=novel, wishes=wishes, fresh_for_s=fresh_for_s
        )
        rhythm = next_poll(rhythm, outcome, moment, fixed_s=fixed_s)
        waits.append((rhythm.next_poll_at - moment).total_seconds())
        moment = max(rhythm.next_poll_at, moment + timedelta(seconds=1))
    return fmean(waits[_SETTLED:])
