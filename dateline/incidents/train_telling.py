"""Making the weights of the second look: of sentences, and of what they make of an article.

Owns which sentences of a labelled article count as telling of a specific act, and the folds by which
the figures of an article are taken from weights that have not seen it. Refuses the first look
(``train``). Build code: nothing of it runs on the wire.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct

from dateline.incidents import actors, gazetteer, telling, tenor, train_tenor
from dateline.incidents.fitting import fit, matrix, sigmoid
from dateline.incidents.walk import Walk
from dateline.model import Article

FOLDS = 4
"""Parts of the sets; each is judged by weights that have not seen it."""

RIDGE = 2.5e-5
"""Of the sentences' weights, by cross-validation over MUC-4's training documents."""

HARD_SETS = ("incidents/muc34_train", "incidents/ceha_train")
"""Sets whose ordinary articles are written by the same hands as their incidents: the words of an article
(``tenor``) and the threshold are learned of them alone."""

BACK_WEIGHT = 0.7
"""Of an article of the hard sets that the gate turned back: it never comes to the second look, but its words teach."""

# set, weight of an article, weight of its sentences, one row of how many. MUC's own labels say which
# sentences hold a template's victims and targets; the other sets are short enough to be one event.
_SETS: tuple[tuple[str, float, float, int], ...] = (
    ("incidents/muc34_train", 1.0, 1.0, 1),
    ("incidents/ceha_train", 1.5, 0.5, 1),
    ("incidents/satp_2005_2013", 0.2, 0.1, 12),
    ("incidents/gunviolence_train", 0.2, 0.0, 8),
    ("news/bbc_train", 0.5, 0.5, 1),
    ("news/agnews_no_world", 0.5, 0.5, 1),
    ("news/reuters21578", 0.5, 0.5, 1),
)

OWN_WEIGHT = 0.2
"""Of a sentence of our own, as an article and as a sentence."""

_QUOTED = re.compile(r'"([^"]+)"')
_HURT = ("victim_name", "victim_desc", "phys_target")
_SPACE = re.compile(r"\s+")


class Case(Struct, frozen=True):
    """One article of a set: its sentences' features and labels (None: unknown), and what the rules saw."""

    origin: str
    fold: int
    positive: bool
    weight: float
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    labels: tuple[float | None, ...]
    line_weight: float
    words: train_tenor.Words
    sight: telling.Sight


class Turned(Struct, frozen=True):
    """An article of the hard sets that never comes to the second look."""

    fold: int
    positive: bool
    words: train_tenor.Words


class First(Struct, frozen=True):
    """What the first look leaves to the second."""

    #: Log odds of a row, by set and name, under weights that have not seen it.
    odds: Mapping[tuple[str, str], float]
    #: Probability below which no article comes to the second look.
    gate: float
    #: Sentences of our own, and whether each tells of an incident.
    own: Mapping[str, bool]


def fold_of(identifier: str) -> int:
    """Return the fold of a row, by its name alone."""
    return (crc32(identifier.encode()) >> 16) % FOLDS


