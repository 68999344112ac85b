"""Who did it and to whom, in the clause of a trigger.

Owns sides: they follow from voice and prepositions, never from word order alone. Refuses to find
triggers, and to name an actor that two named groups of the document could equally be.
"""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from dateline.incidents.actor_lexicon import ARMED_GENERIC, ASSETS, ActorMention, load
from dateline.incidents.record import Actor, Actors

Side = Literal["perpetrator", "target", "both", "other", "none"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BE = frozenset(["was", "were", "been", "being", "is", "are", "be", "got", "get", "has", "have", "had"])
_FILLER = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "several",
        "many",
        "few",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "dozen",
        "dozens",
        "hundreds",
        "of",
        "least",
        "at",
        "other",
        "more",
        "than",
        "about",
        "around",
        "another",
        "suspected",
        "alleged",
        "unidentified",
        "unknown",
        "armed",
        "masked",
        "heavily",
        "local",
        "government",
        "its",
        "their",
        "his",
        "her",
        "members",
        "member",
        "group",
        "groups",
        "by-the",
        "number",
        "scores",
        "as",
        "up",
        "to",
        "including",
        "masked",
        "young",
        "old",
        "own",
        "pro-government",
        "islamist",
        "jihadist",
        "communist",
        "leftist",
        "extreme",
        "separatist",
        "militant",
        "reportedly",
        "believed",
        "fellow",
        "these",
        "those",
        "innocent",
        "unarmed",
        "female",
        "male",
        "foreign",
        "both",
        "and",
        "or",
        "one",
        "senior",
        "former",
        "also",
        "some",
        "fighters",
        "forces",
        "elements",
        "from",
        "well-armed",
        "military",
        "civilian",
        "part",
        "off-duty",
        "any",
        "such",
        "ethnic",
        "tribal",
        "hundreds",
        "thousands",
        "thought",
        "be",
        "ordinary",
        "cadres",
        "cadre",
        "gang",
        "band",
        "squad",
        "company",
    ]
)
_BY = frozenset(("by",))
_ON = frozenset(["on", "against", "targeting", "at", "targeted", "hitting"])
_DOING = frozenset(
    [
        "killing",
        "wounding",
        "injuring",
        "abducting",
        "kidnapping",
        "arresting",
        "detaining",
        "capturing",
        "seizing",
        "beheading",
        "executing",
        "shooting",
        "striking",
        "attacking",
        "hitting",
        "leaving",
        "murdering",
        "beating",
        "raping",
        "burning",
        "ambushing",
        "eliminating",
        "slaughtering",
        "assassinating",
        "displacing",
        "torturing",
    ]
)
_CARRYING = frozenset(
    [
        "carrying",
        "transporting",
        "guarded",
        "manned",
        "belonging",
        "held",
        "controlled",
        "owned",
        "housing",
        "sheltering",
    ]
)
_BLAME = frozenset(["blamed", "blame", "blaming", "pinned", "attributed", "suspected", "accused"])
_SAYING = frozenset(
    [
        "said",
        "says",
        "say",
        "told",
        "reported",
        "reports",
        "announced",
        "stated",
        "confirmed",
        "added",
        "according",
        "claimed",
        "denied",
        "noted",
        "believe",
        "believes",
        "suspect",
        "investigating",
        "vowed",
        "warned",
        "condemned",
    ]
)
_SPEAKER_NOUNS = frozenset(
    ["spokesman", "spokesperson", "spokeswoman", "statement", "source", "sources", "chief", "minister"]
)
_BREAKS = frozenset(
    [
        "after",
        "when",
        "while",
        "before",
        "as",
        "because",
        "since",
        "although",
        "but",
        "which",
        "who",
        "that",
        "where",
        "whereas",
    ]
)
_ENCOUNTERS = re.compile(
    r"(?:clash|battl|fight|fought|fighting|gunfight|firefight|skirmish|exchange|encounter|shootout|gun\s*battle|war|"
    r"combat|confront|crossfire)",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"(?:attacks?|ambush(?:es)?|(?:air|drone|missile)?[- ]?strikes?|airstrikes?|raids?|bombings?|shelling|blasts?|"
    r"explosions?|assaults?|massacres?|killings?|murders?|abductions?|kidnappings?|arrests?|offensives?|"
    r"assassinations?|operations?|fire|ied|bombs?|mines?|landmines?|gunfire|bombardments?|detentions?|executions?|"
    r"rapes?|shootings?|death|deaths|seizure|capture|rockets?|mortars?|grenades?|protests?|rall(?:y|ies)|"
    r"demonstrations?|riots?|slaying|beheading|lynching)$",
    re.IGNORECASE,
)
_OF_VICTIM = re.compile(
    r"(?:killing|murder|abduction|kidnapping|arrest|assassination|massacre|death|detention|execution|rape|capture|"
    r"shooting|bombing|shelling|beheading|slaying|lynching|release)",
    re.IGNORECASE,
)
_SUFFERING = re.compile(r"(?:die|died|dies|dead|perished|surrendered|wounded\s+in)$", re.IGNORECASE)


