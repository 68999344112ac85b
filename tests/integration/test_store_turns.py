"""The promises of turns at hosts, over two stores on one real Redis."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from make import NOW, feed

from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState, HostRule
from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.feeds import UNPACED, Claim, Finish, Pacing

pytestmark = pytest.mark.integration

PACE = Pacing(delay_s=1.0, at_once=1, hold_s=20.0)
HOST = "news.test"


@pytest.fixture
def other(store: Store, settings: Settings) -> Iterator[Store]:
    """Another process's store."""
    opened = open_store(settings)
    yield opened
    opened.close()


def at(after_s: float):
    return NOW + timedelta(seconds=after_s)


def wait(store: Store, token: str, after_s: float, pace: Pacing = PACE) -> float:
    return store.turns.take(HOST, token, pace, at(after_s))


def put(store: Store, count: int, host: str = HOST) -> None:
    store.catalog.put([feed(n, url=f"https://{host}/{n}.xml") for n in range(1, count + 1)], NOW)


def claim(store: Store, after_s: float, limit: int = 10, pace: Pacing = PACE) -> list[Claim]:
    return store.feeds.claim("me", at(after_s), limit, 20, pace)


def test_one_turn_at_a_time_and_a_delay_between(store: Store, other: Store) -> None:
    """While one holds the host the other waits; after the end it cools down for the delay."""
    assert wait(store, "a", 0) == 0
    assert wait(other, "b", 0.5) == 1.0
    store.turns.give([(HOST, "a")], at(3))
    assert wait(other, "b", 3.2) == pytest.approx(0.8)
    assert wait(other, "b", 4) == 0
    assert wait(store, "c", 4) == 1.0


def test_other_hosts_are_not_held_up(store: Store) -> None:
    """Each host has its own turns."""
    assert wait(store, "a", 0) == 0
    assert store.turns.take("else.test", "b", PACE, NOW) == 0


def test_a_turn_that_is_asked_for_twice_is_kept(store: Store) -> None:
    """A repeated call, whose first answer was lost, does not wait for itself, and holds one turn only."""
    pace = Pacing(delay_s=1.0, at_once=2, hold_s=20.0)
    assert wait(store, "a", 0, pace) == wait(store, "a", 0.1, pace) == 0
    assert wait(store, "b", 0.2, pace) == 0
    assert wait(store, "c", 0.3, pace) > 0


def test_so_many_at_once_as_allowed(store: Store, other: Store) -> None:
    """``at_once`` counts over all pollers; each slot cools down for itself."""
    pace = Pacing(delay_s=1.0, at_once=2, hold_s=20.0)
    assert [wait(store, "a", 0, pace), wait(other, "b", 0, pace)] == [0, 0]
    assert wait(store, "c", 0, pace) > 0
    other.turns.give([(HOST, "b")], at(1))
    assert wait(store, "c", 1.5, pace) == pytest.approx(0.5)
    assert wait(store, "c", 2, pace) == 0


def test_a_dead_holder_loses_its_turn(store: Store, other: Store) -> None:
    """A turn that is neither given back nor renewed is free after ``hold_s``; giving it then changes nothing."""
    assert wait(store, "a", 0) == 0
    assert wait(other, "b", 19.9) > 0
    assert wait(other, "b", 20) == 0
    store.turns.give([(HOST, "a")], at(20))
    assert wait(store, "c", 20.5) > 0


def test_a_renewed_turn_stays(store: Store, other: Store) -> None:
    """Renewing holds a turn for longer; one that is gone cannot be had back so."""
    assert wait(store, "a", 0) == 0
    store.feeds.renew([], [(HOST, "a"), (HOST, "gone"), ("else.test", "gone")], at(15), 20)
    assert wait(other, "b", 34) > 0
    assert wait(other, "b", 35) == 0
    assert store.client.exists(store.keys.turns("else.test")) == 0


def test_rules_of_a_host_win(store: Store, other: Store) -> None:
    """What the catalog says of one host holds there, part by part, and nowhere else."""
    store.catalog.set_hosts({"News.test": HostRule(delay_s=5.0), "slow.test": HostRule(at_once=3)})
    assert store.catalog.hosts() == {HOST: HostRule(delay_s=5.0), "slow.test": HostRule(at_once=3)}
    assert wait(store, "a", 0) == 0
    store.turns.give([(HOST, "a")], at(1))
    assert wait(other, "b", 1) == 5
    assert [store.turns.take("slow.test", token, PACE, NOW) for token in "abc"] == [0, 0, 0]
    assert other.turns.take("slow.test", "d", PACE, NOW) > 0
    store.catalog.set_hosts({})
    assert store.catalog.hosts() == {}
    assert other.turns.take("slow.test", "e", PACE, NOW) > 0


def test_a_rest_is_for_everybody(store: Store, other: Store) -> None:
    """A host that asked to wait is left alone by all until then; a shorter wish does not end a longer one."""
    assert wait(store, "a", 0) == 0
    store.turns.rest(HOST, at(30))
    store.turns.rest(HOST, at(10))
    store.turns.give([(HOST, "a")], at(1))
    assert wait(other, "b", 5) == 25
    assert wait(other, "b", 30) == 0


def test_a_rest_holds_at_a_host_that_nobody_asks(store: Store, other: Store) -> None:
    """The wish of a host is kept although no turn is held there."""
    store.turns.rest(HOST, at(30))
    assert wait(other, "b", 0) == 30


