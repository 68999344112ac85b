"""Where a sentence names places: spans, their kind, and how the sentence relates to them.

Owns reading. Refuses to choose between namesakes (``place_resolving`` does) and to know events.
"""

import re
from typing import Any, Literal

from msgspec import Struct, structs

from dateline.incidents import place_words as words
from dateline.incidents.gazetteer import ADMIN1, TOWN, WEAK, Gazetteer, Hit
from dateline.incidents.place_names import fold

Kind = Literal["town", "admin1", "country", "region", "feature", "demonym"]
Relation = Literal["in", "near", "between", "toward", "from", "dateline", "none"]

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’`][^\W_]+)*")
_JOIN = re.compile(r"[ \u00a0]|-|\n")
_MAX_WORDS = 4
_NUMBER = re.compile(r"\d")


class PlaceMention(Struct, frozen=True, kw_only=True):
    """A place named in a text, at characters start to end. ``text`` equals that slice.

    ``event_place`` is False where the words themselves say that nothing happened there: datelines,
    origins, borders, speakers' cities. A demonym ("Syrian") only tells of the document's country.
    """

    start: int
    end: int
    text: str
    kind: Kind
    relation: Relation = "none"
    event_place: bool = True
    #: The name without its surroundings: "Palmyra" of "Palmyra desert".
    name: str = ""
    #: What the gazetteer has under the name, most populous first.
    hits: tuple[Hit, ...] = ()
    country: str | None = None
    #: Key of a named region.
    region: str | None = None
    #: n, ne, … of "northeastern X"; c of "central X".
    direction: str | None = None
    #: The words call it a town, an admin1 or a district, and so decide between namesakes.
    called: Literal["town", "admin1", "district", "area"] | None = None


class _Token(Struct, frozen=True):
    start: int
    end: int
    text: str
    low: str


def read_places(text: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the places that a sentence names, in text order, not overlapping.

    Total over any text. In text that is all capitals any word may begin a name.
    """
    tokens = _tokens(text)
    dateline_end = _dateline(text)
    shouting = _is_shouting(text)
    found: list[PlaceMention] = []
    index = 0
    while index < len(tokens):
        if not _may_begin(tokens, index, shouting=shouting):
            index += 1
            continue
        reading = _read_at(text, tokens, index, gazetteer, shouting=shouting, dateline_end=dateline_end)
        if reading is None:
            index += 1
            continue
        mention, index = reading
        found.append(_related(text, tokens, mention, found, dateline_end))
    return tuple(found)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        if word[-2:] in ("'s", "’s", "'S", "’S", "`s"):
            word, end = word[:-2], end - 2
        tokens.append(_Token(start, end, word, word.lower()))
    return tokens


def _dateline(text: str) -> int:
    head = words.DATELINE.match(text)
    return head.end() if head and words.DATELINE_MARK.search(head[0]) else 0


def _is_shouting(text: str) -> bool:
    letters = [ch for ch in text[:400] if ch.isalpha()]
    return len(letters) > 20 and sum(ch.isupper() for ch in letters) > 0.8 * len(letters)


def _may_begin(tokens: list[_Token], index: int, *, shouting: bool) -> bool:
    token = tokens[index]
    if not token.text[0].isupper():
        # "al-Shaddadi", "el Geneina": a small article before a capital.
        return token.low in words.DIRECTIONS or (
            token.low.split("-")[0] in words.PARTICLES and any(ch.isupper() for ch in token.text)
        )
    return shouting or token.low not in words.TITLES


def _read_at(
    text: str, tokens: list[_Token], index: int, gazetteer: Gazetteer, *, shouting: bool, dateline_end: int
) -> tuple[PlaceMention, int] | None:
    token = tokens[index]
    if token.low in words.DIRECTIONS and (
        ahead := _directed(text, tokens, index, gazetteer, shouting=shouting)
    ):
        return ahead
    if not token.text[0].isupper() and token.low in words.DIRECTIONS:
        return None
    for size in range(_run_length(text, tokens, index), 0, -1):
        mention = _match(text, tokens, index, size, gazetteer, shouting=shouting, dateline_end=dateline_end)
        if mention is not None:
            return _with_type(text, tokens, mention, index + size, gazetteer)
    return None


