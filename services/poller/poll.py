"""One poll of one feed: from a lease to the commit that gives it back.

Owns the order of steps, which is what makes a crash harmless: entries are acknowledged one by one
as their text comes, and the feed's validators move on last, and only when nothing was left behind.
A crash repeats a poll; it never loses an entry. Refuses to judge texts (``choice``) and to know
sockets (``fetch``).
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from dateline.errors import (
    AddressRefused,
    BadPage,
    ChildLost,
    DatelineError,
    FetchFailed,
    LeaseLost,
    Permanent,
    Reason,
    StoreUnavailable,
)
from dateline.model import Page, ParsedFeed
from dateline.settings import Settings
from dateline.store.feeds import Claim, guid_key
from services.poller import choice
from services.poller.desk import Desk
from services.poller.fetch import ACCEPT_FEED, ACCEPT_PAGE, Fetched, Fetcher
from services.poller.hosts import HostRestsError, Hosts
from services.poller.learning import Findings, after_failure, after_success
from services.poller.parsing import Parser
from services.poller.robots import Robots, vet_reservation
from services.poller.tally import Polled, Seen, Stage, Tally

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 4
"""Pages of one feed fetched at once; they mostly live on one host, where turns make it one."""

MAX_NEW_ENTRIES = 200
"""Entries taken up in one poll, the oldest first; a first poll of a long feed takes several."""

DRAFTS_AT_ONCE = 100
"""Entries looked at before other polls get a turn: about 8 ms, where a feed may list 5,000."""

HICCUP_S = 3.0
"""Pause before a page that answered 500 is asked for once more."""

_REMEMBERED_TRIES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a poll works with. ``now`` is the clock (aware UTC), ``chance`` draws between 0 and 1."""

    desk: Desk
    fetcher: Fetcher
    hosts: Hosts
    robots: Robots
    parser: Parser
    tally: Tally
    settings: Settings
    now: Callable[[], datetime]
    chance: Callable[[], float]
    stopping: Callable[[], bool]


@dataclass(slots=True)
class _Taken:
    """What a poll has done with its unknown entries so far."""

    novel: int = 0
    deferred: int = 0


