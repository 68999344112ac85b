"""A killable child process that runs one function over many items.

Owns isolation: a persistent forked child reads items and streams a result for each; the parent
holds a deadline per item, and kills and forks anew when it is passed or when the child dies.
Exactly the item at work is lost then (``ChildLost``), and the ones behind it go to the next
child. The parent's imports are shared by the fork, so a new child costs milliseconds.

The child never touches Redis, logs or metrics. It dies with its parent (PR_SET_PDEATHSIG), which
is bound to the *thread* that forked: use one sandbox from one thread that lives as long as it.
"""

import ctypes
import gc
import os
import resource
import select
import signal
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dateline.errors import ChildLost, Reason

_LENGTH = struct.Struct("<I")
_PR_SET_PDEATHSIG = 1
_DRAIN_BYTES = 1 << 16

Target = Callable[[bytes], bytes]


def die_with_parent(parent: int, signal_number: int = signal.SIGKILL) -> None:
    """Make the kernel send ``signal_number`` to this process when its parent ``parent`` dies (Linux)."""
    try:
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    except (OSError, AttributeError):  # not Linux: the child ends when its pipe closes
        return
    if os.getppid() != parent:
        os.kill(os.getpid(), signal_number)


class Sandbox:
    """Runs ``target`` on items in a child of this process.

    Args:
        target: pure function over bytes; what it raises is a bug and ends the child.
        memory_bytes: what the child may map beyond what it started with; 0 for no limit.
    """

    def __init__(self, target: Target, *, memory_bytes: int = 0) -> None:
        self._target = target
        self._memory_bytes = memory_bytes
        self._child: _Child | None = None
        #: A run was begun whose results were not all taken: the child still works on it.
        self._left_over = False
        #: Children that died or were killed since the start.
        self.restarts = 0

    def run(self, items: Sequence[bytes], deadline_s: float) -> Iterator[bytes | ChildLost]:
        """Yield one result per item, in order: the target's bytes, or the ChildLost that it met.

        One run at a time. A run may be left in the middle; the next one then starts with a new child, since
        the old one would answer it with what it still has in hand.
        """
        if self._left_over:
            self.close()
        self._left_over = bool(items)
        done = 0
        while done < len(items):
            child = self._ready()
            for outcome in child.stream(items[done:], deadline_s):
                done += 1
                self._left_over = done < len(items)
                if isinstance(outcome, ChildLost):
                    self._discard()
                    yield outcome
                    break
                yield outcome

    def call(self, item: bytes, deadline_s: float) -> bytes:
        """Return the target's result for one item.

        Raises:
            ChildLost: the child died on it, or was killed at the deadline.
        """
        (outcome,) = self.run([item], deadline_s)
        if isinstance(outcome, ChildLost):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the child. Idempotent."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def warm(self) -> None:
        """Fork the child now, so that the first item does not wait for it."""
        if self._child is None:
            self._start()

    def _ready(self) -> "_Child":
        # One that was killed while it had nothing to do is no item's fault.
        if self._child is not None and self._child.has_ended():
            self._discard()
        return self._child or self._start()

    def _start(self) -> "_Child":
        self._child = _Child(self._target, self._memory_bytes)
        return self._child

    def _discard(self) -> None:
        self.restarts += 1
        self.close()


class _Child:
    def __init__(self, target: Target, memory_bytes: int) -> None:
        to_child, from_parent = os.pipe()
        to_parent, from_child = os.pipe()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            _serve(target, memory_bytes, parent, to_child, from_child)
        os.close(to_child)
        os.close(from_child)
        self._out, self._in = from_parent, to_parent
        os.set_blocking(self._out, False)
        os.set_blocking(self._in, False)
        self._buffer = bytearray()

    def stream(self, items: Sequence[bytes], deadline_s: float) -> Iterator[bytes | ChildLost]:
        """Yield results in order; stop after the first ChildLost."""
        pending = memoryview(b"".join(_LENGTH.pack(len(item)) + item for item in items))
        expires = time.monotonic() + deadline_s
        for _ in items:
            while (result := self._take()) is None:
                left = expires - time.monotonic()
                if left <= 0:
                    yield ChildLost(f"killed at its deadline of {deadline_s} s", Reason.EXTRACT_BUDGET)
                    return
                written = self._exchange(pending, left)
                if written is None:
                    yield ChildLost(f"died: {self._post_mortem()}", Reason.CHILD_DIED)
                    return
                pending = pending[written:]
            yield result
            expires = time.monotonic() + deadline_s  # what the caller did meanwhile is not the child's time

    def _take(self) -> bytes | None:
        if len(self._buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer)
        end = _LENGTH.size + length
        if len(self._buffer) < end:
            return None
        result = bytes(self._buffer[_LENGTH.size : end])
        del self._buffer[:end]
        return result

    def _exchange(self, pending: memoryview, timeout_s: float) -> int | None:
        """Write what the child has room for and read what it has; bytes written, None when it is gone."""
        readable, writable, _ = select.select([self._in], [self._out] if pending else [], [], timeout_s)
        written = 0
        if writable:
            try:
                written = os.write(self._out, pending[:_DRAIN_BYTES])
            except BlockingIOError:
                written = 0
            except BrokenPipeError:
                return None
        if readable:
            chunk = os.read(self._in, _DRAIN_BYTES)
            self._buffer += chunk
            if not chunk:
                return None
        return written

    def has_ended(self) -> bool:
        """Tell whether the process is gone, and take note of it."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return not self.pid

    def _post_mortem(self) -> str:
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        if os.WIFSIGNALED(status):
            return signal.Signals(os.WTERMSIG(status)).name
        return f"exit {os.waitstatus_to_exitcode(status)}"

    def kill(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
        os.close(self._out)
        os.close(self._in)


def _serve(target: Target, memory_bytes: int, parent: int, source: int, sink: int) -> None:
    """The child's life: read an item, answer, until the pipe closes. Never returns."""
    code = 1
    try:
        die_with_parent(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_others(source, sink)
        _limit_memory(memory_bytes)
        gc.freeze()
        with os.fdopen(source, "rb") as items, os.fdopen(sink, "wb") as results:
            while len(head := items.read(_LENGTH.size)) == _LENGTH.size:
                result = target(items.read(*_LENGTH.unpack(head)))
                results.write(_LENGTH.pack(len(result)) + result)
                results.flush()
        code = 0
    finally:
        os._exit(code)


def _close_others(*kept: int) -> None:
    """Close every descriptor but the standard three and ``kept``: no socket of the parent stays open here."""
    low = 3
    for number in sorted(kept):
        os.closerange(low, number)
        low = number + 1
    os.closerange(low, max(low, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 16)))


def _limit_memory(memory_bytes: int) -> None:
    if not memory_bytes:
        return
    mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory_bytes,) * 2)