def _directed(
    text: str, tokens: list[_Token], index: int, gazetteer: Gazetteer, *, shouting: bool
) -> tuple[PlaceMention, int] | None:
    # "eastern Syria", "northern and western Syria", "north of Mali" within "the north of Mali".
    after = index + 1
    while (
        after < len(tokens) and after - index <= 3 and tokens[after].low in (*words.DIRECTIONS, "and", "of")
    ):
        after += 1
    if after >= len(tokens) or not tokens[after].text[0].isupper():
        return None
    if tokens[after - 1].low == "of" and (index == 0 or tokens[index - 1].low != "the"):
        return None
    whole = fold(text[tokens[index].start : tokens[after].end])
    if not _adjacent(text, tokens, index, after) or gazetteer.find(whole) or whole in gazetteer.country_words:
        return None  # South Sudan, North Kivu: the direction is part of the name
    if whole in gazetteer.regions:
        return None
    inner = _read_at(text, tokens, after, gazetteer, shouting=shouting, dateline_end=0)
    if inner is None or inner[0].kind == "demonym" or inner[0].start != tokens[after].start:
        return None
    mention, end = inner
    start = tokens[index].start
    kind: Kind = "region" if mention.kind in ("country", "region", "admin1") else mention.kind
    return _spanning(
        mention, text, start, mention.end, kind=kind, direction=words.DIRECTIONS[tokens[index].low]
    ), end


def _adjacent(text: str, tokens: list[_Token], first: int, last: int) -> bool:
    return all(_JOIN.fullmatch(text[tokens[i].end : tokens[i + 1].start]) for i in range(first, last))


def _run_length(text: str, tokens: list[_Token], index: int) -> int:
    size = 1
    while size < _MAX_WORDS and index + size < len(tokens):
        before, token = tokens[index + size - 1], tokens[index + size]
        if not _JOIN.fullmatch(text[before.end : token.start]):
            break
        if not (token.text[0].isupper() or token.low in words.PARTICLES or _NUMBER.match(token.text)):
            break
        size += 1
    while size > 1 and tokens[index + size - 1].low in words.PARTICLES:
        size -= 1
    return size


def _match(
    text: str,
    tokens: list[_Token],
    index: int,
    size: int,
    gazetteer: Gazetteer,
    *,
    shouting: bool,
    dateline_end: int,
) -> PlaceMention | None:
    start, end = tokens[index].start, tokens[index + size - 1].end
    span = text[start:end]
    key = fold(span)
    if size == 1 and (mention := _of_nation(text, tokens, index, key, gazetteer)):
        return mention
    if len(key) < 3 and key not in gazetteer.country_words:
        return None
    country = gazetteer.country_words.get(key)
    if country and not _is_pronoun_us(span, key):
        return PlaceMention(
            start=start,
            end=end,
            text=span,
            kind="country",
            name=span,
            country=country,
            hits=gazetteer.find(key),
        )
    if key in gazetteer.regions and not _guarded(tokens, index, size, gazetteer, text, shouting=shouting):
        return PlaceMention(
            start=start, end=end, text=span, kind="region", name=span, region=key, hits=gazetteer.find(key)
        )
    nation = gazetteer.demonyms.get(key)
    if nation:
        return PlaceMention(start=start, end=end, text=span, kind="demonym", name=span, country=nation)
    return _match_hits(
        text, tokens, index, size, key, gazetteer, shouting=shouting, dateline_end=dateline_end
    )


def _is_pronoun_us(span: str, key: str) -> bool:
    return key in ("us", "car") and not span.isupper()


def _of_nation(
    text: str, tokens: list[_Token], index: int, key: str, gazetteer: Gazetteer
) -> PlaceMention | None:
    # "Iraqi-Syrian border", "Britain-based", "Turkish-backed", "Homs-Palmyra".
    first, _, rest = tokens[index].text.partition("-")
    if not rest or key in gazetteer.country_words or gazetteer.find(key):
        return None
    end = tokens[index].start + len(first)
    low = fold(first)
    nation = gazetteer.country_words.get(low) or gazetteer.demonyms.get(low)
    origin = rest.lower() in words.ORIGIN_SUFFIXES
    if nation:
        return PlaceMention(
            start=tokens[index].start,
            end=end,
            text=first,
            kind="demonym",
            name=first,
            country=nation,
            event_place=False,
        )
    if origin and (hits := gazetteer.find(low)):
        return PlaceMention(
            start=tokens[index].start, end=end, text=first, kind="town", name=first, relation="from",
            event_place=False, hits=hits,
        )  # fmt: skip
    hits = gazetteer.find(low)
    if hits and gazetteer.find(fold(rest)) and low not in gazetteer.stops:
        return PlaceMention(
            start=tokens[index].start,
            end=end,
            text=first,
            kind="town",
            name=first,
            relation="between",
            hits=hits,
        )
    return None


