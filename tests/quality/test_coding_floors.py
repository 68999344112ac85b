"""Floors under the quality of coding on public sets; they are raised, never lowered in silence."""

import sys
from pathlib import Path

import pytest

from dateline.incidents.assemble import Coder

sys.path.insert(0, str(Path(__file__).parent))
import eval_coding

DATA = eval_coding.REPO.parent / "shared/data"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


def test_samples(coder: Coder):
    """On the hand-labelled samples: F1 of at least .8, every statistic found, no leak and no hard fail."""
    found = eval_coding.samples(coder, DATA)
    assert found["incident"]["F1"] >= 0.8
    assert found["aggregate_recall"] == 1.0
    assert not {name for name in found["errors"] if name.startswith(("leak", "hard"))}


def test_false_incidents(coder: Coder):
    """At most ten of a thousand ordinary articles hold an incident."""
    assert eval_coding.ordinary(coder, DATA, [])["all_per_1000"] <= 10


def test_newswire(coder: Coder):
    """MUC-4: documents and types stay above what was reached."""
    found = eval_coding.muc(coder, DATA)
    assert found["relevant"]["f1"] >= 0.75
    assert found["type"]["f1"] >= 0.57


def test_incident_summaries(coder: Coder):
    """SATP: action types and exact counts stay above what was reached."""
    found = eval_coding.satp(coder, DATA)
    assert found["action_type"]["f1"] >= 0.78
    assert found["killed_exact"] >= 0.94


def test_horn_of_africa(coder: Coder):
    """CEHA's hard negatives (round-ups, no conflict) against its events."""
    assert eval_coding.ceha(coder, DATA)["incident_coded"]["f1"] >= 0.82
