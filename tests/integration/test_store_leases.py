"""The promises of claiming, renewing and finishing polls in batches, on a real Redis."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import NOW, feed, page

from dateline.feeds.cadence import first_rhythm
from dateline.model import Feed, FeedState
from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.feeds import UNPACED, Claim, Finish, Pacing, guid_key
from dateline.store.rows import UNHEALTHY, standing

pytestmark = pytest.mark.integration


def state(next_s: float = 3600, **fields: Any) -> FeedState:
    rhythm = msgspec.structs.replace(first_rhythm(NOW), next_poll_at=NOW + timedelta(seconds=next_s))
    return FeedState(rhythm=rhythm, **fields)


def claim(store: Store, owner: str = "me", after_s: float = 0, limit: int = 100) -> list[Claim]:
    claims = store.feeds.claim(owner, NOW + timedelta(seconds=after_s), limit, 20, UNPACED)
    return sorted(claims, key=lambda one: int(one.feed.id[4:]))


def put(store: Store, count: int) -> list[Feed]:
    feeds = [feed(n) for n in range(1, count + 1)]
    store.catalog.put(feeds, NOW)
    return feeds


def due_s(store: Store, feed_id: str) -> float | None:
    at = store.client.zscore(store.keys.feeds_due, feed_id)
    return None if at is None else at - NOW.timestamp()


def test_two_pollers_never_lease_one_feed(store: Store, settings: Settings) -> None:
    """Four processes that claim at once share 500 feeds: each feed goes to exactly one."""
    put(store, 500)
    stores = [open_store(settings) for _ in range(4)]
    got: list[str] = []

    def take(number: int) -> None:
        pace = Pacing(delay_s=0.0, at_once=999, hold_s=20.0)
        while claims := stores[number].feeds.claim(f"p{number}", NOW, 17, 20, pace):
            got.extend(one.feed.id for one in claims)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in stores:
        one.close()
    assert len(got) == len(set(got)) == 500


def test_a_batch_with_a_lost_lease_writes_the_others(store: Store) -> None:
    """Of 64 polls that end in one call one has lost its lease: the 63 are stored, and it alone is named."""
    put(store, 64)
    claims = claim(store)
    store.client.hset(store.keys.feed_leases, "feed7", "another")
    ends = [Finish(claim=one, state=state(etag=one.feed.id), items=b"x" * 24) for one in claims]
    assert store.feeds.finish(ends, NOW) == {"feed7"}
    states = {row.feed.id: row.state for row in store.catalog.rows()}
    assert [i for i, told in states.items() if told is None] == ["feed7"]
    assert {told.etag for told in states.values() if told} == states.keys() - {"feed7"}
    assert (store.feeds.items("feed7"), store.feeds.items("feed8")) == (b"", b"x" * 24)
    assert due_s(store, "feed8") == 3600
    assert store.catalog.counts(NOW)["healthy"] == 63


def test_a_finish_says_what_is_still_listed(store: Store) -> None:
    """Marks of listed entries are renewed; those not listed for a month go, and no others are made."""
    put(store, 1)
    (first,) = claim(store)
    store.feeds.accept(first, [page(1), page(2)], NOW)
    store.feeds.finish([Finish(claim=first, state=state(0))], NOW)
    later = NOW + timedelta(days=40)
    (again,) = store.feeds.claim("me", later, 1, 20, UNPACED)
    listed = (guid_key("guid-1"), guid_key("never seen"))
    store.feeds.finish([Finish(claim=again, state=state(), listed=listed)], later)
    assert store.client.zrange(store.keys.seen("feed1"), 0, -1) == [listed[0].encode()]


def test_a_thousand_entries_may_be_listed(store: Store) -> None:
    """A long feed ends like any other, beside others in one batch of more than 500."""
    put(store, 600)
    claims = claim(store, limit=600)
    long = tuple(f"{n:016x}" for n in range(5000))
    ends = [Finish(claim=one, state=state(), listed=long if one.feed.id == "feed3" else ()) for one in claims]
    assert store.feeds.finish(ends, NOW) == set()
    assert store.catalog.counts(NOW)["healthy"] == 600


def test_items_are_kept_until_told_otherwise(store: Store) -> None:
    """None leaves what is remembered; bytes replace it."""
    put(store, 1)
    for items, told in ((b"\x00\xff" * 12, b"\x00\xff" * 12), (None, b"\x00\xff" * 12), (b"", b"")):
        store.catalog.due_now(["feed1"], NOW)
        (one,) = claim(store)
        store.feeds.finish([Finish(claim=one, state=state(), items=items)], NOW)
        assert store.feeds.items("feed1") == told


def test_a_renewal_names_the_lost(store: Store) -> None:
    """Leases that are still ours live on, those of another are named, all in one call."""
    put(store, 3)
    claims = claim(store)
    store.client.hset(store.keys.feed_leases, "feed2", "another")
    assert store.feeds.renew(claims, [], NOW + timedelta(seconds=10), 20) == {"feed2"}
    assert store.feeds.renew([], [], NOW, 20) == set()
    assert [one.feed.id for one in claim(store, "other", 25)] == ["feed2"]
    assert len(claim(store, "other", 30)) == 2


def test_what_a_hub_pushes_during_a_poll_is_not_left_waiting(store: Store) -> None:
    """A body that came too late for a poll makes its feed due right after it."""
    put(store, 2)
    claims = claim(store)
    assert [one.pushed for one in claims] == [False, False]
    store.client.rpush(store.keys.pushed("feed2"), b"body")
    store.client.hset(store.keys.websub_until, "feed2", NOW.timestamp() + 60)
    store.feeds.finish([Finish(claim=one, state=state()) for one in claims], NOW)
    assert (due_s(store, "feed1"), due_s(store, "feed2")) == (3600, 1)
    (again,) = claim(store, after_s=1)
    assert (again.feed.id, again.pushed) == ("feed2", True)
    assert again.pushed_until == NOW + timedelta(seconds=60)
    assert store.feeds.pushed("feed2") == [b"body"]
    store.client.rpush(store.keys.pushed("feed2"), b"newer")
    for count in (0, 1):
        store.feeds.drop_pushed("feed2", count)
    assert store.feeds.pushed("feed2") == [b"newer"]


def test_a_poll_that_is_woken_is_not_polled_twice(store: Store) -> None:
    """`due now` leaves a leased feed to its poller, and makes any other due."""
    put(store, 1)
    (one,) = claim(store)
    store.catalog.due_now(["feed1", "nobody"], NOW)
    assert claim(store, "other", 1) == []
    store.feeds.finish([Finish(claim=one, state=state())], NOW)
    store.catalog.due_now(["feed1", "nobody"], NOW)
    assert len(claim(store, "other", 1)) == 1
    assert due_s(store, "nobody") is None


def moved(one: Claim, url: str, **fields: Any) -> Finish:
    row = msgspec.structs.replace(one.feed, url=url, moved_from=(*one.feed.moved_from, one.feed.url))
    return Finish(claim=one, state=state(**fields), feed=row)


def test_a_moved_feed_keeps_its_id(store: Store) -> None:
    """The catalog's row follows; the feed is found by both addresses, and filing either anew adds nothing."""
    put(store, 1)
    (one,) = claim(store)
    store.feeds.finish([moved(one, "https://bücher.test/feed")], NOW)
    (row,) = store.catalog.rows()
    assert (row.feed.id, row.feed.url) == ("feed1", "https://bücher.test/feed")
    assert row.feed.moved_from == ("http://feeds.test/1.xml",)
    old, new = "https://feeds.test/1.xml", "http://bücher.test/feed"
    assert {store.catalog.find(name) for name in (old, new, "feed1")} == {"feed1"}
    fresh = [feed(8, url=old, title="T"), feed(9, url=new, title="T")]
    assert store.catalog.put(fresh, NOW) == 0
    (kept,) = store.catalog.rows()
    assert (kept.feed.id, kept.feed.url, kept.feed.title) == ("feed1", row.feed.url, "T")
    store.catalog.due_now(["feed1"], NOW)
    (again,) = store.feeds.claim("me", NOW, 1, 20, Pacing(delay_s=1, at_once=1, hold_s=20))
    assert again.host == "xn--bcher-kva.test"


