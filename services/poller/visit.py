"""One visit: an address asked politely until it answers, whatever hosts lie on the way.

Owns what a page and a feed are asked with, the second try after a hiccup, and the opt-outs that
an answer holds; ``journey`` goes from host to host. Refuses to judge what came (``choice``).
"""

import asyncio
from collections.abc import Mapping
from functools import partial

from dateline.errors import AddressRefused, FetchFailed, Reason
from dateline.settings import Settings
from dateline.store.feeds import Claim
from services.poller.fetch import ACCEPT_FEED, ACCEPT_PAGE, Fetched, Fetcher
from services.poller.hosts import Hosts
from services.poller.journey import Errand, Journeys, Rules
from services.poller.optouts import page_optout
from services.poller.robots import Robots
from services.poller.tally import Stage, Tally

HICCUP_S = 3.0
"""Pause before a page that answered 500 is asked for once more."""


class Visits:
    """Asks hosts for pages and feeds, under their rules and in their turn."""

    def __init__(
        self, fetcher: Fetcher, hosts: Hosts, robots: Robots, tally: Tally, settings: Settings
    ) -> None:
        self._journeys, self._hosts, self._robots = Journeys(fetcher, hosts), hosts, robots
        self._rules = Rules(robots.vet, robots.knows)
        self._tally, self._settings = tally, settings

    async def page(self, url: str, passed: list[str] | None = None) -> Fetched:
        """Return an article's page (2xx).

        A 500 is asked once more after a pause; a host that says 429 or 503 with Retry-After rests.
        ``passed`` gets the address at which each host on the way is come to.

        Raises:
            AddressRefused: the guard, robots.txt (reason robots) or an opt-out (opted_out) of a
                host on the way says no.
            HostRestsError: a host on the way asked to wait.
            FetchFailed: anything else, with its reason.
            StoreUnavailable: the shared turns or rules cannot be asked.
        """
        try:
            return await self._page(url, passed)
        except FetchFailed as error:
            if error.status != 500:
                raise
            self._tally.fetched(error.reason)
        await asyncio.sleep(HICCUP_S)
        return await self._page(url, passed)

    async def feed(
        self,
        claim: Claim,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """Return the feed of ``claim`` (2xx or 304), asked in the turn that the claim holds.

        ``headers`` go to the feed's own origin only. robots.txt has no say: whoever lists a feed
        was given its address to be polled.

        Raises:
            AddressRefused: the guard says no.
            HostRestsError, FetchFailed, StoreUnavailable: as ``page``.
        """
        errand = Errand(
            accept=ACCEPT_FEED,
            max_bytes=self._settings.feed_max_bytes,
            deadline_s=self._settings.fetch_deadline_s,
            etag=etag,
            last_modified=last_modified,
            measured=partial(self._tally.stage, Stage.FETCH_FEED),
        )
        turn = self._hosts.claimed(claim)
        return await self._journeys.go(claim.feed.url, errand, headers=headers, first=turn)

    async def _page(self, url: str, passed: list[str] | None) -> Fetched:
        settings = self._settings
        errand = Errand(
            accept=ACCEPT_PAGE,
            max_bytes=settings.page_max_bytes,
            deadline_s=settings.fetch_deadline_s,
            measured=partial(self._tally.stage, Stage.FETCH_PAGE),
        )
        got = await self._journeys.go(url, errand, rules=self._rules, passed=passed)
        if optout := page_optout(self._robots.honoured, got.headers, got.body):
            raise AddressRefused(f"the page reserves itself: {optout}", Reason.OPTED_OUT)
        return got
