"""The people before a cue: "12 people, including two children, were killed".

Owns: how far back a subject may stand and what may stand between. Refuses: objects.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_clause import (
    GAP_WORDS,
    INCLUDING,
    Clause,
    Match,
    is_part,
    is_taken,
    past_parentheses,
)
from dateline.incidents.tolls_idioms import Cue
from dateline.incidents.tolls_names import listed_name, name_before
from dateline.incidents.tolls_words import Phrase

_GAP_START = lexicon.PREPOSITIONS | bag(
    """
    , ( belonging travelling traveling working riding identified named aged suspected believed
    returning living walking sleeping wearing driving carrying attending accused trying waiting
    serving guarding aboard present playing
    """
)


_PRONOUNS = bag("he she it they we i you")
_STRUCK = bag("shot hurt hit struck held")
_DASHES = frozenset("-–—")


def read_subjects(state: Clause, cue: Cue, begin: int) -> list[Match]:
    """The people before a predicate that begins at word ``begin``, with those joined to them."""
    low = state.words.low
    parts: list[Phrase] = []
    if begin and low[begin - 1] in _PRONOUNS:
        return [Match(cue, somebody(begin - 1))] if low[begin - 1] in {"he", "she"} else []
    for phrase in reversed(state.phrases):
        if phrase.hi > begin or (is_taken(state, phrase) and not _who_died(low, phrase, cue)):
            continue
        if begin - phrase.hi > (
            GAP_WORDS
            if low[phrase.hi + 1 : phrase.hi + 2] != [] and low[phrase.hi + 1] not in INCLUDING
            else 3 * GAP_WORDS
        ):
            break
        marker = low[phrase.lo - 1] if phrase.lo else ""
        if _is_named_part(low, phrase, parts) or _listed_after_including(state, phrase):
            parts.append(phrase)
            continue
        if not _leads_to(low, _past_name(state, phrase.hi, begin), begin, parts) and not _names_only(
            state, phrase.hi, begin
        ):
            if marker in lexicon.PREPOSITIONS or phrase.form in {"one", "bare"}:
                continue
            break
        if phrase.form == "bare" and phrase.hi != begin and low[phrase.hi] not in {"of", "others", ",", "in"}:
            continue
        if low[phrase.hi] in {"and", "or"} and phrase.hi + 1 < begin and not parts:
            phrase = _widened(state, phrase, begin)  # noqa: PLW2901 - the same people, told in full
        main = Match(cue, phrase, tuple(reversed([one for one in parts if one.form != "bare"])))
        return with_joined(state, cue, main)
    name = name_before(state, begin)
    if name is None:
        return []
    return with_joined(state, cue, Match(cue, name))


def _who_died(low: list[str], phrase: Phrase, cue: Cue) -> bool:
    """Reads "shot the suspect, who later died": an object that goes on as the subject."""
    return cue.kind == "killed" and cue.form in {"went", "state"} and "who" in low[phrase.hi : phrase.hi + 2]


def somebody(at: int) -> Phrase:
    """Return "he" at word ``at`` as one person who was told before."""
    return Phrase(at, at + 1, 1, 1, False, "", None, "again")


def _is_named_part(low: list[str], phrase: Phrase, parts: list[Phrase]) -> bool:
    """Whether the words before a phrase, or the parentheses around it, make it a part of another count."""
    marker = low[phrase.lo - 1] if phrase.lo else ""
    return bool(
        marker in INCLUDING
        or (low[phrase.hi] == ")" and "(" in low[max(0, phrase.lo - 10) : phrase.lo])
        or (marker == "(" and parts)
        or (marker == "them" and low[max(0, phrase.lo - 2)] in {"among", "of"})
        or (parts and marker in {"and", ","} and parts[-1].lo - phrase.hi <= 2)
        or is_part(low, phrase)
    )


def _listed_after_including(state: Clause, phrase: Phrase) -> bool:
    """Reads "…, including two children and three women": the second is a part too."""
    low = state.words.low
    while phrase.lo >= 2 and low[phrase.lo - 1] in {"and", ","}:
        previous = next(
            (one for one in state.phrases if phrase.lo - 2 <= one.hi < phrase.lo and one.hi <= phrase.lo - 1),
            None,
        )
        if previous is None:
            return False
        phrase = previous
        if low[phrase.lo - 1 : phrase.lo] and low[phrase.lo - 1] in INCLUDING:
            return True
    return False


def _leads_to(low: list[str], at: int, begin: int, parts: list[Phrase]) -> bool:
    """Whether nothing between a subject and its predicate takes the predicate away."""
    while at < begin and low[at] in lexicon.ADVERBS:
        at += 1
    gap = low[at:begin]
    if not gap or all(word in lexicon.ADVERBS or word in {"others", "more"} for word in gap):
        return True
    if parts:
        return ";" not in gap
    if gap[0] in _DASHES:
        return gap[-1] in _DASHES or gap[-1] == ","
    if gap[0] not in _GAP_START and not gap[0].endswith(("ing", "ed")) and gap[0] not in _STRUCK:
        return False
    if ";" in gap or ":" in gap:
        return False
    if gap[0] == ",":
        relative = len(gap) > 1 and gap[1] in {
            "who",
            "whose",
            "all",
            "mostly",
            "some",
            "identified",
            "most",
            "each",
            "both",
            "aged",
            "one",
            "believed",
        }
        if not (relative or gap[-1] in {",", ")"}) or len(gap) == 1:
            return len(gap) == 1
        return relative or not any(word in lexicon.BE for word in gap)
    if gap[0] in {"who", "that", "which", "whose"}:
        return True
    if any(word in lexicon.BE or word in lexicon.HAVE for word in gap) and not {"who", "that", "which"} & set(
        gap
    ):
        return False
    return "when" not in gap and "but" not in gap and "after" not in gap


def _past_name(state: Clause, at: int, begin: int) -> int:
    """Past the name and age that follow a noun: "one constable Ali Hassan (25) of …"."""
    words, low = state.words, state.words.low
    if words.caps:
        return at
    while at < begin and low[at] not in lexicon.STOPS and (words.raw(at)[0].isupper() or low[at] == "alias"):
        at += 1
    return past_parentheses(low, at)


def _widened(state: Clause, phrase: Phrase, end: int) -> Phrase:
    """Take "and their porters" into "nine rangers"."""
    words = state.words
    start = (
        words.text.find(phrase.group, words.spans[phrase.lo][0])
        if phrase.group
        else words.spans[phrase.lo][0]
    )
    group = words.text[start : words.spans[end - 1][1]]
    return Phrase(
        phrase.lo, end, phrase.min, phrase.max, phrase.approx, group, phrase.group_kind, phrase.form
    )


def _names_only(state: Clause, at: int, begin: int) -> bool:
    """Reads "two villagers Ram and Shyam", "nine rangers and their porters": more of the same people."""
    words, low = state.words, state.words.low
    if low[at] in {"and", "or"} and begin - at <= 6 and not lexicon.STOPS & set(low[at + 1 : begin]):
        kind = tolls_people.load().kind(low[begin - 1])
        return kind is not None and not tolls_people.load().is_one(low[begin - 1])
    if words.caps or begin - at > 24:
        return False
    return all(
        low[index] in {"and", ",", "(", ")", "alias", "@", ".", "&", "-", "'", '"', "“", "”"}
        or words.raw(index)[0].isupper()
        or words.raw(index)[0].isdigit()
        for index in range(at, begin)
    )


def _is_of_place(low: list[str], phrase: Phrase, end: int) -> bool:
    """Reads "the mayor of the town," before "his deputy and a driver were shot dead"."""
    tail = low[phrase.hi : end]
    return (
        phrase.form == "one"
        and 2 <= len(tail) <= 5
        and tail[0] == "of"
        and all(word[0].isalpha() and (word == "the" or word not in lexicon.STOPS) for word in tail[1:])
    )


def with_joined(state: Clause, cue: Cue, main: Match) -> list[Match]:
    """Add the phrases joined to a subject from the left ("a man and two women were killed")."""
    low = state.words.low
    found = [main]
    seen_and = False
    first = main.phrase
    while True:
        at = first.lo - 1
        if at < 1 or low[at] not in {"and", ",", "–", "—", "-", "("}:
            break
        seen_and = seen_and or low[at] == "and"
        if low[at] == "and" and low[at - 1] == ",":
            at -= 1
        previous = next((one for one in state.phrases if one.hi == at), None)
        if previous is None:
            previous = next((one for one in state.phrases if _is_of_place(low, one, at)), None)
        if previous is None and low[at] == "and" and low[at - 1] != "them":
            previous = name_before(state, at) if main.phrase.form in {"name", "one"} else None
        if previous is None and low[first.lo - 1] == "," and seen_and and first.form == "name":
            previous = listed_name(state, at)
        headline = previous is not None and previous.lo == 0 and low[at] == ","
        if previous is None or not (seen_and or headline) or previous.form == "bare" or previous.max == 0:
            break
        if is_taken(state, previous):
            break
        if (
            low[first.lo - 1] != "and"
            and previous.form == "number"
            and previous.max == sum(one.phrase.max or 0 for one in found)
        ):
            return [
                Match(cue, previous, tuple(one.phrase for one in reversed(found)))
            ]  # "two men, a guard and a driver,"
        if low[first.lo - 1] not in {"and", ","}:
            break
        found.append(Match(cue, previous))
        first = previous
    return found
