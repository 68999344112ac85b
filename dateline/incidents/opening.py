"""Which sentences may stand for an event by themselves.

Owns the weighing of what makes an event specific: a count, a day, a place, an armed side. Refuses to
join sentences (``joining``).
"""

import re

from msgspec import Struct

from dateline.incidents import guards
from dateline.incidents.readings import Reading, event_time, own_tolls, report_time
from dateline.incidents.record import Place
from dateline.incidents.sides import Side
from dateline.incidents.taxonomy import SUB_TYPES, Code

_PLURAL = re.compile(
    r"(?:^|\s)(?:attacks|assaults|raids|bombings|blasts|explosions|killings|shootings|kidnappings|abductions|clashes|"
    r"ambushes|airstrikes|strikes|arrests|massacres|murders|riots|protests|demonstrations|deaths|casualties)$|"
    r"^(?:bombs|grenades|landmines|mines|rockets|attacks (?:on|in|against|by))"
)


class Weigh(Struct, frozen=True):
    """What a sentence has that makes an event specific."""

    toll: bool
    time: bool
    place: bool
    actor: bool
    #: Strikes or events are counted.
    number: bool
    #: The trigger is plural: "attacks" alone are a habit.
    plural: bool

    @property
    def points(self) -> int:
        return self.toll + self.time + self.place + self.actor + self.number


def weigh(reading: Reading, place: Place | None) -> Weigh:
    """Return how specific a sentence is. A country alone is no place, a number of none no toll."""
    when = event_time(reading)
    armed = any(one.side in (Side.STATE, Side.REBEL) for one in reading.sides)
    return Weigh(
        toll=any(one.max != 0 for one in own_tolls(reading)),
        time=when is not None and when.precision <= 2,
        place=place is not None and place.geo_precision is not None,
        actor=armed,
        number=bool(reading.n_strikes or reading.n_events),
        plural=bool(reading.triggers)
        and all(_PLURAL.search(reading.low[one.start : one.end]) for one in reading.triggers),
    )


_DOING = frozenset({Code.PEACEFUL, Code.INTERVENTION, Code.AGREEMENT, Code.OTHER, Code.TRANSFER, Code.BASE})


def opens(
    reading: Reading, place: Place | None, *, strict: bool, lead: bool = False, late: bool = False
) -> bool:
    """Whether a sentence may stand for an event by itself.

    ``strict``: the article is probably ordinary. ``lead``: the sentence opens an article that is surely
    about violence, so that an armed side and its act are enough. ``late``: it stands so far down that
    what has no day is most likely a look back.
    """
    if reading.code is None or reading.ordinary or not reading.triggers:
        return False
    has = weigh(reading, place)
    if reading.habitual and not (has.toll and has.time):
        return False
    if has.plural and not (has.toll or has.time or has.number):
        return False
    if guards.tells_about(reading.low) and not (has.toll and has.time):
        return False
    need = 3 if strict else 2
    strategic = SUB_TYPES[reading.code].family == "sd"
    armed = any(
        one.kind in ("Rebel group", "Political militia", "Identity militia") for one in reading.actors
    )
    if reading.code is Code.ARRESTS and not armed and not guards.political(reading.low):
        return False
    if late and not has.time and report_time(reading) is None and not (has.toll and has.place):
        return False
    if reading.strong:
        enough = has.toll or has.time or (has.place and (has.actor or reading.code not in _DOING))
        if reading.code in _DOING or strategic:
            enough = has.toll or has.time or has.points >= 2
        enough = enough or bool(reading.n_strikes) or (lead and has.actor and not has.plural)
        return enough and (not strict or has.points >= need)
    if any(one.act != "toll" for one in reading.triggers):
        return has.points >= need and (has.toll or has.time)
    # A bare count of the dead needs an armed side in its sentence: accidents count their dead too.
    return has.toll and has.actor and has.points >= need
