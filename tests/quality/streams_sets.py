"""Streams made of public sets: SATP summaries of one event in different rows, ECB+ articles of two events a topic.

Owns the recipes, which know nothing of our coder or matching, and which incident stands for a row. Refuses
formulas (``clusterings``) and to play the articles (``streams_world``).
"""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from clusterings import components
from eval_record import SATP
from streams_world import Wire, article

from dateline.dedup.window import Window
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident

Row = dict[str, Any]
Agreement = Callable[[Sequence[Any], Sequence[Any]], dict[str, float]]

SATP_FILES = ("incidents/satp_2005_2013", "incidents/satp_2014")
ECB_FILE = "duplicates/ecbplus_topics_1_35"

RARE = 12
"""A word in at most so many of the 8,121 SATP rows is telling: a person, a hamlet, a thing seldom seen."""

ONE_EVENT_SHARE = 0.75
"""Two rows of one state, at most a day apart, are one event when they share so large a part of the telling words
of the one that has fewer, and at least two. Of the 23 such pairs, all read by eye, 15 are; the others are ``APART``."""

APART = frozenset(
    {
        ("112290701", "112300701"),  # a killing, and the one in revenge for it
        ("1407020801", "1407020803"),  # a round-up of a strike, and parts of it
        ("1407020801", "1407020804"),
        ("1407020802", "1407020803"),
        ("1407020802", "1407020804"),
        ("304160903", "304160905"),  # polling booths in two districts
        ("811051301", "811061301"),  # a gun battle, and the camp found the day after
        ("308191401", "308191402"),  # a clash and a pressure bomb
    }
)
TOGETHER = frozenset(
    {
        ("1404301301", "1405011302"),  # one arrest, its village spelled in two ways
        ("202231001", "302231001"),  # one farmer killed, filed under two states
        ("802101002", "802201001"),  # a bomb that went off in its makers' hands
        ("808230901", "808230902"),  # six arrested, then named
        ("801161101", "801171102"),  # two killed by a people's court
        ("810251301", "810251302"),  # one informer arrested with explosives
        ("1208201101", "1208201102"),  # a clash, and what lay beside one of its dead
    }
)
"""Pairs that a reader takes for one event though they share fewer words: found among those that share half of them."""

LOOKALIKE_DAYS = 2
"""Rows of one district with one kind of action so few days apart are look-alikes, unless they are one event."""

ECB_EVENTS = frozenset({8, 12, 18, 19, 24, 32, 33})
"""Topics of our taxonomy: bombs at banks, pirates seized, shots in offices, riots after a police killing, armed robbery
of jewellers, women killed by a relative, bystanders shot. The others are deaths in bed, sport, trade, verdicts."""

_WORD = re.compile(r"[a-z0-9]{3,}")


def read(data: Path, name: str) -> list[Row]:
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def satp(coder: Coder, data: Path, agreement: Agreement) -> dict[str, Any]:
    """Return how well incidents agree with the events of SATP: the rows that share one, and their look-alikes."""
    rows, gold = satp_rows(data)
    wire = Wire(coder)
    told: list[str | None] = []
    for row in rows:
        at = datetime.fromisoformat(row["date"]).replace(hour=18, tzinfo=UTC)
        wire.settle(article(row["id"], "satp.example", "", row["text"], at), at)
        told.append(_chosen(row, wire.told(row["id"])))
    names = [one and wire.surviving(one) for one in told]
    sizes = Counter(gold)
    shared = [place for place, one in enumerate(gold) if sizes[one] > 1]
    return {
        **agreement(gold, names),
        "rows_of_shared_events": len(shared),
        "shared_events_only": agreement([gold[one] for one in shared], [names[one] for one in shared]),
    }


def satp_rows(data: Path) -> tuple[list[Row], list[int]]:
    """Return the rows of the set in the order of their days, and the event of each."""
    rows = sorted(
        (row for name in SATP_FILES for row in read(data, name)), key=lambda row: (row["date"], row["id"])
    )
    links, alike = _pairs(rows)
    event = components(len(rows), links)
    sizes = Counter(event)
    wanted = {place for place, one in enumerate(event) if sizes[one] > 1} | {
        place for pair in alike for place in pair
    }
    chosen = sorted(wanted)
    return [rows[one] for one in chosen], [event[one] for one in chosen]


def _pairs(rows: Sequence[Row]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs of rows that are one event, and those that look alike, by the labels and by telling words."""
    held = Counter(word for row in rows for word in set(_WORD.findall(row["text"].lower())))
    telling = [{word for word in _WORD.findall(row["text"].lower()) if held[word] <= RARE} for row in rows]
    days = [date.fromisoformat(row["date"]) for row in rows]
    links, alike = [], []
    for one, row in enumerate(rows):
        for other in range(one + 1, len(rows)):
            gap = (days[other] - days[one]).days
            if gap > LOOKALIKE_DAYS:
                break
            where, there = row["location_info"], rows[other]["location_info"]
            pair = (row["id"], rows[other]["id"])
            if where["state"] != there["state"] and pair not in TOGETHER:
                continue
            both = len(telling[one] & telling[other])
            least = max(1, min(len(telling[one]), len(telling[other])))
            if pair in TOGETHER or (
                gap <= 1 and both >= 2 and both / least >= ONE_EVENT_SHARE and pair not in APART
            ):
                links.append((one, other))
            elif where["district"] == there["district"] and set(row["labels"]) & set(rows[other]["labels"]):
                alike.append((one, other))
    return links, alike


def _chosen(row: Row, told: Sequence[Incident]) -> str | None:
    """Return the incident that stands for a row: the first of a kind that its labels name, else the first."""
    fitting = [one.id for one in told if SATP.get(one.sub_event_type) in row["labels"]]
    return next(iter(fitting or [one.id for one in told]), None)


def ecb(coder: Coder, data: Path, agreement: Agreement) -> dict[str, Any]:
    """Return how well incidents agree with the events of ECB+, over the topics of our taxonomy, and stories over all.

    The articles come in one seeded order, a minute apart; none tells its day, but where its text does.
    """
    rows = read(data, ECB_FILE)
    random.Random(1).shuffle(rows)
    wire, window = Wire(coder), Window()
    began = datetime(2014, 1, 6, 8, tzinfo=UTC)
    told: list[str | None] = []
    stories: list[str] = []
    became: dict[str, str] = {}
    for number, row in enumerate(rows):
        at = began + timedelta(minutes=number)
        wire.settle(article(row["id"], f"paper{number}.example", "", row["text"], None), at)
        told.append(next((one.id for one in sorted(wire.told(row["id"]), key=_weight(row["id"]))), None))
        verdict = window.add(row["id"], "", row["text"], "", None)
        stories.append(verdict.story)
        became |= {one.ended: one.story for one in verdict.merged}
    names = [one and wire.surviving(one) for one in told]
    gold = [row["labels"]["subtopic"] for row in rows]
    events = [place for place, row in enumerate(rows) if row["labels"]["topic"] in ECB_EVENTS]
    last = [_last(one, became) for one in stories]
    return {
        "incidents": agreement([gold[one] for one in events], [names[one] for one in events]),
        "stories_of_these": agreement([gold[one] for one in events], [last[one] for one in events]),
        "stories_of_all": agreement(gold, last),
    }


def _weight(name: str) -> Callable[[Incident], int]:
    """Order incidents from the one that most of the article proves."""
    return lambda one: -sum(piece.end - piece.start for piece in one.evidence if piece.article == name)


def _last(story: str, became: dict[str, str]) -> str:
    while story in became:
        story = became[story]
    return story
