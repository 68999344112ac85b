"""The promises of feeds.split and of reading only what is unknown."""

import time

import msgspec
import pytest

from dateline.errors import BadFeed
from dateline.feeds import formats, prescan, split, xmlfeed

BASE = "https://example.org/feed"


def rss(items: str, head: str = "<link>https://example.org/</link>", attributes: str = "") -> str:
    return f'<rss version="2.0"{attributes}><channel><title>T</title>{head}{items}</channel></rss>'


def item(title: str, more: str = "", attributes: str = "") -> str:
    return f"<item{attributes}><title>{title}</title>{more}</item>"


def parse(text: str, known=(), base: str = BASE):
    return formats.parse(text.encode(), "", base, frozenset(known))


def hashes(text: str, base: str = BASE) -> list[bytes]:
    return [one.hash for one in parse(text, base=base).items]


def test_only_unknown_items_are_parsed():
    """Known items keep their place and their hash, and have no entry."""
    first, second = hashes(rss(item("A") + item("B")))
    feed = parse(rss(item("C") + item("A") + item("B")), {first, second})
    assert [entry.title for entry in feed.entries] == ["C"]
    assert [one.entry for one in feed.items] == [0, None, None]
    assert [one.hash for one in feed.items[1:]] == [first, second]


def test_when_nothing_is_new_the_head_is_still_read(monkeypatch):
    """Title, site and wishes of a feed without new items are its own; no entry is made and no flaw is told."""
    text = rss(item("A") + item("B"), "<link>https://example.org/</link><ttl>90</ttl>")
    known = hashes(text)
    monkeypatch.setattr("dateline.feeds.items.entry", None)  # would raise when called
    feed = parse(text, known)
    assert (feed.title, feed.link, feed.wishes.ttl_s) == ("T", "https://example.org/", 5400)
    assert (feed.entries, feed.flaws) == ((), ())


@pytest.mark.parametrize(
    "changed",
    [
        rss(item("A"), "<link>https://example.org/</link><lastBuildDate>Tue, 03 Mar 2026</lastBuildDate>"),
        rss(item("A"), "<link>https://example.org/</link><pubDate>x</pubDate><ttl>5</ttl><generator>g</generator>"),
        rss(item("new") + item("A") + "<!-- <item> -->"),
        rss(item("A"), '<link rel="self" href="/f?page=2"/><link>https://example.org/</link>'),
    ],
)  # fmt: skip
def test_what_changes_no_entry_changes_no_hash(changed):
    """Build dates, links of the feed to itself and neighbours leave an item's hash as it was."""
    assert hashes(rss(item("A")))[0] in hashes(changed)


@pytest.mark.parametrize(
    "changed",
    [
        rss(item("A "))[:-1] + ">",
        rss(item("A"), "<link>https://other.example/</link>"),
        rss(item("A"), "<link>https://example.org/</link><language>fr</language>"),
        rss(item("A"), attributes=" xml:lang='fr'"),
        rss(item("A"), attributes=" xml:base='https://other.example/'"),
        rss(item("A"), attributes=" xmlns:dc='http://purl.org/dc/elements/1.1/'"),
    ],
)
def test_what_may_change_an_entry_changes_its_hash(changed):
    """The item as written, and language, links, bases and namespaces around it, all count."""
    assert hashes(changed)[0] != hashes(rss(item("A")))[0]


def test_of_the_address_that_answered_its_path_counts():
    """A session in the query parses nothing anew; another host or path may mean other links."""
    text = rss(item("A"), "")
    assert hashes(text, BASE + "?session=2#x") == hashes(text)
    assert hashes(text, "https://mirror.example/feed") != hashes(text)


UNSAFE = {
    "not well-formed": rss(item("A &nbsp; B") + item("C")),
    "undeclared prefix": rss(item("A", "<media:text>x</media:text>")),
    "cut off": rss(item("A") + item("B"))[:-40],
    "document type": '<!DOCTYPE rss [<!ENTITY eacute "&#233;">]>' + rss(item("caf&eacute;")),
    "nested": rss(item("A", item("B"))),
    "items in a description": rss("", "<description><item><title>A</title></item></description>"),
    "items in a list": rss("<list>" + item("A") + "</list>"),
    "items of another vocabulary": rss(
        "<x:item xmlns:x='urn:x'><x:title>A</x:title></x:item>" + item("B")
    ),
    "RDF of no version": "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" + item("A") + "</r:RDF>",
    "channel alone": "<channel>" + item("A") + "</channel>",
}  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE)
def test_what_cannot_be_split_safely_is_parsed_in_full(name):
    """Its items have no hash, and knowing anything changes nothing."""
    feed = parse(UNSAFE[name])
    assert {one.hash for one in feed.items} <= {b""}
    assert [one.entry for one in feed.items] == [*range(len(feed.entries))]
    assert parse(UNSAFE[name], {b"", b"8 bytes."}) == feed


