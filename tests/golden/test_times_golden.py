"""The dates of some three hundred phrases, one a line, read from two anchors."""

from datetime import date
from pathlib import Path

import pytest

from dateline.incidents.times import TimeMention, read_times

PUBLISHED_ON = date(2022, 3, 18)  # a Friday
LAST_EVENT_ON = date(2022, 3, 14)
LINES = (Path(__file__).parent / "times_phrases.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if not line.startswith("#")]


def shown(one: TimeMention) -> str:
    until = "" if one.first == one.last else f"..{one.last}"
    return f"{one.first}{until} {one.precision} {one.kind}"


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_phrase_gives_the_days_that_it_tells(sentence: str, expected: str) -> None:
    """Each phrase gives exactly the days beside it; those with none beside give none."""
    found = read_times(sentence, PUBLISHED_ON, LAST_EVENT_ON)
    assert ", ".join(shown(one) for one in found) == expected
