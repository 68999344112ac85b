"""Headings and trails as a page prints them.

Owns their text without the kicker inside, which of them are the site's name, and the breadcrumbs
above them. Refuses to choose
the headline: ``titles`` does.

    heading(element) -> str
    links_home(element) -> bool
    trail(tree) -> list[str]
"""

import re

from lxml.html import HtmlElement

from dateline.text import visible

_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|dachzeile|rubri[ckq]|antetitulo|volanta|surtitle|supertitle|pre-?title|label|categor",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"bread-?crumb|(?<![a-z])(?:crumbs|migas|brotkrumen|fil-ariane|kruimel)", re.IGNORECASE)
_HOME = re.compile(r"\A(?:(?:https?:)?//[^/?#]+)?/?(?:(?:index|default|home)\.\w{3,5})?\Z", re.IGNORECASE)


def heading(element: HtmlElement) -> str:
    """Return a heading's text without the kicker in it, of up to 400 characters."""
    if len(element) == 0:
        return visible.tidy(element.text or "")[:400]
    kickers = [child for child in element if _KICKER.search(child.get("class", "")) is not None]
    text = visible.tidy(visible.start(element, 400))[:400]
    for kicker in kickers[:2]:
        text = text.removeprefix(visible.tidy(visible.start(kicker, 100))).lstrip(" :|–—-·•/") or text
    return text


def links_home(element: HtmlElement) -> bool:
    """Return whether all of a heading is a link to a front page: it is the site's name then."""
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) != 1:
        parent = element.getparent()
        links = [parent] if parent is not None and parent.tag == "a" else []
    return any(map(_is_home, links))


def trail(tree: HtmlElement) -> list[str]:
    """Return the links of the page's first breadcrumbs, from the front page on."""
    for element in tree.iter("nav", "ol", "ul"):
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('aria-label', '')}"
        if _TRAIL.search(marks):
            links = [link for link, _ in zip(element.iter("a"), range(8), strict=False)]
            names = [visible.tidy(visible.start(link, 100)) for link in links if not _is_home(link)]
            return [name for name in names if name]
    return []


def _is_home(link: HtmlElement) -> bool:
    return _HOME.match(link.get("href", "").strip()) is not None
