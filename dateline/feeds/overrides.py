"""The rows of ``feeds.toml``: what a user knows of a feed that OPML has no place for.

Owns the shape of a row and its named errors. Refuses to fold rows into a catalog: catalog does.

    [[feed]]
    url = "https://example.org/rss"
    country = "KE"
    text = "feed"
"""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from dateline.errors import Misconfigured
from dateline.model import TextSource


class Override(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row; what is not given stays as the catalog says."""

    url: str
    title: str | UnsetType = UNSET
    publisher: str | UnsetType = UNSET
    #: ISO 639 language, lower case.
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$")] | UnsetType = UNSET
    #: ISO 3166-1 alpha-2 country, upper case.
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | UnsetType = UNSET
    #: "page": fetch the linked page; "feed": the feed's own text is the article.
    text: TextSource | UnsetType = UNSET
    #: Fixed time between polls, in seconds; switches the adaptive rhythm off.
    interval_s: Annotated[int, Meta(ge=1, le=7 * 86400)] | UnsetType = UNSET
    groups: tuple[str, ...] | UnsetType = UNSET


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    feed: tuple[Override, ...] = ()


def read(body: bytes) -> tuple[Override, ...]:
    """Return the rows of a ``feeds.toml``.

    Raises:
        Misconfigured: not TOML, an unknown key, or a value of the wrong kind; the text names the row.
    """
    try:
        return msgspec.toml.decode(body.decode("utf-8"), type=_File).feed
    except UnicodeDecodeError as error:
        raise Misconfigured("feeds.toml is not UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise Misconfigured(f"feeds.toml: {error}") from error


def changes(row: Override) -> dict[str, Any]:
    """Return the fields that the row sets, by name of ``model.Feed``."""
    given = {name: getattr(row, name) for name in row.__struct_fields__ if name != "url"}
    return {name: value for name, value in given.items() if value is not UNSET}
