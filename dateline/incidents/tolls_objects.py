"""The people that follow a cue: "killing two soldiers and a child, and wounding five".

Owns: objects, those joined to them, and the parts of a count ("including two children").
Refuses: subjects.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_clause import INCLUDING, JOIN, QUOTES, Clause, Match, is_part, past_parentheses
from dateline.incidents.tolls_idioms import Cue
from dateline.incidents.tolls_names import read_described, read_name
from dateline.incidents.tolls_words import Phrase

_NOT_BEFORE_OBJECT = bag("to have known said reported thought believed feared")
_REFLEXIVE = bag("himself herself themselves itself him her them")


def read_objects(state: Clause, cue: Cue, at: int) -> list[Match]:
    """The people that follow a cue, with those joined to them by commas and "and"."""
    words, low = state.words, state.words.low
    at, either = _first_object(state, cue, at)
    found: list[Match] = []
    if 0 <= at < len(low) and low[at] in {"him", "her"} and _is_pronoun(state, cue, at):
        return [Match(cue, Phrase(at, at + 1, 1, 1, False, "", None, "one"), (), either)]
    if 0 <= at < len(low) and low[at] in {"him", "her"} and at not in state.starts:
        following = low[at + 1] if at + 1 < len(low) else "."
        ends = following in lexicon.STOPS or not following[0].isalpha()
        return [Match(cue, Phrase(at, at + 1, 1, 1, False, "", None, "again"))] if ends else []
    while 0 <= at < len(low):
        phrase = state.starts.get(at)
        if phrase is None and low[at][0].isalpha():
            one = low[at] == "one"  # "one Ali Hassan"
            phrase = read_name(words, at + one) or read_described(words, at)
        if phrase is None or (found and _is_no_object(state, found[-1].phrase, phrase)):
            break
        if phrase.form == "name" and phrase.group_kind is None and _is_of_things(low[cue.lo], cue):
            break
        if phrase.form == "bare" and not _bare_ends(low, phrase):
            break
        if found and _is_apposition(state, found[-1].phrase, phrase):
            at = next_joined(state, phrase.hi)
        else:
            parts, after = read_parts(state, phrase.hi)
            found.append(Match(cue, phrase, parts, either))
            at = next_joined(state, after, several=phrase.max != 1)
    return _without_speakers(low, found)


def _is_pronoun(state: Clause, cue: Cue, at: int) -> bool:
    """Reads "shot her dead", "hacked him to death"; "killed him" most often repeats a death told before."""
    following = state.words.low[at + 1 : at + 2]
    return cue.kind == "killed" and at not in state.starts and following in (["dead"], ["to"])


_SAYING = bag("said says say told reported confirmed added announced wrote")


def _without_speakers(low: list[str], found: list[Match]) -> list[Match]:
    """Reads "killing 12 people, a rescue worker and two residents said": those who say so are no victims."""
    if len(found) < 2:
        return found
    last = found[-1].phrase.hi
    while last < len(low) and low[last] in {"also", "later", "have", "has", "had"}:
        last += 1
    if low[last : last + 1] and low[last] not in _SAYING:
        return found
    first = len(found) - 1
    while first > 0 and low[found[first].phrase.lo - 1] != ",":
        first -= 1
    return found[:first] if first and low[last : last + 1] else found


def _is_of_things(word: str, cue: Cue) -> bool:
    """Whether a cue takes names of things as well: products are released, teams are eliminated."""
    return cue.kind == "released" or word.startswith("eliminat")


def _first_object(state: Clause, cue: Cue, at: int) -> tuple[int, bool]:
    """Where the objects of a cue begin (-1: nowhere), past a joined cue; whether it was joined by "or"."""
    low = state.words.low
    either = False
    if low[at : at + 1] and low[at] in _REFLEXIVE and (begin := next_joined(state, at + 1)) in state.starts:
        at = begin
    while at < len(low) and (
        (low[at] in lexicon.ADVERBS and low[at] not in _NOT_BEFORE_OBJECT)
        or low[at] in {"and", "or", "off", "/"}
        or (low[at] in QUOTES and low[at - 1 : at] == [low[cue.hi - 1]])
        or (at in state.cue_at and low[at - 1] in {"and", "or"})
    ):
        if low[at] in {"and", "or"}:
            if at + 1 not in state.cue_at or state.cue_at[at + 1].form != state.cue_at.get(cue.lo, cue).form:
                return -1, False
            either = either or low[at] == "or"
        at = state.cue_at[at].hi if at in state.cue_at else at + 1
    return at, either


def _is_no_object(state: Clause, one: Phrase, two: Phrase) -> bool:
    """Whether a phrase joined to an object is none itself: a subject, a part, or the object's names."""
    if two.form == "name" and one.form == "number":
        return True  # "two civilians, Ali Hassan and Omar Said"
    return two.max == 0 or two.form == "bare" or is_part(state.words.low, two) or _is_subject(state, two)


