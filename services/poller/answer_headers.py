"""What the headers of an answer say about it, beside its body.

Pure. Owns how long an answer stays fresh (RFC 9111), when to come back (Retry-After) and the
links that it names (RFC 8288). Needs no clock: dates are read against the answer's own Date.
Header names are lower-case; every function is total over what hosts send.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

MAX_RETRY_AFTER_S = 7 * 86_400

MAX_FRESH_S = 365 * 86_400
"""More than a year says nothing more (RFC 9111, 1.2.2 lets caches cap what they believe)."""

MAX_LINKS = 20
"""Links read of one answer; hubs and the feed's own address are among the first."""

MAX_LINK_CHARACTERS = 8192
"""How much of the Link headers is read."""

_DIRECTIVE = re.compile(r"""([A-Za-z0-9_-]{1,40})\s*(?:=\s*(?:"([^"]{0,200})"|([^\s,;"]{0,200})))?""")
_TARGET = re.compile(r"\s*<([^<>]{0,4096})>")
_PARAMETER = re.compile(
    r"""\s*;\s*([A-Za-z0-9_*-]{1,40})\s*(?:=\s*(?:"((?:[^"\\]|\\.){0,1000})"|([^\s,;"]{0,1000})))?"""
)


def retry_after(value: str | None, date: str | None) -> int | None:
    """Return the seconds that Retry-After asks for, 0 to a week, or None when it says nothing.

    A date is read against the answer's own Date header.
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), MAX_RETRY_AFTER_S)
    wait_s = _between(date, value)
    return None if wait_s is None else min(max(wait_s, 0), MAX_RETRY_AFTER_S)


def fresh_for_s(headers: Mapping[str, str]) -> int | None:
    """Return for how many more seconds the answer is fresh, 0 to a year; None when it does not say.

    s-maxage goes before max-age: we ask for many readers, as a shared cache does. Age is taken
    off both. Without either, Expires minus Date. no-cache and no-store say nothing about when the
    resource changes, and give None (RFC 9111, 4.2.1).
    """
    cache_control = headers.get("cache-control", "")
    said = _directives(cache_control) if cache_control else {}
    if said.keys() & {"no-cache", "no-store"}:
        return None
    age = headers.get("age", "").strip()
    age_s = _seconds(age) or 0
    for name in ("s-maxage", "max-age"):
        if name in said:
            lifetime_s = _seconds(said[name])
            return 0 if lifetime_s is None else max(min(lifetime_s, MAX_FRESH_S) - age_s, 0)
    expires = headers.get("expires")
    if expires is None:
        return None
    lifetime_s = _between(headers.get("date"), expires)
    if lifetime_s is None:
        # "Expires: 0" and other dates that are none mean the past (RFC 9111, 5.3).
        return 0 if _instant(headers.get("date")) else None
    return max(min(lifetime_s, MAX_FRESH_S) - age_s, 0)


def links(value: str, base_url: str) -> tuple[tuple[str, str], ...]:
    """Return (relation in lower case, absolute http(s) address) of Link headers, at most ``MAX_LINKS``.

    ``value`` is all Link headers joined by commas. Links with an ``anchor`` speak of something
    else and are left out; a link of several relations gives a pair each.
    """
    value = value[:MAX_LINK_CHARACTERS]
    found: list[tuple[str, str]] = []
    at = 0
    while len(found) < MAX_LINKS and (target := _TARGET.match(value, at)):
        at = target.end()
        said: dict[str, str] = {}
        while parameter := _PARAMETER.match(value, at):
            at = parameter.end()
            said.setdefault(parameter[1].lower(), parameter[2] or parameter[3] or "")
        if "anchor" not in said:
            address = _address(base_url, target[1])
            found += [(relation, address) for relation in said.get("rel", "").lower().split() if address]
        comma = value.find(",", at)
        if comma < 0:
            break
        at = comma + 1
    return tuple(found[:MAX_LINKS])


def _address(base_url: str, reference: str) -> str:
    try:
        address = urljoin(base_url, reference.strip())
    except ValueError:
        return ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def _directives(value: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for match in _DIRECTIVE.finditer(value[:2000]):
        said.setdefault(match[1].lower(), match[2] or match[3] or "")
    return said


def _seconds(value: str) -> int | None:
    value = value.strip()
    return int(value[:10]) if value.isascii() and value.isdigit() else None


def _instant(value: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(value or "")
    except (ValueError, TypeError, OverflowError):
        return None


def _between(begin: str | None, end: str | None) -> int | None:
    first, last = _instant(begin), _instant(end)
    try:
        return int((last - first).total_seconds()) if first and last else None
    except TypeError:  # one with a zone, one without
        return None
