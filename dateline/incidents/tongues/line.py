"""One sentence as the engine holds it: tokens, numbers, and the phrases of every table.

Owns numbers as they are written ("3.000", "treinta y cinco", "خمسة وعشرون") and where sentences end. Refuses
what a number counts (``counting``).
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.incidents import sentences
from dateline.incidents.sentences import Sentence
from dateline.incidents.tongues.tongue import NumberWord, Tongue
from dateline.incidents.tongues.words import Mark, Token

MAX_CHARS = 1_200
"""Characters of a sentence that are read; a longer one is a list."""

MAX_VALUE = 10_000_000

DATELINE_TOKENS = 12
"""Tokens among which a dateline ends: "Bogotá, 18 mar (EFE).-"."""


class Number(Struct, frozen=True, gc=False):
    """A number at tokens first to last (exclusive). ``kind`` is that of its word: one, vague, or plain."""

    first: int
    last: int
    value: int
    kind: str = "plain"


class Line(Struct, frozen=True):
    """A sentence, read. ``marks`` are in text order."""

    sentence: Sentence
    text: str
    tokens: list[Token]
    numbers: dict[int, Number]
    marks: list[Mark]
    #: The same by table.
    tables: dict[str, list[Mark]]
    joiners: frozenset[str]

    def of(self, layer: str, *tags: str) -> list[Mark]:
        """Return the phrases of a table, of all tags or of these."""
        found = self.tables.get(layer, [])
        return [one for one in found if one.entry.tag in tags] if tags and found else found

    def has(self, layer: str, *tags: str) -> bool:
        """Whether a phrase of a table, of any tag or of these, stands in the sentence."""
        return any(not tags or one.entry.tag in tags for one in self.tables.get(layer, ()))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of tokens first to last (exclusive)."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens first to last (exclusive)."""
        start, end = self.span(first, last)
        return self.text[start:end]


def read_line(sentence: Sentence, tongue: Tongue) -> Line:
    """Return a sentence with its numbers and phrases. Total over all text."""
    text = sentence.text[:MAX_CHARS]
    tokens = tongue.phrases.tokens(text)
    numbers = read_numbers(tokens, tongue)
    counts = {at: (one.last, one.value) for at, one in numbers.items()}
    times = tongue.times.search(tokens, counts)
    marks = tongue.phrases.search(tokens, counts, {one.first: one.last for one in times})
    marks = sorted(times + marks, key=lambda one: one.first)
    tables: dict[str, list[Mark]] = {}
    for one in marks:
        tables.setdefault(one.entry.layer, []).append(one)
    return Line(sentence, text, tokens, numbers, marks, tables, tongue.joiners)


def split(text: str, tongue: Tongue) -> list[Sentence]:
    """Return the sentences of a text; one that ends with an abbreviation of the language goes on."""
    found: list[Sentence] = []
    for one in sentences.split(text):
        last = found[-1] if found else None
        if last is not None and last.paragraph == one.paragraph and _goes_on(last.text, tongue):
            found[-1] = Sentence(last.start, one.end, text[last.start : one.end], one.paragraph)
        else:
            found.append(one)
    return found


def _goes_on(text: str, tongue: Tongue) -> bool:
    word = text[-16:].rsplit(None, 1)[-1].lower()
    return word.endswith(".") and word.strip('(«“"').removesuffix(".") in tongue.abbreviations


def read_numbers(tokens: Sequence[Token], tongue: Tongue) -> dict[int, Number]:
    """Return the numbers of a sentence by the token at which each begins."""
    found: dict[int, Number] = {}
    at = 0
    while at < len(tokens):
        number = _number_at(tokens, at, tongue)
        if number is None:
            at += 1
            continue
        found[at] = number
        at = number.last
    return found


