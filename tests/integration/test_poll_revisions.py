"""One poll against a real Redis and a real host: entries that a feed edits."""

import asyncio

import pytest
from poll_rows import count_calls, noted, once, remembered, version, watch_parser
from poller_wire import LONG, html, item, rss, says, wired

from dateline.model import TextSource
from dateline.settings import Settings
from dateline.store.door import Store
from services.poller.tally import Polled, Seen

pytestmark = pytest.mark.integration


def edited(text: str, number: int, link: str) -> str:
    return item(number, link).replace(f"Story {number}", text)


def test_an_edited_headline_is_the_next_version_of_its_article(store: Store, settings: Settings) -> None:
    """One article, its page fetched again, version 2, back in the outbox with the new words."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html(f"Story {number}")) for number in (1, 2)]
            wire.serve("/feed1", says(rss(item(1, links[0]), item(2, links[1]))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            wire.serve("/1", html("Story 1, corrected"))
            wire.serve("/feed1", says(rss(edited("Corrected", 1, links[0]), item(2, links[1]))))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen == {Seen.REVISED: 1, Seen.KNOWN: 1}
            page = wire.page("/1")
            assert page is not None
            assert (page.version, page.entry.title) == (2, "Corrected")
            assert b"corrected" in page.body
            assert (version(wire, "/1"), version(wire, "/2")) == (2, 1)
            assert wire.acknowledged == 2
            assert [wire.server.paths.count(path) for path in ("/1", "/2")] == [2, 1]

    asyncio.run(run())


def test_markup_and_dates_alone_are_no_revision(store: Store, settings: Settings) -> None:
    """The item's bytes change, its words do not: it is parsed, and left as it stands."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            one = item(1, wire.serve("/1", html()))
            wire.serve("/feed1", says(rss(one)))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            before = remembered(wire)
            dated = one.replace("<guid", "<pubDate>Thu, 12 Mar 2026 08:00:00 GMT</pubDate><guid")
            bold = dated.replace("the market", "&lt;b&gt;the&lt;/b&gt;  MARKET")
            wire.serve("/feed1", says(rss(bold)))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen == {Seen.KNOWN: 1}
            assert wire.server.paths.count("/1") == 1
            (old,), (new,) = before, remembered(wire)
            assert (old.guid, old.digest) == (new.guid, new.digest)

    asyncio.run(run())


