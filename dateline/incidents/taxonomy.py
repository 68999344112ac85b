"""The sub-types, what they belong to, and which one wins when tactics coincide.

Owns ACLED's six event types and 25 sub-types as analysts load them, their order of precedence,
and the PLOVER and GTD words that go with each. Refuses to read text: ``triggers`` decides which
sub-type a sentence tells of.
"""

from enum import StrEnum

from msgspec import Struct

from dateline.incidents.record import Plover

BATTLES = "Battles"
EXPLOSIONS = "Explosions/Remote violence"
CIVILIANS = "Violence against civilians"
PROTESTS = "Protests"
RIOTS = "Riots"
STRATEGIC = "Strategic developments"

EVENT_TYPES = (BATTLES, EXPLOSIONS, CIVILIANS, PROTESTS, RIOTS, STRATEGIC)

_VIOLENCE = "Political violence"
_DEMONSTRATIONS = "Demonstrations"
_BOTH = "Political violence; Demonstrations"
_STRATEGIC = "Strategic developments"


class Code(StrEnum):
    """Our short names of the sub-types, as the rule table spells them."""

    GOV_REGAINS = "battle.gov_regains"
    NSA_OVERTAKES = "battle.nsa_overtakes"
    ARMED_CLASH = "battle.armed_clash"
    CHEMICAL = "remote.chemical"
    AIR_DRONE = "remote.air_drone"
    SUICIDE = "remote.suicide"
    SHELLING = "remote.shelling"
    IED_MINE = "remote.ied_mine"
    GRENADE = "remote.grenade"
    SEXUAL = "vac.sexual"
    ATTACK = "vac.attack"
    ABDUCTION = "vac.abduction"
    EXCESSIVE_FORCE = "protest.excessive_force"
    INTERVENTION = "protest.intervention"
    PEACEFUL = "protest.peaceful"
    VIOLENT_DEMO = "riot.violent_demo"
    MOB = "riot.mob"
    AGREEMENT = "sd.agreement"
    ARRESTS = "sd.arrests"
    GROUP_CHANGE = "sd.group_change"
    WEAPONS = "sd.weapons"
    BASE = "sd.base"
    LOOTING = "sd.looting"
    TRANSFER = "sd.transfer"
    OTHER = "sd.other"


class SubType(Struct, frozen=True, kw_only=True):
    """One sub-type. ``rank`` orders coinciding tactics: the lowest rank names the event."""

    code: Code
    rank: int
    event_type: str
    name: str
    disorder_type: str
    plover: Plover
    gtd_attacktype: str | None = None

    @property
    def family(self) -> str:
        """The event type's part of the code: sub-types of one family may name one event."""
        return self.code.value.partition(".")[0]


