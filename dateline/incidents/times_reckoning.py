"""Reckoning: from the words of a date to its first and last day.

Owns: what each way of writing a date means. Refuses: finding the words (``times_rules``) and
judging what they date (``times``).
"""

import re
from datetime import date, timedelta

from dateline.incidents import times_words
from dateline.incidents.times_calendar import (
    DAY,
    HOURS_OF_A_DAY,
    Anchors,
    Span,
    around,
    days_before,
    full_year,
    infer_day,
    month_span,
    month_year,
    safe_date,
    weekday_before,
)

Groups = tuple[str | None, ...]


def reckon_iso(groups: Groups, _: Anchors) -> Span | None:
    year, month, day = (int(one or 0) for one in groups)
    found = safe_date(year, month, day)
    return Span(found, found, 1, relative=False) if found and 1800 <= year < 2200 else None


def reckon_slash(groups: Groups, _: Anchors) -> Span | None:
    one, two, year_text = int(groups[0] or 0), int(groups[1] or 0), groups[2]
    year = full_year(year_text)
    if year is None or (one <= 12 and two <= 12 and one != two):
        return None  # 03/06 is read differently on the two sides of the Atlantic
    found = safe_date(year, two, one) if one > 12 or one == two else safe_date(year, one, two)
    return Span(found, found, 1, relative=False) if found else None


def _days(month: int, day: str | None, until: str | None, year: str | None, anchors: Anchors) -> Span | None:
    last = infer_day(month, int(until or day or 0), year, anchors)
    if last is None:
        return None
    first = safe_date(last[0].year, month, int(day or 0))
    if first is None or first > last[0]:
        return None
    wide = (last[0] - first).days
    return Span(first, last[0], 1 if wide <= 1 else 2 if wide <= 7 else 3, relative=last[1])


def reckon_day_month(groups: Groups, anchors: Anchors) -> Span | None:
    day, until, month, year = groups
    return _days(times_words.load().months[_plain(month)], day, until, year, anchors)


def reckon_month_day(groups: Groups, anchors: Anchors) -> Span | None:
    month, day, until, year = groups
    return _days(times_words.load().months[_plain(month)], day, until, year, anchors)


