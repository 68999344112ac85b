"""The recipe of reprints: clusters of copies made of real articles by seeded edits, several at once.

Reprints do not exist as a public set in number. A copy is its article after 2 to 5 of 22 edits (``EDITS``);
one copy in five is made of an earlier copy of the cluster, not of the original. How much of it is
changed is measured afterwards, against the original (``changed``). So that each band of change holds
enough copies, a band is drawn first and edits are drawn until the copy falls in it.

    clusters(articles, strangers, draw) -> list[Cluster]
"""

import itertools
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import reprint_words as given
from news_sets import Source, changed, tokens

BANDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6)
"""Shares of changed words: the goals hold up to .4; from there to .6 is for information."""

TRIES = 16
TABLE = 0.15
"""A text with a larger share of numbers among its words is a table."""

COPIES = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8)

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+")
_BREAK = re.compile(r"\n\s*\n|\n {3,}")
_NUMBER = re.compile(r"\d+")
_CLAUSE = re.compile(r", [^,.;]{15,90}, ")
_QUOTED = re.compile(r"\"[^\"]{12,400}\"|“[^”]{12,400}”")


@dataclass(frozen=True, slots=True)
class Copy:
    """A reprint and the edits that made it; ``changed`` 0 to 1 against the original."""

    id: str
    title: str
    text: str
    edits: tuple[str, ...]
    changed: float


@dataclass(frozen=True, slots=True)
class Cluster:
    source: Source
    copies: tuple[Copy, ...]


@dataclass(slots=True)
class Draft:
    """A text under edit, in paragraphs, and an unrelated article's to take from."""

    title: str
    paragraphs: list[str]
    strange: list[str]


Edit = Callable[[Draft, random.Random], None]


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs; one without marks into pairs of sentences."""
    parts = [" ".join(part.split()) for part in _BREAK.split(text) if part.strip()]
    if len(parts) >= 3:
        return parts
    single = sentences(" ".join(text.split()))
    return [" ".join(single[place : place + 2]) for place in range(0, len(single), 2)]


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part]


def _headline(draft: Draft, draw: random.Random) -> None:
    words = [word for word in draft.paragraphs[0].split() if len(word) > 3] or ["news"]
    picked = " ".join(words[place] for place in sorted(draw.sample(range(len(words)), min(5, len(words)))))
    draft.title = draw.choice(given.HEADLINES).format(picked)
    if draw.random() < 0.5:
        draft.paragraphs.insert(0, draft.title)


def _dateline(draft: Draft, draw: random.Random) -> None:
    place = f"{draw.choice(given.CITIES)}, Nov {draw.randint(1, 28)} {draw.choice(given.AGENCIES)}"
    draft.paragraphs[0] = f"{place} {draw.choice('-–—')} {draft.paragraphs[0]}"


def _cut_tail(draft: Draft, draw: random.Random) -> None:
    draft.paragraphs = _leading(draft.paragraphs, draw.uniform(0.5, 0.92))


def _cut_head(draft: Draft, draw: random.Random) -> None:
    dropped = len(_leading(draft.paragraphs, draw.uniform(0.05, 0.3)))
    draft.paragraphs = draft.paragraphs[dropped:] or draft.paragraphs


def _brief(draft: Draft, draw: random.Random) -> None:
    draft.paragraphs = _leading(draft.paragraphs, draw.uniform(0.25, 0.4))


def _drop_paragraphs(draft: Draft, draw: random.Random) -> None:
    draft.paragraphs = [part for part in draft.paragraphs if draw.random() > 0.18] or draft.paragraphs


def _add_paragraph(draft: Draft, draw: random.Random) -> None:
    for part in draw.sample(draft.strange, min(draw.randint(1, 2), len(draft.strange))):
        draft.paragraphs.insert(draw.randint(0, len(draft.paragraphs)), part)


def _embed(draft: Draft, draw: random.Random) -> None:
    """Set the text in a longer piece: the stranger's paragraphs before and behind it."""
    room = draw.uniform(0.3, 1.2) * sum(len(part) for part in draft.paragraphs)
    for part in draft.strange:
        if room <= 0:
            return
        draft.paragraphs.insert(0 if draw.random() < 0.4 else len(draft.paragraphs), part)
        room -= len(part)


