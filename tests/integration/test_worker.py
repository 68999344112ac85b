"""What workers promise, with a real Redis, real RQ and real processes that are killed."""

import os
import pickle
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from coded import mention, result
from live import until
from make import NOW, feed, page
from prometheus_client import REGISTRY
from rq import Callback, Queue, SimpleWorker
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from dateline.cli.session import now as real_now
from dateline.errors import Misconfigured, Reason
from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState
from dateline.sandbox import Sandbox
from dateline.settings import Settings
from dateline.store import pages
from dateline.store.client import blocking_connection
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from workers import jobs, reading
from workers.desk import Desk
from workers.worker import WireJob, make_worker

pytestmark = pytest.mark.integration

HERE = Path(__file__).parent


def accept(store: Store, orders: dict[int, str], now=NOW) -> None:
    """Acknowledge pages whose bodies tell the child of ``worker_process`` what to do."""
    store.feeds.put([feed()], now)
    store.feeds.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20)
    made = [page(number, body=order.encode(), accepted_at=now) for number, order in orders.items()]
    store.feeds.accept(claim, made, now)
    store.feeds.finish(claim, FeedState(rhythm=first_rhythm(now)), [], now)


def forget_jobs(store: Store) -> None:
    """Empty the queue; the outbox is the truth and hands out again."""
    Queue(store.keys.queue, connection=store.client).empty()


def fate(store: Store, number: int) -> str:
    told = store.incidents.article(f"{number:016x}")
    return told.fields.get("fate", "none") if told else "unseen"


def tries(store: Store, number: int) -> int:
    told = store.incidents.article(f"{number:016x}")
    return int(told.fields.get("attempts", 0)) if told else 0


def refused(reason: Reason = Reason.BAD_RECORD) -> float:
    return REGISTRY.get_sample_value("dateline_rejected_total", {"reason": reason}) or 0.0


class Bench:
    """A worker in this process, with a clock that is set by hand and a note of every batch."""

    def __init__(self, store: Store, settings: Settings, target: Callable[[bytes], bytes]) -> None:
        self.store, self.now, self.batches = store, NOW, []
        self.sandbox = Sandbox(target)
        self._desk = Desk(settings, store, self.sandbox, lambda: self.now)
        jobs.open_desk(self)

    def ingest(self, page_ids: list[str]) -> int:
        self.batches.append([int(one, 16) for one in page_ids])
        return self._desk.ingest(page_ids)

    def work(self, after_s: float = 0.0) -> None:
        """Let the time pass, queue what is due, and work until the queue is empty."""
        self.now += timedelta(seconds=after_s)
        self.store.queue.dispatch(self.now)
        self.burst()

    def burst(self) -> None:
        connection = blocking_connection(self.store.queue_url)
        worker = make_worker(connection, self.store.keys.queue)
        worker.subscribe = worker.unsubscribe = lambda: None  # RQ takes a second to end that thread
        worker.work(burst=True, logging_level="CRITICAL")
        connection.close()


def obey(blob: bytes) -> bytes:
    stored = pages.decode(blob)
    number = int(stored.article_id, 16)
    if stored.body == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    return msgspec.msgpack.encode(result(number, mention(number)))


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    made = Bench(store, settings, obey)
    yield made
    made.sandbox.close()
    for number, handler in handlers:
        signal.signal(number, handler)


# jobs that are not ours ------------------------------------------------------------------------

LEFT = "DATELINE_TEST_LEFT"  # never a setting: removed before any process is started


def leave_trace(*_: Any, **__: Any) -> None:
    """What a forged job would like to run."""
    Path(os.environ[LEFT]).write_text("it ran")


