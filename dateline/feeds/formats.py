"""Which parser a body goes to, and which bodies go to none.

Owns the sniffing and the cheap limits that are checked before a parser sees the text. Refuses to
trust the content type, which is a hint for the encoding only. Limits on time and memory belong to
the process that calls this.
"""

import re

import msgspec

from dateline.errors import BadFeed, Reason
from dateline.feeds import charset, discovery, jsonfeed, prescan, sitemap, split, xmlfeed
from dateline.feeds.unpack import MAX_BYTES, unpack
from dateline.model import FeedItem, ParsedFeed

LEADING_TEXT = "text before the feed"

_NAMED = 3  # feeds of a page that its refusal names

_ROOT = re.compile(r"<\?xml|<rss[\s>]|<feed[\s>]|<(?:\w{1,20}:)?RDF[\s>]")
_SITEMAP = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:\s++|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->|<\?[^>]*+>)*+"
    r"(?:<!doctype\s+html\b[^>\[]*+>(?:\s++|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->)*+"
    r"(?!<(?:rss|feed|[\w.-]{1,20}:(?:rdf|feed))\b)|<(?:html|head|body)[\s>])",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rb"</(?:[\w.-]{1,20}:)?(?:rss|feed|channel|urlset|sitemapindex|RDF)\s*>\s*(?:<!--[^>]{0,500}-->\s*)*\Z",
    re.IGNORECASE,
)


def parse(
    body: bytes,
    content_type: str,
    base_url: str,
    known: frozenset[bytes] = frozenset(),
    max_bytes: int = MAX_BYTES,
) -> ParsedFeed:
    """Return what the bytes of a feed say; ``base_url`` is the address that answered.

    Items whose hash is in ``known`` are listed in ``items`` and not parsed. The entries of the
    others are those that a full parse gives. A body that cannot be split safely is parsed in full
    and its items have no hash. A gzip file is unpacked, to ``max_bytes`` at most. Total: for any
    bytes this returns or raises BadFeed.

    Raises:
        BadFeed: reason empty_feed, not_a_feed, doctype_rejected, parse_budget or too_large.
    """
    decoded = charset.decode(unpack(body, max_bytes).body, content_type)
    text, flaws = decoded.text.strip().lstrip("\ufeff"), decoded.flaws
    if not text:
        raise BadFeed("the body is empty", Reason.EMPTY_FEED)
    if text[0] in "{[":
        return _flawed(jsonfeed.parse(text, base_url, known), flaws)
    if _PAGE.match(text):
        raise BadFeed(_page(text, base_url), Reason.NOT_A_FEED)
    if not text.startswith("<?xml") and (root := _ROOT.search(text, 0, 20_000)) and root.start():
        head = text[: root.start()]
        if _HTML.search(head) is None and not head.lstrip().startswith(("<!", "<?")):
            text, flaws = text[root.start() :], (*flaws, LEADING_TEXT)
    if "<" not in text[:20_000]:
        raise BadFeed("neither XML nor JSON", Reason.NOT_A_FEED)
    return _flawed(_xml(text, base_url, known), flaws)


def is_whole(body: bytes, max_bytes: int = MAX_BYTES) -> bool:
    """Return whether the body ends as a feed does: its root closed.

    For bodies that came without a length: one that was cut off must not leave validators behind.
    """
    try:
        unpacked = unpack(body, max_bytes)
    except BadFeed:
        return False
    tail = unpacked.body[-2000:].replace(b"\0", b"").rstrip()
    return unpacked.is_whole and (tail.endswith((b"}", b"]")) or _CLOSED.search(tail) is not None)


def _xml(text: str, base_url: str, known: frozenset[bytes]) -> ParsedFeed:
    prescan.check_marks(text)
    if _SITEMAP.search(text, 0, 5_000):
        if not prescan.is_modest(text):
            prescan.check(text)
        return sitemap.parse(text, base_url, known)
    if (cut := split.cut(text)) and (feed := xmlfeed.parse_cut(cut, base_url, known)):
        return feed
    prescan.check(text)
    return xmlfeed.parse(text, base_url)


def _page(text: str, base_url: str) -> str:
    named = [found.url for found in discovery.discover(text, base_url)][:_NAMED]
    if not named:
        return "an HTML page"
    return f"an HTML page; it names the feed{'s' if len(named) > 1 else ''} {', '.join(named)}"


def _flawed(feed: ParsedFeed, flaws: tuple[str, ...]) -> ParsedFeed:
    items = feed.items or tuple(FeedItem(entry=number) for number in range(len(feed.entries)))
    flaws = tuple(dict.fromkeys((*flaws, *feed.flaws)))
    return msgspec.structs.replace(feed, items=items, flaws=flaws)
