"""One body of a feed, from bytes to entries taken up.

Owns the sums of a poll over all the bodies that it reads: the feed's own, those that a hub pushed,
those that a sitemap index names. Refuses to fetch, and to say what the poll teaches (``learning``).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import structs

from dateline.feeds.memory import Row
from dateline.model import FeedItem, Page, ParsedFeed
from dateline.store.feeds import Claim
from services.poller import choice
from services.poller.fetch import Fetched
from services.poller.intake import Intake, Taken
from services.poller.learning import Findings
from services.poller.recall import BLANK, Listing, Recall, row_of, rows_after
from services.poller.tally import Seen, Stage
from services.poller.tools import Tools

DRAFTS_AT_ONCE = 100
"""Entries looked at before other polls get a turn: about 8 ms, where a feed may list 5,000."""


@dataclass(slots=True)
class Harvest:
    """What one poll has brought so far."""

    recalled: Recall = field(default_factory=Recall)
    taken: Taken = field(default_factory=Taken)
    #: Every entry that was parsed, as drafted.
    pages: list[Page] = field(default_factory=list)
    #: Items of all bodies, known ones included.
    items: list[FeedItem] = field(default_factory=list)
    #: Of the novel entries, those that a hub had pushed.
    pushed: int = 0
    #: What the next poll is to remember; None while nothing was read.
    rows: tuple[Row, ...] | None = None
    #: What the last poll left to be remembered.
    found: tuple[Row, ...] = ()

    @property
    def changed(self) -> bool:
        """The list of items is another one than at the last poll."""
        return self.rows is not None and self.rows != self.found

    @property
    def listed(self) -> tuple[str, ...]:
        """Keys of the guids that are listed still."""
        guids = dict.fromkeys(row.guid for row in self.rows or () if row.guid != BLANK)
        return tuple(guid.hex() for guid in guids)

    def told(self, found: Findings, *, interrupted: bool) -> Findings:
        """Return the findings with the sums of the poll."""
        taken, parsed = self.taken, found.parsed
        return structs.replace(
            found,
            # Of an index the entries are those of its sitemaps.
            parsed=structs.replace(parsed, items=tuple(self.items)) if parsed and parsed.children else parsed,
            pages=tuple(self.pages),
            novel=taken.novel,
            pushed=self.pushed,
            revised=taken.revised,
            refused=taken.refused,
            undated=taken.undated,
            deferred=len(taken.left),
            interrupted=interrupted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one body said, and the rows to remember of it."""

    parsed: ParsedFeed
    rows: tuple[Row, ...]
    cut: bool
    #: Entries of this body left for the next poll.
    left: int


class Reader:
    """Reads bodies into harvests."""

    def __init__(self, tools: Tools, intake: Intake) -> None:
        self._tools, self._intake = tools, intake

    async def read(self, claim: Claim, fetched: Fetched, harvest: Harvest) -> Reading:
        """Parse what is not known of the body, and take up what is new or edited.

        Raises:
            BadFeed: it is no feed that can be read.
            ChildLost: the parser's child died on it.
            LeaseLost, StoreUnavailable: as ``Intake.take``.
        """
        tools = self._tools
        with tools.tally.stage(Stage.PARSE_FEED):
            parsed = await tools.parser.parse(
                fetched.body, fetched.content_type, fetched.url_final, harvest.recalled.hashes
            )
        known = (harvest.recalled.known(item.hash) for item in parsed.items if item.entry is None)
        tools.tally.seen(Seen.KNOWN, sum(row is not None and row.guid != BLANK for row in known))
        listings = await self._listings(claim, parsed)
        before = len(harvest.taken.left)
        await self._intake.take(claim, _each_once(listings), harvest.recalled, harvest.taken)
        harvest.pages += (listing.page for listing in listings)
        harvest.items += parsed.items
        cut = Findings(fetched=fetched, body_hash="", parsed=parsed).cut
        rows = rows_after(parsed, listings, harvest.recalled, harvest.taken.left, cut=cut)
        return Reading(parsed=parsed, rows=rows, cut=cut, left=len(harvest.taken.left) - before)

    async def _listings(self, claim: Claim, parsed: ParsedFeed) -> list[Listing]:
        """Return the parsed entries, in the feed's order, as pages without text."""
        now = self._tools.now()
        hashes = {item.entry: item.hash for item in parsed.items if item.entry is not None}
        listings = []
        for position, entry in enumerate(parsed.entries):
            page = choice.draft(claim.feed, parsed, entry, now)
            listings.append(Listing(page=page, row=row_of(hashes.get(position, b""), page.entry)))
            if position % DRAFTS_AT_ONCE == 0:
                await asyncio.sleep(0)
        return listings


def _each_once(listings: Sequence[Listing]) -> list[Listing]:
    """Return them oldest first, each guid and each article once.

    Feeds list the newest first; the first of two entries with one guid or address stands for both.
    """
    by_guid = {listing.row.guid: listing for listing in reversed(listings)}
    return list({listing.page.article_id: listing for listing in by_guid.values()}.values())
