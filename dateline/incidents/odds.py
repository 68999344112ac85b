"""What speaks for and against two mentions being one event, added up.

Owns the weights and the sum, and saying it in words for people. Refuses the aspects (``likeness``, ``nearness``,
``wording``) and the decision (``match``).

    odds(a, b) -> Odds | None       None: they cannot be one event
    Odds.total                      log-odds; above 0 for, below against
    Odds.said()                     "same kind, same day, same town, sides agree +0.8, toll revised +1.9, …: 4.1"

The weights are log-odds, as a logistic regression has them. ``tests/quality/fit_match.py`` fits them over pairs of
mentions that the wire compares on our own streams, SATP and ECB+, held to a prior of our own judgement, since a set has
few pairs of some kinds; rounded by hand afterwards. Not of those sets: what speaks for two bombings of one town on one day.
"""

import re
from math import log
from typing import NamedTuple

from dateline.incidents.likeness import (
    PURSUED,
    actor_likeness,
    both_count,
    least_largest,
    shared_figure,
    toll_likeness,
    type_likeness,
)
from dateline.incidents.nearness import day_likeness, place_likeness
from dateline.incidents.record import Incident
from dateline.incidents.wording import MAX_CHARS, Common, common, other_spots

START = 1.1
"""One town, one day, one sub-type, and nothing else told."""

PLACES = ((0.95, "same town", 0.0), (0.82, "near one town", -0.9), (0.75, "same area", -2.5),
          (0.5, "one region", -2.2), (0.4, "near its edge", -2.9), (0.0, "place untold", -2.4))  # fmt: skip
"""By ``place_likeness``: from how much on, in words, points."""

DAYS = ((0.9, "same day", 0.0), (0.78, "about that day", -0.4), (0.7, "perhaps that day", -2.0),
        (0.5, "a day apart", -2.6),
        (0.35, "day untold", -0.8), (0.0, "two days apart", -2.8))  # fmt: skip
ARREST_DAY = 0.4
"""What remains of the points of the day where one is an arrest for the other."""

KINDS = ((0.9, "same kind", 0.0), (0.7, "like kinds", -0.2), (0.0, "kinds that agree", -0.5))

SIDES_AGREE, SIDES_DIFFER = 0.8, -3.0
"""At an actor likeness of 1, and of 0; at .5 nothing."""

TOLL_FITS, TOLL_EARLY = 0.45, 0.35
"""By ``toll_likeness``: from how much on one figure may be the other revised, or an early report's."""

TOLL_FAR = -1.5
"""Figures of which one is less than a quarter of the other, or that fall from one day to the next."""

TOLL_EQUAL, TOLL_REVISED, TOLL_GROWN = (0.3, 1.2), (-0.2, 1.2), (-0.6, 0.5)
"""A figure told by both; one that may have been revised into the other; one of the same day that is less than half of
the other, as an early report's. Points, and points for each nat of the figure, or of the smaller mention's largest:
two killed twice is common, fourteen twice is not."""

LARGEST = 3.5
"""Nats of a count that still adds, about 33 people."""

WORDS_SHARE, WORDS_WEIGHT, MOST_WEIGHT = 2.3, 0.12, 12.0
"""For each share of the shorter telling, for each nat shared, and the nats that still add."""

LATER_WORDS = 0.6
"""How much words count when the days told differ: one paper tells each day's shelling in the same ones."""

MOST_BY_WORDS = WORDS_SHARE + WORDS_WEIGHT * MOST_WEIGHT

SEVERAL = -2.5
"""One counts several events, the other is one, and the town is not told: a round-up's lead is none of its parts."""

ANEW = -1.5
"""On another day, and told as "again", "another", "the second day in a row"."""

OTHER_SPOTS = -1.5
"""Both name a hamlet or a street, none in common, and the places coded are no one town."""

ROUTINE = -1.5
"""Arrests and seizures: the police of one town make some each day."""


_MANY = r"two|three|four|five|six|seven|several|various|different|multiple|separate"
_SEPARATE = re.compile(
    rf"\b(?:{_MANY}) (?:\w{{1,12}} )?(?:attack|assault|encounter|clashe|bombing|incident|explosion|shooting|raid|"
    r"citie|town|village|province|district|region|state|countrie)s\b",
    re.IGNORECASE,
)
_ANEW = re.compile(r"\b(?:again|another|second (?:day|time)|days? running|in a row|fresh)\b", re.IGNORECASE)


class Part(NamedTuple):
    """One aspect, in words and points."""

    name: str
    points: float


