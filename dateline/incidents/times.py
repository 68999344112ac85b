"""When a sentence says that something happened.

Owns: the dates of one sentence, each with what it dates (an event, a report, a stretch of time, a
time long past). Refuses: the clock. "yesterday" counts from the day of publication that the
caller hands in, "two days prior" from the last event that the caller has read; where that anchor
is not known, the words are left alone.

    read_times(sentence, published_on, last_event_on) -> tuple[TimeMention, ...]
"""

import re
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from dateline.incidents import times_words
from dateline.incidents.times_calendar import Anchors, Span
from dateline.incidents.times_context import counted_from, in_dateline
from dateline.incidents.times_rules import Rule, hint_words, rules_by_start
from dateline.text import parting

TimeKind = Literal["event", "report", "period", "historic"]


#: Names of months that are other English words in small letters.
_OTHER_WORDS = frozenset({"march", "may", "mar", "sep", "dec", "jun"})


class TimeMention(Struct, frozen=True):
    """Words that say when: ``text == sentence[start:end]`` and ``first <= last``.

    precision: 1 the day, 2 the week, 3 the month, 4 looser. relative: a day, or a year, was
    reckoned from an anchor.
    """

    start: int
    end: int
    text: str
    first: date
    last: date
    precision: Literal[1, 2, 3, 4]
    kind: TimeKind
    relative: bool


_SAY = (
    r"(?:said|says|reported|reports|announced|claimed|stated|confirmed|quoted|declared|tweeted|wrote|revealed"
    r"|disclosed|indicated|noted|added|explained|commented|dijo|informó|anunció|a déclaré|a annoncé)"
)
_SAID_BEFORE = re.compile(
    rf"(?:\b{_SAY}|\btold(?:\s+[^\s,;.]+){{1,4}}?|\b(?:statement|report|communique|interview|briefing|conference)"
    r"|\b(?:released|issued|published|posted|broadcast|speaking|testified))"
    r"(?:\s+(?:in|by|via|to|through|at)(?:\s+[^\s,;.]+){1,4}?)?(?:\s+(?:also|here))?"
    r"(?:\s+(?:late|early|on|in|el|ce))*\s*$"
)
_ANSWER = r"(?:told|acknowledged|admitted|denied|condemned|denounced|deplored|promised|vowed|pledged|warned|accused)"
_SAID_AFTER = re.compile(rf"\s*,?\s*(?:[^.;:]{{0,110}}?\s)?(?:{_SAY}|{_ANSWER})\b")
_SAID_AT_ONCE = re.compile(rf"\s+(?:also\s+)?{_SAY}\b(?!\s+dead)")
_HAPPENED = re.compile(
    r"\b(?:killed|attacked|exploded|wounded|injured|was|were|ambushed|shot|bombed|kidnapped|abducted|arrested"
    r"|detained|died|clashed|carried|launched|staged|fired|hit|struck|seized|stormed|set|detonated|raided)\b"
)
_OPENING = re.compile(
    r"[\W_]*(?:in\s+[\w .'-]{2,24}\s+)?(?:(?:on|late|early|in|earlier|last|el|le)\s+)*[\W_]*$"
)
_HEAD = re.compile(r"[^-–—]{4,60}(?:--|\s[-–—])\s*(?:\[[^\]]{1,40}\]\s*){0,2}")
"""A dateline, with what monitoring services set behind it in brackets."""
_DATELINE = re.compile(r"\s*(?:\(|--|—|–|/\s|\|)")
_SINCE = re.compile(
    r"\b(?:since|desde|depuis)\s+(?:(?:the|early|mid|late|last|at\s+least|around)\s+|(?:beginning|start|end)\s+of\s+(?:the\s+)?)*$"
)
_WHEN = re.compile(r",?\s+when\b")
"""What follows "since 1 August, when" is of that day."""

_ALSO_NAMES = frozenset({"domingo", "julio", "abril", "avril"})
_LEADS_NAMED = re.compile(r"(?:\b(?:el|del?|este|pasado|en|y|al?|le|ce|du|et|depuis)|\d|^\W*)[\s,]+$|^\W*$")
"""Words before a month or weekday of another language that is a name as well; else it is "Santo Domingo"."""

_AHEAD = re.compile(r"\b(?:will|due|scheduled|slated|planned|expected|upcoming|to\s+be\s+held)\b[^,;]*$")
_LEADS_YEAR = re.compile(
    r"(?:\b(?:in|since|from|of|during|until|till|by|before|after|back\s+in|year|en|desde|depuis|the|and|to|between|through|late|early|mid"
    r"|(?:summer|winter|spring|autumn|fall))|[(\-])[\s-]*$"
)
_LEADS_MONTH = re.compile(
    r"\b(?:in|since|during|until|till|by|throughout|from|of|between|through|before|after|en|desde|depuis|and|to|this|for|mid|late|early)[\s-]+$"
)
_WEEKDAY_GAP = re.compile(r"[\s,(]*(?:the\s+|morning,?\s+|night,?\s+|evening,?\s+|afternoon,?\s+)?")


