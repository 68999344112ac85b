"""docs/quality.md names what can be measured, and how."""

import re
from pathlib import Path

import pytest
import typer

from dateline.cli import app
from dateline.evaluation.goals import GOALS
from dateline.evaluation.registry import PARTS
from dateline.evaluation.report import Told

PAGE = (Path(__file__).parents[2] / "docs/quality.md").read_text("utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_explained(part: str):
    """What a figure means stands in the page, by its name."""
    assert f"`{part}`" in PAGE


def test_every_key_of_a_report_is_explained():
    """A report's keys are the rows of its table."""
    assert all(f"`{name}`" in PAGE for name in Told.__struct_fields__)


def test_every_option_is_told():
    """What the command takes stands in the page."""
    command = typer.main.get_command(app).commands["eval"]
    options = {name for one in command.params for name in one.opts if name.startswith("--")}
    assert {name for name in options - {"--help", "--json"} if f"{name}" not in PAGE} == set()


def test_the_table_tells_every_goal():
    """The page's table has a row for each goal."""
    rows = set(re.findall(r"^\| ([^|]+?) \|", PAGE, re.MULTILINE))
    assert {goal.about for goal in GOALS.values()} <= rows
