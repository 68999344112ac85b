"""The promises of services.poller.answer_headers: RFC 9111 and RFC 8288, read without a clock."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.poller.answer_headers import MAX_FRESH_S, MAX_LINKS, fresh_for_s, links

DATE = "Fri, 20 Nov 2026 10:00:00 GMT"
LATER = "Fri, 20 Nov 2026 10:10:00 GMT"
BEFORE = "Fri, 20 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({}, None),
        ({"date": DATE}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'Max-Age="600"'}, 600),
        ({"cache-control": "public, max-age=600, must-revalidate"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "700"}, 0),
        ({"cache-control": "max-age=600", "age": "soon"}, 600),
        ({"cache-control": "max-age=60, s-maxage=600"}, 600),
        ({"cache-control": "s-maxage=0, max-age=600"}, 0),
        ({"cache-control": "private, max-age=600"}, 600),
        ({"cache-control": "max-age=600, max-age=5"}, 600),
        ({"cache-control": "max-age=0"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=soon"}, 0),
        ({"cache-control": "max-age"}, 0),
        ({"cache-control": "max-age=99999999999999"}, MAX_FRESH_S),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=600", "expires": BEFORE, "date": DATE}, 600),
        ({"expires": LATER, "date": DATE}, 600),
        ({"expires": LATER, "date": DATE, "age": "60"}, 540),
        ({"expires": BEFORE, "date": DATE}, 0),
        ({"expires": "0", "date": DATE}, 0),
        ({"expires": "-1"}, None),
        ({"expires": LATER}, None),
        ({"expires": LATER, "date": "yesterday"}, None),
        ({"expires": "Fri, 20 Nov 2099 10:10:00 GMT", "date": DATE}, MAX_FRESH_S),
        ({"cache-control": "public", "expires": LATER, "date": DATE}, 600),
        ({"cache-control": "stale-while-revalidate=60, max-age=5"}, 5),
        ({"cache-control": "x-max-age=600"}, None),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], fresh: int | None) -> None:
    """s-maxage, max-age, then Expires minus Date, less Age; no-cache and silence say nothing."""
    assert fresh_for_s(headers) == fresh


BASE = "https://news.test/feeds/a.xml"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", ()),
        ("<https://hub.test/>; rel=hub", (("hub", "https://hub.test/"),)),
        ('<https://hub.test/>; rel="hub"', (("hub", "https://hub.test/"),)),
        (
            '<https://hub.test/>; rel="hub", <https://news.test/a>; rel="self"',
            (("hub", "https://hub.test/"), ("self", "https://news.test/a")),
        ),
        ('<b.xml>; rel="self"', (("self", "https://news.test/feeds/b.xml"),)),
        ("<//hub.test/x>;REL=HUB", (("hub", "https://hub.test/x"),)),
        (
            '<a>; rel="Self alternate"',
            (("self", "https://news.test/feeds/a"), ("alternate", "https://news.test/feeds/a")),
        ),
        ('<a,b;c>; title="x, <y>; rel=z"; rel=hub', (("hub", "https://news.test/feeds/a,b;c"),)),
        ("<a>; rel=hub; rel=self", (("hub", "https://news.test/feeds/a"),)),
        ("<a>; rel=hub; anchor='#x', <b>; rel=self", (("self", "https://news.test/feeds/b"),)),
        ("<a>; title=x", ()),
        ("<javascript:alert(1)>; rel=hub", ()),
        ("<http://[::1>; rel=hub, <b>; rel=self", (("self", "https://news.test/feeds/b"),)),
        ("<a; rel=hub", ()),
        ("hub.test; rel=hub", ()),
        ('<a>; rel="hub', ()),
    ],
)
def test_links_are_read(value: str, found: tuple[tuple[str, str], ...]) -> None:
    """Relation and absolute address of each link; quoted commas and semicolons are no borders."""
    assert links(value, BASE) == found


def test_links_are_bounded() -> None:
    """A header of thousands of links gives the first few."""
    assert len(links(", ".join(["<a>; rel=hub"] * 5000), BASE)) == MAX_LINKS


@settings(max_examples=100)
@given(st.text(alphabet="<>;,=\"\\ arelhub:/[]'-0", max_size=80), st.text(max_size=40))
def test_reading_is_total(odd: str, text: str) -> None:
    """Whatever a host sends, the answer is links and seconds."""
    assert all(address.lower().startswith(("http://", "https://")) for _, address in links(odd, BASE))
    fresh = fresh_for_s({"cache-control": odd, "age": text, "expires": text, "date": DATE})
    assert fresh is None or 0 <= fresh <= MAX_FRESH_S
