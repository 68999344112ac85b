"""`dateline read --explain`: how a page was read, line by line.

Owns what is told of one reading, beyond the article itself: the boxes that pruning took out of the
page, how much else was passed over, the date as the page writes it. Refuses to read by rules of its own:
it asks the rooms that read, once more, on a tree of its own. How it looks is ``show_page``'s.

    of(body, url=…) -> Explanation
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from dateline.errors import BadPage
from dateline.model import Article
from dateline.text import charset, clean, dates, extract, html, prune

START_CHARS = 80
"""So much of a box is shown that a reader knows it again."""

LABEL_CHARS = 40

WRITTEN_MAX_CHARS = 80
"""A longer text is no date, though one may stand in it."""

_CANDIDATES_MAX = 300
"""Instants of a page that are looked at: a page with more lists other articles."""

_SILENT = frozenset(("script", "style", "template", "svg", "noscript", "iframe", "head", "title", "option"))
"""Elements whose text no reader sees."""

_STATED = etree.XPath("//meta/@content | //time/@datetime | //time//text() | //@data-date | //@title")
_IN_RECORDS = re.compile(r'"date\w{0,20}"\s{0,9}:\s{0,9}"([^"]{6,60})"')
_RECORDS = etree.XPath('//script[contains(@type, "ld+json")]/text()')


class Taken(Struct, frozen=True, kw_only=True):
    """A box that was taken out of the page before its text was looked for."""

    #: Element, and the id or the first class that it bears: "div.share-bar".
    label: str
    words: int
    #: How its text begins.
    start: str


class Explanation(Struct, frozen=True, kw_only=True):
    """What is told of one page; ``article`` is None when it was refused, and ``error`` says why."""

    article: Article | None = None
    error: str = ""
    detail: str = ""
    #: The date as the page writes it, with its zone; empty when it stands in the address or the text only.
    written: str = ""
    taken: tuple[Taken, ...] = ()
    #: Words that stand in the page's tree and neither in the article nor in what is listed here.
    passed_over: int = 0


def of(body: bytes, *, url: str = "") -> Explanation:
    """Return how the page reads. Total over bytes: a page that is refused gives its reason."""
    try:
        article = extract.read_html(body, url=url)
    except BadPage as error:
        refused = Explanation(error=error.reason, detail=str(error))
        return _with_tree(refused, body)
    return _with_tree(Explanation(article=article), body)


def _with_tree(told: Explanation, body: bytes) -> Explanation:
    try:
        html.refuse_other_kinds(body, "")
        tree = html.parse(charset.decode(body))
    except BadPage:
        return told
    article = told.article
    written = _written(tree, article.published_at) if article and article.published_at else ""
    taken = tuple(_taken(tree))
    left = clean.count_words(" ".join(_seen_text(tree)))
    listed = (
        [*(line.text for line in article.lines), *(one.text for one in article.removed)] if article else []
    )
    return Explanation(
        article=article,
        error=told.error,
        detail=told.detail,
        written=written,
        taken=taken,
        passed_over=max(0, left - clean.count_words(" ".join(listed))),
    )


def _written(tree: HtmlElement, instant: datetime) -> str:
    """Return the first text that gives ``instant`` with a time of day, or at all, as it stands in the page."""
    found = ""
    stated = [match for text in _RECORDS(tree)[:60] for match in _IN_RECORDS.findall(text[:200_000])]
    stated += _STATED(tree)[:_CANDIDATES_MAX]
    for text in stated[:_CANDIDATES_MAX]:
        one = " ".join(text[:200].split())
        if len(one) <= WRITTEN_MAX_CHARS and dates.parse(one) == instant:
            if ":" in one:
                return one
            found = found or one
    return found


def _taken(tree: HtmlElement) -> Iterator[Taken]:
    """Prune ``tree`` and yield what went, outermost boxes in page order; those without words are left out."""
    names = [(element, _label(element)) for element in tree.iter(etree.Element) if element.tag != "html"]
    prune.furniture(tree)
    for element, label in names:
        if element.getparent() is None and element.tag not in _SILENT:
            text = " ".join(" ".join(_seen_text(element)).split())
            if words := clean.count_words(text):
                yield Taken(label=label, words=words, start=text[:START_CHARS])


def _label(element: HtmlElement) -> str:
    named = element.get("id") or ""
    classes = (element.get("class") or "").split()
    mark = f"#{named}" if named.strip() else f".{classes[0]}" if classes else ""
    return f"{element.tag}{mark}"[:LABEL_CHARS]


def _seen_text(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of an element that a reader would see."""
    for one in element.iter(etree.Element):
        if one.tag not in _SILENT and one.text:
            yield one.text
        if one is not element and one.tail:
            yield one.tail
