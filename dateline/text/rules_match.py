"""Which rule takes a line, found without trying them all.

Owns an index from the beginnings of words (``rules_keys``) to the phrases that need one of them, and
the compiled phrases, each made when a line first asks for it. Refuses phrases of its own and to know
where in a text a line stands (``clean`` does).

    index(RULES).rule_of(text, words, language) -> Rule | None
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from dateline.text.rules import UNSPACED, Rule
from dateline.text.rules_keys import keys, line_keys

LINE_MAX_CHARS = 1500
"""Longer lines are prose whatever they hold; it also bounds what a pattern can cost."""

_SENTENCE_WORDS = 5
"""A line of so many words that ends in a full stop is a sentence to rows that say so."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\xa0": " "})
_SCRIPTS = (("ar", "fa", "ur"), re.compile("[\u0600-\u06ff]")), (("ru", "uk"), re.compile("[\u0400-\u04ff]")), (("zh", "ja"), re.compile("[\u3040-\u30ff\u3400-\u9fff]")), (("hi",), re.compile("[\u0900-\u097f]"))  # fmt: skip
_NONE = (False,) * len(_SCRIPTS)


class Index:
    """All rules, by phrase; the order of the rows decides between phrases that match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._phrases = tuple((rule, phrase) for rule in rules for phrase in rule.phrases)
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._asked_always: list[int] = []
        for number, (rule, phrase) in enumerate(self._phrases):
            needed = frozenset() if rule.language in UNSPACED else keys(phrase)
            for key in needed:
                self._by_key[key].append(number)
            if not needed:
                self._asked_always.append(number)
        self._limits = sorted({rule.max_words for rule in rules})
        self._open_to = cache(self._phrases_open_to)
        self._pattern = cache(self._compiled)

    def rule_of(self, text: str, words: int, language: str | None) -> Rule | None:
        """Return the first rule that takes a line of so many words, or None."""
        if len(text) > LINE_MAX_CHARS or words > self._limits[-1]:
            return None
        is_ascii = text.isascii()
        plain = text if is_ascii else text.translate(_QUOTES)
        ends = words >= _SENTENCE_WORDS and plain.endswith(".") and not plain.endswith("...")
        present = _NONE if is_ascii else tuple(script.search(text) is not None for _, script in _SCRIPTS)
        fitting, always = self._open_to(present, self._limits[bisect_left(self._limits, words)], ends)
        found: list[int] = []
        for key in line_keys(plain.casefold()) & self._by_key.keys():
            found += self._by_key[key]
        for number in sorted(always.union(fitting.intersection(found))):
            rule = self._phrases[number][0]
            if rule.own_language_only and language not in (None, rule.language):
                continue
            if self._pattern(number).search(plain):
                return rule
        return None

    def compile_all(self) -> None:
        """Compile every phrase: half a second that each child of a worker would pay piece by piece."""
        for number in range(len(self._phrases)):
            self._pattern(number)

    def _phrases_open_to(
        self, present: tuple[bool, ...], words: int, ends: bool
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Return the phrases that a line of these scripts and so many words can match, and those to ask always."""
        absent = {
            code for here, (codes, _) in zip(present, _SCRIPTS, strict=True) if not here for code in codes
        }
        fitting = frozenset(
            number
            for number, (rule, _) in enumerate(self._phrases)
            if words <= rule.max_words and (rule.full_stop or not ends) and rule.language not in absent
        )
        return fitting, fitting.intersection(self._asked_always)

    def _compiled(self, number: int) -> re.Pattern[str]:
        rule, phrase = self._phrases[number]
        return re.compile(rule.around(phrase), re.IGNORECASE)
