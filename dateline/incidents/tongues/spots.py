"""Where a sentence names places, in any script.

Owns finding names (capitals where the script has them, else the ``names`` table alone) and the words around them
(``places`` table). Refuses to choose between namesakes: ``place_resolving`` does, as for English.
"""

from collections.abc import Sequence

from msgspec import structs

from dateline.incidents.gazetteer import ADMIN1, TOWN, TOWN_RADIUS_KM, WEAK, Gazetteer, Hit
from dateline.incidents.place_mentions import Kind, PlaceMention
from dateline.incidents.place_names import fold
from dateline.incidents.place_relations import Called, Relation
from dateline.incidents.tongues.line import Line, dateline_end
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

MAX_WORDS = 4
SMALL_TOWN = 1_000
"""A bare name of fewer people, which no preposition rules, is rather a surname."""

FAMED = 100_000
"""From so many people on, a name in capitals is believed to be a place without a preposition."""

LONG_NAME = 5
"""Letters from which a large town's name is told from a common word in a script without capitals."""

MAX_RULES = 4
"""Phrases before one name, at most: "cerca de la ciudad de"."""


_RELATIONS: dict[str, Relation] = {
    "in": "in", "near": "near", "from": "from", "toward": "toward", "between": "between",
}  # fmt: skip
_CALLED: dict[str, Called] = {"town": "town", "admin1": "admin1", "district": "district", "area": "area"}


Found = tuple[PlaceMention, int, int]
"""A place with its tokens, first to last (exclusive)."""


def read_spots(line: Line, tongue: Tongue, gazetteer: Gazetteer, taken: frozenset[int]) -> list[Found]:
    """Return the places that a sentence names, in text order. ``taken`` tokens name actors."""
    scout = _Scout(line, tongue, gazetteer)
    dateline = dateline_end(line)
    at = 0
    while at < len(line.tokens):
        one = None if at in taken and at not in scout.named else scout.name_at(at)
        if one is None:
            at += 1
            continue
        mention, end = one
        if mention.kind != "demonym":
            if taken.intersection(range(at, end)) and mention.kind != "country":
                at = end
                continue
            mention = scout.related(mention, at)
            if not scout.believed(mention):
                at = end
                continue
            if at == 0 and mention.relation == "none" and _is_subject(line, tongue, end):
                mention = structs.replace(mention, event_place=False)  # a capital that speaks or acts
            if at < dateline and mention.kind != "country":
                mention = structs.replace(mention, relation="dateline", event_place=False)
        scout.found.append((mention, at, end))
        at = end
    return scout.found


def _is_subject(line: Line, tongue: Tongue, end: int) -> bool:
    """Whether a name that opens a sentence is its subject: a word follows it, in a language of names in capitals."""
    return tongue.grammar.capitals and end < len(line.tokens) and line.tokens[end].word


