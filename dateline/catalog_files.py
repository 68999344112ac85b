"""The catalog files that DATELINE_FEEDS names: which they are, whether they changed, what they list.

Owns the reading of these files for all who need them: `dateline up`, the keeper, `dateline doctor`.
Refuses to interpret what stands in them (``feeds.catalog`` does) and to store it.
"""

from collections.abc import Sequence
from pathlib import Path

from dateline.errors import Misconfigured
from dateline.feeds.catalog import Listing, combine

MAX_FILE_BYTES = 50_000_000
"""One file; 100,000 outlines of OPML are about 25 MB."""

Mark = tuple[int, int, int] | None
"""Time of change, size and inode of a file; None when it cannot be looked at."""


def paths(feeds: str) -> tuple[Path, ...]:
    """Return the files that the setting ``feeds`` names: comma-separated, relative to the working folder."""
    return tuple(Path(one.strip()).expanduser() for one in feeds.split(",") if one.strip())


def setting(files: Sequence[str]) -> str:
    """Return the value of the setting that names these files by their full paths, whatever the working folder."""
    return ",".join(str(one.absolute()) for given in files for one in paths(given))


def marks(files: Sequence[Path]) -> tuple[Mark, ...]:
    """Return what tells whether any of the files has changed; the inode tells of one put in another's place."""
    return tuple(_mark(one) for one in files)


def read(files: Sequence[Path]) -> Listing:
    """Return what the files list together.

    Raises:
        Misconfigured: a file cannot be read or is no catalog, or together they list no feed. The
            text names the file, and what stands wrong where.
    """
    listing = combine([(str(one), _read(one)) for one in files])
    if not listing.feeds:
        raise Misconfigured(f"{', '.join(map(str, files))} lists no feeds")
    return listing


def _mark(file: Path) -> Mark:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            body = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Misconfigured(f"cannot read {file}: {error.strerror}") from error
    if len(body) > MAX_FILE_BYTES:
        raise Misconfigured(f"{file} is larger than {MAX_FILE_BYTES} bytes")
    return body
