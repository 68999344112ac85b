"""One poll against a real Redis and a real host: what goes wrong costs itself only."""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from poller_wire import Answer, html, item, rss, says, wired
from raw_server import Exchange

from dateline.errors import LeaseLost, StoreUnavailable
from dateline.model import Page
from dateline.settings import Settings
from dateline.store.door import Store
from services.poller.choice import with_page
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says(b"no", status="500 x"), "http_status"),
        (says(b""), "empty_feed"),
        (says(b"<html><body>Log in</body></html>"), "not_a_feed"),
        (says(b"x" * 100, "Content-Encoding: br"), "bad_encoding"),
        (says(b"", "Location: http://127.0.0.1:1/", status="302 x"), "address_refused"),
    ],
)
def test_a_failed_poll_is_named_and_backs_off(
    store: Store, settings: Settings, answer: Answer, reason: str
) -> None:
    """The reason stands in the feed's state, the next poll comes later, nothing else is touched."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", answer)
            wire.feed()
            assert await wire.once() is Polled.FAILED
            assert (wire.state.last_error_reason, wire.state.rhythm.error_streak) == (reason, 1)
            assert wire.state.rhythm.next_poll_at > wire.now

    asyncio.run(run())


def test_a_cut_off_feed_is_read_and_asked_again(store: Store, settings: Settings) -> None:
    """Entries of a truncated body are taken; without validators the rest is seen at the next poll."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            whole = rss(item(1, wire.serve("/1", html())), item(2, wire.serve("/2", html())))

            async def cut(exchange: Exchange) -> None:
                await exchange.say(
                    b'HTTP/1.1 200 OK\r\nETag: "v1"\r\n\r\n'
                    + whole[: whole.index(b"<guid isPermaLink='false'>g2")]
                )
                exchange.hang_up()

            wire.serve("/feed1", cut)
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert wire.page("/1") is not None
            assert (wire.state.etag, wire.state.last_error_reason) == (None, "truncated")
            wire.serve("/feed1", says(whole, 'ETag: "v1"'))
            assert await wire.once() is Polled.CHANGED
            assert wire.page("/2") is not None
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_lost_lease_stops_the_work(store: Store, settings: Settings) -> None:
    """When another poller holds the feed, nothing more is written by the first."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            ours = wire.claim()
            wire.now += timedelta(seconds=30)
            theirs = wire.claim()
            assert theirs.token != ours.token
            with pytest.raises(LeaseLost):
                await wire.poll.run(ours)
            assert wire.acknowledged == 0
            assert await wire.poll.run(theirs) is Polled.CHANGED
            assert wire.acknowledged == 1

    asyncio.run(run())


def test_a_stopping_poll_gives_the_rest_away(store: Store, settings: Settings) -> None:
    """At the stop no new page is begun; the feed is due at once for another poller."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html()))), 'ETag: "v1"'))
            wire.feed()
            wire.stopping = True
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag) == (0, None)
            assert wire.state.rhythm.next_poll_at <= wire.now
            assert "/1" not in wire.server.paths

    asyncio.run(run())


class Cut:
    """A store whose n-th call fails, before it is carried out or after (the reply is lost)."""

    def __init__(self, store: Store, nth: int, *, after: bool) -> None:
        self._feeds, self._nth, self._after = store.feeds, nth, after
        self._calls = count(1)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._feeds, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            mine = next(self._calls) == self._nth
            if mine and not self._after:
                raise StoreUnavailable("cut off")
            answer = method(*args, **kwargs)
            if mine:
                raise StoreUnavailable("the reply is lost")
            return answer

        return call


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, 7))
def test_a_poll_cut_off_anywhere_is_repeated_and_loses_nothing(
    store: Store, settings: Settings, nth: int, after: bool
) -> None:
    """Wherever the store goes away, the next poll completes the work: each entry once, none lost."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html()) for number in range(4)]
            wire.serve(
                "/feed1", says(rss(*(item(number, link) for number, link in enumerate(links))), 'ETag: "v1"')
            )
            wire.feed()
            wire.desk.swap(Cut(store, nth, after=after))
            with pytest.raises(StoreUnavailable):
                await wire.once()
            wire.desk.swap(store.feeds)
            if not (nth == 6 and after):  # then the last commit was carried out, and only its reply was lost
                assert wire.store.catalog.rows()[0].state is None
            await wire.once()
            assert wire.acknowledged == 4
            assert all(wire.page(f"/{number}") for number in range(4))
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_bug_of_ours_backs_off_too(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that breaks the poller is named and polled later, not every time its lease ends."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            monkeypatch.setattr("services.poller.choice.draft", lambda *_: 1 / 0)
            assert await wire.once() is Polled.FAILED
            assert (wire.state.last_error_reason, wire.state.rhythm.error_streak) == ("internal", 1)
            assert wire.state.rhythm.next_poll_at > wire.now

    asyncio.run(run())


def test_an_entry_that_breaks_us_costs_itself_only(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A surprise with one entry is named; its neighbours and its feed go on."""

    def odd(page: Page, fetched: Any) -> Page:
        if page.entry.title == "Story 1":
            raise ZeroDivisionError
        return with_page(page, fetched)

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve(
                "/feed1", says(rss(item(1, wire.serve("/1", html())), item(2, wire.serve("/2", html()))))
            )
            wire.feed()
            monkeypatch.setattr("services.poller.choice.with_page", odd)
            assert await wire.once() is Polled.CHANGED
            assert wire.stub("/2")["source"] == "page"
            assert (wire.stub("/1")["source"], wire.stub("/1")["fetch_reason"]) == ("feed", "internal")

    asyncio.run(run())
