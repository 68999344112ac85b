"""Who did it and to whom in whole texts of one or two sentences, coded as an article is.

A wrong doer costs more than a missing one: no text may have one, and those whose sides are missing are written down.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Actor, Incident
from dateline.model import Article

FOLDER = Path(__file__).parent
PUBLISHED = datetime(2024, 5, 15, 12, tzinfo=UTC)


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


ROWS = _rows("sides_texts.tsv")
#: Texts of which a side, or the incident, is still missing; most for want of an incident.
MISSES = {row[0] for row in _rows("sides_texts_missed.tsv")}


def first_of(text: str) -> Incident | None:
    """The first fresh incident of a text."""
    article = Article(id="sides", text=text, published_at=PUBLISHED)
    return next((one for one in Coder.load().code(article).incidents if one.class_ == "fresh"), None)


def judged(found: tuple[Actor, ...], wanted: str) -> str:
    """Whether a side is right, missing or wrong: any of those wanted, and nobody else."""
    parts = wanted.split(";")
    if not found:
        return "right" if "-" in parts else "missing"
    told = [f"{one.id} {one.name} {one.kind}".casefold() for one in found]
    return "right" if all(any(part in one for part in parts if part != "-") for one in told) else "wrong"


def verdicts(row: list[str]) -> tuple[str, str]:
    """What is found of the doer and of the hit."""
    incident = first_of(row[0])
    if incident is None:
        return "missing", "missing"
    proven = tuple(one for one in incident.actors.target if not (one.inferred and "-" in row[2].split(";")))
    return judged(incident.actors.perpetrator, row[1]), judged(proven, row[2])


def test_the_table_is_large() -> None:
    """Texts stand once, with their misses among them, which are few."""
    texts = [row[0] for row in ROWS]
    assert len(texts) == len(set(texts)) >= 180
    assert set(texts) >= MISSES
    assert len(MISSES) <= len(texts) // 8


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_text_gives_its_sides(row: list[str]) -> None:
    """Nobody is accused who did not do it; both sides are right but for the misses that are written down."""
    doer, hit = verdicts(row)
    assert doer != "wrong"
    if row[0] not in MISSES:
        assert (doer, hit) == ("right", "right")
