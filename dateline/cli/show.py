"""How an incident looks in a terminal: one line that an analyst can read at a glance."""

from collections.abc import Iterator

from dateline.incidents.record import TOLL_KINDS, Alert, Count, Envelope, Incident, Step

_PROOF_CHARS = 180

MAX_TURNS = 5
"""Turns of an incident that `dateline why` shows, the latest."""

#: Turns whose reason is a sentence of an article.
_QUOTED = ("denied", "corrected", "retracted")

#: Not printable by themselves, and a part of spelling in Persian, Urdu and the scripts of India.
_JOINERS = "\u200c\u200d"

_MARK = {"opened": "●", "updated": "○", "merged": "⇉", "retracted": "✗"}


def count(value: Count) -> str:
    """Return "7", "7+" (open), "7–9" or "~20"."""
    mark = "~" if value.approx else ""
    if value.max is None:
        return f"{mark}{value.min}+"
    return f"{mark}{value.min}" if value.max == value.min else f"{mark}{value.min}–{value.max}"


def toll(incident: Incident) -> str:
    parts = [(kind, getattr(incident.toll, kind)) for kind in TOLL_KINDS]
    return ", ".join(f"{count(value)} {kind}" for kind, value in parts if value is not None)


def place(incident: Incident) -> str:
    where = incident.place
    if where is None:
        return "place unknown"
    parts = dict.fromkeys(part for part in (where.name, where.admin1, where.country) if part)
    near = "near " if where.geo_precision == 2 else ""
    return near + ", ".join(parts)


def day(incident: Incident) -> str:
    when = incident.date
    if when is None:
        return "day unknown"
    return f"{when.start}" if when.start == when.end else f"{when.start}..{when.end}"


def who(incident: Incident) -> str:
    actors = incident.actors
    left = ", ".join(actor.name for actor in actors.perpetrator[:2])
    right = ", ".join(actor.name for actor in actors.target[:2])
    return " → ".join(part for part in (left, right) if part)


def plain(text: str, length: int = 0) -> str:
    """Return text from outside as one line of printable characters, cut to ``length`` when that is given."""
    line = "".join(one for one in " ".join(text.split()) if one.isprintable() or one in _JOINERS).strip()
    return f"{line[: length - 1]}…" if length and len(line) > length else line


def proof(incident: Incident) -> str:
    """Return the sentence that proves most fields, in quotation marks."""
    best = max(incident.evidence, key=lambda one: len(one.supports), default=None)
    return f"“{plain(best.text, _PROOF_CHARS)}”" if best else ""


def mark(told: Envelope | Alert) -> str:
    return _MARK[told.event]


def what(incident: Incident) -> str:
    """Return type, place and day."""
    return plain(" · ".join((incident.sub_event_type, place(incident), day(incident))))


def life(incident: Incident, article_id: str = "") -> Iterator[str]:
    """Yield what became of an incident as a whole: where it goes on, and its latest turns, those of an article marked."""
    if incident.status == "merged":
        yield f"merged into {incident.merged_into}"
    elif incident.status == "retracted":
        yield "retracted: it is closed unless another source tells it"
    for step in incident.history[-MAX_TURNS:]:
        by = "this article" if step.article == article_id else step.article
        yield plain(f"{step.at:%Y-%m-%d %H:%M} {_turned(step)}{f' (by {by})' if by else ''}")


def turn(envelope: Envelope) -> str:
    """Return why an incident was merged, closed, denied or opened again by this very envelope; else nothing."""
    incident = envelope.incident
    if "history" not in envelope.changed or not incident.history:
        return ""
    if envelope.event == "merged":
        return f"goes on as {incident.merged_into}"
    return _turned(incident.history[-1])


def _turned(step: Step) -> str:
    """Return "retracted: “No such attack took place.”" or "merged with SY-…: why"."""
    reason = plain(step.reason, _PROOF_CHARS)
    if step.event in _QUOTED:
        reason = f"“{reason}”"
    return f"{step.event}{f' with {step.incident}' if step.incident else ''}: {reason}"


def details(envelope: Envelope) -> str:
    """Return what turned it, toll, sides, how grave, the watches met, sources, what changed, and the id."""
    incident = envelope.incident
    told = len(incident.articles)
    changed = f"changed: {', '.join(envelope.changed)}" if envelope.changed else ""
    articles = f"{told} article{'s' * (told != 1)}, {incident.independent_sources} independent"
    parts = (turn(envelope), toll(incident), who(incident), grave(incident), articles, changed, incident.id)
    return plain(" · ".join(part for part in parts if part))


def grave(incident: Incident) -> str:
    """Return "high" or "critical", and behind a flag the watches that the incident meets."""
    grade = incident.severity if incident.severity in ("high", "critical") else ""
    flag = f"⚑ {', '.join(incident.watches)}" if incident.watches else ""
    return " ".join(part for part in (grade, flag) if part)


def line(envelope: Envelope) -> str:
    """Return all of it in one line, for `dateline tail`."""
    return f"{mark(envelope)} {what(envelope.incident)} · {details(envelope)}"
