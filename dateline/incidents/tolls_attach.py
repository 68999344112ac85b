"""Joins cues with counted phrases.

Owns: which people a cue is about: the object of "killed 12 people", the subject of "12 people were
killed", the neighbour in "12 dead", the number in "51 arrests". Refuses: reading words;
``tolls_grammar`` and ``tolls_cues`` have done that.
"""

from msgspec import structs

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents import tolls_vocabulary as vocabulary
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_amounts import read_amount
from dateline.incidents.tolls_clause import QUOTES, Clause, Match, is_taken, predicate_start
from dateline.incidents.tolls_idioms import Cue
from dateline.incidents.tolls_names import name_before
from dateline.incidents.tolls_nouns import read_counted, read_of, read_total
from dateline.incidents.tolls_objects import read_objects
from dateline.incidents.tolls_phrases import read_phrases
from dateline.incidents.tolls_subjects import read_subjects, with_joined
from dateline.incidents.tolls_totals import with_parts_told_apart, within_totals, without_dead
from dateline.incidents.tolls_words import Phrase, Words

_BEFORE_ADJECTIVE = bag("the of a an his her their its slain dead some")


_CAPTURED = bag("captured capturing capture")
_OF_RANKS_ONLY = vocabulary.LOSING | bag("took taking losses")
_OWN_MEN = bag("men own fighters members")
_AFTER_STATE = bag("by in and , . after when on at near during as of inside outside from with behind beside")


def attach(words: Words, cues: list[Cue]) -> list[Match]:
    """Return every cue with its people, each people at most once per kind."""
    if not cues:
        return []
    phrases = read_phrases(words)
    state = Clause(words, phrases, {one.lo: one for one in phrases}, cues, {one.lo: one for one in cues})
    matches: list[Match] = []
    for cue in cues:
        for match in _people_of(state, cue):
            if not any(_same(one, match) for one in matches):
                matches.append(_rekinded(state, match, matches))
    matches = [one for one in matches if not _is_described(one, matches)]
    return with_parts_told_apart(state, within_totals(words.low, without_dead(words.low, matches)))


def _is_described(match: Match, matches: list[Match]) -> bool:
    """Whether a cue only describes those of whom another one tells: "rescued four kidnapped teachers"."""
    phrase = match.phrase
    return phrase.lo < match.cue.lo < phrase.hi and any(
        one is not match and one.phrase.lo == phrase.lo for one in matches
    )


def _rekinded(state: Clause, match: Match, before: list[Match]) -> Match:
    """Soldiers, officials and civilians that are "captured" are held, not arrested."""
    cue = match.cue
    if state.words.low[cue.lo] not in _CAPTURED:
        return match
    kind = match.phrase.group_kind
    if match.phrase.form == "bare":  # "killing eleven soldiers and capturing four"
        kind = next((one.phrase.group_kind for one in reversed(before) if one.phrase.form != "bare"), kind)
    if kind not in {"soldiers", "officials", "civilian", "children", "police"}:
        return match
    return Match(Cue("abducted", cue.lo, cue.hi, cue.form), match.phrase, match.parts, match.either)


def _same(one: Match, two: Match) -> bool:
    return one.cue.kind == two.cue.kind and one.phrase.lo < two.phrase.hi and two.phrase.lo < one.phrase.hi


def _people_of(state: Clause, cue: Cue) -> list[Match]:
    low = state.words.low
    if cue.form == "of":
        return read_of(state, cue)
    if cue.form == "counted":
        return read_counted(state, cue)
    if cue.form == "toll":
        return read_total(state, cue)
    if low[cue.lo] in _OF_RANKS_ONLY and cue.form in {"ing", "of"} and cue.kind == "killed":
        return [one for one in read_objects(state, cue, cue.hi) if _is_of_ranks(low, one.phrase)]
    if cue.form in {"ing", "base"}:
        return read_objects(state, cue, cue.hi)
    if cue.form == "went":
        return read_subjects(state, cue, predicate_start(low, cue.lo))
    if cue.form == "state":
        return _state(state, cue)
    return _past(state, cue)


