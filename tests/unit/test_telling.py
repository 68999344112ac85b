"""The second look: sentences that tell of an act, and what they make of their article."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents import telling, tenor
from dateline.incidents.assemble import Coder
from dateline.model import Article

SIGHT = telling.Sight(first=0.0, fresh=0, drafts=0, counted=False, battle=False, chars=300)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3)), max_size=5))
def test_every_row_belongs_to_a_sentence_and_lies_in_the_table(
    sentences: list[tuple[str, list[str]]],
):
    """Rows are total over all text, surrogates included."""
    rows, owners = telling.rows(sentences)
    assert len(rows) == len(owners)
    assert not len(rows) or (rows.min() >= 0 and rows.max() < 1 << telling.BITS)
    assert not len(owners) or owners.max() < len(sentences)


def test_neighbours_do_not_reach_over_a_sentence():
    """Two sentences have the rows that each has alone."""
    one, two = ("gunmen killed a mayor", ("act toll",)), ("the bomb went off", ())
    both, owners = telling.rows([one, two])
    for number, alone in enumerate((one, two)):
        assert sorted(both[owners == number].tolist()) == sorted(telling.rows([alone])[0].tolist())


def test_the_same_number_of_figures_whatever_is_told():
    """Articles with no, one and many such sentences give vectors of one length."""
    lengths = {len(telling.figures(np.linspace(-3, 3, count), 0.0, SIGHT)) for count in (0, 1, 3, 40)}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("told", "sort"),
    [
        ("The bishop condemned the murder of the nuns of the mission.", "Attack"),
        ("Colleagues denounced the kidnapping of the union leader by armed men in the port.", "Abduction"),
    ],
)
def test_what_is_only_condemned_is_told_as_context(told: str, sort: str):
    """An act that is mourned or condemned opens nothing fresh; where it is coded, it is background."""
    text = f"{told}\n\nThe guerrillas and the army have fought over the province for a year, he said."
    found = Coder.load().code(Article(id="t", text=text)).incidents
    assert not [one for one in found if one.class_ == "fresh" and one.sub_event_type.startswith(sort)]


def test_habits_are_never_recalled():
    """What is done again and again is no event, however sure the words are."""
    text = "Gunmen often kidnap travellers on the road to the mine. Rebels frequently kill villagers there."
    assert Coder.load().code(Article(id="t", text=text)).incidents == ()


def test_words_of_an_article_are_rows_and_counts():
    """Every row comes once, in order and inside the table; a count is one plus its logarithm."""
    rows, counts = tenor.words("The bomb. The BOMB! A bomb, and 3 or 44 more.")
    assert sorted(set(rows.tolist())) == rows.tolist()
    assert set(rows.tolist()) <= set(range(1 << tenor.BITS))
    assert counts.max() == pytest.approx(1 + np.log(3))


def test_a_few_words_have_no_tenor():
    """Short summaries sound like nothing; the same words at length do."""
    model = telling.load().tenor
    few, many = ("a" * (one + 1) for one in (0, 1))
    assert tenor.tenor(model, *tenor.words(few)) == 0.0
    assert tenor.tenor(model, *tenor.words("")) == 0.0
    long = " ".join(f"guerrillas{chr(97 + one % 26)}{many * (one // 26)}" for one in range(200))
    assert tenor.tenor(model, *tenor.words(long)) != 0.0
