"""What a joined sentence adds to a draft: its day, its finer place, the tactic that it names.

Owns that, and which of its sentences' days is the draft's. ``joining`` decides whether a sentence belongs to a draft at all.
"""

import re

from dateline.incidents.joining import Draft
from dateline.incidents.readings import Reading, event_time, own_tolls
from dateline.incidents.record import Place
from dateline.incidents.taxonomy import SUB_TYPES, Code, highest
from dateline.incidents.times import TimeMention

_FROM_AFAR = frozenset({Code.AIR_DRONE, Code.SHELLING})
REGION = 3
"""A geo_precision: the place of a draft that a later sentence may narrow down to a town."""


def fold(draft: Draft, reading: Reading, place: Place | None, when: TimeMention | None) -> None:
    """Add a sentence to a draft: an earlier day stays, a finer place and a named tactic win."""
    draft.readings.append(reading)
    if draft.when is None:
        draft.when = when
    finer = (
        place is not None
        and not _speaks(reading)
        and (
            draft.place is None
            or (
                (place.geo_precision or 9) < (draft.place.geo_precision or 9)
                and (draft.place.geo_precision in (None, REGION) or _inside(place, draft.place))
            )
        )
    )
    if finer:
        draft.place = place
    if reading.code is not None and reading.strong:
        named = any(one.strong and one.code for one in reading.triggers)
        if (
            named or SUB_TYPES[draft.code].family != "remote"
        ):  # "96 were killed" does not make a battle of a raid
            draft.code = _named_by(draft, reading.code)


def own_time(draft: Draft) -> TimeMention | None:
    """Return the time that a draft's first dated sentence tells, or a later one within it: "in January", "on 25 January"."""
    times = [time for one in draft.readings if (time := event_time(one))]
    if not times:
        return None
    first = times[0]
    within = (
        one for one in times if one.precision == 1 and first.first <= one.first and one.last <= first.last
    )
    return next(within, first) if first.precision > 1 else first


_SPEAKER = re.compile(
    r"^\W{0,2}[\"“‘]|\b(?:who (?:heads|runs|leads|works|teaches)|institutes?|university|think[- ]tank|analysts?|researchers?|experts?|"
    r"spokes\w+|diplomats?|professor|director|research group)\b"
)


def _speaks(reading: Reading) -> bool:
    """Whether a sentence without act or count is a voice about the event: its places are not the event's."""
    return not reading.triggers and not own_tolls(reading) and bool(_SPEAKER.search(reading.low))


def _inside(place: Place, wider: Place) -> bool:
    """Whether a town lies in a district, or is the very town near which the draft was told."""
    return wider.name in (place.name, place.admin2, place.admin1)


def _named_by(draft: Draft, code: Code) -> Code:
    """A draft opened by "the attack" takes the tactic that a later sentence names; else the higher one wins."""
    loose = not any(one.strong and one.code for one in draft.first.triggers)
    if loose and SUB_TYPES[code].family == "remote":
        return code
    if {draft.code, code} == _FROM_AFAR and not loose:
        return draft.code  # Drones shot down beside a shelling do not make it an air strike.
    return highest((draft.code, code))
