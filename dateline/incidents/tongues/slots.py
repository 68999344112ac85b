"""The slots of an event from its gathered sentences: counts, day, sides, sources, and the words that prove them.

Owns filling and proof. Refuses to invent: what is not told stays empty or says that it is inferred.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from dateline.incidents.record import TOLL_KINDS, Actor, Actors, Claim, Count, Evidence, Source, Toll, When
from dateline.incidents.taxonomy import CIVILIANS, SUB_TYPES, Code
from dateline.incidents.tongues.figures import UNNAMED, Figure, actor_of, named_of
from dateline.incidents.tongues.gathering import Draft
from dateline.incidents.tongues.harm import Toll as Harm
from dateline.incidents.tongues.line import Line
from dateline.incidents.tongues.reading import Reading, Tools
from dateline.incidents.tongues.times import Time
from dateline.incidents.tongues.words import Mark

Proof = tuple[str, int, int]
"""A field, and the characters of the sentence that prove it."""

SPEAKER_REACH = 3
"""Words between a verb of saying and who says it."""

MAX_SOURCES = 4


def when_of(draft: Draft, published_on: date | None, last: Time | None) -> When | None:
    """Return the day: the event's own, the report's, else that of the event before it or of publication, inferred."""
    if draft.class_ == "aggregate":
        return _period(draft, published_on)
    told = next((when for one in draft.readings if (when := one.when())), None)
    if told is not None:
        return _when(draft, told)
    if draft.class_ == "background":
        return None
    said = next((when for one in draft.readings if (when := one.reported())), None)
    if said is not None:
        return _when(draft, said, report=True)
    day = last.first if last is not None and last.precision == 1 else published_on
    return When(start=day, end=day, precision=1, inferred=True) if day is not None else None


def _period(draft: Draft, published_on: date | None) -> When | None:
    spans = [time for one in draft.readings for time in one.times if time.kind != "report"]
    widest = max(spans, key=lambda time: (time.kind == "period", time.precision), default=None)
    if widest is not None:
        return _when(draft, widest)
    if published_on is None:
        return None
    return When(start=published_on, end=published_on, precision=3, inferred=True)


def _when(draft: Draft, time: Time, *, report: bool = False) -> When:
    line = next(one.line for one in draft.readings if time in one.times)
    precision: Literal[1, 2, 3] = 1 if time.precision == 1 else 2 if time.precision == 2 else 3
    if draft.class_ == "aggregate":
        precision = 3
    return When(
        start=time.first,
        end=time.last,
        precision=precision,
        text=line.words(time.at, time.end),
        is_report_date=report,
    )


def toll_of(draft: Draft, article_id: str, voices: Mapping[int, Sequence[Source]]) -> tuple[Toll, bool]:
    """Return the counts of a draft, and whether two of its sentences disagree on the killed."""
    counts: dict[str, Count] = {}
    conflict = False
    for kind in TOLL_KINDS:
        count: Count | None = None
        for one in draft.readings:
            found = [toll for toll in one.tolls if toll.kind == kind and toll.quantity.max != 0]
            if not found:
                continue
            said = next((source.name for source in voices.get(one.line.sentence.start, ())), "")
            later = _count(found, article_id, said)
            if count is None:
                count = later
            elif later.min > count.min or (
                (later.max is None) != (count.max is None) and later.min == count.min
            ):
                conflict = conflict or (kind == "killed" and count.max is not None and later.min > count.max)
                open_ = count.max is None or later.max is None
                count = Count(
                    min=count.min,
                    max=None if open_ else max(count.max or 0, later.max or 0),
                    approx=count.approx,
                    breakdown=count.breakdown or later.breakdown,
                    claims=count.claims + later.claims,
                )
        if count is not None:
            counts[kind] = count
    if draft.code is Code.ARRESTS and "abducted" in counts and "arrested" not in counts:
        counts["arrested"] = counts.pop("abducted")
    return Toll(**counts), conflict


def _count(found: Sequence[Harm], article_id: str, said: str) -> Count:
    """Return one sentence's count: its parts added up, unless one says that it is the sum, or says it again."""
    sums = [one for one in found if one.quantity.total]
    parts = sums or _distinct(found)
    least = sum(one.quantity.min for one in parts)
    most = (
        None
        if any(one.quantity.max is None for one in parts)
        else sum(one.quantity.max or 0 for one in parts)
    )
    return Count(
        min=least,
        max=most,
        approx=any(one.quantity.approx for one in parts),
        breakdown=tuple(group for one in found for group in one.breakdown),
        claims=(Claim(source=said, min=least, max=most, article=article_id),),
    )


def _distinct(found: Sequence[Harm]) -> list[Harm]:
    """Leave out what is told twice: the same verb joins a list, another verb with the same figure repeats it."""
    kept: list[Harm] = []
    for one in found:
        again = any(
            each.verb is not one.verb
            and (each.quantity.min == one.quantity.min or not (each.quantity.role and one.quantity.role))
            for each in kept
        )
        if not again:
            kept.append(one)
    return kept


