"""The `dateline` command as a user runs it: a process of its own, with none of our settings around it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

COMMAND = [sys.executable, "-m", "dateline"]


def environment(**settings: str) -> dict[str, str]:
    """The environment less every DATELINE_ variable, and with these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return plain | {"DATELINE_METRICS_PORT": "0", "COLUMNS": "200"} | settings


def dateline(*words: str, given: str | bytes = b"", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its output as text."""
    done = subprocess.run(
        [*COMMAND, *words],
        input=given.encode() if isinstance(given, str) else given,
        env=environment(**settings),
        capture_output=True,
        check=False,
        timeout=100,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def json_lines(rows: Iterable[object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


class Filter:
    """A filter that runs: a line in, a line out."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def ask(self, row: object) -> dict[str, Any]:
        """Write one line and wait for its answer; no other line is on its way."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(row).encode() + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def running(*words: str, **settings: str) -> Iterator[Filter]:
    """Yield a filter that reads from a pipe; it is ended behind the block."""
    with subprocess.Popen(
        [*COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(**settings)
    ) as process:
        try:
            yield Filter(process)
        finally:
            process.kill()
