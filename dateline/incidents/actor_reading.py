"""Where a sentence names actors: groups, forces, crowds, civilians.

Owns reading. Refuses to say who did what (``actor_roles``) and to resolve "the militants".
"""

from itertools import pairwise

from msgspec import structs

from dateline.incidents import actor_lexicon as words
from dateline.incidents.actor_crowds import crowd_of
from dateline.incidents.actor_lexicon import ActorLexicon, ActorMention
from dateline.incidents.actor_owners import owned
from dateline.incidents.actor_words import Word, head_behind, joined, words_of
from dateline.incidents.place_relations import is_shouting


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOT_WHEN_SHOUTED = frozenset(("is", "aa", "tip", "bra", "sla", "eta", "fla", "shabab", "contras"))
_LOWER_CASE = frozenset(("contras", "junta", "settlers", "peacekeepers"))
_MEMBERS = (
    words.ARMED_GENERIC
    | words.ARMED_UNKNOWN
    | words.FORCE_BASE
    | _set(
        "troopers trooper personnel volunteers volunteer planes plane aircraft helicopters drones drone jet warplane"
    )
    | _set(
        "members member forces troops commander commanders group leader leaders suspect suspects operatives "
        "operative activists supporters sympathizers sympathisers rebels combatants organization organisation "
        "movement men units fighters terrorists linkmen"
    )
)
_MILITARY_VERBS = _set(
    "said has had is was killed launched carried reported announced and in on have bombed shelled attacked"
)
_WAGES = frozenset(
    (
        "struck",
        "bombed",
        "shelled",
        "invaded",
        "fired",
        "launched",
        "attacked",
        "pounded",
        "bombarded",
        "strikes",
    )
)
"""Verbs by which a country's name stands for its armed forces: "Israel struck"."""

_PLAIN_PEOPLE = words.ARMED_GENERIC | words.CIVILIANS
_PROXIES = (
    words.ARMED_UNKNOWN | words.ARMED_GENERIC | words.FORCES | frozenset(("factions", "groups", "proxies"))
)
_ADJECTIVES = frozenset(
    ("official", "tribal", "youth", "student", "family", "child", "refugee", "migrant", "volunteer")
)
_NO_NOUN = frozenset(
    (
        "was", "were", "is", "are", "who", "and", "or", "in", "at", "on", "by", "of", "from", "to", "with", "has",
        "had", "shot", "hit", "near", "during", "when", "after", "said", "dead", "died", "as",
    )
)  # fmt: skip
_ARMS = _set("ammunition arms weapons artillery tank missile radar command naval military army")
"""Before what they own they tell of a nation's forces: "a Russian ammunition depot"."""

_HELD_GROUND = _set("positions trenches outpost outposts barracks garrison checkpoint checkpoints lines")
"""What a nation's forces hold: "Russian positions"."""

_BACKED = _set("backed aligned linked allied supported funded sponsored")


def read_actors(text: str, lexicon: ActorLexicon) -> tuple[ActorMention, ...]:
    """Return the actors that a sentence names, in text order, not overlapping.

    Total over any text. Acronyms count only in capitals; "IS" never in text that is all capitals.
    """
    tokens = words_of(text)
    shouting = is_shouting(text)
    found: list[ActorMention] = []
    index = 0
    while index < len(tokens):
        low = tokens[index].low
        following = lexicon.follow.get(low)
        if low not in lexicon.starts or (
            following is not None and (index + 1 == len(tokens) or tokens[index + 1].low not in following)
        ):
            index += 1
            continue
        reading = (
            _named(text, tokens, index, lexicon, shouting=shouting)
            or _national(text, tokens, index, lexicon)
            or _headed(text, tokens, index, lexicon)
        )
        if reading is None:
            index += 1
        else:
            mention, index = reading
            found.append(mention)
    return tuple(
        one if one.text == text[one.start : one.end] else structs.replace(one, text=text[one.start : one.end])
        for one in owned(tokens, found, lexicon)
    )


