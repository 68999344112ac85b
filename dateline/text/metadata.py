"""What a page says of itself: title, dates, author, site, canonical address, language.

Owns the cheap reading of JSON-LD, OpenGraph, meta, time and heading elements in one pass; the
extractor's own metadata costs as much as its extraction. Refuses to guess a date from the text of
the article: quadratic in the library, and wrong in news, where texts are full of dates.
"""

import re
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement
from msgspec import Struct

from dateline.text import bylines, headings, jsonld, people, published, sections, titles, urls, visible, walls

_AUTHOR = (
    "article:author",
    "og:article:author",
    "author",
    "og:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "twitter:creator:name",
    "cxenseparse:author",
    "article.author",
    "creator",
    "dc.creator.name",
)
_TITLE = (
    "og:title",
    "twitter:title",
    "headline",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "hdl",
    "title",
)
_SITE = (
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "publisher",
    "dc.publisher",
    "copyright",
)
_SECTION = ("article:section", "parsely-section", "og:section", "section", "articlesection")
_IMAGE = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
)
_HOUSES = ("publisher", "dc.publisher", "copyright", "article:publisher", "og:site_name")
_ABOUT = ("og:description", "description", "twitter:description", "dc.description")
_USABLE = re.compile(
    r"https?://(?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+(?::\d{2,5})?(?:[/?#][^\s\"<>\x00-\x1f\x7f\ud800-\udfff]*)?\Z",
    re.IGNORECASE,
)
_LOGO = re.compile(r"(?:logo|placeholder|default|blank|spacer|favicon|no-?image)[\w-]{0,30}\.(?:png|svg|gif|jpe?g|webp|ico)(?:\?|\Z)", re.IGNORECASE)  # fmt: skip
_FIELDS_MAX = 400
_HEADINGS = frozenset(("h1", "h2", "h3"))


class Facts(Struct, frozen=True, kw_only=True):
    """What a page says of itself. Instants are aware UTC; unknown is None or empty."""

    title: str = ""
    site: str = ""
    author: str = ""
    about: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    #: rel=canonical, canonicalized, of the same or a related host.
    canonical_url: str | None = None
    language: str | None = None
    #: The publisher's section: "World".
    section: str = ""
    #: Absolute http(s) address of the lead image.
    image_url: str = ""
    #: What the page says of its own access; ``walls.wall`` judges it with the text.
    wall: walls.Wall | None = None
    #: Body of the article in JSON-LD, as plain text.
    body: str = ""


class _Gathered(Struct):
    meta: dict[str, str]
    records: list[dict[str, Any]]
    headings: list[str]
    lesser: list[str]
    home: list[str]
    title: str = ""
    canonical: str = ""
    language: str = ""


def read(tree: HtmlElement, url: str) -> Facts:
    """Return what the page at ``url`` says of itself; total over trees."""
    found = _gather(tree)
    given = _first(found.meta, _TITLE)
    record = jsonld.article(found.records, given or found.title)
    site = _site(found, record)
    canonical = _canonical(found.canonical or found.meta.get("og:url", ""), url) or None
    title = titles.choose(
        found.title,
        given or jsonld.text_of(record.get("headline")),
        found.headings,
        site,
        urls.host(canonical or url),
        lesser=found.lesser,
        home=found.home,
    )
    look = cache(lambda: visible.Look(tree, title))  # only where the page's records are silent
    spoken = found.language or _first(found.meta, ("og:locale", "content-language"))
    when = published.read(record, found.meta, url, spoken, lambda: visible.dated(look()))
    return Facts(
        title=title,
        site=site,
        author=people.authors(
            jsonld.names(record.get("author") or record.get("creator"), found.records),
            [found.meta[name] for name in _AUTHOR if name in found.meta],
            lambda: bylines.authors(look()),
            (site, *(found.meta.get(name, "") for name in _HOUSES)),
        ),
        about=_first(found.meta, _ABOUT),
        published_at=when.published_at,
        modified_at=when.modified_at,
        canonical_url=canonical,
        language=_language(found),
        section=sections.choose(
            jsonld.names(record.get("articleSection"), []),
            [found.meta[name] for name in _SECTION if name in found.meta],
            jsonld.crumbs(found.records) or headings.trail(tree),
            title,
            site,
        ),
        image_url=_image(found, record, url),
        wall=walls.claimed(tree, found.records, found.meta),
        body=jsonld.text_of(record.get("articleBody"))[:200_000],
    )


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())


