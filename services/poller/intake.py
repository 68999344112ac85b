"""What becomes of the entries of one body: acknowledged, refused, revised, or left for the next poll.

Owns the taking up of entries, oldest first: those that need no page in a few commits, the others one
by one as their pages come. A commit acknowledges, so a crash repeats what had none and loses
nothing. Refuses to judge texts (``choice``) and to know sockets (``visit``).
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from dateline.errors import AddressRefused, BadPage, DatelineError, FetchFailed, LeaseLost, StoreUnavailable
from dateline.model import Page
from dateline.store.feeds import MAX_VERSIONS, Claim
from services.poller import choice
from services.poller.hosts import HostRestsError
from services.poller.recall import Listing, Recall
from services.poller.tally import Seen, Stage
from services.poller.tools import Tools
from services.poller.visit import Visits

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 4
"""Pages of one feed fetched at once; they mostly live on one host, where turns make it one."""

MAX_ENTRIES = 200
"""Entries taken up of one body, the oldest first; a first poll of a long feed takes several polls."""

AT_ONCE = 25
"""Entries with the feed's own text that one commit acknowledges: some 100 KB of compressed text."""

_REMEMBERED = 10_000


@dataclass(slots=True)
class Taken:
    """What a poll has done with its entries so far."""

    #: Acknowledged for the first time; of these, refused, and without a date that can be believed.
    novel: int = 0
    refused: int = 0
    undated: int = 0
    #: Known, and accepted again because they were edited.
    revised: int = 0
    #: Ids of the articles left for the next poll, as the feed's own link gives them.
    left: set[str] = field(default_factory=set)
    #: What the entries say: digests by the same ids.
    words: dict[str, bytes] = field(default_factory=dict)


