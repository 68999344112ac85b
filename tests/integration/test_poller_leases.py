"""The leases of the loop over a real Redis: shared, kept, lost and fairly dealt out."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import make
import pytest
from poller_wire import Noted, until

from dateline.errors import FetchFailed, Reason
from dateline.model import FeedRhythm, FeedState
from dateline.store.door import Store
from dateline.store.feeds import Claim, Finish, Pacing
from services.poller.desk import Desk
from services.poller.hosts import Hosts
from services.poller.loop import Poller
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


def pacing(delay_s: float = 0.0) -> Pacing:
    return Pacing(delay_s=delay_s, at_once=1, hold_s=2.0)


class CountingDesk(Desk):
    """Counts the calls of the loop."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, lambda: datetime.now(UTC))
        self.claims: list[int] = []
        self.renewals: list[int] = []
        self.pauses = 0

    async def claim(self, owner: str, limit: int, lease_s: int, pacing: Pacing) -> list[Claim]:
        claims = await super().claim(owner, limit, lease_s, pacing)
        self.claims.append(len(claims))
        return claims

    async def renew(
        self, claims: Sequence[Claim], turns: Sequence[tuple[str, str]], lease_s: int
    ) -> set[str]:
        self.renewals.append(len(claims))
        return await super().renew(claims, turns, lease_s)

    async def paused(self) -> str | None:
        self.pauses += 1
        return await super().paused()


@dataclass
class Engine:
    """A loop whose polls are a function of the test."""

    desk: CountingDesk
    hosts: Hosts
    loop: Poller
    tally: Noted
    #: Feeds by how often they were polled, and those polled right now.
    polled: Counter[str] = field(default_factory=Counter)
    running: set[str] = field(default_factory=set)
    overlaps: int = 0


@asynccontextmanager
async def engine(
    store: Store,
    work: Callable[[Engine, Claim], Awaitable[None]],
    *,
    rule: Pacing | None = None,
    slots: int = 10,
    lease_s: int = 1,
    owner: str = "test",
    running: set[str] | None = None,
) -> AsyncIterator[Engine]:
    """Run a loop that polls with ``work`` and ends each poll with an hour until the next."""
    rule = rule or pacing()
    desk = CountingDesk(store)
    hosts = Hosts(desk, rule, frozenset())

    async def poll(claim: Claim) -> Polled:
        one = claim.feed.id
        made.polled[one] += 1
        made.overlaps += one in made.running
        made.running.add(one)
        try:
            async with hosts.claimed(claim):
                await work(made, claim)
        finally:
            made.running.discard(one)
        rhythm = FeedRhythm(interval_s=3600, next_poll_at=datetime.now(UTC) + timedelta(hours=1))
        await desk.finish(Finish(claim=claim, state=FeedState(rhythm=rhythm), turn=True))
        return Polled.UNCHANGED

    tally = Noted()
    loop = Poller(desk, hosts, poll, tally, owner=owner, slots=slots, lease_s=lease_s, pacing=rule)
    made = Engine(desk, hosts, loop, tally, running=set() if running is None else running)
    stop = asyncio.Event()
    task = asyncio.create_task(loop.run(stop))
    try:
        yield made
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)
        desk.close()


def put(store: Store, hosts: Sequence[str]) -> None:
    """One feed on each host, in this order."""
    feeds = [make.feed(number, url=f"http://{host}/{number}") for number, host in enumerate(hosts)]
    store.catalog.put(feeds, datetime.now(UTC))


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        await asyncio.wait_for(work(), 30)

    asyncio.run(within())


async def at_once(engine: Engine, claim: Claim) -> None:
    """A poll that takes no time."""


