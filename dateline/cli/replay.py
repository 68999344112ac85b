"""`replay`: captured pages through the real pipeline."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli import session
from dateline.errors import BadRecord

if TYPE_CHECKING:
    from dateline.model import Page
    from dateline.store.door import Store
    from dateline.store.feeds import Claim

_Tell = Callable[[], None]

#: Pages of one commit.
_CHUNK = 25

#: Pages that may wait while a replay goes on; beyond it the reader waits for the workers.
_MAX_WAITING = 2000

#: No page has been settled for so long: no worker is there.
_STALLED_S = 120.0


def replay(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="WARC, or JSON Lines with html.")],
    workers: Annotated[int, typer.Option(min=1, help="Workers of the private wire.")] = 2,
    out: Annotated[
        Path | None, typer.Option(help="Write the envelopes to this file, one JSON a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Send captured pages through the real pipeline: outbox, RQ, workers, settle, stream.

    Uses the wire that runs (or DATELINE_REDIS_URL); without one, a private wire in a temporary folder.
    Lines are {"url", "html"} and, where known, "title" and "published_at".

    Example: dateline replay captured.jsonl --out incidents.jsonl
    """
    with _wire(workers) as (store, watch):
        figures = _Replay(store, watch, show=not as_json).run(path, out)
    if as_json:
        typer.echo(msgspec.json.encode(figures).decode())
    else:
        for name, value in figures.items():
            typer.echo(f"{name:12} {value}")
    if figures["lost"]:
        raise typer.Exit(1)


@contextmanager
def _wire(workers: int) -> Iterator[tuple["Store", _Tell]]:
    """Yield the store of the wire that runs, or of a private one, and what keeps the private one running."""
    from dateline.cli.wire import roles_of, running
    from dateline.store import embedded

    settings = session.settings()
    if settings.redis_url or embedded.find_any(settings.data_path()):
        with session.opened() as store:
            yield store, lambda: None
        return
    with tempfile.TemporaryDirectory(prefix="dateline-replay-") as folder:
        private = msgspec.structs.replace(settings, data_dir=folder, metrics_port=0, feeds="")
        with running(private, roles=roles_of(workers)[1:]) as wire:
            yield wire.store, wire.watch


class _Replay:
    """One replay: what was accepted, and what became of it."""

    def __init__(self, store: "Store", watch: _Tell, *, show: bool) -> None:
        self._store, self._watch, self._show = store, watch, show
        self._ids: dict[str, None] = {}
        self._refused: list[str] = []
        self._pages = 0

    def run(self, path: Path, out: Path | None) -> dict[str, object]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        seq = self._store.incidents.last_seq()
        self._await_worker()
        started_s = time.perf_counter()
        with Progress(
            *columns, console=Console(stderr=True), disable=not self._show, transient=True
        ) as progress:
            task = progress.add_task("replaying", total=None)

            def tell() -> None:
                self._watch()
                progress.update(task, completed=len(self._ids) - self._waiting(), total=len(self._ids))

            self._accept_all(path, tell)
            self._await_fates(tell)
        elapsed_s = time.perf_counter() - started_s
        return self._figures(elapsed_s, seq, out)

    def _accept_all(self, path: Path, tell: _Tell) -> None:
        from dateline.cli import captures
        from dateline.feeds.catalog import feed_id
        from dateline.model import Feed

        feed = Feed(id=feed_id(f"replay:{path.resolve()}"), url=f"replay:{path.name}", title=path.name)
        claim = self._store.feeds.hold(feed, f"replay:{session.now().timestamp():.6f}")
        chunk: list[Page] = []
        for page in captures.read(path, feed.id, session.now()):
            if isinstance(page, BadRecord):
                self._refused.append(str(page))
                typer.echo(f"left out: {page}", err=True)
                continue
            chunk.append(page)
            if len(chunk) == _CHUNK:
                self._accept(claim, chunk)
                self._await_room(tell)
                chunk = []
        self._accept(claim, chunk)
        self._store.feeds.drop(claim)
        tell()

    def _accept(self, claim: "Claim", chunk: "list[Page]") -> None:
        if not chunk:
            return
        self._store.feeds.accept(claim, chunk, session.now())
        self._pages += len(chunk)
        self._ids |= dict.fromkeys(page.article_id for page in chunk)

    def _waiting(self) -> int:
        return min(self._store.outbox.depths().outbox, len(self._ids))

    def _await_worker(self) -> None:
        expires_s = time.monotonic() + _STALLED_S
        while not self._store.queue.workers():
            if time.monotonic() > expires_s:
                typer.echo("no worker runs; start one: dateline work", err=True)
                raise typer.Exit(1)
            self._watch()
            time.sleep(0.05)

    def _await_room(self, tell: _Tell) -> None:
        tell()
        while self._store.outbox.depths().outbox > _MAX_WAITING:
            time.sleep(0.1)
            tell()

    def _await_fates(self, tell: _Tell) -> None:
        waiting, since_s = self._waiting(), time.monotonic()
        while waiting:
            time.sleep(0.1)
            tell()
            now_waiting = self._waiting()
            if now_waiting != waiting:
                waiting, since_s = now_waiting, time.monotonic()
            elif time.monotonic() - since_s > _STALLED_S:
                typer.echo(f"{waiting} pages wait, and no worker takes them", err=True)
                return

    def _figures(self, elapsed_s: float, seq: str, out: Path | None) -> dict[str, object]:
        told = [self._store.incidents.article(one) for one in self._ids]
        fates = Counter(one.fields.get("fate", "none") for one in told if one)
        events: Counter[str] = Counter()
        with (out or Path("/dev/null")).open("wb") as sink:
            while rows := self._store.incidents.events(seq, count=500):
                seq = rows[-1][0]
                for _, data in rows:
                    events[msgspec.json.decode(data)["event"]] += 1
                    sink.write(data + b"\n")
        return {
            "pages": self._pages,
            "articles": len(self._ids),
            "refused": len(self._refused),
            "fates": dict(sorted(fates.items())),
            "lost": len(self._ids) - sum(count for fate, count in fates.items() if fate != "none"),
            "opened": events["opened"],
            "updated": events["updated"],
            "seconds": round(elapsed_s, 2),
            "pages_per_s": round(self._pages / elapsed_s, 1) if elapsed_s else 0.0,
        }


COMMANDS = (replay,)
