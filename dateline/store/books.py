"""The books: entries seen, the fates in which they ended, what is in flight, for each hour and each feed.

Owns how the counts are read and how long they are kept. They are written by the commits that acknowledge
and end articles (``books.lua``), and by nobody else; what is in flight is counted in the outbox, so that an
article which was lost shows as a balance that is not zero.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from dateline.model import Fate
from dateline.store.client import Client, Script, chunks, translated
from dateline.store.keys import Keys

_in_flight, _close = Script("in_flight"), Script("close_books")

ENTRIES = "entries"
HOUR_S = 3600

#: Hours are kept so long: 720 pages of at most nine counts.
HOURS_DAYS = 30

#: Articles without a fate that are told apart by hour or feed; of more, only the sum is checked.
LOOKED_AT = 20_000

_NAMES = [ENTRIES, *(one.value for one in Fate)]


class Account(Struct, frozen=True, kw_only=True):
    """One line of the books. ``in_flight`` is what the outbox holds of it; None: too many to tell apart."""

    seen: int
    fates: dict[str, int]
    in_flight: int | None

    @property
    def ended(self) -> int:
        return sum(self.fates.values())

    @property
    def balance(self) -> int:
        """Return seen - ended - in flight: 0, or an article was lost or counted twice."""
        return 0 if self.in_flight is None else self.seen - self.ended - self.in_flight


class Accounts(Struct, frozen=True, kw_only=True):
    """One reading of the books; the lines and ``rest`` add up to ``total``, which is the count of all fates."""

    lines: dict[str, Account]
    #: What stands on no line: older hours, feeds that have left the catalog, articles from before the books.
    rest: Account
    total: Account

    @property
    def balanced(self) -> bool:
        return not any(one.balance for one in (*self.lines.values(), self.rest, self.total))


class Books:
    """Every method raises StoreUnavailable when Redis is away."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def by_hour(self, *, looked_at: int = LOOKED_AT) -> Accounts:
        """Return the books by the hour in which articles were first accepted ("2026-03-12T09Z"), the latest first."""
        total, pages, _ = self._read((self._keys.fates, self._keys.books_hours), 0, looked_at)
        lines = {hour_name(int(hour)): one for hour, one in pages.items()}
        return _accounts(total, sorted(lines.items(), reverse=True))

    def by_feed(self, *, looked_at: int = LOOKED_AT) -> Accounts:
        """Return the books by the id of the feed that brought an article first, the largest first."""
        names = (self._keys.fates, self._keys.books_feeds, self._keys.books_rows)
        total, pages, rows = self._read(names, 1, looked_at)
        feeds = {number.decode(): feed.decode() for feed, number in rows[0].items() if feed}
        lines = {feeds[number]: one for number, one in pages.items() if number in feeds}
        return _accounts(total, sorted(lines.items(), key=lambda pair: (-pair[1].seen, pair[0])))

    def fold(self, now: datetime) -> int:
        """Take out hours older than ``HOURS_DAYS`` and feeds that have left the catalog; returns how many.

        Their counts stay in the totals; a feed that comes back begins anew.
        """
        oldest = int((now - timedelta(days=HOURS_DAYS)).timestamp()) // HOUR_S
        with translated():
            hours = {int(field.partition(b":")[0]) for field in self._client.hkeys(self._keys.books_hours)}
            feeds = set(self._client.hkeys(self._keys.books_rows)) - {b""}
            gone = feeds - set(self._client.hkeys(self._keys.feeds)) if feeds else set()
        closed = 0
        for some in chunks(sorted(one for one in hours if one < oldest)):
            closed += self._take_out(hours=[str(one) for one in some])
        for few in chunks(sorted(gone)):
            closed += self._take_out(feeds=[one.decode() for one in few])
        return closed

    def _take_out(self, hours: Sequence[str] = (), feeds: Sequence[str] = ()) -> int:
        names = {"hours": list(hours), "feeds": list(feeds), "names": _NAMES}
        closed: int = _close(self._client, self._keys.prefix, **names)
        return closed

    def _read(
        self, hashes: Sequence[str], part: int, most: int
    ) -> tuple[Account, dict[str, Account], list[dict[bytes, bytes]]]:
        """Return the total, the pages that stand, and the hashes behind, as they are at one instant.

        ``hashes``: the fates, the pages, and others; ``part``: where a page's name stands in an article's ``book``.
        """
        pipe = self._client.pipeline(transaction=True)
        for name in hashes:
            pipe.hgetall(name)
        _in_flight.queue(pipe, self._keys.prefix, most=most)
        with translated():
            fates, counts, *others, (in_flight, flat) = pipe.execute()
        flying = None if flat is None else _flying(flat, part)
        total = account({name.decode(): int(count) for name, count in fates.items()}, in_flight)
        pages = {
            page: account(told, None if flying is None else flying.get(page, 0))
            for page, told in _paged(counts).items()
            if ENTRIES in told
        }
        return total, pages, others


def account(told: Mapping[str, int], in_flight: int | None) -> Account:
    """Return the line that a count of entries and fates makes; fates that nothing ended in are left out."""
    fates = {name: count for name, count in told.items() if name != ENTRIES and count}
    return Account(seen=told.get(ENTRIES, 0), fates=fates, in_flight=in_flight)


def summed(lines: Sequence[Account]) -> Account:
    """Return the sum of lines; what is in flight is unknown if it is of one of them."""
    fates: dict[str, int] = {}
    for one in lines:
        for fate, count in one.fates.items():
            fates[fate] = fates.get(fate, 0) + count
    flying = [one.in_flight for one in lines]
    known = [count for count in flying if count is not None]
    return Account(
        seen=sum(one.seen for one in lines),
        fates=fates,
        in_flight=sum(known) if len(known) == len(flying) else None,
    )


def hour_name(hour: int) -> str:
    """Return how an hour since 1970 is written: 2026-03-12T09Z."""
    return f"{datetime.fromtimestamp(hour * HOUR_S, UTC):%Y-%m-%dT%HZ}"


def _accounts(total: Account, lines: Sequence[tuple[str, Account]]) -> Accounts:
    """Return the lines, and as the rest what of the total is on none."""
    told = summed([one for _, one in lines])
    names = {**total.fates, **told.fates}
    fates = {name: total.fates.get(name, 0) - told.fates.get(name, 0) for name in names}
    apart = total.in_flight is not None and told.in_flight is not None
    rest = account(
        fates | {ENTRIES: total.seen - told.seen},
        (total.in_flight or 0) - (told.in_flight or 0) if apart else None,
    )
    return Accounts(lines=dict(lines), rest=rest, total=total)


def _paged(counts: Mapping[bytes, bytes]) -> dict[str, dict[str, int]]:
    pages: dict[str, dict[str, int]] = {}
    for field, count in counts.items():
        page, _, name = field.decode().partition(":")
        pages.setdefault(page, {})[name] = int(count)
    return pages


def _flying(flat: Sequence[Any], part: int) -> dict[str, int]:
    """Return how many are in flight of each page; those of no page are left out."""
    found: dict[str, int] = {}
    for book, count in zip(flat[::2], flat[1::2], strict=True):
        parts = book.decode().split()
        if len(parts) > part:
            found[parts[part]] = found.get(parts[part], 0) + count
    return found