def test_a_move_between_http_and_https_stays(store: Store) -> None:
    """The same address under another scheme is a move like any other."""
    put(store, 1)
    (one,) = claim(store)
    store.feeds.finish([moved(one, "https://feeds.test/1.xml")], NOW)
    put(store, 1)
    assert [row.feed.url for row in store.catalog.rows()] == ["https://feeds.test/1.xml"]


def test_a_move_keeps_what_was_said_of_the_feed_meanwhile(store: Store) -> None:
    """Settings that changed during the poll stay; an address that changed during it wins over the move."""
    put(store, 2)
    one, two = claim(store)
    store.catalog.put([feed(1, language="fr"), feed(2, url="https://chosen.test/")], NOW)
    ends = [moved(one, "https://new.test/1"), moved(two, "https://new.test/2")]
    assert store.feeds.finish(ends, NOW) == set()
    told = {row.feed.id: (row.feed.url, row.feed.language) for row in store.catalog.rows()}
    assert told == {"feed1": ("https://new.test/1", "fr"), "feed2": ("https://chosen.test/", None)}


def test_a_feed_that_moves_to_another_is_merged(store: Store) -> None:
    """The feed at the address gets the groups; the one that moved is retired, says why, and is polled no more."""
    store.catalog.put([feed(1, groups=("Sahel",)), feed(2, groups=("World", "Sahel"))], NOW)
    one, two = claim(store)
    ends = [moved(one, "https://feeds.test/2.xml"), Finish(claim=two, state=state())]
    assert store.feeds.finish(ends, NOW) == set()
    first, second = store.catalog.rows()
    assert second.feed.groups == ("World", "Sahel")
    assert first.feed.url == "http://feeds.test/1.xml"
    assert first.state
    assert first.state.retired_at == NOW
    assert first.state.last_error == "moved to https://feeds.test/2.xml, which is polled as feed2"
    assert first.next_poll_at is None
    assert store.catalog.counts(NOW) | {"healthy": 1, "retired": 1} == store.catalog.counts(NOW)
    store.catalog.put([first.feed, second.feed], NOW)
    assert [one.feed.id for one in claim(store, after_s=7200)] == ["feed2"]
    assert store.catalog.revive("feed1", NOW + timedelta(seconds=7210))
    assert [one.feed.id for one in claim(store, after_s=7210)] == ["feed1"]


