"""The history of an incident: its turns, each once, and not too many of them.

Owns adding a step and summing up the middle of a long history. Refuses to decide on a turn
(``twins``, ``parting``, ``closing``).

    stepped(incident, step) -> Incident
"""

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from dateline.incidents.record import Incident, Step, Turn

MAX_STEPS = 50
"""Steps that a record keeps. A wire that is denied and confirmed each hour would grow without end."""

FIRST_STEPS = 9
"""Of these the first so many stay as they are; behind them one step sums up what was left out."""

REASON_CHARS = 400
"""Characters of a sentence that are kept as the reason of a step."""

_SUMMED = re.compile(r"^\d+ steps left out: (?P<counts>.*)$")
_COUNT = re.compile(r"(\d+) (\w+)")
_TURNS: tuple[Turn, ...] = ("merged", "split", "denied", "corrected", "retracted", "restored")


def stepped(incident: Incident, step: Step) -> Incident:
    """Return the incident with one turn more; as it was where the turn stands already.

    A turn stands once for its article and the other incident. At most ``MAX_STEPS``: the first ones, one
    that sums up the middle, and the latest.
    """
    return msgspec.structs.replace(incident, history=joined(incident.history, (step,)))


def joined(history: tuple[Step, ...], more: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps of two histories, the oldest first, each once, the middle summed up."""
    steps = list(history)
    told = {_key(one) for one in steps}
    for one in more:
        if _key(one) not in told:
            told.add(_key(one))
            steps.append(_cut(one))
    steps.sort(key=lambda one: one.at)
    if len(steps) <= MAX_STEPS:
        return tuple(steps)
    last = len(steps) - (MAX_STEPS - FIRST_STEPS - 1)
    return (*steps[:FIRST_STEPS], _summed(steps[FIRST_STEPS:last]), *steps[last:])


def has(incident: Incident, event: Turn, articles: Iterable[str]) -> bool:
    """Tell whether one of the articles has turned the incident so before."""
    named = set(articles)
    return any(one.event == event and one.article in named for one in incident.history)


def is_disputed(incident: Incident) -> bool:
    """Tell whether somebody has denied it: then a firm telling more does not take the doubt away."""
    return any(one.event in ("denied", "retracted") for one in incident.history)


def _key(step: Step) -> tuple[str, str, str, str]:
    # Of steps without an article and another incident only the words tell which is which.
    words = "" if step.article or step.incident else step.reason
    return step.event, step.article, step.incident, words


def _cut(step: Step) -> Step:
    if len(step.reason) <= REASON_CHARS:
        return step
    return msgspec.structs.replace(step, reason=f"{step.reason[: REASON_CHARS - 1]}…")


def _summed(steps: list[Step]) -> Step:
    counts: Counter[str] = Counter()
    for one in steps:
        before = _SUMMED.match(one.reason) if not (one.article or one.incident) else None
        if before is None:
            counts[one.event] += 1
            continue
        counts.update({turn: int(count) for count, turn in _COUNT.findall(before["counts"])})
    told = ", ".join(f"{counts[turn]} {turn}" for turn in _TURNS if counts[turn])
    commonest = max(_TURNS, key=lambda turn: counts[turn])
    return Step(event=commonest, at=steps[0].at, reason=f"{counts.total()} steps left out: {told}")
