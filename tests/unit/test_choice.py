"""The promises of services.poller.choice: which text an entry gets."""

from datetime import timedelta

import make
import pytest

from dateline.errors import AddressRefused, BadPage, FetchFailed, Reason
from dateline.model import Entry, Fate, Page, ParsedFeed, TextSource
from services.poller import choice
from services.poller.choice import Refusal
from services.poller.fetch import Fetched

LONG = "Police said on Monday that " + "several people were hurt when two groups clashed. " * 6
SHORT = "Two groups clashed near the market on Monday, police said."
FEED = make.feed(publisher="The Post", country="NE", language="en")
PARSED = ParsedFeed(format="rss20", language="fr")

BLIP = FetchFailed("HTTP 503", Reason.HTTP_STATUS, status=503)
GONE = FetchFailed("HTTP 404", Reason.HTTP_STATUS, status=404)


def draft(**fields: object) -> Page:
    return choice.draft(FEED, PARSED, make.entry(1, **fields), make.NOW)


def fetched(
    body: bytes = b"<html><body><p>Text</p></body></html>", content_type: str = "text/html"
) -> Fetched:
    return Fetched(
        status=200, url_final="http://news.test/final", headers={}, body=body, content_type=content_type
    )


def test_a_draft_carries_what_the_feed_is_known_for() -> None:
    """Publisher and country come from the catalog, the language from the nearest that names one."""
    page = draft()
    assert (page.publisher, page.country, page.language) == ("The Post", "NE", "en")
    assert page.url == "http://news.test/story-1"
    assert choice.draft(make.feed(), PARSED, make.entry(1), make.NOW).language == "fr"


def test_tracking_does_not_make_another_article() -> None:
    """Two spellings of one address are one article."""
    assert draft(url="http://news.test/story-1?utm_source=rss#top").article_id == draft().article_id


def test_an_entry_without_link_is_known_by_its_guid() -> None:
    """Without an address, feed and guid make the article."""
    bare = draft(url="")
    assert bare.article_id == draft(url="", title="Changed").article_id
    assert bare.article_id != draft(url="", guid="other").article_id
    other = choice.draft(make.feed(2), PARSED, make.entry(1, url=""), make.NOW)
    assert bare.article_id != other.article_id


@pytest.mark.parametrize(("ahead", "kept"), [(-400, True), (0, True), (23, True), (25, False), (9000, False)])
def test_dates_of_the_far_future_are_unknown(ahead: int, kept: bool) -> None:
    """A date more than a day ahead is no date."""
    moment = make.NOW + timedelta(hours=ahead)
    page = draft(published_at=moment, updated_at=moment)
    assert (page.entry.published_at, page.entry.updated_at) == ((moment, moment) if kept else (None, None))


@pytest.mark.parametrize(
    ("fields", "preferred", "wanted"),
    [
        ({}, TextSource.PAGE, True),
        ({"summary": LONG}, TextSource.PAGE, True),
        ({"summary": LONG}, TextSource.FEED, False),
        ({"summary": SHORT}, TextSource.FEED, True),
        ({"url": "", "summary": LONG}, TextSource.PAGE, False),
        ({"url": "ftp://news.test/x"}, TextSource.PAGE, False),
    ],
)
def test_pages_are_fetched_unless_the_feed_stands_in(
    fields: dict[str, str], preferred: TextSource, wanted: bool
) -> None:
    """A feed set to its own text is taken at its word only when it carries one."""
    assert choice.wants_page(draft(**fields), preferred) is wanted


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<html><p>x</p></html>", "text/html; charset=utf-8"),
        (b"plain words", "TEXT/HTML"),
        (b"<!DOCTYPE html><html>", ""),
        (b"<div class='a'>x</div>", "application/octet-stream"),
        ("<html><body>x".encode("utf-16"), "text/plain"),
    ],
)
def test_html_is_known_by_name_or_by_look(body: bytes, content_type: str) -> None:
    """A page is HTML when it says so, or says nothing and looks so."""
    page = choice.with_page(draft(), fetched(body, content_type))
    assert (page.body, page.final_url, page.source) == (body, "http://news.test/final", TextSource.PAGE)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 <p>", "application/pdf"),
        (b"%PDF-1.7 <p>", "text/html"),
        (b"\x89PNG", "image/png"),
        (b"just words", "text/plain"),
        (b"", "text/html"),
        (b" \n\0 ", "text/html"),
        (b"<html>", "video/mp4"),
    ],
)
def test_other_bodies_are_no_pages(body: bytes, content_type: str) -> None:
    """PDF, images, empty bodies and plain text are named not_html."""
    with pytest.raises(BadPage) as caught:
        choice.with_page(draft(), fetched(body, content_type))
    assert caught.value.reason is Reason.NOT_HTML


