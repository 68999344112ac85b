"""Addresses in one spelling: the same article, the same text of its address.

Owns what may change in an address without changing the article. Refuses the network: whether an
address may be connected to is the guard's business, and what a redirect says the fetcher's.

    canonical("HTTP://www.Example.org:80/a/../b/?utm_source=x#top") == "http://www.example.org/b/"
"""

import re
from base64 import b32encode
from hashlib import blake2b
from urllib.parse import parse_qsl, urljoin, urlsplit

from dateline.text import hosts, tracking

MAX_CHARS = 4_000
"""Longest address that is read; longer ones are data, not addresses."""

_ROUNDS = 8  # one change may uncover the next (/amp/amp/); what has not settled by then is refused
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\n\r]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)\Z", re.IGNORECASE)
_SLASHES = re.compile(r"(?<!:)//+")
_AMP_TAIL = re.compile(r"(?<=[^/])(?:/amp|/amp\.html|\.amp)(/?)\Z|\.amp(\.html?)\Z", re.IGNORECASE)
_AMP_HEAD = re.compile(r"\A/amp/(?=[^/]+/)", re.IGNORECASE)
_CACHE = re.compile(r"\A/(?:amp|[cvi])/(s/)?(?=[^/]+\.[^/]+)")
_AMP_SECTION = re.compile(r"(/(?:news|articles?|stor(?:y|ies)))/amp/(?=[^/])", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_WRAPPERS = {
    "google": ("/url", ("url", "q")),  # Google Alerts' feeds link through it
    "facebook": ("/l.php", ("u",)),
    "bing": ("/news/apiclick.aspx", ("url",)),  # of its news feeds
}
_PORTS = {"http": 80, "https": 443}


def canonical(url: str, base: str | None = None) -> str:
    """Return ``url`` (resolved against ``base``) in one spelling, or "" when it is no usable http(s) address.

    Lower-case scheme and host, punycode, no default port, no fragment, dot segments resolved,
    escapes in one form, no doubled slashes or index files, no tracking parameters (the others keep
    their order), AMP and mobile twins turned into the main page, known click counters into what they
    lead to. User names, controls and surrogates make an address unusable. Total, and a fixed point:
    canonical(canonical(x)) is canonical(x).
    """
    text = _BREAKS.sub("", url[: MAX_CHARS + 1]).strip()
    if base is not None:
        try:
            text = urljoin(base, text)
        except ValueError:
            return ""
    for _ in range(_ROUNDS):
        settled = _once(text)
        if settled == text:
            return settled
        text = settled
    return ""


def article_id(canonical_url: str) -> str:
    """Return the id of the article at a canonical address: 16 characters a-z2-7 (80 bits of BLAKE2b).

    The same with and without https, ``www.`` and the last slash: hosts serve one article at all of
    them, though only some of them can be fetched, so the address itself keeps them.
    """
    key = canonical_url.partition("://")[2].removeprefix("www.").rstrip("/")
    digest = blake2b(key.encode("utf-8", "replace"), digest_size=10).digest()
    return b32encode(digest).decode("ascii").lower()


def host(url: str) -> str:
    """Return the host of an address in lower-case punycode without its port, or "" when it has none."""
    try:
        return hosts.normal(urlsplit(url.strip()).hostname or "")
    except ValueError:
        return ""


def _once(text: str) -> str:
    if not text or len(text) > MAX_CHARS or _UNUSABLE.search(text):
        return ""
    try:
        parts = urlsplit(text.replace("\\", "/"))
        name, port = hosts.normal(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not name or "@" in parts.netloc:
        return ""
    path = _path(parts.path)
    if inner := _cached(name, path, parts.query) or _wrapped(name, path, parts.query):
        return inner
    main = hosts.main_twin(name)
    netloc = main if port in (None, _PORTS[parts.scheme]) else f"{main}:{port}"
    query = "&".join(
        _escaped(pair) for pair in parts.query.split("&") if pair and not tracking.is_tracking(pair)
    )
    return f"{parts.scheme}://{netloc}{_main_path(path)}" + (f"?{query}" if query else "")


def _path(path: str) -> str:
    path = _SLASHES.sub("/", _escaped(path).replace("?", "%3F"))
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _main_path(path: str) -> str:
    path = _AMP_TAIL.sub(lambda match: match[2] or match[1] or "", path)
    path = _AMP_SECTION.sub(r"\1/", _SESSION.sub("", _AMP_HEAD.sub("/", path)))
    return _INDEX.sub("/", path) or "/"


def _cached(name: str, path: str, query: str) -> str:
    """Return the address behind an AMP cache, or ""."""
    if not (
        name.endswith(".cdn.ampproject.org") or (name.startswith("www.google.") and path.startswith("/amp/"))
    ):
        return ""
    match = _CACHE.match(path)
    if match is None:
        return ""
    scheme = "https" if match[1] else "http"
    return f"{scheme}://{path[match.end() :]}" + (f"?{query}" if query else "")


def _wrapped(name: str, path: str, query: str) -> str:
    """Return the address that a known click counter leads to, or ""."""
    labels = name.split(".")
    if len(labels) < 3 or labels[0] not in ("www", "l", "lm") or labels[1] not in _WRAPPERS:
        return ""
    wrapper, names = _WRAPPERS[labels[1]]
    given = dict(parse_qsl(query, max_num_fields=100)) if path == wrapper and query.count("&") < 100 else {}
    targets = (given.get(key, "") for key in names)
    return next((target for target in targets if target.startswith(("http://", "https://"))), "")


def _escaped(text: str) -> str:
    return _ESCAPE.sub(_one_form, text)


def _one_form(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if code in _UNRESERVED else f"%{code:02X}"
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))
