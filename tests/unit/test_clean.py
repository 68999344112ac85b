"""The promises of cleaning: what goes, what stays, under which name, and where it stood."""

import re
from pathlib import Path

from dateline.model import Line, Removed, Role
from dateline.text import clean, rules_keys

FIRST = (
    "Armed men attacked two villages in the north of the province on Sunday night, officials said on Monday."
)
SECOND = (
    "The governor said that soldiers had been sent to the area and that the search for the men was going on."
)


def body(*texts: str) -> list[Line]:
    return [Line(Role.BODY, text) for text in texts]


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_page_copied_as_text_loses_header_and_tail() -> None:
    """Site name, tagline, repeated headline, outlet, byline, link, form and headline list all go, by name."""
    paragraphs = (
        "Border Watch Blog", "News for people who guard things.", "Raids grow along the northern border", "The Daily Example",
        "Raids grow along the northern border", "by Jane al-Doe", FIRST, SECOND, "Full story https://example.org/raids",
        "Stay Informed", "Once you sign up for our newsletter, new posts reach your inbox every morning.",
        "Minister's visit to the port is put off ag...", "Drought deepens in the east",
    )  # fmt: skip
    kept, removed = clean.clean_text("\n\n".join(paragraphs))
    assert texts(kept) == [FIRST, SECOND]
    assert [one.rule for one in removed] == [
        "site_header", "site_header", "title_repeated", "site_header", "title_repeated", "byline", "source_link",
        "newsletter", "newsletter", "related_headline", "related_headline",
    ]  # fmt: skip


def test_a_dateline_stays_in_the_text() -> None:
    """City, day and agency at the start of a paragraph are read by coding."""
    line = f"GAO, Mali, March 3 (Reuters) - {FIRST}"
    assert texts(clean.clean_lines(body(line, SECOND))[0]) == [line, SECOND]


def test_the_repeated_title_goes_even_with_the_site_behind_it() -> None:
    """The headline is known from the title, with or without the name of the site."""
    title = "Raids grow along the northern border"
    kept, removed = clean.clean_lines(body(f"{title} | Example News", FIRST, SECOND), title=title)
    assert texts(kept) == [FIRST, SECOND]
    assert removed == (Removed("title_repeated", f"{title} | Example News", 0),)


def test_a_sentence_that_repeats_the_title_later_stays() -> None:
    """Only the head repeats a title; prose that says it again is the story."""
    assert len(clean.clean_lines(body(FIRST, SECOND, FIRST), title=FIRST)[0]) >= 2


def test_captions_stay_as_captions() -> None:
    """A caption is told apart, not removed."""
    kept, removed = clean.clean_lines(
        body(FIRST, "FILE PHOTO: Smoke rises over the harbour on Monday.", SECOND)
    )
    assert [line.role for line in kept] == [Role.BODY, Role.CAPTION, Role.BODY]
    assert removed == ()


def test_headlines_after_a_label_go_in_the_tail_only() -> None:
    """What follows "Related" without a full stop goes; a sentence after it stays."""
    kept, removed = clean.clean_lines(
        body(FIRST, SECOND, "Related stories", "Market reopens after flood", "He was freed.")
    )
    assert texts(kept) == [FIRST, SECOND, "He was freed."]
    assert [one.rule for one in removed] == ["related", "related_headline"]


def test_a_label_in_mid_text_takes_list_items_only() -> None:
    """A box of links inside the story goes; the next paragraph stays however short it is."""
    lines = [
        *body(FIRST, "Read more"),
        Line(Role.LIST, "Market reopens after flood"),
        *body("Then shots were heard", SECOND),
    ]
    assert texts(clean.clean_lines(lines)[0]) == [FIRST, "Then shots were heard", SECOND]


def test_a_text_of_one_line_is_never_taken() -> None:
    """A phrase inside a text that came as one line does not cost the text."""
    line = f"{FIRST} Copyright 2024 by the Example Press - All rights reserved. {SECOND}"
    assert texts(clean.clean_lines(body(line))[0]) == [line]


def test_trailing_hash_tags_are_cut() -> None:
    """Two or more tags at the end of a paragraph are cut; one word with a number sign stays."""
    assert texts(clean.clean_lines(body(f"{FIRST} #Mali #Sahel", f"{SECOND} #1"))[0]) == [
        FIRST,
        f"{SECOND} #1",
    ]


def test_the_author_is_read_from_the_byline() -> None:
    """A removed byline names the author, without agency, date or "by"."""
    assert clean.author_in((Removed("byline", "By Jane Doe, Associated Press"),)) == "Jane Doe"
    assert clean.author_in((Removed("byline", "Written by: Omar Hadi | March 3, 2024"),)) == "Omar Hadi"
    assert clean.author_in((Removed("related", "By the way"),)) == ""


