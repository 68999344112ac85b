"""WebSub subscriptions in a real Redis: one writer at a time, one asker at a time, nothing lost."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import make
import msgspec
import pytest

from dateline.errors import BadRecord
from dateline.store import websub
from dateline.store.door import Store
from dateline.store.websub import Kept, Pushed, State, Subscription

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def wish(feed_id: str = "feed1", token: str = "t1", **fields: Any) -> Subscription:
    plain: dict[str, Any] = {
        "hub": "https://hub.example/",
        "topic": "https://news.example/feed",
        "secret": "s",
        "state": State.PENDING,
        "created_at": NOW,
        "due_at": NOW,
    }
    return Subscription(feed_id=feed_id, token=token, **(plain | fields))


def active(one: Subscription, **fields: Any) -> Subscription:
    changes: dict[str, Any] = {"state": State.ACTIVE, "expires_at": NOW + timedelta(days=1)} | fields
    return msgspec.structs.replace(one, **changes)


def listed(store: Store, at: datetime = NOW + timedelta(hours=1)) -> None:
    """Put feed 1 into the catalog, due at ``at``."""
    store.catalog.put([make.feed(1)], at)


def make_noise(size: int) -> bytes:
    """Return bytes that no codec makes smaller."""
    return Random(size).randbytes(size)


def relied(store: Store, feed_id: str = "feed1") -> float | None:
    value = store.client.hget(store.keys.websub_until, feed_id)
    return float(value) if value else None


def due(store: Store, feed_id: str = "feed1") -> float:
    return float(store.client.zscore(store.keys.feeds_due, feed_id))


def test_a_feed_has_one_subscription(store: Store) -> None:
    """The first wish stands; a second for the same feed changes nothing, not even with another token."""
    assert store.websub.create(wish())
    assert not store.websub.create(wish())
    assert not store.websub.create(wish(token="t2"))
    assert store.websub.of_feed("feed1") == wish()
    assert store.websub.find("t1") == wish()
    assert store.websub.find("t2") is None
    assert store.websub.counts() == dict.fromkeys(State, 0) | {State.PENDING: 1}


def test_a_record_is_changed_by_one_at_a_time(store: Store) -> None:
    """Who saw an older record writes nothing: the answer of a hub may overtake the request's own end."""
    store.websub.create(wish())
    newer = store.websub.change(wish(), active(wish()), NOW)
    assert newer is not None
    assert newer.revision == 2
    assert store.websub.change(wish(), wish(error="late"), NOW) is None
    assert not store.websub.forget(wish(), NOW)
    assert store.websub.find("t1") == newer
    assert store.websub.counts()[State.ACTIVE] == 1
    assert store.websub.counts()[State.PENDING] == 0


def test_what_is_left_is_no_longer_the_feeds(store: Store) -> None:
    """A subscription that is being left still answers under its token; its feed may have the next one."""
    store.websub.create(wish())
    left = store.websub.change(wish(), msgspec.structs.replace(wish(), state=State.LEAVING), NOW)
    assert left is not None
    assert store.websub.of_feed("feed1") is None
    assert store.websub.create(wish(token="t2"))
    assert store.websub.forget(left, NOW)
    assert store.websub.find("t1") is None
    assert store.websub.of_feed("feed1") == wish(token="t2")
    assert store.websub.counts() == dict.fromkeys(State, 0) | {State.PENDING: 1}


def test_due_ones_are_leased_to_one_asker(store: Store) -> None:
    """Two askers get no subscription twice; one whose asker died is due again when the lease ends."""
    for number in range(3):
        store.websub.create(wish(f"feed{number}", f"t{number}"))
    first = store.websub.claim(NOW, 2, 60)
    second = store.websub.claim(NOW, 2, 60)
    assert len(first) == 2
    assert len(second) == 1
    assert not {one.subscription.token for one in first} & {one.subscription.token for one in second}
    assert store.websub.claim(NOW + timedelta(seconds=59), 9, 60) == []
    assert len(store.websub.claim(NOW + timedelta(seconds=60), 9, 60)) == 3


def test_a_claim_tells_whether_the_feed_still_stands(store: Store) -> None:
    """A subscription of a feed that left the catalog is told apart, so that it can be left too."""
    listed(store)
    store.websub.create(wish("feed1", "t1"))
    store.websub.create(wish("feed2", "t2"))
    assert {one.subscription.feed_id: one.listed for one in store.websub.claim(NOW, 9, 60)} == {
        "feed1": True,
        "feed2": False,
    }


def test_a_push_is_kept_and_makes_its_feed_due(store: Store) -> None:
    """Body and due time move in one commit; what was kept is read back as it came."""
    listed(store)
    store.websub.create(wish())
    body = b"<rss>" + bytes(range(256)) * 10
    assert store.websub.push(wish(), "application/rss+xml", body, NOW) is Kept.KEPT
    (blob,) = store.client.lrange(store.keys.pushed("feed1"), 0, -1)
    assert websub.decode(blob) == Pushed("application/rss+xml", body)
    assert due(store) == NOW.timestamp()


