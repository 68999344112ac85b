"""The headline among what a page offers as its title.

Owns telling "Headline | Section | Site" apart and when the printed heading wins. Refuses markup.
"""

import re
from collections.abc import Sequence

_SEPARATOR = re.compile(r"\s+(?:[|–—»·•~]|-{1,2}|::|\\|/|<|>)\s+|\s*\|\s*|\s*::\s*|\s+:\s+|\s*[_｜]\s*")

_EDGES = " |–—»·•~-:\\/<>_｜"
_PARTS_MAX = 6
"""Parts taken off a title at most: headline, sections, site."""


def choose(whole: str, given: str, headings: Sequence[str], site: str, host: str) -> str:
    """Return the headline from the title element, the meta title and the first-level headings."""
    given = without_site(given, site, host) or without_site(whole, site, host)
    printed = [heading for heading in headings if _key(heading) != _key(site) and len(heading) >= 10]
    for heading in printed:
        # A heading that the title begins with, or that says the same, is the headline as printed.
        if _key(whole).startswith(_key(heading)) or _same_words(heading, given):
            return heading
    if len(printed) == 1 and 4 <= len(printed[0].split()) <= 30:
        return printed[0]
    return given or max(printed, key=len, default="")


def _same_words(one: str, two: str) -> bool:
    ours, theirs = set(_key(one).split()), set(_key(two).split())
    return bool(ours) and len(ours & theirs) >= 0.6 * max(len(ours), len(theirs))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def without_site(title: str, site: str, host: str) -> str:
    """Return the headline in "Headline | Section | Site", the site known by name, host or shortness."""
    names = host.removeprefix("www.").split(".")
    for _ in range(_PARTS_MAX):
        title = title.strip(_EDGES)
        parts = [part for part in _SEPARATOR.split(title) if part]
        if len(parts) < 2:
            break
        cut = title[: title.rindex(parts[-1])].rstrip(_EDGES)
        key = _key(parts[-1]).replace(" ", "")
        is_site = key == _key(site).replace(" ", "") or any(len(name) > 3 and name in key for name in names)
        if cut and (is_site or key in names or (len(parts[-1].split()) <= 4 and len(cut.split()) >= 4)):
            title = cut
        elif site and _key(parts[0]) == _key(site):
            title = title[title.index(parts[1]) :]
        else:
            break
    return title
