"""The incidents as they stand while one article is being settled, and the envelopes that this makes.

Owns what is known, each incident at most one envelope and one version, and where a folded one goes on.
Refuses every decision (``book``).
"""

from collections.abc import Iterable, Mapping

import msgspec

from dateline.incidents.match import blocks
from dateline.incidents.record import Event, Incident
from dateline.settlement import Change, KnownIncident

_RANK: dict[Event, int] = {"opened": 3, "merged": 2, "retracted": 1, "updated": 0}
"""Of two envelopes for one incident the one of higher rank is sent, with what both changed."""


class Standing:
    """What was looked up, and what has become of it since."""

    def __init__(self, known: Mapping[str, KnownIncident]) -> None:
        self._known = dict(known)
        self._changes: dict[str, Change] = {}
        self._told: dict[str, None] = {}
        #: Folded in this settlement: the incident under which it goes on.
        self._into: dict[str, str] = {}

    @property
    def changes(self) -> tuple[Change, ...]:
        """The envelopes in the order in which they are sent: one that was folded after that in which it goes on."""
        return tuple(sorted(self._changes.values(), key=lambda one: one.event == "merged"))

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the incidents that the article tells of, in the order in which it does."""
        return tuple(dict.fromkeys(map(self.goes_on_as, self._told)))

    def goes_on_as(self, incident_id: str) -> str:
        """Return the incident's id, or that of the one that it was folded into."""
        while incident_id in self._into:
            incident_id = self._into[incident_id]
        return incident_id

    def get(self, incident_id: str) -> Incident | None:
        """Return an incident as it will stand; a folded one as that in which it goes on."""
        known = self._known.get(self.goes_on_as(incident_id))
        return known.record if known else None

    def records(self, ids: Iterable[str]) -> tuple[Incident, ...]:
        """Return these incidents as they will stand, each once, those that nobody knows left out."""
        named = dict.fromkeys(map(self.goes_on_as, ids))
        return tuple(self._known[one].record for one in named if one in self._known)

    def candidates(self) -> tuple[Incident, ...]:
        """Return all that a mention may tell of: what was folded goes on in another."""
        return tuple(
            known.record
            for key, known in self._known.items()
            if key not in self._into and known.record.status != "merged"
        )

    def tell(self, incident_id: str) -> None:
        """Note that the article tells of an incident."""
        self._told[incident_id] = None

    def open(self, opened: Incident) -> None:
        """Add an incident that nobody knew."""
        self._known[opened.id] = KnownIncident(version=0, record=opened)
        self._changes[opened.id] = Change(event="opened", incident=opened, blocks=blocks(opened))
        self.tell(opened.id)

    def change(
        self,
        existing: Incident,
        changed: tuple[Incident, tuple[str, ...]] | None,
        event: Event = "updated",
    ) -> None:
        """Note what became of an incident; None is no change. All changes together make one version."""
        if changed is None:
            return
        before = self._known[existing.id]
        record = msgspec.structs.replace(changed[0], version=before.version + 1)
        self._known[existing.id] = KnownIncident(version=before.version, record=record)
        earlier = self._changes.get(existing.id)
        if earlier is not None and _RANK[earlier.event] > _RANK[event]:
            event = earlier.event
        fields = tuple(dict.fromkeys((*(earlier.changed if earlier else ()), *changed[1])))
        # A folded one is found under its blocks still, and there leads to the one in which it goes on.
        filed = () if record.status == "merged" else blocks(record)
        self._changes[existing.id] = Change(
            event=event,
            incident=record,
            changed=() if event == "opened" else fields,
            blocks=filed,
            expected_version=before.version,
        )

    def fold(self, other: str, survivor: str) -> None:
        """Let one incident go on as another from here on."""
        self._into[other] = survivor
