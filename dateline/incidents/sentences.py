"""Sentences of a text, and the quoted spans inside one.

Owns: where a sentence, a paragraph and a quotation begin and end. Refuses: meaning; nothing here
knows what a word says. Total over any ``str``: it never raises, and ``text`` is always the slice
``[start:end]`` of what was handed in.

    split(text) -> tuple[Sentence, ...]
    quotes(sentence) -> tuple[tuple[int, int], ...]
"""

import itertools
import re

from msgspec import Struct

WRAP_MIN_CHARS = 45
WRAP_MAX_CHARS = 90
"""Line lengths of hard-wrapped newswire (72 columns, give or take a long word)."""


def bag(words: str) -> frozenset[str]:
    """Return the words of a text, as a set to look words up in."""
    return frozenset(words.split())


#: Never end a sentence: a name, a number or a word always follows.
_TITLES = bag(
    """
    adm amb asst brig capt cap cdr cmdr cmdt col cpl cpt det dir dr drs eng ens fr gen gov hon insp
    lt ltc ltg maj mgr mr mrs ms msgr mt mx no nos nr pfc ph pres prof pte pvt rep reps rev rs ret
    sen sens sgt sr sra srta sta ste supt st vs viz cf eg ie fig op ca approx est art arts vol pp
    mssrs messrs gral tte tcnel sgto lic ing dña mme mlle
    """
)
#: End a sentence only when what follows looks like a new one.
_MAYBE_LAST = bag(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec inc corp co ltd llc plc bros jr sr dept univ
    ave blvd rd hwy etc al a.m p.m am pm u.s u.k u.n e.u d.c u.s.a km kg ft hrs hr min sec mon tue
    tues wed thu thur thurs fri sat sun tel ext assn bn
    """
)
#: Words that open a sentence far more often than they follow an abbreviation.
_OPENERS = bag(
    """
    the a an in on at it he she they we i this that these those there but and as after before
    according meanwhile however no one some two three police officials witnesses his her its their
    when while since for from with if so later earlier
    """
)

# One leading character class, so that the search runs at the speed of a scan.
_STOP = re.compile(r"""(?P<stop>[.!?…‽。！？｡؟۔।॥]+)(?P<close>["'”’»›)\]」』）》】]*)""")
_OTHER_SCRIPTS = frozenset("。！？｡؟۔।॥")
_GLUED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+[ ,]")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«]*$")
_NEXT_WORD = re.compile(r"""[\s"'“‘«‹(\[\-–—]*([^\s]*)""")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


class Sentence(Struct, frozen=True, gc=False):
    """One sentence: ``text == whole[start:end]``, no white space at either end; paragraphs count from 0."""

    start: int
    end: int
    text: str
    paragraph: int


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; empty for white space alone.

    A line break ends a paragraph, except in hard-wrapped text, where only a blank line does.
    """
    sentences: list[Sentence] = []
    flat = text.replace("\r\n", " \n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    for number, (start, end) in enumerate(_paragraphs(flat)):
        for low, high in _cut(flat, start, end):
            sentences.append(Sentence(low, high, text[low:high], number))
    return tuple(sentences)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of paragraphs that hold something."""
    wrapped = _is_wrapped(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BLANK.finditer(text) if wrapped else re.finditer(r"\n", text):
        if not wrapped and _runs_on(text, start, match.start()):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if text[span[0] : span[1]].strip()]


def _is_wrapped(text: str) -> bool:
    """Most lines that go on with the next line have the length of a wrapped one."""
    lines = text.split("\n")
    inner = [len(a.strip()) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if not inner or max(map(len, lines)) > WRAP_MAX_CHARS * 1.2:
        return False
    full = sum(WRAP_MIN_CHARS <= size <= WRAP_MAX_CHARS for size in inner)
    return full >= 0.6 * len(inner)


def _runs_on(text: str, start: int, at: int) -> bool:
    """A line break inside a sentence: no stop before it, a small letter after it."""
    after = text[at + 1 : at + 3].lstrip(" ")
    before = text[max(start, at - 2) : at].rstrip()
    return (
        after[:1].islower()
        and bool(before)
        and (before[-1].isalnum() or before[-1] == ",")
        and at - start > 40
    )


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph."""
    spans: list[tuple[int, int]] = []
    low = start
    for match in _STOP.finditer(text, start, end):
        if not _is_stop(text, low, match, end):
            continue
        spans.append((low, match.end()))
        low = match.end()
    spans.append((low, end))
    trimmed = []
    for first, last in spans:
        body = text[first:last]
        bare = body.strip()
        if bare:
            at = first + len(body) - len(body.lstrip())
            trimmed.append((at, at + len(bare)))
    return trimmed


def _is_stop(text: str, low: int, match: "re.Match[str]", end: int) -> bool:
    """Whether stops end a sentence: always in scripts that keep them for that, else by what is around."""
    if match["stop"][0] in _OTHER_SCRIPTS:
        return True
    at = match.end()
    if at >= end or text[at].isspace():
        return _ends_here(text, low, match, end)
    # "…the end.The next": two small letters before, a capitalised word after
    before = text[match.start() - 2 : match.start()]
    return (
        not match["close"]
        and len(before) == 2
        and before.isalpha()
        and before.islower()
        and bool(_GLUED.match(text, at))
    )


def _ends_here(text: str, low: int, match: "re.Match[str]", end: int) -> bool:
    """Whether a stop with white space after it ends the sentence that began at ``low``."""
    follow = _NEXT_WORD.match(text, match.end(), min(end, match.end() + 60))
    upcoming = follow.group(1) if follow else ""
    if not upcoming:
        return True
    if upcoming[0].islower() and not upcoming[0].isdigit():
        return False
    stops = match["stop"]
    if stops != ".":
        return True
    found = _WORD_BEFORE.search(text, max(low, match.start() - 40), match.start())
    word = found.group(0) if found else ""
    return _word_ends(word, upcoming, closed=bool(match["close"]))


def _word_ends(word: str, upcoming: str, *, closed: bool) -> bool:
    """Whether ``word.`` is a last word rather than an abbreviation, given the word that follows."""
    key = word.lower().strip("-–—,")
    if closed or not key:
        return True
    opener = upcoming.lower().strip(",.;:'\"”’") in _OPENERS
    if key in _TITLES:
        # "No." before a number is an abbreviation; "no." before a word is an answer.
        return not upcoming[0].isdigit() if key in {"no", "nos", "op", "fig", "vol", "art"} else False
    if key in _MAYBE_LAST:
        if upcoming[0].isdigit():
            return key in {"a.m", "p.m", "etc", "jr", "inc"}
        return opener
    if _INITIALS.fullmatch(word) and (word[0].isupper() or "." in word):
        # "J. Smith" and "U.N. Security Council" go on; "the U.S. The" does not.
        return opener and len(key) > 1
    return True


_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‹": "›"}
_MARK = re.compile("[\"“”«»„「」『』‹›]|``|''")


def quotes(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of quoted words, marks included, in order and without overlap.

    A quotation that is not closed runs to the end; one that is closed but never opened, as in the
    second sentence of a long quotation, runs from the start.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    closers = ""
    for match in _MARK.finditer(sentence):
        mark, at, stop = match.group(), match.start(), match.end()
        if opened is None:
            if mark in _PAIRS:
                opened, closers = at, _PAIRS[mark]
            elif mark in "”»」』›" or _looks_closing(sentence, at, stop, first=not spans):
                if not spans:
                    spans.append((0, stop))
            else:
                opened, closers = at, "''\"" if mark in {"``", "''"} else mark
        elif mark in closers:
            spans.append((opened, stop))
            opened = None
    if opened is not None:
        spans.append((opened, len(sentence)))
    return tuple(spans)


def _looks_closing(sentence: str, at: int, stop: int, *, first: bool) -> bool:
    """A straight mark that follows a word and is followed by none closes what came before."""
    if not first or at == 0 or sentence[at - 1].isspace() or sentence[at - 1] in "([-–—":
        return False
    return stop >= len(sentence) or not sentence[stop].isalnum()
