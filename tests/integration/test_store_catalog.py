"""The promises of the catalog in Redis: identity by address, files kept in step, nothing left behind."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from make import NOW, feed, page

from dateline.feeds.cadence import first_rhythm
from dateline.feeds.health import Trouble
from dateline.model import Feed, FeedState
from dateline.settings import Settings
from dateline.store.catalog import Synced
from dateline.store.door import Store, open_store
from dateline.store.feeds import UNPACED, Claim, Finish, Pacing
from dateline.store.rows import UNHEALTHY

pytestmark = pytest.mark.integration


def state(**fields: Any) -> FeedState:
    return FeedState(rhythm=msgspec.structs.replace(first_rhythm(NOW), error_streak=4), **fields)


def polled(store: Store, after_s: float = 0, **fields: Any) -> list[Claim]:
    """Poll what is due; the next poll of each is due at once."""
    at = NOW + timedelta(seconds=after_s)
    claims = store.feeds.claim("me", at, 100, 20, UNPACED)
    ends = [Finish(claim=one, state=state(**fields), items=b"i" * 24) for one in claims]
    assert store.feeds.finish(ends, at) == set()
    return claims


def rows(store: Store) -> dict[str, Feed]:
    return {row.feed.id: row.feed for row in store.catalog.rows()}


def due_s(store: Store, feed_id: str) -> float:
    return float(store.client.zscore(store.keys.feeds_due, feed_id)) - NOW.timestamp()


def test_filing_twice_adds_once(store: Store) -> None:
    """New feeds are counted once, also of two with one address; what the catalog says of them may change."""
    twins = [feed(1), feed(2), feed(3, url="https://feeds.test/2.xml", title="T")]
    assert store.catalog.put(twins, NOW) == 2
    assert store.catalog.put([feed(1, language="fr"), feed(2)], NOW) == 0
    assert {i: (row.url, row.language) for i, row in rows(store).items()} == {
        "feed1": ("http://feeds.test/1.xml", "fr"),
        "feed2": ("http://feeds.test/2.xml", None),
    }
    assert [row.next_poll_at for row in store.catalog.rows()] == [NOW, NOW]


def test_a_feed_is_found_by_id_or_address(store: Store) -> None:
    """http and https are one address; what is not filed, or no more, is not found."""
    store.catalog.put([feed(1)], NOW)
    names = ("feed1", "http://feeds.test/1.xml", "https://feeds.test/1.xml")
    assert [store.catalog.find(name) for name in names] == ["feed1"] * 3
    assert store.catalog.find("http://feeds.test/2.xml") is None
    store.catalog.put([feed(1, url="http://else.test/")], NOW)
    assert [store.catalog.find(names[1]), store.catalog.find("http://else.test/")] == [None, "feed1"]
    store.catalog.remove("feed1")
    assert store.catalog.find("http://else.test/") is None


def test_a_removed_feed_leaves_nothing_behind(store: Store) -> None:
    """Of everything that polling has written under its id and addresses no key is left; other feeds stay."""
    store.catalog.put([feed(2)], NOW)
    (other,) = polled(store)
    store.feeds.accept(store.feeds.hold(other.feed, "x"), [page(9)], NOW)
    store.feeds.drop(other)
    before = {name: store.client.dump(name) for name in store.client.scan_iter()}
    store.catalog.put([feed(1, url="https://bücher.test/a")], NOW)
    (one,) = store.feeds.claim("me", NOW, 1, 20, UNPACED)
    row = msgspec.structs.replace(one.feed, url="https://bücher.test/b", moved_from=(one.feed.url,))
    end = Finish(claim=one, state=state(last_entry_at=NOW, troubles=("silent",)), items=b"i" * 24, feed=row)
    store.feeds.finish([end], NOW)
    store.catalog.due_now(["feed1"], NOW)
    (one,) = store.feeds.claim("me", NOW, 1, 20, UNPACED)
    store.client.zadd(store.keys.seen("feed1"), {"aa": 1})
    store.client.rpush(store.keys.pushed("feed1"), b"body")
    store.client.hset(store.keys.websub_until, "feed1", 1)
    assert store.catalog.remove("feed1")
    assert {name: store.client.dump(name) for name in store.client.scan_iter()} == before
    assert not store.catalog.remove("feed1")
    assert store.feeds.finish([Finish(claim=one, state=state(), items=b"x")], NOW) == {"feed1"}
    store.feeds.unknown("feed1", [("aa", f"{9:016x}")], NOW)
    assert set(store.client.scan_iter()) == before.keys()


def test_the_subscription_of_a_removed_feed_is_looked_at_at_once(store: Store) -> None:
    """Its hub is told by who looks after subscriptions: the record stays until then."""
    store.catalog.put([feed(1)], NOW)
    store.client.hset(store.keys.websub_feeds, "feed1", "token")
    store.client.zadd(store.keys.websub_due, {"token": NOW.timestamp() + 9000})
    store.catalog.remove("feed1")
    assert store.client.zscore(store.keys.websub_due, "token") == 0
    assert store.client.hget(store.keys.websub_feeds, "feed1") == b"token"


def test_a_removed_feed_leaves_its_articles(store: Store) -> None:
    """What was acknowledged is worked on as before."""
    store.catalog.put([feed(1)], NOW)
    (one,) = store.feeds.claim("me", NOW, 1, 20, UNPACED)
    store.feeds.accept(one, [page(1)], NOW)
    store.catalog.remove("feed1")
    assert store.outbox.depths().outbox == 1
    assert store.incidents.article(f"{1:016x}")


def test_files_bring_and_take_their_own_feeds_only(store: Store) -> None:
    """What files list no more goes; what was added by hand stays, before or after a file listed it."""
    store.catalog.put([feed(1), feed(2)], NOW)
    assert store.catalog.sync([feed(2), feed(3), feed(4)], NOW) == Synced(added=2, changed=0, removed=0)
    store.catalog.put([feed(4)], NOW)
    changed = [feed(2, language="de"), feed(5)]
    assert store.catalog.sync(changed, NOW) == Synced(added=1, changed=1, removed=1)
    assert {i: row.language for i, row in rows(store).items()} == {
        "feed1": None,
        "feed2": "de",
        "feed4": None,
        "feed5": None,
    }
    assert store.catalog.sync(changed, NOW) == Synced(added=0, changed=0, removed=0)
    assert store.catalog.sync([feed(6)], NOW) == Synced(added=1, changed=0, removed=1)
    assert sorted(rows(store)) == ["feed1", "feed2", "feed4", "feed6"]


def test_empty_files_remove_nothing(store: Store) -> None:
    """A list without feeds is taken for a mistake."""
    store.catalog.sync([feed(1)], NOW)
    with pytest.raises(ValueError, match="no feeds"):
        store.catalog.sync([], NOW)
    assert list(rows(store)) == ["feed1"]


def test_a_file_that_lists_a_moved_feed_keeps_it(store: Store) -> None:
    """The file's old address and the new one are the same feed; it stays where it moved to."""
    store.catalog.sync([feed(1), feed(2)], NOW)
    (one, _) = sorted(store.feeds.claim("me", NOW, 2, 20, UNPACED), key=lambda one: one.feed.id)
    row = msgspec.structs.replace(one.feed, url="https://new.test/", moved_from=(one.feed.url,))
    store.feeds.finish([Finish(claim=one, state=state(), feed=row)], NOW)
    assert store.catalog.sync([feed(1), feed(2)], NOW) == Synced(added=0, changed=0, removed=0)
    listed = [feed(8, url="https://new.test/"), feed(2)]
    assert store.catalog.sync(listed, NOW) == Synced(added=0, changed=0, removed=0)
    assert {i: row.url for i, row in rows(store).items()} == {
        "feed1": "https://new.test/",
        "feed2": "http://feeds.test/2.xml",
    }


