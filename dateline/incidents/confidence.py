"""How sure a coded mention is, and whether a person should look at it.

Owns one formula: a logistic score over what was found. Its weights were fitted (ridge towards reasoned
values) on 1,761 codings of MUC-4, CEHA, SATP and Reuters, each right when its document and type are
labelled so, then rounded; the weight of relevance was lowered, since the same articles had trained it.
Refuses to change the coding.
"""

import math

from msgspec import Struct

from dateline.incidents.record import Assertion

REVIEW_BELOW = 0.5
"""A mention below this is flagged for a person."""

REFUSE_BELOW = 0.3
"""A fresh mention below this is more often wrong than right by far, and is not emitted at all."""

_HEDGE: dict[Assertion, float] = {
    "reported": 0.0,
    "claimed": -0.1,
    "alleged": -0.2,
    "suspected": -0.1,
    "attempted": -0.5,
    "denied": -1.0,
}


class Signs(Struct, frozen=True, kw_only=True):
    """What speaks for a mention. ``relevance`` is the article's, 0 to 1."""

    relevance: float
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


def score(signs: Signs) -> float:
    """Return a confidence, 0 to 1 with two decimals, that the mention is one such event, rightly coded."""
    value = -1.0
    value += 2.4 * (signs.relevance - 0.5)
    value += 0.3 * signs.strong + 0.7 * signs.counted + 0.2 * signs.own_date + 0.3 * signs.own_place
    value += 0.1 * signs.town + 0.1 * signs.perpetrator + 0.4 * signs.target
    value += 0.05 * min(signs.sentences - 1, 2)
    value += _HEDGE[signs.assertion] - 0.4 * signs.conflict
    return round(1 / (1 + math.exp(-value)), 2)
