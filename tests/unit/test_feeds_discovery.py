"""The promises of feeds.discovery, and what becomes of a page that is polled as a feed."""

import pytest

from dateline.errors import BadFeed
from dateline.feeds import formats
from dateline.feeds.discovery import MAX_LINKS, FeedLink, discover

BASE = "https://news.example/world/"


def urls(html: str) -> list[str]:
    return [found.url for found in discover(html, BASE)]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("rss", "application/rss+xml"),
        ("rss", "application/rdf+xml"),
        ("atom", "application/atom+xml; charset=utf-8"),
        ("json", "APPLICATION/FEED+JSON"),
        ("xml", "text/xml"),
    ],
)
def test_declared_feeds_are_found(kind, type_):
    """Address, title and kind of what a page declares, however the attributes stand and are quoted."""
    for link in (
        f'<link rel="alternate" type="{type_}" title="A &amp; B" href="/feed">',
        f"<LINK HREF='../feed' TITLE='A &amp; B' TYPE='{type_}' REL='Alternate home'/>",
    ):
        assert discover(f"<html><head>{link}</head>", BASE) == (
            FeedLink("https://news.example/feed", "A & B", kind),
        )


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" hreflang="fr" href="/fr/">',
        '<link rel="alternate stylesheet" type="text/xml" href="/x">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->',
        "<script>var a = '<link rel=alternate type=application/rss+xml href=/feed>';</script>",
        '<a href="/feedback">Feedback</a><a href="/feeding-birds/">Birds</a>',
        '<a href="/about/rss.html">What RSS is</a>',
        '<a href="https://feedly.com/i/subscription/feed/x/rss.xml">Read in Feedly</a>',
    ],
)
def test_what_is_no_feed_is_not_found(link):
    """Other relations, other types, comments, scripts and readers' buttons name no feed."""
    assert discover(link, BASE) == ()


def test_links_that_look_like_feeds_come_behind_declared_ones_and_comments_last():
    """An address is likely a feed's by its path or query; each stands once, at its best place."""
    html = """
    <a href="/comments/feed/">Comments</a> <a href="/rss.xml#top">All <b>news</b></a> <a href='?format=atom'>Atom</a>
    <link rel=alternate type=application/rss+xml href=/sport/feed title="Sport comments">
    <link rel=alternate type=application/rss+xml href=/feed> <a href="/feed">again</a> <a href="feed:https://feeds.example/x">f</a>
    """
    assert urls(html) == [
        "https://news.example/feed",
        "https://news.example/rss.xml",
        "https://news.example/world/?format=atom",
        "https://feeds.example/x",
        "https://news.example/sport/feed",
        "https://news.example/comments/feed/",
    ]
    assert [found.title for found in discover(html, BASE)][1] == "All news"


def test_the_base_of_the_page_counts():
    """Relative addresses start from <base>."""
    html = '<base href="https://cdn.example/a/"><link rel=alternate type=application/atom+xml href="b.atom">'
    assert urls(html) == ["https://cdn.example/a/b.atom"]


@pytest.mark.timeout(10)
def test_discovery_is_total_and_linear():
    """Megabytes of unclosed tags give at most fifty links, in less than seconds."""
    assert len(urls("".join(f'<a href="/rss/{n}">x</a>' for n in range(1000)))) == MAX_LINKS
    for piece in (
        "<a ",
        "<a href='",
        "<!--",
        "<script",
        "<link rel=alternate ",
        '<a href="/rss"',
        "<base href=x",
    ):
        discover(piece * 100_000, BASE)
    assert discover("\x00\ud800<a href='http://[/rss'>", "not an address") == ()


@pytest.mark.parametrize(
    "front", ["<!DOCTYPE html>\n", "<!-- served -->\n<!doctype HTML>", "<?xml version='1.0'?>\n", ""]
)
def test_a_page_is_refused_with_the_feeds_it_names(front):
    """Whoever polls a page is told which address to take instead."""
    page = front + '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
    with pytest.raises(BadFeed) as caught:
        formats.parse(page.encode(), "text/html", BASE)
    assert caught.value.reason == "not_a_feed"
    assert str(caught.value) == "an HTML page; it names the feed https://news.example/feed"


def test_a_page_without_html_tags_is_a_page_and_a_feed_behind_its_doctype_is_a_feed():
    """The document type decides, unless a feed's root follows it."""
    with pytest.raises(BadFeed, match="an HTML page"):
        formats.parse(b"<!doctype html><title>Hello</title><p>Log in", "", BASE)
    body = b"<!DOCTYPE html>\n<rss version='2.0'><channel><item><title>A</title></item></channel></rss>"
    assert formats.parse(body, "", BASE).entries[0].title == "A"
