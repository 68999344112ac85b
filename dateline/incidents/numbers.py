"""Numbers as news writes them: digits with separators, words, dozens.

Owns: the value of a number that is written at one place of a token list. Refuses: what is
counted, and phrases around the number ("at least", "between"): those are the grammar's.

    read_number(words, at) -> Number | None
"""

import re

from msgspec import Struct

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_TENS["fourty"] = 40  # a common slip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
#: Vague amounts, as ACLED's codebook counts them: several 3, dozens 12, hundreds 100.
_VAGUE = {
    "several": 3, "many": 3, "few": 3, "numerous": 3, "multiple": 3, "various": 3,
    "dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1000,
}  # fmt: skip
_GROUPED = {"dozen": 12, "score": 20, "couple": 2, "pair": 2, "handful": 3, "number": 3}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:\.\d{3})+|\d+(?:\.\d+)?")
MAX_VALUE = 10_000_000
"""Above this a number counts no victims of one event; larger ones are not read."""

NUMBER_WORDS = (
    frozenset(_UNITS) | frozenset(_TENS) | frozenset(_SCALES) | frozenset(_VAGUE) | frozenset(_GROUPED)
)


class Number(Struct, frozen=True, gc=False):
    """A number that fills ``words[at:end]``. ``vague``: "dozens", "a couple"; the value is a floor."""

    value: int
    end: int
    vague: bool = False
    digits: bool = False


def digits_value(word: str) -> int | None:
    """Return the whole number that digits write ("1,200" 1200, "1.200" 1200), else None."""
    word = word.removesuffix("-odd")
    if not _DIGITS.fullmatch(word) or len(word) > 12:
        return None
    if "." in word and "," not in word:
        head, *rest = word.split(".")
        return int(head + "".join(rest)) if all(len(one) == 3 for one in rest) else None
    value = int(word.replace(",", ""))
    return value if value <= MAX_VALUE else None


def word_value(word: str) -> int | None:
    """Return the value of one number word, hyphens included ("twenty-one" 21), else None."""
    word = word.removesuffix("-odd")
    value = _UNITS.get(word, _TENS.get(word))
    if value is not None or "-" not in word:
        return value
    tens, _, unit = word.partition("-")
    if tens in _TENS and 0 < _UNITS.get(unit, 0) < 10:
        return _TENS[tens] + _UNITS[unit]
    return None


def read_number(words: list[str], at: int) -> Number | None:
    """Return the number that begins at ``words[at]`` (lower-cased words), or None.

    The longest reading wins: "two hundred and fifty" is 250, "half a dozen" is 6, "two dozen" is
    24, "a few dozen" is 36. "a" alone is no number.
    """
    count = len(words)
    if at >= count:
        return None
    word = words[at]
    following = words[at + 1] if at + 1 < count else ""
    if word == "half" and following == "a" and at + 2 < count and words[at + 2] == "dozen":
        return Number(6, at + 3, vague=True)
    if word in {"a", "an"}:
        return _after_article(words, at)
    if word in _VAGUE:
        if following in _SCALES or following in {"dozen", "score"}:
            unit = _SCALES.get(following) or _GROUPED[following]
            return Number(_VAGUE[word] * unit, at + 2, vague=True)
        if (
            word in {"tens", "hundreds"}
            and following == "of"
            and at + 2 < count
            and words[at + 2] == "thousands"
        ):
            return Number(_VAGUE[word] * 1000, at + 3, vague=True)
        return Number(_VAGUE[word], at + 1, vague=True)
    return _exact(words, at)


def _after_article(words: list[str], at: int) -> Number | None:
    """Reads "a hundred", "a dozen", "a few", "a couple of", "a number of"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    beyond = words[at + 2] if at + 2 < len(words) else ""
    if following in {"large", "small", "great"} and beyond == "number":
        return Number(3, at + 3, vague=True)
    if following in {"hundred", "thousand"}:
        return _exact(["one", *words[at + 1 : at + 8]], 0, shift=at)
    if following in {"few", "many"}:
        return read_number(words, at + 1)
    if following in {"couple", "pair"}:
        return Number(2, at + 2)
    if following in _GROUPED:
        return Number(_GROUPED[following], at + 2, vague=True)
    return None


def _exact(words: list[str], at: int, *, shift: int = 0) -> Number | None:
    """Digits or number words, with scales: "1.5 million", "three thousand two hundred"."""
    word = words[at]
    digits = word[:1].isdigit()
    value = digits_value(word) if digits else word_value(word)
    following = words[at + 1] if at + 1 < len(words) else ""
    if value is None:
        if digits and "." in word and following in _SCALES and re.fullmatch(r"\d{1,4}\.\d{1,2}", word):
            scaled = round(float(word) * _SCALES[following])
            return Number(scaled, at + 2 + shift, digits=True) if scaled <= MAX_VALUE else None
        return None
    end = at + 1
    if not digits and value >= 20 and value % 10 == 0 and 0 < _UNITS.get(following, 0) < 10:
        value, end = value + _UNITS[following], at + 2
    total = 0
    while end < len(words) and words[end] in _SCALES and end < at + 8:
        value, end = value * _SCALES[words[end]], end + 1
        tail = end + 1 if end < len(words) and words[end] == "and" else end
        more = word_value(words[tail]) if tail < len(words) else None
        if digits or more is None or more >= value:
            break
        total, value, end = total + value, more, tail + 1
        if more >= 20 and end < len(words) and 0 < _UNITS.get(words[end], 0) < 10:
            value, end = value + _UNITS[words[end]], end + 1
    if end < len(words) and words[end] in {"dozen", "score"}:
        value, end = value * _GROUPED[words[end]], end + 1
    return Number(total + value, end + shift, digits=digits) if total + value <= MAX_VALUE else None
