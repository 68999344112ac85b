"""WebSub as the poller sees it: one object that polls tell what they found, and one task to run.

Owns how callback, subscriber and port are put together. Without ``websub_url`` it does nothing
but see to it that no feed is polled rarely for the sake of a hub that cannot reach us.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from dateline.errors import Misconfigured, StoreUnavailable
from dateline.feeds.websub import Named
from dateline.model import Feed
from dateline.settings import Settings
from dateline.store.websub import Subscriptions
from services.poller.websub.asker import Asker, Poster, Turns
from services.poller.websub.callback import Callback
from services.poller.websub.desk import WebSubDesk
from services.poller.websub.listen import listening
from services.poller.websub.subscriber import IDLE_S, Subscriber

log = logging.getLogger(__name__)


class WebSub:
    """WebSub of one poller; make it inside the running loop.

    ``now`` is the clock (aware UTC), ``chance`` draws between 0 and 1, ``unguessable`` gives a new
    word of at least 128 random bits that may stand in a path, ``paused`` returns why nothing may
    be taken in now, or None.
    """

    def __init__(
        self,
        store: Subscriptions,
        fetcher: Poster,
        hosts: Turns,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        unguessable: Callable[[], str],
        paused: Callable[[], Awaitable[str | None]] | None = None,
    ) -> None:
        self._settings = settings
        self._desk = WebSubDesk(store, now)
        self.callback = Callback(
            self._desk, max_bytes=settings.feed_max_bytes, now=now, chance=chance, paused=paused
        )
        asker = Asker(
            self._desk,
            fetcher,
            hosts,
            base_url=settings.websub_url,
            deadline_s=settings.fetch_deadline_s,
            now=now,
            chance=chance,
        )
        self.subscriber = Subscriber(self._desk, asker, now=now, unguessable=unguessable)
        #: The port that is listened on, while it is.
        self.port: int | None = None

    @property
    def is_on(self) -> bool:
        return bool(self._settings.websub_url)

    async def seen(self, feed: Feed, hub: str | None, topic: str | None) -> None:
        """Note the hub and topic that a poll found in the feed, both None when it names no hub (any more).

        Costs nothing when it was told the same within the hour.

        Raises:
            StoreUnavailable: Redis is away; tell it again at the next poll.
        """
        if self.is_on:
            await self.subscriber.seen(feed, Named(hub, topic) if hub and topic else None)

    async def missed(self, feed: Feed) -> None:
        """Note that a poll found entries that the feed's hub had not pushed: it is relied upon no longer.

        The feed is polled at its own rhythm until its hub pushes again.

        Raises:
            StoreUnavailable: Redis is away.
        """
        if self.is_on:
            await self._desk.distrust(feed.id)

    async def run(self, stop: asyncio.Event) -> None:
        """Listen for hubs and ask them until ``stop`` is set.

        Raises:
            Misconfigured: the address of the callback is not ours to open, or its public one is none.
        """
        settings = self._settings
        if not self.is_on:
            await self._stand_down(stop)
            return
        if not settings.websub_url.startswith(("https://", "http://")):
            raise Misconfigured("DATELINE_WEBSUB_URL: not an http(s) address")
        async with listening(self.callback.routes(), settings.websub_host, settings.websub_port) as self.port:
            log.info("listening for hubs", extra={"port": self.port, "as": settings.websub_url})
            await self.subscriber.run(stop)
        self.port = None

    def close(self) -> None:
        """Let the calls to the store end; after ``run``, and after the last poll that may call ``seen``."""
        self._desk.close()

    async def _stand_down(self, stop: asyncio.Event) -> None:
        """Rely on no hub: what it pushed to an earlier process would be missed now."""
        while not stop.is_set():
            try:
                await self._desk.distrust_all()
            except StoreUnavailable:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), IDLE_S)
            else:
                return
