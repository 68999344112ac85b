"""The promises of feeds.formats and the parsers behind it."""

import pytest

from dateline.errors import BadFeed
from dateline.feeds import charset, entries, formats, prescan, xmlfeed

BASE = "https://example.org/feed"
LONG = "Words that tell of it at length. " * 30


def rss(items: str, head: str = "<link>https://example.org/</link>", attributes: str = "") -> bytes:
    return f'<rss version="2.0"{attributes}><channel><title>T</title>{head}{items}</channel></rss>'.encode()


def item(**fields: str) -> str:
    return (
        "<item>"
        + "".join(f"<{name}>{value}</{name.split()[0]}>" for name, value in fields.items())
        + "</item>"
    )


def only(body: bytes, content_type: str = ""):
    (entry,) = formats.parse(body, content_type, BASE).entries
    return entry


def attributes(count: int, quote: str = '"') -> str:
    return " ".join(f"a{number}={quote}x{quote}" for number in range(count))


HOSTILE = {
    "nothing": (b"", "empty_feed"),
    "white space": (b" \r\n\t", "empty_feed"),
    "NULs": (b"\0" * 50, "empty_feed"),
    "byte order mark alone": (b"\xef\xbb\xbf", "empty_feed"),
    "HTML page": (b"<!DOCTYPE html><html><body><p>Log in</p></body></html>", "not_a_feed"),
    "XHTML page": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', "not_a_feed"),
    "HTML page that quotes a feed": (b"<html><body><pre><rss><item></pre></html>", "not_a_feed"),
    "words": (b"Service temporarily unavailable", "not_a_feed"),
    "PDF": (b"%PDF-1.7 \xe2\xe3\xcf\xd3 1 0 obj << /Type /Catalog >>", "not_a_feed"),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "not_a_feed"),
    "other XML": (b"<?xml version='1.0'?><svg><g/></svg>", "not_a_feed"),
    "OPML": (b"<opml version='2.0'><body/></opml>", "not_a_feed"),
    "6,000 sitemap addresses": (
        b"<urlset>" + b"<url><loc>/a</loc></url>" * 6000 + b"</urlset>",
        "parse_budget",
    ),
    "broken JSON": (b'{"version": "https://jsonfeed.org/version/1", "items": [', "not_a_feed"),
    "JSON without items": (b'{"error": "not found"}', "not_a_feed"),
    "JSON list": (b"[1, 2]", "not_a_feed"),
    "billion laughs": (
        b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
        "doctype_rejected",
    ),
    "quadratic entity": (
        b'<!DOCTYPE l [<!ENTITY a "'
        + b"x" * 50_000
        + b'">]><rss><channel><title>&a;&a;</title></channel></rss>',
        "doctype_rejected",
    ),
    "external entity": (
        b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
        "doctype_rejected",
    ),
    "external entity in UTF-16": (
        '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>'.encode("utf-16"),
        "doctype_rejected",
    ),
    "parameter entity": (b'<!DOCTYPE l [<!ENTITY % a "x">%a;]><rss><channel/></rss>', "doctype_rejected"),
    "unclosed declaration": (b"<!DOCTYPE l [<!ENTITY <rss/>", "doctype_rejected"),
    "100,000 attributes": (f"<rss {attributes(100_000)}><channel/></rss>".encode(), "parse_budget"),
    "attributes without quotes": (f"<rss {attributes(50_000, '')}><channel/></rss>".encode(), "parse_budget"),
    "attributes behind a bracket": (
        f'<rss x=">" {attributes(50_000)}><channel/></rss>'.encode(),
        "parse_budget",
    ),
    "attributes in UTF-16": (f"<rss {attributes(50_000)}><channel/></rss>".encode("utf-16"), "parse_budget"),
    "attributes over many elements": (rss(f"<i {attributes(400)}/>" * 300), "parse_budget"),
    "500,000 end tags": (b"<rss>" + b"</a>" * 500_000, "parse_budget"),
    "100,000 levels": (b"<rss><channel>" + b"<a>" * 100_000, "parse_budget"),
    "6,000 items": (rss("<item><title>x</title></item>" * 6000), "parse_budget"),
    "5 million brackets": (b"<rss>" + b"<" * 5_000_000, "parse_budget"),
    "5 million ampersands": (b"<rss>" + b"&" * 5_000_000, "parse_budget"),
    "6,000 JSON items": (b'{"items": [' + b"{}," * 6000 + b"{}]}", "parse_budget"),
    "deep JSON": (b'{"items": ' + b"[" * 200_000, "parse_budget"),
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused_with_their_reason(name):
    """Each is refused before it can cost much, under the reason that is counted."""
    body, reason = HOSTILE[name]
    with pytest.raises(BadFeed) as caught:
        formats.parse(body, "application/rss+xml", BASE)
    assert caught.value.reason == reason


