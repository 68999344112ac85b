"""From what feedparser found in one item to an entry.

Owns which of an item's many fields are its links, dates, texts and language. Refuses to know how
the item was parsed.
"""

import re
from datetime import datetime
from typing import Any

from dateline.feeds import dates, entries
from dateline.feeds.raw import Raw, alternate, detail, details, text
from dateline.model import Entry

_TAGGED = re.compile(r"<[a-zA-Z!/]")
_MARKUP_TYPES = ("html", "xhtml", "xml")


def entry(
    raw: Raw, base_url: str, feed_language: str | None, flaws: dict[str, None], *, is_atom: bool
) -> Entry | None:
    """Return the entry of an item, or None when it has neither address nor text; oddities are added to ``flaws``."""
    published = _date(raw, ("published", "created"), flaws)
    updated = _date(raw, ("updated",), flaws)
    if published is None and not is_atom:
        published = updated  # dc:date of RSS and RDF, which feedparser files under updated
    contents = [one for one in details(raw, "content") if text(one, "value")]
    summary = text(raw, "summary")
    bodies = [_markup(one) for one in contents]
    if len(summary) >= entries.TEASER_CHARS:
        bodies.append(_markup(detail(raw, "summary_detail") or {"value": summary}))
    return entries.build(
        guid=text(raw, "id"),
        links=_links(raw, is_atom=is_atom),
        base_url=base_url,
        title=text(raw, "title"),
        summary=summary or text(raw, "media_description"),
        bodies=bodies,
        published_at=published,
        updated_at=updated,
        author=_author(raw),
        language=_language(raw, contents) or feed_language,
        flaws=flaws,
    )


def _links(raw: Raw, *, is_atom: bool) -> tuple[str, ...]:
    """Return the candidates for the article's address, the best first.

    A guid is an address when it does not say otherwise (RSS 2.0), in practice only when it is spelled
    as one: whole, or from the root of the site. A bare number or word is none, whatever it says.
    """
    guid, link = text(raw, "id"), text(raw, "link")
    if link == guid and not link.startswith("/"):
        link = ""  # feedparser takes a guid that does not say otherwise for a link, be it a bare number
    denied = not is_atom and not dict.get(raw, "link") and dict.get(raw, "guidislink") is False
    own = "" if denied else entries.absolute(guid)
    return (text(raw, "feedburner_origlink"), alternate(raw), link, own)


def _date(raw: Raw, names: tuple[str, ...], flaws: dict[str, None]) -> datetime | None:
    for name in names:
        reading = dates.read(text(raw, name))
        if reading.flaw:
            flaws[reading.flaw] = None
        if reading.at:
            return reading.at
    return None


def _markup(given: dict[str, Any]) -> str:
    value = text(given, "value")
    kind = text(given, "type")
    is_markup = not kind or any(name in kind for name in _MARKUP_TYPES) or _TAGGED.search(value)
    return value if is_markup else entries.paragraphs(value)


def _author(raw: Raw) -> str:
    given = detail(raw, "author_detail")
    return text(given, "name") or text(raw, "author") or text(given, "email")


def _language(raw: Raw, contents: list[dict[str, Any]]) -> str | None:
    given = (*contents, detail(raw, "title_detail"), detail(raw, "summary_detail"))
    for tag in (text(raw, "language"), *(text(one, "language") for one in given)):
        if tag and (known := entries.language(tag)):
            return known
    return None
