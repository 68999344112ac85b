"""The promises of feeds.health: what is wrong with a feed, and how it is said."""

from datetime import timedelta
from random import Random

import make
import pytest
from msgspec.structs import replace

from dateline.feeds import pace
from dateline.feeds.cadence import PollOutcome, first_rhythm, next_poll
from dateline.feeds.health import Trouble, explain, spell, troubles
from dateline.model import FeedRhythm, FeedState

NOW = make.NOW
RHYTHM = FeedRhythm(interval_s=900, next_poll_at=NOW)
HOURLY = FeedState(
    rhythm=RHYTHM,
    first_at=NOW - timedelta(days=90),
    last_new_at=NOW,
    entry_gap_s=3600.0,
    longest_gap_s=30_000.0,
)


def test_a_healthy_feed_has_no_trouble() -> None:
    """Two errors, and a day's rest, are nothing."""
    resting = replace(
        HOURLY, rhythm=replace(RHYTHM, error_streak=2), last_new_at=NOW - timedelta(hours=23), dropped_polls=2
    )
    assert troubles(make.feed(), resting, NOW) == ()


def test_each_trouble_is_found() -> None:
    """Three errors, three polls refused in full, three undated, and a silence; the worst first."""
    state = replace(HOURLY, dropped_polls=3, undated_polls=3, last_new_at=NOW - timedelta(hours=25))
    assert troubles(make.feed(), state, NOW) == (Trouble.DROPPING, Trouble.UNDATED, Trouble.SILENT)
    failing = replace(state, rhythm=replace(RHYTHM, error_streak=3))
    assert troubles(make.feed(), failing, NOW)[0] is Trouble.FAILING


def test_a_feed_that_fails_is_not_called_silent() -> None:
    """Nobody could hear it."""
    state = replace(HOURLY, rhythm=replace(RHYTHM, error_streak=3), last_new_at=NOW - timedelta(days=60))
    assert troubles(make.feed(), state, NOW) == (Trouble.FAILING,)


def test_a_retired_feed_has_no_trouble_but_that() -> None:
    """It is gone, and shown as gone."""
    state = replace(HOURLY, rhythm=replace(RHYTHM, error_streak=9), retired_at=NOW)
    assert troubles(make.feed(), state, NOW) == ()


def test_a_weekly_feed_is_not_silent_after_a_day() -> None:
    """Silence is measured by the feed's own rhythm."""
    weekly = replace(
        HOURLY, entry_gap_s=604_800.0, longest_gap_s=604_800.0, last_new_at=NOW - timedelta(days=20)
    )
    assert troubles(make.feed(), weekly, NOW) == ()
    assert troubles(make.feed(), weekly, NOW + timedelta(days=23)) == (Trouble.SILENT,)


def test_a_weekday_feed_is_not_silent_on_sunday() -> None:
    """A desk that writes hourly from nine to five, Monday to Friday, may rest, and is missed on Wednesday."""
    friday = NOW + timedelta(days=1, hours=8)  # NOW is a Thursday at nine
    dates = [
        friday - timedelta(days=day, hours=hour)
        for day in range(28)
        for hour in range(9)
        if (friday - timedelta(days=day)).weekday() < 5
    ]
    new = FeedState(rhythm=RHYTHM, first_at=friday - timedelta(days=28))
    state = pace.learn(new, dates, len(dates), 0, friday)
    assert troubles(make.feed(), state, friday + timedelta(days=3)) == ()
    assert troubles(make.feed(), state, friday + timedelta(days=6)) == (Trouble.SILENT,)


