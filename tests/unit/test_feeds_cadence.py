"""The promises of feeds.cadence."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.feeds.cadence import (
    BUSY_CEILING_S,
    FRESH_CEILING_S,
    MAX_INTERVAL_S,
    MIN_INTERVAL_S,
    PUSHED_INTERVAL_S,
    RETIRED_INTERVAL_S,
    RETRY_AFTER_CEILING_S,
    PollOutcome,
    after_push,
    first_rhythm,
    next_poll,
    permitted,
)
from dateline.model import FeedRhythm, FeedWishes

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOURLY = FeedRhythm(interval_s=3600, next_poll_at=NOW)


def wait_s(rhythm: FeedRhythm) -> float:
    return (rhythm.next_poll_at - NOW).total_seconds()


def test_a_new_feed_is_due_at_once():
    """Nobody waits an interval for the first entries."""
    assert first_rhythm(NOW).next_poll_at == NOW


@pytest.mark.parametrize(("novel", "interval_s"), [(0, 5400), (10, 3600), (20, 3600), (21, 1800), (30, 1800)])
def test_intervals_follow_thirds(novel, interval_s):
    """Mostly known entries lengthen the interval, mostly novel ones halve it, the middle third keeps it."""
    assert next_poll(HOURLY, PollOutcome(entries=30, novel=novel), NOW).interval_s == interval_s


def test_a_feed_that_brings_anything_is_seen_within_the_hour():
    """One novel entry among two hundred does not let the interval grow past an hour."""
    slow = FeedRhythm(interval_s=20_000, next_poll_at=NOW)
    assert next_poll(slow, PollOutcome(entries=200, novel=1), NOW).interval_s == BUSY_CEILING_S


def test_an_unchanged_feed_reaches_the_ceiling_and_stays():
    """304 after 304 ends at twelve hours."""
    rhythm = HOURLY
    for _ in range(20):
        rhythm = next_poll(rhythm, PollOutcome(), NOW)
    assert rhythm.interval_s == MAX_INTERVAL_S


def test_errors_double_the_wait_and_success_forgets_them():
    """Three failures wait 300, 600 and 1200 s; one success returns to the feed's own interval."""
    rhythm, waits = HOURLY, []
    for _ in range(3):
        rhythm = next_poll(rhythm, PollOutcome(failed=True), NOW)
        waits.append(wait_s(rhythm))
    assert waits == [300, 600, 1200]
    healed = next_poll(rhythm, PollOutcome(entries=3, novel=1), NOW)
    assert (healed.error_streak, healed.interval_s) == (0, 3600)


def test_errors_never_retire_a_feed():
    """After a thousand failures the next poll still lies within twelve hours."""
    rhythm = HOURLY
    for _ in range(1000):
        rhythm = next_poll(rhythm, PollOutcome(failed=True), NOW, 1.0)
    assert wait_s(rhythm) <= MAX_INTERVAL_S


def test_jitter_spreads_feeds_that_failed_together():
    """Two feeds that failed at once with different draws come back at different moments."""
    early, late = (next_poll(HOURLY, PollOutcome(failed=True), NOW, draw) for draw in (0.0, 1.0))
    assert wait_s(late) - wait_s(early) == 150


@pytest.mark.parametrize("failed", [True, False])
def test_retry_after_wins_when_longer(failed):
    """The host's own wish is honoured after a success and after a failure, and not when it is shorter."""
    assert wait_s(next_poll(HOURLY, PollOutcome(failed=failed, retry_after_s=90_000), NOW)) == 90_000
    assert wait_s(next_poll(HOURLY, PollOutcome(failed=failed, retry_after_s=1), NOW)) >= 300


def test_a_retry_after_of_years_does_not_retire_a_feed():
    """A host can ask for a week at most."""
    outcome = PollOutcome(failed=True, retry_after_s=10**9)
    assert wait_s(next_poll(HOURLY, outcome, NOW)) == RETRY_AFTER_CEILING_S


def test_the_feeds_own_ttl_is_a_floor():
    """A busy feed with a ttl of 30 minutes is not polled every two minutes; a ttl of a day is not believed."""
    busy = FeedRhythm(interval_s=MIN_INTERVAL_S, next_poll_at=NOW)
    assert (
        next_poll(busy, PollOutcome(entries=9, novel=9, wishes=FeedWishes(ttl_s=1800)), NOW).interval_s
        == 1800
    )
    assert (
        next_poll(busy, PollOutcome(entries=9, novel=9, wishes=FeedWishes(ttl_s=86_400)), NOW).interval_s
        == 3600
    )


def test_a_fixed_interval_overrides_the_rhythm():
    """The catalog's interval holds whatever the feed brings, below the floor too."""
    after = next_poll(
        HOURLY, PollOutcome(entries=9, novel=0, wishes=FeedWishes(ttl_s=9000)), NOW, 0.9, fixed_s=5
    )
    assert (after.interval_s, wait_s(after)) == (5, 5)
    assert wait_s(next_poll(after, PollOutcome(failed=True), NOW, fixed_s=5)) == 5


def test_a_naive_clock_and_a_bad_draw_are_refused():
    """Local time never slips in, nor a draw outside 0 to 1."""
    with pytest.raises(ValueError, match="aware"):
        next_poll(HOURLY, PollOutcome(), NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="aware"):
        first_rhythm(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="jitter"):
        next_poll(HOURLY, PollOutcome(), NOW, 1.5)


def test_times_stay_aware():
    """What comes out can be compared with other instants."""
    assert next_poll(HOURLY, PollOutcome(), NOW).next_poll_at > NOW + timedelta(seconds=1)


