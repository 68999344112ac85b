"""Jobs that are not ours: whatever stands in the queue, a worker runs its one function or nothing."""

import os
import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from rq import Callback, Queue, SimpleWorker
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer
from rq.webhook import Webhook
from worker_bench import Bench, accept, at_work, fate, forget_jobs, obey

from dateline.errors import Misconfigured, Reason
from dateline.settings import Settings
from dateline.store.door import Store
from workers import jobs
from workers.worker import WireJob

pytestmark = pytest.mark.integration


def refused(reason: Reason = Reason.BAD_RECORD) -> float:
    return REGISTRY.get_sample_value("dateline_rejected_total", {"reason": reason}) or 0.0


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    with at_work(store, settings, obey) as made:
        yield made


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
    bench.work(after_s=60)
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
