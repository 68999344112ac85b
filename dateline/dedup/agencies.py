"""News agencies by the names and short forms that credit lines use.

Owns: the table of agencies (``agencies.csv``), their sites, and reading a credit's few words. Refuses
running text: "AP" in a sentence is not a credit, so callers hand in the credit only.
"""

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import normalize

from msgspec import Struct

from dateline.dedup.credit_phrases import GENERIC_FORMS, LOWER_CASE, STAFF, TITLE_CASE

GENERIC = "agencies"
"""Origin of an article that credits agencies without a name: "wire reports", "Staff and agencies"."""

SEPARATOR = " / "
"""Between the names of an origin that are two agencies: "Agence France-Presse / Reuters"."""

MAX_CHARS = 120
"""A longer credit is a sentence."""

SHORT = 4
"""A form of so many letters is a word of many languages: its case tells."""

MOST_NAMES = 2
"""Agencies of one origin; who credits more has made a digest."""

_SPLIT = re.compile(
    r"\s*[/,;&+|·•،、，＋／]\s*|\s+[–—-]\s+"
    r"|\s+(?:and|und|et|y|e|en|och|og|ja|i|ve|dan|и|та|و|及|和|with|mit|avec|con|com|met|med|for|für|in|via|from|of|de|da|do|del|della|dei|d[ae]s|à|à la|aus|von|der|из|с)\s+",
    re.IGNORECASE,
)
_STRIP = " \t\r\n.:'\"“”‘’«»*()[]{}【】（）「」_-–—~|/©*"
_PREFIX = re.compile(
    r"(?:the|la|le|l'|el|los|die|der|il|agencia|agência|agence|agenzia|agentur|nachrichtenagentur|persbureau|agencija|agentia|"
    r"agenția|agencja|agentura|agenție|haber ajansı|kantor berita|агентство|агенция|агенција|информагентство|وكالة|وكالة أنباء|"
    r"خبرگزاری|समाचार एजेंसी|news agency|copyright)\s+"
)
_SUFFIX = re.compile(
    r"\s+(?:news agency|agency|newswire|wire|news wire|staff|staff writers?|writers?|correspondents?|reporters?|bureau|desk|news desk|"
    r"news service|service|feed|redaktion|ajansı|통신|通信社|社|记者|記者|電|电)$"
)
_AHEAD = re.compile(r"^(?:for|with|from|and|in|by|special to)\s+", re.IGNORECASE)
_YEAR_ON = re.compile(r"[\s,]*\b(?:19|20)\d\d\b.*$")
_DESK = re.compile(
    r"\b([A-Z]{2,5}|Reuters)\s+(?:[\w-]+\s+){0,2}(?:[Ww]riter|[Cc]orrespondent|[Rr]eporter|[Ss]taff|[Ee]ditor)s?\b"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Credit(Struct, frozen=True):
    """What a credit names: agencies in its order, and whether it speaks of agencies without a name."""

    names: tuple[str, ...] = ()
    generic: bool = False

    @property
    def origin(self) -> str:
        """The origin that it gives: one name, two, ``GENERIC``, or empty."""
        if self.names:
            return SEPARATOR.join(self.names[:MOST_NAMES])
        return GENERIC if self.generic else ""


_NOTHING = Credit()


class _Table(Struct, frozen=True):
    by_form: dict[str, str]
    by_host: dict[str, str]
    #: Forms in Chinese, Japanese and Korean letters, the longest first: they stand without a space.
    joined: tuple[str, ...]


@cache
def load() -> _Table:
    """Return the agencies; read once."""
    text = files("dateline.dedup").joinpath("agencies.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    by_form: dict[str, str] = {}
    by_host: dict[str, str] = {}
    for row in rows:
        for form in (row["name"], *row["forms"].split("|")):
            if form:
                by_form.setdefault(_form(form), row["name"])
        by_host.update(dict.fromkeys(filter(None, row["hosts"].split("|")), row["name"]))
    joined = sorted((form for form in by_form if _CJK.search(form)), key=len, reverse=True)
    return _Table(by_form, by_host, tuple(joined))


def agency_names() -> frozenset[str]:
    """Return the usual name of every agency that is known."""
    return frozenset(load().by_form.values())


def agency_at(host: str) -> str | None:
    """Return the agency whose own page a host name is, by the longest host known: "www.ap.org" is AP's."""
    by_host = load().by_host
    labels = host.lower().split(".")
    for start in range(max(0, len(labels) - 4), len(labels) - 1):
        if known := by_host.get(".".join(labels[start:])):
            return known
    return None


@lru_cache(maxsize=8192)
def agency(credit: str) -> str | None:
    """Return the usual name of the agency that a credit of a few words names as a whole, or None.

    Short forms count in the case that agencies write: "AP", "dpa"; "Ana" is a person.
    """
    if not 2 <= len(credit) <= 60:
        return None
    by_form, form = load().by_form, _form(credit)
    known = by_form.get(form)
    if known is None:
        bare = _SUFFIX.sub("", _PREFIX.sub("", form)).strip()
        known = by_form.get(bare) if bare != form else None
        form = bare
    return known if known and _is_signed(credit, form) else None


@lru_cache(maxsize=8192)
def read(text: str) -> Credit:
    """Return what a credit names that is nothing but a credit; nothing where any part of it is something else.

    Days and the papers' own short signs may stand beside the agency: "[AFP, Nov 3]", "mol/dpa"; "(AP, Math)" is no credit.
    """
    text = text.strip(_STRIP)
    if (whole := _as_a_whole(text)) is not None:
        return whole
    names: list[str] = []
    generic = False
    for part in _parts(text):
        if known := agency(part) or _at_end(part):
            names.append(known)
        elif is_generic(part):
            generic = True
        elif not (_is_day(part) or _is_staff(part) or _is_sign(part)):
            return _NOTHING
    return Credit(tuple(dict.fromkeys(names)), generic)


def _as_a_whole(text: str) -> Credit | None:
    """Return what a text names that is one name, or too short or long to be a credit; None where it is to be parted."""
    if not 2 <= len(text) <= MAX_CHARS:
        return _NOTHING
    if is_generic(text):
        return Credit(generic=True)
    known = agency(text)
    return Credit((known,)) if known else None


@lru_cache(maxsize=8192)
def find(text: str) -> Credit:
    """Return what a byline or a list of contributors names beside people, places and papers."""
    text = _YEAR_ON.sub("", text[:MAX_CHARS]).strip(_STRIP)
    if (whole := _as_a_whole(text)) is not None:
        return whole
    names: list[str] = []
    generic = False
    for part in _parts(text):
        if known := agency(part) or _within(part) or _at_end(part):
            names.append(known)
        else:
            generic = generic or is_generic(part)
    return Credit(tuple(dict.fromkeys(names)), generic)


def is_generic(credit: str) -> bool:
    """Tell whether a credit speaks of agencies without naming one: "Agencies", "wire reports", "وكالات"."""
    form = _form(credit)
    return form in GENERIC_FORMS or _PREFIX.sub("", form) in GENERIC_FORMS


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip(_STRIP) for piece in _SPLIT.split(text)) if len(part) >= 2]


