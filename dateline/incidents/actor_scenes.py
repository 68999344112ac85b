"""Where an actor only stands: beside the blast, in the clause of a bomb, or at work after the deed.

Owns those words and their reading. Refuses to take sides (``actor_roles``) and to find actors.
"""

import re
from typing import Literal

from dateline.incidents.actor_clauses import WORD


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Stand = Literal["struck", "aimed", "there"]
"""Where a blast went off, what an act was aimed at, or merely where something was."""

_PLAIN = _set(
    "beside outside inside near under underneath beneath behind opposite past below above alongside aboard within "
    "onto into toward towards through across nearby along"
)
_SECOND = {
    "to": _set("next close adjacent opposite nearest"),
    "of": _set("front outskirts vicinity north south east west ahead side"),
    "from": _set("metres meters yards kilometres kilometers km miles away across blocks far"),
}
_FASTENED = _set("attached fixed strapped stuck fastened")
_WEAK = _set("at in on of from")
_AIMED = _set("on at against targeting")
_DETERMINERS = _set(
    "the a an his her its their this that some two three four several another local main old new former heavily "
    "fortified guarded nearby busy joint parked passing large small crowded empty"
)
_STOPS = _set(
    "and or but by as when while after before who that which whose was were is are be been being has have had said "
    "says told then where because killed killing wounded wounding shot attacked arrested detained opened fired "
    "stormed raided ambushed abducted kidnapped seized clashed exploded detonated"
)
_SITE = re.compile(
    r"(?:['’]s?)?[- ](?:\w+ ){0,2}?(?:station|post|checkpoint|headquarters|hq|base|barracks|camp|compound|van|vehicle|car|truck|"
    r"bus|convoy|patrol|academy|office|building|outpost|garrison|hospital|prison|command|centre|center|position|facility|"
    r"roadblock|complex|gate|college|school|residence|installation|depot|jeep|pickup)(?:s|es)?\b",
    re.IGNORECASE,
)
_BLAST_HERE = re.compile(
    r"(?:explo(?:ded?|des|ding|sions?)|detonat(?:ed|es|ing|ions?)|(?:blew|blown|blows|went|goes|going|gone|set) (?:up|off)|"
    r"blew (?:him|her|them)sel(?:f|ves) up|blasts?|bombings?|landed|fell|fallen|thrown|hurled|lobbed|"
    r"fired|opened fire)(?: (?:right|just|directly|metres|meters))?\s*$",
    re.IGNORECASE,
)
_STEPS = 7
"""Words that a phrase of place may count before its actor."""


def stands(text: str, start: int, end: int) -> Stand | None:
    """Return how an actor at characters start to end stands in a phrase of place; None where it does not.

    "exploded beside a police van" is struck, "a strike on a camp of the rebels" is aimed at, "a mosque next to
    the police station" is merely there. "Near Gao gunmen killed" has no such phrase: a name ends it.
    """
    before = text[max(0, start - 90) : start]
    cut = max(before.rfind(mark) for mark in ";:,.(") + 1
    found = list(WORD.finditer(before, cut))
    site = _SITE.match(text, end) is not None
    hopped = False
    for step in range(1, min(_STEPS, len(found)) + 1):
        match = found[-step]
        word = match[0].lower()
        last = found[-step - 1][0].lower() if step < len(found) else ""
        if word == "to" and last in _FASTENED:
            return "struck"
        if word in _PLAIN or last in _SECOND.get(word, ()):
            named = step > 1 and _proper(found[1 - step][0])
            if named and not site and not hopped:
                return None
            prior = before[: found[-step - 1].start() if last in _SECOND.get(word, ()) else match.start()]
            return "struck" if _BLAST_HERE.search(_less_front(prior)) else "there"
        if word in _STOPS:
            return None
        if word in _WEAK and (site or hopped) and word != "of":
            if word in _AIMED and (hopped or site) and not _BLAST_HERE.search(before[: match.start()]):
                return "aimed" if word != "at" else "there"
            return "struck" if _BLAST_HERE.search(before[: match.start()]) else "there"
        if word == "of":
            hopped = True
        elif not hopped and not site and word not in _DETERMINERS and not word.isdigit():
            return None
    return None


def _less_front(prior: str) -> str:
    """Return the words before "in front of" without its "in", and before "200 metres from" without the count."""
    return re.sub(r"\s(?:in|on the|to the|about|some|\d+)\s*$", "", prior)


def _proper(word: str) -> bool:
    return word[:1].isupper()


