"""A whole wire for a test: real processes, a real Redis, the sample wire over real HTTP."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from dateline.cli.wire import Wire, roles_of, running
from dateline.feeds.catalog import parse_catalog
from dateline.settings import Settings
from dateline.store.door import Store
from dateline.store.keys import is_canary
from dateline.text import urls

BASE_DAY = "2026-03-12"
GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent / "golden" / "sample_fates.json").read_text("utf-8")
)


def until(done: Callable[[], bool], within_s: float, what: str) -> float:
    """Wait until ``done``; returns the seconds it took, fails when it takes longer than ``within_s``."""
    started_s = time.monotonic()
    while not done():
        assert time.monotonic() - started_s < within_s, f"not within {within_s} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - started_s


@contextmanager
def sample_site() -> Iterator[str]:
    """Yield the origin of the sample wire, served for one base day."""
    command = [sys.executable, "-m", "services.sample", "--port", "0", "--base-day", BASE_DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        origin = server.stdout.readline().split()[-1].rstrip("/")
        try:
            yield origin
        finally:
            server.terminate()


@contextmanager
def sample_wire(folder: Path, origin: str, workers: int = 2, **settings: Any) -> Iterator[Wire]:
    """Yield a running wire on ``folder`` that polls the sample feeds."""
    chosen = Settings(
        data_dir=str(folder),
        metrics_port=0,
        allow_addresses=origin.removeprefix("http://"),
        **settings,
    )
    with running(chosen, roles=roles_of(workers)) as wire:
        opml = httpx.get(f"{origin}/feeds.opml", trust_env=False).content
        wire.store.catalog.put(parse_catalog(opml), datetime.now(UTC))
        yield wire


def article_id(origin: str, path: str) -> str:
    """The id of a sample entry, as the wire knows it."""
    return urls.article_id(urls.canonical(origin + path))


def fate_of(store: Store, origin: str, path: str) -> str:
    told = store.incidents.article(article_id(origin, path))
    return told.fields.get("fate", "none") if told else "unseen"


def all_settled(store: Store) -> bool:
    """Every entry of the sample wire is acknowledged and has its fate."""
    fates = store.incidents.fates()
    return fates.get("entries", 0) >= len(GOLDEN["entries"]) and store.outbox.depths().outbox == 0


def envelopes(store: Store) -> list[dict[str, Any]]:
    found, seq = [], "0"
    while rows := store.incidents.events(seq, count=500):
        seq = rows[-1][0]
        found += [json.loads(data) for _, data in rows]
    return found


def family(pid: int) -> list[int]:
    """The process and all that descends from it, parents first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def check_books(store: Store, origin: str) -> None:
    """Assert that nothing was lost and nothing stands twice: fates, versions, sequences, leftover pages."""
    fates = store.incidents.fates()
    entries = fates.pop("entries")
    counted = Counter(fate_of(store, origin, path) for path in GOLDEN["entries"])
    assert entries == len(GOLDEN["entries"]) == sum(fates.values())
    assert counted == Counter({fate: count for fate, count in fates.items() if count})
    events = envelopes(store)
    versions = Counter((one["incident"]["id"], one["incident"]["version"]) for one in events)
    assert [one for one, count in versions.items() if count > 1] == []
    seqs = [tuple(map(int, one["seq"].split("-"))) for one in events]
    assert seqs == sorted(set(seqs))
    pages = {
        one.decode().removeprefix(store.keys.page("")) for one in store.client.keys(store.keys.page("*"))
    }
    assert [one for one in pages if not is_canary(one)] == []
    assert len({article_id(origin, path) for path in GOLDEN["entries"]}) == entries
