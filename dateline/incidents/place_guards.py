"""When a capitalised name is no place: persons, organisations, words that only look like one.

Owns the judgement from the words around a name. Refuses to look names up.
"""

from dateline.incidents import place_words as words
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.place_relations import Called, Words, relation_at


def type_of(low: str) -> Called | None:
    """Return what a word calls the name before it: a province, a district, a town, an area."""
    if low in words.ADMIN_TYPES:
        return "admin1"
    if low in words.DISTRICT_TYPES:
        return "district"
    if low in words.TOWN_TYPES:
        return "town"
    return "area" if low in words.AREA_TYPES else None


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


def guarded(sentence: Words, index: int, size: int, gazetteer: Gazetteer) -> bool:
    """Whether the words around make the name a person or an organisation."""
    before, after = sentence.low(index - 1), sentence.low(index + size)
    if before in words.TITLES and sentence.gap(index - 1) in (" ", ". "):
        return True
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


def is_acronym(word: str) -> bool:
    """Whether a word in running text is an acronym, so no town."""
    return word.isupper() and len(word) <= 5
