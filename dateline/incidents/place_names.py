"""What makes two spellings of a place the same name.

Owns the two keys under which names are found: ``fold`` (case, accents, punctuation) and
``skeleton`` (what remains of a name after the habits of transliteration are taken out, so that
"Al-Soukhna" meets "As Sukhnah"). Refuses to know any place.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
        "'": "", "’": "", "‘": "", "`": "", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "´": "",
        "-": " ", "–": " ", ".": " ", "/": " ", ",": " ", "_": " ", "(": " ", ")": " ",
    }
)  # fmt: skip

_ARTICLES = frozenset(
    (
        "al",
        "el",
        "ul",
        "ad",
        "ed",
        "an",
        "en",
        "ar",
        "er",
        "as",
        "es",
        "ash",
        "esh",
        "at",
        "et",
        "az",
        "ez",
    )
)
"""The Arabic article before moon and sun letters, as newsrooms write it."""

_SUN = re.compile(r"^[aeu](?=(sh|th|[dnrstz])\1)")
_STEPS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh|q|ck|c(?!h)|k"), "k"),
    (re.compile(r"dh|th|tt"), "t"),
    (re.compile(r"tch|tsh|ch|sch"), "sh"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"aw(?![aeiou])|au|ow(?![aeiou])|oo|ou|uu|o|u"), "u"),
    (re.compile(r"a[iy]|e[iy]|ee|ie|ii|y|e|i"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.)h(?![aiu])"), ""),
    (re.compile(r"(?<=...)[aih]+$"), ""),
)
"""Applied in order; each takes out one habit: digraphs of gutturals, vowels, doubled letters, final -ah and -eh."""


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Return the name in lower case, without accents and apostrophes, punctuation as single blanks.

    Total over any text; idempotent. Letters of other scripts stay as they are.
    """
    low = name.lower().translate(_LETTERS)
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low)
        low = "".join(ch for ch in low if not unicodedata.combining(ch)).lower().translate(_LETTERS)
    return " ".join("st" if word == "saint" else word for word in low.split())


@lru_cache(maxsize=16384)
def skeleton(folded: str) -> str:
    """Return what is left of a folded name without article, vowel length, gutturals and doubling.

    Empty when less than four letters would be left or the name is not in Latin letters: so little proves nothing.
    """
    words = [_SUN.sub("", word) for word in folded.split() if word not in _ARTICLES]
    if not words or not folded.isascii():
        return ""
    bare = "".join(map(_bare_word, words))
    return bare if len(bare) >= 4 else ""


def _bare_word(word: str) -> str:
    # "sh" must outlive the step that drops a closing h: it is kept as one letter.
    word = re.sub(r"t?sch|tch|sh", "x", word)
    for pattern, into in _STEPS:
        word = pattern.sub(into, word)
    return word.replace("sh", "x")
