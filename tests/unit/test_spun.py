"""Machine-reworded copies."""

import random

from test_judge import neighbour, told

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import judge
from dateline.dedup.spun import LEAST_WORDS, spun
from dateline.model import Disposition

STORY = told(5, 40)
ODD = ["assembled", "barricaded", "chronicled", "disposed", "embellished", "fathomed", "garnished", "hoisted"]


def reworded(text: str, share: float) -> str:
    """Replace so large a share of the longer words, each by an odd one, and bend some names."""
    draw = random.Random(9)
    words = []
    for word in text.split(" "):
        if word.isalpha() and len(word) > 3 and draw.random() < share:
            words.append(word[:-2] + "ova" if word[0].isupper() else draw.choice(ODD))
        else:
            words.append(word)
    return " ".join(words)


def is_spun(text: str) -> bool:
    return compare(fingerprint(text).sketch, fingerprint(STORY).sketch).spun


def test_a_reworded_copy_is_marked() -> None:
    """Single words replaced from beginning to end."""
    assert is_spun(reworded(STORY, 0.3))
    found = judge(fingerprint(reworded(STORY, 0.25)), [neighbour("a", STORY)])
    assert (found.disposition, found.spun) == (Disposition.REPRINT, True)


def test_edited_reprints_are_not_marked() -> None:
    """Cuts, additions and a few changed words are an editor's."""
    parts = STORY.split(". ")
    edited = [
        ". ".join(parts[:25]),
        ". ".join(part for at, part in enumerate(parts) if at % 3),
        f"{told(8, 6)} {STORY}",
        STORY.replace("repaired", "mended").replace("ferry", "boat"),
        STORY.upper(),
        STORY,
    ]
    assert not any(is_spun(text) for text in edited)


def test_misread_letters_are_not_rewording() -> None:
    """A scanned page has other letters, but words of the same length."""
    draw = random.Random(3)
    words = STORY.split(" ")
    misread = [
        word[:1] + "q" + word[2:] if len(word) > 3 and draw.random() < 0.25 else word for word in words
    ]
    assert not is_spun(" ".join(misread))


def test_another_telling_is_not_marked() -> None:
    """The same names in other sentences."""
    assert not is_spun(told(6, 40))


def test_few_words_prove_nothing() -> None:
    """Under the least number of shared words, whatever their order."""
    pairs = [(at, at) for at in range(LEAST_WORDS - 1)]
    assert not spun(pairs, list(range(0, 900, 30)), list(range(0, 900, 30)))