def _named(
    text: str, tokens: list[Word], index: int, lexicon: ActorLexicon, *, shouting: bool
) -> tuple[ActorMention, int] | None:
    most = lexicon.firsts.get(tokens[index].low, 0)
    for size in range(min(most, len(tokens) - index), 0, -1):
        run = tokens[index : index + size]
        known = lexicon.aliases.get(" ".join(token.low for token in run))
        if known is None or not all(joined(text, a, b) for a, b in pairwise(run)):
            continue
        actor, acronym = known
        span = text[run[0].start : run[-1].end]
        if acronym and not shouting and not _capitals(span):
            continue
        if not acronym and size == 1 and span.islower() and run[0].low not in _LOWER_CASE:
            continue
        if shouting and run[0].low in _NOT_WHEN_SHOUTED and size == 1:
            continue
        after = index + size
        end = run[-1].end
        if (
            after < len(tokens)
            and tokens[after].low in _MEMBERS
            and text[end : tokens[after].start] in (" ", "'s ", "’s ")
        ):
            end, after = tokens[after].end, after + 1
        return ActorMention(
            start=run[0].start, end=end, text=text[run[0].start : end], name=actor.name, id=actor.id,
            kind=actor.kind, country=actor.country,
        ), after  # fmt: skip
    return None


def _capitals(span: str) -> bool:
    letters = [ch for ch in span if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) * 2 > len(letters)


def _national(
    text: str, tokens: list[Word], index: int, lexicon: ActorLexicon
) -> tuple[ActorMention, int] | None:
    """Read "Syrian army", "Nigeria's security forces", "Russian airstrikes", "Iranian-backed militia"."""
    token = tokens[index]
    size = 2 if index + 1 < len(tokens) and _two(tokens, index) in lexicon.demonyms else 1
    key = _two(tokens, index) if size == 2 else token.low
    country = lexicon.demonyms.get(key) or lexicon.countries.get(key)
    if country is None or not token.text[0].isupper() or (key == "us" and not token.text.isupper()):
        return None
    after = index + size
    if after >= len(tokens):
        return None
    if tokens[after].low in _BACKED and text[tokens[after - 1].end : tokens[after].start] == "-":
        return _backed(text, tokens, index, after + 1)
    if head := _head(text, tokens, after):
        end, kind, police = head
        return _state(text, token.start, tokens[end - 1].end, country, lexicon, kind=kind, police=police), end
    strike = head_behind(text, tokens, after, words.STRIKES, words.STRIKE_MODIFIERS)
    if key in lexicon.demonyms and strike is not None:
        end = tokens[after - 1].end
        return _state(text, token.start, end, country, lexicon, kind="forces", police=False), strike
    asset = head_behind(text, tokens, after, words.ASSETS, _ARMS)
    if key in lexicon.demonyms and asset is not None and tokens[after].low in _ARMS:
        end = tokens[after - 1].end
        return _state(text, token.start, end, country, lexicon, kind="forces", police=False), asset
    held = key in lexicon.demonyms and tokens[after].low in _HELD_GROUND
    wages = key in lexicon.countries and tokens[after].low in _WAGES and not tokens[after].text[0].isupper()
    if held or wages:
        end = tokens[after - 1].end
        return _state(text, token.start, end, country, lexicon, kind="forces", police=False), after
    if key in lexicon.demonyms and tokens[after].low in _PLAIN_PEOPLE:
        return _headed(text, tokens, after, lexicon, start=token.start, country=country)
    return None


def _two(tokens: list[Word], index: int) -> str:
    return f"{tokens[index].low} {tokens[index + 1].low}" if index + 1 < len(tokens) else ""


def _head(text: str, tokens: list[Word], index: int) -> tuple[int, str, bool] | None:
    """Return end, what the head is, and whether it is police, of modifiers and a head noun of forces."""
    at, last = index, None
    while at < len(tokens) and at - index < 6 and joined(text, tokens[at - 1], tokens[at]):
        low = tokens[at].low
        if low in words.FORCES:
            last = (at + 1, "forces", any(t.low == "police" for t in tokens[index : at + 1]))
        elif low in words.POLICE:
            last = (at + 1, "forces", True)
        elif low not in words.FORCE_MODIFIERS:
            break
        at += 1
    if last and last[2] is False and tokens[last[0] - 1].low in words.POLICE:
        last = (last[0], last[1], True)
    return last


