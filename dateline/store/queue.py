"""The job queue: RQ carries article ids to the workers, and nothing else.

Owns how jobs are made. A job is a name and ids in JSON; whoever forges one cannot make a worker
run anything but the functions on the worker's own list. The queue is kept short on purpose: the
outbox is the truth, and what is not yet queued is simply still due there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from rq import Queue, Worker
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer
from rq.utils import utcparse
from rq.worker_registration import get_keys

from dateline.store.client import connect, translated
from dateline.store.keys import Keys
from dateline.store.outbox import Due, Outbox

INGEST = "workers.jobs.ingest"

#: Jobs that may wait: enough that no worker idles between two dispatches, few enough that what
#: waits in RQ is taken well before it is overdue.
MAX_WAITING_JOBS = 8

#: Below this many waiting jobs an article gets a job of its own, at once.
IDLE_JOBS = 2

#: RQ keeps failed jobs a year by default; what failed is in our quarantine, with its page.
FAILURE_TTL_S = 86_400

#: The worker holds a deadline per page; this one only ends a job whose worker has lost its mind.
JOB_TIMEOUT_S = 3600

#: An idle worker beats every five seconds, a busy one at the beginning of each job: a job of pages that are all
#: killed at their deadline takes longer, any other a few seconds.
IDLE_GONE_S = 30
BUSY_GONE_S = 120

#: Workers looked at; RQ's registry holds those that were killed, too.
_WORKERS = 2000


class Workers(Struct, frozen=True, kw_only=True):
    """The workers in RQ's registry. gone: registered, and not heard of for too long."""

    busy: int = 0
    idle: int = 0
    gone: int = 0


class JobQueue:
    """Moves what is due from the outbox into RQ."""

    def __init__(self, url: str, keys: Keys, outbox: Outbox, *, batch_pages: int, overdue_s: int) -> None:
        self._client = connect(url)
        self._queue = Queue(
            keys.queue, connection=self._client, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S
        )
        self._outbox = outbox
        self._batch_pages, self._overdue_s = batch_pages, overdue_s

    def waiting(self) -> int:
        """Return how many jobs wait."""
        with translated():
            return int(self._client.llen(self._queue.key))

    def workers(self) -> int:
        """Return how many workers listen to the queue."""
        with translated():
            return int(Worker.count(queue=self._queue))

    def registry(self, now: datetime) -> Workers:
        """Return how the workers of the queue are, as RQ's registry has them, in two round trips."""
        with translated():
            keys = sorted(get_keys(self._queue))[:_WORKERS]
            pipe = self._client.pipeline(transaction=False)
            for key in keys:
                pipe.hmget(key, "state", "last_heartbeat")
            rows = pipe.execute()
        states = [_state(state, beat, now) for state, beat in rows]
        return Workers(**{name: states.count(name) for name in Workers.__struct_fields__})

    def dispatch(self, now: datetime) -> int:
        """Queue what is due, as far as the queue has room; returns how many articles were queued.

        When few jobs wait, each article travels alone, at once; when many do, up to a batch
        travels together. An article that was tried before always travels alone, so that no
        neighbour shares its fate.

        Raises:
            StoreUnavailable: Redis is away; what was taken is due again after ``overdue_s``.
        """
        room = MAX_WAITING_JOBS - self.waiting()
        if room <= 0:
            return 0
        due = self._outbox.take_due(now, room * self._batch_pages, self._overdue_s)
        jobs = _jobs(due, 1 if len(due) <= room - MAX_WAITING_JOBS + IDLE_JOBS else self._batch_pages)
        with translated():
            for ids, attempts in jobs:
                self._enqueue(ids, attempts, now)
        return len(due)

    def _enqueue(self, ids: Sequence[str], attempts: int, now: datetime) -> None:
        # The id is unique to this dispatch: when the reply is lost and the call repeated, the second
        # one is refused, while a failed job of an earlier dispatch never stands in the way.
        try:
            self._queue.enqueue_call(
                INGEST,
                args=(list(ids),),
                result_ttl=0,
                failure_ttl=FAILURE_TTL_S,
                job_id=f"{ids[0]}-{attempts}-{now.timestamp() * 1000:.0f}",
                unique=True,
            )
        except DuplicateJobError:
            return


def _state(state: bytes | None, beat: bytes | None, now: datetime) -> str:
    if state is None or beat is None:
        return "gone"
    name, limit_s = ("busy", BUSY_GONE_S) if state == b"busy" else ("idle", IDLE_GONE_S)
    try:
        age = now - utcparse(beat.decode())
    except ValueError:
        return "gone"
    return "gone" if age > timedelta(seconds=limit_s) else name


def _jobs(due: Sequence[Due], batch: int) -> list[tuple[list[str], int]]:
    fresh = [one.id for one in due if one.attempts == 0]
    jobs = [(fresh[start : start + batch], 0) for start in range(0, len(fresh), batch)]
    return jobs + [([one.id], one.attempts) for one in due if one.attempts > 0]
