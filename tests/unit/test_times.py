"""The promises of times beyond single phrases: anchors, proof, and what is left alone."""

import itertools
from datetime import date

import pytest

from dateline.incidents.times import lower_same_length, read_times

FRIDAY = date(2022, 3, 18)


@pytest.mark.parametrize(
    "sentence",
    ["He was hurt yesterday.", "He was hurt on Monday.", "He was hurt on March 6.", "He was hurt last week."],
)
def test_without_a_publication_day_relative_words_are_left_alone(sentence: str) -> None:
    """An unknown day is unknown; the clock is never asked."""
    assert read_times(sentence, None, None) == ()


def test_full_dates_need_no_anchor() -> None:
    """A date with its year is the same whenever it is read."""
    (one,) = read_times("He was hurt on 6 March 2021.", None, None)
    assert one.first == one.last == date(2021, 3, 6)
    assert not one.relative


def test_ago_counts_from_publication_and_prior_from_the_last_event() -> None:
    """The words "two days ago" and "two days prior" are told apart by their anchor."""
    event = date(2022, 3, 10)
    (ago,) = read_times("It happened two days ago.", FRIDAY, event)
    (prior,) = read_times("It happened two days prior.", FRIDAY, event)
    assert (ago.first, prior.first) == (date(2022, 3, 16), date(2022, 3, 8))
    assert read_times("It happened two days prior.", FRIDAY, None) == ()


@pytest.mark.parametrize(
    ("weekday", "day"), [("Friday", 18), ("Thursday", 17), ("Monday", 14), ("Saturday", 12)]
)
def test_a_weekday_is_the_latest_on_or_before_publication(weekday: str, day: int) -> None:
    """The weekday of publication is that day; the others lie at most six days back."""
    (one,) = read_times(f"A shop burned on {weekday}.", FRIDAY, None)
    assert one.first == date(2022, 3, day)


def test_a_date_without_year_is_the_latest_not_after_the_next_day() -> None:
    """A date beyond the day after publication is last year's."""
    for text, year in (("March 19", 2022), ("March 20", 2021), ("December 31", 2021), ("January 1", 2022)):
        (one,) = read_times(f"A shop burned on {text}.", FRIDAY, None)
        assert one.first.year == year


def test_leap_days_are_found_in_leap_years() -> None:
    """29 February without a year is the last one that was."""
    (one,) = read_times("A shop burned on February 29.", FRIDAY, None)
    assert one.first == date(2020, 2, 29)


@pytest.mark.parametrize("sentence", ["On 31 February a shop burned.", "On 2022-13-40 a shop burned."])
def test_days_that_never_were_are_no_dates(sentence: str) -> None:
    """The calendar has the last word."""
    assert all(one.precision > 1 for one in read_times(sentence, FRIDAY, None))


def test_the_words_are_the_slice() -> None:
    """Evidence can be shown: the words, the weekday included, stand at their offsets."""
    sentence = "Two shops burned on Friday, March 11, officials said."
    (one,) = read_times(sentence, FRIDAY, None)
    assert one.text == sentence[one.start : one.end] == "Friday, March 11"


def test_report_days_are_not_event_days() -> None:
    """The day of saying and the day of happening are told apart in one sentence."""
    found = read_times("The ministry said on Monday that a shop burned on Saturday.", FRIDAY, None)
    assert [one.kind for one in found] == ["report", "event"]


def test_several_dates_come_in_text_order_without_overlap() -> None:
    """Each word belongs to one mention at most."""
    found = read_times("Shops burned on 3 March, last week, on Tuesday and since 2014.", FRIDAY, None)
    assert len(found) == 4
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


def test_lowering_keeps_offsets() -> None:
    """Capitals that grow when lowered stay as they are."""
    text = "İSTANBUL, 3 MART"
    assert len(lower_same_length(text)) == len(text)
