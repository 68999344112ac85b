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
    bins = np.minimum((table[:, 0] * BINS + 1e-9).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, weights=table[:, 0] - table[:, 1], minlength=BINS)
    return float(np.abs(gaps).sum() / len(table))
