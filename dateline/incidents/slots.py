"""Filling the slots of one incident from the sentences that were joined.

Owns counts, dates and evidence: which words fill a slot, and the spans that prove it. Refuses to
invent: a slot without proof stays empty, or says that it is inferred.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import structs

from dateline.incidents import guards
from dateline.incidents.anchored import Anchored
from dateline.incidents.folding import own_time
from dateline.incidents.joining import Draft, adds_side
from dateline.incidents.readings import Reading, own_tolls, report_time
from dateline.incidents.record import TOLL_KINDS, Claim, Count, Evidence, Group, Toll, When
from dateline.incidents.sources import Cited
from dateline.incidents.summing import less_sums, rivals_of
from dateline.incidents.taxonomy import Code
from dateline.incidents.times import TimeMention
from dateline.incidents.tolls import TollMention

_TOGETHER = (
    "bringing", "brings", "raising", "total", "death toll", "including", "rose to", "risen to", "among them", "of them",
)  # fmt: skip


def when_of(draft: Draft, published_on: date | None, last: TimeMention | None) -> When | None:
    """Return the day of a fresh or background event, or None when nothing at all is known.

    The event's own time wins, then the day of the report, then ``last`` (the event told right before it, or such acts in
    other sentences), then the day of publication; the last two are inferred. Background has its own or none.
    """
    told = own_time(draft)
    if told is not None:
        return _when(told)
    if draft.class_ == "background":
        return None  # An old event is not dated by the day that tells of it.
    reported = next((time for one in draft.readings if (time := report_time(one))), None)
    if reported is not None and (last is None or reported.first != published_on):
        start, end = reported.first, reported.last
        return When(start=start, end=end, precision=1, text=reported.text, is_report_date=True)
    if last is not None and last.precision == 1:
        return When(start=last.first, end=last.last, precision=1, inferred=True)
    if published_on is not None:
        return When(start=published_on, end=published_on, precision=1, inferred=True)
    return None


_THIS_YEAR = Anchored(
    r"\b(?:so far this|(?:since|from) the (?:start|beginning) of (?:the|this)|(?<!quarter of )(?<!half of )(?<!months of )this) (year|month)\b(?! of)"
)


def period_of(readings: Sequence[Reading], published_on: date | None) -> When | None:
    """Return the stretch of time that a statistic covers; the record knows no looser precision than 3."""
    for one in readings:
        match = _THIS_YEAR.search(one.low)
        if match and published_on is not None:
            return When(
                start=date(published_on.year, published_on.month if match[1] == "month" else 1, 1),
                end=published_on,
                precision=3,
                text=one.sentence.text[match.start() : match.end()],
            )
    spans = [time for one in readings for time in one.times if time.kind in ("period", "event", "historic")]
    widest = max(spans, key=lambda time: (time.kind == "period", time.precision), default=None)
    if widest is not None:
        since = any("since" in one.low for one in readings)
        end = published_on if since and published_on and published_on > widest.last else widest.last
        report = next((time for one in readings if (time := report_time(one))), None)
        if report is not None and widest.first <= report.first < end:
            end = report.first
        return When(start=widest.first, end=end, precision=3, text=widest.text)
    if published_on is not None:
        return When(start=published_on, end=published_on, precision=3, inferred=True)
    return None


def _when(time: TimeMention) -> When:
    precision: Literal[1, 2, 3] = 1 if time.precision == 1 else 2 if time.precision == 2 else 3
    return When(start=time.first, end=time.last, precision=precision, text=time.text)


def toll_of(draft: Draft, article_id: str) -> tuple[Toll, bool]:
    """Return the counts of a draft and whether two sources disagree on the killed."""
    counts, conflict = dict[str, Count](), False
    for kind in TOLL_KINDS:
        told = [
            (one, found)
            for one in draft.readings
            if (found := [toll for toll in _counted(draft, one) if toll.kind == kind and toll.max != 0])
        ]
        if not (told := less_sums(told)):
            if (someone := _told_again(draft, kind)) is not None:
                counts[kind] = _of_sentence(someone[0], [someone[1]], article_id)
            continue
        count = _of_sentence(told[0][0], told[0][1], article_id)
        for reading, found in told[1:]:
            if reading.divides:
                continue
            later = _of_sentence(reading, found, article_id)
            earlier = Draft(
                class_=draft.class_, readings=draft.readings[: draft.readings.index(reading)], code=draft.code
            )
            if kind == "killed" and guards.unchecked(reading.low):
                continue
            if kind == "killed" and adds_side(earlier, reading):
                count = _sum(count, later)
                continue
            count, differs = _with(count, later, updated=any(word in reading.low for word in _TOGETHER))
            conflict = conflict or (differs and kind == "killed")
        counts[kind] = count
    counts = _survivors(draft, counts)
    if draft.code is Code.ARRESTS and "abducted" in counts and "arrested" not in counts:
        # Fighters "captured" in a raid are held, not kidnapped.
        counts["arrested"] = counts.pop("abducted")
    return Toll(**counts), conflict


def _told_again(draft: Draft, kind: str) -> tuple[Reading, TollMention] | None:
    """Return what happened to "him" in an event of which no sentence counts such harm."""
    if draft.class_ == "aggregate":
        return None
    return next(((one, toll) for one in draft.readings for toll in one.again if toll.kind == kind), None)


_ANOTHER = re.compile(r"\b(?:an)?other|\bsecond\b|\belse\b|\bmore\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")


def _survivors(draft: Draft, counts: dict[str, Count]) -> dict[str, Count]:
    """Take those who died out of those who were only told as hit: "a man was shot", then "the man died"."""
    killed, wounded = counts.get("killed"), counts.get("wounded")
    if killed is None or wounded is None or draft.class_ == "aggregate":
        return counts
    dead = {name for one in draft.readings for toll in _harmed(draft, one, "killed") for name in _names(toll)}
    for one in draft.readings:
        hurt = _harmed(draft, one, "wounded")
        if hurt and _harmed(draft, one, "killed"):
            return counts  # told apart in one sentence
        for toll in hurt:
            named = _names(toll)
            someone_else = bool(named and dead) and named.isdisjoint(dead)
            if someone_else or not toll.hit or _ANOTHER.search(one.low[toll.start : toll.end]):
                return counts
    left = wounded.min - killed.min
    if left <= 0 or wounded.max is None:
        return {kind: count for kind, count in counts.items() if kind != "wounded"}
    return counts | {"wounded": structs.replace(wounded, min=left, max=max(left, wounded.max - killed.min))}


def _harmed(draft: Draft, reading: Reading, kind: str) -> list[TollMention]:
    tolls = (*_counted(draft, reading), *reading.again)
    return [one for one in tolls if one.kind == kind and one.max != 0]


def _names(toll: TollMention) -> set[str]:
    return set(_NAME.findall(toll.group))


def _counted(draft: Draft, reading: Reading) -> tuple[TollMention, ...]:
    return reading.tolls if draft.class_ == "aggregate" else own_tolls(reading)


def _of_sentence(reading: Reading, found: Sequence[TollMention], article_id: str) -> Count:
    """Return one sentence's count: its parts added up, unless one of them is the sum of the others."""
    if len(found) == 1:
        one = found[0]
        least, most, approx = one.min, one.max, one.approx
        breakdown = one.breakdown or (
            (Group(group=one.group, min=one.min, max=one.max),) if one.group else ()
        )
    else:
        total = max(found, key=lambda one: one.min)
        if found[0].kind == "killed" and (range_ := rivals_of(reading.low, found)) is not None:
            least, most = range_
        elif total.min >= sum(one.min for one in found) - total.min and any(
            word in reading.low for word in _TOGETHER
        ):
            least, most = total.min, total.max
        else:
            least = sum(one.min for one in found)
            most = None if any(one.max is None for one in found) else sum(one.max or 0 for one in found)
        approx = any(one.approx for one in found)
        breakdown = tuple(Group(group=one.group, min=one.min, max=one.max) for one in found if one.group)
    source = next((one.source for one in found if one.source), "")
    return Count(
        min=least,
        max=most,
        approx=approx,
        breakdown=breakdown,
        claims=(Claim(source=source, min=least, max=most, article=article_id),),
    )


