"""What articles claim of a toll, and the range that the claims span.

Owns: making claims out of counts, uniting them, and the range. Refuses to drop any: which claim is
right, or latest, is for the reader of the record to see.
"""

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
