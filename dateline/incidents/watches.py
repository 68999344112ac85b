"""Watches: which incidents somebody wants to be told of at once, and what one settlement tells.

Owns the one call that a settlement needs, and is the door of the rooms behind it: ``watch_reading`` (the file),
``watch_rules`` (a rule and whether it is met), ``severity``. Refuses to hold alerts back: the commit does (``store.alerts``),
because only there it is known what was told before.

    read_watches(data, file) -> Rules
    meets(rule, incident) -> bool; why(rule, incident) -> str
    marked(settlement, known, rules) -> Settlement
"""

from collections.abc import Mapping

import msgspec

from dateline.incidents.record import Incident
from dateline.incidents.severity import severity
from dateline.incidents.watch_reading import COOL_DOWN_S, FIELDS, read_watches
from dateline.incidents.watch_rules import Rule, Rules, why
from dateline.settlement import Alarm, Change, KnownIncident, Settlement

__all__ = [
    "COOL_DOWN_S",
    "FIELDS",
    "Rule",
    "Rules",
    "marked",
    "meets",
    "met",
    "read_watches",
    "watched",
    "why",
]


def meets(rule: Rule, incident: Incident) -> bool:
    """Tell whether an incident meets a watch that is switched on; its severity counts as it stands."""
    return rule.enabled and not why(rule, incident)


def met(rules: Rules, incident: Incident) -> tuple[Rule, ...]:
    """Return the watches that an incident meets, in the order of the list."""
    return tuple(rule for rule in rules.watches if meets(rule, incident))


def watched(incident: Incident, rules: Rules) -> Incident:
    """Return an incident with the severity and the watches that follow from the rest of it."""
    graded = msgspec.structs.replace(incident, severity=severity(incident))
    return msgspec.structs.replace(graded, watches=tuple(rule.name for rule in met(rules, graded)))


def marked(settlement: Settlement, known: Mapping[str, KnownIncident], rules: Rules) -> Settlement:
    """Return a settlement whose changes carry severity and watches, with the alarms that they raise.

    Makes no envelope of its own: an incident that nothing else changes keeps the severity and the watches that it
    left the wire with. Where an update changes them, ``changed`` names them. An alarm stands for each watch that a
    changed incident meets; the commit knows which of them were told before. ``known`` are the incidents of the look-up.
    Deterministic; never raises.
    """
    changes = tuple(_marked(change, known.get(change.incident.id), rules) for change in settlement.changes)
    cool_downs_s = {rule.name: rule.cool_down_s for rule in rules.watches}
    alarms = tuple(
        Alarm(
            incident=change.incident.id,
            watch=name,
            severity=change.incident.severity,
            cool_down_s=cool_downs_s[name],
        )
        for change in changes
        for name in change.incident.watches
    )
    return msgspec.structs.replace(settlement, changes=changes, alarms=alarms)


def _marked(change: Change, before: KnownIncident | None, rules: Rules) -> Change:
    incident = watched(change.incident, rules)
    if before is None or change.event == "opened":
        return msgspec.structs.replace(change, incident=incident)
    fields = [name for name in change.changed if name not in ("severity", "watches")]
    fields += [
        name for name in ("severity", "watches") if getattr(incident, name) != getattr(before.record, name)
    ]
    return msgspec.structs.replace(change, incident=incident, changed=tuple(fields))
