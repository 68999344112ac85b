"""A keeper process: `python -m services.keeper`."""

import os
import secrets
import signal
import sys
from datetime import UTC, datetime
from threading import Event
from typing import get_args

from dateline import catalog_files, logs, metrics
from dateline.errors import Misconfigured, Reason, StoreUnavailable
from dateline.incidents.record import Severity
from dateline.settings import Settings, from_environment
from dateline.store.alerts import Told
from dateline.store.canary import Canaries
from dateline.store.door import Store, open_store
from dateline.store.files_note import FilesNotes
from services.keeper import canary
from services.keeper.canary import CanaryWatch
from services.keeper.files import LOOK_S, CatalogFiles
from services.keeper.loop import Keeper


def utc_now() -> datetime:
    return datetime.now(UTC)


def canary_watch(settings: Settings, store: Store) -> CanaryWatch:
    return CanaryWatch(
        Canaries(store.client, store.keys),
        every_s=settings.canary_every_s,
        token=secrets.token_hex(8),
        now=utc_now,
        sent=store.queue.dispatch,
    )


def main() -> int:
    """Keep the wire until SIGTERM or SIGINT; 2 when misconfigured."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = from_environment(os.environ)
        logs.set_up("keeper", settings.log_level)
        paths = catalog_files.paths(settings.feeds)
        metrics.start_at_zero(metrics.REJECTED, (Reason.SETTING,))
        metrics.start_at_zero(metrics.ALERTS, get_args(Severity), get_args(Told))
        metrics.start_at_zero(metrics.CANARIES, canary.OUTCOMES)
        metrics.serve(settings.metrics_host, settings.metrics_port)
        while not stop.is_set():
            try:
                store = open_store(settings)
            except StoreUnavailable:
                stop.wait(1.0)
                continue
            files = CatalogFiles(paths, store.catalog, FilesNotes(store.client, store.keys), utc_now)
            Keeper(
                settings,
                store,
                utc_now,
                also=[(files.look, LOOK_S), (canary_watch(settings, store).look, canary.LOOK_S)],
            ).run(stop)
    except Misconfigured as error:
        sys.stderr.write(f"dateline keep: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
