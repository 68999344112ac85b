"""One poll of one feed: from a lease to the commit that gives it back.

Owns the order of steps, which is what makes a crash harmless: entries are acknowledged as their
text comes, and the feed's validators, with the memory of its items, move on last, and only when
nothing was left behind. A crash repeats a poll; it never loses an entry. Refuses to judge texts
(``choice``), to take up entries (``intake``) and to know sockets (``visit``).
"""

import logging
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b

from dateline.errors import (
    ChildLost,
    DatelineError,
    FetchFailed,
    LeaseLost,
    Permanent,
    Reason,
    StoreUnavailable,
)
from dateline.feeds import memory
from dateline.model import FeedState
from dateline.store import websub
from dateline.store.feeds import Claim, Finish
from services.poller import learning
from services.poller.children import Children
from services.poller.fetch import Fetched
from services.poller.harvest import Harvest, Reader
from services.poller.intake import PAGES_AT_ONCE, Intake
from services.poller.learning import Findings
from services.poller.recall import Recall
from services.poller.secrets import Secrets
from services.poller.tally import Polled
from services.poller.tools import Tools
from services.poller.visit import Visits

__all__ = ["PAGES_AT_ONCE", "FeedPoll", "Tools"]

log = logging.getLogger(__name__)


class FeedPoll:
    """Polls feeds, any number at once."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._secrets = Secrets(tools.settings.secrets_dir)
        self._visits = Visits(tools.fetcher, tools.hosts, tools.robots, tools.tally, tools.settings)
        self._reader = Reader(tools, Intake(tools, self._visits))
        self._children = Children(tools, self._visits, self._reader)

    async def run(self, claim: Claim) -> Polled:
        """Poll the feed of ``claim`` once and store what was learnt.

        Raises:
            LeaseLost: the feed is another poller's by now; what was acknowledged stays so.
            StoreUnavailable: Redis is away; the lease runs out and the poll is repeated.
        """
        harvest = Harvest()
        try:
            return await self._run(claim, harvest)
        except (LeaseLost, StoreUnavailable):
            raise
        except (FetchFailed, Permanent, ChildLost) as error:
            return await self._fail(claim, harvest, error)
        except Exception as error:
            # Left to its lease the feed would break us, and bother its host, every few seconds.
            log.exception("poll broke", extra={"feed": claim.feed.url})
            return await self._fail(claim, harvest, DatelineError(f"{type(error).__name__}: {error}"))

    async def _run(self, claim: Claim, harvest: Harvest) -> Polled:
        if claim.pushed and await self._read_pushed(claim, harvest) and not self._due(claim):
            await self._finish(claim, harvest, Findings())
            return Polled.PUSHED
        fetched = await self._fetch(claim)
        body_hash = blake2b(fetched.body, digest_size=16).hexdigest()
        if fetched.status == 304 or (claim.state and claim.state.body_hash == body_hash):
            await self._finish(claim, harvest, Findings(fetched=fetched, body_hash=body_hash))
            return Polled.UNCHANGED
        await self._finish(claim, harvest, await self._read(claim, fetched, body_hash, harvest))
        return Polled.CHANGED

    async def _fetch(self, claim: Claim) -> Fetched:
        tools = self._tools
        etag, last_modified = learning.validators(claim, tools.now(), tools.settings.full_fetch_s)
        headers = self._secrets.headers(claim.feed.secrets) if claim.feed.secrets else None
        return await self._visits.feed(claim, etag=etag, last_modified=last_modified, headers=headers)

    def _due(self, claim: Claim) -> bool:
        """Return whether the feed would be polled now without its hub, too."""
        return claim.state is None or claim.state.rhythm.next_poll_at <= self._tools.now()

    async def _recall(self, claim: Claim, harvest: Harvest) -> None:
        if harvest.rows is None:
            harvest.found = memory.decode(await self._tools.desk.items(claim))
            harvest.recalled = Recall(harvest.found)

    async def _read_pushed(self, claim: Claim, harvest: Harvest) -> bool:
        """Take up what a hub pushed; False when it was no feed: then it says only that there is news."""
        blobs = await self._tools.desk.pushed(claim)
        whole, done = bool(blobs), 0
        await self._recall(claim, harvest)
        for blob in blobs:
            try:
                reading = await self._reader.read(claim, _pushed(claim, blob), harvest)
            except (Permanent, ChildLost) as error:
                self._tools.tally.rejected(error.reason)
                whole, done = False, done + 1
                continue
            harvest.recalled = harvest.recalled.under(reading.rows)
            harvest.rows = harvest.recalled.rows
            if reading.left:
                break  # read again when its entries are had
            done += 1
        harvest.pushed = harvest.taken.novel
        if done:
            await self._tools.desk.drop_pushed(claim, done)
        return whole

    async def _read(self, claim: Claim, fetched: Fetched, body_hash: str, harvest: Harvest) -> Findings:
        """Take up the feed's own body, and the sitemaps that it names."""
        await self._recall(claim, harvest)
        reading = await self._reader.read(claim, fetched, harvest)
        harvest.rows = reading.rows
        parsed = reading.parsed
        if parsed.children:
            settled = await self._children.read(claim, parsed.children, harvest)
            if not settled:
                # As if the host gave no validators: the next poll looks at the index again.
                fetched, body_hash = replace(fetched, etag=None, last_modified=None), ""
        return Findings(fetched=fetched, body_hash=body_hash, parsed=parsed)

    async def _finish(self, claim: Claim, harvest: Harvest, found: Findings) -> None:
        if found.cut:
            self._tools.tally.rejected(Reason.TRUNCATED)
        found = harvest.told(found, interrupted=self._tools.stopping())
        state = learning.after_success(claim, found, self._tools.now(), self._tools.chance())
        await self._end(claim, harvest, state)

    async def _fail(self, claim: Claim, harvest: Harvest, error: DatelineError) -> Polled:
        log.info(
            "poll failed", extra={"feed": claim.feed.url, "reason": error.reason.value, "error": str(error)}
        )
        self._tools.tally.rejected(error.reason)
        pushed = harvest.told(Findings(), interrupted=False)
        state = learning.after_failure(claim, error, self._tools.now(), self._tools.chance(), pushed)
        await self._end(claim, harvest, state)
        return Polled.RETIRED if state.retired_at else Polled.FAILED

    async def _end(self, claim: Claim, harvest: Harvest, state: FeedState) -> None:
        moved = learning.moved(claim, state)
        if moved is not None:
            log.info("feed has moved", extra={"feed": claim.feed.url, "to": moved.url})
        # While the list stands as it stood, nothing in it can be forgotten for not being listed.
        changed = harvest.changed
        await self._tools.desk.finish(
            Finish(
                claim=claim,
                state=state,
                listed=harvest.listed if changed else (),
                items=memory.encode(harvest.rows or ()) if changed else None,
                feed=moved,
                turn=True,
            )
        )
        await self._tell(claim, harvest, state)

    async def _tell(self, claim: Claim, harvest: Harvest, state: FeedState) -> None:
        """Tell of the hub that the feed names, and of entries that it kept back; at the next poll again."""
        hubs = self._tools.websub
        if hubs is None:
            return
        with suppress(StoreUnavailable):
            if state.hub or (claim.state and claim.state.hub):
                await hubs.seen(claim.feed, None if state.retired_at else state.hub, state.topic)
            if claim.pushed_until and harvest.taken.novel > harvest.pushed:
                await hubs.missed(claim.feed)


def _pushed(claim: Claim, blob: bytes) -> Fetched:
    """Return a pushed body as if the feed's host had answered with it.

    Raises:
        BadRecord: it does not decode.
    """
    pushed = websub.decode(blob)
    return Fetched(
        status=200,
        url_final=claim.feed.url,
        headers={},
        body=pushed.body,
        content_type=pushed.content_type,
    )
