"""Lines that cleaning takes, by rule, and lines that it must leave, in every language of the rules."""

from pathlib import Path

import pytest

from dateline.model import Line, Role
from dateline.text import clean

_FOLDER = Path(__file__).parent / "clean"
_ROWS = [row.split("\t") for row in (_FOLDER / "lines.tsv").read_text("utf-8").splitlines()]
_PAIRS = [row.split("\t") for row in (_FOLDER / "pairs.tsv").read_text("utf-8").splitlines()]
_PROSE = (
    "Armed men attacked two villages in the north of the province on Sunday night and burnt several houses, officials said.",
    "The governor said that the army had sent soldiers to the area and that the search for the attackers was going on.",
)


def _verdict(line: str, at: str) -> str:
    first, second = (Line(Role.BODY, text) for text in _PROSE)
    odd = Line(Role.BODY, line)
    lines = {"head": [odd, first, second], "body": [first, odd, second], "tail": [first, second, odd]}[at]
    kept, removed = clean.clean_lines(lines)
    texts = [one.text for one in kept]
    assert [text for text in texts if text in _PROSE] == list(_PROSE)
    if removed:
        return removed[0].rule
    return "caption" if any(one.role is Role.CAPTION for one in kept) else "keep"


@pytest.mark.parametrize(("rule", "at", "language", "line"), _ROWS)
def test_each_line_is_judged_as_written_down(rule: str, at: str, language: str, line: str) -> None:
    """Furniture goes under the name of its rule, sentences stay, wherever and in whatever language."""
    assert _verdict(line, at) == rule


@pytest.mark.parametrize(("language", "rule", "at", "taken", "left"), _PAIRS)
def test_furniture_goes_and_news_in_its_words_stays(
    language: str, rule: str, at: str, taken: str, left: str
) -> None:
    """For each rule and language: a line that it takes, and a sentence of news that begins or reads alike."""
    assert (language, _verdict(taken, at), _verdict(left, at)) == (language, rule, "keep")


def test_every_rule_has_a_pair_in_every_language_of_its_own() -> None:
    """No rule gets a language without a line that it takes there and a sentence that it leaves there."""
    shown = {(row[0], row[1]) for row in _PAIRS}
    asked = {(rule.language, rule.name) for rule in clean.RULES}
    assert {pair for pair in asked if pair[0] != "*"} <= shown
    assert {name for language, name in asked if language == "*"} <= {name for _, name in shown}


def test_what_is_kept_stays_kept() -> None:
    """Cleaning all goldens of a place as one text, and what it keeps again, changes nothing more."""
    lines = [Line(Role.BODY, text) for row in _PAIRS for text in (row[3], row[4])]
    kept, _ = clean.clean_lines(lines)
    assert clean.clean_lines(kept) == (kept, ())
