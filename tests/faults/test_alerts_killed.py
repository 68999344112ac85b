"""Workers and keeper are killed while they alert: each alert stands once, and nothing that met a watch is untold."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from live import all_settled, envelopes, sample_site, sample_wire, until

from dateline.incidents.record import Alert
from dateline.store.alerts import decode_alert
from dateline.store.door import Store

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(300)]

KILLS = 8

WATCHES = """
[[watch]]
name = "At once"
cool_down = "0s"

[[watch]]
name = "Calm"
severity = "medium"
cool_down = "3s"
"""


def alerts(store: Store) -> list[Alert]:
    return [decode_alert(data) for _, data in store.alerts.events("0", count=10_000)]


def untold(store: Store) -> set[tuple[str, str]]:
    """Watches and incidents that met them, and that no alert has told, in its own name or among those held back."""
    met = {(watch, one["incident"]["id"]) for one in envelopes(store) for watch in one["incident"]["watches"]}
    told = {(one.watch, id_) for one in alerts(store) for id_ in (one.incident.id, *one.held_back_ids)}
    return met - told


def test_killed_workers_alert_once_and_lose_nothing(tmp_path: Path) -> None:
    """After eight SIGKILLs an incident is told once for each severity that it rose to, with the envelope's own bytes."""
    rng = random.Random(20261121)
    (tmp_path / "watch.toml").write_text(WATCHES, "utf-8")
    with (
        sample_site() as origin,
        sample_wire(tmp_path / "wire", origin, watch=str(tmp_path / "watch.toml")) as wire,
    ):
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.2, 1.0))
            victim = rng.choice([one for one in wire.children if one.name != "poller"])
            with suppress(ProcessLookupError):  # killed before, and not started again yet
                os.kill(victim.pid, signal.SIGKILL)
            wire.watch()
        until(lambda: [wire.watch(), all_settled(wire.store)][1], 120, "all settled")
        until(lambda: [wire.watch(), not untold(wire.store)][1], 60, "all told")
        assert wire.store.incidents.fates().get("incident", 0) > 0
        found = alerts(wire.store)
        published = {(one["incident"]["id"], one["incident"]["version"]) for one in envelopes(wire.store)}
    opened = [one for one in found if one.event != "retracted"]
    often = Counter((one.watch, one.incident.id, one.severity) for one in opened)
    assert [one for one, count in often.items() if count > 1] == []
    assert {(one.incident.id, one.incident.version) for one in found} <= published
    assert {one.watch for one in found} == {"At once", "Calm"}
    assert not any(one.held_back for one in found if one.watch == "At once")
