"""The functions that a job may name. There is one.

Owns the list. The desk is set once by the worker's ``__main__``, before the first job.
"""

from collections.abc import Sequence
from typing import Protocol

from dateline.errors import Misconfigured


class _Desk(Protocol):
    def ingest(self, page_ids: Sequence[str]) -> int: ...


_DESK: _Desk | None = None


def open_desk(desk: _Desk) -> None:
    """Let the jobs of this process run on ``desk``."""
    global _DESK
    _DESK = desk


def ingest(page_ids: list[str]) -> int:
    """Bring these articles to their fate; returns how many were settled.

    Raises:
        Misconfigured: called outside a worker of ours.
        StoreUnavailable: Redis is away; the outbox hands out again what is not settled.
    """
    if _DESK is None:
        raise Misconfigured("workers.jobs runs in `dateline work` only")
    return _DESK.ingest(page_ids)


#: All that a job can make a worker run.
ALLOWED = {"workers.jobs.ingest": ingest}