@pytest.mark.parametrize(
    "error", [BLIP, GONE, AddressRefused("x"), BadPage("x"), FetchFailed("x", Reason.DEADLINE)]
)
@pytest.mark.parametrize("fields", [{"summary": LONG}, {"summary": "", "html": f"<p>{LONG}</p>"}])
def test_an_article_in_the_feed_stands_in_for_its_page(error: Exception, fields: dict[str, str]) -> None:
    """Whatever befell the page, 40 words of the feed are taken at once, and say why."""
    page = choice.without_page(draft(**fields), error, 1)
    assert isinstance(page, Page)
    assert (page.source, page.fetch_reason) == (TextSource.FEED, error.reason.value)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 500, 501])
def test_a_lasting_refusal_leaves_the_teaser(status: int) -> None:
    """One article's 403 costs its page, not its headline and teaser."""
    page = choice.without_page(draft(summary=SHORT), FetchFailed("x", Reason.HTTP_STATUS, status=status), 1)
    assert isinstance(page, Page)
    assert page.source is TextSource.FEED


@pytest.mark.parametrize(
    "error",
    [
        BLIP,
        FetchFailed("x", Reason.HTTP_STATUS, status=429),
        FetchFailed("x", Reason.HTTP_STATUS, status=502),
        FetchFailed("x", Reason.DEADLINE),
        FetchFailed("x", Reason.CONNECT),
        FetchFailed("x", Reason.TRUNCATED),
    ],
)
def test_a_passing_failure_is_tried_three_times(error: FetchFailed) -> None:
    """Two polls leave the entry unknown; the third goes on with what there is."""
    page = draft(summary=SHORT)
    assert choice.without_page(page, error, 1) is None
    assert choice.without_page(page, error, 2) is None
    assert isinstance(choice.without_page(page, error, 3), Page)


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (GONE, Fate.UNREADABLE),
        (BadPage("x"), Fate.UNREADABLE),
        (FetchFailed("x", Reason.TOO_LARGE), Fate.UNREADABLE),
        (AddressRefused("x"), Fate.REJECTED),
    ],
)
def test_without_words_the_entry_ends(error: Exception, fate: Fate) -> None:
    """Neither page nor teaser: unreadable, or rejected when the address itself was refused."""
    refusal = choice.without_page(draft(summary="", title="Live"), error, 1)
    assert isinstance(refusal, Refusal)
    assert (refusal.fate, refusal.reason, refusal.page.body) == (fate, error.reason, b"")


def test_neither_link_nor_text_is_rejected() -> None:
    """An empty entry ends by name; one with text and no link goes on."""
    empty = choice.without_page(draft(url="", summary=""), None, 1)
    assert isinstance(empty, Refusal)
    assert (empty.fate, empty.reason) == (Fate.REJECTED, Reason.NO_LINK_NO_TEXT)
    page = choice.without_page(draft(url="", summary="Three words here."), None, 1)
    assert isinstance(page, Page)
    assert (page.source, page.fetch_reason) == (TextSource.FEED, None)


def test_scripts_without_spaces_have_words_too() -> None:
    """Forty words of Chinese or Thai are an article, though no space divides them."""
    assert isinstance(choice.without_page(draft(summary="警察说星期一有人在冲突中受伤" * 7), BLIP, 1), Page)


