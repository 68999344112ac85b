"""deploy/feeds.opml: a start for a catalog that says of itself that nobody verified it."""

from pathlib import Path

import pytest
from lxml import etree

from dateline.feeds import catalog
from dateline.feeds.opml import NAMESPACE

BODY = (Path(__file__).parents[2] / "deploy" / "feeds.opml").read_bytes()
FEEDS = catalog.parse_opml(BODY)
OUTLINES = [one for one in etree.fromstring(BODY).iter("outline") if one.get("xmlUrl")]

#: Attributes of outlines in OPML 2.0, without a namespace.
OPML_2 = {"text", "title", "type", "xmlUrl", "htmlUrl", "language", "description", "version", "category"}


def test_it_holds_many_feeds_and_none_twice() -> None:
    """Every outline is a feed with an address of its own, in our spelling."""
    assert len(FEEDS) == len(OUTLINES) >= 150
    assert [one.get("xmlUrl") for one in OUTLINES] == [feed.url for feed in FEEDS]
    assert len({feed.url.partition("://")[2].rstrip("/") for feed in FEEDS}) == len(FEEDS)
    assert [feed.url for feed in FEEDS if not feed.title or not feed.language] == []


def test_it_speaks_many_languages() -> None:
    """At least twelve, the large ones of conflict regions among them."""
    languages = {feed.language for feed in FEEDS}
    assert len(languages) >= 12
    assert languages >= {
        "en", "ar", "fr", "es", "pt", "de", "tr", "ru", "uk", "fa", "sw", "hi", "ur", "id", "am", "zh",
    }  # fmt: skip


@pytest.mark.parametrize(
    "region", ["World", "Africa", "Americas", "Asia", "Europe", "Middle East", "Oceania"]
)
def test_every_continent_has_its_group(region: str) -> None:
    """Grouped by region; none is a single voice."""
    assert sum(feed.groups[0] == region for feed in FEEDS) >= 5
    assert {feed.groups[0] for feed in FEEDS} >= {region}


def test_every_outline_says_that_it_was_never_verified() -> None:
    """In a namespace of ours, as OPML 2.0 asks; the head says it in words; no secret can stand there."""
    assert [one.get("xmlUrl") for one in OUTLINES if one.get(f"{{{NAMESPACE}}}verified") != "never"] == []
    names = {str(name) for one in OUTLINES for name in one.attrib}
    assert {name for name in names if "}" not in name} <= OPML_2
    assert {name.partition("}")[0] for name in names if "}" in name} == {"{" + NAMESPACE}
    head = BODY[: BODY.index(b"<body>")]
    assert b"NONE WAS EVER FETCHED" in head


def test_it_survives_a_round_trip() -> None:
    """What we write of it reads back equal: groups, languages, countries, publishers."""
    assert catalog.parse_opml(catalog.write_opml(FEEDS, "again")) == FEEDS