def test_a_change_that_matters_is_felt_at_once(store: Store) -> None:
    """A shorter interval and other headers bring the next poll forward; a new title does not."""
    feeds = [feed(1), feed(2), feed(3), feed(4)]
    store.catalog.sync(feeds, NOW)
    late = msgspec.structs.replace(first_rhythm(NOW), next_poll_at=NOW + timedelta(hours=9))
    claims = store.feeds.claim("me", NOW, 9, 20, UNPACED)
    store.feeds.finish([Finish(claim=one, state=FeedState(rhythm=late)) for one in claims], NOW)
    changed = [
        feed(1, title="T"),
        feed(2, interval_s=300),
        feed(3, secrets=(("Authorization", "key"),)),
        feed(4, interval_s=90_000),
    ]
    assert store.catalog.sync(changed, NOW).changed == 4
    assert [due_s(store, f"feed{n}") for n in (1, 2, 3, 4)] == [9 * 3600, 300, 0, 9 * 3600]


def test_a_revived_feed_is_tried_at_once(store: Store) -> None:
    """Errors and retirement are forgotten, validators are not; a feed without a state is due, no feed is False."""
    store.catalog.put([feed(1), feed(2)], NOW)
    late = msgspec.structs.replace(state().rhythm, next_poll_at=NOW + timedelta(hours=9))
    for one in store.feeds.claim("me", NOW, 1, 20, UNPACED):
        gone = FeedState(rhythm=late, retired_at=NOW, etag="v", troubles=("failing",), last_error="gone")
        store.feeds.finish([Finish(claim=one, state=gone)], NOW)
    at = NOW + timedelta(seconds=60)
    assert [store.catalog.revive(name, at) for name in ("feed1", "feed2", "feed3")] == [True, True, False]
    first, second = store.catalog.rows()
    assert first.state
    assert (first.state.rhythm.error_streak, first.state.retired_at, first.state.etag) == (0, None, "v")
    assert (first.state.last_error, first.state.troubles) == (None, ())
    assert (first.next_poll_at, second.next_poll_at) == (at, NOW)
    assert store.catalog.counts(NOW) == dict.fromkeys(UNHEALTHY, 0) | {"new": 1, "healthy": 1, "overdue": 0}


