"""The file of the watch list that DATELINE_WATCH names: which it is, whether it changed, what it holds.

Owns the reading of this file for all who need it: workers, `dateline up`, `dateline doctor`, `dateline backtest`.
Refuses to interpret what stands in it (``incidents.watches`` does).
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dateline.errors import Misconfigured
from dateline.incidents.watch_reading import MAX_BYTES
from dateline.incidents.watches import Rules, read_watches
from dateline.settings import PREFIX, Settings

DEFAULT = Path("deploy/watch.toml")
"""What `dateline up` takes where no setting names a file, if it is there: in the working folder, as the repository has it."""

Mark = tuple[int, int, int] | None
"""Time of change, size and inode of the file; None when it cannot be looked at."""


def path(settings: Settings) -> Path | None:
    """Return the file that the settings name, None where they name none."""
    return Path(settings.watch).expanduser() if settings.watch.strip() else None


def found(settings: Settings, environ: Mapping[str, str]) -> Path | None:
    """Return the file that the settings name, else the default one where it is there and nobody has said otherwise.

    ``DATELINE_WATCH=`` with nothing behind it means no watch list.
    """
    if f"{PREFIX}WATCH" in environ or settings.watch:
        return path(settings)
    return DEFAULT if DEFAULT.is_file() else None


def chosen(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Return the settings with the full path of the file that is ``found``, after a look whether it can be read.

    Raises:
        Misconfigured: it cannot be read or is no watch list.
    """
    file = found(settings, environ)
    read(file)
    return msgspec.structs.replace(settings, watch=str(file.absolute()) if file else "")


def mark(file: Path) -> Mark:
    """Return what tells whether the file has changed; the inode tells of one put in its place."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def read(file: Path | None) -> Rules:
    """Return the rules that a file holds; none where there is no file.

    Raises:
        Misconfigured: it cannot be read or is no watch list. The text names the file and what stands wrong where.
    """
    if file is None:
        return Rules()
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Misconfigured(f"cannot read {file}: {error.strerror}") from error
    return read_watches(data, str(file))


def unknown_actors(rules: Rules) -> tuple[str, ...]:
    """Return a sentence for each actor that our data does not know: such a one is sought by the words alone."""
    return tuple(
        f"{rule.name}: {party.given!r} is not in our list of actors; names that hold these words meet"
        for rule in rules.enabled
        for party in dict.fromkeys((*rule.actors, *rule.perpetrators, *rule.targets))
        if party.id is None
    )
