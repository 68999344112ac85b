"""The catalog: which feeds are polled, as OPML, as a list of addresses, and with overrides in TOML.

Owns the shape of the catalog and the identity of a feed. Refuses files and the network: it reads
and writes bytes, and the XML parser expands no entity and opens no address.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

import msgspec
from lxml import etree

from dateline.errors import BadFeed, Misconfigured, Reason
from dateline.feeds import charset, overrides, prescan, tree
from dateline.feeds.plain import plain
from dateline.model import Feed

MAX_FEEDS = 100_000
"""Feeds of one catalog; mediacloud's whole directory holds 180,000."""

MAX_GROUP_DEPTH = 20

_DEFAULT_PORTS = {"http": 80, "https": 443}


def address(url: str) -> str:
    """Return the address of a feed in one spelling, or "" when it is no http(s) address.

    Scheme and host in lower case, ``feed:`` read as http, no default port, no fragment, no empty
    path. Path and query stay as they are: for feeds they are often the key.
    """
    text = re.sub(r"[\t\r\n]", "", url).strip()
    text = re.sub(r"\Afeed:(?://)?(?=https?://)|\Afeed(?=://)", lambda m: "" if ":" in m[0] else "http", text)
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not host
        or "@" in parts.netloc
        or re.search(r"[\s\x00-\x1f]", text)
    ):
        return ""
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def feed_id(url: str) -> str:
    """Return the id of the feed at ``url``: 12 hexadecimal digits of BLAKE2b over its address.

    The same for http and https, which are one feed that moved.
    """
    spelled = address(url) or url.strip()
    return blake2b(spelled.partition("://")[2].encode("utf-8", "replace"), digest_size=6).hexdigest()


def parse_catalog(body: bytes) -> tuple[Feed, ...]:
    """Return the feeds of an OPML file or of a plain list, one address a line (# starts a comment).

    Raises:
        BadFeed: neither of the two, or OPML that breaks a limit.
    """
    text = charset.decode(body).text.strip()
    if text.startswith("<"):
        return parse_opml(body)
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    urls = [line for line in lines if line and not line.startswith("#")]
    found = [_feed(url) for url in urls]
    if urls and not any(found):
        raise BadFeed("neither OPML nor a list of addresses", Reason.NOT_A_FEED)
    return _folded(found)


def parse_opml(body: bytes) -> tuple[Feed, ...]:
    """Return the feeds of an OPML file in its order; nested outlines become groups, outermost first.

    An address that stands twice is one feed with the groups of both. Entries whose address is no
    http(s) address are left out.

    Raises:
        BadFeed: not_a_feed when it is no OPML, empty_feed for an empty body, doctype_rejected and
            parse_budget as for feeds.
    """
    text = charset.decode(body).text.strip()
    if not text:
        raise BadFeed("the OPML is empty", Reason.EMPTY_FEED)
    prescan.check(text, max_items=MAX_FEEDS, max_attributes=10 * MAX_FEEDS)
    root = tree.read(text)
    if tree.local_name(root) != "opml":
        raise BadFeed("the root is not opml", Reason.NOT_A_FEED)
    found: list[Feed | None] = []
    for outline in root.iter("outline"):
        given = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        if "xmlurl" in given:
            found.append(_outlined(given, _groups_above(outline)))
    return _folded(found)


def write_opml(feeds: Iterable[Feed], title: str) -> bytes:
    """Return the feeds as OPML 2.0 in UTF-8; ``parse_opml`` reads them back equal (text, interval and country aside)."""
    root = etree.Element("opml", version="2.0")
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
        name = charset.scrub(feed.title) or feed.url
        given = {
            "type": "rss",
            "text": name,
            "title": charset.scrub(feed.title),
            "xmlUrl": charset.scrub(feed.url),
        }
        if feed.language:
            given["language"] = charset.scrub(feed.language)
        etree.SubElement(shelf, "outline", given)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def parse_toml(body: bytes) -> dict[str, overrides.Override]:
    """Return the overrides of a ``feeds.toml`` by feed id.

    Raises:
        Misconfigured: not TOML, an unknown key, a value of the wrong kind or an address that is none.
    """
    found: dict[str, overrides.Override] = {}
    for row in overrides.read(body):
        if not address(row.url):
            raise Misconfigured(f"feeds.toml: {row.url!r} is no http(s) address")
        if (key := feed_id(row.url)) in found:
            raise Misconfigured(f"feeds.toml: {row.url} stands twice")
        found[key] = row
    return found


def apply(feeds: Iterable[Feed], by_id: Mapping[str, overrides.Override]) -> tuple[Feed, ...]:
    """Return the feeds with their overrides; an override for a feed that is not listed adds it."""
    kept = {feed.id: feed for feed in feeds}
    for key, row in by_id.items():
        known = kept.get(key) or Feed(id=key, url=address(row.url))
        kept[key] = msgspec.structs.replace(known, **overrides.changes(row))
    return tuple(kept.values())


def _feed(
    url: str, title: str = "", groups: tuple[str, ...] = (), language: str | None = None
) -> Feed | None:
    spelled = address(url)
    if not spelled:
        return None
    return Feed(id=feed_id(spelled), url=spelled, title=title, groups=groups, language=language)


def _outlined(given: Mapping[str, str], groups: tuple[str, ...]) -> Feed | None:
    title = plain(given.get("title") or given.get("text", ""), 300)
    url = given["xmlurl"]
    language = given.get("language", "").strip().lower()
    return _feed(url, "" if title == url.strip() else title, groups, language if language.isalpha() else None)


def _groups_above(outline: etree._Element) -> tuple[str, ...]:
    names = [
        plain(above.get("text") or above.get("title") or "", 100)
        for above in outline.iterancestors("outline")
        if above.get("xmlUrl") is None
    ]
    return tuple(name for name in reversed(names) if name)[:MAX_GROUP_DEPTH]


def _folded(found: Iterable[Feed | None]) -> tuple[Feed, ...]:
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
