"""The ledger: look an article's neighbourhood up, and settle it in one commit.

Owns the two round trips in which an article gets its fate. Decides nothing: what is settled was
planned by a pure room against the look-up; the commit refuses when the neighbourhood has changed.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from dateline.errors import BadRecord
from dateline.incidents import record
from dateline.model import Fate
from dateline.resemblance import Fingerprint, Neighbour
from dateline.settlement import Change, KnownIncident, LookUp, Settlement
from dateline.store.client import Client, Script
from dateline.store.furniture import Lesson
from dateline.store.keys import BLOCK_DAYS, DAY_S, Keys, index_buckets

_look_up, _settle = Script("look_up"), Script("settle", "furniture")
_encode = msgspec.json.Encoder().encode

#: Neighbours whose sketches are compared; real twins share many keys and stand first.
NEIGHBOURS = 24

#: An index field holds about this many bytes of ids (16 each) before it takes no more.
FIELD_BYTES = 1000


class Outcome(StrEnum):
    SETTLED = "settled"
    ALREADY = "already"
    UNKNOWN = "unknown"
    #: A revision of the article came in meanwhile; it waits in the outbox.
    SUPERSEDED = "superseded"
    CONTENDED = "contended"


class Settled(Struct, frozen=True, kw_only=True):
    """How a commit ended: the sequence numbers published, or why nothing was written."""

    outcome: Outcome
    seqs: tuple[str, ...] = ()
    detail: str = ""


class Ledger:
    def __init__(self, client: Client, keys: Keys, *, index_days: int = 30, retention_days: int = 90) -> None:
        self._client, self._keys = client, keys
        self._index_days, self._retention_s = index_days, retention_days * DAY_S

    def look_up(
        self,
        article_id: str,
        fingerprint: Fingerprint,
        aliases: Sequence[str],
        blocks: Sequence[str],
        now: datetime,
    ) -> LookUp:
        """Return the articles and incidents that this one is judged against, in one round trip.

        Args:
            article_id: the article in question; it is never its own neighbour.
            fingerprint: of its text.
            aliases: other article ids that mean the same address.
            blocks: where its incidents would be filed or found.
            now: decides which buckets of the index are alive.

        Raises:
            StoreUnavailable: Redis is away.
            BadRecord: a stored incident does not decode.
        """
        fate, near, sources, blocks_found, incidents, own, statistics, followers = _look_up(
            self._client,
            self._keys.prefix,
            id=article_id,
            blocks=list(blocks),
            limit=NEIGHBOURS,
            **self._address(article_id, fingerprint, aliases, now),
        )
        return LookUp(
            fate=Fate(fate.decode()) if fate else None,
            neighbours=tuple(_neighbour(*row) for row in near),
            incidents={row[0].decode(): _known(*row) for row in incidents},
            block_sizes={block.decode(): size for block, size in blocks_found},
            incidents_of={row[0].decode(): tuple(row[1].decode().split()) for row in sources},
            own=tuple(own.decode().split()),
            statistics=tuple(statistics.decode().split()),
            followers=tuple(one.decode() for one in followers),
        )

    def settle(
        self,
        settlement: Settlement,
        fingerprint: Fingerprint | None,
        look_up: LookUp | None,
        now: datetime,
        taught: Lesson | None = None,
    ) -> Settled:
        """End one article: fate, index, incidents, stream and channel in one commit.

        Repeating it changes nothing. ``look_up`` is what the settlement was planned against; None
        for an article that could not be read. ``taught`` is what it teaches of its host, if it may teach.

        Raises:
            StoreUnavailable: Redis is away, full or read-only; nothing was written, or all of it.
        """
        buckets = index_buckets(now, self._index_days)
        signature = fingerprint.words.to_bytes(4, "little") + fingerprint.sketch if fingerprint else b""
        answer = _settle(
            self._client,
            self._keys.prefix,
            signature,
            *(taught.blobs() if taught else ()),
            id=settlement.article_id,
            version=settlement.version,
            now=now.timestamp(),
            fate=settlement.fate.value,
            reason=settlement.reason,
            fields=_fields(settlement),
            retention_s=self._retention_s,
            block_s=BLOCK_DAYS * DAY_S,
            seen=[one.id for one in look_up.neighbours] if look_up else [],
            block_sizes=[list(pair) for pair in look_up.block_sizes.items()] if look_up else [],
            changes=[_change(change, now) for change in settlement.changes],
            statistics=[_rest("opened", incident, (), now) for incident in settlement.statistics],
            index=self._index(settlement, fingerprint, buckets, now) if fingerprint else None,
            taught=taught.arguments() if taught else None,
        )
        outcome = Outcome(answer[0].decode())
        rest = tuple(part.decode() for part in answer[1:])
        if outcome is Outcome.SETTLED:
            return Settled(outcome=outcome, seqs=rest)
        return Settled(outcome=outcome, detail=" ".join(rest))

    def _address(
        self, article_id: str, fingerprint: Fingerprint, aliases: Sequence[str], now: datetime
    ) -> dict[str, object]:
        return {
            "exact": fingerprint.exact.hex() if fingerprint.words else "",
            "addresses": list(dict.fromkeys((article_id, *aliases))),
            "bands": [f"{number:x}.{band:x}" for number, band in enumerate(fingerprint.keys)],
            "index": index_buckets(now, self._index_days)[::-1],
        }

    def _index(
        self, settlement: Settlement, fingerprint: Fingerprint, buckets: list[int], now: datetime
    ) -> dict[str, object] | None:
        if not settlement.indexed:
            return None
        address = self._address(settlement.article_id, fingerprint, settlement.aliases, now)
        del address["index"]
        return {
            **address,
            "buckets": buckets[::-1],
            "bucket": buckets[0],
            "expire_s": len(buckets) * (self._index_days * DAY_S // max(1, len(buckets) - 1)),
            "field_bytes": FIELD_BYTES,
        }


def _neighbour(article_id: bytes, signature: bytes | None, exact: int, address: int) -> Neighbour:
    blob = signature or b""
    return Neighbour(
        id=article_id.decode(),
        words=int.from_bytes(blob[:4], "little"),
        sketch=blob[4:],
        exact=bool(exact),
        same_address=bool(address),
    )


def _known(incident_id: bytes, version: int, data: bytes) -> KnownIncident:
    try:
        return KnownIncident(version=version, record=record.decode_incident(data))
    except BadRecord as error:
        raise BadRecord(f"incident {incident_id.decode()}: {error}") from error


def _change(change: Change, now: datetime) -> dict[str, object]:
    return {
        "id": change.incident.id,
        "version": change.incident.version,
        "expected": change.expected_version,
        "record": record.encode(change.incident).decode(),
        "rest": _rest(change.event, change.incident, change.changed, now),
        "blocks": list(change.blocks),
    }


def _rest(event: str, incident: record.Incident, changed: tuple[str, ...], now: datetime) -> str:
    """Return the envelope's JSON without its opening brace and seq, which the commit adds."""
    return _encode({"event": event, "at": now, "incident": incident, "changed": changed})[1:].decode()


def _fields(settlement: Settlement) -> list[str]:
    if settlement.verdict is None and not settlement.incidents:
        return []  # it could not be read: what its earlier versions told stands
    fields = ["incidents", " ".join(settlement.incidents)]
    if settlement.statistic_keys:
        fields += ["statistics", " ".join(settlement.statistic_keys)]
    if settlement.verdict:
        verdict = settlement.verdict
        fields += ["disposition", verdict.disposition.value, "of", verdict.of or ""]
        fields += ["similarity", f"{verdict.similarity:.3f}", "judged", verdict.reason]
    return fields