FORGED: dict[str, dict[str, Any]] = {
    "a shell command": {"func": "os.system", "args": ["touch $DATELINE_TEST_LEFT"]},
    "a function of any module": {"func": "test_worker.leave_trace"},
    "a function of ours that is no job": {"func": "workers.jobs.open_desk", "args": [None]},
    "a method": {"func": "builtins.eval", "args": ["__import__('test_worker').leave_trace()"]},
    "keyword arguments": {"func": jobs.ingest, "kwargs": {"page_ids": [f"{1:016x}"]}},
    "a text for a list": {"func": jobs.ingest, "args": [f"{1:016x}"]},
    "numbers for ids": {"func": jobs.ingest, "args": [[1, 2]]},
    "one argument too many": {"func": jobs.ingest, "args": [[f"{1:016x}"], []]},
    "no argument": {"func": jobs.ingest, "args": []},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_job_never_runs(
    name: str, bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever a job names, the worker runs ingest on a list of ids or nothing; it is counted, and the
    neighbour behind it goes on."""
    monkeypatch.setenv(LEFT, str(tmp_path / "left"))
    accept(bench.store, {1: ""})
    forget_jobs(bench.store)
    queue = Queue(bench.store.keys.queue, connection=bench.store.client, serializer=JSONSerializer)
    forged = dict(FORGED[name])
    queue.enqueue_call(forged.pop("func"), **forged)
    before = refused()
    bench.now += timedelta(seconds=60)
    bench.work()
    assert refused() == before + 1
    assert not (tmp_path / "left").exists()
    assert (fate(bench.store, 1), bench.batches) == ("incident", [[1]])


@pytest.mark.parametrize("outcome", ["success", "failure"])
def test_what_a_job_names_beside_its_function_is_not_run(
    outcome: str, bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Callbacks and webhooks of a job are not looked at, whether it succeeds or fails."""
    monkeypatch.setenv(LEFT, str(tmp_path / "left"))
    monkeypatch.setattr(Webhook, "send", leave_trace)
    accept(bench.store, {1: ""})
    forget_jobs(bench.store)
    queue = Queue(bench.store.keys.queue, connection=bench.store.client, serializer=JSONSerializer)
    call = Callback(leave_trace)
    job = queue.enqueue_call(
        jobs.ingest,
        args=([f"{1:016x}" if outcome == "success" else 1],),
        on_success=call,
        on_failure=call,
        on_stopped=call,
        webhooks=[
            Webhook("http://127.0.0.1:1/", status) for status in (JobStatus.FINISHED, JobStatus.FAILED)
        ],
    )
    plain = Job.fetch(job.id, connection=bench.store.client, serializer=JSONSerializer)
    assert plain.success_callback is plain.failure_callback is leave_trace
    assert len(plain.webhooks) == 2
    bench.burst()
    assert not (tmp_path / "left").exists()
    assert fate(bench.store, 1) == ("incident" if outcome == "success" else "none")


class Pickled:
    def __reduce__(self):
        return leave_trace, ()


DAMAGED: dict[str, dict[str, Any] | None] = {
    "a pickle": {"data": zlib.compress(pickle.dumps(Pickled()))},
    "bytes": {"data": b"\x00\xff\x00"},
    "half a job": {"data": zlib.compress(b'["workers.jobs.ingest", null')},
    "JSON that is no job": {"data": zlib.compress(b'{"a": 1}')},
    "a date that is none": {"created_at": b"yesterday"},
    "a limit that is none": {"timeout": b"soon"},
    "a status that is none": {"status": b"dreaming"},
    "a name that is no text": {"worker_name": b"\xff\xfe"},
    "no data": {"data": None},
    "no hash": None,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_job_costs_itself_only(
    name: str, bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A job that does not decode is dropped and counted; the worker lives, also through its maintenance,
    and the article that the job carried is queued again."""
    monkeypatch.setenv(LEFT, str(tmp_path / "left"))
    client, damage = bench.store.client, DAMAGED[name]
    accept(bench.store, {1: "", 2: ""})
    first, second = Queue(bench.store.keys.queue, connection=client).job_ids
    key = Job.key_for(first)
    if damage is None:
        client.delete(key)
        client.set(key, "no hash")
    elif name == "no data":
        client.hdel(key, "data")
    else:
        client.hset(key, mapping=damage)
    bench.burst()
    assert (fate(bench.store, 1), fate(bench.store, 2)) == ("none", "incident")
    assert not (tmp_path / "left").exists()
    bench.work(after_s=60)
    assert (fate(bench.store, 1), bench.batches) == ("incident", [[2], [1]])
    assert client.llen(f"rq:queue:{bench.store.keys.queue}:intermediate") == 0
    assert second


def test_the_allow_list_is_the_one_job(bench: Bench) -> None:
    """The name that the store queues is the one that workers run, and it needs a desk."""
    from dateline.store.queue import INGEST

    assert list(jobs.ALLOWED) == [INGEST]
    assert Job.create(INGEST, args=([],), connection=bench.store.client).func is jobs.ingest
    assert WireJob.create(INGEST, args=([],), connection=bench.store.client).func is jobs.ingest
    assert SimpleWorker.execute_job is not SimpleWorker.main_work_horse
    jobs.open_desk(None)
    with pytest.raises(Misconfigured):
        jobs.ingest([])


# pages that fail -------------------------------------------------------------------------------


def test_a_poison_page_costs_itself_only(bench: Bench) -> None:
    """Its 24 batch neighbours settle at once; it is tried three times, alone from the second on, and then
    quarantined with its page."""
    accept(bench.store, {number: "die" if number == 13 else "" for number in range(1, 26)})
    forget_jobs(bench.store)
    bench.now += timedelta(seconds=60)
    bench.work()
    assert bench.batches == [sorted(bench.batches[0])]
    assert len(bench.batches[0]) == 25
    assert bench.store.incidents.fates()["entries"] == 25
    assert [number for number in range(1, 26) if fate(bench.store, number) == "none"] == [13]
    bench.work(after_s=1.1)
    bench.work(after_s=2.1)
    assert bench.batches[1:] == [[13], [13]]
    (row,) = bench.store.outbox.quarantined()
    assert (row.id, row.reason, row.detail) == (f"{13:016x}", "child_died", "died: SIGKILL")
    assert tries(bench.store, 13) == 3
    assert bench.store.outbox.page(row.id)
    bench.work(after_s=600)
    assert len(bench.batches) == 3
    assert bench.sandbox.restarts == 3


def test_a_bug_of_ours_is_tried_again_and_told_with_its_trace(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception of ours on one page ends neither child nor neighbours; quarantine shows where it was."""
    real = reading.extract.read

    def read(one):
        if one.article_id == f"{1:016x}":
            raise ZeroDivisionError("seven lamps")
        return real(one)

    monkeypatch.setattr(reading.extract, "read", read)
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    bench = Bench(store, settings, reading.target(Silent()))
    accept(
        store, {1: "x", 2: f"<html><body><article><p>{'Some words of a story. ' * 40}</p></article></body>"}
    )
    for after_s in (60, 1.1, 2.1):
        bench.work(after_s)
    bench.sandbox.close()
    for number, handler in handlers:
        signal.signal(number, handler)
    (row,) = store.outbox.quarantined()
    assert (row.id, row.reason) == (f"{1:016x}", "internal")
    assert "ZeroDivisionError: seven lamps" in row.detail
    assert "in read" in row.detail
    assert (tries(store, 1), bench.sandbox.restarts) == (3, 0)
    assert fate(store, 2) == "irrelevant"


class Silent:
    """A coder that finds nothing."""

    def code(self, article):
        return result(1).coding


def test_a_page_that_is_gone_is_quarantined(bench: Bench) -> None:
    """Without its page an article can't be read by anybody; it is told, not lost."""
    accept(bench.store, {1: "", 2: ""})
    bench.store.client.delete(bench.store.keys.page(f"{1:016x}"))
    bench.work()
    (row,) = bench.store.outbox.quarantined()
    assert (row.id, row.reason) == (f"{1:016x}", "bad_record")
    assert "not in the store" in row.detail
    assert fate(bench.store, 2) == "incident"


def test_a_damaged_page_is_quarantined_at_once(store: Store, settings: Settings, bench: Bench) -> None:
    """Bytes that are no stored page will not become one by trying again."""
    reader = Bench(store, settings, reading.target(Silent()))
    accept(store, {1: ""})
    store.client.set(store.keys.page(f"{1:016x}"), b"damaged")
    reader.work()
    reader.sandbox.close()
    (row,) = store.outbox.quarantined()
    assert (row.reason, tries(store, 1)) == ("bad_record", 1)


def test_a_page_whose_workers_die_is_not_tried_for_ever(bench: Bench) -> None:
    """After so many tries that nobody finished it is set aside untried."""
    accept(bench.store, {1: ""})
    for _ in range(3):
        bench.store.outbox.begin([f"{1:016x}"], bench.now, 15)
    bench.work(after_s=60)
    (row,) = bench.store.outbox.quarantined()
    assert (row.reason, row.detail) == ("worker_lost", "3 workers died on it")


def test_what_has_ended_meanwhile_is_left_alone(bench: Bench) -> None:
    """A job that comes twice settles its articles once."""
    accept(bench.store, {1: ""})
    bench.work()
    assert bench.ingest([f"{1:016x}", f"{99:016x}"]) == 0
    assert len(bench.store.incidents.events("0")) == 1


# processes that are killed ---------------------------------------------------------------------


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
