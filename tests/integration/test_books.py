"""The books per hour and per feed, on a real Redis: whatever is done, every line balances and all add up."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import NOW, feed, fingerprint, page

from dateline.errors import Reason
from dateline.feeds.cadence import first_rhythm
from dateline.model import Fate, FeedState
from dateline.settlement import LookUp, Settlement
from dateline.store.books import HOURS_DAYS, Account, Accounts, hour_name
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Claim, Finish
from dateline.store.ledger import Outcome

pytestmark = pytest.mark.integration

HOUR = timedelta(hours=1)


def claim_of(store: Store, number: int, now: datetime) -> Claim:
    """A lease on the feed, and on no other."""
    store.catalog.put([feed(number)], now)
    store.client.delete(store.keys.feed_leases, store.keys.feeds_due)
    store.client.zadd(store.keys.feeds_due, {f"feed{number}": now.timestamp()})
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    return claim


def accept(store: Store, *numbers: int, by: int = 1, now: datetime = NOW, version: int = 1) -> int:
    claim = claim_of(store, by, now)
    pages = [page(one, feed_id=f"feed{by}", accepted_at=now, version=version) for one in numbers]
    new = store.feeds.accept(claim, pages, now)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)
    return new


def settle(store: Store, number: int, fate: Fate = Fate.IRRELEVANT, now: datetime = NOW) -> Outcome:
    end = Settlement(article_id=f"{number:016x}", fate=fate, reason="told so", version=0)
    return store.ledger.settle(end, fingerprint(number), LookUp(), now).outcome


def quarantine(store: Store, number: int, now: datetime = NOW) -> bool:
    return store.outbox.quarantine(f"{number:016x}", Reason.INTERNAL, "", now)


def release(store: Store, number: int, *, retry: bool, now: datetime = NOW) -> bool:
    return store.outbox.release(f"{number:016x}", now, retry=retry)


def checked(store: Store) -> tuple[Accounts, Accounts]:
    """The books by hour and by feed, after the checks that hold at every step."""
    books = store.books.by_hour(), store.books.by_feed()
    fates = store.incidents.fates()
    entries = fates.pop("entries", 0)
    for one in books:
        assert one.balanced
        lines = (*one.lines.values(), one.rest)
        assert one.total.seen == sum(line.seen for line in lines) == entries
        assert one.total.fates == {fate: count for fate, count in fates.items() if count}
        for fate in fates:
            assert sum(line.fates.get(fate, 0) for line in lines) == fates[fate]
        assert (
            one.total.in_flight == sum(line.in_flight or 0 for line in lines) == store.outbox.depths().outbox
        )
        assert all(
            count >= 0 for line in lines for count in (line.seen, line.in_flight, *line.fates.values())
        )
    return books


def line(seen: int, in_flight: int = 0, **fates: int) -> Account:
    return Account(seen=seen, in_flight=in_flight, fates=fates)


def test_an_article_stands_in_the_hour_and_at_the_feed_that_brought_it(store: Store) -> None:
    """Settled hours later, listed by another feed meanwhile: it counts where it came in."""
    accept(store, 1, 2)
    accept(store, 2, 3, by=2, now=NOW + HOUR)
    settle(store, 1, now=NOW + 3 * HOUR)
    settle(store, 2, Fate.REPRINT, now=NOW + 3 * HOUR)
    hours, feeds = checked(store)
    assert hours.lines == {"2026-03-12T10Z": line(1, 1), "2026-03-12T09Z": line(2, irrelevant=1, reprint=1)}
    assert feeds.lines == {"feed1": line(2, irrelevant=1, reprint=1), "feed2": line(1, 1)}


def test_every_step_of_an_article_balances(store: Store) -> None:
    """Accepted, accepted again, set aside, released, revised, settled, settled again, dropped."""
    steps: list[Callable[[], object]] = [
        lambda: accept(store, 1, 2, 3),
        lambda: accept(store, 1, 2, 3),
        lambda: quarantine(store, 1),
        lambda: quarantine(store, 1),
        lambda: release(store, 1, retry=True),
        lambda: release(store, 1, retry=True),
        lambda: settle(store, 1),
        lambda: settle(store, 1, Fate.INCIDENT),
        lambda: accept(store, 1, version=2, now=NOW + HOUR),
        lambda: accept(store, 1, version=2, now=NOW + HOUR),
        lambda: settle(store, 1, Fate.DUPLICATE),
        lambda: quarantine(store, 2),
        lambda: release(store, 2, retry=False),
        lambda: release(store, 2, retry=False),
        lambda: quarantine(store, 3),
        lambda: accept(store, 3, version=2, by=2, now=NOW + HOUR),
    ]
    for step in steps:
        step()
        checked(store)
    hours, feeds = checked(store)
    assert hours.lines == {"2026-03-12T09Z": line(3, 1, duplicate=1, rejected=1)}
    assert feeds.lines == {"feed1": line(3, 1, duplicate=1, rejected=1)}


def test_what_ends_at_the_poller_is_in_the_books(store: Store) -> None:
    """An entry that is refused at once, and one of its revisions that is not."""
    claim = claim_of(store, 1, NOW)
    store.feeds.reject(claim, page(1, body=b""), Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
    store.feeds.reject(claim, page(1, body=b""), Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
    assert checked(store)[0].lines == {"2026-03-12T09Z": line(1, rejected=1)}
    assert store.feeds.accept(claim, [page(1, version=2)], NOW + HOUR) == 1
    assert checked(store)[0].lines == {"2026-03-12T09Z": line(1, 1)}


def test_an_article_that_is_lost_shows(store: Store) -> None:
    """The outbox is counted, not the books: where one is gone from it without a fate, its line says so."""
    accept(store, 1, 2)
    store.client.zrem(store.keys.outbox, f"{2:016x}")
    hours, feeds = store.books.by_hour(), store.books.by_feed()
    assert not hours.balanced
    assert (hours.lines["2026-03-12T09Z"].balance, feeds.lines["feed1"].balance) == (1, 1)
    assert hours.total.balance == feeds.total.balance == 1


def test_a_store_without_books_starts_them_at_what_stands(store: Store) -> None:
    """What was accepted before, ended or in flight, is the rest, whatever becomes of it; nothing is to be done."""
    accept(store, *range(1, 7))
    settle(store, 1)
    quarantine(store, 2)
    quarantine(store, 3)
    for name in (store.keys.books_hours, store.keys.books_feeds, store.keys.books_rows):
        store.client.delete(name)
    for number in range(1, 7):
        store.client.hdel(store.keys.article(f"{number:016x}"), "book")
    assert checked(store)[0].rest == line(6, 3, irrelevant=1, quarantined=2)
    accept(store, 7, now=NOW + HOUR)
    settle(store, 4)
    release(store, 2, retry=True)
    release(store, 3, retry=False)
    accept(store, 1, version=2)
    hours, feeds = checked(store)
    assert hours.rest == feeds.rest == line(6, 4, irrelevant=1, rejected=1)
    assert hours.lines == {"2026-03-12T10Z": line(1, 1)}
    assert feeds.lines == {"feed1": line(1, 1)}


def test_an_older_version_beside_balances(store: Store) -> None:
    """A poller that knows no books yet accepts what workers that know them settle: it is part of the rest."""
    accept(store, 1)
    article = f"{2:016x}"
    store.client.hset(store.keys.article(article), mapping={"feeds": "feed1", "version": 1})
    store.client.hincrby(store.keys.fates, "entries", 1)
    store.client.zadd(store.keys.outbox, {article: NOW.timestamp()})
    assert checked(store)[0].rest == line(1, 1)
    settle(store, 2)
    assert checked(store)[0].rest == line(1, irrelevant=1)


def test_old_hours_are_summed(store: Store) -> None:
    """After 30 days an hour is part of the rest; what still ends or is taken back then counts there."""
    accept(store, 1, 2, 3, 4)
    settle(store, 1)
    quarantine(store, 2)
    later = NOW + timedelta(days=HOURS_DAYS, hours=1)
    accept(store, 5, now=later)
    assert store.books.fold(NOW + timedelta(days=HOURS_DAYS)) == 0
    assert store.books.fold(later) == 1
    assert store.books.fold(later) == 0
    hours, _ = checked(store)
    assert hours.rest == line(4, 2, irrelevant=1, quarantined=1)
    assert list(hours.lines) == [hour_name(int(later.timestamp()) // 3600)]
    settle(store, 3, Fate.INCIDENT)
    release(store, 2, retry=True)
    accept(store, 1, version=2, now=later)
    hours, _ = checked(store)
    assert hours.rest == line(4, 3, incident=1)
    assert store.client.hlen(store.keys.books_hours) == 1


def test_a_feed_that_left_is_summed_and_begins_anew(store: Store) -> None:
    """Its articles count in the rest, also those that end after it came back."""
    accept(store, 1, 2)
    accept(store, 3, by=2)
    store.catalog.remove("feed1")
    checked(store)
    assert store.books.fold(NOW) == 1
    assert checked(store)[1].lines == {"feed2": line(1, 1)}
    accept(store, 4, by=1)
    settle(store, 1)
    settle(store, 4)
    _, feeds = checked(store)
    assert feeds.lines == {"feed1": line(1, irrelevant=1), "feed2": line(1, 1)}
    assert feeds.rest == line(2, 1, irrelevant=1)
    assert store.books.fold(NOW) == 0


def test_feeds_beyond_the_bound_are_summed(store: Store) -> None:
    """No more than 20,000 feeds have a line; the others' articles are in the rest."""
    store.client.hset(store.keys.books_rows, mapping={str(number): number for number in range(20_000)})
    store.client.hset(store.keys.books_rows, "", 20_000)
    accept(store, 1, 2)
    settle(store, 1)
    hours, feeds = checked(store)
    assert feeds.lines == {}
    assert feeds.rest == line(2, 1, irrelevant=1)
    assert hours.lines["2026-03-12T09Z"] == line(2, 1, irrelevant=1)


