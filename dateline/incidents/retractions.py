"""What an article takes back: a report withdrawn, an event that was none, a toll that was wrong, a denial.

Owns the words (``data/retractions.tsv``) and who says them. Refuses to say which event is meant
(``disclaimers``) and what follows from it (``disputes``, ``closing``). Most articles hold none of the words
and cost a look for them. Strict: what a sentence supposes, asks or tells of a court is not read.

    read(text) -> tuple[Said, ...]
"""

import re
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from dateline.incidents import deniers, guards
from dateline.incidents.record import Count, Source, Toll
from dateline.incidents.sentences import Sentence, quotes, split
from dateline.incidents.tolls import read_tolls
from dateline.incidents.triggers import lowered, read_triggers

MAX_CHARS = 8_000
"""Characters of an article in which something is taken back; it stands at its head, or in a note at its end."""

MAX_SAID = 4
"""Sentences of an article that are read so; a fact check of a hundred rumours takes nothing back here."""

MAX_TRIES = 6
"""Places of one word of the table that are looked at."""

REACH = 320
"""Characters on either side of such a word in which its pattern is sought."""

MAX_SENTENCE = 1_200
"""Characters of a sentence that are read."""

Kind = Literal["withdrawn", "untrue", "cause", "toll", "denied"]

_EVENT = (
    r"(?:(?:suicide |bomb |drone |air |rocket |missile |terror(?:ist)? |gun |knife |armed |mass )?"
    r"(?:attacks?|assaults?|explosions?|blasts?|bombings?|bombs?|shootings?|gunfire|ambush(?:es)?|raids?|airstrikes?|strikes?|"
    r"shelling|incidents?|clash(?:es)?|killings?|kidnapp?ings?|abductions?|massacres?|murders?|riots?|stabbings?|fighting|"
    r"firefights?|gunfights?|hijacking|events?))"
)
_MACROS = {
    "{EVENT}": _EVENT,
    "{REPORT}": r"(?:(?:news |media |earlier |initial )?(?:reports?|rumou?rs?|claims?|news|accounts?|stor(?:y|ies)|posts|messages|allegations?))",
    "{FALSE}": (
        r"(?:false|untrue|fake|baseless|unfounded|groundless|fabricated|fabrications?|a fabrication|not true|a hoax|hoaxes|incorrect|"
        r"inaccurate|erroneous|wrong|mistaken|without (?:any )?(?:foundation|basis|merit)|lies|a lie|misinformation|"
        r"disinformation|fake news|made up|invented|a false alarm)\b"
    ),
    "{ADV}": (
        r"(?:entirely|completely|totally|absolutely|simply|just|in fact|actually|really|only|merely|later|all|"
        r"categorically|utterly|largely|indeed|both|being|found|also|the)"
    ),
}
_UNREAL = re.compile(
    r"\b(?:if|whether|unless|might|may|could|would|should|suppose|imagine|had (?:it|they) been)\b[^,;]{0,40}$"
)
_ANY_EVENT = re.compile(rf"\b{_EVENT}\b")
_BESIDE = re.compile(
    r"\b(?:second|third|fourth|another|other|others|further|additional|more|new|fresh|similar|subsequent|separate|"
    r"controlled explosion after|suspicious|casualt(?:y|ies)|deaths|fatalities|injuries|survivors|victims|hostages)\b"
)
_DETAIL = re.compile(
    r"\b(?:in|during|after|before|behind|from|following|since|responsible for|motive for|by|used in|role in|links? to) "
    rf"(?:the|this|that|these|those|\w+day[’']s|last \w+[’']s|yesterday[’']s|today[’']s)(?: \w+){{0,2}} {_EVENT}\b"
)
_TAKEN_FOR = re.compile(
    r"\bnot (?:an? |the )?(?:(?:deliberate|terror\w*|militant|suicide|car|bomb) )?(?:attack|bomb\w*|explosion|shooting|act of|terror\w*|gunfire|gunshots)|"
    r"\b(?:no evidence of|ruled out|rather than) (?:an? )?(?:\w+ )?(?:attack|bomb\w*|terror\w*|foul play|explosive)|"
    r"\b(?:initial|early|earlier|first) (?:reports|accounts|fears)|\b(?:initially|earlier|first|previously) (?:reported|thought|believed|feared|described|said|blamed)|"
    r"\b(?:had|was|were) (?:been )?(?:reported|mistaken|feared|taken)\b|\bturned out\b|\bproved to be\b|\bin fact\b|\bhoax|\bfalse alarm"
)
_INSTEAD = re.compile(
    r"\b(?:only|just|contrary to|despite|rather|reports|rumou?rs|claims|it was (?:an?|the)|they were)\b"
)
_CORRECTION = re.compile(
    r"^\W*(?:correction|clarification|corrects|corrected)\b|\b(?:an?|the|our) (?:earlier|previous|original) (?:version|report|story|article|headline)|"
    r"\bearlier versions\b|\boriginally (?:said|reported|stated)|\b(?:incorrectly|erroneously|mistakenly|wrongly) (?:said|reported|stated|told)|"
    r"\bcontrary to (?:our |what |the )?(?:\w+ )?(?:reports?|version|story|article|we)\b"
)
_NONE_HARMED = re.compile(
    r"\b(?:no ?-?one|nobody|none|no (?:\w+ )?(?:people|person|civilians?|soldiers?|officers?|students?|children|passengers|police\w*|villagers|residents))"
    r"\b[^.;,]{0,40}?\b(?P<how>killed|died|dead|injured|wounded|hurt|harmed)\b|"
    r"\b(?:there (?:were|was|had been)|with|caused|without|reported) (?:no|any) (?P<what>deaths?|fatalities|casualties|injuries)\b"
)
_NOT_SO_MANY = re.compile(
    r",? (?:and )?not (?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|eleven|twelve|\w+teen|\w+ty)\b"
)
_CORRECTED_WORDS = ("correct", "clarif", "earlier version", "previous version", "originally", "erroneous", "mistakenly", "contrary to", "wrongly", "earlier story", "earlier report")  # fmt: skip
_ITSELF = re.compile(
    r"(?: any| alleged)? (?:it|its|they|their|he|she|his|her|(?:the |its |their |israeli |syrian |russian |government |state |security |federal |"
    r"army |police |own )*(?:army|military|police|troops|soldiers|officers|forces|government|air ?force|warplanes|jets|"
    r"involvement|fighters|responsibility))\b"
)
"""What follows "denied reports that …" where it is the denier's own doing."""


