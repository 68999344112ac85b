"""Who asks not to be mined, and where he says so.

Pure. Owns the table of opt-outs that are honoured, and the reading of each. Refuses to fetch and
to remember: ``robots`` holds what an origin says, ``visit`` what a page says. Nothing here says
yes: what is silent is not reserved.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal

import msgspec
from msgspec import Struct

from services.poller.robots_rules import Rules

Honoured = Literal["none", "tdm", "ai"]
"""``settings.opt_outs``: each level honours what those before it do."""


class OptOut(StrEnum):
    """Where an opt-out stood, as it is named in a fate."""

    TDM_FILE = "tdmrep.json"
    TDM_HEADER = "header tdm-reservation"
    TDM_META = "meta tdm-reservation"
    ROBOTS_TAG = "header x-robots-tag"
    ROBOTS_META = "meta robots"
    CONTENT_SIGNAL = "content-signal"
    CONTENT_USAGE = "content-usage"
    AI_CRAWLERS = "robots.txt for AI crawlers"


SOURCES: tuple[tuple[OptOut, Honoured, str], ...] = (
    (OptOut.TDM_FILE, "tdm", "W3C community group report TDMRep, 2024-02: TDM file on the origin server"),
    (OptOut.TDM_HEADER, "tdm", "TDMRep: HTTP response header; goes before the file"),
    (OptOut.TDM_META, "tdm", "TDMRep: HTML meta element; goes before the header"),
    (
        OptOut.ROBOTS_TAG,
        "ai",
        "noai: DeviantArt, 2022; noml: Mojeek, 2023; in the form of Google's X-Robots-Tag",
    ),
    (OptOut.ROBOTS_META, "ai", "the same as a meta element"),
    (
        OptOut.CONTENT_SIGNAL,
        "ai",
        "contentsignals.org, 2025: ai-train, ai-input; in robots.txt and as a header",
    ),
    (
        OptOut.CONTENT_USAGE,
        "ai",
        "draft-ietf-aipref-attach and -vocab: in robots.txt, with a path, and as a header",
    ),
    (OptOut.AI_CRAWLERS, "ai", "groups that disallow the page to a crawler of ``AI_CRAWLERS``"),
)
"""Each opt-out, the level from which it is honoured, and where it is defined."""

_AI_CRAWLERS = """
ai2bot ai2bot-dolma amazonbot anthropic-ai applebot-extended bytespider ccbot chatgpt-user claude-searchbot
claude-user claude-web claudebot cohere-ai cohere-training-data-crawler diffbot duckassistbot facebookbot
google-cloudvertexbot google-extended gptbot iaskspider icc-crawler imagesiftbot img2dataset isscyberriskcrawler
kangaroo meta-externalagent meta-externalfetcher mistralai-user oai-searchbot omgili omgilibot pangubot
perplexity-user perplexitybot petalbot sentibot timpibot velenpublicwebcrawler webzio-extended youbot
"""
AI_CRAWLERS = frozenset(_AI_CRAWLERS.split())
"""Product tokens, in lower case, by which hosts speak to those who collect text for models: named
by their operators, and listed together in the robots.txt of many publishers."""

USAGE_FIELDS = frozenset({"content-signal", "content-usage"})
"""Lines of a robots.txt group that say what may be done with pages."""

HEAD_BYTES = 100_000
"""How much of a page is looked through for meta elements."""

_USES = "ai-train ai-input train-ai train-genai genai ai ai-use ai-output tdm bots"
_REFUSING_USES = frozenset(_USES.split())
_NO = frozenset({"no", "n", "?0"})
_NO_ROBOTS = frozenset({"noai", "noml"})
_MAX_LOCATIONS = 1_000
_BOM = b"\xef\xbb\xbf"
_META = re.compile(rb"<meta\b([^<>]{1,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-zA-Z-]{1,40})\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'>]{1,500}))""")
_json = msgspec.json.Decoder()


class Usage(Struct, frozen=True, array_like=True):
    """One line of robots.txt on the use of pages: where it stood, for which paths, and whether it refuses."""

    field: str
    pattern: str
    refuses: bool


