"""The promises of reading: from bytes of a page, or from the feed's own text, to an article."""

from datetime import UTC, datetime

import make
import msgspec
import pytest

from dateline.errors import BadPage, Reason
from dateline.model import Page, Role, TextSource
from dateline.text import extract

PARAGRAPHS = (
    "Armed men attacked two villages in the north of the province on Sunday night and burnt houses, officials said.",
    "The governor said that the army had sent soldiers to the area and that the search was going on.",
    "Nine people were killed and twenty wounded, the hospital of the district said in a statement on Monday.",
)
STORY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def html(
    body: str = f"<article><h1>Raids grow along the border</h1>{STORY}</article>", head: str = ""
) -> bytes:
    return f"<!doctype html><html lang=en><head><title>Raids grow along the border | Example</title>{head}</head><body>{body}</body></html>".encode()


def page(body: bytes, **fields: object) -> Page:
    return make.page(1, body=body, **fields)


def test_paragraphs_stay_paragraphs() -> None:
    """The text is the lines of the story joined by one blank line, without the headline."""
    read = extract.read_html(html(), url="https://news.test/raids")
    assert read.text == "\n\n".join(PARAGRAPHS)
    assert (read.title, read.language, read.source) == ("Raids grow along the border", "en", TextSource.PAGE)


def test_text_is_exactly_its_lines() -> None:
    """Captions stand in the lines only."""
    figure = (
        "<figure><img src=a.jpg><figcaption>Soldiers stand at the bridge near the town.</figcaption></figure>"
    )
    read = extract.read_html(html(f"<article>{STORY}{figure}</article>"), url="")
    assert [line.role for line in read.lines][-1] is Role.CAPTION
    assert read.text == "\n\n".join(line.text for line in read.lines if line.role is not Role.CAPTION)


@pytest.mark.parametrize("name", ["caption", "wp-caption-text", "credit-caption", "image__caption"])
def test_captions_without_figcaption_are_captions(name: str) -> None:
    """What a class calls a caption is kept apart from the text."""
    caption = f'<div class="picture"><img src=a.jpg><p class="{name}">Soldiers stand at the bridge near the town.</p></div>'
    read = extract.read_html(html(f"<article>{PARAGRAPHS[0]}{caption}{STORY}</article>"), url="")
    assert "Soldiers stand" not in read.text
    assert [line.text for line in read.lines if line.role is Role.CAPTION] == [
        "Soldiers stand at the bridge near the town."
    ]


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00+03:00">', datetime(2024, 3, 5, 7, tzinfo=UTC)),
        ('<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2024-03-05T07:00Z",}]}</script>', datetime(2024, 3, 5, 7, tzinfo=UTC)),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<meta name="date" content="yesterday">', None),
    ],
)  # fmt: skip
def test_the_date_is_the_pages_or_unknown(head: str, at: datetime | None) -> None:
    """Records say when; what is broken or relative is unknown, never now."""
    assert extract.read_html(html(head=head), url="").published_at == at


def test_the_feeds_date_title_and_author_go_first() -> None:
    """What the feed says of its entry is believed before the page."""
    entry = make.entry(1, title="The feed's title", author="Jane Doe")
    read = extract.read(
        page(
            html(head='<meta property="article:published_time" content="2001-01-01">'),
            entry=entry,
            country="ML",
        )
    )
    assert (read.title, read.author, read.published_at, read.country) == (
        "The feed's title",
        "Jane Doe",
        make.NOW,
        "ML",
    )
    assert read.id == make.page(1).article_id


def test_an_unknown_feed_date_is_filled_from_the_page() -> None:
    """The page's own date stands in for a feed without one."""
    entry = msgspec.structs.replace(make.entry(1), published_at=None)
    read = extract.read(page(html(head='<meta itemprop="datePublished" content="2024-03-05">'), entry=entry))
    assert read.published_at == datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("href", "kept"),
    [("https://www.news.test/raids", "https://www.news.test/raids"), ("/raids?utm_source=x", "https://news.test/raids"), ("https://stranger.example/raids", None)],
)  # fmt: skip
def test_canonical_addresses_of_strangers_are_ignored(href: str, kept: str | None) -> None:
    """rel=canonical counts on the page's own host and its relatives."""
    read = extract.read_html(
        html(head=f'<link rel=canonical href="{href}">'), url="https://news.test/story/1"
    )
    assert read.canonical_url == kept


