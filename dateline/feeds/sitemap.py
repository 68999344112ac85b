"""News sitemaps: the list of fresh articles that publishers without feeds keep for search engines.

Owns the reading of ``urlset`` with its news extension, and of the indexes that name sitemaps.
Refuses to follow an index: which of its sitemaps are fetched, and when, is the poller's choice.
"""

from collections.abc import Callable

from lxml import etree

from dateline.errors import BadFeed, Reason
from dateline.feeds import dates, entries, memory, tree
from dateline.feeds.plain import plain
from dateline.feeds.prescan import MAX_ITEMS
from dateline.model import Child, Entry, FeedItem, ParsedFeed

MAX_CHILDREN = 1_000
"""Sitemaps kept of one index, the newest; archives name tens of thousands."""


def parse(text: str, base_url: str, known: frozenset[bytes] = frozenset()) -> ParsedFeed:
    """Return the addresses of a sitemap as entries, with title, date and language where the news extension gives them.

    Rows whose hash is ``known`` are not read further. An index gives ``children`` and no entries.

    Raises:
        BadFeed: not_a_feed for neither of the two, parse_budget above 5,000 addresses.
    """
    root = tree.read(text)
    name = tree.local_name(root)
    if name == "sitemapindex":
        return ParsedFeed(format="sitemapindex", children=_children(root, base_url))
    if name != "urlset":
        raise BadFeed(f"<{name}>", Reason.NOT_A_FEED)
    rows = [_fields(child) for child in root if tree.local_name(child) == "url"]
    if len(rows) > MAX_ITEMS:
        raise BadFeed(f"{len(rows)} addresses", Reason.PARSE_BUDGET)
    flaws: dict[str, None] = {}
    kept, items = _taken(rows, base_url, known, flaws)
    if not kept and not any(item.hash in known for item in items):
        flaws[entries.NO_ENTRIES] = None
    names = {fields["name"] for fields in rows if fields.get("name")}
    return ParsedFeed(
        format="sitemap",
        title=plain(names.pop(), entries.TITLE_CHARS) if len(names) == 1 else "",
        entries=tuple(kept),
        items=tuple(items),
        flaws=tuple(flaws),
    )


def _taken(
    rows: list[dict[str, str]], base_url: str, known: frozenset[bytes], flaws: dict[str, None]
) -> tuple[list[Entry], list[FeedItem]]:
    kept: list[Entry] = []
    items: list[FeedItem] = []
    hashed = memory.hasher(memory.stem(base_url))
    for fields in rows:
        key = _hash(fields, hashed)
        entry = None if key in known else _entry(fields, base_url, flaws)
        items.append(FeedItem(hash=key, entry=len(kept) if entry else None))
        kept += [entry] if entry else []
    return kept, items


def _hash(fields: dict[str, str], hashed: Callable[[bytes], bytes]) -> bytes:
    # The fields and not the markup: pictures and priorities of a row change without its article.
    told = "\0".join(f"{name}\0{fields[name]}" for name in sorted(fields) if name in _TOLD)
    return hashed(told.encode("utf-8", "surrogatepass"))


_TOLD = frozenset(("loc", "lastmod", "title", "publication_date", "language"))


def _entry(fields: dict[str, str], base_url: str, flaws: dict[str, None]) -> Entry | None:
    published, updated = dates.read(fields.get("publication_date", "")), dates.read(fields.get("lastmod", ""))
    flaws.update(dict.fromkeys(flaw for flaw in (published.flaw, updated.flaw) if flaw))
    return entries.build(
        guid=fields.get("loc", ""),
        links=(fields.get("loc", ""),),
        base_url=base_url,
        title=fields.get("title", ""),
        summary="",
        bodies=(),
        published_at=published.at,
        updated_at=updated.at,
        author="",
        language=entries.language(fields.get("language", "")),
        flaws=flaws,
    )


def _children(root: etree._Element, base_url: str) -> tuple[Child, ...]:
    """Return the sitemaps that an index names, each address once: the newest first, then those without a date."""
    found: dict[str, Child] = {}
    for row in root:
        if tree.local_name(row) == "sitemap":
            fields = _fields(row)
            if url := entries.link(fields.get("loc", ""), base_url):
                found.setdefault(url, Child(url=url, changed_at=dates.read(fields.get("lastmod", "")).at))
    dated = sorted(
        ((child.changed_at, child) for child in found.values() if child.changed_at),
        key=lambda pair: pair[0],
        reverse=True,
    )
    undated = [child for child in found.values() if child.changed_at is None]
    return tuple([child for _, child in dated] + undated)[:MAX_CHILDREN]


def _fields(row: etree._Element) -> dict[str, str]:
    """Return the first text of each name below ``row``; images and videos have titles of their own and are left out."""
    found: dict[str, str] = {}
    pending = list(row)
    for child in pending:
        name = tree.local_name(child)
        if name in ("news", "publication"):
            pending.extend(child)
        elif name and child.text:
            found.setdefault(name, child.text.strip())
    return found
