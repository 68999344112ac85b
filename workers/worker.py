"""RQ's SimpleWorker, narrowed: our functions only, short leases, no orphan left behind.

Owns how jobs reach the desk. A forged job names nothing but what is on the list; its callbacks
and webhooks are not looked at.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import BaseTimeoutException

from dateline import metrics
from dateline.errors import Permanent, Reason
from workers.jobs import ALLOWED

#: A worker that is gone is taken off RQ's lists after this many seconds.
WORKER_TTL_S = 20

MAINTENANCE_S = 5

#: What RQ raises inside a job that has passed its limit; nothing on the way may swallow it.
JobLimit = BaseTimeoutException


class JobRefused(Permanent):
    """Raised in place of running a job that names what is not on the list."""


class WireJob(Job):
    """A job that can only be one of ours."""

    @property
    def func(self) -> Callable[..., Any]:
        """Return the function on the list that the job names.

        Raises:
            JobRefused: it names another, or does not decode.
        """
        try:
            name = self.func_name
            given = self.args, self.kwargs
        except DeserializationError as error:
            metrics.REJECTED.labels(Reason.BAD_RECORD).inc()
            raise JobRefused("a job that does not decode", Reason.BAD_RECORD) from error
        if name not in ALLOWED or given[1] or not _is_ids(given[0]):
            metrics.REJECTED.labels(Reason.BAD_RECORD).inc()
            raise JobRefused(f"a job that names {name!r:.80}", Reason.BAD_RECORD)
        return ALLOWED[name]

    def refresh(self) -> None:
        """Read the job from Redis; what stands there and is no job's hash is dropped.

        Raises:
            NoSuchJobError: there is none, or there was a damaged one; RQ then takes the next.
        """
        if self.connection.type(self.key) not in (b"hash", b"none"):
            raise self._dropped()
        super().refresh()  # type: ignore[no-untyped-call]  # rq leaves it untyped

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Take the fields of a job over.

        Raises:
            NoSuchJobError: one of them does not decode. RQ lets such errors end the worker, and the next
                one dies in maintenance, which meets the same job again.
        """
        try:
            super().restore(raw_data)
        except NoSuchJobError:
            raise
        except (
            Exception
        ) as error:  # RQ raises a dozen kinds, assertions too; this is decoding and nothing else
            raise self._dropped() from error

    def _dropped(self) -> NoSuchJobError:
        metrics.REJECTED.labels(Reason.BAD_RECORD).inc()
        self.connection.delete(self.key)
        return NoSuchJobError(f"a job that does not decode: {self.id}")

    # What a forged job could name besides its function.
    success_callback = property(lambda _: None)
    failure_callback = property(lambda _: None)
    stopped_callback = property(lambda _: None)

    def send_webhooks(self, *_: Any, **__: Any) -> None:
        """Send nothing: no job of ours has webhooks."""


def _is_ids(args: Any) -> bool:
    return len(args) == 1 and isinstance(args[0], list) and all(isinstance(one, str) for one in args[0])


class WireWorker(SimpleWorker):
    """A worker on one queue; a worker on several loses the job that it was just handed (rq#1716)."""

    job_class = WireJob

    #: RQ doubles its wait for a Redis that is away up to a minute; ours is back soon after it.
    max_connection_wait_time = 2.0

    #: A signal asked this worker to stop; what else ends ``work`` is trouble with Redis.
    stop_asked = False

    def request_stop(self, signum: Any, frame: Any) -> None:
        """Finish the job at hand, then stop."""
        self.stop_asked = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq leaves it untyped

    def perform_job(self, job: Job, queue: Queue) -> bool:
        """Run a job of ours; one that does not decode is dropped, since the outbox queues its ids again."""
        try:
            job.args  # noqa: B018 - decoding is lazy, and rq decodes outside of its own try
        except DeserializationError:
            metrics.REJECTED.labels(Reason.BAD_RECORD).inc()
            job.delete()
            return False
        return bool(super().perform_job(job, queue))


def make_worker(connection: Any, queue_name: str) -> WireWorker:
    """Return a worker for one queue, with leases short enough to be missed within 20 s."""
    queue = Queue(queue_name, connection=connection, serializer=JSONSerializer, job_class=WireJob)
    return WireWorker(
        [queue],
        connection=connection,
        serializer=JSONSerializer,
        job_class=WireJob,
        default_result_ttl=0,
        worker_ttl=WORKER_TTL_S,
        maintenance_interval=MAINTENANCE_S,
        job_monitoring_interval=5,
        log_job_description=False,
    )
