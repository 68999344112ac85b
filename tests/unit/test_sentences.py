"""The promises of sentences: where a sentence, a paragraph and a quotation begin and end."""

import pytest

from dateline.incidents.sentences import quotes, split

CASES = [
    ("One. Two.", 2),
    ("One! Two? Three.", 3),
    ("Gen. Omar Said left. He came back.", 2),
    ("Lt. Col. J. R. Mills was hit.", 1),
    ("He met Mr. and Mrs. Hall. They left.", 2),
    ("The U.S. Army left.", 1),
    ("He left the U.S. The army stayed.", 2),
    ("U.N. Security Council members met.", 1),
    ("It fell on Jan. 5, 2020. Rain came.", 2),
    ("St. Mary is a town. No. 5 is a house.", 2),
    ("Did he go? The answer was no. They left.", 3),
    ("It rose 3.5 percent. It fell 1.2 percent.", 2),
    ("At 5 p.m. the siren rang.", 1),
    ("It rang at 5 p.m. The raid began.", 2),
    ("“We left.” He wept.", 2),
    ('"We left." He wept.', 2),
    ('"We left," he said. "We ran."', 2),
    ("(It was late.) He left.", 2),
    ("He left... then came back.", 1),
    ("He left… Then he came back.", 2),
    ("Acme Inc. bought it.", 1),
    ("Smith Jr. was there.", 1),
    ("He asked “Why?” and left.", 1),
    ("The end.The next one began.", 2),
    ("See example.com for more.", 1),
    ("他走了。她来了！谁？", 3),
    ("ذهب الرجل. من هو؟ عاد.", 3),
    ("वह गया। वह आया।", 2),
    ("وہ گیا۔ وہ آیا۔", 2),
    ("¿Quién es? No sé. ¡Vamos!", 3),
    ("A headline without a stop", 1),
    ("First line\nSecond line", 2),
    ("Para one.\n\nPara two.", 2),
    ("", 0),
    ("  \n\t ", 0),
]


@pytest.mark.parametrize(("text", "count"), CASES)
def test_a_text_has_its_sentences(text: str, count: int) -> None:
    """Abbreviations, initials, decimals and quotations do not cut a sentence in two."""
    assert len(split(text)) == count


def test_a_line_break_ends_a_paragraph() -> None:
    """Lines of an article are paragraphs, also without a stop."""
    assert [one.paragraph for one in split("Title\nOne. Two.\r\nThree.")] == [0, 1, 1, 2]


def test_hard_wrapped_newswire_keeps_its_paragraphs() -> None:
    """In wrapped text only a blank line ends a paragraph; the wrap is a space."""
    text = (
        "A CITY, 3 MAY 90 (AGENCY) -- THE GOVERNMENT SAID THAT THE ROAD TO THE\n"
        "COAST HAS BEEN CLOSED FOR REPAIRS. THE WORK WILL TAKE FOUR WEEKS AND\n"
        "COST MUCH.\n\n   THE MINISTER DID NOT COMMENT ON THE PRICE OF THE WORK, WHICH WAS\n"
        "LEARNED FROM OTHERS."
    )
    found = split(text)
    assert [one.paragraph for one in found] == [0, 0, 1]
    assert found[1].text.startswith("THE WORK WILL TAKE")
    assert found[1].text.endswith("COST MUCH.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He said “we left” and wept.", ["“we left”"]),
        ('He said "we left" and "we ran".', ['"we left"', '"we ran"']),
        ("«Nous partons», dit-il.", ["«Nous partons»"]),
        ("„Wir gehen“, sagte er.", ["„Wir gehen“"]),
        ("“We left and ran.", ["“We left and ran."]),
        ("We ran,” he said.", ["We ran,”"]),
        ('We ran," he said.', ['We ran,"']),
        ("``We left,'' he said.", ["``We left,''"]),
        ("Nobody spoke.", []),
        ("It's the men's room.", []),
    ],
)
def test_quoted_words_are_found(sentence: str, expected: list[str]) -> None:
    """Marks are included; what is not closed runs on, what was never opened runs from the start."""
    assert [sentence[start:end] for start, end in quotes(sentence)] == expected
