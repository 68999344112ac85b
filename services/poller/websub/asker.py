"""One request to one hub: when it may be asked, where it sends us, and what its silence means.

Owns the requests and the memory of hubs that are down. Refuses to decide what a record becomes
(``course``). Hubs are strangers: the guard of all fetches holds for them, and they are paced like
every host.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from dateline.errors import DatelineError, FetchFailed, LeaseLost, Reason, StoreUnavailable
from dateline.feeds import websub
from dateline.store.websub import Due, Subscription
from services.poller.fetch import Fetched
from services.poller.hosts import HostRestsError
from services.poller.tally import Tally
from services.poller.websub import course
from services.poller.websub.course import Ask, Change
from services.poller.websub.desk import WebSubDesk

log = logging.getLogger(__name__)

MAX_REDIRECTS = 3
"""Hubs that send us to another hub (section 5.1.2); each is vetted and waited for like the first."""

DOWN_S = 60
"""For how long nobody else asks a hub that just failed: one that hangs takes a deadline for each try."""

MAX_DOWN_S = 3600

FORM = "application/x-www-form-urlencoded"


class Poster(Protocol):
    """What asking needs of ``fetch.Fetcher``."""

    async def post(self, url: str, body: bytes, content_type: str, deadline_s: float) -> Fetched:
        """Return the answer; raises AddressRefused or FetchFailed."""


class Turns(Protocol):
    """What it needs of ``hosts.Hosts``."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """Wait for the host of ``url`` and hold it inside the block."""


class _PutOffError(Exception):
    """Raised instead of a request that the hub would not hear now; ``wait_s`` says how long to wait."""

    def __init__(self, wait_s: float) -> None:
        super().__init__()
        self.wait_s = wait_s


class Asker:
    """Asks hubs to call back under ``base_url``. ``chance`` draws between 0 and 1."""

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
    ) -> None:
        self._desk, self._poster, self._turns = desk, poster, turns
        self._base_url, self._deadline_s = base_url, deadline_s
        self._now, self._chance = now, chance
        self._down: dict[str, datetime] = {}

    async def look(self, due: Due) -> None:
        """Do what is next for a subscription that is due.

        Raises:
            StoreUnavailable: Redis is away; it is due again when its lease ends.
        """
        one = due.subscription
        step = course.step(due, self._now(), self._chance())
        if isinstance(step, Ask):
            await self._ask(one, step)
        elif await self._desk.change(one, step):
            state = step.next.state.value if step.next else "forgotten"
            log.info("subscription", extra={"feed": one.feed_id, "state": state})

    async def _ask(self, one: Subscription, ask: Ask) -> None:
        standing = one
        try:
            async with self._turns.turn(one.hub):
                self._vet_down(one.hub)
                # The record says so before the hub hears it: its verification may overtake our return.
                asked = await self._desk.replace(one, ask.asked)
                if asked is None:
                    return
                standing = asked
                answer = await self._post(one.hub, one, ask)
            for _ in range(MAX_REDIRECTS):
                if answer.redirect_to is None:
                    break
                async with self._turns.turn(answer.redirect_to):
                    answer = await self._post(answer.redirect_to, one, ask)
            if answer.redirect_to is not None:
                raise FetchFailed(f"more than {MAX_REDIRECTS} hubs", Reason.REDIRECTS)
            log.info("hub asked", extra={"feed": one.feed_id, "hub": one.hub, "mode": ask.mode.value})
        except (StoreUnavailable, LeaseLost):
            raise
        except _PutOffError as wish:
            await self._put_off(one, wish.wait_s)
        except HostRestsError as error:
            if standing is one:
                await self._put_off(one, error.retry_after_s or DOWN_S)
            else:
                await self._refused(standing, ask, error)
        except DatelineError as error:
            await self._refused(standing, ask, error)

    async def _post(self, url: str, one: Subscription, ask: Ask) -> Fetched:
        callback = websub.callback(self._base_url, one.token)
        form = websub.request(ask.mode, callback, one.topic, one.secret)
        return await self._poster.post(url, form, FORM, self._deadline_s)

    async def _refused(self, standing: Subscription, ask: Ask, error: DatelineError) -> None:
        Tally().rejected(error.reason)
        log.info("hub failed", extra={"feed": standing.feed_id, "hub": standing.hub, "error": str(error)})
        if isinstance(error, FetchFailed) and not course.is_final(error):
            wait_s = min(max(DOWN_S, error.retry_after_s or 0), MAX_DOWN_S)
            self._down[standing.hub] = self._now() + timedelta(seconds=wait_s)
        # Refused by the guard before it was asked: it counts as asked all the same.
        asked = msgspec.structs.replace(ask.asked, revision=standing.revision)
        change = course.refused(asked, error, self._now(), self._chance())
        await self._desk.change(standing, change)

    def _vet_down(self, hub: str) -> None:
        now = self._now()
        self._down = {one: until for one, until in self._down.items() if until > now}
        if hub in self._down:
            raise _PutOffError((self._down[hub] - now).total_seconds())

    async def _put_off(self, one: Subscription, wait_s: float) -> None:
        # Spread over as long again: all the feeds of one hub would come back at the same moment.
        due_at = self._now() + timedelta(seconds=wait_s * (1 + self._chance()))
        await self._desk.change(one, Change(course.put_off(one, due_at)))