def test_what_a_feed_stands_as_are_the_troubles_that_are_known() -> None:
    """Every trouble is a state of its own, the worst first, and retired is one more."""
    assert (*(trouble.value for trouble in Trouble), "retired") == UNHEALTHY


def test_only_the_unhealthy_are_read(store: Store) -> None:
    """They come with their state, ordered by address; healthy and new ones are left out."""
    store.catalog.put([feed(n) for n in range(1, 6)], NOW)
    claims = store.feeds.claim("me", NOW, 4, 20, UNPACED)
    for number, one in enumerate(sorted(claims, key=lambda one: one.feed.url)):
        bad = ({}, {"troubles": ("silent",)}, {"retired_at": NOW}, {"troubles": ("failing", "silent")})[
            number
        ]
        store.feeds.finish([Finish(claim=one, state=state(**bad))], NOW)
    told = store.catalog.unhealthy()
    assert [row.feed.id for row in told] == [one.feed.id for one in sorted(claims, key=lambda c: c.feed.url)][
        1:
    ]
    assert all(row.state for row in told)


def test_the_overdue_are_those_that_nobody_polls(store: Store) -> None:
    """A minute after they were due, feeds count as overdue unless somebody has leased them."""
    store.catalog.put([feed(1), feed(2)], NOW)
    assert store.catalog.counts(NOW + timedelta(seconds=59))["overdue"] == 0
    assert store.catalog.counts(NOW + timedelta(seconds=61))["overdue"] == 2
    store.feeds.claim("me", NOW + timedelta(seconds=61), 1, 20, UNPACED)
    assert store.catalog.counts(NOW + timedelta(seconds=61))["overdue"] == 1


def test_a_catalog_of_before_is_mended_when_it_is_opened(store: Store, settings: Settings) -> None:
    """Feeds filed without rows by address and health are found, counted, and claimed as before."""
    feeds = [feed(1), feed(2), feed(3, url="https://bücher.test/")]
    states = {"feed1": state(last_entry_at=NOW), "feed2": state(troubles=("failing",))}
    for one in feeds:
        store.client.hset(store.keys.feeds, one.id, msgspec.json.encode(one))
        store.client.zadd(store.keys.feeds_due, {one.id: NOW.timestamp()})
    for name, told in states.items():
        store.client.hset(store.keys.feed_states, name, msgspec.json.encode(told))
    pace = Pacing(delay_s=1, at_once=1, hold_s=20)
    assert {one.host for one in store.feeds.claim("me", NOW, 9, 0, pace)} >= {"feeds.test"}
    for _ in range(2):
        opened = open_store(settings)
        assert opened.catalog.find("https://feeds.test/1.xml") == "feed1"
        counts = opened.catalog.counts(NOW)
        assert (counts["new"], counts["healthy"], counts["failing"]) == (1, 1, 1)
        assert opened.catalog.most_silent(5) == [("feed1", NOW)]
        opened.close()
    assert store.catalog.put(feeds, NOW) == 0
    later = store.feeds.claim("me", NOW + timedelta(seconds=30), 9, 0, pace)
    assert {one.host for one in later} == {"feeds.test", "xn--bcher-kva.test"}


def test_a_mended_catalog_says_what_has_changed_since(store: Store, settings: Settings) -> None:
    """Rows that pollers have written meanwhile are newer than what mending reads."""
    store.catalog.put([feed(1)], NOW)
    polled(store, troubles=("silent",))
    store.client.delete(store.keys.feeds_layout)
    open_store(settings).close()
    assert store.catalog.counts(NOW)["silent"] == 1
