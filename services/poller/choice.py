"""Which text an entry gets: its page, the feed's own, or none.

Pure. Owns the rules by which an entry that was listed becomes a page, a refusal, or waits:

- No link: the feed's text is the page; without text the entry is rejected (no_link_no_text).
- The page came and is HTML: it is the page.
- No page, but the feed carries 40 words or more: that is an article in itself, and is taken at once.
- No page for good (4xx, 500 twice, not HTML, too large, refused address …): a headline with its teaser
  often holds the news, so 8 words are enough to go on with; with less the entry ends as unreadable, or as
  rejected when the address itself was refused. Trying again would only repeat the answer.
- No page for now (502 to 504, 429, deadline, connection): the entry stays unknown to the store, and is tried
  again when the feed is polled next. After three tries it is treated as gone for good: a host that is
  broken for hours must not hold its entries back until they drop out of the feed.
- The link is an aggregator's: the article is the one where it ends, as if the feed had listed that. When it
  ends nowhere (unresolved), the feed's text is all there is, and the feed's link is the article's address.
- The entry was edited: its page is had again. A page that was had once is not given up for a teaser, so the
  feed's text stands for a revision only where the host refuses its pages anyway.
"""

import re
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dateline.errors import AddressRefused, BadPage, DatelineError, FetchFailed, Reason, Transient
from dateline.model import Entry, Fate, Feed, Page, ParsedFeed, TextSource
from dateline.text import urls
from services.poller import redirectors
from services.poller.fetch import Fetched

ARTICLE_WORDS = 40
"""From here on a feed's text is read in place of its page: about two sentences of news."""

TEASER_WORDS = 8
"""Title and summary together; below it nothing can be coded."""

MAX_TRIES = 3
"""Polls in which a page may fail for reasons that pass."""

MAX_AHEAD = timedelta(days=1)
"""A date further ahead is a mistake, not a publication: time zones account for at most 14 hours."""

#: Statuses that speak of the moment (RFC 9110); 500 speaks of the page: it is asked for once more at once.
_TRANSIENT_STATUS = {408, 425, 429, 502, 503, 504}
#: Statuses that speak of us, not of the page: they were the answer to the first version as well.
_REFUSING_STATUS = {401, 402, 403, 451}
_PERMANENT_REASONS = {Reason.TOO_LARGE, Reason.BAD_ENCODING, Reason.BAD_URL, Reason.REDIRECTS, Reason.GONE}
_HTML_TYPES = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
_VAGUE_TYPES = {"", "text/plain", "application/xml", "text/xml", "application/octet-stream"}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)[\s>]", re.IGNORECASE)
#: Characters looked at to see whether there are 40 words.
_READ = 20_000
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
#: Scripts that put no space between words: two characters count as one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class Refusal(Struct, frozen=True, kw_only=True):
    """An entry that ends at once."""

    page: Page
    fate: Fate
    reason: Reason
    detail: str = ""


def draft(feed: Feed, parsed: ParsedFeed, entry: Entry, now: datetime) -> Page:
    """Return the page of an entry before any text was had, its dates checked against ``now``."""
    url = urls.canonical(entry.url) if entry.url else ""
    entry = msgspec.structs.replace(
        entry,
        guid=_settled_guid(entry.guid, url),
        published_at=_credible(entry.published_at, now),
        updated_at=_credible(entry.updated_at, now),
    )
    return Page(
        article_id=urls.article_id(url or f"guid://{feed.id}/{entry.guid}"),
        feed_id=feed.id,
        entry=entry,
        url=url,
        publisher=feed.publisher,
        language=entry.language or feed.language or parsed.language,
        country=feed.country,
        accepted_at=now,
    )


def wants_page(page: Page, preferred: TextSource) -> bool:
    """Return whether the linked page is to be fetched at all."""
    return bool(page.url) and not (preferred is TextSource.FEED and _words(page.entry) >= ARTICLE_WORDS)


