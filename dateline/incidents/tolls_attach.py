"""Joins cues with counted phrases.

Owns: which people a cue is about: the object of "killed 12 people", the subject of "12 people were
killed", the neighbour in "12 dead", the number in "51 arrests". Refuses: reading words;
``tolls_grammar`` and ``tolls_cues`` have done that.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_amounts import read_amount
from dateline.incidents.tolls_clause import QUOTES, Clause, Match, predicate_start
from dateline.incidents.tolls_cues import Cue
from dateline.incidents.tolls_grammar import may_begin, read_phrase
from dateline.incidents.tolls_names import name_before
from dateline.incidents.tolls_objects import read_objects, read_parts
from dateline.incidents.tolls_subjects import read_subjects, with_joined
from dateline.incidents.tolls_totals import numbered, with_parts_told_apart, within_totals
from dateline.incidents.tolls_words import Phrase, Words

_BEFORE_ADJECTIVE = bag("the of a an his her their its slain dead some")


_FOUND = bag(
    """
    found recovered discovered pulled retrieved exhumed unearthed dumped brought taken lying
    identified
    """
)


_REACHES = bag(
    """
    to at of is was reached reaches reaching stands stood exceeded passed surpassed topped hit hits
    : = being
    """
)


def attach(words: Words, cues: list[Cue]) -> list[Match]:
    """Return every cue with its people, each people at most once per kind."""
    if not cues:
        return []
    phrases = _phrases(words)
    state = Clause(words, phrases, {one.lo: one for one in phrases}, cues, {one.lo: one for one in cues})
    matches: list[Match] = []
    for cue in cues:
        for match in _people_of(state, cue):
            if not any(_same(one, match) for one in matches):
                matches.append(_rekinded(state, match))
    return with_parts_told_apart(state, within_totals(words.low, matches))


def _rekinded(state: Clause, match: Match) -> Match:
    """Soldiers, officials and civilians that are "captured" are held, not arrested."""
    cue = match.cue
    if state.words.low[cue.lo] in {"captured", "capturing", "capture"} and match.phrase.group_kind in {
        "soldiers",
        "officials",
        "civilian",
        "children",
        "police",
    }:
        return Match(Cue("abducted", cue.lo, cue.hi, cue.form), match.phrase, match.parts, match.either)
    return match


def _same(one: Match, two: Match) -> bool:
    return one.cue.kind == two.cue.kind and one.phrase.lo < two.phrase.hi and two.phrase.lo < one.phrase.hi


def _phrases(words: Words) -> list[Phrase]:
    found: list[Phrase] = []
    end = 0
    for at, word in enumerate(words.low):
        if at < end or not may_begin(word):
            continue
        phrase = read_phrase(words, at)
        if phrase is not None and phrase.hi > at:
            found.append(phrase)
            end = phrase.hi
    return found


def _people_of(state: Clause, cue: Cue) -> list[Match]:
    low = state.words.low
    if cue.form == "of":
        return _of(state, cue)
    if cue.form == "counted":
        return _counted(state, cue)
    if cue.form == "toll":
        return _toll(state, cue)
    if cue.form in {"ing", "base"}:
        return read_objects(state, cue, cue.hi)
    if cue.form == "went":
        return read_subjects(state, cue, predicate_start(low, cue.lo))
    if cue.form == "state":
        return _state(state, cue)
    return _past(state, cue)


def _past(state: Clause, cue: Cue) -> list[Match]:
    """Reads "killed": passive after a form of "be", else active when an object follows, else reduced passive."""
    low = state.words.low
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
    if low[cue.lo - 1 : cue.lo] and low[cue.lo - 1] in _BEFORE_ADJECTIVE and start == cue.lo:
        return []  # "the injured", "slain leader"
    objects = read_objects(state, cue, cue.hi)
    if objects:
        return [Match(cue, one.phrase, one.parts, one.either or either) for one in objects]
    if start < cue.lo and any(word in lexicon.HAVE for word in low[start : cue.lo]):
        return []
    return _beside(state, cue) or _shared_subject(state, cue)


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
            if shots and phrase.form == "bare":
                return []  # "fired one shot"
            if (
                low[phrase.lo] in {"the", "of"}
                and cue.hi < len(low)
                and tolls_people.load().kind(low[cue.hi])
            ):
                return []  # "the nine arrested men"
            if phrase.form == "one" and not _is_headline(state, cue, phrase):
                return []
            return with_joined(state, cue, Match(cue, phrase))
        if phrase.hi < at:
            break
    return []


def _is_headline(state: Clause, cue: Cue, phrase: Phrase) -> bool:
    """Reads "a soldier killed by …", "left a man dead": one person and a reduced passive."""
    low = state.words.low
    following = low[cue.hi] if cue.hi < len(low) else "."
    if low[cue.lo] in {"with", "suffering"}:
        return True  # "found a man with a gunshot wound"
    return low[phrase.lo] != "the" and (
        following in {"by", "in", "and", ",", ".", "after", "when", "on", "at", "near", "during", "as"}
    )


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
        if found:
            return found
    beside = _beside(state, cue)
    if beside:
        first = beside[0].phrase.lo
        told = "the" in low[max(0, first - 2) : first + 1] and low[cue.hi : cue.hi + 1] in (["were"], ["are"])
        return [] if told else beside  # "the other three dead were two mechanics and a customer"
    if cue.lo >= 1 and low[cue.lo - 1] == "the":
        return []
    name = name_before(state, cue.lo)
    return [Match(cue, name)] if name is not None else []


def _counted(state: Clause, cue: Cue) -> list[Match]:
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
    if low[max(0, cue.lo - 1)] == "no":
        return [Match(cue, Phrase(cue.lo - 1, cue.lo, 0, 0, False, "", None, "bare"))]
    return []


def _of(state: Clause, cue: Cue) -> list[Match]:
    """Reads "the death of a soldier", "the arrest of 51 suspects", "the bodies of five men were found"."""
    low = state.words.low
    noun = low[cue.lo]
    if noun in {"body", "bodies", "corpse", "corpses"} and not _FOUND & set(
        low[max(0, cue.lo - 6) : cue.lo + 25]
    ):
        return []
    return read_objects(state, cue, cue.hi)


def _toll(state: Clause, cue: Cue) -> list[Match]:
    """Reads "the death toll … has reached 136", "a death toll of at least 40"."""
    low = state.words.low
    for at in range(cue.hi, min(len(low), cue.hi + 30)):
        if low[at - 1] not in _REACHES:
            continue
        amount = read_amount(low, at)
        if amount is None or low[amount.end : amount.end + 1] in (["%"], ["percent"]):
            continue
        phrase = state.starts.get(at)
        if phrase is not None and phrase.form == "number":
            return [Match(cue, phrase)]
        group, kind = numbered(state.words, cue)
        return [
            Match(cue, Phrase(at, amount.end, amount.min, amount.max, amount.approx, group, kind, "bare"))
        ]
    return []
