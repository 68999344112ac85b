"""A feed's text, cut into its head and its items, so that only unknown items need a parser.

Owns the judgement of when that is safe, the cutting and the hashes. Refuses to mend: a text that is
not well-formed, carries a document type or nests its items is left whole, and is parsed in full.
Everything is handed on exactly as written.

    cut(text).head + the items, in their places == text (without its XML declaration)
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from msgspec import Struct

from dateline.feeds import memory, prescan

DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
DECLARED = '<?xml version="1.0" encoding="utf-8"?>'

# Possessive throughout, so that each character is looked at once.
_SKIPPED = (
    r"!--[^-]*+(?:-(?!->)[^-]*+)*+-->"
    r"|!\[CDATA\[[^\]]*+(?:(?:\]++(?!>)|(?<!\])\](?=>))[^\]]*+)*+\]\]++>"
    r"|\?[^?]*+(?:\?(?!>)[^?]*+)*+\?>"
)
_NAME = r"(?:([\w.-]{1,100}+):)?"
_REST = r"[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+>"
_ITEM = re.compile(
    rf"<(?:{_SKIPPED}|(/?){_NAME}(?:[Ii][Tt][Ee][Mm]|[Ee][Nn][Tt][Rr][Yy])(?=[\s/>])(?:>|{_REST}))"
)
_TAG = re.compile(rf"<(?:{_SKIPPED}|(/?){_NAME}([\w.-]{{1,100}}+){_REST})")
_RELATION = re.compile(r"\srel\s*=")
_ALTERNATE = re.compile(r"\srel\s*=\s*[\"'][^\"']*\balternate\b", re.IGNORECASE)

_HOLDERS = frozenset((("feed",), ("rss",), ("rss", "channel"), ("rdf",), ("rdf", "channel"), ("channel",)))
_DEEPEST = max(map(len, _HOLDERS))
_RDF_VERSIONS = ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")


class Cut(Struct, frozen=True):
    """A feed's text in pieces: ``gaps[0] + items[0] + gaps[1] + … + gaps[-1]``."""

    #: One more than items.
    gaps: tuple[str, ...]
    items: tuple[str, ...]
    #: What of the head changes what entries say: the tags around the items, feed language and links.
    context: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The text without its items."""
        return "".join(self.gaps)

    def hashes(self, base_url: str) -> tuple[bytes, ...]:
        """Return 8 bytes an item, over the item as written and what else its entry depends on."""
        hashed = memory.hasher(*self.context, memory.stem(base_url))
        return tuple(hashed(item.encode("utf-8", "surrogatepass")) for item in self.items)

    def pieces(self, wanted: Iterable[int]) -> list[str]:
        """Return the pieces of the text that is left when only the items at ``wanted`` stay."""
        kept = frozenset(wanted)
        found = [self.gaps[0]]
        for number, item in enumerate(self.items):
            if number in kept:
                found.append(item)
            if not self.gaps[number + 1].isspace():  # which costs feedparser more than it tells
                found.append(self.gaps[number + 1])
        return found


def cut(text: str) -> Cut | None:
    """Return the pieces of an RSS, RDF or Atom feed, or None when it has to be parsed in full.

    Well-formedness is judged by expat with namespaces, as feedparser judges it: what passes here is
    read by its strict parser, in which the items that ``syndication`` isolates do not touch each other.
    """
    declared = DECLARATION.match(text)
    text = text[declared.end() if declared else 0 :]
    # First, because the patterns below are linear on well-formed text only.
    if not _is_well_formed(text) or (spans := _spans(text)) is None:
        return None
    ends = [0, *(end for _, end, _ in spans)]
    starts = [*(start for start, _, _ in spans), len(text)]
    gaps = tuple(text[end:start] for end, start in zip(ends, starts, strict=True))
    context = _context(gaps, {prefix for _, _, prefix in spans})
    if context is None:
        return None
    return Cut(gaps, tuple(text[start:end] for start, end, _ in spans), context)


def _spans(text: str) -> list[tuple[int, int, str]] | None:
    """Return start, end and prefix of each item; None when one stands in another, or there are too many."""
    spans: list[tuple[int, int, str]] = []
    start = -1
    for match in _ITEM.finditer(text):
        if match[1] is None:
            continue
        if match[1]:
            if start < 0:
                return None
            spans.append((start, match.end(), match[2] or ""))
            start = -1
        elif start >= 0 or len(spans) >= prescan.MAX_ITEMS:
            return None
        elif text[match.end() - 2] == "/":
            spans.append((match.start(), match.end(), match[2] or ""))
        else:
            start = match.start()
    return None if start >= 0 else spans


def _is_well_formed(text: str) -> bool:
    parser = expat.ParserCreate("utf-8", " ")
    parser.namespace_prefixes = True
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse((DECLARED + text).encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError, _DoctypeError):
        return False
    return True


class _DoctypeError(Exception):
    """Raised to end the judgement: entities would make the text another one."""


def _refuse(*_: object) -> None:
    raise _DoctypeError


def _context(gaps: tuple[str, ...], prefixes: set[str]) -> tuple[str, ...] | None:
    """Return what of the head the items depend on; None when they do not stand where items stand."""
    found: list[str] = []
    path: list[str] = []
    held_at = 0
    for number, gap in enumerate(gaps):
        for match in _TAG.finditer(gap) if number == 0 or not gap.isspace() else ():
            if match[3] is None:
                continue
            name, is_end = match[3].lower(), bool(match[1])
            if len(path) > prescan.MAX_DEPTH:
                return None
            if is_end:
                path.pop()
            elif not path and not _is_root(name, match[2] or "", match[0], prefixes):
                return None
            is_held = name in ("language", "link") and _holds(path)
            if not is_end:
                if _holds([*path[:_DEEPEST], name]):
                    found.append(match[0])
                if match[0].endswith("/>"):
                    found += [match[0]] if is_held and _counts(match[0]) else []
                    continue
                held_at = match.start() if is_held else held_at
                path.append(name)
            elif is_held and _counts(raw := gap[held_at : match.end()]):
                found.append(raw)
        if number < len(gaps) - 1 and not _holds(path):
            return None
    return tuple(found)


def _holds(path: list[str]) -> bool:
    return len(path) <= _DEEPEST and tuple(path) in _HOLDERS


def _is_root(name: str, prefix: str, tag: str, prefixes: set[str]) -> bool:
    """Whether the root is a feed's, settles the feed's format, and the items have the prefix that goes with it."""
    if name == "rdf":
        return prefixes <= {""} and any(address in tag for address in _RDF_VERSIONS)
    return name in ("rss", "feed") and prefixes <= {prefix}


def _counts(link: str) -> bool:
    """Links to hubs, to the feed itself and to its other pages do not change what entries say."""
    return _RELATION.search(link) is None or _ALTERNATE.search(link) is not None
