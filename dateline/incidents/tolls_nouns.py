"""Tolls that a noun tells: "12 deaths", "the arrest of 51 suspects", "the death toll has reached 136".

Owns: the number that such a noun takes. Refuses: verbs; ``tolls_attach`` reads those.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_amounts import Amount, read_amount
from dateline.incidents.tolls_clause import Clause, Match
from dateline.incidents.tolls_idioms import Cue, none_before
from dateline.incidents.tolls_objects import read_objects, read_parts
from dateline.incidents.tolls_totals import numbered
from dateline.incidents.tolls_words import Phrase

#: What passes the number that follows: "climbed past 60".
_PASSING = bag("past beyond exceeded passed surpassed topped exceeds tops")
_FOUND = bag(
    """
    found recovered discovered pulled retrieved exhumed unearthed dumped brought taken lying
    identified
    """
)
_REACHES = bag(
    """
    to at of is was reached reaches reaching stands stood exceeded passed surpassed topped hit hits
    past beyond exceeds tops
    : = being
    """
)


def read_counted(state: Clause, cue: Cue) -> list[Match]:
    """Reads "12 deaths", "51 arrests", "claimed seven lives", "took 12 hostages"."""
    low = state.words.low
    for at in range(max(0, cue.lo - 7), cue.lo):
        amount = read_amount(low, at)
        if amount is None or amount.end > cue.lo:
            continue
        between = low[amount.end : cue.lo]
        if all(word[0].isalpha() and word not in lexicon.STOPS for word in between):
            group = (
                state.words.text[state.words.spans[amount.end][0] : state.words.spans[cue.lo - 1][1]]
                if between
                else ""
            )
            kind = next(
                (found for word in reversed(between) if (found := tolls_people.load().kind(word))), None
            )
            phrase = Phrase(
                at, max(amount.end, cue.lo), amount.min, amount.max, amount.approx, group, kind, "number"
            )
            parts, _ = read_parts(state, cue.hi)
            return [Match(cue, phrase, parts)]
    if cue.lo and none_before(low, cue.lo):
        return [Match(cue, Phrase(cue.lo - 1, cue.lo, 0, 0, False, "", None, "bare"))]
    return []


def read_of(state: Clause, cue: Cue) -> list[Match]:
    """Reads "the death of a soldier", "the arrest of 51 suspects", "the bodies of five men were found"."""
    low = state.words.low
    noun = low[cue.lo]
    if noun in {"body", "bodies", "corpse", "corpses"} and not _FOUND & set(
        low[max(0, cue.lo - 6) : cue.lo + 25]
    ):
        return []
    return read_objects(state, cue, cue.hi)


def read_total(state: Clause, cue: Cue) -> list[Match]:
    """Reads "the death toll … has reached 136", "a death toll of at least 40"."""
    low = state.words.low
    for at in range(cue.hi, min(len(low), cue.hi + 30)):
        if low[at - 1] not in _REACHES and low[at] not in {"above", "over"}:
            continue
        amount = read_amount(low, at)
        if amount is None or low[amount.end : amount.end + 1] in (["%"], ["percent"]):
            continue
        if low[at - 1] in _PASSING and amount.min == amount.max:
            amount = Amount(amount.min, None, True, amount.end)
        phrase = state.starts.get(at)
        if phrase is not None and phrase.form == "number":
            return [Match(cue, phrase)]
        group, kind = numbered(state.words, cue)
        return [
            Match(cue, Phrase(at, amount.end, amount.min, amount.max, amount.approx, group, kind, "bare"))
        ]
    return _toll_before(state, cue)


def _toll_before(state: Clause, cue: Cue) -> list[Match]:
    """Reads "bringing to five the number of dead"."""
    low = state.words.low
    if low[max(0, cue.lo - 1)] != "the":
        return []
    for at in range(max(1, cue.lo - 6), cue.lo - 1):
        amount = read_amount(low, at) if low[at - 1] in {"to", "at"} else None
        if amount is not None and amount.end == cue.lo - 1:
            group, kind = numbered(state.words, cue)
            return [
                Match(cue, Phrase(at, amount.end, amount.min, amount.max, amount.approx, group, kind, "bare"))
            ]
    return []
