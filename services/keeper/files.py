"""The catalog files, and the catalog kept in step with them while the wire runs.

Owns when they are read: after each change, once the change has settled. Refuses half measures: a
file that is broken, gone or empty changes nothing, is told once, and is looked at again when it changes.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dateline import catalog_files, metrics
from dateline.errors import Misconfigured, Reason
from dateline.store.catalog import Catalog
from dateline.store.files_note import FilesNote, FilesNotes

log = logging.getLogger(__name__)

LOOK_S = 2.0
"""How often the files are looked at: their time of change, size and inode, not their content."""


class CatalogFiles:
    """Keeps ``catalog`` in step with ``paths``; ask it to ``look`` every LOOK_S seconds.

    Without paths it does nothing: what files listed once stays in the catalog.
    """

    def __init__(
        self, paths: tuple[Path, ...], catalog: Catalog, notes: FilesNotes, now: Callable[[], datetime]
    ) -> None:
        self._paths, self._catalog, self._notes, self._now = paths, catalog, notes, now
        self._read: tuple[catalog_files.Mark, ...] | None = None
        self._seen: tuple[catalog_files.Mark, ...] | None = None

    def look(self) -> None:
        """Read the files if they have changed, and bring the catalog in step.

        A change is read at the look after the one that saw it: until then somebody may be writing.
        At the first look there is nothing to wait for.

        Raises:
            StoreUnavailable: the catalog cannot be written now; the next look tries again.
        """
        marks = catalog_files.marks(self._paths)
        if marks == self._read:
            return
        settled = self._read is None or marks == self._seen
        self._seen = marks
        if settled:
            if self._paths:
                self._follow()
            else:
                self._notes.drop()
            self._read = marks

    def _follow(self) -> None:
        try:
            listing = catalog_files.read(self._paths)
        except Misconfigured as error:
            self._tell(str(error))
            return
        synced = self._catalog.sync(listing.feeds, self._now())
        self._catalog.set_hosts(dict(listing.hosts))
        self._note(len(listing.feeds))
        log.info(
            "the catalog is in step with its files",
            extra={
                "feeds": len(listing.feeds),
                "added": synced.added,
                "changed": synced.changed,
                "removed": synced.removed,
            },
        )

    def _tell(self, trouble: str) -> None:
        self._note(0, trouble)
        metrics.REJECTED.labels(reason=Reason.SETTING).inc()
        log.error("a catalog file is refused; the catalog stays as it was", extra={"detail": trouble})

    def _note(self, feeds: int, trouble: str = "") -> None:
        names = tuple(str(one) for one in self._paths)
        self._notes.put(FilesNote(files=names, at=self._now(), feeds=feeds, trouble=trouble))
