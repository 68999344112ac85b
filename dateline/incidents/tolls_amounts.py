"""Amounts with what stands before them: "at least seven", "between 5 and 9", "dozens".

Owns: the range that an amount gives, and telling counts from dates, ages, money and shares.
Refuses: what is counted.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.numbers import read_number
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


class Amount(Struct, frozen=True):
    min: int
    max: int | None
    approx: bool
    end: int


def _lead(low: list[str], at: int) -> tuple[int, str]:
    """Words such as "at least" at ``at``: where the number begins, and what they do to it."""
    if low[at] in LEAD_STARTS:
        for words, kind in _LEADS:
            if tuple(low[at : at + len(words)]) == words:
                return at + len(words), kind
    return at, ""


def read_amount(low: list[str], at: int) -> Amount | None:
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
        return Amount(first.value, None, True, end)
    return Amount(first.value, first.value, kind == "about", end)


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
