"""JSON Feed 1.0 and 1.1.

Owns the reading of JSON feeds. Refuses to lose a feed for one item: each item is decoded by
itself, a broken one is a flaw and its neighbours go on.
"""

from typing import Any

import msgspec

from dateline.errors import BadFeed, Reason
from dateline.feeds import dates, entries, memory
from dateline.feeds.plain import plain
from dateline.feeds.prescan import MAX_ITEMS
from dateline.model import Entry, FeedItem, ParsedFeed

BAD_ITEM = "item not readable"
NO_VERSION = "no JSON Feed version"

_FEED = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_ANY = msgspec.json.Decoder()


def parse(text: str, base_url: str, known: frozenset[bytes] = frozenset()) -> ParsedFeed:
    """Return what the text of a JSON feed says; items whose hash is ``known`` are not decoded.

    Raises:
        BadFeed: not_a_feed when it is no JSON object with a list of items, parse_budget when it
            holds more than 5,000 items or is nested too deep to decode.
    """
    try:
        fields = _FEED.decode(text)
        raw_items = _LIST.decode(fields["items"])
        head = {name: _value(raw) for name, raw in fields.items() if name != "items"}
    except RecursionError as error:
        raise BadFeed("JSON nested too deep", Reason.PARSE_BUDGET) from error
    except (msgspec.DecodeError, KeyError, UnicodeError) as error:
        raise BadFeed(f"no JSON feed: {error}", Reason.NOT_A_FEED) from error
    if len(raw_items) > MAX_ITEMS:
        raise BadFeed(f"{len(raw_items)} items", Reason.PARSE_BUDGET)
    flaws: dict[str, None] = {}
    if "jsonfeed.org/version/" not in _text(head.get("version")):
        flaws[NO_VERSION] = None
    language = entries.language(_text(head.get("language")))
    author = _author(head)
    site = entries.link(_text(head.get("home_page_url")), base_url)
    made = memory.hasher(site or memory.stem(base_url), language or "", author)
    kept: list[Entry] = []
    items: list[FeedItem] = []
    for raw in raw_items:
        hashed = made(bytes(raw))
        entry = None if hashed in known else _entry(raw, site or base_url, language, author, flaws)
        items.append(FeedItem(hash=hashed, entry=None if entry is None else len(kept)))
        kept += [entry] if entry else []
    if not kept and not any(item.hash in known for item in items):
        flaws[entries.NO_ENTRIES] = None
    return ParsedFeed(
        format="json1",
        title=plain(_text(head.get("title")), entries.TITLE_CHARS),
        link=site,
        language=language,
        entries=tuple(kept),
        items=tuple(items),
        flaws=tuple(flaws),
    )


def _entry(
    raw: msgspec.Raw, base_url: str, language: str | None, author: str, flaws: dict[str, None]
) -> Entry | None:
    item = _value(raw)
    if not isinstance(item, dict):
        flaws[BAD_ITEM] = None
        return None
    published = dates.read(_scalar(item.get("date_published")))
    updated = dates.read(_scalar(item.get("date_modified")))
    flaws.update(dict.fromkeys(flaw for flaw in (published.flaw, updated.flaw) if flaw))
    markup, written = _text(item.get("content_html")), _text(item.get("content_text"))
    return entries.build(
        guid=_scalar(item.get("id")),
        links=(
            _text(item.get("url")),
            _text(item.get("external_url")),
            entries.absolute(_text(item.get("id"))),
        ),
        base_url=base_url,
        title=_text(item.get("title")),
        summary=_text(item.get("summary")) or written or markup,
        bodies=(markup, entries.paragraphs(written)),
        published_at=published.at,
        updated_at=updated.at,
        author=_author(item) or author,
        language=entries.language(_text(item.get("language"))) or language,
        flaws=flaws,
    )


def _value(raw: msgspec.Raw) -> Any:
    try:
        return _ANY.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _scalar(value: Any) -> str:
    """Numbers stand in for text where feeds write them: ids and dates."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(value)


def _author(holder: dict[str, Any]) -> str:
    given = holder.get("authors")
    people = given if isinstance(given, list) and given else [holder.get("author")]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in people[:5]]
    return ", ".join(name for name in names if name)
