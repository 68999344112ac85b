"""Fingerprints: the normal form, the exact hash, the estimate."""

import subprocess
import sys

import pytest

from dateline.dedup.compare import compare, corrected
from dateline.dedup.fingerprint import (
    BANDS,
    EMPTY_SIGNATURE,
    PERMUTATIONS,
    SHORT_WORDS,
    fingerprint,
    words,
)

LONG = " ".join(
    f"the river town number {number} heard shots near bridge {number % 7} at dawn" for number in range(40)
)

NORMAL = [
    ("Two MEN, one dog.", ["two", "men", "one", "dog"]),
    ("café Straße", ["café", "strasse"]),
    ("ﬁve ｗｉｄｅ", ["five", "wide"]),
    ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
    ("قُتِلَ", ["قتل"]),
    ("東京で爆発", ["東", "京", "で", "爆", "発"]),
    ("ระเบิด 3", ["ร", "ะ", "เ", "บ", "ิ", "ด", "3"]),
    ("1,200 a_b", ["1", "200", "a", "b"]),
    ("", []),
    ("… — !", []),
]


@pytest.mark.parametrize(("text", "expected"), NORMAL)
def test_words_have_one_normal_form(text: str, expected: list[str]) -> None:
    """Letters and digits only, casefolded, compatibility forms folded; spaceless scripts by letter."""
    assert words(text) == expected


def test_typography_does_not_change_the_exact_hash() -> None:
    """Case, quotes, dashes and paragraphs are no difference."""
    assert fingerprint(LONG).exact == fingerprint(LONG.upper().replace(" at ", " — at\n\n")).exact


def test_one_changed_word_changes_the_exact_hash() -> None:
    """A duplicate has the very same words."""
    assert fingerprint(LONG).exact != fingerprint(LONG.replace("number 3 ", "number 4 ")).exact


def test_a_headline_does_not_change_a_long_text() -> None:
    """Reprints carry new headlines, so the title of a text of normal length is not read."""
    assert fingerprint(LONG, "One headline") == fingerprint(LONG, "Another one")


def test_a_teaser_shared_by_pages_makes_no_twins() -> None:
    """Below SHORT_WORDS the title is read too: the same notice under two headlines is two articles."""
    notice = "Subscribe now to read the rest of this story"
    one = fingerprint(notice, "Gunmen raid a market in the river town, residents say")
    other = fingerprint(notice, "Parliament passes its budget after a long night of talks")
    assert len(words(notice)) < SHORT_WORDS
    assert one.exact != other.exact
    assert compare(one.sketch, other.sketch).similarity < 0.5


def test_an_empty_text_has_a_defined_fingerprint() -> None:
    """No words: the empty signature, no bands, 0 words; with a title alone the title is the text."""
    empty = fingerprint("", " — ")
    assert (empty.sketch, empty.keys, empty.words) == (EMPTY_SIGNATURE, (), 0)
    assert fingerprint("", "Headline only").keys


def test_shape() -> None:
    """16 bytes, 128 bytes, 32 numbers of 32 bits."""
    mark = fingerprint(LONG)
    assert (len(mark.exact), len(mark.sketch), len(mark.keys)) == (16, PERMUTATIONS, BANDS)
    assert all(0 <= band < 1 << 32 for band in mark.keys)
    assert mark.words == len(words(LONG))


def test_the_estimate_is_near_the_truth() -> None:
    """Half of the shingles in common estimate to about .33 (Jaccard of two halves that overlap by half)."""
    tokens = [f"w{number}" for number in range(900)]
    one, other = " ".join(tokens[:600]), " ".join(tokens[300:])
    assert compare(fingerprint(one).sketch, fingerprint(other).sketch).similarity == pytest.approx(
        1 / 3, abs=0.1
    )


def test_chance_is_taken_off() -> None:
    """Bytes that agree by chance estimate to nothing; all agreeing to 1."""
    assert corrected(0) == 0.0
    assert corrected(PERMUTATIONS) == 1.0
    strangers = [" ".join(f"{stem}{number}" for number in range(400)) for stem in ("a", "b")]
    assert compare(*(fingerprint(text).sketch for text in strangers)).similarity < 0.03


def test_other_processes_agree() -> None:
    """A fingerprint does not depend on the hash seed of the process."""
    code = "from dateline.dedup.fingerprint import fingerprint; print(fingerprint('a small town heard shots ' * 9).keys)"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
