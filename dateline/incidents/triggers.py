"""Which tactic a sentence tells of.

Owns the rule table (``data/triggers.tsv``, one row a rule) and the choice among tactics that are
told at once. Refuses to say whether it happened: ``guards`` knows threats, films and goals, and
``assemble`` asks for a toll, a time or a place.
"""

import re
from functools import cache
from importlib import resources

from msgspec import Struct

from dateline.incidents.anchored import Anchored, heads_of
from dateline.incidents.sides import Side, Sighting, hit_side, sightings
from dateline.incidents.taxonomy import SUB_TYPES, Code, highest

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


_SHOTS = Anchored(r"\b(?:shot|shoot\w*|gunfire|gunm[ae]n|fired|opened fire|stab\w*|storm\w*)\b")
_CAPTIVE = re.compile(
    r"\b(?:behead\w*|execut\w*|assassinat\w*|tortur\w*|captive|prisoners?|off-duty|retired|former)\b"
)
_FORCE = frozenset({Code.ARMED_CLASH, Code.ATTACK})
_CROWD = Anchored(r"\b(?:protest|demonstrat|marcher|rally|rallies|sit-in|rioter)")
_LETHAL = re.compile(
    r"\b(?:live (?:ammunition|rounds|fire|bullets)|opened fire|shot|killed|killing|dead|died)\b"
)
_CHEMICAL_ONLY = frozenset({Code.CHEMICAL})


def decide(
    low: str,
    triggers: tuple[Trigger, ...],
    seen: tuple[Sighting, ...] | None = None,
    victims: frozenset[Side] = frozenset(),
) -> Code | None:
    """Return the sub-type that the triggers of one event name together, or None.

    ``seen`` are the sentence's words of a side (read here when not given), ``victims`` the sides of
    those counted in the toll. Tactics at once collapse into the highest of the codebook's order; acts of no
    named tactic are decided by who is hit.
    """
    if not triggers:
        return None
    settled = _after_the_fact(low, triggers)
    if settled is not None:
        return settled
    strong = {one.code for one in triggers if one.strong and one.code}
    acts = [one for one in triggers if one.act in ("assault", "toll")]
    if _CROWD.search(low) and strong & _DEMONSTRATION:
        return _demonstration(low, strong, victims)
    seen = sightings(low) if seen is None else seen
    blast = any(one.act == "blast" for one in triggers)
    if blast and not strong and not _SHOTS.search(low):
        return Code.IED_MINE
    if any(one.act == "assault" and one.strong for one in triggers) and Code.MOB not in strong:
        strong.add(_resolve(low, acts, seen, victims))
    strong = _reconciled(low, strong, triggers, victims)
    weak = {one.code for one in triggers if one.code}
    if blast:
        weak.add(Code.IED_MINE)
    if strong or weak:
        return highest(tuple(strong or weak))
    return _resolve(low, acts, seen, victims) if acts else None


def _reconciled(
    low: str, strong: set[Code], triggers: tuple[Trigger, ...], victims: frozenset[Side]
) -> set[Code]:
    """Return the named tactics less those that only tell another's effect."""
    kept = set(strong)
    if Code.LOOTING in kept and not victims and _only_property(low, triggers):
        kept -= _FORCE
    if Code.MOB in kept:
        kept -= {Code.ATTACK, Code.VIOLENT_DEMO}
    if Code.ATTACK in kept and victims == {Side.CIVILIAN}:
        kept.discard(Code.ARMED_CLASH)
    if Code.ATTACK in kept and victims and Side.CIVILIAN not in victims and not _CAPTIVE.search(low):
        kept = (kept - {Code.ATTACK}) | {Code.ARMED_CLASH}
    if kept & _EXPLOSIVE:
        # "attack" and "killed" beside a named explosive tell its effect, not a second tactic.
        named = {one.code for one in triggers if one.strong and one.code in _FORCE}
        kept = {code for code in kept if code not in _FORCE or code in named}
    if Code.ABDUCTION in kept and victims <= {Side.CIVILIAN}:
        kept.discard(Code.ARMED_CLASH)
    return kept


_ARMED_TARGET = re.compile(
    r"\b(?:attack|raid|storm|assault)\w*\W{1,4}(?:\w+\W{1,4}){0,5}?(?:camps?|police(?:m[ae]n)?|outposts?|check-?\s?posts?|barracks|"
    r"patrols?|convoys?|soldiers|troops|villagers|people|civilians|passengers|workers|residents|communit\w+)\b(?!\W+station (?:area|limits))"
)


