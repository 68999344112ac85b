"""What a page says of itself: dates, authors, section, image."""

import json
from datetime import UTC, datetime

import pytest

from dateline.text import html, metadata, people, sections

URL = "https://courier.test/world/raids"
DAY = datetime(2024, 3, 5, tzinfo=UTC)
TITLE = "<h1>Nine killed in raids on three villages</h1>"


def _facts(body: str = "", head: str = "", url: str = URL, lang: str = "en-GB") -> metadata.Facts:
    return metadata.read(
        html.parse(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'), url
    )


def _ld(*records: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(records)}</script>'


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE}<p>5 March 2024</p><p>The army said.</p>",
        f"{TITLE}<p>By Ann Lee in <a>World</a> on 5 March 2024 at 00:00. <a>Comments</a></p>",
        f'{TITLE}<div class="share"><span class="date">05.03.2024</span></div>',
        f'<time datetime="2024-03-05">today</time>{TITLE}',
        f'{TITLE}<footer class="entry-footer"><time class="published" datetime="2024-03-05">5th</time></footer>',
        f'{TITLE}<p>The army said.</p><meta itemprop="datePublished" content="2024-03-05">',
        f"{TITLE}<dl><dt>公開日</dt><dd>2024/3/5</dd></dl>",
    ],
)
def test_a_printed_date_near_the_headline_is_the_articles(body):
    """By property, by label or by standing near the headline."""
    assert _facts(body).published_at == DAY


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE}<p>The army said.</p><footer>© 2024, 5 March 2024</footer>",
        f'{TITLE}{"<p>The army said.</p>" * 60}<div class="comments"><time datetime="2024-03-05">x</time></div>',
        f'{TITLE}{"<p>The army said.</p>" * 60}<ul class="related"><li class="date">5 March 2024</li></ul>',
        f'{TITLE}{"<p>The army said.</p>" * 60}<aside><span class="date">5 March 2024</span></aside>',
        f'{TITLE}{"<p>They said.</p>" * 60}<p class="date">5 March 2024</p><p class="date">4 March 2024</p>',
        f"{TITLE}<p>Updated: 5 March 2024</p>",
        f"{TITLE}<p>3 hours ago</p>",
    ],
)
def test_a_date_that_may_be_anothers_is_none(body):
    """Comments, other stories, side columns, copyright, several unplaced days and mere updates give nothing."""
    assert _facts(body).published_at is None


def test_an_update_is_kept_apart():
    """The date of a change is that of the change, and that of publication beside it counts."""
    body = f"{TITLE}<p>Updated: 7 March 2024</p><p>Published: 5 March 2024</p>"
    facts = _facts(body)
    assert facts.published_at == DAY
    assert facts.modified_at == DAY.replace(day=7)
    confirmed = _facts(f"{TITLE}<p>Updated: 5 March 2024</p>", url="https://courier.test/2024/03/05/raids")
    assert confirmed.published_at == DAY


def test_the_address_overrules_another_day():
    """A page put out again, or a date in its text, doesn't make an old story new."""
    head = '<meta property="article:published_time" content="2024-06-01T10:00:00Z">'
    assert _facts(TITLE, head, "https://courier.test/2024/03/05/raids").published_at == DAY
    assert _facts(f"{TITLE}<p>1 June 2024</p>", url="https://courier.test/2024/03/raids").published_at is None


def test_the_exact_spelling_of_the_day_is_taken():
    """Of two spellings of one day the one with clock and zone is the instant."""
    head = _ld({"@type": "NewsArticle", "datePublished": "2024-03-05"})
    head += '<meta property="article:published_time" content="2024-03-05T10:00:00+03:00">'
    assert _facts(TITLE, head).published_at == DAY.replace(hour=7)


def test_the_record_of_this_page_is_taken():
    """Of several records the one that the titles tell of; those in lists are of other pages."""
    other = {"@type": "NewsArticle", "headline": "Rain in the hills", "datePublished": "2020-01-01"}
    own = {
        "@type": "Article",
        "headline": "Nine killed in raids on three villages",
        "datePublished": "2024-03-05",
    }
    head = "<title>Nine killed in raids on three villages | Courier</title>"
    assert (
        _facts(TITLE, head + _ld({"@type": "ItemList", "itemListElement": [other]}, own)).published_at == DAY
    )
    assert _facts(TITLE, head + _ld(other, own)).published_at == DAY


def test_authors_are_joined_and_looked_up():
    """Names in lists and graphs, one after the other; the house signs only where nobody else does."""
    graph = {"@graph": [{"@type": "NewsArticle", "author": [{"@id": "#a"}, {"name": "Bo Li"}]}, {"@type": "Person", "@id": "#a", "name": "Ann Lee"}]}  # fmt: skip
    assert _facts(TITLE, _ld(graph)).author == "Ann Lee, Bo Li"
    house = '<meta property="og:site_name" content="Courier"><meta name="author" content="Courier">'
    assert _facts(f"{TITLE}<div>By <b>Ann Lee</b></div>", house).author == "Ann Lee"
    assert _facts(TITLE, house).author == "Courier"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee and Bo Li", "Ann Lee, Bo Li"),
        ("Von Anna Maier und Bernd Voss", "Anna Maier, Bernd Voss"),
        ("Par Anne Roy, Luc Petit", "Anne Roy, Luc Petit"),
        ("Ann Lee | Follow @lee", "Ann Lee"),
        ("By Ann Lee on March 5", "Ann Lee"),
        ("Ann Lee, staff writer", "Ann Lee"),
        ("Our staff", "Our staff"),
        ("admin", ""),
        ("https://courier.test/lee", ""),
        ("lee@courier.test", ""),
    ],
)
def test_names_are_told_from_what_stands_with_them(text, names):
    """Words of signing, roles, days and addresses are no part of a name."""
    assert people.authors([], [text], list, ()) == names


def test_the_section_is_the_publishers():
    """From the record, the meta elements or the breadcrumbs behind the front page."""
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"position": 2, "name": "World"}, {"position": 1, "name": "Home"}, {"position": 3, "name": "Nine killed"}]}  # fmt: skip
    assert _facts(TITLE, _ld(trail)).section == "World"
    assert (
        _facts(TITLE, '<meta property="article:section" content="Crime &amp; Courts">').section
        == "Crime & Courts"
    )
    printed = (
        '<nav class="breadcrumb"><a href="/">Front</a><a href="/w">World</a><a href="/w/a">Asia</a></nav>'
    )
    assert _facts(printed + TITLE).section == "World"
    assert sections.choose(["courier.test"], ["asia,news,slider"], [], "", "") == "asia"
    assert sections.choose(["uncategorized"], [], ["Accueil", "Monde"], "", "") == "Monde"
    assert sections.choose([], [], ["Courier"], "", "Courier") == ""


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("/a b.jpg", "https://courier.test/a%20b.jpg"),
        ("//cdn.test/a.jpg?w=1", "https://cdn.test/a.jpg?w=1"),
        ("data:image/png;base64,AA", ""),
        ("https://courier.test/logo.png", ""),
        ("javascript:x", ""),
        ("http://[", ""),
    ],
)
def test_the_lead_image_is_an_absolute_address(image, address):
    """Relative addresses are resolved; what is no web address, or a logo, is none."""
    assert _facts(TITLE, f'<meta property="og:image" content="{image}">').image_url == address
