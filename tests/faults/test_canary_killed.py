"""Workers are killed with a canary in hand: it arrives all the same or is counted lost, and users see nothing of it."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from live import all_settled, check_books, envelopes, sample_site, sample_wire, until
from test_random_kills import victims

from dateline.store.canary import Canaries, State
from dateline.store.door import Store

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(300)]

KILLS = 12


def standing(store: Store) -> State:
    return Canaries(store.client, store.keys).state()


def test_canaries_outlive_killed_workers_and_leak_nothing(tmp_path: Path) -> None:
    """One a second while workers, their children and the keeper are killed: the books hold the articles alone, no envelope
    in the stream is a canary's, no channel of users has one, and canaries arrive again when the killing ends."""
    rng = random.Random(7)
    with sample_site() as origin, sample_wire(tmp_path, origin, overdue_s=3, canary_every_s=1) as wire:
        store = wire.store
        heard = store.client.pubsub()
        heard.subscribe(store.keys.channel, store.keys.alerts_channel)
        until(lambda: standing(store).arrived_at > 0, 60, "a canary arrived")
        for _ in range(KILLS):
            name, pid = rng.choice([one for one in sorted(victims(wire).items()) if is_ours(one[0])])
            assert name
            kill(pid)
            expires_s = time.monotonic() + rng.uniform(0.1, 1.0)
            while time.monotonic() < expires_s:
                wire.watch()
                time.sleep(0.02)
        calm_at = standing(store).now

        def well() -> bool:
            wire.watch()
            state = standing(store)
            return state.arrived_at > calm_at and state.outcome == "arrived" and all_settled(store)

        until(well, 120, "canaries arrive again, and every entry has its fate")
        check_books(store, origin)
        assert not [one for one in envelopes(store) if "canary" in str(one)]
        told = []
        while message := heard.get_message(timeout=0.5):
            told += [message["data"]] if message["type"] == "message" else []
        assert told
        assert not [one for one in told if b"canary" in one]
        assert store.client.zcard(store.keys.quarantine) == 0


def is_ours(name: str) -> bool:
    return name.startswith(("worker", "keeper"))


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
