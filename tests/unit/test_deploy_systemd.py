"""The units for a plain box: well formed, confined, limited, and only the poller reaches out."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from composed import DEPLOY, services

from dateline.settings import Settings, from_environment

UNITS = DEPLOY / "systemd"
SERVICES = {
    "poller": "dateline-poll.service",
    "worker": "dateline-work@.service",
    "keeper": "dateline-keep.service",
}
#: systemd's own scale runs from 0 (nothing can happen) to 10; ours were 1.2 and 1.4 when this was written.
WORST_EXPOSURE = 1.5

every = pytest.mark.parametrize("role", SERVICES)


def rows(name: str) -> dict[str, list[str]]:
    """Each key of a unit with the values that it is given, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (UNITS / name).read_text("utf-8").splitlines():
        if line and line[0] not in "#[":
            key, value = line.split("=", 1)
            found[key].append(value)
    return found


def runnable(folder: Path) -> list[Path]:
    """Copies whose program is one that this machine has: where ours is installed is not the question here."""
    program = shutil.which("true")
    copies = []
    for unit in UNITS.iterdir():
        copy = folder / unit.name
        copy.write_text(unit.read_text("utf-8").replace("/opt/dateline/bin/dateline", str(program)))
        copies.append(copy)
    return copies


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze on the PATH")
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say: no unknown key, no unit that is wanted and missing."""
    copies = runnable(tmp_path)
    done = analyze("verify", *(str(one).replace("@.", "@1.") for one in copies))
    said = [line for line in done.stderr.splitlines() if "dateline" in line]
    assert (done.returncode, said) == (0, [])


@every
def test_a_role_can_do_little_harm(role: str, tmp_path: Path) -> None:
    """By systemd's own reckoning of what a broken role could do to the machine."""
    runnable(tmp_path)
    done = analyze("security", "--offline=true", "--no-pager", tmp_path / SERVICES[role])
    exposure = re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if not exposure:
        pytest.skip(f"systemd-analyze looks at no unit files here: {done.stderr.strip()}")
    assert float(exposure[0]) <= WORST_EXPOSURE


@every
def test_a_role_is_confined(role: str) -> None:
    """What is asked of each unit is there, whichever systemd reads it."""
    given = rows(SERVICES[role])
    wanted = {
        "DynamicUser": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "RestrictNamespaces": "yes",
        "MemoryDenyWriteExecute": "yes",
        "Restart": "always",
    }
    assert {name: given[name] for name in wanted} == {name: [value] for name, value in wanted.items()}
    assert given["SystemCallFilter"][0] == "@system-service"
    # The roles do not speak to systemd's watchdog: to claim it would kill them.
    assert "WatchdogSec" not in given
    assert given["Type"] == ["exec"]


@every
def test_only_the_poller_reaches_out(role: str) -> None:
    """For the others the kernel drops whatever does not stay on this machine."""
    given = rows(SERVICES[role])
    if role == "poller":
        assert "any" not in given["IPAddressDeny"]
        assert "link-local" in given["IPAddressDeny"][0]
    else:
        assert (given["IPAddressDeny"], given["IPAddressAllow"]) == (["any"], ["localhost"])


@every
def test_a_role_is_run_as_in_the_compose_file(role: str) -> None:
    """The same command, as much memory, and settings that it takes."""
    given, composed = rows(SERVICES[role]), services()[role]
    assert given["ExecStart"] == [f"/opt/dateline/bin/dateline {composed.words[1]}"]
    assert given["MemoryMax"][0].lower() == composed.row["deploy"]["resources"]["limits"]["memory"]
    assert int(given["TasksMax"][0]) == composed.row["pids_limit"]
    environ = dict(one.replace("%i", "1").split("=", 1) for one in given["Environment"])
    settings = from_environment(environ)
    assert set(environ) <= set(composed.environment)
    # On loopback, unlike in a container: Prometheus is on this machine.
    assert settings.metrics_host == Settings().metrics_host
    for file in filter(None, (settings.feeds, settings.watch)):
        assert (DEPLOY / Path(file).relative_to("/etc/dateline")).is_file()


def test_no_two_units_want_one_port() -> None:
    """A role takes exactly the port that it is given, and stops when it is taken."""
    ports = [
        one.split("=")[1].replace("%i", str(instance))
        for name in SERVICES.values()
        for one in rows(name)["Environment"]
        if one.startswith("DATELINE_METRICS_PORT=")
        for instance in ((1, 2) if "@" in name else (0,))
    ]
    assert len(set(ports)) == len(ports) == 4


def test_the_target_starts_as_many_as_the_compose_file() -> None:
    """One of each, and as many workers."""
    (wanted,) = rows("dateline.target")["Wants"]
    units = [re.sub(r"@\d+", "@", one) for one in wanted.split()]
    assert {role: units.count(name) for role, name in SERVICES.items()} == {
        role: services()[role].replicas for role in SERVICES
    }
    assert {rows(name)["PartOf"][0] for name in SERVICES.values()} == {"dateline.target"}
