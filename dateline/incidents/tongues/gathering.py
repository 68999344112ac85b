"""Sentences that tell of one event, gathered; those that tell of others, kept apart.

Owns what joins a sentence to the event before it. Refuses to fill the slots (``coding``).
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.incidents.nearness import distance_km
from dateline.incidents.record import IncidentClass, Place
from dateline.incidents.taxonomy import SUB_TYPES, Code, highest
from dateline.incidents.tongues.reading import Reading, opens

FOLLOWS = 2
"""Sentences after an event's last one that may still add to it without naming the act."""

APART_KM = 40.0
"""Towns farther from each other than this are two places."""

_VIOLENT = frozenset({"battle", "remote", "vac"})
_CROWDS = frozenset({"protest", "riot"})


class Draft(Struct, kw_only=True):
    """One event as it is gathered. ``numbers`` are the sentences by their place in the article."""

    class_: IncidentClass
    code: Code
    readings: list[Reading]
    numbers: list[int]
    place: Place | None = None

    @property
    def first(self) -> Reading:
        return self.readings[0]


def gather(readings: Sequence[Reading], places: Sequence[Place | None], *, tame: bool) -> list[Draft]:
    """Return the events of an article in the order in which they are first told."""
    drafts: list[Draft] = []
    for number, (one, place) in enumerate(zip(readings, places, strict=True)):
        opening = opens(one, tame=tame)
        counts = one.class_ == "aggregate" and one.counted and one.code is not None
        if opening or counts:
            assert one.class_ is not None
            home = _home(drafts, one, place)
            if home is not None:
                _join(home, one, place, number)
            elif one.code is not None:
                drafts.append(
                    Draft(class_=one.class_, code=one.code, readings=[one], numbers=[number], place=place)
                )
            continue
        last = max((draft for draft in drafts), key=lambda draft: draft.numbers[-1], default=None)
        if last is not None and _follows(last, one, place, number):
            _join(last, one, place, number)
    return drafts


def _home(drafts: Sequence[Draft], one: Reading, place: Place | None) -> Draft | None:
    """Return the event that a sentence, which could open one of its own, tells of again."""
    if one.class_ != "fresh" or one.has("another"):
        return None
    for draft in reversed(drafts):
        if draft.class_ == "fresh" and one.code is not None and _alike(draft, one, place):
            return draft
    return None


def _alike(draft: Draft, one: Reading, place: Place | None) -> bool:
    assert one.code is not None
    if _apart(draft.place, place) or _other_day(draft, one):
        return False
    left, right = SUB_TYPES[draft.code].family, SUB_TYPES[one.code].family
    same = left == right or {left, right} <= _VIOLENT or {left, right} <= _CROWDS
    if not same:
        return False
    return not (draft.code is not one.code and "sd" in (left, right))


def _apart(left: Place | None, right: Place | None) -> bool:
    """Whether two places are surely not one."""
    if left is None or right is None:
        return False
    if left.iso2 and right.iso2 and left.iso2 != right.iso2:
        return True
    if left.lat is None or right.lat is None or left.lon is None or right.lon is None:
        return False
    away = distance_km(left.lat, left.lon, right.lat, right.lon)
    if 3 in (left.geo_precision, right.geo_precision):
        return bool(left.admin1 and right.admin1 and left.admin1 != right.admin1) and away > 2 * APART_KM
    return away > APART_KM


def _other_day(draft: Draft, one: Reading) -> bool:
    mine = one.when()
    theirs = next((when for each in draft.readings if (when := each.when())), None)
    if mine is None or theirs is None:
        return False
    return mine.first > theirs.last or theirs.first > mine.last


def _follows(draft: Draft, one: Reading, place: Place | None, number: int) -> bool:
    """Whether a sentence that opens nothing adds to the event just told."""
    if number - draft.numbers[-1] > FOLLOWS or one.has("another", "past", "aftermath"):
        return False
    if one.class_ not in ("fresh", draft.class_) or draft.class_ != "fresh":
        return False
    if _other_day(draft, one) or (one.placed() and _apart(draft.place, place)):
        return False
    if one.code is not None and SUB_TYPES[one.code].family != SUB_TYPES[draft.code].family:
        both = {SUB_TYPES[one.code].family, SUB_TYPES[draft.code].family}
        if one.strong:  # "the attack began when …": another tactic, with neither toll nor place of its own
            return both <= _VIOLENT and not one.tolls and not one.placed()
        return bool(one.tolls) or both <= _VIOLENT
    return bool(one.tolls or one.sides.perpetrator or one.sides.target or one.placed() or one.when())


def _join(draft: Draft, one: Reading, place: Place | None, number: int) -> None:
    draft.readings.append(one)
    draft.numbers.append(number)
    finer = place is not None and (
        draft.place is None or (place.geo_precision or 4) < (draft.place.geo_precision or 4)
    )
    if finer and not (draft.place is not None and draft.place.geo_precision):
        draft.place = place
    if one.code is not None and one.strong:
        lead = SUB_TYPES[draft.code].family
        if lead == SUB_TYPES[one.code].family or (not draft.first.strong):
            draft.code = highest((draft.code, one.code)) if draft.first.strong else one.code
        elif draft.code is Code.ATTACK and SUB_TYPES[one.code].family == "remote":
            draft.code = one.code
