"""How sure a coded mention is, and whether a person should look at it.

Owns one reasoned formula: a logistic score over what was found. The weights are set by hand from
the share of right codings on labelled documents, not fitted: the labelled incidents with all slots
are too few for that. Refuses to change the coding.
"""

import math

from msgspec import Struct

from dateline.incidents.record import Assertion

REVIEW_BELOW = 0.5
"""A mention below this is flagged for a person."""

_HEDGE: dict[Assertion, float] = {
    "reported": 0.0,
    "claimed": -0.2,
    "alleged": -0.3,
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
    sourced: bool
    assertion: Assertion = "reported"
    conflict: bool = False
    sentences: int = 1


def score(signs: Signs) -> float:
    """Return a confidence, 0 to 1 with two decimals, that the mention is one such event, rightly coded."""
    value = -1.4
    value += 1.4 * (signs.relevance - 0.5)
    value += 0.9 * signs.strong + 0.7 * signs.counted + 0.7 * signs.own_date + 0.7 * signs.own_place
    value += 0.3 * signs.town + 0.3 * signs.perpetrator + 0.3 * signs.target + 0.2 * signs.sourced
    value += 0.2 * min(signs.sentences - 1, 2)
    value += _HEDGE[signs.assertion] - 0.8 * signs.conflict
    return round(1 / (1 + math.exp(-value)), 2)
