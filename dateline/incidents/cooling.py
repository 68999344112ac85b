"""The rule of cool-downs: what of a series of alarms is told at once, what is held back, and when it is told.

Owns the rule as pure code, by which a watch list is tried on the past. On the wire the commit follows the same rule
(``store/lua/alerts.lua``), because only there it is known what was told; a test plays both. No clock: instants are seconds.

An alert of a severity holds back later alerts of its watch of the same severity or a lower one until it has cooled
down. So a higher severity is never muted by a lower one. What is held back is told with the watch's next alert, or,
when none comes, after the cool-down: the gravest of it, with the ids of the rest.
"""

from collections.abc import Iterator

from msgspec import Struct

from dateline.incidents.record import Event, Severity
from dateline.incidents.severity import RANK

HELD = 100
"""Ids that one watch keeps while it cools down; of more the least grave and oldest are counted only."""

_NAMES: tuple[Severity, ...] = tuple(RANK)


class Told(Struct, frozen=True, kw_only=True):
    """An alert, or, ``held``, what would have been one."""

    at_s: float
    watch: str
    incident: str
    severity: Severity
    event: Event
    held: bool = False
    held_back: int = 0
    held_back_ids: tuple[str, ...] = ()


class _Held(Struct):
    incident: str
    rank: int
    event: Event
    #: Rank under which the watch was told of the incident before; None: it was not.
    told: int | None


class Watch:
    """One watch over time. Calls come in the order of their instants."""

    def __init__(self, name: str, cool_down_s: int) -> None:
        self._name, self._cool_down_s = name, cool_down_s
        self._until = [0.0] * len(RANK)
        self._held: list[_Held] = []
        self._uncounted = 0
        #: Highest rank under which the watch was told of an incident, or holds it back.
        self._told: dict[str, int] = {}

    def meets(self, incident: str, severity: Severity, event: Event, at_s: float) -> Told | None:
        """Tell of an incident that meets the watch as it now stands; None where that is nothing new."""
        rank, before = RANK[severity], self._told.get(incident)
        entry = next((one for one in self._held if one.incident == incident), None)
        if entry is None and before is not None and before >= rank:
            return None
        if entry and entry.told is not None and entry.told >= rank:
            self.leaves(incident)  # it is as grave again as it was told
            return None
        self._told[incident] = rank
        if entry:
            entry.rank = rank
        if at_s < self._muted_until(rank):
            if entry:
                return None
            self._hold(_Held(incident, rank, event, before))
            return self._say(incident, rank, event, at_s, held=True)
        if entry:
            self._held.remove(entry)
        return self._send(incident, rank, entry.event if entry else event, at_s)

    def leaves(self, incident: str) -> None:
        """Forget what was held back of an incident that no longer meets the watch; tells nothing."""
        entry = self._take(incident)
        if entry and entry.told is None:
            del self._told[incident]
        elif entry and entry.told is not None:
            self._told[incident] = entry.told

    def closes(self, incident: str, at_s: float) -> Told | None:
        """Withdraw an incident that was merged or retracted, if the watch was told of it."""
        entry, rank = self._take(incident), self._told.pop(incident, None)
        if entry:
            rank = entry.told
        if rank is None:
            return None
        return self._say(incident, rank, "retracted", at_s)

    def due_at_s(self) -> float | None:
        """Return when what is held back will be told if nothing comes; None while nothing is."""
        return self._muted_until(max(one.rank for one in self._held)) if self._held else None

    def cool(self, until_s: float) -> Iterator[Told]:
        """Tell what was held back and has cooled down by ``until_s``."""
        while (due_s := self.due_at_s()) is not None and due_s <= until_s:
            gravest = max(one.rank for one in self._held)
            entry = next(one for one in reversed(self._held) if one.rank == gravest)
            self._held.remove(entry)
            yield self._send(entry.incident, entry.rank, entry.event, due_s)

    def _muted_until(self, rank: int) -> float:
        return max(self._until[rank:])

    def _send(self, incident: str, rank: int, event: Event, at_s: float) -> Told:
        ids = tuple(one.incident for one in self._held)
        told = Told(
            at_s=at_s,
            watch=self._name,
            incident=incident,
            severity=_NAMES[rank],
            event=event,
            held_back=len(ids) + self._uncounted,
            held_back_ids=ids,
        )
        self._until[rank] = at_s + self._cool_down_s
        self._held, self._uncounted = [], 0
        return told

    def _say(self, incident: str, rank: int, event: Event, at_s: float, *, held: bool = False) -> Told:
        return Told(
            at_s=at_s, watch=self._name, incident=incident, severity=_NAMES[rank], event=event, held=held
        )

    def _hold(self, entry: _Held) -> None:
        self._held.append(entry)
        if len(self._held) > HELD:
            self._held.remove(min(self._held, key=lambda one: one.rank))  # the first of equals: the oldest
            self._uncounted += 1

    def _take(self, incident: str) -> _Held | None:
        entry = next((one for one in self._held if one.incident == incident), None)
        if entry:
            self._held.remove(entry)
        return entry
