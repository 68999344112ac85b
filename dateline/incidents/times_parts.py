"""Stretches of a year: "since the start of the year", "the first quarter of 2026".

Owns: their first and last day. Refuses: single days.
"""

from datetime import date

from dateline.incidents.times_calendar import Anchors, Span, month_span

Groups = tuple[str | None, ...]

_COUNTS = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "ten": 10, "eleven": 11}
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def reckon_since_start(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "since the start of the year": up to publication."""
    unit, year = groups
    published = anchors.published_on
    if published is None:
        return None
    first = date(int(year or published.year), published.month if unit == "month" else 1, 1)
    return Span(first, published, 4, "period") if first <= published else None


def reckon_year_part(groups: Groups, anchors: Anchors) -> Span | None:
    """Reads "the first quarter of this year", "the first nine months of 2026"."""
    nth, count, unit, which, year_text = groups
    published = anchors.published_on
    if published is None and year_text is None:
        return None
    year = int(year_text) if year_text else (published or date.min).year - (which == "last")
    months = 3 if unit == "quarter" else 6 if unit == "half" else _COUNTS.get(count or "", 0)
    if not months:
        return None
    begin = _NTH[nth] * months if nth in _NTH else 12 - months
    if begin + months > 12:
        return None
    first, last = month_span(year, begin + 1)[0], month_span(year, begin + months)[1]
    if published is not None and first <= published < last:
        last = published
    return Span(first, last, 4, "period")
