"""Which tactic a sentence tells of, where its words name several.

Owns the choice: what wins when tactics coincide, what only tells another's effect, and who was hit. Refuses
to find the words (``triggers``) and to say whether it happened (``guards``).
"""

import re

from dateline.incidents.anchored import Anchored
from dateline.incidents.sides import Side, Sighting, hit_side, sightings
from dateline.incidents.taxonomy import SUB_TYPES, Code, highest
from dateline.incidents.triggers import Trigger, head

_SHOTS = Anchored(r"\b(?:shot|shoot\w*|gunfire|gunm[ae]n|fired|opened fire|stab\w*|storm\w*)\b")
_CAPTIVE = re.compile(
    r"\b(?:behead\w*|execut\w*|assassinat\w*|tortur\w*|captive|prisoners?|off-duty|retired|former)\b"
)
_FORCE = frozenset({Code.ARMED_CLASH, Code.ATTACK})
_CROWD = Anchored(r"\b(?:protest|demonstrat|marcher|rally|rallies|sit-in|rioter)")
_LETHAL = re.compile(
    r"\b(?:live (?:ammunition|rounds|fire|bullets)|opened fire|shot|killed|killing|dead|died)\b"
)


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
    triggers = _less_searches(low, triggers)
    settled = _after_the_fact(low, triggers)
    if settled is not None or not triggers:
        return settled
    triggers = tuple(one for one in triggers if not _shadowed(one, triggers))
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


def _shadowed(one: Trigger, triggers: tuple[Trigger, ...]) -> bool:
    """Whether an act is only a word of another's name: the attack of a suicide attack, the hostages who were freed."""
    if one.code in _FORCE or one.act == "assault":
        return any(other.code is Code.SUICIDE and other.start < one.start < other.end for other in triggers)
    if one.code is not Code.ABDUCTION:
        return False
    return any(
        other.code is Code.OTHER and other.start <= one.start and one.end <= other.end for other in triggers
    )


def _reconciled(
    low: str, strong: set[Code], triggers: tuple[Trigger, ...], victims: frozenset[Side]
) -> set[Code]:
    """Return the named tactics less those that only tell another's effect."""
    kept = set(strong)
    if Code.LOOTING in kept and not victims and _only_property(low, triggers):
        kept -= _FORCE
    if Code.MOB in kept:
        kept -= {Code.ATTACK, Code.VIOLENT_DEMO}
        if _LYNCHED_BY_ARMED.search(low):
            kept = (kept - {Code.MOB}) | {Code.ATTACK}
    if Code.WEAPONS in kept and kept & _EXPLOSIVE and not _WENT_OFF.search(low):
        kept -= _EXPLOSIVE  # grenades that were found did not explode
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
        if _only_raided(low, triggers):
            kept.discard(Code.ATTACK)
    return kept


_LYNCHED_BY_ARMED = re.compile(
    r"\blynch(?:ed|ing)?\W{1,4}(?:\w+\W{1,4}){0,4}?by\W{1,4}(?:\w+\W{1,4}){0,5}?(?:militants|rebels|insurgents|maoists?|cadres|"
    r"gunmen|fighters|guerrillas|terrorists)\b|\b(?:militants|rebels|insurgents|maoists?|cadres|guerrillas|terrorists|gunmen)\W{1,4}"
    r"(?:\w+\W{1,4}){0,3}?lynch"
)
"""Armed men who lynch are no mob."""

_ARMED_TARGET = re.compile(
    r"\b(?:attack|raid|storm|assault)\w*\W{1,4}(?:\w+\W{1,4}){0,5}?(?:camps?(?! office)(?! of (?:an? |the )?(?:\w+ ){0,2}(?:firm|company|contractor))|police(?:m[ae]n)?|outposts?|check-?\s?posts?|barracks|"
    r"patrols?|convoys?|soldiers|troops|villagers|people|civilians|passengers|workers|labou?rers|employees|drivers?|guards?|staff|residents|him|them|communit\w+)\b(?!\W+station (?:area|limits))"
)


def _only_property(low: str, triggers: tuple[Trigger, ...]) -> bool:
    """Whether an attack told with burning or looting hit things alone: nobody is counted, shot at or named as armed."""
    people = any(one.act == "toll" or one.code in _FORCE for one in triggers)
    return not people and not _SHOTS.search(low) and not _ARMED_TARGET.search(low)