class Odds(NamedTuple):
    """The parts and their sum."""

    total: float
    parts: tuple[Part, ...]

    def said(self) -> str:
        """Return one line for people: each part with its points, the start apart, and the sum with it."""
        told = (f"{part.name} {part.points:+.1f}" if part.points else part.name for part in self.parts[1:])
        return f"{', '.join(told)}: {self.total:.1f}"


def odds(a: Incident, b: Incident, least: float = 0.0) -> Odds | None:
    """Return how much speaks for one event, in log-odds; None when an aspect forbids it. Symmetric.

    Words are compared only where they can lift the sum to ``least``: that is what costs. Below it the sum is
    what it is without them.
    """
    kind = type_likeness(a, b)
    day = day_likeness(a.date, b.date) if kind is not None else None
    place = place_likeness(a.place, b.place) if day is not None else None
    if kind is None or day is None or place is None:
        return None
    parts = [
        Part("start", START),
        _step(KINDS, kind),
        _day(day, pursued=kind == PURSUED),
        _step(PLACES, place),
        _sides(actor_likeness(a, b)),
        _toll(a, b, day),
    ]
    if a.event_type == b.event_type == "Strategic developments":
        parts.append(Part("routine", ROUTINE))
    if day < DAYS[2][0] and a.date and b.date and _ANEW.search(_later(a, b)):
        parts.append(Part("told as another", ANEW))
    if place < PLACES[1][0] and _several(a) != _several(b):
        parts.append(Part("one against several", SEVERAL))
    total = sum(part.points for part in parts)
    if total + MOST_BY_WORDS >= least:
        words = _words(common(a, b), LATER_WORDS if day < DAYS[2][0] and a.date and b.date else 1.0)
        parts.append(words)
        if place < PLACES[0][0] and other_spots(a, b):
            parts.append(Part("other spots named", OTHER_SPOTS))
    return Odds(sum(part.points for part in parts), tuple(parts))


def _step(steps: tuple[tuple[float, str, float], ...], value: float) -> Part:
    name, points = next((name, points) for least, name, points in steps if value >= least)
    return Part(name, points)


def _day(value: float, *, pursued: bool) -> Part:
    """Return the points of the day; an arrest for an attack has a day of its own, which says less."""
    part = _step(DAYS, value)
    return Part(part.name, part.points * ARREST_DAY) if pursued else part


def _sides(value: float) -> Part:
    if value >= 0.5:
        return Part("sides agree", SIDES_AGREE * (value - 0.5) * 2)
    return Part("sides differ", SIDES_DIFFER * (0.5 - value) * 2)


def _toll(a: Incident, b: Incident, day: float) -> Part:
    if not both_count(a, b):
        return Part("toll untold", 0.0)
    alike, shared = toll_likeness(a, b), shared_figure(a, b)
    if day < DAYS[2][0] and _falls(a, b):
        return Part("toll falls", TOLL_FAR)
    size = shared or least_largest(a, b)
    if shared:
        name, (start, each) = "same toll", TOLL_EQUAL
    elif alike >= TOLL_FITS:
        name, (start, each) = "toll revised", TOLL_REVISED
    elif alike >= TOLL_EARLY and day >= DAYS[1][0]:
        name, (start, each) = "toll grown", TOLL_GROWN
    else:
        return Part("tolls far apart", TOLL_FAR)
    return Part(name, start + each * min(log(max(size, 1)), LARGEST))


def _falls(a: Incident, b: Incident) -> bool:
    """Tell whether the later of two days has fewer dead: a toll is revised upwards from day to day."""
    if a.date is None or b.date is None or a.toll.killed is None or b.toll.killed is None:
        return False
    first, later = sorted(
        ((a.date.start, a.toll.killed), (b.date.start, b.toll.killed)), key=lambda pair: pair[0]
    )
    return later[1].min < first[1].min


def _several(incident: Incident) -> bool:
    if incident.n_events is not None:
        return incident.n_events > 1
    return any(_SEPARATE.search(item.text[:MAX_CHARS]) for item in incident.evidence)


def _later(a: Incident, b: Incident) -> str:
    first_a = a.date is not None and b.date is not None and a.date.start < b.date.start
    return " ".join(item.text[:MAX_CHARS] for item in (b if first_a else a).evidence)


def _words(shared: Common, counts: float) -> Part:
    points = WORDS_SHARE * shared.share + WORDS_WEIGHT * min(shared.weight, MOST_WEIGHT)
    return Part("words in common", points * counts)