class FeedPoll:
    """Polls feeds. Remembers, for this process only, how often a page has failed."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._tries: OrderedDict[str, int] = OrderedDict()

    async def run(self, claim: Claim) -> Polled:
        """Poll the feed of ``claim`` once and store what was learnt.

        Raises:
            LeaseLost: the feed is another poller's by now; what was acknowledged stays so.
            StoreUnavailable: Redis is away; the lease runs out and the poll is repeated.
        """
        try:
            return await self._run(claim)
        except (LeaseLost, StoreUnavailable):
            raise
        except Exception as error:
            # Left to its lease the feed would break us, and bother its host, every few seconds.
            log.exception("poll broke", extra={"feed": claim.feed.url})
            await self._fail(claim, DatelineError(f"{type(error).__name__}: {error}"))
            return Polled.FAILED

    async def _run(self, claim: Claim) -> Polled:
        try:
            fetched = await self._fetch_feed(claim)
            body_hash = blake2b(fetched.body, digest_size=16).hexdigest()
            if fetched.status == 304 or (claim.state and claim.state.body_hash == body_hash):
                await self._finish(claim, Findings(fetched=fetched, body_hash=body_hash))
                return Polled.UNCHANGED
            with self._tools.tally.stage(Stage.PARSE_FEED):
                parsed = await self._tools.parser.parse(fetched.body, fetched.content_type, fetched.url_final)
        except (FetchFailed, Permanent, ChildLost) as error:
            await self._fail(claim, error)
            return Polled.FAILED
        pages = await self._drafts(claim, parsed)
        taken = await self._take(claim, pages)
        found = Findings(
            fetched=fetched,
            body_hash=body_hash,
            parsed=parsed,
            pages=tuple(pages),
            novel=taken.novel,
            deferred=taken.deferred,
            interrupted=self._tools.stopping(),
        )
        await self._finish(claim, found)
        return Polled.CHANGED

    async def _fetch_feed(self, claim: Claim) -> Fetched:
        tools, feed, state = self._tools, claim.feed, claim.state
        async with tools.hosts.turn(feed.url):
            with tools.tally.stage(Stage.FETCH_FEED):
                fetched = await tools.fetcher.fetch(
                    feed.url,
                    max_bytes=tools.settings.feed_max_bytes,
                    deadline_s=tools.settings.fetch_deadline_s,
                    accept=ACCEPT_FEED,
                    etag=state.etag if state else None,
                    last_modified=state.last_modified if state else None,
                )
        if fetched.moved_to:
            # The catalog is the user's: we follow the redirect at every poll, and say so.
            log.info("feed has moved", extra={"feed": feed.url, "to": fetched.moved_to})
        return fetched

    async def _drafts(self, claim: Claim, parsed: ParsedFeed) -> list[Page]:
        """Return the entries as pages without text, oldest first, each article once."""
        now = self._tools.now()
        by_guid: dict[str, Page] = {}
        # Feeds list the newest first; the first of two entries with one guid or address stands for both.
        for position, entry in enumerate(reversed(parsed.entries)):
            by_guid[entry.guid] = choice.draft(claim.feed, parsed, entry, now)
            if position % DRAFTS_AT_ONCE == 0:
                await asyncio.sleep(0)
        return list({page.article_id: page for page in by_guid.values()}.values())

    async def _take(self, claim: Claim, pages: Sequence[Page]) -> _Taken:
        """Take up the unknown entries, oldest first, a few at once."""
        tools = self._tools
        unknown = await tools.desk.unknown(
            claim, [(guid_key(page.entry.guid), page.article_id) for page in pages]
        )
        tools.tally.seen(Seen.KNOWN, len(pages) - len(unknown))
        waiting = [pages[position] for position in sorted(unknown)]
        taken = _Taken(deferred=max(0, len(waiting) - MAX_NEW_ENTRIES))
        queue = iter(waiting[:MAX_NEW_ENTRIES])
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(PAGES_AT_ONCE, len(waiting))):
                    group.create_task(self._work(claim, queue, taken))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors
        return taken

    async def _work(self, claim: Claim, queue: Iterator[Page], taken: _Taken) -> None:
        for page in queue:
            outcome = Seen.DEFERRED if self._tools.stopping() else await self._one(claim, page)
            self._tools.tally.seen(outcome)
            if outcome is Seen.DEFERRED:
                taken.deferred += 1
            else:
                taken.novel += 1

    async def _one(self, claim: Claim, page: Page) -> Seen:
        """Acknowledge one entry, or leave it for the next poll."""
        try:
            made = await self._choose(claim, page)
        except (LeaseLost, StoreUnavailable):
            raise
        except Exception as error:  # one entry's surprise must not take its feed along
            log.exception("entry failed", extra={"feed": claim.feed.url, "url": page.url})
            made = self._without(page, DatelineError(f"{type(error).__name__}: {error}"))
        if made is None:
            return Seen.DEFERRED
        tools = self._tools
        with tools.tally.stage(Stage.ACCEPT):
            if isinstance(made, choice.Refusal):
                await tools.desk.reject(claim, made.page, made.fate, made.reason, made.detail)
                tools.tally.rejected(made.reason)
                return Seen.REJECTED
            await tools.desk.accept(claim, [made])
        return Seen.PAGE if made.body else Seen.FEED_TEXT

    async def _choose(self, claim: Claim, page: Page) -> Page | choice.Refusal | None:
        if not choice.wants_page(page, claim.feed.text):
            return self._without(page, None)
        try:
            fetched = await self._fetch_twice(page.url)
            vet_reservation(fetched.headers)
            made = choice.with_page(page, fetched)
        except (FetchFailed, AddressRefused, BadPage) as error:
            self._tools.tally.fetched(error.reason)
            return self._without(page, error)
        self._tools.tally.fetched(None)
        self._tries.pop(page.article_id, None)
        return made

    def _without(self, page: Page, error: DatelineError | None) -> Page | choice.Refusal | None:
        # What was not asked, because its host rests, was not tried.
        tries = self._tries.pop(page.article_id, 0) + (not isinstance(error, HostRestsError))
        made = choice.without_page(page, error, tries)
        if made is None:
            self._tries[page.article_id] = tries
            if len(self._tries) > _REMEMBERED_TRIES:
                self._tries.popitem(last=False)
        return made

    async def _fetch_twice(self, url: str) -> Fetched:
        try:
            return await self._fetch_page(url)
        except FetchFailed as error:
            if not choice.is_hiccup(error):
                raise
            self._tools.tally.fetched(error.reason)
        await asyncio.sleep(HICCUP_S)
        return await self._fetch_page(url)

    async def _fetch_page(self, url: str) -> Fetched:
        tools = self._tools
        await tools.robots.vet(url)
        async with tools.hosts.turn(url):
            with tools.tally.stage(Stage.FETCH_PAGE):
                try:
                    return await tools.fetcher.fetch(
                        url,
                        max_bytes=tools.settings.page_max_bytes,
                        deadline_s=tools.settings.fetch_deadline_s,
                        accept=ACCEPT_PAGE,
                    )
                except FetchFailed as error:
                    if error.retry_after_s:
                        tools.hosts.rest(url, error.retry_after_s)
                    raise

    async def _finish(self, claim: Claim, found: Findings) -> None:
        if found.cut:
            self._tools.tally.rejected(Reason.TRUNCATED)
        state = after_success(claim, found, self._tools.now(), self._tools.chance())
        await self._tools.desk.finish(claim, state, [guid_key(page.entry.guid) for page in found.pages])

    async def _fail(self, claim: Claim, error: DatelineError) -> None:
        log.info(
            "poll failed", extra={"feed": claim.feed.url, "reason": error.reason.value, "error": str(error)}
        )
        self._tools.tally.rejected(error.reason)
        state = after_failure(claim, error, self._tools.now(), self._tools.chance())
        await self._tools.desk.finish(claim, state, [])