class DocumentActors(Struct, frozen=True, kw_only=True):
    """What a document has named so far: its armed groups, most mentioned first, and its country."""

    groups: tuple[ActorMention, ...] = ()
    country: str | None = None


class _Clause(Struct, frozen=True):
    text: str
    start: int
    end: int
    passive: bool
    noun: bool
    word: str


def document_actors(mentions: Iterable[ActorMention], country: str | None) -> DocumentActors:
    """Return the named groups (not states) among the mentions, each once, and the document's country."""
    seen: dict[str, ActorMention] = {}
    counts: dict[str, int] = {}
    for one in mentions:
        if one.id is None or one.generic or one.kind in ("State forces", "External/other forces"):
            continue
        seen.setdefault(one.id, one)
        counts[one.id] = counts.get(one.id, 0) + 1
    order = sorted(seen, key=lambda key: -counts[key])
    return DocumentActors(groups=tuple(seen[key] for key in order), country=country)


def roles(
    sentence_text: str,
    mentions: tuple[ActorMention, ...],
    trigger: tuple[int, int],
    passive: bool | None = None,
    document_actors: DocumentActors | None = None,
) -> Actors:
    """Return who did it and to whom, from the clause around the trigger (characters start to end).

    ``passive`` overrules what the words around a verb say. A side without proof stays empty. Generic
    words become the document's only armed group, or its own state's forces; such actors carry ``inferred``.
    """
    document = document_actors or DocumentActors()
    clause = _clause(sentence_text, trigger, passive)
    sides: list[tuple[ActorMention, Side]] = []
    for position, mention in enumerate(mentions):
        side = _side(clause, mentions, position, sides)
        sides.append((mention, side))
    return Actors(
        perpetrator=_actors((one for one, side in sides if side in ("perpetrator", "both")), document),
        target=_actors((one for one, side in sides if side == "target"), document),
        other=_actors((one for one, side in sides if side == "other"), document),
    )


def _clause(text: str, trigger: tuple[int, int], passive: bool | None) -> _Clause:
    start, end = trigger
    word = text[start:end]
    last = _WORD.findall(word)[-1:] or [""]
    before = [match.lower() for match in _WORD.findall(text[max(start - 60, 0) : start])]
    after = _WORD.match(text[end:].lstrip())
    follows = after[0].lower() if after else ""
    auxiliary = bool(_BE.intersection(before[-3:])) and "by" not in before[-2:]
    had = bool({"have", "has", "had"}.intersection(before[-2:])) and not {"been", "was", "were"}.intersection(
        before[-3:]
    )
    noun = bool(_NOUNS.match(last[0])) and not _is_verb(before, follows)
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
        passive = not noun and ((auxiliary and not had) or reduced or bool(_SUFFERING.match(word)))
    return _Clause(text, start, end, passive, noun, word.lower())


