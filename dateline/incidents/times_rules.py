"""The ways a date is written, each with how it is reckoned.

Owns: patterns over lower-cased text, in order of precedence. Refuses: which mention wins where two
overlap, and whether a date is that of an event or of a report. A rule is a name, a pattern and a
function ``(groups, anchors) -> Span | None``; None refuses.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

from msgspec import Struct

from dateline.incidents import times_words
from dateline.incidents.sentences import bag
from dateline.incidents.times_calendar import Anchors, Span
from dateline.incidents.times_parts import reckon_since_start, reckon_year_part
from dateline.incidents.times_reckoning import (
    reckon_ago_first,
    reckon_bare_ago,
    reckon_calendar,
    reckon_day_month,
    reckon_decade,
    reckon_distance,
    reckon_iso,
    reckon_month,
    reckon_month_day,
    reckon_month_week,
    reckon_named_day,
    reckon_neighbour_day,
    reckon_same_day,
    reckon_slash,
    reckon_stretch,
    reckon_two_days,
    reckon_two_months,
    reckon_weekday,
    reckon_year,
)

_WORD = re.compile(r"[^\W_]+")


class Rule(Struct, frozen=True):
    """One way to write a date. ``starts``: the words that it may begin with; "0" stands for digits."""

    name: str
    starts: frozenset[str]
    pattern: "re.Pattern[str]"
    reckon: "Callable[[tuple[str | None, ...], Anchors], Span | None]"


# patterns ------------------------------------------------------------------------------------


Row = tuple[str, frozenset[str], str, "Callable[[tuple[str | None, ...], Anchors], Span | None]"]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules; where two match at one place, the earlier wins."""
    return tuple(
        Rule(name, starts, re.compile(pattern), reckon)
        for name, starts, pattern, reckon in (
            *_numeric_dates(),
            *_calendar_dates(),
            *_years_and_distances(),
            *_relative_days(),
            *_stretches(),
        )
    )


_DIGIT, _THE = bag("0"), bag("the")


_DAY = r"(\d{1,2})(?:st|nd|rd|th|º|er)?"
_YEAR = r"(?:,?\s+(?:de\s+|of\s+|del\s+)?((?:1[89]|20|21)\d\d|['’]\d\d|[5-9]\d)(?![\d%]|[.,:/]\d|-\w))?"
_OF = r"(?:\s+(?:of\s+|de\s+)?|-)"
_TO = r"\s*(?:and|to|or|-|–|until|through|y|al?|et|au)\s*(?:the\s+)?"


def _numeric_dates() -> tuple[Row, ...]:
    """Days written in digits alone."""
    return (
        ("iso", _DIGIT, r"((?:1[89]|20|21)\d\d)[-/](\d\d)[-/](\d\d)(?!\d)", reckon_iso),
        ("slash", _DIGIT, r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d|\d\d)(?![\d/]|\.\d)", reckon_slash),
    )


def _calendar_dates() -> tuple[Row, ...]:
    """Days and months by name or number."""
    words = times_words.load()
    months = frozenset(words.months)
    month = rf"({times_words.either(words.months)})\b(?:\.(?=\s*[\d,]))?"
    return (
        ("two_dm", _DIGIT, rf"{_DAY}{_OF}{month}{_TO}{_DAY}{_OF}{month}{_YEAR}", reckon_two_days),
        ("two_md", months, rf"{month}\s+{_DAY}{_TO}{month}\s+{_DAY}{_YEAR}", reckon_two_days),
        (
            "month_week",
            _THE,
            (
                rf"the\s+(first|second|third|fourth|last|final)\s+(week|half|days|weekend)\s+of\s+{month}"
                r"(?:,?\s+(?:of\s+)?((?:19|20)\d\d)(?!\d))?"
            ),
            reckon_month_week,
        ),
        (
            "two_months",
            months,
            rf"{month}(?:\s+((?:19|20)\d\d))?{_TO}{month}(?:,?\s+((?:19|20)\d\d)(?!\d))?(?!\s+\d{{1,2}}\b)",
            reckon_two_months,
        ),
        ("day_month", _DIGIT, rf"{_DAY}(?:{_TO}{_DAY})?{_OF}{month}{_YEAR}(?!-)", reckon_day_month),
        (
            "month_day",
            months,
            rf"{month}\s+(?:the\s+)?{_DAY}(?:{_TO}{_DAY}(?!\d|[,.]\d))?(?!\d|[,.:]\d|%|-\w){_YEAR}",
            reckon_month_day,
        ),
        (
            "month",
            months | bag("early mid late last past next coming the beginning start middle end"),
            (
                r"((?:early|mid|late|last|past|next|coming|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+)?"
                rf"{month}(?:,?\s+(?:of\s+|de\s+)?((?:19|20)\d\d)(?!\d))?"
            ),
            reckon_month,
        ),
    )


