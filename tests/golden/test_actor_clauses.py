"""Who did it and to whom in some three hundred clauses, as a careful reader would say."""

from pathlib import Path

import pytest

from dateline.incidents import actors, casting, readings
from dateline.incidents.joining import Draft
from dateline.incidents.record import Actor, Actors
from dateline.incidents.sentences import Sentence
from dateline.incidents.sources import read_sources
from dateline.incidents.taxonomy import Code

FOLDER = Path(__file__).parent


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


ROWS = _rows("actor_clauses.tsv")
#: Clauses that are not yet read as they should be. One that is takes itself out of the file.
MISSES = {row[0] for row in _rows("actor_clauses_missed.tsv")}


def sides_of(text: str, country: str | None) -> Actors:
    """The sides of one sentence, read as coding reads it."""
    sentence = Sentence(0, len(text), text, 0)
    low, live, _ = readings.first_look(sentence)
    named = actors.read_actors(text, actors.load())
    read = readings.read(sentence, low, live, published_on=None, last_event_on=None, places=(), actors=named)
    draft = Draft(class_="fresh", readings=[read], code=read.code or Code.ATTACK)
    sides, _ = casting.cast(draft, actors.document_actors(named, country), {0: read_sources(text)})
    return sides


def _holds(found: tuple[Actor, ...], wanted: str) -> bool:
    """Whether the actors are those wanted: each of them, and nobody else."""
    if wanted == "-":
        return not found
    told = [f"{one.id} {one.name} {one.kind}".casefold() for one in found]
    parts = wanted.split(";")
    return bool(told) and all(any(part in one for part in parts) for one in told)


def wrong(row: list[str]) -> str:
    """What is not as expected; empty when all is."""
    text, country, doer, hit = row
    sides = sides_of(text, None if country == "-" else country)
    either = doer.startswith("~")
    doer = doer.removeprefix("~")
    proven = tuple(one for one in sides.target if hit != "-" or not one.inferred)
    if _holds(sides.perpetrator, doer) and _holds(proven, hit):
        return ""
    if either and _holds(sides.perpetrator, hit) and _holds(proven, doer):
        return ""
    return f"{[one.name for one in sides.perpetrator]} against {[one.name for one in sides.target]}"


def test_the_table_is_large() -> None:
    """Two hundred clauses, each once; what is missed is one of them."""
    clauses = [row[0] for row in ROWS]
    assert len(clauses) == len(set(clauses)) >= 200
    assert set(clauses) >= MISSES


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_clause_gives_its_sides(row: list[str]) -> None:
    """Who acts and who suffers are a reader's; known misses are misses still."""
    found = wrong(row)
    if row[0] in MISSES:
        assert found, "no longer missed: take it out of actor_clauses_missed.tsv"
    else:
        assert not found, found