def test_a_feed_without_items_is_a_feed():
    """A quiet feed is no error; that it is empty is told."""
    feed = formats.parse(rss(""), "", BASE)
    assert (feed.entries, feed.flaws) == ((), (entries.NO_ENTRIES,))


def test_a_sitemap_with_undeclared_prefixes_is_read():
    """Publishers forget the namespace of the news extension."""
    row = "<url><loc>/a</loc><news:news><news:title>A &amp; B</news:title></news:news></url>"
    feed = formats.parse(f"<urlset>{row}<url/></urlset>".encode(), "", BASE)
    assert [(entry.url, entry.title) for entry in feed.entries] == [("https://example.org/a", "A & B")]


def test_the_content_type_does_not_decide():
    """JSON as XML and XML as HTML are read for what they are."""
    assert (
        formats.parse(b'{"version":"https://jsonfeed.org/version/1","items":[]}', "text/xml", BASE).format
        == "json1"
    )
    assert formats.parse(rss(""), "text/html", BASE).format == "rss20"


def test_a_document_type_of_characters_is_let_through():
    """RSS 0.91's own document type and names of single characters harm nobody."""
    declared = b'<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY eacute "&#xE9;">]>'
    assert only(declared + rss(item(title="caf&eacute;", guid="1"))).title == "café"


def test_text_before_the_feed_is_cut():
    """A template's warning in front does not cost the feed."""
    feed = formats.parse(b"Notice: undefined <br/>\n" + rss(item(title="A", guid="1")), "", BASE)
    assert feed.entries[0].title == "A"
    assert formats.LEADING_TEXT in feed.flaws


def test_a_truncated_feed_gives_what_came_and_is_not_whole():
    """Whole items before the cut are read; is_whole lets the poller keep no validators."""
    whole = rss(item(title="A", guid="1") + item(title="B", guid="2"))
    cut = whole[:-30]
    feed = formats.parse(cut, "", BASE)
    assert feed.entries[0].title == "A"
    assert xmlfeed.NOT_WELL_FORMED in feed.flaws
    assert formats.is_whole(whole)
    assert formats.is_whole(whole + b"\n<!-- served by 3 -->\n")
    assert formats.is_whole(whole.decode().encode("utf-16"))
    assert not formats.is_whole(cut)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("a\0b", "ab"),
        ("a&#0;b", "ab"),
        ("a&#xD800;b", "ab"),
        ("a&#99999999999;b", "ab"),
        ("&lt;svg/onload=alert(1)&gt;News", "News"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; news", "Bold news"),
        ("<![CDATA[<b>T</b>hings &amp; more]]>", "Things & more"),
        ("2 &lt; 3 and 4 &gt; 1", "2 < 3 and 4 > 1"),
        ("one<![CDATA[<br>]]>two", "one two"),
        ("  spread \n over\tlines ", "spread over lines"),
        ("cut off &lt;a href=", "cut off"),
        ("AT&amp;T", "AT&T"),
    ],
)
def test_titles_are_plain_text(title, text):
    """No tags, entities, controls or surrogates, on one line."""
    assert only(rss(item(title=title, guid="1"))).title == text


def test_a_refused_link_is_told():
    """The flaw names it, the neighbours go on."""
    feed = formats.parse(rss(item(title="A", link="javascript:x") + item(title="B", link="/b")), "", BASE)
    assert entries.BAD_LINK in feed.flaws
    assert [entry.title for entry in feed.entries] == ["A", "B"]


def test_the_longest_text_is_the_body_and_a_teaser_is_none():
    """content:encoded wins over a teaser; a long description is a body; a short one only a summary."""
    names = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    both = only(rss(item(title="A", description="Short.", **{"content:encoded": LONG}), attributes=names))
    assert (both.summary, both.html.strip()) == ("Short.", LONG.strip())
    assert only(rss(item(title="A", description=LONG))).html.strip() == LONG.strip()
    assert only(rss(item(title="A", description="Short."))).html == ""


