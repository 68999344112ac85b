"""Where the article stands in a page, and that all of it is seen.

Owns finding the element around most of the paragraphs, and joining bodies that a page serves in
pieces (the extractor reads the first of them only). Refuses to judge what is furniture (``prune``) and lines (``clean``).

    around(body) -> what the paragraphs stand in
    join(body)
"""

from collections.abc import Iterable

from lxml.html import HtmlElement

from dateline.text import marks
from dateline.text.marks import Kind

PARAGRAPH_CHARS = 60
"""Shorter paragraphs say nothing of where the text stands."""

PARTS_MAX = 60
"""Pieces of one article: sites that show an advertisement every few paragraphs have ten or twenty."""


def holders(body: HtmlElement) -> dict[HtmlElement, int]:
    """Return the elements that paragraphs stand in, with the characters of these, in page order."""
    weights: dict[HtmlElement, int] = {}
    for paragraph in body.iter("p"):
        size = len("".join(paragraph.itertext()))
        parent = paragraph.getparent()
        if size < PARAGRAPH_CHARS or parent is None:
            continue
        if next(paragraph.iterancestors("footer", "nav", "aside"), None) is None:
            weights[parent] = weights.get(parent, 0) + size
    return weights


def around(body: HtmlElement) -> frozenset[HtmlElement]:
    """Return the element around most of the page's paragraphs and all that is around it."""
    weights = holders(body)
    for parent, size in list(weights.items()):
        above = parent.getparent()  # each paragraph may have a wrapper of its own
        if above is not None:
            weights[above] = weights.get(above, 0) + size
    if not weights:
        return frozenset((body,))
    main = max(weights, key=lambda element: weights[element])
    return frozenset((body, main, *main.iterancestors()))


def join(body: HtmlElement) -> None:
    """Put the pieces of a body that stands in several equal elements into the first of them.

    Equal are elements of one tag and class at one depth that hold paragraphs. Posts of a blog,
    comments and teasers are left: between them stand headlines, dates or articles.
    """
    weights = holders(body)
    if len(weights) < 2:
        return
    main = max(weights, key=lambda element: weights[element])
    names = main.get("class")
    if not names or main.tag == "body" or marks.kind(names) is not Kind.NONE:
        return
    depth = _depth(main)
    parts = [
        one for one in weights if one.tag == main.tag and one.get("class") == names and _depth(one) == depth
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
