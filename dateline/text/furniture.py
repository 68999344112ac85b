"""What a site repeats: a sketch of its lines, and which lines of an article it takes for furniture.

Owns the sketch (what is counted, how it ages, how it lies in bytes) and the verdict on a line. Refuses
phrases (``rules_*``), and the question which articles may teach: the caller leaves out revisions and
near-duplicates, so that a story told again never makes its own sentences look like furniture.

    recurring(lines, decode(stored)) -> places to remove
    lesson(lines, removed, day) -> bytes;  encode(learnt(sketch, lesson)) -> bytes
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import Struct as Packing
from typing import NamedTuple
from zlib import crc32

from msgspec import Struct

from dateline.model import Line, Removed, Role
from dateline.text import datelines
from dateline.text.clean import count_words

MAX_LINES = 160
"""Lines remembered of a host. An article brings about 15 that nobody sees again, so these outlast ten
articles: one that stands on a third of them is missed once in 60 times."""

MEMORY_ARTICLES = 64
"""At so many articles all counts are halved: what counts is the last 32 to 64."""

MEMORY_DAYS = 30
"""Counts are halved once more for so many days."""

FEWEST, FEWEST_IN_A_DAY = 6, 12
"""Articles on which a label stood before it can be furniture, on two days or more, or on one; of a sentence the
second holds in any case."""

LABEL_SHARE, INNER_SHARE = 1 / 3, 1 / 2
"""Least share of the host's articles: of a label at head or tail, of one between paragraphs."""

SENTENCE_SHARE, INNER_SENTENCE_SHARE = 0.6, 0.8
"""The same of a sentence at head or tail, and of one that stands before or behind an article's own. The common
background of a running story stands on fewer of an outlet's articles, its own notices on more."""

OPENING_LINES = 3
"""A sentence above the text and the same one below it are two; above are so many lines."""

LABEL_WORDS = 12
"""A line of up to so many words that does not end as a sentence does is a label."""

PLACE_WORDS = 3
"""A label this short above the text or in it may be the place of the story; it stays."""

OWN_WORDS = 12
"""A text without a sentence of so many words of its own is left whole."""

HEAD_LINES, TAIL_LINES, INNER_LINES = 6, 14, 12
"""Lines of an article that teach: the first, the last, and labels between them."""

MAX_CHARS = 1000
"""A longer line is never furniture."""

MAX_STRANGERS = 12
"""Labels seen for the first time (tags, headlines of other articles) that may stand among the known lines at an edge."""

_NEVER = 2.0  # a share that no line has

_HEAD, _ROW, _LESSON, _HASH = Packing("<BBHI"), Packing("<IHBB"), Packing("<HB"), Packing("<I")
_LAYOUT = 1
_SENTENCE_END = re.compile(r"[.!?…।。！？؟۔։።][\"'”’»)\]]*\Z")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FACT = re.compile(r"\A[^:：@/]{2,40}[:：]\s*[^\s@/][^@/]{0,60}\Z")
_CONTACT = re.compile(r"\d{5}|\d[\s-]\d{3}")
_IN_TEXT = frozenset((Role.BODY, Role.STANDFIRST, Role.QUOTE, Role.LIST))


class Row(Struct, frozen=True):
    """One line: on how many articles it stood, on which day first, and whether on two days."""

    articles: int
    day: int
    on_two_days: bool = False


class Sketch(Struct, frozen=True):
    """What is known of a host's lines. ``rows`` are by hash, the one seen last at the end."""

    articles: int = 0
    #: Day (since 1970-01-01) from which the next halving by age counts.
    day: int = 0
    rows: dict[int, Row] = {}


EMPTY = Sketch()


def key(text: str) -> str:
    """Return a line as it is compared: words in one case, years as one; other numbers tell lines apart.

    A list of facts has the same labels each day and other figures ("Killed: 12"): with all digits as one it
    would be furniture.
    """
    plain = " ".join(text.casefold().split())
    return _YEAR.sub("0", plain) if "19" in plain or "20" in plain else plain


