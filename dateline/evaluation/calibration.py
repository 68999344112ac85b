"""Whether a confidence is the share of the right: the expected calibration error over ten bins.

Owns the bins. What is right is said by the judge of each set: a fresh incident is right when its document
and its type are labelled so.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.evaluation.figures import Figure, bootstrap

BINS = 10
RESAMPLES = 400

Sure = Sequence[tuple[float, bool]]


def error(told: Sure) -> float:
    """Return the mean distance between confidence and share of the right over ten equal bins, 0 to 1."""
    return _error(_table(told))


def curve(told: Sure) -> dict[str, tuple[int, float, float]]:
    """Return, by bin ("0.7"), how many fell there, their mean confidence and their share of the right."""
    table = _table(told)
    bins = _bins(table)
    found = {}
    for number in sorted(set(bins.tolist())):
        sure, right = table[bins == number].mean(axis=0)
        found[f"{number / BINS:.1f}"] = (
            int((bins == number).sum()),
            round(float(sure), 3),
            round(float(right), 3),
        )
    return found


def calibration(told: Sure) -> Figure:
    """Return the calibration error as a figure; n counts incidents.

    The bootstrap's interval lies high: drawing anew adds noise to every bin, and noise only adds error.
    """
    table = _table(told)
    low, high = bootstrap(table, _error, RESAMPLES)
    value = round(_error(table), 4)
    return Figure(
        value=value, n=len(table), low=min(value, round(low, 4)), high=round(high, 4), direction="at_most"
    )


def _table(told: Sure) -> Any:
    return np.array([(sure, float(good)) for sure, good in told], dtype=np.float64).reshape(-1, 2)


def _error(table: Any) -> float:
    if not len(table):
        return 0.0
    gaps = np.bincount(_bins(table), weights=table[:, 0] - table[:, 1], minlength=BINS)
    return float(np.abs(gaps).sum() / len(table))


def _bins(table: Any) -> Any:
    return np.minimum((table[:, 0] * BINS + 1e-9).astype(np.int64), BINS - 1)
