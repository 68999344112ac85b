"""The promises of feeds.wishes and of hubs and topics."""

import pytest

from dateline.feeds import formats, wishes
from dateline.model import FeedWishes

HOURS = "<skipHours>{}</skipHours>"


@pytest.mark.parametrize(
    ("head", "ttl_s"),
    [
        ("<ttl>15</ttl>", 900),
        ("<ttl> 60\n</ttl>", 3600),
        ("<ttl><![CDATA[30]]></ttl>", 1800),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999</ttl>", wishes.MAX_TTL_MIN * 60),
        ("<!-- <ttl>15</ttl> -->", None),
        ("<description><![CDATA[<ttl>15</ttl>]]></description>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        ("<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21600),
        ("<syn:updatePeriod>weekly</syn:updatePeriod><syn:updateFrequency>0</syn:updateFrequency>", 604800),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
        ("<ttl>15</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 900),
    ],
)
def test_how_long_to_wait_is_read(head, ttl_s):
    """Minutes of ttl, else the syndication module's period by its frequency; what is no number is no wish."""
    assert wishes.read(head).ttl_s == ttl_s


@pytest.mark.parametrize(
    ("hours", "read"),
    [
        ("<hour>3</hour><hour>24</hour><hour>0</hour>", (0, 3)),
        ("<hour>25</hour><hour>x</hour><hour>-1</hour><hour> 7 </hour>", (7,)),
        ("<HOUR>1</HOUR>", (1,)),
        ("", ()),
        ("<hour>1", ()),
    ],
)
def test_hours_to_skip_are_read(hours, read):
    """0 to 23 in order, each once; 24 is midnight, others are none."""
    assert wishes.read(HOURS.format(hours)).skip_hours == read


def test_days_to_skip_are_read():
    """English names in any case; Monday is 0."""
    head = "<skipDays><day>Sunday</day><day>MONDAY</day><day>monday</day><day>Lundi</day></skipDays>"
    assert wishes.read(head).skip_days == (0, 6)


def test_wishes_stand_in_the_head_only():
    """An item that quotes a ttl wishes nothing; what stands behind the items is head too."""
    text = (
        "<rss version='2.0'><channel><item><title>A</title><ttl>1</ttl></item>"
        "<item><title>B</title></item><skipHours><hour>5</hour></skipHours></channel></rss>"
    )
    for body in (text, text.replace("<title>A", "<title>&nbsp;A")):
        assert formats.parse(body.encode(), "", "https://a.test/").wishes == FeedWishes(skip_hours=(5,))


def test_reading_wishes_is_linear():
    """Megabytes of openings that never close cost no more than their length allows."""
    for opening in ("<!--", "<![CDATA[", "<skipHours>", "<ttl>", "<skipHours><hour>"):
        text = "<rss>" + opening * 200_000
        assert wishes.read(wishes.around_items(text)) == FeedWishes()


RSS_HEAD = """<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>
<a:link rel='hub' href='https://hub.example/'/><a:link rel='self' href='https://a.test/f.rss'/>
<item><title>x</title><a:link rel='hub' href='https://no.example/'/></item></channel></rss>"""
ATOM_HEAD = """<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='/hub'/><link rel='HUB self' href='/h2'/>
<link rel='hub' href='javascript:x'/><link rel='hub' href='/hub'/><link rel='self' href='f.atom'/></feed>"""


@pytest.mark.parametrize(
    ("body", "hubs", "topic"),
    [
        (RSS_HEAD, ("https://hub.example/",), "https://a.test/f.rss"),
        (ATOM_HEAD, ("https://a.test/hub", "https://a.test/h2"), "https://a.test/h2"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", (), ""),
    ],
)
def test_hubs_and_topic_are_read_from_the_head(body, hubs, topic):
    """Absolute http(s) addresses, each once, of the feed and not of its items."""
    feed = formats.parse(body.encode(), "", "https://a.test/feed")
    assert (feed.hubs, feed.topic) == (hubs, topic)