def _is_of_ranks(low: list[str], phrase: Phrase) -> bool:
    """Those whom a force loses are killed; a family loses a son, a team a player, a firm its staff."""
    armed = phrase.group_kind in {"soldiers", "police", "militants"} or low[phrase.hi - 1] in _OWN_MEN
    return phrase.form == "number" and phrase.max != 0 and armed


def _past(state: Clause, cue: Cue) -> list[Match]:
    """Reads "killed": passive after a form of "be", else active when an object follows, else reduced passive."""
    low = state.words.low
    inside = next((one for one in state.phrases if one.lo < cue.lo < one.hi), None)
    if inside is not None:
        whole = read_amount(low, cue.lo - 1) if cue.lo - 1 > inside.lo else None
        if whole is not None and whole.end == cue.lo:
            inside = structs.replace(inside, min=whole.min, max=whole.max)  # "two of the three kidnapped"
        return [Match(cue, inside)]  # "four kidnapped teachers"
    start = predicate_start(low, cue.lo)
    passive = any(word in lexicon.BE for word in low[start : cue.lo])
    either = _is_either(state, cue)
    if passive:
        found = [Match(cue, one.phrase, one.parts, either) for one in read_subjects(state, cue, start)]
        if low[cue.lo] == "treated":
            found = [one for one in found if one.phrase.form not in {"one", "again"}]  # he has been counted
        if low[cue.hi : cue.hi + 2] == ["along", "with"]:
            found += read_objects(state, cue, cue.hi + 2)
        return found
    joined = _joined_before(state, cue)
    if joined is not None:
        before = joined.lo
        begin = predicate_start(low, before)
        if any(word in lexicon.BE for word in low[begin:before]):
            return [Match(cue, one.phrase, one.parts, either) for one in read_subjects(state, cue, begin)]
    if start == cue.lo and _is_adjective(state, cue):
        return []
    if low[cue.hi : cue.hi + 1] == [":"] and (count := read_amount(low, cue.hi + 1)) is not None:
        told = Phrase(cue.hi + 1, count.end, count.min, count.max, count.approx, "", None, "bare")
        return [Match(cue, told)]  # "Killed: 3. Injured: 8."
    objects = read_objects(state, cue, cue.hi)
    if objects:
        return [Match(cue, one.phrase, one.parts, one.either or either) for one in objects]
    if start < cue.lo and any(word in lexicon.HAVE for word in low[start : cue.lo]):
        return []
    return _beside(state, cue) or _shared_subject(state, cue)


def _is_adjective(state: Clause, cue: Cue) -> bool:
    """Reads "the injured", "slain leader", "another wounded soldier", "rescued 67 kidnapped villagers"."""
    low = state.words.low
    before = low[cue.lo - 1] if cue.lo else ""
    if before in _BEFORE_ADJECTIVE:
        return True
    if cue.hi >= len(low) or tolls_people.load().kind(low[cue.hi]) is None:
        return False
    number = next((one for one in state.phrases if one.hi == cue.lo), None)
    return before == "another" or (number is not None and is_taken(state, number))


def _is_either(state: Clause, cue: Cue) -> bool:
    """As in "killed or wounded", from either side."""
    low = state.words.low
    after = low[cue.hi : cue.hi + 1] == ["or"] and cue.hi + 1 in state.cue_at
    return after or (low[max(0, cue.lo - 1)] == "or" and any(one.hi == cue.lo - 1 for one in state.cues))


def _shared_subject(state: Clause, cue: Cue) -> list[Match]:
    """Reads "was abducted from his house and later shot dead": the subject of the passive before it."""
    low = state.words.low
    at = cue.lo - 1
    while at >= 0 and (low[at] in lexicon.ADVERBS or low[at] in {"on", ","}):
        at -= 1
    if at < 1 or low[at] != "and":
        return []
    for other in reversed(state.cues):
        if other.hi <= at and other.form == "past" and ";" not in low[other.hi : at]:
            begin = predicate_start(low, other.lo)
            if any(word in lexicon.BE for word in low[begin : other.lo]):
                return [Match(cue, one.phrase, one.parts) for one in read_subjects(state, other, begin)]
            break
    for helper in range(at - 1, max(-1, at - 9), -1):
        if (
            low[helper] in lexicon.BE
            and helper + 1 < at
            and low[helper + 1].endswith(("ed", "shot", "beaten", "hit", "struck", "caught", "out"))
        ):
            return read_subjects(state, cue, predicate_start(low, helper))
    return []


