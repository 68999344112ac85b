"""The outbox: every acknowledged article that has no fate yet, and the quarantine.

Owns the truth of what is still to be done. The job queue only carries hints: what no worker
takes or renews in time is due again. Every method raises StoreUnavailable when Redis is away.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dateline.errors import Reason
from dateline.store.client import Client, Script, translated
from dateline.store.keys import DAY_S, Keys, is_canary

_take_due = Script("take_due")
_quarantine, _release = Script("quarantine", "books", "canary"), Script("release", "books")
_begin = Script("begin", "furniture")


#: So many of the outbox are looked at for the oldest article: canaries, of which few are under way, may stand before it.
OLDEST = 64


class Due(Struct, frozen=True, kw_only=True):
    """An article to be queued, and how often a worker has taken it before."""

    id: str
    attempts: int


class Taken(Struct, frozen=True, kw_only=True):
    """An article that a worker has taken. ``page`` is the stored page, None when it is gone."""

    id: str
    attempts: int
    page: bytes | None
    #: Host of the article's address, "" when it has none, and what it is known to repeat.
    host: str = ""
    sketch: bytes = b""


class Depths(Struct, frozen=True, kw_only=True):
    """How much is waiting, canaries left out. ``oldest_at`` is when the oldest article without a fate was accepted."""

    outbox: int
    oldest_at: datetime | None
    quarantine: int


class Quarantined(Struct, frozen=True, kw_only=True):
    id: str
    url: str
    title: str
    reason: str
    detail: str
    at: datetime


class Outbox:
    def __init__(self, client: Client, keys: Keys, *, retention_days: int = 90) -> None:
        self._client, self._keys = client, keys
        self._retention_s = retention_days * DAY_S

    def take_due(self, now: datetime, limit: int, overdue_s: int) -> list[Due]:
        """Return up to ``limit`` articles that are due to be queued; they are due again in ``overdue_s``."""
        rows = _take_due(
            self._client,
            self._keys.prefix,
            now=now.timestamp(),
            until=now.timestamp() + overdue_s,
            limit=limit,
        )
        return [Due(id=i.decode(), attempts=n) for i, n in zip(rows[::2], rows[1::2], strict=True)]

    def begin(self, ids: Sequence[str], now: datetime, overdue_s: int) -> list[Taken]:
        """Take articles to work on, counting the try; those that have ended meanwhile are left out."""
        rows = _begin(
            self._client,
            self._keys.prefix,
            now=now.timestamp(),
            until=now.timestamp() + overdue_s,
            ids=list(ids),
        )
        return [
            Taken(id=i.decode(), attempts=n, page=page, host=host.decode("utf-8", "replace"), sketch=sketch)
            for i, n, page, host, sketch in zip(*(rows[k::5] for k in range(5)), strict=True)
        ]

    def renew(self, ids: Sequence[str], now: datetime, overdue_s: int) -> None:
        """Say that these are still being worked on."""
        with translated():
            if ids:
                due = dict.fromkeys(ids, now.timestamp() + overdue_s)
                self._client.zadd(self._keys.outbox_due, due, xx=True)

    def retry(self, article_id: str, now: datetime, after_s: float) -> None:
        """Let a worker try again in ``after_s`` seconds."""
        with translated():
            self._client.zadd(self._keys.outbox_due, {article_id: now.timestamp() + after_s}, xx=True)

    def quarantine(
        self, article_id: str, reason: Reason, detail: str, now: datetime, *, attempts: int = 0
    ) -> bool:
        """Set an article aside with its page, to be seen and tried again.

        ``attempts`` is the try that failed. False when the article has ended otherwise, or when a revision
        came in since that try.
        """
        done = _quarantine(
            self._client,
            self._keys.prefix,
            id=article_id,
            now=now.timestamp(),
            reason=reason.value,
            detail=detail[:2000],
            attempts=attempts,
        )
        return bool(done)

    def quarantined(self, limit: int = 1000) -> list[Quarantined]:
        """Return what is in quarantine, the latest first."""
        with translated():
            rows = self._client.zrevrange(self._keys.quarantine, 0, limit - 1, withscores=True)
            pipe = self._client.pipeline(transaction=False)
            for article_id, _ in rows:
                pipe.hmget(self._keys.article(article_id.decode()), "url", "title", "reason", "detail")
            stubs = pipe.execute()
        return [
            Quarantined(
                id=article_id.decode(),
                at=datetime.fromtimestamp(at, UTC),
                **{name: (value or b"").decode() for name, value in zip(_STUB, stub, strict=True)},
            )
            for (article_id, at), stub in zip(rows, stubs, strict=True)
        ]

    def release(self, article_id: str, now: datetime, *, retry: bool) -> bool:
        """Take an article out of quarantine: to be tried again, or rejected for good. False when not in it."""
        done = _release(
            self._client,
            self._keys.prefix,
            id=article_id,
            now=now.timestamp(),
            retry=retry,
            retention_s=self._retention_s,
        )
        return bool(done)

    def page(self, article_id: str) -> bytes | None:
        """Return the stored page, None when it is gone."""
        with translated():
            page: bytes | None = self._client.get(self._keys.page(article_id))
        return page

    def depths(self) -> Depths:
        """Return how much is waiting, in one round trip."""
        # At one instant: a canary that ends between two counts would be an article too many, or one too few.
        pipe = self._client.pipeline(transaction=True)
        pipe.zcard(self._keys.outbox)
        pipe.zcard(self._keys.canary_way)
        pipe.zrange(self._keys.outbox, 0, OLDEST - 1, withscores=True)
        pipe.zcard(self._keys.quarantine)
        with translated():
            size, canaries, first, quarantine = pipe.execute()
        at = oldest(first)
        oldest_at = datetime.fromtimestamp(at, UTC) if at is not None else None
        return Depths(outbox=size - canaries, oldest_at=oldest_at, quarantine=quarantine)


def oldest(first: Sequence[tuple[bytes, float]]) -> float | None:
    """Return when the oldest article was accepted, given the ``OLDEST`` first of the outbox; canaries are none."""
    return next((at for one, at in first if not is_canary(one.decode())), None)


_STUB = ("url", "title", "reason", "detail")
