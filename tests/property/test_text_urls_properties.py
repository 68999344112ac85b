"""Addresses: invariants over anything."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.text import urls

PIECES = st.sampled_from(
    (
        *(
            "http://",
            "HTTPS://",
            "//",
            "m.",
            "amp.",
            "www.",
            "example.org",
            "bücher.de",
            ":80",
            "/",
            "/a",
            "/..",
            "/.",
        ),
        *(
            "/amp",
            ".amp",
            "/amp/",
            "index.html",
            "?",
            "&",
            "=",
            "utm_source=x",
            "amp=1",
            "#",
            "%",
            "%2e",
            "%zz",
            "%7E",
        ),
        *("é", "中", " ", "\\", "@", "[", "]", "\x00", "\ud800", "www.google.com/amp/s/", ".html", "ß", "。"),
    )
)
ADDRESSES = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(ADDRESSES, ADDRESSES.map("https://example.org/".__add__), st.text()))
@example("https://example.org/a/amp/amp/amp/amp/amp/amp/amp/amp/amp/amp")
def test_a_canonical_address_is_a_fixed_point(text):
    """canonical is total, and canonical(canonical(x)) is canonical(x): ASCII http(s) or empty."""
    once = urls.canonical(text)
    assert urls.canonical(once) == once
    assert once == "" or (once.isascii() and once.startswith(("http://", "https://")))


@settings(max_examples=100, deadline=None)
@given(st.text(), ADDRESSES)
def test_joining_is_total(text, base):
    """Any base and any text give an address or ""."""
    joined = urls.canonical(text, base)
    assert urls.canonical(joined) == joined
    assert isinstance(urls.host(text), str)
    assert len(urls.article_id(text)) == 16
