"""What a feed says about when to come back.

Owns ttl, skipHours, skipDays and the syndication module, read from the markup of the head:
feedparser keeps one hour of many. Refuses to obey: cadence weighs the wishes.
"""

import re
from itertools import islice

from dateline.model import FeedWishes

MAX_TTL_MIN = 525_600
"""A year; what is longer is a program's word for "never"."""

HEAD_CHARS, TAIL_CHARS = 10_000, 5_000
"""Of a text that could not be split, this much at its begin and end is looked at; markup that is not
well-formed costs the more the longer it is."""

_SKIPPED = re.compile(r"<!--[^-]*+(?:-(?!->)[^-]*+)*+-->|<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>")
_ITEM = re.compile(r"<(?:[\w.-]{1,40}+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]{1,40}+:)?(?:item|entry)\s*>", re.IGNORECASE)


def _value(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:[\w.-]{{1,40}}+:)?{name}(?:\s[^<>]{{0,300}})?>([^<]{{0,100}})<", re.IGNORECASE)


_TTL, _PERIOD, _FREQUENCY = _value("ttl"), _value("updatePeriod"), _value("updateFrequency")
_LISTS = {
    name: re.compile(rf"</?{name}(?:\s[^<>]{{0,300}})?>", re.IGNORECASE) for name in ("skipHours", "skipDays")
}
_HOUR, _DAY = _value("hour"), _value("day")

_PERIODS_S = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(head: str) -> FeedWishes:
    """Return the wishes in the text of a feed's head. Total: what is not understood is no wish.

    ttl is in minutes and goes before the syndication module's period. Hours are GMT; hour 24, which
    feeds count where the standard counts 0, is 0.
    """
    markup = _SKIPPED.sub(_opened, head)
    return FeedWishes(ttl_s=_ttl_s(markup), skip_hours=_hours(markup), skip_days=_days(markup))


def around_items(text: str) -> str:
    """Return what stands before the first and behind the last item of a text that was not split."""
    first = _ITEM.search(text, 0, HEAD_CHARS)
    if first is None:
        return text[:HEAD_CHARS]
    tail = text[max(first.start(), len(text) - TAIL_CHARS) :]
    end = max((match.end() for match in _ITEM_END.finditer(tail)), default=len(tail))
    return text[: first.start()] + tail[end:]


def _opened(match: re.Match[str]) -> str:
    return (match[1] or "").replace("<", "&lt;")


def _first(pattern: re.Pattern[str], markup: str) -> str:
    match = pattern.search(markup)
    return match[1].strip() if match else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _ttl_s(markup: str) -> int | None:
    """Seconds between polls that the feed itself asks for."""
    if ttl_min := _number(_first(_TTL, markup)):
        return min(ttl_min, MAX_TTL_MIN) * 60
    period_s = _PERIODS_S.get(_first(_PERIOD, markup).lower())
    if period_s is None:
        return None
    return period_s // max(_number(_first(_FREQUENCY, markup)) or 1, 1) or None


def _listed(name: str, markup: str) -> str:
    tags = [*islice(_LISTS[name].finditer(markup), 2)]
    return markup[tags[0].end() : tags[1].start()] if len(tags) == 2 else ""


def _hours(markup: str) -> tuple[int, ...]:
    numbers = (_number(text.strip()) for text in _HOUR.findall(_listed("skipHours", markup)))
    return tuple(sorted({number % 24 for number in numbers if number is not None and number <= 24}))


def _days(markup: str) -> tuple[int, ...]:
    names = (text.strip().lower() for text in _DAY.findall(_listed("skipDays", markup)))
    return tuple(sorted({_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS}))
