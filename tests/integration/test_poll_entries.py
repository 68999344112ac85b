"""One poll against a real Redis and a real host: what becomes of entries."""

import asyncio
from typing import Any

import pytest
from poll_rows import once
from poller_wire import LONG, html, item, rss, says, wired
from raw_server import Exchange

from dateline.errors import FetchFailed, Reason
from dateline.model import TextSource
from dateline.settings import Settings
from dateline.store.door import Store
from services.poller.fetch import Fetched
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


def test_new_entries_are_stored_with_their_pages(store: Store, settings: Settings) -> None:
    """A poll acknowledges each unknown entry once, with its page, oldest first, and then rests."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html(f"Story {number}")) for number in (1, 2, 3)]
            body = rss(*(item(number, link) for number, link in enumerate(links, 1)))
            wire.serve("/feed1", says(body, 'ETag: "v1"'))
            wire.feed(country="NE")
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/2")
            assert page is not None
            assert (page.source, page.country, page.entry.title) == (TextSource.PAGE, "NE", "Story 2")
            assert b"Story 2" in page.body
            assert wire.acknowledged == 3
            assert (wire.state.etag, wire.state.polls, wire.state.format) == ('"v1"', 1, "rss20")
            assert wire.server.paths[:2] == ["/feed1", "/3"]
            wire.serve("/4", html())
            wire.serve("/feed1", says(rss(item(4, wire.server.url("/4")), item(1, links[0]))))
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 4
            assert wire.server.paths.count("/1") == 1

    asyncio.run(run())


def test_an_unchanged_feed_costs_one_request(store: Store, settings: Settings) -> None:
    """304, and the same bytes under another ETag, end the poll before anything is parsed."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            body = rss(item(1, wire.serve("/1", html())))

            async def conditional(exchange: Exchange) -> None:
                same = exchange.headers.get("if-none-match") == '"v1"'
                await exchange.answer(
                    b"" if same else body, 'ETag: "v1"', status="304 x" if same else "200 OK", length=not same
                )

            wire.serve("/feed1", conditional)
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert await wire.once() is Polled.UNCHANGED
            wire.serve("/feed1", says(body, 'ETag: "v2"'))
            assert await wire.once() is Polled.UNCHANGED
            assert (wire.state.etag, wire.state.polls, wire.acknowledged) == ('"v2"', 3, 1)

    asyncio.run(run())


def test_one_refused_article_costs_itself_only(store: Store, settings: Settings) -> None:
    """A 403, a PDF, an internal link and an empty entry end by name; their neighbours go on."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            bad = [
                item(1, wire.serve("/403", says(b"no", status="403 Forbidden"))),
                item(2, wire.serve("/pdf", says(b"%PDF-1.7", "Content-Type: application/pdf")), ""),
                item(3, "http://169.254.169.254/latest/", ""),
                item(4, None, ""),
                item(5, wire.serve("/good", html())),
                item(6, wire.serve("/403long", says(b"no", status="403 Forbidden")), LONG),
            ]
            wire.serve("/feed1", says(rss(*bad), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 6
            assert wire.stub("/pdf")["reason"] == "not_html"
            assert wire.stub("/pdf")["fate"] == "unreadable"
            assert wire.stub("/good")["source"] == "page"
            for path in ("/403", "/403long"):
                page = wire.page(path)
                assert page is not None
                assert (page.source, page.fetch_reason, page.body) == (TextSource.FEED, "http_status", b"")
            fates = wire.store.client.hgetall(wire.store.keys.fates)
            assert (fates[b"rejected"], fates[b"unreadable"]) == (b"2", b"1")
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_passing_failure_leaves_the_entry_for_later(store: Store, settings: Settings) -> None:
    """While a page fails for now, its entry stays unknown and no validator moves; then it is taken."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", says(b"", status="503 x"))
            wire.serve("/feed1", says(rss(item(1, link)), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag, wire.state.body_hash) == (0, None, None)
            wire.serve("/1", html("Back again"))
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/1")
            assert page is not None
            assert b"Back again" in page.body
            assert wire.state.etag == '"v1"'

    asyncio.run(run())


def test_a_lasting_failure_ends_after_three_polls(store: Store, settings: Settings) -> None:
    """A host that stays broken does not hold its entries back for ever."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", says(b"", status="503 x"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            for acknowledged in (0, 0, 1):
                assert await wire.once() is Polled.CHANGED
                assert wire.acknowledged == acknowledged
            page = wire.page("/1")
            assert page is not None
            assert page.source is TextSource.FEED

    asyncio.run(run())


def test_a_broken_page_is_asked_for_twice(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that answers 500 gets a second chance within the poll; then it ends by name."""
    monkeypatch.setattr("services.poller.visit.HICCUP_S", 0.01)

    async def run() -> None:
        async with wired(store, settings) as wire:
            broken = wire.serve("/broken", says(b"", status="500 x"))

            async def mended(exchange: Exchange) -> None:
                first = wire.server.paths.count("/mended") == 1
                await (says(b"", status="500 x") if first else html("Mended"))(exchange)

            wire.serve("/feed1", says(rss(item(1, broken, ""), item(2, wire.serve("/mended", mended)))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.stub("/broken")["fate"], wire.stub("/broken")["reason"]) == (
                "unreadable",
                "http_status",
            )
            assert wire.stub("/mended")["source"] == "page"
            assert [wire.server.paths.count(path) for path in ("/broken", "/mended")] == [2, 2]

    asyncio.run(run())


def test_a_host_that_asks_to_wait_is_not_asked_for_more(store: Store, settings: Settings) -> None:
    """After a 429 nothing more of that host is fetched, and what was not asked does not count as tried."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve(
                "/feed1", says(rss(*(item(number, f"http://busy.test/{number}") for number in range(9))))
            )
            wire.feed()
            asked: list[str] = []
            fetch = wire.fetcher.fetch

            async def busy(url: str, **options: Any) -> Fetched:
                if "busy.test" not in url:
                    return await fetch(url, **options)
                asked.append(url)
                if url.endswith("robots.txt"):
                    raise FetchFailed("HTTP 404", Reason.HTTP_STATUS, status=404)
                raise FetchFailed("HTTP 429", Reason.HTTP_STATUS, status=429, retry_after_s=3000)

            wire.fetcher.fetch = busy  # type: ignore[method-assign]
            for _ in range(4):
                assert await once(wire, 1, minutes=10) is Polled.CHANGED
            assert len(asked) == 2
            assert wire.acknowledged == 0

    asyncio.run(run())


def test_a_reserved_page_is_left_to_its_host(store: Store, settings: Settings) -> None:
    """A page that reserves text mining is not kept; what the feed itself says may be read."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            reserved = says(b"<html><p>Reserved</p></html>", "Content-Type: text/html", "TDM-Reservation: 1")
            wire.serve(
                "/feed1",
                says(rss(item(1, wire.serve("/1", reserved)), item(2, wire.serve("/2", reserved), ""))),
            )
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/1")
            assert page is not None
            assert (page.source, page.body) == (TextSource.FEED, b"")
            assert wire.stub("/2")["fate"] == "rejected"

    asyncio.run(run())
