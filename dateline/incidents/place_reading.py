"""Where a sentence names places: spans, their kind, and how the sentence relates to them.

Owns reading. Refuses to choose between namesakes (``place_resolving`` does) and to know events.
"""

import re
from typing import Any

from msgspec import structs

from dateline.incidents import place_words as words
from dateline.incidents.gazetteer import ADMIN1, TOWN, TOWN_RADIUS_KM, Gazetteer, Hit
from dateline.incidents.place_guards import (
    TYPED,
    bears_its_name,
    governed,
    guarded,
    has_article,
    is_acronym,
    kind_of,
    starts,
    type_of,
    with_seat,
)
from dateline.incidents.place_mentions import Kind, PlaceMention
from dateline.incidents.place_names import fold
from dateline.incidents.place_neighbours import side_by_side
from dateline.incidents.place_relations import (
    Called,
    Words,
    called_before,
    relation_at,
    words_of,
)
from dateline.incidents.place_seats import of_a_force, of_a_speaker

_MAX_WORDS = 4
_LISTED = frozenset((",", "and", "or", ", and", "-", "–", "&", "/", ", or"))
_HOLDS = re.compile(
    r"(?:['’]s)?(?: ?(?:[a-z-]+ ){0,2}(?:city|town|village|port|capital|district|province|area|region|state)(?: of)?)?"
)
"""Between a container and what it contains: "the Anbar town of Rutba", "Kashmir's Pulwama"."""

_FAMED_POPULATION = 100_000
"""A town of this size lends its name to institutions: "the Quito Cultural Center"."""

_LOUD_POPULATION = 50_000
"""In text that is all capitals an ungoverned word names only a town of this size."""


