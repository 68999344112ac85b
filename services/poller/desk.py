"""The store as the event loop sees it.

Owns the threads in which the synchronous client waits for Redis, the moment that each call is
stamped with, and the batches: what many polls end with in the same few milliseconds goes to Redis
in one call. Refuses to decide and to retry: errors pass through as the store raises them.
A cancelled call may still be carried out: every commit is idempotent.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from dateline.errors import Reason
from dateline.model import Fate, Page
from dateline.store.feeds import Claim, Finish, Pacing
from services.poller import ends

THREADS = 4
"""Calls that wait for Redis at once: each takes well under a millisecond, so few are enough."""

T = TypeVar("T")


class Feeds(ends.Feeds, Protocol):
    """What a poller asks of the feeds (``dateline.store.feeds.FeedStore``).

    Called from several threads at once. All instants are aware UTC. Every method raises
    StoreUnavailable when Redis is away, full or read-only; then nothing is half done.
    """

    def claim(self, owner: str, now: datetime, limit: int, lease_s: int, pacing: Pacing) -> list[Claim]:
        """Lease up to ``limit`` due feeds for ``lease_s`` seconds, each with a turn at its host."""

    def renew(
        self, claims: Sequence[Claim], turns: Sequence[tuple[str, str]], now: datetime, lease_s: int
    ) -> set[str]:
        """Keep leases and turns; returns the ids of the feeds whose lease is lost."""

    def items(self, feed_id: str) -> bytes:
        """Return what the last poll remembered of the feed's items."""

    def unknown(self, feed_id: str, keys: Sequence[tuple[str, str]], now: datetime) -> set[int]:
        """Return the positions of (guid key, article id) pairs that were never acknowledged."""

    def versions(self, article_ids: Sequence[str]) -> list[int]:
        """Return the version of each article as it stands, 0 for one that is not known."""

    def accept(self, claim: Claim, pages: Sequence[Page], now: datetime) -> int:
        """Acknowledge entries with their pages in one commit, idempotent by article; raises LeaseLost."""

    def reject(
        self, claim: Claim, page: Page, fate: Fate, reason: Reason, now: datetime, *, detail: str = ""
    ) -> bool:
        """Acknowledge an entry that ends at once; raises LeaseLost."""

    def pushed(self, feed_id: str) -> list[bytes]:
        """Return the bodies that hubs have pushed and that wait."""

    def drop_pushed(self, feed_id: str, count: int) -> None:
        """Forget the first ``count`` of them."""

    def paused(self, now: datetime) -> str | None:
        """Return why polling must wait, or None."""


class Turns(ends.Turns, Protocol):
    """Turns at hosts over all pollers (``dateline.store.turns.Turns``); raises StoreUnavailable."""

    def take(self, host: str, token: str, rule: Pacing, now: datetime) -> float:
        """Take a turn: 0.0 when it is ours, else the seconds to wait before asking again."""


class Policies(Protocol):
    """Rules of hosts that all pollers share (``dateline.store.policies.Policies``)."""

    def get(self, origin: str) -> bytes | None:
        """Return what was put, while it lives."""

    def put(self, origin: str, blob: bytes, ttl_s: int) -> None:
        """Keep it for ``ttl_s`` seconds."""


class Rooms(Protocol):
    """The rooms of the store that a poller enters (``dateline.store.door.Store``)."""

    @property
    def feeds(self) -> Feeds: ...

    @property
    def turns(self) -> Turns: ...

    @property
    def policies(self) -> Policies: ...


class Desk:
    """Asks ``store`` from threads; ``now`` is the clock (aware UTC). Close it at the end."""

    def __init__(self, store: Rooms, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")
        self._ends = ends.Ends(store, self._threads, now)

    def close(self) -> None:
        """Let the calls under way end, and the threads with them."""
        self._ends.close()
        self._threads.shutdown(wait=True)

    # leases

    async def claim(self, owner: str, limit: int, lease_s: int, pacing: Pacing) -> list[Claim]:
        return await self._ask(partial(self._store.feeds.claim, owner, self._now(), limit, lease_s, pacing))

    async def renew(
        self, claims: Sequence[Claim], turns: Sequence[tuple[str, str]], lease_s: int
    ) -> set[str]:
        return await self._ask(partial(self._store.feeds.renew, claims, turns, self._now(), lease_s))

    async def finish(self, end: Finish) -> None:
        """End a poll, in one call with others that end now.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
            StoreUnavailable: Redis is away; nothing was written.
        """
        await self._ends.finish(end)

    def is_ending(self, claim: Claim) -> bool:
        """Tell whether the poll has ended or is about to, so that its lease is gone by right."""
        return self._ends.is_ending(claim)

    def forget(self, claim: Claim) -> None:
        """Say that nothing of the poll goes on any more."""
        self._ends.forget(claim)

    async def paused(self) -> str | None:
        return await self._ask(partial(self._store.feeds.paused, self._now()))

    # entries

    async def items(self, claim: Claim) -> bytes:
        return await self._ask(partial(self._store.feeds.items, claim.feed.id))

    async def unknown(self, claim: Claim, keys: Sequence[tuple[str, str]]) -> set[int]:
        return await self._ask(partial(self._store.feeds.unknown, claim.feed.id, keys, self._now()))

    async def versions(self, article_ids: Sequence[str]) -> list[int]:
        return await self._ask(partial(self._store.feeds.versions, article_ids))

    async def accept(self, claim: Claim, pages: Sequence[Page]) -> int:
        return await self._ask(partial(self._store.feeds.accept, claim, pages, self._now()))

    async def reject(self, claim: Claim, page: Page, fate: Fate, reason: Reason, detail: str) -> bool:
        return await self._ask(
            partial(self._store.feeds.reject, claim, page, fate, reason, self._now(), detail=detail)
        )

    async def pushed(self, claim: Claim) -> list[bytes]:
        return await self._ask(partial(self._store.feeds.pushed, claim.feed.id))

    async def drop_pushed(self, claim: Claim, count: int) -> None:
        await self._ask(partial(self._store.feeds.drop_pushed, claim.feed.id, count))

    # hosts

    async def take(self, host: str, token: str, rule: Pacing) -> float:
        """Take a turn at a host: 0.0 when it is ours, else the seconds to wait before asking again."""
        # What was given back a moment ago may be the very turn that is asked for.
        leaving = self._ends.leaving()
        asked = asyncio.ensure_future(self._ask(partial(self._take, leaving, host, token, rule)))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            asked.add_done_callback(partial(self._untake, host, token))
            raise

    def give(self, host: str, token: str) -> None:
        """Give a turn back within a few milliseconds; if Redis is away it ends by itself."""
        self._ends.give(host, token)

    def rest(self, host: str, wait_s: float) -> None:
        """Let all pollers leave the host alone for ``wait_s`` seconds."""
        self._ends.rest(host, self._now() + timedelta(seconds=wait_s))

    async def policy_get(self, origin: str) -> bytes | None:
        return await self._ask(partial(self._store.policies.get, origin))

    async def policy_put(self, origin: str, blob: bytes, ttl_s: int) -> None:
        await self._ask(partial(self._store.policies.put, origin, blob, ttl_s))

    def _take(self, leaving: ends.Leaving, host: str, token: str, rule: Pacing) -> float:
        if leaving:
            self._ends.leave(leaving)
        return self._store.turns.take(host, token, rule, self._now())

    def _untake(self, host: str, token: str, asked: "asyncio.Future[float]") -> None:
        # The turn may have been granted to him who no longer waits for it.
        if not asked.cancelled() and not asked.exception() and not asked.result():
            self._ends.give(host, token)

    async def _ask(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
