"""Whom an article credits: agencies, statements of origin, canonical links.

Owns: where in an article credits stand, and which of several counts. Refuses what a text cites:
"according to X" names a source of the text, and a picture's credit the picture's; neither says where the
article comes from.

    origin(Article) -> str | None
"""

import re
from collections.abc import Iterator

from dateline.dedup import agencies
from dateline.dedup.agencies import GENERIC, SEPARATOR, Credit, agency, agency_at
from dateline.dedup.credit_phrases import (
    BYLINE,
    CONTRIBUTIONS,
    PICTURE,
    PLATFORMS,
    SOURCE_LINE,
    SOURCE_TRIGGER,
    STATEMENTS,
    VIA_LINE,
)
from dateline.dedup.publishers import family, host_of, label
from dateline.model import Article

__all__ = ["GENERIC", "SEPARATOR", "origin"]

HEAD_CHARS = 300
"""Where an opening credit stands: place, date and agency before the first sentence."""

TAIL_CHARS = 900
"""Where a closing credit stands: the last paragraphs."""

LINE_CHARS = 400
"""A longer paragraph tells the story, not its origin."""

OPENING_LINES = 6
"""Lines of the head that are read: pages print title, byline and day before the story."""

ALONE_CHARS = 8
"""A line of so few characters in the head says too little."""

CLOSING_LINES = 4
"""A line that is nothing but an agency's name is a credit so near to the end."""

END_CHARS = 200
"""Of a last paragraph that is long, so much is read."""

WHOLE_CHARS = 80
"""A longer line is a sentence, which may end in a credit."""

OWN_CHARS = 4
"""A publisher's name of so many letters is known in front of others: "Orrin Post News"."""

REMOVED_LINES = 40
"""Lines that cleaning took out which are read, at most."""

_STATEMENT_WORDS = tuple((word, number) for number, row in enumerate(STATEMENTS) for word in row[0])
_CONTRIBUTION_WORDS = tuple((word, number) for number, row in enumerate(CONTRIBUTIONS) for word in row[0])
_READ_RULES = frozenset(
    {"credit", "credits", "copyright", "byline", "disclaimer", "author_bio", "timestamp", "source_link"}
)
_REUTERS_DESK = re.compile(
    r"\(?\b(?:additional\s+)?reporting\s+by\b[^\n]{2,300}?\b(?:editing|writing)\s+by\b", re.IGNORECASE
)
_BRACKETED = re.compile(
    r"[(\[（【［]([^()\[\]（）【】［］\n]{2,60})[)\]）】］]|/([^/\n]{2,30})/|«([^«»\n]{2,30})»"
)
_BRACKETED_END = re.compile(r"[(\[（]([^()\[\]（）\n]{2,40})[)\]）][\s.]{0,4}$")
_DASHED_END = re.compile(r"[.!?\"”।。]\s*(?:[–—-]{1,2}\s*([^.\n–—]{2,40})|\s([A-Z]{2,5}))$")
_AFTER_CREDIT = re.compile(r"\.?\s{0,2}(?:[-–—:।]|$)|\.")
_SEGMENT = re.compile(r"\s?[–—]{1,2}\s?|\s-{1,2}\s|-\s|[:：]\s|\.\s")
_XINHUA = re.compile(
    r"\W{0,2}([\u4e00-\u9fff]{2,4}社|[\u4e00-\u9fff]{2}网)[^\n，。]{0,24}?日[^\n，。]{0,6}?[电電讯訊]"
)
_ANSWERS_END = re.compile(
    r"\.(?:\s|$)|,\s|\s*[(（]|\s+(?:and\s+(?:is|was|has|can|may)|under|with\s+permission|here|as\s+part|where|which|who|in\s+(?:january|february|march|april|"
    r"may|june|july|august|september|october|november|december|\d{4})|on\s+(?:\w+day|\w+\s+\d|\d)|at\s+https?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?\s+\d",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"^(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})(?:/\S*)?$", re.IGNORECASE
)
_OUR = re.compile(
    r"^(?:our\s+(?:sister\s+)?(?:partner|publication|site)s?\s+|the\s+(?=website\s))", re.IGNORECASE
)
_STOPS = ".!?…。:"
_TRIM = " \t\"'“”‘’«»《》「」*_.:–—-"


