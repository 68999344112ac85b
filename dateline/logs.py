"""Logs as JSON lines on standard error, with the article that they are about.

Owns the format. ``article`` binds an article's id to all that is logged inside its block.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_ARTICLE: ContextVar[str | None] = ContextVar("article", default=None)
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


@contextmanager
def article(article_id: str) -> Iterator[None]:
    """Bind ``article_id`` to every line logged inside the block."""
    token = _ARTICLE.set(article_id)
    try:
        yield
    finally:
        _ARTICLE.reset(token)


class _JsonLines(logging.Formatter):
    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "role": self._role,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (bound := _ARTICLE.get()) is not None:
            line["article"] = bound
        line |= {key: value for key, value in record.__dict__.items() if key not in _STANDARD}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(role: str, level: str) -> None:
    """Send this process's logs to standard error as JSON lines, from ``level`` up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines(role))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # These libraries tell each request and each job at INFO; our metrics count them.
    for noisy in ("httpx", "httpcore", "rq.worker", "rq.queue", "trafilatura", "aiohttp", "htmldate"):
        # trafilatura calls a page without text an error; to us it is a fate.
        logging.getLogger(noisy).setLevel(logging.CRITICAL if noisy == "trafilatura" else logging.WARNING)