def test_an_item_that_stands_as_it_stood_is_not_parsed_again(store: Store, settings: Settings) -> None:
    """Of a changed body only the item that is new gives an entry; all of them stay remembered."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            old = [item(number, wire.serve(f"/{number}", html())) for number in (1, 2, 3)]
            wire.serve("/feed1", says(rss(*old)))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            wire.serve("/feed1", says(rss(item(4, wire.serve("/4", html())), *old)))
            parsed = watch_parser(wire)
            assert await wire.once() is Polled.CHANGED
            assert [entry.guid for entry in parsed[-1].entries] == ["g4"]
            assert [one.entry for one in parsed[-1].items] == [0, None, None, None]
            assert len(remembered(wire)) == 4
            assert wire.acknowledged == 4

    asyncio.run(run())


def test_a_body_that_changed_around_its_items_costs_the_store_next_to_nothing(
    store: Store, settings: Settings
) -> None:
    """A new time of making: no entry is looked up, no row is written, and new validators are."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            body = rss(item(1, wire.serve("/1", html())))
            wire.serve("/feed1", says(body, 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            asked, ends = count_calls(wire, "unknown"), count_calls(wire, "finish")
            made = b"<lastBuildDate>Thu, 12 Mar 2026 11:00:00 GMT</lastBuildDate><item>"
            wire.serve("/feed1", says(body.replace(b"<item>", made, 1), 'ETag: "v2"'))
            assert await wire.once() is Polled.CHANGED
            assert asked == []
            ((end,),) = ends
            assert (end.items, end.listed, end.state.etag) == (None, (), '"v2"')
            assert len(remembered(wire)) == 1

    asyncio.run(run())


def test_an_edit_whose_page_fails_for_now_is_seen_again(store: Store, settings: Settings) -> None:
    """It is no loss and no teaser in place of a page: the next poll finds the same edit, and its page."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", html("First"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            wire.serve("/1", says(b"", status="503 x"))
            wire.serve("/feed1", says(rss(edited("Corrected", 1, link))))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen == {Seen.DEFERRED: 1}
            assert version(wire, "/1") == 1
            wire.serve("/1", html("Second"))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen == {Seen.REVISED: 1}
            page = wire.page("/1")
            assert page is not None
            assert b"Second" in page.body

    asyncio.run(run())


def test_an_edit_whose_page_is_gone_leaves_the_version_that_stands(store: Store, settings: Settings) -> None:
    """A page that was had is not given up for a teaser."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", html("First"))
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            wire.serve("/1", says(b"", status="404 x"))
            wire.serve("/feed1", says(rss(edited("Corrected", 1, link)), 'ETag: "v2"'))
            assert await wire.once() is Polled.CHANGED
            page = wire.page("/1")
            assert page is not None
            assert (page.version, page.source) == (1, TextSource.PAGE)
            assert wire.state.etag == '"v2"'

    asyncio.run(run())


def test_a_feed_read_for_its_own_text_is_revised_from_it(store: Store, settings: Settings) -> None:
    """Where no page is asked for, the feed's edited text is the next version; many new ones are one commit."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            items = [item(number, f"http://news.test/{number}", LONG) for number in range(20)]
            wire.serve("/feed1", says(rss(*items)))
            wire.feed(text=TextSource.FEED)
            accepted = count_calls(wire, "accept")
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, len(accepted)) == (20, 1)
            wire.serve("/feed1", says(rss(items[0].replace("several", "seven"), *items[1:])))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert (seen[Seen.REVISED], seen[Seen.KNOWN]) == (1, 19)

    asyncio.run(run())


def test_one_article_in_two_feeds_is_listed_with_both(store: Store, settings: Settings) -> None:
    """The second feed fetches nothing; an edit that both show is the article's next version once."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            link = wire.serve("/1", html())
            wire.serve("/feed1", says(rss(item(1, link))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            wire.serve("/feed2", says(rss(item(7, f"{link}?utm_source=rss"))))
            wire.feed(2)
            assert await once(wire, 2) is Polled.CHANGED
            assert wire.stub("/1")["feeds"].split() == ["feed1", "feed2"]
            assert wire.server.paths.count("/1") == 1
            wire.serve("/feed2", says(rss(edited("Corrected", 7, link))))
            assert await once(wire, 2) is Polled.CHANGED
            assert version(wire, "/1") == 2
            wire.serve("/feed1", says(rss(edited("Corrected", 1, link))))
            with noted() as seen:
                assert await once(wire, 1) is Polled.CHANGED
            assert seen == {Seen.KNOWN: 1}
            assert (wire.acknowledged, version(wire, "/1")) == (1, 2)

    asyncio.run(run())


def test_a_new_template_revises_nothing(store: Store, settings: Settings) -> None:
    """When every entry reads differently at once, no page is fetched again, and the new words are remembered."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            links = [wire.serve(f"/{number}", html()) for number in range(12)]
            wire.serve("/feed1", says(rss(*(item(number, link) for number, link in enumerate(links)))))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            reworded = [item(number, link, "Read more on our site") for number, link in enumerate(links)]
            wire.serve("/feed1", says(rss(*reworded)))
            with noted() as seen:
                assert await wire.once() is Polled.CHANGED
            assert seen == {Seen.KNOWN: 12}
            assert len(wire.server.paths) == 14
            reworded[3] = edited("Corrected", 3, links[3])
            wire.serve("/feed1", says(rss(*reworded)))
            assert await wire.once() is Polled.CHANGED
            assert [version(wire, f"/{number}") for number in (2, 3)] == [1, 2]

    asyncio.run(run())
