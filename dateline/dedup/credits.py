"""Whom an article credits: agencies, statements of origin, canonical links.

Owns: reading an article's credits. Refuses what a text cites: "according to X" names a source of the
text, and a picture's credit the picture's; neither says where the article comes from.
"""

import re
from collections.abc import Iterator

from dateline.dedup.agencies import AGENCY_SITES, agencies_in, agency
from dateline.dedup.publishers import family
from dateline.model import Article

GENERIC = "agencies"
"""Origin of an article that credits agencies without a name: "wire reports", "Staff and agencies"."""

SEPARATOR = " / "
"""Between the names of an origin that are two agencies: "Agence France-Presse / Reuters"."""

HEAD_CHARS = 300
"""Where an opening credit stands: place, date and agency before the first sentence."""

TAIL_CHARS = 900
"""Where a closing credit stands: the last paragraphs."""

LINE_CHARS = 400
"""A longer paragraph tells the story, not its origin."""

_NAME = r"(?P<name>[^;|()\[\]\n]{2,90})"
_WHAT = r"(?:story|article|report|piece|post|column|dispatch|content|text|version|interview)"
_STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WHAT}\s+(?:first\s+|originally\s+)?originated\s+(?:in|from|with|at|on)\s+{_NAME}",
        rf"\b(?:first|originally|previously)\s+(?:been\s+)?published\s+(?:in|by|on|at|with)\s+{_NAME}",
        rf"\b{_WHAT}\s+(?:has\s+)?(?:first|originally|previously)\s+(?:appeared|ran|aired)\s+(?:in|on|at|with)\s+{_NAME}",
        rf"\b(?:published|appeared|posted)\s+(?:first|originally)\s+(?:in|by|on|at|with)\s+{_NAME}",
        rf"\b(?:republished|reprinted|reproduced|syndicated)\s+(?:with\s+(?:\w+\s+)?permission\s+)?(?:from|of|by|courtesy\s+of)\s+{_NAME}",
        rf"\b{_WHAT}\s+(?:is|was|has\s+been)\s+(?:provided|produced|supplied|distributed|written)\s+(?:to\s+us\s+)?by\s+{_NAME}",
        rf"\b(?:paru|publié)e?s?\s+(?:initialement|d'abord|à\s+l'origine)\s+(?:dans|sur|par|en)\s+{_NAME}",
        rf"\b(?:publicad[oa])\s+(?:originalmente|por\s+primera\s+vez|primero)\s+(?:en|por)\s+{_NAME}",
        rf"\bzuerst\s+(?:erschienen|veröffentlicht)\s+(?:in|bei|auf|im)\s+{_NAME}",
    )
)
_SOURCE_LINE = re.compile(
    r"^\W*(?:original\s+source|news\s+source|source|sources|credit|courtesy|via|quelle|fuente|fonte|kaynak|bron|источник|المصدر|来源|來源|出典)"
    r"\s*(?:[:：]|\bof\b|-|–|—)\s*(?P<name>[^;|\n]{2,90})$",
    re.IGNORECASE,
)
_INPUTS = re.compile(
    r"\b(?:with|additional)\s+(?:\w+\s+)?(?:inputs?|material|reporting|reports?|information|files?)\s+(?:from|by)\s+(?P<name>[^.;|\n)]{2,60})"
    r"|(?P<before>[^.;|\n(]{2,60}?)\s+contributed\s+to\s+this\s+(?:report|story|article)"
    r"|(?:copyright|©|\(c\))\s*(?:\(c\)|©)?\s*(?:\d{4})?,?\s*(?:by\s+)?(?P<holder>[^.;|\n(]{2,60})",
    re.IGNORECASE,
)
_REUTERS_DESK = re.compile(
    r"\(?\b(?:additional\s+)?reporting\s+by\b[^\n]{2,200}?\b(?:editing|writing)\s+by\b", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(\[/]\s*([^()\[\]/\n]{2,40}(?:/[^()\[\]/\n]{2,20})?)\s*[)\]/]")
