"""Nouns of people and their kinds.

Owns: the table ``data/tolls_people.txt`` and the endings that make a noun one of people. Refuses:
phrases; ``tolls_grammar`` reads those.
"""

from functools import cache
from importlib import resources

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon


class People(Struct, frozen=True):
    """Lower-cased nouns to their kind (civilian, soldiers, police, militants, …)."""

    kinds: dict[str, str]
    #: Those that stand for one person.
    singular: frozenset[str]

    def kind(self, word: str) -> str | None:
        """Return the kind of a noun, by list or by ending, or None when it is not one of people."""
        found = self.kinds.get(word)
        if found is not None or len(word) < 5:
            return found
        if word[0].isdigit():
            # "a 16-year-old": somebody of that age
            return "person" if word.endswith(_OLD) else None
        if word.endswith(_OLD):
            return "person"
        if "-" in word:
            return self.kind(word.rpartition("-")[2])
        if word.endswith(_CIVILIAN_ENDINGS):
            return "civilian"
        return None

    def is_one(self, word: str) -> bool:
        """Whether a noun of people is singular."""
        if word[0].isdigit() or word.endswith("-old"):
            return word.endswith("-old")
        if "-" in word and word not in self.kinds:
            word = word.rpartition("-")[2]
        return word in self.singular or (word not in self.kinds and not word.endswith(("s", "men", "women")))


_CIVILIAN_ENDINGS = (
    "women",
    "woman",
    "men",
    "man",
    "ists",
    "ist",
    "eers",
    "ians",
    "ologist",
    "ologists",
    "ioner",
    "ioners",
    "workers",
    "worker",
    "ants",
)

_OLD = ("-year-old", "-year-olds", "-month-old", "-month-olds")


@cache
def load() -> People:
    """Return the nouns of people; read once."""
    text = resources.files("dateline.incidents").joinpath("data/tolls_people.txt").read_text(encoding="utf-8")
    kinds: dict[str, str] = {}
    singular: set[str] = set()
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, nouns = line.partition(":")
        for noun in nouns.split():
            one, *plurals = noun.split("/")
            singular.add(one)
            kinds.setdefault(one, kind)
            for plural in plurals or _regular_plurals(one):
                kinds.setdefault(plural, kind)
    for both in ("personnel", "police", "forces", "troops", "taliban", "crew", "gang", "couple", "family"):
        singular.discard(both)
    return People(kinds, frozenset(singular))


def _regular_plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return (noun[:-1] + "ies",)
    if noun.endswith(("s", "x", "ch", "sh")):
        return (noun + "es",)
    return (noun + "s",)


def members_of(low: list[str], at: int, kind: str | None) -> tuple[int, str | None]:
    """Return where "six members of the government forces" ends, and their kind: the body tells what they are."""
    if (
        kind not in {"person", None}
        or low[at : at + 1] != ["of"]
        or low[at - 1] not in {"members", "personnel", "people", "member"}
    ):
        return at, kind
    end = at + 1
    found: str | None = None
    people = load()
    while (
        end < len(low)
        and end < at + 8
        and low[end][0].isalpha()
        and (
            low[end] == "the" or (low[end] in {"a", "an"} and end == at + 1) or low[end] not in lexicon.STOPS
        )
    ):
        found = lexicon.BODY_KINDS.get(low[end]) or people.kind(low[end]) or found
        end += 1
    return (end, found or kind) if end > at + 1 else (at, kind)
