"""The articles of an incident: which are listed, and what the spun ones among them may say.

Owns the list of references and the weighing of spun copies: a machine that rewords an article changes its
figures and names, so where a clean article stands, a spun one adds its claims behind those of the clean
ones and nothing else. Refuses lineage (``dedup.lineage``) and uniting what articles say (``merge``).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import reduce

import msgspec

from dateline.dedup.lineage import turned
from dateline.incidents.claims import united_toll
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Claim, Count, Incident, Toll
from dateline.model import Article
from dateline.resemblance import Verdict

MAX_ARTICLES = 200
"""Article references a record keeps; reprints and retellings give way to independent ones."""

SPUN_TRUST = 0.6
"""What is left of the confidence in a mention that only spun copies tell. A judgement, not a measurement: it
brings all but the surest below ``confidence.REVIEW_BELOW``."""

_COPIES = ("reprint", "retelling")


def reference_of(article: Article) -> ArticleRef:
    """Return the reference to an article that stands for itself: its lineage is decided on settling."""
    return ArticleRef(
        id=article.id,
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published_at=article.published_at,
    )


def credited(article: ArticleRef, origin: str | None) -> ArticleRef:
    """Return the reference with an origin that it lacks."""
    return msgspec.structs.replace(article, origin=origin) if origin and not article.origin else article


def joined(
    known: tuple[ArticleRef, ...],
    article: ArticleRef,
    verdict: Verdict | None,
    kin: Collection[str] = (),
    seen_at: datetime | None = None,
) -> tuple[ArticleRef, ...]:
    """Return the references with one more, those that it proves to be copies turned. Idempotent.

    At most ``MAX_ARTICLES``: the last copy gives way to one that is none, so that the count of sources
    stays right; a copy beyond them is not listed.
    """
    if any(ref.id == article.id for ref in known):
        return known
    refs = turned(known, article, verdict, kin, seen_at=seen_at)
    if len(refs) < MAX_ARTICLES:
        return (*refs, article)
    if article.lineage in _COPIES:
        return refs
    for place in range(len(refs) - 1, -1, -1):
        if refs[place].lineage in _COPIES:
            return (*refs[:place], *refs[place + 1 :], article)
    return refs


def outvoted(articles: Iterable[ArticleRef]) -> frozenset[str]:
    """Return the ids of the spun articles, where a clean one stands that is no mere reprint; else none."""
    told = tuple(articles)
    if not any(not ref.spun and ref.lineage != "reprint" for ref in told):
        return frozenset()
    return frozenset(ref.id for ref in told if ref.spun)


def is_first_clean(article: ArticleRef, before: Iterable[ArticleRef], spun: frozenset[str]) -> bool:
    """Tell whether an article is the first clean one after spun ones: then its word is taken for theirs."""
    told = {ref.id for ref in before}
    return bool(told) and article.id not in told | spun and told <= spun


def all_spun(articles: Iterable[ArticleRef]) -> bool:
    """Tell whether an incident has been told by spun articles only."""
    return all(ref.spun for ref in articles)


def doubted(coded: Incident, article: ArticleRef) -> Incident:
    """Return a mention as it is to be taken from its article: less sure, and for review, from a spun one."""
    return lowered(coded) if article.spun else coded


def lowered(told: Incident) -> Incident:
    """Return what only spun articles tell: less sure, and for review."""
    confidence = round(told.confidence * SPUN_TRUST, 2)
    return msgspec.structs.replace(told, confidence=confidence, needs_review=True)


def weighed(toll: Toll, spun: frozenset[str], trusted: Toll) -> Toll:
    """Return the toll with the claims of spun articles behind, and ranges that span the others' only.

    A kind of harm that only spun ones claim goes. What has no claims of its own (parts, vagueness) is as in
    ``trusted``. Unchanged where no claim is spun.
    """
    if not spun:
        return toll
    return Toll(**{kind: _weighed(getattr(toll, kind), spun, getattr(trusted, kind)) for kind in TOLL_KINDS})


def _weighed(count: Count | None, spun: frozenset[str], trusted: Count | None) -> Count | None:
    if count is None:
        return None
    clean = tuple(claim for claim in count.claims if claim.article not in spun)
    if clean == count.claims:
        return count
    if not clean:
        return None
    low, high = _span(clean)
    told = trusted or count
    behind = tuple(claim for claim in count.claims if claim.article in spun)
    return Count(min=low, max=high, approx=told.approx, breakdown=told.breakdown, claims=(*clean, *behind))


def _span(claims: tuple[Claim, ...]) -> tuple[int, int | None]:
    """Return the range of some claims, as uniting them gives it."""
    parts = [Toll(killed=Count(min=claim.min, max=claim.max, claims=(claim,))) for claim in claims]
    whole = reduce(united_toll, parts, Toll()).killed
    return (whole.min, whole.max) if whole else (0, None)
