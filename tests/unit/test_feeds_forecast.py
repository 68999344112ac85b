"""How often a feed would be polled, told from one look at it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW

from dateline.feeds import forecast
from dateline.feeds.cadence import MAX_INTERVAL_S, MIN_INTERVAL_S
from dateline.model import FeedWishes


def dates(gap_s: float, count: int = 30) -> list:
    return [NOW - timedelta(seconds=gap_s * number) for number in range(count)]


def settled(gap_s: float, **rules) -> float:
    found = forecast.settles_at_s(dates(gap_s), NOW, **rules)
    assert found is not None
    return found


def test_a_busy_feed_is_polled_more_often_than_a_quiet_one() -> None:
    """An entry a minute, an hour, a day, a month: ever longer waits, within the bounds of the rhythm."""
    waits = [settled(gap_s) for gap_s in (60, 3600, 86_400, 30 * 86_400)]
    assert waits == sorted(waits)
    assert waits[0] < 2000
    assert waits[-1] > 6 * 3600


def test_wishes_and_a_fixed_interval_are_heeded() -> None:
    """A ttl slows a busy feed down; the catalog's own interval is the answer."""
    assert settled(10, wishes=FeedWishes(ttl_s=3600)) >= 3420
    assert settled(10, fresh_for_s=1800) >= 1710
    assert settled(10, fixed_s=7200) == pytest.approx(7200)


def test_too_few_dates_tell_nothing() -> None:
    """Two entries are no rhythm."""
    assert forecast.gap_s(dates(60, 2)) is None
    assert forecast.settles_at_s(dates(60, 2), NOW) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1e8), min_size=3, max_size=40))
def test_it_is_total_and_bounded(ages_s: list[float]) -> None:
    """Whatever the dates, twins and bursts included, a wait within the rhythm's bounds comes out."""
    found = forecast.settles_at_s([NOW - timedelta(seconds=age) for age in ages_s], NOW)
    assert found is not None
    assert 0.9 * MIN_INTERVAL_S <= found <= 1.1 * MAX_INTERVAL_S
