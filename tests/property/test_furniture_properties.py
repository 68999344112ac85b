"""Invariants of what is learned of a site."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Line, Role
from dateline.text import furniture
from dateline.text.furniture import EMPTY

LINE = st.sampled_from(
    [f"Notice {word} of the paper that stands on many of its pages today." for word in "abcdefgh"]
)
LABEL = st.sampled_from([f"Column {word} of the week" for word in "abcdefgh"])
TEXT = st.lists(st.one_of(LINE, LABEL, st.text(max_size=60)), max_size=20)
LESSON = st.builds(
    lambda texts, day: furniture.lesson([Line(Role.BODY, text) for text in texts], (), day),
    TEXT,
    st.integers(0, 70_000),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LESSON, max_size=40))
def test_a_sketch_is_bounded_and_comes_back(lessons: list[bytes]) -> None:
    """Whatever is taught, the sketch keeps its bounds and its bytes give it back."""
    sketch = EMPTY
    for one in lessons:
        assert len(one) <= 3 + 4 * (furniture.HEAD_LINES + furniture.TAIL_LINES + furniture.INNER_LINES)
        sketch = furniture.learnt(sketch, one)
        stored = furniture.encode(sketch)
        assert len(stored) <= 9 + 8 * furniture.MAX_LINES
        assert furniture.decode(stored) == sketch
        assert sketch.articles <= furniture.MEMORY_ARTICLES
        assert all(0 < row.articles <= sketch.articles for row in sketch.rows.values())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), LESSON)
def test_decoding_is_total(stored: bytes, lesson: bytes) -> None:
    """Any bytes are a sketch, and any bytes behind one."""
    sketch = furniture.decode(stored)
    assert furniture.decode(furniture.encode(furniture.learnt(sketch, lesson)) + stored).articles >= 1
    furniture.learnt(sketch, stored)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, max_size=30), TEXT)
def test_what_few_articles_have_is_never_removed(articles: list[list[str]], page: list[str]) -> None:
    """A line goes only if at least six articles had it, and a sentence only if twelve had."""
    sketch = EMPTY
    for number, texts in enumerate(articles):
        lesson = furniture.lesson([Line(Role.BODY, text) for text in texts], (), 20_000 + number)
        sketch = furniture.learnt(sketch, lesson)
    had = [{furniture.key(text) for text in texts} for texts in articles]
    for at in furniture.recurring(page, sketch):
        least = furniture.FEWEST_IN_A_DAY if page[at].endswith(".") else furniture.FEWEST
        assert sum(furniture.key(page[at]) in keys for keys in had) >= least


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=20), TEXT, st.randoms(use_true_random=False))
def test_the_order_of_lessons_does_not_matter_while_nothing_is_forgotten(articles, page, chance) -> None:
    """Two workers may count in any order: the verdict is the same."""
    lessons = [
        furniture.lesson([Line(Role.BODY, text) for text in texts][:8], (), 20_000 + number % 3)
        for number, texts in enumerate(articles)
    ]
    other = chance.sample(lessons, len(lessons))
    one, two = (furniture.learnt(EMPTY, b"".join(order)) for order in (lessons, other))
    assert furniture.recurring(page, one) == furniture.recurring(page, two)
    assert {key: row.articles for key, row in one.rows.items()} == {
        key: row.articles for key, row in two.rows.items()
    }
