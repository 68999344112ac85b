"""A figure: a value, what it was counted over, and how far chance alone may have moved it.

Owns the arithmetic of marks. A mark is what one document adds: things rightly given, things given,
things wanted. A share is a mark whose given and wanted are its trials. Refuses to know any set.
"""

from collections.abc import Callable, Sequence
from math import sqrt
from typing import Any, Literal

import numpy as np
from msgspec import Struct

Mark = tuple[int, int, int]
"""Rightly given, given, wanted. (1, 1, 1) is a trial that was right, (0, 1, 1) one that was wrong."""

Direction = Literal["at_least", "at_most"]

Z = 1.959964
"""Standard deviations on both sides of the mean that hold 95 % of a normal distribution."""

RESAMPLES = 1000
SEED = 20261121
"""Of the bootstrap: the same marks always give the same interval."""


class Figure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was measured.

    ``low`` and ``high`` bound 95 % of what chance would give (None: not known); n counts documents or trials.
    """

    value: float
    n: int
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None
    goal: float | None = None
    direction: Direction = "at_least"
    #: Whether the goal is met by the value itself; None without a goal.
    met: bool | None = None


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return Wilson's interval of a share of ``right`` among ``n`` (0 to 1 when nothing was tried)."""
    if n == 0:
        return 0.0, 1.0
    share, square = right / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(
    values: Any, statistic: Callable[[Any], Any], resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Return the middle 95 % of a statistic over documents drawn anew, with a fixed seed.

    ``values`` has one row per document; ``statistic`` takes (rows, columns) and gives a number.
    """
    if not len(values):
        return 0.0, 1.0
    chance = np.random.default_rng(SEED)
    drawn = [float(statistic(values[chance.integers(0, len(values), len(values))])) for _ in range(resamples)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def ratio(sums: Any) -> float:
    """Return F1 of (rightly given, given, wanted); for trials that is the share."""
    right, given, wanted = (float(one) for one in sums)
    return 2 * right / (given + wanted) if given + wanted else 0.0


def figure(marks: Sequence[Mark], per: int = 1, *, by_f1: bool = False) -> Figure:
    """Return the share of trials that were right, or F1; ``per`` 1000 tells it of a thousand.

    n counts the trials of a share, the documents of an F1. Single trials get Wilson's interval,
    everything else the bootstrap over documents.
    """
    table = np.array(marks, dtype=np.int64).reshape(-1, 3)
    right, given, wanted = (int(one) for one in table.sum(axis=0))
    trials = not by_f1
    if trials and len(table) and int(table[:, 1].max()) <= 1:
        low, high = wilson(right, given)
    else:
        low, high = bootstrap(table, lambda some: ratio(some.sum(axis=0)))
    return Figure(
        value=_short(ratio((right, given, wanted)) * per),
        n=given if trials else len(table),
        low=_short(low * per),
        high=_short(high * per),
        precision=None if trials else _short(right / given if given else 0.0),
        recall=None if trials else _short(right / wanted if wanted else 0.0),
    )


def counted(value: float, n: int) -> Figure:
    """Return a figure that chance does not move: a count of things that stand there."""
    return Figure(value=_short(value), n=n, low=_short(value), high=_short(value))


def repeated(runs: Sequence[float]) -> Figure:
    """Return the median of repeated measurements between their extremes; n is their number."""
    middle = float(np.median(np.array(runs))) if len(runs) else 0.0
    return Figure(
        value=_short(middle),
        n=len(runs),
        low=_short(min(runs, default=0.0)),
        high=_short(max(runs, default=0.0)),
    )


def _short(value: float) -> float:
    return round(value, 4)
