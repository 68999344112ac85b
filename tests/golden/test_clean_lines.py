"""Lines that cleaning takes, by rule, and lines that it must leave; nine languages beside English."""

from pathlib import Path

import pytest

from dateline.model import Line, Role
from dateline.text import clean

_ROWS = [
    row.split("\t") for row in (Path(__file__).parent / "clean" / "lines.tsv").read_text("utf-8").splitlines()
]
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


def test_every_rule_has_a_golden_line() -> None:
    """No rule is added without a line that shows what it takes."""
    shown = {row[0] for row in _ROWS}
    assert {rule.name for rule in clean.RULES if not rule.is_caption} <= shown


def test_every_language_has_golden_lines() -> None:
    """No language is added without lines that it takes and lines that it leaves."""
    taken = {row[2] for row in _ROWS if row[0] != "keep"}
    left = {row[2] for row in _ROWS if row[0] == "keep"}
    assert {rule.language for rule in clean.RULES} - {"*"} <= taken & left
