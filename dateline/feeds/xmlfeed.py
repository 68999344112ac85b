"""From the text of an XML feed to what it says, in full or of its unknown items only.

Owns the way from feedparser's findings to a ParsedFeed. Refuses feedparser itself (``syndication``)
and the cutting (``split``).
"""

import re

from dateline.errors import BadFeed, Reason
from dateline.feeds import entries, head, items, prescan, syndication, wishes
from dateline.feeds.split import Cut
from dateline.feeds.syndication import Found
from dateline.model import Entry, FeedItem, ParsedFeed

NOT_WELL_FORMED = "not well-formed"

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|channel|entry)[\s>/]", re.IGNORECASE)


def parse(text: str, base_url: str) -> ParsedFeed:
    """Return what the text of an XML feed says; all of it is parsed, and its items have no hash.

    Raises:
        BadFeed: not_a_feed when there is neither an entry nor the root of a feed.
    """
    flaws: dict[str, None] = {}
    found = syndication.read(text, flaws)
    if not found.entries and not found.version and _ROOT.search(text, 0, 5_000) is None:
        raise BadFeed("no entries and no root of a feed", Reason.NOT_A_FEED)
    if found.broken:
        flaws[NOT_WELL_FORMED] = None
    top = head.read(found.feed, wishes.around_items(text), base_url)
    made = _entries(found, top, base_url, flaws)
    kept = tuple(entry for entry in made if entry is not None)
    if not kept:
        flaws[entries.NO_ENTRIES] = None
    rows = tuple(FeedItem(entry=number) for number in range(len(kept)))
    return _feed(found, top, kept, rows, flaws)


def parse_cut(cut: Cut, base_url: str, known: frozenset[bytes]) -> ParsedFeed | None:
    """Return what a feed in pieces says, with the entries of those items whose hash is not ``known``.

    None when feedparser stumbles over it: then it has to be parsed in full.

    Raises:
        BadFeed: parse_budget when the head and the unknown items break a limit.
    """
    hashes = cut.hashes(base_url)
    unknown = [number for number, hashed in enumerate(hashes) if hashed not in known]
    pieces = cut.pieces(unknown)
    prescan.check("".join(pieces))
    flaws: dict[str, None] = {}
    found = syndication.read_strictly(pieces, flaws)
    if found is None or len(found.entries) != len(unknown):
        return None
    top = head.read(found.feed, cut.head, base_url)
    made = dict(zip(unknown, _entries(found, top, base_url, flaws), strict=True))
    kept: list[Entry] = []
    rows: list[FeedItem] = []
    for number, hashed in enumerate(hashes):
        entry = made.get(number)
        rows.append(FeedItem(hash=hashed, entry=len(kept) if entry else None))
        kept += [entry] if entry else []
    if not kept and len(unknown) == len(hashes):
        flaws[entries.NO_ENTRIES] = None
    return _feed(found, top, tuple(kept), tuple(rows), flaws)


def _feed(
    found: Found,
    top: head.Head,
    kept: tuple[Entry, ...],
    rows: tuple[FeedItem, ...],
    flaws: dict[str, None],
) -> ParsedFeed:
    return ParsedFeed(
        format=found.version or "unknown",
        title=top.title,
        link=top.link,
        language=top.language,
        wishes=top.wishes,
        entries=kept,
        items=rows,
        hubs=top.hubs,
        topic=top.topic,
        flaws=tuple(flaws),
    )


def _entries(found: Found, top: head.Head, base_url: str, flaws: dict[str, None]) -> list[Entry | None]:
    is_atom = found.version.startswith("atom")
    # The site, because a feed is often served from another host (feedburner) and means its own pages.
    base = top.link or base_url
    return [items.entry(raw, base, top.language, flaws, is_atom=is_atom) for raw in found.entries]
