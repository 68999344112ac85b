"""What a feed would give: `python -m services.poller.check URL`, the work of `dateline feeds check`.

Owns the report. Stores nothing and needs no Redis; the address guard holds here as well.
"""

import asyncio
import os
import sys
from collections.abc import Iterator

from dateline.errors import DatelineError
from dateline.model import ParsedFeed
from dateline.settings import Settings, from_environment
from services.poller.fetch import ACCEPT_FEED, Fetched, Fetcher
from services.poller.guard import allow_list
from services.poller.parsing import Parser

_SHOWN_ENTRIES = 10


async def report(url: str, settings: Settings) -> list[str]:
    """Return the lines that tell what the feed gives.

    Raises:
        DatelineError: it cannot be fetched, or is no feed; with the named reason.
    """
    parser = Parser(deadline_s=settings.parse_deadline_s, memory_bytes=settings.child_memory_bytes)
    try:
        async with Fetcher(settings.user_agent, allowed=allow_list(settings.allow_addresses)) as fetcher:
            answer = await fetcher.fetch(
                url,
                max_bytes=settings.feed_max_bytes,
                deadline_s=settings.fetch_deadline_s,
                accept=ACCEPT_FEED,
            )
        feed = await parser.parse(answer.body, answer.content_type, answer.url_final)
    finally:
        await parser.aclose()
    return [*_answer(answer), *_feed(feed)]


def _answer(answer: Fetched) -> Iterator[str]:
    yield f"address    {answer.url_final}"
    yield f"answer     {answer.status}, {len(answer.body)} bytes, {answer.content_type or 'no content type'}"
    validators = [
        name for name, value in (("ETag", answer.etag), ("Last-Modified", answer.last_modified)) if value
    ]
    yield f"validators {', '.join(validators) or 'none: every poll will be a full fetch'}"


def _feed(feed: ParsedFeed) -> Iterator[str]:
    yield f"format     {feed.format}: {feed.title or '(no title)'}"
    if feed.flaws:
        yield f"flaws      {'; '.join(feed.flaws)}"
    dated = sum(1 for entry in feed.entries if entry.published_at)
    linked = sum(1 for entry in feed.entries if entry.url)
    full = sum(1 for entry in feed.entries if entry.html)
    yield f"entries    {len(feed.entries)}: {linked} with a link, {dated} with a date, {full} with a text"
    for entry in feed.entries[:_SHOWN_ENTRIES]:
        when = f"{entry.published_at:%Y-%m-%d %H:%M}" if entry.published_at else "date unknown    "
        yield f"  {when}  {entry.title[:90]}"


def main() -> int:
    """Print the report; 1 when there is none, with the reason."""
    try:
        lines = asyncio.run(report(sys.argv[1], from_environment(os.environ)))
    except DatelineError as error:
        sys.stderr.write(f"{error.reason}: {error}\n")
        return 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
