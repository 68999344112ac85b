"""The promises of feeds.sitemap, of gzip bodies and of is_whole."""

import gzip
from datetime import UTC, datetime

import pytest

from dateline.errors import BadFeed
from dateline.feeds import formats, sitemap
from dateline.model import Child

BASE = "https://news.example/sitemaps/index.xml"
CAP_BYTES = 100_000


def row(number: int, more: str = "") -> str:
    return f"<url><loc>https://news.example/{number}</loc>{more}</url>"


def parse(text: str, known=(), base: str = BASE):
    return formats.parse(text.encode(), "", base, frozenset(known), CAP_BYTES)


def index(*rows: str) -> str:
    return "<sitemapindex>" + "".join(f"<sitemap>{one}</sitemap>" for one in rows) + "</sitemapindex>"


def test_an_index_gives_its_sitemaps_the_newest_first():
    """Dated ones by date, undated ones behind them in the file's order, each address once, http(s) only."""
    feed = parse(
        index(
            "<loc>/undated.xml</loc>",
            "<loc>a.xml</loc><lastmod>2026-01-01</lastmod>",
            "<loc> https://b.example/b.xml.gz\n</loc><lastmod>2026-03-01T00:00:00+02:00</lastmod>",
            "<loc>a.xml</loc><lastmod>2026-05-05</lastmod>",
            "<loc>javascript:x</loc><lastmod>2026-05-05</lastmod>",
            "<lastmod>2026-05-05</lastmod>",
        )
    )
    assert feed.children == (
        Child(url="https://b.example/b.xml.gz", changed_at=datetime(2026, 2, 28, 22, tzinfo=UTC)),
        Child(url="https://news.example/sitemaps/a.xml", changed_at=datetime(2026, 1, 1, tzinfo=UTC)),
        Child(url="https://news.example/undated.xml"),
    )
    assert (feed.format, feed.entries, feed.items, feed.flaws) == ("sitemapindex", (), (), ())


def test_of_a_long_index_the_newest_are_kept():
    """At most 1,000 sitemaps, whatever an archive names."""
    rows = (
        f"<loc>/{n}</loc><lastmod>2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}Z</lastmod>" for n in range(1100)
    )
    children = parse(index(*rows)).children
    assert len(children) == sitemap.MAX_CHILDREN
    assert children[0].url.endswith("/1099")


def test_an_empty_index_has_no_sitemaps():
    """It is an index all the same."""
    assert parse(index()).format == "sitemapindex"


def test_known_rows_are_skipped():
    """A row is known by its address, date and title; pictures and priorities do not count."""
    full = parse(f"<urlset>{row(1)}{row(2)}</urlset>")
    known = [one.hash for one in full.items]
    again = parse(
        f"<urlset>{row(3)}{row(1, '<priority>0.5</priority>')}{row(2, '<lastmod>2026-03-03</lastmod>')}</urlset>",
        known,
    )
    assert [entry.url[-1] for entry in again.entries] == ["3", "2"]
    assert [one.entry for one in again.items] == [0, None, 1]
    quiet = parse(f"<urlset>{row(1)}{row(2)}</urlset>", known)
    assert (quiet.entries, quiet.flaws) == ((), ())


@pytest.mark.parametrize(
    "name", ["urlset", "sitemapindex", "sm:urlset", "sm:sitemapindex", "rss", "feed", "rdf:RDF", "x:feed"]
)
def test_a_closed_root_makes_a_body_whole(name):
    """Of feeds, sitemaps and indexes, with prefixes, with a remark behind it, or packed."""
    whole = f"<{name}><a/></{name}>\n<!-- 3 ms -->".encode()
    assert formats.is_whole(whole)
    assert formats.is_whole(gzip.compress(whole))
    assert not formats.is_whole(whole[:-20])
    assert not formats.is_whole(gzip.compress(whole[:-20]))
    assert not formats.is_whole(gzip.compress(whole)[:-4])


def test_a_packed_sitemap_is_read():
    """One file or several in a row, whatever the server called it."""
    text = f"<urlset>{row(1)}</urlset>".encode()
    for body in (gzip.compress(text), gzip.compress(text[:20]) + gzip.compress(text[20:])):
        assert (
            formats.parse(body, "application/octet-stream", BASE).entries[0].url == "https://news.example/1"
        )


def test_of_a_packed_feed_that_was_cut_what_came_is_read():
    """As of one that was not packed; it is not whole."""
    items = "".join(f"<item><title>{number}</title></item>" for number in range(2000))
    packed = gzip.compress(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    cut = packed[: len(packed) // 2]
    assert formats.parse(cut, "", BASE).entries[0].title == "0"
    assert not formats.is_whole(cut)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(b"<urlset>" + b" " * CAP_BYTES), "too_large"),
        (gzip.compress(b" " * (CAP_BYTES // 2)) * 3, "too_large"),
        (gzip.compress(b""), "not_a_feed"),
        (b"\x1f\x8b broken", "not_a_feed"),
        (gzip.compress(gzip.compress(b"<urlset/>")), "not_a_feed"),
    ],
)
def test_packed_bodies_that_cannot_be_read_have_a_reason(body, reason):
    """Bombs, empty files, broken ones and packets in packets."""
    with pytest.raises(BadFeed) as caught:
        formats.parse(body, "", BASE, frozenset(), CAP_BYTES)
    assert caught.value.reason == reason
    assert not formats.is_whole(body, CAP_BYTES)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        "<urlset " + " ".join(f"a{n}='1'" for n in range(100_000)) + "></urlset>",
        "<urlset>" + "<a>" * 100_000 + "</a>" * 100_000 + "</urlset>",
        "<urlset>" + "<url>" * 200_000,
        "<!DOCTYPE urlset [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><urlset>&c;</urlset>",
    ],
)
def test_hostile_sitemaps_are_refused_or_bounded(text):
    """Attributes, depth and entities cost neither seconds nor memory."""
    try:
        assert formats.parse(text.encode(), "", BASE).entries == ()
    except BadFeed as error:
        assert error.reason in ("parse_budget", "not_a_feed", "doctype_rejected")  # noqa: PT017 - either will do
