"""Fingerprints: the normal form, the exact hash, keys and the sketch's frame."""

import subprocess
import sys

import pytest

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import SHORT_WORDS, fingerprint, words
from dateline.dedup.keys import KEYS
from dateline.dedup.sketch import ITEMS, unpack
from dateline.dedup.tokens import COMMON, NUMBER, PLAIN, RARE, kind, tokens

LONG = " ".join(
    f"the river town number {number} heard shots near bridge {number % 7} at dawn" for number in range(40)
)
PLACES = [
    *("Kadoma", "Chegutu", "Norton", "Rusape", "Zvishavane", "Gokwe"),
    *("Mutoko", "Beitbridge", "Karoi", "Plumtree", "Nyanga", "Gwanda"),
]
PROSE = " ".join(
    f"In {place} the council of quarter {number} closed its wells, and {place} traders carried water from {other} until evening."
    for number, (place, other) in enumerate(zip(PLACES * 3, PLACES[1:] * 4, strict=False))
)

NORMAL = [
    ("Two MEN, one dog.", ["two", "men", "one", "dog"]),
    ("café Straße", ["café", "strasse"]),
    ("ﬁve ｗｉｄｅ", ["five", "wide"]),
    ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
    ("قُتِلَ", ["قتل"]),
    ("שָׁלוֹם", ["שלום"]),
    ("मौत हुई", ["मौत", "हुई"]),
    ("東京で爆発", ["東", "京", "で", "爆", "発"]),
    ("ระเบิด 3", ["ร", "ะ", "เ", "บ", "ิ", "ด", "3"]),
    ("1,200 a_b", ["1", "200", "a", "b"]),
    ("so… then", ["so", "then"]),
    ("", []),
    ("… — !", []),
]


@pytest.mark.parametrize(("text", "expected"), NORMAL)
def test_words_have_one_normal_form(text: str, expected: list[str]) -> None:
    """Letters and digits only, casefolded, compatibility forms folded; spaceless scripts by letter."""
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Shots in the market at dawn.",
        "Schüsse auf dem Markt … am Morgen, ™ eine Stunde später",
        "ﬁrst \u00adhidden word\u200b behind",
        "قُتِلَ ثَلاثَةُ رجال",
        "銃声が…市場で、朝",
    ],
)
def test_words_are_found_where_they_stand(text: str) -> None:
    """Each word begins in the text as given at its offset, whatever normalizing did to those before it."""
    found = tokens(text)
    for word, start in zip(found.words, found.starts.tolist(), strict=True):
        assert words(text[start:])[0][0] == word[0]


def test_words_are_of_four_kinds() -> None:
    """Common, plain and rare words by the shipped table and the length; figures, months and numerals."""
    assert [kind(word) for word in ("the", "of", "в")] == [COMMON] * 3
    assert [kind(word) for word in ("bridge", "rescue", "дом")] == [PLAIN] * 3
    assert [kind(word) for word in ("kadoma", "взрыв", "경찰", "爆発")] == [RARE] * 4
    assert [kind(word) for word in ("12", "3rd", "seven", "march")] == [NUMBER] * 4


def test_typography_does_not_change_the_exact_hash() -> None:
    """Case, quotes, dashes and paragraphs are no difference."""
    assert fingerprint(LONG).exact == fingerprint(LONG.upper().replace(" at ", " — at\n\n")).exact


def test_one_changed_word_changes_the_exact_hash() -> None:
    """A duplicate has the very same words."""
    assert fingerprint(LONG).exact != fingerprint(LONG.replace("number 3 ", "number 4 ")).exact


def test_a_headline_does_not_change_a_long_text() -> None:
    """Reprints carry new headlines, so the title of a text of normal length is not read."""
    assert fingerprint(LONG, "One headline") == fingerprint(LONG, "Another one")


def test_a_short_text_is_read_with_its_headline() -> None:
    """Below SHORT_WORDS the title counts: the same notice under two headlines is two articles."""
    notice = "Subscribe now to read the rest of this story"
    one, other = (fingerprint(notice, title) for title in ("Gunmen raid a market", "Budget passed at night"))
    assert len(words(notice)) < SHORT_WORDS
    assert one.exact != other.exact
    assert one.words == other.words == len(words(notice))