def _backed(text: str, tokens: list[Word], index: int, after: int) -> tuple[ActorMention, int] | None:
    # "Turkish-backed factions": a militia of nobody we know by name.
    at = after
    while at < len(tokens) and at - after < 4 and joined(text, tokens[at - 1], tokens[at]):
        if tokens[at].low in _PROXIES:
            start, end = tokens[index].start, tokens[at].end
            return ActorMention(
                start=start, end=end, text=text[start:end], name="Unidentified Armed Group", id=None,
                kind="Political militia", generic=True,
            ), at + 1  # fmt: skip
        at += 1
    return None


def _state(
    text: str, start: int, end: int, country: str | None, lexicon: ActorLexicon, *, kind: str, police: bool
) -> ActorMention:
    del kind
    name, actor_id = lexicon.forces_of(country, police=police)
    return ActorMention(
        start=start, end=end, text=text[start:end], name=name, id=actor_id, kind="State forces",
        generic=country is None, country=country,
    )  # fmt: skip


def _headed(
    text: str, tokens: list[Word], index: int, lexicon: ActorLexicon, *, start: int | None = None,
    country: str | None = None,
) -> tuple[ActorMention, int] | None:  # fmt: skip
    token = tokens[index]
    low = token.low
    begin = token.start if start is None else start
    if low == "pro" and index + 2 < len(tokens) and tokens[index + 1].low == "government":
        return _pro_government(text, tokens, index)
    if low in words.FORCE_MODIFIERS or low in words.FORCES or low in words.POLICE:
        head = _forces(text, tokens, index)
        if head:
            end, police = head
            return _state(
                text, begin, tokens[end - 1].end, country, lexicon, kind="forces", police=police
            ), end
    if low in ("gang", "hostage") and text[token.end : token.end + 1] == "-":
        return None  # "gang-raped", "hostage-taker"
    if low in _ADJECTIVES and _before_noun(text, tokens, index):
        return None  # "the official news agency", "a refugee camp"
    crowd = crowd_of(low, tokens[index - 1].low if index else "")
    if crowd is None:
        return None
    name, kind, generic = crowd
    return ActorMention(
        start=begin, end=token.end, text=text[begin : token.end], name=name, id=None, kind=kind, generic=generic,
        country=country,
    ), index + 1  # fmt: skip


def _forces(text: str, tokens: list[Word], index: int) -> tuple[int, bool] | None:
    # The first word is part of the phrase, so the scan starts there.
    at, last = index, None
    while at < len(tokens) and at - index < 5:
        if at > index and not joined(text, tokens[at - 1], tokens[at]):
            break
        low = tokens[at].low
        if low in words.POLICE or low in words.FORCE_BASE or (low in words.FORCES and at > index):
            last = at + 1
        elif low not in words.FORCE_MODIFIERS:
            break
        at += 1
    if last is None:
        return None
    phrase = [token.low for token in tokens[index:last]]
    following = tokens[last].low if last < len(tokens) else ""
    if phrase == ["military"] and following not in _MILITARY_VERBS and _joined_next(text, tokens, last):
        return None  # "military bus": an adjective
    return last, any(word in words.POLICE for word in phrase)


def _joined_next(text: str, tokens: list[Word], at: int) -> bool:
    return at < len(tokens) and text[tokens[at - 1].end : tokens[at].start] == " "


def _pro_government(text: str, tokens: list[Word], index: int) -> tuple[ActorMention, int] | None:
    at = index + 2
    if tokens[at].low not in _PROXIES:
        return None
    start, end = tokens[index].start, tokens[at].end
    return ActorMention(
        start=start, end=end, text=text[start:end], name="Pro-Government Militia", id=None,
        kind="Political militia", generic=True,
    ), at + 1  # fmt: skip


def _before_noun(text: str, tokens: list[Word], index: int) -> bool:
    if index + 1 >= len(tokens) or text[tokens[index].end : tokens[index + 1].start] != " ":
        return False
    low = tokens[index + 1].low
    return not (low in _NO_NOUN or low.endswith("ed"))
