"""What is wrong with a feed that is polled, and how to say it.

Owns the thresholds from which a feed is called failing, dropping, undated or silent, and the plain
sentences. Refuses to count: what it judges stands in the feed's state, which polling keeps. A retired
feed has no troubles: it is gone, and its state says so.

    troubles(Feed, FeedState, now) -> tuple[Trouble, ...]
    explain(Trouble, Feed, FeedState, now) -> str
"""

from datetime import datetime, timedelta
from enum import StrEnum

from dateline.model import Feed, FeedState

FAILING_POLLS = 3
"""Errors in a row from which a feed is failing: one or two are a restart at the other end."""

DROPPING_POLLS = 3
"""Polls in a row whose new entries were all refused: one such poll is one odd entry."""

UNDATED_POLLS = 3
"""Polls in a row whose new entries had no date that can be believed."""

SILENT_AFTER_S = 86_400
"""No feed is silent sooner: many rest at night."""

SILENT_GAPS = 6
"""Gaps of its own rhythm after which a feed is silent: were entries to come at random, 1 wait in 400
would be longer (e to the minus 6)."""

SILENT_PAUSES = 2
"""Longest pauses after which it is silent too: a weekend with a holiday is no more than two weekends."""

NEVER_S = 7 * 86_400
"""A feed that was polled for this long and never brought an entry is silent."""

UNKNOWN_S = 30 * 86_400
"""So is, after this long, one that brought entries once and whose rhythm is not known."""

YOUNG_S = 14 * 86_400
"""A feed polled for less is silent after ``NEVER_S`` at the earliest: who lists the entries of two days has not
shown how it spends its weekends."""


class Trouble(StrEnum):
    """What is wrong with a feed; the first that holds is its state."""

    FAILING = "failing"
    DROPPING = "dropping"
    UNDATED = "undated"
    SILENT = "silent"


def troubles(feed: Feed, state: FeedState, now: datetime) -> tuple[Trouble, ...]:
    """Return what is wrong with ``feed`` at ``now`` (aware UTC), the worst first.

    Silence is not told of a feed that fails: nobody could hear it.
    """
    if state.retired_at is not None:
        return ()
    failing = state.rhythm.error_streak >= FAILING_POLLS
    found = (
        (Trouble.FAILING, failing),
        (Trouble.DROPPING, state.dropped_polls >= DROPPING_POLLS),
        (Trouble.UNDATED, state.undated_polls >= UNDATED_POLLS),
        (Trouble.SILENT, not failing and _quiet_s(state, now) > silent_after_s(feed, state, now)),
    )
    return tuple(trouble for trouble, holds in found if holds)


def silent_after_s(feed: Feed, state: FeedState, now: datetime) -> float:
    """Return after how many seconds without a new entry the feed is silent at ``now``: a day at least.

    A feed whose own interval in the catalog is longer than its rhythm is given three polls.
    """
    patience_s = max(SILENT_AFTER_S, 3 * (feed.interval_s or 0))
    young = state.first_at is None or now - state.first_at < timedelta(seconds=YOUNG_S)
    if young or (state.last_new_at is None and state.last_entry_at is None):
        patience_s = max(NEVER_S, patience_s)
    if state.last_new_at is None and state.last_entry_at is None:
        return patience_s
    if state.entry_gap_s is None:
        return max(UNKNOWN_S, patience_s)
    return max(patience_s, SILENT_GAPS * state.entry_gap_s, SILENT_PAUSES * (state.longest_gap_s or 0))


def explain(trouble: Trouble, feed: Feed, state: FeedState, now: datetime) -> str:
    """Return one plain sentence with figures on a trouble that ``troubles`` found."""
    match trouble:
        case Trouble.FAILING:
            return _failing(state, now)
        case Trouble.DROPPING:
            return f"all new entries of its last {state.dropped_polls} polls with any were refused"
        case Trouble.UNDATED:
            return f"no new entry of its last {state.undated_polls} polls with any had a date that can be believed"
        case Trouble.SILENT:
            return _silent(feed, state, now)


def spell(seconds: float) -> str:
    """Return a length of time in words of one unit, such as "5 minutes", "36 hours" or "9 days"."""
    for unit, length_s in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length_s or (unit == "minute" and seconds >= length_s):
            count = round(seconds / length_s)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def _failing(state: FeedState, now: datetime) -> str:
    heard = state.last_success_at
    last = f"it last answered {_ago(heard, now)}" if heard else "it has never answered"
    why = f" ({state.last_error})" if state.last_error else ""
    return f"its last {state.rhythm.error_streak} polls failed{why}; {last}"


def _silent(feed: Feed, state: FeedState, now: datetime) -> str:
    quiet = spell(_quiet_s(state, now))
    if state.last_new_at is None and state.last_entry_at is None:
        return f"it has brought no entry in the {quiet} that it was polled"
    if state.entry_gap_s is None:
        return f"no new entry for {quiet}, and too few before to know its rhythm"
    limit = spell(silent_after_s(feed, state, now))
    pause = f" and its longest pause of late was {spell(state.longest_gap_s)}" if state.longest_gap_s else ""
    return f"no new entry for {quiet}; one usually comes every {spell(state.entry_gap_s)}{pause} (told after {limit})"


def _quiet_s(state: FeedState, now: datetime) -> float:
    heard = [moment for moment in (state.last_new_at, state.last_entry_at) if moment is not None]
    since = max(heard) if heard else state.first_at
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _ago(moment: datetime, now: datetime) -> str:
    return f"{spell(max(now - moment, timedelta(0)).total_seconds())} ago"
