"""Which addresses and names are one publisher.

Owns: the family of a publisher: its registrable domain, else its normalized name. Refuses ownership
(who belongs to which group): that changes by the month and is nobody's rule.
"""

import re
from functools import lru_cache

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
        "medium.com",
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
        "t.me",
        "telegram.me",
    ]
)
"""Platforms on which each name, one label further left, is a publisher of its own."""

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
_ARTICLE = re.compile(r"^(?:the|le|la|les|el|los|il|der|die|das)\s+")
_NOISE = re.compile(r"[^\w]+")


def family(url: str, publisher: str) -> str:
    """Return one key for all addresses and names of a publisher; empty when neither is known.

    The address wins: "https://edition.example.co.uk/x" gives "example.co.uk". A name gives its
    casefolded words without the article in front ("The Daily Example" gives "daily example").
    """
    host = _HOST.match(url.strip()) if url else None
    if host and "." in host[1]:
        return registrable(host[1])
    name = publisher.strip()
    if not name:
        return ""
    if "." in name and " " not in name and (found := _HOST.match(name)):
        return registrable(found[1])
    return _ARTICLE.sub("", _NOISE.sub(" ", name.casefold()).strip())


@lru_cache(maxsize=4096)
def label(publisher: str) -> str:
    """Return what the name and the address of a publisher have in common, or "" where that is too short to tell.

    "hilltribune" of "hill tribune", "hilltribune.example" and "thehilltribune.co.example".
    """
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
