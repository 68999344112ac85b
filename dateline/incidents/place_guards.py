"""When a capitalised name is no place: persons, organisations, words that only look like one.

Owns the judgement from the words around a name, and whether a bare name is a town or a province. Refuses to look names up.
"""

from functools import lru_cache
from typing import Literal

from dateline.incidents import place_words as words
from dateline.incidents.gazetteer import ADMIN1, PRIMARY, TOWN, Gazetteer, Hit
from dateline.incidents.place_relations import Called, Words, relation_at

_REMEMBERED = 16_384
"""Words whose looks are remembered: few more come in a day's news."""

_SEAT_POPULATION = 20_000
_SEAT_SHARE = 0.08
"""Of a province's people: what a town must hold that bears its name only besides another."""


def type_of(low: str) -> Called | None:
    """Return what a word calls the name before it: a province, a district, a town, an area."""
    return _TYPES.get(low)


_OF_TYPE: tuple[tuple[frozenset[str], Called], ...] = (
    (words.AREA_TYPES, "area"),
    (words.TOWN_TYPES, "town"),
    (words.DISTRICT_TYPES, "district"),
    (words.ADMIN_TYPES, "admin1"),
)
_TYPES: dict[str, Called] = {word: called for types, called in _OF_TYPE for word in types}
TYPED = frozenset(_TYPES)
"""Words of which ``type_of`` tells something."""


def governed(sentence: Words, index: int) -> bool:
    """Whether a preposition, a comma or a list makes the name that begins here a place."""
    if relation_at(sentence, index)[0] != "none":
        return True
    if index and sentence.gap(index - 1) == ", ":  # "Timbuktu, Mali"
        return True
    return (
        index > 1
        and sentence.low(index - 1) in ("and", "or")
        and sentence.tokens[index - 2].text[0].isupper()
    )


def _placed(sentence: Words, index: int) -> bool:
    """Whether a name is governed by more than a comma after words in small letters."""
    if not governed(sentence, index):
        return False
    comma = index > 0 and sentence.gap(index - 1) == ", "
    return not comma or sentence.tokens[index - 1].text[0].isupper()


def _of_unit(sentence: Words, at: int) -> bool:
    """Whether a unit of people bears the name before: "Galikonda area committee"."""
    last = min(at + 5, len(sentence.tokens))
    while at < last:
        gap = sentence.gap(at - 1)
        if gap == " (" and sentence.tokens[at].text.isupper():
            at += 1  # "Orissa Border (AOB) Special Zone Committee"
            continue
        if gap not in _IN_ONE_NAME:
            return False
        if sentence.low(at) in words.UNITS:
            return True
        if sentence.low(at) not in words.UNIT_AREAS:
            return False
        at += 1
    return False


_IN_ONE_NAME = (" ", "-", ") ")


def bears_its_name(sentence: Words, index: int, size: int) -> bool:
    """Whether a paper, a treaty, a bank or a unit is named after the place: "the Washington Post"."""
    after = index + size
    if _of_unit(sentence, after):
        return True
    if after >= len(sentence.tokens) or sentence.gap(after - 1) not in (" ", "-"):
        return False
    return sentence.low(after) in words.ORG_WORDS and sentence.tokens[after].text[0].isupper()


def guarded(sentence: Words, index: int, size: int, gazetteer: Gazetteer) -> bool:
    """Whether the words around make the name a person or an organisation."""
    before, after = sentence.low(index - 1), sentence.low(index + size)
    if size == 1 and sentence.lists_persons and _among_persons(sentence, index):
        return True  # "identified as Aman"
    if before in words.SPEECH and size == 1 and sentence.gap(index - 1) == " ":
        return True  # "said Williams"
    if after in words.SPEECH and sentence.gap(index + size - 1) == " " and not _placed(sentence, index):
        return True  # "Preston said"; "police in Lahore, Punjab said" tells of the place
    if before in words.TITLES and sentence.gap(index - 1) in (" ", ". "):
        return True
    if len(before) == 1 and before.isalpha() and before != "a" and sentence.gap(index - 1) == ". ":
        return type_of(after) is None  # "M. Raju"
    if after and sentence.gap(index + size - 1) in (" ", "-"):
        capital = sentence.tokens[index + size].text[0].isupper()
        if after in words.ORG_WORDS and capital:
            return True
        known = (
            type_of(after) or after in words.SITE_TYPES or after in words.TITLES or after in words.FOLLOWERS
        )
        if capital and not sentence.shouting and not known and after not in gazetteer.demonyms:
            return True
    if not before or sentence.shouting or sentence.gap(index - 1) != " ":
        return False
    placed = before in words.PREDECESSORS or before in gazetteer.demonyms or before in gazetteer.country_words
    return sentence.tokens[index - 1].text[0].isupper() and not placed


