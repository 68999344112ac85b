"""A real Prometheus for a test: found on the PATH, or unpacked from Debian's package without installing it.

Owns where the programs come from and one server's life. Nothing is installed: the package's files
lie in the user's cache folder, and no service is started.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

DEPLOY = Path(__file__).parents[1] / "deploy" / "prometheus"
RULES = DEPLOY / "alerts.yml"

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline-tests" / "prometheus"
_DOWNLOAD_S = 60
_START_S = 30.0


@dataclass(frozen=True)
class Programs:
    """Paths of the server and of its checker."""

    prometheus: Path
    promtool: Path


@cache
def find() -> Programs | str:
    """Return the programs, or why they cannot be had."""
    on_path = [shutil.which(name) for name in ("prometheus", "promtool")]
    if all(on_path):
        return Programs(*(Path(str(one)) for one in on_path))
    kept = Programs(_CACHE / "usr/bin/prometheus", _CACHE / "usr/bin/promtool")
    if not (kept.prometheus.exists() and kept.promtool.exists()) and (why := _unpack()):
        return why
    return kept


def programs() -> Programs:
    """Return the programs; skips the test, with the reason, where they cannot be had."""
    found = find()
    if isinstance(found, str):
        pytest.skip(f"no Prometheus on the PATH, and {found}")
    return found


def _unpack() -> str:
    """Unpack Debian's package into the cache; returns what stood in the way, or nothing."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return "no apt-get to fetch Debian's package with"
    _CACHE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_CACHE.parent) as folder:
        try:
            told = _run(["apt-get", "download", "prometheus"], folder)
            if told and os.geteuid() == 0:
                _run(["apt-get", "update"], folder)
                told = _run(["apt-get", "download", "prometheus"], folder)
            packages = [*Path(folder).glob("prometheus_*.deb")]
            if told or not packages:
                return f"apt-get cannot fetch Debian's package ({told[-200:]})"
            told = _run(["dpkg-deb", "--extract", str(packages[0]), "unpacked"], folder)
        except subprocess.TimeoutExpired:
            return f"apt-get did not fetch Debian's package within {_DOWNLOAD_S} s"
        if told:
            return f"the package cannot be unpacked ({told[-200:]})"
        if not _CACHE.exists():
            (Path(folder) / "unpacked").rename(_CACHE)
    return ""


def _run(command: list[str], folder: str) -> str:
    """Run it; returns nothing, or its last words when it failed."""
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=_DOWNLOAD_S, check=False
    )
    return (ended.stderr or ended.stdout or "failed").strip() if ended.returncode else ""


def promtool(*arguments: str | Path, cwd: Path = DEPLOY) -> str:
    """Run promtool; returns what it printed, fails with that when it says no."""
    command = [str(programs().promtool), *map(str, arguments)]
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)
    told = ended.stdout + ended.stderr
    assert ended.returncode == 0, told
    return told


class Server:
    """A running Prometheus, asked over its HTTP API."""

    def __init__(self, url: str) -> None:
        self.url = url

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Return the instant vector (a scalar as one row); fails with the server's words on a bad expression."""
        data = self._get("query", query=expression)
        if data["resultType"] == "scalar":
            return [{"metric": {}, "value": data["result"]}]
        return list(data["result"])

    def value(self, expression: str) -> float | None:
        """Return the value of the first series, None without one."""
        rows = self.query(expression)
        return float(rows[0]["value"][1]) if rows else None

    def query_range(self, expression: str, seconds: float, step_s: float = 1.0) -> list[dict[str, Any]]:
        """Return the matrix of the last ``seconds``."""
        end = time.time()
        return list(
            self._get("query_range", query=expression, start=end - seconds, end=end, step=step_s)["result"]
        )

    def rules(self) -> list[dict[str, Any]]:
        """Return every rule, alerting and recording, with its health and its alerts."""
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def alert(self, name: str) -> str:
        """Return the state of an alert: inactive, pending or firing."""
        return str(next(rule["state"] for rule in self.rules() if rule["name"] == name))

    def targets(self) -> list[dict[str, Any]]:
        return list(self._get("targets")["activeTargets"])

    def _get(self, what: str, **given: Any) -> Any:
        answer = httpx.get(f"{self.url}/api/v1/{what}", params=given, timeout=20, trust_env=False)
        told = answer.json()
        assert told["status"] == "success", (given, told)
        return told["data"]


@contextmanager
def serving(folder: Path, config: str) -> Iterator[Server]:
    """Yield a Prometheus with ``config``, its data and its log under ``folder``."""
    (folder / "prometheus.yml").write_text(config, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [
        str(programs().prometheus),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address={address}",
    ]
    log = folder / "prometheus.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, cwd=folder) as server:
        try:
            _await_ready(server, f"http://{address}", log)
            yield Server(f"http://{address}")
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()


def _await_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until_s = time.monotonic() + _START_S
    while time.monotonic() < until_s:
        assert server.poll() is None, log.read_text("utf-8")[-2000:]
        try:
            if httpx.get(f"{url}/-/ready", timeout=2, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not ready within {_START_S} s: {log.read_text('utf-8')[-2000:]}")


def scraping(targets: dict[str, str], rules: Path | None = None, every: str = "1s") -> str:
    """Return a configuration that scrapes ``targets`` (role: host:port), as deploy/prometheus does."""
    groups = [
        {"targets": [address], "labels": {"role": name.partition("-")[0]}}
        for name, address in targets.items()
    ]
    config = {
        "global": {"scrape_interval": every, "scrape_timeout": every, "evaluation_interval": every},
        "rule_files": [str(rules)] if rules else [],
        "scrape_configs": [{"job_name": "dateline", "static_configs": groups}],
    }
    return json.dumps(config)  # JSON is YAML
