"""Canaries in the store: sent into the outbox as an article is, taken back out where they arrive or are given up.

Owns what the keeper asks: one look, which sends, gives up and tells; and how the last one ended, for `dateline doctor`.
Refuses to know what stands in one. Times are those of Redis, which marks both ends; no host's clock is in a latency.
Every method raises StoreUnavailable when Redis is away.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.model import Page
from dateline.store import pages
from dateline.store.client import Client, Script, translated
from dateline.store.keys import DAY_S, Keys

_round = Script("canary_round", "enqueue", "canary")

#: A keeper that is gone is followed by another after this long, in seconds.
LEASE_S = 15

#: One that was given up is remembered so long, so that its late arrival is told.
_KEPT_S = DAY_S

#: How one is told: each is sent, then arrives or is lost; one that was lost may be late.
Told = Literal["sent", "arrived", "late", "lost"]


class Tiding(Struct, frozen=True, kw_only=True):
    """What became of one canary."""

    id: str
    outcome: Told
    #: Seconds since 1970, as Redis has them.
    sent_at: float
    at: float
    #: The envelopes that were published, a line each.
    envelopes: str = ""
    #: The fate that an article would have had and why, or why it was lost.
    detail: str = ""

    @property
    def took_s(self) -> float:
        return max(0.0, self.at - self.sent_at)


class State(Struct, frozen=True, kw_only=True):
    """How the canaries are. Seconds since 1970, as Redis has them; 0 for never."""

    now: float
    first_at: float = 0.0
    sent_at: float = 0.0
    #: Seconds between two, as the keeper that sends them has it.
    every_s: float = 0.0
    #: Of the last that arrived as it should.
    arrived_at: float = 0.0
    took_s: float = 0.0
    #: Of the last that ended: arrived, wrong, lost or late, and why not arrived.
    outcome: str = ""
    detail: str = ""

    @property
    def age_s(self) -> float:
        """Seconds since the last arrived as it should, since the first was sent when none did, 0 when none was sent."""
        since = self.arrived_at or self.first_at
        return max(0.0, self.now - since) if since else 0.0


_tiding = msgspec.json.Decoder(Tiding)


def _read(data: bytes) -> Tiding | None:
    """Return what is told; nothing of a row that is damaged, which tells nothing to anybody."""
    try:
        return _tiding.decode(data)
    except msgspec.DecodeError:
        return None


class Canaries:
    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def round(self, token: str, page: Page, *, every_s: int, lost_s: float) -> list[Tiding] | None:
        """Send ``page`` if one is due, give up what is under way for ``lost_s``; return what is told and not forgotten.

        None while the lease is another keeper's. ``token`` is this keeper's. Repeating it sends nothing more.
        """
        at = page.accepted_at.timestamp()
        rows = _round(
            self._client,
            self._keys.prefix,
            pages.encode(page),
            token=token,
            lease_ms=LEASE_S * 1000,
            every_s=every_s,
            lost_s=lost_s,
            kept_s=_KEPT_S,
            id=page.article_id,
            stub=["url", page.url, "title", page.entry.title, "accepted_at", page.accepted_at.isoformat()],
            now=at,
        )
        if rows is None:
            return None
        told = [one for data in rows[1::2] if (one := _read(data))]
        return sorted(told, key=lambda one: (one.at, one.outcome != "sent"))

    def forget(self, told: Sequence[Tiding]) -> None:
        """These are counted."""
        if told:
            with translated():
                self._client.hdel(self._keys.canary_told, *(f"{one.id} {one.outcome}" for one in told))

    def note(self, one: Tiding, outcome: str, detail: str) -> None:
        """Remember how one ended, as the keeper judged it."""
        fields = {"outcome": outcome, "detail": detail[:300]}
        if outcome == "arrived":
            fields |= {"arrived_at": f"{one.at:.6f}", "took_s": f"{one.took_s:.6f}"}
        with translated():
            self._client.hset(self._keys.canary_state, mapping=fields)

    def state(self) -> State:
        """Return how the canaries are, in one round trip."""
        pipe = self._client.pipeline(transaction=False)
        pipe.time()
        pipe.hgetall(self._keys.canary_state)
        with translated():
            (seconds, micros), fields = pipe.execute()
        found = {name.decode(): value.decode() for name, value in fields.items()}
        return msgspec.convert({**found, "now": seconds + micros / 1e6}, State, strict=False)
