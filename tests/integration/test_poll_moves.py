"""One poll against a real Redis and a real host: feeds that move, end, lie, or are cut off."""

import asyncio

import pytest
from poll_rows import remembered
from poller_wire import Wire, html, item, rss, says, wired
from raw_server import Exchange

from dateline.model import Feed
from dateline.settings import Settings
from dateline.store.door import Store
from services.poller.tally import Polled

pytestmark = pytest.mark.integration


def catalogued(wire: Wire) -> Feed:
    (row,) = wire.store.catalog.rows()
    return row.feed


def test_a_feed_moves_after_three_sightings(store: Store, settings: Settings) -> None:
    """Two polls that see a permanent redirect change nothing; the third makes it the address, the id stays."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            new = wire.serve("/new", says(rss(item(1, wire.serve("/1", html()))), 'ETag: "v1"'))
            wire.serve("/feed1", says(b"", "Location: /new", status="301 x"))
            wire.feed()
            for sightings in (1, 2):
                assert await wire.once() in (Polled.CHANGED, Polled.UNCHANGED)
                assert (catalogued(wire).url, wire.state.moved_seen) == (wire.server.url("/feed1"), sightings)
            await wire.once()
            assert (catalogued(wire).id, catalogued(wire).url) == ("feed1", new)
            assert catalogued(wire).moved_from == (wire.server.url("/feed1"),)
            asked = wire.server.paths.count("/feed1")
            await wire.once()
            assert wire.server.paths.count("/feed1") == asked
            assert wire.acknowledged == 1

    asyncio.run(run())


def test_a_redirect_that_comes_and_goes_moves_nothing(store: Store, settings: Settings) -> None:
    """The sightings are counted in a row."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            body = rss(item(1, wire.serve("/1", html())))
            wire.serve("/new", says(body))
            wire.feed()
            for moved in (True, True, False, True, True):
                wire.serve("/feed1", says(b"", "Location: /new", status="308 x") if moved else says(body))
                await wire.once()
            assert (catalogued(wire).url, wire.state.moved_seen) == (wire.server.url("/feed1"), 2)

    asyncio.run(run())


def test_gone_retires_a_feed_until_it_answers(store: Store, settings: Settings) -> None:
    """410 is seen in the feed's state and in the polls' outcome; the next answer that is a feed revives it."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            wire.serve("/feed1", says(b"", status="410 Gone"))
            wire.feed()
            assert await wire.once() is Polled.RETIRED
            assert wire.state.retired_at == wire.now
            assert wire.store.catalog.counts(wire.now)["retired"] == 1
            wire.serve("/feed1", says(rss(item(1, wire.serve("/1", html())))))
            assert await wire.once() is Polled.CHANGED
            assert wire.state.retired_at is None
            assert wire.store.catalog.counts(wire.now)["healthy"] == 1
            assert wire.acknowledged == 1

    asyncio.run(run())


def test_a_change_behind_a_lying_etag_is_found_by_a_full_fetch(store: Store, settings: Settings) -> None:
    """A host that says 304 for ever is asked without validators once a day, and then not believed."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            items = [item(1, wire.serve("/1", html()))]

            async def lying(exchange: Exchange) -> None:
                same = exchange.headers.get("if-none-match") == '"for ever"'
                status = "304 x" if same else "200 OK"
                await exchange.answer(b"" if same else rss(*items), 'ETag: "for ever"', status=status)

            wire.serve("/feed1", lying)
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            items.insert(0, item(2, wire.serve("/2", html())))
            outcomes = [await wire.once() for _ in range(24)]
            assert set(outcomes[:22]) == {Polled.UNCHANGED}
            assert Polled.CHANGED in outcomes[22:]
            assert wire.acknowledged == 2
            assert wire.state.distrusted_at is not None
            items.insert(0, item(3, wire.serve("/3", html())))
            assert await wire.once() is Polled.CHANGED
            assert wire.acknowledged == 3

    asyncio.run(run())


def test_a_cut_body_leaves_no_validators_and_no_row_of_what_was_cut(store: Store, settings: Settings) -> None:
    """The half item is parsed again when it comes whole, what lay behind the cut stays remembered."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            items = [item(number, wire.serve(f"/{number}", html())) for number in range(1, 5)]
            whole = rss(*items)
            wire.serve("/feed1", says(rss(items[3])))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            (behind,) = remembered(wire)

            async def cut(exchange: Exchange) -> None:
                half = whole.index(b"</description>", whole.index(b"<guid isPermaLink='false'>g3"))
                await exchange.say(b'HTTP/1.1 200 OK\r\nETag: "v1"\r\n\r\n' + whole[: half - 20])
                exchange.hang_up()

            wire.serve("/feed1", cut)
            assert await wire.once() is Polled.CHANGED
            rows = remembered(wire)
            assert (wire.state.etag, wire.state.body_hash) == (None, None)
            assert wire.acknowledged in (3, 4)
            assert len({row.guid for row in rows}) == 3
            assert behind.guid in {row.guid for row in rows}
            wire.serve("/feed1", says(whole, 'ETag: "v1"'))
            assert await wire.once() is Polled.CHANGED
            assert (wire.acknowledged, wire.state.etag, len(remembered(wire))) == (4, '"v1"', 4)

    asyncio.run(run())


def test_an_unchanged_poll_asks_the_store_for_nothing_but_its_end(store: Store, settings: Settings) -> None:
    """304: one request to the host, one commit; no rows are read and none written."""

    async def run() -> None:
        async with wired(store, settings) as wire:
            body = rss(item(1, wire.serve("/1", html())))
            wire.serve("/feed1", says(body, 'ETag: "v1"'))
            wire.feed()
            assert await wire.once() is Polled.CHANGED
            rows, asked = remembered(wire), []
            for name in ("items", "unknown", "accept", "pushed", "give"):
                setattr(wire.desk, name, lambda *_, name=name: asked.append(name))
            wire.serve("/feed1", says(b"", status="304 x"))
            assert await wire.once() is Polled.UNCHANGED
            assert asked == []
            assert remembered(wire) == rows

    asyncio.run(run())