def _is_apposition(state: Clause, one: Phrase, two: Phrase) -> bool:
    """Reads "Arjun Mandal, a police guard," is one person; "a farmer, a teacher and a guard" are three."""
    low = state.words.low
    if one.max != 1 or two.max != 1 or low[past_parentheses(low, one.hi) : two.lo] != [","]:
        return False
    if "name" in {one.form, two.form}:
        return True
    return low[two.hi : two.hi + 1] not in ([","], ["and"]) or two.hi + 1 not in state.starts


def _bare_ends(low: list[str], phrase: Phrase) -> bool:
    """A number alone is a count of people only where the phrase is over."""
    following = low[phrase.hi] if phrase.hi < len(low) else "."
    return following in lexicon.STOPS or not following[0].isalnum() or following.endswith("ly")


def next_joined(state: Clause, at: int, *, several: bool = False) -> int:
    """Where the next joined phrase would begin, or -1; "(50)" and "identified as X" are passed over."""
    low, words = state.words.low, state.words
    at = past_parentheses(low, at)
    comma = at + 1 if low[at : at + 1] == [","] else at
    if low[comma : comma + 1] and low[comma] in {"identified", "named"}:
        if several:
            return -1  # the names that follow are theirs
        end = comma + 1
        while (
            end < len(low)
            and end < comma + 24
            and (
                low[end] in {"as", "alias", "@", "(", ")", "."}
                or words.raw(end)[0].isupper()
                or low[end][0].isdigit()
            )
        ):
            end += 1
        at = end
    begin = at
    while at < len(low) and (low[at] in JOIN or low[at : at + 2] in (["as", "well"], ["along", "with"])):
        at += 1 if low[at] in JOIN else 3 if low[at] == "as" else 2
    return at if begin < at < len(low) else -1


def _is_subject(state: Clause, phrase: Phrase) -> bool:
    """A phrase that begins its own clause ("… and five more were hurt")."""
    low = state.words.low
    at = phrase.hi
    while at < len(low) and low[at] in lexicon.ADVERBS:
        at += 1
    if at >= len(low):
        return False
    return low[at] in lexicon.BE or low[at] in lexicon.HAVE or at in state.cue_at


def read_parts(state: Clause, at: int) -> tuple[tuple[Phrase, ...], int]:
    """Reads "…, including two children and a woman" after a phrase, or "(three soldiers and a civilian)"."""
    low = state.words.low
    begin = at
    while at < len(low) and low[at] in {",", "-", "–", "—", "("}:
        at += 1
    opened = at > begin and low[at - 1] == "("
    if at < len(low) and low[at] in INCLUDING:
        at += 1
        if at < len(low) and low[at] in {"them", "of"}:
            at += 1
    elif not opened:
        return (), begin
    parts: list[Phrase] = []
    end = begin
    while at < len(low):
        phrase = state.starts.get(at)
        if phrase is None or phrase.form == "bare" or _is_subject(state, phrase):
            break
        parts.append(phrase)
        end = phrase.hi
        at = next_joined(state, end)
        if at < 0:
            break
    if parts and opened and end < len(low) and low[end] == ")":
        end += 1
    return tuple(parts), end if parts else begin