# code, event type, name, disorder type, PLOVER event, PLOVER mode, GTD attack type.
# The order is the codebook's order of precedence: sub_types() ranks the rows by it.
_ROWS: tuple[tuple[Code, str, str, str, str, str | None, str | None], ...] = (
    (Code.GOV_REGAINS, BATTLES, "Government regains territory", _VIOLENCE, "ASSAULT", None, "Armed Assault"),
    (
        Code.NSA_OVERTAKES,
        BATTLES,
        "Non-state actor overtakes territory",
        _VIOLENCE,
        "ASSAULT",
        None,
        "Armed Assault",
    ),
    (Code.ARMED_CLASH, BATTLES, "Armed clash", _VIOLENCE, "ASSAULT", None, "Armed Assault"),
    (
        Code.CHEMICAL,
        EXPLOSIONS,
        "Chemical weapon",
        _VIOLENCE,
        "ASSAULT",
        "unconventional",
        "Unarmed Assault",
    ),
    (Code.AIR_DRONE, EXPLOSIONS, "Air/drone strike", _VIOLENCE, "ASSAULT", "aerial", None),
    (Code.SUICIDE, EXPLOSIONS, "Suicide bomb", _VIOLENCE, "ASSAULT", "suicide-attack", "Bombing/Explosion"),
    (
        Code.SHELLING,
        EXPLOSIONS,
        "Shelling/artillery/missile attack",
        _VIOLENCE,
        "ASSAULT",
        "heavy-weapons",
        "Bombing/Explosion",
    ),
    (
        Code.IED_MINE,
        EXPLOSIONS,
        "Remote explosive/landmine/IED",
        _VIOLENCE,
        "ASSAULT",
        "explosives",
        "Bombing/Explosion",
    ),
    (Code.GRENADE, EXPLOSIONS, "Grenade", _VIOLENCE, "ASSAULT", "explosives", "Bombing/Explosion"),
    (Code.SEXUAL, CIVILIANS, "Sexual violence", _VIOLENCE, "ASSAULT", "sexual", None),
    (Code.ATTACK, CIVILIANS, "Attack", _VIOLENCE, "ASSAULT", None, "Armed Assault"),
    (
        Code.ABDUCTION,
        CIVILIANS,
        "Abduction/forced disappearance",
        _VIOLENCE,
        "ASSAULT",
        "abduct",
        "Hostage Taking (Kidnapping)",
    ),
    (
        Code.EXCESSIVE_FORCE,
        PROTESTS,
        "Excessive force against protesters",
        _BOTH,
        "ASSAULT",
        "crowd-control",
        None,
    ),
    (Code.INTERVENTION, PROTESTS, "Protest with intervention", _DEMONSTRATIONS, "PROTEST", "demo", None),
    (Code.PEACEFUL, PROTESTS, "Peaceful protest", _DEMONSTRATIONS, "PROTEST", "demo", None),
    (Code.VIOLENT_DEMO, RIOTS, "Violent demonstration", _DEMONSTRATIONS, "PROTEST", "riot", None),
    (Code.MOB, RIOTS, "Mob violence", _VIOLENCE, "PROTEST", "riot", None),
    (Code.AGREEMENT, STRATEGIC, "Agreement", _STRATEGIC, "AGREE", None, None),
    (Code.ARRESTS, STRATEGIC, "Arrests", _STRATEGIC, "COERCE", "arrest", None),
    (Code.GROUP_CHANGE, STRATEGIC, "Change to group/activity", _STRATEGIC, "MOBILIZE", "troops", None),
    (Code.WEAPONS, STRATEGIC, "Disrupted weapons use", _STRATEGIC, "COERCE", "seize", None),
    (Code.BASE, STRATEGIC, "Headquarters or base established", _STRATEGIC, "MOBILIZE", "troops", None),
    (
        Code.LOOTING,
        STRATEGIC,
        "Looting/property destruction",
        _STRATEGIC,
        "COERCE",
        "destroy",
        "Facility/Infrastructure Attack",
    ),
    (Code.TRANSFER, STRATEGIC, "Non-violent transfer of territory", _STRATEGIC, "RETREAT", "withdraw", None),
    (Code.OTHER, STRATEGIC, "Other", _STRATEGIC, "COERCE", None, None),
)

SUB_TYPES: dict[Code, SubType] = {
    code: SubType(
        code=code,
        rank=rank,
        event_type=event_type,
        name=name,
        disorder_type=disorder,
        plover=Plover(event=event, mode=mode),
        gtd_attacktype=gtd,
    )
    for rank, (code, event_type, name, disorder, event, mode, gtd) in enumerate(_ROWS)
}


def highest(codes: tuple[Code, ...]) -> Code:
    """Return the code that names an event in which all of these happened at once.

    The order is the codebook's, with one exception that the codebook makes itself: a sub-type of
    Strategic developments never wins over violence, and arrests made at a protest are an
    intervention.

    Raises:
        ValueError: ``codes`` is empty.
    """
    return min(codes, key=lambda code: SUB_TYPES[code].rank)


def is_on_civilians(code: Code) -> bool:
    """Return whether a sub-type is aimed at civilians by what it is (ACLED's ``civilian_targeting``)."""
    return SUB_TYPES[code].event_type == CIVILIANS or code is Code.EXCESSIVE_FORCE


def plover_of(code: Code, *, text: str = "") -> Plover:
    """Return the PLOVER event and mode; ``text`` (the trigger) tells firearms from blades and drones."""
    base = SUB_TYPES[code].plover
    words = text.lower()
    if code is Code.AIR_DRONE and ("drone" in words or "unmanned" in words or "uav" in words):
        return Plover(event=base.event, mode="drone")
    if code in (Code.ATTACK, Code.ARMED_CLASH):
        for mode, cues in _MODES:
            if any(cue in words for cue in cues):
                return Plover(event=base.event, mode=mode)
    return base


_MODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("firearms", ("shot", "shoot", "gun", "opened fire", "open fire", "fired")),
    ("primitive", ("stab", "hack", "machete", "knife", "behead", "slit")),
    ("beat", ("beat", "lynch")),
    ("torture", ("tortur",)),
    ("targeted", ("assassin",)),
)