def reckon_two_days(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "28 February to 3 March", "February 28 to March 3, 2022"; the year of the last holds for both."""
    numbers = [one for one in groups if one]
    months = times_words.load().months
    year = numbers.pop() if numbers[-1].strip(" ,'’").isdigit() and len(numbers) == 5 else None
    if numbers[0].isdigit():
        numbers = [numbers[1], numbers[0], numbers[3], numbers[2]]
    last = infer_day(months[_plain(numbers[2])], int(numbers[3]), year, anchors)
    first = last and infer_day(months[_plain(numbers[0])], int(numbers[1]), str(last[0].year), anchors)
    if not last or not first:
        return None
    begin = first[0]
    if begin > last[0]:
        earlier = safe_date(begin.year - 1, begin.month, begin.day)
        if earlier is None:
            return None
        begin = earlier
    wide = (last[0] - begin).days
    precision = 1 if wide <= 1 else 2 if wide <= 7 else 3 if wide <= 31 else 4
    return Span(begin, last[0], precision, "period" if wide > 7 else "event", last[1])


_THIRDS = ((("early", "beginning", "start"), "e"), (("mid",), "m"), (("late", "end"), "l"))


def reckon_month(groups: Groups, anchors: Anchors) -> Span | None:
    part, month_word, year_text = groups
    month = times_words.load().months[_plain(month_word)]
    stage = (part or " ").strip()
    if stage in {"next", "coming"}:
        return None
    year = month_year(month, year_text, anchors)
    if year is None:
        return None
    if stage in {"last", "past"} and anchors.published_on and (year, month) == _year_month(anchors):
        year -= 1
    third = next((letter for words, letter in _THIRDS if any(word in stage for word in words)), "")
    first, last = month_span(year, month, third)
    if year_text is None and anchors.published_on and first <= anchors.published_on < last:
        last = anchors.published_on
    return Span(first, last, 3, relative=year_text is None)


def reckon_month_week(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "the first week of March", "the second half of June 2021"."""
    which, unit, month_word, year_text = groups
    month = times_words.load().months[_plain(month_word)]
    year = month_year(month, year_text, anchors)
    if year is None:
        return None
    first, last = month_span(year, month)
    nth = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(which or "", -1)
    if unit == "half":
        low, high = (first, first.replace(day=15)) if nth == 0 else (first.replace(day=16), last)
    elif nth < 0:
        low, high = last - timedelta(days=6), last
    else:
        low, high = first + timedelta(days=7 * nth), first + timedelta(days=7 * nth + 6)
    return Span(low, high, 3 if unit == "half" else 2, relative=year_text is None)


def reckon_two_months(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "between January and March", "from November 2020 to May 2021": a stretch of time."""
    first_word, first_year, last_word, last_year = groups
    months = times_words.load().months
    one, two = months[_plain(first_word)], months[_plain(last_word)]
    until = month_year(two, last_year or first_year, anchors)
    if until is None:
        return None
    since = full_year(first_year) or (until if one <= two else until - 1)
    first, last = month_span(since, one)[0], month_span(until, two)[1]
    if first > last:
        return None
    published = anchors.published_on
    if published is not None and first <= published < last:
        last = published
    return Span(first, last, 4, "period", relative=last_year is None)


def _year_month(anchors: Anchors) -> tuple[int, int]:
    published = anchors.published_on or date.min
    return published.year, published.month


def reckon_year(groups: Groups, anchors: Anchors) -> Span | None:
    start = int(groups[0] or 0)
    end = int(groups[1]) if groups[1] else start
    if not 1800 <= start <= end < 2200:
        return None
    first, last = date(start, 1, 1), date(end, 12, 31)
    published = anchors.published_on
    current = published is not None and end >= published.year
    if current and published is not None and first <= published < last:
        last = published
    return Span(first, last, 4, "period" if current else "historic", relative=False)


def reckon_decade(groups: Groups, _: Anchors) -> Span | None:
    start = int(groups[0] or 0)
    return Span(date(start, 1, 1), date(start + 9, 12, 31), 4, "historic", relative=False)


def reckon_distance(groups: Groups, anchors: Anchors) -> Span | None:
    amount_text, unit_text, direction = groups
    words = times_words.load()
    plain = re.sub(r"\s+", " ", amount_text or "")
    amount, unit = words.amount(plain), words.units[unit_text or ""]
    from_event = direction not in {"ago", "back"}
    anchor = anchors.last_event_on if from_event else anchors.published_on
    if amount is None or anchor is None or (unit == 0 and from_event and amount < 24):
        return None
    if from_event and unit == 0:
        amount, unit = amount // 24, 1
    forward = direction in {"later", "after", "afterwards", "afterward"}
    return around(anchor, -amount if forward else amount, unit, vague=plain in words.vague)


def reckon_neighbour_day(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "the previous day", "the following night", "the day before", "that same day"."""
    anchor = anchors.last_event_on
    if anchor is None:
        return None
    text = " ".join(one for one in groups if one)
    step = 0
    if re.search(r"previous|preceding|before|prior|earlier", text):
        step = -1
    elif re.search(r"next|following|after|later", text):
        step = 1
    if "week" in text:
        return around(anchor, -step, 7, vague=False)
    day = anchor + timedelta(days=step)
    return Span(day, day, 1)


def reckon_same_day(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "later that day", "earlier in the week": the day, or week, of the last event."""
    anchor = anchors.last_event_on
    if anchor is None:
        return None
    if groups[1] == "week":
        return around(anchor, 0, 7, vague=False)
    return Span(anchor, anchor, 1)


def reckon_bare_ago(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "days ago", "years ago": some three of them."""
    if anchors.published_on is None:
        return None
    return around(anchors.published_on, 3, times_words.load().units[groups[0] or ""], vague=True)


def reckon_ago_first(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "hace dos días", "il y a deux jours"."""
    return reckon_distance((groups[0], groups[1], "ago"), anchors)


def reckon_named_day(groups: Groups, anchors: Anchors) -> Span | None:
    published = anchors.published_on
    if published is None:
        return None
    word = re.sub(r"\s+", " ", groups[0] or "")
    day = published + timedelta(days=times_words.load().days[word])
    return Span(day, published if word == "overnight" else day, 1)


def reckon_weekday(groups: Groups, anchors: Anchors) -> Span | None:
    which, word = (groups[0] or "").strip(), groups[1] or ""
    published = anchors.published_on
    if published is None or which in {"next", "coming", "upcoming"}:
        return None
    weekday = times_words.load().weekdays[word]
    if which in {"previous", "following", "preceding"}:
        anchor = anchors.last_event_on
        if anchor is None:
            return None
        ahead = (weekday - anchor.weekday()) % 7 or 7
        day = (
            anchor + timedelta(days=ahead)
            if which == "following"
            else weekday_before(anchor, weekday, strictly=True)
        )
        return Span(day, day, 1)
    day = weekday_before(published, weekday, strictly=which in {"last", "past"})
    return Span(day, day, 1)


def reckon_stretch(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "over the past month", "in the last 24 hours", "in recent days": up to publication."""
    published = anchors.published_on
    if published is None:
        return None
    words = times_words.load()
    amount_text, unit_text = re.sub(r"\s+", " ", groups[0] or "1"), groups[1] or ""
    recent = amount_text == "recent"
    amount = (
        (3 if unit_text.startswith("month") else 7 if unit_text.startswith("day") else 4)
        if recent
        else words.amount(amount_text)
    )
    if amount is None:
        return None
    unit = words.units[unit_text]
    days = -(-amount // 24) if unit == 0 else amount * unit
    first = published if unit == 0 and amount <= HOURS_OF_A_DAY else days_before(published, days)
    if first is None:
        return None
    precision = 1 if days <= 1 else 2 if days <= 8 else 3 if days <= 31 else 4
    return Span(first, published, precision, "event" if days <= 1 else "period")


def reckon_calendar(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "last week", "earlier this month", "this year", "last weekend"."""
    published = anchors.published_on
    if published is None:
        return None
    part, which, unit = (one or "" for one in groups)
    back = 1 if which in {"last", "past"} else 0
    if unit.startswith("weekend"):
        saturday = weekday_before(published, 5, strictly=False)
        return Span(saturday, min(saturday + DAY, max(published, saturday)), 1)
    if unit.startswith("week"):
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return Span(monday, monday + 6 * DAY if back else published, 2)
    letter = part.strip()[:1]
    if unit.startswith("month"):
        month0 = published.year * 12 + published.month - 1 - back
        first, last = month_span(month0 // 12, month0 % 12 + 1, letter if letter in "ml" and letter else "")
        return Span(first, max(first, min(last, published)), 3)
    year = published.year - back
    last = published if not back else date(year, 12, 31)
    return Span(date(year, 1, 1), last, 4, "historic" if back else "period")


def _plain(word: str | None) -> str:
    return (word or "").strip(" .")