class Said(Struct, frozen=True):
    """One sentence that takes something back: characters ``start`` to ``end`` of the text."""

    kind: Kind
    sentence: Sentence
    #: Who says so, or whose report it was; None for the article's own voice.
    by: Source | None = None
    #: Of a toll that is taken back, what stands in its place.
    toll: Toll = Toll()


class _Row(Struct, frozen=True):
    kind: str
    needles: frozenset[str]
    pattern: "re.Pattern[str]"


class Table(Struct, frozen=True):
    """The rows in their order, and all words that they are tried by, each once."""

    rows: tuple[_Row, ...]
    needles: tuple[str, ...]


@cache
def load() -> Table:
    """Return the table, read once.

    Raises:
        ValueError: a row does not have three columns.
    """
    text = resources.files("dateline.incidents").joinpath("data/retractions.tsv").read_text("utf-8")
    rows = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, needles, pattern = line.split("\t")
        for macro, words in _MACROS.items():
            pattern = pattern.replace(macro, words)
        rows.append(_Row(kind, frozenset(needles.split("|")), re.compile(pattern)))
    return Table(tuple(rows), tuple(sorted(frozenset[str]().union(*(row.needles for row in rows)))))


def read(text: str) -> tuple[Said, ...]:
    """Return what a text takes back, in its order, at most ``MAX_SAID``; empty for most texts, at little cost."""
    text = text[:MAX_CHARS]
    low = lowered(text)
    table = load()
    present = frozenset([word for word in table.needles if word in low])
    rows = [row for row in table.rows if present & row.needles and _hits(low, row, present)]
    if not rows and not _corrects(low):
        return ()
    sentences = split(text)
    found = (_said(sentences, number, rows) for number in range(len(sentences)))
    return tuple(one for one in found if one is not None)[:MAX_SAID]


def _corrects(low: str) -> bool:
    """Tell whether somewhere something is corrected, and somewhere a count."""
    return (
        any([word in low for word in _CORRECTED_WORDS])  # noqa: C419 - a list is faster than a generator
        and _CORRECTION.search(low) is not None
        and (_NONE_HARMED.search(low) is not None or _NOT_SO_MANY.search(low) is not None)
    )