def _gather(tree: HtmlElement) -> _Gathered:
    found = _Gathered(meta={}, records=[], headings=[], lesser=[], home=[])
    for element in tree.iter("html", "meta", "link", "title", "script", "h1", "h2", "h3"):
        tag = element.tag
        if tag == "meta":
            _take_meta(element, found)
        elif tag == "script":
            if "ld+json" in element.get("type", "") and len(found.records) < 60:
                found.records.extend(jsonld.records(element.text or ""))
        elif tag == "html":
            found.language = found.language or element.get("lang") or element.get("xml:lang") or ""
        elif tag == "link":
            if element.get("rel", "").lower() == "canonical":
                found.canonical = found.canonical or element.get("href", "")
        elif tag == "title":
            found.title = found.title or _clean(element.text_content())[:400]
        elif tag in _HEADINGS:
            _take_heading(element, found)
    return found


def _take_heading(element: HtmlElement, found: _Gathered) -> None:
    taken = found.headings if element.tag == "h1" else found.lesser
    if len(taken) >= 20:
        return
    text = headings.heading(element)
    if text and element.tag == "h1" and headings.links_home(element):
        found.home.append(text)
    elif text:
        taken.append(text)


def _take_meta(element: HtmlElement, found: _Gathered) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop") or ""
    content = _clean(element.get("content") or element.get("value"))
    if name and content and len(found.meta) < _FIELDS_MAX:
        found.meta.setdefault(name.lower(), content[:2000])
    elif element.get("http-equiv", "").lower() == "content-language":
        found.meta.setdefault("content-language", content)


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _site(found: _Gathered, record: dict[str, Any]) -> str:
    return (
        _first(found.meta, _SITE[:1])
        or jsonld.text_of(record.get("publisher"))
        or _first(found.meta, _SITE[1:6])
    )[:120]


def _image(found: _Gathered, record: dict[str, Any], url: str) -> str:
    """Return the absolute address of the first usable lead image; a logo or a blank is none."""
    for text in (*(found.meta.get(name, "") for name in _IMAGE), jsonld.address_of(record.get("image"))):
        try:
            address = urljoin(url, text.replace(" ", "%20")) if text else ""
        except ValueError:  # half an IPv6 address: "http://["
            continue
        if (
            address
            and len(address) <= urls.MAX_CHARS
            and _USABLE.match(address)
            and not _LOGO.search(address)
        ):
            return address
    return ""


def _canonical(href: str, url: str) -> str | None:
    """Return the page's own address when it lies on the same or a related host; strangers' are ignored."""
    address = urls.canonical(href, url or None) if href else ""
    if not address or not url:
        return address or None
    one, two = urls.host(address), urls.host(url)
    return address if _domain(one) == _domain(two) else None


def _domain(host: str) -> str:
    labels = host.split(".")
    is_second_level = (
        len(labels) >= 3
        and len(labels[-1]) == 2
        and labels[-2]
        in (
            "co",
            "com",
            "org",
            "net",
            "gov",
            "gob",
            "gouv",
            "ac",
            "edu",
            "or",
            "ne",
            "go",
            "mil",
            "nic",
            "info",
        )
    )
    return ".".join(labels[-3:] if is_second_level else labels[-2:])


def _language(found: _Gathered) -> str | None:
    for text in (
        found.language,
        found.meta.get("content-language", ""),
        found.meta.get("og:locale", ""),
        found.meta.get("language", ""),
    ):
        if match := re.match(r"\A([A-Za-z]{2})(?:[-_ ,].*)?\Z", text.strip()):
            return match[1].lower()
    return None
