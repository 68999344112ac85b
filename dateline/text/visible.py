"""Dates as a page prints them, and where its headline stands.

Owns finding them by property, label, class and nearness to the headline, for pages whose records
lack them. Refuses to parse what it finds (``dates`` does), to look into the text of the article, and
to take anything from lists of other stories, comments, side columns and copyright lines.

    look = Look(tree, headline)
    dated(look) -> list[Dated]
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement
from msgspec import Struct

CLOSE_AFTER, NEAR_AFTER, NEAR_BEFORE = 6, 40, 12
"""Elements between a headline and its date: so close that nothing else stands between, and at most.
A date that stands further off is rarely the article's."""

BEFORE = 60
"""Elements before the headline in which authors and labelled dates may stand."""

_CANDIDATES_MAX = 80
_DATE_CLASS = re.compile(
    r"(?<!candi)(?<!vali)(?<!man)date(?!base|picker)|(?<![a-z])(?:time(?:stamp)?|datum|fecha|tarih|posted|pub(?:lished)?|byline|meta|zeit)(?![a-z])|publish(?!er)|timestamp",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"updat|modif|revis|last.?edit|更新|изменен|обновлен|оновлен|güncel|aktualis|aktualiz|actualiz|atualiz|aggiorn|mis à jour|maj\b|تحديث|بروزرسانی|به‌روزرسانی|diperbarui|bijgewerkt|cập nhật|수정|अपडेट|עודכן",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi(?:shed|sh date|cation|é|cado|cato|ziert|kov|sert)|posted|issued|first aired|veröffentlicht|erschienen|gepubliceerd|publicerad|yayın|eklenme|giriş|опубликован|опубліковано|дата публикации|objavljeno|објављено|data publikacji|opublikowano|közzé|diterbitkan|đăng|नشر|نُ?شر|تاريخ النشر|انتشار|منتشر|تاریخ|公開|掲載|発行|配信|登録日|公表|发布|發布|时间|日期|등록|입력|प्रकाशित|פורסם|δημοσίευση",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|copyright|\(c\)|all rights|&copy;", re.IGNORECASE)
_OTHERS = re.compile(
    r"comment|respond|repl(?:y|ies)|related|recommend|(?<![a-z])(?:popular|trending|latest|recent|teasers?|carousel|slider|ticker|archive|calendar|similar|also|disqus|newsletter)(?![a-z])|most-?(?:read|view)|read-?(?:more|next)|kommentar|verwandt|ähnlich|relacionad|коммент|похож",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<![a-z])(?:side-?bar|aside|widget|foot(?:er)?|promo|nav(?:bar|igation)?|menu|more-\w+|copyright|ads?|advert\w*|share|social|bio)(?![a-z])",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?<![a-z])(?:entry|article|post|story|meta|byline|dateline|author)|date", re.IGNORECASE)
_OTHER_TAGS = frozenset(("aside", "footer", "nav", "form", "blockquote", "figure", "select"))
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CELLS = frozenset(("dd", "td"))
_TIMES = frozenset(("time", "relative-time"))
_PROPERTY = re.compile(r"datepublished|datecreated|dc:(?:date|issued|created)|pubdate", re.IGNORECASE)
_MARKED = ("span", "div", "p", "a", "abbr", "li", "address", "b", "em", "strong", "font", "td", "small", "i", "time", "dd", "dt", "header", "section", "cite", "relative-time")  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3"))
_SPEAKING = frozenset(("itemprop", "rel", "class", "id", "property", "pubdate"))


class Kind(IntEnum):
    """How a text is known to be the article's date, the surest first."""

    PROPERTY = 0
    NEAR = 1
    LABELLED = 2
    LONE = 3


class Dated(Struct, frozen=True):
    """A text that may hold the date of the article."""

    kind: Kind
    text: str
    is_modified: bool = False
    #: Elements between the headline and it, thrice so many for one before the headline.
    apart: int = 0


class _Seen(Struct):
    at: int
    element: HtmlElement
    text: str
    marks: str
    is_bare: bool = False


class Look:
    """One look over a page: its elements in order, and where the headline stands among them."""

    __slots__ = ("ancestors", "anchor", "elements")

    def __init__(self, tree: HtmlElement, headline: str) -> None:
        self.elements: list[HtmlElement] = list(tree.iter("h1", "h2", "h3", *_MARKED))
        self.anchor: int | None = _headline_at(self.elements, headline)
        #: What the headline stands in: no part of the page that it shares with the headline is foreign.
        self.ancestors: set[HtmlElement] = (
            set() if self.anchor is None else set(self.elements[self.anchor].iterancestors())
        )

    def around(self) -> Iterator[tuple[int, HtmlElement]]:
        """Yield position and element from a little before the headline on; before that stand menus."""
        begin = max(0, (self.anchor or 0) - BEFORE)
        return zip(range(begin, len(self.elements)), islice(self.elements, begin, None), strict=True)


def _headline_at(elements: list[HtmlElement], headline: str) -> int | None:
    """Return the position of the heading that holds the headline, else that of the first of first level."""
    wanted = _key(headline)
    first = None
    for at, element in enumerate(elements):
        if element.tag in HEADINGS:
            if wanted and len(element) < 12 and wanted in _key(start(element, 400)):
                return at
            if first is None and element.tag == "h1":
                first = at
    return first


