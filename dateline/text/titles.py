"""The headline among what a page offers as its title.

Owns telling "Headline | Section | Site" apart, and which of title, meta title and headings is the
headline as printed. Refuses markup. Sizes are in words; where a script has no spaces, two characters
count as one.

    choose(whole, given, headings, site, host) -> str
    without_site(title, site, host) -> str
"""

import re
from collections.abc import Sequence

_SEPARATOR = re.compile(
    r"\s+(?:[|–—»«·•~]|-{1,2}|::|\\|/|<|>)\s+|\s*[|｜丨│]\s*|\s*::\s*|\s+[:：]\s+|\s*[_＿]\s*|\s+[–—]{1,2}(?=\S)"
)
_COLON = re.compile(r"\s*[:：]\s*")
_EDGES = " |–—»«·•~-:\\/<>_｜丨│＿"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\uff66-\uff9f]")
_COMMON_LABELS = frozenset(
    ("news", "blog", "blogs", "edition", "mobile", "online", "media", "sport", "sports", "info", "press")
)
_PARTS_MAX = 6
"""Parts taken off a title at most: headline, sections, site."""

_TAIL_MAX, _HEAD_MIN = 4, 4
"""A last part of so few words after a headline of so many is a section or a site."""

_LONE_MIN, _LONE_MAX, _SAID_MIN = 4, 30, 6
"""A heading of so many words is the headline though nothing else says the same, when it says more
than the title or is more than a section's name."""

_LABEL_MAX = 3
"""A heading of so few words may be a section's; a meta title of twice as many is believed before it."""


def choose(
    whole: str,
    given: str,
    headings: Sequence[str],
    site: str,
    host: str,
    *,
    lesser: Sequence[str] = (),
    home: Sequence[str] = (),
) -> str:
    """Return the headline.

    Args:
        whole: Text of the title element.
        given: Title in the page's meta elements or records; may be empty.
        headings: Texts of the first-level headings, in order.
        site: The site's name, as far as known.
        host: The page's host.
        lesser: Texts of the headings of second and third level, in order.
        home: Headings that link to the front page: names of the site.
    """
    names = tuple(filter(None, (site, *home)))
    whole, given = whole.strip(), given.strip()
    short = without_site(given, site, host, home) or without_site(whole, site, host, home)
    keys = [_key(name) for name in names]
    printed = [text for text in headings if _key(text) not in keys and _is_headline(text)]
    below = [text for text in lesser if _size(text) >= _HEAD_MIN]
    for among, title in ((printed, short), (below, given)):
        if found := next((text for text in among if _key(text) in _tellings(title)), ""):
            return _told_in_full(found, short, given)
    parts = {_key(part) for text in (given, whole) for part in _SEPARATOR.split(text)}
    parts.add(_key(without_site(whole, site, host, home)))
    first, second = (next((text for text in among if _key(text) in parts), "") for among in (printed, below))
    if first or second:  # of two, the site's name is the shorter
        return second if _size(second) > 2 * _size(first) else _told_in_full(first, short, given)
    for heading in printed:
        if (read := _agreed(heading, short, whole)) is not None:
            return read
    if len(printed) == 1 and _LONE_MIN <= _size(printed[0]) <= _LONE_MAX:
        return printed[0] if _size(printed[0]) >= min(_size(short) + 1, _SAID_MIN) else short
    return short or max(printed, key=len, default="") or next(iter(below), "")


def _is_headline(text: str) -> bool:
    return len(text) >= 10 or _size(text) >= _LABEL_MAX


def _tellings(title: str) -> set[str]:
    """Return the keys of a title and of what stands after a kicker and colon in it."""
    return {_key(title), _key(_COLON.split(title, maxsplit=1)[-1])} - {""}


def _told_in_full(heading: str, short: str, given: str) -> str:
    """Return the meta title where the heading is a label only: "Flood" of "Flood: nine villages cut off"."""
    if _size(heading) > _LABEL_MAX or not given:
        return heading
    head, tail = _key(heading), _key(short)
    is_begin = tail != head and tail.startswith(head) and _COLON.match(short, len(heading))
    return short if is_begin or (head not in tail and _size(short) >= 2 * _LABEL_MAX) else heading


def _agreed(heading: str, short: str, whole: str) -> str | None:
    """Return the headline where heading and title tell the same, without a kicker before it, or None."""
    ours, theirs = _key(heading), _key(short)
    if theirs and ours != theirs and ours.endswith(" " + theirs) and _size(short) >= _HEAD_MIN:
        return short
    if _key(whole).startswith(ours + " ") or theirs.startswith(ours + " "):
        return _told_in_full(heading, short, short)
    return heading if _same_words(heading, short) else None


def _same_words(one: str, two: str) -> bool:
    ours, theirs = _terms(one), _terms(two)
    return bool(ours) and len(ours & theirs) >= 0.6 * max(len(ours), len(theirs))


def _terms(text: str) -> set[str]:
    """Return the words of a text; pairs of characters where its script has no spaces."""
    key = _key(text)
    if not _UNSPACED.search(key):
        return set(key.split())
    tight = key.replace(" ", "")
    return {tight[i : i + 2] for i in range(len(tight) - 1)}


def _size(text: str) -> float:
    return len(_UNSPACED.sub(" ", text).split()) + len(_UNSPACED.findall(text)) / 2


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def without_site(title: str, site: str, host: str, home: Sequence[str] = ()) -> str:
    """Return the headline in "Headline | Section | Site", the site known by name, host or shortness."""
    labels = tuple(name for name in host.removeprefix("www.").split(".") if name not in _COMMON_LABELS)
    names = {_tight(name) for name in (site, *home) if name}
    for _ in range(_PARTS_MAX):
        title = title.strip(_EDGES)
        cut = _cut_once(title, names, labels)
        if not cut or cut == title:
            break
        title = cut
    return title


def _tight(text: str) -> str:
    return _key(text).replace(" ", "")


def _is_site(part: str, names: set[str], labels: tuple[str, ...]) -> bool:
    key = _tight(part)
    return key in names or key in labels or any(len(name) > 3 and name in key for name in labels)


def _cut_once(title: str, names: set[str], labels: tuple[str, ...]) -> str:
    """Return the title without one part that is a site or a section, or "" when all of it is headline."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) >= 2:
        cut = title[: title.rindex(parts[-1])].rstrip(_EDGES)
        is_short = _size(parts[-1]) <= _TAIL_MAX and _size(cut) >= _HEAD_MIN
        if cut and _tight(parts[0]) in names:
            return title[title.index(parts[1], len(parts[0])) :]
        if cut and (is_short or _is_site(parts[-1], names, labels)):
            return cut
    return _without_colon(title, names, labels)


def _without_colon(title: str, names: set[str], labels: tuple[str, ...]) -> str:
    """Return the headline in "Headline:Site" and "Site: headline", or ""."""
    colons = list(_COLON.finditer(title))
    if not colons:
        return ""
    first, last = colons[0], colons[-1]
    if _tight(title[: first.start()]) in names and _size(title[first.end() :]) >= _LABEL_MAX:
        return title[first.end() :]
    tail, head = title[last.end() :], title[: last.start()]
    if _size(tail) <= 2 * _TAIL_MAX and _size(head) >= _LABEL_MAX and _is_site(tail, names, labels):
        return head
    return ""
