"""Words of a sentence, and the phrases of a language found among them.

Owns the shape of a word (case, accents, letters that newsrooms write in two ways, clitics that are written
on to the next word) and the search for phrases. Refuses to know what a phrase means.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_TOKEN = re.compile(
    rf"\d+(?:[.,\u066b\u066c\u00a0\u202f]\d+)*|[A-Za-z][A-Za-z0-9]*[^\W\d_]*|(?:[^\W\d_][{MARKS}]*)+|[^\w\s'’‘`\-‐]"
)
_OPTION = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
_STEM_MIN = 2
_STEM_MOST = 24
_REST_MIN = 2
_REMEMBERED = 60_000
_MOST_PHRASES = 400
"""What one row may unfold into; more is a slip of the pen."""


class Token(Struct, frozen=True, gc=False):
    """A word, number or mark at characters start to end of its sentence; ``low`` is its folded form."""

    start: int
    end: int
    text: str
    low: str

    @property
    def digits(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()

    @property
    def word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()


class Entry(Struct, frozen=True, gc=False):
    """A row of a data file: the file's name, and all of its columns but the phrases."""

    layer: str
    tag: str
    values: tuple[str, ...] = ()


class Mark(Struct, frozen=True, gc=False):
    """A phrase found at tokens first to last (exclusive). ``caught`` are the numbers and classes within it."""

    first: int
    last: int
    entry: Entry
    #: Clitics that are written on to its first word.
    prefix: str = ""
    caught: tuple[tuple[str, int], ...] = ()

    @property
    def tag(self) -> str:
        return self.entry.tag


Numbers = Mapping[int, tuple[int, int]]
"""Where numbers begin: token to (token after it, value)."""

_Node = dict[str, object]
_END, _GAP = "", "..."
_State = tuple[_Node, int, str, tuple[tuple[str, int], ...], bool, int]
"""Node, token, clitics, what was caught, whether a time was just passed over, where the phrase ended before a gap."""

GAP_MOST = 7
"""Words that ``...`` in a phrase stands for, at most: a subject between a verb and its particle."""


