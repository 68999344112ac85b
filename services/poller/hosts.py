"""Politeness: who may be asked when.

Owns the wait for a turn at a host. The turns themselves, their pauses and the rests that hosts ask
for stand in the store and are shared by all pollers; here those of one process queue up, so that
only the first of them asks. Refuses to fetch. Hosts that ``Pacing.free`` names (the sample wire on
loopback) are not paced.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from secrets import token_hex
from types import TracebackType

from dateline.errors import FetchFailed, Reason
from dateline.store.feeds import Claim, Pacing
from services.poller.desk import Desk
from services.poller.guard import Allowed, vet_url

MAX_REST_S = 3600
"""Longest rest that is kept; after it the host is asked again and may repeat its wish."""

WORTH_S = 60.0
"""Longest wait that holds a poll up; with a longer one its entries are left for the next poll."""


class HostRestsError(FetchFailed):
    """Raised instead of a request to a host that asked to wait; retry_after_s says how long."""


class _Line:
    """Those of this process who wait for one host: the first asks the store, the others wait for him."""

    __slots__ = ("first", "freed", "people")

    def __init__(self) -> None:
        #: First come, first served.
        self.first = asyncio.Lock()
        #: Set when this process gave a turn at the host back.
        self.freed = asyncio.Event()
        self.people = 0


class _Claimed:
    """The turn that came with a claim: ours already, given back at the end of the block."""

    __slots__ = ("_claim", "_hosts")

    def __init__(self, hosts: "Hosts", claim: Claim) -> None:
        self._hosts, self._claim = hosts, claim

    async def __aenter__(self) -> None:
        return

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._claim.turn:
            self._hosts.give(self._claim.host, self._claim.turn)


class Hosts:
    """Turns at hosts, as ``pacing`` and the rules of each host in the store say."""

    def __init__(self, desk: Desk, pacing: Pacing, allowed: Allowed) -> None:
        self._desk, self._pacing, self._allowed = desk, pacing, allowed
        self._lines: dict[str, _Line] = {}
        self._held: dict[str, str] = {}
        # Of no meaning but to differ from those of other processes.
        self._name, self._numbers = token_hex(6), count()

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the host of ``url`` to be free, and hold it inside the block.

        Raises:
            AddressRefused: the guard will not connect there.
            HostRestsError: the host asked to wait for longer than a minute.
            StoreUnavailable: the shared turns cannot be asked.
        """
        target = vet_url(url, self._allowed)
        if self._is_free(target.host):
            yield
            return
        token = f"{self._name} {next(self._numbers)}"
        line = self._lines.setdefault(target.host, _Line())
        line.people += 1
        try:
            async with line.first:
                await self._take(line, target.host, token)
            self._held[token] = target.host
            try:
                yield
            finally:
                del self._held[token]
                self.give(target.host, token)
        finally:
            line.people -= 1
            if not line.people:
                del self._lines[target.host]

    def claimed(self, claim: Claim) -> _Claimed:
        """Hold the turn that ``claim`` came with inside the block: its host may be asked at once."""
        return _Claimed(self, claim)

    def rest(self, url: str, wait_s: float) -> None:
        """Let all pollers ask nothing of the host for ``wait_s`` seconds, at most an hour."""
        target = vet_url(url, self._allowed)
        if wait_s > 0:
            self._desk.rest(target.host, min(wait_s, MAX_REST_S))

    def held(self) -> list[tuple[str, str]]:
        """Return the turns (host, token) inside whose blocks somebody is; those of claims are not among them."""
        return [(host, token) for token, host in self._held.items()]

    def give(self, host: str, token: str) -> None:
        """Give a turn back, and let the next in line ask for his."""
        self._desk.give(host, token)
        if line := self._lines.get(host):
            line.freed.set()

    def _is_free(self, host: str) -> bool:
        return host in self._pacing.free or "*" in self._pacing.free

    async def _take(self, line: _Line, host: str, token: str) -> None:
        while wait_s := await self._desk.take(host, token, self._pacing):
            if wait_s > WORTH_S:
                raise HostRestsError(
                    f"{host} asked to wait", Reason.HTTP_STATUS, status=429, retry_after_s=round(wait_s)
                )
            line.freed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(line.freed.wait(), wait_s)
