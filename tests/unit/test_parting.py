"""Words of a text are what the regular expressions find."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents.relevance import code_of
from dateline.text import parting

_TEXTS = st.text(st.one_of(st.characters(max_codepoint=127), st.characters()), max_size=60)


@settings(max_examples=60)
@given(_TEXTS)
def test_words_and_letters_are_what_the_expressions_find(text: str) -> None:
    """Parting gives what ``re.findall`` gives, for every text."""
    low = text.lower()
    assert parting.words(low) == re.findall(r"\w+", low)
    assert parting.letters(low) == re.findall(r"[^\W\d_]+", low)


@settings(max_examples=60)
@given(_TEXTS)
def test_pieces_have_the_codes_of_what_the_expression_finds(text: str) -> None:
    """Letters stand apart from digits, and every number counts as one word."""
    low = text.lower()
    found = re.findall(r"[^\W\d_]+|\d+", low)
    assert [code_of(one) for one in parting.pieces(low)] == [code_of(one) for one in found]
    quoted = re.findall(r"[^\W\d_]+|\d+|[\"\[]", low)
    assert [code_of(one) for one in parting.pieces_and_quotes(low)] == [code_of(one) for one in quoted]


def test_pieces() -> None:
    """Digits end a word."""
    assert parting.pieces("in 1990s ak47_fire") == ["in", "0", "s", "ak", "0", "fire"]
