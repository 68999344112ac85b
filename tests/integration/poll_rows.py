"""What a poll left behind: rows, versions and counts, read where they are stored."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from poller_wire import PACING, Wire

from dateline.feeds import memory
from dateline.metrics import ENTRIES
from dateline.model import FeedState, ParsedFeed
from dateline.text import urls
from services.poller import redirectors
from services.poller.tally import Polled, Seen


def remembered(wire: Wire, feed: int = 1) -> tuple[memory.Row, ...]:
    return memory.decode(wire.store.feeds.items(f"feed{feed}"))


def version(wire: Wire, path: str) -> int:
    article = urls.article_id(urls.canonical(wire.server.url(path)))
    return wire.store.feeds.versions([article])[0]


def state_of(wire: Wire, feed: int) -> FeedState:
    states = {row.feed.id: row.state for row in wire.store.catalog.rows()}
    state = states[f"feed{feed}"]
    assert state is not None
    return state


async def once(wire: Wire, feed: int, minutes: int = 60) -> Polled:
    """Poll one of several feeds, some time after the last poll of any."""
    wire.now += timedelta(minutes=minutes)
    wire.store.catalog.due_now([f"feed{feed}"], wire.now)
    claims = wire.store.feeds.claim("test", wire.now, 9, 20, PACING)
    (claim,) = [one for one in claims if one.feed.id == f"feed{feed}"]
    return await wire.poll.run(claim)


def _entries() -> Counter[Seen]:
    return Counter({seen: int(ENTRIES.labels(outcome=seen.value)._value.get()) for seen in Seen})


@contextmanager
def noted() -> Iterator[Counter[Seen]]:
    """What became of the entries seen inside the block; filled at its end."""
    before, seen = _entries(), Counter[Seen]()
    yield seen
    seen.update(_entries() - before)


def watch_parser(wire: Wire) -> list[ParsedFeed]:
    """Every feed that is parsed from now on."""
    parser, parsed = wire.poll._tools.parser, []
    parse = parser.parse

    async def watched(*asked: Any) -> ParsedFeed:
        parsed.append(await parse(*asked))
        return parsed[-1]

    parser.parse = watched  # type: ignore[method-assign]
    return parsed


def count_calls(wire: Wire, name: str) -> list[tuple[Any, ...]]:
    """The arguments of every call of one method of the desk from now on."""
    calls: list[tuple[Any, ...]] = []
    method = getattr(wire.desk, name)

    async def counted(*asked: Any) -> Any:
        calls.append(asked)
        return await method(*asked)

    setattr(wire.desk, name, counted)
    return calls


def call_aggregator(monkeypatch: pytest.MonkeyPatch, path: str = "/agg/") -> None:
    """Let addresses of the loopback host with this path stand for an aggregator's."""
    monkeypatch.setattr(redirectors, "is_redirector", lambda url: path in url)
    monkeypatch.setattr(redirectors, "resolved", lambda _, final: None if path in final else final)
