"""The normal form of a text: its words, where they stand, and how telling each one is.

Owns: normalization, the offsets of words in the text as given, and the four kinds of words. Refuses
hashes of more than one word (``keys``, ``sketch``).

Scripts written without spaces have no words to find: each of their letters counts as one, and what is
hashed is the run of letters that begins there.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

COMMON, PLAIN, RARE, NUMBER = range(4)
"""Kinds of words: in more than one of 25 documents, in fewer, a name or an unknown word, a figure."""

COMMON_LEVEL = 19
"""Words up to this level of ``word_levels.txt`` (-4 * log2 of the share of documents: one in 27) are common."""

RARE_LEVEL = 32
"""Words from this level on (one document in 256), and those that the table does not hold, are rare."""

LONGEST = 64
"""Letters of a word that are told apart, and that are kept in mind: what is longer is no word."""

_FIGURES = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    january february march april may june july august september october november december""".split()  # noqa: SIM905 - one word a line would bury the module
)

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer; kana, Han and its extensions.
_SPACED_NOT = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_SPACELESS = _SPACED_NOT + _EAST
# Signs that Python counts as no letters, but that words of Indic scripts are written with; accents left over.
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0df3"
_HAS_SPACELESS = re.compile(f"[{_SPACELESS}]")
_IS_EAST = re.compile(f"[{_EAST}]")
_SPACE = ord(" ")
_PLAIN_BYTES = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else _SPACE for byte in range(256)
)
_WORD = re.compile(f"([\\w{_MARKS}]+)")  # the underscore is a space by then
_WORD_OR_LETTER = re.compile(f"([{_SPACELESS}]|(?:[^\\W_{_SPACELESS}]|[{_MARKS}])+)")
# Marks that one copy has and the next drops: soft hyphen, zero-width signs, vowel signs of Arabic and Hebrew, tatweel.
_DROPPED = re.compile(
    "[\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff]"
)
# No sign of these becomes a letter, whatever stands around it: a text may be normalized piece by piece.
_BREAK = re.compile(
    "([\\s!-/:-@\\[-`{-~\u2013-\u201f\u2026\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+)"
)
# Japanese writes endings and particles in hiragana, and begins or ends most of its words in others.
_HIRAGANA = re.compile("[\u3041-\u309f]+")
_EAST_GRAM, _OTHER_GRAM = 2, 4  # letters hashed together: about a word's worth


class Tokens(NamedTuple):
    """The words of a text in order."""

    words: list[str]
    #: Where each begins in the text as given, in characters.
    starts: NDArray[np.int64]
    #: Some of them are letters of a script without spaces.
    spaceless: bool = False


def words(text: str) -> list[str]:
    """Return the normal form of a text: NFKC, casefolded, letters and digits only.

    In scripts without spaces each letter is a word. ``words(" ".join(words(t))) == words(t)``.
    """
    return tokens(text).words


def tokens(text: str) -> Tokens:
    """Return the words of a text and where each begins in it. Linear in the length."""
    if text.isascii():
        return _split_ascii(text.encode("ascii").translate(_PLAIN_BYTES))
    text = text.replace("\u2026", ".")  # three dots in the normal form, which would move all that follows
    normal = _normal(text)
    spaceless = _HAS_SPACELESS.search(normal) is not None
    pattern = _WORD_OR_LETTER if spaceless else _WORD
    if len(normal) == len(text):
        return _split(pattern, normal)._replace(spaceless=spaceless)
    moved = _moved(text, len(normal))
    if moved is not None:
        whole = _split(pattern, normal)
        return Tokens(whole.words, _as_given(whole.starts, *moved), spaceless)
    found: list[str] = []
    starts: list[int] = []
    at = 0
    for number, piece in enumerate(_BREAK.split(text)):
        if piece and not number % 2:
            read = _piece if len(piece) <= LONGEST else _piece.__wrapped__
            inner, offsets = read(piece, spaceless)
            found += inner
            starts += [at + offset for offset in offsets]
        at += len(piece)
    return Tokens(found, np.array(starts, dtype=np.int64), spaceless)


def codes(found: Tokens) -> NDArray[np.uint64]:
    """Return one number a word: 32 bits of hash, and above them its kind."""
    named = _grams(found.words) if found.spaceless else found.words
    if max(map(len, named), default=0) > LONGEST:
        named = [word[:LONGEST] for word in named]
    return np.fromiter(map(_code, named), dtype=np.uint64, count=len(named))


def _normal(text: str) -> str:
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", text.casefold()).replace("_", " ")


