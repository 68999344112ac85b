"""What holds of every next poll, whatever feeds, hosts and users ask for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.feeds import cadence, health, pace
from dateline.model import Feed, FeedRhythm, FeedState, FeedWishes

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CHECK = settings(max_examples=120, deadline=None)
LONGEST = timedelta(days=8)

SECONDS = st.one_of(st.none(), st.integers(0, 10**9))
WISHES = st.builds(
    FeedWishes,
    ttl_s=SECONDS,
    skip_hours=st.lists(st.integers(-1, 25), max_size=30).map(tuple),
    skip_days=st.lists(st.integers(-1, 8), max_size=9).map(tuple),
)
OUTCOMES = st.builds(
    cadence.PollOutcome,
    entries=st.integers(0, 500),
    novel=st.integers(0, 500),
    failed=st.booleans(),
    gone=st.booleans(),
    retry_after_s=SECONDS,
    wishes=WISHES,
    fresh_for_s=SECONDS,
    pushed=st.booleans(),
)
RHYTHMS = st.builds(
    FeedRhythm,
    interval_s=st.integers(cadence.MIN_INTERVAL_S, cadence.MAX_INTERVAL_S),
    next_poll_at=st.just(NOW),
    error_streak=st.integers(0, 5000),
)
MOMENTS = st.integers(0, 20 * 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))
DRAWS = st.floats(0, 1)


@CHECK
@given(RHYTHMS, OUTCOMES, MOMENTS, DRAWS)
def test_the_next_poll_lies_ahead_and_within_reach(rhythm, outcome, now, jitter):
    """Two minutes ahead at least, and never beyond a week's retirement, its spread and a week of skipped days."""
    after = cadence.next_poll(rhythm, outcome, now, jitter)
    assert timedelta(seconds=cadence.MIN_INTERVAL_S) <= after.next_poll_at - now <= 2 * LONGEST
    assert cadence.MIN_INTERVAL_S <= after.interval_s <= cadence.MAX_INTERVAL_S


@CHECK
@given(RHYTHMS, OUTCOMES, MOMENTS, DRAWS, st.integers(1, 10**6))
def test_a_fixed_interval_stands_alone(rhythm, outcome, now, jitter, fixed_s):
    """No wish of the feed moves it: with and without them the next poll is the same."""
    plain = replace(outcome, wishes=FeedWishes(), fresh_for_s=None, pushed=False)
    after = cadence.next_poll(rhythm, outcome, now, jitter, fixed_s=fixed_s)
    assert after == cadence.next_poll(rhythm, plain, now, jitter, fixed_s=fixed_s)
    assert after.next_poll_at > now


@CHECK
@given(RHYTHMS, OUTCOMES, MOMENTS, DRAWS, st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)))
def test_a_longer_retry_after_never_brings_an_earlier_poll(rhythm, outcome, now, jitter, asked):
    """The next poll is monotone in what the host asks for, and not before it, up to a week."""
    shorter, longer = sorted(asked)
    polls = [
        cadence.next_poll(rhythm, replace(outcome, retry_after_s=asked_s), now, jitter).next_poll_at
        for asked_s in (shorter, longer)
    ]
    assert polls[0] <= polls[1]
    assert polls[1] - now >= timedelta(seconds=min(longer, cadence.RETRY_AFTER_CEILING_S))


@CHECK
@given(RHYTHMS, OUTCOMES, MOMENTS, DRAWS)
def test_skipped_hours_are_never_hit(rhythm, outcome, now, jitter):
    """Neither a skipped hour nor a skipped day, unless all of them are skipped."""
    at = cadence.next_poll(rhythm, outcome, now, jitter).next_poll_at
    wishes = outcome.wishes
    assert at.hour not in wishes.skip_hours or set(range(24)) <= set(wishes.skip_hours)
    assert at.weekday() not in wishes.skip_days or set(range(7)) <= set(wishes.skip_days)


@CHECK
@given(MOMENTS, MOMENTS, WISHES, DRAWS)
def test_permitted_moments_keep_their_order(one, other, wishes, jitter):
    """Never earlier, within eight days, and the later of two stays the later."""
    earlier, later = sorted((one, other))
    first, second = (cadence.permitted(moment, wishes, jitter) for moment in (earlier, later))
    assert earlier <= first <= second
    assert second - later <= LONGEST


DATES = st.lists(
    st.integers(-3 * 86_400, 40 * 365 * 86_400).map(lambda s: NOW - timedelta(seconds=s)), max_size=30
)
POLLS = st.lists(st.tuples(DATES, st.integers(0, 5), st.integers(0, 5), st.integers(0, 10**6)), max_size=8)


@CHECK
@given(POLLS)
def test_rhythms_are_times_that_can_be(polls):
    """Whatever dates feeds make up: gaps positive, no pause shorter than none, nothing known from the future."""
    state, now = FeedState(rhythm=cadence.first_rhythm(NOW), first_at=NOW), NOW
    for dates, novel, undated, waited_s in polls:
        now += timedelta(seconds=waited_s)
        before = state
        state = pace.learn(state, dates, novel, undated, now)
        assert state.entry_gap_s is None or state.entry_gap_s > 0
        assert state.longest_gap_s is None or state.longest_gap_s > 0
        assert state.last_entry_at is None or state.last_entry_at <= now
        assert state.last_new_at is None or state.last_new_at <= now
        assert before.last_entry_at is None or state.last_entry_at >= before.last_entry_at


FEEDS = st.builds(
    Feed, id=st.just("f"), url=st.just("http://x.test/"), interval_s=st.none() | st.integers(1, 10**7)
)


@CHECK
@given(POLLS, FEEDS, st.integers(0, 10**8))
def test_silence_grows_and_is_always_explained(polls, feed, later_s):
    """A silent feed stays silent until it speaks; each trouble has its sentence."""
    state = FeedState(rhythm=cadence.first_rhythm(NOW), first_at=NOW)
    for dates, novel, undated, _ in polls:
        state = pace.learn(state, dates, novel, undated, NOW)
    soon, late = NOW + timedelta(seconds=later_s), NOW + timedelta(seconds=2 * later_s)
    assert set(health.troubles(feed, state, soon)) <= set(health.troubles(feed, state, late))
    assert health.Trouble.SILENT not in health.troubles(feed, state, NOW) or state.last_new_at < NOW
    for trouble in health.troubles(feed, state, late):
        assert health.explain(trouble, feed, state, late)
