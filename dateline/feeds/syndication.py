"""RSS 0.90 to 2.0, RDF and Atom 0.3 to 1.0, through feedparser.

Owns the one import of feedparser and what of its result becomes an entry. Refuses the network: it
is handed text that has passed the prescan. Broken XML is a flaw as long as it yields entries.
"""

import io
import re
from typing import Any

import feedparser

from dateline.errors import BadFeed, Reason
from dateline.feeds import dates, entries
from dateline.feeds.charset import CONTROLS, mend_references
from dateline.feeds.plain import plain
from dateline.model import Entry, FeedWishes, ParsedFeed

NOT_WELL_FORMED = "not well-formed"
EXTENSIONS = "extensions not readable"

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_EXTENSION = re.compile(
    r"</?(?!(?:content|dc|dcterms|atom|a10|rdf|rss|feedburner):)[\w.-]{1,40}:[^<>]*>|</?(?:width|height|image|tags|links|category|textinput|license)\b[^<>]*>"
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|channel|entry)[\s>/]", re.IGNORECASE)
_PERIODS_S = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_TAGGED = re.compile(r"<[a-zA-Z!/]")
_MARKUP_TYPES = ("html", "xhtml", "xml")


def parse(text: str, base_url: str) -> ParsedFeed:
    """Return what the text of an XML feed says.

    Raises:
        BadFeed: not_a_feed when there is neither an entry nor the root of a feed.
    """
    flaws: dict[str, None] = {}
    found = _read(text, flaws)
    broken = bool(found.get("bozo"))
    raw_entries = found.get("entries") or []
    version = found.get("version") or ""
    if not raw_entries and not version and _ROOT.search(text, 0, 5_000) is None:
        raise BadFeed("no entries and no root of a feed", Reason.NOT_A_FEED)
    if broken:
        flaws[NOT_WELL_FORMED] = None
    head = found.get("feed") or {}
    language = entries.language(_text(head, "language"))
    is_atom = version.startswith("atom")
    site = entries.link(_alternate(head), base_url) or entries.link(_text(head, "link"), base_url)
    # The site, because a feed is often served from another host (feedburner) and means its own pages.
    built = [_entry(raw, site or base_url, language, is_atom, flaws) for raw in raw_entries]
    kept = tuple(entry for entry in built if entry is not None)
    if not kept:
        flaws[entries.NO_ENTRIES] = None
    return ParsedFeed(
        format=version or "unknown",
        title=plain(_text(head, "title"), entries.TITLE_CHARS),
        link=site,
        language=language,
        wishes=FeedWishes(ttl_s=_ttl_s(head)),
        entries=kept,
        flaws=tuple(flaws),
    )


def _read(text: str, flaws: dict[str, None]) -> Any:
    """Return feedparser's result; extensions that it stumbles over are dropped and it is asked again."""
    mended = mend_references(text)
    if len(mended) != len(text):
        flaws[CONTROLS] = None
        text = mended
    declared = _DECLARATION.match(text)
    body = text[declared.end() if declared else 0 :]
    try:
        return _feedparser(body)
    except Exception:  # noqa: BLE001 - feedparser raises at random over odd extensions: asked again without them
        # Fuzzing showed KeyError, TypeError and ValueError out of feedparser's handlers of media, geography,
        # licence and chapter elements; news has no need of them, and the entries around them must go on.
        flaws[EXTENSIONS] = None
    try:
        return _feedparser(_EXTENSION.sub("", body))
    except Exception as error:
        # The edge of this library: whatever else it raises over a stranger's markup means the same.
        raise BadFeed(f"feedparser: {type(error).__name__}", Reason.NOT_A_FEED) from error


