"""One language as its folder of data files says it is.

Owns the format of the files and their reading. Refuses to read text. A folder holds ``grammar.toml`` and the
tables below (tab-separated; ``#`` begins a comment line; the last column holds phrases parted by ``|``);
docs/languages.md tells the columns.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
from msgspec import Struct

from dateline.errors import Misconfigured
from dateline.incidents.tongues.words import Entry, Phrases

LAYERS = {
    "numbers": 2, "hedges": 1, "people": 3, "tolls": 4, "triggers": 3, "times": 2, "places": 2, "names": 2,
    "actors": 1, "roles": 3, "sources": 2, "guards": 1,
}  # fmt: skip
"""The tables of a folder, and how many columns stand before the phrases. Each may be in parts: ``names.2.tsv``."""

CLASSES = frozenset({"month", "weekday", "unit"})
"""Tags of ``times`` whose words other phrases name: ``@month``."""


class Grammar(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The switches of a language, ``grammar.toml``."""

    name: str
    #: Words so frequent that two texts in a hundred words can hardly do without them; they tell the language.
    function_words: str = ""
    #: "svo": who does it stands before the verb; "vso": behind it.
    order: str = "svo"
    #: Whether names begin with a capital.
    capitals: bool = True
    #: Words that may stand within a name in capitals: "de", "al".
    particles: str = ""
    #: What is written on to the next word: "و", "ال".
    prefixes: str = ""
    #: Clitics that put a place: "ب" is "in".
    prefix_relations: dict[str, str] = {}
    #: Clitics of a figure behind a noun of an act: "ل" is who did it, or, where that is told, to whom.
    prefix_sides: dict[str, str] = {}
    #: Clitics and words that join a number to the next, or one count to another: "y", "و".
    joiners: str = ""
    #: The article, as word or clitic.
    articles: str = ""
    #: Letters that are written in two ways, with the one that counts.
    letters: dict[str, str] = {}
    #: Whether accents tell words apart: Spanish "bombardeó" and "bombardeo".
    accents: bool = False
    #: The sign that parts thousands; the other one is the decimal sign.
    thousands: str = "."
    day_first: bool = True
    #: Whether a number may follow its noun: "مدنيين اثنين".
    number_after: bool = False
    #: Words that end with a stop and no sentence: "Sr", "Gral".
    abbreviations: str = ""
    #: Whether names of actors in Latin letters are read as in English ("Boko Haram").
    latin_names: bool = True


class NumberWord(Struct, frozen=True, gc=False):
    """A number word. kind: unit, hundred and scale make numbers; one is also an article; vague is a floor."""

    value: int
    kind: str


class Tongue(Struct, frozen=True, kw_only=True):
    """A language, loaded: shared and immutable."""

    code: str
    grammar: Grammar
    phrases: Phrases
    #: The ``times`` table, which is read first.
    times: Phrases
    numbers: dict[str, NumberWord]
    functions: frozenset[str]
    particles: frozenset[str]
    joiners: frozenset[str]
    articles: frozenset[str]
    abbreviations: frozenset[str]


def codes() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages that have data, in order."""
    home = files("dateline.incidents") / "data" / "tongues"
    return tuple(sorted(one.name for one in home.iterdir() if (one / "grammar.toml").is_file()))


@cache
def load(code: str) -> Tongue:
    """Return a shipped language; read once (some 30 ms), then shared.

    Raises:
        FileNotFoundError: there is no such folder.
        Misconfigured: one of its files is not of the format.
    """
    return read(code, files("dateline.incidents") / "data" / "tongues" / code)


def read(code: str, folder: Traversable) -> Tongue:
    """Return the language that a folder of data files makes. Tables that are missing are empty.

    Raises:
        FileNotFoundError: the folder has no ``grammar.toml``.
        Misconfigured: a file is not of the format; the message names file and line.
    """
    try:
        grammar = msgspec.convert(tomllib.loads((folder / "grammar.toml").read_text("utf-8")), type=Grammar)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"{code}/grammar.toml: {error}") from error
    phrases = Phrases(grammar.letters, grammar.prefixes.split(), accents=grammar.accents)
    times = Phrases(grammar.letters, grammar.prefixes.split(), accents=grammar.accents)
    numbers: dict[str, NumberWord] = {}
    for layer, columns, where in _rows(folder):
        *values, texts = columns
        entry = Entry(layer, values[0], tuple("" if one == "-" else one for one in values[1:]))
        for phrase in filter(None, (one.strip() for one in texts.split("|"))):
            try:
                _file(times if layer == "times" else phrases, numbers, entry, phrase)
            except ValueError as error:
                raise Misconfigured(f"{code}/{where}: {error}") from error
    return Tongue(
        code=code,
        grammar=grammar,
        phrases=phrases,
        times=times,
        numbers=numbers,
        functions=_bag(phrases, grammar.function_words),
        particles=_bag(phrases, grammar.particles),
        joiners=_bag(phrases, grammar.joiners),
        articles=_bag(phrases, grammar.articles),
        abbreviations=frozenset(grammar.abbreviations.lower().split()),
    )


def _file(phrases: Phrases, numbers: dict[str, NumberWord], entry: Entry, phrase: str) -> None:
    if entry.layer == "numbers":
        key = " ".join(token.low for token in phrases.tokens(phrase))
        if " " in key:
            phrases.lead(key.partition(" ")[0])
        numbers[key] = NumberWord(int(entry.tag), entry.values[0])
        return
    if entry.layer == "times" and entry.tag in CLASSES:
        phrases.classify(entry.tag, int(entry.values[0]), phrase)
        return
    if entry.layer == "names" and entry.tag == "demonym":
        phrases.classify("nation", 0, phrase)
    phrases.add(entry, phrase)


def _rows(folder: Traversable) -> Iterator[tuple[str, list[str], str]]:
    for one in sorted(folder.iterdir(), key=lambda one: (one.name.count("."), one.name)):
        layer = one.name.partition(".")[0]
        if not one.name.endswith(".tsv"):
            continue
        if layer not in LAYERS:
            raise Misconfigured(f"{one.name}: no such table; there are {', '.join(LAYERS)}")
        for number, line in enumerate(one.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            columns = [re.sub(r"\s+", " ", column).strip() for column in line.split("\t")]
            if len(columns) != LAYERS[layer] + 1:
                raise Misconfigured(f"{one.name}:{number}: {len(columns)} columns, not {LAYERS[layer] + 1}")
            yield layer, columns, f"{one.name}:{number}"


def _bag(phrases: Phrases, words: str) -> frozenset[str]:
    return frozenset(phrases.fold(word) for word in words.split())