_PARTS = (
    r"the\s+(first|second|third|fourth|last|final)\s+(?:(two|three|four|six|nine|ten|eleven)\s+)?(quarter|half|months)"
    r"\s+of\s+(?:(this|the|last)\s+year|((?:19|20)\d\d)(?!\d))"
)


def _years_and_distances() -> tuple[Row, ...]:
    """Years, decades, and spans counted from an anchor."""
    words = times_words.load()
    amount = rf"({times_words.either(words.numbers | words.vague)}|\d{{1,3}})"
    unit = rf"({times_words.either(words.units)})\b"
    amounts = first_words(words.numbers | words.vague) | _DIGIT
    return (
        (
            "since_start",
            bag("since from"),
            r"(?:since|from)\s+the\s+(?:start|beginning)\s+of\s+(?:(?:the|this)\s+(year|month)|((?:19|20)\d\d)(?!\d))\b",
            reckon_since_start,
        ),
        ("year_part", _THE, _PARTS, reckon_year_part),
        ("decade", bag("the 0"), r"(?:the\s+)?((?:19|20)\d0)['’]?s\b", reckon_decade),
        (
            "year",
            _DIGIT,
            r"((?:19|20)\d\d)(?:\s*(?:-|–|to|and|through)\s*((?:19|20)\d\d))?(?![\d%,]\d|\d|%|-\w)",
            reckon_year,
        ),
        (
            "distance",
            amounts,
            rf"{amount}\s+{unit}\s+(ago|back|earlier|prior|previously|before|later|after|afterwards?)\b",
            reckon_distance,
        ),
        (
            "bare_ago",
            frozenset(words.units),
            rf"({times_words.either(words.units)})\s+ago\b",
            reckon_bare_ago,
        ),
        (
            "ago_first",
            bag("hace il vor há"),
            rf"(?:hace|il\s+y\s+a|vor|há)\s+{amount}\s+{unit}",
            reckon_ago_first,
        ),
    )


def _relative_days() -> tuple[Row, ...]:
    """Days, weeks and weekends named from where one stands."""
    words = times_words.load()
    weekday = times_words.either(words.weekdays)
    return (
        ("named_day", first_words(words.days), rf"({times_words.either(words.days)})\b", reckon_named_day),
        (
            "neighbour_day",
            bag("the that"),
            r"(?:the|that)\s+(previous|preceding|following|next|same|very)\s+(day|night|morning|evening|afternoon|week)\b",
            reckon_neighbour_day,
        ),
        (
            "neighbour_day2",
            _THE,
            r"the\s+(?:day|night|evening|morning|afternoon|week)\s+(before|after|prior|earlier)\b(?!\s+yesterday)",
            reckon_neighbour_day,
        ),
        (
            "weekday",
            first_words(words.weekdays)
            | bag("last this next past coming upcoming previous following preceding"),
            rf"(?:(last|this|next|past|coming|upcoming|previous|following|preceding)\s+)?({weekday})(?![\w-])",
            reckon_weekday,
        ),
    )


def _stretches() -> tuple[Row, ...]:
    """Weeks, months and stretches of time that end at publication."""
    words = times_words.load()
    amount = rf"({times_words.either(words.numbers | words.vague)}|\d{{1,3}})"
    unit = rf"({times_words.either(words.units)})\b"
    return (
        (
            "stretch",
            bag("the these"),
            rf"(?:the|these)\s+(?:past|last|previous)\s+(?:{amount}\s+)?{unit}",
            reckon_stretch,
        ),
        ("recent", bag("the recent"), rf"(?:the\s+)?(recent)\s+{unit}", reckon_stretch),
        (
            "calendar",
            bag("so earlier early late later mid this last past"),
            r"(?:so\s+far\s+)?((?:earlier|early|late|later|mid)[\s-]+)?(?:in\s+)?(this|last|past)\s+(weekend|week|month|year)\b",
            reckon_calendar,
        ),
        (
            "that_day",
            bag("earlier later"),
            r"(earlier|later)\s+(?:on\s+)?(?:that|in\s+the|the\s+same)\s+(day|night|morning|evening|week)\b",
            reckon_same_day,
        ),
        ("weekend", bag("over at during"), r"(over|at|during)\s+(the)\s+(weekend)\b", reckon_calendar),
    )


@cache
def rules_by_start() -> dict[str, tuple[Rule, ...]]:
    """Return, for each word that may begin a date, the rules to try, in order."""
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        for word in rule.starts:
            found.setdefault(word, []).append(rule)
    return {word: tuple(one) for word, one in found.items()}


@cache
def hint_words() -> frozenset[str]:
    """Return words of which a sentence holds one if it tells any date that is not written in digits."""
    words = times_words.load()
    longest = {max(_WORD.findall(name), key=len) for name in words.days}
    return (
        frozenset(words.months)
        | first_words(words.weekdays)
        | longest
        | frozenset(words.units)
        | {"weekend", "night", "morning", "evening", "afternoon"}
    )


def first_words(names: Iterable[str]) -> frozenset[str]:
    """Return the first word of each name."""
    return frozenset(_WORD.findall(name)[0] for name in names)
