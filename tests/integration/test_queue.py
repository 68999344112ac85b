"""The job queue: short, in order, and nothing but ids in it."""

import json
import zlib
from datetime import timedelta

import msgspec
import pytest
from make import NOW, feed, page
from rq import Queue

from dateline.errors import StoreUnavailable
from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState
from dateline.settings import Settings
from dateline.store.client import connect
from dateline.store.door import Store, open_store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.outbox import Outbox
from dateline.store.queue import IDLE_JOBS, INGEST, MAX_WAITING_JOBS, JobQueue

pytestmark = pytest.mark.integration

BATCH = Settings().batch_pages


def accept(store: Store, *numbers: int) -> None:
    """Acknowledge pages, and empty the queue of what acknowledging has dispatched."""
    store.catalog.put([feed()], NOW)
    store.catalog.due_now(["feed1"], NOW)
    (claim,) = store.feeds.claim("me", NOW, 10, 20, UNPACED)
    store.feeds.accept(claim, [page(number) for number in numbers], NOW)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(NOW)))], NOW)


def forget_jobs(store: Store) -> None:
    Queue(store.keys.queue, connection=store.client).empty()


def waiting(store: Store) -> list[list[int]]:
    """The article numbers of each waiting job, as they lie in Redis."""
    found = []
    for job_id in store.client.lrange(f"rq:queue:{store.keys.queue}", 0, -1):
        name, _, args, kwargs = json.loads(zlib.decompress(store.client.hget(b"rq:job:" + job_id, "data")))
        assert (name, kwargs, len(args)) == (INGEST, {}, 1)
        found.append([int(one, 16) for one in args[0]])
    return found


def later(seconds: float):
    return NOW + timedelta(seconds=seconds)


def test_an_article_that_comes_alone_travels_alone_and_at_once(store: Store) -> None:
    """When the wire is idle nothing waits for a batch to fill: the commit itself queues it."""
    accept(store, 1)
    assert waiting(store) == [[1]]
    accept(store, 2)
    assert waiting(store) == [[1], [2]]
    assert store.queue.dispatch(NOW) == 0


def test_a_busy_wire_sends_batches(store: Store) -> None:
    """Many at once travel in jobs of up to a batch, the earliest first, each article once."""
    accept(store, *range(1, 61))
    jobs = waiting(store)
    assert [len(job) for job in jobs] == [BATCH, BATCH, 10]
    assert sorted(number for job in jobs for number in job) == list(range(1, 61))


def test_a_busy_queue_makes_even_a_few_travel_together(store: Store) -> None:
    """With jobs waiting already, a single is no faster than a batch, and costs more."""
    for number in range(1, IDLE_JOBS + 1):
        accept(store, number)
    accept(store, 10, 11, 12)
    assert waiting(store)[IDLE_JOBS:] == [[10, 11, 12]]


def test_the_queue_is_never_longer_than_it_may_be(store: Store) -> None:
    """What has no room stays due in the outbox; each dispatch fills up what was taken."""
    accept(store, *range(1, 501))
    assert store.queue.waiting() == len(waiting(store)) == MAX_WAITING_JOBS
    assert store.queue.dispatch(NOW) == 0
    store.client.lpop(f"rq:queue:{store.keys.queue}", 3)
    assert store.queue.dispatch(NOW) == 3 * BATCH
    assert store.queue.waiting() == MAX_WAITING_JOBS
    jobs = waiting(store)
    assert len({number for job in jobs for number in job}) == sum(map(len, jobs))


def test_what_nobody_takes_is_queued_again_when_overdue(store: Store) -> None:
    """A lost queue costs the overdue time, never an article."""
    accept(store, 1)
    forget_jobs(store)
    overdue_s = Settings().overdue_s
    assert store.queue.dispatch(later(overdue_s - 1)) == 0
    assert store.queue.dispatch(later(overdue_s)) == 1
    assert waiting(store) == [[1]]


def test_what_was_tried_before_travels_alone(store: Store) -> None:
    """No neighbour shares the fate of an article that may have killed its worker."""
    accept(store, *range(1, 41))
    forget_jobs(store)
    store.outbox.begin([f"{number:016x}" for number in (7, 23)], NOW, 15)
    store.queue.dispatch(later(20))
    jobs = waiting(store)
    assert sorted(jobs, key=len)[:2] in ([[7], [23]], [[23], [7]])
    assert [len(job) for job in jobs if len(job) > 1] == [BATCH, 38 - BATCH]


def test_every_dispatch_has_ids_of_its_own(store: Store) -> None:
    """A failed job of an earlier dispatch never stands in the way of the next."""
    accept(store, 1)
    key = f"rq:queue:{store.keys.queue}"
    first = store.client.lrange(key, 0, -1)
    store.client.delete(key)  # the job's hash stays, as that of a failed job does
    store.queue.dispatch(later(20))
    second = store.client.lrange(key, 0, -1)
    assert len(second) == 1
    assert second != first


def test_a_dispatch_whose_answer_was_lost_queues_nothing_twice(store: Store) -> None:
    """The same ids of the same dispatch are refused by RQ: unique, in one script."""
    accept(store, 1)
    ids = [f"{1:016x}"]
    for _ in range(2):
        store.queue._enqueue(ids, 0, later(1))
    assert waiting(store) == [[1], [1]]
    assert len(set(store.client.lrange(f"rq:queue:{store.keys.queue}", 0, -1))) == 2


def test_ended_articles_are_not_queued(store: Store) -> None:
    """A quarantined article is due to nobody."""
    accept(store, 1, 2)
    forget_jobs(store)
    from dateline.errors import Reason

    store.outbox.quarantine(f"{1:016x}", Reason.INTERNAL, "", NOW)
    store.queue.dispatch(later(20))
    assert waiting(store) == [[2]]


def test_a_job_carries_ids_only(store: Store) -> None:
    """No page, no text and no address of ours lies in the queue, whatever the article."""
    accept(store, 1)
    (job_id,) = store.client.lrange(f"rq:queue:{store.keys.queue}", 0, -1)
    fields = store.client.hgetall(b"rq:job:" + job_id)
    assert json.loads(zlib.decompress(fields[b"data"])) == [INGEST, None, [[f"{1:016x}"]], {}]
    assert not any(b"news.test" in value for value in fields.values())


def test_with_redis_away_dispatch_says_so(store: Store, settings: Settings) -> None:
    """Jobs or outbox out of reach: one named error; nothing is lost, since all is still in the outbox."""
    accept(store, 1)
    forget_jobs(store)
    away = "unix:///nowhere/redis.sock"
    options = {"batch_pages": 25, "overdue_s": 15}
    for queue in (
        JobQueue(away, store.keys, store.outbox, **options),
        JobQueue(store.queue_url, store.keys, Outbox(connect(away), store.keys), **options),
    ):
        with pytest.raises(StoreUnavailable):
            queue.dispatch(later(20))
    with pytest.raises(StoreUnavailable):
        JobQueue(away, store.keys, store.outbox, **options).waiting()
    assert store.outbox.depths().outbox == 1


def test_a_queue_that_is_away_does_not_stop_the_poller(store: Store, settings: Settings) -> None:
    """Articles are acknowledged all the same; the keeper queues them when the queue is back."""
    split = open_store(msgspec.structs.replace(settings, queue_redis_url="unix:///nowhere/redis.sock"))
    accept(split, 1)
    assert split.outbox.depths().outbox == 1
    assert waiting(store) == []
    assert store.queue.dispatch(later(20)) == 1
    split.close()
