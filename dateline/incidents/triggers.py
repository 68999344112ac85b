"""Which words of a sentence name a tactic.

Owns the rule table (``data/triggers.tsv``, one row a rule). Refuses the choice among tactics that are told
at once (``tactics``) and to say whether it happened: ``guards`` knows threats, films and goals, and
``assemble`` asks for a toll, a time or a place.
"""

import re
from functools import cache
from importlib import resources

from msgspec import Struct

from dateline.incidents.anchored import Anchored, heads_of
from dateline.incidents.taxonomy import Code

KEY = 4
"""Letters of an anchor that are looked up; all rules of a sentence are found by its words' first letters."""

_MACROS = {
    "{GAP}": r"\W{1,4}(?:\w+\W{1,4}){0,5}?",
    "{GAP3}": r"\W{1,4}(?:\w+\W{1,4}){0,3}?",
    "{MIL}": (
        r"\b(?:soldiers?|troops?|army|military|police(?:m[ae]n)?|(?:security|government|regime|state|special|"
        r"paramilitary|coalition|allied|border|pro-government|peacekeeping|armed|federal|joint|loyalist|local) "
        r"(?:forces?|personnel|guards?|troops)|forces|officers?|gendarmes?|commandos?|marines?|peacekeepers?|"
        r"troopers?|jawans?|rangers?|sf|sfs|crpf|paramilitaries)"
    ),
    "{REB}": (
        r"\b(?:militants?|rebels?|insurgents?|guerr?ill?as?|terrorists?|fighters?|jihadi(?:st)?s?|gunm[ae]n|"
        r"extremists?|maoists?|nax(?:al|alite)s?|separatists?|militia(?:m[ae]n)?s?|cadres?|bandits?|combatants?|"
        r"islamists?|subversives?|assailants?|attackers?|infiltrators?|ultras|taliban)"
    ),
}


class Trigger(Struct, frozen=True, gc=False):
    """Words that name a tactic: characters ``start`` to ``end`` of the sentence.

    ``code`` is None for an act that is decided by who is hit (``act``: assault, blast, toll).
    """

    code: Code | None
    act: str
    strong: bool
    start: int
    end: int


class _Rule(Struct, frozen=True):
    code: Code | None
    act: str
    strong: bool
    pattern: Anchored


class Rules(Struct, frozen=True):
    """All rules in table order, and the rows that each anchor key opens."""

    rules: tuple[_Rule, ...]
    by_key: dict[str, tuple[int, ...]]


@cache
def load() -> Rules:
    """Return the rule table, read once.

    Raises:
        ValueError: a row does not have four columns or names no known sub-type or act.
    """
    text = resources.files("dateline.incidents").joinpath("data/triggers.tsv").read_text("utf-8")
    rules: list[_Rule] = []
    by_key: dict[str, list[int]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, strength, anchors, pattern = line.split("\t")
        for macro, words in _MACROS.items():
            pattern = pattern.replace(macro, words)
        act = name if name in _ACTS else ""
        code = None if act else Code(name)
        for anchor in anchors.split():
            keys = by_key.setdefault(anchor.partition("-")[0][:KEY], [])
            if len(rules) not in keys:
                keys.append(len(rules))
        rules.append(_Rule(code, act, strength == "strong", Anchored(pattern)))
    return Rules(tuple(rules), {key: tuple(rows) for key, rows in by_key.items()})


_ACTS = ("assault", "blast", "toll")


def lowered(text: str) -> str:
    """Return the text in lower case at unchanged length, so that characters keep their places."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(d := c.lower()) != 1 else d for c in text)


def read_triggers(low: str) -> tuple[Trigger, ...]:
    """Return the triggers of a lower-cased sentence in order of position; empty for most sentences."""
    table = load()
    rows: set[int] = set()
    for key in table.by_key.keys() & heads_of(low):
        rows.update(table.by_key[key])
    found = []
    for row in sorted(rows):
        rule = table.rules[row]
        match = rule.pattern.search(low)
        if match:
            found.append(Trigger(rule.code, rule.act, rule.strong, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


_HEAD = re.compile(
    r"\b(?!fighters?\b|attackers?\b|bombers?\b|raiders?\b|shooters?\b|kidnappers?\b|abductors?\b|protest[eo]rs?\b|"
    r"demonstrat[eo]rs?\b|rioters?\b|marchers?\b|looters?\b|assassins?\b|murderers?\b|strikers?\b)(?:kill|attack|assault|assassin|murder|massacre|execut|behead|stab|slaughter|ambush|bomb|explo|deton|blew|blast|shot|"
    r"shoot|gunned|opened|fired|storm|raid|target|hit\b|struck|strike|airstrike|shell|pound|clash|fight|fought|battle|kidnap|"
    r"abduct|hijack|arrest|detain|apprehend|captur|seiz|recover|defus|dismantl|surrender|defect|protest|demonstrat|march|riot|"
    r"hack|beat|strangl|lynch|burn|torch|loot|set\b|recaptur|retook|regain|overran|took|deploy|withdr|hand|signed|agreed|rap|launch|plant|"
    r"threw|hurl|lob|carried|conduct|drop|encounter|skirmish|exchange)\w*"
)


def head(low: str, trigger: Trigger) -> tuple[int, int]:
    """Return the characters of the word of a trigger that names the act, for whoever asks who did it."""
    match = _HEAD.search(low, trigger.start, trigger.end)
    return (match.start(), match.end()) if match else (trigger.start, trigger.end)
