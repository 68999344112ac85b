"""Words of a sentence, and the counted phrases of people among them.

Owns: tokens with offsets, and phrases such as "at least seven government soldiers", "dozens",
"three of them", "a 35-year-old man", "Colonel X". Refuses: what happened to these people; that
is for ``tolls``.
"""

import re
from typing import Literal

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.numbers import NUMBER_WORDS, read_number

_TOKEN = re.compile(
    r"\d[\d,.]*(?<![.,])(?:[-–]?[^\W\d_]+(?:-[^\W_]+)*|%)?|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-'’][^\W_]+)*|[^\w\s]|_"
)
MAX_TOKENS = 400
"""Longer "sentences" are lists or broken markup; only their beginning is read."""

_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)


class Words(Struct, frozen=True):
    """Tokens of a sentence: lower-cased, with their offsets; ``caps``: the sentence is all capitals."""

    text: str
    low: list[str]
    spans: list[tuple[int, int]]
    caps: bool

    def raw(self, at: int) -> str:
        start, end = self.spans[at]
        return self.text[start:end]


class Phrase(Struct, frozen=True):
    """People counted: words ``lo`` to ``hi`` (exclusive)."""

    lo: int
    hi: int
    min: int
    max: int | None
    approx: bool
    group: str
    group_kind: str | None
    #: number: a number and a noun; bare: a number alone; one: "a soldier"; name: "Colonel X".
    form: Literal["number", "bare", "one", "name"]


def read_words(text: str) -> Words:
    """Return the words of a sentence, at most ``MAX_TOKENS``."""
    low: list[str] = []
    spans: list[tuple[int, int]] = []
    caps = not any(one.islower() for one in text)
    for match in _TOKEN.finditer(text):
        raw = match.group()
        word = raw.lower().replace("’", "'")
        if not caps and len(raw) > 1 and raw.isupper() and word in lexicon.STOPS:
            word += "*"  # IS, US, WHO are names, not "is", "us", "who"
        low.append(word)
        spans.append(match.span())
        if len(low) >= MAX_TOKENS:
            break
    return Words(text, low, spans, caps)


# the number and what stands before it --------------------------------------------------------

_FLOORS = (
    ("at", "least"),
    ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("not", "less", "than"),
    ("a", "minimum", "of"),
)
_ABOVE = (
    ("more", "than"),
    ("greater", "than"),
    ("over",),
    ("upwards", "of"),
    ("in", "excess", "of"),
    ("well", "over"),
    ("above",),
)
_CEILS = (
    ("up", "to"),
    ("as", "many", "as"),
    ("at", "most"),
    ("no", "more", "than"),
    ("fewer", "than"),
    ("less", "than"),
    ("a", "maximum", "of"),
)
_ABOUTS = (
    ("about",),
    ("around",),
    ("some",),
    ("nearly",),
    ("almost",),
    ("approximately",),
    ("roughly",),
    ("an", "estimated"),
    ("estimated",),
    ("close", "to"),
    ("circa",),
    ("near",),
)
_LEADS = tuple(
    sorted(
        [
            (words, kind)
            for kind, group in (("floor", _FLOORS), ("above", _ABOVE), ("ceil", _CEILS), ("about", _ABOUTS))
            for words in group
        ],
        key=lambda row: -len(row[0]),
    )
)
_LEAD_STARTS = frozenset(words[0] for words, _ in _LEADS)
_DETERMINERS = frozenset(
    ["the", "these", "those", "other", "another", "all", "his", "her", "their", "its", "our"]
)
_ARTICLES = frozenset(["a", "an", "another", "one"])
_DEFINITE = frozenset(["the", "his", "her", "their", "its", "our", "this"])


def _lead(low: list[str], at: int) -> tuple[int, str]:
    """Words such as "at least" at ``at``: where the number begins, and what they do to it."""
    if low[at] in _LEAD_STARTS:
        for words, kind in _LEADS:
            if tuple(low[at : at + len(words)]) == words:
                return at + len(words), kind
    return at, ""


class _Amount(Struct, frozen=True):
    min: int
    max: int | None
    approx: bool
    end: int


