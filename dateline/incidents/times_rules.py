"""The ways a date is written, each with how it is reckoned.

Owns: patterns over lower-cased text, in order of precedence. Refuses: which mention wins where two
overlap, and whether a date is that of an event or of a report. A rule is a name, a pattern and a
function ``(groups, anchors) -> Span | None``; None refuses.
"""

import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from dateline.incidents import times_words
from dateline.incidents.times_calendar import Anchors, Span
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


class Rule(Struct, frozen=True):
    name: str
    pattern: "re.Pattern[str]"
    reckon: "Callable[[tuple[str | None, ...], Anchors], Span | None]"


# patterns ------------------------------------------------------------------------------------


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules; where two match at one place, the earlier wins."""
    words = times_words.load()
    month = rf"({times_words.either(words.months)})\b(?:\.(?=\s*[\d,]))?"
    weekday = times_words.either(words.weekdays)
    amount = rf"({times_words.either(words.numbers | words.vague)}|\d{{1,3}})"
    unit = rf"({times_words.either(words.units)})\b"
    day = r"(\d{1,2})(?:st|nd|rd|th|º|er)?"
    year = r"(?:,?\s+(?:de\s+|of\s+|del\s+)?((?:1[89]|20|21)\d\d|['’]\d\d|[5-9]\d)(?![\d%]|[.,:/]\d|-\w))?"
    of = r"(?:\s+(?:of\s+|de\s+)?|-)"
    to = r"\s*(?:and|to|or|-|–|until|through|y|al?|et|au)\s*(?:the\s+)?"
    table = (
        ("iso", r"((?:1[89]|20|21)\d\d)-(\d\d)-(\d\d)(?!\d)", reckon_iso),
        ("slash", r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d|\d\d)(?![\d/.])", reckon_slash),
        ("two_dm", rf"{day}{of}{month}{to}{day}{of}{month}{year}", reckon_two_days),
        ("two_md", rf"{month}\s+{day}{to}{month}\s+{day}{year}", reckon_two_days),
        (
            "month_week",
            (
                rf"the\s+(first|second|third|fourth|last|final)\s+(week|half|days|weekend)\s+of\s+{month}"
                r"(?:,?\s+(?:of\s+)?((?:19|20)\d\d)(?!\d))?"
            ),
            reckon_month_week,
        ),
        (
            "two_months",
            rf"{month}(?:\s+((?:19|20)\d\d))?{to}{month}(?:,?\s+((?:19|20)\d\d)(?!\d))?(?!\s+\d{{1,2}}\b)",
            reckon_two_months,
        ),
        ("day_month", rf"{day}(?:{to}{day})?{of}{month}{year}(?!-)", reckon_day_month),
        (
            "month_day",
            rf"{month}\s+(?:the\s+)?{day}(?:{to}{day}(?!\d|[,.]\d))?(?!\d|[,.:]\d|%|-\w){year}",
            reckon_month_day,
        ),
        (
            "month",
            (
                r"((?:early|mid|late|last|past|next|coming|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+)?"
                rf"{month}(?:,?\s+(?:of\s+|de\s+)?((?:19|20)\d\d)(?!\d))?"
            ),
            reckon_month,
        ),
        ("decade", r"(?:the\s+)?((?:19|20)\d0)['’]?s\b", reckon_decade),
        (
            "year",
            r"((?:19|20)\d\d)(?:\s*(?:-|–|to|and|through)\s*((?:19|20)\d\d))?(?![\d%,]\d|\d|%|-\w)",
            reckon_year,
        ),
        (
            "distance",
            rf"{amount}\s+{unit}\s+(ago|back|earlier|prior|previously|before|later|after|afterwards?)\b",
            reckon_distance,
        ),
        ("bare_ago", rf"({times_words.either(words.units)})\s+ago\b", reckon_bare_ago),
        ("ago_first", rf"(?:hace|il\s+y\s+a|vor|há)\s+{amount}\s+{unit}", reckon_ago_first),
        ("named_day", rf"({times_words.either(words.days)})\b", reckon_named_day),
        (
            "neighbour_day",
            r"(?:on\s+)?(?:the|that)\s+(previous|preceding|following|next|same|very)\s+(day|night|morning|evening|afternoon|week)\b",
            reckon_neighbour_day,
        ),
        (
            "neighbour_day2",
            r"the\s+(?:day|night|week)\s+(before|after|prior|earlier)\b(?!\s+yesterday)",
            reckon_neighbour_day,
        ),
        (
            "weekday",
            rf"(?:(last|this|next|past|coming|upcoming|previous|following|preceding)\s+)?({weekday})(?![\w-])",
            reckon_weekday,
        ),
        ("stretch", rf"(?:the|these)\s+(?:past|last|previous)\s+(?:{amount}\s+)?{unit}", reckon_stretch),
        ("recent", rf"(?:the\s+)?(recent)\s+{unit}", reckon_stretch),
        (
            "calendar",
            r"(?:so\s+far\s+)?((?:earlier|early|late|later|mid)[\s-]+)?(?:in\s+)?(this|last|past)\s+(weekend|week|month|year)\b",
            reckon_calendar,
        ),
        (
            "that_day",
            r"(earlier|later)\s+(?:on\s+)?(?:that|in\s+the|the\s+same)\s+(day|night|morning|evening|week)\b",
            reckon_same_day,
        ),
        ("weekend", r"(over|at|during)\s+(the)\s+(weekend)\b", reckon_calendar),
    )
    return tuple(Rule(name, re.compile(pattern), reckon) for name, pattern, reckon in table)