def _sum(count: Count, later: Count) -> Count:
    """Return the losses of two sides together."""
    return Count(
        min=count.min + later.min,
        max=None if count.max is None or later.max is None else count.max + later.max,
        approx=count.approx or later.approx,
        breakdown=count.breakdown + later.breakdown,
        claims=count.claims + later.claims,
    )


def _with(count: Count, later: Count, *, updated: bool) -> tuple[Count, bool]:
    """Return a count with a later sentence's: a part changes nothing, an update or a rival is a claim more."""
    if (later.min, later.max) == (count.min, count.max):
        return count, False
    if later.min < count.min and not updated:
        return count, False
    if count.max is None and later.min >= count.min:
        return Count(
            min=count.min,
            max=None,
            approx=count.approx,
            breakdown=count.breakdown,
            claims=count.claims + later.claims,
        ), False
    top = None if later.max is None or count.max is None else max(count.max, later.max)
    least = later.min if updated else min(count.min, later.min)
    return Count(
        min=least,
        max=top,
        approx=count.approx or later.approx,
        breakdown=later.breakdown if updated else count.breakdown,
        claims=count.claims + later.claims,
    ), not updated


def evidence_of(
    readings: Iterable[tuple[Reading, Sequence[tuple[str, int, int]]]], text: str, article_id: str
) -> tuple[Evidence, ...]:
    """Return spans of the article's text with the fields that each proves.

    A sentence that runs over lines is cut at them; a piece that proves nothing is left out.
    """
    found: list[Evidence] = []
    for reading, proofs in readings:
        start = reading.sentence.start
        for low, high in _lines(text, start, reading.sentence.end):
            fields = [field for field, a, b in proofs if start + a < high and low < start + b]
            if fields:
                found.append(
                    Evidence(
                        article=article_id,
                        start=low,
                        end=high,
                        text=text[low:high],
                        supports=tuple(dict.fromkeys(fields)),
                    )
                )
    return tuple(sorted(found, key=lambda one: one.start))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            low = at + line.index(bare)
            spans.append((low, low + len(bare)))
        at += len(line)
    return spans


