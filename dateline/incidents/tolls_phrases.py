"""All counted phrases of people in one sentence.

Owns: finding them in order, and those that repeat a number told before ("the same number").
Refuses: what one phrase is; ``tolls_grammar`` reads it.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_grammar import BEGINNINGS, may_begin, read_phrase
from dateline.incidents.tolls_words import Phrase, Words


def read_phrases(words: Words) -> list[Phrase]:
    """Return the counted phrases of people of a sentence, in order; none holds another."""
    found: list[Phrase] = []
    end = 0
    for at, word in enumerate(words.low):
        if at < end or not (at == 0 or word in BEGINNINGS or word[0].isdigit() or "-" in word):
            continue
        phrase = _headline(words) if at == 0 else None
        phrase = phrase or _echo(words.low, at, found) or read_phrase(words, at)
        if phrase is not None and phrase.hi > at:
            found.append(phrase)
            end = phrase.hi
            if phrase.form == "one" and (second := _second(words, end)) is not None:
                found.append(second)
                end = second.hi
    return found


_ECHOES: dict[tuple[str, ...], int] = {
    ("the", "same", "number"): 1,
    ("an", "equal", "number"): 1,
    ("twice", "as", "many"): 2,
}


def _echo(low: list[str], at: int, before: list[Phrase]) -> Phrase | None:
    """Reads "the same number", "twice as many": the number told before, once or twice."""
    times = _ECHOES.get(tuple(low[at : at + 3])) if low[at] in _ECHO_FIRST and before else None
    if times is None:
        return None
    one = before[-1]
    top = None if one.max is None else times * one.max
    end = at + 3 + (low[at + 3 : at + 4] == ["others"])
    return Phrase(at, end, times * one.min, top, one.approx or times > 1, "", None, "bare")


def _headline(words: Words) -> Phrase | None:
    """Reads "Journalist shot dead", "Woman, two children hacked to death": one person without an article."""
    low, people = words.low, tolls_people.load()
    end = next((index for index in range(min(4, len(low))) if people.kind(low[index]) is not None), -1) + 1
    while end and end < min(6, len(low)) and people.kind(low[end]) is not None:
        end += 1
    if not end or end >= len(low) or not people.is_one(low[end - 1]) or low[0] in lexicon.STOPS:
        return None
    joins = low[end] in {",", "and"} and end + 1 < len(low) and may_begin(low[end + 1])
    if not joins and low[end] not in _TELLING:
        return None
    group = words.text[: words.spans[end - 1][1]]
    if group.lower() in words.text[len(group) :].lower():
        return None  # a title that ran into its text
    return Phrase(0, end, 1, 1, False, group, people.kind(low[end - 1]), "one")


_TELLING = bag(
    "killed shot injured wounded hurt dead stabbed hacked beaten arrested abducted kidnapped detained murdered "
    "assassinated missing found freed rescued gunned beheaded executed critically seriously fatally"
)


def _second(words: Words, at: int) -> Phrase | None:
    """Reads "and brother" after "his wife": a second person under one article."""
    low, people = words.low, tolls_people.load()
    if at + 1 >= len(low) or low[at] != "and" or low[at + 1] not in _KIN:
        return None
    kind = people.kind(low[at + 1])
    following = low[at + 2] if at + 2 < len(low) else "."
    if kind is None:
        return None
    if following[0].isalnum() and following not in lexicon.STOPS:
        return None
    return Phrase(at + 1, at + 2, 1, 1, False, words.raw(at + 1), kind, "one")


_KIN = bag(
    "wife son daughter baby infant toddler child brother sister nephew niece cousin girlfriend boyfriend driver bodyguard"
)
_ECHO_FIRST = frozenset(words[0] for words in _ECHOES)
