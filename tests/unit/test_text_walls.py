"""The promises of walls.py."""

import pytest

from dateline.text import html, walls
from dateline.text.walls import Wall

SHORT = "Two bridges were closed on Monday."
LONG = " ".join(["The river rose by two metres in the night and fell again by noon."] * 20)


def _tree(body: str):
    return html.parse(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize("value", [False, "False", "false", "http://schema.org/False"])
def test_a_page_may_say_that_it_is_not_free(value):
    """Booleans, strings and schema.org's addresses are understood."""
    records = [{"@type": "NewsArticle", "isAccessibleForFree": value}]
    assert walls.claimed(_tree(""), records, {}) is Wall.PAYWALL


@pytest.mark.parametrize("value", [True, "True", "true", None, 1, {}])
def test_a_free_page_claims_nothing(value):
    """What is free, or says nothing that is understood, has no wall."""
    assert walls.claimed(_tree(""), [{"@type": "NewsArticle", "isAccessibleForFree": value}], {}) is None


@pytest.mark.parametrize("selector", [".paid", ["p.intro", ".paid"], "p.intro, .paid"])
def test_a_paid_part_that_is_shown_is_no_wall(selector):
    """A page that shows the part it names as paid is open; one whose part is a fence is not."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": selector}
    records = [{"@type": "NewsArticle", "isAccessibleForFree": "False", "hasPart": part}, part]
    assert walls.claimed(_tree(f'<div class="story paid">{LONG}</div>'), records, {}) is None
    assert walls.claimed(_tree(f'<div class="paid">{SHORT}</div>'), records, {}) is Wall.PAYWALL


def test_tiers_and_marks_of_the_body_claim():
    """The content tier and the body's own class tell of a wall; a metered page of none."""
    assert walls.claimed(_tree(""), [], {"article:content_tier": "locked"}) is Wall.PAYWALL
    assert walls.claimed(_tree(""), [], {"article:content_tier": "metered"}) is None
    locked = html.parse('<html><body class="single has-paywall">x</body></html>')
    assert walls.claimed(locked, [], {}) is Wall.PAYWALL


def test_a_claim_needs_a_short_text():
    """A long text is the article, whatever the page says of itself."""
    assert walls.wall(Wall.PAYWALL, SHORT) is Wall.PAYWALL
    assert walls.wall(Wall.PAYWALL, LONG) is None


def test_the_feed_shows_what_is_missing():
    """A page with less than half of the feed's own words is a teaser; a feed's summary shows nothing."""
    assert walls.wall(None, SHORT, feed_words=300) is Wall.TEASER
    assert walls.wall(None, LONG, feed_words=900) is Wall.TEASER
    assert walls.wall(None, LONG, feed_words=300) is None
    assert walls.wall(None, SHORT, feed_words=30) is None


def test_what_cleaning_took_from_behind_the_text_counts():
    """The wall's words are furniture, so they are looked for among the removed lines too."""
    assert walls.wall(None, SHORT, behind=["Already a subscriber? Log in"]) is Wall.PAYWALL
    assert walls.wall(None, LONG, behind=["Already a subscriber? Log in"]) is None
