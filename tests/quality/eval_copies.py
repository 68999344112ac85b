"""What becomes of the events in copies: swallowed, doubled, told. Over MUC-3/4 newswire, through coding and plan.

Owns three questions, each over real reports in which coding finds a fresh event:

- a copy of the report by the recipe of ``reprints``: does it open an incident for words of the original
  (``doubled``)? are events of an embedded or added paragraph told (``added``)?
- the report with another number of dead: is the number claimed (``tolls``)?
- the report with another town, four days later: does it open an incident of its own (``elsewhere``)?

What coding does not see in the changed text is not counted. usage: eval_copies.py [DOCUMENTS] -> JSON
"""

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import wire_world
from news_sets import DATA, Source
from reprints import copy_of

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.lineage import origin
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Evidence, Incident
from dateline.model import Article
from dateline.settlement import PageResult, Settlement

FILES = ("incidents/muc34_dev.jsonl.gz", "incidents/muc34_train.jsonl.gz")
TOWNS = ("San Miguel", "Medellin", "Cali", "La Union", "Ayacucho", "Huancayo", "Arequipa", "Barranquilla")
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MORE = 5

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAY = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Report:
    id: str
    text: str
    at: datetime


def reports(seed: int) -> list[Report]:
    """Return the reports whose dateline gives a day, line breaks within paragraphs taken out, shuffled."""
    found = []
    for name in FILES:
        with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                day = _DAY.search(row["text"][:200])
                if day and day[2] in _MONTHS:
                    at = datetime(1900 + int(day[3]), _MONTHS.index(day[2]) + 1, int(day[1]), 12, tzinfo=UTC)
                    parts = re.split(r"\n\s*\n", row["text"])
                    found.append(Report(row["id"], "\n\n".join(" ".join(one.split()) for one in parts), at))
    random.Random(seed).shuffle(found)
    return found


class Wire:
    """One report, and what a second article is to it in a world that knows nothing else."""

    def __init__(self, coder: Coder, report: Report) -> None:
        self._coder, self._report = coder, report
        self.first = self.read(1, report.text, report.at)
        self.fresh = fresh(self.first)

    def read(self, number: int, text: str, at: datetime) -> PageResult:
        article = Article(
            id=f"{number:016x}",
            url=f"http://paper{number}.test/{number}",
            text=text,
            publisher=f"Paper {number}",
            published_at=at,
            language="en",
        )
        return PageResult(
            article_id=article.id,
            article=article,
            fingerprint=fingerprint(text),
            coding=self._coder.code(article),
            origin=origin(article),
        )

    def settle(self, second: PageResult) -> Settlement:
        world = wire_world.World(self._report.at + timedelta(hours=1))
        world.settle(self.first)
        return world.settle(second)


def fresh(read: PageResult) -> list[Incident]:
    return [one for one in read.coding.incidents if one.class_ == "fresh"] if read.coding else []


def measured(coder: Coder, documents: int, seed: int = 7) -> dict[str, int]:
    """Return the counts over so many reports that tell a fresh event."""
    told: Counter[str] = Counter()
    draw, rows = random.Random(seed), reports(seed)
    for place, report in enumerate(rows):
        if told["reports"] == documents:
            break
        wire = Wire(coder, report)
        if not wire.fresh:
            continue
        told["reports"] += 1
        told.update(copied(wire, report, rows[(place + 37) % len(rows)], draw))
        told.update(recounted(wire, report))
        told.update(moved(wire, report, draw))
    return dict(sorted(told.items()))


def copied(wire: Wire, report: Report, strange: Report, draw: random.Random) -> Iterator[str]:
    source = Source(id=report.id, title="News", text=report.text)
    copy = copy_of(source, source, Source(id=strange.id, title="News", text=strange.text), draw)
    read = wire.read(2, copy.text, report.at + timedelta(hours=draw.choice((1, 6, 20))))
    settled = wire.settle(read)
    opened = [one.incident for one in settled.changes if one.event == "opened"]
    yield "copies"
    added = [one for one in fresh(read) if not _is_of(one.evidence, report.text, strange.text)]
    yield from ["added"] * len(added)
    doubled = [one for one in opened if _is_of(one.evidence, report.text, strange.text)]
    yield from ["added: told"] * (len(opened) - len(doubled))
    if doubled:
        yield "copies: doubled"


def recounted(wire: Wire, report: Report) -> Iterator[str]:
    for one in wire.fresh:
        killed = one.toll.killed
        if killed is None or killed.max != killed.min or not 0 < killed.min <= len(NUMBERS):
            continue
        said = re.compile(rf"\b(?:{killed.min}|{NUMBERS[killed.min - 1]})\b", re.IGNORECASE)
        for piece in one.evidence:
            number = said.search(report.text, piece.start, piece.end)
            if number is None:
                continue
            more = killed.min + MORE
            text = f"{report.text[: number.start()]}{more}{report.text[number.end() :]}"
            read = wire.read(2, text, report.at + timedelta(hours=5))
            if _claims(fresh(read), more):
                yield "tolls"
                if _claims([change.incident for change in wire.settle(read).changes], more):
                    yield "tolls: told"
            return


def moved(wire: Wire, report: Report, draw: random.Random) -> Iterator[str]:
    where = wire.fresh[0].place
    if len(wire.fresh) > 1 or where is None or where.inferred or where.geo_precision != 1 or not where.text:
        return
    town = draw.choice([one for one in TOWNS if one.casefold() != where.text.casefold()])
    at = report.at + timedelta(days=4)
    text = report.text.replace(where.text, town.upper())
    text = text.replace(f"{report.at:%-d %b %y}".upper(), f"{at:%-d %b %y}".upper())
    read = wire.read(2, text, at)
    if any(one.place and town.casefold() in one.place.name.casefold() for one in fresh(read)):
        yield "elsewhere"
        if any(change.event == "opened" for change in wire.settle(read).changes):
            yield "elsewhere: told"


def _claims(incidents: Sequence[Incident], count: int) -> bool:
    counts = [one.toll.killed for one in incidents if one.toll.killed]
    return any(count in (one.min, *(claim.min for claim in one.claims)) for one in counts)


def _is_of(evidence: Sequence[Evidence], text: str, other: str) -> bool:
    """Tell whether a piece of evidence has as many pairs of words in common with one text as with the other."""
    mine, theirs = _pairs(text), _pairs(other)
    return any(len(_pairs(one.text) & mine) >= len(_pairs(one.text) & theirs) for one in evidence)


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(_WORD.findall(text.lower())))


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    sys.stdout.write(json.dumps(measured(Coder.load(), number), indent=1) + "\n")
