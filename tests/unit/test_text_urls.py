"""The promises of text.urls."""

import pytest

from dateline.text import urls

E = "https://example.org/"

SPELLINGS = [
    # scheme, host, port
    ("HTTPS://EXAMPLE.ORG/", E),
    ("https://example.org", E),
    ("https://example.org:443/", E),
    ("http://example.org:80/a", "http://example.org/a"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("http://example.org:443/a", "http://example.org:443/a"),
    ("https://example.org:/a", "https://example.org/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("  https://example.org/a\n", "https://example.org/a"),
    ("https://exam\nple.org/a", "https://example.org/a"),
    ("https:\\\\example.org\\a", "https://example.org/a"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"),
    ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
    ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ("https://пример.испытание/", "https://xn--e1afmkfd.xn--80akhbyknj4f/"),
    ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://example。org/a", "https://example.org/a"),
    ("https://ｅｘａｍｐｌｅ.org/a", "https://example.org/a"),
    ("http://192.0.2.1/a", "http://192.0.2.1/a"),
    ("http://[2001:DB8:0::1]/a", "http://[2001:db8::1]/a"),
    ("https://www.example.org/a", "https://www.example.org/a"),
    ("https://my_host.example.org/a", "https://my_host.example.org/a"),
    # path
    ("https://example.org/a/./b", "https://example.org/a/b"),
    ("https://example.org/a/../b", "https://example.org/b"),
    ("https://example.org/../../b", "https://example.org/b"),
    ("https://example.org/a/..", "https://example.org/"),
    ("https://example.org/a/.", "https://example.org/a/"),
    ("https://example.org//a///b", "https://example.org/a/b"),
    ("https://example.org/a/", "https://example.org/a/"),
    ("https://example.org/index.html", E),
    ("https://example.org/news/index.php", "https://example.org/news/"),
    ("https://example.org/news/Default.aspx", "https://example.org/news/"),
    ("https://example.org/index.html.bak", "https://example.org/index.html.bak"),
    ("https://example.org/myindex.html", "https://example.org/myindex.html"),
    ("https://example.org/A/b", "https://example.org/A/b"),
    ("https://web.example/2020/https://example.org/", "https://web.example/2020/https://example.org/"),
    # escapes
    ("https://example.org/%7euser", "https://example.org/~user"),
    ("https://example.org/%41", "https://example.org/A"),
    ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
    ("https://example.org/%e4%b8%ad", "https://example.org/%E4%B8%AD"),
    ("https://example.org/中", "https://example.org/%E4%B8%AD"),
    ("https://example.org/a b", "https://example.org/a%20b"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://example.org/%zz", "https://example.org/%25zz"),
    ("https://example.org/%2e%2e/a", "https://example.org/a"),
    ("https://example.org/a|b", "https://example.org/a%7Cb"),
    ('https://example.org/"a"', "https://example.org/%22a%22"),
    ("https://example.org/a%00b", "https://example.org/a%00b"),
    ("https://example.org/it's(1),2;x=3", "https://example.org/it's(1),2;x=3"),
    # fragment and query
    ("https://example.org/a#top", "https://example.org/a"),
    ("https://example.org/a#", "https://example.org/a"),
    ("https://example.org/a?", "https://example.org/a"),
    ("https://example.org/a?&&", "https://example.org/a"),
    ("https://example.org/a?id=3", "https://example.org/a?id=3"),
    ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
    ("https://example.org/a?q=é", "https://example.org/a?q=%C3%A9"),
    ("https://example.org/a?q=a+b", "https://example.org/a?q=a+b"),
    ("https://example.org/a?q=a%2bb", "https://example.org/a?q=a%2Bb"),
    ("https://example.org/?p=12", "https://example.org/?p=12"),
    ("https://example.org?p=12", "https://example.org/?p=12"),
    ("https://example.org/a?x", "https://example.org/a?x"),
    ("https://example.org/a?u=https://b.example/?c", "https://example.org/a?u=https://b.example/?c"),
]

TRACKING = [
    *(
        "utm_source=rss",
        "utm_medium=feed&utm_campaign=x",
        "UTM_Source=rss",
        "fbclid=Iw",
        "gclid=1",
        "dclid=1",
    ),
    *(
        "msclkid=1",
        "yclid=1",
        "twclid=1",
        "igshid=1",
        "mc_cid=1&mc_eid=2",
        "at_medium=RSS&at_campaign=KARANGA",
    ),
    *(
        "ns_mchannel=rss",
        "ns_source=x",
        "cmpid=x",
        "CMP=share_btn_tw",
        "ocid=x",
        "ncid=x",
        "icid=x",
        "ito=1490",
    ),
    *(
        "mkt_tok=x",
        "smid=tw",
        "partner=rss",
        "xtor=RSS-3208",
        "srnd=home",
        "ref=rss",
        "ref=twitter",
        "ref_src=x",
    ),
    *("source=rss", "from=newsletter", "via=twitter", "feature_source=x", "_ga=1", "_gl=1", "guccounter=1"),
    *("hsa_cam=1", "pk_campaign=1", "mtm_source=x", "wt.mc_id=x", "__twitter_impression=true", "spref=tw"),
    *(
        "traffic_source=rss",
        "PHPSESSID=x",
        "amp=1",
        "amp",
        "amp=true",
        "outputType=amp",
        "output=amp",
        "mobile=1",
        "rss=1",
    ),
]

MEANINGFUL = [
    *(
        "ref=4711",
        "ref=abc",
        "source=reuters",
        "from=2020-01-01",
        "via=road",
        "amp=50",
        "output=pdf",
        "outputType=xml",
    ),
    *(
        "id=utm_source",
        "m=201401",
        "sid=55",
        "cid=17",
        "page=2",
        "q=fbclid",
        "mode=print",
        "view=gallery",
        "story=utm_",
    ),
]

TWINS = [
    ("https://m.example.org/a", "https://www.example.org/a"),
    ("https://amp.example.org/a", "https://www.example.org/a"),
    ("https://mobile.example.org/a", "https://www.example.org/a"),
    ("https://wap.example.org/a", "https://www.example.org/a"),
    ("https://touch.example.org/a", "https://www.example.org/a"),
    ("https://www.amp.example.org/a", "https://www.example.org/a"),
    ("https://m.example.co.uk/a", "https://www.example.co.uk/a"),
    ("https://m.news.example.org/a", "https://news.example.org/a"),
    ("https://m.www.example.org/a", "https://www.example.org/a"),
    ("https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"),
    ("https://example.org/story/amp", "https://example.org/story"),
    ("https://example.org/story/amp/", "https://example.org/story/"),
    ("https://example.org/story/amp/?amp=1", "https://example.org/story/"),
    ("https://example.org/story.amp", "https://example.org/story"),
    ("https://example.org/story.amp.html", "https://example.org/story.html"),
    ("https://example.org/amp/news/story", "https://example.org/news/story"),
    ("https://example.org/story/amp/amp", "https://example.org/story"),
    ("https://www.google.com/amp/s/www.example.org/a/amp/", "https://www.example.org/a/"),
    ("https://www.google.co.uk/amp/www.example.org/a", "http://www.example.org/a"),
    (
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?id=1",
        "https://www.example.org/a?id=1",
    ),
    ("https://www-example-org.cdn.ampproject.org/v/s/www.example.org/a?usqp=x", "https://www.example.org/a"),
    ("https://example.org/news/amp/world-123", "https://example.org/news/world-123"),
    ("https://example.org/article/amp/id123", "https://example.org/article/id123"),
    # behind a click counter
    (
        "https://www.google.com/url?rct=j&url=https://example.org/a%3Fid%3D1&usg=x",
        "https://example.org/a?id=1",
    ),
    ("https://www.google.de/url?q=https://example.org/a", "https://example.org/a"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa&h=x", "https://example.org/a"),
    (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=https%3a%2f%2fexample.org%2fa&c=2&mkt=en-us",
        "https://example.org/a",
    ),
    (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=",
    ),
    ("https://www.google.com/url?url=javascript:x", "https://www.google.com/url?url=javascript:x"),
    ("https://example.org/a;jsessionid=0A1B?id=3", "https://example.org/a?id=3"),
    # not twins
    ("https://m.co.uk/a", "https://m.co.uk/a"),
    ("https://amp.org/a", "https://amp.org/a"),
    ("https://mexample.org/a", "https://mexample.org/a"),
    ("https://example.org/amp", "https://example.org/amp"),
    ("https://example.org/amps", "https://example.org/amps"),
    ("https://example.org/champ", "https://example.org/champ"),
    ("https://example.org/amp/guitar", "https://example.org/amp/guitar"),
]

REFUSED = [
    *(
        "",
        " ",
        "example.org/a",
        "/a",
        "//example.org/a",
        "#top",
        "mailto:a@example.org",
        "javascript:alert(1)",
    ),
    *("data:text/html,x", "file:///etc/passwd", "ftp://example.org/a", "https://", "https:///a", "http://?q"),
    *(
        "https://user@example.org/",
        "https://user:pw@example.org/",
        "https://@example.org/",
        "https://a b.org/",
    ),
    *("https://exa\x00mple.org/", "https://example.org/\x07", "https://example.org/\ud800", "https://[::1/"),
    *(
        "https://[zz]/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://-a.org/",
        "https://a..b/",
    ),
    *("https://" + "a" * 64 + ".org/", "https://" + "a." * 130 + "org/", "https://example.org/" + "a" * 5000),
    *("https://exa mple.org/", "https://ex☃︎ample.org/", "https://%65xample.org/"),
]


@pytest.mark.parametrize(("given", "expected"), SPELLINGS)
def test_spellings_of_one_address_become_one(given, expected):
    """Scheme, host, port, path, escapes, query and fragment have one form."""
    assert urls.canonical(given) == expected


@pytest.mark.parametrize("query", TRACKING)
def test_parameters_that_track_are_dropped(query):
    """How a reader came is no part of an address; the meaningful neighbour keeps its place."""
    assert urls.canonical(f"https://example.org/a?{query}&id=3") == "https://example.org/a?id=3"


@pytest.mark.parametrize("query", MEANINGFUL)
def test_parameters_that_may_mean_something_stay(query):
    """A known name with an unknown value is kept."""
    assert urls.canonical(f"https://example.org/a?{query}") == f"https://example.org/a?{query}"


@pytest.mark.parametrize(("given", "expected"), TWINS)
def test_twins_become_the_main_page(given, expected):
    """Mobile, AMP and counted twins are the page itself; what only looks like a twin stays."""
    assert urls.canonical(given) == expected


@pytest.mark.parametrize("given", REFUSED)
def test_what_is_no_usable_address_is_empty(given):
    """Other schemes, user names, controls, surrogates, broken hosts and overlong addresses give ""."""
    assert urls.canonical(given) == ""


def test_the_table_is_large():
    """At least 120 cases are held."""
    assert len(SPELLINGS) + len(TRACKING) + len(MEANINGFUL) + len(TWINS) + len(REFUSED) >= 120


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("b", "https://example.org/a/b"),
        ("/b", "https://example.org/b"),
        ("//c.example/d", "https://c.example/d"),
    ],
)
def test_relative_addresses_join_their_base(given, expected):
    """A link is resolved against the page it stands on."""
    assert urls.canonical(given, "https://example.org/a/") == expected


def test_a_bad_base_gives_no_address():
    """A base that is none does not raise."""
    assert urls.canonical("/a", "http://[") == ""


def test_ids_are_short_stable_and_distinct():
    """16 characters, the same on every machine, another for another article."""
    one, two = urls.article_id("https://example.org/a"), urls.article_id("https://example.org/b")
    assert len(one) == 16
    assert one.isalnum()
    assert one == one.lower()
    assert one != two


def test_ids_fold_what_hosts_serve_alike():
    """http and https, with and without www and the last slash are one article."""
    spellings = ("https://example.org/a", "http://example.org/a", "https://www.example.org/a/")
    assert len({urls.article_id(url) for url in spellings}) == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://Example.ORG:8443/a", "example.org"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://[2001:DB8::1]:80/", "[2001:db8::1]"),
        ("nonsense", ""),
        ("http://[", ""),
    ],
)
def test_a_host_is_told_in_lower_case_punycode(given, expected):
    """One host, one name for pacing and counting."""
    assert urls.host(given) == expected
