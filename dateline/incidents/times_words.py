"""The words of dates: months, weekdays, units and amounts of every language that is read.

Owns: the tables of ``data/times_words.csv`` and the pattern pieces made of them. Refuses: grammar and
reckoning. A language is added by adding rows.
"""

import csv
import re
from functools import cache
from importlib import resources

from msgspec import Struct


class Words(Struct, frozen=True):
    """Lower-cased word to value. Months 1 to 12, weekdays 0 (Monday) to 6, units in days (hours 0)."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, int]
    numbers: dict[str, int]
    #: Amounts that are no exact number: "several" 3.
    vague: dict[str, int]
    #: Names of single days to their distance from publication, in days.
    days: dict[str, int]

    def amount(self, word: str) -> int | None:
        """Return what an amount of units says, digits included."""
        if word.isdigit():
            return int(word) if len(word) < 4 else None
        return self.numbers.get(word, self.vague.get(word))


@cache
def load() -> Words:
    """Return the tables; read once."""
    text = resources.files("dateline.incidents").joinpath("data/times_words.csv").read_text(encoding="utf-8")
    tables: dict[str, dict[str, int]] = {}
    for row in csv.DictReader(text.splitlines()):
        tables.setdefault(row["kind"], {})[row["word"]] = int(row["value"])
    return Words(
        months=tables["month"],
        weekdays=tables["weekday"],
        units=tables["unit"],
        numbers=tables["number"],
        vague=tables["vague"],
        days=tables["day"],
    )


def either(words: dict[str, int]) -> str:
    """Return a pattern that matches any of the words, the longest first; spaces match any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"
