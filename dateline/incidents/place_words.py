"""The closed word classes by which English places its events.

Owns the words around place names: prepositions, directions, types of place, words that make a name
a person, an organisation or an origin. Refuses to match anything itself.
"""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DIRECTIONS = {
    "north": "n", "northern": "n", "south": "s", "southern": "s", "east": "e", "eastern": "e", "west": "w",
    "western": "w", "central": "c", "northeast": "ne", "northeastern": "ne", "northwest": "nw",
    "northwestern": "nw", "southeast": "se", "southeastern": "se", "southwest": "sw", "southwestern": "sw",
    "north-east": "ne", "north-eastern": "ne", "north-west": "nw", "north-western": "nw", "south-east": "se",
    "south-eastern": "se", "south-west": "sw", "south-western": "sw", "upper": "c", "lower": "c", "mid": "c",
}  # fmt: skip

ADMIN_TYPES = _set(
    "province provinces governorate governorates state states department departments county counties "
    "region prefecture oblast krai emirate republic division wilaya regional"
)
DISTRICT_TYPES = _set(
    "district districts municipality block mandal tehsil taluk taluka subdistrict sub-district circle "
    "raion woreda zone territory cercle commune canton borough township locality lga area subdivision upazila sub-division"
)
TOWN_TYPES = _set(
    "town city village hamlet port capital municipality settlement neighborhood neighbourhood suburb camp "
    "kampung barangay"
)
AREA_TYPES = _set(
    "desert countryside outskirts suburbs forest forests mountain mountains hills valley plain plains "
    "basin peninsula enclave corridor jungle jungles border coast delta island islands lake river belt "
    "axis front frontline periphery hinterland environs surroundings steppe"
)
SITE_TYPES = _set(
    "airport airbase base prison university hospital market mosque church school hotel bridge dam stadium "
    "square station junction crossing refinery oilfield mine road highway street bazaar cathedral temple "
    "barracks garrison checkpoint farm embassy courthouse jail central international military road main "
    "air"
)
"""Things named after the town they stand in: "Damascus University", "Shayrat airbase"."""

ORG_WORDS = _set(
    "post times news agency herald tribune gazette newspaper radio tv television press journal observer "
    "mail telegraph observatory institute foundation bank airlines airways club fc united saint-germain "
    "accord accords agreement treaty convention declaration protocol process talks summit conference "
    "court-martial company corporation ltd inc group index stock exchange review cup league open marathon "
    "opera philharmonic"
)
TITLES = _set(
    "mr mrs ms dr sir president minister premier general gen colonel col lieutenant lt captain capt major "
    "maj sergeant sgt commander sheikh sheik imam prince princess king queen pope father rev reverend "
    "bishop judge senator sen rep representative governor gov mayor professor prof ambassador inspector "
    "constable comrade alias named identified spokesman spokeswoman spokesperson secretary chancellor "
    "chief lady lord admiral brigadier brig ayatollah mullah maulana mufti"
)
PLACE_TITLES = _set("sheikh sheik general colonel king prince sir")
"""Titles with which names of towns begin as well: "Sheikh Zuweid", "General Santos"."""

ORIGIN_SUFFIXES = _set(
    "based born bound led backed controlled held run trained style registered aligned linked funded "
    "supported allied sponsored made educated occupied administered ruled dominated"
)
"""After a hyphen they tell who someone is, not where something happened: "Britain-based", "Iran-backed"."""

UNITS = _set(
    "dalam dalams squad squads committee committees faction brigade battalion regiment cell platoon lgs los "
    "bureau command"
)
UNIT_AREAS = _set(
    "area zonal sub-zonal divisional district special zone local regional state organising guerrilla border"
)
"""Between a name and a unit: "the Korukonda area committee" is people, not a place."""

PARTICLES = _set(
    "al el ul ed ez as es ash ad an ar at az de del della la las los le les du da do dos das di of bin "
    "ibn bou sur sous upon and y e en an-"
)

AROUND = _set(
    "outskirts vicinity countryside suburbs edge edges fringe fringes surroundings environs hinterland "
    "periphery"
)
"""Parts around a town: what happened there happened near it."""

SPEECH = _set("said says say told asked added recalled replied insisted wrote explained")

