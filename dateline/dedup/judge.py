"""What an article is to its near-duplicates: novel, a duplicate or a reprint.

Owns: the thresholds and the choice among neighbours. Refuses: finding neighbours (the store and
``window``), retellings (``window`` and ``incidents.match``: they need the event, not the words).

    judge(Fingerprint, neighbours) -> Verdict
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from math import log

from dateline.dedup.compare import WEIGHTS, Overlap, overlap, resemblance
from dateline.dedup.sketch import ITEMS, unpack
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Verdict

LEAST_SHARE = 0.2
"""An article of which a smaller share stands in the earlier one brings news of its own: the brief is a small part of it."""

LEAST_WORDS = 6
"""Shared words of the samples under which nothing is proven."""

TABLE_WORDS = 18
"""Words, figures apart, where two texts meet, up to which these are tables or notices of a line."""

TABLE_FIGURES = 3
"""Figures replaced by others from which on such a table is another one."""

DAY_S, DAYS_S = 20 * 3600.0, 84 * 3600.0
"""Apart by so much reports in one form begin to recur; by three days and a half hardly anything else comes again.

Of 54 judged pairs of Reuters reports apart by more than ``DAY_S`` that are no copies 43 are apart by more than
``DAYS_S``; of 201 that are copies 11, and none."""

SURER_AFTER_A_DAY = (0.05, 0.05)
SURER_AFTER_DAYS = (0.2, 0.5)
"""What a copy must score more: in any case, and for each figure replaced by another, of which two count.

Chosen on half of the judged Reuters pairs and checked on the other: of 43 that are no copies and lie days apart about two were
left. Of copies by the recipe in which no figure was replaced some .98 pass with three weeks between, by their scores."""

FORMULA_SURE = 1.3
"""Score from which on two more originals must share words for these to be of a form; below it one is enough."""

FORMULA_SHARE = 0.3
"""Share of what two texts have in common from which on a form is suspected."""

FORMULA_OWN = 0.12
"""Share of a text that must be its own for a form to be one: copies of which one was missed share all."""

FORMULA_REST = 0.5
"""Share of the case's own words that must be common, too."""

LEAST_BOUND = 0.25
"""No reprint has so few of the smaller sample's words in common, in whatever order."""


def judge(
    fingerprint: Fingerprint, neighbours: Sequence[Neighbour], published_at: datetime | None = None
) -> Verdict:
    """Return what an article is to the articles that came before it.

    Same words: duplicate of the first such neighbour. Else the most similar neighbour decides, the
    first of equals; where that is a copy itself of another that passes too, the origin does. An article
    without words is novel: it proves nothing. ``neighbours`` come earliest first; the same input always
    gives the same verdict. Times of publication, where both are known, make a copy prove itself better
    the further they are apart; all have a time zone.
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
        if repeats(found, _apart_s(neighbour, published_at)) and not _formula(neighbour, found, compared)
    }
    if not passed:
        return Verdict(disposition=Disposition.NOVEL, reason="no earlier article shares enough of its text")
    best = max(passed, key=lambda name: passed[name][1].similarity)
    origin = _origin(best, passed)
    return _reprint(origin, passed[origin][1])


def repeats(found: Overlap, apart_s: float = 0.0) -> bool:
    """Tell whether a text repeats an earlier one, wholly or in part, or holds it.

    ``apart_s`` is how far apart they were published, 0 where that is not known.
    """
    if found.notice:
        return False
    if found.same_body and apart_s <= DAYS_S:
        return True
    if found.other_case or found.share < LEAST_SHARE or found.words + found.figures < LEAST_WORDS:
        return False
    if found.words < min(LEAST_WORDS, found.words_between / 2):
        return False  # a report of earnings shares its figures with their table
    replaced = found.figures_between - found.figures
    if replaced >= TABLE_FIGURES and found.words_between <= TABLE_WORDS:
        return False
    if replaced and found.short and apart_s > DAY_S:
        return False
    return score(found) >= _needed(replaced, apart_s)


def _needed(replaced: int, apart_s: float) -> float:
    if apart_s <= DAY_S:
        return 1.0
    surer, by_figure = SURER_AFTER_A_DAY if apart_s <= DAYS_S else SURER_AFTER_DAYS
    return 1.0 + surer + by_figure * min(replaced, 2)


def _apart_s(neighbour: Neighbour, published_at: datetime | None) -> float:
    if published_at is None or neighbour.published_at is None:
        return 0.0
    return abs((published_at - neighbour.published_at).total_seconds())


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
    with other originals are taken out of the comparison; what is left, the names and
    figures of the case, must still be shared by half.
    """
    if found.same_body:
        return False
    enough = 1 if score(found) < FORMULA_SURE else 2
    root = _roots(compared)
    others: dict[str, set[int]] = {}
    for other, common in compared:
        if root[other.id] != root[neighbour.id]:
            others.setdefault(root[other.id], set()).update(common.met)
    if len(others) < enough:
        return False
    times = Counter(place for places in others.values() for place in places)
    form = sum(
        WEIGHTS[kind] for place, kind in zip(found.met, found.kinds, strict=True) if times[place] >= enough
    )
    least = min(found.total, found.other_total)
    own = least - form
    if form < FORMULA_SHARE * found.common or own < FORMULA_OWN * least:
        return False
    return found.common - form < FORMULA_REST * own


def _roots(compared: Sequence[tuple[Neighbour, Overlap]]) -> dict[str, str]:
    """Return for each neighbour the first of its chain of copies, as far as that is told."""
    root: dict[str, str] = {}
    for neighbour, _ in compared:
        of = neighbour.of or neighbour.id
        root[neighbour.id] = root.get(of, of)
    return root


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