def _furniture(draft: Draft, draw: random.Random) -> None:
    for line in draw.sample(given.FURNITURE, draw.randint(2, 4)):
        draft.paragraphs.insert(draw.randint(1, len(draft.paragraphs)), line)


def _boilerplate(draft: Draft, draw: random.Random) -> None:
    draft.paragraphs.insert(0, draw.choice(given.BYLINES))
    draft.paragraphs += draw.sample(given.CREDITS, draw.randint(1, 2))


def _merge(draft: Draft, draw: random.Random) -> None:
    """Let all breaks go and set new ones behind any sentence."""
    merged = [""]
    for one in sentences(" ".join(draft.paragraphs)):
        merged[-1] = f"{merged[-1]} {one}".strip()
        if draw.random() < 0.2:
            merged.append("")
    draft.paragraphs = [part for part in merged if part]


def _swap(draft: Draft, draw: random.Random) -> None:
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(max(1, len(draft.paragraphs) - 1))
        draft.paragraphs[place : place + 2] = draft.paragraphs[place : place + 2][::-1]


def _no_quotes(draft: Draft, draw: random.Random) -> None:
    """Leave quotes out: quoted words, or sentences that say who said it where a set has lost its marks."""
    plain = []
    for part in draft.paragraphs:
        kept = _QUOTED.sub("", part)
        if kept == part:
            told = [one for one in sentences(part) if not re.search(r"\b(?:said|says|told)\b", one)]
            kept = part if draw.random() < 0.6 else " ".join(told)
        plain.append(kept)
    draft.paragraphs = [part for part in plain if part.strip()] or draft.paragraphs


def _numbers(draft: Draft, draw: random.Random) -> None:
    """Correct some figures, as later reports do; a table keeps them, since other figures make another report."""
    words = tokens(" ".join(draft.paragraphs))
    if sum(word.isdigit() for word in words) > TABLE * len(words):
        return

    def other(found: re.Match[str]) -> str:
        return str(int(found[0][:9]) + draw.randint(1, 9)) if draw.random() < 0.4 else found[0]

    draft.paragraphs = [_NUMBER.sub(other, part) for part in draft.paragraphs]


def _scan(draft: Draft, draw: random.Random) -> None:
    """Misread letters, lose some, break words: what a reading machine does, of a good print or of a bad one."""
    rate = draw.uniform(0.02, 0.1) if draw.random() < 0.6 else draw.uniform(0.1, 0.25)
    draft.paragraphs = [_misread(part, rate, draw) for part in draft.paragraphs]


def _misread(text: str, rate: float, draw: random.Random) -> str:
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) < 3 or draw.random() > rate:
            continue
        at = draw.randrange(1, len(word))
        fitting = [pair for pair in given.LETTERS if pair[0] in word]
        ways = [word[:at] + word[at + 1 :], f"{word[:at]}- {word[at:]}", word[:at] + "." + word[at:]]
        ways += [word.replace(*draw.choice(fitting), 1)] * 3 if fitting else []
        words[place] = draw.choice(ways)
    return " ".join(words)


def _trim_clauses(draft: Draft, draw: random.Random) -> None:
    """Shorten long sentences by what stands between two commas."""

    draft.paragraphs = [
        _CLAUSE.sub(lambda found: " " if draw.random() < 0.6 else found[0], part) for part in draft.paragraphs
    ]


def _upper(draft: Draft, draw: random.Random) -> None:
    draft.paragraphs = [part.upper() for part in draft.paragraphs]


