"""The books: entries seen, the fates in which they ended, what is in flight, for each hour and each feed.

Owns how the counts are read and how long they are kept. They are written by the commits that acknowledge
and end articles (``books.lua``), and by nobody else; what is in flight is counted in the outbox, so that an
article which was lost shows as a balance that is not zero.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from dateline.model import Fate
from dateline.store.client import Client, Script, chunks, translated
from dateline.store.keys import Keys

_accounts, _close = Script("accounts"), Script("close_books")

ENTRIES = "entries"
HOUR_S = 3600

#: Hours are kept so long: 720 pages of at most nine counts.
HOURS_DAYS = 30

#: Articles without a fate that are told apart by hour or feed; of more, only the sum is checked.
LOOKED_AT = 50_000

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
        accounts = self._read("hours", looked_at, lambda hour, _: hour_name(int(hour)))
        return _sorted(accounts, lambda name, _: name)

    def by_feed(self, *, looked_at: int = LOOKED_AT) -> Accounts:
        """Return the books by the id of the feed that brought an article first, the largest first."""
        accounts = self._read("feeds", looked_at, lambda number, names: names.get(number, ""))
        return _sorted(accounts, lambda name, one: (one.seen, name))

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

    def _read(self, pages: str, looked_at: int, named: Callable[[str, Mapping[str, str]], str]) -> Accounts:
        answer = _accounts(self._client, self._keys.prefix, pages=pages, most=looked_at)
        fates, counts, names = (_pairs(one) for one in answer[:3])
        flying = (
            None if answer[4] is None else {page: int(count) for page, count in _pairs(answer[4]).items()}
        )
        total = account({name: int(count) for name, count in fates.items()}, answer[3])
        feeds = {number: feed for feed, number in names.items() if feed}
        lines = {}
        for page, told in _paged(counts).items():
            name = named(page, feeds)
            if ENTRIES in told and name:
                lines[name] = account(told, None if flying is None else flying.get(page, 0))
        return Accounts(lines=lines, rest=_rest(total, lines, apart=flying is not None), total=total)


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


def _rest(total: Account, lines: Mapping[str, Account], *, apart: bool) -> Account:
    told = summed(list(lines.values()))
    names = {**total.fates, **told.fates}
    fates = {name: total.fates.get(name, 0) - told.fates.get(name, 0) for name in names}
    flying = (total.in_flight or 0) - (told.in_flight or 0) if apart else None
    return account(fates | {ENTRIES: total.seen - told.seen}, flying)


def _paged(counts: Mapping[str, str]) -> dict[str, dict[str, int]]:
    pages: dict[str, dict[str, int]] = {}
    for field, count in counts.items():
        page, _, name = field.partition(":")
        pages.setdefault(page, {})[name] = int(count)
    return pages


def _sorted(accounts: Accounts, by: Callable[[str, Account], Any]) -> Accounts:
    lines = sorted(accounts.lines.items(), key=lambda pair: by(*pair), reverse=True)
    return Accounts(lines=dict(lines), rest=accounts.rest, total=accounts.total)


def _pairs(flat: Sequence[Any]) -> dict[str, str]:
    """RESP2 and RESP3 give what a script returns as a flat list."""
    texts = [one.decode() if isinstance(one, bytes) else str(one) for one in flat]
    return dict(zip(texts[::2], texts[1::2], strict=True))
