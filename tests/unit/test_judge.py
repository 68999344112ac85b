"""Verdicts on near-duplicates."""

import pytest

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import contained, is_reprint, judge
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour

STORY = " ".join(
    f"Witness {number} of the raid in quarter {number * 7 % 31} told of smoke, shots and {number + 3} carts on road {number % 11}."
    for number in range(40)
)
OTHER = " ".join(
    f"Budget item {number} was passed with {number * 3} votes after debate {number % 5}."
    for number in range(40)
)


def neighbour(id: str, text: str, like: Fingerprint | None = None) -> Neighbour:  # noqa: A002
    mark = fingerprint(text)
    return Neighbour(
        id=id, sketch=mark.sketch, words=mark.words, exact=like is not None and mark.exact == like.exact
    )


def verdict(text: str, *earlier: tuple[str, str]):
    mark = fingerprint(text)
    return judge(mark, [neighbour(name, old, mark) for name, old in earlier])


def test_the_same_words_are_a_duplicate_of_the_first() -> None:
    """Of two with the same words, the earlier one is repeated."""
    told = verdict(STORY.upper(), ("a", STORY), ("b", STORY))
    assert (told.disposition, told.of, told.similarity) == (Disposition.DUPLICATE, "a", 1.0)


def test_no_neighbours_is_novel() -> None:
    """Nothing to compare with: novel, of nothing."""
    told = verdict(STORY)
    assert (told.disposition, told.of) == (Disposition.NOVEL, None)
    assert told.reason


def test_another_subject_is_novel() -> None:
    """A shared band alone is no reprint."""
    assert verdict(OTHER, ("a", STORY)).disposition is Disposition.NOVEL


REPRINTS = {
    "cut tail": STORY[: len(STORY) * 2 // 3],
    "brief": STORY[: len(STORY) // 3],
    "agency prefix": "KADOMA, Nov 3 (Agency) - " + STORY,
    "furniture": STORY[:900]
    + " Sign up for our newsletter and follow us. "
    + STORY[900:]
    + " Read more here.",
    "changed figures": STORY.replace("12", "13").replace("road 4", "road 5"),
    "typing errors": STORY.replace("smoke", "smkoe"),
    "light rewording": STORY.replace("told of", "spoke about"),
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_a_lightly_changed_copy_is_a_reprint(kind: str) -> None:
    """Cutting, adding and rewording a little keeps a copy a copy."""
    told = verdict(REPRINTS[kind], ("a", OTHER), ("b", STORY))
    assert (told.disposition, told.of) == (Disposition.REPRINT, "b")
    assert "b" in told.reason


def test_a_story_that_grew_is_news() -> None:
    """A long article that quotes an earlier brief is not a reprint: it brings what the brief had not."""
    assert verdict(STORY, ("a", STORY[: len(STORY) // 5])).disposition is Disposition.NOVEL


def test_the_most_similar_neighbour_wins_and_the_first_of_equals() -> None:
    """The order of neighbours matters only between equals."""
    near, far = STORY + " One more line.", STORY[: len(STORY) * 3 // 4]
    assert verdict(STORY + " One line.", ("far", far), ("near", near)).of == "near"
    assert verdict(STORY + " One line.", ("first", near), ("second", near)).of == "first"


def test_an_empty_article_is_novel_beside_another() -> None:
    """No words prove nothing, even where the store finds the same empty hash."""
    mark = fingerprint("")
    empty = Neighbour(id="a", sketch=mark.sketch, words=0, exact=True)
    assert judge(mark, [empty]).disposition is Disposition.NOVEL


def test_a_short_part_proves_little() -> None:
    """Thirty shared words inside a long story are background, not a reprint."""
    assert not is_reprint(0.15, 30, 300)
    assert is_reprint(0.2, 60, 300)


def test_contained_share() -> None:
    """A quarter of a text has Jaccard .25 with it and is contained wholly."""
    assert contained(0.25, 100, 400) == pytest.approx(1.0)
    assert contained(0.0, 0, 10) == 0.0
