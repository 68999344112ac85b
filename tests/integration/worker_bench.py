"""A worker in the test's own process: a clock set by hand, a note of every batch, pages that tell what to do."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import msgspec
from coded import mention, result
from make import NOW, feed, page
from rq import Queue

from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState
from dateline.sandbox import Sandbox
from dateline.settings import Settings
from dateline.settlement import PageResult
from dateline.store import pages
from dateline.store.client import blocking_connection
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from workers import jobs, reading
from workers.desk import Desk
from workers.worker import make_worker


def accept(store: Store, orders: dict[int, str], now=NOW) -> None:
    """Acknowledge pages whose bodies tell the child of ``worker_process`` what to do."""
    store.catalog.put([feed()], now)
    store.catalog.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    made = [page(number, body=order.encode(), accepted_at=now) for number, order in orders.items()]
    store.feeds.accept(claim, made, now)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)


def forget_jobs(store: Store) -> None:
    """Empty the queue; the outbox is the truth and hands out again."""
    Queue(store.keys.queue, connection=store.client).empty()


def fate(store: Store, number: int) -> str:
    told = store.incidents.article(f"{number:016x}")
    return told.fields.get("fate", "none") if told else "unseen"


def tries(store: Store, number: int) -> int:
    told = store.incidents.article(f"{number:016x}")
    return int(told.fields.get("attempts", 0)) if told else 0


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
    """Die, say nothing, or tell one incident, as the page's body asks."""
    stored = pages.decode(reading.asked_of(blob).page)
    number = int(stored.article_id, 16)
    if stored.body == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if stored.body == b"silent":
        return msgspec.msgpack.encode(PageResult(article_id=stored.article_id, reason="no_text"))
    return msgspec.msgpack.encode(result(number, mention(number)))


@contextmanager
def at_work(store: Store, settings: Settings, target: Callable[[bytes], bytes]) -> Iterator[Bench]:
    """Yield a worker; RQ's signal handlers are gone behind the block."""
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    made = Bench(store, settings, target)
    try:
        yield made
    finally:
        made.sandbox.close()
        for number, handler in handlers:
            signal.signal(number, handler)
