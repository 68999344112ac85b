"""Feeds: invariants over anything."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import BadFeed
from dateline.feeds import cadence, catalog, dates, formats
from dateline.feeds.plain import plain
from dateline.model import Feed, FeedRhythm, FeedWishes

NOW = datetime(2026, 1, 1, tzinfo=UTC)

MARKUP = st.sampled_from(
    (
        *(
            "<rss>",
            "<rss version='2.0'>",
            "<channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<link>",
            "</link>",
        ),
        *(
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry>",
            "</entry>",
            "<content type='xhtml'>",
            "<![CDATA[",
        ),
        *(
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE x [",
            "<!ENTITY a 'b'>",
            "]>",
            "&amp;",
            "&#0;",
            "&#xD800;",
            "&#x110000;",
        ),
        *(
            "http://[",
            "https://example.org/a",
            "javascript:x",
            "\x00",
            "\x1b",
            "é",
            "{",
            '"items"',
            ":",
            "[",
            "]",
            "}",
        ),
        *(
            '{"version":"https://jsonfeed.org/version/1","items":[',
            '{"id":1,"url":"/a"}',
            ",",
            "<media:x width='a'>",
        ),
        *(
            "<pubDate>",
            "03 Mar 2026",
            "<a ",
            "'",
            '"',
            ">",
            "<svg/onload=x>",
            "<guid>",
            "<georss:where>",
            "</gml:pos>",
        ),
    )
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.lists(MARKUP, max_size=25).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    st.lists(MARKUP, max_size=12).map(lambda parts: "".join(parts).encode("utf-16", "surrogatepass")),
)


@settings(max_examples=300, deadline=None)
@given(BODIES, st.sampled_from(("", "text/xml; charset=utf-7", "application/json; charset=shift_jis", "x")))
def test_reading_is_total_over_bytes(body, content_type):
    """Any bytes give a feed of plain text and http(s) addresses, or BadFeed."""
    try:
        feed = formats.parse(body, content_type, "https://example.org/feed")
    except BadFeed:
        return
    for entry in feed.entries:
        assert entry.guid
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        written = entry.guid + entry.url + entry.title + entry.summary + entry.html + entry.author
        written.encode("utf-8")  # raises for lone surrogates
        assert all(char.isprintable() or char in "\t\n\r" or ord(char) > 127 for char in written)
        for instant in (entry.published_at, entry.updated_at):
            assert instant is None or instant.utcoffset() == timedelta(0)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_reading_dates_is_total(text):
    """Any text gives an instant in UTC between 1990 and 2101, or None."""
    at = dates.read(text).at
    assert at is None or (1989 < at.year < 2102 and at.utcoffset() == timedelta(0))


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_written_dates_read_back(local, offset_min):
    """An instant written as ISO 8601 with any offset reads back to the second."""
    sign, size = ("-", -offset_min) if offset_min < 0 else ("+", offset_min)
    text = f"{local:%Y-%m-%dT%H:%M:%S}{sign}{size // 60:02d}:{size % 60:02d}"
    expected = (local.replace(microsecond=0) - timedelta(minutes=offset_min)).replace(tzinfo=UTC)
    assert dates.read(text) == dates.Reading(expected)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(("<b>", "<script>", "</script>", "<", ">", "&lt;", "&amp;", "x ", "<a ")), max_size=15
    )
)
def test_plain_text_holds_no_tag(parts):
    """However tags are nested, escaped or cut, none is left, and the text stays within its limit."""
    text = plain("".join(parts), 40)
    assert "<b>" not in text
    assert "<script>" not in text
    assert len(text) <= 40


@settings(max_examples=150, deadline=None)
@given(
    st.integers(cadence.MIN_INTERVAL_S, cadence.MAX_INTERVAL_S),
    st.integers(0, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    st.booleans(),
    st.tuples(st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 10**9))),
    st.floats(0, 1),
)
def test_every_poll_is_scheduled_within_bounds(interval_s, counts, failed, told, jitter):
    """Whatever a poll found, the next one lies between two minutes and twelve hours."""
    streak, ttl_s = told
    rhythm = FeedRhythm(interval_s=interval_s, next_poll_at=NOW, error_streak=streak)
    outcome = cadence.PollOutcome(
        entries=counts[0], novel=counts[1], failed=failed, wishes=FeedWishes(ttl_s=ttl_s)
    )
    after = cadence.next_poll(rhythm, outcome, NOW, jitter)
    wait_s = (after.next_poll_at - NOW).total_seconds()
    assert cadence.MIN_INTERVAL_S <= wait_s <= cadence.MAX_INTERVAL_S
    assert cadence.MIN_INTERVAL_S <= after.interval_s <= cadence.MAX_INTERVAL_S


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12).filter(
    lambda word: plain(word, 300) == word
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), WORDS, st.lists(WORDS, max_size=3)), unique_by=lambda row: row[0]
    )
)
def test_opml_reads_back_what_was_written(rows):
    """Addresses, titles and nested groups survive a round trip; only the shelves reorder the lines."""
    feeds = [
        Feed(id=catalog.feed_id(url), url=url, title=title, groups=tuple(groups))
        for number, title, groups in rows
        for url in (f"https://example.org/{number}",)
    ]
    read = catalog.parse_opml(catalog.write_opml(feeds, "all"))
    assert sorted(read, key=lambda feed: feed.url) == sorted(feeds, key=lambda feed: feed.url)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map("<opml>".__add__).map(str.encode)))
def test_reading_a_catalog_is_total(body):
    """Any bytes give feeds or BadFeed."""
    try:
        feeds = catalog.parse_catalog(body)
    except BadFeed:
        return
    assert all(feed.url.startswith(("http://", "https://")) for feed in feeds)