def origin(article: Article) -> str | None:
    """Return who the article says it comes from, or None when it credits nobody but itself.

    An agency's usual name, two of them ("A / B"), a publisher or an office as written, a host name, or
    ``GENERIC`` for agencies without a name. Read are the author, the dateline and opening, the closing lines and
    what cleaning removed. A statement of origin wins over an agency's credit, that over a canonical link to
    another publisher's host, that over material which others contributed. An agency's own page has that agency as
    its origin. "According to X" is a source of the text, and a picture's credit the picture's: no origins.
    """
    head, tail = _lines(article.text[:HEAD_CHARS]), _lines(article.text[-TAIL_CHARS:])
    end = article.text[-END_CHARS:]
    closing = [*([] if "\n" in end else [end]), *tail[: -CLOSING_LINES - 1 : -1], *_removed(article)]
    unnamed = False
    for found in _by_strength(article, head, closing):
        if found.names or not found.generic:
            return found.origin
        unnamed = True
    return GENERIC if unnamed else None


class _Stated(Credit, frozen=True):
    """An origin that is no agency."""

    name: str = ""

    @property
    def origin(self) -> str:
        return self.name


def _by_strength(article: Article, head: list[str], closing: list[str]) -> Iterator[Credit]:
    """Yield what is credited, the strongest first; nothing empty."""
    lines = list(dict.fromkeys((*closing, *head)))
    words = "\n".join(lines).lower()
    statements = _possible(_STATEMENT_WORDS, STATEMENTS, words)
    for line in lines:
        stated = _stated(line, statements)
        if stated:
            known = agencies.find(stated)
            if known.names or known.generic:
                yield known
            elif not _is_self(stated, article):
                yield _Stated(name=stated)
    if article.author:
        yield from _some(agencies.find(BYLINE.sub("", article.author[:120], count=1)))
    for line in head[:OPENING_LINES]:
        by = BYLINE.match(line) if len(line) <= 90 else None
        found = agencies.find(line[by.end() :]) if by else _opening(line[:160])
        yield from _some(found)
        # "AFP" alone is a picture's credit here as often as the story's.
        if not by and ALONE_CHARS < len(line) <= WHOLE_CHARS and line[-1] not in _STOPS:
            yield from _some(Credit() if PICTURE.search(line) else agencies.read(line))
    if article.dateline:
        yield from _some(_opening(f"{article.dateline} -"))
    is_desk = "reporting by" in words
    for line in closing if len(article.text) > HEAD_CHARS else lines:
        yield from _some(Credit(("Reuters",)) if is_desk and _REUTERS_DESK.search(line) else _closing(line))
    yield from _pages(article)
    contributions = _possible(_CONTRIBUTION_WORDS, CONTRIBUTIONS, words)
    for line in closing if contributions else ():
        yield from _some(_contribution(line, contributions))


def _possible(
    triggers: tuple[tuple[str, int], ...],
    table: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...],
    words: str,
) -> list[re.Pattern[str]]:
    """Return the patterns that may match in lines of these words, lower case: asking for a word costs a tenth."""
    return [table[number][1] for number in sorted({number for word, number in triggers if word in words})]


def _some(found: Credit) -> Iterator[Credit]:
    if found.names or found.generic:
        yield found


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if 2 <= len(line) <= LINE_CHARS]


def _removed(article: Article) -> Iterator[str]:
    """Yield the removed lines that may credit the story: no captions, no teasers of other stories."""
    read = 0
    for part in article.removed:
        if part.rule in _READ_RULES:
            for line in _lines(part.text[:1000]):
                yield line
                read += 1
                if read >= REMOVED_LINES:
                    return


