"""When a sentence says that something happened.

Owns the reckoning of the time phrases that a language's ``times`` table names. Refuses the clock: "ayer" counts
from the day of publication, "dos días antes" from the last event told; without the anchor the words are left alone.
"""

import math
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from dateline.incidents.tongues.line import Line, digits_value
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

Kind = Literal["event", "report", "period", "historic"]
DAY, WEEK, MONTH, YEAR = 1, 7, 30, 365
HOUR = 0
"""Values of the units of a ``times`` table: days; 0 is an hour."""

SAID_WITHIN = 3
"""Words between a verb of saying and the day that dates the report."""

TOKENS_OF_DATE = 5


class Time(Struct, frozen=True, gc=False):
    """Days first to last, told by tokens ``at`` to ``end`` (exclusive). precision as in ``record.When``, 4 looser."""

    at: int
    end: int
    first: date
    last: date
    precision: Literal[1, 2, 3, 4]
    kind: Kind = "event"


Span = tuple[date, date, Literal[1, 2, 3, 4], Kind]


def read_times(line: Line, tongue: Tongue, published_on: date | None, last_on: date | None) -> list[Time]:
    """Return the times of a sentence in text order. Total: a day that no calendar has is no time."""
    found: list[Time] = []
    for mark in line.of("times"):
        try:
            span = _reckon(mark, published_on, last_on)
        except (ValueError, OverflowError):
            span = None
        if span is not None:
            found.append(_told(line, mark, span))
    found.extend(_written(line, tongue))
    return sorted(found, key=lambda one: one.at)


def _told(line: Line, mark: Mark, span: Span) -> Time:
    first, last, precision, kind = span
    if kind == "event" and precision == 1 and _reported(line, mark):
        kind = "report"
    return Time(mark.first, mark.last, first, last, precision, kind)


def _reported(line: Line, mark: Mark) -> bool:
    """Whether the day stands right behind a verb of saying, and so dates the report."""
    verbs = [one for one in line.of("sources", "verb") if one.last <= mark.first]
    if not verbs or mark.first - verbs[-1].last > SAID_WITHIN:
        return False
    between = range(verbs[-1].last, mark.first)
    if any(line.tokens[at].text in ",;:" for at in between):
        return False
    return not any(one.first in between for one in (*line.of("tolls"), *line.of("triggers")))


def _reckon(mark: Mark, on: date | None, last_on: date | None) -> Span | None:
    """Return the days that a phrase means, or None where its anchor is unknown or it looks ahead."""
    value = mark.entry.values[0]
    numbers = [number for name, number in mark.caught if name == "#"]
    classes = {name[1:]: number for name, number in mark.caught if name != "#"}
    tag = mark.tag
    if tag in ("date", "days", "in_month", "since_date", "since_month"):
        return _calendar(tag, numbers, classes, value, on)
    if tag == "year":
        return _year(numbers, value, on)
    if tag in ("before", "after", "same"):
        return _from_event(tag, numbers, classes, value, last_on)
    if on is None:
        return None
    if tag in ("day", "night"):
        day = on + timedelta(days=int(value or -1))
        return day, day if tag == "day" else on, 1, "event"
    if tag in ("on", "since_weekday"):
        back = (on.weekday() - classes["weekday"]) % 7 or (7 if value == "past" else 0)
        day = on - timedelta(days=back)
        return (day, day, 1, "event") if tag == "on" else (day, on, 2, "period")
    if tag == "week":
        monday = on - timedelta(days=on.weekday()) + timedelta(weeks=int(value))
        return monday, min(monday + timedelta(days=6), on), 2, "event"
    if tag == "weekend":
        saturday = on - timedelta(days=(on.weekday() - 5) % 7)
        return saturday, min(saturday + timedelta(days=1), on), 2, "event"
    if tag == "this_month":
        start = _months_back(on.replace(day=1), -int(value))
        return start, min(_month_end(start), on), 3, "event"
    if tag == "ago":
        return _ago(numbers, classes, value, on)
    if tag in ("last", "since_ago"):
        count, unit = _amount(numbers, classes, value, none=1)
        days = math.ceil(count / 24) if unit == HOUR else count * unit
        return on - timedelta(days=max(days, 1)), on, 3, "period"
    if tag in ("year_to_date", "month_to_date"):
        return date(on.year, on.month if tag == "month_to_date" else 1, 1), on, 3, "period"
    return None


def _amount(numbers: Sequence[int], classes: dict[str, int], value: str, *, none: int) -> tuple[int, int]:
    """Return how many of which unit; ``2x7`` is two weeks in one word, ``none`` stands where no number does."""
    times, _, fixed = value.rpartition("x")
    unit = classes["unit"] if "unit" in classes else int(fixed)
    return (numbers[0] if numbers else int(times or none)), unit


