"""The promises of services.poller.redirectors: which links only lead on, and where they came to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.poller.redirectors import REDIRECTORS, SHORTENERS, is_redirector, resolved


@pytest.mark.parametrize(
    ("url", "leads_on"),
    [
        ("https://news.google.com/rss/articles/CBMiabc?oc=5", True),
        ("https://news.google.com/articles/CBMiabc", True),
        ("https://news.google.com/read/CBMiabc", True),
        ("https://news.google.com/rss/search?q=x", False),
        ("https://news.google.com/topstories", False),
        ("https://www.google.com/url?rct=j&url=https://a.test/b", True),
        ("https://www.google.com/search?q=a", False),
        ("http://feedproxy.google.com/~r/site/~3/abc/", True),
        ("http://feeds.feedburner.com/~r/site/~3/abc/a.html", True),
        ("http://feeds.feedburner.com/site", False),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fa.test", True),
        ("https://t.co/abc", True),
        ("https://T.CO/abc", True),
        ("https://t.co/", False),
        ("https://bit.ly/3abc", True),
        ("https://bit.ly", False),
        ("https://not-bit.ly/3abc", False),
        ("https://t.co.example.org/abc", False),
        ("https://example.org/t.co/abc", False),
        ("ftp://t.co/abc", False),
        ("", False),
        ("http://[::1", False),
    ],
)
def test_aggregators_and_shorteners_are_known(url: str, leads_on: bool) -> None:
    """Their links are told from their pages, and from hosts of like names."""
    assert is_redirector(url) is leads_on


GOOGLE = "https://news.google.com/rss/articles/CBMiabc"


@pytest.mark.parametrize(
    ("url", "final_url", "expected"),
    [
        (GOOGLE, "https://a.test/news/1", True),
        (GOOGLE, "https://a.test/?p=123", True),
        (GOOGLE, "https://a.test/", False),
        (GOOGLE, "https://a.test", False),
        (GOOGLE, GOOGLE, False),
        (GOOGLE, "https://news.google.com/home", False),
        (GOOGLE, "https://consent.google.com/m?continue=x", False),
        (GOOGLE, "https://accounts.google.com/ServiceLogin/x", False),
        (GOOGLE, "https://bit.ly/3abc", False),
        (GOOGLE, "", False),
        ("https://t.co/abc", "https://t.co/abc?amp=1", False),
        ("https://bbc.in/3abc", "https://www.bbc.co.uk/news/world-1", True),
    ],
)
def test_an_article_is_where_a_link_left_the_aggregator(url: str, final_url: str, expected: bool) -> None:
    """Only an address with a path, beyond the aggregator and its walls, is an article's."""
    assert resolved(url, final_url) == (final_url if expected else None)


def test_the_table_holds_each_row_once() -> None:
    """Hosts are in lower case, paths begin with a slash, nothing stands twice."""
    assert len(set(REDIRECTORS)) == len(REDIRECTORS)
    assert all(host == host.lower() and path.startswith("/") for host, path in REDIRECTORS)
    assert not SHORTENERS & {host for host, _ in REDIRECTORS}
    assert all("/" not in host and host == host.lower() for host in SHORTENERS)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_judging_is_total(text: str) -> None:
    """Any text is judged."""
    for url in (text, "https://t.co/" + text, "https://" + text):
        assert is_redirector(url) in {True, False}
        assert resolved(GOOGLE, url) in {url, None}
