"""OPML in and out: groups, languages, and our own attributes in our own namespace.

Owns the mapping between outlines and feeds. Refuses files and the network; the XML parser expands
no entity and opens no address. OPML comes from strangers: it can name no secret, since a secret
that it named would be sent to its host.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec
from lxml import etree

from dateline.errors import BadFeed, Reason
from dateline.feeds import charset, prescan, tree
from dateline.feeds.addresses import address, id_of
from dateline.feeds.plain import plain
from dateline.model import Feed, TextSource

MAX_FEEDS = 100_000
"""Feeds of one catalog; mediacloud's whole directory holds 180,000."""

MAX_GROUP_DEPTH = 20

NAMESPACE = "https://github.com/dateline-wire/dateline/opml"
"""OPML 2.0 allows attributes that it does not describe only in a namespace of their own."""

MAX_INTERVAL_S = 7 * 86_400

_WHOLE = re.compile(r"(?:</opml\s*>|<opml\b[^<>]*/>)\s*(?:<!--[^>]{0,2000}-->\s*)*\Z", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,3}")


def parse_opml(body: bytes) -> tuple[Feed, ...]:
    """Return the feeds of an OPML file in its order; nested outlines become groups, outermost first.

    An address that stands twice is one feed with the groups of both. Entries whose address is no
    http(s) address are left out, and so are values of our own attributes that are none.

    Raises:
        BadFeed: not_a_feed when it is no OPML, empty_feed for an empty body, truncated when its
            end is missing, doctype_rejected and parse_budget as for feeds.
    """
    text = charset.decode(body).text.strip()
    if not text:
        raise BadFeed("the OPML is empty", Reason.EMPTY_FEED)
    prescan.check(text, max_items=MAX_FEEDS, max_attributes=10 * MAX_FEEDS)
    root = tree.read(text)
    if tree.local_name(root) != "opml":
        raise BadFeed("the root is not opml", Reason.NOT_A_FEED)
    # The parser would mend a file that is still being written, and half a catalog looks like a whole one.
    if _WHOLE.search(text[-10_000:]) is None:
        raise BadFeed("the OPML is cut off: </opml> is missing", Reason.TRUNCATED)
    found: list[Feed | None] = []
    for outline in root.iter("outline"):
        given = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        if "xmlurl" in given:
            found.append(_outlined(given, _groups_above(outline)))
    return folded(found)


def write_opml(feeds: Iterable[Feed], title: str) -> bytes:
    """Return the feeds as OPML 2.0 in UTF-8; ``parse_opml`` reads them back equal, secrets and old addresses aside."""
    root = etree.Element("opml", nsmap={"dateline": NAMESPACE}, version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = charset.scrub(title)
    body = etree.SubElement(root, "body")
    shelves: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        shelf = body
        for depth in range(1, len(feed.groups) + 1):
            path = feed.groups[:depth]
            if path not in shelves:
                name = charset.scrub(path[-1])
                shelves[path] = etree.SubElement(shelves[path[:-1]], "outline", text=name, title=name)
            shelf = shelves[path]
        etree.SubElement(shelf, "outline", _attributes(feed))
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def plain_feed(
    url: str, title: str = "", groups: tuple[str, ...] = (), language: str | None = None
) -> Feed | None:
    """Return the feed of an address, or None when that is no http(s) address."""
    spelled = address(url)
    if not spelled:
        return None
    return Feed(id=id_of(spelled), url=spelled, title=title, groups=groups, language=language)


def folded(found: Iterable[Feed | None]) -> tuple[Feed, ...]:
    """Return each feed once: the first row of an address wins, with the groups of all."""
    by_id: dict[str, Feed] = {}
    for feed in found:
        if feed is None:
            continue
        if (first := by_id.get(feed.id)) is None:
            by_id[feed.id] = feed
        else:
            groups = tuple(dict.fromkeys((*first.groups, *feed.groups)))
            by_id[feed.id] = msgspec.structs.replace(first, groups=groups, title=first.title or feed.title)
    return tuple(by_id.values())


def _attributes(feed: Feed) -> dict[str, str]:
    given = {
        "type": "rss",
        "text": charset.scrub(feed.title) or feed.url,
        "title": charset.scrub(feed.title),
        "xmlUrl": charset.scrub(feed.url),
    }
    if feed.language:
        given["language"] = charset.scrub(feed.language)
    own = {
        "country": feed.country or "",
        "publisher": charset.scrub(feed.publisher or ""),
        "text": feed.text.value if feed.text is not TextSource.PAGE else "",
        "interval_s": str(feed.interval_s or ""),
    }
    return given | {f"{{{NAMESPACE}}}{name}": value for name, value in own.items() if value}


def _outlined(given: Mapping[str, str], groups: tuple[str, ...]) -> Feed | None:
    title = plain(given.get("title") or given.get("text", ""), 300)
    url = given["xmlurl"]
    # Of pt-BR the language is pt: what reads texts knows no regions.
    language = _LANGUAGE.fullmatch(given.get("language", "").strip().lower())
    feed = plain_feed(url, "" if title == url.strip() else title, groups, language[1] if language else None)
    return feed and msgspec.structs.replace(feed, **_own(given))


def _own(given: Mapping[str, str]) -> dict[str, object]:
    own = {name: given.get(f"{{{NAMESPACE.lower()}}}{name}", "").strip() for name in _OWN}
    found: dict[str, object] = {}
    if _COUNTRY.fullmatch(own["country"]):
        found["country"] = own["country"]
    if own["publisher"]:
        found["publisher"] = plain(own["publisher"], 300)
    if own["text"] == TextSource.FEED.value:
        found["text"] = TextSource.FEED
    number = own["interval_s"]
    if number.isascii() and number.isdigit() and len(number) < 10 and 1 <= int(number) <= MAX_INTERVAL_S:
        found["interval_s"] = int(number)
    return found


_OWN = ("country", "publisher", "text", "interval_s")


def _groups_above(outline: etree._Element) -> tuple[str, ...]:
    names = [
        plain(above.get("text") or above.get("title") or "", 100)
        for above in outline.iterancestors("outline")
        if above.get("xmlUrl") is None
    ]
    return tuple(name for name in reversed(names) if name)[:MAX_GROUP_DEPTH]
