"""`feeds`: the catalog, OPML in and out, and what a feed would give."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.store.catalog import Catalogued

app = typer.Typer(
    help="The catalog of feeds: list, add, remove, import, export, check.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]


@app.command("list")
def list_(
    as_json: Json = False,
    unhealthy: Annotated[bool, typer.Option("--unhealthy", help="Only feeds that fail.")] = False,
) -> None:
    """List the feeds with what polling has taught us.

    Example: dateline feeds list --unhealthy
    """
    import msgspec

    with session.opened() as store:
        for row in store.catalog.rows():
            if unhealthy and not (row.state and row.state.rhythm.error_streak):
                continue
            typer.echo(msgspec.json.encode(row).decode() if as_json else _line(row))


@app.command()
def add(
    url: str,
    group: Annotated[str, typer.Option(help="Group to file it under.")] = "",
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2 code.")] = None,
) -> None:
    """Add a feed, or change what the catalog says of it. It is polled at once.

    Example: dateline feeds add https://example.org/rss --group Sahel
    """
    from dateline.feeds.catalog import feed_id
    from dateline.model import Feed

    groups = (group,) if group else ()
    feed = Feed(id=feed_id(url), url=url, groups=groups, language=language, country=country)
    with session.opened() as store:
        new = store.catalog.put([feed], session.now())
    typer.echo(f"{'added' if new else 'changed'} {feed.id}  {url}")


@app.command()
def remove(url_or_id: str) -> None:
    """Take a feed out of the catalog; its articles and incidents stay.

    Example: dateline feeds remove https://example.org/rss
    """
    from dateline.feeds.catalog import feed_id

    with session.opened() as store:
        if not (store.catalog.remove(url_or_id) or store.catalog.remove(feed_id(url_or_id))):
            typer.echo(f"not in the catalog: {url_or_id}", err=True)
            raise typer.Exit(1)
    typer.echo(f"removed {url_or_id}")


@app.command("import")
def import_(file: Path) -> None:
    """Add the feeds of an OPML file or of a list of addresses.

    Example: dateline feeds import deploy/feeds.opml
    """
    from dateline.feeds.catalog import parse_catalog

    try:
        feeds = parse_catalog(file.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}") from error
    with session.opened() as store:
        new = store.catalog.put(feeds, session.now())
    typer.echo(f"{len(feeds)} feeds, {new} new")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Standard output when left out.")] = None,
) -> None:
    """Write the catalog as OPML, groups kept.

    Example: dateline feeds export > my.opml
    """
    from dateline.feeds.catalog import write_opml

    with session.opened() as store:
        opml = write_opml([row.feed for row in store.catalog.rows()], "Dateline")
    if file:
        file.write_bytes(opml)
    else:
        typer.echo(opml.decode())


@app.command()
def check(url: str) -> None:
    """Fetch a feed once and say what it would give; nothing is stored and no Redis is needed.

    Example: dateline feeds check https://example.org/rss
    """
    done = subprocess.run(
        [sys.executable, "-m", "services.poller.check", url], env=dict(os.environ), check=False
    )
    raise typer.Exit(done.returncode)


def _line(row: "Catalogued") -> str:
    state = row.state
    if state is None:
        return f"new       {row.feed.url}"
    streak = state.rhythm.error_streak
    health = f"error x{streak}" if streak else "ok"
    last = f"{state.last_success_at:%Y-%m-%d %H:%M}" if state.last_success_at else "never"
    trouble = f"  {state.last_error_reason}: {state.last_error}" if streak else ""
    return f"{health:9} every {state.rhythm.interval_s:>5} s  last ok {last}  {row.feed.url}{trouble}"
