"""The promises of feeds.pace: how often a feed brings something."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dateline.feeds import pace
from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
NEW = FeedState(rhythm=first_rhythm(NOW))
HOUR, DAY, WEEK = 3600.0, 86_400.0, 604_800.0


def ago(*seconds: float) -> list[datetime]:
    return [NOW - timedelta(seconds=one) for one in seconds]


def test_fifty_old_entries_of_a_first_poll_teach_fifty_gaps() -> None:
    """A feed that lists one entry an hour has a gap of an hour after its first poll."""
    state = pace.learn(NEW, ago(*(HOUR * number for number in range(1, 51))), 50, 0, NOW)
    assert state.entry_gap_s == pytest.approx(HOUR)
    assert state.longest_gap_s == HOUR


def test_a_feed_is_as_silent_as_its_newest_entry_is_old() -> None:
    """The first poll of a feed that fell asleep years ago does not make it new."""
    state = pace.learn(NEW, ago(900 * DAY, 901 * DAY), 2, 0, NOW)
    assert state.last_new_at == state.last_entry_at == NOW - timedelta(days=900)


def test_a_burst_is_one_moment() -> None:
    """Twenty entries every Monday are a rhythm of a week."""
    dates = [date for week in range(6) for date in ago(*(week * WEEK + minute * 60 for minute in range(20)))]
    state = pace.learn(NEW, dates, len(dates), 0, NOW)
    assert state.entry_gap_s == pytest.approx(WEEK, rel=0.01)


def test_entries_without_dates_are_timed_by_their_poll() -> None:
    """A hundred undated entries at once are one moment; the next poll with some gives the first gap."""
    first = pace.learn(NEW, [], 100, 100, NOW)
    assert (first.entry_gap_s, first.last_new_at, first.last_entry_at) == (None, NOW, NOW)
    later = pace.learn(first, [], 3, 3, NOW + timedelta(hours=2))
    assert later.longest_gap_s == 2 * HOUR
    assert later.last_entry_at == NOW + timedelta(hours=2)


def test_one_gap_does_not_make_a_rhythm() -> None:
    """After two entries ten minutes apart a feed is still taken for one of about an entry a day."""
    state = pace.learn(NEW, ago(HOUR, 2 * HOUR), 2, 0, NOW)
    assert state.entry_gap_s is not None
    assert state.entry_gap_s > 0.8 * DAY


def test_gaps_follow_a_feed_that_changes_its_pace() -> None:
    """A daily feed that turns hourly has a gap near an hour after some days."""
    state, now = pace.learn(NEW, ago(*(DAY * number for number in range(1, 20))), 19, 0, NOW), NOW
    for _ in range(60):
        now += timedelta(hours=1)
        state = pace.learn(state, [now], 1, 0, now)
    assert state.entry_gap_s is not None
    assert state.entry_gap_s < 1.2 * HOUR


def test_the_longest_pause_is_kept_and_fades() -> None:
    """A pause of two days counts half four weeks later."""
    state = pace.learn(NEW, ago(*(DAY * number for number in range(1, 9)), 10 * DAY), 9, 0, NOW)
    assert state.longest_gap_s == 2 * DAY
    now = NOW + timedelta(hours=1)
    for _ in range(28 * 24):
        state = pace.learn(state, [now], 1, 0, now)
        now += timedelta(hours=1)
    assert state.longest_gap_s == pytest.approx(DAY, rel=0.05)


def test_known_entries_teach_nothing() -> None:
    """The same list again leaves the state as it was."""
    dates = ago(HOUR, 2 * HOUR, 3 * HOUR)
    state = pace.learn(NEW, dates, 3, 0, NOW)
    assert pace.learn(state, dates, 0, 0, NOW + timedelta(hours=5)) is state


def test_an_entry_that_another_feed_brought_first_is_news_here_too() -> None:
    """A feed whose every article is known from elsewhere is not silent."""
    state = pace.learn(NEW, ago(HOUR), 1, 0, NOW)
    now = NOW + timedelta(days=3)
    assert pace.learn(state, [now], 0, 0, now).last_new_at == now


def test_late_entries_teach_no_gap() -> None:
    """An old ruling that is listed today is an entry of today, and leaves the rhythm alone."""
    state = pace.learn(NEW, ago(*(DAY * number for number in range(1, 9))), 8, 0, NOW)
    later = pace.learn(state, ago(400 * DAY), 1, 0, NOW + timedelta(days=2))
    assert later.entry_gap_s == state.entry_gap_s
    assert later.last_entry_at == state.last_entry_at
    assert later.last_new_at == NOW + timedelta(days=2)


def test_dates_that_cannot_be_believed_are_the_polls() -> None:
    """A clock at zero is no date, and a date ahead is no later than its poll."""
    state = pace.learn(NEW, [datetime(1970, 1, 1, tzinfo=UTC)], 1, 0, NOW)
    assert state.last_entry_at == NOW
    state = pace.learn(NEW, [NOW + timedelta(hours=5)], 1, 0, NOW)
    assert replace(state, longest_gap_s=None) == replace(NEW, last_entry_at=NOW, last_new_at=NOW)
