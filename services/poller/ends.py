"""What polls end with, many in one call.

Owns the batch: ends of polls, turns given back and hosts left to rest wait a few milliseconds for
each other and go to Redis together, since a call costs a poller more than what is in it. Refuses to
decide and to retry: each caller gets his own verdict, and turns that could not be given back end by
themselves.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

import msgspec

from dateline.errors import LeaseLost, StoreUnavailable
from dateline.store.feeds import Claim, Finish

log = logging.getLogger(__name__)

WAIT_S = 0.005
"""How long the end of a poll waits for others: a fraction of what any host takes to answer."""

BATCH = 64
"""Ends of polls that wait no longer; Redis takes them in within a millisecond or two."""

_UNSOUND = (ValueError, TypeError, msgspec.MsgspecError)
"""What encoding raises on a value that cannot be written."""


class Feeds(Protocol):
    """How polls end (``dateline.store.feeds.FeedStore``); raises StoreUnavailable."""

    def finish(self, batch: Sequence[Finish], now: datetime) -> set[str]:
        """End polls: validators, rhythm, leases released; returns the feeds whose lease was lost."""


class Turns(Protocol):
    """How turns end (``dateline.store.turns.Turns``); raises StoreUnavailable."""

    def give(self, turns: Sequence[tuple[str, str]], now: datetime) -> None:
        """Give turns (host, token) back; what is no longer held is passed over."""

    def rest(self, host: str, until: datetime) -> None:
        """Let nobody ask the host until then."""


class Rooms(Protocol):
    """The rooms of the store in which polls end."""

    @property
    def feeds(self) -> Feeds: ...

    @property
    def turns(self) -> Turns: ...


class Leaving(NamedTuple):
    """Turns to be given back (token -> host), and hosts to be left alone until a moment."""

    gives: dict[str, str]
    rests: dict[str, datetime]

    def __bool__(self) -> bool:
        return bool(self.gives) or bool(self.rests)


class Ends:
    """Collects what ends; ``threads`` wait for Redis, ``now`` is the clock (aware UTC)."""

    def __init__(self, store: Rooms, threads: Executor, now: Callable[[], datetime]) -> None:
        self._store, self._threads, self._now = store, threads, now
        self._finishes: list[Finish] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._leaving = Leaving({}, {})
        self._timer: asyncio.TimerHandle | None = None
        self._ending: set[tuple[str, str]] = set()
        self._closed = False

    async def finish(self, end: Finish) -> None:
        """End a poll, and give its turn at the host back if it was given back just now.

        Raises:
            LeaseLost: the feed is another poller's by now; nothing was written.
            StoreUnavailable: Redis is away; nothing was written.
        """
        if self._leaving.gives.pop(end.claim.turn, None) and not end.turn:
            end = msgspec.structs.replace(end, turn=True)
        loop = asyncio.get_running_loop()
        verdict: asyncio.Future[None] = loop.create_future()
        self._finishes.append(end)
        self._waiting.append(verdict)
        self._schedule(loop)
        lease = (end.claim.feed.id, end.claim.token)
        self._ending.add(lease)
        try:
            await verdict
        except BaseException:
            self._ending.discard(lease)
            raise

    def is_ending(self, claim: Claim) -> bool:
        """Tell whether the poll has ended or is about to, so that its lease is gone by right."""
        return (claim.feed.id, claim.token) in self._ending

    def forget(self, claim: Claim) -> None:
        """Say that nothing of the poll goes on any more."""
        self._ending.discard((claim.feed.id, claim.token))

    def give(self, host: str, token: str) -> None:
        """Give a turn back within a few milliseconds; if Redis is away it ends by itself."""
        self._leaving.gives[token] = host
        self._schedule(asyncio.get_running_loop())

    def rest(self, host: str, until: datetime) -> None:
        """Let all pollers leave the host alone until then."""
        self._leaving.rests[host] = max(until, self._leaving.rests.get(host, until))
        self._schedule(asyncio.get_running_loop())

    def leaving(self) -> Leaving:
        """Return what waits to be given back, for a caller who is about to ask Redis anyway."""
        leaving, self._leaving = self._leaving, Leaving({}, {})
        return leaving

    def leave(self, leaving: Leaving) -> None:
        """Carry it out, from a thread."""
        try:
            for host, until in leaving.rests.items():
                self._store.turns.rest(host, until)
            if leaving.gives:
                self._store.turns.give([(host, token) for token, host in leaving.gives.items()], self._now())
        except StoreUnavailable as error:
            log.debug("turns end by themselves", extra={"error": str(error)})

    def close(self) -> None:
        """Send what is left; ``threads`` may be shut down after this."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        if leaving := self.leaving():
            self._threads.submit(self.leave, leaving)

    def _schedule(self, loop: asyncio.AbstractEventLoop) -> None:
        if len(self._finishes) >= BATCH:
            self._send()
        elif self._timer is None and not self._closed:
            self._timer = loop.call_later(WAIT_S, self._send)

    def _send(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        finishes, self._finishes = self._finishes, []
        waiting, self._waiting = self._waiting, []
        leaving = self.leaving()
        if not finishes and not leaving:
            return
        sent = asyncio.get_running_loop().run_in_executor(self._threads, self._carry_out, finishes, leaving)
        sent.add_done_callback(partial(_tell, waiting=waiting))

    def _carry_out(self, finishes: list[Finish], leaving: Leaving) -> list[Exception | None]:
        verdicts = self._finish(finishes) if finishes else []
        if leaving:
            self.leave(leaving)
        return verdicts

    def _finish(self, finishes: list[Finish]) -> list[Exception | None]:
        try:
            lost = self._store.feeds.finish(finishes, self._now())
        except _UNSOUND as error:
            if len(finishes) == 1:
                return [error]
            # One of them cannot be written: that is no fault of the others.
            return [verdict for end in finishes for verdict in self._finish([end])]
        return [
            LeaseLost(f"feed {end.claim.feed.id} is leased to another poller")
            if end.claim.feed.id in lost
            else None
            for end in finishes
        ]


def _tell(done: "asyncio.Future[list[Exception | None]]", waiting: list["asyncio.Future[None]"]) -> None:
    failure = done.exception()
    if failure and not waiting:
        log.error("turns were not given back", exc_info=failure)
    verdicts = [failure] * len(waiting) if failure else done.result()
    for verdict, caller in zip(verdicts, waiting, strict=True):
        # Who was cancelled waits no longer; his poll has ended all the same.
        if caller.done():
            continue
        if verdict is None:
            caller.set_result(None)
        else:
            caller.set_exception(verdict)
