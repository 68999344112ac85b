"""One incident out of many articles: open it, update it, attach a reprint.

Owns: what a merge keeps. Refuses to decide whether to merge (``match``) and to mint ids. Every
function is pure, and merging is idempotent: what an article has brought, it brings once.
"""

from collections.abc import Collection
from datetime import datetime

import msgspec

from dateline.dedup.agencies import GENERIC, SEPARATOR
from dateline.dedup.lineage import independent_sources
from dateline.incidents import references
from dateline.incidents.claims import claimed, united_toll
from dateline.incidents.evidence import kept, owned
from dateline.incidents.likeness import actor_keys, is_generic
from dateline.incidents.record import (
    TOLL_KINDS,
    Actor,
    Actors,
    ArticleRef,
    Assertion,
    Count,
    Incident,
    Place,
    Source,
    When,
)
from dateline.resemblance import Verdict

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
#: Severity and watches follow from the rest (``watches.marked``): they never make an envelope by themselves.
_UNCOUNTED = frozenset({"version", "updated_at", "severity", "watches"})


def open_incident(
    coded: Incident, article: ArticleRef, now: datetime, incident_id: str, *, origin: str | None = None
) -> Incident:
    """Return the incident that a coded mention opens, version 1, told by one article.

    The article carries its lineage and spin (``dedup.lineage.placed``); ``origin`` is its origin where the
    reference has none.
    """
    article = references.credited(article, origin)
    coded = references.doubted(coded, article)
    return msgspec.structs.replace(
        coded,
        id=incident_id,
        version=1,
        toll=claimed(coded, article),
        sources=_sources(coded.sources, ()),
        articles=(article,),
        independent_sources=1,
        evidence=kept(owned(coded.evidence, article), (article,)),
        first_seen_at=now,
        updated_at=now,
    )


def update(
    existing: Incident,
    coded: Incident,
    article: ArticleRef,
    now: datetime,
    *,
    origin: str | None = None,
    verdict: Verdict | None = None,
    kin: Collection[str] = (),
    seen_at: datetime | None = None,
) -> tuple[Incident, tuple[str, ...]] | None:
    """Return the incident with what an article adds, and the names of the fields that changed; or None.

    None means that nothing changed, as for every replay of an article. Version grows by 1. ``verdict``, ``kin``
    and ``seen_at`` are those that the article was ``placed`` by (``dedup.lineage``), which turn those that it precedes.
    """
    told = united(existing, coded, article, origin=origin, verdict=verdict, kin=kin, seen_at=seen_at)
    return versioned(existing, told, now)


def united(
    existing: Incident,
    coded: Incident,
    article: ArticleRef,
    *,
    origin: str | None = None,
    verdict: Verdict | None = None,
    kin: Collection[str] = (),
    seen_at: datetime | None = None,
) -> Incident:
    """Return the incident with what an article adds, its version as it was.

    Claims are only added and the toll's range follows them; a more precise place or day is adopted,
    actors and sources are united. Id, first_seen_at and class stay. Beside a clean article a spun one adds
    its claims, behind the others and outside the range; the first clean one speaks for the spun before it.
    """
    article = references.credited(article, origin)
    articles = references.joined(existing.articles, article, verdict, kin, seen_at)
    spun = references.outvoted(articles)
    toll = united_toll(existing.toll, claimed(coded, article))
    if article.id in spun:
        return msgspec.structs.replace(
            existing,
            articles=articles,
            independent_sources=independent_sources(articles),
            toll=references.weighed(toll, spun, existing.toll),
        )
    coded = references.doubted(coded, article)
    if references.is_first_clean(article, existing.articles, spun):
        existing = _spoken_for(existing, coded)
        toll = references.weighed(toll, spun, coded.toll)
    firmer = _higher_type(existing, coded)
    named = coded if firmer else existing
    return msgspec.structs.replace(
        existing,
        confidence=max(existing.confidence, coded.confidence),
        needs_review=existing.needs_review and coded.needs_review,
        event_type=named.event_type,
        sub_event_type=named.sub_event_type,
        disorder_type=named.disorder_type,
        civilian_targeting=existing.civilian_targeting or coded.civilian_targeting,
        plover=named.plover or existing.plover or coded.plover,
        gtd_attacktype=named.gtd_attacktype or existing.gtd_attacktype or coded.gtd_attacktype,
        date=_better_date(existing.date, coded.date),
        place=_better_place(existing.place, coded.place),
        actors=_actors(existing.actors, coded.actors),
        toll=references.weighed(toll, spun, toll),
        n_events=existing.n_events if existing.n_events is not None else coded.n_events,
        n_strikes=existing.n_strikes if existing.n_strikes is not None else coded.n_strikes,
        assertion=_firmer(existing, coded),
        sources=_sources(existing.sources, coded.sources),
        articles=articles,
        independent_sources=independent_sources(articles),
        evidence=kept(existing.evidence + owned(coded.evidence, article), articles),
        language=existing.language or coded.language,
    )


