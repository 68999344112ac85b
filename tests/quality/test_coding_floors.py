"""Floors under the quality of coding on public sets; they are raised, never lowered in silence.

What is measured is ``dateline.evaluation``'s; docs/quality.md says what each figure means. A floor stands a
little below what was reached, so that a change on a handful of documents does not fail it.
"""

import sys
from pathlib import Path

import pytest

from dateline.evaluation import corpora
from dateline.incidents.assemble import Coder

sys.path.insert(0, str(Path(__file__).parent))
import eval_coding
import eval_record

DATA = eval_coding.REPO.parent / "shared/data"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository"),
]

#: The files on which the floors were set: other rows would make them floors of nothing.
HASHES = {
    "incidents/muc34_dev": "c56effdb3370f57000b94893b8b207591c68571e66372cad1938922d1af47663",
    "incidents/muc34_train": "2d36c5da357aba9fc9cf321a0673380f84ce817d6a06e0d5db674ff9c2ac3151",
    "incidents/satp_2014": "3c5ec3242b3a90229af7edecd8f6161ac06be3aa0db4173f609b0f6be105c560",
    "incidents/gunviolence_dev": "ae6bd4fec64cdb8f305293126cf2d2227e3ee49d8f9032d1bf14b0ac7cea671e",
    "incidents/ceha_dev": "e893468d15775f38478972d98200fc856102ecf5c9b6a9cc44f20eabba6376f5",
    "news/agnews_no_world": "3cd60ab210dcdba3306faaad06ad72877d4277f2675b94d50041543b90ee28ad",
    "news/bbc_dev": "cfa506451d5f7ab573d80e22a65d8bf740b410a73c7889db8367eb841d0f729f",
    "news/reuters21578": "9ea4d61b8915631f96aeb4e8136e97b155995ddd8614d2c26be071ffe30bad5a",
}

#: Set and figure, and the least that it may be.
FLOORS = {
    "muc34/documents_coded": 0.775,
    "muc34/documents_relevant": 0.78,
    "muc34/type": 0.66,
    "muc34/days_exact": 0.85,
    "muc34_train/days_exact": 0.88,
    "satp/action_type": 0.88,
    "satp/killed_exact": 0.96,
    "satp/within_50_km": 0.55,
    "satp/district_right": 0.87,
    "satp/district_right_of_all": 0.81,
    "satp/state": 0.91,
    "satp_relevant/coded": 0.92,
    "satp_earlier/action_type": 0.87,
    "satp_earlier/killed_exact": 0.91,
    "satp_earlier/district_right": 0.82,
    "gunviolence_train/killed_exact": 0.85,
    "gunviolence_train/injured_exact": 0.78,
    "gunviolence/killed_exact": 0.90,
    "gunviolence/injured_exact": 0.79,
    "gunviolence/coded": 0.84,
    "ceha/documents_coded": 0.85,
    "ceha/documents_relevant": 0.86,
    "rand/killed_exact": 0.91,
    "rand/city": 0.78,
    "plover/words_left_alone": 0.95,
}

#: Trials without which a share is a share of nothing.
ENOUGH = {"muc34_train/days_exact": 250, "satp/district_right": 800, "rand/city": 250}


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


@pytest.mark.parametrize("name", HASHES)
def test_the_sets_are_those_of_the_floors(name: str):
    """A floor holds for the rows on which it was set."""
    assert corpora.fingerprint(corpora.path(DATA, name)) == HASHES[name]


@pytest.mark.parametrize("name", FLOORS)
def test_floor(coder: Coder, name: str):
    """No figure falls below what was reached, and none is a share of a handful."""
    known, _, figure = name.partition("/")
    found = eval_record.measured(coder, DATA, known)[figure]
    assert found.value >= FLOORS[name], found
    assert found.n >= ENOUGH.get(name, 1), found


def test_samples(coder: Coder):
    """On the hand-labelled samples: F1 of at least .9, every statistic found, no leak and no hard fail."""
    found = eval_coding.samples(coder, DATA)
    assert found["incident"]["F1"] >= 0.9
    assert found["aggregate_recall"] == 1.0
    assert not {name for name in found["errors"] if name.startswith(("leak", "hard"))}


def test_false_incidents(coder: Coder):
    """At most four of a thousand ordinary articles hold an incident."""
    assert eval_coding.ordinary(coder, DATA, [])["all_per_1000"] <= 4


def test_confidence_is_calibrated(coder: Coder):
    """Over all labelled sets a confidence is the share of the right, to a twentieth."""
    assert eval_record.calibration(coder, DATA)["all"] <= 0.05


def test_every_field_is_proven(coder: Coder):
    """Spans equal their slices; every filled field is supported or inferred."""
    found = eval_record.evidence(coder, DATA)
    assert found["spans_equal"] == 1.0
    assert not found["missing"]


def test_tables_of_phrases():
    """As many rows of our own as there were: none is dropped in silence."""
    found = eval_coding.phrases()
    assert found["toll_phrases"] >= 400
    assert found["time_phrases"] >= 300
    assert found["place_phrases"] >= 200
    assert found["actor_clauses"] >= 200
