"""Who copied whom: what an article is to others that tell of the same, and how many tell it on their own.

Owns: the direction of copying, and the count of sources. Refuses to read credits (``credits``), word
similarity (``judge``) and the decision whether two articles tell of one event (``incidents.match``).

The rule behind every doubt: a source too few is a smaller error than a source too many, since an
analyst reads ``independent_sources`` as confirmation.

    placed(ref, verdict, siblings) -> ArticleRef      what an article is as it joins
    turned(siblings, ref, verdict) -> siblings        what it makes of those before it
    independent_sources(refs) -> int
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import msgspec

from dateline.dedup.credits import origin
from dateline.dedup.kinship import credited, is_known, same_source, sources
from dateline.incidents.record import ArticleRef
from dateline.model import Disposition, Lineage
from dateline.resemblance import Verdict

__all__ = ["independent_sources", "lineage", "origin", "placed", "turned"]

SOONER_S = 60.0
"""A lead of less than this proves nothing: many papers stamp a copy with the agency's minute."""

BELIEVED_S = 86_400.0
"""An article that says it was published longer than this before it was seen proves nothing by that: whoever
dates a copy back would take the place of any original. Every feed is looked at twice a day."""

WHOLE = 0.8
"""From this share on, one text stands whole in the other."""

PART = 0.6
"""Up to this share, a text is so much longer than the one it holds that it is no copy with a line added."""

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)
_COPIES = ("reprint", "retelling")
_NOVEL = Verdict(disposition=Disposition.NOVEL)


def lineage(
    verdict: Verdict,
    origin: str | None,
    *,
    url: str = "",
    publisher: str = "",
    siblings: Sequence[ArticleRef] = (),
    origins: Collection[str] = (),
    published_at: datetime | None = None,
) -> Lineage:
    """Return what an article is to the incident that ``siblings`` (its articles so far) tell of.

    ``placed`` for callers without a reference; ``origins`` are names that the incident credits
    besides those of its articles.
    """
    ref = ArticleRef(id="", url=url, publisher=publisher, origin=origin or "", published_at=published_at)
    return Lineage(placed(ref, verdict, siblings, origins).lineage)


def placed(
    ref: ArticleRef,
    verdict: Verdict,
    siblings: Sequence[ArticleRef],
    origins: Collection[str] = (),
    kin: Collection[str] = (),
    *,
    seen_at: datetime | None = None,
) -> ArticleRef:
    """Return the reference with its lineage and whether it is spun; the rest is the caller's.

    Without siblings it is the original, whoever it credits, unless its words are known already. One that
    shares its source with a sibling that speaks for itself (its text by the verdict, its credit, its
    publisher) is a reprint or retelling of it, or takes its place: when the sibling credits it, when it
    is the agency's own page, when it was published a minute sooner, or when neither tells and the sibling
    is a part of it. The rest is independent. A reference that is among the siblings keeps what it was.

    Args:
        ref: with id, url, publisher, origin and time of publication.
        verdict: what its text is to an earlier article, sibling or not.
        siblings: the incident's articles so far, as they stand.
        origins: names that the incident credits besides those of its articles.
        kin: ids of other articles with the same text, by which ``verdict.of`` is traced to the sibling that
            speaks for it.
        seen_at: when the article came in. Its time of publication counts if it is at most ``BELIEVED_S`` before.
    """
    for known in siblings:
        if known.id and known.id == ref.id:
            return msgspec.structs.replace(ref, lineage=known.lineage, spun=known.spun)
    if not siblings:
        return msgspec.structs.replace(ref, lineage="original", spun=verdict.spun)
    tied, behind = _ties(_believed(ref, seen_at), verdict, siblings, kin)
    if tied and len(behind) == len(tied):
        first = any(head.lineage == "original" for head in behind)
        # Of the two that are one text reworded, the one that is behind is the machine's.
        spun = verdict.spun and _head_of(verdict, siblings, behind, kin) is None
        return msgspec.structs.replace(ref, lineage="original" if first else "independent", spun=spun)
    if verdict.spun:
        return msgspec.structs.replace(ref, lineage="retelling", spun=True)
    if verdict.disposition in _REPEATS:
        return msgspec.structs.replace(ref, lineage="reprint")
    told = tied or verdict.disposition is Disposition.RETELLING or same_source(ref, siblings, origins)
    return msgspec.structs.replace(ref, lineage="retelling" if told else "independent")


