"""One report against an older one: what changed, and which of it is more than chance.

Owns the comparison. Where both reports keep their outcomes, documents are compared pair by pair: a change
is beyond noise when 95 % of the differences over documents drawn anew lie on one side of nothing. Without
outcomes the intervals must do: a change is beyond noise when it exceeds both together, which small changes
on the same documents never do. Refuses to say which change is good for anything but its own figure.
"""

from math import hypot
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec import Struct

from dateline.errors import BadRecord
from dateline.evaluation.figures import Figure, bootstrap, ratio
from dateline.evaluation.report import Told

SAME = 5e-5
"""Figures that differ by less are the same: they are told with four decimals."""

Means = Literal["pairs", "intervals", "nothing"]
"""Outcomes of the same documents, intervals, or nothing that tells of noise."""

IDS_MAX = 20
"""Documents of a change that are named."""


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure in both reports."""

    old: float
    new: float
    difference: float
    #: None where the noise is not known.
    beyond_noise: bool | None
    by: Means
    #: Documents that became better and worse, by pairs.
    better: int | None = None
    worse: int | None = None
    #: Ids of the first of them, for `dateline eval --errors SET --id ID`.
    better_ids: tuple[str, ...] = ()
    worse_ids: tuple[str, ...] = ()


class Comparison(Struct, frozen=True, kw_only=True):
    """All figures that both reports have, but for those that did not change."""

    changes: dict[str, Change]
    beyond_noise: tuple[str, ...]
    unchanged: int
    #: Sets whose hash differs: their figures are not comparable.
    other_corpora: tuple[str, ...] = ()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()


def load(file: Path) -> Told:
    """Return the report that a file holds.

    Raises:
        BadRecord: it cannot be read, or holds none.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Told)
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise BadRecord(f"{file}: no report of `dateline eval`: {error}") from error


def compare(old: Told, new: Told) -> Comparison:
    """Return what differs between two reports."""
    before, after = _flat(old), _flat(new)
    changes = {
        name: _change(name, before[name], after[name], (old, new))
        for name in after
        if name in before and abs(after[name].value - before[name].value) > SAME
    }
    return Comparison(
        changes=changes,
        beyond_noise=tuple(name for name, one in changes.items() if one.beyond_noise),
        unchanged=len(before.keys() & after.keys()) - len(changes),
        other_corpora=tuple(
            name for name in new.corpora if name in old.corpora and old.corpora[name] != new.corpora[name]
        ),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def _flat(told: Told) -> dict[str, Figure]:
    return {f"{part}/{name}": one for part, own in told.figures.items() for name, one in own.items()}


def _change(name: str, old: Figure, new: Figure, reports: tuple[Told, Told]) -> Change:
    part, _, figure = name.partition("/")
    before, after = (one.outcomes.get(part, {}).get(figure, {}) for one in reports)
    shared = [key for key in after if key in before]
    difference = round(new.value - old.value, 4)
    if not shared:
        noise = _noise(name, old, new, reports)
        beyond = None if noise is None else abs(difference) > noise
        by: Means = "nothing" if noise is None else "intervals"
        return Change(old=old.value, new=new.value, difference=difference, beyond_noise=beyond, by=by)
    pairs = np.array([[*after[key], *before[key]] for key in shared], dtype=np.int64)
    low, high = bootstrap(pairs, _difference)
    gains = {key: ratio(after[key]) - ratio(before[key]) for key in shared}
    better = tuple(key for key, gain in gains.items() if gain > 0)
    worse = tuple(key for key, gain in gains.items() if gain < 0)
    return Change(
        old=old.value,
        new=new.value,
        difference=difference,
        beyond_noise=low > 0 or high < 0,
        by="pairs",
        better=len(better),
        worse=len(worse),
        better_ids=better[:IDS_MAX],
        worse_ids=worse[:IDS_MAX],
    )


def _difference(pairs: Any) -> float:
    sums = pairs.sum(axis=0)
    return ratio(sums[:3]) - ratio(sums[3:])


def _noise(name: str, old: Figure, new: Figure, reports: tuple[Told, Told]) -> float | None:
    """Return how far chance alone may move a figure; None where that is not known, or the machine was noisy."""
    if None in (old.low, old.high, new.low, new.high):
        return None
    machines = [one for told in reports for one in told.notes.get("machine_noise", {}).values()]
    if name.startswith("speed/") and any(one["noisy"] for one in machines):
        return None
    up = new.value > old.value
    return hypot(_half(old, up=up), _half(new, up=not up))


def _half(one: Figure, *, up: bool) -> float:
    bound = one.high if up else one.low
    return 0.0 if bound is None else abs(bound - one.value)
