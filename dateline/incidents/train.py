"""Making the weights of both looks at an article from public data sets.

Owns which sets count as what, with which weight. Refuses the arithmetic (``fitting``) and the second
look's own figures (``train_telling``). Build code: nothing of it runs on the wire. The sets are read
from a folder that is not shipped (docs name each origin); what is left of them are hashed weights.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct

from dateline.incidents import relevance, train_telling
from dateline.incidents.fitting import Matrix, best_threshold, fit, matrix, platt, sigmoid

HELD_OUT = 8
"""One document of this many is kept from the weights, for calibration and the threshold."""

GATE_RECALL = 0.98
"""The gate, below which nothing more is read of an article, lets this share of the hard sets' incident
articles pass; of all sets together more than .99 pass."""

HARD_SETS = train_telling.HARD_SETS
"""Sets whose ordinary articles are written by the same hands as their incidents: gate and threshold are
set on them, since telling war from football is no proof of anything."""

OWN_WEIGHT = 8.0
"""Of a sentence of our own: they are few, short, and stand for kinds that no set holds."""

_VIOLENT = re.compile(
    r"\b(?:kill(?:ed|ing)|bomb\w*|guerrillas?|gunm[ae]n|troops|rebels?|attacked|missiles?|hostages?|militants?)\b"
)
_ARMED = re.compile(r"\b(?:CLASH\w*|SOLDIERS?|TROOPS|COMBAT\w*|AMBUSH\w*|KILLED|WOUNDED|BATTALION|BRIGADE)\b")
ARMED_WORDS = 4
"""From as many words of war on, a MUC article without a template most likely tells of a clash."""


class Example(Struct, frozen=True):
    text: str
    positive: bool
    weight: float
    #: Data set, for the figures.
    origin: str
    #: Kept from the weights.
    held_out: bool
    #: The row's own name in its set.
    id: str = ""


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _yes(_row: dict[str, Any]) -> bool:
    return True


def _no(_row: dict[str, Any]) -> bool:
    return False


def _labelled(key: str) -> Callable[[dict[str, Any]], bool]:
    return lambda row: bool(row["labels"][key])


# file, what counts as telling of an incident, weight of a positive, weight of a negative, one row of how many.
# MUC's negatives hold clashes between armed forces, which are incidents to us and no templates to MUC: they
# weigh less. Organised-crime features are neither: they are left out as negatives.
_SETS: tuple[tuple[str, Callable[[dict[str, Any]], bool], float, float, int], ...] = (
    ("incidents/muc34_train", _labelled("incident"), 6.0, 4.0, 1),
    ("incidents/ceha_train", _labelled("relevant"), 8.0, 4.0, 1),
    ("incidents/satp_2005_2013", _yes, 0.5, 0.0, 4),
    ("incidents/satp_relevant_train", _yes, 0.7, 0.0, 1),
    ("incidents/gunviolence_train", _yes, 0.7, 0.0, 1),
    ("incidents/indiapolice_docs_train", lambda row: bool(row["labels"]), 0.7, 0.0, 1),
    ("incidents/rand_gtd", _yes, 0.5, 0.0, 3),
    ("news/bbc_train", _no, 0.0, 1.0, 1),
    ("news/agnews_no_world", _no, 0.0, 0.7, 1),
    ("news/reuters21578", _no, 0.0, 0.5, 3),
)

# Kept from the weights altogether, so that the count of false incidents is taken on unseen articles.
_UNSEEN = {"news/agnews_no_world": 5, "news/reuters21578": 12}


def unseen(name: str, identifier: str) -> bool:
    """Whether a row of an ordinary-news set is kept from the weights for the count of false incidents."""
    share = _UNSEEN.get(name)
    return share is not None and crc32(identifier.encode()) % share == 0


def _own() -> Iterator[Example]:
    for name, positive in (("ordinary", False), ("told", True)):
        text = resources.files("dateline.incidents").joinpath(f"data/{name}.tsv").read_text("utf-8")
        for line in text.splitlines():
            _, _, sentence = line.partition("\t")
            yield Example(
                sentence, positive=positive, weight=OWN_WEIGHT, origin="own", held_out=False, id=sentence
            )


def examples(data_dir: Path) -> Iterator[Example]:
    """Return every example of the sets in ``data_dir`` and of our own ordinary sentences.

    Raises:
        OSError: a set is missing or not gzip.
    """
    for name, is_positive, gain, loss, share in _SETS:
        for row in _rows(data_dir / f"{name}.jsonl.gz"):
            mark = crc32(str(row["id"]).encode())
            if unseen(name, str(row["id"])) or (mark >> 8) % share:
                continue
            positive = is_positive(row)
            text = f"{row.get('title') or ''} . {row['text']}"
            weight = gain if positive else loss
            # Ordinary news holds a few true incidents: they are no proof of the opposite.
            if name.startswith("news/") and len(_VIOLENT.findall(text.lower())) >= 2:
                weight = 0.0
            if (
                name == "incidents/muc34_train"
                and not positive
                and len(_ARMED.findall(row["text"])) >= ARMED_WORDS
            ):
                weight *= 0.25
            if weight:
                aside = (mark >> 16) % HELD_OUT == 0
                yield Example(text, positive, weight, name, aside, str(row["id"]))
    yield from _own()


def _matrix(texts: list[str]) -> Matrix:
    found = [relevance.features(text) for text in texts]
    owners = np.repeat(np.arange(len(found)), [len(one) for one in found])
    return matrix(np.concatenate(found).astype(np.int64), owners, len(found), 1 << relevance.BITS)


def train(data_dir: Path, out_dir: Path) -> dict[str, float]:
    """Fit both looks, write ``relevance.npz`` and ``telling.npz`` into ``out_dir`` and return held-out figures.

    Deterministic. Some minutes on one core.

    Raises:
        OSError: a set is missing, or the folder cannot be written.
    """
    known = list(examples(data_dir))
    rows = _matrix([one.text for one in known])
    labels = np.array([float(one.positive) for one in known])
    weights = np.array([one.weight for one in known])
    aside = np.array([one.held_out for one in known])
    table, bias = fit(rows, labels, np.where(aside, 0.0, weights))
    table = table.astype(np.float16).astype(np.float64)
    scores = rows.dot(table) + bias
    slope, offset = platt(scores[aside], labels[aside], weights[aside])
    probabilities = sigmoid(slope * scores + offset)
    hard = aside & np.array([one.origin in HARD_SETS for one in known])
    hits = np.sort(probabilities[hard & (labels > 0)])
    gate = float(hits[int(len(hits) * (1 - GATE_RECALL))])
    threshold = best_threshold(probabilities[hard], labels[hard])
    out_dir.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out_dir / "relevance.npz",
        weights=table.astype(np.float16),
        scalars=np.array([bias, slope, offset, threshold, gate]),
    )
    unseen_odds = slope * _crossed(rows, labels, weights, known) + offset
    firsts = {(one.origin, one.id): float(odds) for one, odds in zip(known, unseen_odds, strict=True)}
    own = {one.id: one.positive for one in known if one.origin == "own"}
    second = train_telling.train(data_dir, out_dir, train_telling.First(firsts, gate, own))
    return _figures(probabilities[aside], labels[aside], threshold, gate, len(known)) | second


def _crossed(rows: Matrix, labels: Any, weights: Any, known: list[Example]) -> Any:
    """Return the margin of every example under weights that have not seen its fold."""
    folds = np.array([train_telling.fold_of(one.id) for one in known])
    margins = np.zeros(len(known))
    for fold in range(train_telling.FOLDS):
        table, bias = fit(rows, labels, np.where(folds == fold, 0.0, weights), steps=120)
        margins = np.where(folds == fold, rows.dot(table) + bias, margins)
    return margins


def _figures(probabilities: Any, labels: Any, threshold: float, gate: float, size: int) -> dict[str, float]:
    def recall(limit: float) -> float:
        return float((labels[probabilities >= limit] > 0).sum()) / max(float((labels > 0).sum()), 1.0)

    flagged = probabilities >= threshold
    return {
        "examples": float(size),
        "held_out": float(len(labels)),
        "threshold": threshold,
        "gate": gate,
        "recall": recall(threshold),
        "gate_recall": recall(gate),
        "precision": float((flagged & (labels > 0)).sum()) / max(float(flagged.sum()), 1.0),
        "brier": float(((probabilities - labels) ** 2).mean()),
    }
