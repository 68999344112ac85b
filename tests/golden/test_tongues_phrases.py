"""Phrases of other languages: what is counted, when, where, and who did it to whom."""

from datetime import date
from pathlib import Path

import pytest

from dateline.incidents.sentences import Sentence
from dateline.incidents.tongues.coding import Linguist
from dateline.incidents.tongues.figures import actor_of, named_of
from dateline.incidents.tongues.line import read_line
from dateline.incidents.tongues.reading import Reading, read

HOME = Path(__file__).parent / "tongues"
PUBLISHED, LAST = date(2022, 3, 18), date(2022, 3, 14)
"""A Friday, and the Monday of the last event."""


def rows(kind: str) -> list[tuple[str, ...]]:
    found = []
    for path in sorted(HOME.glob(f"*_{kind}.tsv")):
        lines = path.read_text("utf-8").splitlines()
        found += [(path.name[:2], *line.split("\t")) for line in lines if line and not line.startswith("#")]
    return found


def reading(code: str, sentence: str) -> Reading:
    tools = Linguist.load(code).tools
    whole = Sentence(0, len(sentence), sentence, 0)
    return read(read_line(whole, tools.tongue), tools, PUBLISHED, LAST)


def tolls(code: str, sentence: str) -> str:
    shown = []
    for toll in reading(code, sentence).tolls:
        one = toll.quantity
        top = "+" if one.max is None else "" if one.max == one.min else f"-{one.max}"
        shown.append(f"{toll.kind} {one.min}{top}" + ("~" if one.approx else ""))
    return ", ".join(shown)


def times(code: str, sentence: str) -> str:
    shown = []
    for one in reading(code, sentence).times:
        span = one.first.isoformat() + (f"..{one.last.isoformat()}" if one.last != one.first else "")
        shown.append(f"{span} {one.precision} {one.kind}")
    return ", ".join(shown)


def places(code: str, sentence: str) -> str:
    spots = [one for one, _, _ in reading(code, sentence).spots if one.kind != "demonym"]
    return "; ".join(
        f"{one.name} {one.called or one.kind} {one.relation}{'' if one.event_place else ' no'}"
        for one in spots
    )


def sides(code: str, sentence: str) -> str:
    tools = Linguist.load(code).tools
    found = reading(code, sentence)
    group = named_of(found.figures)
    named = [
        ";".join(dict.fromkeys(actor_of(one, tools.lexicon, None, group).name for one in side)) or "-"
        for side in (found.sides.perpetrator, found.sides.target)
    ]
    return " > ".join(named)


@pytest.mark.parametrize(("code", "sentence", "expected"), rows("tolls"))
def test_a_phrase_counts_what_a_reader_counts(code: str, sentence: str, expected: str) -> None:
    """Each phrase gives exactly the tolls beside it; those with none beside give none."""
    assert tolls(code, sentence) == expected


@pytest.mark.parametrize(("code", "sentence", "expected"), rows("times"))
def test_a_phrase_means_the_days_that_a_reader_takes(code: str, sentence: str, expected: str) -> None:
    """Each phrase gives exactly the times beside it, counted from publication or the last event."""
    assert times(code, sentence) == expected


@pytest.mark.parametrize(("code", "sentence", "expected"), rows("places"))
def test_a_phrase_names_the_places_that_a_reader_finds(code: str, sentence: str, expected: str) -> None:
    """Each phrase gives exactly the places beside it, with what its words say of them."""
    assert places(code, sentence) == expected


@pytest.mark.parametrize(("code", "sentence", "expected"), rows("sides"))
def test_a_clause_tells_who_did_it_to_whom(code: str, sentence: str, expected: str) -> None:
    """Each clause gives exactly the sides beside it."""
    assert sides(code, sentence) == expected
