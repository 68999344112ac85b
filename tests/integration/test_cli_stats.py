"""`dateline stats` as a person and a monitor run it."""

import subprocess
from datetime import datetime, timedelta

import pytest
from command import dateline, lines
from make import feed, page

from dateline.cli.session import now as real_now
from dateline.errors import Reason
from dateline.feeds.cadence import first_rhythm
from dateline.model import Fate, FeedState
from dateline.store.books import HOUR_S, hour_name
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish

pytestmark = pytest.mark.integration


def accept(store: Store, *numbers: int, by: int, now: datetime) -> None:
    """Accept some articles, and reject those with a number above 100."""
    store.catalog.put([feed(by)], now)
    store.client.delete(store.keys.feed_leases, store.keys.feeds_due)
    store.client.zadd(store.keys.feeds_due, {f"feed{by}": now.timestamp()})
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    store.feeds.accept(claim, [page(one, accepted_at=now) for one in numbers if one <= 100], now)
    for one in numbers:
        if one > 100:
            store.feeds.reject(claim, page(one, body=b""), Fate.REJECTED, Reason.NO_LINK_NO_TEXT, now)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)


def stats(store: Store, *words: str) -> subprocess.CompletedProcess[str]:
    return dateline("stats", *words, DATELINE_REDIS_URL=store.url)


def name_of(moment: datetime) -> str:
    return hour_name(int(moment.timestamp()) // HOUR_S)


def cells(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_the_hours_are_a_table_that_adds_up(store: Store) -> None:
    """Hours since then, what is earlier in one line, the total; fates that nothing ended in have no column."""
    now = real_now()
    accept(store, 1, 2, 101, by=1, now=now - timedelta(hours=30))
    accept(store, 3, 102, by=1, now=now - timedelta(hours=2))
    done = stats(store)
    assert done.returncode == 0, done.stderr
    assert cells(done.stdout) == [
        ["seen", "rejected", "in", "flight", "balance"],
        ["earlier", "3", "1", "2", "0"],
        [name_of(now - timedelta(hours=2)), "2", "1", "1", "0"],
        ["total", "5", "2", "3", "0"],
    ]
    assert len(stats(store, "--since", "2d").stdout.splitlines()) == 5


def test_the_feeds_are_told_by_their_address(store: Store) -> None:
    """The largest first; who left the catalog is one of the others; JSON has every fate."""
    now = real_now()
    accept(store, 1, by=1, now=now)
    accept(store, 2, 3, 101, by=2, now=now)
    accept(store, 4, by=3, now=now)
    store.catalog.remove("feed3")
    store.books.fold(now)
    done = stats(store, "--by", "feed", "--json")
    assert done.returncode == 0, done.stderr
    rows = lines(done.stdout)
    assert [(row["line"], row["seen"]) for row in rows] == [
        ("http://feeds.test/2.xml", 3),
        ("http://feeds.test/1.xml", 1),
        ("others", 1),
        ("total", 5),
    ]
    assert list(rows[0]["fates"]) == list(Fate)
    assert all(row["seen"] == sum(row["fates"].values()) + row["in_flight"] for row in rows)
    assert stats(store, "--by", "feed", "--since", "1h").returncode == 2


def test_many_feeds_are_summed(store: Store) -> None:
    """A table has forty feeds, and those that do not balance."""
    for number in range(1, 46):
        accept(store, number, by=number, now=real_now())
    store.client.hincrby(store.keys.books_feeds, "9:rejected", 1)
    done = stats(store, "--by", "feed")
    assert done.returncode == 1
    table = cells(done.stdout)
    shown = {row[0]: row[-1] for row in table[1:]}
    assert len(shown) == 40 + 1 + 1 + 1 + 1
    assert (shown["http://feeds.test/9.xml"], shown["4"], shown["others"]) == ("-1", "0", "1")
    assert "do not balance" in done.stderr


def test_the_fates_are_told_since_then_and_in_all(store: Store) -> None:
    """One line for each fate, and the three that must add up."""
    now = real_now()
    accept(store, 1, 2, 101, by=1, now=now - timedelta(hours=30))
    accept(store, 3, 102, by=1, now=now)
    rows = {row[0]: row[-2:] for row in cells(stats(store, "--by", "fate").stdout)[1:]}
    assert list(rows) == [*Fate, "in", "seen", "balance"]
    assert (rows["rejected"], rows["in"], rows["seen"], rows["balance"]) == (
        ["1", "2"],
        ["1", "3"],
        ["2", "5"],
        ["0", "0"],
    )


def test_an_empty_wire_balances(store: Store) -> None:
    """There is a total of nothing."""
    done = stats(store)
    assert (done.returncode, cells(done.stdout)[-1]) == (0, ["total", "0", "0", "0"])


def test_an_article_that_is_lost_is_told(store: Store) -> None:
    """Exit code 1, the line that does not balance; `doctor` fails, too."""
    now = real_now()
    accept(store, 1, 2, by=1, now=now)
    store.client.zrem(store.keys.outbox, f"{1:016x}")
    done = stats(store)
    assert done.returncode == 1
    assert cells(done.stdout)[-2] == [name_of(now), "2", "1", "1"]
    told = lines(dateline("doctor", "--json", DATELINE_REDIS_URL=store.url).stdout)
    (account,) = [row for row in told if row["check"] == "accounts"]
    assert not account["ok"]
    assert "dateline stats" in account["detail"]