def test_markup_is_not_counted() -> None:
    """Tags and attributes are no words."""
    html = '<a class="one two three four five six seven eight nine" href="/a/b/c/d">Live</a>' * 9
    assert choice.without_page(draft(summary="", html=html), BLIP, 1) is None


def test_an_entry_is_an_entry() -> None:
    """Drafting changes nothing of the entry but its dates."""
    entry: Entry = make.entry(3)
    assert choice.draft(FEED, PARSED, entry, make.NOW).entry == entry


GOOGLE = "https://news.google.com/rss/articles/CBMiabc?oc=5"


def test_an_aggregators_link_is_the_article_where_it_ends() -> None:
    """Followed to the publisher's page, the entry is that article: the same as if the feed had listed it."""
    page = choice.identified(draft(url=GOOGLE), "https://www.post.test/story?utm_source=rss")
    own = draft(url="https://www.post.test/story")
    assert (page.url, page.article_id) == (own.url, own.article_id)
    assert page.entry.guid == "guid-1"


@pytest.mark.parametrize(
    "end", [GOOGLE, "https://consent.google.com/m?continue=x", "https://www.post.test/", "https://bit.ly/x"]
)
def test_an_aggregators_link_that_ends_nowhere_is_named(end: str) -> None:
    """Unresolved: the aggregator's own page, a wall or a front page is no article."""
    with pytest.raises(BadPage) as caught:
        choice.identified(draft(url=GOOGLE), end)
    assert caught.value.reason is Reason.UNRESOLVED
    page = choice.without_page(draft(url=GOOGLE, summary=SHORT), caught.value, 1)
    assert isinstance(page, Page)
    assert (page.article_id, page.fetch_reason) == (draft(url=GOOGLE).article_id, "unresolved")


def test_a_publisher_that_refuses_its_page_is_the_articles_address_all_the_same() -> None:
    """The link led there before the answer was no; only the guard's own refusal names no address."""
    page = draft(url=GOOGLE, summary=SHORT)
    placed = choice.came_to(page, "https://www.post.test/story", GONE)
    assert placed.article_id == draft(url="https://www.post.test/story").article_id
    assert choice.came_to(page, GOOGLE, GONE) is page
    assert choice.came_to(page, "http://10.0.0.1/story", AddressRefused("internal")) is page


def test_a_publishers_link_keeps_its_identity_wherever_it_leads() -> None:
    """Only aggregators are known by where they end: hosts redirect their own pages for reasons of the day."""
    page = draft()
    assert choice.identified(page, "https://www.post.test/elsewhere") is page


@pytest.mark.parametrize(
    ("guid", "settled"),
    [
        ("http://news.test/story-1#2", "http://news.test/story-1"),
        ("http://news.test/story-1?utm_source=x", "http://news.test/story-1"),
        ("http://news.test/?p=17", "http://news.test/?p=17"),
        ("tag:news.test,2026:17#2", "tag:news.test,2026:17#2"),
    ],
)
def test_a_guid_that_counts_versions_is_the_address(guid: str, settled: str) -> None:
    """A publisher that writes address#1, then address#2, lists one article."""
    assert draft(guid=guid).entry.guid == settled


@pytest.mark.parametrize("error", [None, AddressRefused("x", Reason.ROBOTS), BadPage("x", Reason.UNRESOLVED)])
def test_a_revision_without_a_page_is_the_feeds_text_where_there_never_was_one(error: Exception) -> None:
    """Where the page was not asked for, or is refused to us by rule, the feed's text is revised."""
    page = choice.revised_without_page(draft(summary=SHORT), error, 1)
    assert isinstance(page, Page)
    assert page.source is TextSource.FEED


def test_a_page_that_was_had_is_not_given_up_for_a_teaser() -> None:
    """A revision waits for a page that fails for now, three polls; then the version stands."""
    page = draft(summary=LONG)
    assert choice.revised_without_page(page, BLIP, 1) is None
    assert choice.revised_without_page(page, BLIP, 2) is None
    assert isinstance(choice.revised_without_page(page, BLIP, 3), Refusal)
    assert isinstance(choice.revised_without_page(page, GONE, 1), Refusal)