_BRACKETED_END = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]][\s.]{0,4}$")
_DASHED_END = re.compile(r"[.!?\"”]\s*[–—-]{1,2}\s*([^.\n–—]{2,40})$")
_AFTER_CREDIT = re.compile(r"\s*[-–—:.]|\s*$")
_OPENING = re.compile(r"^\W{0,3}(?:by\s+)?([^\n:–—-]{2,40}?)\s*(?:[:–—]|\s-)\s")
_ANSWERS_END = re.compile(
    r"\.(?:\s|$)|,\s|\s+(?:and\s+(?:is|was|has)|under|with\s+permission|here|as\s+part|where|which|who|in\s+(?:january|february|march|april|"
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


def origin(article: Article) -> str | None:
    """Return who the article says it comes from: an agency's usual name, a publisher, a host name, or None.

    Read are the author, the opening, the closing lines and what cleaning removed. A statement of
    origin wins over an agency's credit, that over material that others contributed. An agency's own page
    has that agency as its origin. "According to X" is a source of the text, not an origin.
    """
    lines = tuple(_credit_lines(article))
    for line in lines:
        stated = _stated(line)
        if stated:
            return stated
    return (
        agency(article.author.removeprefix("By ").removeprefix("by "))
        or _opening_credit(article.text[:HEAD_CHARS])
        or next(filter(None, map(_closing_credit, lines)), None)
        or _own_agency(article)
        or next(filter(None, map(_contribution, lines)), None)
    )


def _credit_lines(article: Article) -> Iterator[str]:
    """Yield short paragraphs of the opening, the closing and of what was removed."""
    text = article.text
    head = text[:HEAD_CHARS].splitlines()
    tail = text[-TAIL_CHARS:].splitlines() if len(text) > HEAD_CHARS else []
    removed = [line for part in article.removed[-40:] for line in part.text[:1000].splitlines()]
    for line in (*reversed(tail), *head, *removed):
        if 2 <= len(line.strip()) <= LINE_CHARS:
            yield line.strip()


def _stated(line: str) -> str | None:
    for pattern in _STATEMENTS:
        said = pattern.search(line)
        name = _clean_name(said["name"]) if said else None
        if name:
            return name
    source = _SOURCE_LINE.match(line)
    return _clean_name(source["name"]) if source else None


def _clean_name(raw: str) -> str | None:
    """Cut a captured name where it ends; None when it is no name of a few words."""
    text = raw.strip(" \t\"'“”‘’«»*_:–—-")
    end = _ANSWERS_END.search(text)
    text = (text[: end.start()] if end else text).strip(" \t\"'“”‘’«»*_.:–—-")
    known = agency(text)
    if known:
        return known
    site = _SITE.match(text)
    if site:
        host = site[1].lower()
        return AGENCY_SITES.get(family(host, ""), host)
    text = re.sub(
        r"^(?:our\s+(?:sister\s+)?(?:partner|publication|site)s?\s+|the\s+(?=website\s))",
        "",
        text,
        flags=re.IGNORECASE,
    )
    if _DATE.match(text):
        return None
    few = 0 < len(text.split()) <= 7
    named = any(letter.isupper() or (letter.isalpha() and not letter.islower()) for letter in text)
    return text if few and named and len(text) >= 2 else None


def _opening_credit(head: str) -> str | None:
    """Read "CITY, Nov 3 (Reuters) -", "[ANI]", "/TASS/" and "AFP:" before the first sentence."""
    for found in _BRACKETED.finditer(head):
        name = next(iter(agencies_in(found[1])), None)
        # A short form in running prose is a party or a place as often as an agency: the dash tells.
        if name and (len(found[1]) > 4 or not found[1].isascii() or _AFTER_CREDIT.match(head, found.end())):
            return name
    opening = _OPENING.match(head)
    return next(iter(agencies_in(opening[1])), None) if opening else None


def _closing_credit(line: str) -> str | None:
    """Read a line that is a credit, ends in one, or is Reuters's desk line."""
    if _REUTERS_DESK.search(line):
        return "Reuters"
    bare = line.strip(" \t()[]-–—/*.|_")
    if len(bare) <= 60:
        whole = agencies_in(bare.removeprefix("By ").removeprefix("Agence "))
        if whole:
            return whole[0]
    ending = _BRACKETED_END.search(line[-60:]) or _DASHED_END.search(line[-60:])
    return next(iter(agencies_in(ending[1])), None) if ending else None


def _contribution(line: str) -> str | None:
    for found in _INPUTS.finditer(line):
        name = found["name"] or found["before"] or found["holder"] or ""
        known = next(iter(agencies_in(name)), None)
        if known:
            return known
    return None


def _own_agency(article: Article) -> str | None:
    return AGENCY_SITES.get(family(article.url, "")) or agency(article.publisher)
