"""Totals and what they are made of: "rose to 12 after three of the wounded died".

Owns: which count of a sentence is a part of another. Refuses: finding cues and people.
"""

from msgspec import structs

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_clause import Clause, Match
from dateline.incidents.tolls_idioms import HIT, Cue
from dateline.incidents.tolls_objects import next_joined
from dateline.incidents.tolls_words import Phrase, Words

_LEADS_PART = bag("after when as with including")
_LIFTING = bag("bringing brings brought taking raising pushing lifting")
_THE_DEAD = bag("dead victims fatalities killed slain")
_OF_THOSE = bag("them victims victim")
_INCLUDED = bag("included include includes were comprised")


def within_totals(low: list[str], matches: list[Match]) -> list[Match]:
    """Return the matches with the counts that a stated total holds made its parts.

    "The toll rose to 12 after three of the wounded died", "three more died, bringing the toll to 12".
    """
    total = next((one for one in matches if one.cue.form == "toll"), None)
    if total is None:
        return matches
    inside = [one for one in matches if one is not total and _is_inside(low, one, total)]
    if not inside:
        return matches
    whole = structs.replace(total, parts=(*total.parts, *(one.phrase for one in inside)))
    return [whole if one is total else one for one in matches if one not in inside]


def without_dead(low: list[str], matches: list[Match]) -> list[Match]:
    """Return the matches with those hit as what is left of them: "two were shot, one fatally" wounds one.

    Who was wounded and died is one of the dead. Where nothing tells how many of those hit lived, they are no toll of their own.
    """
    died = {
        one.phrase.lo for one in matches if one.cue.kind == "killed" and one.cue.form in {"went", "state"}
    }
    if died and len(matches) > 1:
        matches = [one for one in matches if one.cue.kind != "wounded" or one.phrase.lo not in died]
    if not any(one.cue.kind == HIT for one in matches):
        return matches
    return [left for one in matches if (left := _left_alive(low, one, matches)) is not None]


def _left_alive(low: list[str], one: Match, matches: list[Match]) -> Match | None:
    if one.cue.kind != HIT:
        return one
    whole = one.phrase
    for dead in matches:
        part = dead.phrase
        if (
            dead.cue.kind == "killed"
            and part.lo >= whole.hi
            and part.min == part.max
            and whole.min == whole.max
            and 0 < part.min < whole.min
            and (part.form == "bare" or not _OF_THOSE.isdisjoint(low[part.lo : part.hi]))
        ):
            left = structs.replace(whole, min=whole.min - part.min, max=whole.min - part.min, approx=True)
            cue = Cue("wounded", one.cue.lo, one.cue.hi, one.cue.form)
            return Match(cue, left, one.parts, one.either)
    return None


def _is_inside(low: list[str], one: Match, total: Match) -> bool:
    if one.cue.kind != total.cue.kind or one.phrase.min > total.phrase.min:
        return False
    if one.phrase.lo >= total.phrase.hi:
        return not _LEADS_PART.isdisjoint(low[max(total.phrase.hi, one.phrase.lo - 2) : one.phrase.lo])
    return not _LIFTING.isdisjoint(low[max(one.cue.hi, total.cue.lo - 6) : total.cue.lo])


def with_parts_told_apart(state: Clause, matches: list[Match]) -> list[Match]:
    """Return the matches with "; the dead included four children and a monk" as parts of the killed."""
    low = state.words.low
    for at in range(1, len(low) - 2):
        if low[at] not in _THE_DEAD:
            continue
        begin = _list_of_the_dead(low, at)
        if not begin:
            continue
        for index, one in enumerate(matches):
            if one.cue.kind == "killed" and one.phrase.hi < at and not one.parts:
                parts = _listed(state, begin)
                matches[index] = structs.replace(one, parts=parts)
                return [
                    *matches[: index + 1],
                    *(two for two in matches[index + 1 :] if not _holds(parts, two)),
                ]
    return matches


def _list_of_the_dead(low: list[str], at: int) -> int:
    """Where the list begins in "the dead included …", "among the dead were …"; 0 when there is none."""
    if low[at - 1] not in {"the", "those"} or low[at + 1] not in _INCLUDED:
        return 0
    return at + 2 if low[at + 1] != "were" or low[max(0, at - 2)] == "among" else 0


def _listed(state: Clause, at: int) -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    while 0 <= at < len(state.words.low) and (phrase := state.starts.get(at)) is not None:
        found.append(phrase)
        at = next_joined(state, phrase.hi)
    return tuple(found)


def _holds(parts: tuple[Phrase, ...], match: Match) -> bool:
    return any(one.lo == match.phrase.lo for one in parts)


def numbered(words: Words, cue: Cue) -> tuple[str, str | None]:
    """Return the people of "the number of soldiers killed" and their kind; empty when none are named."""
    low, people = words.low, tolls_people.load()
    if low[cue.lo] != "number":
        return "", None
    begin = cue.lo + 2
    while begin < cue.hi and low[begin] in {"the", "its", "their"}:
        begin += 1
    end = begin
    while end < cue.hi - 1 and low[end] not in lexicon.STOPS:
        end += 1
    kind = next((found for word in reversed(low[begin:end]) if (found := people.kind(word))), None)
    if kind is None:
        return "", None
    group = words.text[words.spans[begin][0] : words.spans[end - 1][1]]
    return group, None if kind == "person" else kind
