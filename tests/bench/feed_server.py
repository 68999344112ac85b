"""A server that plays many feeds: `python tests/bench/feed_server.py [--changes 10] [--delay-ms 0]`.

Prints its port, then answers on every loopback address: ``/f7`` is feed 7. A request that brings the
feed's ETag is answered with 304, but for one request in ``changes`` (in a fixed order that the feed's
number sets), before which the feed gets one more item: then the whole feed is sent, 50 items, gzip.
``/page/…`` is an article. ``/stats`` tells, as JSON by feed, how often and when it was asked for, how many
requests for it ever overlapped, and how many items it got; ``/stats?reset`` counts anew from then on, and after
``/stats?freeze`` no feed changes any more.
"""

import argparse
import asyncio
import json
import re
import sys
import time
import zlib
from dataclasses import dataclass, field
from urllib.parse import parse_qs

ITEMS = 50
"""Items of a feed: what news sites list most often."""

_REQUEST = re.compile(rb"GET /(f(\d+)|page/[^ ]*|stats[^ ]*) HTTP/1\.1\r\n")
_VALIDATOR = re.compile(rb"\r\n[Ii]f-[Nn]one-[Mm]atch: *\"v(\d+)\"")

_WORDS = (
    "Officials in the district said on Monday that the road along the river would stay closed while "
    "engineers look at the bridge. Traders at the market told our reporter that lorries now take the long "
    "way through the hills, which adds two hours to each journey and raises the price of flour. The council "
    "will meet again next week, and the governor has promised that the work will be done before the rains. "
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
    'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>District News</title><link>http://news.test/</link><description>News</description>"
    "<language>en</language>"
)


def item(link: str, number: int) -> str:
    """One item of about 1 KB; ``number`` 0 to 49 are those of before, the same in all feeds."""
    return (
        f"<item><title>Report {number} of the district</title><link>{link}</link>"
        f'<guid isPermaLink="false">{link}</guid><pubDate>Mon, 16 Nov 2026 09:{number % 60:02d}:00 GMT</pubDate>'
        f"<dc:creator>Staff</dc:creator><category>Region</category>"
        f"<description>{_WORDS[:200]}</description>"
        f"<content:encoded><![CDATA[<p>{_WORDS}</p><p>Report number {number}.</p>]]></content:encoded></item>"
    )


OLD_ITEMS = [item(f"http://news.test/old/{number}", number) for number in range(ITEMS)]


def document(feed: int, version: int, origin: str) -> bytes:
    """The feed after ``version`` changes: the newest item first, each new one linked to a page of ``origin``."""
    newest = max(0, version - ITEMS)
    fresh = [item(f"{origin}/page/{feed}/{number}", ITEMS + number) for number in range(version, newest, -1)]
    kept = OLD_ITEMS[len(fresh) :][::-1]
    built = f"<lastBuildDate>{version}</lastBuildDate>"
    return "".join((_HEAD, built, *fresh, *kept, "</channel></rss>\n")).encode()


PAGE = (
    "<!doctype html><html><head><title>Report</title></head><body><nav>" + "<a href='/x'>Section</a>" * 200
    + "</nav><article><h1>Report of the district</h1>" + f"<p>{_WORDS}</p>" * 8 + "</article>"
    + "<aside>" + "<div class='teaser'><p>More news</p></div>" * 300 + "</aside></body></html>"
).encode()  # fmt: skip


@dataclass(slots=True)
class Played:
    """What one feed is and has seen."""

    version: int = 0
    asked: int = 0
    last_s: float = 0.0
    open: int = 0
    overlaps: int = 0


@dataclass(slots=True)
class Stage:
    """All feeds, and how they are to be played."""

    changes: int
    delay_s: float
    feeds: dict[int, Played] = field(default_factory=dict)
    page: bytes = b""
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    def answer(self, number: int, known: int | None, origin: str) -> bytes:
        feed = self.feeds.setdefault(number, Played())
        feed.asked += 1
        feed.last_s = time.time()
        if self.changes and (number + feed.asked) % self.changes == 0:
            feed.version += 1
        etag = f'ETag: "v{feed.version}"\r\n'.encode()
        if known == feed.version:
            return b"HTTP/1.1 304 Not Modified\r\n" + etag + b"\r\n"
        squeeze = zlib.compressobj(1, wbits=31)
        body = squeeze.compress(document(number, feed.version, origin)) + squeeze.flush()
        return _whole(body, etag + b"Content-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n")


def _whole(body: bytes, headers: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (headers, len(body), body)


class Connection(asyncio.Protocol):
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._waiting = b""
        self._transport: asyncio.Transport | None = None
        self._origin = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        host, port = transport.get_extra_info("sockname")[:2]
        self._origin = f"http://{host}:{port}"

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            request, self._waiting = self._waiting[: end + 2], self._waiting[end + 4 :]
            self._serve(request)

    def _serve(self, request: bytes) -> None:
        stage, match = self._stage, _REQUEST.match(request)
        assert self._transport
        if match is None:
            self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        elif match[2]:
            number = int(match[2])
            known = _VALIDATOR.search(request)
            answer = stage.answer(number, int(known[1]) if known else None, self._origin)
            if stage.delay_s:
                task = asyncio.get_running_loop().create_task(self._later(stage.feeds[number], answer))
                stage.tasks.add(task)
                task.add_done_callback(stage.tasks.discard)
            else:
                self._transport.write(answer)
        elif match[1].startswith(b"page"):
            self._transport.write(_whole(PAGE, b"Content-Type: text/html; charset=utf-8\r\n"))
        else:
            self._transport.write(self._stats(match[1].decode()))

    async def _later(self, feed: Played, answer: bytes) -> None:
        feed.open += 1
        feed.overlaps = max(feed.overlaps, feed.open - 1)
        await asyncio.sleep(self._stage.delay_s)
        feed.open -= 1
        if self._transport:
            self._transport.write(answer)

    def _stats(self, target: str) -> bytes:
        stage = self._stage
        asked = parse_qs(target.partition("?")[2], keep_blank_values=True)
        if "freeze" in asked:
            stage.changes = 0
        if "reset" in asked:
            for feed in stage.feeds.values():
                feed.asked, feed.last_s = 0, 0.0
        told = {
            number: (feed.asked, round(feed.last_s, 3), feed.overlaps, feed.version)
            for number, feed in stage.feeds.items()
        }
        return _whole(json.dumps(told).encode(), b"Content-Type: application/json\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, default=10, help="one request in so many finds a change")
    parser.add_argument("--delay-ms", type=float, default=0.0)
    given = parser.parse_args()
    stage = Stage(changes=given.changes, delay_s=given.delay_ms / 1000)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(stage), "0.0.0.0", 0, backlog=4096)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
