"""The poller's store: leases, what is known of entries, and the commit that acknowledges them.

Owns what a poll asks about the entries of its feed. All instants are aware UTC. Every method raises
StoreUnavailable when Redis is away, full or read-only; nothing is then half done.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b

from msgspec import Struct

from dateline.errors import LeaseLost, Reason
from dateline.model import Fate, Page
from dateline.store import pages as page_codec
from dateline.store.client import Client, Script, translated
from dateline.store.keys import DAY_S, Keys
from dateline.store.leases import UNPACED, Claim, Finish, Leases, Pacing
from dateline.store.outbox import OLDEST, oldest

__all__ = ["MAX_VERSIONS", "UNPACED", "Claim", "FeedStore", "Finish", "Limits", "Pacing", "guid_key"]

_versions = Script("versions")
_unknown, _accept = Script("unknown", "listing"), Script("accept", "listing", "enqueue", "books")

#: Versions of one article: a page that says something else at every look is not followed for ever.
MAX_VERSIONS = 20


class Limits(Struct, frozen=True, kw_only=True):
    """How long articles are kept, and when polling pauses so that the workers catch up."""

    retention_days: int = 90
    pause_memory_share: float = 0.7
    pause_outbox_s: int = 600

    def pause(self, memory_share: float, waited_s: float) -> str | None:
        """Return why polling must wait: Redis is so full, or the oldest article has waited so long; or None."""
        if memory_share >= self.pause_memory_share:
            return f"Redis is {memory_share:.0%} full"
        if waited_s >= self.pause_outbox_s:
            return f"an article has waited {waited_s:.0f} s for a worker"
        return None


class FeedStore(Leases):
    """The poller's store. ``on_accepted`` is told after each commit that something is due to be queued."""

    def __init__(
        self,
        client: Client,
        keys: Keys,
        *,
        limits: Limits | None = None,
        on_accepted: Callable[[datetime], None] | None = None,
    ) -> None:
        super().__init__(client, keys)
        self._limits = limits or Limits()
        self._on_accepted = on_accepted

    def items(self, feed_id: str) -> bytes:
        """Return what the last poll remembered of the feed's items, b"" when nothing."""
        with translated():
            found: bytes | None = self._client.hget(self._keys.feed_items, feed_id)
        return found or b""

    def pushed(self, feed_id: str) -> list[bytes]:
        """Return the bodies of hubs that wait for a poll of this feed, the oldest first."""
        with translated():
            bodies: list[bytes] = self._client.lrange(self._keys.pushed(feed_id), 0, -1)
        return bodies

    def drop_pushed(self, feed_id: str, count: int) -> None:
        """Forget the ``count`` oldest of them: their entries are acknowledged."""
        name = self._keys.pushed(feed_id)
        with translated():
            if count > 0 and (bodies := self._client.lrange(name, 0, count - 1)):
                # By value: a trim that is repeated, its answer lost, would take what came in meanwhile.
                pipe = self._client.pipeline(transaction=True)
                for body in bodies:
                    pipe.lrem(name, 1, body)
                pipe.execute()

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

        A page whose version follows the stored one is a revision: the article's fate is taken back
        and it goes to the outbox again, at most ``MAX_VERSIONS`` times. Any other page of a known
        article notes that this feed lists it too. Returns how many were new or revised; repeating a
        commit changes nothing.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
        """
        rows: list[dict[str, object]] = [
            {
                "id": page.article_id,
                "guid": guid_key(page.entry.guid),
                "version": page.version,
                "stub": _stub(page),
                "blob": number,
            }
            for number, page in enumerate(pages, start=1)
        ]
        new = self._commit(claim, rows, now, *(page_codec.encode(page) for page in pages))
        if new and self._on_accepted:
            self._on_accepted(now)
        return new

    def versions(self, article_ids: Sequence[str]) -> list[int]:
        """Return which version of each article is stored, 0 for one that is unknown."""
        if not article_ids:
            return []
        found: list[int] = _versions(self._client, self._keys.prefix, ids=list(article_ids))
        return found

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
            "version": page.version,
            "stub": _stub(page),
            "fate": fate.value,
            "reason": reason.value,
            "detail": detail,
        }
        return bool(self._commit(claim, [row], now))

    def paused(self, now: datetime) -> str | None:
        """Return why polling must wait (Redis fills up, or the workers are behind), or None."""
        pipe = self._client.pipeline(transaction=False)
        pipe.info("memory")
        pipe.zrange(self._keys.outbox, 0, OLDEST - 1, withscores=True)
        with translated():
            memory, first = pipe.execute()
        share = memory["used_memory"] / memory["maxmemory"] if memory.get("maxmemory") else 0.0
        at = oldest(first)
        return self._limits.pause(share, now.timestamp() - at if at is not None else 0.0)

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
            most=MAX_VERSIONS,
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
        "publisher", page.publisher or "",
        "published_at", published.isoformat() if published else "",
        "accepted_at", page.accepted_at.isoformat(),
        "source", page.source.value,
        "fetch_reason", page.fetch_reason or "",
    ]  # fmt: skip


def _must_hold(held: object, feed_id: str) -> None:
    if not held:
        raise LeaseLost(f"feed {feed_id} is leased to another poller")
