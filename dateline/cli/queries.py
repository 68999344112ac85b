"""`tail` and `why`: what the wire has published, and what became of an article."""

import sys
from typing import Annotated

import typer

from dateline.cli import session


def tail(
    since: Annotated[str, typer.Option(help="Start so long ago: 15m, 1h, 7d, or an ISO date.")] = "",
    after: Annotated[
        str, typer.Option("--from", help="Start behind this sequence; 0 is all that is kept.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the envelopes, one JSON a line.")] = False,
    follow: Annotated[bool, typer.Option(help="Go on with what arrives.")] = True,
) -> None:
    """Follow incidents: catches up from the stream, then live. Nothing is skipped.

    Example: dateline tail --since 1h --json
    """
    from dateline.cli import show
    from dateline.incidents.record import decode_envelope
    from dateline.store.streams import seq_at

    if since and after:
        raise typer.BadParameter("--since and --from exclude each other")
    with session.opened() as store:
        start = after or (seq_at(session.ago(since)) if since else store.incidents.last_seq())
        try:
            for data in session.followed(store.incidents.events, start, follow=follow):
                typer.echo(data.decode() if as_json else show.line(decode_envelope(data)))
                sys.stdout.flush()
        except KeyboardInterrupt:
            return


def why(
    url_or_id: Annotated[str, typer.Argument(help="Address or id of an article.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell the fate of an article, step by step, with what it repeats and what that stands on.

    Example: dateline why https://example.org/story
    """
    import msgspec

    from dateline.cli import decision
    from dateline.text import urls

    with session.opened() as store:
        canonical = urls.canonical(url_or_id)
        article_id = urls.article_id(canonical) if canonical else url_or_id
        told = store.incidents.article(article_id)
        if told is None:
            typer.echo(f"never seen: {canonical or url_or_id}", err=True)
            raise typer.Exit(1)
        found = decision.gathered(store, told)
        if as_json:
            typer.echo(msgspec.json.encode(found).decode())
            return
        for step in decision.steps(found):
            typer.echo(step)


COMMANDS = (tail, why)