def _moved(text: str, normal_length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return where letters stand that become several or none, and what is added by each.

    None when that does not account for the normal form's length: other letters were joined or parted.
    """
    odd = {
        letter: more for letter in set(text) if letter > "\x7f" and (more := len(_normal_letter(letter)) - 1)
    }
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places = [np.flatnonzero(letters == ord(letter)) for letter in odd]
    if not places or len(text) + sum(map(int.__mul__, odd.values(), map(len, places))) != normal_length:
        return None
    at = np.concatenate(places)
    added = np.repeat(np.array(list(odd.values()), dtype=np.int64), list(map(len, places)))
    order = np.argsort(at)
    return at[order], added[order]


def _as_given(
    starts: NDArray[np.int64], at: NDArray[np.int64], added: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where words of the normal form begin in the text as given, by what ``_moved`` tells."""
    offsets = np.concatenate([[0], np.cumsum(added)])
    # A word that begins with a letter made several begins there; one behind a dropped letter, behind it.
    passed = np.searchsorted(2 * (at + offsets[:-1]) - (added < 0), 2 * starts, side="left")
    begins: NDArray[np.int64] = starts - offsets[passed]
    inside = passed > 0
    begins[inside] = np.maximum(begins[inside], at[passed[inside] - 1])
    return begins


@lru_cache(maxsize=1 << 12)
def _normal_letter(letter: str) -> str:
    return _normal(letter)


def _split_ascii(plain: bytes) -> Tokens:
    """Do as ``_split`` does at a third of the cost: all but words is spaces already."""
    letters = np.frombuffer(b" " + plain, dtype=np.uint8) != _SPACE
    return Tokens(plain.decode("ascii").split(), np.flatnonzero(letters[1:] & ~letters[:-1]))


def _split(pattern: re.Pattern[str], normal: str) -> Tokens:
    pieces = pattern.split(normal)
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
    return Tokens(pieces[1::2], np.cumsum(lengths)[:-1:2])


@lru_cache(maxsize=1 << 14)
def _piece(piece: str, spaceless: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words between two breaks, and where each begins: at most at the last character as given."""
    inner = _split(_WORD_OR_LETTER if spaceless else _WORD, _normal(piece))
    return tuple(inner.words), tuple(min(start, len(piece) - 1) for start in inner.starts.tolist())


def _grams(found: list[str]) -> list[str]:
    """Return for each letter of a script without spaces the run of letters that begins there."""
    grams = []
    for place, word in enumerate(found):
        if _HAS_SPACELESS.match(word):
            size = _EAST_GRAM if _IS_EAST.match(word) else _OTHER_GRAM
            grams.append("".join(found[place : place + size]))
        else:
            grams.append(word)
    return grams


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    mixed = (crc32(word.encode("utf-8", "surrogatepass")) * 0x9E3779B97F4A7C15) & ((1 << 64) - 1)
    return (mixed >> 32) ^ (kind(word) << 32)


def kind(word: str) -> int:
    """Return how telling a word is: ``COMMON``, ``PLAIN``, ``RARE`` or ``NUMBER``."""
    if word in _FIGURES or (not word.isalpha() and any(map(str.isdigit, word))):
        return NUMBER
    level = _levels().get(word)
    if level is None:
        return _kind_unknown(word)
    if level <= COMMON_LEVEL:
        return COMMON
    return PLAIN if level < RARE_LEVEL else RARE


def _kind_unknown(word: str) -> int:
    """Judge a word that the table does not hold: it holds none of under three letters, and English only.

    In most scripts the shortest words are articles, prepositions and the like; longer ones are listed for 18
    languages. A syllable block of Hangul is several letters.
    """
    if word in _common() or _HIRAGANA.fullmatch(word):
        return COMMON
    if _HAS_SPACELESS.match(word) or ("\uac00" <= word[0] <= "\ud7a3" and len(word) > 1):
        return RARE
    if len(word) < 3:
        return COMMON
    return PLAIN if len(word) < 4 else RARE


@cache
def _common() -> frozenset[str]:
    """Return the commonest words of languages other than English, as general knowledge has them."""
    listed = files("dateline.dedup").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in listed.splitlines() for word in _normal(line).split(" ")[1:])


@cache
def _levels() -> dict[str, int]:
    table = files("dateline.dedup").joinpath("word_levels.txt").read_text(encoding="utf-8")
    levels: dict[str, int] = {}
    for line in table.splitlines():
        level, *listed = line.split(" ")
        levels.update(dict.fromkeys(listed, int(level)))
    return levels
