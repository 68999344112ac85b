"""What entries take from links, guids and the extensions of RSS."""

import pytest

from dateline.feeds import formats

BASE = "https://example.org/feed"


def rss(items: str, attributes: str = "") -> bytes:
    return f'<rss version="2.0"{attributes}><channel><link>https://example.org/</link>{items}</channel></rss>'.encode()


def item(**fields: str) -> str:
    return (
        "<item>"
        + "".join(f"<{name}>{value}</{name.split()[0]}>" for name, value in fields.items())
        + "</item>"
    )


def only(body: bytes):
    (entry,) = formats.parse(body, "", BASE).entries
    return entry


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"link": "https://example.org/a"}, "https://example.org/a"),
        ({"link": "/a"}, "https://example.org/a"),
        ({"link": " https://example.org/a\n"}, "https://example.org/a"),
        (
            {"link": "https://proxy.example/a", "feedburner:origLink": "https://example.org/a"},
            "https://example.org/a",
        ),
        ({"guid": "https://example.org/a"}, "https://example.org/a"),
        ({"link": "javascript:alert(1)"}, ""),
        ({"link": "data:text/html,x"}, ""),
        ({"link": "ftp://example.org/a"}, ""),
        ({"link": "http://[::1"}, ""),
        ({"link": "javascript:alert(1)", "guid": "https://example.org/a"}, "https://example.org/a"),
        ({"guid": "4711"}, ""),
        ({"guid": "/a"}, "https://example.org/a"),
        ({"guid": "news/a"}, ""),
        ({'guid isPermaLink="true"': "https://example.org/a"}, "https://example.org/a"),
        ({'guid isPermaLink="true"': "/a"}, "https://example.org/a"),
        ({'guid isPermaLink="false"': "https://example.org/a"}, ""),
        ({'guid isPermaLink="false"': "/a"}, ""),
        ({"link": "/a", 'guid isPermaLink="false"': "https://example.org/b"}, "https://example.org/a"),
        ({"media:content": "https://img.example/a.jpg"}, ""),
        ({'media:content url="https://img.example/a.jpg"': ""}, ""),
        ({'enclosure url="https://img.example/a.mp3"': ""}, ""),
        ({'link uri="at://did:plc:x/post"': "https://example.org/a"}, "https://example.org/a"),
        ({'atom:link rel="self" href="https://example.org/b"': "", "link": "/a"}, "https://example.org/a"),
        ({'atom:link rel="alternate" href="https://example.org/a"': ""}, "https://example.org/a"),
    ],
)
def test_addresses_are_absolute_http_or_none(fields, url):
    """The best http(s) link wins; other schemes never come through.

    A guid is an address when it does not deny it (RSS 2.0) and is spelled as one; pictures never are.
    """
    names = """ xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
        xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom\""""
    assert only(rss(item(title="A", **fields), attributes=names)).url == url


def test_the_words_on_a_picture_are_a_summary_of_last_resort():
    """media:description and media:title stand in for a missing summary and title, and never for a present one."""
    names = ' xmlns:media="http://search.yahoo.com/mrss/"'
    fields = {"media:title": "Quay", "media:description": "Photo: crew"}
    alone = only(rss(item(link="/a", **fields), attributes=names))
    assert (alone.title, alone.summary, alone.html) == ("Quay", "Photo: crew", "")
    for told in ({"title": "A", "description": "Told."}, {"description": "Told.", "title": "A"}):
        for both in ({**fields, **told}, {**told, **fields}):
            entry = only(rss(item(link="/a", **both), attributes=names))
            assert (entry.title, entry.summary, entry.html) == ("A", "Told.", "")


def test_dublin_core_dates_authors_and_languages_are_read():
    """dc:date is the date of RSS, dcterms tell issued from modified."""
    names = ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    core = only(
        rss(
            item(title="A", **{"dc:date": "2026-03-03", "dc:creator": "C", "dc:language": "it"}),
            attributes=names,
        )
    )
    assert (f"{core.published_at:%d.%m}", core.author, core.language) == ("03.03", "C", "it")
    terms = only(
        rss(
            item(title="A", **{"dcterms:issued": "2026-03-01", "dcterms:modified": "2026-03-02"}),
            attributes=names,
        )
    )
    assert (f"{terms.published_at:%d.%m}", f"{terms.updated_at:%d.%m}") == ("01.03", "02.03")


def test_geography_costs_nothing():
    """Positions that are no numbers, or stand where none should, cost neither entries nor their neighbours' extensions."""
    names = ' xmlns:gml="http://www.opengis.net/gml" xmlns:georss="http://www.georss.org/georss" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    odd = ("<gml:pos>here</gml:pos>", "<georss:point/>", "<georss:where/>", "<georss:box>1 2 3</georss:box>")
    items = "".join(
        item(title=str(n), **{"dc:creator": "C"}).replace("</item>", f"{one}</item>")
        for n, one in enumerate(odd)
    )
    feed = formats.parse(rss(items, attributes=names), "", BASE)
    assert [entry.author for entry in feed.entries] == ["C"] * 4
    assert feed.flaws == ()
