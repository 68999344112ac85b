"""What an article is to its near-duplicates: novel, a duplicate or a reprint.

Owns: the thresholds and the choice among neighbours. Refuses: finding neighbours (the store and
``window``), retellings (``window`` and ``incidents.match``: they need the event, not the words).

    judge(Fingerprint, neighbours) -> Verdict
"""

from collections.abc import Sequence

from dateline.dedup.compare import compare
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Resemblance, Verdict

REPRINT_SHARE = 0.5
"""Least share of the article that stands in the earlier one, for it to be a reprint."""

SIMILAR = 0.3
"""Least similarity of a reprint that is not a part."""

LONGER = 1.6
"""An article more than so many times longer than the one it contains brings news of its own."""


def judge(fingerprint: Fingerprint, neighbours: Sequence[Neighbour]) -> Verdict:
    """Return what an article is to the articles that came before it.

    Same words: duplicate of the first such neighbour. Else the most similar neighbour decides, the
    first of equals. An article without words is novel: it proves nothing. ``neighbours`` come
    earliest first; the same input always gives the same verdict.
    """
    if fingerprint.words == 0 and not fingerprint.keys:
        return Verdict(disposition=Disposition.NOVEL, reason="the text has no words to compare")
    passed: dict[str, tuple[Neighbour, Resemblance]] = {}
    best = ""
    for neighbour in neighbours:
        if neighbour.exact:
            reason = f"the same words as {neighbour.id}"
            return Verdict(
                disposition=Disposition.DUPLICATE,
                of=neighbour.id,
                similarity=1.0,
                share=1.0,
                other_share=1.0,
                reason=reason,
            )
        likeness = compare(fingerprint.sketch, neighbour.sketch)
        if repeats(likeness, fingerprint.words, neighbour.words):
            passed[neighbour.id] = (neighbour, likeness)
            if not best or _rank(likeness) > _rank(passed[best][1]):
                best = neighbour.id
    if not best:
        return Verdict(disposition=Disposition.NOVEL, reason="no earlier article shares enough of its text")
    while passed[best][0].of in passed and passed[best][0].of != best:
        best = passed.pop(best)[0].of
    likeness = passed[best][1]
    return Verdict(
        disposition=Disposition.REPRINT,
        of=best,
        similarity=round(likeness.similarity, 4),
        share=round(likeness.share, 4),
        other_share=round(likeness.other_share, 4),
        passages=likeness.passages,
        spun=likeness.spun,
        reason=f"{likeness.share:.0%} of it stands in {best}, {likeness.other_share:.0%} of that in it",
    )


def _rank(likeness: Resemblance) -> float:
    return likeness.similarity


def repeats(likeness: Resemblance, words: int, earlier_words: int) -> bool:
    """Tell whether a text of ``words`` words repeats an earlier one, wholly or as a part of it."""
    if likeness.similarity >= SIMILAR:
        return True
    return likeness.share >= REPRINT_SHARE and words <= LONGER * earlier_words


def is_reprint(similarity: float, words: int, earlier_words: int) -> bool:
    """Tell the same of a similarity alone."""
    return similarity >= SIMILAR