def sources_of(line: Line) -> list[tuple[Source, int, int]]:
    """Return who says so in a sentence, with the characters that cite them."""
    verbs = line.of("sources", "verb", "according")
    found: list[tuple[Source, int, int]] = []
    for mark in line.of("sources"):
        if mark.tag in ("verb", "according"):
            continue
        near = any(
            0 <= mark.first - verb.last <= SPEAKER_REACH
            or (verb.tag == "verb" and 0 <= verb.first - mark.last <= SPEAKER_REACH)
            for verb in verbs
        )
        if near or mark.tag in ("agency", "monitor"):
            start, end = line.span(mark.first, mark.last)
            name = mark.entry.values[0] or line.text[start:end]
            found.append((Source(name=name, kind=mark.tag), start, end))
    return found[:MAX_SOURCES]


def cast(
    draft: Draft, tools: Tools, home: str | None, everybody: Sequence[Figure]
) -> tuple[Actors, dict[int, list[Proof]]]:
    """Return the sides of a draft and, by sentence start, the words that prove them."""
    group = named_of(everybody)
    sides: dict[str, list[Actor]] = {"perpetrator": [], "target": []}
    proofs: dict[int, list[Proof]] = {}
    for one in draft.readings:
        filled = {side for side, named in sides.items() if named}
        for side, figures in (("perpetrator", one.sides.perpetrator), ("target", one.sides.target)):
            if side in filled and not _better(sides[side], figures):
                continue
            if side in filled:
                sides[side] = []
            for figure in figures:
                actor = actor_of(figure, tools.lexicon, home, group)
                taken = [each.name for each in (*sides["perpetrator"], *sides["target"])]
                doubtful = side == "perpetrator" and actor.kind == "Civilians"
                # "12 others" beside seven soldiers are not civilians.
                doubtful = doubtful or (figure.role == "people" and bool(sides["target"]))
                if actor.name in taken or doubtful:
                    continue
                sides[side].append(actor)
                span = one.line.span(figure.first, figure.last)
                proofs.setdefault(one.line.sentence.start, []).append((f"actors.{side}", *span))
    for side, named in sides.items():
        if (
            len(named) > 1
            and any(each.name not in (UNNAMED, "Civilians") for each in named)
            and side == "perpetrator"
        ):
            sides[side] = [each for each in named if each.name != UNNAMED]
    if SUB_TYPES[draft.code].event_type == CIVILIANS and not sides["target"]:
        sides["target"] = [Actor(name="Civilians", kind="Civilians", inferred=True)]
    return Actors(perpetrator=tuple(sides["perpetrator"]), target=tuple(sides["target"])), proofs


def _better(filled: Sequence[Actor], figures: Sequence[Figure]) -> bool:
    """Whether a later sentence names the group of which an earlier one only said that it was armed."""
    return all(one.name == UNNAMED for one in filled) and any(one.named is not None for one in figures)


def proofs_of(draft: Draft, one: Reading, when: When | None, place_text: str) -> list[Proof]:
    """Return the words of a sentence that prove type, counts, day, place, number of events and sources."""
    line = one.line
    proofs: list[Proof] = []
    for mark in one.triggers:
        proofs.extend(
            (field, *line.span(mark.first, mark.last)) for field in ("event_type", "sub_event_type")
        )
    for toll in one.tolls:
        span = _both(line, toll.quantity.first, toll.quantity.last, toll.verb)
        proofs.append((f"toll.{toll.kind}", *span))
        if draft.code is Code.ARRESTS and toll.kind == "abducted":
            proofs.append(("toll.arrested", *span))
    if when is not None and when.text:
        proofs.extend(
            ("date", *line.span(time.at, time.end))
            for time in one.times
            if line.words(time.at, time.end) == when.text
        )
    proofs.extend(
        ("place", mention.start, mention.end) for mention, _, _ in one.spots if mention.text == place_text
    )
    if one.n_events is not None:
        proofs.append(("n_events", 0, len(line.text)))
    proofs.extend(("sources", start, end) for _, start, end in sources_of(line))
    return proofs


def _both(line: Line, first: int, last: int, verb: Mark) -> tuple[int, int]:
    return line.span(min(first, verb.first), max(last, verb.last))


def evidence_of(
    told: Sequence[tuple[Line, Sequence[Proof]]], text: str, article_id: str
) -> tuple[Evidence, ...]:
    """Return spans of the article's text with the fields that each proves, cut at line breaks."""
    found: list[Evidence] = []
    for line, proofs in told:
        at = line.sentence.start
        for piece in text[at : line.sentence.end].splitlines(keepends=True):
            bare = piece.strip()
            low = at + piece.index(bare) if bare else at
            high = low + len(bare)
            base = line.sentence.start
            fields = [field for field, start, end in proofs if base + start < high and low < base + end]
            if bare and fields:
                supports = tuple(dict.fromkeys(fields))
                found.append(
                    Evidence(article=article_id, start=low, end=high, text=text[low:high], supports=supports)
                )
            at += len(piece)
    return tuple(sorted(found, key=lambda one: one.start))
