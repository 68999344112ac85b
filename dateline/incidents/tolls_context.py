"""What a sentence says around a toll: whose claim it is, over what time, how many strikes.

Owns: source, period, denial and the number of events. Refuses: the toll itself.
"""

import re

from dateline.incidents.anchored import Anchored, heads_of
from dateline.incidents.numbers import NUMBER_WORDS
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_amounts import may_begin, read_amount
from dateline.incidents.tolls_words import plain_words, read_words
from dateline.incidents.triggers import lowered

# White space is bounded: an unbounded run beside a lazy group would take quadratic time.
_ACCORDING = re.compile(
    r"\baccording\s{1,4}to\s{1,4}(?:the\s{1,4})?([^,;.()]{2,90}?)(?=\s{0,4}(?:[,;.()\"”]|$|\s(?:who|which|that|on|in|said|at|quoted|when)\b))",
    re.IGNORECASE,
)
_VERB = r"(?:said|says|say|reported|reports(?!\s{1,4}(?:say|said|suggest|indicate))|quoted|claimed|claims|announced|stated|confirmed|declared|tweeted|told)"
_SAYING = bag("acco said says say repo quot clai anno stat conf decl twee told")
"""The first letters of the words by which somebody is cited."""

_SUBJECT_SAID = re.compile(
    rf"(?:^|[,;]\s{{0,4}}|\b(?:that|while|as)\s)(?:the\s{{1,4}})?([^,;\"“”]{{2,80}}?)\s{{1,4}}(?:has\s{{1,4}}|have\s{{1,4}}|also\s{{1,4}})?{_VERB}\b",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    r"\b(?:reported|claimed|announced|confirmed)\s{1,4}by\s{1,4}(?:the\s{1,4})?([^,;.()]{2,80}?)(?=\s{0,4}(?:[,;.()]|$|\s(?:on|in|that|as)\b))",
    re.IGNORECASE,
)
_NO_SOURCE = bag("it he she they we i this that which who and but")

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PERIOD = Anchored(
    rf"\bso\s{{1,4}}far\s{{1,4}}this\s{{1,4}}(?:year|month)\b|\bthis\s{{1,4}}year\b|\blast\s{{1,4}}year\b|\bsince\s{{1,4}}(?:the\s{{1,4}})?(?:beginning|start|outbreak|onset|early|mid|late|last|{_MONTH}|(?:19|20)\d\d|then\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|\b(?:over|in|during|for|within)\s{1,4}the\s{1,4}(?:past|last|previous)\s{1,4}(?:\w+\s{1,4}){0,3}?(?:week|month|year|decade|day)s?\b"
    r"|\bin\s{1,4}recent\s{1,4}(?:days|weeks|months|years)\b|\b(?:every|each|per)\s{1,4}(?:day|week|month|year)\b|\ba\s{1,4}year\b(?!\s{0,4}(?:ago|earlier|later|before|after))|\bannually\b|\bto\s{1,4}date\b|\bover\s{1,4}the\s{1,4}(?:years|decades|months)\b"
    rf"|\bin\s{{1,4}}the\s{{1,4}}(?:first|second|last)\s{{1,4}}(?:half|quarter|\w+\s{{1,4}}months)\b|\bbetween\s{{1,4}}{_MONTH}\s{{1,4}}and\s{{1,4}}{_MONTH}\b|\bfrom\s{{1,4}}{_MONTH}\s{{1,4}}to\s{{1,4}}{_MONTH}\b"
    r"|\b(?:in|during|throughout)\s{1,4}(?:19|20)\d\d\b|\bduring\s{1,4}the\s{1,4}(?:same\s{1,4})?(?:year|month|week|war|conflict|period)\b"
    r"|\b(?:decade|years?|months)[-\s]+(?:long|old)\s{1,4}(?:war|conflict|insurgency)\b",
)
_DENIAL = re.compile(
    r"\b(?:denied|denies|denying|deny|rejected|refuted|dismissed|no\s{1,4}(?:evidence|reports?|indication|word|information)\s{1,4}(?:of|that))\b",
    re.IGNORECASE,
)


