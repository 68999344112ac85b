"""`stats`: entries seen, what became of them, and whether that adds up."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli import session
from dateline.model import Fate

if TYPE_CHECKING:
    from dateline.store.books import Account, Accounts
    from dateline.store.door import Store

#: Feeds that are shown one by one; those whose account does not balance are shown always.
_FEEDS = 40

_SINCE = "24h"

#: A line's name and its account.
Line = tuple[str, "Account"]


class By(StrEnum):
    HOUR = "hour"
    FEED = "feed"
    FATE = "fate"


def stats(
    since: Annotated[
        str, typer.Option(help="Of hours and fates: start so long ago (15m, 24h, 7d), or an ISO date.  [24h]")
    ] = "",
    by: Annotated[By, typer.Option(help="Line by line: hour of acceptance, feed, or fate.")] = By.HOUR,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False,
) -> None:
    """Show the books: seen = fates + in flight. Exit code 1 when a balance is not 0.

    Example: dateline stats --since 7d --by fate
    """
    if since and by is By.FEED:
        raise typer.BadParameter("feeds are counted since they are in the catalog; leave --since away")
    with session.opened() as store:
        accounts = store.books.by_feed() if by is By.FEED else store.books.by_hour()
        names = _urls(store) if by is By.FEED else {}
    if by is By.FEED:
        lines = list(_feeds(accounts, names, shorten=not as_json))
    else:
        lines = list(_hours(accounts, session.ago(since or _SINCE)))
    told = _fates(lines, since or _SINCE) if by is By.FATE else _table(lines)
    for text in _as_json(lines) if as_json else told:
        typer.echo(text)
    if not accounts.balanced:
        typer.echo("the books do not balance: an article was lost or counted twice", err=True)
        raise typer.Exit(1)


def _urls(store: "Store") -> dict[str, str]:
    return {row.feed.id: row.feed.url for row in store.catalog.rows()}


def _hours(accounts: "Accounts", start: datetime) -> Iterator[Line]:
    """Yield what is earlier in one line, then each hour from the one that ``start`` is in, then all."""
    from dateline.store.books import HOUR_S, hour_name, summed

    first = hour_name(int(start.timestamp()) // HOUR_S)
    shown = [pair for pair in reversed(accounts.lines.items()) if pair[0] >= first]
    older = [one for hour, one in accounts.lines.items() if hour < first]
    yield "earlier", summed([*older, accounts.rest])
    yield from shown
    yield "total", accounts.total


def _feeds(accounts: "Accounts", urls: Mapping[str, str], *, shorten: bool) -> Iterator[Line]:
    """Yield the largest feeds, the sum of the others in the catalog, what is no feed's of it, and all."""
    from dateline.store.books import summed

    more = []
    for number, (feed, one) in enumerate(accounts.lines.items()):
        if shorten and number >= _FEEDS and not one.balance:
            more.append(one)
        else:
            yield urls.get(feed, feed), one
    if more:
        yield f"{len(more)} more feeds", summed(more)
    yield "others", accounts.rest
    yield "total", accounts.total


def _as_json(lines: list[Line]) -> Iterator[str]:
    for name, one in lines:
        row = {
            "line": name,
            "seen": one.seen,
            "fates": {fate: one.fates.get(fate, 0) for fate in Fate},
            "in_flight": one.in_flight,
            "balance": one.balance,
        }
        yield msgspec.json.encode(row).decode()


def _table(lines: list[Line]) -> Iterator[str]:
    fates = [fate.value for fate in Fate if any(one.fates.get(fate) for _, one in lines)]
    heads = ["seen", *fates, "in flight", "balance"]
    rows = [
        (name, [str(one.seen), *(str(one.fates.get(fate, 0)) for fate in fates), *_ends(one)])
        for name, one in lines
    ]
    yield from _aligned(heads, rows)


def _fates(lines: list[Line], since: str) -> Iterator[str]:
    """Yield a line for each fate: how many since then, and in all."""
    from dateline.store.books import summed

    chosen, total = summed([one for _, one in lines[1:-1]]), lines[-1][1]
    rows = [(fate.value, [str(one.fates.get(fate, 0)) for one in (chosen, total)]) for fate in Fate]
    rows.append(("in flight", [_ends(one)[0] for one in (chosen, total)]))
    rows.append(("seen", [str(one.seen) for one in (chosen, total)]))
    rows.append(("balance", [_ends(one)[1] for one in (chosen, total)]))
    yield from _aligned([f"since {since}", "in all"], rows)


def _ends(one: "Account") -> tuple[str, str]:
    return ("?" if one.in_flight is None else str(one.in_flight)), str(one.balance)


def _aligned(heads: list[str], rows: list[tuple[str, list[str]]]) -> Iterator[str]:
    wide = max(len(name) for name, _ in rows)
    widths = [max(len(head), *(len(cells[at]) for _, cells in rows)) for at, head in enumerate(heads)]
    for name, cells in (("", heads), *rows):
        told = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"{name.ljust(wide)}  {told}"


COMMANDS = (stats,)