def test_an_empty_text_has_a_defined_fingerprint() -> None:
    """No words: no keys, an empty sketch, 0 words; with a title alone the title is the text."""
    empty = fingerprint("", " — ")
    assert (empty.sketch, empty.keys, empty.words) == (b"", (), 0)
    assert fingerprint("", "Headline only").keys


def test_shape() -> None:
    """16 bytes, at most 300 bytes, at most 20 different numbers of 48 bits."""
    mark = fingerprint(PROSE)
    assert len(mark.exact) == 16
    assert 0 < len(mark.sketch) <= 300
    assert len(mark.keys) == len(set(mark.keys)) == KEYS
    assert all(0 <= key < 1 << 48 for key in mark.keys)
    assert mark.words == len(words(PROSE))


def test_a_long_text_has_no_larger_fingerprint() -> None:
    """Tens of thousands of words fit the same bytes: fewer of them are sampled."""
    book = " ".join(
        f"{place}{number} lay {number} miles from the sea" for number in range(6000) for place in PLACES[:1]
    )
    mark = fingerprint(book)
    sketch = unpack(mark.sketch)
    assert sketch is not None
    assert len(mark.sketch) <= 300
    assert ITEMS // 2 <= len(sketch.values) <= ITEMS


def test_a_word_said_a_thousand_times_fills_no_sketch() -> None:
    """Of one word a few places are kept."""
    sketch = unpack(fingerprint("again " * 1000 + "Kadoma").sketch)
    assert sketch is not None
    assert len(sketch.values) < 8


def test_half_of_a_text_shares_keys_with_it() -> None:
    """What is found under keys is found from its parts, too."""
    tokens_ = PROSE.split()
    half = " ".join(tokens_[: len(tokens_) // 2])
    assert set(fingerprint(half).keys) & set(fingerprint(PROSE).keys)


def test_unrelated_texts_share_nothing() -> None:
    """Neither keys nor chains of words."""
    one, other = fingerprint(PROSE), fingerprint(LONG)
    assert not set(one.keys) & set(other.keys)
    assert compare(one.sketch, other.sketch).similarity < 0.05


def test_other_processes_agree() -> None:
    """A fingerprint does not depend on the hash seed of the process."""
    code = "from dateline.dedup.fingerprint import fingerprint; print(fingerprint('a small town of Kadoma heard 12 shots ' * 9))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]


COMMON_ELSEWHERE = [
    *("nicht", "werden", "dass", "être", "après", "también", "também", "perché", "zonder", "ponieważ"),
    *(
        "которые",
        "чтобы",
        "olduğunu",
        "bahwa",
        "التي",
        "خلال",
        "उन्होंने",
        "были",
        "것으로",
        "なっ",
        "ました",
        "根据",
    ),
]


@pytest.mark.parametrize("word", COMMON_ELSEWHERE)
def test_function_words_of_other_languages_tell_nothing(word: str) -> None:
    """The commonest words of a language are common, whether or not a table of English knows them."""
    assert kind(words(word)[0] if word.isascii() else "".join(words(word))) == COMMON


@pytest.mark.parametrize(
    "word", ["explosion", "überfall", "взрыв", "انفجار", "धमाका", "爆発", "東京", "kecelakaan"]
)
def test_what_happened_is_told_in_every_language(word: str) -> None:
    """Words that name an event are not common."""
    assert kind(word) != COMMON


@pytest.mark.parametrize(
    "text",
    [
        "straße weiß ß ende",
        "ﬁve hid\u00adden words\u200b here",
        "قُتِلَ ثَلاثَةُ رجال",
        "Ende… eine Meile weiß™ er",
    ],
)
def test_words_are_found_behind_letters_that_become_several_or_none(text: str) -> None:
    """Each word begins with its own first letter in the text as given."""
    found = tokens(text)
    for word, start in zip(found.words, found.starts.tolist(), strict=True):
        assert words(text[start:])[0] == word
