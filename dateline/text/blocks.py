"""Lines from a tree: one per paragraph, each with its role.

Owns how elements become paragraphs, for the extractor's own body (p, head, quote, list, row) and
for plain HTML (feed texts, pages that the extractor gives up). Refuses to choose what is furniture.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

from dateline.model import Line, Role

_ROLES = {
    "quote": Role.QUOTE,
    "blockquote": Role.QUOTE,
    "item": Role.LIST,
    "li": Role.LIST,
    "dd": Role.LIST,
    "figcaption": Role.CAPTION,
}
_BLOCKS = frozenset(
    ("p", "head", "quote", "list", "item", "table", "row", "cell", "code", "body", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6",
     "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "tr", "td", "th", "tbody", "thead", "hr", "figure", "figcaption", "center", "address", "caption", "html")
)  # fmt: skip
_SKIPPED = frozenset(
    ("script", "style", "noscript", "nav", "aside", "form", "footer", "button", "select", "iframe", "svg", "object", "template", "head", "textarea", "video", "audio", "map", "menu")
)  # fmt: skip
_BREAKS = frozenset(("lb", "br"))
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r"[.!?…:;\"”»۔؟।。][\"'”’»)\]]*\Z")
_CAPTION = re.compile(
    r"(?<![a-z])(?:captions?|cutline|legende|legenda|bildunterschrift)(?![a-z])", re.IGNORECASE
)
"""Class names of what stands under pictures, where it is no figcaption."""

_SHORT_CELL_CHARS = 80
CAPTIONS_MAX = 30
CAPTION_MIN_CHARS, CAPTION_CHARS = 20, 600
_CAPTIONS = etree.XPath("//figcaption | //*[contains(@class, 'aption')]")


def of_body(body: HtmlElement) -> list[Line]:
    """Return the lines of the extractor's body tree."""
    walk = _Walk(skipped=frozenset())
    walk.visit(body, Role.BODY)
    return walk.lines


def of_html(tree: HtmlElement) -> list[Line]:
    """Return the lines of an HTML tree without what never holds text of an article."""
    walk = _Walk(skipped=_SKIPPED)
    walk.visit(tree, Role.BODY)
    return walk.lines


def captions(tree: HtmlElement) -> list[Line]:
    """Return the captions of the pictures in the tree, but for those that are links to other articles."""
    found: dict[str, None] = {}
    for element in _CAPTIONS(tree):
        if element.tag != "figcaption" and not _is_caption(element):
            continue
        text = _SPACE.sub(" ", element.text_content()).strip()
        if len(text) < CAPTION_MIN_CHARS or any(text in other for other in found):
            continue
        if next(element.iterancestors("a", "aside", "nav", "footer", "li"), None) is None:
            found.setdefault(text[:CAPTION_CHARS])
        if len(found) == CAPTIONS_MAX:
            break
    return [Line(Role.CAPTION, text) for text in found]


def without(lines: list[Line], captions: list[Line]) -> list[Line]:
    """Return the lines but for those that are captions and were taken for text."""
    told = [line.text for line in captions]
    return [
        line
        for line in lines
        if len(line.text) < CAPTION_MIN_CHARS or not any(line.text in text for text in told)
    ]


def densest(tree: HtmlElement) -> HtmlElement:
    """Return the element whose own paragraphs hold most text: article and main before the rest."""
    weights: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        size = len(paragraph.text_content())
        parent = paragraph.getparent()
        if size >= 40 and parent is not None:
            weights[parent] = weights.get(parent, 0) + size
    return max(weights, key=lambda element: weights[element]) if weights else tree


class _Walk:
    """Gathers inline text and closes a line at each block."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self._skipped = skipped
        self._parts: list[str] = []
        self._after_break = False

    def visit(self, element: HtmlElement, role: Role) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in self._skipped:
            return
        if tag in ("row", "tr") and (cells := _short_cells(element)):
            self._close(role)
            self._parts.append(cells)
            self._close(role)
            return
        is_block = tag in _BLOCKS
        inner = Role.CAPTION if _is_caption(element) else _ROLES.get(tag, role)
        if is_block:
            self._close(role)
        self._parts.append(element.text or "")
        for child in element:
            if child.tag in _BREAKS:
                self._close(inner)
                self._after_break = True
            else:
                self.visit(child, inner)
            self._parts.append(child.tail or "")
        if is_block:
            self._close(inner)

    def _close(self, role: Role) -> None:
        text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self._parts.clear()
        if not text:
            return
        if self._after_break and self.lines and text[0].islower() and not _ENDS.search(self.lines[-1].text):
            # A break in mid-sentence is layout.
            last = self.lines.pop()
            text = f"{last.text} {text}"
        self._after_break = False
        self.lines.append(Line(role, text))


def _is_caption(element: HtmlElement) -> bool:
    name = element.get("class")
    return (
        name is not None
        and element.tag != "body"
        and _CAPTION.search(name) is not None
        and len("".join(element.itertext())) <= CAPTION_CHARS
    )


def _short_cells(row: HtmlElement) -> str:
    """Return the cells of a row of data as one line, or "" for a row that lays out paragraphs."""
    texts = [_SPACE.sub(" ", "".join(cell.itertext())).strip() for cell in row]
    texts = [text for text in texts if text]
    return " | ".join(texts) if len(texts) > 1 and max(map(len, texts)) <= _SHORT_CELL_CHARS else ""