def proofs_of(draft: Draft, reading: Reading, when: When | None, cited: Cited) -> list[tuple[str, int, int]]:
    """Return (field, start, end) of what a sentence proves: type, counts, time, number of events and sources."""
    proofs: list[tuple[str, int, int]] = []
    kinds = [(one.start, one.end) for one in reading.triggers]
    if reading is draft.first and not any(one.triggers for one in draft.readings):
        # A statistic that names no tactic is of the kind that its whole sentence tells.
        kinds = [(0, len(reading.low))]
    proofs.extend((field, *span) for span in kinds for field in ("event_type", "sub_event_type"))
    again = () if draft.class_ == "aggregate" else reading.again
    for toll in (*_counted(draft, reading), *again):
        span = toll.start, max(toll.end, toll.start + 1)
        proofs.append((f"toll.{toll.kind}", *span))
        if draft.code is Code.ARRESTS and toll.kind == "abducted":
            proofs.append(("toll.arrested", *span))
    if when is not None and when.text:
        proofs.extend(("date", one.start, one.end) for one in reading.times if one.text == when.text)
    for name, number in (("n_events", reading.n_events), ("n_strikes", reading.n_strikes)):
        if number is not None:
            proofs.append((name, 0, len(reading.low)))
    proofs.extend(("sources", start, end) for _, start, end in cited[reading.sentence.start])
    return proofs
