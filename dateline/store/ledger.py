"""The ledger: look an article's neighbourhood up, and settle it in one commit.

Owns the two round trips in which an article gets its fate. Decides nothing: what is settled was
planned by a pure room against the look-up; the commit refuses when the neighbourhood has changed.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from dateline.errors import BadRecord
from dateline.incidents import record
from dateline.model import Fate
from dateline.resemblance import Fingerprint, Neighbour, Verdict
from dateline.settlement import Change, KnownIncident, LookUp, Settlement
from dateline.store.alerts import AlertCount, alarmed, counted
from dateline.store.client import Client, Script
from dateline.store.furniture import Lesson
from dateline.store.index import exactly, packed, read
from dateline.store.keys import BLOCK_DAYS, DAY_S, Keys

_look_up, _settle = (
    Script("look_up", "index"),
    Script("settle", "furniture", "index", "filing", "alerts", "books", "canary"),
)
_encode = msgspec.json.Encoder().encode

#: Neighbours whose sketches are compared; real twins share many keys and stand first.
NEIGHBOURS = 16


class Outcome(StrEnum):
    SETTLED = "settled"
    ALREADY = "already"
    UNKNOWN = "unknown"
    #: A revision of the article came in meanwhile; it waits in the outbox.
    SUPERSEDED = "superseded"
    CONTENDED = "contended"
    #: A canary: told to the keeper, and to nobody else.
    ARRIVED = "arrived"


class Settled(Struct, frozen=True, kw_only=True):
    """How a commit ended: the sequence numbers published, or why nothing was written."""

    outcome: Outcome
    seqs: tuple[str, ...] = ()
    #: Severity and outcome of each alarm that told something new.
    alerts: tuple[AlertCount, ...] = ()
    detail: str = ""


class Ledger:
    def __init__(
        self,
        client: Client,
        keys: Keys,
        *,
        index_days: int = 30,
        index_articles: int = 500_000,
        retention_days: int = 90,
    ) -> None:
        self._client, self._keys = client, keys
        self._index_s, self._index_articles = index_days * DAY_S, index_articles
        self._retention_s = retention_days * DAY_S

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
            now: decides which articles of the index are too old.

        Raises:
            StoreUnavailable: Redis is away.
            BadRecord: a stored incident does not decode.
        """
        keys, addresses = packed(article_id, fingerprint, aliases)
        exact = exactly(fingerprint)
        found = _look_up(
            self._client,
            self._keys.prefix,
            keys,
            id=article_id,
            addresses=addresses,
            filed_since=self._filed_since(now),
            blocks=list(blocks),
            limit=NEIGHBOURS,
        )
        fate, near, sources, blocks_found, incidents, own, statistics, followers, earlier, seen = found
        return LookUp(
            fate=Fate(fate.decode()) if fate else None,
            neighbours=tuple(_neighbour(row, exact) for row in near),
            incidents={row[0].decode(): _known(*row[:3]) for row in incidents},
            block_sizes={block.decode(): size for block, size in blocks_found},
            incidents_of={row[0].decode(): tuple(row[1].decode().split()) for row in sources},
            own=tuple(own.decode().split()),
            statistics=tuple(statistics.decode().split()),
            followers=tuple(one.decode() for one in followers),
            earlier=_neighbour(earlier, exact) if earlier else None,
            stories={row[0].decode(): row[3].decode() for row in incidents if row[3]},
            seen=seen,
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
        keys = packed(settlement.article_id, fingerprint, settlement.aliases)[0] if fingerprint else b""
        answer = _settle(
            self._client,
            self._keys.prefix,
            fingerprint.sketch if fingerprint else b"",
            keys,
            exactly(fingerprint) if fingerprint else b"",
            *(taught.blobs() if taught else ()),
            id=settlement.article_id,
            version=settlement.version,
            now=now.timestamp(),
            fate=settlement.fate.value,
            reason=settlement.reason,
            fields=_fields(settlement),
            retention_s=self._retention_s,
            block_s=BLOCK_DAYS * DAY_S,
            seen=look_up.seen if look_up else -1,
            block_sizes=[list(pair) for pair in look_up.block_sizes.items()] if look_up else [],
            changes=[_change(change, settlement, now) for change in settlement.changes],
            at=_encode(now).decode(),
            statistics=[_rest("opened", incident, (), now) for incident in settlement.statistics],
            index=self._index(fingerprint, now) if fingerprint and settlement.indexed else None,
            story=settlement.story,
            merged=list(settlement.merged),
            taught=taught.arguments() if taught else None,
        )
        outcome = Outcome(answer[0].decode())
        if outcome is Outcome.SETTLED:
            seqs = tuple(part.decode() for part in answer[1:-1])
            return Settled(outcome=outcome, seqs=seqs, alerts=counted(answer[-1]))
        return Settled(outcome=outcome, detail=" ".join(part.decode() for part in answer[1:]))

    def _index(self, fingerprint: Fingerprint, now: datetime) -> dict[str, object]:
        return {
            "at": int(now.timestamp()),
            "words": fingerprint.words,
            "filed_since": self._filed_since(now),
            "articles": self._index_articles,
            "expire_s": self._index_s,
        }

    def _filed_since(self, now: datetime) -> int:
        return int(now.timestamp()) - self._index_s


def _neighbour(row: list[Any], own: bytes) -> Neighbour:
    stub, address, *told = row
    story, of, published = (one.decode() for one in told)
    return read(stub, same_address=bool(address), own=own, story=story, of=of, published=published)


def _known(incident_id: bytes, version: int, data: bytes) -> KnownIncident:
    try:
        return KnownIncident(version=version, record=record.decode_incident(data))
    except BadRecord as error:
        raise BadRecord(f"incident {incident_id.decode()}: {error}") from error


def _change(change: Change, settlement: Settlement, now: datetime) -> dict[str, object]:
    return alarmed(change, settlement) | {
        "id": change.incident.id,
        "version": change.incident.version,
        "expected": change.expected_version,
        "record": record.encode(change.incident).decode(),
        "rest": _rest(change.event, change.incident, change.changed, now),
        "blocks": list(change.blocks),
        "into": change.incident.merged_into or "",
    }


def _rest(event: str, incident: record.Incident, changed: tuple[str, ...], now: datetime) -> str:
    """Return the envelope's JSON without its opening brace and seq, which the commit adds."""
    return _encode({"event": event, "at": now, "incident": incident, "changed": changed})[1:].decode()


def _fields(settlement: Settlement) -> list[str]:
    """Return the article's fields for `dateline why` and for later look-ups, name and value in turn."""
    fields = _told(
        statistics=" ".join(settlement.statistic_keys),
        lineage=settlement.lineage.value if settlement.lineage else "",
        origin=settlement.origin or "",
        story=settlement.story,
        merged=" ".join(settlement.merged),
        revised=settlement.revised,
    )
    # When it could not be read, what its earlier versions told stands.
    if settlement.verdict or settlement.incidents:
        fields["incidents"] = " ".join(settlement.incidents)
    if settlement.verdict:
        fields |= _judged(settlement.verdict)
    return [part for pair in fields.items() for part in pair]


def _judged(verdict: Verdict) -> dict[str, str]:
    shares = {"share": verdict.share, "other_share": verdict.other_share}
    passages = [[one.start, one.end, one.other_start, one.other_end] for one in verdict.passages]
    return {
        "disposition": verdict.disposition.value,
        "of": verdict.of or "",
        "similarity": f"{verdict.similarity:.3f}",
        "judged": verdict.reason,
        **{name: f"{share:.3f}" for name, share in shares.items() if share},
        **_told(passages=_encode(passages).decode() if passages else "", spun="1" if verdict.spun else ""),
    }


def _told(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