_COUNTED = ("after", "before", "earlier", "later", "prior")
_INTO = re.compile(r"\s+(?:(?:on|into|to|from)\s+)?")
_WORD = re.compile(r"([^\W_]+)")
_DIGITS = re.compile(r"\d{4}|\d[/.]\d")


def read_times(
    text: str, published_on: date | None, last_event_on: date | None = None
) -> tuple[TimeMention, ...]:
    """Return the dates that a sentence tells, in text order and without overlap.

    "two days ago", "yesterday" and weekdays count from ``published_on``; "two days prior" and "the
    following day" from ``last_event_on``. A weekday is the latest such day on or before
    publication. Days to come are left out, and so is what has no known anchor.
    """
    low = lower_same_length(text)
    if hint_words().isdisjoint(parting.pieces(low)) and not _DIGITS.search(low):
        return ()
    anchors = Anchors(_sane(published_on), _sane(last_event_on))
    found: list[TimeMention] = []
    at = 0
    for start, end, table in _starts(low):
        if start < at:
            continue
        mention, at = _read_at(text, low, (start, end), anchors, table)
        if mention is None:
            continue
        if found and _same_day_twice(low, found[-1], mention):
            last = found.pop()
            mention = _spanning(text, last.start, mention)
        found.append(mention)
        if mention.precision == 1 and not _dates_the_page(low, mention, anchors):
            # "said on Thursday that they were seized a day earlier" counts from Thursday
            anchors = Anchors(anchors.published_on, mention.last, told_here=True)
    return tuple(found)


def _starts(low: str) -> list[tuple[int, int, tuple[Rule, ...]]]:
    """Return the words that may begin a date, by their characters, each with the rules to try."""
    by_start = rules_by_start()
    parts = _WORD.split(low)  # what stands between the words, and the words
    bounds = list(accumulate(map(len, parts)))
    return [
        (start, end, table)
        for start, end, word in zip(bounds[::2], bounds[1::2], parts[1::2], strict=False)
        if (table := by_start.get("0" if word[0].isdigit() else word)) is not None
    ]


def _dates_the_page(low: str, mention: TimeMention, anchors: Anchors) -> bool:
    """Whether a day is that of a dateline, so that nothing counts from it."""
    dated = mention.kind == "report" and mention.start < 60 and mention.first == anchors.published_on
    return dated and not _is_weekday(low[mention.start : mention.end])


def _sane(day: date | None) -> date | None:
    """A day so far off that reckoning from it could leave the calendar is no anchor."""
    return day if day is not None and 1800 <= day.year < 2300 else None