def turned(
    siblings: Sequence[ArticleRef],
    ref: ArticleRef,
    verdict: Verdict | None = None,
    kin: Collection[str] = (),
    *,
    seen_at: datetime | None = None,
) -> tuple[ArticleRef, ...]:
    """Return the siblings as they stand once a ``placed`` reference has joined them, in their order.

    One that it proves to have copied becomes a reprint, or a retelling where only credits prove it; a
    spun one is marked as such. Where the reference is a copy too (it stands between the two), the one that it
    copies is the original in its stead. Else they stay as they are; so they do when it is among them.
    """
    told = tuple(siblings)
    verdict = verdict or _NOVEL
    if any(known.id == ref.id for known in told):
        return told
    tied, behind = _ties(_believed(ref, seen_at), verdict, told, kin)
    if not behind:
        return told
    parent = _head_of(verdict, told, tied, kin)
    changed = {head.id: _copy(head, verdict if head == parent else _NOVEL) for head in behind}
    ahead = next((head for head in tied if head.id not in changed), None)
    if ahead is not None and any(head.lineage == "original" for head in behind):
        changed[ahead.id] = msgspec.structs.replace(ahead, lineage="original")
    return tuple(changed.get(known.id, known) for known in told)


def independent_sources(refs: Iterable[ArticleRef]) -> int:
    """Return how many sources tell of an event on their own.

    Counted are articles that neither repeat nor retell, by whom they credit, else by their publisher:
    ten papers with one agency are one source, and so are all papers of one family (``publishers``). One
    that credits a paper whose article credits a third comes from the third. Spun copies count nothing;
    one that credits unnamed agencies counts nothing beside a named one. Articles of unknown publishers
    count as one together. 0 for no articles, else at least 1; adding a reprint, a retelling or a spun
    copy never raises it, unless it shows that two articles of one publisher have two sources.
    """
    told = tuple(refs)
    heads = [ref for ref in told if _is_head(ref)]
    return max(sources(told, heads), 1 if told else 0)


def _is_head(ref: ArticleRef) -> bool:
    return ref.lineage not in _COPIES and not ref.spun


def _believed(ref: ArticleRef, seen_at: datetime | None) -> ArticleRef:
    """Return the reference without a time of publication that is too long before it was seen."""
    if seen_at is None or ref.published_at is None:
        return ref
    is_old = (seen_at - ref.published_at).total_seconds() > BELIEVED_S
    return msgspec.structs.replace(ref, published_at=None) if is_old else ref


def _ties(
    ref: ArticleRef, verdict: Verdict, siblings: Sequence[ArticleRef], kin: Collection[str]
) -> tuple[list[ArticleRef], list[ArticleRef]]:
    """Return the siblings that speak for themselves and share the reference's source, and which it precedes."""
    heads = [known for known in siblings if known.lineage not in _COPIES]
    parent = _head_of(verdict, siblings, heads, kin)
    tied, behind = [], []
    for head in heads:
        by_text = parent is not None and head.id == parent.id
        if not by_text and not same_source(ref, (head,)):
            continue
        tied.append(head)
        if _precedes(ref, head, verdict if by_text else _NOVEL):
            behind.append(head)
    return tied, behind


def _head_of(
    verdict: Verdict, siblings: Sequence[ArticleRef], heads: Sequence[ArticleRef], kin: Collection[str]
) -> ArticleRef | None:
    """Return the sibling that speaks for the text that the verdict names: the article itself, or whose copy it is."""
    if verdict.of is None:
        return None
    same_text = {verdict.of, *kin}
    own = [head for head in heads if head.id in same_text]
    if own:
        return next((head for head in own if head.id == verdict.of), own[0])
    copies = [known for known in siblings if known.id in same_text]
    alike = [head for head in heads if any(same_source(copy, (head,)) for copy in copies)]
    if len(alike) == 1:
        return alike[0]
    return heads[0] if copies and len(heads) == 1 else None


def _precedes(ref: ArticleRef, head: ArticleRef, verdict: Verdict) -> bool:
    """Tell whether the head has from the reference what both say: by credit, own page, time, containment."""
    if (by_credit := credited(ref, head)) is not None:
        return by_credit
    if head.spun:
        return True
    if verdict.spun and is_known(ref) != is_known(head):
        return is_known(ref)  # a clock that anybody may set makes no newsroom's article the machine's
    lead_s = _lead_s(ref, head)
    if abs(lead_s) >= SOONER_S:
        return lead_s > 0
    return not verdict.spun and verdict.other_share >= WHOLE and 0 < verdict.share <= PART


def _lead_s(ref: ArticleRef, head: ArticleRef) -> float:
    """Return by how much the reference was published sooner, in seconds; 0 where either time is unknown."""
    if ref.published_at is None or head.published_at is None:
        return 0.0
    return (head.published_at - ref.published_at).total_seconds()


def _copy(head: ArticleRef, verdict: Verdict) -> ArticleRef:
    if verdict.spun or head.spun:
        return msgspec.structs.replace(head, lineage="retelling", spun=True)
    if verdict.disposition in _REPEATS:
        return msgspec.structs.replace(head, lineage="reprint")
    return msgspec.structs.replace(head, lineage="retelling")
