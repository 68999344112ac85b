"""The catalog in Redis: which feeds there are, where they live, how they are.

Owns the rows of feeds and the identity of a feed by its address. What polling learns is written by
the poller that holds the feed's lease (``store.feeds``). All instants are aware UTC. Every method
raises StoreUnavailable when Redis is away, full or read-only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

import idna
import msgspec
from msgspec import Struct

from dateline.model import Feed, FeedState, HostRule
from dateline.store.client import Client, Script, translated
from dateline.store.keys import Keys

_due_now, _remove, _revive = (Script(name, "health") for name in ("due_now", "remove", "revive"))
_encode = msgspec.json.Encoder().encode
_feed = msgspec.json.Decoder(Feed)
_state = msgspec.json.Decoder(FeedState)
_rule = msgspec.json.Decoder(HostRule)

#: What a feed can stand as beside new and healthy; the first four are troubles (``feeds.health``).
UNHEALTHY = ("failing", "dropping", "undated", "silent", "retired")

#: A feed that has been due for longer, and that nobody has leased, is overdue.
OVERDUE_S = 60

#: Rows read or written by one command.
_CHUNK = 500

#: Layout of the rows: 2 has address rows and health rows.
_LAYOUT = b"2"

T = TypeVar("T")


class Catalogued(Struct, frozen=True, kw_only=True):
    """A feed of the catalog with what polling has taught us."""

    feed: Feed
    state: FeedState | None
    next_poll_at: datetime | None


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
            for chunk in _chunks(feeds):
                added, _, ids = self._file(chunk, now)
                self._client.srem(self._keys.feeds_filed, *ids)
                new += len(added)
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
            for chunk in _chunks(feeds):
                new, other, ids = self._file(chunk, now)
                if new:
                    self._client.sadd(self._keys.feeds_filed, *new)
                listed.update(ids)
                added, changed = added + len(new), changed + len(other)
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
        for chunk in _chunks(feed_ids):
            _due_now(self._client, self._keys.prefix, feeds=chunk, now=now.timestamp())

    def revive(self, feed_id: str, now: datetime) -> bool:
        """Let a failing or retired feed be polled at once, its errors forgotten. False when it is not in the catalog."""
        answer = 2
        while answer == 2:
            with translated():
                before = self._client.hget(self._keys.feed_states, feed_id)
            state = _revived(_state.decode(before), now) if before else None
            answer = _revive(
                self._client,
                self._keys.prefix,
                feed=feed_id,
                now=now.timestamp(),
                before=before.decode() if before else None,
                state=_encode(state).decode() if state else None,
                name=standing(state) if state else None,
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
            feeds = dict(self._client.hscan_iter(self._keys.feeds, count=_CHUNK))
        return self._with_states(feeds)

    def unhealthy(self) -> list[Catalogued]:
        """Return the feeds with which something is wrong, ordered by address, without reading the others."""
        feeds: dict[bytes, bytes] = {}
        with translated():
            for name in UNHEALTHY:
                for ids in _chunks(self._client.zrange(self._keys.feeds_in(name), 0, -1)):
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
            pipe.hset(self._keys.hosts, mapping={host: _encode(rule) for host, rule in rules.items()})
        with translated():
            pipe.execute()

    # within

    def _file(self, feeds: Sequence[Feed], now: datetime) -> tuple[list[str], list[str], list[str]]:
        """Write the rows of a few feeds; returns the ids that are new, those that changed, and all."""
        owners = self._client.hmget(self._keys.feed_addresses, [bare(feed.url) for feed in feeds])
        ids = [owner.decode() if owner else feed.id for owner, feed in zip(owners, feeds, strict=True)]
        known = dict(zip(ids, self._client.hmget(self._keys.feeds, ids), strict=True))
        rows: dict[str, bytes] = {}
        addresses: dict[str, str] = {}
        hosts: dict[str, str] = {}
        left: list[str] = []
        for feed_id, feed in zip(ids, feeds, strict=True):
            before = _feed.decode(known[feed_id]) if known[feed_id] else None
            row = _renewed(feed_id, feed, before)
            rows[feed_id] = _encode(row)
            addresses[bare(row.url)] = feed_id
            if before and bare(before.url) != bare(row.url):
                left.append(bare(before.url))
            if not (host := asked_host(row.url)).isascii() or host not in row.url:
                hosts[feed_id] = host
        new = [feed_id for feed_id in rows if not known[feed_id]]
        changed = [feed_id for feed_id in rows if known[feed_id] and known[feed_id] != rows[feed_id]]
        pipe = self._client.pipeline(transaction=True)
        if left:
            pipe.hdel(self._keys.feed_addresses, *left)
        pipe.hset(self._keys.feeds, mapping=rows)
        pipe.hset(self._keys.feed_addresses, mapping=addresses)
        if hosts:
            pipe.hset(self._keys.feed_hosts, mapping=hosts)
        if new:
            pipe.zadd(self._keys.feeds_due, dict.fromkeys(new, now.timestamp()), nx=True)
        pipe.execute()
        return new, changed, ids

    def _with_states(self, feeds: Mapping[bytes, bytes]) -> list[Catalogued]:
        rows = []
        with translated():
            for ids in _chunks(feeds):
                states = self._client.hmget(self._keys.feed_states, ids)
                dues = self._client.zmscore(self._keys.feeds_due, ids)
                rows += [
                    Catalogued(
                        feed=_feed.decode(feeds[feed_id]),
                        state=_state.decode(state) if state else None,
                        next_poll_at=datetime.fromtimestamp(due, UTC) if due is not None else None,
                    )
                    for feed_id, state, due in zip(ids, states, dues, strict=True)
                ]
        return sorted(rows, key=lambda row: row.feed.url)


def standing(state: FeedState) -> str:
    """Return what a feed stands as: retired, the worst that is wrong with it, or healthy."""
    if state.retired_at:
        return "retired"
    return state.troubles[0] if state.troubles else "healthy"


def bare(url: str) -> str:
    """Return the address without its scheme: http and https are one feed."""
    return url.partition("://")[2] or url


def asked_host(url: str) -> str:
    """Return the host of an address as it is asked for: lower case, international names in ASCII."""
    host = urlsplit(url).hostname or ""
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def _renewed(feed_id: str, feed: Feed, before: Feed | None) -> Feed:
    if before and before.moved_from:
        return msgspec.structs.replace(feed, id=feed_id, url=before.url, moved_from=before.moved_from)
    return msgspec.structs.replace(feed, id=feed_id)


def _revived(state: FeedState, now: datetime) -> FeedState:
    rhythm = msgspec.structs.replace(state.rhythm, error_streak=0, next_poll_at=now)
    return msgspec.structs.replace(
        state,
        rhythm=rhythm,
        retired_at=None,
        last_error=None,
        last_error_reason=None,
        moved_to=None,
        moved_seen=0,
        troubles=tuple(one for one in state.troubles if one != "failing"),
    )


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
