"""Dates as feeds write them, to instants.

Owns the reading of RFC 822, ISO 8601 and the broken forms between them. Refuses to guess: a date
that is not understood is None, never "now"; this module has no clock, so a date in the future is
the poller's business.

    read("Tue, 3 Mar 2026 10:00 EST").at == 2026-03-03T15:00:00Z
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from msgspec import Struct

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years outside are refused: no feed is older, and 0001, 1970 and 9999 are programs' words for "unknown"."""

NOT_UNDERSTOOD = "date not understood"
NO_ZONE = "date without zone"
ODD_ZONE = "zone not understood"

_MAX_CHARS = 100


class Reading(Struct, frozen=True):
    """An instant in UTC or None, and what was odd about its text."""

    at: datetime | None = None
    flaw: str | None = None


# First letters suffice to tell months apart within a language. English, then the languages whose
# feeds were seen to localize RFC 822 dates by mistake: de fr es it pt nl pl tr id ru uk.
_MONTHS = (
    ("jan", "jän", "ene", "gen", "sty", "oca", "янв", "січ"),
    ("feb", "fév", "fev", "lut", "şub", "sub", "фев", "лют", "peb"),
    ("mar", "mär", "mrz", "maa", "мар", "бер", "mrt"),
    ("apr", "avr", "abr", "kwi", "nis", "апр", "кві"),
    ("may", "mai", "mag", "maj", "mei", "май", "мая", "тра"),
    ("jun", "juin", "giu", "cze", "haz", "июн", "чер"),
    ("jul", "juil", "lug", "lip", "tem", "июл", "лип"),
    ("aug", "aoû", "aou", "ago", "sie", "ağu", "agu", "авг", "сер"),
    ("sep", "set", "wrz", "eyl", "сен", "вер"),
    ("oct", "okt", "ott", "out", "paź", "paz", "eki", "окт", "жов"),
    ("nov", "lis", "kas", "ноя", "лис"),
    ("dec", "dez", "déc", "dic", "gru", "ara", "des", "дек", "гру"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

# Offsets in hours. Names that several countries use are read as RFC 822 or as most feeds mean them.
_OFFSETS = """
z 0 ut 0 utc 0 gmt 0 wet 0 uct 0 zulu 0 etc/utc 0 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7
et -5 ct -6 mt -7 pt -8 akst -9 akdt -8 hst -10 ast -4 adt -3 nst -3.5 ndt -2.5 brt -3 brst -2 art -3
clt -4 clst -3 cot -5 pet -5 bst 1 ist 5.5 cet 1 cest 2 mez 1 mesz 2 met 1 mest 2 west 1 eet 2 eest 3
msk 3 msd 4 trt 3 sast 2 cat 2 eat 3 wat 1 irst 3.5 gst 4 aft 4.5 pkt 5 npt 5.75 bdt 6 mmt 6.5 ict 7
wib 7 wita 8 wit 9 hkt 8 sgt 8 myt 8 pht 8 awst 8 jst 9 kst 9 acst 9.5 acdt 10.5 aest 10 aedt 11
nzst 12 nzdt 13
"""
_ZONES = {name: float(hours) for name, hours in zip(*[iter(_OFFSETS.split())] * 2, strict=True)}

_TIME = r"(?:[\s,T]+(?:at\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\b\.?)?)?"
_ZONE = r"\s*(.*)"
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?"
    r"(?:(?:T|\s+|\s*T\s*)(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d{1,12})?)?)?)?" + _ZONE,
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})" + _TIME + _ZONE, re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})" + _TIME + _ZONE, re.IGNORECASE)
_RFC822 = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-]*(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s\-]*(?:de\s+)?(\d{4}|\d{2})\b"
    + _TIME
    + _ZONE,
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TIME + _ZONE, re.IGNORECASE
)
_ASCTIME = re.compile(
    r"([^\W\d_]{3,12})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([A-Za-z+\-0-9:]{0,9}?)\s*(\d{4})$"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_WEEKDAY = re.compile(r"\A(?:[^\W\d_]{2,13}\.?\s*,?\s+|[^\W\d_]{2,13}\.?,)(?=\d)")
_WEEKDAY_WORD = re.compile(r"\A[^\W\d_]{2,13}\.?,?\s+(?=[^\W\d_])")
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+\-\u2212])\s*(\d{1,2}):?(\d{2})?(?:\s*\(.*)?$")


def read(text: str) -> Reading:
    """Return the instant that ``text`` names, in aware UTC, to the second.

    A date without a zone is taken as UTC and a date without a time as midnight, with a flaw. The
    weekday is not looked at: it is often wrong and never needed. A day and month that could be
    either way round (3/4/2026) are not guessed. Total: any text gives a Reading.
    """
    folded = " ".join(text[:_MAX_CHARS].split())
    if not folded:
        return Reading()
    try:
        found = _epoch(folded) or _iso(folded) or _rfc822(folded) or _other(folded)
    except (ValueError, OverflowError):
        found = None
    if found is None or not FIRST_YEAR <= found[0].year <= LAST_YEAR:
        return Reading(None, NOT_UNDERSTOOD)
    local, zone, timed = found
    offset, flaw = _offset(zone)
    if not timed and not zone:
        flaw = None  # a bare day has no zone to miss
    try:
        at = local.replace(tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return Reading(None, NOT_UNDERSTOOD)
    return Reading(at, flaw)


_Found = tuple[datetime, str, bool]


def _iso(text: str) -> _Found | None:
    if (match := _ISO.match(text)) is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return (
        _instant(int(year), int(month), int(day or 1), (hour, minute, second, None)),
        zone,
        hour is not None,
    )


def _epoch(text: str) -> _Found | None:
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).replace(tzinfo=None), "z", True
    return None


def _rfc822(text: str) -> _Found | None:
    match = _RFC822.match(_WEEKDAY.sub("", text, count=1))
    if match is None or (month := _month(match[2])) is None:
        return None
    year = int(match[3])
    if len(match[3]) == 2:
        year += 1900 if year >= FIRST_YEAR - 1900 else 2000
    clock = match.groups()[3:7]
    return _instant(year, month, int(match[1]), clock), match[8], clock[0] is not None


def _other(text: str) -> _Found | None:
    if match := _SLASHED.match(text):
        clock = match.groups()[3:7]
        return _instant(int(match[1]), int(match[2]), int(match[3]), clock), match[8], clock[0] is not None
    if match := _DOTTED.match(text):
        first, second = int(match[1]), int(match[2])
        if "/" in match[0][:6] and first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
        clock = match.groups()[3:7]
        return _instant(int(match[3]), month, day, clock), match[8], clock[0] is not None
    for words in (text, _WEEKDAY_WORD.sub("", text, count=1)):
        if (match := _ASCTIME.match(words)) and (named := _month(match[1])):
            clock = (match[3], match[4], match[5], None)
            return _instant(int(match[7]), named, int(match[2]), clock), match[6], True
        if (match := _AMERICAN.match(words)) and (named := _month(match[1])):
            clock = match.groups()[3:7]
            return _instant(int(match[3]), named, int(match[2]), clock), match[8], clock[0] is not None
    return None


def _month(word: str) -> int | None:
    word = word.lower()
    return _MONTH_OF.get(word[:4]) or _MONTH_OF.get(word[:3])


def _instant(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = (clock[3] or "").lower()[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    overflow = timedelta(days=1) if hour == 24 else timedelta()
    return datetime(year, month, day, hour % 24 if hour == 24 else hour, minute, min(second, 59)) + overflow  # noqa: DTZ001 - the zone comes next


def _offset(zone: str) -> tuple[timedelta, str | None]:
    name = zone.strip().lower()
    if not name:
        return timedelta(), NO_ZONE
    if match := _OFFSET.match(name):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours > 14 or minutes > 59:
            return timedelta(), ODD_ZONE
        size = timedelta(hours=hours, minutes=minutes)
        return (size if match[1] == "+" else -size), None
    known = _ZONES.get(name.split()[0].strip("()"))
    return (timedelta(), ODD_ZONE) if known is None else (timedelta(hours=known), None)
