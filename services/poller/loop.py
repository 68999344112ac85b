"""The loop that keeps a poller's slots full of due feeds.

Owns leases: claiming, keeping them alive while a poll works, and letting go of a poll whose lease
went to another. Owns pausing under back-pressure and draining at the end. Refuses to know what a
poll does (``poll``).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from dateline.errors import LeaseLost, StoreUnavailable
from dateline.store.feeds import Claim
from services.poller.desk import Desk
from services.poller.tally import Polled, Tally

log = logging.getLogger(__name__)

IDLE_S = 1.0
"""How often the store is asked for due feeds when nothing is due."""

PAUSE_S = 5.0
"""How often a paused poller asks whether it may go on."""

MAX_BACKOFF_S = 10.0
"""Longest wait between two tries to reach the store: service is back that soon after Redis is."""

DRAIN_S = 8.0
"""What polls get to end after the stop: pages under way are finished, no new ones are begun."""


class Poller:
    """Polls due feeds, ``slots`` at once, with ``poll``; ``owner`` names this process in leases."""

    def __init__(
        self,
        desk: Desk,
        poll: Callable[[Claim], Awaitable[Polled]],
        tally: Tally,
        *,
        owner: str,
        slots: int,
        lease_s: int,
    ) -> None:
        self._desk, self._poll, self._tally = desk, poll, tally
        self._owner, self._slots, self._lease_s = owner, slots, lease_s
        self._polls: set[asyncio.Task[None]] = set()
        #: Why polling is paused, or None.
        self.pause: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop`` is set, then drain within ten seconds. Survives Redis being away."""
        failures = 0
        ended = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    wait_s = await self._step()
                    failures = 0
                except StoreUnavailable as error:
                    failures += 1
                    wait_s = min(0.25 * 2**failures, MAX_BACKOFF_S)
                    log.warning("the store is away", extra={"error": str(error), "retry_in_s": wait_s})
                if wait_s:
                    # A slot that becomes free is filled at once, unless the store or a pause says wait.
                    busy = () if failures or self.pause else self._polls
                    await asyncio.wait({ended, *busy}, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            await self._drain()

    async def _step(self) -> float:
        """Claim what is due and start polling it; return how long to wait before the next step."""
        pause = await self._desk.paused()
        if pause != self.pause:
            log.warning(
                "polling pauses" if pause else "polling goes on", extra={"reason": pause or self.pause}
            )
            self.pause = pause
        if pause:
            return PAUSE_S
        free = self._slots - len(self._polls)
        if not free:
            return IDLE_S
        claims = await self._desk.claim(self._owner, free, self._lease_s)
        for claim in claims:
            task = asyncio.create_task(self._hold(claim))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)
        return 0.0 if len(claims) == free else IDLE_S

    async def _hold(self, claim: Claim) -> None:
        """Poll with a heart beat that keeps the lease, and count how it ended. Never raises."""
        work = asyncio.ensure_future(self._poll(claim))
        heart = asyncio.create_task(self._beat(claim, work))
        try:
            outcome = await work
        except LeaseLost:
            outcome = Polled.LEASE_LOST
        except StoreUnavailable:
            outcome = Polled.STORE_AWAY
        except asyncio.CancelledError:
            outcome = Polled.LEASE_LOST if heart.done() else Polled.CANCELLED
        except Exception:  # the edge: a bug in one feed's poll must not end the loop
            log.exception("poll broke", extra={"feed": claim.feed.url})
            outcome = Polled.FAILED
        finally:
            heart.cancel()
        self._tally.polled(outcome)
        log.debug("polled", extra={"feed": claim.feed.url, "outcome": outcome.value})

    async def _beat(self, claim: Claim, work: "asyncio.Future[Polled]") -> None:
        while True:
            await asyncio.sleep(self._lease_s / 3)
            try:
                await self._desk.renew(claim, self._lease_s)
            except LeaseLost:
                work.cancel()
                return
            except StoreUnavailable:
                continue  # the poll itself will notice; the lease may outlive the outage

    async def _drain(self) -> None:
        if self._polls:
            log.info("draining", extra={"polls": len(self._polls)})
            _, late = await asyncio.wait(self._polls, timeout=DRAIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
