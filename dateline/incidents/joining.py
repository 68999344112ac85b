"""Which sentences tell of one event.

Owns folding a sentence into a draft: same kind of event, no other day, no other
town, no other count. Refuses to fill slots and to open drafts (``opening``). The trigger word is never sufficient: two bombings in
one country on one day stay two.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from dateline.incidents import guards, rivals
from dateline.incidents.readings import Reading, event_time, own_tolls
from dateline.incidents.record import IncidentClass, Place
from dateline.incidents.sides import Side
from dateline.incidents.taxonomy import SUB_TYPES, Code
from dateline.incidents.times import TimeMention

_EARTH_DIAMETER_KM = 12_742
TOWN_APART_KM = 20.0
"""Two named towns further apart than this are two places of an event."""

_VIOLENT = ("battle", "remote", "vac")


class Draft(Struct, kw_only=True):
    """Sentences gathered for one event. Lives only while one article is coded."""

    class_: IncidentClass
    readings: list[Reading]
    code: Code
    place: Place | None = None
    when: TimeMention | None = None
    #: An act told beside the one that names an event of the article.
    beside: bool = False
    #: It was foiled: a device that was found.
    attempted: bool = False

    @property
    def first(self) -> Reading:
        return self.readings[0]


def alike(one: Code, two: Code) -> bool:
    """Whether two sub-types may name one event told twice."""
    families = SUB_TYPES[one].family, SUB_TYPES[two].family
    if one is two or (families[0] in _VIOLENT and families[1] in _VIOLENT):
        return True
    crowd = ("protest", "riot")
    if families[0] in crowd and families[1] in crowd:
        return True
    return {families[0], families[1]} <= {"riot", "vac"} and Code.MOB in (one, two)


def days_agree(one: TimeMention | None, two: TimeMention | None) -> bool:
    """Whether two times may be one day. An unknown time agrees with any."""
    if one is None or two is None:
        return True
    slack = timedelta(days=1 if max(one.precision, two.precision) > 1 else 0)
    return one.first <= two.last + slack and two.first <= one.last + slack


def places_agree(one: Place | None, two: Place | None) -> bool:
    """Whether two places may be one: unknown, the same, or one within the other's radius."""
    if one is None or two is None:
        return True
    if one.iso2 and two.iso2 and one.iso2 != two.iso2:
        return False
    if one.lat is None or two.lat is None or one.lon is None or two.lon is None:
        return True
    if one.name == two.name:
        return True
    reach = (
        max(one.radius_km or 0, two.radius_km or 0)
        if max(one.geo_precision or 1, two.geo_precision or 1) > 1
        else 0
    )
    return distance_km(one.lat, one.lon, two.lat, two.lon) <= reach + TOWN_APART_KM


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in decimal degrees."""
    half = sin(radians(lat2 - lat) / 2) ** 2
    half += cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))


def tolls_agree(draft: Draft, reading: Reading) -> bool:
    """Whether the killed of a sentence may be those of the draft: none told, or ranges that meet."""
    told = [
        one for each in draft.readings for one in own_tolls(each) if one.kind == "killed" and one.max != 0
    ]
    new = [one for one in own_tolls(reading) if one.kind == "killed" and one.max != 0]
    if not told or not new or (reading.names_event and _is_called(draft, reading.names_event)):
        return True
    if adds_side(draft, reading):
        return True
    return any(a.min <= (b.max or 10**6) and b.min <= (a.max or 10**6) for a in told for b in new) or any(
        b.min <= a.min for a in told for b in new if reading.refers
    )


def adds_side(draft: Draft, reading: Reading) -> bool:
    """Whether a sentence counts the other side's losses ("One soldier died." after seven assailants)."""
    before = frozenset(side for one in draft.readings if one is not reading for side in one.victims)
    other = bool(before) and bool(reading.victims) and not before & reading.victims
    return other and event_time(reading) is None and not reading.apart


def only_counts(reading: Reading) -> bool:
    """Whether a sentence only counts the dead or hurt ("Hospital staff said 20 were injured.") and names no act."""
    bare = bool(own_tolls(reading)) or bool(reading.triggers)
    return bare and all(one.act == "toll" for one in reading.triggers)


