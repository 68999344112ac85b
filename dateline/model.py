"""The frozen types that cross rooms, one per arrow of the walk.

Owns shapes only. Refuses behaviour: what decides lives in the rooms, what touches the world at
the edges. All instants are aware UTC; an unknown instant is None, never "now".
The incident record has its own room: ``incidents.record``.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Fate(StrEnum):
    """How an acknowledged entry ended; each ends in exactly one."""

    INCIDENT = "incident"
    BACKGROUND = "background"
    IRRELEVANT = "irrelevant"
    DUPLICATE = "duplicate"
    REPRINT = "reprint"
    UNREADABLE = "unreadable"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Disposition(StrEnum):
    """What an article is to those before it."""

    NOVEL = "novel"
    DUPLICATE = "duplicate"
    REPRINT = "reprint"
    RETELLING = "retelling"


class Lineage(StrEnum):
    """What an article is to the incident that it tells of."""

    ORIGINAL = "original"
    REPRINT = "reprint"
    RETELLING = "retelling"
    INDEPENDENT = "independent"


class Role(StrEnum):
    """What a kept line is on its page."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"
    QUOTE = "quote"
    LIST = "list"


class TextSource(StrEnum):
    """Which text of an entry is the page: the linked page, or the feed's own text."""

    PAGE = "page"
    FEED = "feed"


class Feed(Struct, frozen=True, kw_only=True):
    """One line of the catalog: what the user wants polled."""

    id: str
    url: str
    title: str = ""
    groups: tuple[str, ...] = ()
    language: str | None = None
    country: str | None = None
    publisher: str | None = None
    text: TextSource = TextSource.PAGE
    interval_s: int | None = None
    #: Headers for the feed's own origin: (header, name of the secret that holds its value).
    secrets: tuple[tuple[str, str], ...] = ()
    #: Addresses that the feed had before it moved, the newest last.
    moved_from: tuple[str, ...] = ()


class HostRule(Struct, frozen=True, kw_only=True):
    """How one host is to be asked; what is None is as for all hosts."""

    #: Time between the end of one request and the begin of the next, in seconds.
    delay_s: float | None = None
    #: Requests at once, over all pollers.
    at_once: int | None = None


class FeedWishes(Struct, frozen=True, kw_only=True):
    """What a feed says about when to come back. Hours and days are UTC."""

    #: ttl, or the syndication module's period, in seconds.
    ttl_s: int | None = None
    #: Hours in which it asks not to be polled, 0 to 23.
    skip_hours: tuple[int, ...] = ()
    #: Days likewise, 0 Monday to 6 Sunday.
    skip_days: tuple[int, ...] = ()


class FeedRhythm(Struct, frozen=True, kw_only=True):
    """How often a feed is polled, and when next."""

    interval_s: int
    next_poll_at: datetime
    error_streak: int = 0


class FeedState(Struct, frozen=True, kw_only=True):
    """What polling a feed has taught us. Written only by the poller that holds its lease."""

    rhythm: FeedRhythm
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    polls: int = 0
    last_success_at: datetime | None = None
    last_entry_at: datetime | None = None
    last_error: str | None = None
    last_error_reason: str | None = None
    format: str | None = None
    title: str | None = None
    wishes: FeedWishes = FeedWishes()
    #: When it was last fetched without validators.
    full_at: datetime | None = None
    #: Since when its validators are not believed: they stayed the same while the body changed.
    distrusted_at: datetime | None = None
    #: Where a permanent redirect led, and in how many polls in a row.
    moved_to: str | None = None
    moved_seen: int = 0
    #: Since when the host says 410 Gone.
    retired_at: datetime | None = None
    first_at: datetime | None = None
    #: Smoothed time between two new entries, in seconds: the feed's own rhythm.
    entry_gap_s: float | None = None
    #: Its longest pause of the last weeks, in seconds: nights and weekends are no silence.
    longest_gap_s: float | None = None
    last_new_at: datetime | None = None
    #: Polls in a row in which every new entry was refused.
    dropped_polls: int = 0
    #: Polls in a row in which no new entry had a date that can be believed.
    undated_polls: int = 0
    #: What is wrong with it: values of ``feeds.health.Trouble``, the worst first.
    troubles: tuple[str, ...] = ()
    #: The WebSub hub and topic that it names.
    hub: str | None = None
    topic: str | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One item of a feed, in plain text and absolute http(s) addresses."""

    #: The feed's own identifier (guid, atom:id), else the link, else a hash of title and text.
    guid: str
    url: str = ""
    title: str = ""
    summary: str = ""
    #: The feed's own body of the article as HTML (content:encoded, atom:content, content_html), or empty.
    html: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""
    language: str | None = None


class FeedItem(Struct, frozen=True, kw_only=True):
    """One item as it stands in a feed's bytes."""

    #: 8 bytes over the item as written; empty when the feed could not be split into items.
    hash: bytes = b""
    #: Its position in ``entries``; None when it was known and not parsed, or gave no entry.
    entry: int | None = None


