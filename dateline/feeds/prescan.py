"""The limits that an XML feed must keep before a parser may see it.

Owns one linear walk over the tags. Refuses to judge well-formedness: the parser mends much, this
only stops what would cost it seconds or gigabytes.
"""

import re

from dateline.errors import BadFeed, Reason

MAX_ITEMS = 5_000
"""Entries; the longest news feeds seen carry some hundreds."""

MAX_DEPTH = 200
"""Open elements; 100,000 took feedparser 1.7 s."""

MAX_TAG_ATTRIBUTES = 500
"""Attributes of one element. feedparser is quadratic in them: 1,000 took 16 ms, 10,000 1.0 s."""

MAX_ATTRIBUTES = 100_000
"""Attributes of the whole feed, about 0.6 s at the worst spread; 5,000 entries carry about 20,000."""

MAX_MARKS = 2_000_000
"""Angle brackets and ampersands; 5 million stray ones took feedparser's loose parser 7 s."""

MAX_STRAY_ENDS = 10_000
"""End tags of nothing that is open; 500,000 took feedparser's loose parser 2.5 s."""

MAX_ENTITIES = 300
"""Declarations of characters: the Latin 1, symbol and special sets of HTML hold 252."""

MODEST_TAG_CHARS = 20_000
"""Between two brackets; about 2,000 attributes fit."""

_LONG_TAG = re.compile(rf"<[^<]{{{MODEST_TAG_CHARS}}}")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_OPEN = re.compile(r"<(?:!--|!\[CDATA\[|!DOCTYPE|\?|/|(?=[A-Za-z_]))", re.IGNORECASE)
_NAME = re.compile(r"[^\s<>/=\"']{1,100}")
# Possessive, so that each character is looked at once however the quotes stand.
_TAG_REST = re.compile(r"[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+")
_SUBSET = re.compile(r"[^<>\[]*+")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_CHARACTER = re.compile(
    r"<!ENTITY\s+[\w.-]{1,40}\s+(?:\"(?:&\#\w{1,8};|[^&%\"<]{0,40})\"|'(?:&\#\w{1,8};|[^&%'<]{0,40})')\s*>",
    re.IGNORECASE,
)
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))


def check_marks(text: str) -> None:
    """Return if the text has a bearable number of brackets and ampersands. Costs next to nothing.

    Raises:
        BadFeed: parse_budget.
    """
    if text.count("<") + text.count("&") > MAX_MARKS:
        raise BadFeed("too much markup", Reason.PARSE_BUDGET)


def is_modest(text: str) -> bool:
    """Whether libxml2, which bounds the depth itself, can read the text without being checked any further.

    It has no document type and no element with very many attributes.
    """
    return _LONG_TAG.search(text) is None and _DOCTYPE.search(text) is None


def check(text: str, *, max_items: int = MAX_ITEMS, max_attributes: int = MAX_ATTRIBUTES) -> None:
    """Return if a parser may read ``text``.

    Raises:
        BadFeed: doctype_rejected for entities that are more than one character's name,
            parse_budget for too many attributes, entries or levels, not_a_feed for an HTML page.
    """
    check_marks(text)
    open_names: list[str] = []
    attributes = items = stray = at = 0
    rooted = False
    while match := _OPEN.search(text, at):
        kind = match[0].lower()
        if kind not in ("<", "</"):
            at = _skip(text, match, kind)
            continue
        name_match = _NAME.match(text, match.end())
        if name_match is None:
            at = match.end()
            continue
        name = name_match[0].rpartition(":")[2].lower()
        rest = _TAG_REST.match(text, name_match.end())
        at = rest.end() if rest else name_match.end()
        if kind == "</":
            stray += not _close(open_names, name)
            if stray > MAX_STRAY_ENDS:
                raise BadFeed("too many end tags", Reason.PARSE_BUDGET)
            continue
        if not rooted:
            rooted = True
            if name == "html":
                raise BadFeed("an HTML page", Reason.NOT_A_FEED)
        tag = text[name_match.end() : at]
        attributes += _attributes(tag)
        items += name in ("item", "entry")
        if not tag.endswith("/") and name not in _VOID:
            open_names.append(name)
        if attributes > max_attributes or items > max_items or len(open_names) > MAX_DEPTH:
            raise BadFeed("too many attributes, entries or levels", Reason.PARSE_BUDGET)


def _skip(text: str, match: re.Match[str], kind: str) -> int:
    if kind == "<!doctype":
        return _doctype(text, match.end())
    closing = {"<!--": "-->", "<![cdata[": "]]>"}.get(kind, ">")
    end = text.find(closing, match.end())
    return len(text) if end < 0 else end + len(closing)


def _doctype(text: str, at: int) -> int:
    """Return where the document type ends; entities of more than a character are refused."""
    head = _SUBSET.match(text, at)
    at = head.end() if head else at
    if not text.startswith("[", at):
        return at
    end = text.find("]", at)
    subset = text[at : end if end >= 0 else len(text)]
    declared = len(_ENTITY.findall(subset))
    if declared > MAX_ENTITIES or declared != len(_CHARACTER.findall(subset)):
        raise BadFeed("the document type declares entities", Reason.DOCTYPE_REJECTED)
    return at + len(subset)


def _close(open_names: list[str], name: str) -> bool:
    """Close the innermost element of that name with all in it; return whether one was open."""
    if name not in open_names:
        return False
    while open_names.pop() != name:
        pass
    return True


def _attributes(tag: str) -> int:
    count = tag.count("=")
    if len(tag) > 2 * MAX_TAG_ATTRIBUTES and max(count, len(tag.split())) > MAX_TAG_ATTRIBUTES:
        raise BadFeed("too many attributes in one element", Reason.PARSE_BUDGET)
    return count