def test_quoted_tags_are_no_items():
    """Comments, CDATA, processing instructions and attributes may speak of items."""
    odd = "<![CDATA[</item><item>]]><!-- </item> --><?x <item> ?>"
    text = rss(item("A", f"<description>{odd}</description>") + item("B", attributes=" x='a>b'") + "<item/>")
    made = split.cut(text)
    assert made is not None
    assert [one.count("<title>") for one in made.items] == [1, 1, 0]
    assert [entry.title for entry in parse(text).entries] == ["A", "B"]


@pytest.mark.parametrize(
    ("odd", "bare"),
    [
        ("<x:y xmlns:x='urn:1'/>", "<x:y xmlns:x='urn:2'>z</x:y>"),
        ("<description><div>A<p>b</p></div></description>", "<description><p>B</p></description>"),
        ("<content type='xhtml'><title>in</title></content>", "<link>b</link>"),
        ("<link xml:base='https://odd.example/' href='a'/>", "<link href='b'/>"),
        ("<media:x xmlns:media='urn:no'/>", "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>C</dc:creator>"),
    ],
)  # fmt: skip
def test_an_item_leaves_nothing_behind(odd, bare):
    """An item means the same behind an odd one as alone."""
    alone = parse(rss(item("B", bare, " xml:lang='es'"))).entries[0]
    behind = parse(
        rss(
            item("A", odd, " xml:base='https://else.example/' xml:lang='fr'")
            + item("B", bare, " xml:lang='es'")
        )
    )
    assert behind.items[1].hash
    assert behind.entries[1] == alone


def test_known_items_are_not_walked_over(monkeypatch):
    """The walk that bounds markup sees the head and the unknown items; what is never parsed needs no bound."""
    text = rss(item("A", "<x/>" * 500) + item("B"))
    known = hashes(text)[:1]
    seen: list[str] = []
    monkeypatch.setattr(prescan, "check", seen.append)
    parse(text, known)
    assert [("<x/>" in one, "<title>B" in one) for one in seen] == [(False, True)]


def test_limits_hold_for_unknown_items():
    """Depth, attributes and items are bounded before a parser sees them, in whole feeds and in pieces."""
    deep = item("A", "<a>" * 300 + "</a>" * 300)
    wide = item("A", "<a " + " ".join(f"a{n}='1'" for n in range(2000)) + "/>")
    for text in (rss(item("B") + deep), rss(wide), rss(item("A") * 6000)):
        with pytest.raises(BadFeed) as caught:
            parse(text)
        assert caught.value.reason == "parse_budget"


def test_a_feed_that_the_parser_stumbles_over_is_parsed_in_full(monkeypatch):
    """What cannot be told apart has no hash, so that the next poll looks again."""
    monkeypatch.setattr(xmlfeed.syndication, "read_strictly", lambda *_: None)
    feed = parse(rss(item("A") + item("B")))
    assert [(one.hash, one.entry) for one in feed.items] == [(b"", 0), (b"", 1)]


def test_items_of_json_are_skipped_likewise():
    """Known items of a JSON feed are listed and not read; a changed one is read."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "J"}
    rows = [{"id": str(number), "url": f"/{number}", "title": "x"} for number in range(3)]
    full = parse(msgspec.json.encode({**head, "items": rows}).decode())
    rows[1]["title"] = "y"
    part = parse(msgspec.json.encode({**head, "items": rows}).decode(), [one.hash for one in full.items])
    assert [(entry.guid, entry.title) for entry in part.entries] == [("1", "y")]
    assert [one.entry for one in part.items] == [None, 0, None]
    assert part.flaws == ()


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        rss("<a>" * 200_000 + "</a>" * 200_000),
        rss(item("A", "<a>" * 200_000 + "</a>" * 200_000)),
        rss(item("A", "<description><![CDATA[" + "]" * 3_000_000 + "]]></description>")),
        rss("<!--" + "- " * 1_000_000 + "-->"),
        rss("<item/><b/>" * 4_999),
        rss("<![CDATA[" * 300_000),
    ],
    ids=["depth", "depth in an item", "brackets", "dashes", "gaps", "unclosed"],
)
def test_judging_and_cutting_are_linear(text):
    """Megabytes of what patterns and parsers may trip over are read or refused in time."""
    try:
        parse(text)
    except BadFeed as error:
        assert error.reason == "parse_budget"  # noqa: PT017 - most are read


def test_a_feed_without_new_items_costs_a_fraction():
    """At 50 entries and 50 kB, none new, a thirteenth of a full parse was measured; a fifth is promised here."""
    more = f"<link>/a</link><description><![CDATA[<p>{'words of it ' * 70}</p>]]></description><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
    text = rss("".join(item(f"Title {number}", more + f"<guid>{number}</guid>") for number in range(50)))
    known = hashes(text)

    def cost_s(given):
        started = time.process_time()
        parse(text, given)
        return time.process_time() - started

    assert 5 * min(cost_s(known) for _ in range(9)) < min(cost_s(()) for _ in range(9))