def _joined_before(state: Clause, cue: Cue) -> Cue | None:
    """The cue in "killed and wounded" that stands just before this one."""
    low = state.words.low
    at = cue.lo - 1
    while at >= 0 and (low[at] in lexicon.ADVERBS or low[at] in {"and", "or", ",", "then", "/"}):
        at -= 1
    for other in state.cues:
        if other.hi == at + 1 and other.form == "past" and other.hi < cue.lo:
            return other
    return None


def _beside(state: Clause, cue: Cue) -> list[Match]:
    """Reads "12 people killed", "three others injured": the phrase that ends at the cue."""
    low = state.words.low
    at = cue.lo - 1 if cue.lo > 1 and low[cue.lo - 1] in QUOTES else cue.lo
    while at > 0 and (
        low[at - 1] in lexicon.ADVERBS or (low[at - 1].endswith("ly") and low[at - 1] != "family")
    ):
        at -= 1
    shots = low[cue.lo] in {"shot", "stabbed"}
    for phrase in reversed(state.phrases):
        if phrase.hi == at:
            if shots and phrase.form == "bare" and phrase.lo:
                return []  # "fired one shot"
            if (
                low[phrase.lo] in {"the", "of"}
                and cue.hi < len(low)
                and tolls_people.load().kind(low[cue.hi])
            ):
                return []  # "the nine arrested men"
            if phrase.form == "bare" and low[cue.lo] in _CAPTURED and _counts_things(state, phrase):
                return []  # "five tanks were destroyed and three captured"
            if phrase.form == "one" and not _is_headline(state, cue, phrase):
                return []
            return with_joined(state, cue, Match(cue, phrase))
        if phrase.hi < at:
            break
    return []


def _counts_things(state: Clause, phrase: Phrase) -> bool:
    """Whether the words before a bare number count things and no people."""
    before = state.words.low[max(0, phrase.lo - 12) : phrase.lo]
    return not lexicon.NOT_PEOPLE.isdisjoint(before) and not any(
        one.hi < phrase.lo and one.form == "number" for one in state.phrases
    )


def _is_headline(state: Clause, cue: Cue, phrase: Phrase) -> bool:
    """Reads "a soldier killed by …", "left a man dead": one person and a reduced passive."""
    low = state.words.low
    following = low[cue.hi] if cue.hi < len(low) else "."
    if low[cue.lo] in {"with", "suffering"} or low[max(0, phrase.lo - 1)] in {"left", "leaving", "leaves"}:
        return True  # "found a man with a gunshot wound", "left a clerk wounded over the weekend"
    return low[phrase.lo] != "the" and (following in _AFTER_STATE)


def _state(state: Clause, cue: Cue) -> list[Match]:
    """Reads "12 dead", "was found dead", "five people are missing", "took two men hostage"."""
    low = state.words.low
    begin = predicate_start(low, cue.lo)
    if (
        low[cue.lo] == "missing"
        and begin == cue.lo
        and cue.hi < len(low)
        and low[cue.hi][0].isalpha()
        and low[cue.hi] not in lexicon.STOPS
    ):
        return []
    if any(
        word in lexicon.BE or word in {"went", "found", "remain", "remained", "declared", "pronounced"}
        for word in low[begin : cue.lo]
    ):
        found = read_subjects(state, cue, begin)
        if low[cue.hi - 1] == "condition":  # "the victim": who was told before
            return [one for one in found if low[one.phrase.lo] != "the"]
        if found:
            return found
    beside = _beside(state, cue)
    if beside:
        first = beside[0].phrase.lo
        told = "the" in low[max(0, first - 2) : first + 1] and low[cue.hi : cue.hi + 1] in (["were"], ["are"])
        told = told and "among" not in low[max(0, first - 2) : first + 1]
        return [] if told else beside  # "the other three dead were two mechanics and a customer"
    if cue.lo >= 1 and low[cue.lo - 1] == "the":
        return []
    name = name_before(state, cue.lo)
    return [Match(cue, name)] if name is not None else []
