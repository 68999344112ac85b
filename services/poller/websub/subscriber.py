"""Subscribes feeds that name a hub, renews, and leaves what is no longer wanted.

Owns what polls tell of hubs, and which subscriptions are looked at when. Refuses to ask itself
(``asker``), to decide (``course``) and to listen (``callback``). Any number of pollers may run
one: what is due is leased to one of them, and a record that a hub's answer changed meanwhile is
left as it then stands.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import datetime

import msgspec

from dateline.errors import StoreUnavailable
from dateline.feeds.websub import Named
from dateline.model import Feed
from dateline.store.websub import Due
from services.poller.websub import course
from services.poller.websub.asker import Asker
from services.poller.websub.course import Change
from services.poller.websub.desk import WebSubDesk

log = logging.getLogger(__name__)

IDLE_S = 2.0
"""How often the store is asked for subscriptions that are due when none is."""

MAX_BACKOFF_S = 30.0
"""Longest wait between two tries to reach the store."""

AT_ONCE = 8
"""Hubs asked at once by one poller; a hub's own turns make it one a second."""

LEASE_S = 180
"""For how long a due subscription is one poller's: a turn at a busy hub, and three redirects."""

SEEN_S = 3600.0
"""For how long it is believed that a feed's subscription stands as it was seen."""

SEEN_FEEDS = 100_000


class Subscriber:
    """Sees to it that hubs are asked, by ``asker``; ``unguessable`` gives a new secret word."""

    def __init__(
        self,
        desk: WebSubDesk,
        asker: Asker,
        *,
        now: Callable[[], datetime],
        unguessable: Callable[[], str],
    ) -> None:
        self._desk, self.asker = desk, asker
        self._now, self._unguessable = now, unguessable
        self._seen: OrderedDict[str, tuple[Named | None, float]] = OrderedDict()
        self._woken = asyncio.Event()
        self._asking: set[asyncio.Task[None]] = set()

    async def seen(self, feed: Feed, named: Named | None) -> None:
        """Note what hub a poll found in the feed; None: it names none (any more).

        A feed's first hub is asked at once. Another hub or topic replaces the subscription, but at
        most once an hour; one that is no longer named is left when its lease ends.

        Raises:
            StoreUnavailable: Redis is away; tell it again at the next poll.
        """
        clock = asyncio.get_running_loop().time()
        known = self._seen.get(feed.id)
        if known and known[0] == named and clock - known[1] < SEEN_S:
            return
        if await self._note(feed, named):
            self._seen[feed.id] = (named, clock)
            self._seen.move_to_end(feed.id)
            if len(self._seen) > SEEN_FEEDS:
                self._seen.popitem(last=False)

    async def _note(self, feed: Feed, named: Named | None) -> bool:
        """Return whether there is nothing more to do about it."""
        one = await self._desk.of_feed(feed.id)
        if one and (named is None or named == Named(one.hub, one.topic)):
            wanted = named is not None
            if one.wanted == wanted:
                return True
            return await self._desk.replace(one, msgspec.structs.replace(one, wanted=wanted)) is not None
        if named is None:
            return True
        if one:
            if not course.is_settled(one, self._now()):
                return False
            if not await self._desk.change(one, Change(course.left(one, self._now()))):
                return False
        wish = course.wish(feed.id, named, self._unguessable(), self._unguessable(), self._now())
        created = await self._desk.create(wish)
        self._woken.set()
        return created

    async def run(self, stop: asyncio.Event) -> None:
        """Ask hubs until ``stop`` is set, a few at once. Survives Redis being away."""
        failures = 0
        try:
            while not stop.is_set():
                self._woken.clear()
                try:
                    begun = await self._begin(AT_ONCE - len(self._asking))
                    wait_s, failures = (0.0 if begun else IDLE_S), 0
                except StoreUnavailable as error:
                    failures += 1
                    wait_s = min(0.5 * 2**failures, MAX_BACKOFF_S)
                    log.warning("the store is away", extra={"error": str(error), "retry_in_s": wait_s})
                await _first(stop.wait(), self._woken.wait(), timeout_s=wait_s)
        finally:
            for task in self._asking:
                task.cancel()
            await asyncio.gather(*self._asking, return_exceptions=True)

    async def round(self) -> int:
        """Look once at what is due and wait for all of it; return how many there were.

        Raises:
            StoreUnavailable: Redis is away.
        """
        begun = await self._begin(AT_ONCE)
        if self._asking:
            await asyncio.wait(self._asking)
        return begun

    async def _begin(self, limit: int) -> int:
        due = await self._desk.claim(limit, LEASE_S) if limit > 0 else []
        for one in due:
            task = asyncio.create_task(self._look(one))
            self._asking.add(task)
            task.add_done_callback(self._ended)
        return len(due)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if len(self._asking) == AT_ONCE:
            self._woken.set()
        self._asking.discard(task)

    async def _look(self, due: Due) -> None:
        """Never raises: what was not done is due again when its lease ends."""
        feed_id = due.subscription.feed_id
        try:
            await self.asker.look(due)
        except StoreUnavailable as error:
            log.warning("the store is away", extra={"feed": feed_id, "error": str(error)})
        except Exception:  # the edge: a bug in one must not end the others
            log.exception("subscription broke", extra={"feed": feed_id})


async def _first(*events: Coroutine[object, object, object], timeout_s: float) -> None:
    """Wait until one of the events is set, or the time is over."""
    waits = [asyncio.ensure_future(event) for event in events]
    try:
        await asyncio.wait(waits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
