"""`doctor`: is everything there that the wire needs, and what to do where it is not."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline import catalog_files, watch_file
from dateline.cli import session
from dateline.errors import DatelineError
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.store.door import Store

Finding = tuple[bool, str, str]

#: A clock that differs more from Redis's makes leases and ages wrong.
_MAX_SKEW_S = 5.0

#: So many canaries in a row that nobody sent, and the time in which one keeper follows another: none runs.
_MISSED, _KEEPER_S = 3, 60.0


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False) -> None:
    """Check settings, Redis, feeds, models and clock; say what to do. Exit code 1 when something is wrong.

    Example: dateline doctor
    """
    import msgspec

    wrong = 0
    for good, what, detail in _findings():
        wrong += not good
        if as_json:
            typer.echo(msgspec.json.encode({"ok": good, "check": what, "detail": detail}).decode())
        else:
            typer.echo(f"{'ok  ' if good else 'FAIL'}  {what:9} {detail}")
    raise typer.Exit(1 if wrong else 0)


def _findings() -> Iterator[Finding]:
    try:
        settings = session.settings()
    except DatelineError as error:
        yield False, "settings", str(error)
        return
    yield True, "settings", f"data under {settings.data_path()}"
    yield from _watches(settings)
    yield from _models()
    yield from _store(settings)


def _watches(settings: Settings) -> Iterator[Finding]:
    file = watch_file.found(settings, os.environ)
    if file is None:
        return
    try:
        rules = watch_file.read(file)
    except DatelineError as error:
        yield False, "watches", str(error)
        return
    off = len(rules.watches) - len(rules.enabled)
    told = f"{len(rules.enabled)} in {file}{f', {off} switched off' if off else ''}"
    alone = "" if settings.watch else "; for `dateline up`: roles that are started alone need DATELINE_WATCH"
    yield True, "watches", f"{told}{alone}"
    for unknown in watch_file.unknown_actors(rules):
        yield True, "watches", unknown


def _models() -> Iterator[Finding]:
    from dateline.incidents.assemble import Coder

    started_s = time.perf_counter()
    try:
        Coder.load()
    except (DatelineError, OSError, ValueError) as error:
        yield False, "models", f"{error}; run `dateline train`, or install the package again"
        return
    yield True, "models", f"loaded in {time.perf_counter() - started_s:.1f} s"


def _store(settings: Settings) -> Iterator[Finding]:
    from dateline.store import embedded
    from dateline.store.door import open_store

    try:
        store = open_store(settings)
        seconds, micros = store.client.time()
        depths, books = store.outbox.depths(), store.books.by_hour()
        share, durable = store.memory_share(), store.is_durable()
    except DatelineError as error:
        yield False, "redis", str(error)
        try:
            yield True, "redis", f"an embedded one can be started: {embedded.binary()}"
        except DatelineError as missing:
            yield False, "redis", str(missing)
        return
    yield True, "redis", f"{_without_password(store.url)}, memory {share:.0%} of its limit"
    yield durable, "redis", "append-only file on" if durable else "no append-only file: set appendonly yes"
    skew_s = abs(time.time() - (seconds + micros / 1e6))
    yield skew_s < _MAX_SKEW_S, "clock", f"{skew_s:.1f} s from Redis's"
    yield from _feeds(store)
    yield from _files(settings, store)
    yield from _canary(store)
    told = f"{books.total.seen} acknowledged = {books.total.ended} ended + {books.total.in_flight} waiting"
    yield books.balanced, "accounts", told if books.balanced else f"{told}; see `dateline stats`"
    hint = "; see `dateline quarantine list`" if depths.quarantine else ""
    yield True, "failures", f"{depths.quarantine} in quarantine{hint}"


def _feeds(store: "Store") -> Iterator[Finding]:
    counts = store.catalog.counts(session.now())
    overdue = counts.pop("overdue", 0)
    total = sum(counts.values())
    if not total:
        yield False, "feeds", "0 in the catalog; add some: dateline feeds import FILE"
        return
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    unhealthy = total - counts.get("new", 0) - counts.get("healthy", 0)
    hint = "; see `dateline feeds list --unhealthy`" if unhealthy else ""
    late = f"; {overdue} overdue: no poller runs, or too few" if overdue else ""
    yield True, "feeds", f"{total} in the catalog: {told}{late}{hint}"


def _canary(store: "Store") -> Iterator[Finding]:
    """Tell of the last canary; nothing while none was sent."""
    from dateline.store.canary import Canaries

    state = Canaries(store.client, store.keys).state()
    if not state.sent_at:
        return
    since_s = state.now - state.sent_at
    if since_s > _MISSED * state.every_s + _KEEPER_S:
        yield False, "canary", f"the last was sent {since_s:.0f} s ago; no keeper runs that sends any"
    elif state.outcome not in {"arrived", ""}:
        yield False, "canary", f"the last is {state.outcome}: {state.detail}; see docs/operations.md"
    elif not state.outcome:
        yield True, "canary", f"the first was sent {since_s:.0f} s ago and is under way"
    else:
        yield (
            True,
            "canary",
            f"the last arrived {state.age_s:.0f} s ago, {state.took_s:.2f} s after it was sent",
        )


def _files(settings: Settings, store: "Store") -> Iterator[Finding]:
    """Tell of the catalog files as the keeper found them, and as they stand here where they are named here."""
    from dateline.store.files_note import FilesNotes

    trouble = ""
    listing = None
    if settings.feeds:
        try:
            listing = catalog_files.read(catalog_files.paths(settings.feeds))
        except DatelineError as error:
            trouble = str(error)
    note = FilesNotes(store.client, store.keys).get()
    if note and note.trouble and not listing:
        trouble = f"refused at {note.at:%Y-%m-%d %H:%M} UTC, the catalog stays as it was: {note.trouble}"
    if trouble:
        yield False, "files", trouble
    elif note and not note.trouble:
        yield True, "files", f"{note.feeds} feeds from {', '.join(note.files)}"
    elif listing:
        yield True, "files", f"{len(listing.feeds)} feeds; no keeper has read them as they are now"
    if settings.secrets_dir:
        yield from _secrets(Path(settings.secrets_dir), store)


def _secrets(folder: Path, store: "Store") -> Iterator[Finding]:
    named = {secret: row.feed.url for row in store.catalog.rows() for _, secret in row.feed.secrets}
    missing = sorted(secret for secret in named if not (folder / secret).is_file())
    if missing:
        first = missing[0]
        yield (
            False,
            "secrets",
            f"{len(missing)} of {len(named)} are not in {folder}: {first}, which {named[first]} asks for",
        )
    elif named:
        yield True, "secrets", f"{len(named)} in {folder}"


def _without_password(url: str) -> str:
    """Return the address without what stands between the scheme and the @."""
    head, at, tail = url.rpartition("@")
    return f"{head.partition('://')[0]}://***@{tail}" if at else url


COMMANDS = (doctor,)
