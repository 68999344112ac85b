"""Confidence: a probability that moves with what speaks for a mention."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dateline.incidents.confidence import Signs, score

SIGNS = Signs(
    relevance=0.8,
    told=0.8,
    family="vac",
    strong=True,
    counted=True,
    own_date=True,
    own_place=True,
    town=True,
    perpetrator=False,
    target=True,
)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["battle", "remote", "vac", "protest", "riot", "sd"]),
    st.integers(0, 40_000),
)
def test_a_confidence_is_a_probability_with_two_decimals(
    relevance: float, told: float, family: str, chars: int
):
    """Whatever the looks say, and however long the text is."""
    found = score(structs.replace(SIGNS, relevance=relevance, told=told, family=family, chars=chars))
    assert 0.0 <= found <= 1.0
    assert round(found, 2) == found


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 40_000))
def test_the_surer_the_article_the_surer_the_mention(one: float, two: float, chars: int):
    """More in the second look never lowers a confidence."""
    low, high = sorted((one, two))
    assert score(structs.replace(SIGNS, told=low, chars=chars)) <= score(
        structs.replace(SIGNS, told=high, chars=chars)
    )


def test_what_lowers_a_confidence():
    """A long text, a denial and counts that quarrel make one mention less sure."""
    for worse in ({"chars": 6000}, {"assertion": "denied"}, {"conflict": True}):
        assert score(structs.replace(SIGNS, **worse)) < score(SIGNS)
