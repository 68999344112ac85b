"""`tail` and `why`: what the wire has published, and what became of an article."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.store.door import Store

#: How long one read of the stream waits for news before it asks again.
_WAIT_S = 5.0


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
            for data in _envelopes(store, start, follow=follow):
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


def _envelopes(store: "Store", start: str, *, follow: bool) -> Iterator[bytes]:
    from dateline.errors import StoreUnavailable

    seq = start
    while True:
        try:
            rows = store.incidents.events(seq, wait_s=_WAIT_S if follow else 0)
        except StoreUnavailable:
            if not follow:
                raise
            rows = []  # a Redis that restarts: go on behind the last one seen
        for seq, data in rows:  # noqa: B007 - the next read goes on behind it
            yield data
        if not rows and not follow:
            return


COMMANDS = (tail, why)