def test_an_entry_without_a_guid_has_one():
    """The link stands in, then a hash of the words that is the same at the next poll."""
    assert only(rss(item(title="A", link="/a"))).guid == "https://example.org/a"
    bare = rss(item(title="A"))
    assert only(bare).guid == only(bare).guid != only(rss(item(title="B"))).guid


def test_an_entry_with_nothing_in_it_is_left_out_and_told():
    """Neither address nor text: nothing to fetch and nothing to read."""
    feed = formats.parse(rss("<item><category>x</category></item>"), "", BASE)
    assert (feed.entries, entries.NO_LINK_NO_TEXT in feed.flaws) == ((), True)


def test_a_missing_date_is_unknown():
    """Neither a missing nor a broken date becomes a moment."""
    for fields in ({}, {"pubDate": "soon"}):
        entry = only(rss(item(title="A", **fields)))
        assert (entry.published_at, entry.updated_at) == (None, None)


def test_broken_extensions_do_not_cost_the_entries():
    """A half-written extension that feedparser stumbles over is dropped alone."""
    broken = "<item><title>A</title><guid>1</guid></item><image><width></width></image><item><title>B</title></item>"
    assert [entry.title for entry in formats.parse(rss(broken), "", BASE).entries] == ["A", "B"]
    stray = item(title="A", link="/a") + "</category>" + item(title="B", link="/b")
    assert [entry.title for entry in formats.parse(rss(stray), "", BASE).entries] == ["A", "B"]


def test_elements_named_like_the_parsers_fields_are_harmless():
    """A feed may call its own elements links or author_detail; titles and neighbours stand."""
    names = ("links", "title_detail", "summary_detail", "author_detail")
    odd = item(title="A", link="/a", **dict.fromkeys(names, "x"))
    feed = formats.parse(rss("<links>x</links>" + odd + item(title="B", link="/b")), "", BASE)
    assert [entry.title for entry in feed.entries] == ["A", "B"]
    assert feed.entries[1].url == "https://example.org/b"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-32", "utf-32", ""),
        ("cp1252", "utf-8", ""),
        ("cp1252", "windows-1252", "text/xml"),
        ("utf-8", "unicode_escape", "text/xml; charset=unicode_escape"),
        ("utf-8", "utf-7", "text/xml; charset=utf-7"),
        ("utf-8", "nonsense", "text/xml; charset=\x00"),
    ],
)
def test_encodings_are_found_from_the_bytes(encoding, declared, content_type):
    """What is valid UTF-8 is UTF-8 whatever was declared; marks win; codecs that are no charset are refused."""
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        + rss(item(title="Żółć" if "utf" in encoding else "é’")).decode()
    )
    title = only(text.encode(encoding), content_type).title
    assert title == ("Żółć" if "utf" in encoding else "é’")


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("shift_jis", "日本"), ("gb18030", "中文"), ("koi8-r", "Новости"), ("iso2022_jp", "日本")],
)
def test_declared_encodings_of_the_list_are_used(encoding, word):
    """What is not UTF-8 is read as declared, by the header or the document."""
    body = rss(item(title=word)).decode().encode(encoding)
    assert only(body, f"text/xml; charset={encoding}").title == word
    assert only(f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + body).title == word


def test_a_refused_encoding_is_told():
    """The counted flaw says what the server asked for was not done."""
    assert charset.REFUSED_ENCODING in formats.parse(rss(""), "text/xml; charset=unicode_escape", BASE).flaws


def test_an_escaped_article_of_many_tags_is_within_the_budget():
    """Attributes in escaped markup and CDATA are text, not attributes of the feed."""
    links = "".join(f'<a href="https://example.org/{n}" class="c">x</a>' for n in range(3000))
    assert only(rss(item(title="A", description=f"<![CDATA[{links}]]>"))).html.count("<a") == 3000
    escaped = links.replace("<", "&lt;").replace(">", "&gt;")
    assert only(rss(item(title="A", description=escaped))).html.count("<a") == 3000


def test_unclosed_breaks_do_not_add_up_to_depth():
    """Naked HTML breaks in many items are not taken for nesting."""
    prescan.check(rss(item(title="A", description="a<br>b<p>c<br>d" * 20) * 30).decode())
