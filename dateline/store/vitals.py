"""The vital signs of the wire as Redis knows them, in one reading for all gauges.

Owns what is asked and how far. Refuses to judge: what is too much, alerts say.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from dateline.store.books import ENTRIES
from dateline.store.client import Client, Script
from dateline.store.keys import Keys

_vitals = Script("vitals", "canary")

#: Consumer groups looked at on each stream.
_GROUPS = 200

_UNCLEAN = re.compile(r"[^A-Za-z0-9_.-]")
_LONGEST = 64


class Group(Struct, frozen=True, kw_only=True):
    """A consumer group: its stream and name, entries that it has not taken yet, age of the oldest it has not acknowledged."""

    name: str
    lag: int
    pending_s: float


class Vitals(Struct, frozen=True, kw_only=True):
    """One reading. ``skew_s`` is Redis's clock less ours; ages are by Redis's clock."""

    memory_used: int
    #: 0 when Redis has no limit.
    memory_max: int
    skew_s: float
    #: How long the reading took, to and fro: the skew is known to half of it.
    took_s: float
    #: When the oldest article without a fate was accepted.
    oldest_at: datetime | None
    #: Acknowledged entries less fates less what is in flight.
    balance: int
    #: Entries of each stream: incidents, statistics, alerts.
    streams: dict[str, int]
    #: Age of the newest envelope; None when there never was one.
    last_incident_s: float | None
    groups: tuple[Group, ...]

    @property
    def memory_share(self) -> float:
        """Return used memory as a share of maxmemory; 0 when there is no limit."""
        return self.memory_used / self.memory_max if self.memory_max else 0.0


class VitalSigns:
    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def read(self, now: Callable[[], datetime]) -> Vitals:
        """Return what Redis says, in one round trip; ``now`` is asked before and after it.

        Raises:
            StoreUnavailable: Redis is away.
        """
        keys = self._keys
        names = {
            "incidents": keys.stream,
            "statistics": keys.statistics_stream,
            "alerts": keys.alerts_stream,
        }
        before = now()
        streams = [name.removeprefix(keys.prefix) for name in names.values()]
        answer = _vitals(self._client, keys.prefix, groups=_GROUPS, streams=streams)
        took_s = (now() - before).total_seconds()
        seconds, micros, used, most, oldest, fates, in_flight, told = answer
        at_s = int(seconds) + int(micros) / 1e6
        return Vitals(
            memory_used=used,
            memory_max=most,
            skew_s=at_s - before.timestamp() - took_s / 2,
            took_s=took_s,
            oldest_at=datetime.fromtimestamp(float(oldest), UTC) if oldest else None,
            balance=_balance(fates) - in_flight,
            streams={name: row[0] for name, row in zip(names, told, strict=True)},
            last_incident_s=max(0.0, at_s - told[0][1] / 1000) if told[0][1] else None,
            groups=tuple(
                one for name, row in zip(names, told, strict=True) for one in _groups(name, row[2], at_s)
            ),
        )


def clean(name: str) -> str:
    """Return a name that can stand as the value of a label: letters, digits and ``_.-``, 64 at most."""
    return _UNCLEAN.sub("_", name)[:_LONGEST]


def _groups(stream: str, flat: Sequence[Any], at_s: float) -> list[Group]:
    rows = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    return [
        Group(
            name=f"{stream}:{clean(name.decode('utf-8', 'replace'))}",
            lag=lag,
            pending_s=max(0.0, at_s - oldest_ms / 1000) if oldest_ms else 0.0,
        )
        for name, lag, oldest_ms in rows
    ]


def _balance(fates: Sequence[bytes]) -> int:
    told = {name: int(count) for name, count in zip(fates[::2], fates[1::2], strict=True)}
    entries = told.pop(ENTRIES.encode(), 0)
    return entries - sum(told.values())
