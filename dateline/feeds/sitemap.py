"""News sitemaps: the list of fresh articles that publishers without feeds keep for search engines.

Owns the reading of ``urlset`` with its news extension. Refuses to follow a sitemap index: which of
its sitemaps is news is the user's choice.
"""

from lxml import etree

from dateline.errors import BadFeed, Reason
from dateline.feeds import dates, entries, tree
from dateline.feeds.plain import plain
from dateline.feeds.prescan import MAX_ITEMS
from dateline.model import Entry, ParsedFeed


def parse(text: str, base_url: str) -> ParsedFeed:
    """Return the addresses of a sitemap as entries, with title, date and language where the news extension gives them.

    Raises:
        BadFeed: not_a_feed for an index of sitemaps or no urlset, parse_budget above 5,000 addresses.
    """
    root = tree.read(text)
    name = tree.local_name(root)
    if name != "urlset":
        reason = (
            "an index of sitemaps; add the news sitemap that it names"
            if name == "sitemapindex"
            else f"<{name}>"
        )
        raise BadFeed(reason, Reason.NOT_A_FEED)
    rows = [child for child in root if tree.local_name(child) == "url"]
    if len(rows) > MAX_ITEMS:
        raise BadFeed(f"{len(rows)} addresses", Reason.PARSE_BUDGET)
    flaws: dict[str, None] = {}
    built = [_entry(row, base_url, flaws) for row in rows]
    kept = tuple(entry for entry in built if entry is not None)
    if not kept:
        flaws[entries.NO_ENTRIES] = None
    names = {found["name"] for row in rows if (found := _fields(row)).get("name")}
    return ParsedFeed(
        format="sitemap",
        title=plain(names.pop(), entries.TITLE_CHARS) if len(names) == 1 else "",
        entries=kept,
        flaws=tuple(flaws),
    )


def _entry(row: etree._Element, base_url: str, flaws: dict[str, None]) -> Entry | None:
    fields = _fields(row)
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
