"""A real worker process whose pages cost nothing to read: `python worker_process.py`.

It is `python -m workers` but for the coder: the child does as the stored page's body says, so that
tests of the process do not hang on what reading and coding make of a text.

    die          the child is killed            sleep S      takes S seconds
    once PATH    hangs unless PATH exists, and makes it      anything else: tells one incident
"""

import os
import signal
import sys
import time
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from coded import mention, result

import workers.__main__ as worker
from dateline.store import pages
from workers import reading


def obey(blob: bytes) -> bytes:
    """Return the result of one stored page, after doing what its body says."""
    page = pages.decode(reading.asked_of(blob).page)
    number, (order, *rest) = int(page.article_id, 16), page.body.decode().split(maxsplit=1) or [""]
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "sleep":
        time.sleep(float(rest[0]))
    if order == "once" and not Path(rest[0]).exists():
        Path(rest[0]).write_text(str(os.getpid()))
        time.sleep(60)
    day = page.accepted_at.date().replace(day=1 + number % 28, month=1 + number // 28 % 12)
    date = msgspec.structs.replace(mention().date, start=day, end=day)
    return msgspec.msgpack.encode(result(number, mention(number, 3 + number, date=date)))


if __name__ == "__main__":
    worker.Coder.load = staticmethod(lambda: None)
    worker.reading.target = lambda _: obey
    sys.exit(worker.main())
