"""The promises of feeds.catalog and feeds.overrides."""

import pytest
from lxml import etree

from dateline.errors import BadFeed, Misconfigured
from dateline.feeds import catalog, overrides
from dateline.feeds.opml import NAMESPACE
from dateline.model import Feed, HostRule, TextSource

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
    ("body", "words"),
    [
        (b"[[feed]\n", ("line 1",)),
        (b"\xff", ("UTF-8",)),
        (b'[[feed]]\nurl = "https://a.example/"\nspeed = 3\n', ("[[feed]] 1 (https://a.example/)", "speed")),
        (
            b'[[feed]]\nurl = "https://b.example/"\n[[feed]]\nurl = "https://a.example/"\ncountry = "Kenya"\n',
            ("[[feed]] 2 (https://a.example/)", "country:"),
        ),
        (b'[[feed]]\nurl = "https://a.example/"\ntext = "all"\n', ("text:",)),
        (b'[[feed]]\nurl = "https://a.example/"\ninterval_s = 0\n', ("interval_s:",)),
        (b'[[feed]]\npublisher = "x"\n', ("[[feed]] 1", "url")),
        (b'[[feed]]\nurl = "a.example"\n', ("a.example", "url:")),
        (
            b'[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "http://a.example/"\n',
            ("[[feed]] 2", "twice", "row 1"),
        ),
        (b'[[feeds]]\nurl = "https://a.example/"\n', ("[[feeds]]",)),
        (b'[feed]\nurl = "https://a.example/"\n', ("two brackets",)),
        (b'[[feed]]\nurl = "https://a.example/"\nheaders = { Host = "secret:a" }\n', ("headers.Host",)),
        (
            b'[[feed]]\nurl = "https://a.example/"\nheaders = { "A b" = "secret:a" }\n',
            ("no name of a header",),
        ),
        (b'[[feed]]\nurl = "https://a.example/"\nheaders = { A = "secret:../x" }\n', ("headers.A", "file")),
        (b"[[host]]\ndelay_s = 1\n", ("[[host]] 1", "host")),
        (b'[[host]]\nhost = "https://a.example/"\n', ("[[host]] 1 (https://a.example/)", "host:")),
        (b'[[host]]\nhost = "a.example:80"\n', ("host:",)),
        (b'[[host]]\nhost = "a.example"\nat_once = 0\n', ("(a.example)", "at_once:")),
        (b'[[host]]\nhost = "a.example"\n[[host]]\nhost = "A.example."\n', ("[[host]] 2", "twice")),
    ],
)
def test_a_bad_row_says_where_it_is(body, words):
    """The error names the file, the row and the key."""
    with pytest.raises(Misconfigured) as caught:
        overrides.read(body, "my/feeds.toml")
    assert [word for word in ("my/feeds.toml", *words) if word not in str(caught.value)] == []


def test_headers_hold_names_of_secrets():
    """The catalog knows which secret goes into which header, and not the secret."""
    row = b'[[feed]]\nurl = "https://a.example/"\nheaders = { Authorization = "secret:a-token", X-Key = "secret:k" }\n'
    (feed,) = catalog.apply((), catalog.parse_toml(row))
    assert feed.secrets == (("Authorization", "a-token"), ("X-Key", "k"))


def test_a_literal_header_is_refused_and_not_repeated():
    """A secret in the catalog is an error, and the error does not spread it."""
    row = b'[[feed]]\nurl = "https://a.example/"\nheaders = { Authorization = "Bearer hush" }\n'
    with pytest.raises(Misconfigured, match="DATELINE_SECRETS_DIR") as caught:
        overrides.read(row)
    assert "headers.Authorization" in str(caught.value)
    assert "hush" not in str(caught.value)


