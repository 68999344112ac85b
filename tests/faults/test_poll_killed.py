"""A poller dies between the commit of an entry and the commit that ends its poll; the poll is repeated."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from live import until

from dateline.feeds import memory
from dateline.model import Feed, FeedState
from dateline.settings import Settings
from dateline.store import pages as page_codec
from dateline.store.door import Store
from dateline.text import urls

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(120)]

ROOT = Path(__file__).parents[2]


class Host(ThreadingHTTPServer):
    """Lists two stories; the page of the second does not come until ``open`` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: Counter[str] = Counter()
        self.open = threading.Event()
        self.title = "Story"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def feed(self) -> str:
        items = "".join(
            f"<item><guid>{number}</guid><title>{self.title} {number}</title><link>{self.url(f'/{number}')}</link>"
            "<description>Two groups clashed near the market on Monday.</description></item>"
            for number in (2, 1)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


class Answer(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        if self.path == "/2" and not self.server.open.wait(60):
            return
        feed = self.path == "/feed"
        body = (self.server.feed() if feed else f"<html><p>{self.server.title}.</p></html>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if feed else "text/html")
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def hosted() -> Iterator[Host]:
    with Host() as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        try:
            yield host
        finally:
            host.open.set()
            host.shutdown()
            thread.join()


@contextmanager
def polling(host: Host, settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")} | {
        "DATELINE_REDIS_URL": settings.redis_url,
        "DATELINE_METRICS_PORT": "0",
        "DATELINE_LEASE_S": "2",
        "DATELINE_ALLOW_ADDRESSES": f"127.0.0.1:{host.server_port}",
    }
    with subprocess.Popen([sys.executable, "-m", "services.poller"], cwd=ROOT, env=environ) as poller:
        try:
            yield poller
        finally:
            poller.send_signal(signal.SIGKILL)


def version(store: Store, host: Host, number: int) -> int:
    return store.feeds.versions([urls.article_id(urls.canonical(host.url(f"/{number}")))])[0]


def title(store: Store, host: Host, number: int) -> str:
    blob = store.outbox.page(urls.article_id(urls.canonical(host.url(f"/{number}"))))
    return page_codec.decode(blob).entry.title if blob else ""


def state(store: Store) -> FeedState | None:
    return store.catalog.rows()[0].state


def polls(store: Store) -> int:
    known = state(store)
    return known.polls if known else 0


def test_a_poll_that_is_killed_before_its_end_is_repeated_without_loss(
    store: Store, settings: Settings
) -> None:
    """The first entry is acknowledged, the second is not, no validator and no row is written; the next
    poller takes the second, and the first stays one article. The same holds for two that were edited."""
    with hosted() as host:
        store.catalog.put([Feed(id="feed1", url=host.url("/feed"), interval_s=1)], datetime.now(UTC))
        with polling(host, settings):
            until(lambda: version(store, host, 1) == 1 and host.asked["/2"] == 1, 30, "one of two is stored")
        assert (state(store), store.feeds.items("feed1"), version(store, host, 2)) == (None, b"", 0)
        host.open.set()
        with polling(host, settings):
            until(lambda: polls(store) > 0, 30, "the poll was repeated")
            assert [version(store, host, number) for number in (1, 2)] == [1, 1]
            rows = memory.decode(store.feeds.items("feed1"))
            assert len(rows) == 2
            host.open.clear()
            host.title = "Corrected"
            until(lambda: version(store, host, 1) == 2 and host.asked["/2"] == 3, 30, "one of two is revised")
        assert memory.decode(store.feeds.items("feed1")) == rows
        before = polls(store)
        host.open.set()
        with polling(host, settings):
            until(lambda: polls(store) > before, 30, "the poll was repeated")
        assert [title(store, host, number) for number in (1, 2)] == ["Corrected 1", "Corrected 2"]
        assert version(store, host, 2) == 2
        assert int(store.client.hget(store.keys.fates, "entries") or 0) == 2