def lower_same_length(text: str) -> str:
    """Lower case that keeps every offset (some capitals grow when lowered)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _read_at(
    text: str, low: str, place: tuple[int, int], anchors: Anchors, table: tuple[Rule, ...]
) -> tuple[TimeMention | None, int]:
    """The mention at a place, if any, and where to go on."""
    at, word_end = place
    for rule in table:
        match = rule.pattern.match(low, at)
        if match is None or _no_date(rule.name, text, low, match):
            continue
        groups = counted_from(low, match, anchors) if rule.name == "distance" else match.groups()
        span = rule.reckon(groups, anchors) if groups is not None else None
        if span is None or _is_ahead(rule.name, low, match, span, anchors):
            return None, max(word_end, match.end())
        kind = _kind(low, match, span) if not in_dateline(text, match) else "report"
        end = match.end()
        first, last = span.first, span.last
        if (
            kind == "period"
            and span.kind == "event"
            and anchors.published_on
            and first <= anchors.published_on
        ):
            last = anchors.published_on  # "since Monday"
        precision = span.precision if (first, last) == (span.first, span.last) else _width(first, last)
        mention = TimeMention(at, end, text[at:end], first, last, precision, kind, span.relative)  # type: ignore[arg-type]  # a Span's precision and kind are of the named values
        return mention, end
    return None, word_end


def _width(first: date, last: date) -> int:
    days = (last - first).days
    return 1 if days <= 1 else 2 if days <= 8 else 3 if days <= 31 else 4


def _no_date(name: str, text: str, low: str, match: "re.Match[str]") -> bool:
    """Whether the words look like a date but are none: verbs, modals, sizes."""
    at, end = match.span()
    if end < len(low) and low[end - 1].isalnum() and low[end].isalnum() and name != "iso":
        return True
    if name in {"month", "day_month", "month_day", "two_dm", "two_md", "two_months", "month_week"}:
        if not _month_is_name(text, match):
            return True
        if name == "month" and _is_foreign_name(low, match, 2):
            return True
        if name == "month" and not match.group(1) and not match.group(3):
            return not _LEADS_MONTH.search(low, max(0, at - 20), at)
    if name == "year":
        return not _LEADS_YEAR.search(low, max(0, at - 14), at)
    if name == "weekday" and _is_foreign_name(low, match, 2):
        return True
    if name == "weekday" and match.group(0).endswith("."):
        return not text[match.start(2)].isupper()
    return name == "weekday" and low.endswith(("each ", "every "), max(0, at - 6), at)


def _is_foreign_name(low: str, match: "re.Match[str]", group: int) -> bool:
    """Whether a word that is a month or a weekday in another language most likely names a person or a place."""
    at = match.start(group)
    return match.group(group) in _ALSO_NAMES and not _LEADS_NAMED.search(low, max(0, at - 12), at)


def _month_is_name(text: str, match: "re.Match[str]") -> bool:
    """Reads "march", "may", "mar" in small letters are other words when the sentence has capitals."""
    months = times_words.load().months
    for index, word in enumerate(match.groups(), 1):
        plain = (word or "").strip(" .")
        if plain not in months:
            continue
        start = match.start(index)
        if text[start].islower() and plain in _OTHER_WORDS:
            with_day = match.re.groups > 3
            with_year = bool(re.search(r"\d{4}$", match.group()))
            return with_day and (with_year or not any(one.isupper() for one in text[1:]))
        return True
    return True


def _is_ahead(name: str, low: str, match: "re.Match[str]", span: Span, anchors: Anchors) -> bool:
    yearless = name in {"day_month", "month_day"} and not match.group().rstrip()[-4:].isdigit()
    if yearless or name in {"weekday", "named_day", "calendar", "weekend"}:
        told = _AHEAD.search(low, max(0, match.start() - 60), match.start())
        return bool(told) or low.startswith(" next week", match.end()) or _far_off(span, anchors)
    return _far_off(span, anchors)


def _far_off(span: Span, anchors: Anchors) -> bool:
    return anchors.published_on is not None and span.first > anchors.published_on + timedelta(days=1)


def _kind(low: str, match: "re.Match[str]", span: Span) -> TimeKind:
    at, end = match.span()
    before = low[max(0, at - 70) : at]
    if _SINCE.search(before) and not _WHEN.match(low, end, end + 8):
        return "historic" if span.kind == "historic" else "period"
    if span.kind != "event":
        return "historic" if span.kind == "historic" else "period"
    if low.startswith("so far", at):
        return "period"
    possessive = low[end : end + 2] in {"'s", "’s"}
    if not possessive and (_SAID_BEFORE.search(before) or _SAID_AT_ONCE.match(low, end, end + 60)):
        return "report"
    if at < 50 and _DATELINE.match(low, end, end + 20) and not _HAPPENED.search(low, 0, at):
        return "report"
    head = _HEAD.match(low, 0, at)
    begin = head.end() if head else 0
    if at - begin < 60 and not possessive and _OPENING.match(low, begin, at):
        said = _SAID_AFTER.match(low, end, end + 160)
        if said and not _HAPPENED.search(low, end, said.end() - 1):
            return "report"
    return "event"


def _same_day_twice(low: str, one: TimeMention, two: TimeMention) -> bool:
    """Reads "Friday, March 6": the weekday and the date name one day; the date is the surer."""
    if one.precision != 1 or two.precision != 1 or not one.relative:
        return False
    if low[two.start : two.end].endswith(_COUNTED):
        return False  # "on Wednesday, two days after …"
    weekday = _is_weekday(low[one.start : one.end])
    if low[one.start : one.end] == "overnight" and _INTO.fullmatch(low, one.end, two.start):
        return _is_weekday(low[two.start : two.end])
    gap = two.start - one.end < 30 and _WEEKDAY_GAP.fullmatch(low, one.end, two.start)
    return bool(weekday and gap and not _is_weekday(low[two.start : two.end]))


def _is_weekday(words: str) -> bool:
    return words.rsplit(maxsplit=1)[-1] in times_words.load().weekdays


def _spanning(text: str, start: int, two: TimeMention) -> TimeMention:
    return TimeMention(
        start, two.end, text[start : two.end], two.first, two.last, two.precision, two.kind, two.relative
    )