def attach(
    existing: Incident,
    article: ArticleRef,
    now: datetime,
    *,
    verdict: Verdict | None = None,
    kin: Collection[str] = (),
    seen_at: datetime | None = None,
) -> tuple[Incident, tuple[str, ...]] | None:
    """Return the incident with a copy's reference added, and the changed fields; None when it has it.

    An article that takes the place of one that copied it (``dedup.lineage.turned``) is listed as such. Where it
    shows all before it to be spun, and is not told itself, the incident is less sure, and for review.
    """
    articles = references.joined(existing.articles, article, verdict, kin, seen_at)
    count = independent_sources(articles)
    merged = msgspec.structs.replace(existing, articles=articles, independent_sources=count)
    if not references.all_spun(existing.articles) and references.all_spun(articles[: len(existing.articles)]):
        merged = references.lowered(merged)
    return versioned(existing, merged, now)


def update_needed(existing: Incident, coded: Incident) -> bool:
    """Tell whether a mention brings a figure that no claim of the incident has: then a reprint is news."""
    for kind in TOLL_KINDS:
        new: Count | None = getattr(coded.toll, kind)
        old: Count | None = getattr(existing.toll, kind)
        if new is None:
            continue
        if old is None or (new.min, new.max) not in {
            (old.min, old.max),
            *((c.min, c.max) for c in old.claims),
        }:
            return True
    return False


def origins(incident: Incident) -> frozenset[str]:
    """Return the origins that its articles credit, for ``dedup.lineage.lineage``."""
    named = {name for ref in incident.articles for name in ref.origin.split(SEPARATOR)}
    return frozenset(named - {"", GENERIC})


def versioned(existing: Incident, merged: Incident, now: datetime) -> tuple[Incident, tuple[str, ...]] | None:
    """Return ``merged`` as the next version of ``existing`` and the fields that differ; None when none does."""
    changed = tuple(
        field.encode_name
        for field in msgspec.structs.fields(Incident)
        if field.name not in _UNCOUNTED and getattr(existing, field.name) != getattr(merged, field.name)
    )
    if not changed:
        return None
    return msgspec.structs.replace(merged, version=existing.version + 1, updated_at=now), changed


def _spoken_for(existing: Incident, coded: Incident) -> Incident:
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
        sources=_sources(coded.sources, existing.sources),
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
    return Actors(
        perpetrator=_united(old.perpetrator, new.perpetrator),
        target=_united(old.target, new.target),
        other=_united(old.other, new.other),
    )


def _united(old: tuple[Actor, ...], new: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Add actors that are new; "armed men" beside a named group adds nothing."""
    kept = list(old)
    known = {key for actor in old for key in actor_keys(actor)}
    for actor in new:
        if actor_keys(actor) & known or (kept and is_generic(actor)) or len(kept) >= MAX_ACTORS:
            continue
        kept.append(actor)
        known |= actor_keys(actor)
    return tuple(kept)


def _sources(old: tuple[Source, ...], new: tuple[Source, ...]) -> tuple[Source, ...]:
    kept = list(old)
    known = {source.name.casefold() for source in old}
    for source in new:
        if source.name.casefold() not in known and len(kept) < MAX_SOURCES:
            kept.append(source)
            known.add(source.name.casefold())
    return tuple(kept)