def _fills(draft: Draft, reading: Reading) -> bool:
    """Whether a bare count tells a kind of harm of which the draft's sentences tell none."""
    told = {one.kind for each in draft.readings for one in own_tolls(each)}
    new = {one.kind for one in own_tolls(reading) if one.max != 0}
    return bool(new) and not new & told


_TACTIC = {
    Code.AIR_DRONE: "fire",
    Code.SHELLING: "fire",
    Code.SUICIDE: "bomb",
    Code.IED_MINE: "bomb",
    Code.GRENADE: "bomb",
    Code.CHEMICAL: "chemical",
    Code.ABDUCTION: "abduction",
    Code.SEXUAL: "sexual",
}


def same_tactic(draft: Draft, reading: Reading) -> bool:
    """Whether a sentence names no other tactic than the draft's: "the attack" may be a bombing, an air raid not."""
    if reading.code is None:
        return True
    if SUB_TYPES[reading.code].family == "battle" and any(
        each.code is not None and each.strong and SUB_TYPES[each.code].family == "battle"
        for each in draft.readings
    ):
        return True  # The base that suicide bombers hit was stormed as well.
    one = _TACTIC.get(draft.code, "arms")
    two = _TACTIC.get(reading.code, "arms")
    loose = not any(each.strong and each.code for each in reading.triggers) or not any(
        each.strong and each.code for told in draft.readings for each in told.triggers
    )
    if "fire" in (one, two) and one != two:
        # "The attack" of rebels is no air raid, though both may be told of one day and place.
        rebels = any(each.side is Side.REBEL for told in draft.readings for each in told.sides)
        loose = loose and not rebels
    return one == two or (loose and "arms" in (one, two))


def home(
    drafts: Sequence[Draft],
    reading: Reading,
    place: Place | None,
    *,
    may_open: bool,
    adjacent: Callable[[Draft], bool],
) -> Draft | None:
    """Return the draft that a sentence goes on about, or None when it is about something else.

    The latest draft is asked first. "The attack" needs no more than agreement; without such words a
    sentence must stand beside the draft's last, or tell the same day and town.
    """
    fresh = [draft for draft in reversed(drafts) if draft.class_ == "fresh"]
    if reading.names_event and not (reading.names_event == "attack" and fresh and adjacent(fresh[0])):
        # "The raid" is first of all what was called a raid; "the attack" right behind an event is that event.
        fresh.sort(key=lambda draft: not _is_called(draft, reading.names_event))
    for draft in fresh:
        if places_agree(draft.place, place) and _continues(draft, reading, place, may_open, adjacent(draft)):
            return draft
    if len(fresh) == 1 and only_counts(reading) and not reading.apart and not may_open:
        only = fresh[0]
        bare = event_time(reading) is None and (place is None or place.geo_precision is None)
        if bare and SUB_TYPES[only.code].family in _VIOLENT and _fills(only, reading):
            return only
    for draft in fresh:
        if adjacent(draft) and _goes_on(draft, reading, place):
            return draft if _continues(draft, reading, place, may_open, near=True) else None
    return None


def _continues(draft: Draft, reading: Reading, place: Place | None, may_open: bool, near: bool) -> bool:
    """Whether a sentence goes on about a draft with whose place it does not quarrel."""
    when = event_time(reading)
    counts = only_counts(reading) and not reading.apart
    crowd = SUB_TYPES[draft.code].family in ("protest", "riot")
    if reading.code is not None and not (counts and crowd) and not alike(draft.code, reading.code):
        violent = SUB_TYPES[draft.code].family in _VIOLENT
        sequel = reading.code is Code.ARRESTS and guards.names_suspects(reading.low) and not reading.apart
        return violent and (
            (near and _after_effect(reading, when, place)) or (sequel and bool(reading.names_event or near))
        )
    days = days_agree(draft.when, when) or rivals.claimed_later(draft.when, reading, when)
    if not days or not _may_be_called(draft, reading.names_event):
        return False
    late = when is None or rivals.claimed_later(draft.when, reading, when)
    own = place is None and rivals.claims(reading)
    rival = late and not reading.apart and (own or (only_counts(reading) and rivals.counts_anew(reading.low)))
    if may_open and not rival and not tolls_agree(draft, reading):
        return False
    of_them = near and reading.refers and (when is None or draft.when is None) and not reading.apart
    if ((may_open and reading.apart) or not same_tactic(draft, reading)) and not (
        reading.names_event or of_them
    ):
        return False
    if reading.code is None or (counts and crowd):
        bare = counts and when is None and (place is None or place.geo_precision is None)
        return near and bool(reading.refers or reading.names_event or bare)
    named = bool(reading.names_event) and not reading.apart
    return named or near or _same_slots(draft, when, place)


