"""Where the article stands in a page: bodies in pieces are one, and stories are not mixed."""

import time

import pytest

from dateline.model import Line, Role
from dateline.text import extract, html, whole

STORY = tuple(
    f"Armed men attacked village number {number} in the north of the province on Sunday night, and burnt houses there."
    for number in range(12)
)


def chunk(first: int, last: int) -> str:
    return '<div class="body-chunk">' + "".join(f"<p>{one}</p>" for one in STORY[first:last]) + "</div>"


def joined(inside: str) -> list[int]:
    """Return how many paragraphs each piece holds after joining."""
    tree = html.parse(f"<html><body>{inside}</body></html>")
    whole.join(tree.find("body"))
    return [len(one.findall("p")) for one in tree.iter("div") if one.get("class") == "body-chunk"]


def test_a_body_in_pieces_is_read_whole() -> None:
    """An article that is served in equal pieces with boxes between them is read to its end, in order."""
    page = f'<article>{chunk(0, 4)}<div class="ad">x</div>{chunk(4, 8)}<div class="ad">x</div>{chunk(8, 12)}</article>'
    read = extract.read_html(f"<html><body>{page}</body></html>".encode(), url="")
    assert read.text.split("\n\n") == list(STORY)


def test_pieces_in_rows_of_a_grid_are_one() -> None:
    """Pieces need not be siblings, only equal and equally deep."""
    rows = "".join(f'<div class="grid"><div>{chunk(at, at + 4)}</div></div>' for at in (0, 4, 8))
    assert joined(f"<section>{rows}</section>") == [12, 0, 0]


@pytest.mark.parametrize(
    "between",
    ["<h1>Another story</h1>", '<h2><a href="/b">Another story of the day</a></h2>', "<time>10:00</time>", "<article><p>x</p></article>"],
)  # fmt: skip
def test_stories_are_not_joined(between: str) -> None:
    """A headline, a date or an article between two equal elements parts stories."""
    assert joined(f"<section>{chunk(0, 4)}{between}{chunk(4, 8)}</section>") == [4, 4]


def test_a_heading_within_a_piece_parts_nothing() -> None:
    """Sections of the text have headings of their own."""
    inside = chunk(0, 4).replace("<p>", '<h2><a href="/x">The second night</a></h2><p>', 1)
    assert joined(f"<section>{inside}{chunk(4, 8)}</section>") == [8, 0]


def test_comments_are_not_joined_to_the_article() -> None:
    """What bears another class stays apart."""
    comments = "".join(f'<div class="remark"><p>{one}</p></div>' for one in STORY[8:])
    tree = html.parse(f"<html><body>{chunk(0, 8)}{comments}</body></html>")
    whole.join(tree.find("body"))
    assert [len(one) for one in tree.iter("div")] == [8, 1, 1, 1, 1]


def test_what_holds_the_paragraphs_and_all_around_it_is_known() -> None:
    """The holder is the element with most text in paragraphs, in wrappers of their own or not."""
    inside = "".join(f"<div><p>{one}</p></div>" for one in STORY)
    tree = html.parse(f'<html><body><main id="m">{inside}</main><div><p>{STORY[0]}</p></div></body></html>')
    around = whole.around(tree.find("body"))
    assert tree.get_element_by_id("m") in around
    assert len(around) == 3


def test_a_page_without_paragraphs_is_its_body() -> None:
    """Nothing to weigh: the body itself must stay."""
    tree = html.parse("<html><body><div>Two men were shot.</div></body></html>")
    assert whole.around(tree.find("body")) == {tree, tree.find("body")}


def lines(*texts: str) -> list[Line]:
    return [Line(Role.BODY, text) for text in texts]


def test_lost_sentences_are_put_back_where_they_stood() -> None:
    """What the page's body has and the extractor's lines have not comes back in the page's order."""
    found = lines(STORY[1], STORY[2], STORY[4])
    assert whole.completed(found, lines(*STORY[:5])) == lines(*STORY[:5])


@pytest.mark.parametrize(
    "extra", ["Read more of this here", "A label", "12 hours ago", f"{STORY[1][:50]} … {STORY[1][-50:]}"]
)
def test_labels_and_what_is_partly_there_stay_out(extra: str) -> None:
    """Only sentences that are wholly missing are put back."""
    found = lines(*STORY[:4])
    assert whole.completed(found, lines(STORY[0], extra, *STORY[1:4])) == found


def test_what_follows_the_last_line_stays_out() -> None:
    """Behind its end the extractor left things out for a reason."""
    found = lines(*STORY[:4])
    assert whole.completed(found, lines(*STORY)) == found


def test_another_part_of_the_page_is_not_mixed_in() -> None:
    """When little of the body is in the lines they are of something else."""
    found = lines(STORY[11], "Another sentence.")
    assert whole.completed(found, lines(*STORY)) == found


@pytest.mark.parametrize("head", ["Washington/New Delhi:", "KYIV —"])
def test_a_dateline_in_an_element_of_its_own_comes_back(head: str) -> None:
    """Where the report is from is short, and part of it."""
    found = lines(*STORY[:4])
    assert whole.completed(found, lines(head, *STORY[:4])) == lines(head, *STORY[:4])


def test_a_body_that_begins_in_bare_text_is_read_from_its_beginning() -> None:
    """Text right within the body's element, before its first child, is the first paragraph."""
    page = f"<div class=body>{STORY[0]}<br><br>" + "<br><br>".join(STORY[1:]) + "</div>"
    read = extract.read_html(f"<html><body>{page}</body></html>".encode(), url="")
    assert read.text.split("\n\n") == list(STORY)


def test_a_thousand_strange_lines_are_looked_for_in_bounded_time() -> None:
    """Lines that are nowhere in a long text cost no more than a second."""
    found = lines(*(f"{one} It was day {day}." for day in range(400) for one in STORY))
    strange = lines(
        *(
            f"Quite another thing happened on day {day} in the far south, as they told us."
            for day in range(4_000)
        )
    )
    started = time.process_time()
    assert whole.completed(found, strange) == found
    assert time.process_time() - started < 2


def test_weights_are_of_text_that_is_in_no_link() -> None:
    """Each element weighs its own text and that of its children, white space and links left out."""
    tree = html.parse(
        "<html><body><div id=a> one <a href=x>two <b>three</b></a> four</div>\n<p id=b>five</p></body></html>"
    )
    sizes = whole.weigh(tree.find("body"))
    assert (
        sizes[tree.get_element_by_id("a")],
        sizes[tree.get_element_by_id("b")],
        sizes[tree.find("body")],
    ) == (7, 4, 11)
    assert sizes[tree.find(".//a")] == 0
    assert sizes[tree.find(".//b")] == 5
