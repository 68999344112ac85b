"""Who says so: the sources that a sentence cites.

Owns the phrases of citing and the kinds of source. Refuses to judge them.
"""

import re
from functools import cache

from dateline.incidents.anchored import heads_of, stems_of
from dateline.incidents.record import Source
from dateline.incidents.triggers import lowered
from dateline.text.needs import needs

_NAME = r"(?:[A-Z][\w.&'’-]*|\d+)(?:\s+(?:of|for|the|and|de|al|del|la|on|[A-Z][\w.&'’-]*|\d+)){0,7}"
_SPEAKER = (
    r"(?:police|officials?|reports?|sources?|media|authorities|witnesses|eyewitnesses|residents|villagers|activists|"
    r"army|military|government|ministry|spokes(?:man|woman|person)|militants|rebels|guerrillas|insurgents|doctors|medics|"
    r"survivors|relatives|locals|monitors?|governor|mayor|commander|newspapers?|radio|television)"
)
_GENERIC = (
    r"(?:(?:local|state|military|security|police|army|government|medical|hospital|tribal|official|rebel|village|"
    r"district|provincial|humanitarian|news|media|judicial|diplomatic|intelligence|health|church|community|several|"
    r"two|three|senior|independent|opposition|activist|defen[cs]e|interior|foreign|city|regional|federal)\s+){0,3}"
    + _SPEAKER
)
_SAID = r"(?:said|says|say|reported|reports|announced|confirmed|stated|told|added|quoted|claimed|disclosed|tweeted)"
_ACCORDING = re.compile(
    rf"\b[Aa]ccording to (?:the |a |an |its |data from |reports (?:by|from) )?({_NAME}|{_GENERIC})"
)
_NAMED = re.compile(
    rf"(?:^|[\s“\"(])(?:[Tt]he |[Aa]n? )?({_NAME})(?:\s*\([^)]{{1,12}}\))?,?\s+(?:also |has |have |had )?{_SAID}\b"
)
_LOOSE = re.compile(rf"(?:^|[\s“\"(])(?:the |an? )?({_GENERIC})\s+(?:also |has |have |had )?{_SAID}\b")
_TAIL = re.compile(rf"\b{_SAID}\s+(?:the |a |an )?({_NAME})\s*[.,;]?\s*$")
_QUOTED = re.compile(rf"\b(?:[Tt]he )?({_NAME})(?: news agency| newspaper)? (?:quoted|cited)\b")

_MAX_CHARS = 1200
"""Characters of a sentence in which somebody is cited."""

_SAID_WORDS = tuple(_SAID.removeprefix("(?:").removesuffix(")").split("|"))
_SAID_STEMS = frozenset(word[:4] for word in _SAID_WORDS)
_SPEAKERS = needs(_SPEAKER)[0]

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("monitor", re.compile(r"\b(?:observatory|monitor\w*|acled|airwars|watch|human rights|conflict tracker|think tank)\b")),
    ("state media", re.compile(r"\b(?:sana|irna|tass|xinhua|kcna|state (?:media|news|television|tv|radio|agency)|prensa latina|official news|ria|anadolu|tasnim|fars)\b")),
    ("agency", re.compile(r"\b(?:news agency|press agency|agency|reuters?|afp|associated press|ap|efe|upi|dpa|ansa|ians|pti|acan-efe|notimex|bloomberg)\b")),
    ("health", re.compile(r"\b(?:hospital|doctors?|medics?|medical|ministry of health|health ministry|red cross|red crescent)\b")),
    ("police or military", re.compile(r"\b(?:police|army|military|commander|general|colonel|captain|defen[cs]e ministry|ministry of defen[cs]e|security (?:forces|sources?|officials?)|coalition|command|inspector|sheriff|sp|dgp|brigade)\b")),
    ("belligerent", re.compile(r"\b(?:militants|rebels|guerrillas|insurgents|taliban|front|fighters)\b")),
    ("officials", re.compile(r"\b(?:officials?|authorities|government|governor|mayor|ministry|minister|spokes(?:man|woman|person)|president|administration|council)\b")),
    ("witnesses", re.compile(r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents|villagers|survivors|relatives|locals|activists)\b")),
    ("media", re.compile(r"\b(?:media|news|radio|television|tv|newspaper|times|post|dawn|journal|daily|express|herald|tribune|reports?|press|bbc|cnn|voa|monitor|gazette|hindu|guardian)\b")),
)  # fmt: skip


@cache
def _not_names() -> frozenset[str]:
    return frozenset(
        [
            "he",
            "she",
            "they",
            "it",
            "we",
            "i",
            "who",
            "which",
            "that",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "the",
            "in",
            "on",
            "at",
            "but",
            "and",
            "also",
            "earlier",
            "later",
            "meanwhile",
            "however",
        ]
    )


Cited = dict[int, tuple[tuple[Source, int, int], ...]]
"""Sources by the start of their sentence, each with its characters in the sentence."""


def kind_of(name: str) -> str | None:
    """Return what kind of source a name is: monitor, state media, agency, …, or None."""
    low = name.lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(low)), None)


def _worth_trying(text: str, low: str) -> list[tuple["re.Pattern[str]", str]]:
    """Return the patterns whose words stand in a text, each with the text that it reads, in the order of asking."""
    tried = [(_ACCORDING, text)] if "ccording to " in text else []
    if "quoted" in text or "cited" in text:
        tried.append((_QUOTED, text))
    if not _SAID_STEMS.isdisjoint(heads_of(low)):
        told = any([word in text for word in _SAID_WORDS])  # noqa: C419 - a list is faster than a generator
        if told:
            tried.append((_NAMED, text))
        if not _SPEAKERS.isdisjoint(stems_of(low)):
            tried.append((_LOOSE, low))
        if told:
            tried.append((_TAIL, text))
    return tried


def read_sources(text: str) -> tuple[tuple[Source, int, int], ...]:
    """Return the sources that a sentence cites, in order, each with its characters in the sentence."""
    text = text[:_MAX_CHARS]
    found: dict[int, tuple[Source, int, int]] = {}
    for pattern, read in _worth_trying(text, lowered(text)):
        for match in pattern.finditer(read):
            start = match.start(1)
            name = text[start : match.end(1)].strip(" ,.")
            if name.lower().split()[0] in _not_names() or not name.strip():
                continue
            if any(start < end and match.end(1) > begin for _, begin, end in found.values()):
                continue
            found[start] = (Source(name=name, kind=kind_of(name)), start, start + len(name))
    return tuple(found[start] for start in sorted(found))
