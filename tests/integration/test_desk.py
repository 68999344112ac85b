"""The promises of services.poller.desk and its batches, on a store that notes what it is asked."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import make
import msgspec
import pytest

from dateline.errors import LeaseLost, StoreUnavailable
from dateline.model import FeedRhythm, FeedState
from dateline.store.feeds import Claim, Finish, Pacing
from services.poller.desk import Desk
from services.poller.ends import BATCH

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
PACING = Pacing(delay_s=1.0, at_once=1, hold_s=20.0, free=frozenset())


class Noting:
    """A store that notes its calls; feeds in ``lost`` are another's, and ``away`` counts failures to come."""

    def __init__(self) -> None:
        self.batches: list[list[Finish]] = []
        self.gave: list[tuple[str, str]] = []
        self.rested: list[tuple[str, datetime]] = []
        self.lost: set[str] = set()
        self.away = 0
        self.turn_s = 0.0
        self.hold = threading.Event()
        self.hold.set()

    feeds = turns = policies = property(lambda self: self)

    def finish(self, batch: Sequence[Finish], now: datetime) -> set[str]:
        assert now == NOW
        self.hold.wait(5)
        if self.away:
            self.away -= 1
            raise StoreUnavailable("away")
        for end in batch:
            msgspec.json.encode(end.state)
        self.batches.append(list(batch))
        return self.lost & {end.claim.feed.id for end in batch}

    def give(self, turns: Sequence[tuple[str, str]], now: datetime) -> None:
        if self.away:
            self.away -= 1
            raise StoreUnavailable("away")
        self.gave.extend(turns)

    def rest(self, host: str, until: datetime) -> None:
        self.rested.append((host, until))

    def take(self, host: str, token: str, rule: Pacing, now: datetime) -> float:
        assert rule is PACING
        return 0.0 if (host, "before") in self.gave else 0.25


def end(number: int, **state: Any) -> Finish:
    claim = Claim(
        feed=make.feed(number), state=None, token="token", host="feeds.test", turn=f"token feed{number}"
    )
    rhythm = FeedRhythm(interval_s=900, next_poll_at=NOW)
    return Finish(claim=claim, state=FeedState(rhythm=rhythm, **state))


def on_desk(work: Callable[[Desk, Noting], Awaitable[None]]) -> Noting:
    store = Noting()

    async def run() -> None:
        desk = Desk(store, lambda: NOW)
        try:
            await asyncio.wait_for(work(desk, store), 10)
        finally:
            desk.close()

    asyncio.run(run())
    return store


def test_what_ends_together_goes_in_one_call() -> None:
    """Ends of many polls make one call, and no more than 64 wait for each other."""

    async def work(desk: Desk, _: Noting) -> None:
        await asyncio.gather(*(desk.finish(end(number)) for number in range(20)))
        await asyncio.gather(*(desk.finish(end(number)) for number in range(100)))

    store = on_desk(work)
    assert [len(batch) for batch in store.batches] == [20, BATCH, 100 - BATCH]


def test_each_caller_gets_his_own_verdict() -> None:
    """A lost lease is told to its own poll only; the others of the batch have ended well."""

    async def work(desk: Desk, store: Noting) -> None:
        store.lost = {"feed2"}
        told = await asyncio.gather(
            *(desk.finish(end(number)) for number in (1, 2, 3)), return_exceptions=True
        )
        assert [type(one) for one in told] == [type(None), LeaseLost, type(None)]

    assert len(on_desk(work).batches) == 1


def test_redis_away_is_told_to_all_in_the_batch() -> None:
    """When Redis is away nothing of the batch was written, and everyone in it hears so."""

    async def work(desk: Desk, store: Noting) -> None:
        store.away = 1
        told = await asyncio.gather(*(desk.finish(end(number)) for number in (1, 2)), return_exceptions=True)
        assert [type(one) for one in told] == [StoreUnavailable] * 2
        await desk.finish(end(1))

    assert [len(batch) for batch in on_desk(work).batches] == [1]


def test_what_cannot_be_written_fails_alone() -> None:
    """A state that no encoder takes is refused to its own poll; the batch is written without it."""

    async def work(desk: Desk, _: Noting) -> None:
        told = await asyncio.gather(
            desk.finish(end(1)),
            desk.finish(end(2, title="\ud800")),
            desk.finish(end(3)),
            return_exceptions=True,
        )
        assert [type(one) for one in told] == [type(None), UnicodeEncodeError, type(None)]

    written = [one.claim.feed.id for batch in on_desk(work).batches for one in batch]
    assert written == ["feed1", "feed3"]


def test_a_cancelled_caller_does_not_break_the_batch() -> None:
    """Who is cancelled while the batch is at Redis hears nothing more; the others get their verdicts."""

    async def work(desk: Desk, store: Noting) -> None:
        store.hold.clear()
        first, second = (asyncio.create_task(desk.finish(end(number))) for number in (1, 2))
        await asyncio.sleep(0.05)
        assert desk.is_ending(end(1).claim)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert first.cancelled()
        assert not desk.is_ending(end(1).claim)
        store.hold.set()
        await second

    assert len(on_desk(work).batches[0]) == 2


def test_a_turn_goes_back_with_the_end_of_its_poll() -> None:
    """A turn given back just before its poll ends costs no call of its own; any other is given with the batch."""

    async def work(desk: Desk, store: Noting) -> None:
        mine = msgspec.structs.replace(end(1))
        desk.give("feeds.test", mine.claim.turn)
        desk.give("pages.test", "another")
        await desk.finish(mine)
        await asyncio.sleep(0.05)
        assert store.gave == [("pages.test", "another")]

    store = on_desk(work)
    assert [one.turn for one in store.batches[0]] == [True]


def test_a_turn_that_is_asked_for_is_given_back_first() -> None:
    """Who asks for a turn does not wait for one that this process has just given back."""

    async def work(desk: Desk, _: Noting) -> None:
        assert await desk.take("a.test", "next", PACING) == 0.25
        desk.give("a.test", "before")
        assert await desk.take("a.test", "next", PACING) == 0.0

    on_desk(work)


def test_turns_are_given_back_at_the_end() -> None:
    """Closing the desk sends what waits; Redis being away then hurts nobody."""

    async def work(desk: Desk, _: Noting) -> None:
        desk.give("a.test", "one")
        desk.rest("b.test", 60)
        desk.rest("b.test", 30)

    store = on_desk(work)
    assert store.gave == [("a.test", "one")]
    assert store.rested == [("b.test", NOW + timedelta(seconds=60))]

    async def away(desk: Desk, store: Noting) -> None:
        store.away = 1
        desk.give("a.test", "one")
        await asyncio.sleep(0.05)
        await desk.finish(end(1))

    assert len(on_desk(away).batches) == 1


@pytest.mark.parametrize("callers", [1, 3])
def test_a_bug_in_the_store_is_told_and_ends(callers: int) -> None:
    """An error that nobody foresaw reaches every caller, and the next batch goes through."""

    async def work(desk: Desk, store: Noting) -> None:
        store.lost = None  # type: ignore[assignment]  # a bug
        told = await asyncio.gather(
            *(desk.finish(end(number)) for number in range(callers)), return_exceptions=True
        )
        assert all(isinstance(one, TypeError) for one in told)
        store.lost = set()
        await desk.finish(end(9))

    on_desk(work)
