"""Fitting linear models over hashed rows, and making their margins probabilities.

Owns the arithmetic of training: weighted logistic regression with a ridge, Platt's scaling, the best
threshold. Refuses to know what a row is. Build code: nothing of it runs on the wire.
"""

from typing import Any

import numpy as np
from msgspec import Struct


class Matrix(Struct, frozen=True):
    """Feature rows of all examples, end to end, each with the example that it belongs to and its value."""

    columns: Any
    owners: Any
    #: Of each example: the reciprocal of its length.
    scale: Any
    #: Rows of the table of weights.
    size: int
    #: Of each feature, or one number for all.
    values: Any = 1.0

    def dot(self, weights: Any) -> Any:
        sums = np.bincount(
            self.owners, weights=weights[self.columns] * self.values, minlength=len(self.scale)
        )
        return sums * self.scale

    def gradient(self, errors: Any) -> Any:
        spread = (errors * self.scale)[self.owners] * self.values
        return np.bincount(self.columns, weights=spread, minlength=self.size)


def matrix(columns: Any, owners: Any, count: int, size: int, values: Any = None) -> Matrix:
    """Return the rows of ``count`` examples; ``owners`` says which example a column belongs to.

    Examples are brought to length 1; without ``values`` every feature counts as much.
    """
    squares = np.bincount(owners, weights=None if values is None else values * values, minlength=count)
    scale = 1.0 / np.sqrt(np.where(squares > 0, squares, 1.0))
    return Matrix(
        columns=columns, owners=owners, scale=scale, size=size, values=1.0 if values is None else values
    )


def sigmoid(values: Any) -> Any:
    """Return probabilities of log odds."""
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))


def fit(
    rows: Matrix, labels: Any, weights: Any, *, steps: int = 250, ridge: float = 8e-6
) -> tuple[Any, float]:
    """Return weights and bias of a weighted, ridge-penalised logistic model (Adam over the whole set)."""
    table = np.zeros(rows.size)
    bias = 0.0
    first, second = np.zeros_like(table), np.zeros_like(table)
    share = weights / weights.sum()
    for step in range(1, steps + 1):
        errors = (sigmoid(rows.dot(table) + bias) - labels) * share
        slope = rows.gradient(errors) + ridge * table
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        rate = 0.25 / (1 + step / 60)
        table -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        bias -= 2.0 * float(errors.sum())
    return table, bias


def platt(scores: Any, labels: Any, weights: Any) -> tuple[float, float]:
    """Return slope and offset that make margins probabilities (Platt 1999, with his smoothed targets)."""
    positives, negatives = labels.sum(), (1 - labels).sum()
    targets = np.where(labels > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    slope, offset = 1.0, 0.0
    for _ in range(100):
        probability = sigmoid(slope * scores + offset)
        error = (probability - targets) * weights
        curve = np.maximum(probability * (1 - probability), 1e-6) * weights
        hessian = np.array(
            [[(curve * scores * scores).sum(), (curve * scores).sum()], [(curve * scores).sum(), curve.sum()]]
        )
        move = np.linalg.solve(hessian + 1e-9 * np.eye(2), np.array([(error * scores).sum(), error.sum()]))
        slope, offset = slope - float(move[0]), offset - float(move[1])
    return slope, offset


def best_threshold(probabilities: Any, labels: Any) -> float:
    """Return the probability from which the flag has the best F1: the middle of those that are as good to 0.01.

    The very best one of a few hundred rows is chance.
    """

    def quality(threshold: float) -> float:
        flagged = probabilities >= threshold
        return float(2 * (flagged & (labels > 0)).sum() / max(flagged.sum() + labels.sum(), 1.0))

    steps = [round(0.2 + step / 100, 2) for step in range(41)]
    best = max(map(quality, steps))
    return round(float(np.mean([one for one in steps if quality(one) >= best - 0.01])), 2)
