"""The image, the compose file and what they mount: pinned, confined, limited, and nothing named that is not there."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from composed import DEPLOY, ROOT, Service, document, services

from dateline.cli import roles
from dateline.settings import PREFIX, Settings, from_environment

SETTINGS = {f"{PREFIX}{name.upper()}" for name in Settings.__struct_fields__}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
#: A name and a version of at least two numbers: neither "latest" nor nothing.
PINNED = re.compile(r"^[\w./-]+:v?\d+\.\d+[\w.-]*$")
ENDINGS = {".yaml", ".yml", ".conf", ".service", ".target", ".txt", ""}
#: The rules and their tests are read by promtool; the rest by us.
YAML = sorted(
    path
    for ending in ("*.yaml", "*.yml")
    for path in DEPLOY.rglob(ending)
    if not path.name.startswith("alerts")
)


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its argument, continued lines as one."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in joined]


def documents(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text("utf-8")))


def of(name: str) -> list[str]:
    return [rest for one, rest in instructions() if one == name]


@pytest.mark.parametrize("path", YAML, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_every_yaml_file_reads(path: Path) -> None:
    """Each file is YAML with something in it."""
    assert documents(path)


def test_every_variable_of_ours_is_a_setting() -> None:
    """No file under deploy/ names a DATELINE_ variable that a role would refuse at its start."""
    named = {
        (str(path.relative_to(DEPLOY)), name)
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.suffix in ENDINGS
        for name in re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", path.read_text("utf-8"))
    }
    assert {name for _, name in named} & SETTINGS
    assert {one for one in named if one[1] not in SETTINGS} == set()


# --- the image


def test_the_image_stands_on_a_pinned_python_that_we_support() -> None:
    """Both stages are the same slim Python, of a version for which the lock has every wheel."""
    (version,) = re.findall(r"^ARG PYTHON=(\d+\.\d+\.\d+)$", DOCKERFILE, re.MULTILINE)
    stages = [rest.split()[0] for rest in of("FROM")]
    assert stages == ["python:${PYTHON}-slim-bookworm"] * 2
    assert (3, 11) <= tuple(map(int, version.split(".")[:2])) <= (3, 13)


def test_the_image_runs_as_a_numbered_user() -> None:
    """Kubernetes can see from the number that it is not root; compose says the same number."""
    assert of("USER") == ["10001:10001"]
    assert {one.row["user"] for one in services().values() if one.ours} == {"10001:10001"}


def test_what_is_installed_was_locked() -> None:
    """Every installation takes hashes, or the wheel that was just built and nothing from outside; no index is named."""
    installs = re.findall(r"pip (?:install|wheel) [^&]*", " ".join(of("RUN")))
    assert len(installs) == 4
    assert [one for one in installs if "--require-hashes" not in one and "--no-index" not in one] == []
    assert re.findall(r"index-url|find-links|trusted-host|PIP_INDEX|pypi", DOCKERFILE) == []
    hosts = set(re.findall(r"https?://([^/:\s]+)", DOCKERFILE))
    assert hosts == {"github.com", "127.0.0.1"}  # its own page, in a label, and itself, in the health check
    assert of("ADD") == []


def test_the_wheel_is_built_by_what_the_lock_says() -> None:
    """The rows of build.txt stand in dev.txt, hashes included."""
    rows = [
        line
        for line in (DEPLOY / "requirements/build.txt").read_text("utf-8").splitlines()
        if line[:1] != "#"
    ]
    assert "\n".join(rows) in (DEPLOY / "requirements/dev.txt").read_text("utf-8")


def test_what_is_copied_exists_and_reaches_the_builder() -> None:
    """Each source is there, and .dockerignore, which refuses all else, lets it through."""
    sources = [one for rest in of("COPY") if "--from" not in rest for one in rest.split()[:-1]]
    let_through = [
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    ]
    assert [one for one in sources if not (ROOT / one).exists()] == []
    assert sorted(sources) == sorted(let_through)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {one.rstrip("*") for one in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages <= set(sources)


def test_the_labels_say_what_it_is() -> None:
    """Version and licence are those of the project; whoever finds the image finds the sources."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    labels = dict(re.findall(r'org\.opencontainers\.image\.([\w.]+)="([^"]*)"', " ".join(of("LABEL"))))
    assert labels["version"] == project["version"]
    assert labels["licenses"] == project["license"]
    assert labels["description"] == project["description"]
    assert {"source", "documentation", "revision", "created", "title", "base.name"} <= set(labels)
    assert document()["x-role"]["image"] == f"dateline:{project['version']}"


def test_the_image_has_a_health_check_and_no_shell_form() -> None:
    """The check and the command are lists: signals reach the role, and no shell is needed."""
    assert "CMD [" in of("HEALTHCHECK")[0]
    assert of("ENTRYPOINT") == ['["dateline"]']
    assert of("CMD") == ['["--help"]']


# --- compose

EVERY = [pytest.param(one, id=name) for name, one in services().items()]
OURS = [pytest.param(one, id=name) for name, one in services().items() if one.ours]


@pytest.mark.parametrize("service", EVERY)
def test_every_service_is_confined(service: Service) -> None:
    """A pinned image, a user that is not root, a root that cannot be written, no capability, no way to gain one."""
    assert PINNED.match(service.row["image"])
    assert int(service.row["user"].split(":")[0]) > 0
    assert service.row["read_only"] is True
    assert service.row["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service.row["security_opt"]


@pytest.mark.parametrize("service", EVERY)
def test_every_service_is_limited_and_comes_back(service: Service) -> None:
    """Memory, processors, processes and logs have an end; each is watched, and started again."""
    limits = service.row["deploy"]["resources"]["limits"]
    assert re.fullmatch(r"\d+[mg]", limits["memory"])
    assert float(limits["cpus"]) > 0
    assert service.row["pids_limit"] > 0
    assert service.row["restart"] == "unless-stopped"
    assert service.row["healthcheck"]["test"][0] == "CMD"
    assert {"max-size", "max-file"} <= set(service.row["logging"]["options"])


@pytest.mark.parametrize("service", EVERY)
def test_what_a_service_mounts_is_there(service: Service) -> None:
    """Every file and folder of this machine exists, and is mounted to be read only."""
    assert [path for path, _ in service.binds if not path.exists()] == []
    assert [one for one in service.row.get("volumes", ()) if one[0] in "./" and not one.endswith(":ro")] == []


def test_the_roles_are_the_commands_that_exist() -> None:
    """Poller, workers and keeper, and nothing that Dateline cannot run yet."""
    known = {one.__name__ for one in roles.COMMANDS}
    run = {one.name: one.words for one in services().values() if one.ours}
    assert run == {
        "poller": ["dateline", "poll"],
        "worker": ["dateline", "work"],
        "keeper": ["dateline", "keep"],
    }
    assert {words[1] for words in run.values()} <= known


@pytest.mark.parametrize("service", OURS)
def test_a_role_is_given_settings_that_it_takes(service: Service) -> None:
    """The environment of each role is read without complaint; the files it names lie in the folder that is mounted."""
    settings = from_environment(service.environment)
    assert settings.redis_url == "redis://redis:6379/0"
    assert settings.metrics_host == "0.0.0.0"
    ((folder, inside),) = service.binds
    for file in filter(None, (settings.feeds, settings.watch)):
        assert (folder / Path(file).relative_to(inside)).is_file()


@pytest.mark.parametrize("service", OURS)
def test_a_role_has_room_for_what_its_child_may_add(service: Service) -> None:
    """The limit holds what the killable child may map beyond its start, so that a bad page ends the child and no more."""
    room = {"m": 2**20, "g": 2**30}
    limit = service.row["deploy"]["resources"]["limits"]["memory"]
    reserved = service.row["deploy"]["resources"]["reservations"]["memory"]
    child = 0 if service.name == "keeper" else Settings().child_memory_bytes
    assert int(limit[:-1]) * room[limit[-1]] >= int(reserved[:-1]) * room[reserved[-1]] + child


@pytest.mark.parametrize("service", OURS)
def test_a_role_has_room_to_unpack_its_model(service: Service) -> None:
    """The model of languages is unpacked to a temporary file of 69 MB at the start, and the root cannot be written."""
    (temporary,) = service.row["tmpfs"]
    assert int(re.findall(r"^/tmp:size=(\d+)m,", temporary)[0]) >= 128


def test_redis_has_twice_its_maxmemory() -> None:
    """A rewrite of the append-only file may copy what changes meanwhile."""
    assert "\nmaxmemory 1gb\n" in (DEPLOY / "redis.conf").read_text("utf-8")
    assert services()["redis"].row["deploy"]["resources"]["limits"]["memory"] == "2g"


def test_only_the_poller_reaches_out() -> None:
    """One network leads out, and only the poller is on it; pages for people are served on loopback."""
    networks, found = document()["networks"], services()
    assert networks["inside"]["internal"] is True
    assert networks["desk"]["driver_opts"]["com.docker.network.bridge.enable_ip_masquerade"] == "false"
    assert set(networks) == {"inside", "outside", "desk"}
    assert [name for name, one in found.items() if "outside" in one.row["networks"]] == ["poller"]
    assert [name for name, one in found.items() if "inside" not in one.row["networks"]] == []
    assert [name for name, one in found.items() if one.ours and one.row.get("ports")] == []
    ports = [port for one in found.values() for port in one.row.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "ports" not in found["redis"].row


def test_prometheus_grafana_and_alertmanager_find_each_other() -> None:
    """What is scraped, where alerts go, and where panels ask are services and ports of the same file."""
    found = services()
    scraped = (DEPLOY / "prometheus/prometheus.yml").read_text("utf-8")
    assert [name for name, one in found.items() if one.ours and name not in scraped] == []
    assert {one.environment["DATELINE_METRICS_PORT"] for one in found.values() if one.ours} == {"9410"}
    assert "port: 9410" in scraped
    assert "alertmanager" in scraped
    assert "port: 9093" in scraped
    (source,) = documents(DEPLOY / "grafana/provisioning/datasources/prometheus.yaml")[0]["datasources"]
    assert source["url"] == "http://prometheus:9090"
    (provider,) = documents(DEPLOY / "grafana/provisioning/dashboards/dateline.yaml")[0]["providers"]
    assert (DEPLOY / "grafana/dashboards", provider["options"]["path"]) in found["grafana"].binds


def test_grafana_does_not_start_with_a_password_that_everybody_knows() -> None:
    """Without one of your own, compose stops and says which variable is missing."""
    with pytest.raises(KeyError, match="set GRAFANA_PASSWORD"):
        document(GRAFANA_PASSWORD="")