def recurring(lines: Sequence[str], sketch: Sketch) -> frozenset[int]:
    """Return the places in ``lines`` of what the host repeats. Pure: the same text and sketch give the same places.

    ``lines`` are those of the text that no rule knows; an empty one stands for what is not of the text. Head and
    tail are the lines that no sentence of the article's own parts from its beginning or its end. A text that
    would be left without a sentence loses nothing.
    """
    known = {one for one, row in sketch.rows.items() if _is_known(row, sketch.articles)}
    if not known:
        return frozenset()
    live = _see(lines)
    above, below = _edge(live, known), _edge(live[::-1], known)
    found = frozenset(
        at
        for at, line in live
        if line.hash in known
        and _share(line, lines[at], is_above=at in above, is_below=at in below) * sketch.articles
        <= sketch.rows[line.hash].articles
        and (line.is_label or sketch.rows[line.hash].articles >= FEWEST_IN_A_DAY)
    )
    own = (line for at, line in live if at not in found and not line.is_label and line.words >= OWN_WORDS)
    return found if next(own, None) else frozenset()


def lesson(lines: Sequence[Line], removed: Iterable[Removed], day: int) -> bytes:
    """Return what an article teaches of its host: the hashes of at most 32 of its lines.

    ``lines`` and ``removed`` as cleaning gave them; of what was removed only what was taken as learned
    counts, so that furniture stays known while it lasts. ``day`` counts from 1970-01-01.
    """
    texts = [line.text if line.role in _IN_TEXT else "" for line in lines]
    for gone in reversed([one for one in removed if one.rule == "learned"]):
        texts.insert(min(max(gone.at, 0), len(texts)), gone.text)
    texts = [text for text in texts if text]
    inner = 0
    hashes: dict[int, None] = {}
    for at, line in _see(texts):
        if HEAD_LINES <= at < len(texts) - TAIL_LINES:
            inner += line.is_label
            if not line.is_label or inner > INNER_LINES:
                continue
        hashes[line.hash] = None
    return _LESSON.pack(day & 0xFFFF, len(hashes)) + b"".join(map(_HASH.pack, hashes))


def learnt(sketch: Sketch, taught: bytes) -> Sketch:
    """Return the sketch with one lesson more, or with all that stand behind each other in ``taught``.

    The order of lessons matters only where lines are forgotten. What is no lesson teaches nothing.
    """
    for day, hashes in _lessons(taught):
        sketch = _with(_aged(sketch, day), hashes, day)
    return sketch


def encode(sketch: Sketch) -> bytes:
    """Return at most 9 + 8 * ``MAX_LINES`` bytes. ``decode(encode(x)) == x``; lessons may be appended."""
    rows = b"".join(
        _ROW.pack(one, row.day, row.articles, row.on_two_days) for one, row in sketch.rows.items()
    )
    body = bytes((len(sketch.rows),)) + rows
    check = crc32(body, sketch.articles << 16 | sketch.day)
    return _HEAD.pack(_LAYOUT, sketch.articles, sketch.day, check) + body


@lru_cache(maxsize=64)
def decode(stored: bytes) -> Sketch:
    """Return the sketch with the lessons that were appended; total: what is damaged is an empty one."""
    if len(stored) <= _HEAD.size:
        return EMPTY
    layout, articles, day, check = _HEAD.unpack_from(stored)
    end = _HEAD.size + 1 + stored[_HEAD.size] * _ROW.size
    body = stored[_HEAD.size : end]
    if layout != _LAYOUT or len(stored) < end or check != crc32(body, articles << 16 | day):
        return EMPTY
    rows = {one: Row(count, first, bool(spread)) for one, first, count, spread in _ROW.iter_unpack(body[1:])}
    return learnt(Sketch(articles, day, rows), stored[end:])


class _Line(NamedTuple):
    """A line as it is judged."""

    hash: int
    words: int
    is_label: bool


class _Seen(NamedTuple):
    """A line and where it stands."""

    at: int
    line: _Line


