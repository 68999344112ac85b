"""Counted phrases of people: "at least seven government soldiers", "three of them", "a 35-year-old man".

Owns: where such a phrase begins and ends, its range and the kind of people. Refuses: what happened
to them; ``tolls_attach`` joins phrases with verbs.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.numbers import NUMBER_WORDS
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_amounts import BEGINNINGS as AMOUNT_BEGINNINGS
from dateline.incidents.tolls_amounts import LEAD_STARTS, Amount, read_amount
from dateline.incidents.tolls_amounts import may_begin as amount_may_begin
from dateline.incidents.tolls_words import Phrase, Words

_DETERMINERS = bag("the these those other another all his her their its our")


_ARTICLES = bag("a an another one")


_DEFINITE = bag("the his her their its our this")


_FIRST = _DETERMINERS | _ARTICLES | _DEFINITE | bag("nobody none no both twin twice")

_ORDINALS = bag("second third fourth fifth sixth")
_PARENTS = bag("father mother parent grandfather grandmother widow widower man woman")
_PARTICIPLES = bag("abducted kidnapped injured wounded arrested detained captured released missing")


_QUOTES = frozenset("'‘’\"“”")


BEGINNINGS = _FIRST | AMOUNT_BEGINNINGS


def may_begin(word: str) -> bool:
    """Whether a phrase of people may begin with a lower-cased word: most words of a sentence begin none."""
    return word in _FIRST or amount_may_begin(word)


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
    if word == "a" and low[at + 1 : at + 2] and low[at + 1] in _ORDINALS:
        ends = at + 2 >= len(low) or (
            low[at + 2] not in lexicon.PREPOSITIONS
            and (low[at + 2] in lexicon.STOPS or not low[at + 2][0].isalnum())
        )
        if ends:
            return Phrase(at, at + 2, 1, 1, False, "", None, "bare")  # "captured a third"
    start = at
    if (
        word in _DETERMINERS
        and at + 1 < len(low)
        and (low[at + 1] in NUMBER_WORDS or low[at + 1][:1].isdigit() or low[at + 1] in LEAD_STARTS)
    ):
        start = at + 1
    if word in {"both", "twin"}:
        return _noun_phrase(words, at, at + 1, Amount(2, 2, False, at + 1))
    amount = read_amount(low, start)
    if amount is not None:
        return _noun_phrase(words, at, amount.end, amount)
    if word in _ARTICLES or word in _DEFINITE:
        return _one_person(words, at)
    return None


def _noun_phrase(words: Words, lo: int, at: int, amount: Amount) -> Phrase | None:
    """The noun after a number; a phrase without one is bare."""
    low = words.low
    year = low[amount.end - 1]
    if (
        len(year) == 4
        and year.isdigit()
        and 1900 <= amount.min <= 2099
        and tolls_people.load().kind(low[at] if at < len(low) else "") is None
    ):
        return None  # "the 1996 National League player"
    begin = at
    at = _skip_of(low, at)
    if begin < at < len(low) and (whole := read_amount(low, at)) is not None and whole.min >= amount.min:
        at = whole.end  # "ninety of the 276 girls"
    if at < len(low) and low[at] in {"them", "us"} and low[at - 1] == "of":
        return Phrase(lo, at + 1, amount.min, amount.max, amount.approx, "them", None, "number")
    described = at + 1 < len(low) and low[at] in _PARTICIPLES and tolls_people.load().kind(low[at + 1])
    head, kind = _head(words, at + 1 if described else at)
    if head < 0:
        return None
    if head == at:
        hi = amount.end
        if low[hi - 1] == "couple" and low[hi - 2] == "a" and low[hi : hi + 1] in (["and"], ["or"], ["with"]):
            return Phrase(lo, hi, 2, 2, False, "couple", "civilian", "number")
        return Phrase(lo, hi, amount.min, amount.max, amount.approx, "", None, "bare")
    head, kind = tolls_people.members_of(low, head, kind)
    group = words.text[words.spans[at][0] : words.spans[head - 1][1]]
    return Phrase(lo, head, amount.min, amount.max, amount.approx, group, kind, "number")


def _skip_of(low: list[str], at: int) -> int:
    """Reads "dozens of", "three of the", "12 of its"."""
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
    low, people = words.low, tolls_people.load()
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
        if _ends_phrase(word, found, kind) or (found is None and end > at and _is_plural(low[end - 1])):
            break
        if found is not None and word not in lexicon.ADJECTIVES:
            kind = _prefer(kind, found)
        end += 1
    while end > at and not low[end - 1][0].isalnum():
        end = end - 3 if low[end - 1] == ")" else end - 1
    return _settle(words, at, end, kind)


def _ends_phrase(word: str, found: str | None, kind: str | None) -> bool:
    if word in lexicon.STOPS or not (word[0].isalpha() or (word[0].isdigit() and "-" in word)):
        return True
    if found is not None:
        return kind is not None and word in {"hostage", "captive", "prisoner"}  # "took 30 people hostage"
    if word.endswith("ly") and word not in {"elderly", "family", "friendly", "assembly"}:
        return True
    return kind is not None and word.endswith("ed")  # "a constable posted in …"


def _is_plural(word: str) -> bool:
    """Whether a word is a plural of people, after which only more people go on ("women cadres")."""
    people = tolls_people.load()
    return (
        word not in lexicon.ADJECTIVES
        and word.endswith(("s", "men", "ren"))
        and people.kind(word) is not None
        and not people.is_one(word)
    )


def _settle(words: Words, at: int, end: int, kind: str | None) -> tuple[int, str | None]:
    """Judge a phrase by its last word."""
    low, people = words.low, tolls_people.load()
    if end <= at:
        return at, None
    final = low[end - 1]
    if final in {"families", "households"}:
        return -1, None  # how many people they are is not told
    if final in {"others", "other", "more", "else"} or (final == "own" and end == at + 1):
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
    people = tolls_people.load()
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
    if kind is not None and kind != "person" and found == "person":
        return kind
    return found


def _trim(low: list[str], at: int, end: int) -> int:
    """Cut a phrase after its last noun of people."""
    people = tolls_people.load()
    while end > at and people.kind(low[end - 1]) is None:
        end -= 1
    return end


def _is_measure(word: str) -> bool:
    return word.endswith(("km", "kg", "mm", "-km", "%"))


def _one_person(words: Words, at: int) -> Phrase | None:
    """Reads "a soldier", "another 12-year-old girl", "the local commander", "his wife": one person each."""
    low, people = words.low, tolls_people.load()
    end, kind = _head(words, at + 1)
    if end <= at + 1 or kind is None:
        return None
    final = low[end - 1]
    if final == "family" and low[end : end + 1] == ["of"]:
        members = read_amount(low, end + 1)
        if members is not None and members.max:
            span = words.spans
            return Phrase(
                at,
                members.end,
                members.min,
                members.max,
                members.approx,
                words.text[span[at + 1][0] : span[end - 1][1]],
                kind,
                "number",
            )
    if final in _PARENTS and low[end : end + 1] == ["of"]:
        brood = read_amount(low, end + 1)
        end = end if brood is None else brood.end + (low[brood.end : brood.end + 1] == ["children"])
    if low[at] in _DEFINITE and final[0].isdigit():
        return None  # "the 35-year-old": who was told before
    if low[at] in _DEFINITE and (
        ("-" in final and kind == "militants") if words.caps else words.raw(end - 1)[0].isupper()
    ):
        return None  # "the CPI-Maoist", "the Taliban"
    size = {"couple": 2, "duo": 2, "pair": 2, "trio": 3}.get(final, 1)
    if size == 1 and not people.is_one(final):
        return None
    if (
        end < len(low)
        and low[end] == "of"
        and final in {"member", "number", "body", "family"}
        and final != "member"
    ):
        return None
    group = words.text[words.spans[at if low[at] in _DEFINITE else at + 1][0] : words.spans[end - 1][1]]
    return Phrase(at, end, size, size, False, group, kind, "one")
