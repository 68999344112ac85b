"""Where the article stands in a page, and that all of it is read.

Owns finding the element around most of the paragraphs, joining bodies that a page serves in
pieces (the extractor reads the first of them only), and putting back paragraphs that the extractor
lost. Refuses to judge what is furniture (``prune``) and lines (``clean``).

    around(body) -> what the paragraphs stand in
    join(body)
    weigh(body) -> unlinked characters of every element
    completed(lines, plain) -> the lines with what is missing from them
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from dateline.model import Line, Role
from dateline.text import marks
from dateline.text.marks import Kind

PARAGRAPH_CHARS = 60
"""Shorter paragraphs say nothing of where the text stands."""

SEARCHED_CHARS_MAX = 50_000_000
"""Each line that is looked for in vain reads the whole text; this many characters cost 50 ms."""

DATELINE_CHARS = 50
"""A dateline in an element of its own is no longer."""

END_CHARS = 30
"""A line whose first and last characters are there is there, with other characters within."""

FOUND_SHARE = 0.5
"""With less of the body's paragraphs in it, what the extractor found is another part of the page."""

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…:。！？؟۔।][\"'”’»)\]」』]*\Z")
_INLINE = frozenset(("p", "a", "b", "i", "em", "strong", "font", "span", "h1", "h2", "h3", "li"))

PARTS_MAX = 60
"""Pieces of one article: sites that show an advertisement every few paragraphs have ten or twenty."""


def weigh(body: HtmlElement) -> dict[HtmlElement, int]:
    """Return the characters of text that are in no link, of every element; 0 for a link."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed(list(body.iter())):
        if element.tag == "a":
            sizes[element] = 0
            continue
        size = len(element.text.strip()) if element.text else 0
        for child in element:
            tail = child.tail
            size += sizes[child] + (len(tail.strip()) if tail else 0)
        sizes[element] = size
    return sizes


def holders(body: HtmlElement) -> dict[HtmlElement, int]:
    """Return the elements that paragraphs stand in, with the characters of these, in page order.

    Paragraphs are elements or parted by line breaks.
    """
    weights: dict[HtmlElement, int] = {}
    for element in body.iter("p", "br"):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "p":
            size = len("".join(element.itertext()))
        elif parent.tag in _INLINE:
            continue
        else:
            size = len(element.tail or "") + (len(parent.text or "") if element is parent[0] else 0)
        if size >= PARAGRAPH_CHARS and next(element.iterancestors("footer", "nav", "aside"), None) is None:
            weights[parent] = weights.get(parent, 0) + size
    return weights


def around(body: HtmlElement) -> frozenset[HtmlElement]:
    """Return the element around most of the page's paragraphs and all that is around it."""
    found = main(body)
    return frozenset((body, found, *found.iterancestors()))


def main(body: HtmlElement) -> HtmlElement:
    """Return the element around most of the page's paragraphs: the body when it has none."""
    weights = holders(body)
    for parent, size in list(weights.items()):
        above = parent.getparent()  # each paragraph may have a wrapper of its own
        if above is not None:
            weights[above] = weights.get(above, 0) + size
    return max(weights, key=lambda element: weights[element]) if weights else body


def join(body: HtmlElement) -> None:
    """Put the pieces of a body that stands in several equal elements into the first of them.

    Equal are elements of one tag and class at one depth that hold paragraphs. Posts of a blog,
    comments and teasers are left: between them stand headlines, dates or articles.
    """
    weights = holders(body)
    if len(weights) < 2:
        return
    largest = max(weights, key=lambda element: weights[element])
    names = largest.get("class")
    if not names or largest.tag == "body" or marks.kind(names) is not Kind.NONE:
        return
    depth = _depth(largest)
    parts = [
        one
        for one in weights
        if one.tag == largest.tag and one.get("class") == names and _depth(one) == depth
    ]
    if not 2 <= len(parts) <= PARTS_MAX:
        return
    around = _around(parts)
    if around is None or _is_apart(around, set(parts)):
        return
    first = parts[0]
    for part in parts[1:]:
        if part.text and part.text.strip():
            return
        first.extend(list(part))


def _is_apart(around: HtmlElement, parts: set[HtmlElement]) -> bool:
    """Whether between the parts stands what stands between stories: headlines that are links, dates, articles."""
    for element in around.iter("h1", "h2", "h3", "time", "article"):
        if element.tag in ("h2", "h3") and element.find(".//a") is None:
            continue
        if element is not around and parts.isdisjoint(element.iterancestors()):
            return True
    return False


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _around(parts: Iterable[HtmlElement]) -> HtmlElement | None:
    """Return the innermost element around all of them."""
    first, *others = parts
    shared = [set(one.iterancestors()) for one in others]
    return next((up for up in first.iterancestors() if all(up in one for one in shared)), None)


def completed(lines: Sequence[Line], plain: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with the sentences of ``plain``, the body's own lines, that are missing from them.

    Each is put behind the line that precedes it on the page. What follows the last line that was
    found is left out: there the extractor stopped for a reason. When little is
    found, the two are of different parts of the page, and ``lines`` stay.
    """
    texts = [_SPACE.sub("", line.text) for line in lines]
    starts = [0, *accumulate(map(len, texts))]
    text = "".join(texts)
    at, searched, found_chars, prose_chars = 0, 0, 0, 0
    missing: list[Line] = []
    behind: dict[int, list[Line]] = {}
    for line in plain:
        if line.role is Role.CAPTION:
            continue
        tight = _SPACE.sub("", line.text)
        is_prose = len(tight) >= PARAGRAPH_CHARS and _SENTENCE_END.search(tight) is not None
        prose_chars += len(tight) if is_prose else 0
        place = text.find(tight, at)
        if place < 0:
            place = text.find(tight)
        if place >= 0:
            found_chars += len(tight) if is_prose else 0
            if missing:
                behind.setdefault(bisect_right(starts, place) - 2, []).extend(missing)
                missing = []
            at = place + len(tight)
            continue
        searched += len(text)
        if searched > SEARCHED_CHARS_MAX:
            return list(lines)
        if _is_dateline(line.text) or (is_prose and not _is_partly(tight, text)):
            missing.append(line)
    if found_chars < FOUND_SHARE * prose_chars:
        return list(lines)
    together = list(behind.get(-1, []))
    for number, line in enumerate(lines):
        together += [line, *behind.get(number, ())]
    return together


def _is_dateline(text: str) -> bool:
    """Whether a short line names a place before the first sentence: "Washington/New Delhi:", "KYIV —"."""
    return len(text) <= DATELINE_CHARS and text[-1] in ":—–" and text[:1].isupper()


def _is_partly(tight: str, text: str) -> bool:
    return tight[:END_CHARS] in text and tight[-END_CHARS:] in text
