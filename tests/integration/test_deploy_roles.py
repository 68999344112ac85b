"""deploy/compose.yaml without an engine: its processes, with its environment and its files, bring an incident."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import redis
from composed import ROOT, Service, services
from live import sample_site, until

from dateline.incidents.record import decode_envelope
from dateline.store.embedded import binary

pytestmark = pytest.mark.integration


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


#: What an engine does with `read_only`, `tmpfs`, `cap_drop` and `no-new-privileges`; the folder of the catalog is
#: the one thing of the temporary folder that is left, beside the project itself where it lies there.
CONFINED = """
set -e
mount --make-rprivate /
mount -t tmpfs none /mnt && mkdir /mnt/catalog /mnt/house
mount --bind "$1" /mnt/catalog
mount --bind "$3" /mnt/house
mount -t tmpfs -o "$2" none /tmp
case "$3" in /tmp/*) mkdir -p "$3" && mount --bind /mnt/house "$3" && mount -o remount,bind,ro "$3" ;; esac
mount -o remount,bind,ro /mnt/catalog
mount -o remount,bind,ro /mnt/house
mount -o remount,ro /mnt
mount -o remount,bind,ro /
cd "$3"
shift 3
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""


class Machine:
    """Where compose would have containers: a port for each address, a folder for each volume."""

    confined = False

    def __init__(self, folder: Path, catalog: Path) -> None:
        self.folder = folder
        self.catalog = catalog
        self.redis_port = free_port()

    def words(self, service: Service) -> list[str]:
        """The command of the service, with the paths and the program of this machine."""
        if service.ours:
            words = [sys.executable, "-m", *service.words]
            return [*self.confine(service), *words] if self.confined else words
        inside = {at: str(path) for path, at in service.binds} | {"/data": str(self.folder)}
        return [binary(), *(inside.get(word, word) for word in service.words[1:])]

    def confine(self, service: Service) -> list[str]:
        """Words before a command that take from it what the service takes."""
        assert service.row["read_only"] is True
        assert service.row["cap_drop"] == ["ALL"]
        ((at, _, options),) = (one.partition(":") for one in service.row["tmpfs"])
        assert at == "/tmp"
        return ["unshare", "--mount", "sh", "-c", CONFINED, "sh", str(self.catalog), options, str(ROOT)]

    def environment(self, service: Service, metrics_port: int) -> dict[str, str]:
        """The environment of the service: hosts, ports and mounted folders are those of this machine, the rest is as it stands."""
        ((_, mounted),) = service.binds
        put = {
            "redis://redis:6379": f"redis://127.0.0.1:{self.redis_port}",
            mounted: "/mnt/catalog" if self.confined else str(self.catalog),
        }
        found = service.environment | {"DATELINE_METRICS_PORT": str(metrics_port)}
        for here, there in put.items():
            found = {name: value.replace(here, there) for name, value in found.items()}
        return found


@contextmanager
def process(words: list[str], environ: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is asked to stop at the end, as an engine asks: SIGTERM, and a while to finish."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    with (
        log.open("ab") as written,
        subprocess.Popen(
            words, env={**plain, **environ}, cwd=ROOT, stdout=written, stderr=written
        ) as started,
    ):
        try:
            yield started
        finally:
            started.send_signal(signal.SIGTERM)
            try:
                started.wait(30)
            except subprocess.TimeoutExpired:
                started.kill()


def healthy(service: Service, metrics_port: int) -> bool:
    """Run the service's own health check against the port that it has here."""
    kind, program, *rest = service.row["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    words = [re.sub(r"127\.0\.0\.1:9410", f"127.0.0.1:{metrics_port}", word) for word in rest]
    return subprocess.run([sys.executable, *words], capture_output=True, check=False).returncode == 0


def catalog_of(folder: Path, origin: str) -> Path:
    """A folder as compose mounts it, whose feeds are those of the sample wire."""
    folder.mkdir()
    (folder / "feeds.opml").write_bytes(httpx.get(f"{origin}/feeds.opml", trust_env=False).content)
    shutil.copy(ROOT / "deploy/watch.toml", folder)
    return folder


def may_confine() -> bool:
    """Whether this process may make such a room: it takes root, and a kernel that lets it mount."""
    words = ["unshare", "--mount", "sh", "-c", CONFINED, "sh", str(ROOT), "size=1m", str(ROOT), "true"]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("confined", [False, True], ids=["plain", "confined"])
def test_the_roles_of_the_compose_file_bring_an_incident(tmp_path: Path, *, confined: bool) -> None:
    """Redis by deploy/redis.conf, then each role as often as the file says: the keeper reads the feeds, an incident is in
    the stream, every health check passes, and each role ends with 0 when it is asked to stop. Confined: the same on a
    root that cannot be written, with the temporary folder that the file gives, and with no capability."""
    if confined and not may_confine():
        pytest.skip("this machine lets us mount nothing, not even in a room of our own")
    found = services(CATALOG_DIR=str(tmp_path / "catalog"))
    with sample_site() as origin:
        machine = Machine(tmp_path, catalog_of(tmp_path / "catalog", origin))
        port = ["--port", str(machine.redis_port)]
        with process([*machine.words(found["redis"]), *port], {}, tmp_path / "redis.log"):
            client = redis.Redis(port=machine.redis_port)
            until(lambda: answers(client), 20, "Redis answers")
            check_redis(client)
            machine.confined = confined
            with ExitStack() as stack:
                running = start_roles(machine, found, origin, stack)
                until(lambda: client.xlen("dateline:incidents:stream") > 0, 60, "an incident arrives")
                for service, at, one in running.values():
                    until(lambda: healthy(service, at), 20, f"{service.name} is healthy")  # noqa: B023 - called at once
                    assert one.poll() is None
            ((_, fields), *_) = client.xrange("dateline:incidents:stream", count=1)
            client.close()
    assert decode_envelope(fields[b"data"]).incident.evidence
    assert sorted(running) == ["keeper-1", "poller-1", "worker-1", "worker-2"]
    assert {name: one.returncode for name, (*_, one) in running.items()} == dict.fromkeys(running, 0)


Running = dict[str, tuple[Service, int, subprocess.Popen[bytes]]]


def start_roles(machine: Machine, found: Mapping[str, Service], origin: str, stack: ExitStack) -> Running:
    """Start each role as often as the file says; its metrics port is told with it."""
    # The sample wire is on this machine: the one address that the guard lets through for it.
    allowed = {"DATELINE_ALLOW_ADDRESSES": origin.removeprefix("http://")}
    running: Running = {}
    for service in found.values():
        for number in range(service.replicas if service.ours else 0):
            at, name = free_port(), f"{service.name}-{number + 1}"
            environ = machine.environment(service, at) | allowed
            log = machine.folder / f"{name}.log"
            running[name] = service, at, stack.enter_context(process(machine.words(service), environ, log))
    return running


def answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def check_redis(client: "redis.Redis") -> None:
    """The server took deploy/redis.conf: it keeps every write, and evicts nothing."""
    wanted = {
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": str(2**30),
        "maxmemory-policy": "noeviction",
        "enable-debug-command": "no",
    }
    assert {name: client.config_get(name)[name] for name in wanted} == wanted