class Phrases:
    """The phrases of one language, ready for search; immutable once built."""

    __slots__ = (
        "_accents",
        "_classes",
        "_exact",
        "_leads",
        "_letters",
        "_prefixes",
        "_root",
        "_stems",
        "fold",
        "labels",
        "variants",
    )

    def __init__(self, letters: Mapping[str, str], prefixes: Sequence[str], *, accents: bool) -> None:
        self._accents = accents
        self._letters = str.maketrans(dict(letters))
        self._prefixes = tuple(sorted(prefixes, key=len, reverse=True))
        self._root: _Node = {}
        self._leads: set[str] = set()
        self._exact: set[str] = set()
        self._stems: set[str] = set()
        self._classes: dict[str, list[tuple[str, int]]] = {}
        #: The folded form of a word.
        self.fold = lru_cache(maxsize=_REMEMBERED)(self._fold)
        #: The ways to read a folded word as (clitics, rest); the bare word first.
        self.variants = lru_cache(maxsize=_REMEMBERED)(self._variants)
        #: What a folded word may stand for: (edge, clitics before it, value of a class).
        self.labels = lru_cache(maxsize=_REMEMBERED)(self._labels)

    def _fold(self, word: str) -> str:
        low = word.lower()
        if not low.isascii():
            low = unicodedata.normalize("NFKC" if self._accents else "NFKD", low)
            low = "".join(ch for ch in low if not unicodedata.combining(ch)).translate(self._letters)
        return low

    def tokens(self, text: str) -> list[Token]:
        """Return the words, numbers and marks of a text; apostrophes and hyphens only part words."""
        fold = self.fold
        return [
            Token(found.start(), found.end(), word := found.group(), fold(word))
            for found in _TOKEN.finditer(text)
        ]

    def _variants(self, low: str) -> list[tuple[str, str]]:
        found = [("", low)]
        found.extend(
            (prefix, low[len(prefix) :])
            for prefix in self._prefixes
            if low.startswith(prefix) and len(low) - len(prefix) >= _REST_MIN
        )
        return found

    def clitics(self, low: str) -> list[tuple[str, str]]:
        """Return the ways to read a folded word as clitics and a rest, without the bare word."""
        return self.variants(low)[1:] if self._prefixes else []

    def lead(self, low: str) -> None:
        """Note that a number of two words begins with this one."""
        self._leads.add(low)

    def leads(self, low: str) -> bool:
        """Whether a number of two words may begin with this one."""
        return bool(self._leads) and any(rest in self._leads for _, rest in self.variants(low))

    def _labels(self, low: str) -> tuple[tuple[str, str, int], ...]:
        found: list[tuple[str, str, int]] = []
        for prefix, rest in self.variants(low):
            if rest in self._exact:
                found.append((rest, prefix, 0))
            found.extend((f"@{name}", prefix, value) for name, value in self._classes.get(rest, ()))
            stems = [
                rest[:size]
                for size in range(min(len(rest), _STEM_MOST), _STEM_MIN - 1, -1)
                if rest[:size] in self._stems
            ]
            found.extend((f"{stem}*", prefix, 0) for stem in stems)
        return tuple(found)

    def classify(self, name: str, value: int, phrase: str) -> None:
        """Make a word one of a class that other phrases name by ``@name``."""
        for words in self._unfold(phrase):
            if len(words) == 1:
                self._classes.setdefault(words[0], []).append((name, value))

    def add(self, entry: Entry, phrase: str) -> None:
        """File a phrase: words, ``stem*``, ``#`` for a number, ``@class``, ``[may be left out]``, ``(one/other)``.

        ``...`` stands for a few words; a phrase found with it ends before them.

        Raises:
            ValueError: the phrase is empty or unfolds into too many.
        """
        for words in self._unfold(phrase):
            node = self._root
            for word in words:
                if word.endswith("*") and len(word) > _STEM_MIN:
                    self._stems.add(word[:-1])
                elif word[0] not in "#@" and word != _GAP:
                    self._exact.add(word)
                node = node.setdefault(word, {})  # type: ignore[assignment]  # inner nodes are dicts
            ends = node.setdefault(_END, [])
            assert isinstance(ends, list)
            ends.append(entry)

    def _unfold(self, phrase: str) -> Iterable[tuple[str, ...]]:
        choices, done = [phrase], set[str]()
        while choices:
            one = choices.pop()
            found = _OPTION.search(one)
            if found is None:
                done.add(one)
            else:
                optional, chosen = found.groups()
                ways = ["", *optional.split("/")] if optional is not None else chosen.split("/")
                choices.extend(one[: found.start()] + way + one[found.end() :] for way in ways)
            if len(choices) + len(done) > _MOST_PHRASES:
                raise ValueError(f"too many phrases in one: {phrase!r}")
        unfolded = {self._words(one) for one in done}
        if () in unfolded:
            raise ValueError(f"no phrase: {phrase!r}")
        return unfolded

    def _words(self, phrase: str) -> tuple[str, ...]:
        found: list[str] = []
        for piece in phrase.split():
            if piece in ("#", _GAP) or piece.startswith("@"):
                found.append(piece)
                continue
            words = [token.low for token in self.tokens(piece.rstrip("*"))]
            if piece.endswith("*") and words:
                words[-1] += "*"
            found.extend(words)
        return tuple(found)

    def search(
        self, tokens: Sequence[Token], numbers: Numbers, skips: Mapping[int, int] | None = None
    ) -> list[Mark]:
        """Return the longest phrase of each layer at each token, none of a layer within another of it.

        ``skips`` are stretches, first token to the one behind, that may stand within a phrase: a time, mostly.
        """
        skips = skips or {}
        found: list[Mark] = []
        until: dict[str, int] = {}
        labels = [self.labels(token.low) for token in tokens]
        for first in range(len(tokens)):
            if not labels[first] and first not in numbers:
                continue
            best: dict[str, Mark] = {}
            for mark in self._at(labels, numbers, skips, first):
                known = best.get(mark.entry.layer)
                longer = known is not None and mark.last > known.last
                barer = known is not None and mark.last == known.last and len(mark.prefix) < len(known.prefix)
                if known is None or longer or barer:
                    best[mark.entry.layer] = mark
            for layer, mark in best.items():
                if first >= until.get(layer, 0):
                    until[layer] = mark.last
                    found.append(mark)
        return found

    def _at(
        self,
        labels: Sequence[tuple[tuple[str, str, int], ...]],
        numbers: Numbers,
        skips: Mapping[int, int],
        first: int,
    ) -> Iterable[Mark]:
        stack: list[_State] = [(self._root, first, "", (), False, 0)]
        while stack:
            node, at, prefix, caught, skipped, end = stack.pop()
            ends = node.get(_END)
            if isinstance(ends, list) and not skipped:
                for entry in ends:
                    yield Mark(first, end or at, entry, prefix, caught)
            if isinstance(after := node.get(_GAP), dict):
                reach = range(at, min(at + GAP_MOST, len(labels) - 1) + 1)
                stack.extend((after, to, prefix, caught, False, end or at) for to in reach)
            if at >= len(labels):
                continue
            if at in skips and at > first:
                stack.append((node, skips[at], prefix, caught, True, end))
            number = numbers.get(at)
            if number is not None and isinstance(following := node.get("#"), dict):
                stack.append((following, number[0], prefix, (*caught, ("#", number[1])), False, end))
            for label, clitics, value in reversed(labels[at]):  # what is written out comes first
                following = node.get(label)
                if isinstance(following, dict):
                    more = (*caught, (label, value)) if label[0] == "@" else caught
                    stack.append((following, at + 1, prefix if at > first else clitics, more, False, end))