def _match_hits(
    text: str, tokens: list[_Token], index: int, size: int, key: str, gazetteer: Gazetteer,
    *, shouting: bool, dateline_end: int,
) -> PlaceMention | None:  # fmt: skip
    start, end = tokens[index].start, tokens[index + size - 1].end
    hits = gazetteer.find(key)
    if not hits and (size == 1 and key in gazetteer.stops):
        return None
    hits = hits or gazetteer.find_like(key)
    if not hits:
        return None
    governed = end <= dateline_end or _governed(text, tokens, index)
    if size == 1 and key in gazetteer.stops and not (governed and _typed_next(tokens, index + size)):
        return None
    if _guarded(tokens, index, size, gazetteer, text, shouting=shouting and not governed):
        return None
    if hits[0].strength == WEAK and not (governed or _typed_next(tokens, index + size)):
        return None
    if shouting and not governed and gazetteer.spot(hits[0].row).population < 50_000:
        return None
    kind = _kind(hits, gazetteer)
    return PlaceMention(
        start=start, end=end, text=text[start:end], kind=kind, name=text[start:end], hits=hits
    )


def _kind(hits: tuple[Hit, ...], gazetteer: Gazetteer) -> Kind:
    first = gazetteer.spot(hits[0].row)
    if first.cls == ADMIN1:
        towns = (gazetteer.spot(hit.row) for hit in hits[1:])
        if not any(
            one.cls == TOWN and one.country == first.country and one.population > 20_000 for one in towns
        ):
            return "admin1"
    return "town"


def _typed_next(tokens: list[_Token], index: int) -> bool:
    if index >= len(tokens):
        return False
    low = tokens[index].low
    return low in words.ADMIN_TYPES or low in words.DISTRICT_TYPES or low in words.TOWN_TYPES


def _governed(text: str, tokens: list[_Token], index: int) -> bool:
    relation, _ = _preposition(text, tokens, index)
    if relation != "none":
        return True
    # ", Y" after a name: "Timbuktu, Mali" is judged as governed.
    if index and text[tokens[index - 1].end : tokens[index].start] == ", ":
        return True
    return index > 1 and tokens[index - 1].low in ("and", "or") and tokens[index - 2].text[0].isupper()


def _guarded(
    tokens: list[_Token], index: int, size: int, gazetteer: Gazetteer, text: str, *, shouting: bool
) -> bool:
    """Whether the words around make the name a person or an organisation."""
    before = tokens[index - 1] if index else None
    after = tokens[index + size] if index + size < len(tokens) else None
    if before and before.low in words.TITLES and _gap(text, before, tokens[index]) in (" ", ". "):
        return True
    if after and _gap(text, tokens[index + size - 1], after) in (" ", "-"):
        if after.low in words.ORG_WORDS and (after.text[0].isupper() or shouting):
            return True
        if shouting:
            return False
        known = (
            after.low in words.SITE_TYPES
            or _typed_next(tokens, index + size)
            or after.low in words.AREA_TYPES
            or after.low in words.TITLES
            or after.low in gazetteer.stops
            or after.low in gazetteer.demonyms
        )
        if after.text[0].isupper() and not known:
            return True
    if before and before.text[0].isupper() and _gap(text, before, tokens[index]) == " " and not shouting:
        placed = (
            before.low in words.DIRECTIONS or before.low in words.INSIDE or before.low in gazetteer.demonyms
        )
        placed = (
            placed or before.low in words.LEAD or before.low in words.NEAR or before.low in gazetteer.stops
        )
        return not (placed or before.low in words.AWAY or before.low in words.TOWARD)
    return False


def _gap(text: str, left: _Token, right: _Token) -> str:
    return text[left.end : right.start]


