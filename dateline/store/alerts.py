"""Alerts: what a settlement's alarms ask the commit for, the stream of alerts, and what was held back.

Owns the shapes that ``lua/alerts.lua`` takes and gives. Decides nothing: which watches an incident meets was decided by
``incidents.watches``; whether an alert goes out or is held back is decided in the commit, where it is known what was told.
"""

from datetime import datetime
from typing import Literal, NamedTuple, cast

import msgspec

from dateline.errors import BadRecord
from dateline.incidents.record import Alert, Severity
from dateline.settlement import Change, Settlement
from dateline.store import streams
from dateline.store.client import Client, Script
from dateline.store.keys import Keys

_tell_held = Script("tell_held", "alerts")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Alert).decode

#: As ``alerts.lua`` counts them, from 1.
_RANK: dict[Severity, int] = {"low": 1, "medium": 2, "high": 3, "critical": 4}

Told = Literal["sent", "held", "withdrawn"]


class AlertCount(NamedTuple):
    """One thing that a watch was told, or that was held back from it."""

    severity: Severity
    outcome: Told


class Alerts:
    """The stream of alerts, and the end of cool-downs. Every method may raise StoreUnavailable."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def events(self, after: str, *, count: int = 100, wait_s: float = 0.0) -> list[tuple[str, bytes]]:
        """Return (seq, alert JSON) behind ``after`` ("0" for all that is kept), waiting for the first."""
        return streams.behind(self._client, self._keys.alerts_stream, after, count=count, wait_s=wait_s)

    def last_seq(self) -> str:
        """Return the sequence of the newest alert, "0" when there is none."""
        return streams.last(self._client, self._keys.alerts_stream)

    def tell_held(self, now: datetime) -> tuple[AlertCount, ...]:
        """Send what was held back by watches that have cooled down: the gravest, with the ids of the rest.

        Any number of callers may do so; each alert goes out once.
        """
        at = _encode(now).decode()
        return counted(_tell_held(self._client, self._keys.prefix, now=now.timestamp(), at=at))


def decode_alert(data: bytes | str) -> Alert:
    """Return the alert that JSON holds.

    Raises:
        BadRecord: not JSON, or not an alert.
    """
    try:
        return _decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(f"not an alert: {error}") from error


def alarmed(change: Change, settlement: Settlement) -> dict[str, object]:
    """Return what the commit needs to know of a change to tell its watches."""
    return {
        "event": change.event,
        "closed": change.incident.status != "open",
        "alarms": [
            [one.watch, _RANK[one.severity], one.cool_down_s]
            for one in settlement.alarms
            if one.incident == change.incident.id
        ],
    }


def counted(answer: list[bytes]) -> tuple[AlertCount, ...]:
    """Return what a script says that it has sent, held back and withdrawn."""
    pairs = (one.decode().split(" ", 1) for one in answer)
    return tuple(AlertCount(cast("Severity", severity), cast("Told", outcome)) for severity, outcome in pairs)
