"""Walls in many languages, and whole texts that only offer a subscription."""

from pathlib import Path

import pytest

from dateline.text import walls

ROWS = [
    row.split("\t")
    for row in (Path(__file__).parent / "walls.tsv").read_text("utf-8").splitlines()
    if row and not row.startswith("#")
]


@pytest.mark.parametrize(("wanted", "text"), ROWS)
def test_a_text_is_judged_as_written_down(wanted, text):
    """A wall is known by what it says; an offer beside a whole text is none."""
    assert (walls.wall(None, text) or "-") == wanted


@pytest.mark.parametrize("text", [text for wanted, text in ROWS if wanted in {"paywall", "login", "teaser"}])
def test_a_whole_article_is_not_walled(text):
    """The same words behind an article of its own length change nothing."""
    whole = "\n\n".join(["The river rose by two metres in the night and fell again by noon, they said."] * 20)
    assert walls.wall(None, f"{whole}\n\n{text}") is None