def test_many_in_flight_are_not_told_apart(store: Store) -> None:
    """Beyond a bound the lines say nothing of what is in flight; the sum is still checked."""
    accept(store, *range(1, 12))
    hours = store.books.by_hour(looked_at=10)
    assert hours.lines["2026-03-12T09Z"] == Account(seen=11, fates={}, in_flight=None)
    assert hours.balanced
    store.client.zrem(store.keys.outbox, f"{2:016x}")
    assert store.books.by_hour(looked_at=9).total.balance == 1


def test_a_damaged_book_stops_the_commit_before_any_write(store: Store) -> None:
    """A wrong type never leaves half an acknowledgement or half a settlement behind."""
    accept(store, 1)
    store.client.delete(store.keys.books_hours)
    store.client.set(store.keys.books_hours, "damaged")
    before = store.incidents.fates(), store.outbox.depths()
    claim = claim_of(store, 1, NOW)
    for act in (lambda: settle(store, 1), lambda: store.feeds.accept(claim, [page(2)], NOW)):
        with pytest.raises(Exception, match="WRONGTYPE"):
            act()
        assert (store.incidents.fates(), store.outbox.depths()) == before


ACTS = st.tuples(
    st.sampled_from(["accept", "revise", "settle", "quarantine", "retry", "drop", "fold", "leave"]),
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(0, 40),
    st.sampled_from(list(Fate)),
)