class _Scout:
    """One sentence in which names are sought."""

    def __init__(self, line: Line, tongue: Tongue, gazetteer: Gazetteer) -> None:
        self.line, self.tongue, self.gazetteer = line, tongue, gazetteer
        dated = {at for mark in line.of("times") for at in range(mark.first, mark.last)}
        self.named = {mark.first: mark for mark in line.of("names") if mark.first not in dated}
        self.rules = {mark.last: mark for mark in line.of("places")}
        self.ruling = {at for mark in line.of("places") for at in range(mark.first, mark.last)}
        self.found: list[Found] = []

    def name_at(self, at: int) -> tuple[PlaceMention, int] | None:
        """Return the place that a token begins, and the token behind it."""
        token = self.line.tokens[at]
        if not token.word:
            return None
        mark = self.named.get(at)
        plain = self.plain(at) if self.tongue.grammar.capitals and token.text[0].isupper() else None
        if mark is not None and (plain is None or mark.last >= plain[1]):
            return self.of_table(mark)
        return plain

    def of_table(self, mark: Mark) -> tuple[PlaceMention, int] | None:
        """Return the mention that a row of ``names`` makes."""
        target = mark.entry.values[0]
        start, end = self.line.span(mark.first, mark.last)
        start += len(mark.prefix) if self.line.text[start:].startswith(mark.prefix) else 0
        kind: Kind = "country"
        mention = PlaceMention(
            start=start, end=end, text=self.line.text[start:end], kind=kind, name=self.line.text[start:end]
        )
        capital = self.line.tokens[mark.first].text[0].isupper()
        if mark.tag in ("country", "demonym"):
            people = mark.tag == "demonym"
            if self.tongue.grammar.capitals:
                people = not capital
            if people:
                return structs.replace(mention, kind="demonym", country=target), mark.last
            return structs.replace(mention, country=target, hits=()), mark.last
        if self.tongue.grammar.capitals and not capital:
            return None
        if mark.tag == "region":
            return structs.replace(mention, kind="region", region=target), mark.last
        country, _, name = target.partition(":")
        hits = tuple(
            hit for hit in self.gazetteer.find(fold(name)) if self.gazetteer.spot(hit.row).country == country
        )
        if mark.tag == "admin1":
            hits = tuple(hit for hit in hits if self.gazetteer.spot(hit.row).cls == ADMIN1) or hits
        if not hits:
            return None
        kind = "admin1" if mark.tag == "admin1" else "town"
        called: Called | None = "admin1" if mark.tag == "admin1" else None
        return structs.replace(mention, kind=kind, name=name, hits=hits, called=called), mark.last

    def plain(self, at: int) -> tuple[PlaceMention, int] | None:
        """Return the mention of a name in capitals that the gazetteer knows as it is written."""
        size = self.run(at)
        for length in range(size, 0, -1):
            start, end = self.line.span(at, at + length)
            text = self.line.text[start:end]
            if length == 1 and (text.isupper() or len(text) < 3):
                continue
            if self.line.tokens[at + length - 1].low in self.tongue.particles:
                continue
            key = fold(text)
            same = _as_in_english(text, key, start, end, self.gazetteer)
            if same is not None:
                return same, at + length
            hits = self.gazetteer.find(key)
            if not hits:
                continue
            if not self.credible(at, length, hits):
                return None
            town = any(self.gazetteer.spot(hit.row).cls == TOWN for hit in hits)
            mention = PlaceMention(
                start=start, end=end, text=text, name=text, hits=hits, kind="town" if town else "admin1"
            )
            return mention, at + length
        return None

    def run(self, at: int) -> int:
        """Return how many words from a token on may be one name."""
        size = 1
        while size < MAX_WORDS and at + size < len(self.line.tokens):
            token, before = self.line.tokens[at + size], self.line.tokens[at + size - 1]
            if not token.word or self.line.text[before.end : token.start] not in (
                " ",
                "-",
                "'",
                "’",
                "\u00a0",
            ):
                break
            if not token.text[0].isupper() and token.low not in self.tongue.particles:
                break
            size += 1
        return size

    def credible(self, at: int, length: int, hits: Sequence[Hit]) -> bool:
        """Whether a name in capitals is a place here, and neither a surname nor the sentence's first word."""
        low = self.line.tokens[at].low
        if length == 1 and (low in self.tongue.functions or (at == 0 and _common(self.line, at))):
            return False
        rule = self.rule(at)
        tokens = self.line.tokens
        before = tokens[at - 1] if at else None
        after = tokens[at + length] if at + length < len(tokens) else None
        if before is not None and rule is None and before.word and before.text[0].isupper():
            return False  # a surname, or within a longer name
        best = max(
            (self.gazetteer.spot(hit.row).population for hit in hits if hit.strength != WEAK), default=0
        )
        ruled = rule is not None or at in self.ruling
        if not ruled and best < FAMED and after is not None and after.word and after.text[0].isupper():
            return False
        listed = before is not None and (before.text in ",(" or before.low in self.tongue.joiners)
        return rule is not None or best >= (SMALL_TOWN if listed else FAMED)

    def rule(self, at: int) -> Mark | None:
        """Return the phrase of ``places`` right before a name; articles may stand between."""
        for step in range(3):
            mark = self.rules.get(at - step)
            if mark is not None:
                return mark
            if at - step - 1 < 0 or self.line.tokens[at - step - 1].low not in self.tongue.articles:
                return None
        return None

    def related(self, mention: PlaceMention, at: int) -> PlaceMention:
        """Return a mention with what the words before it say: "cerca de", "la provincia de", "al norte de"."""
        word = self.line.tokens[at]
        relation = self.clitic(word.low[: mention.start - word.start])
        called, direction, cut, usable = mention.called, mention.direction, at, True
        for _ in range(MAX_RULES):
            mark = self.rule(cut)
            if mark is None:
                break
            if mark.tag == "type":
                called = called or _CALLED.get(mark.entry.values[0])
            elif mark.tag == "direction":
                direction = direction or mark.entry.values[0]
            elif mark.tag == "never":
                usable = False
            elif relation == "none":
                relation = _RELATIONS[mark.tag]
            relation = self.clitic(mark.prefix) if relation == "none" else relation
            cut = mark.first
        if relation == "none" and self.found and self.beside(self.found[-1][2], cut):
            relation, usable = self.found[-1][0].relation, usable and self.found[-1][0].event_place
        return _settled(mention, relation, called, direction, usable=usable)

    def believed(self, mention: PlaceMention) -> bool:
        """Whether a name in a script without capitals is one: ruled by words, or a large town's, or more than a town's."""
        if self.tongue.grammar.capitals or mention.kind != "town" or mention.region:
            return True
        if mention.relation != "none" or mention.called:
            return True
        best = max((self.gazetteer.spot(hit.row).population for hit in mention.hits), default=0)
        return best >= 10 * FAMED and len(mention.text) >= LONG_NAME

    def clitic(self, prefix: str) -> Relation:
        """Return the relation that a preposition written on to the name gives."""
        return _RELATIONS.get(self.tongue.grammar.prefix_relations.get(prefix, ""), "none")

    def beside(self, last: int, first: int) -> bool:
        """Whether only a comma or a joint stands between two names."""
        between = self.line.tokens[last:first]
        return len(between) <= 1 and all(
            one.text in ",(" or one.low in self.tongue.joiners for one in between
        )