def _is_verb(before: list[str], follows: str) -> bool:
    # "attack" after "to", and a noun's plural or base form before an article, are verbs.
    last = before[-1] if before else ""
    return last in ("to", "will", "would", "did") or (
        follows in ("the", "a", "an", "two", "three") and last not in ("an", "the", "a", "of")
    )


def _side(
    clause: _Clause, mentions: tuple[ActorMention, ...], position: int, sides: list[tuple[ActorMention, Side]]
) -> Side:
    mention = mentions[position]
    before = clause.text[max(mention.start - 90, 0) : mention.start]
    after = clause.text[mention.end : mention.end + 60]
    if _speaks(before, after):
        return "other"
    if position and (joined := _coordinated(clause, mentions[position - 1], mention, sides[-1][1])):
        return joined
    governor, past = _governor(before)
    side = _by_governor(clause, mention, governor, past, mentions[:position])
    if side is not None:
        return side
    return _by_position(clause, mention, after, sides)


def _speaks(before: str, after: str) -> bool:
    past = [word.lower() for word in _WORD.findall(before)][-3:]
    if "according" in past[-2:] or past[-1:] == ["quoted"] or past[-1:] == ["told"]:
        return True
    match = re.match(r"[,\s]*(?:\w+\s+)?(\w+)(?:\s+(\w+))?", after)
    first = after.lstrip(" ,").split(" ", 3)
    low = [word.strip(",.").lower() for word in first]
    if match and low[:1] and low[0] in _SPEAKER_NOUNS:
        return True
    return (
        bool(low) and low[0] in _SAYING and low[:2] not in (["claimed", "responsibility"], ["claimed", "the"])
    )


def _governor(before: str) -> tuple[str, list[str]]:
    """Return the word that governs a mention, over fillers and numbers, and the words before it."""
    cut = max(before.rfind(mark) for mark in ";:.(") + 1
    found = [match.group().lower() for match in _WORD.finditer(before[cut:])]
    comma = before[cut:].rstrip().endswith(",")
    while found and (found[-1] in _FILLER or found[-1].isdigit()):
        if found[-1] == "from" and len(found) > 1 and found[-2] in _DOING:
            break
        if found[-1] == "of" and len(found) > 1 and _OF_VICTIM.match(found[-2]):
            return "of", found[:-1]
        found.pop()
    if comma or not found:
        return "", found
    return found[-1], found[:-1]


def _by_governor(
    clause: _Clause, mention: ActorMention, governor: str, past: list[str], earlier: tuple[ActorMention, ...]
) -> Side | None:
    last = past[-1] if past else ""
    if governor in _BY:
        return None if last in _CARRYING else "perpetrator"
    if governor in _ON:
        return "perpetrator" if _BLAME.intersection(past[-3:]) else "target"
    if governor == "between":
        return "perpetrator"
    if governor in ("with", "against"):
        return (
            "target" if _ENCOUNTERS.search(clause.text[max(mention.start - 60, 0) : mention.start]) else None
        )
    if governor == "to" and _BLAME.intersection(past[-2:]):
        return "perpetrator"
    if governor in _DOING:
        return "target"
    if governor in _CARRYING:
        return "target"
    if governor == "of" and clause.noun and past and _OF_VICTIM.match(past[-1]):
        return "target"
    if governor in ("pitting", "accused", "blamed", "suspect"):
        return "perpetrator"
    del earlier
    return None


def _by_position(
    clause: _Clause, mention: ActorMention, after: str, sides: list[tuple[ActorMention, Side]]
) -> Side:
    if re.match(
        r"\s+(?:later\s+|has\s+|have\s+|had\s+)?(?:claimed|took)\s+(?:the\s+)?(?:responsibility|credit|attack)",
        after,
    ):
        return "perpetrator"
    if mention.end <= clause.start:
        return _subject(clause, mention)
    if mention.start >= clause.end:
        return _object(clause, mention, sides)
    return "none"


