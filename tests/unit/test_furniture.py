"""What a site repeats: which of its lines go, and which stay however often they recur."""

import msgspec
import pytest

from dateline.model import Line, Removed, Role
from dateline.text import furniture
from dateline.text.furniture import EMPTY, Row, Sketch

DAY = 20_500
NOTICE = "The Lakeside Ledger is owned by its nineteen reporters and takes no money from any party."
LABEL = "Voices from the seven valleys"
BACKGROUND = "The war broke out in April 2023 and has killed tens of thousands of people since then."


def story(number: int) -> list[str]:
    """Three sentences that no other article has."""
    return [
        f"Story {number}: {part} of the council of village {number} spoke for an hour and then left the hall again."
        for part in ("the head", "a member", "the clerk")
    ]


def article(*texts: str) -> list[Line]:
    return [Line(Role.BODY, text) for text in texts]


def taught(articles: list[list[str]], a_day: int = 4, sketch: Sketch = EMPTY) -> Sketch:
    """The sketch after these articles, so many of them a day."""
    for number, texts in enumerate(articles):
        sketch = furniture.learnt(
            sketch, furniture.lesson(article(*texts), (), DAY + number // a_day if a_day else DAY)
        )
    return sketch


def gone(texts: list[str], sketch: Sketch) -> list[str]:
    return [texts[at] for at in sorted(furniture.recurring(texts, sketch))]


def test_a_notice_and_a_label_at_the_end_go_from_the_thirteenth_article_on() -> None:
    """Twelve articles teach; a sentence goes not earlier, a label after six on two days."""
    page = [*story(99), NOTICE, LABEL]
    for count, wanted in ((5, []), (6, [LABEL]), (11, [LABEL]), (12, [NOTICE, LABEL])):
        sketch = taught([[*story(n), NOTICE, LABEL] for n in range(count)])
        assert gone(page, sketch) == wanted, count


def test_on_one_day_a_label_needs_twelve_articles() -> None:
    """A burst of articles on one day may be one story; six of them prove nothing."""
    page = [*story(99), LABEL]
    for count, wanted in ((11, []), (12, [LABEL])):
        assert gone(page, taught([[*story(n), LABEL] for n in range(count)], a_day=0)) == wanted


def test_a_background_paragraph_of_half_the_articles_stays() -> None:
    """What a running story repeats is text of the articles, even as their last paragraph."""
    sketch = taught([[*story(n), *([BACKGROUND] if n % 2 else [])] for n in range(40)])
    assert gone([*story(99), BACKGROUND], sketch) == []


def test_a_line_of_two_articles_in_three_goes_at_the_end_only() -> None:
    """Between the article's own paragraphs a sentence needs four fifths of the host's articles."""
    sketch = taught([[*story(n), *([NOTICE] if n % 3 else [])] for n in range(40)])
    first, second, third = story(99)
    assert gone([first, second, third, NOTICE], sketch) == [NOTICE]
    assert gone([first, second, LABEL, third, "An author", NOTICE, "A tag"], sketch) == [NOTICE]
    assert gone([first, second, "And more.", NOTICE, third], sketch) == []
    always = taught([[*story(n), NOTICE] for n in range(40)])
    assert gone([first, second, "And more.", NOTICE, third], always) == [NOTICE]


def test_a_notice_below_is_not_known_above() -> None:
    """The same sentence at another end of the text is another line."""
    sketch = taught([[*story(n), NOTICE] for n in range(20)])
    assert gone([NOTICE, *story(99)], sketch) == []


@pytest.mark.parametrize("place", ["MOGADISHU", "Port Sudan", "GAZA CITY (AP) —", "Kyiv, Ukraine"])
def test_a_place_above_the_text_stays(place: str) -> None:
    """A dateline on a line of its own is evidence of where, on however many articles of an outlet it stands."""
    sketch = taught([[place, *story(n)] for n in range(30)])
    assert gone([place, *story(99)], sketch) == []


def test_a_label_above_the_text_goes() -> None:
    """A masthead of four words and more is no place."""
    masthead = "Morning sheet of the valleys"
    assert gone([masthead, *story(99)], taught([[masthead, *story(n)] for n in range(12)])) == [masthead]


def test_years_are_one_and_other_numbers_are_not() -> None:
    """A notice with last year's date is the same; a list of facts with new figures is not."""
    sketch = taught([[*story(n), f"Ledger Press {2020 + n % 5} Lakeside"] for n in range(15)])
    assert gone([*story(99), "Ledger Press 2031 Lakeside"], sketch)
    facts = taught([[*story(n), f"Killed: {n}", f"Wounded: {n + 3}"] for n in range(15)])
    assert gone([*story(99), "Killed: 40", "Wounded: 44"], facts) == []


@pytest.mark.parametrize(
    "fact", ["Country: Somalia", "Injured: 0", "Perpetrator: unknown gunmen", "位置：喀布尔"]
)
def test_rows_of_a_fact_sheet_stay(fact: str) -> None:
    """A log of incidents says the same of many of them; a telephone number under a label is no such row."""
    sketch = taught([[*story(n), fact, "Newsroom: 0123 456789"] for n in range(30)])
    assert gone([*story(99), fact, "Newsroom: 0123 456789"], sketch) == ["Newsroom: 0123 456789"]


def test_a_text_of_nothing_else_is_left_whole() -> None:
    """A page that only repeats its site is not made empty."""
    sketch = taught([[NOTICE, *story(n), LABEL] for n in range(20)])
    assert gone([NOTICE, *story(99), LABEL], sketch) == [NOTICE, LABEL]
    assert gone([NOTICE, LABEL], sketch) == []
    assert gone([NOTICE, "Short and no sentence", LABEL], sketch) == []


def test_captions_neither_teach_nor_go() -> None:
    """What stands beside the text is not counted."""
    lines = [*article(*story(1)), Line(Role.CAPTION, LABEL)]
    assert furniture.lesson(lines, (), DAY) == furniture.lesson(article(*story(1)), (), DAY)


def test_what_was_taken_as_learned_teaches_on() -> None:
    """An article from which furniture was removed teaches what it would have taught before."""
    own = story(1)
    whole = furniture.lesson(article(*own, NOTICE, LABEL), (), DAY)
    removed = (
        Removed("byline", "By A Writer", 0),
        Removed("learned", NOTICE, 3),
        Removed("learned", LABEL, 3),
    )
    assert furniture.lesson(article(*own), removed, DAY) == whole


def test_furniture_that_a_site_gave_up_is_forgotten() -> None:
    """After a relaunch the old lines lose their share within one memory."""
    sketch = taught([[*story(n), NOTICE] for n in range(60)])
    assert gone([*story(999), NOTICE], sketch) == [NOTICE]
    after = taught([story(100 + n) for n in range(40)], sketch=sketch)
    assert gone([*story(999), NOTICE], after) == []


def test_counts_fade_with_the_months() -> None:
    """A host that was silent for long begins anew."""
    sketch = taught([[*story(n), NOTICE] for n in range(30)])
    late = furniture.learnt(sketch, furniture.lesson(article(*story(99)), (), DAY + 160))
    assert late.articles == 1
    assert not any(row.articles > 1 for row in late.rows.values())


def test_rare_lines_make_room_and_furniture_stays_known() -> None:
    """Of 160 lines those go that were seen least and longest ago."""
    sketch = taught(
        [[*[f"{n} {i} {line}" for i in range(5) for line in story(n)], NOTICE] for n in range(50)]
    )
    assert len(sketch.rows) == furniture.MAX_LINES
    assert len(furniture.encode(sketch)) == 9 + 8 * furniture.MAX_LINES
    assert gone([*story(99), NOTICE], sketch) == [NOTICE]


def test_damaged_bytes_are_an_empty_sketch() -> None:
    """A bit that flipped anywhere in the counts is noticed."""
    stored = furniture.encode(taught([[*story(n), NOTICE] for n in range(5)]))
    assert furniture.decode(stored) != EMPTY
    for at in range(0, len(stored), 7):
        broken = bytearray(stored)
        broken[at] ^= 16
        assert furniture.decode(bytes(broken)) == EMPTY


def test_lessons_behind_a_sketch_are_counted_in() -> None:
    """What a neighbour put behind the bytes counts as if it had been learnt; a torn end is left out."""
    first = [[*story(n), NOTICE] for n in range(5)]
    more = [furniture.lesson(article(*story(n), NOTICE), (), DAY + 9) for n in (6, 7)]
    sketch = taught(first)
    stored = furniture.encode(sketch) + b"".join(more)
    wanted = furniture.learnt(furniture.learnt(sketch, more[0]), more[1])
    assert furniture.decode(stored) == wanted
    assert furniture.decode(stored[:-1]) == furniture.learnt(sketch, more[0])


def test_a_row_says_on_how_many_days() -> None:
    """One article a line, whatever it repeats in it; two days are two different ones."""
    twice = furniture.lesson(article(LABEL, *story(1), LABEL), (), DAY)
    (row,) = set(furniture.learnt(EMPTY, twice).rows.values())
    assert row == Row(articles=1, day=DAY)
    again = furniture.learnt(furniture.learnt(EMPTY, twice), furniture.lesson(article(LABEL), (), DAY + 1))
    assert max(msgspec.structs.astuple(row) for row in again.rows.values()) == (2, DAY, True)