def _hits(low: str, row: _Row, present: frozenset[str]) -> bool:
    """Tell whether a sentence, as stops cut it, holds the pattern of a row."""
    for needle in row.needles & present:
        at = low.find(needle)
        for _ in range(MAX_TRIES):
            if at < 0:
                break
            if row.pattern.search(low, *_around(low, at)):
                return True
            at = low.find(needle, at + len(needle))
    return False


def _around(low: str, at: int) -> tuple[int, int]:
    """Return where the sentence of a character begins and ends, roughly: a stop inside it costs nothing here."""
    start = max(
        low.rfind(". ", max(0, at - REACH), at), low.rfind("\n", max(0, at - REACH), at), at - REACH, -1
    )
    return start + 1, at + REACH


def _said(sentences: tuple[Sentence, ...], number: int, rows: list[_Row]) -> Said | None:
    one = sentences[number]
    low = lowered(one.text[:MAX_SENTENCE])
    before = sentences[number - 1] if number else None
    if guards.ordinary(low) in ("court", "idiom", "question"):
        return None
    if (told := _toll(one, low, before)) is not None:
        return told
    for row in rows:
        match = row.pattern.search(low)
        if match is None or _UNREAL.search(low[: match.start()]):
            continue
        made = _by_row(row.kind, one, low, before, match)
        if made is not None:
            return made
    return None


def _by_row(
    kind: str, one: Sentence, low: str, before: Sentence | None, match: "re.Match[str]"
) -> Said | None:
    if kind == "withdrawn":
        by = deniers.withdrawer(one)
        return None if by is not None and deniers.is_unnamed(by) else Said("withdrawn", one, by)
    if kind == "denied" or (kind == "reports" and _ITSELF.match(low, match.end())):
        by = deniers.denier(one)
        return Said("denied", one, by) if by is not None and deniers.is_side(by) else None
    if not _is_of_an_event(kind, low, match):
        return None
    if kind == "reports":
        by = deniers.denier(one) or deniers.cited(one) or (deniers.cited(before) if before else None)
        return Said("untrue", one, by) if by is not None else None
    if kind == "cause" and not _TAKEN_FOR.search(low):
        return None
    by = deniers.cited(one) or deniers.denier(one)
    if kind == "none" and not (by is not None and _INSTEAD.search(low)):
        return None
    if by is None and (quotes(one.text) or deniers.denies(low)):
        by = deniers.cited(before) if before else None
        if by is None:
            return None  # somebody's word, but nobody knows whose
    return Said("cause" if kind == "cause" else "untrue", one, by)


def _is_of_an_event(kind: str, low: str, match: "re.Match[str]") -> bool:
    """Tell whether the words that are denied name one event, and not a detail of it, nor one beside it.

    "Reports that the attackers wore uniforms in Monday's attack were false" takes no attack back, and a second
    explosion that was none leaves the first.
    """
    told = low[match.start() : len(low) if kind == "reports" else match.end()]
    if _BESIDE.search(told) or _DETAIL.search(told):
        return False
    if _ANY_EVENT.search(told) or kind == "cause":
        return True
    return any(one.act != "toll" for one in read_triggers(told))


def _toll(one: Sentence, low: str, before: Sentence | None) -> Said | None:
    """Read that a count was wrong: with the correction in the same sentence or in the one before."""
    lead = lowered(before.text) if before else ""
    if not (_CORRECTION.search(low) or _CORRECTION.search(lead)):
        return None
    none = _NONE_HARMED.search(low)
    if none is not None:
        how = none["how"] or none["what"]
        zero = Count(min=0, max=0)
        killed = (
            zero
            if how in ("killed", "died", "dead", "harmed", "death", "deaths", "fatalities", "casualties")
            else None
        )
        wounded = zero if how in ("injured", "wounded", "hurt", "harmed", "injuries", "casualties") else None
        return Said("toll", one, deniers.cited(one), Toll(killed=killed, wounded=wounded))
    other = _NOT_SO_MANY.search(low)
    counted = [one for one in read_tolls(one.text[: other.start()]) if not one.denied] if other else []
    counts = {
        one.kind: Count(min=one.min, max=one.max) for one in counted if one.kind in ("killed", "wounded")
    }
    return Said("toll", one, None, Toll(**counts)) if counts else None
