"""What reading tells of an article besides its text: section, image, dateline, and that it is cut."""

import make
import pytest

from dateline.model import TextSource
from dateline.text import extract

PARAGRAPHS = (
    "GAZA CITY (AP) — Armed men attacked two villages in the north of the province on Sunday night, officials said.",
    "The governor said that the army had sent soldiers to the area and that the search was going on.",
    "Nine people were killed and twenty wounded, the hospital of the district said in a statement on Monday.",
)
STORY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
LOCKED = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'


def shell(body: str, head: str = "") -> bytes:
    return f"<html lang=en><head><title>Raids grow along the border</title>{head}</head><body>{body}</body></html>".encode()


def test_section_and_image_are_the_pages() -> None:
    """The section and the lead image stand in the article."""
    head = '<meta property="article:section" content="World"><meta property="og:image" content="/a.jpg">'
    read = extract.read_html(shell(STORY, head), url="https://news.test/raids")
    assert (read.section, read.image_url) == ("World", "https://news.test/a.jpg")


def test_the_dateline_is_read_and_stays() -> None:
    """Place and agency are told, and the text still begins with them."""
    read = extract.read_html(shell(STORY), url="")
    assert read.dateline == "GAZA CITY (AP)"
    assert read.text.startswith("GAZA CITY (AP) — Armed")


def test_a_text_without_dateline_has_none() -> None:
    """Ordinary prose gives no place."""
    assert extract.read_html(shell(f"<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"), url="").dateline == ""


def test_a_short_text_behind_a_wall_is_marked() -> None:
    """A page that says that it is not for everybody, and shows little, is a teaser with its text kept."""
    read = extract.read_html(shell(STORY, LOCKED), url="")
    assert read.teaser == "paywall"
    assert PARAGRAPHS[2] in read.text


def test_a_whole_article_behind_a_wall_is_an_article() -> None:
    """What is there in full is no teaser, whatever the page claims."""
    whole = "".join(
        f"<p>It was raid number {number} of the month. {PARAGRAPHS[1]}</p>" for number in range(9)
    )
    assert extract.read_html(shell(whole, LOCKED), url="").teaser is None


@pytest.mark.parametrize("end", ["…", "..."])
def test_a_short_text_that_breaks_off_is_marked(end: str) -> None:
    """An ellipsis at the end of a short text tells that there is more."""
    cut = f"{STORY}<p>The army said that its soldiers had{end}</p>"
    assert extract.read_html(shell(cut), url="").teaser == "teaser"


def test_a_teaser_gives_way_to_any_longer_text_of_the_feed() -> None:
    """Behind a wall the feed's text is taken though it is not twice as long, with the page's image."""
    longer = STORY + f"<p>{PARAGRAPHS[1]} It began in March.</p>"
    entry = make.entry(1, html=longer)
    page = make.page(
        1,
        body=shell(STORY, LOCKED + '<meta property="og:image" content="https://news.test/a.jpg">'),
        entry=entry,
    )
    read = extract.read(page)
    assert (read.source, read.image_url) == (TextSource.FEED, "https://news.test/a.jpg")


def test_a_long_summary_beats_a_shred_of_a_page() -> None:
    """The feed's summary counts as its text when the page has much less."""
    entry = make.entry(1, summary=" ".join(PARAGRAPHS) * 2)
    read = extract.read(make.page(1, body=shell(f"<p>{PARAGRAPHS[1]}</p>"), entry=entry))
    assert read.source is TextSource.FEED
