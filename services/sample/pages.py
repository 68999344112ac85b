"""An article as its publisher would show it: template, body markup and all the furniture.

Owns HTML. Refuses routes and feeds. Furniture (related stories, most read, previous and next)
comes from a pool of headlines about incidents that no article tells, so that a leak shows.
"""

import re
import tomllib
import zlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

import msgspec
from msgspec import Struct

from services.sample.articles import Article, Block
from services.sample.dates import fill, instant, show

_LINK = re.compile(r"\[([^\]\[]{1,200})\]\(([^()\s]{1,200})\)")
WORDS_PER_MINUTE = 200  # what the "min read" labels assume
NOTE = "<!-- The sample wire: the towns are real, this story is invented. -->\n"


class Publisher(Struct, frozen=True, kw_only=True):
    """A row of sites.toml: the look of one publisher. ``{}`` stands for the content."""

    name: str
    template: str
    date_style: str
    paragraph: str = "<p>{}</p>"
    heading: str = "<h2>{}</h2>"
    quote: str = "<blockquote><p>{}</p></blockquote>"
    figure: str = '<figure><img src="/media/photo.jpg" alt=""><figcaption>{}</figcaption></figure>'
    post: str = "<blockquote>{}</blockquote>"
    inline: str = "<p>{}</p>"
    #: What stands after the second paragraph: a newsletter box, an advertisement.
    mid: str = ""
    related: str = '<li><a href="/more/{}">{}</a></li>'
    standfirst: str = ""


@cache
def publishers() -> Mapping[str, Publisher]:
    """Return the publishers by their name in article files."""
    rows = tomllib.loads(files("services.sample").joinpath("site/sites.toml").read_text("utf-8"))
    return msgspec.convert(rows, dict[str, Publisher])


@cache
def template(name: str) -> str:
    """Return the HTML of a template, with placeholders."""
    return files("services.sample").joinpath(f"site/templates/{name}").read_text("utf-8")


@cache
def headlines() -> tuple[tuple[str, str], ...]:
    """Return the pool of furniture: headline and teaser of stories that no page tells."""
    lines = files("services.sample").joinpath("site/headlines.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return tuple((head, teaser) for head, _, teaser in pairs)


def pick(slug: str, count: int, salt: int = 0) -> list[tuple[str, str]]:
    """Return ``count`` furniture stories, always the same ones for a slug."""
    pool = headlines()
    start = zlib.crc32(slug.encode()) + salt * 11
    return [pool[(start + step) % len(pool)] for step in range(count)]


def inline(text: str) -> str:
    """Return plain text as HTML; ``[words](/path)`` becomes a link."""
    return _LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))


def block_html(block: Block, look: Publisher, base_day: date) -> str:
    """Return one block in its publisher's markup."""
    text = fill(block.text, base_day)
    if block.kind == "list":
        items = "".join(f"<li>{inline(line[2:])}</li>" for line in text.splitlines())
        return f"<ul>{items}</ul>"
    frame: str = getattr(look, block.kind)
    return frame.replace("{}", inline(text))


def body_html(article: Article, look: Publisher, base_day: date) -> str:
    """Return the body, with the publisher's box after the second paragraph and any extra nesting."""
    parts, paragraphs = [], 0
    for block in article.blocks:
        parts.append(block_html(block, look, base_day))
        paragraphs += block.kind == "paragraph"
        if block.kind == "paragraph" and paragraphs == 2 and len(article.blocks) > 3:
            head, teaser = pick(article.slug, 1, salt=3)[0]
            parts.append(fill(look.mid, base_day, {"headline": escape(head), "teaser": escape(teaser)}))
    return "<div>" * article.nest + "\n".join(parts) + "</div>" * article.nest


def json_ld(article: Article, look: Publisher, values: Mapping[str, str]) -> str:
    """Return the schema.org block as modern sites embed it."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": values["plain_title"],
        "datePublished": values["published_iso"],
        "dateModified": values["modified_iso"],
        "author": [{"@type": "Person", "name": article.byline}],
        "publisher": {"@type": "Organization", "name": look.name},
        "isAccessibleForFree": True,
    }
    return msgspec.json.encode(data).decode().replace("</", "<\\/")


def article_values(article: Article, base_day: date, origin: str) -> dict[str, str]:
    """Return what a template may name, as HTML."""
    look = publishers()[article.site]
    at = instant(base_day, article.day, article.clock)
    changed = instant(base_day, article.day, article.modified or article.clock)
    words = sum(len(block.text.split()) for block in article.blocks)
    related, popular = pick(article.slug, 4), pick(article.slug, 5, salt=1)
    older, newer = pick(article.slug, 2, salt=2)
    lead = inline(fill(article.standfirst, base_day))
    values = {
        "plain_title": fill(article.title, base_day),
        "title": inline(fill(article.title, base_day)),
        "standfirst": look.standfirst.replace("{}", lead) if lead else "",
        "description": escape(fill(article.summary(), base_day)),
        "byline": escape(article.byline),
        "section": escape(article.section),
        "tags": " ".join(
            f'<a rel="tag" href="/tag/{escape(t).lower()}">{escape(t)}</a>' for t in article.tags
        ),
        "body": body_html(article, look, base_day),
        "published": show(at, look.date_style),
        "published_iso": show(at, "iso"),
        "modified_iso": show(changed, "iso"),
        "modified": show(changed, "%H:%M"),
        "minutes": str(max(1, round(words / WORDS_PER_MINUTE))),
        "related": "\n".join(
            look.related.format(n, escape(h), escape(t)) for n, (h, t) in enumerate(related)
        ),
        "popular": "\n".join(
            f'<li><a href="/more/{n}">{escape(h)}</a></li>' for n, (h, _) in enumerate(popular)
        ),
        "older": escape(older[0]),
        "newer": escape(newer[0]),
        "charset": article.charset,
        "canonical": origin + (article.canonical or article.path),
        "url": origin + article.path,
        "path": article.path,
        "origin": origin,
    }
    return values | {"json_ld": json_ld(article, look, values)}


def article_html(article: Article, base_day: date, origin: str) -> bytes:
    """Return the page of an article in the charset that it declares."""
    look = publishers()[article.site]
    name = "amp.html" if article.kind == "amp" else look.template
    page = fill(template(name), base_day, article_values(article, base_day, origin)) + NOTE
    return page.encode(article.charset, "xmlcharrefreplace")