def _see(lines: Sequence[str]) -> list[_Seen]:
    """Return the lines that can be furniture at all."""
    filled = [(at, text) for at, text in enumerate(lines) if text]
    seen = ((at, _line(text, rank < OPENING_LINES)) for rank, (at, text) in enumerate(filled))
    return [_Seen(at, line) for at, line in seen if line is not None]


@lru_cache(maxsize=512)
def _line(text: str, is_opening: bool) -> _Line | None:
    """Return a line with its hash; None for what is never furniture: too long, or without a letter."""
    if len(text) > MAX_CHARS or not any(map(str.isalpha, text)):
        return None
    words = count_words(text)
    is_label = words <= LABEL_WORDS and not _SENTENCE_END.search(text[-4:])
    place = "" if is_label else "above" if is_opening else "below"
    digest = blake2b(f"{place}\n{key(text)}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return _Line(int.from_bytes(digest, "little"), words, is_label)


def _edge(lines: Iterable[_Seen], known: set[int]) -> frozenset[int]:
    """Return the places of the known lines before the first sentence of the article's own."""
    found: list[int] = []
    strangers = 0
    for at, line in lines:
        if line.hash in known:
            found.append(at)
            continue
        strangers += 1
        if not line.is_label or strangers > MAX_STRANGERS:
            break
    return frozenset(found)


def _is_known(row: Row, articles: int) -> bool:
    enough = row.articles >= (FEWEST if row.on_two_days else FEWEST_IN_A_DAY)
    return enough and row.articles >= LABEL_SHARE * articles


def _share(line: _Line, text: str, *, is_above: bool, is_below: bool) -> float:
    """Return the share of the host's articles that makes a line furniture where it stands."""
    if not line.is_label:
        return SENTENCE_SHARE if is_above or is_below else INNER_SENTENCE_SHARE
    # What may be the place of the story, or a row of a sheet of facts ("Country: Somalia"), is evidence,
    # however often it recurs.
    if _FACT.match(text) and not _CONTACT.search(text):
        return _NEVER
    if is_below:
        return LABEL_SHARE
    if line.words <= PLACE_WORDS or datelines.read(text) is not None:
        return _NEVER
    return LABEL_SHARE if is_above else INNER_SHARE


def _lessons(taught: bytes) -> Iterator[tuple[int, list[int]]]:
    at = 0
    while at + _LESSON.size <= len(taught):
        day, count = _LESSON.unpack_from(taught, at)
        at += _LESSON.size
        end = at + count * _HASH.size
        if end > len(taught):
            return
        yield day, [one for (one,) in _HASH.iter_unpack(taught[at:end])]
        at = end


def _aged(sketch: Sketch, day: int) -> Sketch:
    """Return the sketch as of ``day``: halved for each month behind it, and where it is full."""
    times = max(0, day - sketch.day) // MEMORY_DAYS if sketch.articles else 0
    if sketch.articles >> times >= MEMORY_ARTICLES:
        times += 1
    if times == 0:
        return sketch if sketch.articles else Sketch(0, day, sketch.rows)
    rows = {
        one: Row(row.articles >> times, row.day, row.on_two_days)
        for one, row in sketch.rows.items()
        if row.articles >> times
    }
    return Sketch(sketch.articles >> times, max(day, sketch.day), rows)


def _with(sketch: Sketch, hashes: Sequence[int], day: int) -> Sketch:
    rows = dict(sketch.rows)
    for one in dict.fromkeys(hashes):
        row = rows.pop(one, None)
        rows[one] = Row(row.articles + 1, row.day, row.on_two_days or row.day != day) if row else Row(1, day)
    if len(rows) > MAX_LINES:
        # Python's sort is stable: of equals those go that were seen longest ago.
        weak = sorted(rows, key=lambda one: rows[one].articles)[: len(rows) - MAX_LINES]
        for one in weak:
            del rows[one]
    return Sketch(sketch.articles + 1, sketch.day, rows)
