"""Which addresses and names are one publisher.

Owns: the family of a publisher: that of ``families.csv`` (one owner or newsroom with several mastheads),
else its registrable domain, else its normalized name. Refuses agencies' credits (``agencies``).
"""

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct

_SECOND_LEVEL = frozenset(
    [
        "ac",
        "asso",
        "co",
        "com",
        "ed",
        "edu",
        "gen",
        "go",
        "gob",
        "gouv",
        "gov",
        "govt",
        "in",
        "inf",
        "info",
        "leg",
        "ltd",
        "mil",
        "mod",
        "ne",
        "net",
        "nic",
        "nom",
        "or",
        "org",
        "plc",
        "press",
        "sch",
    ]
)
"""Labels that registries of countries sell names under; the Public Suffix List's commonest."""

_HOSTS_OF_MANY = frozenset(
    [
        "blogspot.com",
        "substack.com",
        "wordpress.com",
        "tumblr.com",
        "github.io",
        "livejournal.com",
        "weebly.com",
        "wixsite.com",
        "typepad.com",
        "ghost.io",
        "pages.dev",
        "netlify.app",
        "vercel.app",
        "web.app",
        "over-blog.com",
        "blogfa.com",
        "hatenablog.com",
        "altervista.org",
    ]
)
"""Platforms on which each name, one label further left, is a publisher of its own."""

_PATHS_OF_MANY = frozenset(
    [
        "t.me",
        "telegram.me",
        "medium.com",
        "facebook.com",
        "x.com",
        "twitter.com",
        "youtube.com",
        "vk.com",
        "instagram.com",
        "tiktok.com",
        "patreon.com",
    ]
)
"""Platforms on which the first part of the path is a publisher of its own."""

_PLATFORMS = frozenset(
    [
        "telegram",
        "facebook",
        "google news",
        "yahoo news",
        "yahoo",
        "msn",
        "youtube",
        "medium",
        "substack",
        "twitter",
        "x",
    ]
)
_LABEL_CHARS = 6

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}://)?(?:[^/?#@\s]{0,200}@)?([^/?#:\s]{1,253})", re.IGNORECASE)
_PATH = re.compile(
    r"^(?:[a-z][a-z0-9+.-]{0,20}://)?[^/?#\s]{1,253}/(?:s/|c/|channel/|@)?([^/?#\s]{1,80})", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|le|la|les|el|los|il|der|die|das)\s+")
_NOISE = re.compile(r"[^\w]+")


class _Table(Struct, frozen=True):
    by_host: dict[str, str]
    by_name: dict[str, str]


@cache
def load() -> _Table:
    """Return the families of publishers; read once."""
    text = files("dateline.dedup").joinpath("families.csv").read_text(encoding="utf-8")
    by_host: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        by_host.update(dict.fromkeys(filter(None, row["hosts"].split("|")), row["family"]))
        by_name.update({_plain(name): row["family"] for name in row["names"].split("|") if name})
    return _Table(by_host, by_name)


@lru_cache(maxsize=16384)
def family(url: str, publisher: str) -> str:
    """Return one key for all addresses and names of a publisher; empty when neither is known.

    The address wins: "https://edition.example.co.uk/x" gives "example.co.uk", or the family that owns the
    host. A name gives its casefolded words without the article in front ("The Daily Example" gives "daily
    example"), or its family.
    """
    host = host_of(url)
    if host:
        return _of_host(host, url)
    name = publisher.strip()
    if not name:
        return ""
    if (
        "." in name
        and " " not in name
        and (found := _HOST.match(name))
        and _plain(name) not in load().by_name
    ):
        return _of_host(found[1].lower(), name)
    plain = _plain(name)
    return load().by_name.get(plain, plain)


def host_of(url: str) -> str:
    """Return the host name of an address, lower case; empty when it has none."""
    host = _HOST.match(url.strip()) if url else None
    return host[1].lower().strip(".") if host and "." in host[1] else ""


def _of_host(host: str, url: str) -> str:
    if (listed := _listed(host)) is not None:
        return listed
    site = registrable(host)
    if site in _PATHS_OF_MANY and (path := _PATH.match(url.strip())):
        return f"{site}/{path[1].lower()}"
    return site


def _listed(host: str) -> str | None:
    """Return the family that owns a host, by the longest host known."""
    known = load().by_host
    labels = host.split(".")
    for start in range(max(0, len(labels) - 5), len(labels) - 1):
        if (found := known.get(".".join(labels[start:]))) is not None:
            return found
    return None


def is_listed(host: str) -> bool:
    """Tell whether a host name is known to belong to a family."""
    return _listed(host) is not None


def is_listed_name(name: str) -> bool:
    """Tell whether a publisher's name is known to belong to a family."""
    return _plain(name) in load().by_name


def _plain(name: str) -> str:
    return _ARTICLE.sub("", _NOISE.sub(" ", name.casefold()).strip())


@lru_cache(maxsize=4096)
def label(publisher: str) -> str:
    """Return what the name and the address of a publisher have in common, or "" where that is too short to tell.

    "hilltribune" of "hill tribune", "hilltribune.example" and "thehilltribune.co.example".
    """
    if "/" in publisher:
        return ""
    site = _HOST.match(publisher) if "." in publisher else None
    word = registrable(site[1]).partition(".")[0] if site else publisher
    bare = _NOISE.sub("", word.casefold()).removeprefix("the")
    return bare if len(bare) >= _LABEL_CHARS else ""


def is_platform(name: str) -> bool:
    """Tell whether a publisher's name is that of a place where many publish."""
    return name.strip().casefold() in _PLATFORMS


def registrable(host: str) -> str:
    """Return the registrable domain of a host name, lower case; an IP address stays whole."""
    host = host.lower().strip(".")
    labels = host.split(".")
    if all(label.isdigit() for label in labels) or len(labels) <= 2:
        return host
    kept = 2
    if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        kept = 3
    if ".".join(labels[-kept:]) in _HOSTS_OF_MANY:
        kept += 1
    return ".".join(labels[-kept:])
