"""A keeper process: `python -m services.keeper`."""

import os
import signal
import sys
from datetime import UTC, datetime
from threading import Event

from dateline import logs, metrics
from dateline.errors import Misconfigured, StoreUnavailable
from dateline.settings import from_environment
from dateline.store.door import open_store
from services.keeper.loop import Keeper


def main() -> int:
    """Keep the wire until SIGTERM or SIGINT; 2 when misconfigured."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = from_environment(os.environ)
        logs.set_up("keeper", settings.log_level)
        metrics.serve(settings.metrics_host, settings.metrics_port)
        while not stop.is_set():
            try:
                store = open_store(settings)
            except StoreUnavailable:
                stop.wait(1.0)
                continue
            Keeper(settings, store, lambda: datetime.now(UTC)).run(stop)
    except Misconfigured as error:
        sys.stderr.write(f"dateline keep: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
