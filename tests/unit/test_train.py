"""Making the relevance weights: from sets on disk to arrays that read back."""

import gzip
import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from dateline.incidents import train

VIOLENT = "gunmen killed {n} villagers and burned the market near the river on monday"
QUIET = "the company raised its dividend by {n} cents after a quarter of good harvests"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder with every set, forty short rows each."""
    for name, *_ in train._SETS:
        rows = []
        for number in range(40):
            positive = not name.startswith("news/") and number % 2 == 0
            rows.append(
                {
                    "id": f"{name}-{number}",
                    "text": (VIOLENT if positive else QUIET).format(n=number),
                    "labels": {"incident": positive, "relevant": positive},
                }
            )
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_training_writes_arrays_that_tell_war_from_dividends(data_dir: Path, tmp_path: Path):
    """The weights are plain arrays, and the figures say how many were learned and how well."""
    figures = train.train(data_dir, tmp_path / "out")
    with np.load(tmp_path / "out/relevance.npz", allow_pickle=False) as arrays:
        assert arrays["weights"].dtype == np.float16
        assert arrays["scalars"].shape == (5,)
    assert figures["examples"] > 100
    assert 0.0 <= figures["gate"] <= 1.0
    assert 0.0 <= figures["brier"] <= 1.0


def test_training_is_deterministic(data_dir: Path, tmp_path: Path):
    """The same sets give the same figures."""
    assert train.train(data_dir, tmp_path / "a") == train.train(data_dir, tmp_path / "b")


def test_a_missing_set_is_an_error(tmp_path: Path):
    """Training never goes on without a set."""
    with pytest.raises(OSError, match="muc34"):
        train.train(tmp_path, tmp_path / "out")


def test_the_shipped_weights_are_small():
    """The model that is shipped stays far below five megabytes."""
    path = resources.files("dateline.incidents").joinpath("models/relevance.npz")
    assert len(path.read_bytes()) < 1_000_000


def test_unseen_rows_never_train(data_dir: Path):
    """Rows that the count of false incidents is taken on are kept from the weights."""
    texts = {one.text for one in train.examples(data_dir) if one.origin == "news/agnews_no_world"}
    rows = [f"news/agnews_no_world-{number}" for number in range(40)]
    kept = [row for row in rows if not train.unseen("news/agnews_no_world", row)]
    assert len(texts) <= len(kept) < len(rows)
