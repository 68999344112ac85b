"""The promises of titles.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import headings, html, titles


@pytest.mark.parametrize(
    ("title", "site", "host", "headline"),
    [
        ("Nine killed in raids | World | The Courier", "The Courier", "courier.test", "Nine killed in raids"),
        ("The Courier: nine killed", "The Courier", "courier.test", "The Courier: nine killed"),
        ("The Courier | Nine killed in raids on villages near the river", "The Courier", "x.test", "Nine killed in raids on villages near the river"),
        ("Nine killed in raids - ", "", "", "Nine killed in raids"),
        ("Talks - and raids - go on along the long border", "", "", "Talks - and raids - go on along the long border"),
        (" | ", "", "", ""),
        ("两座桥梁周一因洪水关闭交通中断_社会_信使网", "", "courier.test", "两座桥梁周一因洪水关闭交通中断"),
        ("洪水で二つの橋が閉鎖された｜クーリエ", "", "courier.test", "洪水で二つの橋が閉鎖された"),
        ("洪水で二つの橋が閉鎖された:courier日報", "", "courier.test", "洪水で二つの橋が閉鎖された"),
        ("The Courier: nine people killed", "The Courier", "courier.test", "nine people killed"),
        ("Police: nine people killed", "The Courier", "courier.test", "Police: nine people killed"),
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


@pytest.mark.parametrize(
    ("titles_given", "printed", "lesser", "home", "headline"),
    [
        (("Flood | X", "Flood: nine villages cut off"), ["Flood"], [], [], "Flood: nine villages cut off"),
        (("Nine villages cut off | X", ""), ["World Nine villages cut off"], [], [], "Nine villages cut off"),
        (("A diary - Nine villages cut off", ""), [], ["Nine villages cut off"], ["A diary"], "Nine villages cut off"),
        (("River: Nine villages cut off - X", "River: Nine villages cut off"), ["Other"], ["Nine villages cut off"], [], "Nine villages cut off"),
        (("Ann Lee – Over the river | X", "Ann Lee – Over the river"), ["Over the river"], [], [], "Over the river"),
        (("", ""), [], ["Nine villages cut off by the flood"], [], "Nine villages cut off by the flood"),
        (("洪水で橋が閉鎖、復旧に時間 | X", ""), ["洪水で橋が閉鎖、復旧まで時間"], [], [], "洪水で橋が閉鎖、復旧まで時間"),
        (("信使", "两座桥梁因洪水关闭"), ["活动与会议信息"], [], [], "两座桥梁因洪水关闭"),
    ],
)  # fmt: skip
def test_the_headline_is_chosen_as_a_reader_would(titles_given, printed, lesser, home, headline):
    """Kickers, sections and the site's own headings are no headline, in scripts with spaces and without."""
    read = titles.choose(*titles_given, printed, "X", "x.test", lesser=lesser, home=home)
    assert read == headline


@given(st.text(alphabet="ab |-:_–", max_size=30), st.text(alphabet="ab |", max_size=5))
def test_cutting_ends_on_any_title(title: str, site: str) -> None:
    """Any row of separators comes to an end, and nothing is added."""
    assert len(titles.without_site(title, site, "ab.test")) <= len(title)


@pytest.mark.parametrize(
    ("markup", "text", "is_home"),
    [
        ('<h1><span class="kicker">World</span>: Nine killed</h1>', "Nine killed", False),
        ("<h1>Nine <b>killed</b></h1>", "Nine killed", False),
        ('<h1><a href="/">The Courier</a></h1>', "The Courier", True),
        ('<h1><a href="https://courier.test/index.html">The Courier</a></h1>', "The Courier", True),
        ('<h1><a href="/2024/nine-killed">Nine killed</a></h1>', "Nine killed", False),
        ('<a href="/"><h1>The Courier</h1></a>', "The Courier", True),
    ],
)
def test_headings_are_read_as_printed(markup, text, is_home):
    """A kicker inside is cut; a heading that is a link to the front page is the site's name."""
    heading = next(html.parse(f"<html><body>{markup}</body></html>").iter("h1"))
    assert headings.heading(heading) == text
    assert headings.links_home(heading) is is_home
