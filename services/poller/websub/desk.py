"""The store of subscriptions as the event loop sees it.

Owns the threads in which the synchronous client waits for Redis, and the moment that each call
is stamped with. Refuses to decide and to retry: StoreUnavailable passes through.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TypeVar

from dateline.store.websub import Due, Kept, Subscription, Subscriptions
from services.poller.websub.course import Change

THREADS = 2
"""Calls that wait for Redis at once; a push of ten megabytes must not hold up a verification."""

T = TypeVar("T")


class WebSubDesk:
    """Asks ``store`` from threads; ``now`` is the clock (aware UTC). Close it at the end."""

    def __init__(self, store: Subscriptions, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="websub")

    def close(self) -> None:
        """Let the calls under way end, and the threads with them."""
        self._threads.shutdown(wait=True)

    async def find(self, token: str) -> Subscription | None:
        return await self.ask(partial(self._store.find, token))

    async def of_feed(self, feed_id: str) -> Subscription | None:
        return await self.ask(partial(self._store.of_feed, feed_id))

    async def create(self, wish: Subscription) -> bool:
        return await self.ask(partial(self._store.create, wish))

    async def change(self, old: Subscription, change: Change) -> bool:
        """Carry out a change; False when somebody else changed the record first."""
        now = self._now()
        if change.next is None:
            return await self.ask(partial(self._store.forget, old, now, poll=change.poll))
        return await self.replace(old, change.next, poll=change.poll) is not None

    async def replace(
        self, old: Subscription, new: Subscription, *, poll: bool = False
    ) -> Subscription | None:
        """Return the record as it stands after the change, or None when somebody else changed it first."""
        return await self.ask(partial(self._store.change, old, new, self._now(), poll=poll))

    async def claim(self, limit: int, lease_s: int) -> list[Due]:
        return await self.ask(partial(self._store.claim, self._now(), limit, lease_s))

    async def push(self, to: Subscription, content_type: str, body: bytes) -> Kept:
        return await self.ask(partial(self._store.push, to, content_type, body, self._now()))

    async def distrust(self, feed_id: str) -> None:
        await self.ask(partial(self._store.distrust, feed_id))

    async def distrust_all(self) -> None:
        await self.ask(self._store.distrust_all)

    async def ask(self, call: Callable[[], T]) -> T:
        """Return what ``call`` does, made in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
