"""`quarantine`: what failed, and again."""

from typing import Annotated

import typer

from dateline.cli import session

app = typer.Typer(help="What failed: list, show, retry, drop.", no_args_is_help=True)

Ids = Annotated[list[str] | None, typer.Argument(help="Article ids, as `quarantine list` shows them.")]
All = Annotated[bool, typer.Option("--all", help="Everything in quarantine.")]


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False) -> None:
    """List what is in quarantine, the latest first.

    Example: dateline quarantine list
    """
    import msgspec

    with session.opened() as store:
        for one in store.outbox.quarantined():
            if as_json:
                typer.echo(msgspec.json.encode(one).decode())
            else:
                typer.echo(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.id}  {one.reason:15}  {one.url}")


@app.command()
def show(article_id: str) -> None:
    """Print why an article is in quarantine, and the page itself.

    Example: dateline quarantine show 0123456789abcdef
    """
    from dateline.store import pages

    with session.opened() as store:
        told = store.incidents.article(article_id)
        if told is None or not told.in_quarantine:
            typer.echo(f"not in quarantine: {article_id}", err=True)
            raise typer.Exit(1)
        for name in ("url", "title", "reason", "detail"):
            typer.echo(f"{name}: {told.fields.get(name, '')}")
        if blob := store.outbox.page(article_id):
            page = pages.decode(blob)
            typer.echo(f"page: {len(page.body)} bytes, {page.content_type}")
            typer.echo(page.body.decode("utf-8", "replace"))


@app.command()
def retry(ids: Ids = None, everything: All = False) -> None:
    """Let the workers try again, with the tries so far forgotten.

    Example: dateline quarantine retry --all
    """
    _release(ids, everything=everything, retry=True)


@app.command()
def drop(ids: Ids = None, everything: All = False) -> None:
    """Reject for good, and drop the stored page.

    Example: dateline quarantine drop 0123456789abcdef
    """
    _release(ids, everything=everything, retry=False)


def _release(ids: list[str] | None, *, everything: bool, retry: bool) -> None:
    if bool(ids) == everything:
        raise typer.BadParameter("name article ids, or --all")
    with session.opened() as store:
        chosen = [one.id for one in store.outbox.quarantined()] if everything else ids or []
        missing = [one for one in chosen if not store.outbox.release(one, session.now(), retry=retry)]
    typer.echo(f"{len(chosen) - len(missing)} {'to be tried again' if retry else 'dropped'}")
    for one in missing:
        typer.echo(f"not in quarantine: {one}", err=True)
    if missing:
        raise typer.Exit(1)
