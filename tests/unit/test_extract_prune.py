"""Taking furniture out of a tree: what goes, and what must stay whatever it is called."""

import time

import pytest

from dateline.text import extract, html, marks, prune
from dateline.text.marks import Kind

STORY = (
    "Armed men attacked two villages in the north of the province on Sunday night and burnt several houses, officials said.",
    "The governor said that the army had sent soldiers to the area and that the search for the attackers was going on.",
    "Residents who had fled to the district capital told reporters that they had walked through the night to reach it.",
)
BODY = "".join(f"<p>{text}</p>" for text in STORY)
OTHER = "Rebels seize a bridge near the border"
TEASER = "Fighters crossed the river at dawn and took the bridge, a monitor said."


def left(inside: str) -> str:
    """Return the text that is left of a page with ``inside`` as its body."""
    tree = html.parse(f"<html><body>{inside}</body></html>")
    prune.furniture(tree)
    return " ".join(" ".join(tree.itertext()).split())


def stands(text: str) -> bool:
    return all(paragraph in text for paragraph in STORY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("most-read", Kind.SURE),
        ("mostRead", Kind.SURE),
        ("Rail__most_popular-sc-1f", Kind.SURE),
        ("ol mostread", Kind.SURE),
        ("rightcol", Kind.SURE),
        ("newsletter-signup", Kind.SURE),
        ("Consent-sc-9z", Kind.SURE),
        ("story-teaser", Kind.LIKELY),
        ("Promo-sc-0p", Kind.LIKELY),
        ("story", Kind.NONE),
        ("shared-content", Kind.NONE),
        ("correlated", Kind.NONE),
        ("commentary", Kind.NONE),
        ("download", Kind.NONE),
        ("", Kind.NONE),
    ],
)
def test_names_are_read_word_by_word(name: str, kind: Kind) -> None:
    """Hyphens, underscores, spaces and capitals part words; a word within a word is another word."""
    assert marks.kind(name) is kind


@pytest.mark.parametrize(
    "text",
    ["Related stories", "MOST READ", "More on this story", "Editor's pick", "Up next", "Trending now", "Readers' poll", "Lea también", "Mehr zum Thema", "Читайте также", "À lire aussi"],
)  # fmt: skip
def test_labels_of_boxes_are_known(text: str) -> None:
    """Headings that lead elsewhere are known in several languages."""
    assert marks.is_label(text)


@pytest.mark.parametrize(
    "text", ["The attack", "Background", "What happened next", "More than 40 killed", "Top commander arrested", ""]
)  # fmt: skip
def test_headings_of_sections_are_no_labels(text: str) -> None:
    """A heading within a text is left."""
    assert not marks.is_label(text)


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="Related-sc-1"><p>{TEASER}</p></div>',
        f'<div data-component="most-popular"><p>{TEASER}</p></div>',
        f'<div role="navigation"><p>{TEASER}</p></div>',
        f"<aside><h3>Background</h3><p>{TEASER}</p></aside>",
        f'<div class="x1"><h3>Related stories</h3><div><a href="/a">{OTHER}</a><p>{TEASER}</p></div></div>',
        f'<div class="x1"><span><b>Read also</b></span><a href="/a">{OTHER}</a></div>',
        f'<div class="x1"><a href="/a"><h3>{OTHER}</h3><p>{TEASER}</p></a></div>',
        f'<div class="x1"><h4><a href="/a">{OTHER}</a></h4><p>{TEASER}</p></div>',
        f'<h3>Most read</h3><ol><li><a href="/a">{OTHER}</a></li><li><a href="/b">{TEASER}</a></li></ol>',
        f'<form action="/x"><p>{TEASER}</p></form>',
        f'<div><h3>{OTHER}</h3><p>{TEASER}</p><input type="email"></div>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["<div>{body}</div>{box}", "<div>{first}{box}{rest}</div>"])
def test_boxes_go_within_the_text_and_beside_it(page: str, box: str) -> None:
    """Named boxes, labelled boxes, cards and lists of headlines are taken, with their teasers."""
    text = left(
        page.format(
            body=BODY, box=box, first=f"<p>{STORY[0]}</p>", rest="".join(f"<p>{one}</p>" for one in STORY[1:])
        )
    )
    assert stands(text)
    assert OTHER not in text
    assert TEASER not in text


@pytest.mark.parametrize(
    "page",
    [
        '<div class="content-with-sidebar"><div>{body}</div></div>',
        '<article class="has-comments related"><div>{body}</div></article>',
        '<form id="aspnetForm"><div>{body}</div></form>',
        "<noscript><div>{body}</div></noscript>",
        '<div class="widget sidebar"><h2>Related stories</h2>{body}</div>',
        '<div class="rightcol">{body}</div>',
        '<table class="menu"><tr><td class="nav">{body}</td></tr></table>',
    ],
)  # fmt: skip
def test_what_the_paragraphs_stand_in_stays_whatever_it_is_called(page: str) -> None:
    """Wrappers with a furniture name, and a page that is all form, keep their text; so does the extractor."""
    inside = page.format(body=BODY)
    assert stands(left(inside))
    assert stands(
        " ".join(extract.read_html(f"<html><body>{inside}</body></html>".encode(), url="").text.split())
    )


