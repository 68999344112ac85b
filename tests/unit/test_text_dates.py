"""The promises of dates.py and dates_words.py."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text import dates, dates_words

DAY = datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "20240305", "2024/3/5", "2024. 3. 5.", "2024. március 5.", "2024 m. kovo 5 d.", "2024. gada 5. marts", "2024年3月5日", "2024年03月05日(火)",
        "2024년 3월 5일", "令和6年3月5日", "民國113年3月5日", "5 March 2024", "5th of March 2024", "March 5, 2024", "Tuesday, Mar. 5, 2024", "05-Mar-2024", "05.03.2024", "05.03.24",
        "5. März 2024", "5 mars 2024", "5 de marzo de 2024", "5 de março de 2024", "5 marzo 2024", "5 maart 2024", "5 марта 2024 г.", "5 березня 2024", "5 marca 2024",
        "5. března 2024", "5 Mart 2024 Salı", "5 Μαρτίου 2024", "٥ مارس ٢٠٢٤", "5 آذار/مارس 2024", "۱۵ اسفند ۱۴۰۲", "۱۴۰۲/۱۲/۱۵", "५ मार्च २०२४", "5 มี.ค. 2567", "5 มีนาคม 2567",
        "ב-5 במרץ 2024", "5 tháng 3 năm 2024", "5 Maret 2024", "5 Machi 2024", "5 martie 2024", "5 মার্চ ২০২৪", "1709596800", "Published: 5 March 2024",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_languages(text):
    """One day in the spellings, calendars and digits of the feeds' languages."""
    assert dates.parse(text) == DAY


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2024-03-05T10:30:00+03:00", 7, 30),
        ("2024-03-05T10:30:00.000Z", 10, 30),
        ("2024-03-05 10:30:00 EST", 15, 30),
        ("20240305103000", 10, 30),
        ("Tue, 05 Mar 2024 10:30:00 +0530", 5, 0),
        ("Tue Mar 05 10:30:00 EST 2024", 15, 30),
        ("March 5, 2024 5:30 pm ET", 22, 30),
        ("5 March 2024 at 12:05 AM", 0, 5),
        ("5. März 2024, 10.30 Uhr", 10, 30),
        ("le 5 mars 2024 à 10h30", 10, 30),
        ("5 марта 2024, 14:05 мск", 11, 5),
        ("2024年3月5日 午後3:05", 15, 5),
        ("2024. 3. 5. 오후 3:05", 15, 5),
        ("5 مارس 2024 - 3:05 م", 15, 5),
        ("5/3/2024, 10:05 (GMT+7)", 3, 5),
    ],
)
def test_times_and_zones(text, hour, minute):
    """Clock and zone are read, and without a zone the time is taken as UTC."""
    assert dates.parse(text, "vi") == DAY.replace(hour=hour, minute=minute)


def test_american_zones_follow_the_summer():
    """ "ET" is four hours behind in July and five in January."""
    assert dates.parse("July 5, 2024 5:30 PM ET") == datetime(2024, 7, 5, 21, 30, tzinfo=UTC)
    assert dates.parse("January 5, 2024 5:30 PM ET") == datetime(2024, 1, 5, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "3 hours ago", "3/4/2024", "May 2024", "2024", "© 2019-2024", "2024-13-45", "31 February 2024", "12 March", "1403/01/15", "10 things in 2024", "5 mars 1890"],
)  # fmt: skip
def test_what_is_not_understood_is_unknown(text):
    """Relative words, lone months and years, and a day that could be a month give nothing."""
    assert dates.parse(text) is None


@pytest.mark.parametrize(
    ("language", "month"), [("en-GB", 4), ("fr", 4), ("pt-BR", 4), ("en-US", None), ("", None)]
)
def test_the_language_orders_day_and_month(language, month):
    """3/4/2024 is of April where days lead; in America's English nobody can tell from many sites."""
    read = dates.parse("3/4/2024", language)
    assert (read and read.month) == month


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1402, 7, 1), date(2023, 9, 23)),
        ((1402, 13, 1), None),
        ((1402, 7, 31), None),
    ],
)
def test_the_solar_hijri_calendar(theirs, ours):
    """Nowruz falls on 20 or 21 March, by the leap years before it."""
    assert dates_words.from_jalali(*theirs) == ours


@pytest.mark.parametrize(
    ("url", "is_dated"),
    [
        ("https://x.test/2024/03/05/name", True),
        ("https://x.test/2024/3/5/name", True),
        ("https://x.test/2024/mar/05/name", True),
        ("https://x.test/20240305-name.html", True),
        ("https://x.test/a/t20240305_123.html", True),
        ("https://x.test/2024-03/05/content_1.htm", True),
        ("https://x.test/n1/2024/0305/c90-1.html", True),
        ("https://x.test/storm-2024-03-05", True),
        ("https://x.test/what-2024-03-05-meant-to-us", False),
        ("https://x.test/12320240305", False),
        ("https://x.test/202403051", False),
        ("https://x.test/?day=2024/03/05", False),
    ],
)
def test_days_in_addresses(url, is_dated):
    """A part of the path that begins or ends with a day is of that day; words around it are its subject."""
    assert dates.in_url(url) == (DAY if is_dated else None)


def test_months_in_addresses():
    """A path of year and month is known as such."""
    assert dates.month_in_url("https://x.test/2024/03/name") == (2024, 3)
    assert dates.month_in_url("https://x.test/2024/name") is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "en", "fa", "fr"]))
def test_reading_is_total(text, language):
    """Any text is read without error, into a year of our time or nothing."""
    read = dates.parse(text, language)
    assert read is None or dates.FIRST_YEAR - 1 <= read.year <= dates.LAST_YEAR + 1
    dates.in_url(text)
