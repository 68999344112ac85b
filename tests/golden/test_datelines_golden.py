"""Datelines as the world's papers set them, and first lines that only look alike."""

from pathlib import Path

import pytest

from dateline.text import datelines

ROWS = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parent / "datelines.tsv").read_text("utf-8").splitlines()
    if row and not row.startswith("#")
]
NONE = ("-", "-", "-")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_a_line_reads_as_written_down(row):
    """Place, agency and day are those of the golden; where it has none, nothing is read."""
    line, *wanted = row
    read = datelines.read(line)
    assert (NONE if read is None else (read.place, read.agency, read.day)) == tuple(wanted)


@pytest.mark.parametrize("row", [row for row in ROWS if row[1:] != NONE], ids=lambda row: row[0][:30])
def test_the_story_begins_behind_the_dateline(row):
    """``length`` reaches to the first word of the story, no further."""
    line = row[0]
    read = datelines.read(line)
    assert read is not None
    assert 0 < read.length < len(line)
    assert not line[read.length].isspace()
    assert line[read.length - 1] in " :-—–.】」]電电）)"


def test_the_goldens_are_in_many_scripts():
    """At least a dozen languages' habits, and as many lines again that are no datelines."""
    assert sum(row[1:] == NONE for row in ROWS) >= 20
    assert len(ROWS) >= 70
