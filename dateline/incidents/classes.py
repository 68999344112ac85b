"""Whether a mention is fresh, a statistic, or background.

Owns the window of 45 days and the words of counting and of looking back. Refuses the slots:
``assemble`` fills them. A mention that is none of the three is no mention at all (None).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from dateline.incidents.anchored import Anchored
from dateline.incidents.record import IncidentClass
from dateline.incidents.times import TimeMention

WINDOW = timedelta(days=45)
"""An event older than this at publication is told as context (shared coding rules, section 2)."""

WHOLE_MONTH = timedelta(days=20)
"""From this length on a stretch of days is a month, and attacks told of it are its attacks; "early May" is shorter."""

_LOOKING_BACK = Anchored(
    r"\b(?:since losing|since (?:its|their|the) (?:defeat|fall|loss|collapse|founding|outbreak|start)|"
    r"(?:deadliest|worst|biggest|largest|bloodiest|most serious|first such|first|latest) (?:\w+\W{1,2}){0,4}since|"
    r"was the (?:deadliest|worst|bloodiest)|in the past|years ago|decades? ago|months ago|last year|"
    r"the previous year|a year (?:ago|earlier|before)|historically|dates? back|back in|at the height of|"
    r"during the (?:civil )?war|in the (?:19|20)\d0s|once controlled|used to|during the dictatorship|"
    r"in recent years|over the years|for (?:years|decades)|previously|in (?:19|20)\d\d,? when)\b"
)
_PLUPERFECT = Anchored(
    r"\bhad (?:already |also |previously |earlier |recently )?(?:been )?\w+(?:ed|en|wn|ng|ot|it|ck|ght)\b"
)
_OVER_A_PERIOD = Anchored(
    r"\b(?:so far this (?:year|month)|since the (?:beginning|start) of|this year alone|(?:over|in|during|within) the (?:past|last|previous) "
    r"(?:\w+ )?(?:weeks?|months?|years?|decades?|days)|to date|in total|altogether|a total of|since (?:january|february|march|"
    r"april|may|june|july|august|september|october|november|december|19\d\d|20\d\d|early|late|mid)\b|"
    r"\b(?:war|conflict|insurgency|rebellion|unrest|uprising) (?:has|have|had) (?:left|killed|cost|claimed|displaced)\b|"
    r"since the (?:war|conflict|insurgency|uprising|fighting|crisis) (?:began|started|erupted|broke out)|"
    r"in recent (?:weeks|months|days)|(?:throughout|during) (?:19|20)\d\d|every (?:year|month|week)|per (?:year|month|week)|"
    r"annually|monthly|in the first (?:\w+ )?(?:months?|quarter|half)|from (?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december)\b[^,.]{0,20}\bto\b|between (?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december))"
)
_REACHED = Anchored(
    r"\b(?:has|have|had) (?:reached|risen to|climbed to|exceeded|passed|surpassed)\b|\b(?:accounted for|recorded|documented|registered|tallied|logged|tracked|counted)\b"
)
_CALENDAR = Anchored(r"\b(?:weeks?|months?|years?|quarter)\b")
SEVERAL = 5
"""So many attacks counted in one sentence without a day of their own are a statistic: on one day they are told as one."""
_MANY = Anchored(
    r"\b(?:attacks|operations|incidents|bombings|raids|clashes|ambushes|killings|kidnappings|abductions|airstrikes|"
    r"strikes|assaults|explosions|arrests|protests|demonstrations|encounters|cases|events|campaigns|sweeps)\b"
)


_ONE = Anchored(
    r"\b(?:an?|one|the (?:\w+ )?|that|this|single)\s(?:\w+ ){0,2}?(?:attack|ambush|blast|explosion|bombing|raid|assault|strike|airstrike|"
    r"shooting|massacre|clash|battle|incident|siege)\b"
)
"""One event of a month, told with its toll, is an event."""

_SAID_HAD = Anchored(
    r"\b(?:found|discovered|located)\b[^.;]{0,80}\bwho had (?:been|died)\b|"
    r"\b(?:said|says|announced|reported|claimed|confirmed|told|added|stated|according to|quoted)\b[^.;]{0,160}\bhad\b"
)
_SINCE = Anchored(r"\bsince\b(?! then\b| losing\b)")


def looks_back(low: str) -> bool:
    """Whether a lower-cased sentence tells of the past as context."""
    return bool(_LOOKING_BACK.search(low))


def counts_events(low: str) -> bool:
    """Whether a lower-cased sentence speaks of attacks, operations, … in the plural."""
    return bool(_MANY.search(low))


def over_a_period(low: str, times: Sequence[TimeMention]) -> bool:
    """Whether a sentence speaks of a stretch of time rather than of a day."""
    return any(one.kind == "period" for one in times) or bool(_OVER_A_PERIOD.search(low))


def _of_no_day(when: TimeMention | None) -> bool:
    """Whether a time is no day on which events were: none, a month, or "the week before"."""
    return when is None or when.precision >= 3 or bool(_CALENDAR.search(when.text.lower()))


def classify(
    low: str,
    times: Sequence[TimeMention],
    *,
    when: TimeMention | None,
    counted: bool,
    n_events: int | None,
    published_on: date | None,
) -> IncidentClass | None:
    """Return the class of a mention that a trigger or a count opened.

    ``when`` is the event time chosen for the trigger, ``counted`` says that people are counted,
    ``n_events`` how many events the words name. A period without a count is nothing at all.
    """
    many = (n_events or 1) > 1
    if (n_events or 1) >= SEVERAL and _of_no_day(when) and (counted or _REACHED.search(low)):
        return "aggregate"
    period = over_a_period(low, times) or (counted and bool(_SINCE.search(low)))
    has_day = when is not None and when.precision <= 2
    if period and not has_day:
        plural = many or bool(_MANY.search(low) or _REACHED.search(low) or _SINCE.search(low))
        if counted or (many and plural):
            return "aggregate"
        return None
    if when is not None and when.precision >= 3 and when.kind != "report":
        if many:
            return "aggregate" if counted or n_events else None
        whole = when.last - when.first >= WHOLE_MONTH
        if whole and (_MANY.search(low) or _REACHED.search(low)) and not _ONE.search(low):
            return "aggregate" if counted else None
    if when is not None and published_on is not None and when.last < published_on - WINDOW:
        return "background"
    if when is None and any(one.kind == "historic" for one in times):
        # "Last year 349 people died in attacks by the group": a year's attacks, counted.
        return "aggregate" if counted and _MANY.search(low) and not _ONE.search(low) else "background"
    if when is None and (looks_back(low) or (_PLUPERFECT.search(low) and not _SAID_HAD.search(low))):
        return "background"
    if period and _REACHED.search(low) and counted:
        return "aggregate"
    return "fresh"
