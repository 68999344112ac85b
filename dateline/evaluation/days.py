"""Days of MUC-4's templates, against the days of the incidents that tell of them.

Owns which templates state one day, and which incident tells of a template: one of its type whose
evidence names one of its victims or targets ("template given").
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from dateline.evaluation.cases import Fault
from dateline.evaluation.figures import Mark
from dateline.evaluation.labels import MUC
from dateline.incidents.record import Coding, Incident

_DAY = re.compile(r"\d{1,2} [A-Z]{3} \d\d")
_FILL = re.compile(r'"([^"]+)"')
_SLOTS = ("victim_name", "victim_desc", "phys_target")


def day_of(text: str) -> date | None:
    """Return a template's day, where it is a single one; "- 30 DEC 89" (not later) is none."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return datetime.strptime(text.strip().title(), "%d %b %y").replace(tzinfo=UTC).date()
    except ValueError:
        return None  # the judges' slips of the pen: "31 JUN"


def fills(template: dict[str, Any]) -> list[str]:
    """Return the victims and targets of a template as its document spells them."""
    return [one for slot in _SLOTS for text in template[slot] for one in _FILL.findall(text)]


def tells(one: Incident, template: dict[str, Any]) -> bool:
    """Whether an incident is of the template's type, and its evidence names a victim or target of it."""
    if template["type"] not in MUC.get(one.sub_event_type, ()):
        return False
    spoken = " ".join(" ".join(piece.text for piece in one.evidence).split())
    return any(fill in spoken for fill in fills(template))


def marks(templates: list[dict[str, Any]], coding: Coding) -> tuple[dict[str, Mark], list[Fault]]:
    """Return the marks of a document's days, exact and within one day, and what is wrong with them."""
    given = exact = near = 0
    faults = []
    for template in templates:
        day = day_of(template["date"])
        if day is None or template["optional"]:
            continue
        told = [one.date for one in coding.incidents if one.date and tells(one, template)]
        if not told:
            continue
        given += 1
        right = any(one.start == one.end == day for one in told)
        exact += right
        near += any(abs((one.start - day).days) <= 1 for one in told)
        if not right:
            days = ", ".join(
                dict.fromkeys(f"{one.start}..{one.end} ({one.text or 'inferred'})" for one in told)
            )
            faults.append(Fault(kind="day", gold=f"{day} {template['type']}", given=days))
    if not given:
        return {}, faults
    return {"days_exact": (exact, given, given), "days_within_one": (near, given, given)}, faults
