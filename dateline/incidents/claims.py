"""What articles claim of a toll, and the range that the claims span.

Owns: making claims out of counts, uniting them, replacing those of an article that was revised, and the
range. Refuses to drop any other: which claim is right, or latest, is for the reader of the record to see.
"""

from collections.abc import Collection

import msgspec

from dateline.incidents.record import TOLL_KINDS, ArticleRef, Claim, Count, Group, Incident, Toll

REPEATED_CLAIMS = 60
"""From so many claims of a kind on, a figure that its source has already given is not repeated."""


def claimed(coded: Incident, article: ArticleRef) -> Toll:
    """Return the toll with each count as a claim of its article.

    Claims that coding made keep what they tell; what they leave open is the article's: its id, its time
    (None when unknown), and as source the first one it cites, else its publisher.
    """
    return Toll(**{kind: _own_claims(getattr(coded.toll, kind), coded, article) for kind in TOLL_KINDS})


def _own_claims(count: Count | None, coded: Incident, article: ArticleRef) -> Count | None:
    if count is None:
        return None
    cited = coded.sources[0].name if coded.sources else article.publisher
    made = count.claims or (Claim(source=cited, min=count.min, max=count.max),)
    claims = tuple(
        Claim(
            source=claim.source or cited,
            min=claim.min,
            max=claim.max,
            as_of=claim.as_of or article.published_at,
            article=claim.article or article.id,
        )
        for claim in made
    )
    return msgspec.structs.replace(count, claims=claims)


def united_toll(old: Toll, new: Toll) -> Toll:
    """Return ``old`` with the claims of ``new`` added; each range spans its claims. Idempotent in ``new``."""
    return Toll(**{kind: _count(getattr(old, kind), getattr(new, kind)) for kind in TOLL_KINDS})


def restated_toll(old: Toll, new: Toll, article_id: str) -> Toll:
    """Return ``old`` with the claims of one article replaced by those of ``new``, its latest word.

    A kind of harm that nobody claims any more goes. Where the article claims what it did, nothing changes.
    """
    return Toll(
        **{kind: _restated(getattr(old, kind), getattr(new, kind), article_id) for kind in TOLL_KINDS}
    )


def without(toll: Toll, articles: Collection[str]) -> Toll:
    """Return the toll without the claims of some articles; a kind of harm that nobody else claims goes."""
    counts = {kind: getattr(toll, kind) for kind in TOLL_KINDS}
    for article in articles:
        counts = {kind: count and _withdrawn(count, article) for kind, count in counts.items()}
    return Toll(**counts)


def _restated(old: Count | None, new: Count | None, article_id: str) -> Count | None:
    if old is None:
        return new
    mine = {(claim.source, claim.min, claim.max) for claim in old.claims if claim.article == article_id}
    told = {(claim.source, claim.min, claim.max) for claim in new.claims} if new else set()
    count: Count | None = old
    if mine != told:
        count = _count(_withdrawn(old, article_id), new)
    if count is None or new is None or not new.breakdown:
        return count
    latest = {group.group.casefold(): group for group in new.breakdown}
    groups = tuple(latest.pop(group.group.casefold(), group) for group in count.breakdown)
    return msgspec.structs.replace(count, breakdown=(*groups, *latest.values()))


def _withdrawn(count: Count, article_id: str) -> Count | None:
    claims = tuple(claim for claim in count.claims if claim.article != article_id)
    if claims == count.claims:
        return count
    if not claims:
        return None
    low, high = _range(claims)
    return msgspec.structs.replace(count, min=low, max=high, claims=claims)


def _count(old: Count | None, new: Count | None) -> Count | None:
    if old is None or new is None:
        return old or new
    claims = _claims(old.claims, new.claims)
    if claims == old.claims:
        return old
    low, high = _range(claims)
    return Count(
        min=low,
        max=high,
        approx=old.approx and new.approx,
        breakdown=_breakdown(old.breakdown, new.breakdown),
        claims=claims,
    )


def _claims(old: tuple[Claim, ...], new: tuple[Claim, ...]) -> tuple[Claim, ...]:
    kept = list(old)
    told = {(claim.source, claim.min, claim.max, claim.article) for claim in old}
    figures = {(claim.source, claim.min, claim.max) for claim in old}
    for claim in new:
        key = (claim.source, claim.min, claim.max, claim.article)
        if key in told or (len(kept) >= REPEATED_CLAIMS and key[:3] in figures):
            continue
        kept.append(claim)
        told.add(key)
        figures.add(key[:3])
    return tuple(kept)


def _range(claims: tuple[Claim, ...]) -> tuple[int, int | None]:
    """Return the span of all claims; open at the top when the highest claim is."""
    closed = max((claim.max for claim in claims if claim.max is not None), default=None)
    opened = max((claim.min for claim in claims if claim.max is None), default=None)
    low = min(claim.min for claim in claims)
    if opened is not None and (closed is None or opened > closed):
        return low, None
    return low, closed


def _breakdown(old: tuple[Group, ...], new: tuple[Group, ...]) -> tuple[Group, ...]:
    known = {group.group.casefold() for group in old}
    return old + tuple(group for group in new if group.group.casefold() not in known)