BUSY = FeedRhythm(interval_s=MIN_INTERVAL_S, next_poll_at=NOW)


def test_a_fresh_answer_is_not_asked_for_again():
    """Before max-age has passed the same bytes would come; an hour of that is believed."""
    outcome = PollOutcome(entries=9, novel=9, fresh_for_s=1700)
    assert wait_s(next_poll(BUSY, outcome, NOW, 0.0)) == 1700
    outcome = PollOutcome(entries=9, novel=9, fresh_for_s=10**6)
    assert wait_s(next_poll(BUSY, outcome, NOW, 0.0)) == FRESH_CEILING_S


def test_a_feed_whose_hub_pushes_is_asked_once_an_hour():
    """What a hub brings at once needs no polling every two minutes."""
    assert wait_s(next_poll(BUSY, PollOutcome(entries=9, pushed=True), NOW, 0.0)) == PUSHED_INTERVAL_S
    assert next_poll(BUSY, PollOutcome(entries=9, novel=9), NOW).interval_s == MIN_INTERVAL_S


def test_a_push_brings_the_check_on_its_hub_within_the_hour():
    """A quiet feed that begins to be pushed is polled within the hour; what is due sooner stays due."""
    quiet = FeedRhythm(interval_s=MAX_INTERVAL_S, next_poll_at=NOW + timedelta(hours=12))
    assert wait_s(after_push(quiet, 1, NOW)) == PUSHED_INTERVAL_S
    assert after_push(quiet, 0, NOW) == quiet
    soon = FeedRhythm(interval_s=300, next_poll_at=NOW + timedelta(seconds=30))
    assert after_push(soon, 5, NOW) == soon


def test_a_push_does_not_outvote_the_user_nor_a_skipped_hour():
    """A fixed interval stays; the check on the hub waits for the first permitted hour."""
    quiet = FeedRhythm(interval_s=MAX_INTERVAL_S, next_poll_at=NOW + timedelta(hours=12))
    assert after_push(quiet, 1, NOW, fixed_s=43_200) == quiet
    night = FeedWishes(skip_hours=(1, 2))
    assert wait_s(after_push(quiet, 1, NOW, night)) == 3 * 3600


def test_a_push_does_not_end_the_wait_after_errors():
    """The hub is another host: that it speaks does not make the feed's own answer."""
    failing = FeedRhythm(interval_s=900, next_poll_at=NOW + timedelta(hours=12), error_streak=9)
    assert after_push(failing, 3, NOW) == failing


def test_a_retired_feed_is_asked_once_a_week():
    """410 is believed and looked at again, with a fixed interval too."""
    gone = PollOutcome(failed=True, gone=True)
    assert wait_s(next_poll(HOURLY, gone, NOW)) == RETIRED_INTERVAL_S
    assert wait_s(next_poll(HOURLY, gone, NOW, fixed_s=60)) == RETIRED_INTERVAL_S


def test_skipped_hours_are_waited_out():
    """A poll due at 01:00 comes at 06:00 when the feed skips 0 to 5; later ones of that hour keep their place."""
    night = FeedWishes(skip_hours=(0, 1, 2, 3, 4, 5))
    assert permitted(NOW + timedelta(hours=1), night) == NOW + timedelta(hours=6)
    assert permitted(NOW + timedelta(hours=7), night) == NOW + timedelta(hours=7)


def test_feeds_that_waited_for_one_hour_do_not_come_in_one_second():
    """The draw spreads them over the first ten minutes, and a wait that ends in these is not shortened."""
    night = FeedWishes(skip_hours=(0,))
    assert permitted(NOW, night, 0.5) == NOW + timedelta(minutes=65)
    assert permitted(NOW + timedelta(minutes=61), night, 0.5) == NOW + timedelta(minutes=65)
    assert permitted(NOW + timedelta(minutes=70), night, 0.5) == NOW + timedelta(minutes=70)


def test_skipped_days_are_waited_out():
    """NOW is a Thursday; a feed that skips Thursday to Sunday is polled on Monday."""
    assert permitted(NOW, FeedWishes(skip_days=(3, 4, 5, 6))) == NOW + timedelta(days=4)


@pytest.mark.parametrize(
    "wishes",
    [
        FeedWishes(skip_hours=tuple(range(24))),
        FeedWishes(skip_days=tuple(range(7))),
        FeedWishes(skip_hours=(24, -1, 99), skip_days=(7,)),
    ],
)
def test_whoever_skips_all_time_says_nothing(wishes):
    """All hours, all days, and hours that no clock shows are ignored."""
    assert permitted(NOW, wishes) == NOW


def test_the_catalogs_interval_wins_over_wishes_and_not_over_retry_after():
    """The user may ask at any hour; a host that asks for patience gets it."""
    wishes = FeedWishes(ttl_s=3600, skip_hours=(0, 1, 2, 3))
    outcome = PollOutcome(entries=1, wishes=wishes, fresh_for_s=3600, pushed=True)
    assert wait_s(next_poll(HOURLY, outcome, NOW, fixed_s=60)) == 60
    asked = PollOutcome(failed=True, wishes=wishes, retry_after_s=9000)
    assert wait_s(next_poll(HOURLY, asked, NOW, fixed_s=60)) == 9000


def test_errors_wait_out_skipped_hours_too():
    """A feed that asks to be left alone at night is left alone when it fails."""
    outcome = PollOutcome(failed=True, wishes=FeedWishes(skip_hours=(0, 1)))
    assert wait_s(next_poll(HOURLY, outcome, NOW, 0.0)) == 7200
