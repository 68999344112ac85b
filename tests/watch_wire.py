"""Settling incidents for a test of alerts: one call for one article that changes one incident."""

from datetime import datetime, timedelta

import msgspec
from make import NOW, incident

from dateline.incidents.record import Alert, Event, Incident, Severity
from dateline.model import Fate
from dateline.settlement import Alarm, Change, Settlement
from dateline.store.alerts import decode_alert
from dateline.store.door import Store
from dateline.store.ledger import Outcome, Settled


class Teller:
    """Tells a store of incidents: each call is an article of its own, at so many seconds from the start."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.articles = 0
        self.versions: dict[int, int] = {}

    #: The start, in seconds since the epoch.
    start_s = NOW.timestamp()

    def at(self, at_s: float) -> datetime:
        return NOW + timedelta(seconds=at_s)

    def settlement(
        self, number: int, watches: dict[str, tuple[Severity, int]], *, event: Event, **fields: object
    ) -> Settlement:
        """What settling an article does that changes an incident, which then meets these watches."""
        version = self.versions.get(number, 0)
        made: Incident = incident(number, version=version + 1, watches=tuple(watches), **fields)
        if event in ("merged", "retracted"):
            made = msgspec.structs.replace(made, status=event)
        alarms = tuple(
            Alarm(incident=made.id, watch=watch, severity=severity, cool_down_s=cool_s)
            for watch, (severity, cool_s) in watches.items()
        )
        change = Change(event=event, incident=made, expected_version=version)
        return Settlement(
            article_id=f"{self.articles:016x}",
            version=0,
            fate=Fate.INCIDENT,
            reason="told",
            changes=(change,),
            alarms=alarms,
            incidents=(made.id,),
        )

    def tell(
        self,
        number: int,
        watches: dict[str, tuple[Severity, int]],
        at_s: float = 0.0,
        event: Event = "opened",
        **fields: object,
    ) -> Settled:
        self.articles += 1
        settlement = self.settlement(number, watches, event=event, **fields)
        self.versions[number] = self.versions.get(number, 0) + 1
        return self.settle(settlement, at_s)

    def settle(self, settlement: Settlement, at_s: float = 0.0) -> Settled:
        now = self.at(at_s)
        if self.store.incidents.article(settlement.article_id) is None:
            self.store.client.zadd(self.store.keys.outbox, {settlement.article_id: now.timestamp()})
        settled = self.store.ledger.settle(settlement, None, None, now)
        assert settled.outcome in (Outcome.SETTLED, Outcome.ALREADY)
        return settled

    def cool(self, at_s: float) -> list[tuple[str, str]]:
        return [tuple(one) for one in self.store.alerts.tell_held(self.at(at_s))]

    def alerts(self) -> list[Alert]:
        return [decode_alert(data) for _, data in self.store.alerts.events("0", count=10_000)]
