"""Who can act: named groups, the words for forces, crowds and civilians, and the shape of a mention.

Owns the actor data (``data/actors.csv``, ``data/state_forces.csv``) and the closed word classes.
Refuses to read text. Names and kinds follow ACLED's manner; groups and aliases are our own compilation
from general knowledge.
"""

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from dateline.incidents.place_names import fold


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Kind = Literal[
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/other forces",
]  # fmt: skip

ARMED_GENERIC = _set(
    "militant militants insurgent insurgents rebel rebels guerrilla guerrillas guerilla guerillas jihadi "
    "jihadis jihadist jihadists extremist extremists terrorist terrorists fighter fighters islamist "
    "islamists separatist separatists cadre cadres maoist maoists ultras fedayeen"
)
"""Fighters of some group: they may stand for the group that the document names."""

ARMED_UNKNOWN = _set(
    "gunman gunmen assailant assailants attacker attackers bandit bandits bomber bombers kidnapper "
    "kidnappers abductor abductors raider raiders militiaman militiamen militia militias mercenary "
    "mercenaries paramilitary paramilitaries vigilante vigilantes gang gangs gangster gangsters criminals "
    "thugs sniper snipers hijacker hijackers killers hitmen hitman robbers cattle-rustlers rustlers "
    "cultists pirates traffickers perpetrator perpetrators arsonists arsonist murderers captors shooter "
    "shooters subversives taker takers herdsmen herdsman"
)
"""Armed people of whom no more is known."""

ARMED_PEOPLE = _set("men man group groups youths persons people individuals")
"""Who is armed only by the word before: "unidentified men"."""

FORCES = _set(
    "forces force troops troop soldiers soldier army military navy marines marine airforce planes plane "
    "warplanes warplane jets jet fighter-jets helicopters helicopter drones drone aircraft gunships "
    "gunship artillery tanks commandos commando paratroopers gendarmes gendarme gendarmerie coastguard "
    "guards guard guardsmen personnel servicemen serviceman infantry battalion brigade division regiment "
    "airmen rangers garrison conscripts reservists reservist patrol convoy jawan jawans sailors units "
    "unit navies"
)
FORCE_BASE = _set(
    "forces troops soldiers soldier army military navy marines warplanes warplane jets gunships commandos "
    "commando paratroopers gendarmes gendarme gendarmerie servicemen serviceman infantry airmen "
    "conscripts reservists jawan jawans personnel troop guardsmen airforce rangers recruits"
)
"""Forces of a state even when nothing stands before them."""

POLICE = _set(
    "police policeman policemen policewoman officer officers constable constables cop cops gendarmerie "
    "carabinieri"
)
FORCE_MODIFIERS = _set(
    "government regime security state federal armed special air border national military local army "
    "regular paramilitary riot presidential republican combined joint loyalist defense defence "
    "territorial ground naval counter-terrorism counterterrorism antiterrorism elite coast fighter attack "
    "combat civil prison palace royal allied pro-government anti-riot provincial district traffic "
    "traffic-police junta occupation occupying off-duty uniformed anti-terrorism intelligence secret law "
    "enforcement fellow suspected dead government's regime's country's nation's state's army's military's"
)
STRIKES = _set(
    "airstrike airstrikes strike strikes raid raids shelling bombardment bombardments missile missiles "
    "rocket rockets drone drones artillery fire bombing bombings offensive incursion invasion attack "
    "attacks assault gunfire rocket-fire operation operations bomb bombs shell shells mortar mortars"
)
"""After a nation's adjective they tell of its armed forces: "Russian airstrikes"."""

STRIKE_MODIFIERS = _set(
    "air aerial drone missile rocket mortar tank artillery naval ground military cross border heavy "
    "retaliatory overnight precision targeted double-tap glide cruise ballistic guided kamikaze"
)
"""They may stand between the two: "an Israeli air strike", "Turkish cross-border drone strikes"."""