def _settled(
    mention: PlaceMention, relation: Relation, called: Called | None, direction: str | None, *, usable: bool
) -> PlaceMention:
    """Return a mention under the words before it, which together decide its kind."""
    if relation == "none" and called:
        relation = "in"
    kind = mention.kind
    if direction and kind == "town" and called is None:
        # "el centro de X" is the town itself, "el norte de X" its surroundings.
        middle: Relation = "in" if relation == "none" else relation
        relation, direction = (middle if direction == "c" else "near"), None
    if called == "admin1" and mention.hits:
        kind = "admin1"
    if direction and kind in ("country", "admin1") and relation in ("none", "in"):
        kind = "region"
    return structs.replace(
        mention,
        relation=relation,
        called=called,
        direction=direction,
        event_place=usable and relation != "from",
        kind=kind,
    )


def _as_in_english(text: str, key: str, start: int, end: int, gazetteer: Gazetteer) -> PlaceMention | None:
    """Return a country or region whose name is the same in English."""
    country = gazetteer.country_words.get(key)
    if country is not None:
        return PlaceMention(start=start, end=end, text=text, name=text, kind="country", country=country)
    if key in gazetteer.regions:
        small = gazetteer.regions[key].radius_km <= TOWN_RADIUS_KM
        kind: Kind = "town" if small else "region"
        return PlaceMention(
            start=start, end=end, text=text, name=text, kind=kind, region=key, hits=gazetteer.find(key)
        )
    return None


def _common(line: Line, at: int) -> bool:
    return any(mark.first == at and mark.entry.layer not in ("names", "places") for mark in line.marks)
