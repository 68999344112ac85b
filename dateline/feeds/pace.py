"""How often a feed brings something: its own rhythm, learnt from one poll to the next.

Owns which moments count as new entries, and how gaps between them are smoothed. Refuses to schedule
(``cadence``) and to judge (``health``).

A moment is an entry's date where that can be believed, and the poll's own where it has none. So the
fifty old entries of a first poll teach fifty gaps, not one burst, and a feed is as silent as its
newest entry is old. Entries close together are one moment: a digest of twenty every Monday has a gap
of a week.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec

from dateline.model import FeedState

BURST_S = 600
"""Entries within this long of the one before belong to one burst."""

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Older dates are a clock at zero or a template: there were no feeds, and hardly any news pages."""

FIRST_GAP_S = 86_400
"""What is assumed before enough gaps are known: an entry a day. It fades as gaps come."""

ENOUGH_GAPS = 4
"""Gaps of one poll from which their mean is believed at once."""

SMOOTHING = 0.1
"""Weight of one more gap: about the last ten count."""

PAUSE_HALF_LIFE_S = 28 * 86_400
"""After this long the longest pause counts half: a summer break is forgotten by winter."""


def learn(state: FeedState, dates: Sequence[datetime], novel: int, undated: int, now: datetime) -> FeedState:
    """Return ``state`` with what the entries of a poll at ``now`` (aware UTC) say of the feed's rhythm.

    ``dates`` are those of the entries listed, known ones too; ``novel`` entries were new to the store,
    ``undated`` of these without a date. An entry that another feed had brought before is new here all
    the same when its date is.
    """
    believed = sorted({min(date, now) for date in dates if date >= EARLIEST})
    newest = state.last_entry_at
    fresh = [date for date in believed if newest is None or date > newest]
    if not novel and not fresh:
        return state
    # Entries that are new and dated before the newest teach no gap: they came late.
    moments = fresh or ([now] if undated or not believed else [])
    first = newest is None and state.last_new_at is None
    state = _smoothed(state, _gaps(moments if newest is None else [newest, *moments]), now)
    return msgspec.structs.replace(
        state,
        last_new_at=moments[-1] if first and moments else now,
        last_entry_at=max([*moments, newest] if newest else moments, default=newest),
    )


def _gaps(moments: Sequence[datetime]) -> list[float]:
    steps = ((later - earlier).total_seconds() for earlier, later in pairwise(moments))
    return [step for step in steps if step > BURST_S]


def _smoothed(state: FeedState, gaps: Sequence[float], now: datetime) -> FeedState:
    pause_s = state.longest_gap_s or 0.0
    if state.last_new_at is not None:
        age = max(now - state.last_new_at, timedelta(0)).total_seconds()
        pause_s *= 0.5 ** (age / PAUSE_HALF_LIFE_S)
    if not gaps:
        return msgspec.structs.replace(state, longest_gap_s=pause_s or None)
    mean_s = sum(gaps) / len(gaps)
    weight = 1 - (1 - SMOOTHING) ** len(gaps)
    known_s = state.entry_gap_s
    if known_s is None and len(gaps) >= ENOUGH_GAPS:
        known_s = mean_s
    base_s = FIRST_GAP_S if known_s is None else known_s
    return msgspec.structs.replace(
        state, entry_gap_s=base_s + weight * (mean_s - base_s), longest_gap_s=max(pause_s, *gaps)
    )
