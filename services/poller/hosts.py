"""Politeness: who may be asked when.

Owns the turns at each host: one request at a time from this process, a pause between requests
that all pollers share through the store, and the rest that a host asked for. Refuses to fetch.
Hosts on the allow list (the sample wire on loopback) are not paced.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from dateline.errors import FetchFailed, Reason
from services.poller.guard import Allowed, vet_url

MAX_REST_S = 3600
"""Longest rest that is kept in memory; after it the host is asked again and may repeat its wish."""


class HostRestsError(FetchFailed):
    """Raised instead of a request to a host that asked to wait; retry_after_s says how long."""


class Hosts:
    """Turns at hosts; ``pace(host, delay_s)`` gives the seconds to wait, counted over all pollers."""

    def __init__(
        self, pace: Callable[[str, float], Awaitable[float]], delay_s: float, allowed: Allowed
    ) -> None:
        self._pace, self._delay_s, self._allowed = pace, delay_s, allowed
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}
        self._rests: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the host of ``url`` to be free, and hold it inside the block.

        Raises:
            AddressRefused: the guard will not connect there.
            HostRestsError: the host asked to wait.
            StoreUnavailable: the shared pace cannot be asked.
        """
        target = vet_url(url, self._allowed)
        if (target.host, target.port) in self._allowed:
            yield
            return
        lock = self._locks.setdefault(target.host, asyncio.Lock())
        self._users[target.host] = self._users.get(target.host, 0) + 1
        try:
            async with lock:
                self._vet_rest(target.host)
                await asyncio.sleep(await self._pace(target.host, self._delay_s))
                yield
        finally:
            self._leave(target.host)

    def rest(self, url: str, wait_s: float) -> None:
        """Ask nothing of the host for ``wait_s`` seconds, at most an hour."""
        target = vet_url(url, self._allowed)
        now = asyncio.get_running_loop().time()
        self._rests = {host: until for host, until in self._rests.items() if until > now}
        if wait_s > 0:
            self._rests[target.host] = now + min(wait_s, MAX_REST_S)

    def _vet_rest(self, host: str) -> None:
        left_s = self._rests.get(host, 0) - asyncio.get_running_loop().time()
        if left_s > 0:
            raise HostRestsError(
                f"{host} asked to wait", Reason.HTTP_STATUS, status=429, retry_after_s=max(1, round(left_s))
            )

    def _leave(self, host: str) -> None:
        self._users[host] -= 1
        if not self._users[host]:
            del self._users[host], self._locks[host]
