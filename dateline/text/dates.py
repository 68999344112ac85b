"""Instants as pages write them.

Owns the forms that publishers use for a publication date, in their languages and calendars. Refuses
relative words ("yesterday"), guesses and the clock: what is not understood is None, and so is
"3/4/2024" where the language does not tell whether it is of March or April. A time without a zone
is taken as UTC.

    parse(text, language) -> datetime | None
    moment(text, language) -> Moment | None
    in_url(url) -> datetime | None
    month_in_url(url) -> (year, month) | None
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from msgspec import Struct

from dateline.text import dates_words as words

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""No feed tells of an article outside these years; what does is a misread number."""

MAX_CHARS = 200
"""So much of a text is looked at: a date stands at its begin, or it is no line of a date."""

_ZONE = rf"(?:(?:UTC|GMT)\s?[+-]\s?\d{{1,2}}(?::?\d{{2}})?|[+-]\d{{2}}:?\d{{2}}|[+-]\d{{2}}|{'|'.join(sorted((*words.ZONES_H, *words.AMERICAN_H), key=len, reverse=True))})(?![^\W\d_])"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d|[-/.]\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?!\d)")
_LOOSE_ISO = re.compile(r"(?<!\d)(\d{4})(?:[-/]|\.\s?)(\d{1,2})(?:[-/]|\.\s?)(\d{1,2})(?!\d)")
_EPOCH = re.compile(r"\A\d{10}(?:\d{3})?\Z")
_NAME = r"[^\s\d,/()–—:|'’]{2,20}"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|-?го|η|ης|\.|º|ª|°)?(?:\s+(?:de|of|da|di|d[’']))?[\s.\-/,،’']{{0,3}}({_NAME}?)(?:\s?[/(]\s?{_NAME}\)?)?(?:\s+(?:de|del|of|พ\.ศ\.))?[\s.\-/,،]{{0,3}}(\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_])({_NAME})\s?(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}})(?:\.\s+gada|\.|\s+m\.|,)?[\s\-]+(?:(\d{{1,2}})\.\s+)?({_NAME})(?:[\s\-]+(\d{{1,2}}))?(?!\d)"
)
_NUMBERED = re.compile(
    r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})|(\d{4})\s+оны\s+(\d{1,2})-р\s+сарын\s+(\d{1,2})",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})(?![\d.]*\d)")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_ERA = re.compile(r"(令和|平成|民國|民国)\s?(\d{1,3}|元)\s?年")
_STAMP = re.compile(
    rf"\b([A-Za-z]{{3}}) (\d{{1,2}}) (\d{{1,2}}:\d{{2}}:\d{{2}}) ({_ZONE} )?(\d{{4}})\b", re.IGNORECASE
)
_TIME = re.compile(
    rf"(?<![\d/.:\-])(上午|下午|午前|午後|晚上|오전|오후)?\s?(\d{{1,2}})\s?(?:[:.h時时点點시]|uhr)\s?([0-5]\d)(?:[:分분]?(\d{{2}})(?:[.,]\d{{1,9}})?)?(?![\d.]\d)[分분]?(?:\s?([ap]\.?\s?m|م|مساء|صباحا|μ\.?μ)\b\.?)?(?:,?\s{{0,2}}\(?({_ZONE}))?",
    re.IGNORECASE,
)
_URL_DATES = (
    # A part of the path that begins with the day: /2024/03/05/, /t20240305_1.html, /2024/mar/05/.
    re.compile(r"/[a-z]?((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[a-z]{3})[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.?-]|\Z)", re.IGNORECASE),
    re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?=/)"),
    # One that ends with it: storm-2024-03-05.html. In the middle of words it is a day told of.
    re.compile(r"[_-]((?:19|20)\d{2})[_-]?(0[1-9]|1[0-2])[_-]?(0[1-9]|[12]\d|3[01])(?=[/?]|\.[a-z]{3,5}\Z|\Z)"),
)  # fmt: skip

_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/?-?(0[1-9]|1[0-2])(?=/)")


class Moment(Struct, frozen=True):
    """An instant, and how much of it was written."""

    at: datetime
    has_clock: bool = False
    has_zone: bool = False


class _Clock(Struct, frozen=True):
    hour: int
    minute: int
    second: int = 0
    zone: str = ""


def parse(text: str, language: str = "") -> datetime | None:
    """Return the first instant in ``text`` as aware UTC, or None."""
    read = moment(text, language)
    return read.at if read else None


def moment(text: str, language: str = "") -> Moment | None:
    """Return the first instant in ``text``, or None.

    Args:
        text: What stands in an attribute or an element; only its begin is read.
        language: That of the page ("fr", "en-GB"): says which number is the day in "3/4/2024".
    """
    is_persian = language[:2].lower() == "fa" or any("۰" <= char <= "۹" for char in text[:MAX_CHARS])
    text = " ".join(words.plainly(text[:MAX_CHARS]).split())
    if len(text) < 6 or not any(map(str.isdigit, text)):
        return None
    if _EPOCH.match(text):
        return _checked(datetime.fromtimestamp(int(text[:10]), UTC))
    return (
        _iso(text, is_persian=is_persian) or _worded(text) or _numeric(text, language, is_persian=is_persian)
    )


