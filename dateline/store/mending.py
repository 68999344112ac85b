"""Catalogs of an older Dateline, brought to the rows of this one.

Owns the one change of layout so far: feeds are found by their address, and what they stand as is
counted. Idempotent, and safe beside pollers: rows that are there already stay as they are.
"""

from dateline.store.client import Client, Script, chunks, translated
from dateline.store.keys import Keys
from dateline.store.rows import bare, decode_feed, decode_state, host_row, standing

_mend = Script("mend", "health")

_LAYOUT = b"2"


def mend(client: Client, keys: Keys) -> int:
    """Add the rows that the catalog's feeds lack; returns how many feeds were looked at.

    One command when there is nothing to do, about 20 us a feed otherwise.

    Raises:
        StoreUnavailable: Redis is away, full or read-only.
    """
    with translated():
        if client.get(keys.feeds_layout) == _LAYOUT:
            return 0
        feeds = dict(client.hscan_iter(keys.feeds, count=500))
        for ids in chunks(feeds):
            states = client.hmget(keys.feed_states, ids)
            _mend(
                client,
                keys.prefix,
                rows=[_row(feeds[i], state) for i, state in zip(ids, states, strict=True)],
            )
        if feeds:
            client.set(keys.feeds_layout, _LAYOUT)
    return len(feeds)


def _row(feed: bytes, state: bytes | None) -> list[object]:
    row = decode_feed(feed)
    known = decode_state(state) if state else None
    addresses = [bare(url) for url in (row.url, *row.moved_from)]
    entry_at = known.last_entry_at.timestamp() if known and known.last_entry_at else 0
    return [row.id, addresses, host_row(row.url) or "", standing(known) if known else "", entry_at]