class Child(Struct, frozen=True, kw_only=True):
    """One sitemap that a sitemap index names."""

    url: str
    changed_at: datetime | None = None


class ParsedFeed(Struct, frozen=True, kw_only=True):
    """What a feed's bytes say."""

    #: As feedparser names it: rss20, atom10, rss10 (RDF), …, or json1.
    format: str
    title: str = ""
    link: str = ""
    language: str | None = None
    wishes: FeedWishes = FeedWishes()
    #: Entries of the items that were not known already, in the feed's order.
    entries: tuple[Entry, ...] = ()
    #: Every item in the feed's order, known ones included.
    items: tuple[FeedItem, ...] = ()
    #: WebSub hubs, and the topic that they know the feed by (rel=self).
    hubs: tuple[str, ...] = ()
    topic: str = ""
    #: Of a sitemap index: the sitemaps that it names, the newest first; it has no entries itself.
    children: tuple[Child, ...] = ()
    #: What was wrong but could be read: "not well-formed", "date not understood", …
    flaws: tuple[str, ...] = ()


class Page(Struct, frozen=True, kw_only=True):
    """One accepted entry with the bytes that its text will come from. Lives in Redis until settled."""

    article_id: str
    feed_id: str
    entry: Entry
    #: Canonical address of the entry; empty when it has none.
    url: str
    #: Address that answered, after redirects.
    final_url: str = ""
    body: bytes = b""
    content_type: str = ""
    source: TextSource = TextSource.PAGE
    #: Why the linked page was not had, when source is FEED.
    fetch_reason: str | None = None
    publisher: str | None = None
    language: str | None = None
    country: str | None = None
    #: 1 for the article as first seen, one more for each revision.
    version: int = 1
    accepted_at: datetime


class Line(Struct, frozen=True):
    """A kept paragraph of an article."""

    role: Role
    text: str


class Removed(Struct, frozen=True):
    """A paragraph that cleaning took out, and the rule that did."""

    rule: str
    text: str
    #: How many kept lines stand before it; -1 where that is not known.
    at: int = -1


class Article(Struct, frozen=True, kw_only=True):
    """An article as a reader would read it: clean text and what is known of it.

    ``text`` is the lines of role body, standfirst, quote and list, joined by one blank line;
    evidence spans count its characters. Captions stand in ``lines`` only.
    """

    id: str
    url: str = ""
    title: str = ""
    text: str = ""
    lines: tuple[Line, ...] = ()
    removed: tuple[Removed, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    author: str = ""
    publisher: str = ""
    #: Place and agency as the text's dateline gives them: "GAZA CITY (AP)".
    dateline: str = ""
    #: The publisher's section: "World", "Crime".
    section: str = ""
    #: Address of the lead image.
    image_url: str = ""
    #: Why the text is only the beginning of the article: values of ``text.walls.Wall``; None when it is whole.
    teaser: str | None = None
    language: str | None = None
    #: ISO 3166-1 alpha-2 of the feed's country, as a weak prior for places.
    country: str | None = None
    #: rel=canonical of the page, canonicalized, when it differs from url.
    canonical_url: str | None = None
    source: TextSource = TextSource.PAGE
