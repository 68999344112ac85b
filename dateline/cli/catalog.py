"""`feeds`: the catalog, files in and out, how its feeds are, and what a feed would give."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.model import Feed
    from dateline.store.door import Store

app = typer.Typer(
    help="The catalog of feeds: list, add, remove, revive, import, export, check.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
Known = Annotated[str, typer.Argument(help="Address, old address or id of a feed of the catalog.")]


def _code(pattern: str, standard: str) -> Callable[[str | None], str | None]:
    def vetted(value: str | None) -> str | None:
        if value and not re.fullmatch(pattern, value):
            raise typer.BadParameter(f"{value!r} is no code of {standard}")
        return value

    return vetted


@app.command("list")
def list_(
    as_json: Json = False,
    unhealthy: Annotated[
        bool, typer.Option("--unhealthy", help="Only feeds with a trouble, and what it is.")
    ] = False,
    retired: Annotated[bool, typer.Option("--retired", help="Only feeds whose host says: gone.")] = False,
    group: Annotated[str, typer.Option(help="Only feeds of this group, at any depth.")] = "",
) -> None:
    """List the feeds with what polling has taught us.

    Example: dateline feeds list --unhealthy --group Sahel
    """
    import msgspec

    from dateline.cli.catalog_lines import RETIRED, line, lines, shown

    told = 0
    with session.opened() as store:
        rows = store.catalog.unhealthy() if unhealthy or retired else store.catalog.rows()
        for one in (shown(row, session.now()) for row in rows):
            if (group and group not in one.feed.groups) or (retired and one.standing != RETIRED):
                continue
            told += 1
            if as_json:
                typer.echo(msgspec.json.encode(one).decode())
            else:
                typer.echo("\n".join(lines(one)) if unhealthy or retired else line(one))
    if not told and not as_json:
        typer.echo("none" if unhealthy or retired or group else "no feeds yet", err=True)


@app.command()
def add(
    url: str,
    group: Annotated[list[str] | None, typer.Option(help="Group; again for groups inside it.")] = None,
    language: Annotated[
        str | None, typer.Option(help="ISO 639 code, such as fr.", callback=_code("[a-z]{2,3}", "ISO 639"))
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help="ISO 3166-1 alpha-2 code, such as BF.", callback=_code("[A-Z]{2}", "ISO 3166-1")),
    ] = None,
    discover: Annotated[
        bool,
        typer.Option("--discover", help="Fetch the address; of a web page, take the feed that it names."),
    ] = False,
) -> None:
    """Add a feed, or change what the catalog says of it. A new one is polled at once; what is not given stays.

    Example: dateline feeds add --discover https://example.org/ --group Sahel
    """
    import msgspec

    from dateline.feeds.catalog import address, feed_id
    from dateline.model import Feed

    title = ""
    if discover:
        url, title = _discovered(url)
    if not (spelled := address(url)):
        raise typer.BadParameter(f"{url!r} is no http(s) address")
    said = {
        "url": spelled,
        "title": title,
        "groups": tuple(group or ()),
        "language": language,
        "country": country,
    }
    with session.opened() as store:
        known = store.catalog.find(spelled)
        rows = store.catalog.rows() if known else []
        before = next((row.feed for row in rows if row.feed.id == known), None)
        feed = msgspec.structs.replace(
            before or Feed(id=feed_id(spelled), url=spelled),
            **{name: value for name, value in said.items() if value},
        )
        new = store.catalog.put([feed], session.now())
    typer.echo(f"{'added' if new else 'changed'} {feed.id}  {feed.url}")


@app.command()
def remove(url_or_id: Known) -> None:
    """Take a feed out of the catalog; its articles and incidents stay.

    A feed that a catalog file lists comes back when that file changes: take it out there too.

    Example: dateline feeds remove https://example.org/rss
    """
    with session.opened() as store:
        store.catalog.remove(_found(store, url_or_id))
    typer.echo(f"removed {url_or_id}")


@app.command()
def revive(url_or_id: Known) -> None:
    """Ask a failing or retired feed at once, its errors forgotten.

    Example: dateline feeds revive https://example.org/rss
    """
    with session.opened() as store:
        store.catalog.revive(_found(store, url_or_id), session.now())
    typer.echo(f"due now: {url_or_id}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="OPML, a list of addresses, or feeds.toml.")],
) -> None:
    """Add the feeds of an OPML file, of a list of addresses or of a feeds.toml, once.

    A feeds.toml is laid over what the catalog says. To keep the catalog in step with files, name them in
    DATELINE_FEEDS or with `dateline up --feeds`.

    Example: dateline feeds import deploy/feeds.opml
    """
    from dateline import catalog_files

    if not file.exists() or file.is_dir():
        raise typer.BadParameter(f"cannot read {file}: no such file")
    with session.opened() as store:
        listing = catalog_files.read([file])
        feeds = _laid_over(store, file) if file.suffix.lower() == ".toml" else listing.feeds
        new = store.catalog.put(feeds, session.now())
        if listing.hosts:
            store.catalog.set_hosts(store.catalog.hosts() | dict(listing.hosts))
    typer.echo(f"{len(feeds)} feeds, {new} new")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Standard output when left out.")] = None,
) -> None:
    """Write the catalog as OPML: groups, languages, and our own settings in a namespace.

    Example: dateline feeds export > my.opml
    """
    from dateline.feeds.catalog import write_opml

    with session.opened() as store:
        feeds = [row.feed for row in store.catalog.rows()]
    opml = write_opml(feeds, "Dateline")
    if file:
        file.write_bytes(opml)
    else:
        typer.echo(opml.decode())
    if secret := sum(bool(feed.secrets) for feed in feeds):
        typer.echo(f"{secret} feeds use secrets, which OPML must not name: keep their feeds.toml", err=True)


@app.command()
def check(url: str) -> None:
    """Fetch a feed once and say what it would give; nothing is stored and no Redis is needed.

    Address, validators, format, wishes, hub, rhythm; of each entry whether its page is read or the feed's
    text; whether robots.txt and opt-outs let us have the first linked pages. Of a web page: the feeds that
    it names.

    Example: dateline feeds check https://example.org/rss
    """
    raise typer.Exit(_asked(url).returncode)


def _asked(*words: str, capture: bool = False) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "services.poller.check", *words],
        env=dict(os.environ),
        check=False,
        text=True,
        stdout=subprocess.PIPE if capture else None,
    )


def _discovered(url: str) -> tuple[str, str]:
    """Return address and title of the likeliest feed; the others are told."""
    done = _asked("--discover", url, capture=True)
    if done.returncode:
        raise typer.Exit(done.returncode)
    (found, title), *others = [row.split("\t", 1) for row in done.stdout.splitlines()]
    for other, name in others:
        typer.echo(f"also there: {other}  {name}", err=True)
    return found, title


def _found(store: "Store", url_or_id: str) -> str:
    from dateline.feeds.catalog import address

    found = store.catalog.find(url_or_id) or store.catalog.find(address(url_or_id) or url_or_id)
    if found is None:
        typer.echo(f"not in the catalog: {url_or_id}", err=True)
        raise typer.Exit(1)
    return found


def _laid_over(store: "Store", file: Path) -> "tuple[Feed, ...]":
    """Return the feeds that a feeds.toml names, with what it says laid over what the catalog says."""
    from dateline.feeds.catalog import apply, parse_toml

    rows = parse_toml(file.read_bytes(), str(file))
    known = {row.feed.id: row.feed for row in store.catalog.rows()}
    by_id = {store.catalog.find(row.url) or feed_id: row for feed_id, row in rows.items()}
    return apply((known[one] for one in by_id if one in known), by_id)