def test_an_empty_push_only_makes_its_feed_due(store: Store) -> None:
    """A hub that says no more than "changed" is followed by a poll."""
    listed(store)
    store.websub.create(wish())
    assert store.websub.push(wish(), "", b"", NOW) is Kept.KEPT
    assert store.client.llen(store.keys.pushed("feed1")) == 0
    assert due(store) == NOW.timestamp()


def test_a_push_leaves_a_lease_alone(store: Store) -> None:
    """While a poll holds the feed its due time is the lease's: no second poller gets it for a push."""
    listed(store)
    store.websub.create(wish())
    store.client.hset(store.keys.feed_leases, "feed1", "another")
    later = due(store)
    assert store.websub.push(wish(), "text/xml", b"x", NOW) is Kept.KEPT
    assert due(store) == later


def test_what_waits_is_bounded(store: Store) -> None:
    """A body too many is not kept, so that the hub repeats it; none that was kept goes for another."""
    listed(store)
    store.websub.create(wish())
    for number in range(websub.MOST_PUSHED):
        assert store.websub.push(wish(), "text/xml", b"%d" % number, NOW) is Kept.KEPT
    assert store.websub.push(wish(), "text/xml", b"last", NOW) is Kept.FULL
    store.feeds.drop_pushed("feed1", 1)
    assert store.websub.push(wish(), "text/xml", b"last", NOW) is Kept.KEPT
    bodies = [websub.decode(blob).body for blob in store.feeds.pushed("feed1")]
    assert bodies == [*(b"%d" % number for number in range(1, websub.MOST_PUSHED)), b"last"]


def test_what_waits_is_bounded_in_bytes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large bodies fill the room sooner; the first is kept, whatever its size."""
    monkeypatch.setattr(websub, "MOST_PUSHED_BYTES", 10_000)
    listed(store)
    store.websub.create(wish())
    assert store.websub.push(wish(), "text/xml", make_noise(6_000), NOW) is Kept.KEPT
    assert store.websub.push(wish(), "text/xml", make_noise(6_000), NOW) is Kept.FULL
    assert store.websub.push(wish(), "text/xml", make_noise(3_000), NOW) is Kept.KEPT
    store.feeds.drop_pushed("feed1", 2)
    assert store.websub.push(wish(), "text/xml", make_noise(40_000), NOW) is Kept.KEPT


def test_a_push_for_nobody_is_not_kept(store: Store) -> None:
    """Without its subscription, or without its feed, a body is not stored."""
    listed(store)
    assert store.websub.push(wish(), "text/xml", b"x", NOW) is Kept.GONE
    store.websub.create(wish("feed2", "t2"))
    assert store.websub.push(wish("feed2", "t2"), "text/xml", b"x", NOW) is Kept.GONE
    assert not store.client.exists(store.keys.pushed("feed1"), store.keys.pushed("feed2"))


def test_a_feed_that_is_polled_no_more_gets_no_push(store: Store) -> None:
    """A feed that was merged into another stands in the catalog and is never due: its hub is told to stop."""
    listed(store)
    store.websub.create(wish(due_at=NOW + timedelta(days=5)))
    store.client.zrem(store.keys.feeds_due, "feed1")
    assert store.websub.push(wish(), "text/xml", b"x", NOW) is Kept.GONE
    (one,) = store.websub.claim(NOW, 9, 60)
    assert not one.listed


def test_a_hub_is_relied_upon_once_it_has_pushed(store: Store) -> None:
    """Verified is a promise, a push is a proof: only then is the feed polled rarely, until the lease ends."""
    listed(store)
    store.websub.create(wish())
    one = store.websub.change(wish(), active(wish()), NOW)
    assert one is not None
    assert relied(store) is None
    store.websub.push(one, "text/xml", b"x", NOW)
    assert relied(store) == (NOW + timedelta(days=1)).timestamp()
    renewed = store.websub.change(one, active(one, expires_at=NOW + timedelta(days=2)), NOW)
    assert renewed is not None
    assert relied(store) == (NOW + timedelta(days=2)).timestamp()
    store.websub.distrust("feed1")
    assert relied(store) is None
    store.websub.push(renewed, "text/xml", b"y", NOW)
    store.websub.change(renewed, msgspec.structs.replace(renewed, state=State.DENIED), NOW, poll=True)
    assert relied(store) is None
    assert due(store) == NOW.timestamp()


def test_without_a_listener_no_hub_is_relied_upon(store: Store) -> None:
    """When WebSub is switched off all feeds go back to their own rhythm at once."""
    listed(store)
    store.websub.create(active(wish()))
    store.websub.push(active(wish()), "text/xml", b"x", NOW)
    store.websub.distrust_all()
    assert relied(store) is None


def test_garbage_is_no_body() -> None:
    """Bytes that are no stored body are a bad record, whatever they are."""
    for blob in (b"", b"garbage", websub.encode(Pushed("", b"x"))[:-3]):
        with pytest.raises(BadRecord):
            websub.decode(blob)