def test_a_desk_of_working_days_is_never_called_silent_and_is_missed() -> None:
    """Ten weeks of polls, entries at all hours from eight to six, Monday to Friday; then it stops."""
    dice, start = Random(1), NOW - timedelta(days=3)  # a Monday
    moments = (start + timedelta(minutes=dice.randrange(70 * 1440)) for _ in range(1500))
    told = sorted(one for one in moments if one.weekday() < 5 and 8 <= one.hour < 18)
    state, now, alarms = FeedState(rhythm=first_rhythm(start), first_at=start), start, []
    while now < start + timedelta(days=80):
        listed = [one for one in told if one <= now][-20:]
        novel = sum(state.last_entry_at is None or one > state.last_entry_at for one in listed)
        state = pace.learn(state, listed, novel, 0, now)
        outcome = PollOutcome(entries=20 if novel else 0, novel=novel)
        state = replace(state, rhythm=next_poll(state.rhythm, outcome, now, dice.random()))
        if troubles(make.feed(), state, now):
            alarms.append(now)
        now = state.rhythm.next_poll_at
    assert alarms
    assert timedelta(days=2) < min(alarms) - told[-1] < timedelta(days=7)


def test_a_young_feed_is_given_a_week() -> None:
    """Two days of entries do not show how a feed spends its weekends; one that died long ago is silent at once."""
    young = replace(HOURLY, first_at=NOW - timedelta(days=9), last_new_at=NOW - timedelta(days=4))
    assert troubles(make.feed(), young, NOW) == ()
    assert troubles(make.feed(), young, NOW + timedelta(days=5)) == (Trouble.SILENT,)
    assert troubles(make.feed(), replace(young, last_new_at=NOW - timedelta(days=90)), NOW) == (
        Trouble.SILENT,
    )


def test_a_feed_that_never_brought_anything_is_silent_after_a_week() -> None:
    """An empty feed that answers is not healthy for ever."""
    empty = FeedState(rhythm=RHYTHM, first_at=NOW - timedelta(days=6))
    assert troubles(make.feed(), empty, NOW) == ()
    later = NOW + timedelta(days=2)
    assert troubles(make.feed(), empty, later) == (Trouble.SILENT,)
    assert explain(Trouble.SILENT, make.feed(), empty, later) == (
        "it has brought no entry in the 8 days that it was polled"
    )


def test_a_feed_of_unknown_rhythm_is_silent_after_a_month() -> None:
    """One burst and then nothing for 31 days."""
    once = FeedState(rhythm=RHYTHM, last_new_at=NOW - timedelta(days=29))
    assert troubles(make.feed(), once, NOW) == ()
    assert troubles(make.feed(), once, NOW + timedelta(days=2)) == (Trouble.SILENT,)


def test_a_feed_that_is_asked_rarely_gets_three_polls() -> None:
    """With an interval of two days in the catalog a day without news is no silence."""
    state = replace(HOURLY, last_new_at=NOW - timedelta(days=5))
    assert troubles(make.feed(interval_s=2 * 86_400), state, NOW) == ()


def test_silence_is_explained_with_figures() -> None:
    """How long, how often usually, and what its longest pause was."""
    said = explain(Trouble.SILENT, make.feed(), replace(HOURLY, last_new_at=NOW - timedelta(days=3)), NOW)
    assert said == (
        "no new entry for 3 days; one usually comes every 60 minutes"
        " and its longest pause of late was 8 hours (told after 24 hours)"
    )


def test_failures_are_explained_with_figures() -> None:
    """How many, why, and when it last answered."""
    state = replace(
        HOURLY,
        rhythm=replace(RHYTHM, error_streak=7),
        last_error="HTTP 503",
        last_success_at=NOW - timedelta(hours=30),
    )
    assert explain(Trouble.FAILING, make.feed(), state, NOW) == (
        "its last 7 polls failed (HTTP 503); it last answered 30 hours ago"
    )
    never = replace(state, last_success_at=None)
    assert explain(Trouble.FAILING, make.feed(), never, NOW).endswith("it has never answered")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_a_sentence_with_a_figure(trouble: Trouble) -> None:
    """One line for `dateline feeds list --unhealthy`, whatever is known of the feed."""
    for state in (HOURLY, FeedState(rhythm=RHYTHM), replace(HOURLY, entry_gap_s=None)):
        said = explain(trouble, make.feed(), state, NOW)
        assert "\n" not in said
        assert said


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (7100, "118 minutes"),
        (7200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_spells_are_one_unit(seconds: float, words: str) -> None:
    """The largest unit of which there are two."""
    assert spell(seconds) == words