def test_one_call_keeps_all_leases(store: Store) -> None:
    """Many long polls cost one renewal in a third of the lease; nobody else gets their feeds meanwhile."""
    release = asyncio.Event()

    async def slow(_: Engine, claim: Claim) -> None:
        await release.wait()

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(8)])
        async with engine(store, slow) as made:
            await until(lambda: len(made.running) == 8)
            for _ in range(10):
                await asyncio.sleep(0.25)
                assert store.feeds.claim("other", datetime.now(UTC), 10, 20, pacing()) == []
            assert set(made.desk.renewals) == {8}
            assert 5 <= len(made.desk.renewals) <= 9
            release.set()
            await until(lambda: made.tally.outcomes == [Polled.UNCHANGED] * 8)
        assert made.polled == {f"feed{number}": 1 for number in range(8)}

    run(work)


def test_a_lost_lease_ends_its_own_poll_only(store: Store) -> None:
    """The poll whose lease went to another is cancelled; its neighbours end well."""
    release = asyncio.Event()

    async def slow(_: Engine, claim: Claim) -> None:
        await release.wait()

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(4)])
        async with engine(store, slow) as made:
            await until(lambda: len(made.running) == 4)
            store.client.hset(store.keys.feed_leases, "feed2", "another")
            store.client.zadd(
                store.keys.feeds_due, {"feed2": (datetime.now(UTC) + timedelta(days=1)).timestamp()}
            )
            await until(lambda: made.tally.outcomes == [Polled.LEASE_LOST], 2)
            assert made.running == {"feed0", "feed1", "feed3"}
            release.set()
            await until(lambda: made.tally.outcomes[1:] == [Polled.UNCHANGED] * 3)

    run(work)


def test_a_poll_that_ends_while_leases_are_kept_is_no_loss(store: Store) -> None:
    """Polls that end in the very moment of a renewal end well, however the two calls cross."""

    async def short(_: Engine, claim: Claim) -> None:
        await asyncio.sleep(0.01)

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(500)])
        async with engine(store, short, slots=30) as made:
            while len(made.tally.outcomes) < 500:
                await made.loop._renew()
                await asyncio.sleep(0)
            assert len(made.desk.renewals) > 20
            assert set(made.tally.outcomes) == {Polled.UNCHANGED}

    run(work)


def test_two_pollers_share_feeds_without_overlap(store: Store) -> None:
    """Every feed is polled once, never by both at once, and both have work."""
    running: set[str] = set()

    async def short(_: Engine, claim: Claim) -> None:
        await asyncio.sleep(0.02)

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(200)])
        async with (
            engine(store, short, owner="one", running=running) as one,
            engine(store, short, owner="two", running=running) as two,
        ):
            await until(lambda: sum(one.polled.values()) + sum(two.polled.values()) >= 200, 20)
            await asyncio.sleep(0.5)
        assert one.overlaps == two.overlaps == 0
        assert one.polled + two.polled == {f"feed{number}": 1 for number in range(200)}
        assert min(len(one.polled), len(two.polled)) > 20

    run(work)


def test_slots_are_filled_together(store: Store) -> None:
    """When many feeds are due a claim takes several, and pausing is asked about once a second at most."""

    async def short(_: Engine, claim: Claim) -> None:
        await asyncio.sleep(0.001)

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(600)])
        async with engine(store, short, slots=40) as made:
            await until(lambda: sum(made.polled.values()) == 600, 20)
            assert len(made.desk.claims) <= 600 / 5
            assert made.desk.pauses <= 4

    run(work)


def test_a_host_that_says_429_rests_for_both_pollers(store: Store) -> None:
    """After Retry-After neither poller asks the host, be it for another feed or for a page; others go on."""
    asked: list[str] = []

    async def refuse(made: Engine, claim: Claim) -> None:
        asked.append(claim.feed.url)
        if "busy.test" in claim.feed.url:
            made.hosts.rest(claim.feed.url, 600)
            raise FetchFailed("HTTP 429", Reason.HTTP_STATUS, status=429, retry_after_s=600)

    async def work() -> None:
        put(store, ["busy.test", "busy.test", "busy.test", "calm.test"])
        async with engine(store, refuse, owner="one") as one, engine(store, refuse, owner="two") as two:
            await until(lambda: len(asked) == 2)
            await asyncio.sleep(1.0)
            for made in (one, two):
                with pytest.raises(FetchFailed) as caught:
                    async with made.hosts.turn("http://busy.test/page"):
                        pass
                assert caught.value.status == 429
        assert sorted(url.split("/")[2] for url in asked) == ["busy.test", "calm.test"]

    run(work)


