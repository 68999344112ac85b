"""All counted phrases of people in one sentence.

Owns: finding them in order, and those that repeat a number told before ("the same number").
Refuses: what one phrase is; ``tolls_grammar`` reads it.
"""

from dateline.incidents.tolls_grammar import may_begin, read_phrase
from dateline.incidents.tolls_words import Phrase, Words


def read_phrases(words: Words) -> list[Phrase]:
    """Return the counted phrases of people of a sentence, in order; none holds another."""
    found: list[Phrase] = []
    end = 0
    for at, word in enumerate(words.low):
        if at < end or not may_begin(word):
            continue
        phrase = _echo(words.low, at, found) or read_phrase(words, at)
        if phrase is not None and phrase.hi > at:
            found.append(phrase)
            end = phrase.hi
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


_ECHO_FIRST = frozenset(words[0] for words in _ECHOES)