def test_spans_count_in_the_untouched_text() -> None:
    """Every span slices to the furniture as it stands in the text, spaces and all."""
    text = f"  {FIRST} \n\n\n {SECOND}\nleave a reply:  \n"
    assert [(text[start:end], rule) for start, end, rule in clean.furniture_spans(text)] == [
        ("leave a reply:", "comment_form")
    ]


def test_wrapped_wire_copy_is_judged_by_paragraph() -> None:
    """Lines broken by width are parts of a sentence: a last word alone is no label."""
    text = "The company said it had earned less in the first quarter of the\nyear than in that before, which makes two dollars a\nshare.\n"
    assert clean.furniture_spans(text) == ()


def test_a_row_for_one_language_leaves_the_others_alone() -> None:
    """A German "Von …" is a byline in German and a name in English."""
    lines = body("Von Trapp Family Lodge", FIRST, SECOND)
    assert clean.clean_lines(lines, language="en")[1] == ()
    assert clean.clean_lines(lines, language="de")[1] == (Removed("byline", "Von Trapp Family Lodge", 0),)


def test_no_match_is_lost_by_looking_at_beginnings_of_words_first() -> None:
    """Each phrase that takes a line of the goldens is among those that the words of the line lead to."""
    rows = Path(__file__).parents[1] / "golden" / "clean" / "lines.tsv"
    lines = [row.split("\t")[3] for row in rows.read_text("utf-8").splitlines()]
    assert len(lines) > 300
    patterns = [
        (rules_keys.keys(phrase), re.compile(rule.around(phrase), re.IGNORECASE))
        for rule in clean.RULES
        for phrase in rule.phrases
    ]
    for line in lines:
        held = rules_keys.line_keys(line.casefold())
        for needed, pattern in patterns:
            if needed and not needed & held:
                assert not pattern.search(line), (line, pattern.pattern)


def test_keys_are_what_no_match_can_do_without() -> None:
    """Beginnings of words that must be there, one of each way to write a phrase; nothing where none must."""
    assert rules_keys.keys(r"(?:read|see) also(?: here)?") == {"read", "also"}
    assert rules_keys.keys(r"(?:ال)?حقوق محفوظة") == {"حقوق", "الحق"}
    assert rules_keys.keys(r".{0,40}cookies") == frozenset()
    assert rules_keys.keys(r".{0,40}\bcookies?") == {"cook"}
    assert rules_keys.keys(r"(?:please )?share") == {"shar", "plea"}
    assert rules_keys.keys(r"\d+ min") == {"min"}
    assert rules_keys.keys(r"\d{1,2}:\d{2}") == {"0"}
    assert rules_keys.keys(r"[\W_]+") == frozenset()
    assert rules_keys.keys(r".{3,140}[→›]") == {"→", "›"}
    assert rules_keys.keys(r".{2,40} ?\| ?.{2,40}") == {"|"}
    assert rules_keys.keys(r"comp[aá]rt[aei]\w*") == {"comp"}


def test_what_a_site_repeats_is_taken_as_learned() -> None:
    """Places given as recurring go first, in text order, counted in the lines as they were given."""
    lines = [*body("", FIRST, "Our masthead since 1901 stands for truth"), Line(Role.BODY, SECOND)]
    kept, removed = clean.clean_lines(lines, recurring=frozenset({2}))
    assert texts(kept) == [FIRST, SECOND]
    assert removed == (Removed("learned", "Our masthead since 1901 stands for truth", 1),)


def test_recurring_places_open_nothing_and_bound_no_prose() -> None:
    """A learned sentence counts as gone when head and tail are looked for."""
    lines = body(FIRST, SECOND, "Maria Lopez is a reporter at the Example Post.", FIRST + " It was so.")
    assert clean.clean_lines(lines)[1] == ()
    assert [one.rule for one in clean.clean_lines(lines, recurring=frozenset({3}))[1]] == [
        "author_bio",
        "learned",
    ]


def test_what_is_removed_says_where_it_stood() -> None:
    """Each removed line carries the number of kept lines before it, so that both lists make one page again."""
    lines = body("Share this article", FIRST, "Back to top", "Read more:", SECOND, "12 Comments")
    kept, removed = clean.clean_lines(lines)
    assert texts(kept) == [FIRST, SECOND]
    assert [(one.text, one.at) for one in removed] == [
        ("Share this article", 0),
        ("Back to top", 1),
        ("Read more:", 1),
        ("12 Comments", 2),
    ]


def test_links_and_tags_at_the_end_of_a_post_are_cut() -> None:
    """The words of an embedded post stay; the address of its picture and a tail of tags do not."""
    kept, removed = clean.clean_lines(
        body(FIRST, f"{SECOND} #Mali #Sahel pic.twitter.com/AbCdEf1", f"{SECOND} https://t.co/xYz #a1 #b2")
    )
    assert texts(kept) == [FIRST, SECOND, SECOND]
    assert removed == ()
