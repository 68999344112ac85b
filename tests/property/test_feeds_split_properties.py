"""Splitting a feed: whatever stands in its items, skipping some changes nothing about the others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import BadFeed
from dateline.feeds import formats, memory, split
from dateline.model import ParsedFeed

BASE = "https://example.org/feed?session=1"

# Each is well-formed by itself; together they put feedparser out of step in every way that was found.
PARTS = (
    *("<title>One &amp; two</title>", "<title type='xhtml'><div>One<title>in</title></div></title>"),
    *("<link>/a</link>", "<link href='b'/>", "<link/>", "<link>https://example.org/c?x=1&amp;y=2</link>"),
    *("<guid>7</guid>", "<guid isPermaLink='false'>/g</guid>", "<id>urn:x</id>", "<dc:identifier>9</dc:identifier>"),
    *("<description>Plain</description>", "<description><div>A <p>b</p></div></description>"),
    *("<description><![CDATA[</item><item><b>Text</b>]]></description>", "<!-- <item> </entry> -->", "<?x <item> ?>"),
    *("<summary type='html'>&lt;b&gt;S&lt;/b&gt;</summary>", "<content src='x'/>", "<body><p>B</p></body>"),
    *("<content type='xhtml' xml:base='/deep/'><div xmlns='http://www.w3.org/1999/xhtml'><title>T</title><a/></div></content>",),
    *("<content type='xhtml' xml:lang='fr'><svg><title>s</title></svg></content>", "<content:encoded>&lt;p&gt;Long&lt;/p&gt;</content:encoded>"),
    *("<media:description>Photo</media:description>", "<media:title>Pic</media:title>", "<media:content url='http://i.example/i.jpg'/>"),
    *("<image><title>i</title><link>/i</link><description>d</description><content:encoded>c</content:encoded></image>",),
    *("<textinput><name>n</name></textinput>", "<source url='/s'>S</source>", "<source><title>T</title><id>s</id></source>"),
    *("<author><name>A</name><email>a@b.example</email></author>", "<dc:creator>C</dc:creator>", "<author>x@y.example (Z)</author>"),
    *("<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>", "<dc:date>2026-03-03</dc:date>", "<updated>2026-03-03T10:00:00Z</updated>"),
    *("<language>it</language>", "<dc:language>es</dc:language>", "<category term='c'/>", "<category>k</category>", "<tags>a,b</tags>"),
    *("<x:odd xmlns:x='urn:one' x:a='1'>o</x:odd>", "<x:odd xmlns:x='urn:two'/>", "<x:title xmlns:x='http://www.w3.org/2005/Atom'>X</x:title>"),
    *("<media:text xmlns:media='urn:three'>m</media:text>", "<title xmlns='http://search.yahoo.com/mrss/'>M</title>", "<q:creator xmlns:q='http://purl.org/dc/elements/1.1/'>Q</q:creator>"),
    *("<georss:point>1 2</georss:point>", "<georss:where><gml:Point><gml:pos>1 2</gml:pos></gml:Point></georss:where>", "<itunes:owner><itunes:name>O</itunes:name></itunes:owner>"),
    *("<contributor><name>K</name></contributor>", "<itunes:link href='/i'/>", "<fullitem>F</fullitem>", "<abstract>A<br/></abstract>", "&#8217;", "&#xE9;"),
)  # fmt: skip
SPACES = (
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:media='http://search.yahoo.com/mrss/' xmlns:georss='http://www.georss.org/georss'"
    " xmlns:gml='http://www.opengis.net/gml' xmlns:itunes='http://www.itunes.com/DTDs/PodCast-1.0.dtd'"
)
ROOTS = (
    ("<rss version='2.0'{}><channel>", "</channel></rss>", "item"),
    ("<feed xmlns='http://www.w3.org/2005/Atom'{}>", "</feed>", "entry"),
    (
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'{}>",
        "</rdf:RDF>",
        "item",
    ),
    ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'{}>", "</a:feed>", "a:entry"),
)
HEADS = (
    "",
    "<title>Feed</title><link>https://site.example/</link><language>de</language>",
    "<image><url>u</url><title>t</title></image><link rel='self' href='/self'/>",
    "<title type='xhtml'><div><title>x</title></div></title>",
)
ATTRIBUTES = ("", " xml:base='https://other.example/'", " xml:lang='pt'", " xmlns:dc='urn:four'", " x='>'")


@st.composite
def feeds(draw):
    """A feed in text, of up to six items made of odd parts."""
    opening, closing, name = draw(st.sampled_from(ROOTS))
    items = draw(
        st.lists(
            st.tuples(st.sampled_from(ATTRIBUTES), st.lists(st.sampled_from(PARTS), max_size=6)), max_size=6
        )
    )
    gap = draw(st.sampled_from(("", "\n  ", "<!-- <item/> -->", "<generator>g</generator>")))
    attributes = draw(st.sampled_from(("", " xml:base='https://based.example/x/'", " xml:lang='nl'")))
    made = gap.join(f"<{name}{given}>{''.join(parts)}</{name}>" for given, parts in items)
    return opening.format(SPACES + attributes) + draw(st.sampled_from(HEADS)) + made + closing


def read(text: str, known: frozenset[bytes] = frozenset()) -> ParsedFeed | None:
    try:
        return formats.parse(text.encode(), "", BASE, known)
    except BadFeed:
        return None


@settings(max_examples=250, deadline=None)
@given(feeds(), st.data())
def test_entries_do_not_depend_on_which_items_are_known(text, data):
    """The entries of unknown items are those of a full parse, and every item is listed either way."""
    full = read(text)
    if full is None or not all(item.hash for item in full.items):
        return
    known = frozenset(data.draw(st.sets(st.sampled_from([item.hash for item in full.items] or [b""]))))
    part = read(text, known)
    assert part is not None
    assert [item.hash for item in part.items] == [item.hash for item in full.items]
    wanted = [
        full.entries[item.entry] for item in full.items if item.entry is not None and item.hash not in known
    ]
    assert list(part.entries) == wanted
    assert [item.entry for item in part.items if item.entry is not None] == [*range(len(wanted))]


@settings(max_examples=150, deadline=None)
@given(feeds())
def test_pieces_are_the_text_as_written(text):
    """Head and items in their places are the text, and feeds of this kind are split."""
    made = split.cut(text)
    assert made is not None
    woven = [piece for pair in zip(made.gaps, (*made.items, ""), strict=True) for piece in pair]
    assert "".join(woven) == text
    assert made.head == "".join(made.gaps)


@settings(max_examples=100, deadline=None)
@given(
    feeds(),
    st.integers(0, 400),
    st.sampled_from(("<item>", "</item>", "<entry/>", "&nbsp;", "<", "]]>", "<!DOCTYPE x>")),
)
def test_a_text_that_is_not_safe_is_parsed_in_full(text, at, stray):
    """A stray tag anywhere gives entries without hashes, entries that are no item's, or a feed that is still split right."""
    broken = text[:at] + stray + text[at:]
    full = read(broken)
    if full is None:
        return
    hashes = [item.hash for item in full.items]
    assert all(hashes) or not any(hashes)
    if not any(hashes):
        assert [item.entry for item in full.items] == [*range(len(full.entries))]
        again = read(broken, frozenset((b"", b"12345678")))
        assert again == full


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(*(st.binary(min_size=8, max_size=8),) * 3).map(lambda row: memory.Row(*row)), max_size=30
    )
)
def test_rows_read_back(rows):
    """What was remembered of a feed's items is read back, 24 bytes a row."""
    blob = memory.encode(rows)
    assert len(blob) == memory.ROW_BYTES * len(rows)
    assert memory.decode(blob) == tuple(rows)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100))
def test_remembering_is_total(blob):
    """Any bytes give whole rows or none."""
    assert memory.encode(memory.decode(blob)) in (blob, b"")
