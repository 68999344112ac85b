"""The feeds in Redis: catalog, leases, what is known, and the commit that acknowledges entries.

Owns the poller's side of the store. All instants are aware UTC. Every method raises
StoreUnavailable when Redis is away, full or read-only; nothing is then half done.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import msgspec
from msgspec import Struct

from dateline.errors import LeaseLost, Reason
from dateline.model import Fate, Feed, FeedState, Page
from dateline.store import pages as page_codec
from dateline.store.client import Client, Script, translated
from dateline.store.keys import DAY_S, SEEN_DAYS, Keys

_claim, _renew, _unknown, _accept, _finish, _pace = (
    Script(name) for name in ("claim", "renew", "unknown", "accept", "finish", "pace")
)
_encode = msgspec.json.Encoder().encode
_feed = msgspec.json.Decoder(Feed)
_state = msgspec.json.Decoder(FeedState)


class Claim(Struct, frozen=True, kw_only=True):
    """A feed that is ours to poll until the lease ends."""

    feed: Feed
    state: FeedState | None
    token: str
    #: Bodies of a hub wait for this poll.
    pushed: bool = False
    #: Until when a hub's subscription is active.
    pushed_until: datetime | None = None


class Catalogued(Struct, frozen=True, kw_only=True):
    """A feed of the catalog with what polling has taught us."""

    feed: Feed
    state: FeedState | None
    next_poll_at: datetime | None


class Limits(Struct, frozen=True, kw_only=True):
    """How long articles are kept, and when polling pauses so that the workers catch up."""

    retention_days: int = 90
    pause_memory_share: float = 0.7
    pause_outbox_s: int = 600


class FeedStore:
    """The poller's store. ``on_accepted`` is told after each commit that something is due to be queued."""

    def __init__(
        self,
        client: Client,
        keys: Keys,
        *,
        limits: Limits | None = None,
        on_accepted: Callable[[datetime], None] | None = None,
    ) -> None:
        self._client, self._keys = client, keys
        self._limits = limits or Limits()
        self._on_accepted = on_accepted

    # the catalog

    def put(self, feeds: Iterable[Feed], now: datetime) -> int:
        """Add feeds, or change what the catalog says of them; new ones are due at once. Returns how many are new."""
        new = 0
        with translated():
            for feed in feeds:
                pipe = self._client.pipeline(transaction=True)
                pipe.hset(self._keys.feeds, feed.id, _encode(feed))
                pipe.zadd(self._keys.feeds_due, {feed.id: now.timestamp()}, nx=True)
                new += int(pipe.execute()[0])
        return new

    def remove(self, feed_id: str) -> bool:
        """Take a feed out of the catalog; its articles and incidents stay. False when it was not there."""
        pipe = self._client.pipeline(transaction=True)
        pipe.hdel(self._keys.feeds, feed_id)
        pipe.hdel(self._keys.feed_states, feed_id)
        pipe.hdel(self._keys.feed_leases, feed_id)
        pipe.zrem(self._keys.feeds_due, feed_id)
        pipe.delete(self._keys.seen(feed_id))
        with translated():
            return bool(pipe.execute()[0])

    def catalog(self) -> list[Catalogued]:
        """Return every feed, ordered by address."""
        with translated():
            feeds = self._client.hgetall(self._keys.feeds)
            states = self._client.hgetall(self._keys.feed_states)
            due: dict[bytes, float] = dict(self._client.zrange(self._keys.feeds_due, 0, -1, withscores=True))
        rows = [
            Catalogued(
                feed=_feed.decode(feed),
                state=_state.decode(states[feed_id]) if feed_id in states else None,
                next_poll_at=datetime.fromtimestamp(due[feed_id], UTC) if feed_id in due else None,
            )
            for feed_id, feed in feeds.items()
        ]
        return sorted(rows, key=lambda row: row.feed.url)

    def due_now(self, feed_ids: Iterable[str], now: datetime) -> None:
        """Let these feeds be polled at once."""
        with translated():
            if due := dict.fromkeys(feed_ids, now.timestamp()):
                self._client.zadd(self._keys.feeds_due, due, xx=True, lt=True)

    # polling

    def claim(self, owner: str, now: datetime, limit: int, lease_s: int) -> list[Claim]:
        """Lease up to ``limit`` due feeds for ``lease_s`` seconds; no one else gets them until then."""
        token = f"{owner}:{now.timestamp():.6f}"
        rows = _claim(
            self._client,
            self._keys.prefix,
            now=now.timestamp(),
            until=now.timestamp() + lease_s,
            limit=limit,
            token=token,
        )
        return [
            Claim(feed=_feed.decode(feed), state=_state.decode(state) if state else None, token=token)
            for _, feed, state in zip(rows[::3], rows[1::3], rows[2::3], strict=True)
        ]

    def hold(self, feed: Feed, owner: str) -> Claim:
        """Lease a feed that is in no catalog, such as a replay; no poller ever sees it."""
        with translated():
            self._client.hset(self._keys.feed_leases, feed.id, owner)
        return Claim(feed=feed, state=None, token=owner)

    def drop(self, claim: Claim) -> None:
        """Give a held lease back."""
        with translated():
            self._client.hdel(self._keys.feed_leases, claim.feed.id)

    def renew(self, feed_id: str, token: str, now: datetime, lease_s: int) -> None:
        """Keep a lease for ``lease_s`` more seconds.

        Raises:
            LeaseLost: the feed is another poller's by now.
        """
        held = _renew(
            self._client, self._keys.prefix, feed=feed_id, token=token, until=now.timestamp() + lease_s
        )
        _must_hold(held, feed_id)

    def unknown(self, feed_id: str, keys: Sequence[tuple[str, str]], now: datetime) -> set[int]:
        """Return the positions of the (guid key, article id) pairs that were never acknowledged.

        An article that another feed brought is noted as listed by this feed too, and is known.
        """
        if not keys:
            return set()
        pairs = [list(pair) for pair in keys]
        return set(_unknown(self._client, self._keys.prefix, feed=feed_id, now=now.timestamp(), keys=pairs))

    def accept(self, claim: Claim, pages: Sequence[Page], now: datetime) -> int:
        """Acknowledge entries with the pages that their text will come from, in one commit.

        Returns how many were new; repeating a commit changes nothing.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
        """
        rows: list[dict[str, object]] = [
            {
                "id": page.article_id,
                "guid": guid_key(page.entry.guid),
                "stub": _stub(page),
                "blob": number,
            }
            for number, page in enumerate(pages, start=1)
        ]
        new = self._commit(claim, rows, now, *(page_codec.encode(page) for page in pages))
        if new and self._on_accepted:
            self._on_accepted(now)
        return new

    def reject(
        self, claim: Claim, page: Page, fate: Fate, reason: Reason, now: datetime, *, detail: str = ""
    ) -> bool:
        """Acknowledge an entry that ends at once, without a page. False when it was known.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
        """
        row: dict[str, object] = {
            "id": page.article_id,
            "guid": guid_key(page.entry.guid),
            "stub": _stub(page),
            "fate": fate.value,
            "reason": reason.value,
            "detail": detail,
        }
        return bool(self._commit(claim, [row], now))

    def finish(self, claim: Claim, state: FeedState, listed: Sequence[str], now: datetime) -> None:
        """End a poll: store validators and rhythm, note what is still listed, give the lease back.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
        """
        held = _finish(
            self._client,
            self._keys.prefix,
            feed=claim.feed.id,
            token=claim.token,
            now=now.timestamp(),
            next=state.rhythm.next_poll_at.timestamp(),
            state=_encode(state).decode(),
            listed=list(listed),
            forget=(now - timedelta(days=SEEN_DAYS)).timestamp(),
        )
        _must_hold(held, claim.feed.id)

    def paused(self, now: datetime) -> str | None:
        """Return why polling must wait (Redis fills up, or the workers are behind), or None."""
        pipe = self._client.pipeline(transaction=False)
        pipe.info("memory")
        pipe.zrange(self._keys.outbox, 0, 0, withscores=True)
        with translated():
            memory, oldest = pipe.execute()
        share = memory["used_memory"] / memory["maxmemory"] if memory.get("maxmemory") else 0.0
        if share >= self._limits.pause_memory_share:
            return f"Redis is {share:.0%} full"
        waited_s = now.timestamp() - oldest[0][1] if oldest else 0.0
        if waited_s >= self._limits.pause_outbox_s:
            return f"an article has waited {waited_s:.0f} s for a worker"
        return None

    def pace(self, host: str, delay_s: float, now: datetime) -> float:
        """Reserve the next turn at ``host`` over all pollers; returns the seconds to wait for it."""
        ms = _pace(
            self._client,
            self._keys.prefix,
            host=host,
            now_ms=now.timestamp() * 1000,
            delay_ms=delay_s * 1000,
        )
        return int(ms) / 1000

    def _commit(self, claim: Claim, rows: list[dict[str, object]], now: datetime, *blobs: bytes) -> int:
        answer = _accept(
            self._client,
            self._keys.prefix,
            *blobs,
            feed=claim.feed.id,
            token=claim.token,
            now=now.timestamp(),
            due=now.timestamp(),
            retention_s=self._limits.retention_days * DAY_S,
            pages=rows,
        )
        _must_hold(answer != 0, claim.feed.id)
        return len(answer)


def guid_key(guid: str) -> str:
    """Return the short form under which a feed's identifier of an entry is remembered."""
    return blake2b(guid.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _stub(page: Page) -> list[str]:
    published = page.entry.published_at
    return [
        "url", page.url,
        "title", page.entry.title,
        "feeds", page.feed_id,
        "publisher", page.publisher or "",
        "published_at", published.isoformat() if published else "",
        "accepted_at", page.accepted_at.isoformat(),
        "source", page.source.value,
        "fetch_reason", page.fetch_reason or "",
    ]  # fmt: skip


def _must_hold(held: object, feed_id: str) -> None:
    if not held:
        raise LeaseLost(f"feed {feed_id} is leased to another poller")