def _exchange(table: dict[str, str], rate: float) -> Edit:
    """Make an edit that exchanges words of a table, both ways, each pair of words throughout or not at all."""
    pairs = {**{value.lower(): key for key, value in table.items()}, **table}
    whole = "|".join(re.escape(word) for word in sorted(pairs, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{whole})(?![\w-])", re.IGNORECASE)

    def edit(draft: Draft, draw: random.Random) -> None:
        chosen = {word for word in sorted(pairs) if draw.random() < rate}

        def other(found: re.Match[str]) -> str:
            word = found[0].lower()
            if word not in chosen:
                return found[0]
            return pairs[word].capitalize() if found[0][0].isupper() else pairs[word]

        draft.paragraphs = [pattern.sub(other, part) for part in draft.paragraphs]

    return edit


def _leading(parts: list[str], share: float) -> list[str]:
    """Return the leading paragraphs that hold about so large a share of the words, at least one."""
    room = share * sum(len(part.split()) for part in parts)
    taken: list[str] = []
    for part in parts:
        size = len(part.split())
        if taken and room < size / 2:
            break
        taken.append(part)
        room -= size
    return taken


EDITS: dict[str, Edit] = {
    "headline": _headline,
    "dateline": _dateline,
    "cut_tail": _cut_tail,
    "cut_head": _cut_head,
    "brief": _brief,
    "dropped_paragraphs": _drop_paragraphs,
    "added_paragraph": _add_paragraph,
    "embedded": _embed,
    "furniture": _furniture,
    "boilerplate": _boilerplate,
    "merged_paragraphs": _merge,
    "swapped_paragraphs": _swap,
    "quotes_left_out": _no_quotes,
    "numbers_changed": _numbers,
    "scan_noise": _scan,
    "trimmed_clauses": _trim_clauses,
    "upper_case": _upper,
    "spellings": _exchange(given.SPELLINGS, 0.9),
    "names": _exchange(given.NAMES, 0.9),
    "hyphens": _exchange(given.HYPHENS, 0.9),
    "numbers_in_words": _exchange(given.DIGITS, 0.8),
    "synonyms": _exchange(given.SYNONYMS, 0.6),
}


def edited(title: str, text: str, strange: str, names: Sequence[str], draw: random.Random) -> tuple[str, str]:
    """Return title and text after the named edits, in that order."""
    draft = Draft(title, paragraphs(text), paragraphs(strange))
    for name in names:
        EDITS[name](draft, draw)
    return draft.title, "\n\n".join(draft.paragraphs)


def copy_of(source: Source, basis: Source | Copy, strange: Source, draw: random.Random) -> Copy:
    """Return a copy of ``basis`` whose change against the source falls in a band drawn first, if it can."""
    band = draw.randrange(len(BANDS) - 1)
    for _ in range(TRIES):
        names = tuple(draw.sample(sorted(EDITS), draw.randint(2, 5)))
        title, text = edited(basis.title, basis.text, strange.text, names, draw)
        share = changed(source.text, text)
        if BANDS[band] <= share < BANDS[band + 1] and len(tokens(text)) >= 20:
            break
    return Copy(id="", title=title, text=text, edits=names, changed=round(share, 4))


def clusters(sources: Sequence[Source], strangers: Sequence[Source], draw: random.Random) -> list[Cluster]:
    """Return one cluster for each article, of 1 to 8 copies.

    What is unrelated comes from the strangers, a new one for each copy while they last: they shall stand
    nowhere else in the measured set, and no two copies shall share one.
    """
    others = itertools.cycle(draw.sample(list(strangers), len(strangers)))
    made = []
    for source in sources:
        copies: list[Copy] = []
        for number in range(draw.choice(COPIES)):
            basis = draw.choice(copies) if copies and draw.random() < 0.2 else source
            copy = copy_of(source, basis, next(others), draw)
            copies.append(Copy(f"{source.id}+{number + 1}", copy.title, copy.text, copy.edits, copy.changed))
        made.append(Cluster(source, tuple(copies)))
    return made