_PASSIVE = (" was", " were", " been", " is", " are", " be")


def read_source(text: str) -> str:
    """Return whose count it is, as the sentence cites it, or ""."""
    if _SAYING.isdisjoint(heads_of(lowered(text))):
        return ""
    match = _ACCORDING.search(text) or _SAID_BY.search(text)
    if match is None:
        match = _SUBJECT_SAID.search(text)
        if match is None:
            return ""
    name = _BEFORE_VERB.sub("", " ".join(match.group(1).split()))
    return (
        ""
        if name.lower() in _NO_SOURCE or name.lower().endswith(_PASSIVE) or len(name.split()) > 12
        else name
    )


def covers_period(text: str) -> bool:
    """Whether the sentence counts over a stretch of time ("so far this year", "since January")."""
    return any(not _RANKED.search(text, 0, one.start()) for one in _PERIOD.finditer(lowered(text)))


_RANKED = re.compile(
    r"\b(?:worst|deadliest|biggest|bloodiest|largest|heaviest|highest|latest|first|second|third|fourth|fifth)\b[^.,;]{0,60}$",
    re.IGNORECASE,
)
_BEFORE_VERB = re.compile(r"\s(?:put|has|have|also|gave|raised)\s.*")
"""What a source did before it "said": "the ministry put the toll at 13 and said"."""
_SEPARATELY = re.compile(
    r"\b(?:while|and|as)\s{1,4}(?:a|an|another|two|in\s{1,4}a|in\s{1,4}an|in\s{1,4}another)?\s{0,4}(?:separate|second|different|another)\b"
    r"|\bin\s{1,4}(?:a\s{1,4}separate|another)\s{1,4}(?:\w{1,20}\s{1,4}){0,2}?(?:attack|incident|strike|clash|blast|raid|ambush|bombing|shooting)\b",
    re.IGNORECASE,
)


def told_apart_at(text: str) -> int:
    """Return where a sentence turns to "a separate attack"; its length where it does not.

    A sentence that opens with "in a separate attack" is about that one.
    """
    match = _SEPARATELY.search(text, 1)
    return match.start() if match is not None and match.start() > 20 else len(text)


def is_denied(text: str, cue_start: int) -> bool:
    """Whether a denial stands before the cue."""
    return _DENIAL.search(text, max(0, cue_start - 120), cue_start) is not None


_STRIKES = bag(
    """
    airstrike airstrikes strike strikes raid raids sortie sorties bombardment bombardments shelling
    missiles rockets air-strikes
    """
)
_EVENTS = bag(
    """
    attack attacks assault assaults operation operations incident incidents clash clashes ambush
    ambushes bombing bombings explosion explosions blast blasts shooting shootings battle battles
    kidnapping kidnappings protest protests demonstration demonstrations engagement engagements
    robbery robberies encounter encounters event events massacre massacres incursion incursions
    """
)
_COUNTED = _STRIKES | _EVENTS
_DIGIT = re.compile(r"\d")


def read_strikes(text: str) -> tuple[int | None, int | None]:
    """Return how many events and how many strikes a sentence counts ("two separate attacks" 2, None)."""
    found = plain_words(text)
    if _COUNTED.isdisjoint(found) or (NUMBER_WORDS.isdisjoint(found) and _DIGIT.search(text) is None):
        return None, None
    words = read_words(text)
    events: int | None = None
    strikes: int | None = None
    end = 0
    for at, word in enumerate(words.low):
        if at < end or not may_begin(word):
            continue
        amount = read_amount(words.low, at)
        if amount is None:
            continue
        noun = next(
            (
                word
                for word in words.low[amount.end : amount.end + 4]
                if word in _STRIKES
                or word in _EVENTS
                or not word[0].isalpha()
                or word in {"of", "in", "and", "people", "on", "were"}
            ),
            "",
        )
        if noun in _STRIKES and strikes is None and amount.min > 0:
            strikes = amount.min
        elif noun in _EVENTS and events is None and amount.min > 0:
            events = amount.min
        end = max(amount.end, at + 1)
    return events, strikes
