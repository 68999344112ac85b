"""How sure a coded mention is, whether a person should look at it, and whether it is told at all.

Owns two formulas. ``score`` is a logistic score made a share of the right by a monotone curve; it was
fitted on 3,000 codings of MUC-4, CEHA, SATP, gun violence and ordinary news, each right when its
document and type are labelled so, and rounded; hedges are reasoned, since no set labels them.
``specific`` weighs what a mention tells of itself, of kinds too that no set labels. Refuses to change
the coding.
"""

import math
from bisect import bisect_right

from msgspec import Struct

from dateline.incidents.record import Assertion

REVIEW_BELOW = 0.5
"""A mention below this is flagged for a person."""

REFUSE_BELOW = 0.3
"""A fresh mention less specific than this is more often wrong than right by far, and is not emitted at all."""

_HEDGE: dict[Assertion, float] = {
    "reported": 0.0,
    "claimed": -0.1,
    "alleged": -0.2,
    "suspected": -0.1,
    "attempted": -0.5,
    "denied": -1.0,
}


class Signs(Struct, frozen=True, kw_only=True):
    """What speaks for a mention."""

    #: What the two looks make of the article, 0 to 1 each.
    relevance: float
    told: float
    #: The event type's part of the sub-type's code.
    family: str
    strong: bool
    counted: bool
    own_date: bool
    own_place: bool
    town: bool
    perpetrator: bool
    target: bool
    assertion: Assertion = "reported"
    conflict: bool = False
    sentences: int = 1


def specific(signs: Signs) -> float:
    """Return how much a mention tells, 0 to 1: its own count, day, place and sides, in such an article."""
    value = -1.0
    value += 2.4 * (signs.relevance - 0.5)
    value += 0.3 * signs.strong + 0.7 * signs.counted + 0.2 * signs.own_date + 0.3 * signs.own_place
    value += 0.1 * signs.town + 0.1 * signs.perpetrator + 0.4 * signs.target
    value += 0.05 * min(signs.sentences - 1, 2)
    value += _HEDGE[signs.assertion] - 0.4 * signs.conflict
    return 1 / (1 + math.exp(-value))


_FAMILY = {"battle": 0.05, "remote": -0.13, "vac": 0.7, "protest": -0.13, "riot": -0.16, "sd": -0.34}

#: Score as a probability, and the share that was right; straight lines between.
_CURVE = (
    (0.0, 0.02),
    (0.05, 0.05),
    (0.57, 0.68),
    (0.74, 0.80),
    (0.83, 0.84),
    (0.90, 0.88),
    (0.96, 0.95),
    (1.0, 0.98),
)


def score(signs: Signs) -> float:
    """Return a confidence, 0 to 1 with two decimals, that the mention is one such event, rightly coded."""
    both = (_odds(signs.relevance) + _odds(signs.told)) / 2
    value = -1.44 + 0.86 * both + _FAMILY.get(signs.family, 0.0)
    value += 0.27 * signs.counted + 0.15 * signs.own_place + 0.16 * signs.target
    value += _HEDGE[signs.assertion] - 0.1 * signs.conflict
    return round(_share(1 / (1 + math.exp(-value))), 2)


def _odds(probability: float) -> float:
    """Return log odds; the outermost are not believed."""
    held = min(max(probability, 0.005), 0.995)
    return math.log(held / (1 - held))


def _share(score: float) -> float:
    """Return the share of the right at a score, read off the curve."""
    at = min(bisect_right(_CURVE, (score, 2.0)), len(_CURVE) - 1)
    (low, least), (high, most) = _CURVE[at - 1], _CURVE[at]
    return least + (most - least) * (score - low) / (high - low)
