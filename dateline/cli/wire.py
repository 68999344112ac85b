"""`dateline up`: the whole wire on one machine, and its incidents in the terminal.

Owns the order of start and stop: Redis first and last, the poller stops before the workers.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import Event

import httpx
import msgspec
from rich.console import Console
from rich.text import Text

from dateline import catalog_files
from dateline.cli import show
from dateline.cli.session import now as utc_now
from dateline.cli.supervisor import DRAIN_S, Child, free_port, log_to
from dateline.errors import Misconfigured, StoreUnavailable
from dateline.feeds.catalog import Listing, parse_catalog
from dateline.incidents.record import Envelope, decode_envelope
from dateline.settings import PREFIX, Settings
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis

SAMPLE = "sample"

#: The sample wire's first choice, so that a second start finds the same addresses.
_SAMPLE_PORT = 9480

_SAMPLE_START_S = 15.0

_STYLES = {
    "Battles": "red",
    "Explosions/Remote violence": "bright_red",
    "Violence against civilians": "magenta",
    "Protests": "green",
    "Riots": "yellow",
    "Strategic developments": "cyan",
}
_SHOWN_AT_START = 8

#: When, and how often until it is clear, a wire looks whether any feed answers, in seconds.
_SILENT_S = 10.0


def run_wire(settings: Settings, *, feeds: Sequence[str], workers: int, quiet: bool) -> int:
    """Run until a signal; 0 after a drained stop. ``feeds`` are catalog files, or "sample" alone.

    Raises:
        Misconfigured: it cannot run like this, in words.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    console = Console(highlight=False, soft_wrap=True)
    sample = SAMPLE in feeds
    settings = _with_feeds(settings, feeds)
    # Read before anything starts: what is wrong with a file is told here, in words.
    listing = catalog_files.read(catalog_files.paths(settings.feeds)) if settings.feeds else None
    with running(
        settings, roles=roles_of(workers), sample=sample, first=lambda wire: _fill_catalog(wire, listing)
    ) as wire:
        _greet(console, wire)
        seq = _catch_up(console, wire.store)
        asked_again_s = time.monotonic() + _SILENT_S
        while not stop.is_set():
            wire.watch()
            seq = _show_news(console, wire.store, seq, quiet=quiet)
            if time.monotonic() > asked_again_s:
                asked_again_s = (
                    float("inf") if _is_clear(console, wire.store) else time.monotonic() + _SILENT_S
                )
        console.print("stopping: finishing what is in hand …")
    return 0


def _with_feeds(settings: Settings, feeds: Sequence[str]) -> Settings:
    """Return the settings that name these files, by which the keeper keeps the catalog in step."""
    if SAMPLE not in feeds:
        named = catalog_files.setting([*feeds] or [settings.feeds])
        return msgspec.structs.replace(settings, feeds=named)
    if len(feeds) > 1:
        raise Misconfigured("the sample wire runs alone: no other --feeds beside it")
    if not os.environ.get(f"{PREFIX}DATA_DIR"):
        # Invented news must never lie among a user's own.
        settings = msgspec.structs.replace(settings, data_dir=str(settings.data_path() / SAMPLE))
    return msgspec.structs.replace(settings, feeds="")


def roles_of(workers: int) -> tuple[tuple[str, str], ...]:
    """Return (name, module) of each process of a wire, in the order in which they stop."""
    many = tuple((f"worker-{number}", "workers") for number in range(1, workers + 1))
    return (("poller", "services.poller"), *many, ("keeper", "services.keeper"))


class Wire:
    """A running wire: its store, its children, its addresses."""

    def __init__(self, settings: Settings, store: Store, redis: EmbeddedRedis | None) -> None:
        self.settings, self.store, self.redis = settings, store, redis
        self.children: list[Child] = []
        self.metrics: dict[str, str] = {}
        self.sample_url = ""
        self.log_path = settings.data_path() / "logs" / "dateline.log"
        self._log = log_to(self.log_path)

    def start(self, name: str, module: str, *arguments: str, **environ: str) -> Child:
        child = Child(name, module, arguments, {**_plain_environment(), **environ})
        child.start(self._log)
        self.children.append(child)
        return child

    def watch(self) -> None:
        """Start again what has ended."""
        if self.redis and not self.redis.alive():
            self._log.error("redis ended; starting it again")
            self.redis.start()
        for child in self.children:
            child.watch(self._log)

    def drain(self) -> None:
        """Stop the roles in order, each with what it has in hand."""
        deadline_s = time.monotonic() + DRAIN_S
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.await_end(deadline_s)
        for handler in self._log.handlers:
            handler.close()
        self.store.close()