def read_places(text: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the places that a sentence names, in text order, not overlapping.

    Total over any text. In text that is all capitals any word may begin a name.
    """
    sentence = words_of(text)
    found: list[PlaceMention] = []
    index = -1
    for start in starts(sentence, gazetteer):
        if start < index:
            continue
        reading = _read_at(sentence, start, gazetteer)
        if reading is None:
            continue
        index = start
        mention = _related(sentence, reading[0], index, found, gazetteer)
        if found:
            found[-1], mention = side_by_side(found[-1], mention, text, gazetteer)
        found.append(mention)
        index = reading[1]
    return tuple(found)


def _read_at(sentence: Words, index: int, gazetteer: Gazetteer) -> tuple[PlaceMention, int] | None:
    token = sentence.tokens[index]
    if token.low in words.DIRECTIONS:
        directed = _directed(sentence, index, gazetteer)
        if directed is not None or not token.text[0].isupper():
            return directed
    hyphened, shouting = "-" in token.text, sentence.shouting
    titled = token.low in words.TITLES
    ruled: bool | None = None
    folds, tokens, last = sentence.folds, sentence.tokens, len(sentence.tokens)
    for size in range(_run_length(sentence, index), int(titled), -1):
        key = " ".join(folds[index : index + size]) if size > 1 else folds[index]
        if titled and not (gazetteer.find(key) or gazetteer.find_like(key)):
            continue  # "Sheikh Zuweid" is a town, Sheikh Hasina none
        after = index + size
        if not (
            gazetteer.knows(key) or (size == 1 and hyphened) or (after < last and tokens[after].low in TYPED)
        ):
            # A name that nobody bears is a place only where words around it say so.
            if ruled is None and not shouting:
                ruled = token.end <= sentence.dateline_end or governed(sentence, index)
                ruled = ruled or called_before(sentence, index) is not None
            if shouting or not ruled:
                continue
        mention = _match(sentence, index, size, key, gazetteer)
        if mention is not None:
            return _with_type(sentence, mention, index + size, gazetteer)
    return None


def _directed(sentence: Words, index: int, gazetteer: Gazetteer) -> tuple[PlaceMention, int] | None:
    # "eastern Syria", "northern and western Syria", "north of Mali" within "the north of Mali".
    after = index + 1
    while after - index <= 3 and (
        sentence.low(after) in words.DIRECTIONS or sentence.low(after) in ("and", "of")
    ):
        after += 1
    if after >= len(sentence.tokens) or not sentence.tokens[after].text[0].isupper():
        return None
    if sentence.low(after - 1) == "of" and sentence.low(index - 1) != "the":
        return None
    start = sentence.tokens[index].start
    whole = fold(sentence.text[start : sentence.tokens[after].end])
    named = whole in gazetteer.country_words or whole in gazetteer.regions or bool(gazetteer.find(whole))
    if named or not sentence.joined(index, after):
        return None  # South Sudan, North Kivu: the direction is part of the name
    inner = _read_at(sentence, after, gazetteer)
    if inner is None or inner[0].kind == "demonym":
        return None
    if sentence.low(index) == "central" and inner[0].kind == "town":
        return structs.replace(inner[0], called="town"), inner[1]  # "central Baghdad" is Baghdad
    kind: Kind = "region" if inner[0].kind in ("country", "region", "admin1") else inner[0].kind
    direction = words.DIRECTIONS[sentence.low(index)]
    return _spanning(inner[0], sentence, start, inner[0].end, kind=kind, direction=direction), inner[1]


def _run_length(sentence: Words, index: int) -> int:
    tokens, links, shouting = sentence.tokens, sentence.links, sentence.shouting
    end, last = index + 1, min(index + _MAX_WORDS, len(tokens))
    while end < last and links[end - 1]:
        token = tokens[end]
        if not token.text[0].isupper():
            digit = token.text[0].isdigit()
            if not (digit or token.low in words.PARTICLES or has_article(token.text)):
                break
        if shouting and token.low in words.SMALL:
            break
        end += 1
    while end > index + 1 and tokens[end - 1].low in words.PARTICLES:
        end -= 1
    return end - index


def _match(sentence: Words, index: int, size: int, key: str, gazetteer: Gazetteer) -> PlaceMention | None:
    start, end = sentence.tokens[index].start, sentence.tokens[index + size - 1].end
    span = sentence.text[start:end]
    country = gazetteer.country_words.get(key)
    if country and not (key in ("us", "car") and not span.isupper()):
        found = _mention(sentence, index, size, "country", hits=gazetteer.find(key))
        return structs.replace(found, country=country)
    if size == 1 and "-" in span and (mention := _hyphened(sentence, index, key, gazetteer)):
        return mention
    if len(key) < 3:
        return None
    if key in gazetteer.regions and not guarded(sentence, index, size, gazetteer):
        kind: Kind = "region" if gazetteer.regions[key].radius_km > TOWN_RADIUS_KM else "town"
        return structs.replace(_mention(sentence, index, size, kind, hits=gazetteer.find(key)), region=key)
    if nation := gazetteer.demonyms.get(key):
        return structs.replace(_mention(sentence, index, size, "demonym", hits=()), country=nation)
    return _match_hits(sentence, index, size, key, gazetteer)


def _mention(sentence: Words, index: int, size: int, kind: Kind, hits: tuple[Hit, ...]) -> PlaceMention:
    start, end = sentence.tokens[index].start, sentence.tokens[index + size - 1].end
    span = sentence.text[start:end]
    return PlaceMention(start=start, end=end, text=span, kind=kind, name=span, hits=hits)


def _hyphened(sentence: Words, index: int, key: str, gazetteer: Gazetteer) -> PlaceMention | None:
    # "Iraqi-Syrian border", "Britain-based", "Turkish-backed", "Hama-Salamiyah".
    first, _, rest = sentence.tokens[index].text.partition("-")
    if gazetteer.find(key):
        return None
    start, low = sentence.tokens[index].start, fold(first)
    found = PlaceMention(start=start, end=start + len(first), text=first, kind="town", name=first)
    nation = gazetteer.country_words.get(low) or gazetteer.demonyms.get(low)
    if nation:
        return structs.replace(found, kind="demonym", country=nation, event_place=False)
    hits = gazetteer.find(low)
    if not hits or low in gazetteer.stops:
        return None
    if rest.lower() in words.ORIGIN_SUFFIXES:
        return structs.replace(found, relation="from", event_place=False, hits=hits)
    return structs.replace(found, relation="between", hits=hits) if gazetteer.find(fold(rest)) else None


def _match_hits(
    sentence: Words, index: int, size: int, key: str, gazetteer: Gazetteer
) -> PlaceMention | None:
    hits = gazetteer.find(key)
    typed = type_of(sentence.low(index + size)) is not None
    if not hits and not typed and sentence.shouting:
        return None  # any word of a text in capitals may come here: most go no further
    stopped = all(word in gazetteer.stops or word in words.SMALL for word in key.split())
    stopped = stopped and not gazetteer.is_alias(key)
    if stopped and not typed:
        return None
    dated = sentence.tokens[index].end <= sentence.dateline_end
    if size == 1 and not sentence.shouting and not dated and is_acronym(sentence.tokens[index].text):
        return None
    called = called_before(sentence, index) is not None  # "the town of Al-Sukhnah"
    ruled = dated or called or ((bool(hits) or not typed) and governed(sentence, index))
    if not hits and not stopped and (typed or (ruled and not sentence.shouting)):
        hits = gazetteer.find_like(key)
    if not hits or (stopped and not ruled):
        return None
    if bears_its_name(sentence, index, size):
        return None
    famed = sentence.low(index - 1) == "the" and gazetteer.spot(hits[0].row).population > _FAMED_POPULATION
    if guarded(sentence, index, size, gazetteer) and not famed:
        return None
    if sentence.shouting and not ruled and gazetteer.spot(hits[0].row).population < _LOUD_POPULATION:
        return None
    hits = with_seat(hits, key, gazetteer)
    return _mention(sentence, index, size, kind_of(hits, gazetteer), hits=hits)


def _with_type(
    sentence: Words, mention: PlaceMention, after: int, gazetteer: Gazetteer
) -> tuple[PlaceMention, int]:
    """Take the type that follows into the mention: "Homs province", "Ramadi desert"."""
    if after >= len(sentence.tokens) or sentence.text[mention.end : sentence.tokens[after].start] != " ":
        return mention, after
    if (
        sentence.low(after) == "local"
        and sentence.low(after + 1) == "government"
        and sentence.low(after + 2) == "area"
    ):
        after += 2
    start, end = mention.start, sentence.tokens[after].end
    called = "district" if sentence.low(after - 1) == "government" else type_of(sentence.low(after))
    if called is None and mention.kind == "town" and sentence.low(after) in words.SITE_TYPES:
        return structs.replace(mention, kind="feature"), after
    if mention.kind in ("demonym", "country"):
        key = fold(sentence.text[start:end])
        if key in gazetteer.regions:
            return _spanning(mention, sentence, start, end, kind="region", region=key), after + 1
        states = mention.kind == "country" and sentence.low(after) in (
            "state",
            "province",
            "department",
            "region",
        )
        if states and any(gazetteer.spot(hit.row).cls == ADMIN1 for hit in mention.hits):
            return _spanning(mention, sentence, start, end, called="admin1"), after + 1
        return mention, after
    small = sentence.tokens[after].text.islower() and sentence.low(after + 1) == "of"
    if small and called == "town":  # "the Anbar town of Rutba": the type belongs to what follows
        return mention, after
    if called is None or (mention.kind == "region" and called == "town"):
        return mention, after
    kinds: dict[Called, Kind] = {"admin1": "admin1", "district": "feature", "town": "town", "area": "feature"}
    kind = "region" if mention.kind == "region" else kinds[called]
    if called == "admin1" and not any(gazetteer.spot(hit.row).cls == ADMIN1 for hit in mention.hits):
        called = "area"
    return _spanning(mention, sentence, start, end, kind=kind, called=called), after + 1


def _spanning(mention: PlaceMention, sentence: Words, start: int, end: int, **changes: Any) -> PlaceMention:
    return structs.replace(mention, start=start, end=end, text=sentence.text[start:end], **changes)


def _related(
    sentence: Words, mention: PlaceMention, index: int, found: list[PlaceMention], gazetteer: Gazetteer
) -> PlaceMention:
    if mention.end <= sentence.dateline_end:
        return structs.replace(mention, relation="dateline", event_place=False)
    if mention.kind == "demonym" or mention.relation != "none":
        return mention
    relation, usable = relation_at(sentence, index)
    if relation == "none" and found:
        last = found[-1]
        gap = sentence.text[last.end : mention.start].strip()
        held = _HOLDS.fullmatch(gap) is not None or (gap == "of" and last.called is not None)
        if last.kind == "demonym" and held:  # "on the Yemeni port of Hodeidah"
            before = next(at for at in range(index, -1, -1) if sentence.tokens[at].start <= last.start)
            relation, usable = relation_at(sentence, before)
        elif last.kind != "demonym" and (held or gap in _LISTED):
            relation, usable = last.relation, last.event_place
    if relation in ("none", "from") and of_a_force(sentence.text, mention.end):
        relation, usable = "seat", True
    elif of_a_speaker(sentence.text, mention.end, sentence.low(index - 2), sentence.low(index - 1)):
        relation = "seat"
    clear = not found or index < 2 or found[-1].end <= sentence.tokens[index - 2].start
    called = mention.called or (called_before(sentence, index) if mention.hits and clear else None)
    if mention.kind == "country" and called == "town":  # "the town of Armenia"
        towns = tuple(hit for hit in mention.hits if gazetteer.spot(hit.row).cls == TOWN)
        if towns:
            mention = structs.replace(mention, kind="town", country=None, hits=towns)
    return structs.replace(mention, relation=relation, event_place=usable, called=called)
