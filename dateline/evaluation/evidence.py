"""Whether every span equals its slice, and every filled field has a span or is marked as inferred.

Owns which fields need evidence. Works on any coding: no set needs to label anything for it.
"""

from collections import Counter
from collections.abc import Iterable

from dateline.evaluation.cases import Case
from dateline.evaluation.figures import Figure, figure
from dateline.incidents.record import TOLL_KINDS, Incident

_SIDES = ("perpetrator", "target", "other")


def filled(one: Incident) -> set[str]:
    """Return the names of the fields that need evidence: filled, and not marked as inferred."""
    names = {"event_type", "sub_event_type"}
    if one.date is not None and not one.date.inferred:
        names.add("date")
    if one.place is not None and not one.place.inferred:
        names.add("place")
    for side in _SIDES:
        if any(not actor.inferred for actor in getattr(one.actors, side)):
            names.add(f"actors.{side}")
    names |= {f"toll.{kind}" for kind in TOLL_KINDS if getattr(one.toll, kind) is not None}
    names |= {name for name in ("n_events", "n_strikes") if getattr(one, name) is not None}
    return names | ({"sources"} if one.sources else set())


def unproven(one: Incident) -> set[str]:
    """Return the filled fields that no span supports."""
    return filled(one) - {field for each in one.evidence for field in each.supports}


def evidence(cases: Iterable[Case]) -> tuple[dict[str, Figure], dict[str, int]]:
    """Return the shares of spans that equal their slices and of fields that are proven; and what is missing."""
    spans, fields, missing = [], [], Counter[str]()
    for case in cases:
        text = case.article.text
        for one in case.coding.incidents:
            spans += [(int(text[each.start : each.end] == each.text), 1, 1) for each in one.evidence]
            gaps = unproven(one)
            missing.update(gaps)
            fields += [(int(name not in gaps), 1, 1) for name in filled(one)]
    return {"spans_equal": figure(spans), "fields_supported": figure(fields)}, dict(missing)
