"""An article that leaves an incident: what it said is taken out, what others said stays.

Owns withdrawing an article's word from a shared incident, and whether a revision shows that it told of
another event than the others. Refuses to say what the revision tells now (``revise``), and whose word is
withdrawn (``closing``).

    rest_of(incident, article_ids) -> Incident
    has_left(mention, rest, now) -> str
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import msgspec

from dateline.dedup.lineage import independent_sources
from dateline.incidents.claims import without
from dateline.incidents.likeness import actor_likeness, type_likeness
from dateline.incidents.match import likeness
from dateline.incidents.nearness import day_likeness, name_key, place_likeness
from dateline.incidents.record import Actors, ArticleRef, Evidence, Incident, When

OTHER_SIDES = 0.2
"""Up to this likeness both sides are named, and named otherwise."""


def rest_of(incident: Incident, article_ids: Collection[str]) -> Incident:
    """Return the incident without the claims, the evidence and the references of some articles.

    Its day, its place and its sides go, too, when only their words prove them. The count of sources follows; of those
    that stay, the first that is no copy is the original where that one went. Version and history stay.
    """
    gone = frozenset(article_ids)
    articles = _headed(tuple(ref for ref in incident.articles if ref.id not in gone))
    evidence = tuple(item for item in incident.evidence if item.article not in gone)
    lost = tuple(item for item in incident.evidence if item.article in gone)
    place, day = incident.place, incident.date
    if place is not None and not place.inferred:
        names = [name for name in map(name_key, (place.text, place.name)) if name]
        if _prove(lost, "place", names) and not _prove(evidence, "place", names):
            place = None
    # "Monday" of one is "9 March" of another: any day that the others tell is taken for the same.
    is_theirs = day is not None and not day.inferred and _prove(lost, "date", [name_key(day.text)])
    if is_theirs and not _prove(evidence, "date", [""]):
        day = None
    sides = {
        role: ()
        if _prove(lost, f"actors.{role}", [""]) and not _prove(evidence, f"actors.{role}", [""])
        else told
        for role, told in msgspec.structs.asdict(incident.actors).items()
    }
    return msgspec.structs.replace(
        incident,
        date=day,
        place=place,
        actors=Actors(**sides),
        toll=without(incident.toll, gone),
        articles=articles,
        independent_sources=independent_sources(articles),
        evidence=evidence,
    )


def has_left(mention: Incident, rest: Incident, now: datetime) -> str:
    """Return why a revised mention tells of another event than the others do, in a few words; else nothing.

    Only where type, place, day or both sides contradict what the others told; an untold one does not.
    """
    if likeness(mention, rest, now) is not None:
        return ""
    if type_likeness(mention, rest) is None:
        return f"it was {mention.sub_event_type}, not {rest.sub_event_type}"
    if place_likeness(mention.place, rest.place) is None and mention.place and rest.place:
        return f"it was in {mention.place.name}, not in {rest.place.name}"
    if day_likeness(mention.date, rest.date) is None and mention.date and rest.date:
        return f"it was on {mention.date.start}, not on {rest.date.start}"
    if mention.date is not None and _not_of(mention.date, rest):
        return f"it was on {mention.date.start}, after others had told"
    if actor_likeness(mention, rest) < OTHER_SIDES:
        return "it was done by others and to others"
    return ""


def _prove(pieces: Collection[Evidence], field: str, names: Collection[str]) -> bool:
    """Tell whether some piece proves a field, with one of the names in its words."""
    return any(field in one.supports and any(name in name_key(one.text) for name in names) for one in pieces)


def _not_of(day: When, rest: Incident) -> bool:
    """Tell whether all others had told before the day came."""
    told: list[date] = [ref.published_at.date() for ref in rest.articles if ref.published_at]
    return bool(told) and len(told) == len(rest.articles) and day.start > max(told) + timedelta(days=1)


def _headed(articles: tuple[ArticleRef, ...]) -> tuple[ArticleRef, ...]:
    if not articles or any(ref.lineage == "original" for ref in articles):
        return articles
    heads = [ref for ref in articles if ref.lineage == "independent" and not ref.spun]
    first = (heads or [ref for ref in articles if not ref.spun] or list(articles))[0]
    original = msgspec.structs.replace(first, lineage="original")
    return tuple(original if ref is first else ref for ref in articles)
