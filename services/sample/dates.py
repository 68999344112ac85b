"""Placeholders in the sample texts: days relative to the base day, and named values.

Owns the tiny syntax. Refuses the clock: the base day is an argument.

``{{-1|%A}}`` is yesterday's weekday, ``{{-2|%-d %B %Y}}`` a date in words, ``{{-2|iso|14:30}}`` and
``{{-2|rfc822|14:30}}`` an instant in UTC as metadata write it; ``{{title}}`` is a named value.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

PLACEHOLDER = re.compile(r"\{\{([^{}|]{1,40})(?:\|([^{}|]{1,40}))?(?:\|([^{}|]{1,10}))?\}\}")
_OFFSET = re.compile(r"[+-]?\d{1,4}")


def instant(base_day: date, offset: int, clock: str) -> datetime:
    """Return ``clock`` ("14:30", UTC) on the day ``offset`` days after ``base_day``."""
    return datetime.combine(base_day + timedelta(days=offset), time.fromisoformat(clock), tzinfo=UTC)


def show(at: datetime, style: str) -> str:
    """Return an instant as ``iso`` (RFC 3339), ``rfc822``, or in any strftime format."""
    if style == "iso":
        return at.isoformat().replace("+00:00", "Z")
    if style == "rfc822":
        return format_datetime(at, usegmt=True)
    return at.strftime(style)


def fill(text: str, base_day: date, values: Mapping[str, str] | None = None) -> str:
    """Return the text with every placeholder filled, once: what is filled in is not read again.

    Raises:
        KeyError: a name that ``values`` does not hold.
    """

    def one(match: re.Match[str]) -> str:
        name, style, clock = match[1].strip(), match[2], match[3]
        if _OFFSET.fullmatch(name):
            return show(instant(base_day, int(name), clock or "12:00"), style or "iso")
        return (values or {})[name]

    return PLACEHOLDER.sub(one, text)