ASSETS = _set(
    "hideout hideouts position positions base bases convoy convoys patrol patrols checkpoint checkpoints "
    "camp camps vehicle vehicles outpost outposts headquarters targets target stronghold strongholds "
    "barracks post posts facilities bus truck depot depots cells cell site sites tanks warehouse "
    "installations installation compound garrison"
)

CIVILIANS = frozenset(
    "pastoralist pastoralists nomads monks monk congregants infants housewife grandmother civilian civilians villager villagers worshipper worshippers worshiper worshipers farmer farmers child children "
    "journalist journalists reporter reporters cameraman photographer editor aid-worker workers worker woman women "
    "man men boy boys girl girls student students teacher teachers schoolgirl schoolgirls schoolboy schoolchildren "
    "pupil pupils passenger passengers resident residents refugee refugees trader traders herder herders shepherd "
    "shepherds driver drivers miner miners fisherman fishermen family families people person persons tourist "
    "tourists pilgrim pilgrims politician politicians mayor judge judges lawyer lawyers prosecutor candidate "
    "candidates priest priests pastor imam cleric clerics doctor doctors nurse nurses medic medics bystander "
    "bystanders pedestrian pedestrians shopper shoppers motorist motorists merchant merchants businessman "
    "businessmen peasant peasants laborers labourers laborer labourer employee employees engineer engineers "
    "official officials lawmaker lawmakers councilor councillor activist activists hostage hostages Palestinians "
    "christians shiites sunnis hindus muslims yazidis mourners mourner churchgoers baby infant toddler teenager "
    "teenagers youth youths elder elders chief chieftain migrants migrant volunteers volunteer contractor "
    "contractors trucker truckers nun nuns bishop ex-president politicians leader expatriates foreigners foreigner "
    "adivasi tribal tribals dalits headman sarpanch informer informers locals inhabitants mother father "
    "couple relatives wife husband son daughter brother brothers sister commuters diplomat diplomats minister "
    "consul ambassador senator academic professor unionist unionists campesinos prostitute vendor vendors passers passer "
    "passersby passerby customers customer patients patient guests clerks clerk onlookers diners spectators visitors "
    "travellers travelers inmates inmate prisoners prisoner detainees detainee cyclist cyclists preacher clergyman clergymen "
    "seminarian seminarians rabbi blogger headmaster headteacher babies kids grandfather uncle aunt cousin niece nephew "
    "sons daughters wives mothers fathers fishers loggers hunters attendees revellers evacuees paramedic paramedics "
    "rescuers electricians technicians technician builders".lower().split()
)
PROTESTERS = _set(
    "protester protesters protestor protestors demonstrator demonstrators marchers strikers picketers"
)
RIOTERS = _set("rioter rioters mob mobs looters looter stone-throwers hooligans")


_POSSESSIVE = re.compile(r"['’]s\b")


class ActorMention(Struct, frozen=True, kw_only=True, gc=False):
    """An actor named in a text, at characters start to end. ``text`` equals that slice.

    ``generic`` marks words that name no one ("militants", "government forces"); ``country`` is the
    alpha-2 code of the state that the words or the data name.
    """

    start: int
    end: int
    text: str
    name: str
    id: str | None
    kind: Kind
    generic: bool = False
    country: str | None = None


class NamedActor(Struct, frozen=True, kw_only=True):
    """A row of the actor data."""

    id: str
    name: str
    kind: Kind
    country: str | None = None


class ActorLexicon(Struct, frozen=True, kw_only=True):
    """The actor data, ready for look-up by folded words."""

    #: Folded alias to its actor and whether it must stand in capitals ("IS", "SDF").
    aliases: dict[str, tuple[NamedActor, bool]]
    #: First word of an alias to the most words of any alias that begins so.
    firsts: dict[str, int]
    #: Folded nation words (names and adjectives) to alpha-2; the adjectives apart, country names.
    #: Words with which a mention may begin; all others are passed over.
    starts: frozenset[str]
    #: The second words of names, of those first words that say nothing by themselves ("the", "san").
    follow: dict[str, frozenset[str]]
    demonyms: dict[str, str]
    countries: dict[str, str]
    country_names: dict[str, str]
    military: dict[str, str]
    police: dict[str, str]

    def forces_of(self, country: str | None, *, police: bool = False) -> tuple[str, str | None]:
        """Return name and id of a state's army or police; of "government forces" when no state is known."""
        if country is None:
            return ("Police Forces" if police else "Government Forces"), None
        known = (self.police if police else self.military).get(country)
        label = "Police" if police else "Military"
        name = known or f"{label} Forces of {self.country_names.get(country, country)}"
        return name, f"{label.lower()}-{country.lower()}"


