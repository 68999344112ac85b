"""A document with its gold, its coding and its text, ready to be looked at.

Owns what a browser of errors shows, and which documents it shows. Refuses the look of it: a terminal is the
command line's, a page is ``page``'s.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal

from msgspec import Struct

from dateline.evaluation.cases import Case, Fault, Kind
from dateline.evaluation.trace import Line, Trace, trace
from dateline.incidents.assemble import Coder
from dateline.incidents.record import TOLL_KINDS, Count, Incident

Style = Literal["evidence", "gold", "trigger", "taken_back"]

QUOTE_MIN_CHARS = 4
"""Shorter words of the gold stand everywhere."""

QUOTES_MAX = 20
"""Places at which one of them is set apart."""


class Span(Struct, frozen=True):
    """Characters of the text that are set apart, and why."""

    start: int
    end: int
    style: Style
    label: str = ""


class Shown(Struct, frozen=True, kw_only=True):
    """One document to be looked at."""

    set: str
    id: str
    title: str
    #: Day of publication as it was handed in; empty where the text tells it.
    published: str
    text: str
    gold: tuple[tuple[str, str], ...]
    #: (class and confidence, the incident in words), one of each incident.
    given: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    trace: Trace
    spans: tuple[Span, ...]


def faulty(cases: Iterable[Case], kind: Kind | None = None, identifier: str | None = None) -> Iterator[Case]:
    """Yield the cases with a fault (of a kind); one that is asked for by its id comes with or without."""
    for case in cases:
        if identifier is not None:
            if case.article.id == identifier:
                yield case
        elif any(kind in (None, one.kind) for one in case.verdict.faults):
            yield case


def show(coder: Coder, case: Case) -> Shown:
    """Return a case as it is looked at."""
    told = trace(coder, case.article, case.coding)
    day = case.article.published_at
    return Shown(
        set=case.set,
        id=case.article.id,
        title=case.article.title,
        published=day.date().isoformat() if day else "",
        text=case.article.text,
        gold=case.verdict.gold,
        given=tuple((f"{one.class_} {one.confidence:.2f}", words(one)) for one in case.coding.incidents),
        faults=case.verdict.faults,
        trace=told,
        spans=(*_proofs(case), *_quotes(case.article.text, case.verdict.quotes), *_acts(told.lines)),
    )


def _proofs(case: Case) -> Iterator[Span]:
    for number, one in enumerate(case.coding.incidents, 1):
        for piece in one.evidence:
            if piece.article == case.article.id:
                label = f"{number}. {one.sub_event_type}: {', '.join(piece.supports)}"
                yield Span(piece.start, piece.end, "evidence", label)


def _quotes(text: str, quotes: Iterable[str]) -> Iterator[Span]:
    """Yield where words of the gold stand in the text, whatever the line breaks between them."""
    for quote in dict.fromkeys(quotes):
        words = quote.replace("\\", " ").split()
        if sum(map(len, words)) < QUOTE_MIN_CHARS:
            continue
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
        for found in islice(pattern.finditer(text), QUOTES_MAX):
            yield Span(found.start(), found.end(), "gold", f"gold: {quote}")


def _acts(lines: Sequence[Line]) -> Iterator[Span]:
    for line in lines:
        for word in line.words:
            yield Span(word.start, word.end, "trigger" if word.live else "taken_back")


def words(one: Incident) -> str:
    """Return an incident as one line: type, day, place, toll, sides."""
    parts = [one.sub_event_type]
    if one.date is not None:
        day = str(one.date.start) if one.date.start == one.date.end else f"{one.date.start} to {one.date.end}"
        parts.append(f"{day}{' (inferred)' if one.date.inferred else ''}")
    if one.place is not None:
        where = dict.fromkeys(
            part for part in (one.place.name, one.place.admin2, one.place.admin1, one.place.iso2) if part
        )
        parts.append(", ".join(where) + (" (inferred)" if one.place.inferred else ""))
    told = [(kind, getattr(one.toll, kind)) for kind in TOLL_KINDS]
    toll = ", ".join(f"{_count(value)} {kind}" for kind, value in told if value is not None)
    sides = " against ".join(
        ", ".join(actor.name for actor in side) or "?" for side in (one.actors.perpetrator, one.actors.target)
    )
    return " · ".join(part for part in (*parts, toll, sides if sides != "? against ?" else "") if part)


def _count(value: Count) -> str:
    most = "+" if value.max is None else "" if value.max == value.min else f" to {value.max}"
    return f"{'about ' if value.approx else ''}{value.min}{most}"


def pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield a stretch of text cut where spans begin and end: each piece with the spans that cover it."""
    here = [one for one in spans if one.start < end and one.end > start]
    cuts = sorted(
        {start, end, *(max(one.start, start) for one in here), *(min(one.end, end) for one in here)}
    )
    for low, high in pairwise(cuts):
        yield text[low:high], tuple(one for one in here if one.start <= low and one.end >= high)
