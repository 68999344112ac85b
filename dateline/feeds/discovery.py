"""Which feeds an HTML page names.

Owns the reading of ``<link rel=alternate>`` and of links that look like feeds. Refuses to fetch:
whether an address is a feed is known only once it has answered. One linear pass over the tags.
"""

import html as entities
import re
from urllib.parse import urlsplit

from msgspec import Struct

from dateline.feeds import entries
from dateline.feeds.plain import plain

MAX_CHARS = 2_000_000
"""Of the page, this much is looked at."""

MAX_LINKS = 50
"""Feeds of one page; directories of feeds name hundreds, the user picks from fewer."""

TITLE_CHARS = 200

_KINDS = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/x-atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
# Comments, scripts and styles are taken whole, so that what they quote is no link of the page.
_TOKEN = re.compile(
    r"<!--|<(script|style|noscript|textarea|template)\b|<(link|a|area|base)(?=[\s/])", re.IGNORECASE
)
_TAG_REST = re.compile(r"[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,40})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_COMMENTS = re.compile(r"comment|kommentar|coment|komentar|/replies\b", re.IGNORECASE)
_PATH = re.compile(
    r"(?:^|[/.])(?:rss|rss2|atom|rdf|feeds?)(?:[/.]|$)|\.(?:rss|rdf|atom)$|(?:feed|rss|atom|index)\.(?:xml|json|php)$",
    re.IGNORECASE,
)
_QUERY = re.compile(r"(?:^|&)(?:feed|format|type|output|alt)=(?:rss2?|atom|rdf|feed|json)", re.IGNORECASE)
_NO_FEED = re.compile(r"/wp-json/|/oembed|\.(?:png|jpe?g|gif|svg|css|js|pdf|html?)$", re.IGNORECASE)
_READERS = ("feedly.com", "inoreader.com", "netvibes.com", "newsblur.com", "theoldreader.com")


class FeedLink(Struct, frozen=True):
    """A feed that a page names."""

    #: Absolute http(s) address.
    url: str
    title: str = ""
    #: rss, atom, json or xml as the page declares it; "link" when its address only looks like a feed's.
    kind: str = "link"


def discover(html: str, base_url: str) -> tuple[FeedLink, ...]:
    """Return the feeds that the page names, the likeliest first, each address once, at most 50.

    What it declares with ``<link rel=alternate>`` comes first, then links that look like feeds;
    feeds of comments come last. Total: any text gives a tuple.
    """
    declared: list[FeedLink] = []
    likely: list[FeedLink] = []
    for name, given, text in _tags(html[:MAX_CHARS]):
        href = given.get("href", "")
        if name == "base":
            base_url = entries.link(href, base_url) or base_url
        elif not (url := _feed_url(href, base_url)):
            continue
        elif name == "link":
            kind = _KINDS.get(given.get("type", "").partition(";")[0].strip().lower())
            if kind and _is_alternate(given.get("rel", "")):
                declared.append(FeedLink(url, plain(given.get("title", ""), TITLE_CHARS), kind))
        elif _looks_like_feed(url):
            likely.append(FeedLink(url, plain(given.get("title", "") or text, TITLE_CHARS)))
    found = {one.url: one for one in reversed((*declared, *likely))}
    kept = [found[url] for url in dict.fromkeys(one.url for one in (*declared, *likely))]
    return tuple(sorted(kept, key=_is_of_comments)[:MAX_LINKS])


def _tags(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return name, attributes and following text of each link, anchor and base."""
    found: list[tuple[str, dict[str, str], str]] = []
    at = 0
    lowered = text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
    while match := _TOKEN.search(text, at):
        if match[2] is None:
            closing = f"</{match[1].lower()}" if match[1] else "-->"
            end = lowered.find(closing, match.end())
            if end < 0:
                break
            at = end + len(closing)
            continue
        rest = _TAG_REST.match(text, match.end())
        at = rest.end() if rest else match.end()
        given: dict[str, str] = {}
        for part in _ATTRIBUTE.finditer(text[match.end() : at][:5_000]):
            value = next(one for one in (*part.groups()[1:], "") if one is not None)
            given.setdefault(part[1].lower(), entities.unescape(value))
        after = text[at + 1 : at + 300].partition("</a")[0] if match[2].lower() == "a" else ""
        found.append((match[2].lower(), given, after))
    return found


def _feed_url(href: str, base_url: str) -> str:
    href = href.strip()
    if href.lower().startswith("feed:"):
        href = href[5:] if href.lower().startswith(("feed:http:", "feed:https:")) else f"http{href[4:]}"
    url = entries.link(href, base_url).partition("#")[0]
    return "" if _NO_FEED.search(urlsplit(url).path) else url


def _is_alternate(rel: str) -> bool:
    words = rel.lower().split()
    return ("alternate" in words or "feed" in words) and "stylesheet" not in words


def _looks_like_feed(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host.endswith(_READERS):
        return False  # a button that subscribes in someone's reader
    return bool(
        _PATH.search(parts.path)
        or _QUERY.search(parts.query)
        or (host.startswith(("feeds.", "rss.")) and len(parts.path) > 1)
    )


def _is_of_comments(found: FeedLink) -> bool:
    return _COMMENTS.search(f"{found.url} {found.title}") is not None
