"""The watch list of a worker, kept in step with its file while the worker runs.

Owns when the file is looked at: at most every LOOK_S seconds, and only while articles are settled. Refuses half measures:
a file that is broken or gone changes nothing, is told and counted once, and is read again when it changes.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from dateline import metrics, watch_file
from dateline.errors import Misconfigured, Reason
from dateline.incidents.watches import Rules

log = logging.getLogger(__name__)

LOOK_S = 2.0
"""Between two looks at the file's time of change, size and inode, in seconds."""


class WatchList:
    """The rules of ``file``, or none at all without a file. ``now`` gives aware UTC.

    Raises:
        Misconfigured: at the start, when the file cannot be read or is no watch list.
    """

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self._file, self._now = file, now
        # The mark first: what changes while the file is read is seen at the next look.
        self._mark = watch_file.mark(file) if file else None
        self._rules = watch_file.read(file)
        self._next_look_at = now() + timedelta(seconds=LOOK_S)

    def rules(self) -> Rules:
        """Return the rules as they stand, after a look at the file when one is due. Never raises."""
        if self._file is not None and self._now() >= self._next_look_at:
            self._next_look_at = self._now() + timedelta(seconds=LOOK_S)
            self._look(self._file)
        return self._rules

    def _look(self, file: Path) -> None:
        mark = watch_file.mark(file)
        if mark == self._mark:
            return
        self._mark = mark
        try:
            self._rules = watch_file.read(file)
        except Misconfigured as error:
            metrics.REJECTED.labels(Reason.SETTING).inc()
            log.error("the watch list is refused; the old one stays", extra={"detail": str(error)})  # noqa: TRY400 - the text says all
            return
        log.info("the watch list is read anew", extra={"watches": len(self._rules.enabled)})
