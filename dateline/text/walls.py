"""Walls: why what stands on a page is not the whole article.

Owns what a page says of it in its records, and what its text and the feed's show. Refuses to judge
a long text: an article that is all there is no teaser, whatever box asks its readers to subscribe.

    claimed(tree, records, meta) -> Wall | None     what the page says of itself, before pruning
    wall(claim, text, feed_words, behind) -> Wall | None    what its text shows
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from dateline.text import visible
from dateline.text import walls_words as words

SHORT_WORDS = 150
"""Texts of more words are articles, though the page may say that it is not for everybody: many sites
mark every page so, and show all of some."""

CONSENT_WORDS = 600
"""Consent pages of more words are not known; articles on consent are longer than their banners."""

PAID_WORDS = 100
"""When the part that a page names as paid shows so many words, the wall is open."""

FEED_TIMES, FEED_MIN = 2.0, 40
"""The feed's own text of so many words, and so many times the page's: the page shows a teaser."""

_TAIL_CHARS = 400
_FALSE = frozenset(("false", "no", "0"))
_CLASS = re.compile(r"\A\s*(?:[a-z]+)?\.([\w-]{1,80})\s*\Z", re.IGNORECASE)
_LOCKED = re.compile(r"(?:is|has)[-_]?(?:paywall(?:ed)?|locked)|paywall(?:ed|[-_]active)|premium[-_](?:article|content|locked)|subscribers?[-_]only|article[-_]{1,2}(?:locked|premium)", re.IGNORECASE)  # fmt: skip
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.)\]|\[&hellip;\])\s*\Z")
_LINES = re.compile(r"\n+|(?<=[.!?。])\s+")


class Wall(StrEnum):
    """What stands between a reader and the article."""

    PAYWALL = "paywall"
    CONSENT = "consent"
    LOGIN = "login"
    TEASER = "teaser"


@cache
def load() -> dict[Wall, re.Pattern[str]]:
    """Return what each wall says."""
    return {
        Wall.LOGIN: words.of_any(words.LOGIN),
        Wall.PAYWALL: words.of_any(words.PAYWALL),
        Wall.CONSENT: words.of_any(words.CONSENT),
        Wall.TEASER: re.compile(rf"{words.MORE}[\s.…»>→:]*\Z", re.IGNORECASE),
    }


def claimed(tree: HtmlElement, records: Sequence[dict[str, Any]], meta: dict[str, str]) -> Wall | None:
    """Return the wall that the page tells of: schema.org's isAccessibleForFree, content tier, marks of the body.

    A page that names its paid part and shows it all the same has no wall.
    """
    whole = [record for record in records if "Element" not in str(record.get("@type"))]
    closed = [record for record in whole if _says_no(record.get("isAccessibleForFree"))]
    if any(_says_yes(record.get("isAccessibleForFree")) for record in whole):
        closed = []
    tier = meta.get("article:content_tier") or meta.get("og:article:content_tier") or ""
    is_told = closed or _says_no(meta.get("isaccessibleforfree")) or tier.lower() == "locked"
    body = tree.find("body")
    if not is_told and (body is None or not _LOCKED.search(body.get("class", ""))):
        return None
    names = {name for record in closed for name in _paid_parts(record)}
    return None if names and _shows(tree, names) else Wall.PAYWALL


def wall(claim: Wall | None, text: str, feed_words: int = 0, behind: Sequence[str] = ()) -> Wall | None:
    """Return why ``text`` is not the whole article, or None.

    Args:
        claim: What ``claimed`` gave for the page.
        text: The text as extracted and cleaned, its lines apart.
        feed_words: Words of the feed's own text of the article; 0 when it has none.
        behind: Lines that stood behind the text and were removed from it.
    """
    size = _size(text)
    if size <= CONSENT_WORDS and _asks_consent(text):
        return Wall.CONSENT
    is_less = feed_words >= FEED_MIN and feed_words > FEED_TIMES * size
    if size > SHORT_WORDS:
        return Wall.TEASER if is_less else None
    end = "\n".join((text[-_TAIL_CHARS:], *(line[:_TAIL_CHARS] for line in behind[:20])))
    for kind in (Wall.LOGIN, Wall.PAYWALL):
        if load()[kind].search(end):
            return kind
    if claim is not None:
        return claim
    is_cut = _ELLIPSIS.search(text) is not None or load()[Wall.TEASER].search(text[-80:]) is not None
    return Wall.TEASER if is_less or is_cut else None


def _size(text: str) -> int:
    """Return the number of words; in scripts without spaces two characters count as one."""
    unspaced = sum("\u3040" <= char <= "\u9fff" for char in text)
    return max(len(text.split()), unspaced // 2)


def _says_no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().rsplit("/", 1)[-1].lower() in _FALSE)


def _says_yes(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().rsplit("/", 1)[-1].lower() == "true")


def _paid_parts(record: dict[str, Any]) -> Iterator[str]:
    """Yield the classes of the parts that a record names as not free."""
    parts = record.get("hasPart")
    for part in (parts if isinstance(parts, list) else [parts])[:10]:
        if isinstance(part, dict) and _says_no(part.get("isAccessibleForFree")):
            selectors = part.get("cssSelector")
            for selector in (selectors if isinstance(selectors, list) else str(selectors or "").split(","))[
                :10
            ]:
                if isinstance(selector, str) and (found := _CLASS.match(selector)):
                    yield found[1]


def _shows(tree: HtmlElement, names: set[str]) -> bool:
    """Return whether an element of one of the classes holds a text, not a fence."""
    for element in tree.iter("div", "section", "article", "main", "p"):
        if names.intersection(element.get("class", "").split()):
            text = visible.start(element, 12 * PAID_WORDS)
            if _size(text) >= PAID_WORDS:
                return True
    return False


def _asks_consent(text: str) -> bool:
    """Return whether most of a text's sentences ask for consent, in several of its words."""
    lines = [line for line in _LINES.split(text[:6_000]) if line.strip()]
    asking = [found for line in lines if (found := load()[Wall.CONSENT].findall(line))]
    told = {word.casefold() for found in asking for word in found}
    return len(told) >= 3 and 2 * len(asking) >= len(lines)