def test_turns_leave_no_key_for_ever(store: Store) -> None:
    """Every key of a host has a lifetime, whatever was done to it."""
    wait(store, "a", 0)
    wait(store, "b", 21)
    store.turns.give([(HOST, "b")], at(22))
    store.turns.rest("rests.test", at(5))
    store.turns.take("rests.test", "c", PACE, at(6))
    names = list(store.client.scan_iter(store.keys.turns("*")))
    assert len(names) == 2
    assert all(0 < store.client.pttl(name) <= 120_000 for name in names)


def test_turns_never_overlap(store: Store, other: Store) -> None:
    """Over a thousand random steps of two processes no host is asked more often than allowed, nor too early."""
    chance, pace = Random(7), Pacing(delay_s=1.0, at_once=2, hold_s=4.0)
    held: dict[str, float] = {}
    ended: list[float] = []
    after_s = 0.0
    for step in range(1000):
        after_s = round(after_s + chance.random() * 0.5, 3)
        who = chance.choice((store, other))
        held = {token: until for token, until in held.items() if until > after_s}
        if held and chance.random() < 0.5:
            token = chance.choice(sorted(held))
            del held[token]
            who.turns.give([(HOST, token)], at(after_s))
            ended.append(after_s)
        elif wait(who, f"t{step}", after_s, pace) == 0:
            held[f"t{step}"] = after_s + pace.hold_s
            cooling = [end for end in ended if end > after_s - pace.delay_s + 0.001]
            assert len(held) + len(cooling) <= pace.at_once


def test_a_claim_takes_the_turn(store: Store, other: Store) -> None:
    """A leased feed comes with a turn at its host; its neighbours there are due when the host is free, one after another."""
    put(store, 4)
    (first,) = claim(store, 0)
    assert (first.host, first.turn) == (HOST, f"{first.token} {first.feed.id}")
    assert wait(other, "b", 0) > 0
    dues = sorted(
        row.next_poll_at for row in store.catalog.rows() if row.next_poll_at and row.feed.id != first.feed.id
    )
    assert [(due - NOW).total_seconds() for due in dues] == pytest.approx([1, 2, 3], abs=0.001)


def test_a_finish_gives_the_turn_back(store: Store) -> None:
    """The host is free one delay after the poll, and its next feed is leased then."""
    put(store, 2)
    (first,) = claim(store, 0)
    assert claim(store, 1.0) == []
    end = Finish(claim=first, state=FeedState(rhythm=first_rhythm(at(3600))), turn=True)
    store.feeds.finish([end], at(1.5))
    assert claim(store, 2.4) == []
    (second,) = claim(store, 2.6)
    assert second.feed.id != first.feed.id


def test_a_lost_lease_gives_its_turn_back_too(store: Store, other: Store) -> None:
    """A poll that came too late writes nothing, and holds up nobody."""
    put(store, 1)
    (late,) = claim(store, 0)
    other.feeds.claim("other", at(25), 1, 20, UNPACED)
    assert store.feeds.renew([], [(late.host, late.turn)], at(5), 60) == set()
    end = Finish(claim=late, state=FeedState(rhythm=first_rhythm(NOW)), turn=True)
    assert store.feeds.finish([end], at(26)) == {late.feed.id}
    assert wait(other, "b", 27.1) == 0


def test_free_hosts_are_not_paced(store: Store) -> None:
    """Hosts on the list, all of them for "*" or a thousand at once: feeds are leased together, without turns."""
    for number, pace in enumerate(
        (
            Pacing(delay_s=1.0, at_once=1, hold_s=20.0, free=frozenset({"127.0.0.1"})),
            UNPACED,
            Pacing(delay_s=1.0, at_once=1000, hold_s=20.0),
        )
    ):
        put(store, 3, "127.0.0.1:8080")
        claims = claim(store, 30 * number, pace=pace)
        assert [(one.host, one.turn) for one in claims] == [("", "")] * 3
    assert list(store.client.scan_iter(store.keys.turns("*"))) == []


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Test:8443/a", "news.test"),
        ("http://[2001:db8::1]:8080/a", "2001:db8::1"),
        ("http://news.test", "news.test"),
        ("http://news.test?a=/b:1", "news.test"),
        ("https://bücher.test/ä.xml", "xn--bcher-kva.test"),
        ("https://news.test/ä.xml", "news.test"),
    ],
)
def test_a_claim_names_the_host_as_it_is_asked(store: Store, url: str, host: str) -> None:
    """Ports and brackets go, international names stand in ASCII: pages of the host share its turns."""
    store.catalog.put([feed(1, url=url, title='"url":"http://odd.test/"')], NOW)
    assert claim(store, 0)[0].host == host


def test_a_busy_host_does_not_hide_the_others(store: Store) -> None:
    """Of 400 due feeds 250 at one host stand before the rest: a claim of five still finds others."""
    put(store, 250)
    others = [feed(1000 + n, url=f"https://n{n}.test/") for n in range(150)]
    store.catalog.put(others, at(1))
    assert len(claim(store, 2, limit=5)) == 5
    assert len(claim(store, 2, limit=5)) == 5


def test_a_claim_looks_at_so_many_feeds_only(store: Store) -> None:
    """Beyond 256, or four times what may be leased, busy feeds are left for the next claim."""
    put(store, 600)
    assert len(claim(store, 0, limit=10)) == 1
    moved = sum(1 for row in store.catalog.rows() if row.next_poll_at and row.next_poll_at > NOW)
    assert moved == 256
