"""A worker process: `python -m workers`.

Reads the settings, loads the models once, forks the killable child, and works until it is told to
stop. Redis may go away and come back; the worker waits for it.
"""

import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime

from dateline import logs, metrics, watch_file
from dateline.errors import Misconfigured, StoreUnavailable
from dateline.incidents.assemble import Coder
from dateline.sandbox import Sandbox
from dateline.settings import Settings, from_environment
from dateline.store.client import blocking_connection, translated
from dateline.store.door import Store, open_store
from dateline.text import extract
from workers import jobs, reading, tally, warming
from workers.desk import Desk
from workers.watching import WatchList
from workers.worker import make_worker

log = logging.getLogger("workers")

#: Between two tries to reach a Redis that is away, in seconds.
_AGAIN_S = 1.0


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    """Work until SIGTERM or SIGINT; 0 after a drained stop, 2 when misconfigured."""
    try:
        settings = from_environment(os.environ)
        logs.set_up("worker", settings.log_level)
        watching = WatchList(watch_file.path(settings), _now)
        tally.start()
        metrics.serve(settings.metrics_host, settings.metrics_port)
        extract.load()
        coder = Coder.load()
        warming.warm(coder)
        sandbox = Sandbox(reading.target(coder), memory_bytes=settings.child_memory_bytes)
        sandbox.warm()
        _work(settings, sandbox, watching)
    except Misconfigured as error:
        sys.stderr.write(f"dateline work: {error}\n")
        return 2
    return 0


class _Stop:
    """Set by the first signal; rq's own handler then finishes the job at hand."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _work(settings: Settings, sandbox: Sandbox, watching: WatchList) -> None:
    stop = _Stop()
    while not stop.asked:
        store = _reach(settings, stop)
        if store is None:
            return
        jobs.open_desk(Desk(settings, store, sandbox, _now, watching.rules))
        worker = make_worker(blocking_connection(store.queue_url), store.keys.queue)
        try:
            with translated():
                worker.work(logging_level="WARNING")
        except StoreUnavailable:
            log.warning("Redis is away; waiting for it", exc_info=True)
        if worker.stop_asked:
            return
        time.sleep(_AGAIN_S)


def _reach(settings: Settings, stop: _Stop) -> Store | None:
    while not stop.asked:
        try:
            return open_store(settings)
        except StoreUnavailable:
            log.warning("Redis does not answer; trying again")
            time.sleep(_AGAIN_S)
    return None


if __name__ == "__main__":
    sys.exit(main())
