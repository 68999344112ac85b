"""How sure a coded mention is, whether a person should look at it, and whether it is told at all.

Owns two formulas. ``score`` is a logistic score, fitted and rounded; it was fitted on 1,600 codings of
training rows of MUC-4, CEHA, SATP, gun violence and ordinary news, with what the two looks make of them when
they have not seen them. A coding is right when its document and type are labelled so; types that a set does
not know (an arrest in MUC-4) teach nothing. Hedges are reasoned, since no set labels them.
``specific`` weighs what a mention tells of itself, of kinds too that no set labels. Refuses to change
the coding.
"""

import math

from msgspec import Struct

from dateline.incidents.record import Assertion

REVIEW_BELOW = 0.5
"""A mention below this is flagged for a person."""

REFUSE_BELOW = 0.3
"""A fresh mention less specific than this is more often wrong than right by far, and is not emitted at all."""

SHORTEST = 200
"""Characters: shorter texts are taken to have as many. The longer a text, the less one mention of many is sure."""

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
    #: Of the article.
    chars: int = 1000


def specific(signs: Signs) -> float:
    """Return how much a mention tells, 0 to 1: its own count, day, place and sides, in such an article."""
    value = -1.0
    value += 2.4 * (signs.relevance - 0.5)
    value += 0.3 * signs.strong + 0.7 * signs.counted + 0.2 * signs.own_date + 0.3 * signs.own_place
    value += 0.1 * signs.town + 0.1 * signs.perpetrator + 0.4 * signs.target
    value += 0.05 * min(signs.sentences - 1, 2)
    value += _HEDGE[signs.assertion] - 0.4 * signs.conflict
    return 1 / (1 + math.exp(-value))


_FAMILY = {"battle": 0.02, "vac": 0.61, "sd": 0.65, "protest": -0.75}


def score(signs: Signs) -> float:
    """Return a confidence, 0 to 1 with two decimals, that the mention is one such event, rightly coded."""
    told = _odds(signs.told)
    length = math.log(max(signs.chars, SHORTEST) / 1000)
    value = -0.42 + 0.38 * told + 0.23 * _odds(signs.relevance) + _FAMILY.get(signs.family, 0.0)
    value += 0.1 * signs.counted + 0.16 * min(signs.sentences - 1, 3)
    value -= (0.23 + 0.1 * told) * length
    value += _HEDGE[signs.assertion] - 0.6 * signs.conflict
    return round(1 / (1 + math.exp(-value)), 2)


def _odds(probability: float) -> float:
    """Return log odds; the outermost are not believed."""
    held = min(max(probability, 0.005), 0.995)
    return math.log(held / (1 - held))
