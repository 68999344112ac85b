"""Catalog files come from people and programs: whatever stands in them, the answer is a catalog or a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import Misconfigured
from dateline.feeds import catalog, overrides
from dateline.model import Feed, TextSource

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
PIECES = st.sampled_from(
    (
        "[[feed]]\n", "[[host]]\n", "[feed]\n", 'url = "https://a.example/"\n', 'url = ""\n', 'host = "b.example"\n',
        'country = "KE"\n', "country = 3\n", "interval_s = -1\n", "groups = ['x', 3]\n", "delay_s = nan\n",
        'headers = { A = "secret:a" }\n', 'headers = { A = "b" }\n', "headers = 3\n", 'text = "feed"\n', "at_once = 1\n",
        "<opml>", "<outline xmlUrl='https://a.example/'/>", "</opml>", "https://c.example/\n", "# x\n", "\0", "\ufeff",
    )
)  # fmt: skip
FILES = st.lists(PIECES, max_size=8).map("".join).map(str.encode) | st.binary(max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("a.toml", "b.opml", "c.txt")), FILES), max_size=3))
def test_reading_files_is_total(files: list[tuple[str, bytes]]) -> None:
    """Any bytes give feeds with good addresses, each once, or Misconfigured that names a file."""
    try:
        listing = catalog.combine(files)
    except Misconfigured as error:
        refused = str(error)
    else:
        refused = ""
    assert not refused or any(name in refused for name, _ in files)
    if refused:
        return
    assert all(feed.url == catalog.address(feed.url) and feed.id for feed in listing.feeds)
    assert len({feed.id for feed in listing.feeds}) == len(listing.feeds)
    assert all(rule.delay_s is None or 0 <= rule.delay_s <= 86_400 for _, rule in listing.hosts)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            WORDS, WORDS, st.sampled_from((None, "KE", "FR")), st.sampled_from(tuple(TextSource)),
            st.none() | st.integers(1, 604_800),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_our_own_attributes_survive_opml(
    rows: list[tuple[str, str, str | None, TextSource, int | None]],
) -> None:
    """parse_opml(write_opml(feeds)) == feeds, for what OPML has no place for too."""
    feeds = tuple(
        Feed(
            id=catalog.feed_id(url), url=url, title=" ".join(f"t {title}".split()), publisher=" ".join(f"p {house}".split()),
            country=country, text=text, interval_s=interval_s,
        )
        for number, (title, house, country, text, interval_s) in enumerate(rows)
        for url in (f"https://example.org/{number}",)
        if not set("<>&") & set(title + house)
    )  # fmt: skip
    assert catalog.parse_opml(catalog.write_opml(feeds, "all")) == feeds


@pytest.mark.parametrize(
    "value", ["Bearer hush", "secret", "Secret:hush", "secret:hush/../x", " secret:hush"]
)
def test_no_value_of_a_header_is_ever_repeated(value: str) -> None:
    """Whatever stands there, the error names the header only."""
    row = f'[[feed]]\nurl = "https://a.example/"\nheaders = {{ Authorization = "{value}" }}\n'
    with pytest.raises(Misconfigured) as caught:
        overrides.read(row.encode())
    assert "hush" not in str(caught.value)