LEAD = (
    _set(
        "the a an its their his some several two three both part parts area areas of country's country’s "
        "nearby remote ancient old historic restive volatile besieged war-torn strategic key main small "
        "border port coastal oil-rich rebel-held government-held desert capital city town village hamlet "
        "villages towns cities suburb suburbs neighborhood neighbourhood district province governorate region "
        "state county department outskirts countryside center centre heart vicinity municipality locality "
        "mountainous flashpoint commercial provincial regional federal direction called named known as "
        "disputed troubled predominantly mainly mostly northernmost southernmost districts provinces states "
        "camp refugee eastern-most nation's far extreme downtown tribal semi-autonomous autonomous landlocked "
        "west-central holy biggest largest second-largest island conflict-hit insurgency-hit war-ravaged "
        "neighboring neighbouring"
    )
    | frozenset(DIRECTIONS)
    | AROUND
)
"""What may stand between a preposition and the name that it governs."""

NEAR = frozenset(["near", "nearby", "outside", "around", "off"])
DISTANCES = _set("km kms kilometer kilometers kilometre kilometres mile miles mi minutes hours")
CLOSE = frozenset(["close", "next", "adjacent"])
INSIDE = _set(
    "in at inside within into across throughout over on along entered stormed captured seized overran "
    "retook recaptured attacked bombed shelled hit struck raided targeted pounded besieged taken took "
    "takes taking retaken retaking recapturing capturing seizing overrunning occupied occupying "
    "liberated control entering storming shelling bombing pounding attacking raiding striking hitting "
    "looted looting ransacked torched"
)
TOWARD = _set("to toward towards via through for onto")
AWAY = _set("from with against bordering than like unlike")
ORIGINS = _set(
    "resident native hailing hails citizen national inhabitant born-in belongs belonging originally wanted"
)
"""Before "of X" or "from X" they tell where one person is from."""

TAKEN = _set(
    "arrested arresting abducted abducting kidnapped kidnapping seized seizing recovered recovering apprehended detained "
    "captured nabbed snatched rescued unearthed recovery arrest abduction kidnapping reported"
)
"""Before "from X" they say that it happened in X."""

CLAUSES = _set(
    "who which that when where while after before because hails hailing came fled escaped returned returning but"
)

SOURCES = _set(
    "told buried funeral funerals hospitalized hospitalised exile exiled studied born raised conference "
    "statement briefing speaking spoke summit negotiations meeting met reporters correspondent educated "
    "condemned welcomed denounced praised criticised criticized announced mourned "
    "lives living based headquartered hideaway residing"
)
"""Before "in X" they place a speaker, a burial or an office: not the event."""

ROUTES = _set("stretches stretching stretch extends extending extend runs running border borders way off")

NAMING = _set("identified namely alias named")
"""Before a list of persons."""

ROADS = _set("road roads highway route track motorway")

SMALL = _set("the and of in on at to for from with by as or an a y e that which was were is are has have had")
"""Words that never belong to a name when everything is in capitals."""

SAINTS = _set("st ste mt ft sta sto")
"""Abbreviations that take a full stop inside a name."""

OWNERS = _set("cox king queen prince")
"""Persons whose possessive begins a name: "Cox's Bazar"."""

FOLLOWERS = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december police army mayor governor spokesman residents authorities officials "
    "government forces military and on in at late early last this local administrative"
)
"""Capitalised words that may follow a place without making it part of a person's name."""

PREDECESSORS = (
    LEAD
    | INSIDE
    | NEAR
    | TOWARD
    | AWAY
    | _set("greater between after before since while as and or when where but most all")
    | _set("monday tuesday wednesday thursday friday saturday sunday")
)
"""Capitalised words that may stand before a place without making it part of a person's name."""

_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-zA-Z]{0,6}\.?"
_DAY = rf"(?:,? ?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{2,4}})?)"
_AGENCY = r"\([A-Z][\w./& -]{1,30}\)"
DATELINE = re.compile(
    rf"\s*(?:[A-Z][A-Z'’-]{{2,}}(?: [A-Z][A-Z'’.-]+){{0,3}}(?:[,/] ?[A-Z][\w.]+(?: [A-Z][\w.]+){{0,2}})?{_DAY}? ?(?:{_AGENCY})?"
    rf"|[A-Z][\w.'’ -]{{2,30}}(?:, [A-Z][\w. ]{{2,25}})?(?:{_DAY}|{_DAY}? ?{_AGENCY})) ?(?:\u2014|\u2013|--|-|:)"
)
"""A dateline: a town in capitals, or a town with day or agency, before a dash."""
