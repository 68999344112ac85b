"""What the keeper last made of the catalog files, for `dateline doctor`, which runs elsewhere.

Owns one row. Refuses to keep a history: the logs have it.
"""

from datetime import datetime

import msgspec
from msgspec import Struct

from dateline.store.client import Client, translated
from dateline.store.keys import Keys


class FilesNote(Struct, frozen=True, kw_only=True):
    """How the last reading of the catalog files ended."""

    files: tuple[str, ...]
    #: When they were read, aware UTC.
    at: datetime
    #: Feeds that they list; 0 when they were refused.
    feeds: int = 0
    #: Why they were refused, with file, row and key; empty when they were not.
    trouble: str = ""


_note = msgspec.json.Decoder(FilesNote)


class FilesNotes:
    """The note on the catalog files; every method raises StoreUnavailable when Redis is away."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def put(self, note: FilesNote) -> None:
        """Replace the note."""
        with translated():
            self._client.set(self._keys.catalog_files, msgspec.json.encode(note))

    def drop(self) -> None:
        """Forget the note: no files are named any more."""
        with translated():
            self._client.delete(self._keys.catalog_files)

    def get(self) -> FilesNote | None:
        """Return the note; None when no keeper has read any files."""
        with translated():
            found = self._client.get(self._keys.catalog_files)
        return _note.decode(found) if found else None
