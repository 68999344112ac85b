"""How grave an incident is: low, medium, high or critical.

Owns one small table over type and toll. Refuses probability: how sure a report is stands in ``confidence`` and
``assertion``, so a grave rumour is grave, and a watch asks for both. Pure and cheap: a few comparisons.

    severity(incident) -> Severity
    severity_why(incident) -> the row that decided
    graded(coding) -> Coding

Of figures that differ the lowest of the latest article counts, and none less than what two articles reach: tolls rise over
hours, and the first of them must not hold an incident down, while one outlier among many is overruled by the next
report. A figure that is not told is not zero, so violence has a floor by its type.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec
from msgspec import Struct

from dateline.incidents.record import Claim, Coding, Count, Incident, Severity
from dateline.incidents.taxonomy import BATTLES, CIVILIANS, EXPLOSIONS, SUB_TYPES, Code

RANK: Mapping[Severity, int] = MappingProxyType({"low": 0, "medium": 1, "high": 2, "critical": 3})
"""The order of severities."""

#: Of claims that tell no instant.
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

_UNARMED = ("Civilians", "Protesters")


class Row(Struct, frozen=True, kw_only=True):
    """One line of the table: all that is given must hold. The first row that holds decides."""

    severity: Severity
    #: In words, as docs/watch.md shows it.
    when: str
    reason: str
    #: Kinds of toll, of which one must be told, and the least of its figure; empty: no figure is needed.
    toll: tuple[str, ...] = ()
    least: int = 0
    #: Sub-types or event types of which it must be one; empty: any.
    types: frozenset[str] = frozenset()
    civilians: bool = False

    @property
    def is_floor(self) -> bool:
        """Whether it holds for the type alone, whatever the toll."""
        return not self.toll


def _names(*codes: Code) -> frozenset[str]:
    return frozenset(SUB_TYPES[code].name for code in codes)


_TERRITORY = _names(Code.GOV_REGAINS, Code.NSA_OVERTAKES)

TABLE: tuple[Row, ...] = (
    Row(
        severity="critical",
        when="at least 20 killed",
        toll=("killed",),
        least=20,
        reason="leads bulletins far away",
    ),
    Row(
        severity="critical",
        when="at least 10 killed, civilians targeted",
        toll=("killed",),
        least=10,
        civilians=True,
        reason="a massacre: what human rights desks and courts ask about",
    ),
    Row(
        severity="critical",
        when="at least 50 abducted",
        toll=("abducted",),
        least=50,
        reason="a mass abduction: a school, a bus convoy, a village",
    ),
    Row(
        severity="critical",
        when="at least 100 wounded",
        toll=("wounded",),
        least=100,
        reason="more than the hospitals of a town treat at once",
    ),
    Row(
        severity="critical",
        when="Chemical weapon, anybody killed",
        toll=("killed",),
        least=1,
        types=_names(Code.CHEMICAL),
        reason="banned by treaty: one death is world news",
    ),
    Row(
        severity="high",
        when="at least 5 killed",
        toll=("killed",),
        least=5,
        reason="no longer one crime: national news",
    ),
    Row(
        severity="high",
        when="at least 3 killed, civilians targeted",
        toll=("killed",),
        least=3,
        civilians=True,
        reason="three is what United States law calls a mass killing",
    ),
    Row(
        severity="high",
        when="at least 10 abducted",
        toll=("abducted",),
        least=10,
        reason="a group, not a person: the search begins now",
    ),
    Row(
        severity="high",
        when="at least 20 wounded",
        toll=("wounded",),
        least=20,
        reason="a case for a hospital's emergency plan",
    ),
    Row(
        severity="high",
        when="Suicide bomb or Chemical weapon",
        types=_names(Code.SUICIDE, Code.CHEMICAL),
        reason="meant to kill many, and a change of means where it is new; the toll comes later",
    ),
    Row(
        severity="high",
        when="Government regains territory, Non-state actor overtakes territory",
        types=_TERRITORY,
        reason="control has changed: roads and staff in the area are affected at once",
    ),
    Row(
        severity="high",
        when="Excessive force against protesters, anybody killed",
        toll=("killed",),
        least=1,
        types=_names(Code.EXCESSIVE_FORCE),
        reason="the state has killed protesters: what follows is news",
    ),
    Row(severity="medium", when="anybody killed", toll=("killed",), least=1, reason="a death"),
    Row(
        severity="medium",
        when="at least 5 wounded",
        toll=("wounded",),
        least=5,
        reason="it could have been deaths",
    ),
    Row(
        severity="medium",
        when="anybody abducted or missing",
        toll=("abducted", "missing"),
        least=1,
        reason="the hours count",
    ),
    Row(
        severity="medium",
        when="at least 50 arrested",
        toll=("arrested",),
        least=50,
        reason="a wave of arrests, not an arrest",
    ),
    Row(
        severity="medium",
        when="Battles, Explosions/Remote violence, Violence against civilians",
        types=frozenset({BATTLES, EXPLOSIONS, CIVILIANS}),
        reason="violence by armed people, whose toll is often told later",
    ),
    Row(
        severity="medium",
        when="Excessive force against protesters, Mob violence",
        types=_names(Code.EXCESSIVE_FORCE, Code.MOB),
        reason="people were hurt, though nobody counts them yet",
    ),
)
"""The table, gravest first; what no row holds for is low. The figures are editorial, set for a desk that reads the world:
they are to be argued about in a decision record, not tuned to a data set."""

_LOW = "none of the rows above"


def severity(incident: Incident) -> Severity:
    """Return how grave an incident is by type and toll. Statistics are ``low``: they are no event. Never raises."""
    row = _row(incident)
    return row.severity if row else "low"


def severity_why(incident: Incident) -> str:
    """Return what decided, in the words of the table."""
    row = _row(incident)
    return row.when if row else _LOW


def graded(coding: Coding) -> Coding:
    """Return a coding whose incidents carry their severity."""
    return msgspec.structs.replace(coding, incidents=tuple(_graded(one) for one in coding.incidents))


def _graded(incident: Incident) -> Incident:
    grade = severity(incident)
    return incident if grade == incident.severity else msgspec.structs.replace(incident, severity=grade)


def _row(incident: Incident) -> Row | None:
    if incident.class_ == "aggregate":
        return None
    return next((row for row in TABLE if _holds(row, incident)), None)


def _holds(row: Row, incident: Incident) -> bool:
    if row.types and incident.sub_event_type not in row.types and incident.event_type not in row.types:
        return False
    if row.civilians and not _on_civilians(incident):
        return False
    if row.is_floor:
        # What was foiled might have been: violence still. What is denied is as grave as the harm that is told of it.
        return incident.assertion != "denied" and (
            incident.assertion != "attempted" or row.severity == "medium"
        )
    told: tuple[Count | None, ...] = tuple(getattr(incident.toll, kind) for kind in row.toll)
    return any(figure(one, incident) >= row.least for one in told if one is not None)


def _told_at(claim: Claim) -> datetime:
    at = claim.as_of or _LONG_AGO
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def figure(count: Count, incident: Incident) -> int:
    """Return the figure by which a toll is as grave as it is; claims of spun articles are left out where others stand."""
    if len(count.claims) < 2:
        return count.min
    spun = {ref.id for ref in incident.articles if ref.spun}
    claims = [one for one in count.claims if one.article not in spun] or count.claims
    lowest: dict[str, int] = {}
    told_at: dict[str, datetime] = {}
    for one in claims:
        lowest[one.article] = min(one.min, lowest.get(one.article, one.min))
        told_at[one.article] = max(_told_at(one), told_at.get(one.article, _LONG_AGO))
    last = max(told_at.values())
    latest = min(lowest[article] for article, at in told_at.items() if at == last)
    by_two = sorted(lowest.values())[-2] if len(lowest) > 1 else latest
    return max(latest, by_two)


def _on_civilians(incident: Incident) -> bool:
    """Whether it was aimed at civilians: by its type, or since it names no other target (a strike on a market)."""
    targets = incident.actors.target
    return incident.civilian_targeting or (bool(targets) and all(one.kind in _UNARMED for one in targets))