def read_usage(notes: Iterable[tuple[str, str]]) -> tuple[Usage, ...]:
    """Return what the (field, value) lines of a group say; lines that say nothing of AI are left out."""
    found = []
    for field, value in notes:
        pattern, said = "/", value.strip()
        if said.startswith("/"):
            pattern, _, said = said.partition(" ")
        uses = _uses(said)
        if uses:
            found.append(Usage(field, pattern, any(uses.values())))
    return tuple(found)


def usage_optout(usage: Iterable[Usage], url: str) -> OptOut | None:
    """Return the opt-out that robots.txt's usage lines hold for ``url``: of each field the longest path decides."""
    lines = tuple(usage)
    for optout in (OptOut.CONTENT_SIGNAL, OptOut.CONTENT_USAGE):
        # Two lines for one path: the stricter counts, so its opposite is left out.
        refused = {one.pattern for one in lines if one.field == optout.value and one.refuses}
        rows = [
            (one.pattern, not one.refuses)
            for one in lines
            if one.field == optout.value and (one.refuses or one.pattern not in refused)
        ]
        if not Rules(rows=tuple(rows)).allows(url):
            return optout
    return None


def read_tdmrep(body: bytes) -> Rules:
    """Return what tdmrep.json reserves, as rules that allow what is not reserved.

    Locations are matched as robots.txt matches paths: the longest wins, with ``*`` and ``$``.
    Total: what is no such file reserves nothing.
    """
    try:
        said = _json.decode(body.removeprefix(_BOM))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Rules()
    rows: list[tuple[str, bool]] = []
    for one in said[:_MAX_LOCATIONS] if isinstance(said, list) else ():
        location = one.get("location") if isinstance(one, dict) else None
        if isinstance(location, str) and location:
            reserved = str(one.get("tdm-reservation")).strip() == "1"
            rows.append((location if location.startswith(("/", "*")) else f"/{location}", not reserved))
    return Rules(rows=tuple(rows))


def page_optout(honoured: Honoured, headers: Mapping[str, str], body: bytes = b"") -> OptOut | None:
    """Return the opt-out that a page's own headers (lower-case names) or meta elements hold, or None. Total."""
    if honoured == "none":
        return None
    metas = _metas(body[:HEAD_BYTES])
    meta, header = metas.get("tdm-reservation"), headers.get("tdm-reservation", "").strip()
    if (header if meta is None else meta) == "1":
        return OptOut.TDM_HEADER if meta is None else OptOut.TDM_META
    if honoured != "ai":
        return None
    for optout in (OptOut.CONTENT_SIGNAL, OptOut.CONTENT_USAGE):
        if any(_uses(headers.get(optout.value, "")).values()):
            return optout
    if _refuses_robots(headers.get("x-robots-tag", "")):
        return OptOut.ROBOTS_TAG
    return OptOut.ROBOTS_META if _refuses_robots(metas.get("robots", "")) else None


def _uses(said: str) -> dict[str, bool]:
    """Return the uses that concern us, and whether each is refused: "search=yes, ai-train=no"."""
    found = {}
    for part in said.lower()[:1000].split(","):
        use, _, answer = part.partition("=")
        if use.strip() in _REFUSING_USES:
            found[use.strip()] = answer.partition(";")[0].strip() in _NO
    return found


def _refuses_robots(said: str) -> bool:
    # A directive may be addressed to one crawler, as in "otherbot: noai": it is taken as a wish to all.
    return any(part.rpartition(":")[2].strip() in _NO_ROBOTS for part in said.lower().split(","))


def _metas(head: bytes) -> dict[str, str]:
    """Return the meta elements that concern us, by name; several of one name are joined."""
    lower = head.lower()
    if b"tdm-reservation" not in lower and b"noai" not in lower and b"noml" not in lower:
        return {}
    found: dict[str, str] = {}
    for tag in _META.finditer(lower):
        said = {one[1]: one[2] or one[3] or one[4] or b"" for one in _ATTRIBUTE.finditer(tag[1])}
        name = said.get(b"name", b"").decode("latin-1").strip()
        if name in {"tdm-reservation", "robots"}:
            content = said.get(b"content", b"").decode("latin-1").strip()
            found[name] = f"{found[name]},{content}" if name == "robots" and name in found else content
    return found
