"""The promises of feeds.dates."""

from datetime import UTC, datetime

import pytest

from dateline.feeds import dates

TEN = "2026-03-03T10:00:00+00:00"

UNDERSTOOD = [
    ("Tue, 03 Mar 2026 10:00:00 GMT", TEN),
    ("Tue, 3 Mar 2026 10:00 GMT", TEN),
    ("Wed, 03 Mar 2026 10:00:00 +0000", TEN),  # the weekday is wrong
    ("03 Mar 2026 10:00:00 UT", TEN),
    ("03 Mar 26 10:00:00 GMT", TEN),
    ("Tue, 03 March 2026 10:00:00 Z", TEN),
    ("Tuesday, 03-Mar-2026 10:00:00 UTC", TEN),
    ("Tue,03 Mar 2026 10:00:00 GMT", TEN),
    ("Tue, 03 Mar 2026 05:00:00 EST", TEN),
    ("Tue, 03 Mar 2026 06:00:00 EDT", TEN),
    ("Tue, 03 Mar 2026 15:30:00 IST", TEN),
    ("Tue, 03 Mar 2026 11:00:00 CET", TEN),
    ("Tue, 03 Mar 2026 13:00:00 MSK", TEN),
    ("Tue, 03 Mar 2026 13:00:00 GMT+0300", TEN),
    ("Tue, 03 Mar 2026 13:00:00 GMT+3", TEN),
    ("Tue, 03 Mar 2026 11:00:00 +01:00", TEN),
    ("Tue, 03 Mar 2026 11:00:00 +0100 (CET)", TEN),
    ("Tue, 03 Mar 2026 10:00 AM GMT", TEN),
    ("Mar, 03 Mar 2026 10:00:00 +0000", TEN),
    ("Di, 03 Mär 2026 11:00:00 +0100", TEN),
    ("mar., 03 mars 2026 11:00:00 +0100", TEN),
    ("Вт, 03 мар 2026 13:00:00 +0300", TEN),
    ("Sal, 03 Mar 2026 13:00:00 +0300", TEN),
    ("3 de marzo de 2026 10:00 GMT", TEN),
    ("March 3, 2026 10:00 AM GMT", TEN),
    ("Tuesday, March 3, 2026 10:00 AM GMT", TEN),
    ("Tue Mar 03 10:00:00 UTC 2026", TEN),
    ("Tue Mar  3 10:00:00 +0000 2026", TEN),
    ("2026-03-03T10:00:00Z", TEN),
    ("2026-03-03T10:00:00.123456789Z", TEN),
    ("2026-03-03T10:00Z", TEN),
    ("2026-03-03T10Z", TEN),
    ("2026-03-03T11:00:00+0100", TEN),
    ("2026-03-03T11:00:00+01", TEN),
    ("2026-03-03T11:00:00 +01:00", TEN),
    ("2026-03-03 10:00:00 UTC", TEN),
    ("20260303T100000Z", TEN),
    ("2026/03/03 10:00:00 GMT", TEN),
    ("1772532000", TEN),
    ("1772532000123", TEN),
    ("2026-03-02T24:00:00Z", "2026-03-03T00:00:00+00:00"),
    ("Thu, 31 Dec 1998 23:59:60 GMT", "1998-12-31T23:59:59+00:00"),
    ("01 Jan 99 00:00:00 GMT", "1999-01-01T00:00:00+00:00"),
    ("2026-03-03", "2026-03-03T00:00:00+00:00"),
    ("2026-03", "2026-03-01T00:00:00+00:00"),
    ("  Tue,\n 03 Mar 2026\t10:00:00 GMT ", TEN),
]


@pytest.mark.parametrize(("text", "iso"), UNDERSTOOD)
def test_dates_of_many_spellings_are_instants(text, iso):
    """Each spelling names one instant in UTC, and nothing is odd about it."""
    assert dates.read(text) == dates.Reading(datetime.fromisoformat(iso))


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Tue, 03 Mar 2026 10:00:00", dates.NO_ZONE),
        ("2026-03-03T10:00:00", dates.NO_ZONE),
        ("2026-03-03 10:00", dates.NO_ZONE),
        ("03.03.2026 10:00", dates.NO_ZONE),
        ("Tue, 03 Mar 2026 10:00:00 XYZ", dates.ODD_ZONE),
        ("Tue, 03 Mar 2026 10:00:00 +9900", dates.ODD_ZONE),
    ],
)
def test_a_date_without_a_known_zone_is_utc_and_says_so(text, flaw):
    """The instant is taken as UTC and the doubt is noted."""
    assert dates.read(text) == dates.Reading(datetime(2026, 3, 3, 10, tzinfo=UTC), flaw)


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "yesterday", "Tue", "10:00", "0", "-1", "2026", "32 Mar 2026", "31 Feb 2026 10:00 GMT"),
        *("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-13-01", "2026-02-30"),
        *(
            "03/04/2026",
            "Tue, 03 Foo 2026 10:00:00 GMT",
            "2026-03-03T25:00:00Z",
            "99999999999999999999",
            "½ Mar 2026",
        ),
    ],
)
def test_what_is_no_date_is_unknown_never_now(text):
    """An unparsable date, an ambiguous one and a year outside 1990 to 2100 are None."""
    assert dates.read(text) == dates.Reading(None, dates.NOT_UNDERSTOOD)


def test_a_missing_date_is_no_flaw():
    """Feeds may leave dates out."""
    assert dates.read("  ") == dates.Reading()


def test_a_day_and_month_that_can_be_only_one_way_round_are_read():
    """31/12 can be no month 31."""
    assert dates.read("31/12/2025").at == dates.read("12/31/2025").at == datetime(2025, 12, 31, tzinfo=UTC)
