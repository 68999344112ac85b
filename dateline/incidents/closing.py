"""What a retraction, a denial or a correction does to an incident that stands.

Owns the rules: who may close an incident, and what is only noted. Refuses to read texts (``retractions``)
and to find the incident that is meant (``disputes``). A wrong retraction costs more than a missed one.

    disputed(incident, Retraction, article, now) -> (Incident, Event) | None
    restored(before, after, article, now) -> Incident
"""

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from dateline.dedup.kinship import same_source
from dateline.incidents.claims import united_toll, without
from dateline.incidents.history import has, stepped
from dateline.incidents.parting import rest_of
from dateline.incidents.record import (
    TOLL_KINDS,
    ArticleRef,
    Claim,
    Count,
    Event,
    Incident,
    Retraction,
    Source,
    Step,
    Toll,
    Turn,
)
from dateline.incidents.uniting import all_sources

_AUTHORITIES = ("police or military", "officials")
_FIRE = re.compile(
    r"\b(?:fire (?:department|service|brigade|chief|officials?)|firefighters|emergency (?:services|management|officials)|"
    r"bomb (?:squad|disposal)|prosecutors?|interior|civil defen[cs]e|sheriff|governor|mayor|constabulary)\b",
    re.IGNORECASE,
)
_ARMED = re.compile(
    r"\b(?:army|military|defen[cs]e|air ?force|navy|troops|coalition|command|commander|forces?|brigade|general|colonel|"
    r"junta|regime|marines|soldiers|idf|nato)\b",
    re.IGNORECASE,
)
_POLICE = re.compile(r"\bpolice\b", re.IGNORECASE)
_STATE = ("State forces", "External/other forces")
_COPIES = ("reprint", "retelling")


def disputed(
    incident: Incident,
    retraction: Retraction,
    article: ArticleRef,
    now: datetime,
    *,
    kin: Iterable[str] = (),
) -> tuple[Incident, Event] | None:
    """Return the incident as it stands after a retraction, and the envelope that tells it; None for no change.

    - The source that alone told it withdraws it, or says by itself that it was not so: ``retracted``.
    - An authority that is no party to it says that it did not happen, and one source alone told it: ``retracted``.
    - What is said to have been a demolition or fireworks closes only where nobody was killed.
    - Else the event is ``denied``: it stays open, for review. A publisher that withdraws takes its own word with it.
    - A withdrawn toll corrects the claims of that publisher: ``corrected``.
    - A denial of responsibility is noted (``denied``), with who denies among the sources.

    What an article, or one that it copies (``kin``), has noted once is not noted again.
    """
    if incident.status != "open":
        return None
    turned = _turn(incident, retraction, article, now)
    if turned is None:
        return None
    step, articles = turned[0].history[-1], {article.id, *kin}
    said = any(one.article in articles and one.reason == step.reason for one in incident.history)
    return None if said or has(incident, step.event, articles) else turned


def restored(before: Incident, after: Incident, article: ArticleRef, now: datetime) -> Incident:
    """Return an incident as it stands when an article has told it: a retracted one opens again.

    Only for one that speaks for itself and has another source than those that told it before.
    """
    if before.status != "retracted" or article.lineage in _COPIES or article.spun:
        return after
    if any(ref.id == article.id for ref in before.articles) or same_source(article, before.articles):
        return after
    step = Step(
        event="restored",
        at=now,
        article=article.id,
        reason=f"{article.publisher or article.id} tells it on its own",
    )
    return stepped(msgspec.structs.replace(after, status="open", needs_review=True), step)