def identified(page: Page, end_url: str) -> Page:
    """Return the page under the address where its link ended: its own, unless the link is an aggregator's.

    Raises:
        BadPage: unresolved; the aggregator's link led to no article.
    """
    if not redirectors.is_redirector(page.url):
        return page
    url = urls.canonical(redirectors.resolved(page.url, end_url) or "")
    if not url:
        raise BadPage("the aggregator's link leads to no article", Reason.UNRESOLVED)
    return msgspec.structs.replace(page, url=url, article_id=urls.article_id(url))


def came_to(page: Page, end_url: str, error: DatelineError) -> Page:
    """Return the page under the address at which its host refused it, as ``identified`` does; else as it is."""
    if error.reason is Reason.ADDRESS_REFUSED:  # no host of the outside world
        return page
    try:
        return identified(page, end_url)
    except BadPage:
        return page


def with_page(page: Page, fetched: Fetched) -> Page:
    """Return the page with the body that came.

    Raises:
        BadPage: it is no HTML.
    """
    kind = fetched.content_type.partition(";")[0].strip().lower()
    head = fetched.body[:4096].replace(b"\0", b"")
    if kind not in _HTML_TYPES and not (kind in _VAGUE_TYPES and _MARKUP.search(head)):
        raise BadPage(f"not a web page: {kind[:80] or 'no content type'}", Reason.NOT_HTML)
    if head.startswith(b"%PDF") or not head.strip():
        raise BadPage("a web page by name only", Reason.NOT_HTML)
    return msgspec.structs.replace(
        page, final_url=fetched.url_final, body=fetched.body, content_type=fetched.content_type
    )


def without_page(page: Page, error: DatelineError | None, tries: int) -> Page | Refusal | None:
    """Return what becomes of an entry whose page was not had, or None to try again at the next poll.

    ``error`` is None when the page was not asked for; ``tries`` counts this one.
    """
    reason = error.reason if error else None
    if error and tries < MAX_TRIES and passes(error) and _words(page.entry) < ARTICLE_WORDS:
        return None
    enough = TEASER_WORDS if page.url else 1
    if _words(page.entry, title=True) >= enough and _words(page.entry):
        return msgspec.structs.replace(
            page, source=TextSource.FEED, fetch_reason=reason.value if reason else None
        )
    if error is None or reason is None:
        return Refusal(page=page, fate=Fate.REJECTED, reason=Reason.NO_LINK_NO_TEXT)
    fate = Fate.REJECTED if isinstance(error, AddressRefused) else Fate.UNREADABLE
    return Refusal(page=page, fate=fate, reason=reason, detail=str(error)[:300])


def revised_without_page(page: Page, error: DatelineError | None, tries: int) -> Page | Refusal | None:
    """Return what becomes of an edited entry whose page was not had, or None to try again at the next poll.

    A Refusal means that the version which stands is the better one.
    """
    if error is None or _refused_to_us(error):
        return without_page(page, error, MAX_TRIES)
    if tries < MAX_TRIES and passes(error):
        return None
    return Refusal(page=page, fate=Fate.UNREADABLE, reason=error.reason, detail=str(error)[:300])


def passes(error: DatelineError) -> bool:
    """Return whether the same request may succeed later."""
    if isinstance(error, FetchFailed) and error.status is not None and error.status >= 400:
        return error.status in _TRANSIENT_STATUS
    return isinstance(error, Transient) and error.reason not in _PERMANENT_REASONS


def _refused_to_us(error: DatelineError) -> bool:
    if isinstance(error, FetchFailed):
        return error.status in _REFUSING_STATUS
    return isinstance(error, AddressRefused) or error.reason is Reason.UNRESOLVED


def _words(entry: Entry, *, title: bool = False) -> int:
    body = max(_count(entry.summary[:_READ]), _count(_TAG.sub(" ", entry.html[:_READ])))
    return body + (_count(entry.title) if title else 0)


def _count(text: str) -> int:
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced // 2


def _credible(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None or moment > now + MAX_AHEAD else moment


def _settled_guid(guid: str, url: str) -> str:
    """Some publishers count an article's versions in its guid (address#1, address#2): the address is what stays."""
    return url if url and guid != url and urls.canonical(guid) == url else guid