def test_opml_names_no_secret():
    """A stranger's OPML cannot have our secrets sent to its host."""
    body = f"""<opml version="2.0" xmlns:d="{NAMESPACE}"><body><outline xmlUrl="https://a.example/"
        d:secrets="Authorization=a" d:headers="secret:a"/></body></opml>""".encode()
    (feed,) = catalog.parse_opml(body)
    assert feed.secrets == ()


def test_hosts_are_named_as_requests_name_them():
    """Delay and requests at once, by the ASCII name of the host; what is not given is None."""
    rows = overrides.read(
        b'[[host]]\nhost = "M\xc3\xbcnchen.example"\ndelay_s = 2.5\n[[host]]\nhost="b.example"\nat_once=3\n'
    )
    assert dict(rows.hosts) == {
        "xn--mnchen-3ya.example": HostRule(delay_s=2.5),
        "b.example": HostRule(at_once=3),
    }


def test_files_are_one_catalog_in_any_mix():
    """Lists and OPML are added up, TOML has the last word wherever it stands, later TOML over earlier."""
    listing = catalog.combine(
        (
            (
                "a.toml",
                b'[[feed]]\nurl = "https://rift.example/rss"\ncountry = "KE"\ntitle = "Rift"\n[[host]]\nhost="x.example"\ndelay_s=9\n',
            ),
            ("b.opml", NESTED),
            ("c.txt", b"https://plain.example/rss\nhttps://rift.example/rss\n"),
            (
                "d.TOML",
                b'[[feed]]\nurl = "https://rift.example/rss"\ncountry = "UG"\n[[feed]]\nurl="https://new.example/"\n',
            ),
        )
    )
    assert [feed.url for feed in listing.feeds] == [
        "https://rift.example/rss", "https://loose.example/feed", "https://plain.example/rss", "https://new.example/",
    ]  # fmt: skip
    rift = listing.feeds[0]
    assert (rift.title, rift.country, rift.language) == ("Rift", "UG", "sw")
    assert rift.groups == ("Africa", "Kenya & Uganda", "Security")
    assert listing.hosts == (("x.example", HostRule(delay_s=9.0)),)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("my.opml", b"<opml><body/></opml>"),
        ("my.txt", b"# nothing\n"),
        ("my.txt", b"dear all"),
        ("my.toml", b"feed = 3"),
        ("my.opml", NESTED[: NESTED.rindex(b"</outline>")]),
    ],
)
def test_a_file_that_is_no_catalog_is_named(name, body):
    """One bad file refuses the whole listing, by name: half a catalog would look like a whole one."""
    with pytest.raises(Misconfigured, match=name):
        catalog.combine((("good.txt", b"https://a.example/\n"), (name, body)))


def test_our_own_attributes_stand_in_a_namespace():
    """What OPML has no place for survives, and every attribute without a namespace is OPML 2.0's."""
    feed = Feed(
        id=catalog.feed_id("https://a.example/"), url="https://a.example/", title="A", groups=("X", "Y"),
        language="ar", country="YE", publisher="A house", text=TextSource.FEED, interval_s=600,
    )  # fmt: skip
    written = catalog.write_opml((feed,), "all")
    assert catalog.parse_opml(written) == (feed,)
    names = {name for outline in etree.fromstring(written).iter("outline") for name in outline.attrib}
    assert {name for name in names if "}" not in name} <= {"type", "text", "title", "xmlUrl", "language"}
    assert {name.partition("}")[0] for name in names if "}" in name} == {"{" + NAMESPACE}


def test_values_that_are_none_are_left_out():
    """A stranger's attribute of the wrong kind costs itself, not the feed; of pt-BR the language is pt."""
    body = f"""<opml version="2.0" xmlns:d="{NAMESPACE}"><body><outline xmlUrl="https://a.example/" language="pt-BR"
        d:country="Brazil" d:text="all" d:interval_s="-5"/></body></opml>""".encode()
    (feed,) = catalog.parse_opml(body)
    assert feed == Feed(id=catalog.feed_id(feed.url), url=feed.url, language="pt")
