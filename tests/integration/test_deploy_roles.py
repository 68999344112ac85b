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


class Machine:
    """Where compose would have containers: a port for each address, a folder for each volume."""

    def __init__(self, folder: Path, catalog: Path) -> None:
        self.folder = folder
        self.catalog = catalog
        self.redis_port = free_port()

    def words(self, service: Service) -> list[str]:
        """The command of the service, with the paths and the program of this machine."""
        if service.ours:
            return [sys.executable, "-m", *service.words]
        inside = {at: str(path) for path, at in service.binds} | {"/data": str(self.folder)}
        return [binary(), *(inside.get(word, word) for word in service.words[1:])]

    def environment(self, service: Service, metrics_port: int) -> dict[str, str]:
        """The environment of the service: hosts, ports and mounted folders are those of this machine, the rest is as it stands."""
        ((_, mounted),) = service.binds
        put = {
            "redis://redis:6379": f"redis://127.0.0.1:{self.redis_port}",
            mounted: str(self.catalog),
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


def test_the_roles_of_the_compose_file_bring_an_incident(tmp_path: Path) -> None:
    """Redis by deploy/redis.conf, then each role as often as the file says: the keeper reads the feeds, an incident is in
    the stream, every health check passes, and each role ends with 0 when it is asked to stop."""
    found = services(CATALOG_DIR=str(tmp_path / "catalog"))
    roles = [one for one in found.values() if one.ours]
    started: dict[str, subprocess.Popen[bytes]] = {}
    with sample_site() as origin:
        machine = Machine(tmp_path, catalog_of(tmp_path / "catalog", origin))
        port = ["--port", str(machine.redis_port)]
        with process([*machine.words(found["redis"]), *port], {}, tmp_path / "redis.log"):
            client = redis.Redis(port=machine.redis_port)
            until(lambda: answers(client), 20, "Redis answers")
            check_redis(client)
            with ExitStack() as stack:
                ports: dict[str, tuple[Service, int]] = {}
                for service in roles:
                    for number in range(service.replicas):
                        at = free_port()
                        name = f"{service.name}-{number + 1}"
                        # The sample wire is on this machine: the one address that the guard lets through for it.
                        allowed = {"DATELINE_ALLOW_ADDRESSES": origin.removeprefix("http://")}
                        environ = machine.environment(service, at) | allowed
                        words = machine.words(service)
                        started[name] = stack.enter_context(process(words, environ, tmp_path / f"{name}.log"))
                        ports[name] = (service, at)
                until(lambda: client.xlen("dateline:incidents:stream") > 0, 60, "an incident arrives")
                for name, (service, at) in ports.items():
                    until(lambda: healthy(service, at), 20, f"{name} is healthy")  # noqa: B023 - called at once
                assert [name for name, one in started.items() if one.poll() is not None] == []
            ((_, fields), *_) = client.xrange("dateline:incidents:stream", count=1)
            client.close()
    assert decode_envelope(fields[b"data"]).incident.evidence
    assert sorted(started) == ["keeper-1", "poller-1", "worker-1", "worker-2"]
    assert {name: one.returncode for name, one in started.items()} == dict.fromkeys(started, 0)


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