_DONE_BY_BLAST = re.compile(
    r"\b(?:bombs?|blasts?|explosions?|explosives?|dynamite|devices?|(?:land)?mines?|ieds?|shells?|rockets?|missiles?|mortars?|rounds?|"
    r"grenades?|charges?|(?:air|drone|missile|rocket)?[- ]?strikes?|shelling|gunfire|fire)\b[^.;]{0,100}?\b(?:exploded|detonated|"
    r"went off|blew up|ripped|tore|hit|struck|landed|fell|slammed|rocked|shook|destroyed|damaged|targeted|was thrown|were thrown|"
    r"was hurled|was lobbed)\b",
    re.IGNORECASE,
)
_OWN_VERB = re.compile(
    r"\s+(?:then\s+|also\s+|later\s+)?(?:stormed|attacked|opened|fired|shot|killed|raided|entered|launched|began|started|"
    r"responded|returned|overran|stabbed|abducted|set|clashed|exchanged)\b",
    re.IGNORECASE,
)


def after_blast(text: str, start: int, end: int) -> bool:
    """Whether an actor stands behind the verb of a bomb, a shell or a strike, and has no verb of its own.

    What follows (", killing two") is then done by the bomb.
    """
    return _DONE_BY_BLAST.search(text, 0, start) is not None and _OWN_VERB.match(text, end) is None


_AFTER_DEED = re.compile(
    r"(?:'s|’s)?(?:\s+(?:forces|officers|teams|units|personnel))?(?:\s+(?:have|has|had|were|was|are|is|later|also|quickly|"
    r"immediately|then|since|since then|now|still))*\s+(?:cordoned|sealed|rushed|arrived|reached|evacuated|recovered\s+(?:the|a|two|three|"
    r"four|five|\d+|their|his|her)\s+(?:\w+\s+)?(?:bod|corpse|remain)|found\s+(?:the|a|two|three|four|five|\d+|\w+)\s+(?:bod|corpse|remain)|"
    r"discovered\s+(?:the|a|\w+)\s+bod|investigat|search|hunting|combing|scour|looking\s+for|opened\s+an?\s+(?:investigation|inquiry|probe)|"
    r"opened\s+a\s+case|launched\s+an?\s+(?:\w+\s+)?(?:investigation|inquiry|probe|manhunt|search|hunt)|declined|"
    r"registered|filed|deployed|identified|treated|rescued|freed|liberated|tightened|stepped\s+up|responded|condemned|mourn|confirmed|named)",
    re.IGNORECASE,
)


def comes_after(text: str, end: int, trigger: int) -> bool:
    """Whether the words behind an actor say that it came when the deed was done; not where they are the trigger."""
    match = _AFTER_DEED.match(text, end)
    if match is None:
        return False
    return (
        match[0].lower().endswith(("bod", "corpse", "remain")) or not match.start() <= trigger <= match.end()
    )


_FOUND = _set(
    "found discovered recovered rescued treated identified confirmed reported cited quoted condemned investigated "
    "defused evacuated retrieved buried issued published compiled led called described seen witnessed said "
    "searched denied"
)
_KEPT = _set(
    "used manned guarded patrolled run operated occupied frequented visited inhabited hosted protected secured defended "
    "staffed escorted held owned controlled accompanied housed"
)


_STORMED = re.compile(
    r"(?:attack|storm|raid|hit|struck|strike|bomb|explo|blast|shell|fire|assault|rocket|mortar|target|overr[au]n)"
)
"""Acts by which who keeps a place is hit."""


def helping(last: str, word: str) -> Literal["target", "none"] | None:
    """Return the side of who follows "by" behind a participle, for the act of a word; None for all other verbs.

    Who found, treated or confirmed takes no side; who guards or uses a place is hit by what storms or blows it up.
    """
    if last == word or last not in _FOUND | _KEPT:
        return None
    return "target" if last in _KEPT and _STORMED.match(word) else "none"


_CLAIMS_OTHERS = re.compile(
    r"\s+(?:\w+\s+){1,4}?for\s+(?:several|many|most|some|similar|previous|past|other|earlier|such|numerous|dozens|hundreds|"
    r"multiple|scores|attacks|bombings)\b|[^.;]{0,80}?\b(?:in the past|in recent (?:weeks|months|years)|previous|similar)\b"
)


def of_others(text: str, end: int) -> bool:
    """Whether the claim behind an actor is of other acts than the one told: "has claimed several attacks"."""
    return _CLAIMS_OTHERS.match(text, end) is not None
