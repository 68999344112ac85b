"""Joins cues with counted phrases.

Owns: which people a cue is about: the object of "killed 12 people", the subject of "12 people,
including two children, were killed", the neighbour in "12 dead", the number in "51 arrests".
Refuses: reading words; ``tolls_grammar`` and ``tolls_cues`` have done that.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.tolls_cues import Cue
from dateline.incidents.tolls_grammar import Phrase, Words, read_amount, read_name, read_phrase

GAP_WORDS = 30
"""Most words between a subject and its verb; beyond it, the subject is most often another."""


class Match(Struct, frozen=True):
    """A cue and its people. ``either``: "killed or wounded"; ``parts``: "including two children"."""

    cue: Cue
    phrase: Phrase
    parts: tuple[Phrase, ...] = ()
    either: bool = False


_INCLUDING = frozenset(["including", "includes", "included", "among", "mostly", "mainly", "comprising", "namely"])
_JOIN = frozenset({"and", ",", "plus", "&", "besides"})
_GAP_START = lexicon.PREPOSITIONS | frozenset(
    [",", "(", "belonging", "travelling", "traveling", "working", "riding", "identified", "named", "aged", "suspected", "believed", "returning", "living", "walking", "sleeping", "wearing", "driving", "carrying", "attending", "accused", "trying", "waiting", "serving", "guarding", "aboard", "present", "playing"]
)
_FOUND = frozenset(
    ["found", "recovered", "discovered", "pulled", "retrieved", "exhumed", "unearthed", "dumped", "brought", "taken", "lying", "identified"]
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
        return _subjects(state, cue, start)
    joined = _joined_before(state, cue)
    if joined is not None:
        before = joined.lo
        begin = _predicate_start(low, before)
        if any(word in lexicon.BE for word in low[begin:before]):
            return _subjects(state, cue, begin)
    objects = _objects(state, cue, cue.hi)
    if objects:
        return objects
    if start < cue.lo and any(word in lexicon.HAVE for word in low[start : cue.lo]):
        return []
    return _beside(state, cue)


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
        phrase = state.starts.get(at) or (read_name(words, at) if low[at][0].isalpha() else None)
        if (
            phrase is None
            or phrase.max == 0
            or (found and (phrase.form == "bare" or _is_subject(state, phrase)))
        ):
            break
        if phrase.form == "bare" and not _bare_ends(low, phrase):
            break
        parts, after = _parts(state, phrase.hi)
        found.append(Match(cue, phrase, parts, either))
        at = _next_joined(low, after)
        if at < 0:
            break
    return found


def _bare_ends(low: list[str], phrase: Phrase) -> bool:
    """A number alone is a count of people only where the phrase is over."""
    following = low[phrase.hi] if phrase.hi < len(low) else "."
    return following in lexicon.STOPS or not following[0].isalnum() or following.endswith("ly")


def _next_joined(low: list[str], at: int) -> int:
    """Where the next joined phrase would begin, or -1."""
    begin = at
    while at < len(low) and (low[at] in _JOIN or low[at : at + 2] in (["as", "well"], ["along", "with"])):
        at += 1 if low[at] in _JOIN else 3 if low[at] == "as" else 2
    return at if begin < at < len(low) else -1


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
        at = _next_joined(low, end)
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
    limit = begin
    for phrase in reversed(state.phrases):
        if phrase.hi > limit:
            continue
        if limit - phrase.hi > GAP_WORDS:
            break
        marker = low[phrase.lo - 1] if phrase.lo else ""
        if (
            marker in _INCLUDING
            or (parts and marker in {"and", ","} and parts[-1].lo - phrase.hi <= 2)
            or _is_part(low, phrase)
        ):
            parts.append(phrase)
            continue
        if not _leads_to(low, phrase.hi, begin, parts):
            break
        if phrase.form == "bare" and phrase.hi != begin and low[phrase.hi] not in {"of", "others", ",", "in"}:
            continue
        main = Match(cue, phrase, tuple(reversed([one for one in parts if one.form != "bare"])))
        return _with_joined(state, cue, main)
    name = _name_before(state, begin)
    if name is None:
        return []
    return _with_joined(state, cue, Match(cue, name))


def _is_part(low: list[str], phrase: Phrase) -> bool:
    """ ", three of them children," after a count."""
    return phrase.group == "them" and phrase.lo > 0 and low[phrase.lo - 1] == ","


def _leads_to(low: list[str], at: int, begin: int, parts: list[Phrase]) -> bool:
    """Whether nothing between a subject and its predicate takes the predicate away."""
    gap = low[at:begin]
    if not gap or all(word in lexicon.ADVERBS or word in {"others", "more"} for word in gap):
        return True
    if parts:
        return ";" not in gap
    if gap[0] not in _GAP_START and not gap[0].endswith(("ing",)):
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
    return "when" not in gap and "but" not in gap and "after" not in gap and "as" not in gap


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
        found.append(Match(cue, previous))
        first = previous
    return found


def _taken(state: _Sentence, phrase: Phrase) -> bool:
    """Whether a phrase is the object of a cue before it ("killed two soldiers and three others were wounded")."""
    low = state.words.low
    at = phrase.lo - 1
    while at >= 0 and low[at] in lexicon.ADVERBS:
        at -= 1
    return any(cue.hi == at + 1 and cue.form in {"past", "ing", "base"} for cue in state.cues)


def _name_before(state: _Sentence, end: int) -> Phrase | None:
    """The name that ends where a predicate begins; parentheses, ages and commas between are passed over."""
    words, low = state.words, state.words.low
    at = end
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
    while at > 0 and low[at - 1] in lexicon.ADVERBS:
        at -= 1
    for phrase in reversed(state.phrases):
        if phrase.hi == at:
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
    ["to", "at", "of", "is", "was", "reached", "reaches", "reaching", "stands", "stood", "exceeded", "passed", "surpassed", "topped", "hit", "hits", ":", "=", "being"]
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
