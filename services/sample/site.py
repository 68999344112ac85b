"""What the sample wire answers to a path.

Owns the routes. Refuses sockets and the clock: the base day and the origin are arguments, so the
same call gives the same bytes.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from hashlib import blake2b
from html import escape

from msgspec import Struct

from services.sample.articles import Article, load
from services.sample.dates import fill, instant
from services.sample.pages import article_html, publishers
from services.sample.syndication import feed_text, feeds, opml

HTML = "text/html; charset=utf-8"

#: A PDF of one empty page: enough to be one, and no text to read.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class Rendered(Struct, frozen=True, kw_only=True):
    """One answer of the site."""

    status: int = 200
    content_type: str = HTML
    body: bytes = b""
    #: Strong validator, in quotes; empty for answers that are not to be cached.
    etag: str = ""
    #: Aware UTC; None for answers that are not to be cached.
    last_modified: datetime | None = None
    #: Absolute address of a redirect, or empty.
    location: str = ""
    #: Any validator gets a 304, as some caches in front of real feeds do.
    sticky: bool = False


@cache
def articles_by_path() -> dict[str, Article]:
    """Return the articles by path."""
    return {article.path: article for article in load().values()}


def _answer(body: bytes, content_type: str, changed_at: datetime, *, sticky: bool = False) -> Rendered:
    etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
    return Rendered(content_type=content_type, body=body, etag=etag, last_modified=changed_at, sticky=sticky)


def _article(article: Article, base_day: date, origin: str) -> Rendered | None:
    if article.status == 404:
        return None
    if article.status >= 500:
        return Rendered(
            status=article.status, body=b"<html><body><h1>Internal Server Error</h1></body></html>"
        )
    if article.redirect:
        return Rendered(status=301, location=origin + article.redirect, body=b"<p>Moved.</p>")
    changed_at = instant(base_day, article.day, article.modified or article.clock)
    if article.kind == "pdf":
        return _answer(PDF, "application/pdf", changed_at)
    body = article_html(article, base_day, origin)
    return _answer(body, f"text/html; charset={article.charset}", changed_at)


def _index(base_day: date, origin: str) -> str:
    """Return the front page: every feed, and every article by publisher."""
    listed = "".join(
        f'<li><a href="{origin}{row.path}">{escape(row.title)}</a> <code>{row.format}</code></li>'
        for row in feeds().values()
    )
    by_site: dict[str, list[Article]] = {}
    for article in load().values():
        by_site.setdefault(article.site, []).append(article)
    sections = "".join(
        f"<h2>{escape(publishers()[site].name)}</h2><ul>"
        + "".join(
            f'<li><a href="{origin}{one.path}">{escape(fill(one.title, base_day))}</a></li>' for one in found
        )
        + "</ul>"
        for site, found in by_site.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The sample wire</title></head><body>'
        "<h1>The sample wire</h1><p>An invented news world: the towns are real, the events are not. "
        f'<a href="{origin}/feeds.opml">feeds.opml</a> lists the feeds.</p><ul>{listed}</ul>{sections}</body></html>'
    )


def render(path: str, base_day: date, origin: str) -> Rendered | None:
    """Return what stands at ``path`` (no query, no fragment), or None where nothing does.

    Args:
        path: as in the request line, starting with "/".
        base_day: the day that the articles' dates count from; all of them lie before it.
        origin: scheme, host and port without a final slash, for absolute links.
    """
    midnight = datetime.combine(base_day, time(), tzinfo=UTC)
    if row := feeds().get(path):
        text, content_type = feed_text(row, base_day, origin)
        return _answer(text.encode(), content_type, midnight, sticky=row.sticky)
    if article := articles_by_path().get(path):
        return _article(article, base_day, origin)
    if path == "/":
        return _answer(_index(base_day, origin).encode(), HTML, midnight)
    if path == "/feeds.opml":
        return _answer(opml(origin).encode(), "text/x-opml; charset=utf-8", midnight)
    if path == "/robots.txt":
        return _answer(b"User-agent: *\nDisallow: /admin/\n", "text/plain; charset=utf-8", midnight)
    return None
