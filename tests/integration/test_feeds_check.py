"""`dateline feeds check` and `add --discover`: what a feed would give, told before it is added."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from command import dateline

from dateline.store.door import Store

pytestmark = pytest.mark.integration

LONG = "Soldiers and residents told our reporter on the road what they had seen that day. " * 6


def rss() -> bytes:
    """Five entries; the first three links are answered here, so that no test asks anyone else."""
    now = datetime.now(UTC)
    dates = [format_datetime(now - timedelta(hours=hours)) for hours in (1, 2, 3, 4)]
    ahead = format_datetime(now + timedelta(days=30))
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Our news</title><ttl>30</ttl>
<skipHours><hour>3</hour></skipHours><language>fr</language>
<atom:link rel="hub" href="https://hub.test/"/><atom:link rel="self" href="https://news.test/rss"/>
<item><title>One</title><link>/story</link><pubDate>{dates[0]}</pubDate></item>
<item><title>Two</title><pubDate>{ahead}</pubDate><content:encoded>{LONG}</content:encoded></item>
<item><title>Five</title><link>/reserved</link><pubDate>{dates[3]}</pubDate></item>
<item><title>Four</title><link>http://127.0.0.9/inside</link><pubDate>{dates[2]}</pubDate></item>
<item><title>Three</title><link>https://news.google.com/rss/articles/CBMi</link><pubDate>{dates[1]}</pubDate></item>
</channel></rss>""".encode()


PAGE = b"<html><body>Log in</body></html>"
FRONT = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Old news" href="/gone.xml"><link rel="alternate" type="application/rss+xml" title="Our news" href="/rss">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"></head><body>Hello</body></html>"""


class Host(BaseHTTPRequestHandler):
    """A host with a feed, a front page that names it, an article, and a page that reserves itself."""

    def do_GET(self) -> None:
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/rss")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        made = {"/rss": rss(), "/page": PAGE, "/": FRONT, "/story": PAGE, "/reserved": PAGE}
        body = made.get(self.path, b"")
        if self.path == "/keyed" and self.headers.get("X-Key") == "hush":
            body = rss()
        self.send_response(200 if body else 404)
        self.send_header(
            "Content-Type", "application/rss+xml" if self.path in {"/rss", "/keyed"} else "text/html"
        )
        self.send_header("ETag", '"1"')
        self.send_header("Cache-Control", "max-age=600")
        if self.path == "/reserved":
            self.send_header("tdm-reservation", "1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_it_says_what_a_feed_would_give(host: str) -> None:
    """Address, validators, wishes, hub, rhythm; each entry's text, date and link; nothing is stored."""
    done = dateline("feeds", "check", f"http://{host}/old", DATELINE_ALLOW_ADDRESSES=host)
    assert done.returncode == 0, done.stderr
    for part in (
        f"moved      for good, to http://{host}/rss",
        "validators ETag",
        "fresh      for 10 minutes",
        "format     rss20: Our news",
        "language   fr",
        "at least 30 minutes between polls",
        "no polls in the hours 3 UTC",
        "hub        https://hub.test/ for https://news.test/rss",
        "starts at every 15 minutes, would settle near ",
        "entries    5: 4 with a link, 4 with a date, 1 with a text",
        f"page; link kept: http://{host}/story",
        "not believed",
        "feed text; link none",
        "page; aggregator's link, followed to its article: https://news.google.com/",
        "link refused (address_refused): http://127.0.0.9/inside",
        f"  allowed: http://{host}/story",
        f"  opted_out: http://{host}/reserved",
    ):
        assert part in done.stdout


def test_a_page_names_its_feeds(host: str) -> None:
    """Of a web page the feeds that it names, one a line, comments last; exit code 1, for it is no feed."""
    done = dateline("feeds", "check", f"http://{host}/", DATELINE_ALLOW_ADDRESSES=host)
    assert done.returncode == 1
    assert done.stderr.startswith("not_a_feed: a web page; it names 3 feeds")
    assert done.stdout.splitlines() == [
        f"http://{host}/gone.xml\tOld news", f"http://{host}/rss\tOur news", f"http://{host}/comments/feed\tComments",
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "reason"), [("/page", "not_a_feed"), ("/none", "http_status")])
def test_it_names_what_is_wrong(host: str, path: str, reason: str) -> None:
    """A page that names none, or nothing: the named reason and exit code 1."""
    done = dateline("feeds", "check", f"http://{host}{path}", DATELINE_ALLOW_ADDRESSES=host)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{reason}: ")


def test_it_keeps_to_the_guard(host: str) -> None:
    """An internal address is refused unless it is allowed by name."""
    done = dateline("feeds", "check", f"http://{host}/rss")
    assert done.returncode == 1
    assert done.stderr.startswith("address_refused: ")


def test_a_feed_that_asks_for_a_key_is_given_it(host: str, tmp_path) -> None:
    """The catalog files say which secret; the value stands in no output."""
    (tmp_path / "key").write_text("hush\n")
    files = tmp_path / "feeds.toml"
    files.write_text(f'[[feed]]\nurl = "http://{host}/keyed"\nheaders = {{ X-Key = "secret:key" }}\n')
    bare = {"DATELINE_ALLOW_ADDRESSES": host, "DATELINE_SECRETS_DIR": str(tmp_path)}
    assert dateline("feeds", "check", f"http://{host}/keyed", **bare).returncode == 1
    done = dateline("feeds", "check", f"http://{host}/keyed", DATELINE_FEEDS=str(files), **bare)
    assert done.returncode == 0, done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_a_feed_is_discovered_and_added(host: str, store: Store) -> None:
    """`add --discover` takes the likeliest feed of a page that answers as one, and tells of the others."""
    settings = {"DATELINE_ALLOW_ADDRESSES": host, "DATELINE_REDIS_URL": store.url}
    done = dateline("feeds", "add", "--discover", f"http://{host}/", **settings)
    assert (done.returncode, done.stdout.split()[-1]) == (0, f"http://{host}/rss"), done.stderr
    assert f"also there: http://{host}/comments/feed" in done.stderr
    (row,) = store.catalog.rows()
    assert (row.feed.url, row.feed.title) == (f"http://{host}/rss", "Our news")
    none = dateline("feeds", "add", "--discover", f"http://{host}/page", **settings)
    assert none.returncode == 1
    assert len(store.catalog.rows()) == 1
