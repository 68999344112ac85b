"""Who denies, withdraws or says that something was not so.

Owns finding the name before a verb of denying, and whom a sentence cites. Refuses to say what is denied
(``retractions``) and whether the word of such a source counts (``closing``).
"""

import re

from dateline.incidents.record import Source
from dateline.incidents.sentences import Sentence
from dateline.incidents.sources import kind_of, read_sources
from dateline.incidents.triggers import lowered

MAX_NAME = 70
"""Characters of a name; what is longer is a clause."""

REACH = 90
"""Characters before the verb in which the name of the denier stands."""

_VERB = re.compile(
    r"\b(?:denied|denies|deny|denying|dismiss(?:ed|es)|refut(?:ed|es)|reject(?:ed|s)|debunk(?:ed|s)|disavowed|disclaimed|"
    r"retract(?:ed|s|ing)|withdr(?:ew|aws?|awn|awing)|pulled|no longer stands?|was not|were not|had nothing|has nothing)\b"
)
_ADVERBS = re.compile(
    r"(?:^|,? )(?:has|have|had|is|are|also|later|again|however|strongly|categorically|quickly|immediately|since|promptly|"
    r"officially|firmly|said it|said they|says it|on \w+day|in a statement|in a \w+ statement)$"
)
_CLAUSE = re.compile(
    r"[,;:–—“”\"]|\b(?:but|and|while|although|though|after|when|that|as|because|which|who|where|however)\b"
)
_SIDE = re.compile(
    r"\b(?:army|taliban|israel|russia|ukraine|syria|iran|turkey|rwanda|ethiopia|eritrea|sudan|government|militia|movement|party|"
    r"front|liberation|state|brigades?|group|alliance|organi[sz]ation|hamas|hezbollah|houthis?|shabaab|haram|cartel|united states|"
    r"pentagon|kremlin|nato|coalition|union|council|tribe|community)\b|\b[A-Z]{2,6}\b",
)
_OPENING = re.compile(r"^(?:the|an?|on \w+day|meanwhile|but|in a statement)\s+", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:[\w’'-]+ ){0,3}?(?:spokes(?:man|woman|person)|minister|commissioner|governor|mayor|chief|commander|inspector|sheriff|"
    r"superintendent|administrator|president)\s*,?\s*$|\b(?:[\w’'-]+ )?(?:police|officials?|authorities|prosecutors|firefighters|army|"
    r"military) (?:in|of|for|at)(?: the)?\s*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:has|have|had|was|were) been (?:retracted|withdrawn|removed|taken down|deleted)\b"
)
_RESCUERS = re.compile(
    r"\b((?:[Ff]ire (?:brigade|service|department)|[Ee]mergency services|[Bb]omb squad|[Cc]ivil defen[cs]e|[Cc]oast ?guard))"
    r" (?:said|says|confirmed|reported)\b"
)
"""Offices that the sources of an attack are seldom; of what was none they are."""

_POINTED = frozenset({"the", "newspaper", "paper", "station", "agency", "broadcaster", "site", "website"})
_NOBODY = frozenset("he she it they we i who which that this these those there".split())  # noqa: SIM905 - a list of words


def cited(one: Sentence) -> Source | None:
    """Return whom a sentence cites, an office before others; a spokesman's office is his."""
    found = [_of_office(source, one.text[:start]) for source, start, _ in read_sources(one.text)]
    if not found and (rescuers := _RESCUERS.search(one.text)):
        return Source(name=rescuers[1], kind="officials")
    offices = [source for source in found if source.kind in ("police or military", "officials")]
    return next(iter(offices or found), None)


def _of_office(source: Source, before: str) -> Source:
    office = _OFFICE.search(before) if source.kind is None else None
    if office is None:
        return source
    name = f"{office.group().strip()} {source.name}"
    return Source(name=name, kind=kind_of(name))


def denier(one: Sentence) -> Source | None:
    """Return who denies: the words right before the verb, as far as its clause goes."""
    low = lowered(one.text)
    verb = _VERB.search(low)
    if verb is None:
        return None
    start, end = max(0, verb.start() - REACH), len(low[: verb.start()].rstrip(" ,"))
    while (tail := _ADVERBS.search(low, start, end)) is not None:
        end = len(low[: tail.start()].rstrip(" ,"))
    for stop in _CLAUSE.finditer(low, start, end):
        start = stop.end()
    name = _OPENING.sub("", one.text[start:end].strip(" ,."))
    if not name or name.lower().split()[0] in _NOBODY or len(name) > MAX_NAME:
        return None
    return Source(name=name, kind=kind_of(name))


def denies(low: str) -> bool:
    """Tell whether a lower-cased sentence has a verb of denying: then it is somebody's word."""
    return _VERB.search(low) is not None


def withdrawer(one: Sentence) -> Source | None:
    """Return whose report is withdrawn; None where the article speaks of its own."""
    if _PASSIVE.search(lowered(one.text)):
        return None
    by = denier(one)
    return None if by is None or by.name.lower() in ("editors", "this newspaper", "this website") else by


def is_unnamed(by: Source) -> bool:
    """Tell whether a publisher is only pointed at: "the newspaper"."""
    return not any(word[0].isupper() for word in by.name.split() if word.lower() not in _POINTED)


def is_side(by: Source) -> bool:
    """Tell whether a side denies, not a suspect: an office, an armed group, a state by its name."""
    return by.kind in ("police or military", "officials", "belligerent") or bool(
        _SIDE.search(by.name) or _SIDE.search(by.name.lower())
    )
