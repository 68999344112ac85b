"""The catalog in Redis: which feeds there are, where they live, how they are.

Owns the rows of feeds and the identity of a feed by its address. What polling learns is written by
the poller that holds the feed's lease (``store.feeds``). All instants are aware UTC. Every method
raises StoreUnavailable when Redis is away, full or read-only.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from dateline.model import Feed, HostRule
from dateline.store.client import Client, Script, chunks, translated
from dateline.store.keys import Keys
from dateline.store.rows import (
    UNHEALTHY,
    Catalogued,
    ascii_host,
    bare,
    decode_feed,
    decode_state,
    encode,
    host_row,
    renewed,
    revived,
    standing,
    wanted_at,
)

__all__ = ["Catalog", "Catalogued", "Synced"]

_due_now, _remove, _revive = Script("due_now"), Script("remove"), Script("revive", "health")
_rule = msgspec.json.Decoder(HostRule)

#: A feed that has been due for longer, and that nobody has leased, is overdue.
OVERDUE_S = 60

#: What a script answers when a poller was faster.
_CHANGED = 2


class Synced(Struct, frozen=True, kw_only=True):
    """How many feeds the catalog files added, changed and removed."""

    added: int
    changed: int
    removed: int


class Catalog:
    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    # change

    def put(self, feeds: Iterable[Feed], now: datetime) -> int:
        """Add feeds, or change what the catalog says of them; new ones are due at once. Returns how many are new.

        A feed is known by its address, the addresses that it moved from included; one that moved
        keeps its id and the address that it moved to.
        """
        new = 0
        with translated():
            for chunk in chunks(feeds):
                filed = self._file(chunk, now)
                self._client.srem(self._keys.feeds_filed, *filed.listed)
                new += len(filed.new)
        return new

    def sync(self, feeds: Sequence[Feed], now: datetime) -> Synced:
        """Bring the catalog in step with its files, which list ``feeds``.

        What they listed before and list no more is removed; feeds added by ``put`` stay.

        Raises:
            ValueError: no feeds: files that list none are taken for a mistake.
        """
        if not feeds:
            raise ValueError("the catalog files list no feeds")
        listed: set[str] = set()
        added = changed = 0
        with translated():
            for chunk in chunks(feeds):
                rows = self._file(chunk, now)
                if rows.new:
                    self._client.sadd(self._keys.feeds_filed, *rows.new)
                listed.update(rows.listed)
                added, changed = added + len(rows.new), changed + len(rows.changed)
            filed = {one.decode() for one in self._client.smembers(self._keys.feeds_filed)}
        removed = sum(self.remove(feed_id) for feed_id in filed - listed)
        return Synced(added=added, changed=changed, removed=removed)

    def remove(self, feed_id: str) -> bool:
        """Take a feed out of the catalog with all that is kept of it; its articles and incidents stay.

        False when it was not there.
        """
        return bool(_remove(self._client, self._keys.prefix, feed=feed_id))

    def due_now(self, feed_ids: Iterable[str], now: datetime) -> None:
        """Let these feeds be polled at once; one that is being polled is left to its poller."""
        self._wake(dict.fromkeys(feed_ids, now.timestamp()))

    def revive(self, feed_id: str, now: datetime) -> bool:
        """Let a failing or retired feed be polled at once, its errors forgotten. False when it is not in the catalog."""
        answer = _CHANGED
        while answer == _CHANGED:
            with translated():
                before = self._client.hget(self._keys.feed_states, feed_id)
            state = revived(decode_state(before), now) if before else None
            answer = _revive(
                self._client,
                self._keys.prefix,
                feed=feed_id,
                now=now.timestamp(),
                before=before.decode() if before else None,
                state=encode(state).decode() if state else None,
                name=standing(state) if state else None,
                entry_at=state.last_entry_at.timestamp() if state and state.last_entry_at else None,
            )
        return answer == 1

    # look

    def find(self, url_or_id: str) -> str | None:
        """Return the id of a feed of the catalog, by its id or its address, also one that it moved from."""
        with translated():
            if self._client.hexists(self._keys.feeds, url_or_id):
                return url_or_id
            found = self._client.hget(self._keys.feed_addresses, bare(url_or_id))
            if found and self._client.hexists(self._keys.feeds, found):
                return str(found.decode())
        return None

    def rows(self) -> list[Catalogued]:
        """Return every feed, ordered by address."""
        with translated():
            feeds = dict(self._client.hscan_iter(self._keys.feeds, count=500))
        return self._with_states(feeds)

    def unhealthy(self) -> list[Catalogued]:
        """Return the feeds with which something is wrong, ordered by address, without reading the others."""
        feeds: dict[bytes, bytes] = {}
        with translated():
            for name in UNHEALTHY:
                for ids in chunks(self._client.zrange(self._keys.feeds_in(name), 0, -1)):
                    rows = zip(ids, self._client.hmget(self._keys.feeds, ids), strict=True)
                    feeds |= {feed_id: row for feed_id, row in rows if row}
        return self._with_states(feeds)

    def counts(self, now: datetime) -> dict[str, int]:
        """Return how many feeds stand as what, and how many are "overdue"; a few commands, however many feeds."""
        names = ("healthy", *UNHEALTHY)
        pipe = self._client.pipeline(transaction=True)
        pipe.hlen(self._keys.feeds)
        for name in names:
            pipe.zcard(self._keys.feeds_in(name))
        pipe.zcount(self._keys.feeds_due, "-inf", now.timestamp() - OVERDUE_S)
        with translated():
            size, *sizes, overdue = pipe.execute()
        counts = dict(zip(names, sizes, strict=True))
        return {"new": max(0, size - sum(sizes)), **counts, "overdue": overdue}

    def most_silent(self, n: int) -> list[tuple[str, datetime]]:
        """Return up to ``n`` feeds with the date of their newest entry, the oldest date first; none that is retired."""
        with translated():
            rows = self._client.zrange(self._keys.feed_silence, 0, n - 1, withscores=True)
        return [(feed_id.decode(), datetime.fromtimestamp(at, UTC)) for feed_id, at in rows]

    # hosts

    def hosts(self) -> dict[str, HostRule]:
        """Return the rules of single hosts."""
        with translated():
            rows = self._client.hgetall(self._keys.hosts)
        return {host.decode(): _rule.decode(rule) for host, rule in rows.items()}

    def set_hosts(self, rules: Mapping[str, HostRule]) -> None:
        """Replace the rules of single hosts; they hold from the next turn on."""
        pipe = self._client.pipeline(transaction=True)
        pipe.delete(self._keys.hosts)
        if rules:
            pipe.hset(
                self._keys.hosts, mapping={ascii_host(host): encode(rule) for host, rule in rules.items()}
            )
        with translated():
            pipe.execute()

    # within

    def _file(self, feeds: Sequence[Feed], now: datetime) -> "_Filed":
        """Write the rows of a few feeds in one commit."""
        owners = self._client.hmget(self._keys.feed_addresses, [bare(feed.url) for feed in feeds])
        by_address: dict[str, str] = {}
        ids = [
            by_address.setdefault(bare(feed.url), owner.decode() if owner else feed.id)
            for owner, feed in zip(owners, feeds, strict=True)
        ]
        known = dict(zip(ids, self._client.hmget(self._keys.feeds, ids), strict=True))
        before = {feed_id: decode_feed(row) for feed_id, row in known.items() if row}
        after = {i: renewed(i, feed, before.get(i)) for i, feed in zip(ids, feeds, strict=True)}
        rows = {feed_id: encode(row) for feed_id, row in after.items()}
        filed = _Filed(
            listed=tuple(rows),
            new=tuple(i for i in rows if i not in before),
            changed=tuple(i for i in before if known[i] != rows[i]),
        )
        left = [bare(row.url) for i, row in before.items() if bare(row.url) != bare(after[i].url)]
        hosts = {i: host for i, row in after.items() if (host := host_row(row.url))}
        pipe = self._client.pipeline(transaction=True)
        if left:
            pipe.hdel(self._keys.feed_addresses, *left)
        pipe.hset(self._keys.feeds, mapping=rows)
        pipe.hset(self._keys.feed_addresses, mapping={bare(row.url): i for i, row in after.items()})
        if hosts:
            pipe.hset(self._keys.feed_hosts, mapping=hosts)
        if filed.new:
            pipe.zadd(self._keys.feeds_due, dict.fromkeys(filed.new, now.timestamp()), nx=True)
        pipe.execute()
        wanted = {i: wanted_at(before[i], after[i], now) for i in filed.changed}
        self._wake({i: at.timestamp() for i, at in wanted.items() if at})
        return filed

    def _wake(self, times: Mapping[str, float]) -> None:
        for ids in chunks(times):
            _due_now(self._client, self._keys.prefix, feeds=ids, times=[times[one] for one in ids])

    def _with_states(self, feeds: Mapping[bytes, bytes]) -> list[Catalogued]:
        rows = []
        with translated():
            for ids in chunks(feeds):
                states = self._client.hmget(self._keys.feed_states, ids)
                dues = self._client.zmscore(self._keys.feeds_due, ids)
                rows += [
                    Catalogued(
                        feed=decode_feed(feeds[feed_id]),
                        state=decode_state(state) if state else None,
                        next_poll_at=datetime.fromtimestamp(due, UTC) if due is not None else None,
                    )
                    for feed_id, state, due in zip(ids, states, dues, strict=True)
                ]
        return sorted(rows, key=lambda row: row.feed.url)


class _Filed(Struct, frozen=True, kw_only=True):
    """What became of a few rows: ids."""

    listed: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
