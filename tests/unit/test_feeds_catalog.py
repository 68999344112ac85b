"""The promises of feeds.catalog and feeds.overrides."""

from pathlib import Path

import pytest

from dateline.errors import BadFeed, Misconfigured
from dateline.feeds import catalog
from dateline.model import Feed, TextSource

NESTED = b"""<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
<outline text="Africa"><outline text="Kenya &amp; Uganda">
  <outline text="Rift Post" title="Rift Post" type="rss" xmlUrl="HTTPS://Rift.example:443/rss#x" language="sw"/>
</outline></outline>
<outline text="Security"><outline text="again" xmlUrl="http://rift.example/rss"/></outline>
<outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="no address"/>
<outline xmlurl="https://loose.example/feed"/>
</body></opml>"""


def test_nested_outlines_are_groups_and_twins_are_folded():
    """The groups of both places are kept, outermost first; the first address and title win."""
    rift, loose = catalog.parse_opml(NESTED)
    assert rift == Feed(
        id=catalog.feed_id("https://rift.example/rss"),
        url="https://rift.example/rss",
        title="Rift Post",
        groups=("Africa", "Kenya & Uganda", "Security"),
        language="sw",
    )
    assert (loose.url, loose.title, loose.groups) == ("https://loose.example/feed", "", ())


def test_a_catalog_survives_writing_and_reading():
    """write_opml and parse_opml are inverse; groups nest."""
    feeds = catalog.parse_opml(NESTED)
    written = catalog.write_opml(feeds, "All & sundry")
    assert catalog.parse_opml(written) == feeds
    assert b"<title>All &amp; sundry</title>" in written


def test_a_list_of_addresses_is_a_catalog():
    """One address a line, comments and blank lines aside, twins folded."""
    lines = b"# mine\n\nhttps://a.example/rss # daily\nfeed://b.example/x\nfeed:https://c.example/\nhttps://a.example/rss\n"
    urls = [feed.url for feed in catalog.parse_catalog(lines)]
    assert urls == ["https://a.example/rss", "http://b.example/x", "https://c.example/"]
    assert catalog.parse_catalog(b"") == ()
    assert len(catalog.parse_catalog(NESTED)) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty_feed"),
        (b"<rss><channel/></rss>", "not_a_feed"),
        (b"<!DOCTYPE html><html></html>", "not_a_feed"),
        (b"plain words", "not_a_feed"),
        (b'<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml>&b;</opml>', "doctype_rejected"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', "doctype_rejected"),
        (b"<opml>" + b"<outline>" * 100_000, "parse_budget"),
    ],
)
def test_hostile_opml_is_refused_with_its_reason(body, reason):
    """OPML comes from strangers too."""
    with pytest.raises(BadFeed) as caught:
        catalog.parse_opml(body)
    assert caught.value.reason == reason


def test_impossible_characters_do_not_cost_the_catalog():
    """References to surrogates and NUL are taken out, nested ones too."""
    body = (
        b'<opml><body><outline text="a&#xD800;b&#&#0;0;c" xmlUrl="https://a.example/&#xDFFF;"/></body></opml>'
    )
    (feed,) = catalog.parse_opml(body)
    assert (feed.title, feed.url) == ("abc", "https://a.example/")


def test_words_are_no_catalog():
    """A file of anything else is refused, not read as an empty catalog."""
    with pytest.raises(BadFeed, match="neither"):
        catalog.parse_catalog(b"dear all,\nplease find\n")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://Example.org", "http://example.org/"),
        ("https://example.org:443/rss?k=V#x", "https://example.org/rss?k=V"),
        ("https://example.org:8443/rss", "https://example.org:8443/rss"),
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("http://[::1]:80/rss", "http://[::1]/rss"),
        ("https://user:pw@example.org/rss", ""),
        ("https://example.org/a b", ""),
        ("ftp://example.org/rss", ""),
        ("https://example.org:99999/", ""),
        ("https:///rss", ""),
        ("rss", ""),
    ],
)
def test_a_feeds_address_has_one_spelling(given, expected):
    """What is no http(s) address is empty."""
    assert catalog.address(given) == expected


def test_ids_are_stable():
    """12 hexadecimal digits, the same for http and https, another for another query."""
    one = catalog.feed_id("https://example.org/rss?a=1")
    assert len(one) == 12
    assert int(one, 16) >= 0
    assert one == catalog.feed_id("HTTP://EXAMPLE.org/rss?a=1#x")
    assert one != catalog.feed_id("https://example.org/rss?a=2")


def test_overrides_are_laid_over_the_catalog():
    """Given fields replace, others stay, and a row for an unlisted feed adds it."""
    rows = catalog.parse_toml(
        b"""
[[feed]]
url = "http://rift.example/rss"
publisher = "Rift Post"
country = "KE"
text = "feed"
interval_s = 300

[[feed]]
url = "https://new.example/rss"
language = "fr"
groups = ["Europe"]
"""
    )
    rift, _, new = catalog.apply(catalog.parse_opml(NESTED), rows)
    assert (rift.publisher, rift.country, rift.text, rift.interval_s) == (
        "Rift Post",
        "KE",
        TextSource.FEED,
        300,
    )
    assert (rift.title, rift.language) == ("Rift Post", "sw")
    assert (new.url, new.language, new.groups) == ("https://new.example/rss", "fr", ("Europe",))


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"[[feed]\n", "feeds.toml"),
        (b"\xff", "UTF-8"),
        (b'[[feed]]\nurl = "https://a.example/"\nspeed = 3\n', "speed"),
        (b'[[feed]]\nurl = "https://a.example/"\ncountry = "Kenya"\n', "country"),
        (b'[[feed]]\nurl = "https://a.example/"\ntext = "all"\n', "text"),
        (b'[[feed]]\nurl = "https://a.example/"\ninterval_s = 0\n', "interval_s"),
        (b'[[feed]]\npublisher = "x"\n', "url"),
        (b'[[feed]]\nurl = "a.example"\n', "a.example"),
        (b'[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "http://a.example/"\n', "twice"),
        (b'[[feeds]]\nurl = "https://a.example/"\n', "feeds"),
    ],
)
def test_a_bad_override_stops_at_start_and_says_where(body, word):
    """The error names the key or the row."""
    with pytest.raises(Misconfigured, match=word):
        catalog.parse_toml(body)


def test_the_shipped_catalog_reads():
    """deploy/feeds.opml holds some sixty feeds of eight regions, none twice."""
    body = (Path(__file__).parents[2] / "deploy" / "feeds.opml").read_bytes()
    feeds = catalog.parse_opml(body)
    assert len(feeds) == body.count(b"xmlUrl=") >= 60
    assert len({feed.groups for feed in feeds}) == 8
