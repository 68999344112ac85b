"""``feeds.toml``: what a user knows of feeds and hosts that OPML has no place for.

Owns the shape of the rows and their named errors: each says which file, which row and which key.
Refuses to fold rows into a catalog (catalog does), and to hold a secret: a header names the file
that does.

    [[feed]]
    url = "https://example.org/rss"
    country = "KE"
    text = "feed"
    headers = { Authorization = "secret:example-token" }

    [[host]]
    host = "example.org"
    delay_s = 5
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

import idna
import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from dateline.errors import Misconfigured
from dateline.feeds.addresses import address
from dateline.model import HostRule, TextSource

SECRET = "secret:"  # noqa: S105 - the mark before a secret's name, not a secret
"""What the value of a header begins with: the rest is the name of a file in DATELINE_SECRETS_DIR."""

#: A name that is one file of one folder, and never a way out of it.
_SECRET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
#: RFC 9110, section 5.6.2.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
#: Headers by which the request itself is made.
_OURS = frozenset(
    (
        "accept-encoding", "connection", "expect", "forwarded", "host", "if-modified-since", "if-none-match",
        "keep-alive", "range", "te", "trailer", "upgrade", "user-agent", "via",
    )
)  # fmt: skip
_OUR_PREFIXES = ("content-", "transfer-", "proxy-", "sec-", "x-forwarded-")


class Override(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[feed]]``; what is not given stays as the catalog says."""

    url: str
    title: str | UnsetType = UNSET
    #: The house that its articles come from, in place of what their pages say.
    publisher: str | UnsetType = UNSET
    #: ISO 639 language, lower case.
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$")] | UnsetType = UNSET
    #: ISO 3166-1 alpha-2 country, upper case.
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | UnsetType = UNSET
    groups: tuple[str, ...] | UnsetType = UNSET
    #: "page": fetch the linked page; "feed": the feed's own text is the article.
    text: TextSource | UnsetType = UNSET
    #: Fixed time between polls, in seconds; switches the adaptive rhythm off.
    interval_s: Annotated[int, Meta(ge=1, le=7 * 86400)] | UnsetType = UNSET
    #: Headers for the feed's own origin; each value is "secret:" and the name of a secret.
    headers: dict[str, str] | UnsetType = UNSET


class HostRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[host]]``; what is not given is as for all hosts."""

    host: str
    #: Time between two requests, in seconds.
    delay_s: Annotated[float, Meta(ge=0, le=86400)] | None = None
    #: Requests at once, over all pollers.
    at_once: Annotated[int, Meta(ge=1, le=100)] | None = None


class Rows(Struct, frozen=True):
    """What one file says."""

    feeds: tuple[Override, ...] = ()
    hosts: tuple[tuple[str, HostRule], ...] = ()


_Row = TypeVar("_Row", Override, HostRow)


def read(body: bytes, name: str = "feeds.toml") -> Rows:
    """Return the rows of a ``feeds.toml``; ``name`` is what errors call the file.

    Raises:
        Misconfigured: not TOML, an unknown table or key, a value of the wrong kind, an address or
            host that is none or stands twice, a header whose value is no secret's name. The text
            names file, row and key, and never a header's value.
    """
    try:
        given = tomllib.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Misconfigured(f"{name} is not UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Misconfigured(f"{name}: {error}") from error
    if unknown := sorted(given.keys() - {"feed", "host"}):
        raise Misconfigured(f"{name}: [[{unknown[0]}]] is unknown: rows are [[feed]] and [[host]]")
    feeds = tuple(_read(given, "feed", Override, name))
    hosts = tuple(_read(given, "host", HostRow, name))
    _vet_feeds(feeds, name)
    return Rows(feeds=feeds, hosts=tuple(_hosts(hosts, name)))


def changes(row: Override) -> dict[str, Any]:
    """Return the fields that the row sets, by name of ``model.Feed``."""
    given = {name: getattr(row, name) for name in row.__struct_fields__ if name != "url"}
    given = {name: value for name, value in given.items() if value is not UNSET}
    if (headers := given.pop("headers", None)) is not None:
        given["secrets"] = tuple((header, value.removeprefix(SECRET)) for header, value in headers.items())
    return given


def _read(given: dict[str, Any], table: str, kind: type[_Row], name: str) -> Iterator[_Row]:
    rows = given.get(table, [])
    if not isinstance(rows, list):
        raise Misconfigured(f"{name}: write [[{table}]], with two brackets: it is one row of many")
    for number, row in enumerate(rows, start=1):
        try:
            yield msgspec.convert(row, kind)
        except msgspec.ValidationError as error:
            known = row.get("url" if table == "feed" else "host", "") if isinstance(row, dict) else ""
            raise Misconfigured(f"{_row(name, table, number, known)}: {_said(error)}") from error


def _row(name: str, table: str, number: int, known: object) -> str:
    return f"{name}: [[{table}]] {number}" + (f" ({str(known)[:200]})" if known else "")


def _said(error: msgspec.ValidationError) -> str:
    """Put the key first: "Expected `int` - at `$.interval_s`" reads "interval_s: Expected `int`"."""
    what, _, where = str(error).partition(" - at `$")
    key = where.rstrip("`").lstrip(".")
    return f"{key}: {what}" if key else what


def _vet_feeds(feeds: tuple[Override, ...], name: str) -> None:
    seen: dict[str, int] = {}
    for number, row in enumerate(feeds, start=1):
        where = _row(name, "feed", number, row.url)
        spelled = address(row.url).partition("://")[2]
        if not spelled:
            raise Misconfigured(f"{where}: url: no http(s) address")
        if spelled in seen:
            raise Misconfigured(f"{where}: url: stands twice, first in row {seen[spelled]}")
        seen[spelled] = number
        for header, value in ({} if row.headers is UNSET else row.headers).items():
            if trouble := _header_trouble(header, value):
                raise Misconfigured(f"{where}: headers.{header[:100]}: {trouble}")


def _header_trouble(header: str, value: str) -> str:
    if not _HEADER_NAME.fullmatch(header):
        return "no name of a header"
    if header.lower() in _OURS or header.lower().startswith(_OUR_PREFIXES):
        return "the poller sets this header itself"
    if not value.startswith(SECRET):
        return f'a value must not stand here: write it into a file of DATELINE_SECRETS_DIR, and "{SECRET}NAME" here'
    if not _SECRET_NAME.fullmatch(value.removeprefix(SECRET)):
        return f"{SECRET} takes the name of a file: letters, digits, _ . and -"
    return ""


def _hosts(rows: tuple[HostRow, ...], name: str) -> Iterator[tuple[str, HostRule]]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        where = _row(name, "host", number, row.host)
        host = row.host.strip().lower().rstrip(".")
        if not _is_host(host):
            raise Misconfigured(f"{where}: host: a host's name alone, such as example.org")
        if host in seen:
            raise Misconfigured(f"{where}: host: stands twice, first in row {seen[host]}")
        seen[host] = number
        yield _ascii(host), HostRule(delay_s=row.delay_s, at_once=row.at_once)


def _is_host(host: str) -> bool:
    return address(f"http://{host}") == f"http://{host}/" and re.search(r":\d+\Z", host) is None


def _ascii(host: str) -> str:
    """Return the host as it stands in requests: the rules are looked up by that name."""
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host
