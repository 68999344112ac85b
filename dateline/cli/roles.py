"""`up`, `poll`, `work`, `keep`: starting the wire, whole or one role at a time."""

import os
import sys
from typing import Annotated

import typer

from dateline import catalog_files, watch_file
from dateline.cli import session


def up(
    feeds: Annotated[
        list[str] | None,
        typer.Option(
            help="OPML file, list of addresses or feeds.toml; again for more of them; "
            "'sample' for the bundled sample wire [default: DATELINE_FEEDS]."
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes [default: DATELINE_WORKERS, 2].")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not show incidents as they arrive.")] = False,
) -> None:
    """Run everything on this machine: Redis if needed, poller, workers, keeper. Ctrl-C drains and stops.

    The catalog is kept in step with the files while the wire runs: change one, and look at `dateline feeds list`.
    The watch list is the file that DATELINE_WATCH names, else deploy/watch.toml in the working folder if it is there.

    Example: dateline up --feeds deploy/feeds.opml --feeds feeds.toml --workers 2
    """
    from dateline.cli.wire import run_wire

    settings = watch_file.chosen(session.settings(), os.environ)
    named = [one for one in feeds or () if one.strip()]
    sys.exit(run_wire(settings, feeds=named, workers=workers or settings.workers, quiet=quiet))


def poll() -> None:
    """Run one poller, for deployments that start each role by itself.

    Example: DATELINE_REDIS_URL=redis://queue:6379 dateline poll
    """
    _become("services.poller")


def work() -> None:
    """Run one worker, on any machine that reaches Redis; the watch list is the one that DATELINE_WATCH names.

    Example: DATELINE_WATCH=watch.toml DATELINE_REDIS_URL=redis://queue:6379 dateline work
    """
    watch_file.read(watch_file.path(session.settings()))  # told here, in words
    _become("workers")


def keep() -> None:
    """Run one keeper: it queues again what is overdue, keeps the catalog in step with its files, measures, trims.

    Example: DATELINE_FEEDS=feeds.opml,feeds.toml DATELINE_REDIS_URL=redis://queue:6379 dateline keep
    """
    if files := catalog_files.paths(session.settings().feeds):
        catalog_files.read(files)  # told here, in words; a keeper that runs goes on whatever the files become
    _become("services.keeper")


def _become(module: str) -> None:
    session.settings()  # a wrong setting is told here, in words
    os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606 - our own module, no shell


COMMANDS = (up, poll, work, keep)