def _goes_on(draft: Draft, reading: Reading, place: Place | None) -> bool:
    """Whether a sentence without a day, a toll or "elsewhere" only tells the same place in other words."""
    towns = [one for one in (draft.place, place) if one is not None and one.geo_precision == 1]
    bare = event_time(reading) is None and not own_tolls(reading) and not reading.apart
    bare = bare and not guards.tells_about(reading.low)
    return bare and len(towns) < 2 and same_tactic(draft, reading)


AFTERMATH = frozenset({Code.ARRESTS, Code.WEAPONS, Code.LOOTING, Code.GROUP_CHANGE, Code.OTHER})


def _after_effect(reading: Reading, when: TimeMention | None, place: Place | None) -> bool:
    """Whether arrests, finds, burning or a search are told as part of the violence before: no day, no place."""
    return reading.code in AFTERMATH and when is None and place is None


def stray(drafts: Sequence[Draft], reading: Reading, place: Place | None) -> bool:
    """Whether a line that stands alone tells another kind of event without day, place or a word that ties it.

    In a story with an event of its own that is a teaser of another story that was left in the text.
    """
    fresh = [one for one in drafts if one.class_ == "fresh"]
    if not fresh or reading.code is None or not reading.strong or reading.code in AFTERMATH:
        return False
    tied = bool(reading.refers or reading.names_event or reading.apart)
    if event_time(reading) is not None:  # Its own day ties it, unless crowds and arms are told in one breath.
        tied = tied or any(alike(one.code, reading.code) for one in fresh)
    own = place is not None and place.geo_precision is not None
    return (
        not tied
        and not own
        and bool(own_tolls(reading))
        and all(one.code is not reading.code for one in fresh)
    )


_ANY_EVENT = (
    "attack",
    "incident",
    "violence",
    "killing",
    "operation",
    "fighting",
    "assault",
    "crime",
    "raid",
)


def _may_be_called(draft: Draft, noun: str) -> bool:
    """Whether "the ambush", "the blast" may be the draft: it was called so, or the noun fits any event."""
    if not noun or noun.startswith(_ANY_EVENT):
        return True
    return _is_called(draft, noun)


_SYNONYMS = (
    ("blast", "explo", "bomb", "landmine", " ied", "grenade", "detonat", "went off", "device"),
    ("shooting", "gunf", "shot", "shoot", "opened fire", "fired"),
    ("murder", "assass", "killing", "shot", "stab", "gunned", "killed", "dead"),
    ("abduct", "kidnap", "hostage", "seized"),
    ("protest", "demonstr", "rally", "march"),
    ("strike", "airstrike", "raid", "bomb", "shell", "missile", "drone"),
    ("clash", "battle", "firefight", "gunfight", "fighting", "encounter", "exchange"),
    ("arrest", "detain", "captur"),
    ("truce", "ceasefire", "cease-fire"),
)


def _is_called(draft: Draft, noun: str) -> bool:
    """Whether a draft's sentences hold the noun or a word for the same thing."""
    words = {noun[:5]}.union(*(row for row in _SYNONYMS if noun.startswith(row)))
    return any(word in one.low for one in draft.readings for word in words)


def _same_slots(draft: Draft, when: TimeMention | None, place: Place | None) -> bool:
    """Whether day and town are told on both sides, and are the same (``home`` saw that they agree)."""
    both_days = when is not None and draft.when is not None
    towns = [one for one in (draft.place, place) if one is not None and one.geo_precision in (1, 2)]
    return (both_days and len(towns) != 1) or (len(towns) == 2 and (when is None or draft.when is None))