def _turn(
    incident: Incident, retraction: Retraction, article: ArticleRef, now: datetime
) -> tuple[Incident, Event] | None:
    if retraction.kind == "toll":
        return _corrected(incident, retraction, article, now)
    cited = all_sources(incident.sources, (retraction.by,) if retraction.by else ())
    if retraction.kind == "denied":
        told = msgspec.structs.replace(incident, sources=cited)
        return _turned(told, "denied", retraction, article, now), "updated"
    mine, others = _parted(incident, retraction, article)
    alone = bool(mine) and not others
    own_word = retraction.kind == "withdrawn" or retraction.by is None
    # Demolitions and fireworks kill nobody: with dead it was another bang of that day.
    harmless = retraction.kind != "cause" or incident.toll.killed is None
    if harmless and ((alone and own_word) or _may_close(incident, retraction)):
        told = msgspec.structs.replace(incident, status="retracted")
        return _turned(told, "retracted", retraction, article, now), "retracted"
    if retraction.kind == "withdrawn":
        if not mine:
            return None
        incident = rest_of(incident, [ref.id for ref in mine])
    told = msgspec.structs.replace(
        incident, needs_review=True, sources=incident.sources if own_word else cited
    )
    return _turned(told, "denied", retraction, article, now), "updated"


def is_authority(by: Source | None) -> bool:
    """Tell whether a source is an office that would know: police, officials, fire and emergency services."""
    return by is not None and (by.kind in _AUTHORITIES or bool(_FIRE.search(by.name)))


def _may_close(incident: Incident, retraction: Retraction) -> bool:
    by = retraction.by
    return (
        retraction.kind in ("untrue", "cause")
        and is_authority(by)
        and incident.independent_sources <= 1
        and not _is_party(incident, by)
        and incident.assertion != "claimed"
    )


def _is_party(incident: Incident, by: Source | None) -> bool:
    """Tell whether who denies has a side in the event: the army, of what an army did or suffered."""
    if by is None:
        return False
    did, met = incident.actors.perpetrator, incident.actors.target
    if any(one.kind in _STATE for one in did):
        return True
    if _ARMED.search(by.name):
        return any(one.kind in _STATE for one in met)
    return bool(_POLICE.search(by.name)) and any(_POLICE.search(one.name) for one in (*did, *met))


def _parted(
    incident: Incident, retraction: Retraction, article: ArticleRef
) -> tuple[list[ArticleRef], list[ArticleRef]]:
    """Return the articles of the source that withdraws, and those that tell on their own besides."""
    voices = (
        [article]
        if retraction.by is None or retraction.kind != "withdrawn"
        else _named(retraction.by, article)
    )
    heads = [ref for ref in incident.articles if ref.lineage not in _COPIES and not ref.spun]
    mine = [ref for ref in heads if any(ref.id == one.id or same_source(one, (ref,)) for one in voices)]
    return mine, [ref for ref in heads if ref not in mine]


def _named(by: Source, article: ArticleRef) -> list[ArticleRef]:
    named = ArticleRef(id="", publisher=by.name)
    return [named, article] if same_source(named, (article,)) else [named]


def _turned(
    incident: Incident, turn: Turn, retraction: Retraction, article: ArticleRef, now: datetime
) -> Incident:
    return stepped(
        incident, Step(event=turn, at=now, article=article.id, reason=" ".join(retraction.said.text.split()))
    )


def _corrected(
    incident: Incident, retraction: Retraction, article: ArticleRef, now: datetime
) -> tuple[Incident, Event] | None:
    """Return the incident with the publisher's own claims of that harm replaced, or None where it has none."""
    voices = [article] if retraction.by is None else _named(retraction.by, article)
    said_in = {
        ref.id
        for ref in incident.articles
        if ref.lineage not in _COPIES and any(ref.id == one.id or same_source(one, (ref,)) for one in voices)
    }
    kinds = [kind for kind in TOLL_KINDS if getattr(retraction.toll, kind) is not None]
    counts = {kind: getattr(incident.toll, kind) for kind in TOLL_KINDS}
    for kind in kinds:
        count: Count | None = counts[kind]
        if count is None or not any(claim.article in said_in for claim in count.claims):
            return None
        rest = without(Toll(killed=count), said_in).killed
        now_told: Count = getattr(retraction.toll, kind)
        claim = Claim(
            source=article.publisher,
            min=now_told.min,
            max=now_told.max,
            as_of=article.published_at,
            article=article.id,
        )
        told = msgspec.structs.replace(now_told, claims=(claim,))
        counts[kind] = united_toll(Toll(killed=rest), Toll(killed=told)).killed
    told_now = msgspec.structs.replace(incident, toll=Toll(**counts))
    if not kinds or told_now == incident:
        return None
    return _turned(told_now, "corrected", retraction, article, now), "updated"
