"""The promises of the killable child, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from dateline.errors import ChildLost, Reason
from dateline.sandbox import Sandbox

pytestmark = pytest.mark.integration


def work(item: bytes) -> bytes:
    """A target that does as its item says."""
    if item == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == b"leave":
        os._exit(3)
    if item == b"hang":
        time.sleep(60)
    if item == b"eat":
        return bytes(len(bytearray(2_000_000_000)))[:1]
    if item == b"pid":
        return str(os.getpid()).encode()
    return item[::-1]


def outcomes(items: list[bytes], deadline_s: float = 10.0, **options: int) -> list[bytes | ChildLost]:
    sandbox = Sandbox(work, **options)
    try:
        return list(sandbox.run(items, deadline_s))
    finally:
        sandbox.close()


def test_results_come_in_order_and_whole() -> None:
    """One result per item, in order, also when items are larger than a pipe holds."""
    items = [bytes([number]) * 300_000 + b"end" for number in range(20)]
    assert outcomes(items) == [item[::-1] for item in items]


@pytest.mark.parametrize(("poison", "says"), [(b"die", "SIGKILL"), (b"leave", "exit 3")])
def test_a_dead_child_costs_exactly_its_item(poison: bytes, says: str) -> None:
    """The items before and behind it have their results; the loss says how the child ended."""
    first, lost, *rest = outcomes([b"ab", poison, b"cd", b"ef"])
    assert (first, rest) == (b"ba", [b"dc", b"fe"])
    assert isinstance(lost, ChildLost)
    assert says in str(lost)
    assert lost.reason is Reason.CHILD_DIED


def test_a_hanging_child_is_killed_at_its_deadline() -> None:
    """No item takes longer than the deadline, whatever it does; its neighbours go on."""
    started_s = time.monotonic()
    lost, after = outcomes([b"hang", b"ab"], deadline_s=0.5)
    assert isinstance(lost, ChildLost)
    assert lost.reason is Reason.EXTRACT_BUDGET
    assert after == b"ba"
    assert time.monotonic() - started_s < 20


def test_memory_beyond_the_limit_ends_the_child_only() -> None:
    """A page that wants 2 GB gets none of it, and costs itself only."""
    lost, after = outcomes([b"eat", b"ab"], memory_bytes=200_000_000)
    assert isinstance(lost, ChildLost)
    assert after == b"ba"


def test_the_parents_own_time_does_not_count_against_the_child() -> None:
    """A parent that is slow between two results kills nobody."""
    sandbox = Sandbox(work)
    got = []
    for outcome in sandbox.run([b"ab", b"cd", b"ef"], deadline_s=0.4):
        got.append(outcome)
        time.sleep(0.6)
    sandbox.close()
    assert got == [b"ba", b"dc", b"fe"]


def test_one_child_serves_many_runs() -> None:
    """The child stays from run to run, and closing twice does no harm."""
    sandbox = Sandbox(work)
    sandbox.warm()
    assert sandbox.call(b"pid", 10) == sandbox.call(b"pid", 10)
    sandbox.close()
    sandbox.close()
    assert sandbox.restarts == 0


@pytest.mark.parametrize("size", [10, 300_000])
def test_a_run_that_was_left_never_answers_for_the_next(size: int) -> None:
    """Who stops in the middle of a run, by an exception say, gets the next run's results in the next run."""
    sandbox = Sandbox(work)
    left = sandbox.run([bytes([number]) * size for number in range(10)], deadline_s=10)
    assert next(left) == bytes([0]) * size
    assert list(sandbox.run([b"ab", b"cd"], deadline_s=10)) == [b"ba", b"dc"]
    left.close()
    assert sandbox.call(b"ef", deadline_s=10) == b"fe"
    sandbox.close()


def test_a_child_killed_while_idle_costs_no_item() -> None:
    """What dies between two items is replaced; the next item is not blamed for it."""
    sandbox = Sandbox(work)
    child = int(sandbox.call(b"pid", 10))
    os.kill(child, signal.SIGKILL)
    expires_s = time.monotonic() + 5
    while _runs(child):
        assert time.monotonic() < expires_s
    assert sandbox.call(b"ab", 10) == b"ba"
    sandbox.close()
    assert sandbox.restarts == 1


def test_no_connection_of_the_parent_is_open_in_the_child() -> None:
    """A child holds no socket: what the parent closes is closed."""
    mine, other = socket.socketpair()
    sandbox = Sandbox(lambda _: str(len(list(Path("/proc/self/fd").iterdir()))).encode())
    open_files = int(sandbox.call(b"", 10))
    sandbox.close()
    mine.close()
    assert other.recv(1) == b""
    other.close()
    assert open_files <= 3 + 2 + 1  # the standard three, its two pipes, the listing itself


def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    """A killed parent leaves no orphan behind."""
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
        import os, sys, time
        from dateline.sandbox import Sandbox
        sandbox = Sandbox(lambda _: str(os.getpid()).encode())
        print(sandbox.call(b"", 10).decode(), flush=True)
        time.sleep(60)
    """)
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    expires_s = time.monotonic() + 10
    while _runs(child):
        assert time.monotonic() < expires_s, "the child outlived its parent"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
