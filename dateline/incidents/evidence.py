"""Which proofs an incident keeps.

Owns the choice among the pieces of evidence of many articles. Refuses to judge what they prove.
"""

from collections.abc import Iterable

import msgspec

from dateline.incidents.record import ArticleRef, Evidence

MAX_EVIDENCE = 12
"""Pieces of evidence a record keeps: one for each proven field first, then the most supportive."""


def owned(evidence: Iterable[Evidence], article: ArticleRef) -> tuple[Evidence, ...]:
    """Return the pieces with the article that they stand in."""
    return tuple(
        item if item.article else msgspec.structs.replace(item, article=article.id) for item in evidence
    )


def kept(pieces: tuple[Evidence, ...], articles: tuple[ArticleRef, ...]) -> tuple[Evidence, ...]:
    """Keep what proves most. The choice depends on the set of pieces only, so that a replay changes nothing."""
    unique: dict[tuple[str, int, int], Evidence] = {}
    for item in pieces:
        span = (item.article, item.start, item.end)
        known = unique.get(span, item)
        supports = tuple(dict.fromkeys(known.supports + item.supports))
        unique[span] = msgspec.structs.replace(known, supports=supports)
    age = {ref.id: number for number, ref in enumerate(articles)}
    ranked = sorted(
        unique.values(),
        key=lambda item: (
            -len(item.supports),
            -age.get(item.article, -1),
            item.article,
            item.start,
            item.end,
        ),
    )
    proven: set[str] = set()
    first: list[Evidence] = []
    for item in ranked:
        if not proven.issuperset(item.supports):
            proven.update(item.supports)
            first.append(item)
    chosen = (first + [item for item in ranked if item not in first])[:MAX_EVIDENCE]
    return tuple(
        sorted(chosen, key=lambda item: (age.get(item.article, -1), item.article, item.start, item.end))
    )