def test_the_headline_is_never_taken() -> None:
    """A banner that holds the headline stays."""
    assert "Villages burnt" in left(f'<div class="banner"><h1>Villages burnt</h1></div><div>{BODY}</div>')


def test_a_short_page_is_left_alone() -> None:
    """Nothing is taken that would leave next to nothing."""
    assert "Two men were shot" in left(
        '<div class="related">Two men were shot in the port on Monday, police said.</div>'
    )


def test_cells_of_headlines_beside_the_text_go() -> None:
    """In a page laid out as a table the cell of the paragraphs stays, and those of links and headlines go."""
    links = "".join(f'<a href="/{number}">{OTHER} {number}</a><br>' for number in range(6))
    text = left(f"<table><tr><td>{links}</td><td>{BODY}</td><td>{links}</td></tr></table>")
    assert stands(text)
    assert OTHER not in text


@pytest.mark.parametrize(
    "line",
    [
        f'<p><a href="/a"><b>{OTHER.upper()}</b></a></p>',
        f'<p>READ MORE: <a href="/a">{OTHER}</a></p>',
        f'<p><b><a href="/a">{OTHER}</a> [INSIGHT]</b></p>',
        f'<ul><li><a href="/a">{OTHER}</a></li><li><a href="/b">{OTHER} again</a></li></ul>',
        f'<p><a href="/a">{OTHER}</a> [INSIGHT]<br><a href="/b">{OTHER} again</a> [NEWS]</p>',
        f'<a class="read-more-big" href="/a"><span>Also on the site</span><span>{OTHER}</span></a>',
    ],
)
def test_headlines_that_link_elsewhere_go_from_between_paragraphs(line: str) -> None:
    """A line that is one linked headline and a label at most is no paragraph of the story."""
    text = left(f"<div><p>{STORY[0]}</p>{line}<p>{STORY[1]}</p><p>{STORY[2]}</p></div>")
    assert stands(text)
    assert OTHER.casefold() not in text.casefold()


def test_what_opens_over_a_word_is_not_read_within_its_sentence() -> None:
    """The name stays and the box of headlines over it goes."""
    tip = f'<span class="rollover-people"><a href="/p">Jane Doe</a><span class="rollover-people-block">{OTHER}</span></span>'
    text = left(f"<div>{BODY}<p>The letter to {tip} was sent on Monday.</p></div>")
    assert "The letter to Jane Doe was sent on Monday." in text
    assert OTHER not in text


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="/a">The army said that it had retaken the town.</a></p>',
        f'<p>The ministry told reporters that <a href="/a">{OTHER}</a></p>',
        '<p><a href="/a">Abdul Karim</a></p>',
        f'<ul><li><a href="/a">{OTHER}</a></li><li>Two men were held.</li></ul>',
    ],
)
def test_linked_sentences_and_names_stay(line: str) -> None:
    """A sentence that is a link, a link within a sentence and a short linked name are text."""
    text = left(f"<div><p>{STORY[0]}</p>{line}<p>{STORY[1]}</p><p>{STORY[2]}</p></div>")
    words = line.split(">")[2].split("<", maxsplit=1)[0]
    assert words in text


def test_linked_sections_of_a_text_stay() -> None:
    """A linked heading with a whole section under it is no card."""
    section = f'<div><h3><a href="/a">The second night of the attack</a></h3><p>{STORY[1]} {STORY[2]} {STORY[0]}</p></div>'
    assert "second night" in left(f"<div>{BODY}{BODY}</div>{section}<div>{BODY}</div>{BODY * 4}")


def test_a_field_in_what_is_never_read_is_no_fault() -> None:
    """Fields within elements that are dropped at once are looked at without harm."""
    assert stands(left(f'<div>{BODY}</div><template><odd-one><input type="text"></odd-one></template>'))


def test_text_after_furniture_stays_where_it_was() -> None:
    """What follows a box in the same paragraph's parent is kept in its place."""
    text = left(f'<div>{BODY}before <div class="share-buttons">x</div>after</div>')
    assert "before after" in text
    assert " x " not in text


def test_taking_furniture_twice_is_the_same() -> None:
    """A pruned tree has nothing more to take."""
    page = f'<div class="nav"><a href="/">Home</a></div><div>{BODY}</div><div class="related"><p>{TEASER}</p></div>'
    tree = html.parse(f"<html><body>{page}</body></html>")
    prune.furniture(tree)
    once = "".join(tree.itertext())
    prune.furniture(tree)
    assert "".join(tree.itertext()) == once


@pytest.mark.parametrize(
    "inside",
    [
        "<section>" + f'<div><h3><a href="/a">{OTHER}</a></h3></div>text' * 9000 + "</section>",
        "<section>" + '<div>x<input type="text"></div>text' * 9000 + "</section>",
        "<section>" + "<h3>Related stories</h3><ul><li><a>one</a></li></ul>" * 4000 + "</section>",
        '<div class="related">' * 150 + "<span>text</span>" * 9000,
    ],
    ids=["cards", "fields", "labels", "nested"],
)
def test_swarms_are_weighed_in_bounded_time(inside: str) -> None:
    """Thousands of boxes cost a second or so, not minutes, and the tree is still one."""
    started = time.process_time()
    assert isinstance(left(inside), str)
    assert time.process_time() - started < 8
