"""Floors under the quality of coding on public sets; they are raised, never lowered in silence."""

import sys
from pathlib import Path

import pytest

from dateline.incidents.assemble import Coder

sys.path.insert(0, str(Path(__file__).parent))
import eval_coding
import eval_record

DATA = eval_coding.REPO.parent / "shared/data"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


def test_samples(coder: Coder):
    """On the hand-labelled samples: F1 of at least .9, every statistic found, no leak and no hard fail."""
    found = eval_coding.samples(coder, DATA)
    assert found["incident"]["F1"] >= 0.9
    assert found["aggregate_recall"] == 1.0
    assert not {name for name in found["errors"] if name.startswith(("leak", "hard"))}


def test_false_incidents(coder: Coder):
    """At most four of a thousand ordinary articles hold an incident."""
    assert eval_coding.ordinary(coder, DATA, [])["all_per_1000"] <= 4


def test_newswire(coder: Coder):
    """MUC-4: documents, types and days stay above what was reached."""
    found = eval_coding.muc(coder, DATA)
    assert found["incident_coded"]["f1"] >= 0.77
    assert found["relevant"]["f1"] >= 0.77
    assert found["type"]["f1"] >= 0.66
    assert eval_record.muc_days(coder, DATA)["exact"] >= 0.74


def test_days_over_many_templates(coder: Coder):
    """MUC-4's training templates, from which no day was ever learned, hold enough of them to count."""
    found = eval_record.muc_days(coder, DATA, "incidents/muc34_train")
    assert found["given"] >= 250
    assert found["exact"] >= 0.85


def test_incident_summaries(coder: Coder):
    """SATP: action types, exact counts and places stay above what was reached."""
    found = eval_coding.satp(coder, DATA)
    assert found["action_type"]["f1"] >= 0.82
    assert found["killed_exact"] >= 0.96
    assert eval_record.satp_places(coder, DATA)["within_50_km"] >= 0.5


def test_gun_violence(coder: Coder):
    """Exact numbers of the killed and hurt in local news."""
    found = eval_coding.gun_violence(coder, DATA)
    assert found["killed_exact"] >= 0.9
    assert found["injured_exact"] >= 0.77


def test_horn_of_africa(coder: Coder):
    """CEHA's hard negatives (round-ups, no conflict) against its events."""
    found = eval_coding.ceha(coder, DATA)
    assert found["incident_coded"]["f1"] >= 0.85
    assert found["relevant"]["f1"] >= 0.86


def test_confidence_is_calibrated(coder: Coder):
    """Over all labelled sets a confidence is the share of the right, to a twentieth."""
    assert eval_record.calibration(coder, DATA)["all"] <= 0.05


def test_every_field_is_proven(coder: Coder):
    """Spans equal their slices; every filled field is supported or inferred."""
    found = eval_record.evidence(coder, DATA)
    assert found["spans_equal"] == 1.0
    assert not found["missing"]
