"""The catalog: which feeds are polled, told by OPML, lists of addresses and ``feeds.toml`` together.

Owns how what several files say becomes one catalog. Refuses files and the network: it reads and
writes bytes.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from dateline.errors import BadFeed, Misconfigured, Reason
from dateline.feeds import charset, overrides
from dateline.feeds.addresses import address, feed_id
from dateline.feeds.opml import MAX_FEEDS, folded, parse_opml, plain_feed, write_opml
from dateline.model import Feed, HostRule

__all__ = (
    "MAX_FEEDS", "Listing", "address", "apply", "combine", "feed_id", "parse_catalog", "parse_opml", "parse_toml",
    "write_opml",
)  # fmt: skip


class Listing(Struct, frozen=True):
    """What catalog files list: feeds, and how hosts are to be asked."""

    feeds: tuple[Feed, ...] = ()
    hosts: tuple[tuple[str, HostRule], ...] = ()


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
    found = [plain_feed(url) for url in urls]
    if urls and not any(found):
        raise BadFeed("neither OPML nor a list of addresses", Reason.NOT_A_FEED)
    return folded(found)


def parse_toml(body: bytes, name: str = "feeds.toml") -> dict[str, overrides.Override]:
    """Return the feeds' rows of a ``feeds.toml`` by feed id.

    Raises:
        Misconfigured: as ``overrides.read``.
    """
    return {feed_id(row.url): row for row in overrides.read(body, name).feeds}


def apply(feeds: Iterable[Feed], by_id: Mapping[str, overrides.Override]) -> tuple[Feed, ...]:
    """Return the feeds with their overrides; an override for a feed that is not listed adds it."""
    kept = {feed.id: feed for feed in feeds}
    for key, row in by_id.items():
        known = kept.get(key) or Feed(id=key, url=address(row.url))
        kept[key] = msgspec.structs.replace(known, **overrides.changes(row))
    return tuple(kept.values())


def combine(files: Sequence[tuple[str, bytes]]) -> Listing:
    """Return what files (name, content) list together, whatever their order: ``*.toml`` has the last word.

    Groups of a feed that several files list are added up. Of two rows in two ``*.toml`` files the
    later one wins, key by key.

    Raises:
        Misconfigured: a file is neither OPML, nor a list of addresses, nor a good ``*.toml``; one
            that is not ``*.toml`` lists no feed; or there are more than MAX_FEEDS. The text names
            the file.
    """
    listed: list[Feed] = []
    rows: list[overrides.Rows] = []
    for name, body in files:
        if name.lower().endswith(".toml"):
            rows.append(overrides.read(body, name))
            continue
        try:
            found = parse_catalog(body)
        except BadFeed as error:
            raise Misconfigured(f"{name}: {error}") from error
        if not found:
            raise Misconfigured(f"{name} lists no feeds")
        listed.extend(found)
    feeds = folded(listed)
    hosts: dict[str, HostRule] = {}
    for one in rows:
        feeds = apply(feeds, {feed_id(row.url): row for row in one.feeds})
        hosts |= one.hosts
    if len(feeds) > MAX_FEEDS:
        raise Misconfigured(f"{len(feeds)} feeds are listed; {MAX_FEEDS} are the most")
    return Listing(feeds=feeds, hosts=tuple(sorted(hosts.items())))
