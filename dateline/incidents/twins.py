"""Two standing incidents that turn out to be one event.

Owns the decision, which asks for more than ``match`` does, and folding the later into the earlier. Refuses
to tell one mention from one incident (``match``).

    twin(mention, before, after, candidates, now) -> Incident | None
    folded(survivor, other, article_id, now) -> (survivor, other)
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

import msgspec

from dateline.dedup.lineage import independent_sources, placed
from dateline.incidents import references
from dateline.incidents.claims import united_toll
from dateline.incidents.evidence import kept
from dateline.incidents.history import is_disputed, joined, stepped
from dateline.incidents.likeness import actor_likeness, shared_figure, toll_likeness, wording_likeness
from dateline.incidents.match import likeness
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.odds import odds
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Count, Incident, Step
from dateline.incidents.uniting import spoken_for, united_slots
from dateline.model import Disposition
from dateline.resemblance import Verdict

STRONG = 2.0
"""Least log-odds (``odds``) by which a mention ties each of two standing incidents, seven to one. To join what is known
a quarter of that is enough (``match``): a mention is told once, two records that are joined stay so."""

SAME_WORDS = 0.5
"""Share of the telling words from which on two tellings are one event's, figures allowing."""

FITTING = 0.5
"""Least likeness of tolls: .4 and less speaks against one event."""

_NOVEL = Verdict(disposition=Disposition.NOVEL)
_COPIES = ("reprint", "retelling")
_NEVER = datetime.max.replace(tzinfo=UTC)


def twin(
    mention: Incident,
    before: Incident,
    after: Incident,
    candidates: Iterable[Incident],
    now: datetime,
    *,
    apart: Collection[str] = (),
) -> Incident | None:
    """Return the standing incident that a mention shows to be one with the one that it was told to, or None.

    The mention tells both of them strongly, by more than type, day and place, and with what is known now
    the two match each other. Never two that one article told as two, nor a closed one.

    Args:
        mention: what an article tells.
        before: the incident that it was told to, as it stood before.
        after: the same with the mention in it.
        candidates: what else is known.
        now: aware UTC.
        apart: ids of incidents that the article tells beside this one.
    """
    if after.status != "open" or not _ties(mention, before, now):
        return None
    told_by = articles_of(after)
    found = [
        (score, one)
        for one in candidates
        if one.id not in (after.id, *apart)
        and one.status == "open"
        and _ties(mention, one, now)
        and not told_by & articles_of(one)
        and (score := likeness(after, one, now)) is not None
        and _agree(after, one)
    ]
    return max(found, key=lambda each: (each[0], each[1].id))[1] if found else None


def elder(one: Incident, other: Incident) -> tuple[Incident, Incident]:
    """Return both, the one that was opened first before the other; of equals the lesser id."""
    first, second = sorted((one, other), key=lambda each: (each.first_seen_at or _NEVER, each.id))
    return first, second


def folded(survivor: Incident, other: Incident, article_id: str, now: datetime) -> tuple[Incident, Incident]:
    """Return both as they stand when ``other`` goes on in ``survivor``, versions as they were.

    The survivor holds the claims, articles, evidence and sources of both; the articles are placed anew, so
    that independent sources count once. The other stays as it stood, closed, and says where it goes on.
    """
    articles = _articles(survivor, other)
    spun = references.outvoted(articles)
    toll = united_toll(survivor.toll, other.toll)
    trusted = toll
    base = survivor
    if references.all_spun(survivor.articles) and not references.all_spun(other.articles):
        base, trusted = spoken_for(survivor, other), other.toll
    united = united_slots(base, other) if not references.all_spun(other.articles) else base
    reason = f"{article_id} tells of both as of one event"
    whole = msgspec.structs.replace(
        united,
        toll=references.weighed(toll, spun, trusted),
        articles=articles,
        independent_sources=independent_sources(articles),
        evidence=kept(survivor.evidence + other.evidence, articles),
        history=joined(survivor.history, other.history),
        needs_review=united.needs_review or _doubted(survivor) or _doubted(other),
    )
    step = Step(event="merged", at=now, incident=other.id, article=article_id, reason=reason)
    closed = msgspec.structs.replace(other, status="merged", merged_into=survivor.id)
    return stepped(whole, step), stepped(closed, msgspec.structs.replace(step, incident=survivor.id))


def articles_of(incident: Incident) -> frozenset[str]:
    """Return the ids of all articles that have a word in an incident; a long list of them is cut."""
    counts: list[Count | None] = [getattr(incident.toll, kind) for kind in TOLL_KINDS]
    claims = {claim.article for count in counts if count is not None for claim in count.claims}
    refs = {ref.id for ref in incident.articles}
    return frozenset(refs | claims | {item.article for item in incident.evidence}) - {""}


def _ties(mention: Incident, known: Incident, now: datetime) -> bool:
    """Tell whether a mention tells an incident strongly, by more than its type, day and place."""
    if likeness(mention, known, now) is None:
        return False
    told = odds(mention, known)
    return told is not None and told.total >= STRONG and _agree(mention, known) and _proven(mention, known)


def _proven(a: Incident, b: Incident) -> bool:
    actors, toll = actor_likeness(a, b), toll_likeness(a, b)
    if wording_likeness(a, b) >= SAME_WORDS and toll >= FITTING:
        return True
    figure = shared_figure(a, b)
    return actors >= FITTING and (figure >= 3 or (figure >= 1 and actors >= 0.75))


def _agree(a: Incident, b: Incident) -> bool:
    """Tell whether nothing that both tell speaks against one event: place, day, sides, figures."""
    day, place = day_likeness(a.date, b.date), place_likeness(a.place, b.place)
    if day is None or place is None or place <= 0.5:
        return False
    return toll_likeness(a, b) >= FITTING and actor_likeness(a, b) >= 0.35


def _doubted(incident: Incident) -> bool:
    return incident.needs_review and is_disputed(incident)


def _articles(survivor: Incident, other: Incident) -> tuple[ArticleRef, ...]:
    """Return the references of both: copies as they were, the others placed among all."""
    refs = survivor.articles
    for ref in other.articles:
        if ref.lineage in _COPIES or ref.spun:
            refs = references.joined(refs, ref, _NOVEL)
            continue
        new = placed(msgspec.structs.replace(ref, lineage="independent"), _NOVEL, refs)
        refs = references.joined(refs, new, _NOVEL)
    return refs
