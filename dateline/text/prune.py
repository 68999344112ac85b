"""What is no part of the article, taken out of a page's tree before its text is looked for.

Owns weighing: what an element is called (``marks``), what its heading says and how its text is
linked, against how much of the page's unlinked text it holds. Refuses to judge lines (``clean``
does), and never takes what the page's paragraphs stand in, or the headline.

    furniture(tree)
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from dateline.text import marks, whole
from dateline.text.marks import Kind

SURE_SHARE = 0.5
"""An element of a sure name that holds more of the page's unlinked text is a wrapper, or the page's subject."""

LIKELY_SHARE = 0.2
"""The same for names that headers and bodies bear as well, for boxes known by a heading, and for cards."""

LEFT_CHARS = 200
"""Unlinked text that must be left: nothing is taken from a page that would fall below."""

CARD_CHARS = 240
"""A teaser under a linked headline is no longer; a section of a text under a linked heading is."""

CARD_WORDS = 4
"""A linked heading of fewer words is a section, not a headline."""

CARD_TEXTS = 40
"""Pieces of text of a link that are looked at."""

LABEL_CHARS = 40
"""Unlinked text of so few characters is a label."""

LABELLED_CHARS = 20
"""Unlinked characters before or after the one link of a line: "READ MORE:", "[INSIGHT]"."""

LINKED_SHARE = 0.6
"""What stands beside the text with a larger share of linked text is a menu or a list of headlines."""

CARDS_MAX = 20
"""Cards of one box at most; a larger box is a page."""

BOXES_MAX = 400
"""Headings, and linked headlines, that are looked at: each is weighed with what is around it."""

WEIGHINGS_MAX = 30
"""How often a page's text is weighed in all; elements nested by the hundred would cost seconds."""

FIELDS_MAX = 40
"""Fields to fill in that are looked at."""

MENU_LINKS = 3
"""Fewer links are no menu."""

_ASKING = frozenset(("text", "email", "tel", "search", "password"))
"""Types of fields that a reader fills in; hidden ones and buttons stand anywhere."""

_NEVER = frozenset(("script", "style", "iframe", "svg", "select", "input", "textarea", "template", "embed", "video", "audio", "canvas", "map", "link", "option", "optgroup", "datalist", "progress", "frame", "frameset", "applet"))  # fmt: skip
"""Elements that hold no text of an article, whatever a page does."""

_BOXES = frozenset(("aside", "footer", "form", "fieldset", "nav", "menu", "noscript", "button", "label", "dialog", "object", "marquee"))  # fmt: skip
"""Elements that are furniture unless the page is built into one, as some are into a form or a noscript."""

_BUILT_INTO = frozenset(("form", "fieldset", "noscript"))
"""Those of them that pages are built into: the extractor would drop them."""

_NAMED = frozenset(("div", "section", "ul", "ol", "li", "table", "td", "tr", "p", "span", "article", "header", "dl", "details", "h2", "h3", "h4", "h5", "h6", "main", "center", "blockquote"))  # fmt: skip
_BLOCKS = frozenset(("div", "section", "article", "main"))
"""A link right within them is a box; in a sentence it may be called anything."""

_BESIDE = ("td", "tr", "div", "section", "ul", "ol", "table", "center")
_LEAVES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "b", "i", "em", "strong", "img", "br", "hr", "pre", "figcaption"))  # fmt: skip
_SPEAKING = frozenset(("class", "id", "role", "aria-label", "data-component", "data-module", "data-testid", "data-type", "data-widget", "data-block", "data-name"))  # fmt: skip
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "legend", "dt", "summary")
_AROUND_HEADINGS = frozenset(("p", "span", "header", "a", "b", "strong", "font"))

_SPACE = re.compile(r"\s+")
_TEXT_CHARS = etree.XPath("string-length(normalize-space(.))")
_TIPS = etree.XPath(
    ".//p//span[contains(@class, 'over') or contains(@class, 'tip') or contains(@role, 'tip')]"
)
_HAS_TITLE = etree.XPath("boolean(descendant-or-self::h1)")


