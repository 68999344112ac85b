"""The sitemaps that a sitemap index names.

Owns which of them a poll reads: what has changed since they were read, the newest first, a few a
poll. Refuses to crawl an archive: what stood in the index when it was first seen is old news, but
for the newest, and an index inside an index is not followed.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain
from urllib.parse import urlsplit

from msgspec import Struct

from dateline.errors import ChildLost, FetchFailed, Permanent
from dateline.feeds.memory import FIELD_BYTES, Row
from dateline.model import Child
from dateline.store.feeds import Claim
from services.poller import choice
from services.poller.harvest import Harvest, Reader
from services.poller.recall import BLANK, Recall
from services.poller.tools import Tools
from services.poller.visit import Visits

MAX_CHILDREN = 5
"""Sitemaps of an index read in one poll: a publisher's fresh articles stand in one or two."""

LOOKED_AT = 1_000
"""Sitemaps of an index that are remembered, the newest; an index may name 50,000."""


class Plan(Struct, frozen=True, kw_only=True):
    """What one poll does with the sitemaps of an index."""

    read: tuple[Child, ...]
    #: Of those that need no reading.
    rows: tuple[Row, ...]
    #: The index may be skipped while it says the same: nothing is left, and each sitemap has a date.
    settled: bool


def plan(children: Sequence[Child], recalled: Recall) -> Plan:
    """Return which of ``children`` (the newest first) to read; those without a date may always have changed."""
    looked = children[:LOOKED_AT]
    dated = [child for child in looked if child.changed_at is not None]
    changed = [child for child in dated if recalled.known(key(child)) is None]
    # What a news publisher calls its news, before the sections and archives beside it.
    undated = sorted(
        (child for child in looked if child.changed_at is None),
        key=lambda child: "news" not in urlsplit(child.url).path.lower(),
    )
    read = (*changed, *undated)[:MAX_CHILDREN]
    rest = changed[MAX_CHILDREN:]
    archive = rest if not recalled.rows else []
    known = [child for child in dated if recalled.known(key(child)) is not None]
    return Plan(
        read=read,
        rows=tuple(Row(key(child), BLANK, BLANK) for child in chain(known, archive)),
        settled=not undated and len(rest) == len(archive),
    )


class Children:
    """Reads the sitemaps of an index into the harvest of its poll."""

    def __init__(self, tools: Tools, visits: Visits, reader: Reader) -> None:
        self._tools, self._visits, self._reader = tools, visits, reader

    async def read(self, claim: Claim, children: Sequence[Child], harvest: Harvest) -> bool:
        """Read what has changed; return whether the index need not be looked at while it says the same.

        A sitemap that fails for now is asked again at the next poll.

        Raises:
            LeaseLost, StoreUnavailable: as ``Reader.read``.
        """
        planned = plan(children, harvest.recalled)
        rows, settled = list(planned.rows), planned.settled
        for child in planned.read:
            if self._tools.stopping():
                harvest.taken.left.add(child.url)
                continue
            row = await self._row(claim, child, harvest)
            if row is None:
                settled = False
            else:
                rows.append(row)
        entries = (row for row in harvest.recalled.rows if row.guid != BLANK)
        harvest.rows = (*rows, *entries)
        return settled

    async def _row(self, claim: Claim, child: Child, harvest: Harvest) -> Row | None:
        """Read one sitemap; return its row, or None when it must be read again."""
        row = Row(key(child), BLANK, BLANK)
        try:
            fetched = await self._visits.page(child.url)
            row = Row(row.hash, BLANK, _hash(fetched.body))
            if harvest.recalled.known(row.hash) == row:
                return row
            reading = await self._reader.read(claim, fetched, harvest)
        except (FetchFailed, Permanent, ChildLost) as error:
            self._tools.tally.rejected(error.reason)
            return None if isinstance(error, FetchFailed) and choice.passes(error) else row
        harvest.recalled = harvest.recalled.under(reading.rows)
        return None if reading.cut or reading.left else row


def key(child: Child) -> bytes:
    """Return the 8 bytes under which a sitemap of this date is remembered."""
    changed = child.changed_at.isoformat() if child.changed_at else ""
    return _hash(f"{child.url}\n{changed}".encode("utf-8", "surrogatepass"))


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=FIELD_BYTES).digest()
