"""Authors as a page prints them.

Owns finding bylines by property, class, address and the "By" under a headline. Refuses to read the
names in them (``people`` does), and to look into comments and lists of other stories.

    authors(look) -> list[str]
"""

import re
from functools import lru_cache

from dateline.text import visible

SIGNED_AFTER = 25
"""Elements behind a headline among which "By …" signs the article without any mark."""

AUTHOR_AFTER = 100
"""Once an author is found, elements behind the headline that are still looked at for another."""

AUTHOR_GIVEN_UP = 300
"""So many elements further none is looked for any more: what is signed there is a comment."""

_AUTHOR_CLASS = re.compile(r"author(?!i)|by-?line|\bwriter|\bcreator|\breporter", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
_AUTHOR_HREF = re.compile(
    r"/(?:authors?|auteurs?|\w{0,8}reporter|autor(?:es)?|autoren|staff|people|profile|reporters?|journalists?|columnists?|contributors?|editors|by)/[^/]{3,}",
    re.IGNORECASE,
)


def authors(look: visible.Look) -> list[str]:
    """Return up to ten texts that name the author, in the page's order."""
    found: list[str] = []
    last = len(look.elements) if look.anchor is None else look.anchor + AUTHOR_AFTER
    first = len(look.elements) if look.anchor is None else look.anchor
    for at, element in look.around():
        if at > last and (found or at > last + AUTHOR_GIVEN_UP):
            break
        marks = visible.marks_of(element)
        is_link = element.tag == "a" and _AUTHOR_HREF.search(element.get("href", "")[:300])
        is_signed = first < at <= first + SIGNED_AFTER and _SIGNED.match(element.text or "")
        if (is_link or is_signed or (marks and _names_author(marks))) and element.tag not in visible.HEADINGS:
            text = visible.tidy(visible.start(element, 400))
            if 3 <= len(text) <= 160 and not visible.is_elsewhere(
                element, look, visible.apart_from(at, look)
            ):
                found.append(text)
                if len(found) == 10:
                    break
    return found


@lru_cache(maxsize=2048)
def _names_author(marks: str) -> bool:
    return _AUTHOR_CLASS.search(marks) is not None
