"""The loop that keeps a poller's slots full of due feeds.

Owns leases: claiming in batches, keeping all that are held alive with one call, and letting go of
exactly the polls whose lease went to another. Owns pausing under back-pressure and draining at the
end. Refuses to know what a poll does (``poll``).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from dateline.errors import LeaseLost, StoreUnavailable
from dateline.store.feeds import Claim, Pacing
from services.poller.desk import Desk
from services.poller.hosts import Hosts
from services.poller.tally import Polled, Tally

log = logging.getLogger(__name__)

IDLE_S = 0.25
"""How often the store is asked for due feeds when it had fewer than there were free slots."""

GATHER_S = 0.005
"""How long a free slot waits for others when more feeds are due: one claim fills them all."""

GATHER_SHARE = 4
"""With a quarter of the slots free it waits no longer."""

PAUSED_S = 1.0
"""How often the store is asked whether polling must pause."""

PAUSE_S = 5.0
"""How often a paused poller asks whether it may go on."""

MAX_BACKOFF_S = 10.0
"""Longest wait between two tries to reach the store: service is back that soon after Redis is."""

RETRY_S = 1.0
"""How soon leases that could not be kept are tried again."""

DRAIN_S = 8.0
"""What polls get to end after the stop: pages under way are finished, no new ones are begun."""


class _Poll:
    """A poll under way."""

    __slots__ = ("claim", "lost", "task")

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        #: The lease went to another.
        self.lost = False
        self.task: asyncio.Task[None]

    def lose(self) -> None:
        self.lost = True
        self.task.cancel()


class Poller:
    """Polls due feeds, ``slots`` at once, with ``poll``; ``owner`` names this process in leases."""

    def __init__(
        self,
        desk: Desk,
        hosts: Hosts,
        poll: Callable[[Claim], Awaitable[Polled]],
        tally: Tally,
        *,
        owner: str,
        slots: int,
        lease_s: int,
        pacing: Pacing,
    ) -> None:
        self._desk, self._hosts, self._poll, self._tally = desk, hosts, poll, tally
        self._owner, self._slots, self._lease_s, self._pacing = owner, slots, lease_s, pacing
        #: Feed id -> its poll.
        self._polls: dict[str, _Poll] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        #: Slots that must be free to end the wait before its time; 0: none does.
        self._wanted = 0
        self._gathering: asyncio.TimerHandle | None = None
        self._asked_at = float("-inf")
        #: Why polling is paused, or None.
        self.pause: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop`` is set, then drain within ten seconds. Survives Redis being away."""
        failures = 0
        ended = asyncio.create_task(stop.wait())
        ended.add_done_callback(lambda _: self._wake.set())
        keeper = asyncio.create_task(self._keep())
        keeper.add_done_callback(lambda _: self._wake.set())
        try:
            while not stop.is_set():
                if keeper.done():
                    # Leases that nobody keeps would be lost one by one, and nobody would know why.
                    await keeper
                try:
                    wait_s = await self._step()
                    failures = 0
                except StoreUnavailable as error:
                    failures += 1
                    wait_s = min(0.25 * 2**failures, MAX_BACKOFF_S)
                    log.warning("the store is away", extra={"error": str(error), "retry_in_s": wait_s})
                await self._wait(wait_s)
        finally:
            ended.cancel()
            await self._drain()
            keeper.cancel()

    async def _step(self) -> float:
        """Claim what is due and start polling it; return how long to wait before the next step."""
        self._wanted = 0
        if await self._must_pause():
            return PAUSE_S
        free = self._slots - len(self._tasks)
        if free > 0:
            claims = await self._desk.claim(self._owner, free, self._lease_s, self._pacing)
            for claim in claims:
                self._begin(claim)
            if len(claims) < free:
                return IDLE_S
        # All slots are taken, and more is due: as some become free they are filled together.
        self._wanted = max(1, self._slots // GATHER_SHARE)
        return PAUSED_S

    async def _must_pause(self) -> bool:
        now = asyncio.get_running_loop().time()
        if self.pause or now - self._asked_at >= PAUSED_S:
            pause = await self._desk.paused()
            self._asked_at = now
            if pause != self.pause:
                log.warning(
                    "polling pauses" if pause else "polling goes on", extra={"reason": pause or self.pause}
                )
                self.pause = pause
        return self.pause is not None

    async def _wait(self, wait_s: float) -> None:
        """Wait for ``wait_s`` seconds, the stop, or the slots that the step wanted."""
        timer = asyncio.get_running_loop().call_later(wait_s, self._wake.set)
        if self._wanted:
            self._gather()
        await self._wake.wait()
        self._wake.clear()
        timer.cancel()
        if self._gathering:
            self._gathering.cancel()
            self._gathering = None

    def _gather(self) -> None:
        """End the wait now that enough slots are free, or soon when some are."""
        free = self._slots - len(self._tasks)
        if free >= self._wanted:
            self._wake.set()
        elif free > 0 and self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER_S, self._wake.set)

    def _begin(self, claim: Claim) -> None:
        if older := self._polls.get(claim.feed.id):
            # We hold it again, so the lease of our own older poll had run out.
            older.lose()
        poll = _Poll(claim)
        poll.task = asyncio.create_task(self._hold(poll))
        self._polls[claim.feed.id] = poll
        self._tasks.add(poll.task)
        poll.task.add_done_callback(partial(self._end, poll))

    def _end(self, poll: _Poll, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._desk.forget(poll.claim)
        feed_id = poll.claim.feed.id
        if self._polls.get(feed_id) is poll:
            del self._polls[feed_id]
        if self._wanted:
            self._gather()

    async def _hold(self, poll: _Poll) -> None:
        """Poll, and count how it ended. Never raises."""
        feed = poll.claim.feed
        try:
            outcome = await self._poll(poll.claim)
        except LeaseLost:
            outcome = Polled.LEASE_LOST
        except StoreUnavailable:
            outcome = Polled.STORE_AWAY
        except asyncio.CancelledError:
            outcome = Polled.LEASE_LOST if poll.lost else Polled.CANCELLED
        except Exception:  # the edge: a bug in one feed's poll must not end the loop
            log.exception("poll broke", extra={"feed": feed.url})
            outcome = Polled.FAILED
        self._tally.polled(outcome)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("polled", extra={"feed": feed.url, "outcome": outcome.value})

    async def _keep(self) -> None:
        """Keep all leases and turns that are held alive, until cancelled."""
        wait_s = self._lease_s / 3
        while True:
            await asyncio.sleep(wait_s)
            try:
                await self._renew()
                wait_s = self._lease_s / 3
            except StoreUnavailable:
                wait_s = min(RETRY_S, wait_s)  # their leases may outlive the outage

    async def _renew(self) -> None:
        polls = [poll for poll in self._polls.values() if not self._desk.is_ending(poll.claim)]
        turns = [(poll.claim.host, poll.claim.turn) for poll in polls if poll.claim.turn]
        turns += self._hosts.held()
        if not polls and not turns:
            return
        lost = await self._desk.renew([poll.claim for poll in polls], turns, self._lease_s)
        for poll in polls:
            # A poll that ended meanwhile gave its lease back itself, or was told that it was lost.
            if poll.claim.feed.id in lost and not self._desk.is_ending(poll.claim):
                poll.lose()

    async def _drain(self) -> None:
        if self._tasks:
            log.info("draining", extra={"polls": len(self._tasks)})
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