_RAIDS = re.compile(r"(?:raid|storm|attack|target|burst into|descended|came)\w*")
_HARM = re.compile(
    r"\b(?:shot|shooting|gunfire|fired|firing|stab\w*|hack\w*|kill\w*|dead|died|wound\w*|injur\w*|beat(?:en)?|assault\w*|behead\w*|murder\w*)\b"
)


def _only_raided(low: str, triggers: tuple[Trigger, ...]) -> bool:
    """Whether an attack told with an abduction is nothing but the raid in which people were taken."""
    force = [one for one in triggers if one.strong and (one.code in _FORCE or one.act == "assault")]
    return not _HARM.search(low) and all(_RAIDS.match(low, one.start) for one in force)


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
        if one.start < first.start
        and one.act != "toll"
        and not _leads_to(low, one, first)
        and not _on_record(low, one, first)
    ]
    if any(one.code in _DEMONSTRATION or one.code in _TERRITORY for one in triggers):
        return None
    if earlier or not all(
        one.start < first.end or _OLD_ACTS.search(low[first.end - 1 : one.start]) for one in later
    ):
        return None
    return first.code


_SEARCH = re.compile(
    r"\b(?:police\w*|stf|ats|special (?:task force|branch|cell)|detectives|sleuths|investigators|officers|agents|anti-terror\w*)\b"
    r"(?:[^\w;.]{1,3}\w+){0,8}?[^\w;.]{1,3}(?:raided|stormed|raids?|raid on)\b|\b(?:a|the|this|that|during|in|surprise|following) raids?\b"
)


def _less_searches(low: str, triggers: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """Return the triggers without the raids of the police in which nobody is hurt: they are searches."""
    if "raid" not in low and "stormed" not in low:
        return triggers
    if _HARM.search(low) or _SHOTS.search(low.replace("storm", "")):
        return triggers
    settled = any(one.code in _SETTLED and one.strong for one in triggers)
    search = _SEARCH.search(low)
    if search is None or not (settled or "raided" in search.group()):
        return triggers
    first = search.end()
    return tuple(
        one
        for one in triggers
        if one.code in _SETTLED or not (_RAID_WORD.match(low, one.start) and one.start < first)
    )


_RAID_WORD = re.compile(r"(?:raid|storm|target|attack)\w*|a raid")
_RAID = re.compile(r"^(?:raid(?:ed|s)?|stormed|raid on|targeted)\b")
_BY_THE_STATE = re.compile(
    r"\b(?:police\w*|troops|soldiers|army|forces?|sfs?|crpf|officers|agents|commandos|tip-?off|personnel|squad|task force|authorities)\b"
)
_WENT_OFF = re.compile(
    r"explo(?:ded|des|sion)|detonat(?:ed|ion|ing|es)\b|blasts?\b|blew|blow|went off|set off|trigger|killed|hurl|threw|attack|lobb|toss"
)


def _leads_to(low: str, act: Trigger, settled: Trigger) -> bool:
    """Whether an act is the raid in which somebody was arrested or arms were found, or only names the device found."""
    words = low[act.start : act.end]
    if _RAID.search(words) and _BY_THE_STATE.search(low, 0, settled.start):
        return True
    device = act.code in _EXPLOSIVE or act.act == "blast"
    return settled.code is Code.WEAPONS and device and not _WENT_OFF.search(words)


_RECORD = re.compile(
    r"\b(?:wanted|accused|suspected|involved|involvement|charged|named|responsible|allegedly|a suspect|suspects?|who|whose)\b"
    r"(?:[^\w;]{1,3}\w+){0,12}[^\w;]{0,3}$"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being) (?:\w+ ){0,2}?$")


def _on_record(low: str, act: Trigger, settled: Trigger) -> bool:
    """Whether an act is what somebody was wanted for: "a man wanted for the killing of three was arrested"."""
    taken = _PASSIVE.search(low, max(0, settled.start - 30), settled.start) is not None
    return taken and _RECORD.search(low, max(0, act.start - 120), act.start) is not None


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
