"""One visit: an address asked politely until it answers, whatever hosts lie on the way.

Owns the order at every host: robots and opt-outs first, then the host's turn, then the request; a
redirect to another host is a new request to that host. Refuses to judge what came (``choice``).
"""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

from dateline.errors import FetchFailed, Reason
from dateline.settings import Settings
from dateline.store.feeds import Claim
from services.poller.fetch import ACCEPT_FEED, ACCEPT_PAGE, MAX_REDIRECTS, Fetched, Fetcher
from services.poller.hosts import Hosts
from services.poller.robots import Robots, vet_reservation
from services.poller.tally import Stage, Tally

HICCUP_S = 3.0
"""Pause before a page that answered 500 is asked for once more."""

_RESTS = {429, 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What every request of one visit has in common."""

    stage: Stage
    accept: str
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None


class Visits:
    """Asks hosts for pages and feeds, under their rules and in their turn."""

    def __init__(
        self, fetcher: Fetcher, hosts: Hosts, robots: Robots, tally: Tally, settings: Settings
    ) -> None:
        self._fetcher, self._hosts, self._robots, self._tally = fetcher, hosts, robots, tally
        self._settings = settings

    async def page(self, url: str) -> Fetched:
        """Return an article's page (2xx).

        A 500 is asked once more after a pause; a host that says 429 or 503 with Retry-After rests.

        Raises:
            AddressRefused: the guard, robots.txt (reason robots) or an opt-out (opted_out) of a
                host on the way says no.
            HostRestsError: a host on the way asked to wait.
            FetchFailed: anything else, with its reason.
            StoreUnavailable: the shared turns or rules cannot be asked.
        """
        try:
            return await self._page(url)
        except FetchFailed as error:
            if error.status != 500:
                raise
            self._tally.fetched(error.reason)
        await asyncio.sleep(HICCUP_S)
        return await self._page(url)

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
        asked = _Asked(
            stage=Stage.FETCH_FEED,
            accept=ACCEPT_FEED,
            max_bytes=self._settings.feed_max_bytes,
            etag=etag,
            last_modified=last_modified,
        )
        first = self._hosts.claimed(claim)
        return await self._visit(claim.feed.url, asked, headers=headers, first=first)

    async def _page(self, url: str) -> Fetched:
        asked = _Asked(stage=Stage.FETCH_PAGE, accept=ACCEPT_PAGE, max_bytes=self._settings.page_max_bytes)
        got = await self._visit(url, asked, rules=self._robots)
        vet_reservation(got.headers)
        return got

    async def _visit(
        self,
        url: str,
        asked: _Asked,
        *,
        rules: Robots | None = None,
        headers: Mapping[str, str] | None = None,
        first: AbstractAsyncContextManager[None] | None = None,
    ) -> Fetched:
        permanent, hops = True, 0
        while hops <= MAX_REDIRECTS:
            if rules is not None:
                await rules.vet(url)
            async with first or self._hosts.turn(url):
                got = await self._ask(url, asked, headers, MAX_REDIRECTS - hops)
            first = headers = None
            hops += got.hops
            if got.redirect_to is None:
                moved_to = got.url_final if permanent and hops and (got.moved_to or not got.hops) else None
                return replace(got, moved_to=moved_to, hops=hops)
            url, permanent, hops = got.redirect_to, permanent and got.moved_to is not None, hops + 1
        raise FetchFailed(f"more than {MAX_REDIRECTS} redirects", Reason.REDIRECTS)

    async def _ask(
        self, url: str, asked: _Asked, headers: Mapping[str, str] | None, redirects_left: int
    ) -> Fetched:
        with self._tally.stage(asked.stage):
            try:
                return await self._fetcher.fetch(
                    url,
                    max_bytes=asked.max_bytes,
                    deadline_s=self._settings.fetch_deadline_s,
                    accept=asked.accept,
                    etag=asked.etag,
                    last_modified=asked.last_modified,
                    headers=headers,
                    follow=False,
                    max_redirects=redirects_left,
                )
            except FetchFailed as error:
                if error.status in _RESTS and error.retry_after_s:
                    self._hosts.rest(url, error.retry_after_s)
                raise
