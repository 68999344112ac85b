"""`tail` and `why`: what the wire has published, and what became of an article."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.store.door import Store
    from dateline.store.incidents import Told

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
    from dateline.store.incidents import seq_at

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
    """Tell the fate of an article, step by step.

    Example: dateline why https://example.org/story
    """
    import msgspec

    from dateline.text import urls

    with session.opened() as store:
        canonical = urls.canonical(url_or_id)
        article_id = urls.article_id(canonical) if canonical else url_or_id
        told = store.incidents.article(article_id)
        if told is None:
            typer.echo(f"never seen: {canonical or url_or_id}", err=True)
            raise typer.Exit(1)
        if as_json:
            typer.echo(msgspec.json.encode(told).decode())
            return
        for step in _steps(told):
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


def _steps(told: "Told") -> Iterator[str]:
    fields = told.fields
    yield f"article    {told.id}  {fields.get('title', '')}"
    yield f"address    {fields.get('url', '')}"
    yield f"listed by  {fields.get('feeds', '')}"
    yield f"published  {fields.get('published_at') or 'unknown'}"
    source = "the linked page" if fields.get("source") == "page" else "the feed's own text"
    because = f" (the page: {fields['fetch_reason']})" if fields.get("fetch_reason") else ""
    yield f"accepted   {fields.get('accepted_at', '')}  from {source}{because}"
    if (version := fields.get("version", "1")) != "1":
        yield f"version    {version}: it was revised, and this is what became of its latest words"
    if fields.get("attempts"):
        yield f"taken      {fields['attempts']} time(s) by a worker"
    if fields.get("disposition"):
        of = f" of {fields['of']}" if fields.get("of") else ""
        yield f"judged     {fields['disposition']}{of}: {fields.get('judged', '')}"
    if not fields.get("fate"):
        yield "fate       none yet: " + ("waiting in the outbox" if told.in_outbox else "not in the outbox")
        return
    yield f"fate       {fields['fate']}: {fields.get('reason', '')} {fields.get('detail', '')}".rstrip()
    for incident_id in fields.get("incidents", "").split():
        yield f"incident   {incident_id}"
    if told.in_quarantine:
        yield f"next       dateline quarantine retry {told.id}"


COMMANDS = (tail, why)
