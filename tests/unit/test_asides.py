"""What is left out of an article or parted in it before events are read. All texts are our own."""

import pytest

from dateline.incidents import asides, sentences

HURT_ELSEWHERE = [
    ("four people were wounded and flown to nairobi", "nairobi"),
    ("the injured were treated for burns in maradi", "maradi"),
    ("a doctor at the central hospital in gao said", "gao"),
    ("the bodies lie in the mortuary of the hospital in kismayo", "kismayo"),
    ("a nurse at kismayo general hospital counted nine dead", "kismayo"),
    ("eleven wounded were evacuated by helicopter to bangui", "bangui"),
]
STRUCK_THERE = [
    ("a shell hit the hospital in gao", "gao"),
    ("militants bombed a clinic in bria", "bria"),
    ("gunmen attacked a bus near maradi", "maradi"),
    ("seven farmers were kidnapped in dori", "dori"),
    ("hostages were taken in pemba", "pemba"),
]


@pytest.mark.parametrize(("low", "name"), HURT_ELSEWHERE)
def test_where_the_hurt_are_brought_is_no_place_of_the_event(low: str, name: str) -> None:
    """A hospital's city, or where people were flown to, is left out."""
    start = low.index(name)
    assert asides.elsewhere(low, start, start + len(name))


@pytest.mark.parametrize(("low", "name"), STRUCK_THERE)
def test_a_hospital_that_was_hit_is_a_place_of_the_event(low: str, name: str) -> None:
    """An act on the spot keeps its place, a clinic that was bombed too."""
    start = low.index(name)
    assert not asides.elsewhere(low, start, start + len(name))


def test_a_second_event_in_a_sentence_becomes_its_own() -> None:
    """ ", while a separate ambush …" is parted off as a slice of the text; a plain "while" is not."""
    text = "Gunmen killed two guards in Zamfara, while a separate ambush in the north wounded a driver."
    parts = asides.parted(sentences.split(text))
    assert [one.text for one in parts] == [
        "Gunmen killed two guards in Zamfara,",
        "a separate ambush in the north wounded a driver.",
    ]
    assert all(text[one.start : one.end] == one.text for one in parts)
    assert [asides.added(one) for one in parts] == [False, True]
    whole = "Gunmen killed two guards, while a bomb went off at the gate."
    assert len(asides.parted(sentences.split(whole))) == 1


def test_furniture_lines_are_not_read() -> None:
    """Subscribe boxes and reading times go, the story stays; evidence keeps its characters."""
    text = (
        "2 min read\n\nGunmen killed two guards at a mine near Kita on Friday, officials said.\n\n"
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *"
    )
    kept = asides.prose(sentences.split(text), text, "")
    assert [one.text for one in kept] == [
        "Gunmen killed two guards at a mine near Kita on Friday, officials said."
    ]


def test_a_text_of_nothing_but_furniture_is_read_whole() -> None:
    """The rules never empty an article."""
    text = "Leave a Reply"
    assert asides.prose(sentences.split(text), text, "") == sentences.split(text)
