"""Whose people are meant: "said its forces", "a commander of the M23", "members of a neighbourhood watch".

Owns: giving such words to the party that owns them. Refuses to find names (``actor_reading`` does).
"""

from msgspec import structs

from dateline.incidents import actor_lexicon as words
from dateline.incidents.actor_lexicon import ActorLexicon, ActorMention
from dateline.incidents.actor_words import Word


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_THEIRS = _set("its their our")
_SAYING = _set(
    "said says say claimed claims announced reported confirmed stated acknowledged admitted told has had have "
    "also later denied insisted"
)
_OWN_PEOPLE = words.FORCES | words.POLICE | words.ARMED_GENERIC | _set("men members militiamen units")
_HEADS = (
    words.ARMED_GENERIC
    | _set(
        "leader leaders commander commanders chief chiefs founder member members militiaman militiamen gunman gunmen "
        "combatant combatants operative operatives suspect suspects elements soldiers troops forces units bomber "
        "deputy emir recruits volunteers warplanes warplane jets planes aircraft helicopters helicopter gunships drones "
        "artillery tanks police officer officers patrol convoy"
    )
) - _set("maoist maoists")
_LINKED = _set("linked loyal belonging affiliated allied aligned")
_SIDES = _set("to with")
_PARTIES = ("State forces", "Rebel group", "Political militia", "Identity militia", "External/other forces")
_WATCHES = (
    ("neighbourhood", "watch"), ("neighborhood", "watch"), ("self-defence", ""), ("self-defense", ""),
    ("self", "defence"), ("self", "defense"), ("vigilance", "committee"), ("vigilance", "group"), ("village", "guards"),
    ("civilian", "task"), ("civil", "guards"), ("home", "guards"),
)  # fmt: skip
_WATCH_STARTS = frozenset(first for first, _ in _WATCHES)
_WATCH_NOUNS = _set(
    "group groups force forces militia militias committee committees members member unit units volunteers"
)


def owned(tokens: list[Word], found: list[ActorMention], lexicon: ActorLexicon) -> tuple[ActorMention, ...]:
    """Return the mentions of a sentence with what belongs to a party given to it, in text order."""
    lows = {token.low for token in tokens}
    if not _WATCH_STARTS.isdisjoint(lows):
        found = _with_watches(tokens, found)
    if found and not _HEADS.isdisjoint(lows):
        found = _with_heads(tokens, found)
    if found and not _THEIRS.isdisjoint(lows):
        found = [_of_owner(tokens, found, one, lexicon) for one in found]
    return tuple(found)


def _with_watches(tokens: list[Word], found: list[ActorMention]) -> list[ActorMention]:
    # People under arms who belong to no state and no group that we know by name.
    for index, token in enumerate(tokens):
        following = tokens[index + 1].low if index + 1 < len(tokens) else ""
        if not any(token.low == first and second in ("", following) for first, second in _WATCHES):
            continue
        last = index
        while last + 1 < len(tokens) and last < index + 3 and _goes_on(tokens[last + 1].low, following):
            last += 1
        if last == index or tokens[last].low not in _WATCH_NOUNS | {"watch", "guards"}:
            continue
        start, end = token.start, tokens[last].end
        watch = ActorMention(
            start=start, end=end, text="", name="Self-Defense Militia", id=None, kind="Political militia",
            generic=True,
        )  # fmt: skip
        found = [one for one in found if one.end <= start or one.start >= end]
        found.append(watch)
    return sorted(found, key=lambda one: one.start)


def _goes_on(low: str, second: str) -> bool:
    return low == second or low in _WATCH_NOUNS


def _with_heads(tokens: list[Word], found: list[ActorMention]) -> list[ActorMention]:
    """Take "a leader of", "fighters linked to the" into the party that follows."""
    at_start = {token.start: index for index, token in enumerate(tokens)}
    kept: list[ActorMention] = []
    for one in found:
        head = (
            _head_before(tokens, at_start.get(one.start, 0))
            if one.kind in _PARTIES and _is_party(one)
            else None
        )
        if head is None:
            kept.append(one)
            continue
        kept = [two for two in kept if two.end <= head.start]
        kept.append(structs.replace(one, start=head.start))
    return kept


def _is_party(one: ActorMention) -> bool:
    return not one.generic or one.kind == "State forces" or one.name == "Self-Defense Militia"


def _head_before(tokens: list[Word], index: int) -> Word | None:
    """Return the noun before "of the", "linked to the" and the like that stand before a word, or None."""
    at = index - 1
    while at > 0 and at > index - 4 and tokens[at].low in ("the", "a", "an", "local"):
        at -= 1
    if at < 1:
        return None
    if tokens[at].low in _SIDES and at > 1 and tokens[at - 1].low in _LINKED:
        at -= 1
    elif tokens[at].low not in ("of", "from"):
        return None
    return tokens[at - 1] if tokens[at - 1].low in _HEADS else None


def _of_owner(
    tokens: list[Word], found: list[ActorMention], one: ActorMention, lexicon: ActorLexicon
) -> ActorMention:
    """Give "its forces" to whom "its" stands for: who speaks, else the party told last before it."""
    first = next((index for index, token in enumerate(tokens) if token.start >= one.start), 0)
    if not one.generic or first < 1 or tokens[first].low not in _OWN_PEOPLE:
        return one
    before = first - 1
    while before > 0 and tokens[before].low in ("own", "elite", "security", "armed"):
        before -= 1
    if tokens[before].low not in _THEIRS:
        return one
    earlier = [
        two for two in found if two.end <= tokens[before].start and two.kind in _PARTIES and _is_party(two)
    ]
    owner = next((two for two in earlier if _speaks(tokens, two.end)), earlier[-1] if earlier else None)
    if owner is not None:
        return structs.replace(
            one, name=owner.name, id=owner.id, kind=owner.kind, generic=owner.generic, country=owner.country
        )
    nation = next((token for token in tokens[:before] if token.low in lexicon.countries), None)
    if nation is None or one.kind != "State forces" or not nation.text[0].isupper():
        return one
    country = lexicon.countries[nation.low]
    name, actor_id = lexicon.forces_of(country, police=tokens[first].low in words.POLICE)
    return structs.replace(one, name=name, id=actor_id, generic=False, country=country)


def _speaks(tokens: list[Word], end: int) -> bool:
    following = next((token for token in tokens if token.start >= end), None)
    return following is not None and following.low in _SAYING