def test_feeds_that_lead_to_each_other_are_not_both_retired(store: Store) -> None:
    """Of two that were swapped one goes on, at the address that it has."""
    put(store, 2)
    one, two = claim(store)
    store.feeds.finish([moved(one, two.feed.url)], NOW)
    store.feeds.finish([moved(two, one.feed.url)], NOW)
    assert store.catalog.counts(NOW)["retired"] == 1
    assert due_s(store, "feed2") == 3600


def test_two_feeds_that_move_to_one_address_are_merged(store: Store) -> None:
    """Both moves stand in one batch: the first takes the address, the second is merged into it."""
    store.catalog.put([feed(1), feed(2, groups=("World",))], NOW)
    ends = [moved(one, "https://new.test/feed") for one in claim(store)]
    assert store.feeds.finish(ends, NOW) == set()
    rows = {row.feed.id: row for row in store.catalog.rows()}
    assert (rows["feed1"].feed.url, rows["feed1"].feed.groups) == ("https://new.test/feed", ("World",))
    assert rows["feed2"].next_poll_at is None
    assert store.catalog.find("https://new.test/feed") == "feed1"


STATES = st.builds(
    dict,
    troubles=st.lists(st.sampled_from([*UNHEALTHY[:4], "odd"]), max_size=2).map(tuple),
    retired_at=st.sampled_from([None, None, None, NOW]),
    last_entry_at=st.sampled_from([None, *(NOW - timedelta(hours=n) for n in (1, 2, 3))]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("finish"), st.integers(1, 6), STATES),
        st.tuples(st.sampled_from(["remove", "put", "revive"]), st.integers(1, 6), st.none()),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_what_the_rows_say(store: Store, steps: list[tuple[str, int, Any]]) -> None:
    """Whatever happens to feeds, the kept counts and the most silent equal those over all rows."""
    store.client.flushall()
    for act, number, fields in steps:
        name = f"feed{number}"
        if act == "put":
            store.catalog.put([feed(number)], NOW)
        elif act == "remove":
            store.catalog.remove(name)
        elif act == "revive":
            store.catalog.revive(name, NOW)
        else:
            store.catalog.due_now([name], NOW)
            for one in claim(store):
                chosen = fields if one.feed.id == name else {}
                store.feeds.finish([Finish(claim=one, state=state(**chosen))], NOW)
    rows = store.catalog.rows()
    counts = Counter(standing(row.state) if row.state else "new" for row in rows)
    kept = store.catalog.counts(NOW)
    assert {name: count for name, count in kept.items() if count and name != "overdue"} == dict(counts)
    spoke = {
        row.feed.id: row.state.last_entry_at
        for row in rows
        if row.state and row.state.last_entry_at and not row.state.retired_at
    }
    told = store.catalog.most_silent(50)
    assert dict(told) == spoke
    assert [at for _, at in told] == sorted(spoke.values())
    bad = [row.feed.id for row in rows if row.state and standing(row.state) != "healthy"]
    assert [row.feed.id for row in store.catalog.unhealthy()] == bad
