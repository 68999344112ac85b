"""The clause around a trigger, as far as sides need it: voice, governors, speakers.

Owns the closed word classes of clauses and their reading. Refuses to take sides (``actor_roles``).
"""

import re
from typing import Literal

from msgspec import Struct


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Side = Literal["perpetrator", "target", "both", "other", "none"]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
BE = _set("was were been being is are be got get has have had")
FILLER = _set(
    "the a an some several many few two three four five six seven eight nine ten dozen dozens hundreds of "
    "least at other more than about around another suspected alleged unidentified unknown armed masked "
    "heavily local government its their his her members member group groups by-the number scores as up to "
    "including masked young old own pro-government islamist jihadist communist leftist extreme separatist "
    "militant reportedly believed fellow these those innocent unarmed female male foreign both and or one "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty hundred "
    "new presumed probable likely apparent supposed dissident hardline "
    "senior former also some fighters forces elements from well-armed military civilian part off-duty any "
    "drug such ethnic tribal hundreds thousands thought be ordinary cadres cadre gang band squad company"
)
BY = frozenset(("by",))
ON = _set("on against targeting at targeted hitting")
DOING = _set(
    "killing wounding injuring abducting kidnapping arresting detaining capturing seizing beheading "
    "executing shooting striking attacking hitting leaving murdering beating raping burning ambushing "
    "eliminating slaughtering assassinating displacing torturing"
)
CARRYING = _set("carrying transporting guarded manned belonging held controlled owned housing sheltering")
BLAME = _set("blamed blame blaming pinned attributed suspected accused")
SAYING = _set(
    "said says say told reported reports announced stated confirmed added according claimed denied noted "
    "believe believes suspect investigating vowed warned condemned"
)
_ACCUSING = frozenset(("blamed", "accused"))
SPEAKER_NOUNS = _set("spokesman spokesperson spokeswoman statement source sources chief minister")
BREAKS = _set("after when while before as because since although but which who that where whereas")
ENCOUNTERS = re.compile(
    r"(?:clash|battl|fight|fought|fighting|gunfight|firefight|skirmish|exchange|encounter|shootout|gun\s*battle|war|"
    r"combat|confront|crossfire)",
    re.IGNORECASE,
)
NOUNS = re.compile(
    r"(?:attacks?|ambush(?:es)?|(?:air|drone|missile)?[- ]?strikes?|airstrikes?|raids?|bombings?|shelling|blasts?|"
    r"explosions?|assaults?|massacres?|killings?|murders?|abductions?|kidnappings?|arrests?|offensives?|"
    r"assassinations?|operations?|fire|ied|bombs?|mines?|landmines?|gunfire|bombardments?|detentions?|executions?|"
    r"rapes?|shootings?|death|deaths|seizure|capture|rockets?|mortars?|grenades?|protests?|rall(?:y|ies)|"
    r"demonstrations?|riots?|slaying|beheading|lynching)$",
    re.IGNORECASE,
)
OF_VICTIM = re.compile(
    r"(?:killing|murder|abduction|kidnapping|arrest|assassination|massacre|death|detention|execution|rape|capture|"
    r"shooting|bombing|shelling|beheading|slaying|lynching|release)",
    re.IGNORECASE,
)
TOLL = re.compile(r"(?:kill|slain|slay|die|dead|death|perish|wound|injur|hurt|maim|leav|left|claim)\w*")
"""Acts that count victims: they say who is hit, never where."""

SUFFERING = re.compile(r"(?:die|died|dies|dead|perished|surrendered|wounded\s+in)$", re.IGNORECASE)


_OWN_DOING = frozenset(("marched", "protested", "rallied", "demonstrated", "rioted", "gathered", "clashed"))
"""Verbs that are done, never done to anybody."""

_HAVE = frozenset(("have", "has", "had"))
_BEEN = frozenset(("been", "was", "were"))
_PARTICIPLES = ("ed", "en", "ot", "ung", "aid", "uck", "it", "own", "ain")
_NO_OBJECT = frozenset(("by", "in", "when", "after", "during", "near", "at", "outside", ""))
_SHOT_AT = frozenset(("fired", "shot", "shooting", "firing", "thrown", "threw", "fire", "hurled", "lobbed"))

STRUCK = _set(
    "attacked shelled bombed struck ambushed fired opened raided stormed targeted detonated hit launched shot "
    "killed stabbed threw hurled pounded overran besieged clashed beat set blew triggered planted laid exploded "
    "assaulted massacred executed beheaded hacked murdered slaughtered butchered abducted kidnapped invaded"
)
"""Verbs whose subject does harm."""

HARMED = _set(
    "killed wounded injured hit struck targeted kidnapped abducted killing wounding injuring hurt maimed"
)
ENDS = _set("with from near beside outside inside between under to in into onto over through for then")
BESIDE = _set("with to into onto for through over under between among without like")
"""Who stands behind them is no subject: "a bar popular with soldiers"."""