def dated(look: Look) -> list[Dated]:
    """Return the texts that may hold the article's date, by kind and nearness."""
    seen: list[_Seen] = []
    begin, end = 0, -1
    if look.anchor is not None:
        begin, end = look.anchor - NEAR_BEFORE, look.anchor + NEAR_AFTER
    for at, element in look.around():
        if len(seen) == _CANDIDATES_MAX or (at == end + 1 and _is_dated(_ordered(seen, look))):
            break
        if element.tag not in HEADINGS:
            _take_date(element, at, seen, is_near=begin <= at <= end)
    return _ordered(seen, look)


def _is_dated(found: list[Dated]) -> bool:
    """Return whether a whole date stands near the headline, so that none need be looked for elsewhere."""
    return any(one.kind <= Kind.NEAR and not one.is_modified and _YEAR.search(one.text) for one in found)


def _take_date(element: HtmlElement, at: int, seen: list[_Seen], *, is_near: bool) -> None:
    """Append what the element shows of a date, near the headline also in the bare text in and behind it."""
    marks = marks_of(element)
    if element.tag in _TIMES:
        text = element.get("datetime") or element.get("content") or start(element, 100)
        seen.append(_Seen(at, element, tidy(text), marks))
    elif marks and _names_date(marks):
        text = element.get("content") or element.get("title") or start(element, 300)
        if 6 <= len(text) <= 300 and _has_digit(text):
            seen.append(_Seen(at, element, tidy(text), marks))
    elif is_near or element.tag in _CELLS:
        for bare in (element.text, element.tail):
            if bare and len(bare) < 90 and _has_digit(bare) and len(text := tidy(bare)) < 60:
                seen.append(_Seen(at, element, text, "", is_bare=True))
                break


def _ordered(found: list[_Seen], look: Look) -> list[Dated]:
    """Return the candidates that belong to the article, by kind and nearness."""
    ranked: list[tuple[int, int, Dated]] = []
    for seen in found:
        if _COPYRIGHT.search(seen.text) or not _has_digit(seen.text):
            continue
        label = f"{_label(seen.element)} {seen.text} {seen.marks}"
        is_modified = _says_modified(label) and not _PROPERTY.search(seen.marks)
        apart = apart_from(seen.at, look)
        kind = Kind.LONE if not seen.is_bare else None
        if _PROPERTY.search(seen.marks):
            kind = Kind.PROPERTY
        elif apart is not None:
            kind = Kind.NEAR
        elif not is_modified and _PUBLISHED.search(label):
            kind = Kind.LABELLED
        if kind is not None and not is_elsewhere(seen.element, look, apart):
            away = apart if apart is not None else 1_000 + seen.at
            ranked.append((kind, away, Dated(kind, seen.text, is_modified, away)))
    ranked.sort(key=lambda one: one[:2])
    return [one for _, _, one in ranked]


def apart_from(at: int, look: Look) -> int | None:
    """Return how far from the headline an element is, or None when it is not near it."""
    if look.anchor is None:
        return None
    after = at - look.anchor
    if 0 <= after <= NEAR_AFTER:
        return after
    return -3 * after if -NEAR_BEFORE <= after < 0 else None


def _label(element: HtmlElement) -> str:
    """Return the words before an element that may label it: "Published:" in the sibling or the parent."""
    before = element.getprevious()
    parent = element.getparent()
    if before is None:
        text = (parent.text or "") if parent is not None else ""
    else:
        own = before.text or "" if isinstance(before.tag, str) else ""
        text = (
            f"{'' if _has_digit(own) else own} {before.tail or ''}"  # with a date of its own it is no label
        )
    return text[-40:]


def is_elsewhere(element: HtmlElement, look: Look, apart: int | None = None) -> bool:
    """Return whether an element stands in a part that is not the article's, up to what the headline is in.

    Right under the headline nothing is; near it only lists of other stories and comments are.
    """
    if apart is not None and apart <= CLOSE_AFTER:
        return False
    for one in (element, *element.iterancestors()):
        if one.tag in ("body", "html") or one in look.ancestors:
            return False
        marks = one.get("class", "") + " " + one.get("id", "")
        if len(marks) > 1 and _names_others(marks):
            return True
        if apart is None and (one.tag in _OTHER_TAGS or _names_beside(marks)) and not _names_own(marks):
            return True
    return False


@lru_cache(maxsize=2048)
def _names_date(marks: str) -> bool:
    return _DATE_CLASS.search(marks) is not None


@lru_cache(maxsize=2048)
def _names_others(marks: str) -> bool:
    return _OTHERS.search(marks) is not None


@lru_cache(maxsize=2048)
def _names_beside(marks: str) -> bool:
    return _BESIDE.search(marks) is not None


@lru_cache(maxsize=2048)
def _names_own(marks: str) -> bool:
    return _OWN.search(marks) is not None


def _says_modified(label: str) -> bool:
    found = _MODIFIED.search(label)
    published = _PUBLISHED.search(label)
    return found is not None and (published is None or found.start() < published.start())


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def marks_of(element: HtmlElement) -> str:
    """Return what an element's attributes say of its meaning."""
    return " ".join([value for name, value in element.items() if name in _SPEAKING])


def start(element: HtmlElement, size: int) -> str:
    """Return the first characters of an element's text, without walking all of a large one."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > size:
            break
    return "".join(parts)


def tidy(text: str) -> str:
    """Return ``text`` with each run of white space as one blank."""
    return " ".join(text.split())
