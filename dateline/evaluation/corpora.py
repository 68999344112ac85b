"""The labelled sets on disk: their rows as articles, and their hashes.

Owns where a set lies under the folder of the sets and how a row becomes an article. Refuses to judge.
A set that is not there is absent, which is no error; one that does not read is broken, which is.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dateline.errors import BadRecord
from dateline.model import Article

Row = dict[str, Any]

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_CHUNK_BYTES = 1 << 20


def path(data: Path, name: str) -> Path:
    """Return where a set lies: ``incidents/muc34_dev`` under the folder of the sets."""
    return data / f"{name}.jsonl.gz"


def present(data: Path, name: str) -> bool:
    return path(data, name).is_file()


def rows(data: Path, name: str) -> Iterator[Row]:
    """Yield the rows of a set, in order.

    Raises:
        BadRecord: the file does not read as gzipped JSON Lines; the message names it and the line.
    """
    return rows_of(path(data, name), name)


def rows_of(file: Path, name: str) -> Iterator[Row]:
    """Yield the rows of a file, in order; JSON Lines, gzipped when it is called so. ``name`` is for errors.

    Raises:
        BadRecord: as ``rows``.
    """
    number = 0
    try:
        with (
            gzip.open(file, "rt", encoding="utf-8")
            if file.suffix == ".gz"
            else file.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise BadRecord(f"{name}: line {number} is no JSON object")
                yield row
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadRecord(f"{name}: broken after line {number}: {error}") from error


def fingerprint(file: Path) -> str:
    """Return the sha256 of a file, hexadecimal.

    Raises:
        BadRecord: it cannot be read.
    """
    digest = sha256()
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_CHUNK_BYTES):
                digest.update(piece)
    except OSError as error:
        raise BadRecord(f"{file.name}: cannot be read: {error}") from error
    return digest.hexdigest()


def article(row: Row, day: str | None = None) -> Article:
    """Return a row as the article that coding takes, published at midnight UTC of ``day`` where that is told.

    Raises:
        KeyError: the row has no id or text.
        ValueError: the day is none.
    """
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(id=str(row["id"]), title=row.get("title") or "", text=row["text"], published_at=published)


def published(row: Row) -> str | None:
    """Return the day that a row states, ISO; MUC's stands in its dateline instead."""
    found = _DAY.match(str(row.get("date") or row.get("publish_date") or ""))
    return "-".join(found.groups()) if found else None