REPELLED = _set("off repelled foiled thwarted survived escaped repulsed faced suffered resisted")


class Clause(Struct, frozen=True, gc=False):
    """A trigger in its sentence: its voice, and whether it is a noun."""

    text: str
    start: int
    end: int
    passive: bool
    noun: bool
    word: str


def clause_of(text: str, trigger: tuple[int, int], passive: bool | None) -> Clause:
    """Return the trigger's clause. ``passive`` overrules what the words say."""
    start, end = trigger
    word = text[start:end]
    last = (WORD.findall(word)[-1:] or [""])[0]
    before = lower(text[max(start - 60, 0) : start])
    follows = (lower(text[end : end + 30]) or [""])[0]
    near = before[-3:]
    auxiliary = bool(BE.intersection(near)) and "by" not in before[-2:]
    perfect = bool(_HAVE.intersection(before[-2:])) and not _BEEN.intersection(near)
    noun = (
        bool(NOUNS.match(last))
        and not _is_verb(before, follows)
        and not _is_participle(text, start, last, follows)
    )
    if passive is None:
        reduced = (
            last.lower().endswith(_PARTICIPLES) and follows in _NO_OBJECT and last.lower() not in _OWN_DOING
        )
        passive = not noun and ((auxiliary and not perfect) or reduced or bool(SUFFERING.match(word)))
    return Clause(text, start, end, passive, noun, word.lower())


def lower(text: str) -> list[str]:
    """Return the words in lower case; the group IS keeps its capitals, or it would be a verb."""
    if "IS" not in text:
        return list(map(str.lower, WORD.findall(text)))
    return [word if word == "IS" and not text.isupper() else word.lower() for word in WORD.findall(text)]


def _is_verb(before: list[str], follows: str) -> bool:
    # "to attack", "militants attack a village": an object follows, and no article stands before.
    last = before[-1] if before else ""
    return last in ("to", "will", "would", "did") or (
        follows in ("the", "a", "an", "two", "three") and last not in ("an", "the", "a", "of")
    )


def _is_participle(text: str, start: int, last: str, follows: str) -> bool:
    # ", killing nine people": what follows is whom it hit.
    opens = text[:start].rstrip()
    return (
        last.lower().endswith("ing")
        and opens.endswith((",", " and", " before"))
        and follows not in ("of", "by", "in", "was", "were", "and", "at", "near", "on", "")
    )


_SAYS_FROM = re.compile(
    r"\s+(?:of|in|from|at|near)\s+[A-Z][^,;.]{1,25}(?:,[^,;.]{1,25},)?\s+(?:said|say|says|told|reported)\b(?!\s+(?:it|they)\b)"
)
"""Speakers of a place: "residents of Hpakant, Myanmar, said"."""


def speaks(before: str, after: str) -> bool:
    """Whether a mention between these words is a source: "police said", "according to the army"."""
    past = lower(before[-40:])
    if past[-1:] in (["quoted"], ["told"]) or ("according" in past[-4:] and "," not in before[-12:]):
        return True
    if _SAYS_FROM.match(after):
        return True
    follows = lower(after)[:2]
    if not follows or after.lstrip(" ")[:1] in (";", ".", "("):
        return False
    if follows[0] in SPEAKER_NOUNS or (follows[0] in _ACCUSING and follows[1:] not in ([], ["of"], ["for"])):
        return True
    return follows[0] in SAYING and follows not in (["claimed", "responsibility"], ["claimed", "the"])


_GOVERNING = BY | ON | DOING | CARRYING | BLAME | SAYING | BREAKS | BE | STRUCK | HARMED | ENDS


def governor_of(before: str) -> tuple[str, list[str]]:
    """Return the word that governs a mention, over fillers and numbers, and the words before it."""
    cut = max(before.rfind(mark) for mark in ";:.(") + 1
    found = lower(before[cut:])
    comma = before.rstrip().endswith(",")
    while found and (found[-1] in FILLER or found[-1].isdigit()):
        last = found[-2] if len(found) > 1 else ""
        if found[-1] == "of" and OF_VICTIM.match(last):
            return "of", found[:-1]
        if found[-1] == "of" and last == "hands":
            return "by", found[:-1]  # "died at the hands of"
        if found[-1] == "from" and NOUNS.match(last):
            return "by", found[:-1]
        if found[-1] == "to" and last in BLAME:
            return "by", found[:-1]
        if found[-1] == "at" and not _SHOT_AT.isdisjoint(found[-4:-1]):
            return "on", found[:-1]
        found.pop()
    if comma or not found:
        return "", found
    if found[-1] not in _GOVERNING and found[-2:-1] == ["by"]:
        return "by", found[:-2]  # "fired by presumed rebels": a word that we do not know
    return found[-1], found[:-1]
