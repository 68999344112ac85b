"""Making the tables of ``tenor``: how rare words are, and what they weigh.

Owns the count of articles that hold a word. Refuses to choose the articles (``train_telling``).
Build code: nothing of it runs on the wire.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.incidents.fitting import fit, matrix
from dateline.incidents.tenor import BITS, Tenor

RIDGE = 2e-5
"""By cross-validation over MUC-4's training documents; from a third of it to thrice it is as good."""

LEAST = 2
"""A word that only one article holds says nothing of another."""

Words = tuple[Any, Any]
"""Rows and values of an article, as ``tenor.words`` returns them."""


def train(known: Sequence[Words], labels: Any, weights: Any) -> Tenor:
    """Return the tables for articles with labels 0 or 1 and weights."""
    columns = np.concatenate([rows for rows, _ in known])
    owners = np.repeat(np.arange(len(known)), [len(rows) for rows, _ in known])
    held = np.bincount(columns, minlength=1 << BITS)
    rarity = np.where(held >= LEAST, np.log((1 + len(known)) / (1 + held)) + 1.0, 0.0)
    rarity = rarity.astype(np.float16).astype(np.float64)
    values = np.concatenate([counts for _, counts in known]) * rarity[columns]
    rows = matrix(columns, owners, len(known), 1 << BITS, values)
    table, bias = fit(rows, labels, weights, ridge=RIDGE)
    return Tenor(weights=table.astype(np.float16).astype(np.float64), rarity=rarity, bias=bias)