def _stated(line: str, statements: list[re.Pattern[str]]) -> str | None:
    """Return the name that a statement of origin gives: "first published by X", "Source: X"."""
    for pattern in statements:
        said = pattern.search(line)
        name = _clean_name(said["name"]) if said else None
        if name:
            return name
    if len(line) > 110 or not SOURCE_TRIGGER.match(line):
        return None
    source = SOURCE_LINE.match(line) or VIA_LINE.match(line)
    return _clean_name(source["name"]) if source else None


def _clean_name(raw: str) -> str | None:
    """Cut a captured name where it ends; None when it is no name of a few words."""
    text = raw.strip(_TRIM + ")]）】")
    site = _SITE.match(text)
    if not site:
        end = _ANSWERS_END.search(text)
        text = (text[: end.start()] if end else text).strip(_TRIM)
        site = _SITE.match(text)
    if known := agency(text):
        return known
    if site:
        host = site[1].lower()
        return agency_at(host) or host
    text = _OUR.sub("", text)
    if _DATE.match(text) or text.casefold() in PLATFORMS or PICTURE.search(text):
        return None
    few = 0 < len(text.split()) <= 8
    named = any(letter.isupper() or (letter.isalpha() and not letter.islower()) for letter in text)
    return text if few and named and len(text) >= 2 else None


def _is_self(name: str, article: Article) -> bool:
    """Tell whether a name is the article's own publisher."""
    own = {family(article.url, ""), family("", article.publisher)} - {""}
    named = family(name if _SITE.match(name) else "", name)
    publisher = article.publisher.casefold().strip()
    if len(publisher) >= OWN_CHARS and name.casefold().startswith(publisher):
        return True
    return named in own or bool({label(named)} - {""} & {label(one) for one in own})


def _opening(line: str) -> Credit:
    """Read "CITY, Nov 3 (Reuters) -", "[ANI]", "/TASS/", "City - AFP:" and "【City AFP】" before the first sentence."""
    if (cjk := _XINHUA.match(line)) and (known := agency(cjk[1])):
        return Credit((known,))
    for found in _BRACKETED.finditer(line, 0, 120):
        text = found[1] or found[2] or found[3]
        credit = agencies.read(text)
        if not (credit.names or credit.generic) or PICTURE.search(text):
            continue
        # A short form in running prose is a party or a place as often as an agency: what stands around tells.
        dated = any(letter.isdigit() for letter in line[: found.start()])
        if found.start() < 2 or dated or not text.isascii() or _AFTER_CREDIT.match(line, found.end()):
            return credit
    start = 0
    for number, mark in enumerate(_SEGMENT.finditer(line, 0, 110)):
        credit = agencies.read(line[start : mark.start()])
        if credit.names:
            return credit
        start = mark.end()
        if number == 2:
            break
    return Credit()


def _closing(line: str) -> Credit:
    """Read a line that is a credit or ends in one."""
    found = Credit()
    if len(line) <= WHOLE_CHARS:
        by = BYLINE.match(line)
        found = agencies.find(line[by.end() :]) if by else agencies.read(line)
    if not (found.names or found.generic):
        ending = _BRACKETED_END.search(line[-60:]) or _DASHED_END.search(line[-60:])
        found = agencies.read(ending[ending.lastindex or 1]) if ending else found
    is_empty = not (found.names or found.generic)
    return Credit() if is_empty or PICTURE.search(line[-120:]) else found


def _contribution(line: str, contributions: list[re.Pattern[str]]) -> Credit:
    for pattern in contributions:
        for said in pattern.finditer(line):
            found = Credit(generic=True) if said["name"] == "feed" else agencies.find(said["name"])
            if found.names or found.generic:
                return found
    return Credit()


def _pages(article: Article) -> Iterator[Credit]:
    """Yield the publisher that a canonical link names, and the agency whose own page it is."""
    own, canonical = host_of(article.url), host_of(article.canonical_url or "")
    if own and canonical and not _is_self(canonical, article):
        known = agency_at(canonical)
        yield Credit((known,)) if known else _Stated(name=canonical.removeprefix("www."))
    known = agency_at(own) or agency(article.publisher)
    if known:
        yield Credit((known,))
