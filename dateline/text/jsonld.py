"""JSON-LD: what a page's embedded records say.

Owns tolerant decoding and the choice of the record that is the article. Refuses more than
``MAX_NODES`` objects and a script longer than ``MAX_CHARS``.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.text import charset

MAX_CHARS, MAX_NODES = 400_000, 3_000

NAMES_DEEP = 6
"""Levels of objects and lists at which a name is still looked for; a record can nest a thousand."""

_SPACE = re.compile(r"\s+")
_TRAILING_COMMA = re.compile(r",(\s{0,20}[}\]])")
_TYPES = (
    *(
        "NewsArticle",
        "ReportageNewsArticle",
        "LiveBlogPosting",
        "Article",
        "BlogPosting",
        "AnalysisNewsArticle",
    ),
    *("OpinionNewsArticle", "BackgroundNewsArticle", "Report", "SocialMediaPosting", "WebPage"),
)
"""Types of schema.org that an article may have, best first."""


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
    queue, seen = [top], 0
    while queue and seen < MAX_NODES:
        one = queue.pop(0)
        seen += 1
        if isinstance(one, list):
            queue.extend(one[:100])
        elif isinstance(one, dict):
            if "@type" in one:
                yield one
            queue.extend(
                one[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart")
                if key in one
            )


def article(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the record of the page's article, or an empty one."""
    for wanted in _TYPES:
        for record in found:
            kinds = record["@type"] if isinstance(record["@type"], list) else [record["@type"]]
            if wanted in kinds:
                return record
    return {}


def text_of(value: Any, levels: int = NAMES_DEEP) -> str:
    """Return a string, the name of an object, or the names of a list, joined; nothing below ``levels``."""
    if isinstance(value, str):
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