def test_the_feeds_own_text_is_read_when_it_is_the_source() -> None:
    """The feed's HTML goes through the same cleaning, and says where it came from."""
    entry = make.entry(1, html=f"<div>{STORY}<p>Leave a comment</p></div>")
    read = extract.read(page(b"", entry=entry, source=TextSource.FEED))
    assert (read.text, read.source) == ("\n\n".join(PARAGRAPHS), TextSource.FEED)
    assert [one.rule for one in read.removed] == ["comment_form"]


def test_a_wall_gives_way_to_the_feeds_own_text() -> None:
    """A page with a line or two of text is replaced by the much longer text of the feed."""
    entry = make.entry(1, html=STORY * 3)
    wall = html(f"<p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading</p>")
    assert extract.read(page(wall, entry=entry)).source is TextSource.FEED


def test_a_bad_page_gives_way_to_the_summary_of_the_feed() -> None:
    """A PDF behind the link does not cost the entry its text."""
    read = extract.read(page(b"%PDF-1.4 ...", entry=make.entry(1, summary=" ".join(PARAGRAPHS))))
    assert (read.text, read.source) == (" ".join(PARAGRAPHS), TextSource.FEED)


def test_the_reason_is_that_of_the_page() -> None:
    """When the feed has no text either, the page's own fault is what is told."""
    with pytest.raises(BadPage) as caught:
        extract.read(page(b"%PDF-1.4 ...", entry=make.entry(1, summary="Too short.")))
    assert caught.value.reason is Reason.NOT_HTML


@pytest.mark.parametrize(
    "text", ["", "Nine dead", "Nine people were killed on Sunday when armed men attacked a village in…"]
)
def test_an_empty_or_broken_off_text_is_no_text(text: str) -> None:
    """A headline or a teaser is not an article."""
    with pytest.raises(BadPage) as caught:
        extract.read(page(b"", entry=make.entry(1, summary=text), source=TextSource.FEED))
    assert caught.value.reason is Reason.NO_TEXT


def test_one_whole_sentence_of_news_is_a_text() -> None:
    """A flash of one sentence can tell of an incident."""
    flash = "Nine people were killed on Sunday when armed men attacked a village in the north."
    assert extract.read(page(b"", entry=make.entry(1, summary=flash), source=TextSource.FEED)).text == flash


@pytest.mark.parametrize(
    "inner", ["<div>{}</div>", "{}<br><br>", "<li>{}</li>", "<tr><td>{}</td></tr>", "<span>{}</span><br>"]
)
def test_paragraphs_without_p_are_told_apart(inner: str) -> None:
    """Pages that lay paragraphs out by other means still have them."""
    wrap = {"<li": "ul", "<tr": "table"}.get(inner[:3], "div")
    body = f"<{wrap}>" + "".join(inner.format(one) for one in PARAGRAPHS) + f"</{wrap}>"
    assert set(PARAGRAPHS) <= set(extract.read_html(html(body), url="").text.split("\n\n"))


def test_the_records_body_stands_in_for_a_page_of_script() -> None:
    """A page whose text only its JSON-LD holds is read from there."""
    record = msgspec.json.encode({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}).decode()
    read = extract.read_html(
        html("<div id=app></div>", head=f'<script type="application/ld+json">{record}</script>'), url=""
    )
    assert all(one in read.text for one in PARAGRAPHS)


def test_reading_twice_is_the_same() -> None:
    """No state is kept between documents: the second reading equals the first."""
    assert extract.read_html(html(), url="https://news.test/1") == extract.read_html(
        html(), url="https://news.test/1"
    )
