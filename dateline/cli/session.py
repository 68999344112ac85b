"""What every command that talks to the store needs: settings, the store, the clock."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from dateline.settings import Settings, from_environment

if TYPE_CHECKING:
    from dateline.store.door import Store

#: How long one read of a stream waits for news before it asks again.
_WAIT_S = 5.0

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def now() -> datetime:
    return datetime.now(UTC)


def settings() -> Settings:
    """Return the settings of this process."""
    return from_environment(os.environ)


@contextmanager
def opened() -> Iterator["Store"]:
    """Yield the store of the running wire."""
    from dateline.store.door import open_store

    store = open_store(settings())
    try:
        yield store
    finally:
        store.close()


def followed(events: Callable[..., list[tuple[str, bytes]]], start: str, *, follow: bool) -> Iterator[bytes]:
    """Yield what a stream holds behind ``start``, then, if asked to, what arrives; nothing is skipped."""
    from dateline.errors import StoreUnavailable

    seq = start
    while True:
        try:
            rows = events(seq, wait_s=_WAIT_S if follow else 0)
        except StoreUnavailable:
            if not follow:
                raise
            rows = []  # a Redis that restarts: go on behind the last one seen
        for seq, data in rows:  # noqa: B007 - the next read goes on behind it
            yield data
        if not rows and not follow:
            return


def ago(text: str) -> datetime:
    """Return the instant that a span like 90s, 15m, 1h, 7d or 2w, or an ISO date, means.

    Raises:
        typer.BadParameter: it is neither.
    """
    try:
        if text[-1:].lower() in _UNITS:
            return now() - timedelta(seconds=float(text[:-1]) * _UNITS[text[-1].lower()])
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(f"{text!r} is neither a span like 1h or 7d nor an ISO date") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
