"""`dateline read --explain`: the page in the terminal, as it was read."""

from collections import Counter

import pytest
from command import dateline, json_lines, lines

pytestmark = pytest.mark.integration

FIRST = "Three soldiers were killed on Tuesday when gunmen attacked an army post near Tadmur, officials said."
SECOND = "The governor said that nobody has claimed the attack, and that the road will stay closed for days."
THIRD = "Two of the attackers were arrested in a village to the east of the post on Wednesday, police said."
CAPTION = "Smoke rises over the army post near Tadmur"
PAGE = f"""<html lang="en"><head><title>Attack on a post</title>
<meta property="article:published_time" content="2026-03-11T08:00:00+03:00">
<meta property="og:site_name" content="River Post"><meta name="author" content="Leila Hadi"></head>
<body><nav id="top"><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Attack on a post</h1><p>Share this article</p><p>{FIRST}</p>
<figure><img src="/a.jpg"><figcaption>{CAPTION}</figcaption></figure>
<p>Advertisement</p><p>{SECOND}</p><p>{THIRD}</p><p>Back to top</p></article>
<div class="newsletter-box"><p>Get our letter every morning</p></div></body></html>"""

URL = ("--url", "https://news.test/post")


def test_a_page_is_told_from_headline_to_counts() -> None:
    """Headline and facts come first, then every line in page order, then what pruning took and the counts."""
    done = dateline("read", "--explain", *URL, given=PAGE)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert told[0] == "Attack on a post"
    assert 'published   2026-03-11 05:00 UTC (the page: "2026-03-11T08:00:00+03:00")' in told
    assert "author      Leila Hadi" in told
    assert "site        River Post" in told
    assert "language    en" in told
    order = [
        "- Share this article [share]",
        f"body        {FIRST}",
        "- Advertisement [advertisement]",
        f"body        {SECOND}",
        f"body        {THIRD}",
        "- Back to top [navigation]",
    ]
    assert [line for line in told if line in order] == order
    assert f"caption     {CAPTION}" in told
    assert "            nav#top, 2 words: Home Sport" in told
    assert "            div.newsletter-box, 5 words: Get our letter every morning" in told
    assert told[-1].startswith("kept: 53 words, 3 lines, 1 captions; removed: ")


def test_the_counts_are_those_of_the_article() -> None:
    """What is shown as kept and removed is what the JSON holds, by number and by rule."""
    told = dateline("read", "--explain", *URL, given=PAGE).stdout.splitlines()
    (article,) = lines(dateline("read", *URL, given=PAGE).stdout)
    rules = Counter(one["rule"] for one in article["removed"])
    assert Counter(line.rpartition("[")[2].rstrip("]") for line in told if line.startswith("- ")) == rules
    shown = ", ".join(f"{rule} {number}" for rule, number in rules.most_common())
    assert told[-1].endswith(f"; removed: {rules.total()} lines ({shown})")


def test_colours_strike_out_what_was_removed() -> None:
    """In a terminal removed lines are struck through; with NO_COLOR nothing but text is written."""
    coloured = dateline("read", "--explain", given=PAGE, FORCE_COLOR="1", TERM="xterm")
    struck = [line for line in coloured.stdout.splitlines() if "Share this article" in line]
    assert len(struck) == 1
    assert "9m" in struck[0]
    assert "share" in struck[0]
    plain = dateline("read", "--explain", given=PAGE, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in plain.stdout
    assert "- Share this article [share]" in plain.stdout.splitlines()


def test_a_page_can_not_steer_the_terminal() -> None:
    """Controls and marks of direction of a page are not passed on; joiners, which spelling needs, are."""
    page = PAGE.replace("Attack on a post", "Attack \x1b[31mon\u202e a\u200b p\u200cost \u2066")
    told = dateline("read", "--explain", given=page).stdout
    assert told.startswith("Attack [31mon a p\u200cost\n")
    assert not {"\x1b", "\u202e", "\u2066", "\u200b"} & set(told)


def test_a_page_that_is_refused_says_why() -> None:
    """The reason, what was taken out, and exit code 1."""
    page = '<html><body><div class="newsletter">Get our letter</div><p>Soon here.</p></body></html>'
    done = dateline("read", "--explain", given=page)
    assert done.returncode == 1
    assert done.stdout.startswith("not read    no_text: ")
    assert dateline("read", "--explain", given=b"%PDF-1.7 \xff").stdout.startswith("not read    not_html: ")


def test_json_lines_are_told_one_after_the_other() -> None:
    """Each line's page is shown; a bad line costs itself only."""
    good = {"url": "https://news.test/post", "html": PAGE}
    done = dateline("read", "--explain", given=json_lines([good, {"html": 7}, good]))
    told = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert told.count("Attack on a post") == 2
    assert [line for line in told if line.startswith("not read")] == [
        'not read    bad_record: a line needs "html" as text'
    ]