def test_no_feed_starves_beside_a_host_of_many(store: Store) -> None:
    """Hundreds of due feeds of one paced host are put off; all feeds behind them in line are polled at once."""

    async def work() -> None:
        put(store, ["big.test"] * 500 + [f"h{number}.test" for number in range(60)])
        late = {f"feed{number}" for number in range(500, 560)}
        async with engine(store, at_once, rule=pacing(0.3)) as made:
            began = asyncio.get_running_loop().time()
            await until(lambda: late <= made.polled.keys(), 20)
            assert asyncio.get_running_loop().time() - began < 6
            of_big = len(made.polled.keys() - late)
            # One at a time and 0.3 s apart, as its pacing says, and not forgotten either.
            await until(lambda: len(made.polled.keys() - late) >= of_big + 3, 5)

    run(work)


def test_a_feed_claimed_again_ends_our_own_older_poll(store: Store) -> None:
    """When a lease ran out here and the feed came back to us, only the newer poll goes on."""
    release = asyncio.Event()

    async def slow(_: Engine, claim: Claim) -> None:
        await release.wait()

    async def work() -> None:
        put(store, ["a.test"])
        async with engine(store, slow, lease_s=20) as made:
            await until(lambda: made.polled["feed0"] == 1)
            store.client.delete(store.client.keys("*turns*")[0])
            store.client.zadd(store.keys.feeds_due, {"feed0": 1.0})
            await until(lambda: made.polled["feed0"] == 2)
            await until(lambda: made.tally.outcomes == [Polled.LEASE_LOST])
            release.set()
            await until(lambda: made.tally.outcomes[1:] == [Polled.UNCHANGED])

    run(work)


def test_a_bug_in_a_poll_costs_that_poll(store: Store) -> None:
    """Whatever a poll raises is counted as its failure, and the loop goes on."""

    async def broken(_: Engine, claim: Claim) -> None:
        if claim.feed.id == "feed1":
            raise KeyError("x")

    async def work() -> None:
        put(store, [f"h{number}.test" for number in range(3)])
        async with engine(store, broken) as made:
            await until(lambda: len(made.tally.outcomes) == 3)
            assert sorted(made.tally.outcomes) == [Polled.FAILED, Polled.UNCHANGED, Polled.UNCHANGED]

    run(work)


def test_what_a_poll_does_after_its_end_needs_no_lease(store: Store) -> None:
    """A poll that has given its lease back may take its time to say goodbye, and is not cancelled for it."""

    async def work() -> None:
        put(store, ["a.test"])
        async with engine(store, at_once) as made:
            finish = made.desk.finish

            async def slowly(end: Finish) -> None:
                await finish(end)
                await asyncio.sleep(1.5)

            made.desk.finish = slowly  # type: ignore[method-assign]  # what follows the end
            await until(lambda: made.tally.outcomes == [Polled.UNCHANGED])

    run(work)


def test_a_loop_that_cannot_keep_leases_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in keeping leases ends the loop with its error, rather than losing lease after lease in silence."""

    async def slow(_: Engine, claim: Claim) -> None:
        await asyncio.sleep(1.0)

    async def broken(*_: object) -> set[str]:
        raise KeyError("renew")

    async def work() -> None:
        async with engine(store, slow) as made:
            monkeypatch.setattr(made.desk, "renew", broken)
            await asyncio.sleep(2.0)

    put(store, ["a.test"])
    with pytest.raises(KeyError, match="renew"):
        run(work)
