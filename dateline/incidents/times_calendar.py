"""Calendar arithmetic for the dates of news.

Owns: which day a day and month without a year are, and how wide a loose distance is. Refuses: words.
"""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

DAY = timedelta(days=1)
HOURS_OF_A_DAY = 12
"""Up to so many hours back lie, as news tells it, on the day of publication."""


class Anchors(Struct, frozen=True):
    """What relative words count from; None where it is not known."""

    published_on: date | None
    last_event_on: date | None
    #: ``last_event_on`` is a day that the same sentence has told.
    told_here: bool = False


class Span(Struct, frozen=True):
    """First and last day, and what the words alone say of them."""

    first: date
    last: date
    #: 1 the day, 2 the week, 3 the month, 4 looser.
    precision: int
    kind: str = "event"
    relative: bool = True


def month_span(year: int, month: int, part: str = "") -> tuple[date, date]:
    """First and last day of a month, or of its early, middle or late third."""
    last = monthrange(year, month)[1]
    low, high = {"e": (1, 10), "m": (11, 20), "l": (21, last)}.get(part, (1, last))
    return date(year, month, low), date(year, month, high)


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str | None) -> int | None:
    """Four digits, or two: '90 is 1990, '15 is 2015."""
    if not text:
        return None
    year = int(text.strip(" ,'’"))
    if year >= 1000:
        return year if 1800 <= year <= 2199 else None
    return 1900 + year if year >= 50 else 2000 + year


def infer_day(month: int, day: int, year: str | None, anchors: Anchors) -> tuple[date, bool] | None:
    """The day, and whether its year was inferred: the latest one not after publication + 1 day."""
    stated = full_year(year)
    if year and stated is None:
        return None
    if stated is not None:
        found = safe_date(stated, month, day)
        return (found, False) if found else None
    if anchors.published_on is None:
        return None
    for back in range(9):  # 29 February may lie eight years back
        found = safe_date(anchors.published_on.year + 1 - back, month, day)
        if found and found <= anchors.published_on + DAY:
            return found, True
    return None


def month_year(month: int, year: str | None, anchors: Anchors) -> int | None:
    stated = full_year(year)
    if stated is not None or year:
        return stated
    if anchors.published_on is None:
        return None
    published = anchors.published_on
    return published.year if month <= published.month else published.year - 1


def days_before(day: date, days: int) -> date | None:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None


def around(anchor: date, amount: int, unit: int, *, vague: bool, kind: str = "event") -> Span | None:
    """The time ``amount`` units before the anchor (after it when negative). Looser units spread more."""
    if unit == 0:
        # Up to six hours before the news is most often still the same day.
        days = -(-amount // 24) if amount > 6 else 0
        low, high = days_before(anchor, days), anchor
        if low is None:
            return None
        return Span(low, high, 1 if days <= 1 else 2)
    middle = days_before(anchor, amount * unit)
    if middle is None:
        return None
    slack = (2 if vague else 0) if unit == 1 else {7: 3, 30: 15}.get(unit, 183)
    first, last = days_before(middle, slack), days_before(middle, -slack)
    if first is None or last is None:
        return None
    if amount > 0:
        last = min(last, anchor)
    days_wide = (last - first).days
    precision = 1 if days_wide == 0 else 2 if days_wide <= 8 else 3 if days_wide <= 31 else 4
    return Span(first, last, precision, "historic" if precision == 4 else kind)


def weekday_before(anchor: date, weekday: int, *, strictly: bool) -> date:
    back = (anchor.weekday() - weekday) % 7
    if strictly and back == 0:
        back = 7
    return anchor - timedelta(days=back)
