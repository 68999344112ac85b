"""Everything is killed in the middle of `dateline up`, again and again; the books still balance."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from live import GOLDEN, all_settled, check_books, family, until

from dateline.settings import Settings
from dateline.store import embedded
from dateline.store.door import Store, open_store

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(300)]

KILLS = 4


def start_up(folder: Path) -> subprocess.Popen[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environ |= {"DATELINE_DATA_DIR": str(folder), "DATELINE_METRICS_PORT": "0"}
    command = [sys.executable, "-m", "dateline", "up", "--feeds", "sample"]
    return subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, start_new_session=True)


def kill_all(up: subprocess.Popen[bytes]) -> None:
    """SIGKILL for every process of the wire, Redis included, at once."""
    for pid in family(up.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    up.wait()


def reach(folder: Path) -> Store:
    until(lambda: embedded.find(folder) is not None, 60, "Redis answers")
    return open_store(Settings(data_dir=str(folder)))


def test_sigkill_of_everything_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """After four SIGKILLs of all processes at seeded moments, every entry has exactly one fate and every
    incident event stands once in the stream."""
    rng = random.Random(20261120)
    for _ in range(KILLS):
        up = start_up(tmp_path)
        store = reach(tmp_path)
        before = store.incidents.fates().get("entries", 0)
        store.close()
        time.sleep(rng.uniform(0.2, 2.5))
        kill_all(up)
        assert before <= len(GOLDEN["entries"])
    up = start_up(tmp_path)
    try:
        store = reach(tmp_path)
        until(lambda: all_settled(store), 120, f"all settled: {store.incidents.fates()}")
        check_books(store, f"http://127.0.0.1:{(tmp_path / 'sample.port').read_text()}")
    finally:
        up.send_signal(signal.SIGTERM)
        assert up.wait(60) == 0