class Intake:
    """Takes up entries. Remembers, for this process only, how often a page has failed, and what was taken up.

    A publisher lists an article in several feeds: its edit is taken up from the first that shows it.
    """

    def __init__(self, tools: Tools, visits: Visits) -> None:
        self._tools, self._visits = tools, visits
        self._tries: OrderedDict[str, int] = OrderedDict()
        self._words: OrderedDict[str, bytes] = OrderedDict()

    async def take(self, claim: Claim, listings: Sequence[Listing], recalled: Recall, taken: Taken) -> None:
        """Take up what is new or edited among ``listings`` (oldest first), and add it to ``taken``.

        Raises:
            LeaseLost: the feed is another poller's by now; what was acknowledged stays so.
            StoreUnavailable: Redis is away.
        """
        if not listings:
            return
        taken.words |= {listing.page.article_id: listing.row.digest for listing in listings}
        waiting = [
            page
            for page in await self._waiting(claim, listings, recalled)
            if page.article_id not in taken.left  # of a body that this poll read before
        ]
        for page in waiting[MAX_ENTRIES:]:
            self._count(page, Seen.DEFERRED, taken)
        wanted: list[Page] = []
        ready: list[Page] = []
        for page in waiting[:MAX_ENTRIES]:
            (wanted if choice.wants_page(page, claim.feed.text) else ready).append(page)
        for begin in range(0, len(ready), AT_ONCE):
            await self._take_ready(claim, ready[begin : begin + AT_ONCE], taken)
        queue = iter(wanted)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(PAGES_AT_ONCE, len(wanted))):
                    group.create_task(self._work(claim, queue, taken))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors

    async def _waiting(self, claim: Claim, listings: Sequence[Listing], recalled: Recall) -> list[Page]:
        """Return the pages of what is new, then of what was edited, the latter with version 0."""
        tools = self._tools
        keys = [(listing.row.guid.hex(), listing.page.article_id) for listing in listings]
        unknown = await tools.desk.unknown(claim, keys)
        new = [listings[position].page for position in sorted(unknown)]
        edited = [
            listing.page
            for position, listing in enumerate(listings)
            if position not in unknown
            and recalled.edited(listing.row)
            and self._words.get(listing.page.article_id) != listing.row.digest
        ]
        if not recalled.believes(len(edited)):
            log.info("feed was rewritten", extra={"feed": claim.feed.url, "entries": len(edited)})
            edited = []
        # What has been revised all too often is not even fetched.
        versions = await tools.desk.versions([page.article_id for page in edited]) if edited else []
        revised = [
            replace(page, version=0)
            for page, stands in zip(edited, versions, strict=True)
            if stands < MAX_VERSIONS
        ]
        tools.tally.seen(Seen.KNOWN, len(listings) - len(new) - len(revised))
        return [*new, *revised]

    async def _take_ready(self, claim: Claim, pages: Sequence[Page], taken: Taken) -> None:
        """Acknowledge entries that need no page, those with a text in one commit."""
        if self._tools.stopping():
            for page in pages:
                self._count(page, Seen.DEFERRED, taken)
            return
        texts: list[Page] = []
        for page in pages:
            made = await self._made(claim, page)
            if isinstance(made, Page) and page.version:
                texts.append(made)
            else:
                self._count(page, await self._commit(claim, page, made), taken)
        if texts:
            with self._tools.tally.stage(Stage.ACCEPT):
                await self._tools.desk.accept(claim, texts)
            for page in texts:
                self._count(page, Seen.FEED_TEXT, taken)

    async def _work(self, claim: Claim, queue: Iterator[Page], taken: Taken) -> None:
        for page in queue:
            if self._tools.stopping():
                self._count(page, Seen.DEFERRED, taken)
            else:
                made = await self._made(claim, page)
                self._count(page, await self._commit(claim, page, made), taken)

    async def _made(self, claim: Claim, page: Page) -> Page | choice.Refusal | None:
        try:
            return await self._choose(claim, page)
        except (LeaseLost, StoreUnavailable):
            raise
        except Exception as error:  # one entry's surprise must not take its feed along
            log.exception("entry failed", extra={"feed": claim.feed.url, "url": page.url})
            return self._without(page, page, DatelineError(f"{type(error).__name__}: {error}"))

    async def _choose(self, claim: Claim, page: Page) -> Page | choice.Refusal | None:
        if not choice.wants_page(page, claim.feed.text):
            return self._without(page, page, None)
        passed = [page.url]
        try:
            fetched = await self._visits.page(page.url, passed)
            passed.append(fetched.url_final)
            made = choice.with_page(choice.identified(page, fetched.url_final), fetched)
        except (FetchFailed, AddressRefused, BadPage) as error:
            self._tools.tally.fetched(error.reason)
            return self._without(page, choice.came_to(page, passed[-1], error), error)
        self._tools.tally.fetched(None)
        self._tries.pop(page.article_id, None)
        return made

    def _without(self, page: Page, placed: Page, error: DatelineError | None) -> Page | choice.Refusal | None:
        # What was not asked, because its host rests, was not tried.
        tries = self._tries.pop(page.article_id, 0) + (not isinstance(error, HostRestsError))
        decide = choice.without_page if page.version else choice.revised_without_page
        made = decide(placed, error, tries)
        if made is None:
            self._tries[page.article_id] = tries
            _bound(self._tries)
        return made

    async def _commit(self, claim: Claim, page: Page, made: Page | choice.Refusal | None) -> Seen:
        """Acknowledge one entry, and say what became of it."""
        tools = self._tools
        if made is None:
            return Seen.DEFERRED
        with tools.tally.stage(Stage.ACCEPT):
            if isinstance(made, Page):
                new = await self._accept(claim, made)
            elif page.version:
                if not await tools.desk.reject(claim, made.page, made.fate, made.reason, made.detail):
                    return Seen.KNOWN
                tools.tally.rejected(made.reason)
                return Seen.REJECTED
            else:
                return Seen.KNOWN  # the version that stands is the better one
        if not new:
            return Seen.KNOWN  # an aggregator's link led to it, or another feed brought it this moment
        if not page.version:
            return Seen.REVISED
        return Seen.PAGE if made.body else Seen.FEED_TEXT

    async def _accept(self, claim: Claim, made: Page) -> int:
        if not made.version:
            # Of the article where the link led, and as late as can be: another feed may revise it too.
            (stands,) = await self._tools.desk.versions([made.article_id])
            made = replace(made, version=stands + 1)
        return await self._tools.desk.accept(claim, [made])

    def _count(self, page: Page, seen: Seen, taken: Taken) -> None:
        self._tools.tally.seen(seen)
        if seen is Seen.DEFERRED:
            taken.left.add(page.article_id)
            return
        self._words[page.article_id] = taken.words[page.article_id]
        _bound(self._words)
        if seen is Seen.REVISED:
            taken.revised += 1
        elif page.version and seen is not Seen.KNOWN:
            taken.novel += 1
            taken.refused += seen is Seen.REJECTED
            taken.undated += page.entry.published_at is None and page.entry.updated_at is None


def _bound(remembered: OrderedDict[str, Any]) -> None:
    if len(remembered) > _REMEMBERED:
        remembered.popitem(last=False)