def read_amount(low: list[str], at: int) -> _Amount | None:
    """Return the amount at ``at`` with its range: "at least 7" 7 to None, "between 5 and 9" 5 to 9."""
    start, kind = _lead(low, at)
    if start >= len(low):
        return None
    between = low[start] == "between" or (low[start] == "from" and start == at)
    first = read_number(low, start + 1 if between else start)
    if first is None:
        return None
    if not _is_count(low, start + 1 if between else start, first.end):
        return None
    end = first.end
    if end + 1 < len(low) and low[end] in ({"and", "to"} if between else {"to", "or", "-", "–"}):
        second = read_number(low, end + 1)
        if second is not None and second.value > first.value:
            return _Amount(first.value, second.value, kind == "about" or first.vague, second.end)
        if second is not None and between:
            return None
    if between:
        return None
    if end + 1 < len(low) and low[end] == "or" and low[end + 1] == "more":
        return _Amount(first.value, None, False, end + 2)
    if kind == "floor":
        return _Amount(first.value, None, first.vague, end)
    if kind == "above":
        return _Amount(first.value, None, True, end)
    if kind == "ceil":
        return _Amount(1, first.value, True, end)
    if first.vague:
        return _Amount(first.value, None, True, end)
    return _Amount(first.value, first.value, kind == "about", end)


def _is_count(low: list[str], at: int, end: int) -> bool:
    """Not a date, an age, a sum of money, a share or a time of day."""
    before = low[at - 1] if at else ""
    after = low[end] if end < len(low) else ""
    if (
        before
        in {
            "$",
            "€",
            "£",
            "₹",
            "rs",
            "inr",
            "pkr",
            "nrs",
            "cop",
            "eur",
            "#",
            "usd",
            "no",
            "number",
            "article",
            "km",
            "age",
            "ages",
            "aged",
        }
        or before in _MONTHS
    ):
        return False
    if low[at][:1].isdigit() and (
        after in _MONTHS
        or after in {"%", "percent", "per", ":", "°", "/", "p.m.", "a.m.", "pm", "am", "gmt", "hours"}
    ):
        return False
    if (
        before in {",", "("}
        and after in {",", ")"}
        and end == at + 1
        and low[at].isdigit()
        and low[at - 2 : at - 1]
        and low[at - 2][-1:].isalpha()
    ):
        return False  # an age: "Ali Hassan, 35, was", "a teacher (41)"
    if before == "of" and low[at - 2 : at - 1] in (["age"], ["ages"]):
        return False
    if before in {":", "/", "."} and at >= 2 and low[at - 2][:1].isdigit():
        return False
    word = low[at]
    return not (
        end == at + 1
        and word.isdigit()
        and len(word) == 4
        and 1900 <= int(word) <= 2099
        and after in lexicon.STOPS | {"", ",", ".", ")"}
    )


# phrases of people ---------------------------------------------------------------------------


def read_phrase(words: Words, at: int) -> Phrase | None:
    """Return the counted phrase of people that begins at word ``at``, or None."""
    low = words.low
    word = low[at]
    if word in {"nobody", "none"} or (
        word == "no"
        and at + 1 < len(low)
        and low[at + 1] in {"one", "people", "person", "civilians", "soldiers"}
    ):
        hi = at + (2 if word == "no" else 1)
        return Phrase(at, hi, 0, 0, False, "", None, "bare")
    if (
        word == "another"
        and at + 1 < len(low)
        and (low[at + 1] in lexicon.STOPS or low[at + 1].endswith("ly"))
        and low[at + 1] not in lexicon.PREPOSITIONS
    ):
        return Phrase(at, at + 1, 1, 1, False, "", None, "bare")
    start = at
    if (
        word in _DETERMINERS
        and at + 1 < len(low)
        and (low[at + 1] in NUMBER_WORDS or low[at + 1][:1].isdigit() or low[at + 1] in _LEAD_STARTS)
    ):
        start = at + 1
    if word == "both":
        return _noun_phrase(words, at, at + 1, _Amount(2, 2, False, at + 1))
    amount = read_amount(low, start)
    if amount is not None:
        return _noun_phrase(words, at, amount.end, amount)
    if word in _ARTICLES or word in _DEFINITE:
        return _one_person(words, at)
    return None


def _noun_phrase(words: Words, lo: int, at: int, amount: _Amount) -> Phrase | None:
    """The noun after a number; a phrase without one is bare."""
    low = words.low
    at = _skip_of(low, at)
    if at < len(low) and low[at] in {"them", "us"} and low[at - 1] == "of":
        return Phrase(lo, at + 1, amount.min, amount.max, amount.approx, "them", None, "number")
    head, kind = _head(words, at)
    if head < 0:
        return None
    if head == at:
        hi = amount.end
        return Phrase(lo, hi, amount.min, amount.max, amount.approx, "", None, "bare")
    head, kind = _members_of(low, head, kind)
    group = words.text[words.spans[at][0] : words.spans[head - 1][1]]
    return Phrase(lo, head, amount.min, amount.max, amount.approx, group, kind, "number")