def _feedparser(body: str) -> Any:
    # A stream, because a string could be taken for an address. Addresses are joined with the base in
    # entries: feedparser would join each several times over.
    declared = '<?xml version="1.0" encoding="utf-8"?>' + body
    return feedparser.parse(
        io.BytesIO(declared.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,  # addresses within texts are never followed
        sanitize_html=False,  # texts are stripped to plain here, and bodies are extracted later
    )


def _entry(
    raw: Any, base_url: str, feed_language: str | None, is_atom: bool, flaws: dict[str, None]
) -> Entry | None:
    published = _date(raw, ("published", "created"), flaws)
    updated = _date(raw, ("updated",), flaws)
    if published is None and not is_atom:
        published = updated  # dc:date of RSS and RDF, which feedparser files under updated
    contents = [one for one in _details(raw, "content") if _text(one, "value")]
    summary = _text(raw, "summary")
    bodies = [_markup(one) for one in contents]
    if len(summary) >= entries.TEASER_CHARS:
        bodies.append(_markup(_detail(raw, "summary_detail") or {"value": summary}))
    return entries.build(
        guid=_text(raw, "id"),
        links=_links(raw),
        base_url=base_url,
        title=_text(raw, "title"),
        summary=summary,
        bodies=bodies,
        published_at=published,
        updated_at=updated,
        author=_author(raw),
        language=_entry_language(raw, contents) or feed_language,
        flaws=flaws,
    )


def _links(raw: Any) -> tuple[str, ...]:
    guid, link = _text(raw, "id"), _text(raw, "link")
    if link == guid and not link.startswith("/"):
        link = ""  # feedparser takes a guid that does not say otherwise for a link, be it a bare number
    return (_text(raw, "feedburner_origlink"), _alternate(raw), link, entries.absolute(guid))


def _alternate(raw: Any) -> str:
    for one in _details(raw, "links"):
        if _text(one, "rel") == "alternate" and "html" in (_text(one, "type") or "html"):
            return _text(one, "href")
    return ""


def _date(raw: Any, names: tuple[str, ...], flaws: dict[str, None]) -> Any:
    for name in names:
        reading = dates.read(_text(raw, name))
        if reading.flaw:
            flaws[reading.flaw] = None
        if reading.at:
            return reading.at
    return None


def _text(holder: Any, name: str) -> str:
    # dict.get, because feedparser's own answers a missing "updated" with "published" and a warning.
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def _detail(holder: Any, name: str) -> dict[str, Any]:
    # A feed's own element of the same name (<links>, <author_detail>) puts plain text where feedparser puts a dict.
    value = dict.get(holder, name)
    return value if isinstance(value, dict) else {}


def _details(holder: Any, name: str) -> list[dict[str, Any]]:
    value = dict.get(holder, name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _markup(detail: Any) -> str:
    value = _text(detail, "value")
    kind = _text(detail, "type")
    is_markup = not kind or any(name in kind for name in _MARKUP_TYPES) or _TAGGED.search(value)
    return value if is_markup else entries.paragraphs(value)


def _author(raw: Any) -> str:
    detail = _detail(raw, "author_detail")
    return _text(detail, "name") or _text(raw, "author") or _text(detail, "email")


def _entry_language(raw: Any, contents: list[Any]) -> str | None:
    details = (*contents, _detail(raw, "title_detail"), _detail(raw, "summary_detail"))
    for given in (_text(raw, "language"), *(_text(detail, "language") for detail in details)):
        if given and (known := entries.language(given)):
            return known
    return None


def _ttl_s(head: Any) -> int | None:
    """Seconds between polls that the feed itself asks for: ttl in minutes, or the syndication module."""
    ttl = _text(head, "ttl").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 7:
        return int(ttl) * 60 or None
    period_s = _PERIODS_S.get(_text(head, "sy_updateperiod").strip().lower())
    frequency = _text(head, "sy_updatefrequency").strip()
    if period_s is None:
        return None
    count = int(frequency) if frequency.isascii() and frequency.isdigit() and len(frequency) < 5 else 1
    return period_s // max(count, 1) or None
