"""One poll against a real Redis and a real host: aggregators, and bodies that hubs push."""

import asyncio
from datetime import timedelta

import pytest
from fetch_cases import body
from poll_rows import call_aggregator, noted, once, remembered, version
from poller_wire import Wire, html, item, rss, says, wired
from town import town

from dateline.errors import FetchFailed, Reason
from dateline.model import TextSource
from dateline.settings import Settings
from dateline.store import websub
from dateline.store.door import Store
from dateline.text import urls
from services.poller.fetch import Fetched
from services.poller.tally import Polled, Seen

pytestmark = pytest.mark.integration


def test_an_aggregators_entry_is_the_article_where_it_leads(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stored under the publisher's address, and a feed that lists that address finds it known."""
    call_aggregator(monkeypatch)

    async def run() -> None:
        async with wired(store, settings) as wire:
            story = wire.serve("/story", html("The story"))
            link = wire.serve("/agg/abc", says(b"", "Location: /story?utm_source=agg", status="302 x"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/story")
            assert page is not None
            assert (page.url, page.entry.guid) == (urls.canonical(story), "g1")
            assert wire.page("/agg/abc") is None
            wire.serve("/feed2", says(rss(item(7, story))))
            wire.feed(2)
            with noted() as seen:
                assert await once(wire, 2) is Polled.CHANGED
            assert seen == {Seen.KNOWN: 1}
            assert wire.acknowledged == 1
            assert wire.stub("/story")["feeds"].split() == ["feed1", "feed2"]
            assert wire.server.paths.count("/story?utm_source=agg") == 1

    asyncio.run(run())


def test_an_aggregator_that_leads_to_a_known_article_adds_its_feed(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The publisher's feed came first: the aggregator's entry is that article, and is not followed twice."""
    call_aggregator(monkeypatch)

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed2", says(rss(item(7, wire.serve("/story", html())))))
            wire.feed(2)
            assert await once(wire, 2) is Polled.CHANGED
            link = wire.serve("/agg/abc", says(b"", "Location: /story", status="302 x"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            for extra in ((), (item(2, wire.serve("/2", html())),)):
                wire.serve("/feed1", says(rss(item(1, link), *extra)))
                assert await once(wire, 1) is Polled.CHANGED
            assert wire.stub("/story")["feeds"].split() == ["feed2", "feed1"]
            assert wire.acknowledged == 2
            assert version(wire, "/story") == 1
            assert wire.server.paths.count("/agg/abc") == 1

    asyncio.run(run())


def test_an_aggregators_link_that_leads_nowhere_is_named(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unresolved: the feed's own text serves, under the feed's own link."""
    call_aggregator(monkeypatch)

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/agg/abc", html("Please wait"))))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/agg/abc")
            assert page is not None
            assert (page.source, page.fetch_reason, page.body) == (TextSource.FEED, "unresolved", b"")

    asyncio.run(run())


def test_a_journey_tells_where_it_ended_though_it_failed() -> None:
    """The address at which each host was come to, the one that refused the page too."""

    async def run() -> None:
        async with town() as here:
            here.says["news.test/x"] = here.redirects("other.test/story")
            here.says["other.test/story"] = body(b"", status="403 x")
            passed: list[str] = []
            with pytest.raises(FetchFailed):
                await here.visits("none").page(here.url("news.test/x"), passed)
            assert passed == [here.url("news.test/x"), here.url("other.test/story")]

    asyncio.run(run())


def test_an_article_that_its_publisher_refuses_is_known_by_his_address(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The aggregator's link led to a 403: the feed's text serves, and the publisher's own feed finds it known."""
    call_aggregator(monkeypatch)

    async def run() -> None:
        async with wired(store, settings) as wire:
            story = wire.serve("/story", html())
            wire.serve("/feed1", says(rss(item(1, wire.server.url("/agg/abc")))))
            wire.feed()

            async def refused(_: str, passed: list[str]) -> Fetched:
                passed.append(story)
                raise FetchFailed("HTTP 403", Reason.HTTP_STATUS, status=403)

            monkeypatch.setattr(wire.poll._visits, "page", refused)
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/story")
            assert page is not None
            assert (page.source, page.fetch_reason) == (TextSource.FEED, "http_status")

    asyncio.run(run())


def push(wire: Wire, body: bytes) -> None:
    """Leave a body as a hub's callback does."""
    pushed = websub.encode(websub.Pushed("application/rss+xml", body))
    wire.store.client.rpush(wire.store.keys.pushed("feed1"), pushed)


def test_a_pushed_body_is_taken_without_asking_the_host(store: Store, settings: Settings) -> None:
    """The feed is not fetched; what is known, its validators and its next poll stay."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            old = item(1, wire.serve("/1", html()))
            wire.serve("/feed1", says(rss(old), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            before = wire.state
            push(wire, rss(item(2, wire.serve("/2", html("Pushed")))))
            push(wire, rss(item(3, wire.serve("/3", html("Pushed too")))))
            wire.now += timedelta(seconds=60)
            wire.store.catalog.due_now(["feed1"], wire.now)
            assert await wire.poll.run(wire.claim()) is Polled.PUSHED
            assert wire.acknowledged == 3
            assert wire.server.paths.count("/feed1") == 1
            assert (wire.state.etag, wire.state.body_hash) == (before.etag, before.body_hash)
            assert len(remembered(wire)) == 3
            assert wire.store.feeds.pushed("feed1") == []
            wire.serve("/feed1", says(rss(item(2, wire.server.url("/2")), old)))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen[Seen.PAGE] == 0
            assert wire.acknowledged == 3

    asyncio.run(run())


def test_a_pushed_body_that_is_no_feed_is_a_reason_to_look(store: Store, settings: Settings) -> None:
    """It is dropped and counted, and the feed is asked itself."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            push(wire, b"<html><body>Sorry</body></html>")
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 1
            assert wire.store.feeds.pushed("feed1") == []

    asyncio.run(run())


def test_a_pushed_entry_whose_page_fails_for_now_is_kept(store: Store, settings: Settings) -> None:
    """The body waits until its entries are had, though the feed itself does not list them."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            push(wire, rss(item(2, wire.serve("/2", says(b"", status="503 x")))))
            assert await wire.once() is Polled.UNCHANGED
            assert (wire.acknowledged, len(wire.store.feeds.pushed("feed1"))) == (1, 1)
            wire.serve("/2", html())
            await wire.once()
            assert (wire.acknowledged, wire.store.feeds.pushed("feed1")) == (2, [])

    asyncio.run(run())
