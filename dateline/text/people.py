"""Who wrote an article.

Owns telling names of people from addresses, roles and the site's own name. Refuses to look at the
page: it is given what records, meta elements and bylines say.

    authors(recorded, named, printed, houses) -> str
"""

import re
from collections.abc import Callable, Iterable, Sequence

NAME_CHARS = 60
"""A name is no longer; what is longer tells of the author."""

AUTHORS_MAX = 8

_BY = re.compile(
    r"\A\W*(?:(?:written|posted|published|reported|story|words|text|texte|foto|photo|escrito|publicado|éditée?|rédigée?)\s+)?(?:by|von|par|por|di|da|door|av|af|автор|авторы|autor|autore|auteur|author|yazan|文|作者|記者|记者|بقلم|كتب|نویسنده|लेखक)\s*[:：●|]?\s+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|[{}<>=]|\A(?:admin|administrator|staff|editor|editors|user|null|undefined|none|author|unknown|redaktion|redacción|redação|rédaction|redazione|редакция|guest|webmaster|root|by)\Z",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[,;|/、،]\s*|\s+(?:and|und|et|y|e|en|og|och|ve|и|та|و|&)\s+", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+(?:on|in|at|for|am|le|el|vom)\s+|\s*(?<!\d)\d{1,2}[.:/ ]|\s+[-–—|]\s+|,\s+(?:staff|correspondent|reporter)\b|\s+(?:staff (?:writer|reporter|correspondent)|updated|published)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s*[|(•·]\s*(?:@|follow|email|\S+@).*\Z", re.IGNORECASE)


def authors(
    recorded: Sequence[str], named: Sequence[str], printed: Callable[[], Iterable[str]], houses: Sequence[str]
) -> str:
    """Return the authors' names joined by ", ", or the house's name where only it signs, or "".

    Args:
        recorded: Names in the article's record.
        named: Texts of the page's meta elements, the surest first.
        printed: Gives the bylines that the page prints; asked only when no person is named.
        houses: Names of site and publisher.
    """
    own = {_key(house) for house in houses if house}
    fallback = ""
    for texts in (recorded, *((text,) for text in named)):
        people, house = _read(texts, own)
        if people:
            return people
        fallback = fallback or house
    for text in printed():
        people, house = _read((text,), own)
        if people:
            return people
        fallback = fallback or house
    return fallback


def _read(texts: Iterable[str], own: set[str]) -> tuple[str, str]:
    """Return the people that the texts name, and the first house."""
    people: dict[str, str] = {}
    house = ""
    for text in texts:
        for name in _names(text):
            if _key(name) in own:
                house = house or name
            else:
                people.setdefault(_key(name), name)
    return ", ".join(list(people.values())[:AUTHORS_MAX]), house


def _names(text: str) -> list[str]:
    """Return the names in one text: it is parted where each part is a name of several words."""
    text = " ".join(text[: 10 * NAME_CHARS].split())
    whole = _BEHIND.split(_BY.sub("", _HANDLE.sub("", text)), maxsplit=1)[0].strip(" ,;:|•·-–—")
    if not _is_name(whole):
        return []
    parts = [part for part in _SPLIT.split(whole) if part]
    if len(parts) > 1 and all(len(part.split()) >= 2 and _is_name(part) for part in parts):
        return parts
    return [whole] if len(whole) <= 2 * NAME_CHARS else []


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 4 * NAME_CHARS and not _NO_NAME.search(text) and any(map(str.isalpha, text))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
