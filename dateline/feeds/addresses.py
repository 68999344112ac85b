"""The address of a feed, in one spelling, and the identity that follows from it.

Owns what makes two addresses one feed. Refuses to canonicalize articles: text.urls does that.
"""

import re
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def address(url: str) -> str:
    """Return the address of a feed in one spelling, or "" when it is no http(s) address.

    Scheme and host in lower case, ``feed:`` read as http, no default port, no fragment, no empty
    path. Path and query stay as they are: for feeds they are often the key.
    """
    text = re.sub(r"[\t\r\n]", "", url).strip()
    text = re.sub(r"\Afeed:(?://)?(?=https?://)|\Afeed(?=://)", lambda m: "" if ":" in m[0] else "http", text)
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not host
        or "@" in parts.netloc
        or re.search(r"[\s\x00-\x1f]", text)
    ):
        return ""
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def feed_id(url: str) -> str:
    """Return the id of the feed at ``url``: 12 hexadecimal digits of BLAKE2b over its address.

    The same for http and https, which are one feed that moved.
    """
    return id_of(address(url) or url.strip())


def id_of(spelled: str) -> str:
    """Return the id of the feed at an address that stands in our spelling already."""
    return blake2b(spelled.partition("://")[2].encode("utf-8", "replace"), digest_size=6).hexdigest()
