"""Reading a stream: what stands behind a sequence, the newest, and how far it may be cut.

Owns what all our streams have in common. Refuses to know what stands in them. Every function here may raise
StoreUnavailable.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from dateline.store.client import Client, translated


def behind(client: Client, stream: str, after: str, *, count: int, wait_s: float) -> list[tuple[str, bytes]]:
    """Return (sequence, data) behind ``after`` ("0" for all that is kept), waiting for the first."""
    block_ms = int(wait_s * 1000) or None
    with translated():
        answer = client.xread({stream: after}, count=count, block=block_ms)
    rows = answer.items() if isinstance(answer, dict) else answer or []
    return [(seq.decode(), fields[b"data"]) for _, entries in rows for seq, fields in _flat(entries)]


def last(client: Client, stream: str) -> str:
    """Return the sequence of the newest entry, "0" when there is none."""
    with translated():
        rows = client.xrevrange(stream, count=1)
    return rows[0][0].decode() if rows else "0"


def safe_minid(client: Client, stream: str, cutoff: datetime) -> str:
    """Return the sequence before which nothing is needed: older than ``cutoff``, and acknowledged by every group."""
    keep_from = [_order(f"{int(cutoff.timestamp() * 1000)}-0")]
    for group in client.xinfo_groups(stream):
        pending = client.xpending(stream, group["name"])
        oldest = pending["min"] or group["last-delivered-id"]
        keep_from.append(_order(oldest.decode()))
    ms, n = min(keep_from)
    return f"{ms}-{n}"


def seq_at(moment: datetime) -> str:
    """Return a sequence just before the first entry at or after ``moment``."""
    ms = int(moment.astimezone(UTC).timestamp() * 1000)
    return f"{max(ms - 1, 0)}-{2**53}" if ms else "0"


def _order(seq: str) -> tuple[int, int]:
    ms, _, n = seq.partition("-")
    return int(ms), int(n or 0)


def _flat(entries: list[object]) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
    """RESP3 nests the entries of a stream one list deeper than RESP2."""
    for entry in entries:
        if isinstance(entry, list) and entry and isinstance(entry[0], tuple | list):
            yield from _flat(entry)
        else:
            yield entry  # type: ignore[misc]  # one (id, fields) pair
