"""The store as the event loop sees it.

Owns the threads in which the synchronous client waits for Redis, and the moment that each call
is stamped with. Refuses to decide and to retry: errors pass through as the store raises them.
A cancelled call may still be carried out: every commit is idempotent.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from dateline.errors import Reason
from dateline.model import Fate, FeedState, Page
from dateline.store.feeds import Claim

THREADS = 4
"""Calls that wait for Redis at once: each takes well under a millisecond, so few are enough."""

T = TypeVar("T")


class Store(Protocol):
    """What a poller asks of the store (``dateline.store.feeds.FeedStore``).

    Called from several threads at once. All instants are aware UTC. Every method raises
    StoreUnavailable when Redis is away, full or read-only; then nothing is half done.
    """

    def claim(self, owner: str, now: datetime, limit: int, lease_s: int) -> list[Claim]:
        """Lease up to ``limit`` due feeds for ``lease_s`` seconds."""

    def renew(self, feed_id: str, token: str, now: datetime, lease_s: int) -> None:
        """Keep a lease; raises LeaseLost."""

    def unknown(self, feed_id: str, keys: Sequence[tuple[str, str]], now: datetime) -> set[int]:
        """Return the positions of (guid key, article id) pairs that were never acknowledged."""

    def accept(self, claim: Claim, pages: Sequence[Page], now: datetime) -> int:
        """Acknowledge entries with their pages in one commit, idempotent by article; raises LeaseLost."""

    def reject(
        self, claim: Claim, page: Page, fate: Fate, reason: Reason, now: datetime, *, detail: str = ""
    ) -> bool:
        """Acknowledge an entry that ends at once; raises LeaseLost."""

    def finish(self, claim: Claim, state: FeedState, listed: Sequence[str], now: datetime) -> None:
        """End a poll: validators, rhythm, lease released; raises LeaseLost."""

    def paused(self, now: datetime) -> str | None:
        """Return why polling must wait, or None."""

    def pace(self, host: str, delay_s: float, now: datetime) -> float:
        """Reserve the next turn at ``host`` over all pollers; returns the seconds to wait for it."""


class Desk:
    """Asks ``store`` from threads; ``now`` is the clock (aware UTC). Close it at the end."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")

    def close(self) -> None:
        """Let the calls under way end, and the threads with them."""
        self._threads.shutdown(wait=True)

    async def claim(self, owner: str, limit: int, lease_s: int) -> list[Claim]:
        return await self._ask(partial(self._store.claim, owner, self._now(), limit, lease_s))

    async def renew(self, claim: Claim, lease_s: int) -> None:
        await self._ask(partial(self._store.renew, claim.feed.id, claim.token, self._now(), lease_s))

    async def unknown(self, claim: Claim, keys: Sequence[tuple[str, str]]) -> set[int]:
        return await self._ask(partial(self._store.unknown, claim.feed.id, keys, self._now()))

    async def accept(self, claim: Claim, pages: Sequence[Page]) -> int:
        return await self._ask(partial(self._store.accept, claim, pages, self._now()))

    async def reject(self, claim: Claim, page: Page, fate: Fate, reason: Reason, detail: str) -> bool:
        return await self._ask(
            partial(self._store.reject, claim, page, fate, reason, self._now(), detail=detail)
        )

    async def finish(self, claim: Claim, state: FeedState, listed: Sequence[str]) -> None:
        await self._ask(partial(self._store.finish, claim, state, listed, self._now()))

    async def paused(self) -> str | None:
        return await self._ask(partial(self._store.paused, self._now()))

    async def pace(self, host: str, delay_s: float) -> float:
        return await self._ask(partial(self._store.pace, host, delay_s, self._now()))

    async def _ask(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
