"""Datelines: where, by whom and when, at the head of a news story.

Owns reading "GAZA CITY (AP) — …" and its like from the first line of a text. Refuses to cut: the
line stays as it is, the caller is told how much of it the dateline takes. Refuses to guess: a place
in ordinary letters needs an agency, a day or a name that papers set alone.

    read(line) -> Dateline | None
"""

import re

from msgspec import Struct

from dateline.text import datelines_words as words
from dateline.text import dates_words

HEAD_CHARS = 120
"""A dateline ends within so many characters; what comes later is the story."""

PLACE_WORDS = 7
"""Words of a place with its region at most: "Santa Cruz de la Sierra, Bolivia"."""

_END = re.compile(
    r"\)\s?[.,]?\s?[-–—]{1,2}\s?|\)\s?[:।]\s?|\)\.?(?:\s|\Z)|\s?[-–—]{1,2}\s+|\s[-–—]{1,2}|/\.?\s[-–—]?\s?|[:：।]\s|\.\s?[-–—]{1,2}\s?|\.\s|»\s?[:-]\s?"
)
_PAREN = re.compile(r"\(([^()]{2,40})\)|/([^/]{2,30})/|«([^«»]{2,30})»")
_YEAR = r"(?:(?:,?(?:\s+de)?\s|/)\d{4})?(?![\w\d])"
_DAYS = (
    re.compile(
        rf"(?<![\d\w])(?:\d{{4}}\.\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?(?:\s+de)?\s(?P<month>[^\W\d_][^\s\d,/().]{{1,14}})\.?{_YEAR}"
    ),
    re.compile(
        rf"(?<![\d\w])(?:\d{{4}}\.\s)?(?P<month>[^\W\d_][^\s\d,/().]{{1,14}})\.?\s(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?{_YEAR}"
    ),
    re.compile(r"(?<![\d\w])(?P<day>\d{1,2})(?P<month>[-/.]\d{1,2}[-/.])\d{4}(?![\w\d])"),
)
_GAPS = re.compile(r"[\s,،.;/|\-–—:]+")
_TRIM = " ,،.;/|-–—:\u200e\u200f"
_APART = ",،.-–—:|/"
_WORD = re.compile(r"[^\s,،]+")
_CASED = re.compile(r"[A-Za-zÀ-ɏΑ-ωА-яЀ-ӿ]")


class Dateline(Struct, frozen=True, kw_only=True):
    """A dateline's parts as written; what it lacks is empty."""

    place: str = ""
    agency: str = ""
    day: str = ""
    #: Characters of the line that the dateline takes, its dash included.
    length: int = 0

    @property
    def label(self) -> str:
        """Place and agency in one: "GAZA CITY (AP)"."""
        return f"{self.place} ({self.agency})".strip() if self.agency else self.place


def read(line: str) -> Dateline | None:
    """Return the dateline that ``line`` begins with, or None."""
    head = line[:HEAD_CHARS]
    for pattern in words.CJK:
        if found := pattern.match(head):
            place = found["place"].removeprefix("记者").removeprefix("記者")
            return Dateline(
                place=place, agency=found["agency"], day=found["day"] or "", length=_behind(line, found.end())
            )
    best: Dateline | None = None
    for end in _END.finditer(head):
        longer = _parsed(head, end, line)
        if longer and (best is None or _says_more(longer, best)):
            best = longer
    return best


def _says_more(longer: Dateline, best: Dateline) -> bool:
    """Return whether what follows adds an agency or place: "KYIV, 5 March — AP." but not "ROME (AP) — U.S. forces"."""
    is_same = longer.place == best.place or not best.place
    return is_same and bool((longer.agency and not best.agency) or (longer.place and not best.place))


