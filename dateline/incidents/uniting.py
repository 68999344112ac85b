"""What two tellings of one event come to, slot by slot.

Owns which of two types, days, places, sides and assertions stands. Refuses tolls (``claims``), articles
(``references``) and proofs (``evidence``), which are never chosen but added.

    united_slots(existing, coded) -> Incident
    spoken_for(existing, coded) -> Incident
"""

import msgspec

from dateline.incidents.history import is_disputed
from dateline.incidents.likeness import actor_keys, is_generic
from dateline.incidents.record import Actor, Actors, Assertion, Incident, Place, Source, When

_NAMELESS = "Unidentified Armed Group"
_ARMED = frozenset({"Rebel group", "Political militia", "Identity militia"})
MAX_SOURCES = 50
MAX_ACTORS = 12

#: The codebook's order: of tactics at once, the first names the event.
_ORDER = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Armed clash",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Excessive force against protesters",
    "Mob violence",
    "Violent demonstration",
    "Protest with intervention",
    "Peaceful protest",
)
_ASSERTIONS = ("reported", "claimed", "alleged", "suspected")  # from firm to weak


def united_slots(existing: Incident, coded: Incident) -> Incident:
    """Return the incident with what a telling adds to its slots; articles, toll and evidence are as they were.

    A more precise place or day is adopted, a higher tactic of the codebook's order names the event, actors
    and sources are united. Id, version, first_seen_at, class and history stay.
    """
    named = coded if _higher_type(existing, coded) else existing
    return msgspec.structs.replace(
        existing,
        confidence=max(existing.confidence, coded.confidence),
        needs_review=existing.needs_review and (coded.needs_review or is_disputed(existing)),
        event_type=named.event_type,
        sub_event_type=named.sub_event_type,
        disorder_type=named.disorder_type,
        civilian_targeting=existing.civilian_targeting or coded.civilian_targeting,
        plover=named.plover or existing.plover or coded.plover,
        gtd_attacktype=named.gtd_attacktype or existing.gtd_attacktype or coded.gtd_attacktype,
        date=_better_date(existing.date, coded.date),
        place=_better_place(existing.place, coded.place),
        actors=_actors(existing.actors, coded.actors),
        n_events=existing.n_events if existing.n_events is not None else coded.n_events,
        n_strikes=existing.n_strikes if existing.n_strikes is not None else coded.n_strikes,
        assertion=_firmer(existing, coded),
        sources=all_sources(existing.sources, coded.sources),
        language=existing.language or coded.language,
    )


def spoken_for(existing: Incident, coded: Incident) -> Incident:
    """Return an incident that spun copies told with what the clean article says of it, where it says it."""
    actors = coded.actors if coded.actors != Actors() else existing.actors
    return msgspec.structs.replace(
        existing,
        confidence=coded.confidence,
        needs_review=coded.needs_review,
        event_type=coded.event_type,
        sub_event_type=coded.sub_event_type,
        disorder_type=coded.disorder_type,
        civilian_targeting=coded.civilian_targeting,
        plover=coded.plover or existing.plover,
        gtd_attacktype=coded.gtd_attacktype or existing.gtd_attacktype,
        date=coded.date or existing.date,
        place=coded.place or existing.place,
        actors=actors,
        n_events=coded.n_events if coded.n_events is not None else existing.n_events,
        n_strikes=coded.n_strikes if coded.n_strikes is not None else existing.n_strikes,
        assertion=coded.assertion,
        sources=all_sources(coded.sources, existing.sources),
    )


def _higher_type(existing: Incident, coded: Incident) -> bool:
    if existing.sub_event_type not in _ORDER or coded.sub_event_type not in _ORDER:
        return False
    higher = _ORDER.index(coded.sub_event_type) < _ORDER.index(existing.sub_event_type)
    return higher and coded.confidence >= 0.5 and coded.assertion in ("reported", existing.assertion)


def _better_date(old: When | None, new: When | None) -> When | None:
    if old is None or new is None:
        return old or new
    return new if _vagueness(new) < _vagueness(old) else old


def _vagueness(when: When) -> tuple[bool, bool, int, int]:
    return (when.is_report_date, when.inferred, when.precision, (when.end - when.start).days)


def _better_place(old: Place | None, new: Place | None) -> Place | None:
    if old is None or new is None:
        return old or new
    return new if _looseness(new) < _looseness(old) else old


def _looseness(place: Place) -> tuple[bool, bool, int]:
    return (place.lat is None or place.lon is None, place.inferred, place.geo_precision or 4)


def _firmer(existing: Incident, coded: Incident) -> Assertion:
    if existing.assertion not in _ASSERTIONS or coded.assertion not in _ASSERTIONS:
        return existing.assertion
    return min(existing.assertion, coded.assertion, key=_ASSERTIONS.index)


def _actors(old: Actors, new: Actors) -> Actors:
    """Unite the sides; whom one telling has on the one and another on the other stands where it was proven first."""
    doers, hit = _off(old.perpetrator, new.target), _off(old.target, new.perpetrator)
    return Actors(
        perpetrator=_united(doers, _off(new.perpetrator, hit, surely=True)),
        target=_united(hit, _off(new.target, doers, surely=True)),
        other=_united(old.other, new.other),
    )


def _off(side: tuple[Actor, ...], other: tuple[Actor, ...], *, surely: bool = False) -> tuple[Actor, ...]:
    """Return a side less those that another telling has on the other.

    Only the inferred of a side give way, and only to proven ones; with ``surely`` all do.
    """
    there = {key for actor in other if surely or not actor.inferred for key in actor_keys(actor)}
    return tuple(one for one in side if not ((surely or one.inferred) and actor_keys(one) & there))


def _united(old: tuple[Actor, ...], new: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Add actors that are new; "armed men" beside a named group adds nothing, and gives way to its name."""
    named = any(actor.id is not None and actor.kind in _ARMED for actor in new)
    kept = [actor for actor in old if not (named and actor.name == _NAMELESS)]
    known = {key for actor in kept for key in actor_keys(actor)}
    for actor in new:
        if actor_keys(actor) & known or (kept and is_generic(actor)) or len(kept) >= MAX_ACTORS:
            continue
        kept.append(actor)
        known |= actor_keys(actor)
    return tuple(kept)


def all_sources(old: tuple[Source, ...], new: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources cited in either, each name once, at most ``MAX_SOURCES``."""
    kept = list(old)
    known = {source.name.casefold() for source in old}
    for source in new:
        if source.name.casefold() not in known and len(kept) < MAX_SOURCES:
            kept.append(source)
            known.add(source.name.casefold())
    return tuple(kept)
