"""Reading what the wire has published: records, the stream, and the fate of an article.

Owns the reader's side of the store. Nothing here writes, but for trimming what is too old.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from dateline.incidents import record
from dateline.store import streams
from dateline.store.client import Client, translated
from dateline.store.keys import Keys

#: How often in a row a story's name is followed to the one that it was merged into.
_MERGES = 8


class Told(Struct, frozen=True, kw_only=True):
    """All that the store knows of one article, as text, for `dateline why`."""

    id: str
    fields: dict[str, str]
    in_outbox: bool
    in_quarantine: bool
    has_page: bool


class Incidents:
    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def get(self, incident_id: str) -> record.Incident | None:
        """Return the current state of an incident."""
        with translated():
            data = self._client.hget(self._keys.incident(incident_id), "r")
        return record.decode_incident(data) if data else None

    def since(self, start: datetime) -> Iterator[record.Incident]:
        """Yield incidents changed at or after ``start``, the oldest change first."""
        with translated():
            ids = self._client.zrangebyscore(self._keys.incidents_at, start.timestamp(), "+inf")
        for incident_id in ids:
            if incident := self.get(incident_id.decode()):
                yield incident

    def events(self, after: str, *, count: int = 100, wait_s: float = 0.0) -> list[tuple[str, bytes]]:
        """Return (seq, envelope JSON) behind ``after`` ("0" for all that is kept), waiting for the first."""
        return streams.behind(self._client, self._keys.stream, after, count=count, wait_s=wait_s)

    def last_seq(self) -> str:
        """Return the sequence of the newest envelope, "0" when there is none."""
        return streams.last(self._client, self._keys.stream)

    def latest(self, count: int) -> list[bytes]:
        """Return the newest envelopes as JSON, the oldest of them first."""
        with translated():
            rows = self._client.xrevrange(self._keys.stream, count=count)
        return [fields[b"data"] for _, fields in reversed(rows)]

    def fates(self) -> dict[str, int]:
        """Return how many articles ended in each fate; "entries" is how many were acknowledged."""
        with translated():
            rows = self._client.hgetall(self._keys.fates)
        return {name.decode(): int(count) for name, count in rows.items()}

    def article(self, article_id: str) -> Told | None:
        """Return what is known of an article, None when it was never acknowledged."""
        pipe = self._client.pipeline(transaction=False)
        pipe.hgetall(self._keys.article(article_id))
        pipe.zscore(self._keys.outbox, article_id)
        pipe.zscore(self._keys.quarantine, article_id)
        pipe.exists(self._keys.page(article_id))
        with translated():
            fields, outbox, quarantine, page = pipe.execute()
        if not fields:
            return None
        return Told(
            id=article_id,
            fields={name.decode(): value.decode("utf-8", "replace") for name, value in fields.items()},
            in_outbox=outbox is not None,
            in_quarantine=quarantine is not None,
            has_page=bool(page),
        )

    def story(self, story: str) -> str:
        """Return the name under which a story goes on: its own, unless it was merged into another."""
        for _ in range(_MERGES):
            with translated():
                into = self._client.get(self._keys.story(story))
            if not into:
                break
            story = into.decode().partition(" ")[0]
        return story

    def trim(self, now: datetime, retention_days: int) -> int:
        """Forget what is older than the retention; returns how many incidents went.

        The stream is never cut below what a consumer group has not yet taken and acknowledged.
        """
        cutoff = now - timedelta(days=retention_days)
        with translated():
            for stream in (self._keys.stream, self._keys.statistics_stream, self._keys.alerts_stream):
                if self._client.exists(stream):
                    self._client.xtrim(
                        stream, minid=streams.safe_minid(self._client, stream, cutoff), approximate=True
                    )
            old = self._client.zrangebyscore(
                self._keys.incidents_at, "-inf", cutoff.timestamp(), start=0, num=1000
            )
            if old:
                self._client.delete(*(self._keys.incident(one.decode()) for one in old))
                self._client.zrem(self._keys.incidents_at, *old)
        return len(old)
