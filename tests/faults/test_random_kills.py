"""Parts of a running wire are killed at seeded moments; what is left goes on, and the books balance."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from live import all_settled, check_books, family, sample_site, sample_wire, until

from dateline.cli.wire import Wire

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(300)]

KILLS = 24


def victims(wire: Wire) -> dict[str, int]:
    """Every process that may be killed, by name: each role, each killable child, and Redis."""
    found = {"redis": wire.redis.pid if wire.redis else 0}
    for child in wire.children:
        found[child.name] = child.pid
        found |= {f"{child.name}'s child {number}": pid for number, pid in enumerate(family(child.pid)[1:])}
    return {name: pid for name, pid in found.items() if pid}


def test_random_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """After 24 SIGKILLs of pollers, workers, their children, the keeper and Redis, every entry has exactly
    one fate and every envelope stands once."""
    rng = random.Random(42)
    with sample_site() as origin, sample_wire(tmp_path, origin, overdue_s=3, lease_s=4) as wire:
        killed = set()
        for _ in range(KILLS):
            name, pid = rng.choice(sorted(victims(wire).items()))
            killed.add(name.split("'")[0].rstrip("-0123456789"))
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            expires_s = time.monotonic() + rng.uniform(0.05, 0.8)
            while time.monotonic() < expires_s:
                wire.watch()
                time.sleep(0.02)
        assert len(killed) >= 3, killed

        def settled() -> bool:
            wire.watch()
            return all_settled(wire.store)

        until(settled, 120, "all entries settled")
        check_books(wire.store, origin)
