"""The `dateline` command.

Owns the shape of the command line. Each command imports what it needs when it runs, so that
`dateline --help` answers at once.
"""

import os
import sys

import typer

from dateline import __version__
from dateline.cli import (
    alerts,
    backtest,
    catalog,
    contract,
    doctor,
    evaluate,
    filters,
    quarantine,
    queries,
    replay,
    roles,
    stats,
    train,
)
from dateline.errors import DatelineError, Misconfigured

app = typer.Typer(
    name="dateline",
    help="News feeds to an incident queue: who did what to whom, where and when, with the proof.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for _module in (roles, queries, alerts, backtest, filters, contract, replay, doctor, stats, train):
    for _command in _module.COMMANDS:
        app.command()(_command)
app.command("eval")(evaluate.evaluate)
app.add_typer(catalog.app, name="feeds")
app.add_typer(quarantine.app, name="quarantine")


@app.command()
def version() -> None:
    """Print the version.

    Example: dateline version
    """
    typer.echo(__version__)


def main() -> None:
    """Run the command line: exit code 0 ok, 1 failed, 2 usage or settings."""
    try:
        app()
    except Misconfigured as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(2)
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): that is how pipes end. Nothing more may be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
