"""Instants as pages write them.

Owns the forms that publishers use for a publication date. Refuses relative words ("yesterday"),
guesses and the clock: what is not understood is None. A time without a zone is taken as UTC.

    parse(text) -> datetime | None
    in_url(url) -> datetime | None
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

Clock = tuple[int, int, int, float]
"""Hour, minute, second, and the zone in hours east of UTC."""

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""No feed tells of an article outside these years; what does is a misread number."""

_ISO = re.compile(
    r"(?<!\d)(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(?!\d)",
    re.IGNORECASE,
)
_LOOSE_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EPOCH = re.compile(r"\A\d{10}(?:\d{3})?\Z")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|°)?(?:\s+(?:de|d'))?[\s.\-/]+([^\W\d_]{3,12})\.?,?(?:\s+(?:de|del))?[\s.\-/,]+(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})[:.h](\d{2})(?::(\d{2}))?(?:\s?([ap])\.?m\b\.?)?(?:\s{0,2}\(?(UTC|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|BST|IST|MSK|EAT|WAT|CAT|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_URL_DATE = re.compile(
    r"[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[a-z]{3})[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.\-?]|\Z)",
    re.IGNORECASE,
)
_ZONES_H = {"utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
            "cet": 1, "cest": 2, "bst": 1, "ist": 5.5, "msk": 3, "eat": 3, "wat": 1, "cat": 2}  # fmt: skip
_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "jan january januar janvier janv enero ene janeiro gennaio gen januari ocak января январь січня січень يناير كانون‌الثاني ژانویه styczeń stycznia",
        "feb february februar février févr fevrier febrero fevereiro fev febbraio februari şubat февраля февраль лютого лютий فبراير شباط فوریه lutego",
        "mar march märz mär mars marzo março marco maart mart марта март березня березень مارس آذار مارس marca",
        "apr april avril avr abril abr aprile nisan апреля апрель квітня квітень أبريل إبريل ابريل نيسان آوریل kwietnia",
        "may mai mayo maio maggio mei mayıs мая май травня травень مايو أيار مه maja",
        "jun june juni juin junio junho giugno haziran июня июнь червня червень يونيو حزيران ژوئن czerwca",
        "jul july juli juillet juil julio julho luglio temmuz июля июль липня липень يوليو تموز ژوئیه lipca",
        "aug august août aout agosto ago augustus ağustos августа август серпня серпень أغسطس آب اوت sierpnia",
        "sep sept september septembre septiembre setiembre setembro set settembre eylül сентября сентябрь вересня вересень سبتمبر أيلول سپتامبر września",
        "oct october oktober okt octobre octubre outubro out ottobre ekim октября октябрь жовтня жовтень أكتوبر اكتوبر اکتبر października",
        "nov november novembre noviembre novembro kasım ноября ноябрь листопада листопад نوفمبر نوامبر listopada",
        "dec december dezember dez décembre déc decembre diciembre dic dezembro dicembre aralık декабря декабрь грудня грудень ديسمبر دسامبر grudnia",
    )
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def parse(text: str) -> datetime | None:
    """Return the first instant in ``text`` as aware UTC, or None."""
    text = " ".join(text[:200].translate(_DIGITS).split())
    if not text:
        return None
    return _iso(text) or _rfc822(text) or _worded(text) or _numeric(text)


def in_url(url: str) -> datetime | None:
    """Return midnight UTC of the day in a path such as /2024/03/05/ or /2024-03-05-name, or None."""
    if found := _URL_DATE.search(url):
        month = int(found[2]) if found[2].isdigit() else _MONTH_NUMBER.get(found[2].lower(), 0)
        return _instant(int(found[1]), month, int(found[3]))
    return None


def _instant(year: int, month: int, day: int, clock: Clock | None = None) -> datetime | None:
    hour, minute, second, zone_h = clock or (0, 0, 0, 0.0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        zone = timezone(timedelta(hours=zone_h))
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone_h(text: str | None) -> float:
    if not text:
        return 0
    if text[0] in "+-":
        digits = text[1:].replace(":", "").ljust(4, "0")
        return (int(digits[:2]) + int(digits[2:4]) / 60) * (-1 if text[0] == "-" else 1)
    return _ZONES_H.get(text.lower(), 0)


def _iso(text: str) -> datetime | None:
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if found := _ISO.search(text):
        clock: Clock | None = None
        if found[4]:
            clock = int(found[4]), int(found[5]), int(found[6] or 0), _zone_h(found[7])
        return _instant(int(found[1]), int(found[2]), int(found[3]), clock or _clock(text[found.end() :]))
    if found := _LOOSE_ISO.search(text) or _CJK.search(text):
        return _instant(int(found[1]), int(found[2]), int(found[3]), _clock(text[found.end() :]))
    return None


def _rfc822(text: str) -> datetime | None:
    if not re.match(r"\A[A-Za-z]{3,9},? \d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}", text):
        return None
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def _worded(text: str) -> datetime | None:
    for pattern, day, name in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            if month := _MONTH_NUMBER.get(found[name].lower()):
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return _instant(int(found[3]), month, int(found[day]), _clock(rest))
    return None


def _numeric(text: str) -> datetime | None:
    """Day and month in figures: with dots the day leads; else only where one of them can't be a month."""
    found = _NUMERIC.search(text)
    if not found:
        return None
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    clock = _clock(text[found.end() :])
    if found[2] == "." or one > 12 or one == two:
        return _instant(year, two, one, clock)
    return _instant(year, one, two, clock) if two > 12 else None


def _clock(text: str) -> Clock | None:
    found = _TIME.search(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return hour, int(found[2]), int(found[3] or 0), _zone_h(found[5])
