"""Which side a word stands for: armed state, armed non-state, or civilian.

Owns the word lists and the reading of who is hit. Refuses names of groups and countries (``actors``
reads those): what stands here holds in every country.
"""

import re
from enum import StrEnum
from functools import cache

from msgspec import Struct

from dateline.incidents.anchored import Anchored


class Side(StrEnum):
    STATE = "state"
    REBEL = "rebel"
    CIVILIAN = "civilian"


_STATE = """
soldier soldiers troop troops army military policeman policemen policewoman police officer officers constable
constables trooper troopers checkpoint checkpoints patrol patrols convoy garrison barracks outpost outposts
gendarme gendarmes gendarmerie commando commandos marines peacekeeper peacekeepers paramilitaries paramilitary
jawan jawans ranger rangers serviceman servicemen battalion brigade regiment navy airmen conscripts recruits
guardsmen sergeant corporal lieutenant colonel headquarters crpf bsf constabulary coastguard
"""
_REBEL = """
militant militants rebel rebels insurgent insurgents guerrilla guerrillas guerilla guerillas terrorist
terrorists fighter fighters jihadist jihadists jihadi jihadis extremist extremists maoist maoists naxal naxals
naxalite naxalites separatist separatists militiaman militiamen militia militias cadre cadres bandit bandits
combatant combatants islamist islamists subversive subversives ultras infiltrators hideout hideouts jihadis
khwarij khawarij gunman gunmen assailants assailant attackers attacker insurgency dacoits mercenaries herdsmen
"""
_CIVILIAN = """
civilian civilians villager villagers people person persons resident residents worshipper worshippers
worshiper worshipers child children woman women man men boy boys girl girls student students pupil pupils
teacher teachers journalist journalists reporter reporters farmer farmers trader traders worker workers
labourer labourers laborer laborers peasant peasants priest priests imam cleric clerics bishop nun nuns pastor
monk monks mayor mayors politician politicians lawmaker lawmakers candidate candidates councillor councilman
deputy senator minister ambassador judge judges lawyer lawyers doctor doctors nurse nurses passenger
passengers shopkeeper shopkeepers driver drivers pedestrian pedestrians tourist tourists refugee refugees
migrants pilgrims shoppers mourners businessman businessmen engineer engineers contractor contractors miners
miner fishermen herder herders pastoralist wife husband mother father son daughter brother family families
baby infant toddler activist activists leader sarpanch informer elders elder chief sheikh customers bystander
bystanders motorist motorists teenager teenagers teen youth youths couple victim victims employee employees
aid humanitarian staff patients church mosque temple synagogue market school hospital village bus
minibus restaurant hotel shop home house university camp nightclub embassy consulate court train
"""
_PEOPLE_ONLY = frozenset(
    [
        "church",
        "mosque",
        "temple",
        "synagogue",
        "market",
        "school",
        "hospital",
        "village",
        "bus",
        "minibus",
        "restaurant",
        "hotel",
        "shop",
        "home",
        "house",
        "university",
        "camp",
        "nightclub",
        "embassy",
        "consulate",
        "court",
        "train",
        "aid",
    ]
)
_WORD = re.compile(r"[a-z]{3,}")
_FORCES = Anchored(
    r"\b(?:security|government|regime|state|special|coalition|allied|border|pro-government|peacekeeping|iranian"
    r"|russian|israeli|turkish|iraqi|syrian|afghan|ethiopian|sudanese|ukrainian|american|french|nato|u\.s\.|us"
    r"|federal|armed|defen[cs]e|joint|loyalist) (?:forces?|personnel|guards?|targets?|positions?)\b"
)


class Sighting(Struct, frozen=True, gc=False):
    """A word of a side, with its characters in the sentence. ``site`` is a civilian building or vehicle."""

    side: Side
    start: int
    end: int
    site: bool = False


@cache
def _sides() -> dict[str, Side]:
    table: dict[str, Side] = {}
    for side, words in ((Side.CIVILIAN, _CIVILIAN), (Side.REBEL, _REBEL), (Side.STATE, _STATE)):
        table.update(dict.fromkeys(words.split(), side))
    return table


def sightings(low: str) -> tuple[Sighting, ...]:
    """Return the words of a side in a lower-cased sentence, in order."""
    table = _sides()
    found = [
        Sighting(side, match.start(), match.end(), word in _PEOPLE_ONLY)
        for match in _WORD.finditer(low)
        if (side := table.get(word := match[0])) is not None
    ]
    found.extend(Sighting(Side.STATE, match.start(), match.end()) for match in _FORCES.finditer(low))
    return tuple(sorted(found, key=lambda one: one.start))


_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|got)\b(?:\s+\w+){0,2}\s*$")
_BY = re.compile(r"^\W{0,2}(?:\w+\W{1,3}){0,4}?by\b")
_CARRYING = re.compile(r"s? (?:of|carrying|transporting|with)\b")
_SPEAKS = re.compile(
    r"s?\W{1,3}(?:\w+\W{1,2}){0,2}?(?:said|say|says|told|reported|believes?|confirmed|added|announced|stated)\b"
)
"""Who tells of a passive act is not the one it was done to: "police said that he was shot"."""
#: How far a victim may stand from the act, in characters: about ten words.
_REACH = 75


def hit_side(low: str, start: int, end: int, seen: tuple[Sighting, ...]) -> Side | None:
    """Return the side that an act at characters ``start`` to ``end`` was done to, or None.

    A passive act takes its subject, an active one the first side after it.
    """
    passive = bool(_PASSIVE.search(low[max(0, start - 30) : start])) or bool(
        re.match(r"(?:was|were|been)\b", low[start:end])
    )
    before = [one for one in seen if start - _REACH <= one.start < start and not _SPEAKS.match(low, one.end)]
    if passive or _BY.match(low[end : end + 40]):
        return before[-1].side if before else None
    after = [one for one in seen if end <= one.start < end + _REACH]
    if len(after) > 1 and low.startswith("convoy", after[0].start) and _CARRYING.match(low, after[0].end):
        return after[1].side
    return after[0].side if after else None
