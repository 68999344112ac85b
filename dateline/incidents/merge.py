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
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Count, Incident
from dateline.incidents.uniting import all_sources, spoken_for, united_slots
from dateline.resemblance import Verdict

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
        sources=all_sources(coded.sources, ()),
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
        existing = spoken_for(existing, coded)
        toll = references.weighed(toll, spun, coded.toll)
    return msgspec.structs.replace(
        united_slots(existing, coded),
        toll=references.weighed(toll, spun, toll),
        articles=articles,
        independent_sources=independent_sources(articles),
        evidence=kept(existing.evidence + owned(coded.evidence, article), articles),
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