def in_url(url: str) -> datetime | None:
    """Return midnight UTC of the day in a path such as /2024/03/05/ or /20240305-name, or None."""
    path = url[:1000].partition("://")[2].partition("#")[0]
    for pattern in _URL_DATES:
        for found in pattern.finditer(path):
            month = int(found[2]) if found[2].isdigit() else words.month(found[2])[0]
            if read := _moment(int(found[1]), month, int(found[3]), None):
                return read.at
    return None


def month_in_url(url: str) -> tuple[int, int] | None:
    """Return year and month of a path such as /2024/03/name, or None."""
    found = _URL_MONTH.search(url[:1000])
    return (int(found[1]), int(found[2])) if found else None


def _checked(at: datetime) -> Moment | None:
    return Moment(at, has_clock=True, has_zone=True) if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _moment(
    year: int, month: int, day: int, clock: _Clock | None, *, is_jalali: bool = False
) -> Moment | None:
    if is_jalali or 1300 <= year < 1500:
        ours = words.from_jalali(year, month, day) if is_jalali else None
        if ours is None:
            return None
        year, month, day = ours.year, ours.month, ours.day
    if year > 2400:
        year -= 543  # the Buddhist era
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        local = datetime(year, month, day, clock.hour if clock else 0, clock.minute if clock else 0, min(clock.second, 59) if clock else 0, tzinfo=UTC)  # fmt: skip
        zone_h = _zone_h(clock.zone, local.date()) if clock else None
        at = local.replace(tzinfo=timezone(timedelta(hours=zone_h or 0))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(at, has_clock=clock is not None, has_zone=zone_h is not None)


def _zone_h(name: str, day: date) -> float | None:
    """Return hours east of UTC; None when no zone is named."""
    name = name.strip().lower().replace(" ", "")
    if winter_h := words.AMERICAN_H.get(name):
        return winter_h + _is_american_summer(day)
    if name in words.ZONES_H:
        return words.ZONES_H[name]
    offset = name.removeprefix("utc").removeprefix("gmt")
    if not offset:
        return None
    hours, minutes = offset[1:3].rstrip(":"), offset[3:].replace(":", "")
    size = int(hours) + (int(minutes) / 60 if minutes else 0)
    return -size if offset[0] == "-" else size


def _is_american_summer(day: date) -> bool:
    """Return whether clocks are an hour ahead: second Sunday of March to the first of November (law since 2007)."""
    begin = 14 - date(day.year, 3, 1).weekday()
    end = 7 - date(day.year, 11, 1).weekday()
    return (3, begin) <= (day.month, day.day) < (11, end)


def _iso(text: str, *, is_persian: bool) -> Moment | None:
    if found := _COMPACT.search(text):
        at = _Clock(int(found[4]), int(found[5]), int(found[6] or 0))
        return _moment(int(found[1]), int(found[2]), int(found[3]), at)
    if "年" in text:
        text = _ERA.sub(lambda era: f"{words.ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
    found = _ISO.search(text) or _LOOSE_ISO.search(text) or _CJK.search(text)
    if not found:
        return None
    year = int(found[1])
    rest = text[found.end() :].lstrip("T ,")
    clock = _clock(rest) or _clock(text[: found.start()])
    return _moment(year, int(found[2]), int(found[3]), clock, is_jalali=is_persian and 1300 <= year < 1500)


def _worded(text: str) -> Moment | None:
    if found := _STAMP.search(text):
        text = f"{found[1]} {found[2]} {found[5]} {found[3]} {found[4] or ''}"
    for pattern, year, name, day in ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2), (_YEAR_FIRST, 1, 3, 4)):
        for found in pattern.finditer(text):
            month, is_jalali = words.month(found[name])
            number = found[day] or (found[2] if pattern is _YEAR_FIRST else None)
            if month and number:
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return _moment(int(found[year]), month, int(number), _clock(rest), is_jalali=is_jalali)
    if found := _NUMBERED.search(text):
        numbers = (found[3], found[2], found[1]) if found[1] else (found[4], found[5], found[6])
        clock = _clock(f"{text[: found.start()]} {text[found.end() :]}")
        return _moment(int(numbers[0]), int(numbers[1]), int(numbers[2]), clock)
    return None


def _numeric(text: str, language: str, *, is_persian: bool) -> Moment | None:
    """Day and month in figures: the day leads after a dot and where the language has it so."""
    found = _NUMERIC.search(text)
    if not found:
        if short := _SHORT.search(text):
            clock = _clock(text[short.end() :])
            return _moment(2000 + int(short[3]), int(short[2]), int(short[1]), clock)
        return None
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    clock = _clock(text[found.end() :]) or _clock(text[: found.start()])
    if found[2] == "." or one > 12 or one == two or words.day_leads(language):
        return _moment(year, two, one, clock, is_jalali=is_persian and 1300 <= year < 1500)
    return _moment(year, one, two, clock) if two > 12 else None


def _clock(text: str) -> _Clock | None:
    found = _TIME.search(text)
    if not found or int(found[2]) > 23:
        return None
    hour = int(found[2])
    half = (found[1] or found[5] or "").lower().replace(".", "").replace(" ", "")
    if half:
        hour = hour % 12 + (12 if half in words.AFTERNOON else 0)
    return _Clock(hour, int(found[3]), int(found[4] or 0), found[6] or "")
