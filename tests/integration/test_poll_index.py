"""One poll against a real Redis and a real host: sitemap indexes."""

import asyncio

import pytest
from poll_rows import remembered, watch_parser
from poller_wire import html, says, wired

from dateline.settings import Settings
from dateline.store.door import Store
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


def index(*children: tuple[str, str]) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for url, date in children
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><sitemapindex xmlns="{space}">{rows}</sitemapindex>'.encode()


def sitemap(*links: str) -> bytes:
    rows = "".join(
        f"<url><loc>{link}</loc><news:news><news:title>Story {number}</news:title></news:news></url>"
        for number, link in enumerate(links)
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0"?><urlset {spaces}>{rows}</urlset>'.encode()


def test_a_sitemap_index_is_read_through_its_sitemaps(store: Store, settings: Settings) -> None:
    """Their entries are the feed's; only a sitemap whose date has moved is fetched again."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            pages = [wire.serve(f"/{number}", html(f"Story {number}")) for number in range(4)]
            one = wire.serve("/one.xml", says(sitemap(pages[0], pages[1])))
            two = wire.serve("/two.xml", says(sitemap(pages[2])))
            wire.serve("/feed1", says(index((one, "2026-03-11"), (two, "2026-03-10")), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag) == (3, '"v1"')
            assert await wire.once() is Polled.UNCHANGED
            wire.serve("/one.xml", says(sitemap(pages[3], pages[0], pages[1])))
            wire.serve("/feed1", says(index((one, "2026-03-12"), (two, "2026-03-10")), 'ETag: "v2"'))
            parsed = watch_parser(wire)
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 4
            assert len(parsed) == 2
            assert [wire.server.paths.count(path) for path in ("/one.xml", "/two.xml")] == [2, 1]
            assert len([row for row in remembered(wire) if any(row.guid)]) == 4

    asyncio.run(run())


def test_a_sitemap_that_fails_for_now_is_asked_again(store: Store, settings: Settings) -> None:
    """Its neighbours are read, the index keeps no validators, one that is gone for good is let go."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            good = wire.serve("/good.xml", says(sitemap(wire.serve("/1", html()))))
            gone = wire.serve("/gone.xml", says(b"", status="404 x"))
            busy = wire.serve("/busy.xml", says(b"", status="503 x"))
            dates = ((good, "2026-03-12"), (gone, "2026-03-11"), (busy, "2026-03-10"))
            wire.serve("/feed1", says(index(*dates), 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag, wire.state.last_error) == (1, None, None)
            wire.serve("/busy.xml", says(sitemap(wire.serve("/2", html()))))
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag) == (2, '"v1"')
            paths = ("/good.xml", "/gone.xml", "/busy.xml")
            assert [wire.server.paths.count(path) for path in paths] == [1, 1, 2]

    asyncio.run(run())
