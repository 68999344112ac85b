"""From a feed's raw fields to a frozen entry, the same for every format.

Owns what an entry promises: plain text, absolute http(s) addresses, a guid that is never empty,
lengths that a store can bear. Refuses to know formats: the parsers hand in strings.
"""

import html
import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urljoin, urlsplit

from dateline.feeds.charset import scrub
from dateline.feeds.plain import plain
from dateline.model import Entry

TITLE_CHARS = 1_000
SUMMARY_CHARS = 5_000
AUTHOR_CHARS = 300
HTML_CHARS = 1_000_000
GUID_CHARS = 500
URL_CHARS = 4_000

TEASER_CHARS = 600
"""A description shorter than this is a teaser, kept as summary only: the linked page says more."""

NO_ENTRIES = "no entries"
BAD_LINK = "link refused"
NO_LINK_NO_TEXT = "entry without link and text"

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,30})?\Z")
_BLANKS = re.compile(r"[\t\n\r]+")


def build(
    *,
    guid: str,
    links: Iterable[str],
    base_url: str,
    title: str,
    summary: str,
    bodies: Iterable[str],
    published_at: datetime | None,
    updated_at: datetime | None,
    author: str,
    language: str | None,
    flaws: dict[str, None],
) -> Entry | None:
    """Return the entry, or None when it has neither address nor text.

    ``links`` stand in order of preference; the first that is an http(s) address wins. ``bodies``
    are HTML; the longest by its text wins. What was odd is added to ``flaws``.
    """
    url = ""
    for candidate in links:
        if candidate and (url := link(candidate, base_url)):
            break
        if _scripted(candidate):
            flaws[BAD_LINK] = None
    body = max((scrub(body[:HTML_CHARS]) for body in bodies), key=len, default="")
    if body and not plain(body, 200):
        body = ""
    title, summary = plain(title, TITLE_CHARS), plain(summary, SUMMARY_CHARS)
    if not (url or title or summary or body):
        flaws[NO_LINK_NO_TEXT] = None
        return None
    return Entry(
        guid=_guid(guid, url, title + summary + body),
        url=url,
        title=title,
        summary=summary,
        html=body,
        published_at=published_at,
        updated_at=updated_at,
        author=plain(author, AUTHOR_CHARS),
        language=language,
    )


def link(text: str, base_url: str) -> str:
    """Return ``text`` as an absolute http(s) address, or "" when it is none."""
    text = _BLANKS.sub("", scrub(text)).strip()
    if not text or len(text) > URL_CHARS:
        return ""
    try:
        joined = urljoin(base_url, text)
        parts = urlsplit(joined)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    joined = f"{parts.scheme}:{joined.partition(':')[2]}".replace(" ", "%20")
    return joined if usable and not re.search(r"\s", parts.netloc) else ""


def absolute(text: str) -> str:
    """Return ``text`` when it is itself an absolute address: a guid may be one, or a bare number."""
    return text if text.strip()[:8].lower().startswith(("http://", "https://")) else ""


def language(text: str) -> str | None:
    """Return the primary language of a tag ("pt" of "pt_BR") in lower case, or None."""
    match = _LANGUAGE.match(text.strip())
    return match[1].lower() if match and match[1].lower() not in ("und", "zxx", "mul") else None


def paragraphs(text: str) -> str:
    """Return plain text as HTML paragraphs."""
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n|\r\n[ \t]*\r\n", text))
    return "".join(f"<p>{html.escape(part)}</p>" for part in parts if part)


def _guid(guid: str, url: str, words: str) -> str:
    guid = " ".join(scrub(guid).split())
    if guid and len(guid) <= GUID_CHARS:
        return guid
    source = guid or url
    if source and len(source) <= GUID_CHARS:
        return source
    return blake2b((source or words).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _scripted(candidate: str) -> bool:
    head = candidate.strip()[:200].lower()
    return ":" in head and not head.startswith(("http:", "https:", "urn:", "tag:"))