def act_on(store: Store, versions: dict[int, int], act: tuple[str, int, int, int, Fate]) -> None:
    what, number, by, days, fate = act
    now = NOW + timedelta(days=days)
    match what:
        case "accept":
            versions.setdefault(number, 1)
            accept(store, number, by=by, now=now, version=versions[number])
        case "revise":
            versions[number] = versions.get(number, 0) + 1
            accept(store, number, by=by, now=now, version=versions[number])
        case "settle":
            settle(store, number, fate, now)
        case "quarantine":
            quarantine(store, number, now)
        case "retry" | "drop":
            release(store, number, retry=what == "retry", now=now)
        case "fold":
            store.books.fold(now)
        case "leave":
            store.catalog.remove(f"feed{by}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=30))
def test_any_sequence_of_acts_balances(store: Store, acts: list[tuple[str, int, int, int, Fate]]) -> None:
    """Whatever is done in whatever order, each line balances and all lines add up to the fates."""
    store.client.flushall()
    versions: dict[int, int] = {}
    for act in acts:
        act_on(store, versions, act)
        checked(store)


def test_an_account_is_written_as_it_is_read() -> None:
    """What `dateline stats --json` prints decodes to what was read."""
    one = line(3, 1, incident=2)
    assert msgspec.json.decode(msgspec.json.encode(one), type=Account) == one
    assert hour_name(int(datetime(2026, 3, 12, 9, tzinfo=UTC).timestamp()) // 3600) == "2026-03-12T09Z"
