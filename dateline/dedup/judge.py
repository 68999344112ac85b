"""What an article is to its near-duplicates: novel, a duplicate or a reprint.

Owns: the thresholds and the choice among neighbours. Refuses: finding neighbours (the store and
``window``), retellings (``window`` and ``incidents.match``: they need the event, not the words).

    judge(Fingerprint, neighbours) -> Verdict
"""

from collections import Counter
from collections.abc import Sequence
from math import log

from dateline.dedup.compare import WEIGHTS, Overlap, overlap, resemblance
from dateline.dedup.sketch import ITEMS, unpack
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Verdict

LEAST_SHARE = 0.25
"""An article of which a smaller share stands in the earlier one brings news of its own."""

LEAST_WORDS = 6
"""Shared words of the samples under which nothing is proven."""

FORMULA_OTHERS = 2
"""Originals besides the neighbour with which words are shared, for these to be of a form."""

FORMULA_SHARE = 0.3
"""Share of what two texts have in common from which on a form is suspected."""

FORMULA_REST = 0.5
"""Share of the case's own words that must be common, too."""

LEAST_BOUND = 0.25
"""No reprint has so few of the smaller sample's words in common, in whatever order."""


def judge(fingerprint: Fingerprint, neighbours: Sequence[Neighbour]) -> Verdict:
    """Return what an article is to the articles that came before it.

    Same words: duplicate of the first such neighbour. Else the most similar neighbour decides, the
    first of equals; where that is a copy itself of another that passes too, the origin does. An article
    without words is novel: it proves nothing. ``neighbours`` come earliest first; the same input always
    gives the same verdict.
    """
    for neighbour in neighbours:
        if neighbour.exact and fingerprint.keys:
            return _duplicate(neighbour)
    mine = unpack(fingerprint.sketch)
    if mine is None:
        return Verdict(disposition=Disposition.NOVEL, reason="the text has no words to compare")
    compared: list[tuple[Neighbour, Overlap]] = []
    for neighbour in neighbours:
        theirs = unpack(neighbour.sketch)
        if theirs is not None:
            found = overlap(mine, theirs, LEAST_BOUND)
            if found.chains:
                compared.append((neighbour, found))
    passed = {
        neighbour.id: (neighbour, found)
        for neighbour, found in compared
        if repeats(found) and not _formula(neighbour, found, compared)
    }
    if not passed:
        return Verdict(disposition=Disposition.NOVEL, reason="no earlier article shares enough of its text")
    best = max(passed, key=lambda name: passed[name][1].similarity)
    origin = _origin(best, passed)
    return _reprint(origin, passed[origin][1])


def repeats(found: Overlap) -> bool:
    """Tell whether a text repeats an earlier one, wholly or in part, or holds it."""
    return (
        not found.notice
        and found.share >= LEAST_SHARE
        and found.words + found.figures >= LEAST_WORDS
        and score(found) >= 1.0
    )


def score(found: Overlap) -> float:
    """Return how far two texts are copies: 1 where copies begin, at most 2.

    The share of the shorter one; how densely shared words stand where they are shared; whether the figures
    there are the same, which in reports on one template they are not; the longest run at the same
    distances; and in how many pieces it all is, since chance is in many. The weights are a logistic
    regression's over the copies and look-alikes of ``tests/quality/reprint_set.py`` and Reuters reports of the
    same words sent on other days.
    """
    longest = max(map(len, found.chains), default=1)
    density = (found.words + 0.5) / (found.words_between + 1)
    figures = (found.figures + 0.8) / (found.figures_between + 1) - 0.8
    return (
        1.07 * max(found.share, found.other_share)
        + 0.14 * density
        + 0.9 * figures * min(found.figures_between, 10) / 10
        + 0.65 * log(longest) / log(ITEMS)
        - 0.17 * min(len(found.chains), 10) / 10
    )


def _formula(neighbour: Neighbour, found: Overlap, compared: Sequence[tuple[Neighbour, Overlap]]) -> bool:
    """Tell whether what a text shares with a neighbour is a form that other originals are written in, too.

    Reports of dividends, rates or weather share most of their words with every other one. Words shared
    with ``FORMULA_OTHERS`` more originals are taken out of the comparison; what is left, the names and
    figures of the case, must still be shared by half.
    """
    origin = neighbour.of or neighbour.id
    others: dict[str, set[int]] = {}
    for other, common in compared:
        name = other.of or other.id
        if name != origin:
            others.setdefault(name, set()).update(common.places)
    if len(others) < FORMULA_OTHERS:
        return False
    times = Counter(place for places in others.values() for place in places)
    form = sum(
        WEIGHTS[kind]
        for place, kind in zip(found.places, found.kinds, strict=True)
        if times[place] >= FORMULA_OTHERS
    )
    if form < FORMULA_SHARE * found.common:
        return False
    rest = found.common - form
    return rest < FORMULA_REST * max(1.0, min(found.total, found.other_total) - form)


def _origin(best: str, passed: dict[str, tuple[Neighbour, Overlap]]) -> str:
    seen = {best}
    while (earlier := passed[best][0].of) in passed and earlier not in seen:
        seen.add(earlier)
        best = earlier
    return best


def _duplicate(neighbour: Neighbour) -> Verdict:
    return Verdict(
        disposition=Disposition.DUPLICATE,
        of=neighbour.id,
        similarity=1.0,
        share=1.0,
        other_share=1.0,
        reason=f"the same words as {neighbour.id}",
    )


def _reprint(of: str, found: Overlap) -> Verdict:
    told = resemblance(found)
    return Verdict(
        disposition=Disposition.REPRINT,
        of=of,
        similarity=told.similarity,
        share=told.share,
        other_share=told.other_share,
        passages=told.passages,
        spun=told.spun,
        reason=f"{told.share:.0%} of it stands in {of}, and {told.other_share:.0%} of that in it",
    )


def is_reprint(similarity: float, _words: int, _earlier_words: int) -> bool:
    """Tell the same of a similarity alone, as it was told before sketches."""
    return similarity >= 0.35
