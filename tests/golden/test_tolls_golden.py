"""The tolls of some five hundred phrases, one a line, as a careful reader would count them."""

from pathlib import Path

import pytest

from dateline.incidents.tolls import TollMention, read_tolls

LINES = (Path(__file__).parent / "tolls_phrases.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if not line.startswith("#")]


def shown(one: TollMention) -> str:
    top = "+" if one.max is None else "" if one.max == one.min else f"-{one.max}"
    return f"{one.kind} {one.min}{top}" + ("~" if one.approx else "")


def test_the_table_is_large() -> None:
    """Four hundred phrases and more, each once."""
    assert len({sentence for sentence, _ in CASES}) == len(CASES) >= 400


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_phrase_counts_what_a_reader_counts(sentence: str, expected: str) -> None:
    """Each phrase gives exactly the tolls beside it; those with none beside give none."""
    assert ", ".join(shown(one) for one in read_tolls(sentence)) == expected


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_capitals_change_no_count_of_a_number(sentence: str, expected: str) -> None:
    """Newswire in capitals gives the same counts wherever a number or a noun, not a name, says them."""
    named = {
        "Sergeant John Miles",
        "Ahmed Said",
        "Suresh Munda",
        "Cagle",
        "US soldiers",
        "Yazidis",
        "Kurds",
        "Palestinians",
        "Israelis",
        "3 p.m.",
    }
    if any(name in sentence for name in named):
        pytest.skip("names and peoples are told by their capitals")
    assert ", ".join(shown(one) for one in read_tolls(sentence.upper())) == expected
