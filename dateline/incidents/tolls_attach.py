"""Joins cues with counted phrases.

Owns: which people a cue is about: the object of "killed 12 people", the subject of "12 people,
including two children, were killed", the neighbour in "12 dead", the number in "51 arrests".
Refuses: reading words; ``tolls_grammar`` and ``tolls_cues`` have done that.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.tolls_cues import Cue
from dateline.incidents.tolls_grammar import (
    Phrase,
    Words,
    read_amount,
    read_described,
    read_name,
    read_phrase,
)

GAP_WORDS = 30
"""Most words between a subject and its verb; beyond it, the subject is most often another."""


class Match(Struct, frozen=True):
    """A cue and its people. ``either``: "killed or wounded"; ``parts``: "including two children"."""

    cue: Cue
    phrase: Phrase
    parts: tuple[Phrase, ...] = ()
    either: bool = False


_INCLUDING = frozenset(
    ["including", "includes", "included", "among", "mostly", "mainly", "comprising", "namely"]
)
_BEFORE_ADJECTIVE = frozenset("the of a an his her their its slain dead some".split())
_REFLEXIVE = frozenset("himself herself themselves itself him her them".split())
_JOIN = frozenset({"and", ",", "plus", "&", "besides"})
_GAP_START = lexicon.PREPOSITIONS | frozenset(
    [
        ",",
        "(",
        "belonging",
        "travelling",
        "traveling",
        "working",
        "riding",
        "identified",
        "named",
        "aged",
        "suspected",
        "believed",
        "returning",
        "living",
        "walking",
        "sleeping",
        "wearing",
        "driving",
        "carrying",
        "attending",
        "accused",
        "trying",
        "waiting",
        "serving",
        "guarding",
        "aboard",
        "present",
        "playing",
    ]
)
_FOUND = frozenset(
    [
        "found",
        "recovered",
        "discovered",
        "pulled",
        "retrieved",
        "exhumed",
        "unearthed",
        "dumped",
        "brought",
        "taken",
        "lying",
        "identified",
    ]
)


class _Sentence(Struct):
    """Working state of one sentence."""

    words: Words
    phrases: list[Phrase]
    starts: dict[int, Phrase]
    cues: list[Cue]
    cue_at: dict[int, Cue]


def attach(words: Words, cues: list[Cue]) -> list[Match]:
    """Return every cue with its people, each people at most once per kind."""
    if not cues:
        return []
    phrases = _phrases(words)
    state = _Sentence(words, phrases, {one.lo: one for one in phrases}, cues, {one.lo: one for one in cues})
    matches: list[Match] = []
    for cue in cues:
        for match in _people_of(state, cue):
            if not any(_same(one, match) for one in matches):
                matches.append(match)
    return matches


def _same(one: Match, two: Match) -> bool:
    return one.cue.kind == two.cue.kind and one.phrase.lo < two.phrase.hi and two.phrase.lo < one.phrase.hi


def _phrases(words: Words) -> list[Phrase]:
    found: list[Phrase] = []
    at = 0
    while at < len(words.low):
        phrase = read_phrase(words, at)
        if phrase is None or phrase.hi <= at:
            at += 1
            continue
        found.append(phrase)
        at = phrase.hi
    return found


def _people_of(state: _Sentence, cue: Cue) -> list[Match]:
    low = state.words.low
    if cue.form == "of":
        return _of(state, cue)
    if cue.form == "counted":
        return _counted(state, cue)
    if cue.form == "toll":
        return _toll(state, cue)
    if cue.form in {"ing", "base"}:
        return _objects(state, cue, cue.hi)
    if cue.form == "went":
        return _subjects(state, cue, _predicate_start(low, cue.lo))
    if cue.form == "state":
        return _state(state, cue)
    return _past(state, cue)


def _past(state: _Sentence, cue: Cue) -> list[Match]:
    """ "killed": passive after a form of "be", else active when an object follows, else reduced passive."""
    low = state.words.low
    start = _predicate_start(low, cue.lo)
    passive = any(word in lexicon.BE for word in low[start : cue.lo])
    if passive:
        found = _subjects(state, cue, start)
        if low[cue.hi : cue.hi + 2] == ["along", "with"]:
            found += _objects(state, cue, cue.hi + 2)
        return found
    joined = _joined_before(state, cue)
    if joined is not None:
        before = joined.lo
        begin = _predicate_start(low, before)
        if any(word in lexicon.BE for word in low[begin:before]):
            either = "or" in low[joined.hi : cue.lo]
            return [Match(cue, one.phrase, one.parts, either) for one in _subjects(state, cue, begin)]
    if low[cue.lo - 1 : cue.lo] and low[cue.lo - 1] in _BEFORE_ADJECTIVE and start == cue.lo:
        return []  # "the injured", "slain leader"
    objects = _objects(state, cue, cue.hi)
    if objects:
        return objects
    if start < cue.lo and any(word in lexicon.HAVE for word in low[start : cue.lo]):
        return []
    return _beside(state, cue) or _shared_subject(state, cue)


def _shared_subject(state: _Sentence, cue: Cue) -> list[Match]:
    """ "was abducted from his house and later shot dead": the subject of the passive before it."""
    low = state.words.low
    at = cue.lo - 1
    while at >= 0 and (low[at] in lexicon.ADVERBS or low[at] in {"on", ","}):
        at -= 1
    if at < 1 or low[at] != "and":
        return []
    for other in reversed(state.cues):
        if other.hi <= at and other.form == "past" and ";" not in low[other.hi : at]:
            begin = _predicate_start(low, other.lo)
            if any(word in lexicon.BE for word in low[begin : other.lo]):
                return [Match(cue, one.phrase, one.parts) for one in _subjects(state, other, begin)]
            break
    for helper in range(at - 1, max(-1, at - 9), -1):
        if (
            low[helper] in lexicon.BE
            and helper + 1 < at
            and low[helper + 1].endswith(("ed", "shot", "beaten", "hit", "struck", "caught", "out"))
        ):
            return _subjects(state, cue, _predicate_start(low, helper))
    return []


def _joined_before(state: _Sentence, cue: Cue) -> Cue | None:
    """The cue in "killed and wounded" that stands just before this one."""
    low = state.words.low
    at = cue.lo - 1
    while at >= 0 and (low[at] in lexicon.ADVERBS or low[at] in {"and", "or", ",", "then", "/"}):
        at -= 1
    for other in state.cues:
        if other.hi == at + 1 and other.form == "past" and other.hi < cue.lo:
            return other
    return None


def _predicate_start(low: list[str], at: int) -> int:
    """Where the helping verbs before a cue begin ("have reportedly been" killed)."""
    begin = at
    while begin > 0 and (
        low[begin - 1] in lexicon.BE
        or low[begin - 1] in lexicon.HAVE
        or low[begin - 1] in lexicon.ADVERBS
        or low[begin - 1]
        in {
            "may",
            "might",
            "remain",
            "remained",
            "went",
            "gone",
            "reported",
            "found",
            "declared",
            "pronounced",
            "later",
        }
    ):
        begin -= 1
    while begin < at and low[begin] in {"first", "each", "all", "both", "since", "only", "to"}:
        begin += 1
    return begin


# objects -------------------------------------------------------------------------------------


def _objects(state: _Sentence, cue: Cue, at: int) -> list[Match]:
    """The people that follow a cue, with those joined to them by commas and "and"."""
    words, low = state.words, state.words.low
    either = False
    if (
        low[at : at + 1]
        and low[at] in _REFLEXIVE
        and low[at + 1 : at + 2] == ["and"]
        and at + 2 in state.starts
    ):
        at += 2
    while at < len(low) and (
        low[at] in lexicon.ADVERBS
        or low[at] in {"and", "or", "off", "/"}
        or (at in state.cue_at and low[at - 1] in {"and", "or"})
    ):
        if low[at] in {"and", "or"}:
            if at + 1 not in state.cue_at or state.cue_at[at + 1].form != state.cue_at.get(cue.lo, cue).form:
                return []
            either = either or low[at] == "or"
        at = state.cue_at[at].hi if at in state.cue_at else at + 1
    found: list[Match] = []
    while at < len(low):
        phrase = state.starts.get(at)
        if phrase is None and low[at][0].isalpha():
            phrase = read_name(words, at) or read_described(words, at)
        if (
            phrase is None
            or phrase.max == 0
            or (found and (phrase.form == "bare" or _is_part(low, phrase) or _is_subject(state, phrase)))
        ):
            break
        if phrase.form == "bare" and not _bare_ends(low, phrase):
            break
        if found and phrase.form == "name" and found[-1].phrase.form == "number":
            break  # "two civilians, Ali Hassan and Omar Said": their names
        if found and _is_apposition(state, found[-1].phrase, phrase):
            at = _next_joined(state, phrase.hi)
        else:
            parts, after = _parts(state, phrase.hi)
            found.append(Match(cue, phrase, parts, either))
            at = _next_joined(state, after, several=phrase.max != 1)
        if at < 0:
            break
    return found


def _is_apposition(state: _Sentence, one: Phrase, two: Phrase) -> bool:
    """ "Arjun Mandal, a police guard," is one person; "a farmer, a teacher and a guard" are three."""
    low = state.words.low
    if one.max != 1 or two.max != 1 or low[_past_parentheses(low, one.hi) : two.lo] != [","]:
        return False
    if "name" in {one.form, two.form}:
        return True
    return low[two.hi : two.hi + 1] not in ([","], ["and"]) or two.hi + 1 not in state.starts


def _bare_ends(low: list[str], phrase: Phrase) -> bool:
    """A number alone is a count of people only where the phrase is over."""
    following = low[phrase.hi] if phrase.hi < len(low) else "."
    return following in lexicon.STOPS or not following[0].isalnum() or following.endswith("ly")


def _next_joined(state: _Sentence, at: int, *, several: bool = False) -> int:
    """Where the next joined phrase would begin, or -1; "(50)" and "identified as X" are passed over."""
    low, words = state.words.low, state.words
    at = _past_parentheses(low, at)
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
    while at < len(low) and (low[at] in _JOIN or low[at : at + 2] in (["as", "well"], ["along", "with"])):
        at += 1 if low[at] in _JOIN else 3 if low[at] == "as" else 2
    return at if begin < at < len(low) else -1


def _past_parentheses(low: list[str], at: int) -> int:
    """Past "(50)" and other short words in parentheses."""
    if low[at : at + 1] == ["("]:
        return next((index + 1 for index in range(at + 1, min(len(low), at + 6)) if low[index] == ")"), at)
    return at


def _is_subject(state: _Sentence, phrase: Phrase) -> bool:
    """A phrase that begins its own clause ("… and 18 others were wounded")."""
    low = state.words.low
    at = phrase.hi
    while at < len(low) and low[at] in lexicon.ADVERBS:
        at += 1
    if at >= len(low):
        return False
    return low[at] in lexicon.BE or low[at] in lexicon.HAVE or at in state.cue_at


def _parts(state: _Sentence, at: int) -> tuple[tuple[Phrase, ...], int]:
    """ "…, including two children and a woman" after a phrase, or "(three soldiers and a civilian)"."""
    low = state.words.low
    begin = at
    while at < len(low) and low[at] in {",", "-", "–", "—", "("}:
        at += 1
    opened = at > begin and low[at - 1] == "("
    if at < len(low) and low[at] in _INCLUDING:
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
        at = _next_joined(state, end)
        if at < 0:
            break
    if parts and opened and end < len(low) and low[end] == ")":
        end += 1
    return tuple(parts), end if parts else begin


# subjects ------------------------------------------------------------------------------------


def _subjects(state: _Sentence, cue: Cue, begin: int) -> list[Match]:
    """The people before a predicate that begins at word ``begin``, with those joined to them."""
    low = state.words.low
    parts: list[Phrase] = []
    for phrase in reversed(state.phrases):
        if phrase.hi > begin or _taken(state, phrase):
            continue
        if begin - phrase.hi > (
            GAP_WORDS
            if low[phrase.hi + 1 : phrase.hi + 2] != [] and low[phrase.hi + 1] not in _INCLUDING
            else 3 * GAP_WORDS
        ):
            break
        marker = low[phrase.lo - 1] if phrase.lo else ""
        if (
            marker in _INCLUDING
            or (parts and marker in {"and", ","} and parts[-1].lo - phrase.hi <= 2)
            or _is_part(low, phrase)
        ):
            parts.append(phrase)
            continue
        if _listed_after_including(state, phrase):
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
        main = Match(cue, phrase, tuple(reversed([one for one in parts if one.form != "bare"])))
        return _with_joined(state, cue, main)
    name = _name_before(state, begin)
    if name is None:
        return []
    return _with_joined(state, cue, Match(cue, name))


def _listed_after_including(state: _Sentence, phrase: Phrase) -> bool:
    """ "…, including two children and three women": the second is a part too."""
    low = state.words.low
    while phrase.lo >= 2 and low[phrase.lo - 1] in {"and", ","}:
        previous = next(
            (one for one in state.phrases if phrase.lo - 2 <= one.hi < phrase.lo and one.hi <= phrase.lo - 1),
            None,
        )
        if previous is None:
            return False
        phrase = previous
        if low[phrase.lo - 1 : phrase.lo] and low[phrase.lo - 1] in _INCLUDING:
            return True
    return False


def _is_part(low: list[str], phrase: Phrase) -> bool:
    """ ", three of them children," after a count."""
    return phrase.group == "them" and phrase.lo > 0 and low[phrase.lo - 1] == ","


def _leads_to(low: list[str], at: int, begin: int, parts: list[Phrase]) -> bool:
    """Whether nothing between a subject and its predicate takes the predicate away."""
    while at < begin and low[at] in lexicon.ADVERBS:
        at += 1
    gap = low[at:begin]
    if not gap or all(word in lexicon.ADVERBS or word in {"others", "more"} for word in gap):
        return True
    if parts:
        return ";" not in gap
    if gap[0] not in _GAP_START and not gap[0].endswith(("ing", "ed")):
        return False
    if ";" in gap or ":" in gap:
        return False
    if gap[0] in {"-", "–", "—"}:
        return gap[-1] in {"-", "–", "—", ","}
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


def _past_name(state: _Sentence, at: int, begin: int) -> int:
    """Past the name and age that follow a noun: "one constable Ali Hassan (25) of …"."""
    words, low = state.words, state.words.low
    if words.caps:
        return at
    while at < begin and low[at] not in lexicon.STOPS and (words.raw(at)[0].isupper() or low[at] == "alias"):
        at += 1
    return _past_parentheses(low, at)


def _names_only(state: _Sentence, at: int, begin: int) -> bool:
    """ "two villagers Ram and Shyam", "67 government forces and allied fighters": more of the same people."""
    words, low = state.words, state.words.low
    if low[at] in {"and", "or"} and begin - at <= 6 and not lexicon.STOPS & set(low[at + 1 : begin]):
        kind = lexicon.load().kind(low[begin - 1])
        return kind is not None and not lexicon.load().is_one(low[begin - 1])
    if words.caps or begin - at > 24:
        return False
    return all(
        low[index] in {"and", ",", "(", ")", "alias", "@", ".", "&", "-", "'", '"', "“", "”"}
        or words.raw(index)[0].isupper()
        or words.raw(index)[0].isdigit()
        for index in range(at, begin)
    )


def _with_joined(state: _Sentence, cue: Cue, main: Match) -> list[Match]:
    """Add the phrases joined to a subject from the left ("a man and two women were killed")."""
    low = state.words.low
    found = [main]
    seen_and = False
    first = main.phrase
    while True:
        at = first.lo - 1
        if at < 1 or low[at] not in {"and", ","}:
            break
        seen_and = seen_and or low[at] == "and"
        if low[at] == "and" and low[at - 1] == ",":
            at -= 1
        previous = next((one for one in state.phrases if one.hi == at), None)
        if previous is None and low[at] == "and" and low[at - 1] not in {"them"}:
            previous = _name_before(state, at) if main.phrase.form in {"name", "one"} else None
        if previous is None or not seen_and or previous.form == "bare" or previous.max == 0:
            break
        if _taken(state, previous):
            break
        if (
            low[first.lo - 1] == ","
            and previous.form == "number"
            and previous.max == sum(one.phrase.max or 0 for one in found)
        ):
            return [
                Match(cue, previous, tuple(one.phrase for one in reversed(found)))
            ]  # "two men, a guard and a driver,"
        found.append(Match(cue, previous))
        first = previous
    return found


def _taken(state: _Sentence, phrase: Phrase) -> bool:
    """Whether a phrase is the object of a cue before it ("killed two soldiers and three others were wounded")."""
    low = state.words.low
    at = phrase.lo - 1
    while at >= 0 and low[at] in lexicon.ADVERBS:
        at -= 1
    return any(
        cue.hi == at + 1
        and (
            cue.form in {"ing", "base", "of"} or (cue.form == "past" and low[cue.lo - 1 : cue.lo] != ["been"])
        )
        for cue in state.cues
    )


def _name_before(state: _Sentence, end: int) -> Phrase | None:
    """The name that ends where a predicate begins; parentheses, ages and commas between are passed over."""
    words, low = state.words, state.words.low
    at = end
    if at and low[at - 1] == ")":
        at = next((index for index in range(at - 2, max(-1, at - 10), -1) if low[index] == "("), at)
    if at and low[at - 1] == "," and not (at >= 3 and low[at - 3] == "," and low[at - 2].isdigit()):
        at = next((index for index in range(at - 2, max(0, at - GAP_WORDS), -1) if low[index] == ","), at)
        if at and low[at - 1] == ")":
            at = next((index for index in range(at - 2, max(-1, at - 10), -1) if low[index] == "("), at)
    if at >= 3 and low[at - 1] == "," and low[at - 2].isdigit() and low[at - 3] == ",":
        at -= 3
    begin = at
    while begin > 0 and at - begin < 8:
        raw = words.raw(begin - 1)
        inner_stop = (
            raw == "." and begin >= 2 and (low[begin - 2] in lexicon.TITLES or len(low[begin - 2]) == 1)
        )
        if not inner_stop and not (
            raw[0].isupper() and low[begin - 1] not in lexicon.BODIES and low[begin - 1] not in lexicon.STOPS
        ):
            break
        begin -= 1
    if begin == at:
        return None
    name = read_name(words, begin)
    if name is None or name.hi != at:
        return None
    singular = (
        low[end] in {"was", "is", "has", "died", "succumbed", "perished", "lost"} if end < len(low) else False
    )
    return (
        name
        if singular or (begin and low[begin - 1] == "and") or (end < len(low) and low[end] == "and")
        else None
    )


# neighbours ----------------------------------------------------------------------------------


def _beside(state: _Sentence, cue: Cue) -> list[Match]:
    """ "12 people killed", "three others injured": the phrase that ends at the cue."""
    low = state.words.low
    at = cue.lo
    while at > 0 and (
        low[at - 1] in lexicon.ADVERBS or (low[at - 1].endswith("ly") and low[at - 1] != "family")
    ):
        at -= 1
    shots = low[cue.lo] in {"shot", "stabbed"}
    for phrase in reversed(state.phrases):
        if phrase.hi == at:
            if shots and phrase.form == "bare":
                return []  # "fired one shot"
            if low[phrase.lo] in {"the", "of"} and cue.hi < len(low) and lexicon.load().kind(low[cue.hi]):
                return []  # "the nine arrested men"
            if phrase.form == "one" and not _is_headline(state, cue, phrase):
                return []
            return _with_joined(state, cue, Match(cue, phrase))
        if phrase.hi < at:
            break
    return []


def _is_headline(state: _Sentence, cue: Cue, phrase: Phrase) -> bool:
    """ "a soldier killed by …", "left a man dead": one person and a reduced passive."""
    low = state.words.low
    following = low[cue.hi] if cue.hi < len(low) else "."
    return low[phrase.lo] != "the" and (
        following in {"by", "in", "and", ",", ".", "after", "when", "on", "at", "near", "during", "as"}
    )


def _state(state: _Sentence, cue: Cue) -> list[Match]:
    """ "12 dead", "was found dead", "five people are missing", "took two men hostage"."""
    low = state.words.low
    begin = _predicate_start(low, cue.lo)
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
        found = _subjects(state, cue, begin)
        if found:
            return found
    beside = _beside(state, cue)
    if beside:
        return beside
    if cue.lo >= 1 and low[cue.lo - 1] == "the":
        return []
    name = _name_before(state, cue.lo)
    return [Match(cue, name)] if name is not None else []


def _counted(state: _Sentence, cue: Cue) -> list[Match]:
    """ "12 deaths", "51 arrests", "claimed seven lives", "took 12 hostages"."""
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
            kind = next((found for word in reversed(between) if (found := lexicon.load().kind(word))), None)
            phrase = Phrase(
                at, max(amount.end, cue.lo), amount.min, amount.max, amount.approx, group, kind, "number"
            )
            parts, _ = _parts(state, cue.hi)
            return [Match(cue, phrase, parts)]
    if low[max(0, cue.lo - 1)] == "no":
        return [Match(cue, Phrase(cue.lo - 1, cue.lo, 0, 0, False, "", None, "bare"))]
    return []


def _of(state: _Sentence, cue: Cue) -> list[Match]:
    """ "the death of a soldier", "the arrest of 51 suspects", "the bodies of five men were found"."""
    low = state.words.low
    noun = low[cue.lo]
    if noun in {"body", "bodies", "corpse", "corpses"} and not _FOUND & set(
        low[max(0, cue.lo - 6) : cue.lo + 25]
    ):
        return []
    return _objects(state, cue, cue.hi)


_REACHES = frozenset(
    [
        "to",
        "at",
        "of",
        "is",
        "was",
        "reached",
        "reaches",
        "reaching",
        "stands",
        "stood",
        "exceeded",
        "passed",
        "surpassed",
        "topped",
        "hit",
        "hits",
        ":",
        "=",
        "being",
    ]
)


def _toll(state: _Sentence, cue: Cue) -> list[Match]:
    """ "the death toll … has reached 136", "a death toll of at least 40"."""
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
        return [Match(cue, Phrase(at, amount.end, amount.min, amount.max, amount.approx, "", None, "bare"))]
    return []
