"""Amounts with what stands before them: "at least seven", "between 5 and 9", "dozens".

Owns: the range that an amount gives, and telling counts from dates, ages, money and shares.
Refuses: what is counted.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.numbers import NUMBER_WORDS, read_number
from dateline.incidents.sentences import bag

_MONTHS = bag(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """
)


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


LEAD_STARTS = frozenset(words[0] for words, _ in _LEADS)

_LEADS_BY_FIRST = {first: tuple(row for row in _LEADS if row[0][0] == first) for first in LEAD_STARTS}


BEGINNINGS = LEAD_STARTS | NUMBER_WORDS | bag("half a an between from")


def may_begin(word: str) -> bool:
    """Whether an amount may begin with a lower-cased word."""
    return word in BEGINNINGS or word[0].isdigit() or "-" in word


class Amount(Struct, frozen=True, gc=False):
    min: int
    max: int | None
    approx: bool
    end: int


def _lead(low: list[str], at: int) -> tuple[int, str]:
    """Words such as "at least" at ``at``: where the number begins, and what they do to it."""
    for words, kind in _LEADS_BY_FIRST.get(low[at], ()):
        if tuple(low[at : at + len(words)]) == words:
            return at + len(words), kind
    return at, ""


def read_amount(low: list[str], at: int) -> Amount | None:
    """Return the amount at ``at`` with its range: "at least 7" 7 to None, "between 5 and 9" 5 to 9."""
    if at >= len(low) or not may_begin(low[at]):
        return None
    word = low[at]
    if word == "half" and low[at + 1 : at + 2] == ["of"]:
        whole = read_amount(low, at + 3 if low[at + 2 : at + 3] in (["the"], ["its"], ["their"]) else at + 2)
        return None if whole is None else Amount(whole.min // 2, whole.min // 2, True, whole.end)
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
    if low[end - 1].endswith("-odd") or low[end : end + 1] == ["odd"]:
        kind, end = kind or "about", end + (low[end - 1][-4:] != "-odd")
    if low[end : end + 1] == ["("] and low[end + 2 : end + 3] == [")"] and low[end + 1] == str(first.value):
        end += 3  # "four (4) constables"
    if end + 1 < len(low) and low[end] in ({"and", "to"} if between else {"to", "or", "-", "–"}):
        second = read_number(low, end + 1)
        if second is not None and second.value > first.value:
            return Amount(first.value, second.value, kind == "about" or first.vague, second.end)
        if second is not None and between:
            return None
    if between:
        return None
    if end + 1 < len(low) and low[end] == "or" and low[end + 1] == "more":
        return Amount(first.value, None, False, end + 2)
    if kind == "floor":
        return Amount(first.value, None, first.vague, end)
    if kind == "above":
        return Amount(first.value, None, True, end)
    if kind == "ceil":
        return Amount(1, first.value, True, end)
    if first.vague:
        # "dozens" is open above, "half a dozen" is not
        closed = (
            low[end - 1] in {"dozen", "score"} and low[start] in {"a", "half"} and low[start + 1] != "few"
        )
        return Amount(first.value, first.value if closed else None, True, end)
    return Amount(first.value, first.value, kind == "about", end)


_NOT_BEFORE_COUNT = (
    bag("how $ € £ ₹ rs inr pkr nrs cop eur # usd no number article km age ages aged") | _MONTHS
)
_NOT_AFTER_COUNT = bag("% percent per : ° / p.m. a.m. pm am gmt hours") | _MONTHS
_AGED = bag("aged ages age")
_MAY_VERBS = (["rise"], ["have"], ["be"], ["climb"], ["increase"], ["still"], ["yet"], ["not"], ["well"])
_STREETS = bag("street avenue drive road boulevard lane court terrace parkway ave blvd")
_OF_PEOPLE = lexicon.STOPS | bag("people men women civilians soldiers others persons")
_AFTER_YEAR = lexicon.STOPS | {"", ",", ".", ")"}


def _is_count(low: list[str], at: int, end: int) -> bool:
    """Not a date, an age, a sum of money, a share or a time of day."""
    before = low[at - 1] if at else ""
    after = low[end] if end < len(low) else ""
    word = low[at]
    digits = word[:1].isdigit()
    if before in _NOT_BEFORE_COUNT or (
        digits and after in _NOT_AFTER_COUNT and not (after == "may" and low[end + 1 : end + 2] in _MAY_VERBS)
    ):
        return False
    earlier = low[at - 2] if at > 1 else ""
    if before == "of" and earlier in {"age", "ages"}:
        return False
    if before in {":", "/", "."} and (earlier[:1].isdigit() or earlier in _MONTHS):
        return False
    if end > at + 1 or not word.isdigit():
        return True
    if before in {"and", ",", "to"} and earlier.isdigit() and not _AGED.isdisjoint(low[max(0, at - 7) : at]):
        return False  # "aged 4, 6 and 7"
    junior = earlier == "." and at > 2 and low[at - 3] in {"jr", "sr"}
    if before in {",", "("} and after in {",", ")"} and (earlier[-1:].isalpha() or junior):
        return False  # an age: "Ali Hassan, 35, was", "a teacher (41)"
    if not _STREETS.isdisjoint(low[end : end + 4]) and after.isalpha() and low[end] not in _OF_PEOPLE:
        return False  # an address: "8344 Twin Oaks Drive"
    return not (len(word) == 4 and 1900 <= int(word) <= 2099 and after in _AFTER_YEAR)
