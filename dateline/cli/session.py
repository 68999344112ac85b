"""What every command that talks to the store needs: settings, the store, the clock."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from dateline.settings import Settings, from_environment

if TYPE_CHECKING:
    from dateline.store.door import Store

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
