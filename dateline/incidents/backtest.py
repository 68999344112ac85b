"""A watch list tried on the past, against another: which incidents and alerts would be gained and lost, and why.

Owns the comparison. Refuses to read files or streams, and to judge which list is better. Each envelope is asked of both
lists once; the cool-downs are played afterwards, in the order of the envelopes' instants, so that it does not matter in
which order they are seen. Severity is reckoned anew: a record of before has none.

    trial = Trial(new, against); trial.see(at, event, incident), …; trial.report()
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from dateline.incidents.cooling import Told, Watch
from dateline.incidents.record import Event, Incident, Severity
from dateline.incidents.severity import severity
from dateline.incidents.watches import Rule, Rules, why

NOT_THERE = "no such watch"
SWITCHED_OFF = "switched off"
HELD_BACK = "held back while the watch cools down"
NOT_HELD_BACK = "held back before"


class Side(Struct, frozen=True, kw_only=True):
    """What one watch does under one list: incidents that meet it, alerts sent, held back at first, withdrawn."""

    incidents: int = 0
    alerts: int = 0
    held_back: int = 0
    withdrawn: int = 0


class Difference(Struct, frozen=True, kw_only=True):
    """An incident that one list has and the other has not; the record as it last stood, without its evidence."""

    at: datetime
    #: Which criterion of the other list fails.
    reason: str
    #: It is told in an alert of its own, under the list that has it.
    alert: bool
    incident: Incident


class Compared(Struct, frozen=True, kw_only=True):
    """One watch under both lists, by its name."""

    watch: str
    before: Side
    after: Side
    gained: tuple[Difference, ...] = ()
    lost: tuple[Difference, ...] = ()
    #: Incidents that meet it under both lists, and have an alert of their own under one of them only.
    alerts_gained: tuple[Difference, ...] = ()
    alerts_lost: tuple[Difference, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """The whole trial. ``gained`` and ``lost`` are ids of incidents that meet no watch at all under the other list."""

    envelopes: int
    incidents: int
    first_at: datetime | None = None
    last_at: datetime | None = None
    watches: tuple[Compared, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class _Moment(Struct, frozen=True):
    at: datetime
    number: int
    incident: str
    event: Event
    severity: Severity
    is_closed: bool
    #: Names of the watches that it meets: under the other list, and under the new one.
    met: tuple[frozenset[str], frozenset[str]]


class _Case(Struct):
    """A watch and an incident that has met it under a list; why not, where it did under the other only."""

    at: datetime
    incident: Incident
    met: list[bool]
    why_not: list[str]


class Trial:
    """Sees envelopes, in any order, and reports on them. ``against`` is the list as it was."""

    def __init__(self, new: Rules, against: Rules) -> None:
        self._rules = tuple({one.name: one for one in rules.watches} for rules in (against, new))
        self._names = tuple(dict.fromkeys(name for rules in self._rules[::-1] for name in rules))
        self._moments: list[_Moment] = []
        self._cases: dict[str, dict[str, _Case]] = {name: {} for name in self._names}
        self._ids: set[str] = set()

    def see(self, at: datetime, event: Event, incident: Incident) -> None:
        """Take in what left the wire at an instant."""
        grade = severity(incident)
        incident = msgspec.structs.replace(incident, severity=grade)
        found = (set[str](), set[str]())
        for name in self._names:
            failed = [_failed(rules.get(name), incident) for rules in self._rules]
            for side in (0, 1):
                if not failed[side]:
                    found[side].add(name)
            if not all(failed):
                self._note(name, at, incident, failed)
        self._ids.add(incident.id)
        met = (frozenset(found[0]), frozenset(found[1]))
        closed = incident.status != "open"
        self._moments.append(_Moment(at, len(self._moments), incident.id, event, grade, closed, met))

    def report(self) -> Report:
        """Return what both lists make of all that was seen."""
        moments = sorted(self._moments, key=lambda one: (one.at, one.number))
        told = tuple(_played(rules, moments, side) for side, rules in enumerate(self._rules))
        watches = tuple(self._compared(name, told) for name in self._names)
        by_side = [
            {one for cases in self._cases.values() for one, case in cases.items() if case.met[side]}
            for side in (0, 1)
        ]
        return Report(
            envelopes=len(moments),
            incidents=len(self._ids),
            first_at=moments[0].at if moments else None,
            last_at=moments[-1].at if moments else None,
            watches=watches,
            gained=tuple(sorted(by_side[1] - by_side[0])),
            lost=tuple(sorted(by_side[0] - by_side[1])),
        )

    def _note(self, name: str, at: datetime, incident: Incident, failed: list[str]) -> None:
        case = self._cases[name].setdefault(incident.id, _Case(at, incident, [False, False], ["", ""]))
        case.incident = msgspec.structs.replace(incident, evidence=())
        for side in (0, 1):
            case.met[side] |= not failed[side]
            case.why_not[side] = failed[side] or case.why_not[side]

    def _compared(self, name: str, told: tuple[Mapping[str, list[Told]], ...]) -> Compared:
        said = [side.get(name, ()) for side in told]
        alerted = [
            {one.incident for one in side if not one.held and one.event != "retracted"} for side in said
        ]
        lists: dict[str, list[Difference]] = {one: [] for kind in _KINDS for one in kind}
        for incident, case in self._cases[name].items():
            # Under which list it is, or has its alert, while under the other it has not.
            has, kinds, reasons = _only(case.met), _KINDS[0], case.why_not
            if has is None:
                has = _only([incident in alerted[side] for side in (0, 1)])
                kinds, reasons = _KINDS[1], [NOT_HELD_BACK, HELD_BACK]
            if has is not None:
                row = Difference(
                    at=case.at,
                    reason=reasons[1 - has],
                    alert=incident in alerted[has],
                    incident=case.incident,
                )
                lists[kinds[has]].append(row)
        met = [sum(case.met[side] for case in self._cases[name].values()) for side in (0, 1)]
        ordered = {
            one: tuple(sorted(rows, key=lambda row: (row.at, row.incident.id))) for one, rows in lists.items()
        }
        return Compared(watch=name, before=_side(met[0], said[0]), after=_side(met[1], said[1]), **ordered)


#: Lists of a comparison, each under the list of watches that has what it holds: the other one, the new one.
_KINDS = (("lost", "gained"), ("alerts_lost", "alerts_gained"))


def _only(has: list[bool]) -> int | None:
    return has.index(True) if has.count(True) == 1 else None


def _failed(rule: Rule | None, incident: Incident) -> str:
    if rule is None:
        return NOT_THERE
    return why(rule, incident) if rule.enabled else SWITCHED_OFF


def _played(rules: Mapping[str, Rule], moments: Iterable[_Moment], side: int) -> dict[str, list[Told]]:
    """Return what each watch would have been told, and what would have been held back."""
    watches = {name: Watch(name, rule.cool_down_s) for name, rule in rules.items()}
    told: dict[str, list[Told]] = {name: [] for name in rules}
    #: Which watches have heard of an incident: what the others make of its end is nothing.
    heard: dict[str, set[str]] = {}
    for one in moments:
        at_s = one.at.timestamp()
        those = heard.setdefault(one.incident, set())
        those |= one.met[side]
        for name in sorted(those):
            watch = watches[name]
            told[name] += watch.cool(at_s)
            said = None
            if one.is_closed:
                said = watch.closes(one.incident, at_s)
            elif name in one.met[side]:
                said = watch.meets(one.incident, one.severity, one.event, at_s)
            else:
                watch.leaves(one.incident)
            told[name] += [said] if said else []
    for name, watch in watches.items():
        told[name] += watch.cool(float("inf"))
    return told


def _side(incidents: int, told: Iterable[Told]) -> Side:
    counts = Counter(
        "held" if one.held else "withdrawn" if one.event == "retracted" else "sent" for one in told
    )
    return Side(
        incidents=incidents, alerts=counts["sent"], held_back=counts["held"], withdrawn=counts["withdrawn"]
    )
