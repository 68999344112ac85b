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
    "senior former also some fighters forces elements from well-armed military civilian part off-duty any "
    "such ethnic tribal hundreds thousands thought be ordinary cadres cadre gang band squad company"
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
SUFFERING = re.compile(r"(?:die|died|dies|dead|perished|surrendered|wounded\s+in)$", re.IGNORECASE)


class Clause(Struct, frozen=True):
    text: str
    start: int
    end: int
    passive: bool
    noun: bool
    word: str


def clause_of(text: str, trigger: tuple[int, int], passive: bool | None) -> Clause:
    start, end = trigger
    word = text[start:end]
    last = WORD.findall(word)[-1:] or [""]
    before = [match.lower() for match in WORD.findall(text[max(start - 60, 0) : start])]
    after = WORD.match(text[end:].lstrip())
    follows = after[0].lower() if after else ""
    auxiliary = bool(BE.intersection(before[-3:])) and "by" not in before[-2:]
    had = bool({"have", "has", "had"}.intersection(before[-2:])) and not {"been", "was", "were"}.intersection(
        before[-3:]
    )
    noun = bool(NOUNS.match(last[0])) and not _is_verb(before, follows)
    participle = word.lower().endswith(("ed", "en", "ot", "ung", "aid", "uck", "it", "own", "ain"))
    if passive is None:
        reduced = participle and follows in (
            "by",
            "in",
            "when",
            "after",
            "during",
            "near",
            "at",
            "outside",
            "",
        )
        passive = not noun and ((auxiliary and not had) or reduced or bool(SUFFERING.match(word)))
    return Clause(text, start, end, passive, noun, word.lower())


def _is_verb(before: list[str], follows: str) -> bool:
    # "attack" after "to", and a noun's plural or base form before an article, are verbs.
    last = before[-1] if before else ""
    return last in ("to", "will", "would", "did") or (
        follows in ("the", "a", "an", "two", "three") and last not in ("an", "the", "a", "of")
    )


def speaks(before: str, after: str) -> bool:
    past = [word.lower() for word in WORD.findall(before)][-3:]
    if "according" in past[-2:] or past[-1:] == ["quoted"] or past[-1:] == ["told"]:
        return True
    match = re.match(r"[,\s]*(?:\w+\s+)?(\w+)(?:\s+(\w+))?", after)
    first = after.lstrip(" ,").split(" ", 3)
    low = [word.strip(",.").lower() for word in first]
    if match and low[:1] and low[0] in SPEAKER_NOUNS:
        return True
    return (
        bool(low) and low[0] in SAYING and low[:2] not in (["claimed", "responsibility"], ["claimed", "the"])
    )


def governor_of(before: str) -> tuple[str, list[str]]:
    """Return the word that governs a mention, over fillers and numbers, and the words before it."""
    cut = max(before.rfind(mark) for mark in ";:.(") + 1
    found = [match.group().lower() for match in WORD.finditer(before[cut:])]
    comma = before[cut:].rstrip().endswith(",")
    while found and (found[-1] in FILLER or found[-1].isdigit()):
        if found[-1] == "from" and len(found) > 1 and found[-2] in DOING:
            break
        if found[-1] == "of" and len(found) > 1 and OF_VICTIM.match(found[-2]):
            return "of", found[:-1]
        found.pop()
    if comma or not found:
        return "", found
    return found[-1], found[:-1]
