"""Header values that must not be seen: keys and tokens of feeds that ask for them.

Owns the reading of ``settings.secrets_dir``: one file a secret, its text the value, read again
when it has changed. Refuses to show a value: not in an error, not in a log, not in a ``repr``.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from dateline.errors import FetchFailed, Reason

MAX_SECRET_BYTES = 8192
"""Longest value: hosts refuse header lines above 8 KB."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\Z")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?\Z")
_OUR_HEADERS = """
    host connection user-agent accept-encoding keep-alive te trailer upgrade expect via forwarded
    if-none-match if-modified-since range
"""
_OURS = frozenset(_OUR_HEADERS.split())
_OUR_PREFIXES = ("content-", "transfer-", "proxy-", "sec-", "x-forwarded-")


class Headers(dict[str, str]):
    """Headers whose values are not shown."""

    def __repr__(self) -> str:
        return f"Headers({', '.join(sorted(self))})"

    __str__ = __repr__


def vet_header(name: str) -> None:
    """Return if a feed may be given the header: not one by which the request itself is made.

    Raises:
        ValueError: it is no header name, or one that is ours to set.
    """
    lower = name.lower()
    if not _HEADER.match(name) or lower in _OURS or lower.startswith(_OUR_PREFIXES):
        raise ValueError(f"header {name[:100]!r} cannot be set")


class Secrets:
    """The values in ``folder`` (settings.secrets_dir); without a folder every secret is missing."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None
        self._read: dict[str, tuple[tuple[int, int, int], str]] = {}

    def __repr__(self) -> str:
        return f"Secrets({str(self._folder)!r})"

    def headers(self, wanted: Iterable[tuple[str, str]]) -> Headers:
        """Return the headers of a feed: ``wanted`` is ``Feed.secrets``, (header, name of the secret).

        Raises:
            FetchFailed: reason setting; a header that cannot be set, or a secret that is missing,
                empty or no header value. The message names header and secret, never the value.
        """
        found = Headers()
        for header, secret in wanted:
            try:
                vet_header(header)
            except ValueError as error:
                raise FetchFailed(str(error), Reason.SETTING) from error
            found[header] = self._value(secret)
        return found

    def _value(self, secret: str) -> str:
        if self._folder is None or not _NAME.match(secret):
            raise FetchFailed(f"secret {secret[:100]!r} cannot be read: no such name", Reason.SETTING)
        path = self._folder / secret
        try:
            stat = path.stat()
            # A mounted secret changes by a new file under the same name: the inode tells.
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            known = self._read.get(secret)
            if known and known[0] == stamp:
                return known[1]
            with path.open("rb") as file:
                raw = file.read(MAX_SECRET_BYTES + 1)
        except OSError as error:
            self._read.pop(secret, None)
            raise FetchFailed(f"secret {secret!r} cannot be read: {error.strerror}", Reason.SETTING) from None
        value = raw.decode("latin-1").rstrip("\r\n")
        if len(raw) > MAX_SECRET_BYTES or not _VALUE.match(value):
            raise FetchFailed(f"secret {secret!r} is no header value", Reason.SETTING)
        self._read[secret] = (stamp, value)
        return value