def _number_at(tokens: Sequence[Token], at: int, tongue: Tongue) -> Number | None:
    token = tokens[at]
    if token.digits:
        value = digits_value(token.text, tongue.grammar.thousands)
        if value is None:
            return None
        scale = _word(tokens, at + 1, tongue)
        if scale is not None and scale[0].kind == "scale" and value * scale[0].value <= MAX_VALUE:
            return Number(at, at + 1 + scale[2], value * scale[0].value)
        return Number(at, at + 1, value)
    first = _word(tokens, at, tongue)
    if first is None:
        return None
    word, _, size = first
    if word.kind in ("one", "vague"):
        end = at + size
        scale = _word(tokens, end, tongue)
        if word.kind == "one" and scale is not None and scale[0].kind == "vague":
            return Number(at, end + scale[2], scale[0].value, "vague")
        return Number(at, end, word.value, word.kind)
    return _composed(tokens, at, word, size, tongue)


def _composed(tokens: Sequence[Token], at: int, word: NumberWord, size: int, tongue: Tongue) -> Number:
    """Return the number that follows on one another's words: hundreds, tens, ones, each with its scale."""
    total, current, end = 0, word.value, at + size
    while True:
        joined = end < len(tokens) and tokens[end].low in tongue.joiners
        following = _word(tokens, end + joined, tongue)
        if following is None:
            break
        word, prefix, size = following
        joined = joined or bool(prefix)
        if word.kind == "scale" and not joined:
            if word.value > 100:
                total, current = total + current * word.value, 0
            else:
                current *= word.value
        elif word.kind in ("unit", "hundred", "one", "scale") and _adds(current, word.value, joined=joined):
            current += word.value
        else:
            break
        end += size + (1 if end < len(tokens) and tokens[end].low in tongue.joiners else 0)
    return Number(at, end, min(total + current, MAX_VALUE))


def _adds(current: int, value: int, *, joined: bool) -> bool:
    """Whether a number goes on with a smaller one, or, joined, a one with a ten ("خمسة وعشرون")."""
    if 0 < current < 10 and joined:
        return 20 <= value <= 90 and value % 10 == 0
    return value > 0 and current % 10 ** len(str(value)) == 0 and (joined or current == 0 or current >= 100)


def _word(tokens: Sequence[Token], at: int, tongue: Tongue) -> tuple[NumberWord, str, int] | None:
    """Return the number word at a token, the joiner that is written on to it, and its length in tokens."""
    if at >= len(tokens) or not tokens[at].word:
        return None
    if at + 1 < len(tokens) and tongue.phrases.leads(tokens[at].low):
        pair = f"{tokens[at].low} {tokens[at + 1].low}"
        for prefix, rest in tongue.phrases.variants(pair):
            if rest in tongue.numbers:
                return tongue.numbers[rest], prefix, 2
    low = tokens[at].low
    if low in tongue.numbers:
        return tongue.numbers[low], "", 1
    for prefix, rest in tongue.phrases.clitics(low):
        if rest in tongue.numbers:
            return tongue.numbers[rest], prefix, 1
    return None


def digits_value(text: str, thousands: str) -> int | None:
    """Return the whole number that digits of any script write, None for a decimal or a number too large."""
    parts: list[str] = [""]
    for ch in text:
        if ch.isdecimal():
            parts[-1] += ch
        elif ch == thousands or ch in "\u066c\u00a0\u202f":
            parts.append("")
        else:
            return None
    if len(parts) > 1 and not all(len(part) == 3 for part in parts[1:]):
        return None
    whole = "".join(parts)
    return value if 0 < len(whole) <= 8 and (value := int(whole)) <= MAX_VALUE else None


def dateline_end(line: Line) -> int:
    """Return the token behind "BAGDAD (AFP) —" at the start, 0 when there is none."""
    for at, token in enumerate(line.tokens[:DATELINE_TOKENS]):
        if token.text in "—–" or (token.text == "-" and at):
            return at
    gap = line.text[:60]
    for mark in (" - ", " – ", " — ", ".- "):
        if mark in gap:
            cut = gap.index(mark)
            head = sum(token.start < cut for token in line.tokens)
            return head if head <= DATELINE_TOKENS - 2 else 0
    return 0
