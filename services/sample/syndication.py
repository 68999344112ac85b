"""The feeds of the sample wire, each in its own format and with its own habits.

Owns feed bytes. Refuses pages. The habits are those seen in the wild: tracking parameters,
fragments, a date that nobody can read, a missing one, raw ampersands and a body that is cut off.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

import msgspec
from msgspec import Struct

from services.sample.articles import Article, load
from services.sample.dates import fill, instant, show
from services.sample.pages import inline

UTM = "utm_source=feed&utm_medium=rss&utm_campaign=world"
BAD_DATE = "Sometime last Thurs., about noon"


class FeedRow(Struct, frozen=True, kw_only=True):
    """A row of feeds.toml. An item is a slug and its habits: "slug utm nodate full #comments"."""

    path: str
    title: str
    group: str
    format: str
    items: tuple[str, ...]
    #: Answers 304 to any validator, whatever it says.
    sticky: bool = False
    #: Raw ampersands, and an end that is cut off within the last item.
    broken: bool = False


class Item(Struct, frozen=True, kw_only=True):
    """An item as every format needs it: plain text and an absolute link."""

    link: str
    guid: str
    title: str
    summary: str
    #: Body as HTML, or empty.
    html: str
    author: str
    #: Publication as RFC 822 and ISO 8601; empty when the feed gives none.
    rfc822: str
    iso: str


@cache
def feeds() -> Mapping[str, FeedRow]:
    """Return the feeds by path."""
    text = files("services.sample").joinpath("site/feeds.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(text)["feed"], list[FeedRow])
    return {row.path: row for row in rows}


def link_of(article: Article, habits: list[str], origin: str) -> str:
    """Return the link as this feed writes it."""
    link = origin + article.path
    if "utm" in habits:
        link += ("&" if "?" in link else "?") + UTM
    return link + "".join(habit for habit in habits if habit.startswith("#"))


def item(line: str, base_day: date, origin: str) -> Item:
    """Return the item that a line of feeds.toml asks for."""
    slug, *habits = line.split()
    article = load()[slug]
    at = instant(base_day, article.day, article.clock)
    paragraphs = "".join(
        f"<p>{inline(fill(block.text, base_day))}</p>"
        for block in article.blocks
        if block.kind in ("paragraph", "quote", "heading")
    )
    title = fill(article.title, base_day)
    footer = (
        f'<p>The post <a href="{origin}{article.path}">{escape(title)}</a> appeared first on our site.</p>'
    )
    dated = "nodate" not in habits
    return Item(
        link=link_of(article, habits, origin),
        guid=f"urn:sample:{slug}" if "guid" in habits else link_of(article, habits, origin),
        title=title,
        summary=fill(article.summary(), base_day),
        html=paragraphs + footer if "full" in habits else "",
        author=article.byline,
        rfc822=(BAD_DATE if "baddate" in habits else show(at, "rfc822")) if dated else "",
        iso=show(at, "iso") if dated else "",
    )


def _tag(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(text, quote=False)}</{name}>" if text else ""


def rss20(row: FeedRow, items: list[Item], origin: str) -> str:
    """Return RSS 2.0, with content:encoded where an item has a body."""
    body = "".join(
        "<item>"
        + _tag("title", one.title)
        + _tag("link", one.link)
        + _tag("guid", one.guid, ' isPermaLink="false"')
        + _tag("pubDate", one.rfc822)
        + _tag("dc:creator", one.author)
        + _tag("description", one.summary)
        + (f"<content:encoded><![CDATA[{one.html}]]></content:encoded>" if one.html else "")
        + "</item>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>'
        + _tag("title", row.title)
        + _tag("link", origin + "/")
        + f"<description>Latest stories</description><language>en</language><ttl>15</ttl>\n{body}</channel></rss>\n"
    )


def rss091(row: FeedRow, items: list[Item], origin: str) -> str:
    """Return RSS 0.91, whose items carry no date and no identifier."""
    body = "".join(
        "<item>"
        + _tag("title", one.title)
        + _tag("link", one.link)
        + _tag("description", one.summary)
        + "</item>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="0.91">\n<channel>'
        + _tag("title", row.title)
        + _tag("link", origin + "/")
        + f"<description>From the archive</description><language>en</language>\n{body}</channel></rss>\n"
    )


def rdf(row: FeedRow, items: list[Item], origin: str) -> str:
    """Return RSS 1.0: the items stand beside the channel, which lists them."""
    listed = "".join(f'<rdf:li rdf:resource="{escape(one.link)}"/>' for one in items)
    body = "".join(
        f'<item rdf:about="{escape(one.link)}">'
        + _tag("title", one.title)
        + _tag("link", one.link)
        + _tag("description", one.summary)
        + _tag("dc:date", one.iso)
        + "</item>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<channel rdf:about="{origin}{row.path}">'
        + _tag("title", row.title)
        + _tag("link", origin + "/")
        + f"<description>Headlines</description><items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{body}</rdf:RDF>\n"
    )


def atom(row: FeedRow, items: list[Item], origin: str) -> str:
    """Return Atom 1.0."""
    updated = max((one.iso for one in items if one.iso), default="")
    body = "".join(
        "<entry>"
        + _tag("title", one.title)
        + f'<link rel="alternate" href="{escape(one.link)}"/>'
        + _tag("id", one.guid)
        + _tag("published", one.iso)
        + _tag("updated", one.iso)
        + f"<author>{_tag('name', one.author or row.title)}</author>"
        + _tag("summary", one.summary)
        + _tag("content", one.html, ' type="html"')
        + "</entry>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        + _tag("title", row.title)
        + _tag("id", origin + row.path)
        + f'<link rel="self" href="{origin}{row.path}"/><link href="{origin}/"/>'
        + _tag("updated", updated)
        + f"\n{body}</feed>\n"
    )


def json_feed(row: FeedRow, items: list[Item], origin: str) -> str:
    """Return JSON Feed 1.1."""
    rows = [
        {
            "id": one.guid,
            "url": one.link,
            "title": one.title,
            "summary": one.summary,
            "content_html": one.html or f"<p>{escape(one.summary)}</p>",
            "date_published": one.iso or None,
            "authors": [{"name": one.author}],
        }
        for one in items
    ]
    kept = [{name: value for name, value in one.items() if value is not None} for one in rows]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": row.title,
        "home_page_url": origin + "/",
        "feed_url": origin + row.path,
        "language": "en",
        "items": kept,
    }
    return msgspec.json.format(msgspec.json.encode(feed)).decode()


#: Writer and content type of each format in feeds.toml.
FORMATS: Mapping[str, tuple[Callable[[FeedRow, list[Item], str], str], str]] = {
    "rss20": (rss20, "application/rss+xml; charset=utf-8"),
    "rss091": (rss091, "text/xml; charset=utf-8"),
    "rdf": (rdf, "application/rdf+xml; charset=utf-8"),
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json"),
}


def feed_text(row: FeedRow, base_day: date, origin: str) -> tuple[str, str]:
    """Return a feed's text and its content type."""
    write, content_type = FORMATS[row.format]
    text = write(row, [item(line, base_day, origin) for line in row.items], origin)
    if row.broken:
        # The last item keeps its link but is cut within its description.
        text = text.replace("&amp;", "&")
        text = text[: text.rindex("<description>") + 60]
    return text, content_type


def opml(origin: str) -> str:
    """Return OPML 2.0 that lists every feed in its group."""
    groups: dict[str, list[FeedRow]] = {}
    for row in feeds().values():
        groups.setdefault(row.group, []).append(row)
    outlines = "".join(
        f'<outline text="{escape(group)}">\n'
        + "".join(
            f'<outline type="rss" text="{escape(row.title)}" title="{escape(row.title)}" '
            f'xmlUrl="{origin}{row.path}" htmlUrl="{origin}/"/>\n'
            for row in rows
        )
        + "</outline>\n"
        for group, rows in groups.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"<head><title>The sample wire</title></head>\n<body>\n{outlines}</body></opml>\n"
    )
