"""The day of an event where its own sentence tells none, or tells another's."""

from datetime import UTC, date, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.times import read_times
from dateline.model import Article

FRIDAY = date(2022, 3, 18)


def day_of(text: str) -> date | None:
    """Return the first day of the article's first incident."""
    published = datetime(2022, 3, 18, 12, tzinfo=UTC)
    found = Coder.load().code(Article(id="d", text=text, published_at=published)).incidents
    assert found, text
    return found[0].date.start if found[0].date else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            (
                "Gunmen shot dead three teachers in a village near Kano, police said.\n\n"
                "Officials gave no motive.\n\nIt happened on 14 March at half past nine, a resident said."
            ),
            date(2022, 3, 14),
        ),
        (
            "The bodies of two farmers murdered last Monday by militants in Helmand were buried in Kabul today.",
            date(2022, 3, 14),
        ),
        (
            "Gunmen killed a judge in Cali in early March.\n\nThe judge was killed on 4 March outside his home in Cali.",
            date(2022, 3, 4),
        ),
    ],
)
def test_the_day_is_found_in_another_sentence(text: str, day: date):
    """A finer day, a day told afterwards, and not that of the funeral."""
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("On 14 March, the minister officially acknowledged that soldiers killed the priests.", "report"),
        ("LIMA, 18 MAR 22 (NA) -- [TEXT] IN LIMA TODAY, UNOFFICIAL SOURCES REPORTED THAT GUNMEN KILLED TWO.", "report"),
        ("The post has been vacant since 14 March, when the envoy was shot to death.", "event"),
        ("The road has been closed since 14 March.", "period"),
    ],
)  # fmt: skip
def test_days_of_reports_and_stretches(sentence: str, kind: str):
    """Who acknowledges speaks; what follows "since that day, when" is of that day."""
    assert read_times(sentence, FRIDAY)[-1].kind == kind


@pytest.mark.parametrize("name", ["Santo Domingo", "Julio Reyes", "Domingo Perez"])
def test_names_are_no_days(name: str):
    """A weekday or month of another language is a name where no word leads to it."""
    assert read_times(f"The militants killed {name} in the hills.", FRIDAY) == ()


def test_days_of_another_language_are_read():
    """With its article the same word is a day."""
    (one,) = read_times("Los atacantes mataron a dos soldados el domingo.", FRIDAY)
    assert one.first == date(2022, 3, 13)