@cache
def load() -> ActorLexicon:
    """Return the actor lexicon that is shipped; read once (a few milliseconds), then shared."""
    data = files("dateline.incidents") / "data"
    aliases: dict[str, tuple[NamedActor, bool]] = {}
    for row in csv.DictReader((data / "actors.csv").read_text("utf-8").splitlines()):
        actor = NamedActor(
            id=row["id"], name=row["name"], kind=_kind(row["kind"]), country=row["country"] or None
        )
        for alias in (row["name"], *row["aliases"].split("|")):
            if alias:
                key = fold(_POSSESSIVE.sub("", alias))  # texts are read without possessives
                aliases.setdefault(key, (actor, _is_acronym(alias)))
    firsts: dict[str, int] = {}
    for alias in aliases:
        words = alias.split()
        firsts[words[0]] = max(firsts.get(words[0], 0), len(words))
    demonyms: dict[str, str] = {}
    countries: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in csv.DictReader((data / "countries.csv").read_text("utf-8").splitlines()):
        names[row["iso2"]] = row["name"]
        for name in (row["name"], *row["aliases"].split("|")):
            countries.setdefault(fold(name), row["iso2"])
        demonyms.update({fold(name): row["iso2"] for name in row["demonyms"].split("|") if name})
    countries.pop("", None)
    demonyms.update({"us": "US", "u s": "US", "uk": "GB", "u k": "GB"})
    forces = list(csv.DictReader((data / "state_forces.csv").read_text("utf-8").splitlines()))
    return ActorLexicon(
        aliases=aliases,
        firsts=firsts,
        starts=_starts(firsts, demonyms, countries),
        follow=_follow(aliases, demonyms, countries),
        demonyms=demonyms,
        countries=countries,
        country_names=names,
        military={row["iso2"]: row["military"] for row in forces},
        police={row["iso2"]: row["police"] for row in forces},
    )


def _follow(
    aliases: dict[str, tuple[NamedActor, bool]], demonyms: dict[str, str], countries: dict[str, str]
) -> dict[str, frozenset[str]]:
    crowds = ARMED_GENERIC | ARMED_UNKNOWN | CIVILIANS | PROTESTERS | RIOTERS
    alone = (
        crowds | FORCES | FORCE_MODIFIERS | POLICE | ARMED_PEOPLE | {"pro", *aliases, *demonyms, *countries}
    )
    found: dict[str, set[str]] = {}
    for name in (*aliases, *demonyms, *countries):
        first, _, rest = name.partition(" ")
        if rest and first not in alone:
            found.setdefault(first, set()).add(rest.split()[0])
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _starts(*tables: dict[str, int] | dict[str, str]) -> frozenset[str]:
    firsts = frozenset(name.split()[0] for table in tables for name in table)
    crowds = ARMED_GENERIC | ARMED_UNKNOWN | CIVILIANS | PROTESTERS | RIOTERS
    return firsts | crowds | FORCES | FORCE_MODIFIERS | POLICE | ARMED_PEOPLE | {"pro"}


def _is_acronym(alias: str) -> bool:
    letters = [ch for ch in alias if ch.isalpha()]
    return len(letters) <= 6 and sum(ch.isupper() for ch in letters) > len(letters) / 2


def _kind(text: str) -> Kind:
    kinds: dict[str, Kind] = {
        "State forces": "State forces",
        "Rebel group": "Rebel group",
        "Political militia": "Political militia",
        "Identity militia": "Identity militia",
        "External/other forces": "External/other forces",
    }
    return kinds[text]
