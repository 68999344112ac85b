"""How often tolls and dates equal hand-coded ones, on public sets that are not part of the repository.

Run: ``pytest -m quality tests/quality/test_tolls_quality.py -s`` prints the figures. Floors stand a
little under what was measured when they were set; they are raised, never lowered in silence.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.incidents.sentences import split
from dateline.incidents.times import read_times
from dateline.incidents.tolls import TollMention, read_tolls

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "incidents"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository"),
]

MONTHS = {
    name: at
    for at, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}
SHARED_FIELDS = {
    "killed": ("deaths", "total_fatalities"),
    "wounded": ("injuries", "total_injuries"),
    "arrested": ("arrests", "total_arrests"),
    "abducted": ("abductions", "total_abducted"),
}


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def mentions(text: str) -> list[TollMention]:
    return [one for sentence in split(text) for one in read_tolls(sentence.text)]


def shot(one: TollMention) -> bool:
    """A shooting whose outcome the sentence leaves open."""
    return one.kind == "wounded" and one.approx and one.max == one.min


@pytest.mark.parametrize(
    ("kind", "floor"), [("killed", 0.94), ("wounded", 0.975), ("arrested", 0.935), ("abducted", 0.98)]
)
def test_summed_mentions_equal_the_coders_totals(kind: str, floor: float) -> None:
    """In incident summaries of 2014 the sum of the lower bounds is the hand-coded total."""
    first, second = SHARED_FIELDS[kind]
    right = total = 0
    for row in rows("satp_2014"):
        gold = row[first][second]
        if not gold.isdigit():
            continue
        total += 1
        right += sum(one.min for one in mentions(row["text"]) if one.kind == kind) == int(gold)
    _tell(f"satp_2014 {kind}: {right / total:.3f} of {total}")
    assert right / total >= floor


def test_the_largest_count_of_an_article_is_its_toll() -> None:
    """In news of shootings the largest killed and wounded counts are the hand-coded ones."""
    right: Counter[str] = Counter()
    total = 0
    for row in rows("gunviolence_dev"):
        found = [one for one in mentions(row["text"]) if not one.period]
        killed = max((one.min for one in found if one.kind == "killed"), default=0)
        hurt = [one for one in found if one.kind == "wounded" and not (killed and shot(one))]
        total += 1
        right["killed"] += killed == row["labels"]["n_killed"]
        right["wounded"] += max((one.min for one in hurt), default=0) == row["labels"]["n_injured"]
    _tell(
        f"gunviolence_dev: killed {right['killed'] / total:.3f}, wounded {right['wounded'] / total:.3f} of {total}"
    )
    assert right["killed"] / total >= 0.885
    assert right["wounded"] / total >= 0.74


def test_the_day_of_a_dated_event_is_among_those_read() -> None:
    """In newswire the coded day of the event is nearly always one of the days that were read."""
    right = total = 0
    for row in rows("muc34_dev"):
        gold = _day(row["templates"][0]["date"] or "") if row["templates"] else None
        published_on = _day(row.get("dateline_date") or "")
        if gold is None or published_on is None:
            continue
        total += 1
        right += gold in _days_read(row["text"], published_on)
    _tell(f"muc34_dev day among those read: {right / total:.3f} of {total}")
    assert right / total >= 0.95


def _tell(figure: str) -> None:
    sys.stdout.write(f"\n{figure}\n")


def _days_read(text: str, published_on: date) -> set[date]:
    days: set[date] = set()
    last: date | None = None
    for sentence in split(text):
        for one in read_times(sentence.text, published_on, last):
            days.add(one.first)
            if one.kind == "event" and one.precision == 1:
                last = one.first
    return days


def _day(text: str) -> date | None:
    found = re.fullmatch(r"\W*(\d{1,2}) ([A-Z]{3}) (\d\d)\W*", text)
    return date(1900 + int(found[3]), MONTHS[found[2]], int(found[1])) if found else None
