"""Markup to plain text, for titles, summaries and names.

Owns the stripping of tags and entities. Refuses to be a sanitizer of HTML: what comes out is text
and must still be escaped where it is shown. Every pass is linear in the length of its input.
"""

import html
import re

from dateline.feeds.charset import scrub

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]{0,20})[^<>]*>|<[!?][^<>]*>|</?[a-zA-Z][^<>]*$")
_HIDDEN = re.compile(r"<(script|style|iframe|noscript|template)\b[^<>]*>", re.IGNORECASE)
_INLINE_NAMES = "a abbr acronym b bdi bdo big cite code em font i ins kbd mark q s small span strike strong sub sup tt u wbr"
_INLINE = frozenset(_INLINE_NAMES.split())


def plain(markup: str, limit: int) -> str:
    """Return the text of ``markup`` on one line, at most ``limit`` characters, cut at a word if it can be.

    Tags go, the contents of script and style go with them, entities are decoded once more than the
    feed's format asks (doubly escaped titles are common), white space is folded.
    """
    text = markup[: 20 * limit + 2000]
    for _ in range(3):  # <<b>script> and &lt;b&gt; hide a tag behind a tag; a fourth layer is cut below
        stripped = html.unescape(_strip(text)) if "<" in text or "&" in text else text
        if stripped == text:
            break
        text = stripped
    if "<" in text:
        text = _strip(text)
    return clip(" ".join(scrub(text).split()), limit)


def clip(text: str, limit: int) -> str:
    """Return ``text``, or its first ``limit`` characters up to the last space among them."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    space = head.rfind(" ")
    return head[:space] if space > limit // 2 else head


def _strip(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(_gap, _without_hidden(text))


def _gap(match: re.Match[str]) -> str:
    return "" if (match[1] or "").lower() in _INLINE else " "


def _without_hidden(text: str) -> str:
    parts: list[str] = []
    at = 0
    while match := _HIDDEN.search(text, at):
        parts.append(text[at : match.start()])
        close = text.lower().find(f"</{match[1].lower()}", match.end()) if len(parts) < 100 else -1
        if close < 0:
            return "".join(parts)
        at = close
    parts.append(text[at:])
    return "".join(parts)