def _members_of(low: list[str], at: int, kind: str | None) -> tuple[int, str | None]:
    """Take "of the government forces" after "six members": the body tells what they are."""
    if (
        kind not in {"person", None}
        or low[at : at + 1] != ["of"]
        or low[at - 1] not in {"members", "personnel", "people", "member"}
    ):
        return at, kind
    end = at + 1
    found: str | None = None
    people = lexicon.load()
    while (
        end < len(low)
        and end < at + 8
        and low[end][0].isalpha()
        and (low[end] == "the" or low[end] not in lexicon.STOPS)
    ):
        found = lexicon.BODY_KINDS.get(low[end]) or people.kind(low[end]) or found
        end += 1
    return (end, found or kind) if end > at + 1 else (at, kind)


def _skip_of(low: list[str], at: int) -> int:
    """ "dozens of", "three of the", "12 of its"."""
    if at < len(low) and low[at] == "of":
        at += 1
        while at < len(low) and low[at] in {"the", "its", "their", "his", "these", "those", "our", "her"}:
            at += 1
    return at


def _head(words: Words, at: int) -> tuple[int, str | None]:
    """Where the noun phrase at ``at`` ends, and its kind; (-1, None) when it is not one of people.

    The kind is that of the last noun of people; a plural that no list knows is taken when it is
    capitalised ("12 Yazidis").
    """
    low, people = words.low, lexicon.load()
    kind: str | None = None
    end = at
    last = min(len(low), at + 10)
    if low[at : at + 1] and low[at] in _PARTICIPLES and low[at - 1] in {"a", "an"}:
        end += 1
    while end < last:
        word = low[end]
        if word == "(" and end > at and low[end + 2 : end + 3] == [")"] and words.raw(end + 1).isupper():
            end += 3  # "two Security Force (SF) personnel"
            continue
        if word in {",", "/"} and end > at and _adjective_list(low, end):
            end += 1
            continue
        if (
            word in _QUOTES
            and end + 1 < last
            and low[end + 1][0].isalpha()
            and not (end > at and low[end - 1] in _QUOTES)
        ):
            end += 1  # an 'area commander'
            continue
        found = people.kind(word)
        if _ends_phrase(word, found, kind):
            break
        if found is not None and word not in lexicon.ADJECTIVES:
            kind = _prefer(kind, found)
        end += 1
    while end > at and not low[end - 1][0].isalnum():
        end = end - 3 if low[end - 1] == ")" else end - 1
    return _settle(words, at, end, kind)


_PARTICIPLES = frozenset(
    "abducted kidnapped injured wounded arrested detained captured released missing injured".split()
)
_QUOTES = frozenset("'‘’\"“”")


def _ends_phrase(word: str, found: str | None, kind: str | None) -> bool:
    if word in lexicon.STOPS or not (word[0].isalpha() or (word[0].isdigit() and "-" in word)):
        return True
    if found is not None:
        return False
    if word.endswith("ly") and word not in {"elderly", "family", "friendly", "assembly"}:
        return True
    return kind is not None and word.endswith("ed")  # "a constable posted in …"


def _settle(words: Words, at: int, end: int, kind: str | None) -> tuple[int, str | None]:
    """Judge a phrase by its last word."""
    low, people = words.low, lexicon.load()
    if end <= at:
        return at, None
    final = low[end - 1]
    if final in {"others", "other", "more", "else"}:
        return end, kind
    last_kind = people.kind(final)
    if last_kind is not None:
        return end, kind or last_kind
    if final in lexicon.NOT_PEOPLE or _is_measure(final):
        return -1, None
    raw = words.raw(end - 1)
    if low[at - 1] in {"a", "an", "another"}:
        if (raw.isupper() and not words.caps and len(raw) < 7 and end == at + 1) or (
            kind in {"police", "soldiers"} and not final.endswith(lexicon.THING_ENDINGS)
        ):
            return end, kind or "person"  # "a SPO", "a police chowkidar": by a word that no list knows
        return -1, None
    if kind is not None and (words.caps or raw[0].isupper() or not final.endswith("s")):
        return _trim(low, at, end), kind
    if final.endswith(("ers", "ors")) and final not in lexicon.THINGS_IN_ERS:
        return end, kind
    if final.endswith(("s", "ese", "i", "police")) and raw[0].isupper() and not words.caps:
        return end, kind
    return -1, None


