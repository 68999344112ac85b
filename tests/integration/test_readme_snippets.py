"""The subscribers that the README shows, run as they stand there."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.store.door import Store

pytestmark = pytest.mark.integration

README = Path(__file__).parents[2] / "README.md"
_PYTHON = re.compile(r"^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_ENVELOPE = re.compile(r"^```json\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SOCKET = "var/sample/redis.sock"


def first_line(code: str, store: Store, tell: Callable[[], object], patience_s: float = 15.0) -> str:
    """Run ``code`` against the test's Redis, call ``tell`` until it has printed, and return its first line."""
    assert _SOCKET in code
    path = store.url.removeprefix("unix://")
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code.replace(_SOCKET, path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        expires_s = time.monotonic() + patience_s
        while not tell() and time.monotonic() < expires_s:
            time.sleep(0.05)
        line = process.stdout.readline()
        process.kill()
    return line.strip()


def snippets() -> list[str]:
    return [found["code"] for found in _PYTHON.finditer(README.read_text("utf-8"))]


def envelope() -> str:
    found = _ENVELOPE.search(README.read_text("utf-8"))
    assert found is not None
    return found["body"]


def test_the_live_subscriber_prints_what_is_published(store: Store) -> None:
    """Five lines of Python hear an envelope on the channel."""
    live, _ = snippets()
    assert len([line for line in live.splitlines() if line]) == 5
    heard = first_line(live, store, lambda: store.client.publish(store.keys.channel, envelope()))
    assert heard == "Arrests"


def test_the_reader_of_the_stream_prints_what_was_there_before_it_came(store: Store) -> None:
    """The second snippet starts at what is kept, and prints sequence and incident."""
    _, stream = snippets()
    seq = store.client.xadd(store.keys.stream, {"data": envelope()}).decode()
    assert first_line(stream, store, lambda: True) == f"{seq} IQ-20261118-2b15b311"