def _subject(clause: _Clause, mention: ActorMention) -> Side:
    between = clause.text[mention.end : clause.start]
    low = [word.lower() for word in _WORD.findall(between)]
    if _BREAKS.intersection(low) - {"who", "that", "which"} and not clause.passive:
        return "none"
    if len(low) > 25 or ";" in between:
        return "none"
    if clause.noun:
        if len(low) <= 3 and "," not in between:
            unarmed = mention.kind == "Civilians"
            return "target" if unarmed and _OF_VICTIM.match(clause.word) else "perpetrator"
        doing = {"carried", "launched", "conducted", "staged", "mounted", "executed", "set", "detonated", "carry",
                 "perpetrated", "planted", "opened", "threw", "lobbed", "hurled", "fired", "claimed", "held",
                 "organised", "organized", "triggered", "blew", "exploded", "made", "began", "started"}  # fmt: skip
        suffering = {"killed", "wounded", "injured", "died", "hit", "arrested", "abducted", "kidnapped"}
        if suffering.intersection(low):
            passive = {"was", "were", "been", "died"}.intersection(low) or low[:1] in (
                ["killed"],
                ["wounded"],
            )
            return "target" if passive else "perpetrator"
        return "perpetrator" if doing.intersection(low) else "none"
    if clause.passive:
        return "target"
    return "perpetrator"


def _object(clause: _Clause, mention: ActorMention, sides: list[tuple[ActorMention, Side]]) -> Side:
    between = clause.text[clause.end : mention.start]
    low = [word.lower() for word in _WORD.findall(between)]
    if ";" in between or len(low) > 14 or _BREAKS.intersection(low):
        return "none"
    follows = _WORD.match(clause.text[mention.end :].lstrip())
    asset = follows is not None and follows[0].lower() in ASSETS
    taken = any(side == "target" for _, side in sides)
    plain = all(word in _FILLER or word.isdigit() or word in ASSETS or len(low) <= 3 for word in low)
    if not clause.noun and not clause.passive and not taken and (plain or asset):
        return "target"
    if not clause.noun and not clause.passive and not taken and len(low) <= 6 and "," not in between:
        return "target"
    return "none"


def _coordinated(clause: _Clause, left: ActorMention, right: ActorMention, side: Side) -> Side | None:
    gap = clause.text[left.end : right.start]
    words = [word.lower() for word in _WORD.findall(gap)]
    if ";" in gap or not all(word in _FILLER or word.isdigit() for word in words):
        return None
    if "and" not in words and "," not in gap and "or" not in words:
        return None
    opening = clause.text[max(left.start - 40, 0) : left.start].lower()
    if re.search(r"\b(?:between|pitting)\b[^,;]*$", opening) and "and" in words:
        return "target"
    if _ENCOUNTERS.match(clause.word) and not clause.noun and right.end <= clause.start and "and" in words:
        return "target"
    return side if side in ("perpetrator", "target", "other") else None


def _actors(mentions: Iterable[ActorMention], document: DocumentActors) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for one in mentions:
        actor = _actor(one, document)
        found.setdefault(actor.id or actor.name, actor)
    return tuple(found.values())


def _actor(one: ActorMention, document: DocumentActors) -> Actor:
    if one.kind == "State forces":
        return _state(one, document)
    words = {word.lower() for word in _WORD.findall(one.text)}
    if (
        one.generic
        and one.name == "Unidentified Armed Group"
        and words <= ARMED_GENERIC
        and len(document.groups) == 1
    ):
        group = document.groups[0]
        return Actor(name=group.name, id=group.id, kind=group.kind, inferred=True)
    return Actor(name=one.name, id=one.id, kind=one.kind)


def _state(one: ActorMention, document: DocumentActors) -> Actor:
    if one.country is None and document.country is not None:
        name, actor_id = load().forces_of(document.country, police=one.name.startswith("Police"))
        return Actor(name=name, id=actor_id, kind="State forces", inferred=True)
    foreign = one.country and document.country and one.country != document.country
    return Actor(name=one.name, id=one.id, kind="External/other forces" if foreign else "State forces")
