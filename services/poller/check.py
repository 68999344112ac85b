"""What a feed would give: `python -m services.poller.check URL`, the work of `dateline feeds check`.

Owns the visit: the feed, the feeds that a page names, and the first linked pages under their hosts'
rules. Stores nothing and needs no Redis; the address guard and the pace hold here as well. What
comes of it is put into words by ``check_words``.
"""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime

from msgspec import Struct

from dateline import catalog_files
from dateline.errors import BadFeed, DatelineError, Misconfigured, Reason
from dateline.feeds import charset
from dateline.feeds.addresses import address, feed_id
from dateline.feeds.discovery import FeedLink, discover
from dateline.model import Feed, ParsedFeed
from dateline.settings import Settings, from_environment
from dateline.store.feeds import Pacing
from services.poller import check_words
from services.poller.alone import Alone
from services.poller.choice import draft
from services.poller.fetch import ACCEPT_FEED, Fetched, Fetcher
from services.poller.guard import Allowed, allow_list
from services.poller.hosts import Hosts
from services.poller.parsing import Parser
from services.poller.robots import Robots
from services.poller.secrets import Secrets
from services.poller.tally import Tally
from services.poller.visit import Visits

VISITED_PAGES = 3
"""Linked pages that are asked for: enough to know a publisher's habit."""

ASKED_LINKS = 3
"""Feeds of a page that are asked until one answers as a feed: pages keep links to feeds that are gone."""

_ACCEPT = f"{ACCEPT_FEED}, text/html;q=0.4"


class NoFeedError(BadFeed):
    """Raised for a web page; ``links`` are the feeds that it names."""

    def __init__(self, message: str, links: tuple[FeedLink, ...]) -> None:
        super().__init__(message, Reason.NOT_A_FEED)
        self.links = links


class Looked(Struct, frozen=True, kw_only=True):
    """One look at a feed."""

    feed: Feed
    fetched: Fetched
    parsed: ParsedFeed


async def look(feed: Feed, settings: Settings, fetcher: Fetcher) -> Looked:
    """Return what the feed's address answers.

    Raises:
        NoFeedError: it is a web page; with the feeds that it names.
        DatelineError: it cannot be fetched, or is no feed; with the named reason.
    """
    parser = Parser(
        deadline_s=settings.parse_deadline_s,
        memory_bytes=settings.child_memory_bytes,
        max_bytes=settings.feed_max_bytes,
    )
    fetched = await fetcher.fetch(
        feed.url,
        max_bytes=settings.feed_max_bytes,
        deadline_s=settings.fetch_deadline_s,
        accept=_ACCEPT,
        headers=Secrets(settings.secrets_dir).headers(feed.secrets),
    )
    try:
        parsed = await parser.parse(fetched.body, fetched.content_type, fetched.url_final)
    except BadFeed as error:
        if links := _named_feeds(error, fetched):
            raise NoFeedError(f"a web page; it names {len(links)} feeds", links) from error
        raise
    finally:
        await parser.aclose()
    return Looked(feed=feed, fetched=fetched, parsed=parsed)


async def report(url: str, settings: Settings, now: datetime) -> list[str]:
    """Return the lines that tell what the feed gives.

    Raises:
        DatelineError: as ``look``.
    """
    allowed = allow_list(settings.allow_addresses)
    async with Fetcher(settings.user_agent, allowed=allowed) as fetcher:
        looked = await look(listed(url, settings), settings, fetcher)
        drafts = [draft(looked.feed, looked.parsed, entry, now) for entry in looked.parsed.entries]
        visits = await _visit([page.url for page in drafts], settings, fetcher, allowed)
    return [
        *check_words.answer(looked.feed, looked.fetched),
        *check_words.feed(looked.feed, looked.fetched, looked.parsed, drafts, now),
        *check_words.entries(looked.feed, looked.parsed, drafts, allowed),
        *visits,
    ]


async def find(url: str, settings: Settings) -> tuple[FeedLink, ...]:
    """Return the feeds at an address, the first of them asked and known to be one.

    That is the address itself, or the likeliest feed that its page names; the others follow unasked.

    Raises:
        DatelineError: it cannot be fetched, is neither a feed nor a page that names one, or none of
            the likeliest answers as a feed.
    """
    async with Fetcher(settings.user_agent, allowed=allow_list(settings.allow_addresses)) as fetcher:
        try:
            return (await _asked(FeedLink(url), settings, fetcher),)
        except NoFeedError as error:
            links = error.links
        for link in links[:ASKED_LINKS]:
            await asyncio.sleep(settings.host_delay_s)
            try:
                first = await _asked(link, settings, fetcher)
            except DatelineError:
                continue
            return (first, *(one for one in links if one.url != link.url))
    raise BadFeed(
        f"the page names {len(links)} feeds, and none of the likeliest answers as one: {links[0].url}"
    )


async def _asked(link: FeedLink, settings: Settings, fetcher: Fetcher) -> FeedLink:
    looked = await look(listed(link.url, settings), settings, fetcher)
    return FeedLink(
        looked.fetched.moved_to or link.url, looked.parsed.title or link.title, looked.parsed.format
    )


def listed(url: str, settings: Settings) -> Feed:
    """Return the feed as the catalog files list it, with its secrets, else the bare address."""
    bare = Feed(id=feed_id(url), url=address(url) or url)
    try:
        listing = catalog_files.read(catalog_files.paths(settings.feeds)) if settings.feeds else None
    except Misconfigured:
        return bare
    return next((feed for feed in listing.feeds if feed.id == bare.id), bare) if listing else bare


async def _visit(urls: list[str], settings: Settings, fetcher: Fetcher, allowed: Allowed) -> list[str]:
    desk = Alone(settings.host_delay_s)
    unpaced = frozenset(host for host, _ in allowed)
    pacing = Pacing(delay_s=settings.host_delay_s, at_once=1, hold_s=settings.lease_s, free=unpaced)
    hosts = Hosts(desk, pacing, allowed)
    robots = Robots(fetcher, hosts, settings.user_agent, allowed, honoured=settings.opt_outs)
    visits = Visits(fetcher, hosts, robots, Tally(), settings)
    lines = []
    for url in list(dict.fromkeys(one for one in urls if one))[:VISITED_PAGES]:
        try:
            lines.append(check_words.page(url, await visits.page(url)))
        except DatelineError as error:
            lines.append(check_words.no_page(url, error))
    return ["pages      the first linked pages, as their hosts let us have them", *lines] if lines else []


def _named_feeds(error: BadFeed, fetched: Fetched) -> tuple[FeedLink, ...]:
    if error.reason is not Reason.NOT_A_FEED:
        return ()
    return discover(charset.decode(fetched.body, fetched.content_type).text, fetched.url_final)


def main() -> int:
    """Print the report; 1 when there is none, with the reason. A page's feeds are printed one a line."""
    parser = argparse.ArgumentParser(prog="dateline feeds check")
    parser.add_argument("url")
    parser.add_argument("--discover", action="store_true", help="print the feeds only: address, tab, title")
    asked = parser.parse_args()
    try:
        settings = from_environment(os.environ)
        if asked.discover:
            lines = check_words.links(asyncio.run(find(asked.url, settings)))
        else:
            lines = asyncio.run(report(asked.url, settings, datetime.now(UTC)))
    except NoFeedError as error:
        sys.stderr.write(f"{error.reason}: {error}\n")
        sys.stdout.write("\n".join(check_words.links(error.links)) + "\n")
        return 1
    except DatelineError as error:
        sys.stderr.write(f"{error.reason}: {error}\n")
        return 2 if isinstance(error, Misconfigured) else 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
