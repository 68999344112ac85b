"""Walls: why what stands on a page is not the whole article.

Owns what a page says of it in its records, and what its text and the feed's show. Refuses to judge
a long text: an article that is all there is no teaser, whatever box asks its readers to subscribe.

    claimed(tree, records, meta) -> Wall | None     what the page says of itself, before pruning
    wall(claim, text, feed_words=…) -> Wall | None  what its text shows
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from lxml.html import HtmlElement

SHORT_WORDS = 150
"""Texts of more words are articles, though the page may say that it is not for everybody."""

_FALSE = frozenset(("false", "no", "0"))


class Wall(StrEnum):
    """What stands between a reader and the article."""

    PAYWALL = "paywall"
    CONSENT = "consent"
    LOGIN = "login"
    TEASER = "teaser"


def claimed(tree: HtmlElement, records: Sequence[dict[str, Any]], meta: dict[str, str]) -> Wall | None:  # noqa: ARG001
    """Return the wall that the page's own records tell of: schema.org's isAccessibleForFree."""
    for record in records:
        if str(record.get("isAccessibleForFree", "")).strip().lower() in _FALSE:
            return Wall.PAYWALL
    return Wall.PAYWALL if meta.get("isaccessibleforfree", "").lower() in _FALSE else None


def wall(claim: Wall | None, text: str, feed_words: int = 0) -> Wall | None:
    """Return why ``text`` is not the whole article, or None.

    Args:
        claim: What ``claimed`` gave for the page.
        text: The text as extracted and cleaned.
        feed_words: Words of the feed's own text of the article; 0 when it has none.
    """
    words = len(text.split())
    if words > SHORT_WORDS and words >= feed_words / 2:
        return None
    return claim or (Wall.TEASER if feed_words > 2 * words else None)