def _rows(data_dir: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(data_dir / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _positive(name: str, row: dict[str, Any]) -> bool:
    labels = row.get("labels")
    if isinstance(labels, dict):
        return bool(labels.get("incident", labels.get("relevant", True)))
    return not name.startswith("news/")


def _published(row: dict[str, Any]) -> datetime | None:
    """Return the day of a row that states one; MUC's stands in its dateline."""
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", str(row.get("date") or row.get("publish_date") or ""))
    return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC) if found else None


def _fills(row: dict[str, Any]) -> list[str]:
    """Return the strings of victims and targets of a row's templates, lower-cased."""
    told = [text for one in row.get("templates") or () for key in _HURT for text in one.get(key) or ()]
    return [_SPACE.sub(" ", found).lower() for text in told for found in _QUOTED.findall(text)]


def _label(row: dict[str, Any], positive: bool, low: str, fills: list[str]) -> float | None:
    if "templates" not in row:
        return float(positive)
    if not positive:
        # Templates that the judges of MUC held optional prove neither.
        return None if row["labels"].get("incident_incl_optional") else 0.0
    flat = _SPACE.sub(" ", low)
    return 1.0 if any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", flat) for one in fills) else None


def cases(data_dir: Path, first: First) -> Iterator[Case]:
    """Return the articles past the gate, read by the rules.

    Raises:
        OSError: a set is missing or not gzip.
    """
    own = ({"id": text, "text": text, "labels": {"incident": good}} for text, good in first.own.items())
    sets = [(*one, _rows(data_dir, one[0])) for one in _SETS]
    for name, weight, line_weight, share, rows in [("own", OWN_WEIGHT, OWN_WEIGHT, 1, own), *sets]:
        for row in rows:
            identifier = str(row["id"])
            odds = first.odds.get((name, identifier))
            if odds is None or (crc32(identifier.encode()) >> 4) % share:
                continue
            if sigmoid(odds) >= first.gate:
                yield _case(name, row, odds, weight, line_weight)


def turned_back(data_dir: Path, first: First) -> Iterator[Turned]:
    """Return the articles of the hard sets below the gate.

    Raises:
        OSError: a set is missing or not gzip.
    """
    for name in HARD_SETS:
        for row in _rows(data_dir, name):
            odds = first.odds.get((name, str(row["id"])))
            if odds is not None and sigmoid(odds) < first.gate:
                yield Turned(
                    fold_of(str(row["id"])), _positive(name, row), tenor.words(telling.whole(_article(row)))
                )


def _article(row: dict[str, Any]) -> Article:
    return Article(
        id=str(row["id"]), title=row.get("title") or "", text=row["text"], published_at=_published(row)
    )


def _case(name: str, row: dict[str, Any], odds: float, weight: float, line_weight: float) -> Case:
    article = _article(row)
    chance = float(sigmoid(odds))
    walk = Walk(article, gazetteer.load(), actors.load(), strict=chance < 0.2, sure=chance >= 0.6)
    drafts = walk.run()
    lines = telling.lines(walk)
    positive, fills = _positive(name, row), _fills(row)
    return Case(
        origin=name,
        fold=fold_of(article.id),
        positive=positive,
        weight=weight,
        lines=lines,
        labels=tuple(_label(row, positive, low, fills) for low, _ in lines),
        line_weight=line_weight,
        words=tenor.words(telling.whole(article)),
        sight=telling.sight(drafts, odds, len(article.text)),
    )


def train(data_dir: Path, out_dir: Path, first: First) -> dict[str, float]:
    """Fit the second look, write ``telling.npz`` into ``out_dir`` and return its cross-validated figures.

    Raises:
        OSError: a set is missing, or the folder cannot be written.
    """
    known = list(cases(data_dir, first))
    back = list(turned_back(data_dir, first))
    folds = np.array([one.fold for one in known])
    labels = np.array([float(one.positive) for one in known])
    weights = np.array([one.weight for one in known])
    values = np.zeros((len(known), len(telling.figures(np.zeros(0), 0.0, known[0].sight))))
    for fold in range(FOLDS):
        words, bias = _words([one for one in known if one.fold != fold])
        tone = _tenor([one for one in known if one.fold != fold], [one for one in back if one.fold != fold])
        for number in np.flatnonzero(folds == fold):
            told = telling.line_scores(words, bias, known[number].lines)
            said = tenor.tenor(tone, *known[number].words)
            values[number] = telling.figures(told, said, known[number].sight)
    means, spreads = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-6)
    ready = (values - means) / spreads
    crossed = np.zeros(len(known))
    for fold in range(FOLDS):
        second, offset = _second(ready, labels, np.where(folds == fold, 0.0, weights))
        crossed = np.where(folds == fold, sigmoid(ready @ second + offset), crossed)
    hard = np.array([one.origin in HARD_SETS for one in known])
    threshold = _threshold(crossed[hard], labels[hard])
    second, offset = _second(ready, labels, weights)
    words, bias = _words(known)
    tone = _tenor(known, back)
    np.savez_compressed(
        out_dir / "telling.npz",
        words=words.astype(np.float16),
        second=np.array([second, means, spreads]),
        tenor=np.array([tone.weights, tone.rarity]).astype(np.float16),
        scalars=np.array([bias, offset, threshold, tone.bias]),
    )
    return _figures(known, crossed, labels, folds, threshold)


def _tenor(known: list[Case], back: list[Turned]) -> tenor.Tenor:
    """Return the tables of the articles' words, from the hard sets alone."""
    own = [one for one in known if one.origin in HARD_SETS]
    weights = [one.weight for one in own] + [BACK_WEIGHT] * len(back)
    words = [one.words for one in own] + [one.words for one in back]
    labels = [float(one.positive) for one in own] + [float(one.positive) for one in back]
    return train_tenor.train(words, np.array(labels), np.array(weights))


def _words(known: list[Case]) -> tuple[Any, float]:
    """Return the sentences' weights from the cases given."""
    told = [
        (line, label, one.line_weight)
        for one in known
        for line, label in zip(one.lines, one.labels, strict=True)
        if label is not None and one.line_weight
    ]
    columns, owners = telling.rows([line for line, _, _ in told])
    rows = matrix(columns, owners, len(told), 1 << telling.BITS)
    labels, weights = np.array([label for _, label, _ in told]), np.array([weight for _, _, weight in told])
    words, bias = fit(rows, labels, weights, steps=150, ridge=RIDGE)
    return words.astype(np.float16).astype(np.float64), bias


def _second(values: Any, labels: Any, weights: Any) -> tuple[Any, float]:
    """Return weights and offset of a ridge-penalised logistic model over a few figures (Newton's method)."""
    wide = np.hstack([values, np.ones((len(values), 1))])
    ridge = np.diag([3.0] * values.shape[1] + [1e-6])
    found = np.zeros(wide.shape[1])
    for _ in range(30):
        chances = sigmoid(wide @ found)
        slope = wide.T @ ((chances - labels) * weights) + ridge @ found
        curve = (wide * (np.maximum(chances * (1 - chances), 1e-6) * weights)[:, None]).T @ wide + ridge
        found -= np.linalg.solve(curve, slope)
    return found[:-1], float(found[-1])


def _f1(flagged: Any, labels: Any) -> float:
    return float(2 * (flagged & (labels > 0)).sum() / max(flagged.sum() + labels.sum(), 1.0))


def _threshold(chances: Any, labels: Any) -> float:
    """Return half of the best F1: where chances are calibrated, F1 is best there (Lipton and others 2014)."""
    return round(max(_f1(chances >= step / 50, labels) for step in range(10, 35)) / 2, 2)


def _figures(known: list[Case], crossed: Any, labels: Any, folds: Any, threshold: float) -> dict[str, float]:
    """Return F1 over folds of the hard sets: its mean, and that of the worst fold."""
    flagged = crossed >= threshold
    found = {"second_threshold": threshold, "second_cases": float(len(known))}
    for name in ("muc34", "ceha"):
        own = np.array([name in one.origin for one in known])
        parts = [_f1(flagged[own & (folds == fold)], labels[own & (folds == fold)]) for fold in range(FOLDS)]
        found[f"{name}_f1"], found[f"{name}_f1_worst_fold"] = float(np.mean(parts)), min(parts)
    return found