def furniture(tree: HtmlElement) -> None:
    """Take furniture out of the tree: elements that are named so, boxes headed so, headlines that link elsewhere.

    Total over trees; the paragraph that holds most text always stays.
    """
    found = tree.find("body")
    body = tree if found is None else found
    asking = [field.getparent() for field in tree.iter("input") if field.get("type", "text") in _ASKING]
    for element in list(tree.iter(*_NEVER)):
        _drop(element)
    page = _Page(body)
    page.take_asking(asking)
    page.take_tips()
    page.take_named()
    page.take_labelled()
    page.take_cards()
    page.take_menus()
    page.take_linked()
    whole.join(body)


class _Page:
    """A page, what must stay of it, and how much unlinked text is left."""

    def __init__(self, body: HtmlElement) -> None:
        self._body = body
        self._sizes = whole.weigh(body)
        self._left = self._whole = self._sizes[body]
        self._weighed = 0
        self._large: set[HtmlElement] = set()
        self._kept = whole.around(body)
        for box in self._kept:
            if box.tag in _BUILT_INTO:
                box.tag = "div"

    def take_named(self) -> None:
        """Take what is called furniture, outermost first."""
        pending = [self._body]
        while pending:
            for child in list(pending.pop()):
                tag = child.tag
                is_named = tag in _NAMED or (tag == "a" and len(child) and child.getparent().tag in _BLOCKS)
                kind = Kind.SURE if tag in _BOXES else _kind(child) if is_named else Kind.NONE
                if kind is Kind.SURE and self._take(child, SURE_SHARE):
                    continue
                if kind is Kind.LIKELY and self._leads_on(child) and self._take(child, LIKELY_SHARE):
                    continue
                if tag not in _LEAVES and len(child):
                    pending.append(child)

    def take_tips(self) -> None:
        """Take what opens over a word of a sentence: the text would read it in the middle of it."""
        for tip in list(islice(_TIPS(self._body), BOXES_MAX)):
            if _kind(tip) is Kind.SURE:
                self._take(tip, LIKELY_SHARE)

    def take_asking(self, boxes: Sequence[HtmlElement | None]) -> None:
        """Take the small boxes around fields to fill in, with what they promise."""
        for box in list(dict.fromkeys(boxes))[:FIELDS_MAX]:
            found, around = None, box
            while around is not None and self._is_small(around):
                found, around = around, around.getparent()
            if found is not None:
                self._take(found, SURE_SHARE)

    def take_labelled(self) -> None:
        """Take boxes whose heading says that they lead elsewhere, and lists under such a heading."""
        for heading in list(islice(self._body.iter(*_HEADINGS), BOXES_MAX)):
            text = "".join(heading.itertext()) if len(heading) < 4 else ""
            if not marks.is_label(" ".join(text.split())):
                continue
            top, box = heading, heading.getparent()
            while box is not None and box.tag in _AROUND_HEADINGS and _is_first(top, box):
                top, box = box, box.getparent()
            if box is None or (_is_first(top, box) and self._take(box, _labelled_share(box))):
                continue
            self._take_below(top)

    def _take_below(self, heading: HtmlElement) -> None:
        after = heading.getnext()
        while after is not None and after.tag not in _HEADINGS and after.tag != "h1":
            following = after.getnext()
            is_list = after.tag in ("ul", "ol", "table") and _links(after) > 1
            if not (is_list or self._is_linked(after)) or not self._take(after, _labelled_share(after)):
                break
            after = following
        if heading.tag != "p":
            self._take(heading, LIKELY_SHARE)

    def take_cards(self) -> None:
        """Take headlines that link elsewhere, each with its teaser."""
        for link in list(islice(_linked_heads(self._body), BOXES_MAX)):
            # A link around half of the page is met once for each headline in it.
            if len("".join(islice(link.itertext(), CARD_TEXTS)).split()) < CARD_WORDS:
                continue
            cards, box = [link], link.getparent()
            while box is not None and self._is_small(box) and box.tag != "main":
                cards.append(box)
                box = box.getparent()
            if box is not None and box not in self._kept and all(card.tag in _LEAVES for card in cards):
                continue  # the heading of a section
            any(self._take(card, LIKELY_SHARE) for card in reversed(cards))

    def take_menus(self) -> None:
        """Take lists of links that stand beside what holds the text: menus without a name, cells of headlines."""
        for holder in self._kept:
            for other in [*holder.itersiblings(*_BESIDE), *holder.itersiblings(*_BESIDE, preceding=True)]:
                if _links(other) >= MENU_LINKS and self._is_linked(other):
                    self._take(other, LIKELY_SHARE)

    def take_linked(self) -> None:
        """Take lines within the text that are nothing but a headline that links elsewhere, and lists of such."""
        for line in [one for one in self._body.iter("p", "ul", "ol", "h4") if one.find(".//a") is not None]:
            if line in self._kept or not self._leads_away(line):
                continue
            self._take(line, LIKELY_SHARE)

    def _leads_on(self, element: HtmlElement) -> bool:
        """Whether something in it leads elsewhere, or it says next to nothing."""
        return element.find(".//a") is not None or self._sizes.get(element, 0) < LABEL_CHARS

    def _leads_away(self, line: HtmlElement) -> bool:
        linked = [_SPACE.sub(" ", "".join(link.itertext())).strip() for link in line.iter("a")]
        linked = [one for one in linked if one]
        if not linked or self._sizes.get(line, 0) > LABELLED_CHARS * len(linked):
            return False
        if line.tag in ("ul", "ol"):
            return len(linked) > 1 and all(len(one.split()) >= CARD_WORDS for one in linked)
        return all(len(one.split()) >= CARD_WORDS and one[-1] not in ".!?" for one in linked)

    def _is_linked(self, element: HtmlElement) -> bool:
        size = _TEXT_CHARS(element)
        return not size or self._sizes.get(element, 0) < (1 - LINKED_SHARE) * size

    def _is_small(self, element: HtmlElement) -> bool:
        """Whether it holds a headline with its teaser or several of them, or as little else."""
        if element in self._kept or element in self._large:
            return False
        chars = self._sizes.get(element, 0)
        if not _HAS_TITLE(element) and (
            chars <= CARD_CHARS
            or chars <= CARD_CHARS * sum(1 for _ in islice(_linked_heads(element), CARDS_MAX))
        ):
            return True
        self._large.add(element)  # asked once: thousands of cards may stand in one
        return False

    def _take(self, element: HtmlElement, share: float) -> bool:
        """Take an element out, unless too much of the page would go with it; return whether it went."""
        if element in self._kept or all(up is not self._body for up in element.iterancestors()):
            return False  # it must stay, or it went with what was around it
        if self._weighed > WEIGHINGS_MAX * self._whole:
            return False
        size = self._sizes.get(element, 0)
        self._weighed += size
        if size > share * self._left or (size and self._left - size < LEFT_CHARS) or _HAS_TITLE(element):
            return False
        self._left -= size
        for up in element.iterancestors():
            if up not in self._sizes or up.tag == "a":
                break
            self._sizes[up] -= size
        self._sizes.pop(element, None)
        _drop(element)
        return True


def _kind(element: HtmlElement) -> Kind:
    best = Kind.NONE
    for name, value in element.items():
        if name in _SPEAKING and value:
            best = max(best, marks.kind(value))
    return best


def _linked_heads(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the links of headings: within them or around them."""
    for heading in element.iter("h2", "h3", "h4", "h5"):
        link = next(heading.iter("a"), None)
        if link is None:
            link = next(heading.iterancestors("a"), None)
        if link is not None:
            yield link


def _links(element: HtmlElement) -> int:
    return sum(1 for _ in element.iter("a"))


def _labelled_share(element: HtmlElement) -> float:
    """A label and links are as sure as a name."""
    return SURE_SHARE if _links(element) else LIKELY_SHARE


def _is_first(element: HtmlElement, box: HtmlElement) -> bool:
    return element.getprevious() is None and not (box.text or "").strip()


def _drop(element: HtmlElement) -> None:
    """Take an element out; text after it stays where it was."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        element.clear(keep_tail=True)
        element.tag = "span"
    else:
        parent.remove(element)
