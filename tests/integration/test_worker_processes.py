"""Worker processes that are stopped, killed and left without Redis: nothing is lost, nothing is doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from live import until
from worker_bench import accept, fate, tries

from dateline.cli.session import now as real_now
from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from workers.worker import WireWorker

pytestmark = pytest.mark.integration

HERE = Path(__file__).parent


@contextmanager
def worker_process(
    url: str, log: Path, module: str = "", **environ: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker: one whose child obeys the page, or a module as it is shipped."""
    command = [sys.executable, *(("-m", module) if module else (str(HERE / "worker_process.py"),))]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    given = {"DATELINE_REDIS_URL": url, "DATELINE_METRICS_PORT": "0", **environ}
    with (
        log.open("ab") as out,
        subprocess.Popen(command, env=plain | given, stdout=out, stderr=out) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def settles(store: Store, *numbers: int, within_s: float = 20) -> float:
    """Dispatch as the keeper does until these have their fates; returns the seconds it took."""

    def done() -> bool:
        store.queue.dispatch(real_now())
        return all(fate(store, number) == "incident" for number in numbers)

    return until(done, within_s, f"articles {numbers} settled")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_killed_on_a_page_loses_and_doubles_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """Its child dies with it; the article is due again after overdue_s, and another worker settles it, once."""
    quick = open_store(msgspec.structs.replace(settings, overdue_s=2))
    mark = tmp_path / "mark"
    accept(quick, {1: f"once {mark}", 2: ""}, real_now())
    with worker_process(quick.url, tmp_path / "a.log", DATELINE_OVERDUE_S="2") as first:
        until(lambda: mark.exists() and bool(mark.read_text()), 20, "the page is at work")
        first.kill()
    until(lambda: not runs(int(mark.read_text())), 2, "the child died with its worker")
    with worker_process(quick.url, tmp_path / "b.log", DATELINE_OVERDUE_S="2"):
        assert settles(quick, 1, 2) < 20
    assert tries(quick, 1) == 2
    assert len(quick.incidents.events("0")) == 2
    assert quick.incidents.fates() == {"entries": 2, "incident": 2}
    quick.close()


def test_a_worker_that_slept_past_its_lease_doubles_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """A stopped worker's article is settled by another one; when it goes on, its own result changes nothing."""
    quick = open_store(msgspec.structs.replace(settings, overdue_s=2))
    with worker_process(quick.url, tmp_path / "a.log", DATELINE_OVERDUE_S="2") as first:
        until(lambda: quick.queue.workers() == 1, 20, "the worker listens")
        accept(quick, {1: "sleep 0.5"}, real_now())
        until(lambda: tries(quick, 1) == 1, 10, "the page is at work")
        first.send_signal(signal.SIGSTOP)
        with worker_process(quick.url, tmp_path / "b.log", DATELINE_OVERDUE_S="2") as second:
            settles(quick, 1)
            second.terminate()
            assert second.wait(10) == 0
        first.send_signal(signal.SIGCONT)
        accept(quick, {2: ""}, real_now())
        settles(quick, 2)
    assert tries(quick, 1) == 2
    assert len(quick.incidents.events("0")) == 2
    assert quick.incidents.fates() == {"entries": 2, "incident": 2}
    quick.close()


def test_a_slow_page_stays_with_its_worker(store: Store, settings: Settings, tmp_path: Path) -> None:
    """What is still being worked on is not overdue, however long it takes: nobody else tries it."""
    quick = open_store(msgspec.structs.replace(settings, overdue_s=1))
    with worker_process(quick.url, tmp_path / "log", DATELINE_OVERDUE_S="1"):
        accept(quick, {1: "sleep 1.8"}, real_now())
        settles(quick, 1)
    assert tries(quick, 1) == 1
    quick.close()


def test_sigterm_finishes_the_job_at_hand_and_no_more(store: Store, tmp_path: Path) -> None:
    """A worker asked to stop settles what it has, leaves the next job to others, and ends with 0."""
    mark = tmp_path / "mark"
    with worker_process(store.url, tmp_path / "log") as process:
        until(lambda: store.queue.workers() == 1, 20, "the worker listens")
        accept(store, {1: "sleep 0.8", 2: f"once {mark}"}, real_now())
        until(lambda: tries(store, 1) == 1, 10, "the page is at work")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (fate(store, 1), fate(store, 2), tries(store, 2)) == ("incident", "none", 0)
    assert store.queue.workers() == 0
    assert not mark.exists()


def test_redis_killed_under_a_worker_loses_nothing(tmp_path: Path) -> None:
    """The worker waits for Redis, is back within 10 s of it, and every acknowledged page is settled once."""
    with EmbeddedRedis(tmp_path / "redis") as server:
        store = open_store(Settings(redis_url=server.url, overdue_s=2))
        with worker_process(server.url, tmp_path / "log", DATELINE_OVERDUE_S="2") as process:
            accept(store, dict.fromkeys(range(1, 31), "sleep 0.05"), real_now())
            settles(store, 1)
            os.kill(server.pid, signal.SIGKILL)
            until(lambda: not server.alive(), 5, "Redis is dead")
            until(lambda: not runs(server.pid), 5, "Redis is gone")
            server.start()
            accept(store, {40: ""}, real_now())
            assert settles(store, 40, within_s=10) < 10
            settles(store, *range(1, 31))
            assert process.poll() is None
        assert store.incidents.fates() == {"entries": 31, "incident": 31}
        assert len(store.incidents.events("0")) == 31
        store.close()


def test_a_worker_never_waits_long_between_two_tries_for_redis() -> None:
    """RQ doubles its wait up to this cap; ours keeps the worker back within 10 s of any outage."""
    assert WireWorker.max_connection_wait_time <= 2


def test_the_worker_that_is_shipped_works(store: Store, tmp_path: Path) -> None:
    """`python -m workers` reads and codes a stored page, and drains at SIGTERM."""
    words = " ".join(f"The council met on the new bridge, and decision {n} was put off." for n in range(30))
    accept(
        store,
        {1: f"<html><body><article><h1>A bridge</h1><p>{words}</p></article></body></html>"},
        real_now(),
    )
    with worker_process(store.url, tmp_path / "log", "workers") as process:
        until(lambda: fate(store, 1) not in {"none", "unseen"}, 60, "the page has its fate")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert fate(store, 1) in {"irrelevant", "background"}
    assert b"settled" in (tmp_path / "log").read_bytes()


def test_a_misconfigured_worker_says_so_and_ends_with_2(tmp_path: Path) -> None:
    """A wrong setting, or no Redis to be found, stops at start: waiting would mend neither."""
    with worker_process("redis://127.0.0.1:1", tmp_path / "log", "workers", DATELINE_WORKERZ="2") as process:
        assert process.wait(30) == 2
    assert b"unknown setting DATELINE_WORKERZ" in (tmp_path / "log").read_bytes()
    with worker_process("", tmp_path / "log2", "workers", DATELINE_DATA_DIR=str(tmp_path)) as process:
        assert process.wait(30) == 2
    assert b"no DATELINE_REDIS_URL" in (tmp_path / "log2").read_bytes()
