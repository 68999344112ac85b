"""Those who were told before: "he was shot", "the man died". All texts are our own."""

from datetime import UTC, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.tolls import read_again, read_tolls
from dateline.model import Article

PUBLISHED = datetime(2024, 5, 15, 8, tzinfo=UTC)


def counts(text: str) -> tuple[int, int]:
    """Killed and wounded of the fresh incident with most of them."""
    coding = Coder.load().code(Article(id="a1", text=text, published_at=PUBLISHED))
    fresh = [one.toll for one in coding.incidents if one.class_ == "fresh"]
    killed = max((one.killed.min for one in fresh if one.killed), default=0)
    return killed, max((one.wounded.min for one in fresh if one.wounded), default=0)


STORIES = [
    (
        "A man was shot on Monday evening in Oakland, police said. The man was taken to a hospital, where he died.",
        (1, 0),
    ),
    ("Three men were shot on Monday night in Oakland, police said. One of them died at a hospital.", (1, 2)),
    (
        "Gunmen killed a guard and wounded two men in Oakland on Monday. One of the wounded is a clerk.",
        (1, 2),
    ),
    (
        "Someone opened fire on a clerk in Oakland on Monday evening, police said. He was shot in the leg.",
        (0, 1),
    ),
    (
        "One man was killed and another man was shot in Oakland on Monday, police said. The shop was closed.",
        (1, 1),
    ),
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_a_victim_is_counted_once(text: str, expected: tuple[int, int]) -> None:
    """Who is told as hit and dies is among the killed alone; who is told only as "he" still counts."""
    assert counts(text) == expected


def test_a_pronoun_is_no_count_of_its_own() -> None:
    """ "He was shot" tells of one who was told before."""
    assert read_tolls("He was shot in the back.") == ()
    assert [(one.kind, one.min, one.again) for one in read_again("He was shot in the back.")] == [
        ("wounded", 1, True)
    ]
    assert read_again("They were shot in the back.") == ()


def test_what_is_told_as_hit_may_prove_fatal() -> None:
    """ "Shot" and "taken to hospital" leave open who lives; "wounded" does not."""
    told = [one.hit for text in ("A man was shot.", "A man was wounded.") for one in read_tolls(text)]
    assert told == [True, False]
