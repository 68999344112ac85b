"""The ways a date is written, each with how it is reckoned.

Owns: patterns (over lower-cased text) and the arithmetic from words to days. Refuses: which
mention wins where two overlap, and whether a date is that of an event or of a report.

A rule is a name, a pattern and a function ``(groups, anchors) -> Span | None``; None refuses.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from dateline.incidents import times_words

DAY = timedelta(days=1)


class Anchors(Struct, frozen=True):
    """What relative words count from; None where it is not known."""

    published_on: date | None
    last_event_on: date | None


class Span(Struct, frozen=True):
    """First and last day, and what the words alone say of them."""

    first: date
    last: date
    #: 1 the day, 2 the week, 3 the month, 4 looser.
    precision: int
    kind: str = "event"
    relative: bool = True


class Rule(Struct, frozen=True):
    name: str
    pattern: "re.Pattern[str]"
    reckon: "Callable[[tuple[str | None, ...], Anchors], Span | None]"


# arithmetic ----------------------------------------------------------------------------------


def month_span(year: int, month: int, part: str = "") -> tuple[date, date]:
    """First and last day of a month, or of its early, middle or late third."""
    last = monthrange(year, month)[1]
    low, high = {"e": (1, 10), "m": (11, 20), "l": (21, last)}.get(part, (1, last))
    return date(year, month, low), date(year, month, high)


def _safe_date(year: int, month: int, day: int) -> date | None:
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
        found = _safe_date(stated, month, day)
        return (found, False) if found else None
    if anchors.published_on is None:
        return None
    for back in range(9):  # 29 February may lie eight years back
        found = _safe_date(anchors.published_on.year + 1 - back, month, day)
        if found and found <= anchors.published_on + DAY:
            return found, True
    return None


def _month_year(month: int, year: str | None, anchors: Anchors) -> int | None:
    stated = full_year(year)
    if stated is not None or year:
        return stated
    if anchors.published_on is None:
        return None
    published = anchors.published_on
    return published.year if month <= published.month else published.year - 1


def _back(day: date, days: int) -> date | None:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None


def around(anchor: date, amount: int, unit: int, *, vague: bool, kind: str = "event") -> Span | None:
    """The time ``amount`` units before the anchor (after it when negative). Looser units spread more."""
    if unit == 0:
        days = -(-abs(amount) // 24) if amount > 0 else 0
        low, high = _back(anchor, days), anchor
        if low is None:
            return None
        return Span(low, high, 1 if days <= 1 else 2)
    middle = _back(anchor, amount * unit)
    if middle is None:
        return None
    slack = (2 if vague else 0) if unit == 1 else {7: 3, 30: 15}.get(unit, 183)
    first, last = _back(middle, slack), _back(middle, -slack)
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


# reckoning -----------------------------------------------------------------------------------

Groups = tuple[str | None, ...]


def _iso(groups: Groups, _: Anchors) -> Span | None:
    year, month, day = (int(one or 0) for one in groups)
    found = _safe_date(year, month, day)
    return Span(found, found, 1, relative=False) if found and 1800 <= year < 2200 else None


def _slash(groups: Groups, _: Anchors) -> Span | None:
    one, two, year_text = int(groups[0] or 0), int(groups[1] or 0), groups[2]
    year = full_year(year_text)
    if year is None or (one <= 12 and two <= 12 and one != two):
        return None  # 03/06 is read differently on the two sides of the Atlantic
    found = _safe_date(year, two, one) if one > 12 or one == two else _safe_date(year, one, two)
    return Span(found, found, 1, relative=False) if found else None


def _days(month: int, day: str | None, until: str | None, year: str | None, anchors: Anchors) -> Span | None:
    last = infer_day(month, int(until or day or 0), year, anchors)
    if last is None:
        return None
    first = _safe_date(last[0].year, month, int(day or 0))
    if first is None or first > last[0]:
        return None
    wide = (last[0] - first).days
    return Span(first, last[0], 1 if wide <= 1 else 2 if wide <= 7 else 3, relative=last[1])


def _day_month(groups: Groups, anchors: Anchors) -> Span | None:
    day, until, month, year = groups
    return _days(times_words.load().months[_plain(month)], day, until, year, anchors)


def _month_day(groups: Groups, anchors: Anchors) -> Span | None:
    month, day, until, year = groups
    return _days(times_words.load().months[_plain(month)], day, until, year, anchors)


def _two_days(groups: Groups, anchors: Anchors) -> Span | None:
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
        earlier = _safe_date(begin.year - 1, begin.month, begin.day)
        if earlier is None:
            return None
        begin = earlier
    wide = (last[0] - begin).days
    precision = 1 if wide <= 1 else 2 if wide <= 7 else 3 if wide <= 31 else 4
    return Span(begin, last[0], precision, "period" if wide > 7 else "event", last[1])


def _month(groups: Groups, anchors: Anchors) -> Span | None:
    part, month_word, year_text = groups
    month = times_words.load().months[_plain(month_word)]
    stage = (part or " ").strip()
    if stage in {"next", "coming"}:
        return None
    year = _month_year(month, year_text, anchors)
    if year is None:
        return None
    if stage in {"last", "past"} and anchors.published_on and (year, month) == _year_month(anchors):
        year -= 1
    letter = "e" if stage.startswith(("ear", "beg", "sta")) else stage[:1]
    first, last = month_span(year, month, letter if letter in "eml" and stage != "last" else "")
    if year_text is None and anchors.published_on and first <= anchors.published_on < last:
        last = anchors.published_on
    return Span(first, last, 3, relative=year_text is None)


def _year_month(anchors: Anchors) -> tuple[int, int]:
    published = anchors.published_on or date.min
    return published.year, published.month


def _year(groups: Groups, anchors: Anchors) -> Span | None:
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


def _decade(groups: Groups, _: Anchors) -> Span | None:
    start = int(groups[0] or 0)
    return Span(date(start, 1, 1), date(start + 9, 12, 31), 4, "historic", relative=False)


def _distance(groups: Groups, anchors: Anchors) -> Span | None:
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


def _neighbour_day(groups: Groups, anchors: Anchors) -> Span | None:
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


def _named_day(groups: Groups, anchors: Anchors) -> Span | None:
    published = anchors.published_on
    if published is None:
        return None
    word = re.sub(r"\s+", " ", groups[0] or "")
    day = published + timedelta(days=times_words.load().days[word])
    return Span(day, published if word == "overnight" else day, 1)


def _weekday(groups: Groups, anchors: Anchors) -> Span | None:
    which, word = (groups[0] or "").strip(), groups[1] or ""
    published = anchors.published_on
    if published is None or which in {"next", "coming", "upcoming"}:
        return None
    weekday = times_words.load().weekdays[word]
    if which in {"previous", "following", "preceding"}:
        return None
    day = weekday_before(published, weekday, strictly=which in {"last", "past"})
    return Span(day, day, 1)


def _stretch(groups: Groups, anchors: Anchors) -> Span | None:
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
    first = _back(published, days)
    if first is None:
        return None
    precision = 1 if days <= 1 else 2 if days <= 8 else 3 if days <= 31 else 4
    return Span(first, published, precision, "event" if days <= 1 else "period")


def _calendar(groups: Groups, anchors: Anchors) -> Span | None:
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


# patterns ------------------------------------------------------------------------------------


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules; where two match at one place, the earlier wins."""
    words = times_words.load()
    month = rf"({times_words.either(words.months)})\b\.?"
    weekday = times_words.either(words.weekdays)
    amount = rf"({times_words.either(words.numbers | words.vague)}|\d{{1,3}})"
    unit = rf"({times_words.either(words.units)})\b"
    day = r"(\d{1,2})(?:st|nd|rd|th|º|er)?"
    year = r"(?:,?\s+(?:de\s+|of\s+|del\s+)?((?:1[89]|20|21)\d\d|['’]\d\d|[5-9]\d)(?![\d%]|[.,:/]\d|-\w))?"
    of = r"(?:\s+(?:of\s+|de\s+)?|-)"
    to = r"\s*(?:and|to|or|-|–|until|through|y|al?|et|au)\s*(?:the\s+)?"
    table = (
        ("iso", r"((?:1[89]|20|21)\d\d)-(\d\d)-(\d\d)(?!\d)", _iso),
        ("slash", r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d|\d\d)(?![\d/.])", _slash),
        ("two_dm", rf"{day}{of}{month}{to}{day}{of}{month}{year}", _two_days),
        ("two_md", rf"{month}\s+{day}{to}{month}\s+{day}{year}", _two_days),
        ("day_month", rf"{day}(?:{to}{day})?{of}{month}{year}(?!-)", _day_month),
        (
            "month_day",
            rf"{month}\s+(?:the\s+)?{day}(?:{to}{day}(?!\d|[,.]\d))?(?!\d|[,.:]\d|%|-\w){year}",
            _month_day,
        ),
        (
            "month",
            (
                r"((?:early|mid|late|last|past|next|coming|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+)?"
                rf"{month}(?:,?\s+(?:of\s+|de\s+)?((?:19|20)\d\d)(?!\d))?"
            ),
            _month,
        ),
        ("decade", r"(?:the\s+)?((?:19|20)\d0)['’]?s\b", _decade),
        (
            "year",
            r"((?:19|20)\d\d)(?:\s*(?:-|–|to|and|through)\s*((?:19|20)\d\d))?(?![\d%,]\d|\d|%|-\w)",
            _year,
        ),
        (
            "distance",
            rf"{amount}\s+{unit}\s+(ago|back|earlier|prior|previously|before|later|after|afterwards?)\b",
            _distance,
        ),
        ("named_day", rf"({times_words.either(words.days)})\b", _named_day),
        (
            "neighbour_day",
            r"(?:on\s+)?(?:the|that)\s+(previous|preceding|following|next|same|very)\s+(day|night|morning|evening|afternoon|week)\b",
            _neighbour_day,
        ),
        (
            "neighbour_day2",
            r"the\s+(?:day|night|week)\s+(before|after|prior|earlier)\b(?!\s+yesterday)",
            _neighbour_day,
        ),
        (
            "weekday",
            rf"(?:(last|this|next|past|coming|upcoming|previous|following|preceding)\s+)?({weekday})(?![\w-])",
            _weekday,
        ),
        ("stretch", rf"(?:the|these)\s+(?:past|last|previous)\s+(?:{amount}\s+)?{unit}", _stretch),
        ("recent", rf"(?:the\s+)?(recent)\s+{unit}", _stretch),
        (
            "calendar",
            r"(?:so\s+far\s+)?((?:earlier|early|late|later|mid)[\s-]+)?(?:in\s+)?(this|last|past)\s+(weekend|week|month|year)\b",
            _calendar,
        ),
        ("weekend", r"(over|at|during)\s+(the)\s+(weekend)\b", _calendar),
    )
    return tuple(Rule(name, re.compile(pattern), reckon) for name, pattern, reckon in table)
