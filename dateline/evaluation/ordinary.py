"""Ordinary news: business, sport, science, commodities. What is coded fresh there is false.

Owns which articles are ordinary, and that none of them was seen by the weights. A few of the world's
incidents stand among them (an oil tanker is hit, and commodities move): they are counted as false all the
same, so that the figure errs against us.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from dateline.evaluation.cases import Fault, Verdict, fresh
from dateline.evaluation.corpora import Row
from dateline.incidents import train
from dateline.incidents.record import Coding

READ_AS_OF = "2005-01-15"
"""Day of publication of articles that state none; it decides no article's relevance."""

AGNEWS_MAX = 1000
REUTERS_MAX = 1500


def bbc(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the articles that the set labels as no incident."""
    return (row for row in rows if row["labels"] == 0)


def agnews(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the first thousand that the weights have not seen."""
    return islice((row for row in rows if train.unseen("news/agnews_no_world", row["id"])), AGNEWS_MAX)


def reuters(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the first fifteen hundred that the weights have not seen."""
    return islice((row for row in rows if train.unseen("news/reuters21578", row["id"])), REUTERS_MAX)


def ordinary(_row: Row, coding: Coding) -> Verdict:
    """Judge an ordinary article: wrong when anything fresh is coded."""
    told = fresh(coding)
    faults = tuple(
        Fault(kind="false", gold="no incident", given=f"{one.sub_event_type} ({one.confidence:.2f})")
        for one in told
    )
    return Verdict(
        marks={"false_per_1000": (int(bool(told)), 1, 1)}, faults=faults, gold=(("incident", "no"),)
    )