def _ago(numbers: Sequence[int], classes: dict[str, int], value: str, on: date) -> Span:
    count, unit = _amount(numbers, classes, value, none=0)
    if unit == HOUR:
        day = on - timedelta(days=count // 24)
        return day, day, 1, "event"
    if unit == DAY:
        if not count:  # "hace unos días"
            return on - timedelta(days=5), on - timedelta(days=1), 2, "event"
        day = on - timedelta(days=count)
        return day, day, 1, "event"
    if unit == WEEK:
        day = on - timedelta(weeks=count or 2)
        return day - timedelta(days=3), day + timedelta(days=3), 2, "event"
    if unit == MONTH:
        start = _months_back(on.replace(day=1), count or 3)
        return start, _month_end(start), 3, "event"
    year = on.year - (count or 3)
    return date(year, 1, 1), date(year, 12, 31), 4, "historic"


def _from_event(
    tag: str, numbers: Sequence[int], classes: dict[str, int], value: str, last_on: date | None
) -> Span | None:
    if last_on is None:
        return None
    if tag == "same":
        return last_on, last_on, 1, "event"
    count, unit = _amount(numbers, classes, value or str(DAY), none=1)
    away = timedelta(days=count * unit)
    day = last_on - away if tag == "before" else last_on + away
    if unit <= DAY:
        return day, day, 1, "event"
    if unit == WEEK:
        return day - timedelta(days=3), day + timedelta(days=3), 2, "event"
    return (day.replace(day=1), _month_end(day), 3, "event") if unit == MONTH else None


def _calendar(
    tag: str, numbers: Sequence[int], classes: dict[str, int], value: str, on: date | None
) -> Span | None:
    """Return a day or days of a month, or a month, of the year told or the last such before publication."""
    month = classes["month"]
    years = [one for one in numbers if 1900 <= one <= 2100]
    days = [one for one in numbers if 1 <= one <= 31]
    if len(years) + len(days) != len(numbers):
        return None
    year = years[0] if years else _year_of(month, days[0] if days else 1, on)
    if year is None or (tag not in ("in_month", "since_month") and not days):
        return None
    if tag in ("in_month", "since_month"):
        if days:
            return None
        start = date(year, month, 1)
        if tag == "since_month":
            return (start, on, 3, "period") if on is not None and start <= on else None
        end = _month_end(start)
        return start, min(end, on) if on is not None and on >= start else end, 3, "event"
    first = date(year, month, days[0])
    if tag == "since_date":
        return (first, on, 3, "period") if on is not None and first <= on else None
    last = date(year, month, days[-1])
    if value == "period" and last > first:
        return first, last, 3, "period"
    return (first, last, 1 if (last - first).days <= 1 else 2, "event") if last >= first else None


def _year_of(month: int, day: int, on: date | None) -> int | None:
    if on is None:
        return None
    return on.year if (month, day) <= (on.month, on.day + 1) else on.year - 1


def _year(numbers: Sequence[int], value: str, on: date | None) -> Span | None:
    if numbers:
        year = numbers[0]
        if not 1900 <= year <= 2100:
            return None
    elif on is not None and value.lstrip("-").isdigit():
        year = on.year + int(value)
    else:
        return None
    if value == "since":
        return (date(year, 1, 1), on, 4, "period") if on is not None and year <= on.year else None
    this = on is not None and year == on.year
    end = on if this and on is not None else date(year, 12, 31)
    return date(year, 1, 1), end, 4, "period" if this else "historic"


def _months_back(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _written(line: Line, tongue: Tongue) -> list[Time]:
    """Return dates in digits alone: 12/03/2024, 2024-03-12."""
    found: list[Time] = []
    tokens = line.tokens
    for at in range(len(tokens) - 2):
        if not tokens[at].digits:
            continue
        parts = [
            token for token in tokens[at : at + TOKENS_OF_DATE] if token.digits or token.text not in "/-."
        ][:3]
        if len(parts) < 3 or not all(one.digits for one in parts):
            continue
        between = line.text[parts[0].end : parts[2].start].replace(parts[1].text, "", 1)
        if len(between) != 2 or between[0] not in "/-" or between[0] != between[1]:
            continue
        values = [digits_value(one.text, tongue.grammar.thousands) for one in parts]
        day = _day_of(values, day_first=tongue.grammar.day_first)
        if day is not None:
            end = next(number for number, token in enumerate(tokens) if token is parts[2]) + 1
            found.append(Time(at, end, day, day, 1))
    return found


def _day_of(values: Sequence[int | None], *, day_first: bool) -> date | None:
    one, two, three = values
    if one is None or two is None or three is None:
        return None
    if one > 1900:
        year, month, day = one, two, three
    else:
        day, month = (one, two) if day_first else (two, one)
        year = three
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None
