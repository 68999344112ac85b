"""What the joining of cues and people works on: a sentence with its phrases and cues.

Owns: the pair that comes out (``Match``) and small questions about word positions. Refuses: choosing.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_idioms import Cue
from dateline.incidents.tolls_words import Phrase, Words

GAP_WORDS = 30
"""Most words between a subject and its verb; beyond it, the subject is most often another."""


INCLUDING = bag("including among mostly mainly comprising namely")


JOIN = bag("and , plus & besides")
QUOTES = frozenset("'‘’\"“”")


class Match(Struct, frozen=True, gc=False):
    """A cue and its people. ``either``: "killed or wounded"; ``parts``: "including two children"."""

    cue: Cue
    phrase: Phrase
    parts: tuple[Phrase, ...] = ()
    either: bool = False


class Clause(Struct):
    """Working state of one sentence."""

    words: Words
    phrases: list[Phrase]
    starts: dict[int, Phrase]
    cues: list[Cue]
    cue_at: dict[int, Cue]


def predicate_start(low: list[str], at: int) -> int:
    """Where the helping verbs before a cue begin ("have reportedly been" killed)."""
    begin = at - 1 if at > 1 and low[at - 1] in QUOTES else at
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
            "continue",
            "continued",
            "remains",
            "listed",
        }
    ):
        begin -= 1
    while begin < at and low[begin] in {"first", "each", "all", "both", "since", "only", "to"}:
        begin += 1
    return begin


def past_parentheses(low: list[str], at: int) -> int:
    """Past "(50)" and other short words in parentheses."""
    if low[at : at + 1] == ["("]:
        return next((index + 1 for index in range(at + 1, min(len(low), at + 6)) if low[index] == ")"), at)
    return at


def is_part(low: list[str], phrase: Phrase) -> bool:
    """As in ", three of them children," after a count."""
    return phrase.group == "them" and phrase.lo > 0 and low[phrase.lo - 1] == ","


def is_taken(state: Clause, phrase: Phrase) -> bool:
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
