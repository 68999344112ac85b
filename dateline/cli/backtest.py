"""`backtest`: a watch list tried on the past before it goes to work.

Owns where the past comes from (the stream, or lines) and how the comparison looks. The comparison itself is pure
(``incidents.backtest``).
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.cli.past import Past
    from dateline.incidents.backtest import Compared, Difference, Report

#: How far back a trial goes that does not say.
_SINCE = "30d"

#: Incidents shown of each kind and watch; --json has them all.
_SHOWN = 20

_BATCH = 500


def backtest(
    rules: Annotated[Path, typer.Option(help="The watch list to try.")],
    against: Annotated[
        Path | None,
        typer.Option(
            help="The list to compare it with [default: DATELINE_WATCH, else deploy/watch.toml if it is there]."
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(help="How far back: 12h, 30d, or an ISO date [default: 30d; of --from, all].")
    ] = "",
    file: Annotated[
        str,
        typer.Option(
            "--from",
            help="Envelopes or records as JSON Lines in a file, '-' for standard input, instead of the wire's stream.",
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which past incidents and alerts a watch list would gain and lose, and why.

    Exit code 1 when a line of --from cannot be read; what the others say is shown all the same.

    Example: dateline backtest --rules new.toml --against deploy/watch.toml --since 30d
    """
    import msgspec

    from dateline import watch_file
    from dateline.incidents.backtest import Trial
    from dateline.incidents.watches import Rules

    new = watch_file.read(rules)
    old_file = against or watch_file.found(session.settings(), os.environ)
    old = watch_file.read(old_file) if old_file else Rules()
    trial, unreadable = Trial(new, old), 0
    for one in _past(file, since):
        if isinstance(one, Exception):
            unreadable += 1
            typer.echo(f"dateline: {file}: {one}", err=True)
        else:
            trial.see(one.at, one.event, one.incident)
    report = trial.report()
    if as_json:
        named = {"rules": str(rules), "against": str(old_file) if old_file else None}
        typer.echo(msgspec.json.encode(named | msgspec.structs.asdict(report)).decode())
    else:
        for line in _told(report, str(rules), str(old_file or "nothing")):
            typer.echo(line)
    raise typer.Exit(1 if unreadable else 0)


def _past(file: str, since: str) -> "Iterator[Past | Exception]":
    from dateline.cli.past import past

    if not file:
        yield from past(_from_stream(session.ago(since or _SINCE)))
        return
    start = session.ago(since) if since else datetime.min.replace(tzinfo=UTC)
    with _opened(file) as stream:
        for one in past(stream):
            if isinstance(one, Exception) or one.at >= start:
                yield one


def _from_stream(start: datetime) -> Iterator[bytes]:
    from dateline.store.streams import seq_at

    with session.opened() as store:
        seq = seq_at(start)
        while rows := store.incidents.events(seq, count=_BATCH):
            for seq, data in rows:  # noqa: B007 - the next read goes on behind it
                yield data


def _opened(file: str) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}") from error


def _told(report: "Report", rules: str, against: str) -> Iterator[str]:
    yield f"{rules} against {against}: {report.envelopes} envelopes of {report.incidents} incidents{_span(report)}"
    yield (
        f"incidents that meet any watch: {len(report.gained)} gained, {len(report.lost)} lost\n"
        if report.watches
        else "no watches in either list"
    )
    width = max((len(one.watch) for one in report.watches), default=0)
    if report.watches:
        yield f"{'watch':{width}}  {'incidents':>16}  {'alerts':>16}  {'held back':>16}  {'withdrawn':>16}"
    for one in report.watches:
        before, after = one.before, one.after
        counts = (
            (before.incidents, after.incidents),
            (before.alerts, after.alerts),
            (before.held_back, after.held_back),
            (before.withdrawn, after.withdrawn),
        )
        yield f"{one.watch:{width}}" + "".join(f"  {f'{was} → {now}':>16}" for was, now in counts)
    for one in report.watches:
        yield from _differences(one)


def _span(report: "Report") -> str:
    if report.first_at is None or report.last_at is None:
        return ""
    return f", {report.first_at:%Y-%m-%d %H:%M} to {report.last_at:%Y-%m-%d %H:%M} UTC"


def _differences(one: "Compared") -> Iterator[str]:
    kinds = (
        ("gained", "+", one.gained, "before"),
        ("lost", "-", one.lost, "now"),
        ("an alert of its own now", "↑", one.alerts_gained, "before"),
        ("no alert of its own any more", "↓", one.alerts_lost, "now"),
    )
    if any(rows for _, _, rows, _ in kinds):
        yield f"\n{one.watch}"
    for what, sign, rows, then in kinds:
        for row in rows[:_SHOWN]:
            yield f"  {sign} {_line(row)}\n      {what}; {then}: {row.reason}"
        if len(rows) > _SHOWN:
            yield f"  {sign} … and {len(rows) - _SHOWN} more {what} (--json shows all)"


def _line(row: "Difference") -> str:
    from dateline.cli import show

    incident = row.incident
    parts = (
        show.what(incident),
        show.toll(incident),
        incident.severity,
        "alert" if row.alert else "held back",
        incident.id,
    )
    return show.plain(f"{row.at:%Y-%m-%d %H:%M}  " + " · ".join(part for part in parts if part))


COMMANDS = (backtest,)
