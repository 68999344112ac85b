"""Fresh, statistic, background or nothing."""

from datetime import date

import pytest

from dateline.incidents.classes import classify, looks_back
from dateline.incidents.readings import event_time
from dateline.incidents.readings import read as read_sentence
from dateline.incidents.sentences import Sentence
from dateline.incidents.times import read_times
from dateline.incidents.triggers import lowered, read_triggers

PUBLISHED = date(2024, 5, 15)


def class_of(text: str, *, counted: bool = True, n_events: int | None = None) -> str | None:
    low = lowered(text)
    reading = read_sentence(
        Sentence(0, len(text), text, 0),
        low,
        read_triggers(low),
        published_on=PUBLISHED,
        last_event_on=None,
        places=(),
        actors=(),
    )
    return classify(
        low,
        read_times(text, PUBLISHED),
        when=event_time(reading),
        counted=counted,
        n_events=n_events,
        published_on=PUBLISHED,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Two soldiers were killed on Monday.",
        "On May 3, a bomb killed four people.",
        "Five villagers were killed by gunmen.",
        "The army said that it had killed nine rebels.",
    ],
)
def test_one_event_inside_the_window_is_fresh(text: str):
    """A dated event of the last 45 days, or an undated one told as new, is fresh."""
    assert class_of(text) == "fresh"


@pytest.mark.parametrize(
    "text",
    [
        "Since January, 69 people have been killed in attacks.",
        "The death toll of the fighting has climbed to 212 since January.",
        "At least 400 people have been killed in clashes this year.",
        "Over the past month, 30 soldiers died in ambushes.",
    ],
)
def test_a_count_over_a_period_is_a_statistic(text: str):
    """Counts over a stretch of time never pass as one event."""
    assert class_of(text) == "aggregate"


@pytest.mark.parametrize(
    "text",
    [
        "In 2014, rebels captured the city.",
        "On March 3, 2020, gunmen killed nine farmers.",
        "The group had killed three officers in an earlier ambush.",
    ],
)
def test_older_events_and_context_are_background(text: str):
    """What lies outside the window, or is told in looking back, is context."""
    assert class_of(text) == "background"


def test_a_superlative_since_a_war_is_never_fresh():
    """ "The deadliest since" looks back and opens nothing."""
    assert class_of("It was the deadliest attack since the war began.", counted=False) != "fresh"


def test_a_period_without_a_count_is_nothing():
    """ "Attacks in recent weeks" is neither an event nor a number."""
    assert class_of("Militants attacked villages in recent weeks.", counted=False) is None


def test_operations_counted_over_a_month_are_a_statistic():
    """Twenty operations in a month are a number, not an incident."""
    assert class_of("In April, 20 operations were carried out.", counted=False, n_events=20) == "aggregate"


def test_looking_back_has_its_words():
    """Superlatives since a date tell of the past."""
    assert looks_back("the worst attack in the city since 2010")
    assert not looks_back("an attack in the city on monday")