def _among_persons(sentence: Words, index: int) -> bool:
    """Whether a name stands in a list of persons: "identified as Salem, Tonk (22) and Aman alias Raju"."""
    for at in range(index - 1, max(index - _LISTED_PERSONS, -1), -1):
        low = sentence.low(at)
        if low == "as" and sentence.low(at - 1) == "identified":
            return True
        if low == "namely" or (low in ("alias", "named") and at == index - 1):
            return True
        token = sentence.tokens[at]
        if not (token.text[0].isupper() or token.text[0].isdigit() or low in _PERSON_LINKS):
            return False
    return False


_LISTED_PERSONS = 24
_PERSON_LINKS = frozenset(("and", "alias", "aged", "aka"))


def is_acronym(word: str) -> bool:
    """Whether a word in running text is an acronym, so no town."""
    return word.isupper() and len(word) <= 5


def with_seat(hits: tuple[Hit, ...], key: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Return the hits, with the capital of the same province when only the province is spelled so."""
    # A province often bears a spelling that its capital, known by another, shares: "Deir el-Zour".
    spots = [gazetteer.spot(hit.row) for hit in hits]
    if any(one.cls != ADMIN1 for one in spots):
        return hits
    homes = {one.country for one in spots}
    seats = []
    for hit in gazetteer.find_like(key):
        spot = gazetteer.spot(hit.row)
        if spot.cls == TOWN and spot.country in homes and spot.population > _SEAT_POPULATION:
            seats.append(hit)
    return hits + tuple(seats)


def kind_of(hits: tuple[Hit, ...], gazetteer: Gazetteer) -> Literal["town", "admin1"]:
    """Return whether a bare name means a town or, when no town of size bears it, a province."""
    first = gazetteer.spot(hits[0].row)
    if first.cls != ADMIN1:
        return "town"
    towns = ((gazetteer.spot(hit.row), hit.strength) for hit in hits[1:])
    seat = any(
        one.cls == TOWN
        and one.country == first.country
        and one.population > (_SEAT_POPULATION if strength == PRIMARY else first.population * _SEAT_SHARE)
        for one, strength in towns
    )
    return "town" if seat else "admin1"


@lru_cache(maxsize=_REMEMBERED)
def _may_begin(word: str) -> bool:
    """Whether a name of a place may begin with a word, by its looks alone."""
    low = word.lower()
    if word[0].isupper():
        if word == "DR":  # "DR Congo"
            return low not in words.SMALL
        return low not in words.TITLES or low in words.PLACE_TITLES
    return low in words.DIRECTIONS or has_article(word)


@lru_cache(maxsize=_REMEMBERED)
def _may_begin_loud(word: str) -> bool | None:
    """Tell the same of a word of a text in capitals; None where only a known name does."""
    low = word.lower()
    if low in words.SMALL or not (word[0].isupper() or low in words.DIRECTIONS or has_article(word)):
        return False
    return True if "-" in word or low in words.DIRECTIONS else None


def starts(sentence: Words, gazetteer: Gazetteer) -> list[int]:
    """Return the words of a sentence with which a name may begin, by their looks; of one in capitals by more."""
    if sentence.shouting:
        return _loud_starts(sentence, gazetteer)
    return [index for index, token in enumerate(sentence.tokens) if _may_begin(token.text)]


def _loud_starts(sentence: Words, gazetteer: Gazetteer) -> list[int]:
    """Return the words of a text in capitals with which a name may begin: each bears one, or goes on in the next."""
    tokens, links, knows, folds = sentence.tokens, sentence.links, gazetteer.knows, sentence.folds
    last = len(tokens) - 1
    found = []
    for index, by_looks in enumerate([_may_begin_loud(token.text) for token in tokens]):
        if by_looks is False:
            continue
        if by_looks is None and not knows(folds[index]):
            following = tokens[index + 1].low if index < last else ""
            alone = index == last or not links[index] or following in words.SMALL
            if alone and following not in TYPED:
                continue
        found.append(index)
    return found


def has_article(word: str) -> bool:
    """Whether a small article stands before a capital: "al-Shaddadi"."""
    return "-" in word and not word.islower() and word.partition("-")[0] in words.PARTICLES
