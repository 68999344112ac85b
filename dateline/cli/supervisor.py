"""The processes of a wire on one machine: started, watched, restarted, drained.

Owns child processes, their ports and their log files. Each child ends when this process does.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from dateline.errors import Misconfigured

#: A child that ends by itself is started again after this long, doubled each time up to the cap.
_RESTART_S = 0.5
_RESTART_CAP_S = 10.0
#: One that ran this long before it ended starts again without delay.
_STEADY_S = 30.0
#: Time a child gets to finish what it has in hand.
DRAIN_S = 15.0
#: A child that says this is misconfigured: it would only say it again.
_MISCONFIGURED = 2

_LOG_BYTES = 10_000_000
_LOG_FILES = 3


class Child:
    """One role's process, restarted when it ends by itself."""

    def __init__(self, name: str, module: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "dateline.launch", str(os.getpid()), module, *arguments]
        self._environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._started_s = 0.0
        self._wait_s = _RESTART_S
        self._again_s = 0.0
        self.restarts = 0
        self.last_words = ""

    def start(self, log: logging.Logger) -> None:
        self._process = subprocess.Popen(
            self._command,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops the roles in order
        )
        self._started_s = time.monotonic()
        self._again_s = 0.0
        if self._process.stdout:
            self._reader = threading.Thread(target=self._pump, args=(self._process.stdout, log), daemon=True)
            self._reader.start()

    def watch(self, log: logging.Logger) -> None:
        """Start it again when it has ended and its wait is over.

        Raises:
            Misconfigured: it says that it cannot run like this.
        """
        if self._process is None or self._process.poll() is None:
            return
        if self._process.returncode == _MISCONFIGURED:
            raise Misconfigured(f"{self.name}: {self.last_words}")
        moment_s = time.monotonic()
        if not self._again_s:
            steady = moment_s - self._started_s > _STEADY_S
            self._wait_s = _RESTART_S if steady else min(self._wait_s * 2, _RESTART_CAP_S)
            self._again_s = moment_s + self._wait_s
            log.error("%s ended with %s; starting it again", self.name, self._process.returncode)
        elif moment_s >= self._again_s:
            self.restarts += 1
            self.start(log)

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def await_end(self, deadline_s: float) -> None:
        """Wait until it has ended; kill it at the deadline (monotonic seconds)."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.1, deadline_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._reader:
            self._reader.join(1.0)

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def _pump(self, stream: IO[bytes], log: logging.Logger) -> None:
        with stream:
            for line in stream:
                self.last_words = line.decode("utf-8", "replace").rstrip()
                log.info("%s", self.last_words)


def log_to(path: Path) -> logging.Logger:
    """Return a logger that writes lines as they are, to a file that never grows beyond its share."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    log = logging.getLogger(f"dateline.up.{path}")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    return log


def free_port(host: str, wanted: int) -> int:
    """Return ``wanted`` or, when it is taken, the next free port above it; 0 stays 0."""
    if wanted == 0:
        return 0
    for port in range(wanted, min(wanted + 200, 65_536)):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return port
    raise Misconfigured(f"no free port from {wanted} on {host}")
