"""What an article is to its near-duplicates: novel, a duplicate or a reprint.

Owns: the thresholds and the choice among neighbours. Refuses: finding neighbours (the store and
``window``), retellings (``window`` and ``incidents.match``: they need the event, not the words).

    judge(Fingerprint, neighbours) -> Verdict
"""

from collections.abc import Sequence

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import SHORT_WORDS
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Verdict

REPRINT_JACCARD = 0.35
"""Least similarity of a reprint. Of 13,424 pairs of like but different news 17 reach it (.40: 8, .25: 62);
of twins with four heavy edits .90 are found, by it or as a part (.40: .88)."""

SHORT_JACCARD = 0.55
"""The same for a text below ``SHORT_WORDS``: a notice shared by many pages reaches .5 with their titles."""

CONTAINED = 0.60
"""Least share of the shorter text that stands in the longer one, for a part to be a reprint."""

CONTAINED_JACCARD = 0.12
"""Below this the share cannot be told: 15 of 128 bytes, and the error of the share grows past .25."""

CONTAINED_WORDS = 40
"""A part shorter than this proves little: a common paragraph of background is not a reprint."""

LONGER = 1.25
"""An article more than so many times longer than the one it contains brings news of its own."""


def judge(fingerprint: Fingerprint, neighbours: Sequence[Neighbour]) -> Verdict:
    """Return what an article is to the articles that came before it.

    Same words: duplicate of the first such neighbour. Else the most similar neighbour decides, the
    first of equals: at ``REPRINT_JACCARD`` it is a reprint; so is a part (a cut tail, a brief made of a
    long story's paragraphs). An article without words is novel: it proves nothing. ``neighbours`` come
    earliest first; the same input always gives the same verdict.
    """
    if fingerprint.words == 0 and not fingerprint.keys:
        return Verdict(disposition=Disposition.NOVEL, reason="the text has no words to compare")
    for neighbour in neighbours:
        if neighbour.exact:
            reason = f"the same words as {neighbour.id}"
            return Verdict(disposition=Disposition.DUPLICATE, of=neighbour.id, similarity=1.0, reason=reason)
    best: Neighbour | None = None
    best_similarity = 0.0
    for neighbour in neighbours:
        similarity = compare(fingerprint.sketch, neighbour.sketch).similarity
        if similarity > best_similarity and is_reprint(similarity, fingerprint.words, neighbour.words):
            best, best_similarity = neighbour, similarity
    if best is None:
        return Verdict(disposition=Disposition.NOVEL, reason="no earlier article shares enough of its text")
    return Verdict(
        disposition=Disposition.REPRINT,
        of=best.id,
        similarity=round(best_similarity, 4),
        reason=_reason(best, best_similarity, fingerprint.words),
    )


def contained(similarity: float, words_a: int, words_b: int) -> float:
    """Return the estimated share, 0 to 1, of the shorter text's shingles that the longer one has."""
    shorter = min(words_a, words_b)
    if shorter == 0:
        return 0.0
    return min(1.0, similarity * (words_a + words_b) / ((1 + similarity) * shorter))


def is_reprint(similarity: float, words: int, earlier_words: int) -> bool:
    """Tell whether a text of ``words`` words repeats an earlier one, wholly or as a part of it."""
    if min(words, earlier_words) < SHORT_WORDS:
        return similarity >= SHORT_JACCARD
    if similarity >= REPRINT_JACCARD:
        return True
    return (
        similarity >= CONTAINED_JACCARD
        and min(words, earlier_words) >= CONTAINED_WORDS
        and words <= LONGER * earlier_words
        and contained(similarity, words, earlier_words) >= CONTAINED
    )


def _reason(neighbour: Neighbour, similarity: float, words: int) -> str:
    if similarity >= REPRINT_JACCARD:
        return f"shares {similarity:.0%} of its word sequences with {neighbour.id}"
    share = contained(similarity, words, neighbour.words)
    return f"about {share:.0%} of it stands in the longer {neighbour.id}"
