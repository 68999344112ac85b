"""One document of a set, coded and judged.

Owns the shapes that go from the judges to the figures and to the browser of errors. A judge is a pure
function of a row and its coding; everything that is told of a set is told from its cases, so that a
figure and the list of its errors cannot disagree.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from msgspec import Struct

from dateline.errors import BadRecord
from dateline.evaluation.corpora import Row, article
from dateline.evaluation.figures import Mark
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Coding, Incident
from dateline.model import Article

Kind = Literal["missed", "false", "type", "day", "toll", "place"]
KINDS: tuple[Kind, ...] = ("missed", "false", "type", "day", "toll", "place")

RIGHT: Mark = (1, 1, 1)
WRONG: Mark = (0, 1, 1)


class Fault(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a coding: what stands in the gold, and what was given instead."""

    kind: Kind
    gold: str = ""
    given: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """What a judge says of one document."""

    #: Figure by figure; one that does not apply to the document is left out.
    marks: dict[str, Mark]
    faults: tuple[Fault, ...] = ()
    #: What the set's makers wrote down, for people: (field, words).
    gold: tuple[tuple[str, str], ...] = ()
    #: What of it stands in the document's own words, to be found again there.
    quotes: tuple[str, ...] = ()
    #: Confidence of each fresh incident, and whether it is right; empty where a set does not tell.
    sure: tuple[tuple[float, bool], ...] = ()


class Case(Struct, frozen=True, kw_only=True):
    """A document with its coding and the verdict on it."""

    set: str
    article: Article
    coding: Coding
    verdict: Verdict


Judge = Callable[[Row, Coding], Verdict]
Selection = Callable[[Iterable[Row]], Iterable[Row]]


class Set(Struct, frozen=True, kw_only=True):
    """A labelled set: its files, which rows count, the day of a row, and its judge."""

    name: str
    #: Under the folder of the sets, without ".jsonl.gz".
    files: tuple[str, ...]
    judge: Judge
    day: Callable[[Row], str | None]
    select: Selection = iter
    #: Figures that are told of so many rather than of one.
    per: int = 1
    #: One line for people: what it is.
    about: str = ""


def judged(known: Set, rows: Iterable[Row], coder: Coder) -> Iterator[Case]:
    """Yield the cases of a set's rows, coding one after the other.

    Raises:
        BadRecord: a row lacks what the judge needs; the message names the set and the row.
    """
    for number, row in enumerate(known.select(rows), 1):
        with _naming(known.name, number, row):
            told = article(row, known.day(row))
        coding = coder.code(told)
        with _naming(known.name, number, row):
            verdict = known.judge(row, coding)
        yield Case(set=known.name, article=told, coding=coding, verdict=verdict)


@contextmanager
def _naming(name: str, number: int, row: Row) -> Iterator[None]:
    """Turn what a row lacks into an error that names the set and the row."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise BadRecord(f"{name}: row {number} ({row.get('id')}): {type(error).__name__}: {error}") from error


def fresh(coding: Coding) -> list[Incident]:
    """Return the incidents that would enter the queue."""
    return [one for one in coding.incidents if one.class_ == "fresh"]


def answer(*, given: bool, wanted: bool) -> Mark:
    """Return the mark of a yes-or-no question whose yes is scored by F1."""
    return int(given and wanted), int(given), int(wanted)


def overlap(given: set[str], wanted: set[str]) -> Mark:
    """Return the mark of labels given against labels wanted."""
    return len(given & wanted), len(given), len(wanted)


def trial(right: bool) -> Mark:
    return RIGHT if right else WRONG


def names(labels: Iterable[str]) -> str:
    """Return labels as words for people."""
    return ", ".join(sorted(labels)) or "none"