def _only_property(low: str, triggers: tuple[Trigger, ...]) -> bool:
    """Whether an attack told with burning or looting hit things alone: nobody is counted, shot at or named as armed."""
    people = any(one.act == "toll" or one.code in _FORCE for one in triggers)
    return not people and not _SHOTS.search(low) and not _ARMED_TARGET.search(low)


_OLD_ACTS = re.compile(
    r"\b(?:in connection with|suspected|accused|involved|wanted|alleged\w*|responsible for|linked to|related to|"
    r"for (?:the|his|her|their|allegedly|planning|involvement)|over the|who|planning|plotting|planned|including|"
    r"along with|besides|from (?:their|his|her|him|them) possession|possession|cases?|charges?|members?|belonging|"
    r"carrying|cadres?|recovered|seized|worth|supplying|making|hidden|stored|dump|cache|conspir\w+|to carry out)\b"
)


def _after_the_fact(low: str, triggers: tuple[Trigger, ...]) -> Code | None:
    """Return the arrest, find or surrender that a sentence is about, when the acts after it are why."""
    first = next((one for one in triggers if one.strong and one.code in _SETTLED), None)
    if first is None:
        return None
    later = [one for one in triggers if one.start >= first.start and one.strong and one.code not in _SETTLED]
    earlier = [
        one
        for one in triggers
        if one.start < first.start and one.act != "toll" and not _leads_to(low, one, first)
    ]
    if any(one.code in _DEMONSTRATION or one.code in _TERRITORY for one in triggers):
        return None
    if earlier or not all(
        one.start < first.end or _OLD_ACTS.search(low[first.end - 1 : one.start]) for one in later
    ):
        return None
    return first.code


_RAID = re.compile(r"^(?:raid(?:ed|s)?|stormed|raid on|targeted)\b")
_BY_THE_STATE = re.compile(
    r"\b(?:police\w*|troops|soldiers|army|forces?|sfs?|crpf|officers|agents|commandos|tip-?off|personnel|squad|task force|authorities)\b"
)
_WENT_OFF = re.compile(
    r"explo(?:d|sion)|deton|blast|blew|blow|went off|set off|trigger|killed|hurl|threw|attack"
)


def _leads_to(low: str, act: Trigger, settled: Trigger) -> bool:
    """Whether an act is the raid in which somebody was arrested or arms were found, or only names the device found."""
    words = low[act.start : act.end]
    if _RAID.search(words) and _BY_THE_STATE.search(low, 0, settled.start):
        return True
    device = act.code in _EXPLOSIVE or act.act == "blast"
    return settled.code is Code.WEAPONS and device and not _WENT_OFF.search(words)


_TERRITORY = frozenset({Code.GOV_REGAINS, Code.NSA_OVERTAKES})
_SETTLED = frozenset({Code.ARRESTS, Code.WEAPONS, Code.GROUP_CHANGE})
_EXPLOSIVE = frozenset(code for code in Code if SUB_TYPES[code].family == "remote")
_DEMONSTRATION = frozenset(code for code in Code if SUB_TYPES[code].family in ("protest", "riot"))


def _demonstration(low: str, strong: "set[Code]", victims: frozenset[Side]) -> Code:
    """Return what a sentence with protesters tells of: the gravest of what was done by or to them."""
    shot_at = Code.EXCESSIVE_FORCE in strong
    if shot_at and (_LETHAL.search(low) or victims):
        return Code.EXCESSIVE_FORCE
    if Code.VIOLENT_DEMO in strong:
        return Code.VIOLENT_DEMO
    return highest(tuple(strong & _DEMONSTRATION))


def _resolve(low: str, acts: list[Trigger], seen: tuple[Sighting, ...], victims: frozenset[Side]) -> Code:
    """Return Armed clash when an armed side was hit, else Attack."""
    armed = {Side.STATE, Side.REBEL}
    if victims:
        return Code.ARMED_CLASH if victims & armed else Code.ATTACK
    for one in acts:
        side = hit_side(low, *head(low, one), seen)
        if side:
            return Code.ARMED_CLASH if side in armed else Code.ATTACK
    sides = {one.side for one in seen}
    return Code.ARMED_CLASH if {Side.STATE, Side.REBEL} <= sides else Code.ATTACK


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
