"""What a revised article does to the incidents that its earlier versions told of.

Owns: which of its mentions is which of its incidents, and replacing what it said. Refuses to retract: an
incident that a revision no longer tells of stands as it is, for others may have it from that article.

    pair(mentions, own, article_id, now) -> {number of the mention: incident id}
    restate(existing, mention, article, now) -> (Incident, changed) | None
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from dateline.dedup.lineage import independent_sources
from dateline.incidents.claims import claimed, restated_toll
from dateline.incidents.history import is_disputed
from dateline.incidents.likeness import type_likeness, wording_likeness
from dateline.incidents.match import likeness
from dateline.incidents.merge import open_incident, united, versioned
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.parting import rest_of
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Claim, Count, Incident
from dateline.incidents.references import credited, outvoted, weighed

SAME_WORDS = 0.5
"""Least share of telling words that make a mention the same sentence, with its place or day corrected."""


def told_by(incidents: Iterable[Incident], article_id: str) -> tuple[Incident, ...]:
    """Return the incidents that the article is a source of."""
    return tuple(
        one
        for one in incidents
        if any(ref.id == article_id for ref in one.articles) or _claims_of(one, article_id)
    )


def speaks(own: Iterable[Incident], article_id: str) -> bool:
    """Tell whether the article has a word in its incidents, and is not only listed as a copy."""
    return any(
        _claims_of(one, article_id)
        or any(ref.id == article_id and ref.lineage != "reprint" for ref in one.articles)
        for one in own
    )


def pair(
    mentions: Sequence[Incident], own: Sequence[Incident], article_id: str, now: datetime
) -> dict[int, str]:
    """Return which mention of a revision tells of which incident of its article, the most alike first.

    Each incident is told by one mention, each mention tells of one. Alike is what ``match`` finds so, its
    rule for two mentions of one article aside; the same words with another place or day; and the only
    mention with the only incident, where type, place and day can be the same.
    """
    lone = len(mentions) == len(own) == 1
    ranked = []
    for number, mention in enumerate(mentions):
        for known in own:
            score = _sameness(mention, _disowned(known, article_id), now, lone=lone)
            if score:
                ranked.append((-score, number, known.id))
    pairs: dict[int, str] = {}
    for _, number, incident_id in sorted(ranked):
        if number not in pairs and incident_id not in pairs.values():
            pairs[number] = incident_id
    return pairs


def restate(
    existing: Incident, coded: Incident, article: ArticleRef, now: datetime, *, origin: str | None = None
) -> tuple[Incident, tuple[str, ...]] | None:
    """Return the incident with an article's earlier word replaced, and the fields that changed; or None.

    Claims, evidence and reference of the article are replaced, not added. An incident that it alone
    tells of (copies aside) becomes what it says now; id, first_seen_at and copies stay, and so do a day and
    a place that it leaves out. What others said stays, and united with it what they all say of place, day and
    sides; a place and a day that only its own words gave follow them. The article stays what it was: original,
    independent, retelling or reprint, spun or clean.
    """
    before = next((ref for ref in existing.articles if ref.id == article.id), None)
    if before is not None:
        article = msgspec.structs.replace(article, lineage=before.lineage, spun=before.spun)
    article = credited(article, origin)
    articles = tuple(article if ref.id == article.id else ref for ref in existing.articles)
    if is_alone(existing, article.id):
        anew = open_incident(coded, article, now, existing.id)
        told = msgspec.structs.replace(
            anew,
            date=anew.date or existing.date,
            place=anew.place or existing.place,
            articles=articles,
            independent_sources=independent_sources(articles),
            first_seen_at=existing.first_seen_at,
            needs_review=anew.needs_review or (existing.needs_review and is_disputed(existing)),
            status=existing.status,
            history=existing.history,
            severity=existing.severity,
            watches=existing.watches,
        )
        return versioned(existing, told, now)
    bare = rest_of(existing, (article.id,))
    rest = msgspec.structs.replace(
        existing,
        articles=articles,
        evidence=bare.evidence,
        date=bare.date if coded.date else existing.date,
        place=bare.place if coded.place else existing.place,
    )
    toll = restated_toll(existing.toll, claimed(coded, article), article.id)
    toll = weighed(toll, outvoted(articles), toll)
    told = msgspec.structs.replace(united(rest, coded, article), toll=toll)
    return versioned(existing, told, now)


def _sameness(mention: Incident, known: Incident, now: datetime, *, lone: bool) -> float:
    alike = likeness(mention, known, now)
    if alike is not None:
        return 1.0 + alike
    if type_likeness(mention, known) is None:
        return 0.0
    words = wording_likeness(mention, known)
    if words >= SAME_WORDS:
        return words
    day, place = day_likeness(mention.date, known.date), place_likeness(mention.place, known.place)
    return 0.1 if lone and day is not None and place is not None else 0.0


def _disowned(incident: Incident, article_id: str) -> Incident:
    """Hide that the evidence is the article's: two mentions of one version are told apart, not of two."""
    evidence = tuple(
        msgspec.structs.replace(item, article="") if item.article == article_id else item
        for item in incident.evidence
    )
    return msgspec.structs.replace(incident, evidence=evidence)


def is_alone(incident: Incident, article_id: str) -> bool:
    """Tell whether no other article than this one and copies has a word in the incident."""
    others = [ref for ref in incident.articles if ref.id != article_id]
    return (
        len(others) < len(incident.articles)
        and all(ref.lineage == "reprint" for ref in others)
        and all(item.article == article_id for item in incident.evidence)
        and all(claim.article == article_id for claim in _all_claims(incident))
    )


def _claims_of(incident: Incident, article_id: str) -> bool:
    return any(claim.article == article_id for claim in _all_claims(incident))


def _all_claims(incident: Incident) -> list[Claim]:
    counts: list[Count | None] = [getattr(incident.toll, kind) for kind in TOLL_KINDS]
    return [claim for count in counts if count is not None for claim in count.claims]
