"""People counted in a sentence.

Owns quantities ("al menos 7 soldados", "جنديان"), their hedges and parts. Refuses what befell them (``harm``).
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from dateline.incidents.tongues.figures import Figure
from dateline.incidents.tongues.line import Line, Number
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

MODIFIERS = 3
"""Adjectives between a number and its noun, at most."""

PARTICLES = 3
"""Words of "de los" before the people meant, and the first of these."""

HEDGES = 3
"""Hedges before one number, at most: "entre ellos al menos unos"."""

JOINT = 3
"""Tokens of a joint between two counts of a list, at most: ", y a"."""

SHORT = 2
"""Letters of a joint, at most."""


class Quantity(Struct, frozen=True, gc=False):
    """People at tokens first to last (exclusive). ``role`` is that of their noun in ``people``, empty for none."""

    first: int
    last: int
    min: int
    max: int | None
    approx: bool = False
    group: str = ""
    role: str = ""
    #: It is a part of the quantity before it: "entre ellos dos niños".
    part: bool = False
    #: It sums up others: "en total".
    total: bool = False


def quantities(
    line: Line, tongue: Tongue, taken: Sequence[Mark], figures: Sequence[Figure] = ()
) -> list[Quantity]:
    """Return the people counted in a sentence, in text order. ``taken`` are phrases whose numbers are no counts.

    A count reaches as far as the figure that its noun begins: "once miembros del Cártel".
    """
    busy = {at for mark in taken for at in range(mark.first, mark.last)}
    counter = _Counter(line, tongue, figures)
    found: list[Quantity] = []
    for at, number in sorted(line.numbers.items()):
        if at in busy or at in counter.used or counter.begins_range(number):
            continue
        one = counter.counted(number)
        if one is not None:
            one = counter.hedged(counter.ranged(one))
            if any(mark.first == one.last for mark in line.of("hedges", "least")):
                one = structs.replace(one, max=None)
            found.append(one)
            counter.used.update(range(one.first, one.last))
    for mark in counter.people.values():
        known = mark.entry.values[1]
        span = range(mark.first, mark.last)
        if known in ("1", "2") and not counter.used.intersection(span) and not busy.intersection(span):
            group = mark.entry.values[0]
            one = Quantity(mark.first, mark.last, int(known), int(known), group=group, role=mark.tag)
            found.append(counter.hedged(one))
    reach = {at: each.last for each in figures for at in range(each.first, each.last)}
    found = [structs.replace(one, last=max(one.last, reach.get(one.last - 1, 0))) for one in found]
    found.sort(key=lambda one: one.first)
    return _parts(line, found)


class _Counter:
    """The phrases around numbers of one sentence."""

    def __init__(self, line: Line, tongue: Tongue, figures: Sequence[Figure]) -> None:
        self.named = {one.first: one for one in figures if one.named is not None}
        self.line, self.tongue = line, tongue
        self.people = {mark.first: mark for mark in line.of("people")}
        self.tolls = {mark.first for mark in line.of("tolls")}
        self.hedges = {mark.last: mark for mark in line.of("hedges")}
        self.more = {mark.first: mark for mark in line.of("hedges", "more")}
        self.nations = {mark.first: mark for mark in line.of("names", "demonym")}
        self.joints = {mark.first: mark for mark in line.of("hedges", "and", "or")}
        self.used: set[int] = set()

    def begins_range(self, number: Number) -> bool:
        """Whether a number is the lower one of "entre 10 y 15", "10 o 15"."""
        joint = self.joints.get(number.last)
        if joint is None or (upper := self.line.numbers.get(joint.last)) is None:
            return False
        between = self.hedges.get(number.first)
        bounded = between is not None and between.tag == "between"
        return number.value < upper.value and number.kind == "plain" and (joint.tag == "or" or bounded)

    def counted(self, number: Number) -> Quantity | None:
        """Return what a number counts if it counts people."""
        at, top = number.last, None if number.kind == "vague" else number.value
        for _ in range(MODIFIERS):
            mark = self.people.get(at)
            if mark is not None and mark.tag != "modifier":
                if mark.entry.values[1] == "":
                    return None  # "two bases"
                return self.of(number, mark)
            if mark is None and (member := self.member(at)) is not None:
                return self.of(number, member)
            if mark is None and (group := self.group(at)) is not None:
                return Quantity(number.first, group.last, number.value, top, number.kind == "vague")
            if at == number.last and (noun := self.noun_before(number)) is not None:
                return structs.replace(self.of(number, noun), first=noun.first, last=number.last)
            following = self.more.get(at) or mark
            if following is None and (nation := self.nations.get(at)) is not None:
                span = number.first, nation.last
                return Quantity(*span, number.value, top, number.kind == "vague", role="people")
            if following is None:
                break
            at = following.last
        if number.kind == "one" and at == number.last and at not in self.tolls:
            return None  # an article
        year = self.line.tokens[number.first].digits and 1900 <= number.value <= 2100
        bare = self.bare(at)
        if year or not (bare or self.governed(number)):
            return None
        at += not bare  # its noun, whatever that is
        return Quantity(number.first, at, number.value, top, number.kind == "vague")

    def noun_before(self, number: Number) -> Mark | None:
        """Return the noun that a number follows, in a language where it may: "مدنيين اثنين"."""
        if not self.tongue.grammar.number_after:
            return None
        found = (mark for mark in self.people.values() if mark.last == number.first)
        plural = next((mark for mark in found if mark.entry.values[1] in ("n", "2")), None)
        return plural or next((mark for mark in self.nations.values() if mark.last == number.first), None)

    def of(self, number: Number, noun: Mark) -> Quantity:
        """Return so many people as a number says, of the kind that a noun says."""
        vague = number.kind == "vague"
        top = None if vague else number.value
        if noun.entry.layer != "people":
            return Quantity(number.first, noun.last, number.value, top, vague, role="people")
        return Quantity(number.first, noun.last, number.value, top, vague, noun.entry.values[0], noun.tag)

    def member(self, at: int) -> Mark | None:
        """Return the people of whom a number are meant: "tres de los soldados"."""
        words = self.line.tokens[at : at + PARTICLES]
        for step, token in enumerate(words):
            mark = self.people.get(at + step)
            if mark is not None and step:
                return mark if mark.tag != "modifier" and mark.entry.values[1] != "1" else None
            if token.low not in self.tongue.particles and token.low not in self.tongue.articles:
                return None
        return None

    def group(self, at: int) -> Figure | None:
        """Return the named group of whom so many are meant: "cinco de Hezbolá"."""
        for step, token in enumerate(self.line.tokens[at : at + PARTICLES]):
            one = self.named.get(at + step)
            if one is not None and step:
                return one
            if token.low not in self.tongue.particles and token.low not in self.tongue.articles:
                return None
        return None

    def governed(self, number: Number) -> bool:
        """Whether a verb of harm stands right before a number, so that whatever noun follows is of people."""
        hedge = self.hedges.get(number.first)
        starts = (number.first, hedge.first if hedge is not None else -1)
        return any(
            mark.last in starts and mark.entry.values[1] != "passive" for mark in self.line.of("tolls")
        )

    def bare(self, at: int) -> bool:
        """Whether a number that no noun of people follows may count people all the same."""
        if at >= len(self.line.tokens) or at in self.tolls:
            return True
        token = self.line.tokens[at]
        if not token.word:
            return token.text in ".,;)—–"
        if token.low in self.tongue.functions or token.low in self.tongue.joiners:
            return True
        return any(prefix in self.tongue.joiners for prefix, _ in self.tongue.phrases.variants(token.low))

    def ranged(self, one: Quantity) -> Quantity:
        """Take the first number of "entre 10 y 15", "10 o 15" into the quantity."""
        joint = self.hedges.get(one.first)
        if joint is None or joint.tag not in ("or", "and") or one.max is None:
            return one
        low = next((each for each in self.line.numbers.values() if each.last == joint.first), None)
        if low is None or low.value >= one.min or low.first in self.used:
            return one
        between = self.hedges.get(low.first)
        bounded = between is not None and between.tag == "between"
        if joint.tag != "or" and not bounded:
            return one
        first = between.first if between is not None and bounded else low.first
        self.used.update(range(first, one.first))
        return structs.replace(one, first=first, min=low.value, approx=True)

    def hedged(self, one: Quantity) -> Quantity:
        """Read "al menos", "unos", "entre ellos" before a quantity; articles may stand between."""
        at = one.first
        for _ in range(HEDGES):
            mark = self.hedges.get(at)
            if mark is None and at > 0 and self.line.tokens[at - 1].low in self.tongue.articles:
                mark = self.hedges.get(at - 1)
            if mark is None:
                break
            changed = _under(one, mark.tag)
            if changed is None:
                break
            one, at = changed, mark.first
        return structs.replace(one, first=min(at, one.first))


def _under(one: Quantity, hedge: str) -> Quantity | None:
    """Return a quantity under a hedge; None where the word is no hedge of a number."""
    if hedge == "least":
        return structs.replace(one, max=None)
    if hedge == "over":
        return structs.replace(one, max=None, approx=True)
    if hedge == "most":
        return structs.replace(one, max=one.min, min=min(1, one.min), approx=True)
    if hedge == "about":
        return structs.replace(one, approx=True)
    if hedge == "part":
        return structs.replace(one, part=True)
    if hedge == "total":
        return structs.replace(one, total=True)
    return one if hedge == "more" else None


def _parts(line: Line, found: list[Quantity]) -> list[Quantity]:
    """Carry "entre ellos" over a list: "entre ellos dos niños y una mujer"."""
    after = {mark.first for mark in line.of("hedges", "part")}
    verbs = {mark.first for mark in line.of("tolls")}
    result: list[Quantity] = []
    for one in found:
        chained = bool(result) and result[-1].part and listed(line, result[-1].last, one.first)
        part = one.part or (chained and one.last not in verbs) or (one.last in after and bool(result))
        result.append(structs.replace(one, part=part and bool(result)))
    return result


def listed(line: Line, last: int, first: int) -> bool:
    """Whether only a joint stands between two counts."""
    if last > first:
        return False
    between = line.tokens[last:first]
    if not between:
        return line.tokens[first].low[:1] in line.joiners
    return len(between) <= JOINT and all(not one.word or len(one.low) <= SHORT for one in between)