def _with_type(
    text: str, tokens: list[_Token], mention: PlaceMention, after: int, gazetteer: Gazetteer
) -> tuple[PlaceMention, int]:
    """Take the type that follows into the mention: "Homs province", "Palmyra desert"."""
    if mention.kind == "demonym" and mention.end == tokens[after - 1].end:
        return _desert_of(text, tokens, mention, after, gazetteer)
    if after >= len(tokens) or text[mention.end : tokens[after].start] != " ":
        return mention, after
    token = tokens[after]
    if token.low in words.ADMIN_TYPES and mention.kind != "country":
        areas = any(gazetteer.spot(hit.row).cls == ADMIN1 for hit in mention.hits)
        kind: Kind = "region" if mention.kind == "region" else "admin1"
        called: Literal["admin1", "area"] = "admin1" if areas else "area"
        return _spanning(mention, text, mention.start, token.end, kind=kind, called=called), after + 1
    if token.low in words.DISTRICT_TYPES and mention.kind not in ("country", "region"):
        return _spanning(
            mention, text, mention.start, token.end, kind="feature", called="district"
        ), after + 1
    if token.low in words.TOWN_TYPES and mention.kind in ("town", "admin1"):
        return _spanning(mention, text, mention.start, token.end, kind="town", called="town"), after + 1
    if token.low in words.AREA_TYPES and mention.kind in ("town", "admin1"):
        return _spanning(mention, text, mention.start, token.end, kind="feature", called="area"), after + 1
    return mention, after


def _desert_of(
    text: str, tokens: list[_Token], mention: PlaceMention, after: int, gazetteer: Gazetteer
) -> tuple[PlaceMention, int]:
    if after < len(tokens) and text[mention.end : tokens[after].start] == " ":
        key = fold(text[mention.start : tokens[after].end])
        if key in gazetteer.regions:
            return _spanning(
                mention, text, mention.start, tokens[after].end, kind="region", region=key
            ), after + 1
    return mention, after


def _spanning(mention: PlaceMention, text: str, start: int, end: int, **changes: Any) -> PlaceMention:
    return structs.replace(mention, start=start, end=end, text=text[start:end], **changes)


def _related(
    text: str, tokens: list[_Token], mention: PlaceMention, found: list[PlaceMention], dateline_end: int
) -> PlaceMention:
    if mention.end <= dateline_end:
        return _spanning(mention, text, mention.start, mention.end, relation="dateline", event_place=False)
    if mention.kind == "demonym" or mention.relation != "none":
        return mention
    index = next(i for i, token in enumerate(tokens) if token.start >= mention.start)
    relation, usable = _preposition(text, tokens, index)
    if relation == "none" and found:
        last = found[-1]
        gap = text[last.end : mention.start].strip()
        if gap in (",", "and", "or", ", and", "-", "–", "&", "/", ", or") and last.kind != "demonym":
            relation, usable = last.relation, last.event_place
    return _spanning(mention, text, mention.start, mention.end, relation=relation, event_place=usable)


def _preposition(text: str, tokens: list[_Token], index: int) -> tuple[Relation, bool]:
    """Return how the words before a name relate to it, and whether the event may be there."""
    at, right = index - 1, index
    lead: list[str] = []
    while (
        at >= 0 and len(lead) < 8 and tokens[at].low in words.LEAD and _plain(text, tokens[at], tokens[right])
    ):
        lead.append(tokens[at].low)
        right, at = at, at - 1
    if len(lead) > 1 and lead[0] in ("of", "from") and lead[1] in words.DIRECTIONS and "the" not in lead[2:3]:
        return "near", True
    if "outskirts" in lead or "vicinity" in lead:
        return "near", True
    if at < 0 or not _plain(text, tokens[at], tokens[right]):
        return "none", True
    low = tokens[at].low
    past = [token.low for token in tokens[max(at - 4, 0) : at]]
    return _governing(low, past, lead)


def _plain(text: str, left: _Token, right: _Token) -> bool:
    return text[left.end : right.start].strip(" \n\"“'‘-") == ""


def _governing(low: str, past: list[str], lead: list[str]) -> tuple[Relation, bool]:
    last = past[-1] if past else ""
    if low in words.DISTANCES or low in words.NEAR or (low == "to" and last in words.CLOSE):
        return "near", True
    if low == "between":
        between_ends = any(word in words.ROUTES for word in past)
        return "between", not between_ends
    if low in words.INSIDE:
        spoken = last in words.SOURCES or (low in ("in", "at") and words.SOURCES.intersection(past[-3:]))
        return ("from", False) if spoken else ("in", True)
    if low in words.AWAY:
        direction = bool(lead) and lead[-1] in words.DIRECTIONS
        return ("near", True) if low == "from" and direction and past else ("from", False)
    if low in words.TOWARD:
        return "toward", not words.ROUTES.intersection(past)
    return "none", True
