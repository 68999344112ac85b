"""The sub-type of six and more sentences for each of the 25, from the prose of many countries."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dateline.incidents import readings
from dateline.incidents.sentences import split
from dateline.incidents.taxonomy import Code

TABLE = Path(__file__).with_name("kinds.tsv")
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def kind_of(text: str) -> Code | None:
    """Return the sub-type that a sentence is read as, before anything is asked about its facts."""
    sentence = split(text)[0]
    low, live, _ = readings.first_look(sentence)
    return readings.read(
        sentence, low, live, published_on=date(2024, 5, 15), last_event_on=None, places=(), actors=()
    ).code


def test_every_sub_type_has_six_sentences() -> None:
    """All 25 sub-types stand in the table, each with six sentences or more, and none twice."""
    counts = Counter(Code(kind) for kind, _ in ROWS)
    assert set(counts) == set(Code)
    assert min(counts.values()) >= 6
    assert len({text for _, text in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("kind", "text"), ROWS, ids=[text for _, text in ROWS])
def test_a_sentence_is_of_its_kind(kind: str, text: str) -> None:
    """A sentence that tells one act is read as the sub-type that an analyst would give it."""
    assert kind_of(text) == Code(kind)