def _adjective_list(low: list[str], at: int) -> bool:
    people = lexicon.load()
    return (
        at + 1 < len(low)
        and low[at] == ","
        and low[at + 1].endswith(("ed", "an"))
        and people.kind(low[at + 1]) is None
        and at + 2 < len(low)
        and people.kind(low[at + 2]) is not None
    )


def _prefer(kind: str | None, found: str | None) -> str | None:
    """A later noun decides, except that a general one ("members", "people") leaves the earlier kind."""
    if found is None:
        return kind
    if kind is not None and kind != "person" and found in {"person"}:
        return kind
    return found


def _trim(low: list[str], at: int, end: int) -> int:
    """Cut a phrase after its last noun of people."""
    people = lexicon.load()
    while end > at and people.kind(low[end - 1]) is None:
        end -= 1
    return end


def _is_measure(word: str) -> bool:
    return word.endswith(("km", "kg", "mm", "-km", "%"))


def _one_person(words: Words, at: int) -> Phrase | None:
    """ "a soldier", "another 12-year-old girl", "the local commander", "his wife": one person each."""
    low, people = words.low, lexicon.load()
    end, kind = _head(words, at + 1)
    if end <= at + 1 or kind is None:
        return None
    final = low[end - 1]
    if low[at] in _DEFINITE and (("-" in final) if words.caps else words.raw(end - 1)[0].isupper()):
        return None  # "the CPI-Maoist", "the Taliban"
    if not people.is_one(final):
        return None
    if (
        end < len(low)
        and low[end] == "of"
        and final in {"member", "number", "body", "family"}
        and final != "member"
    ):
        return None
    group = words.text[words.spans[at if low[at] in _DEFINITE else at + 1][0] : words.spans[end - 1][1]]
    size = {"couple": 2, "duo": 2, "pair": 2, "trio": 3}.get(final, 1)
    return Phrase(at, end, size, size, False, group, kind, "one")


def read_name(words: Words, at: int) -> Phrase | None:
    """Return the name of one person at word ``at`` ("Colonel Ali Hassan"), or None.

    In sentences of capitals only a title makes a name.
    """
    low = words.low
    end = at
    titled = False
    while end < len(low) and end < at + 8:
        word, raw = low[end], words.raw(end)
        if word in lexicon.TITLES:
            titled = True
        elif raw == "." and end > at and (low[end - 1] in lexicon.TITLES or len(low[end - 1]) == 1):
            pass
        elif not raw[0].isupper() or word in lexicon.BODIES or word in lexicon.STOPS:
            break
        end += 1
    while end > at and not words.raw(end - 1)[0].isalpha():
        end -= 1
    length = end - at
    if length == 0 or (words.caps and not titled) or (length == 1 and (titled or words.raw(at).isupper())):
        return None
    if low[end - 1] in lexicon.TITLES and not titled:
        return None
    people = lexicon.load()
    if people.kind(low[end - 1]) is not None and not people.is_one(low[end - 1]):
        return None
    if low[end - 1].endswith(("ans", "ese", "is")) and not titled and length == 1:
        return None
    kind = next((found for word in low[at:end] if (found := people.kind(word))), None)
    return Phrase(
        at, end, 1, 1, False, words.text[words.spans[at][0] : words.spans[end - 1][1]], kind, "name"
    )


def read_described(words: Words, at: int) -> Phrase | None:
    """Return "former council member Ali Hassan" at word ``at``: a noun of people, then a name."""
    if words.caps:
        return None
    low, people = words.low, lexicon.load()
    end = at
    while end < len(low) and end < at + 6 and words.raw(end)[0].isalpha() and low[end] not in lexicon.STOPS:
        kind = people.kind(low[end])
        name = read_name(words, end + 1) if kind and people.is_one(low[end]) and end + 1 < len(low) else None
        if name is not None:
            return Phrase(
                at,
                name.hi,
                1,
                1,
                False,
                words.text[words.spans[at][0] : words.spans[name.hi - 1][1]],
                kind,
                "name",
            )
        end += 1
    return None
