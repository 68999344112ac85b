"""Authors and dates as a page prints them.

Owns finding them by property, class and address, for pages whose records lack them. Refuses to
parse what it finds (``dates`` does), and to look into the text of the article.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

_DATE_CLASS = re.compile(
    r"(?:\b|_)(?:date|dated|dateline|time|timestamp|pub(?:lish(?:ed)?)?(?:[-_]?(?:date|time|on))?|posted(?:[-_]?on)?|byline|entry-date|meta)(?:\b|_)|date|publish",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(r"author(?!i)|by-?line|\bwriter|\bcreator|\breporter", re.IGNORECASE)
_AUTHOR_HREF = re.compile(
    r"/(?:authors?|auteurs?|autor(?:es)?|autoren|staff|people|profile|reporters?|journalists?|columnists?|contributors?|editors|by)/[^/]{3,}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)")
_MARKED = ("span", "div", "p", "a", "abbr", "li", "address", "b", "em", "strong", "font", "td", "small", "i")
_SPEAKING = frozenset(("itemprop", "rel", "class", "id"))
_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|dachzeile|rubri[ckq]|antetitulo|volanta|surtitle|supertitle|pre-?title|label|categor",
    re.IGNORECASE,
)
_HOME = re.compile(r"\A(?:(?:https?:)?//[^/?#]+)?/?(?:(?:index|default|home)\.\w{3,5})?\Z", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def find(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """Return texts that name the author and texts that hold the date, best first."""
    authors: list[str] = []
    dated: list[str] = []
    bare: list[str] = []
    for element in tree.iter("h1", *_MARKED):
        if element.tag == "h1":
            bare.clear()  # what stands before the headline is the page's date, not the article's
            continue
        marks = " ".join([value for name, value in element.items() if name in _SPEAKING])
        is_author_link = element.tag == "a" and _AUTHOR_HREF.search(element.get("href", "")[:300])
        if len(authors) < 10 and (is_author_link or (marks and _names_author(marks))):
            text = _tidy(_start(element, 400))
            if 3 <= len(text) <= 160:
                authors.append(text)
        if len(dated) < 20 and marks and _names_date(marks):
            text = element.get("content") or element.get("title") or _start(element, 300)
            if 6 <= len(text) <= 300 and any(map(str.isdigit, text)):
                dated.append(_tidy(text))
        elif (
            len(element) == 0
            and len(bare) < 3
            and _YEAR.search(text := (element.text or "")[:60])
            and len(text) < 50
        ):
            bare.append(_tidy(text))
    return authors, dated + bare


def heading(element: HtmlElement) -> str:
    """Return a heading's text without the kicker in it, of up to 400 characters."""
    if len(element) == 0:
        return _tidy(element.text or "")[:400]
    kickers = [child for child in element if _KICKER.search(child.get("class", "")) is not None]
    text = _tidy(_start(element, 400))[:400]
    for kicker in kickers[:2]:
        text = text.removeprefix(_tidy(_start(kicker, 100))).lstrip(" :|–—-·•/") or text
    return text


def links_home(element: HtmlElement) -> bool:
    """Return whether all of a heading is a link to a front page: it is the site's name then."""
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) != 1:
        parent = element.getparent()
        links = [parent] if parent is not None and parent.tag == "a" else []
    return any(_HOME.match(link.get("href", "").strip()) is not None for link in links)


@lru_cache(maxsize=2048)
def _names_author(marks: str) -> bool:
    return _AUTHOR_CLASS.search(marks) is not None


@lru_cache(maxsize=2048)
def _names_date(marks: str) -> bool:
    return _DATE_CLASS.search(marks) is not None


def _start(element: HtmlElement, size: int) -> str:
    """Return the first characters of an element's text, without walking all of a large one."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > size:
            break
    return "".join(parts)


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
