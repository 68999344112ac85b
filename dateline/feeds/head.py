"""From what feedparser found around a feed's items to what the feed says of itself.

Owns title, site, language, hubs and topic. Refuses the items.
"""

from msgspec import Struct

from dateline.feeds import entries, wishes
from dateline.feeds.plain import plain
from dateline.feeds.raw import Raw, alternate, details, text
from dateline.model import FeedWishes

MAX_HUBS = 5


class Head(Struct, frozen=True, kw_only=True):
    """What a feed says of itself."""

    title: str = ""
    #: The site that the feed tells of, or "".
    link: str = ""
    language: str | None = None
    wishes: FeedWishes = FeedWishes()
    #: WebSub hubs in the feed's order, absolute.
    hubs: tuple[str, ...] = ()
    #: The address that the hubs know the feed by, absolute, or "".
    topic: str = ""


def read(raw: Raw, markup: str, base_url: str) -> Head:
    """Return the head of an XML feed, from feedparser's fields and the text around the items."""
    return Head(
        title=plain(text(raw, "title"), entries.TITLE_CHARS),
        link=entries.link(alternate(raw), base_url) or entries.link(text(raw, "link"), base_url),
        language=entries.language(text(raw, "language")),
        wishes=wishes.read(markup),
        hubs=_related(raw, "hub", base_url)[:MAX_HUBS],
        topic=next(iter(_related(raw, "self", base_url)), ""),
    )


def _related(raw: Raw, relation: str, base_url: str) -> tuple[str, ...]:
    given = (one for one in details(raw, "links") if relation in text(one, "rel").lower().split())
    found = (entries.link(text(one, "href"), base_url) for one in given)
    return tuple(dict.fromkeys(url for url in found if url))