def _parsed(head: str, end: re.Match[str], line: str) -> Dateline | None:
    """Return the dateline that all of the text before ``end`` is, or None."""
    mark = end[0].strip()
    text = head[: end.start()] + (mark[0] if mark[:1] in {")", "/", "»"} else "")
    if len(text) > 90:
        return None
    day, rest = _day(text)
    agency, is_known, rest = _agency(rest)
    place = _GAPS.sub(lambda gap: ", " if "," in gap[0] or "،" in gap[0] else _gap(gap[0]), rest).strip(_TRIM)
    is_own = "«" in text and len(place.split()) <= 2  # Arab papers sign with their name
    if agency and not is_known and not (day or is_own or _is_capitals(place)):
        return None
    if not _is_place(place) and not (is_known and not place and end.start() < 40 and "(" in text):
        return None
    if day and text.startswith(day) and not is_known:
        return None  # a line of a calendar
    after = line[end.end() :].lstrip(" \"'“”«»‘’(")
    if mark == "." and after[:1].isdigit():
        return None
    if mark in {")", "."} and _CASED.search(after[:1]) and not after[:1].isupper():
        return None
    if agency:
        is_dateline = True
    elif day:
        is_dateline = mark[-1:] in {"-", "–", "—", ":"}
    else:
        is_dateline = _stands_alone(place, mark, after)
    if not is_dateline or not (after or is_known):
        return None
    if place[-2:-1] == "." or ("," in place and f"{place}." in head):
        place += "."  # of "Washington, D.C." and "Nashville, Tenn."
    return Dateline(place=place, agency=agency, day=day.rstrip("."), length=_behind(line, end.end()))


def _behind(line: str, at: int) -> int:
    """Return where the story begins at or after ``at``."""
    return len(line) - len(line[at:].lstrip())


def _gap(gap: str) -> str:
    return (
        gap.strip() if gap.strip() in {"-", "/"} and not gap[0].isspace() else " " if gap.isspace() else gap
    )


def _agency(text: str) -> tuple[str, bool, str]:
    """Return the agency that signs, whether it is a known one, and the text without it."""
    signed = [(found, (found[1] or found[2] or found[3]).strip()) for found in _PAREN.finditer(text)]
    for found, name in signed:
        known = words.AGENCY.match(name)
        if known and not name[known.end() : known.end() + 1].isalnum():
            return name, True, f"{text[: found.start()]} , {text[found.end() :]}"
    for found in words.AGENCY.finditer(text):
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        is_apart = (not before or before[-1] in _APART) and (not after or after[0] in _APART)
        if is_apart and (before or after):
            return found[0], True, f"{before} , {after}"
    for found, name in signed:
        if name[:1].isupper() or not _CASED.search(name):
            return name, False, f"{text[: found.start()]} , {text[found.end() :]}"
    return "", False, text


def _day(text: str) -> tuple[str, str]:
    """Return the day as written, and the text without it."""
    plain = dates_words.plainly(text)
    for pattern in _DAYS if len(plain) == len(text) else ():
        for found in pattern.finditer(plain):
            is_month = found["month"][0] in "-/." or dates_words.month(found["month"])[0]
            if is_month and 1 <= int(found["day"]) <= 31:
                return text[found.start() : found.end()], f"{text[: found.start()]} , {text[found.end() :]}"
    return "", text


def _is_place(text: str) -> bool:
    """Return whether all words of the text may be those of a place."""
    parts = _WORD.findall(text)
    if not 1 <= len(parts) <= PLACE_WORDS or any(map(str.isdigit, text)) or len(text) > 60:
        return False
    if text.casefold() in words.CITIES:
        return True
    if parts[0].casefold().strip(".") in words.NO_PLACE or re.search(r"[!?\"“”=@#]", text):
        return False
    return all(
        part[0].isupper()
        or part in words.SMALL
        or not _CASED.search(part[0])
        or part[:2].casefold() in {"al", "el"}
        for part in parts
    ) and (parts[0][0].isupper() or not _CASED.search(parts[0][0]))


def _is_capitals(place: str) -> bool:
    """Return whether the place, up to its region, is set in capitals."""
    town = place.partition(",")[0].strip()
    return len(town) >= 4 and len(town.split()) <= 3 and town.isupper()


def _stands_alone(place: str, mark: str, after: str) -> bool:
    """Return whether a place without agency or day is one by its setting: "KABUL, Afghanistan — The"."""
    is_begin = after[:1].isupper() or not _CASED.search(after[:1])
    is_city = place.partition(",")[0].casefold() in words.CITIES
    if mark in {":", "：", "।"}:
        return is_city and is_begin
    if mark[-1:] not in {"-", "–", "—"}:
        return False
    return is_begin and (is_city or (_is_capitals(place) and not _is_headline(place)))


def _is_headline(place: str) -> bool:
    plain = [word.casefold().strip(".,") for word in place.split()]
    return any(word in words.NO_PLACE or word in words.IN_SENTENCE for word in plain)