def _within(part: str) -> str | None:
    """Read "MARA OLDIN Associated Press", "Reuters Kadoma", "AP Sports Writer": a long form at an end, a desk."""
    words = _AHEAD.sub("", part).split()
    for size in range(min(3, len(words) - 1), 0, -1):
        for piece in (" ".join(words[-size:]), " ".join(words[:size])):
            known = agency(piece) if len(piece) > SHORT + 1 else None
            if known:
                return known
    if desk := _DESK.search(part):
        return agency(desk[1])
    return None


def _at_end(part: str) -> str | None:
    """Read "カドマ時事", "新华社卡多马": letters without spaces, the agency at an end."""
    if not _CJK.search(part):
        return None
    form, table = _form(part), load()
    return next((table.by_form[one] for one in table.joined if form.endswith(one)), None)


def _is_signed(credit: str, form: str) -> bool:
    """Tell whether a short form stands in the case that agencies sign with."""
    letters = [letter for letter in credit if letter.isalpha()]
    if len(form) > SHORT or not form.isascii():
        return True
    if all(letter.isupper() for letter in letters):
        return True
    if all(letter.islower() for letter in letters):
        return form in LOWER_CASE
    return form in TITLE_CASE or sum(letter.isupper() for letter in letters) > 1


def _is_day(part: str) -> bool:
    return any(letter.isdigit() for letter in part)


def _is_staff(part: str) -> bool:
    return _form(part) in STAFF


def _is_sign(part: str) -> bool:
    return len(part) <= SHORT and part.isascii() and part.islower() and part.isalpha()


@lru_cache(maxsize=16384)
def _form(credit: str) -> str:
    """Return a form as the table holds it: casefolded, letters of an abbreviation together."""
    plain = normalize("NFKC", credit).replace(".", " ").replace("’", "'")
    words = plain.casefold().replace("\u0307", "").strip(_STRIP).split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words).removeprefix("the ")
