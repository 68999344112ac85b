"""JSON-LD: what a page's embedded records say.

Owns tolerant decoding and the choice of the record that is the article. Refuses more than
``MAX_NODES`` objects and a script longer than ``MAX_CHARS``.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec

from dateline.text import charset

MAX_CHARS, MAX_NODES = 400_000, 3_000

NAMES_DEEP = 6
"""Levels of objects and lists at which a name is still looked for; a record can nest a thousand."""

_SPACE = re.compile(r"\s+")
_TRAILING_COMMA = re.compile(r",(\s{0,20}[}\]])")
_TYPES = (
    "NewsArticle", "ReportageNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "ReviewNewsArticle", "AskPublicNewsArticle", "Report", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "WebPage",
)  # fmt: skip
"""Types of schema.org that an article may have, best first."""

_RANKS = {name: rank for rank, name in enumerate(_TYPES)}


def records(text: str) -> list[dict[str, Any]]:
    """Return the objects of one JSON-LD script; one that can't be read gives none."""
    text = (
        text.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
    )
    if not text or len(text) > MAX_CHARS:
        return []
    try:
        top = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        try:
            top = json.loads(_TRAILING_COMMA.sub(r"\1", text), strict=False)
        except (ValueError, RecursionError):
            return []
    return list(_objects(top))


def _objects(top: Any) -> Iterator[dict[str, Any]]:
    queue, seen = deque([top]), 0
    while queue and seen < MAX_NODES:
        one = queue.popleft()
        seen += 1
        if isinstance(one, list):
            queue.extend(one[:100])
        elif isinstance(one, dict):
            if "@type" in one:
                yield one
            # What is in an itemListElement is another page's story.
            queue.extend(
                one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in one
            )


def kinds(record: dict[str, Any]) -> list[str]:
    """Return the names of a record's types, without their vocabulary."""
    named = record.get("@type")
    return [
        name.rsplit("/", 1)[-1]
        for name in (named if isinstance(named, list) else [named])
        if isinstance(name, str)
    ]


def article(found: list[dict[str, Any]], told: str = "") -> dict[str, Any]:
    """Return the record of the page's article, or an empty one.

    Args:
        found: All records of the page.
        told: The page's titles. Of several articles the one they tell of is the page's; three or
            more of which they tell nothing are a list of other stories.
    """
    ranked = [
        (min((_RANKS.get(kind, len(_TYPES)) for kind in kinds(record)), default=len(_TYPES)), record)
        for record in found
    ]
    ranked.sort(key=lambda one: one[0])
    likely = [record for rank, record in ranked if rank < len(_TYPES)]
    told = _letters(told)
    for record in likely:
        headline = _letters(text_of(record.get("headline") or record.get("name")))
        if len(headline) >= 8 and told and (headline in told or told in headline):
            return record
    articles = [record for record in likely if "WebPage" not in kinds(record)]
    if len(articles) >= 3 and len({text_of(record.get("headline")) for record in articles}) >= 3 and told:
        return {}
    return likely[0] if likely else {}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def names(value: Any, found: list[dict[str, Any]]) -> list[str]:
    """Return the names of people or organizations, those that are only referred to looked up by @id."""
    listed = value if isinstance(value, list) else [value]
    return [name for one in listed[:10] if (name := text_of(_looked_up(one, found)))]


def _looked_up(one: Any, found: list[dict[str, Any]]) -> Any:
    if not isinstance(one, dict) or one.get("name") or not isinstance(one.get("@id"), str):
        return one
    return next((record for record in found if record.get("@id") == one["@id"] and "name" in record), {})


def crumbs(found: list[dict[str, Any]]) -> list[str]:
    """Return the names of the page's first trail of breadcrumbs, from the front page on."""
    for record in found:
        items = record.get("itemListElement")
        if "BreadcrumbList" in kinds(record) and isinstance(items, list):
            read = [one for one in items[:10] if isinstance(one, dict)]
            read.sort(key=lambda one: _position(one.get("position")))
            return [text_of(one.get("name") or one.get("item")) for one in read]
    return []


def _position(value: Any) -> int:
    return (
        int(value)
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal() and len(value) < 10)
        else 0
    )


def text_of(value: Any, levels: int = NAMES_DEEP) -> str:
    """Return a string, the name of an object, or the names of a list, joined; nothing below ``levels``."""
    if isinstance(value, str):
        if "&" in value:
            value = unescape(value)
        return _SPACE.sub(" ", charset.scrub(value)).strip()  # escapes can spell lone surrogates
    if levels == 0:
        return ""
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or "", levels - 1)
    if isinstance(value, list):
        names = (text_of(one, levels - 1) for one in value[:10] if not isinstance(one, list))
        return ", ".join(filter(None, names))
    return ""


def address_of(value: Any) -> str:
    """Return the address of an ImageObject, of the first of a list, or a string as it stands."""
    if isinstance(value, list):
        value = value[0] if value and not isinstance(value[0], list) else ""
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id") or ""
    return charset.scrub(value).strip() if isinstance(value, str) else ""
