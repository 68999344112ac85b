"""What a feed's items were at the last poll, beside what they are now.

Pure. Owns when an entry that is known counts as edited, and which rows the next poll is to find.
Refuses to fetch and to store: the rows are written with the poll's last commit, so that a crash
before it parses the same items again.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.feeds.memory import FIELD_BYTES, Row, digest
from dateline.model import Entry, Page, ParsedFeed
from dateline.store.feeds import guid_key
from services.poller import redirectors

BLANK = bytes(FIELD_BYTES)
"""Stands where a row has no hash (the body could not be split), or no guid (the item gave no entry)."""


MANY = 10
"""Entries of a feed that may well be edited between two polls."""


class Listing(Struct, frozen=True, kw_only=True):
    """An entry as a body lists it: its page before any text was had, and its row."""

    page: Page
    row: Row


class Recall:
    """What is remembered of a feed's items; the empty one knows nothing and calls nothing edited."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows = tuple(rows)
        self._by_hash = {row.hash: row for row in self.rows if row.hash != BLANK}
        #: Of items that need no parsing: they stand as they stood.
        self.hashes = frozenset(self._by_hash)
        self._said: dict[bytes, set[bytes]] = {}
        for row in self.rows:
            if row.guid != BLANK:
                self._said.setdefault(row.guid, set()).add(row.digest)

    def edited(self, row: Row) -> bool:
        """Return whether this guid was listed before, and never in these words."""
        said = self._said.get(row.guid)
        return said is not None and row.digest not in said

    def believes(self, edits: int) -> bool:
        """Return whether so many edits at once are the work of people.

        A feed in which most of what it listed before reads differently now has changed its template,
        or counts readers and minutes in its teasers.
        """
        return edits <= MANY or 2 * edits <= len(self._said)

    def known(self, item_hash: bytes) -> Row | None:
        return self._by_hash.get(item_hash)

    def under(self, rows: Sequence[Row]) -> "Recall":
        """Return what is remembered when ``rows`` came and nothing else is known to have gone."""
        hashes = {row.hash for row in rows} - {BLANK}
        guids = {row.guid for row in rows} - {BLANK}
        kept = (row for row in self.rows if row.hash not in hashes and row.guid not in guids)
        return Recall((*rows, *kept))

    def waiting(self, guid: bytes) -> tuple[Row, ...]:
        """Return the rows that make the next poll see the same edit again."""
        return tuple(Row(BLANK, guid, one) for one in sorted(self._said.get(guid, ())))


def row_of(item_hash: bytes, entry: Entry) -> Row:
    """Return the row of an item and its entry.

    Of an aggregator's entry the headline alone counts: its teaser lists what else was found, and
    that changes by the hour.
    """
    if entry.url and redirectors.is_redirector(entry.url):
        entry = replace(entry, summary="", html="")
    return Row(item_hash or BLANK, bytes.fromhex(guid_key(entry.guid)), digest(entry))


def rows_after(
    parsed: ParsedFeed,
    listings: Sequence[Listing],
    recalled: Recall,
    left: Collection[str] = (),
    *,
    cut: bool = False,
) -> tuple[Row, ...]:
    """Return the rows to remember of a body, in its order: ``listings`` are those of ``parsed.entries``.

    Entries in ``left`` (ids of articles left for the next poll) get none, so that they are parsed
    again. Of a body that was cut off, the last item may be half of one and gets none, and what was
    remembered of the rest stays.
    """
    rows: list[Row] = []
    for position, item in enumerate(parsed.items):
        if item.entry is None:
            rows += _unparsed(item.hash, recalled)
        elif cut and position == len(parsed.items) - 1:
            continue
        elif (listing := listings[item.entry]).page.article_id not in left:
            rows.append(listing.row)
        elif recalled.edited(listing.row):
            rows += recalled.waiting(listing.row.guid)
    return recalled.under(rows).rows if cut else tuple(rows)


def _unparsed(item_hash: bytes, recalled: Recall) -> tuple[Row, ...]:
    row = recalled.known(item_hash)
    if row is not None:
        return (row,)
    # An item that gave no entry gives none the next time either.
    return (Row(item_hash, BLANK, BLANK),) if item_hash else ()
