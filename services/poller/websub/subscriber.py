"""Asks hubs: subscribes feeds that name one, renews, and leaves what is no longer wanted.

Owns the requests to hubs. Refuses to decide (``course``) and to listen (``callback``). Any number
of pollers may run one: what is due is leased to one of them, and a record that a hub's answer
changed meanwhile is left as it then stands. Hubs are strangers: the guard of all fetches holds
for them, and they are paced like every host.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

import msgspec

from dateline.errors import DatelineError, FetchFailed, LeaseLost, Reason, StoreUnavailable
from dateline.feeds import websub
from dateline.feeds.websub import Named
from dateline.model import Feed
from dateline.store.websub import Due, Subscription
from services.poller.fetch import Fetched
from services.poller.tally import Tally
from services.poller.websub import course
from services.poller.websub.course import Ask, Change
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

MAX_REDIRECTS = 3
"""Hubs that send us to another hub (section 5.1.2); each is vetted and waited for like the first."""

SEEN_S = 3600.0
"""For how long it is believed that a feed's subscription stands as it was seen."""

SEEN_FEEDS = 100_000

FORM = "application/x-www-form-urlencoded"


class Poster(Protocol):
    """What a subscriber needs of ``fetch.Fetcher``."""

    async def post(self, url: str, body: bytes, content_type: str, deadline_s: float) -> Fetched:
        """Return the answer; raises AddressRefused or FetchFailed."""


class Turns(Protocol):
    """What it needs of ``hosts.Hosts``."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """Wait for the host of ``url`` and hold it inside the block."""


class Subscriber:
    """Asks hubs under ``base_url``. ``chance`` draws between 0 and 1, ``unguessable`` gives a new secret word."""

    def __init__(
        self,
        desk: WebSubDesk,
        poster: Poster,
        turns: Turns,
        *,
        base_url: str,
        deadline_s: float,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        unguessable: Callable[[], str],
    ) -> None:
        self._desk, self._poster, self._turns = desk, poster, turns
        self._base_url, self._deadline_s = base_url, deadline_s
        self._now, self._chance, self._unguessable = now, chance, unguessable
        self._seen: OrderedDict[str, tuple[Named | None, float]] = OrderedDict()
        self._woken = asyncio.Event()

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
        """Ask hubs until ``stop`` is set. Survives Redis being away."""
        failures = 0
        while not stop.is_set():
            self._woken.clear()
            try:
                busy = await self.round()
                wait_s, failures = (0.0 if busy else IDLE_S), 0
            except StoreUnavailable as error:
                failures += 1
                wait_s = min(0.5 * 2**failures, MAX_BACKOFF_S)
                log.warning("the store is away", extra={"error": str(error), "retry_in_s": wait_s})
            await _first(stop, self._woken, timeout_s=wait_s)

    async def round(self) -> int:
        """Look once at what is due; return how many there were.

        Raises:
            StoreUnavailable: Redis is away; what was not done is due again when its lease ends.
        """
        due = await self._desk.claim(AT_ONCE, LEASE_S)
        ends = await asyncio.gather(*(self._look(one) for one in due), return_exceptions=True)
        for one, end in zip(due, ends, strict=True):
            if isinstance(end, StoreUnavailable | asyncio.CancelledError):
                raise end
            if isinstance(end, BaseException):  # the edge: a bug in one must not end the others
                log.error("subscription broke", exc_info=end, extra={"feed": one.subscription.feed_id})
        return len(due)

    async def _look(self, due: Due) -> None:
        step = course.step(due, self._now(), self._chance())
        if isinstance(step, Ask):
            await self._ask(due.subscription, step)
        elif await self._desk.change(due.subscription, step):
            state = step.next.state.value if step.next else "forgotten"
            log.info("subscription", extra={"feed": due.subscription.feed_id, "state": state})

    async def _ask(self, one: Subscription, ask: Ask) -> None:
        """Ask the hub. The record says so before the hub hears it: its verification may overtake our return."""
        standing = one
        url = one.hub
        try:
            for hop in range(MAX_REDIRECTS + 1):
                async with self._turns.turn(url):
                    if not hop:
                        asked = await self._desk.replace(one, ask.asked)
                        if asked is None:
                            return
                        standing = asked
                    answer = await self._poster.post(url, self._form(one, ask), FORM, self._deadline_s)
                if answer.redirect_to is None:
                    log.info("hub asked", extra={"feed": one.feed_id, "hub": one.hub, "mode": ask.mode.value})
                    return
                url = answer.redirect_to
            raise FetchFailed(f"more than {MAX_REDIRECTS} hubs", Reason.REDIRECTS)
        except (StoreUnavailable, LeaseLost):
            raise
        except DatelineError as error:
            await self._refused(standing, ask, error)

    async def _refused(self, standing: Subscription, ask: Ask, error: DatelineError) -> None:
        Tally().rejected(error.reason)
        log.info("hub failed", extra={"feed": standing.feed_id, "hub": standing.hub, "error": str(error)})
        # Refused before it was asked (the guard, a host that rests): it counts as asked all the same.
        asked = msgspec.structs.replace(ask.asked, revision=standing.revision)
        change = course.refused(asked, error, self._now(), self._chance())
        await self._desk.change(standing, change)

    def _form(self, one: Subscription, ask: Ask) -> bytes:
        return websub.request(ask.mode, websub.callback(self._base_url, one.token), one.topic, one.secret)


async def _first(*events: asyncio.Event, timeout_s: float) -> None:
    """Wait until one of the events is set, or the time is over."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
