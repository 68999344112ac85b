"""The promises of titles.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import titles


@pytest.mark.parametrize(
    ("title", "site", "host", "headline"),
    [
        ("Nine killed in raids | World | The Courier", "The Courier", "courier.test", "Nine killed in raids"),
        ("The Courier: nine killed", "The Courier", "courier.test", "The Courier: nine killed"),
        ("The Courier | Nine killed in raids on villages near the river", "The Courier", "x.test", "Nine killed in raids on villages near the river"),
        ("Nine killed in raids - ", "", "", "Nine killed in raids"),
        ("Talks - and raids - go on along the long border", "", "", "Talks - and raids - go on along the long border"),
        (" | ", "", "", ""),
    ],
)  # fmt: skip
def test_the_site_is_cut_from_the_headline(title: str, site: str, host: str, headline: str) -> None:
    """Site and section go, dashes inside the headline stay."""
    assert titles.without_site(title, site, host) == headline


def test_the_printed_heading_wins() -> None:
    """The first-level heading that says what the title says is the headline."""
    assert (
        titles.choose(
            "Raids: nine dead | X", "Nine dead in raids", ["X", "Nine dead in the raids"], "X", "x.test"
        )
        == "Nine dead in the raids"
    )


@given(st.text(alphabet="ab |-:_–", max_size=30), st.text(alphabet="ab |", max_size=5))
def test_cutting_ends_on_any_title(title: str, site: str) -> None:
    """Any row of separators comes to an end, and nothing is added."""
    assert len(titles.without_site(title, site, "ab.test")) <= len(title)