@contextmanager
def running(
    settings: Settings,
    *,
    roles: tuple[tuple[str, str], ...],
    sample: bool = False,
    first: Callable[[Wire], None] | None = None,
) -> Iterator[Wire]:
    """Yield a wire whose roles run; they are drained, and the embedded Redis stopped, at the end.

    ``first`` is done with the store at hand and before any role starts.

    Raises:
        Misconfigured: another wire runs on the data folder, or a role cannot start.
    """
    with ExitStack() as stack:
        redis = None
        if not settings.redis_url:
            redis = stack.enter_context(EmbeddedRedis(settings.data_path()))
            settings = msgspec.structs.replace(settings, redis_url=redis.url)
        wire = Wire(settings, open_store(settings), redis)
        stack.callback(wire.drain)
        if sample:
            wire.sample_url = _start_sample(wire)
            host = wire.sample_url.removeprefix("http://").rstrip("/")
            settings = msgspec.structs.replace(
                settings, allow_addresses=f"{settings.allow_addresses},{host}".strip(",")
            )
        if first:
            first(wire)
        port = settings.metrics_port
        for name, module in roles:
            port = free_port(settings.metrics_host, port)
            wire.start(name, module, **_environment(settings, port))
            wire.metrics[name] = f"http://{settings.metrics_host}:{port}/metrics"
            port += 1 if port else 0
        yield wire


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def _environment(settings: Settings, metrics_port: int) -> dict[str, str]:
    given = msgspec.structs.asdict(settings) | {"metrics_port": metrics_port}
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()}


def _start_sample(wire: Wire) -> str:
    # Its address is part of what its articles are: a second start must find the same one.
    remembered = wire.settings.data_path() / "sample.port"
    port = free_port("127.0.0.1", int(remembered.read_text()) if remembered.exists() else _SAMPLE_PORT)
    remembered.write_text(str(port))
    url = f"http://127.0.0.1:{port}/"
    wire.start("sample", "services.sample", "--port", str(port))
    expires_s = time.monotonic() + _SAMPLE_START_S
    while time.monotonic() < expires_s:
        try:
            httpx.get(url, timeout=2, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return url
    raise Misconfigured(f"the sample wire did not start; see {wire.log_path}")


def _fill_catalog(wire: Wire, listing: Listing | None) -> None:
    if wire.sample_url:
        answer = httpx.get(f"{wire.sample_url}feeds.opml", timeout=10, trust_env=False)
        found = parse_catalog(answer.content)
        wire.store.catalog.put(found, utc_now())
        wire.store.catalog.due_now([one.id for one in found], utc_now())
    elif listing:
        wire.store.catalog.sync(listing.feeds, utc_now())
        wire.store.catalog.set_hosts(dict(listing.hosts))


def _greet(console: Console, wire: Wire) -> None:
    counts = wire.store.catalog.counts(utc_now())
    feeds = sum(counts.values()) - counts["overdue"]
    console.print(f"[bold]Dateline[/bold] watches {feeds} feeds. Ctrl-C drains and stops.")
    if not feeds:
        console.print("  no feeds yet: dateline feeds add URL, or dateline feeds import FILE")
    if wire.sample_url:
        console.print(f"  sample wire  {wire.sample_url} (invented events in real places)")
    address = "unix socket " + wire.store.url.removeprefix("unix://") if wire.redis else "your Redis"
    console.print(f"  Redis        {address}")
    console.print(f"  subscribe    channel {wire.store.keys.channel}, stream {wire.store.keys.stream}")
    if wire.settings.watch:
        console.print(f"  watches      {wire.settings.watch}, alerts on {wire.store.keys.alerts_channel}")
    console.print(f"  metrics      {'  '.join(wire.metrics.values())}")
    console.print(f"  log          {wire.log_path}")


def _catch_up(console: Console, store: Store) -> str:
    """Show the newest envelopes of earlier runs; returns where to go on."""
    seq = store.incidents.last_seq()
    if seq == "0":
        console.print("Incidents will stand here as they arrive (● opened, ○ updated).\n")
        return seq
    fates = store.incidents.fates()
    ended = ", ".join(
        f"{count} {fate}" for fate, count in sorted(fates.items()) if fate != "entries" and count
    )
    console.print(f"Going on with {fates.get('entries', 0)} articles from before ({ended}). The latest:\n")
    for data in store.incidents.latest(_SHOWN_AT_START):
        _print(console, decode_envelope(data), old=True)
    return seq


def _show_news(console: Console, store: Store, seq: str, *, quiet: bool) -> str:
    try:
        rows = store.incidents.events(seq, wait_s=0.5)
    except StoreUnavailable:
        time.sleep(0.5)
        return seq
    for row_seq, data in rows:
        seq = row_seq
        if not quiet:
            _print(console, decode_envelope(data))
    return seq


def _is_clear(console: Console, store: Store) -> bool:
    """Tell whether the feeds answer, or say that none does: a silent wire must not look like a quiet day.

    False while it cannot be told yet, because some feed was not polled so far.
    """
    try:
        states = [row.state for row in store.catalog.rows()]
    except StoreUnavailable:
        return False
    if any(state and not state.rhythm.error_streak for state in states):
        return True
    if not states or not all(states):
        return False
    reasons = Counter(state.last_error_reason for state in states if state).most_common(1)
    console.print(
        f"[bold]None of the {len(states)} feeds could be polled[/bold] ({reasons[0][0]}): "
        "see `dateline feeds list --unhealthy`"
    )
    return True


def _print(console: Console, envelope: Envelope, *, old: bool = False) -> None:
    """Print one envelope: what, where and when in bold, then who and how many, then the proof."""
    incident = envelope.incident
    style = "dim" if old else _STYLES.get(incident.event_type, "white")
    head = f"{show.mark(envelope)} {show.what(incident)}"
    console.print(Text(head, style="dim" if old else f"bold {style}"))
    console.print(Text(f"    {show.details(envelope)}", style="dim" if old else ""))
    if not old and envelope.event == "opened" and (proof := show.proof(incident)):
        console.print(Text(f"    {proof}", style="dim italic"))
