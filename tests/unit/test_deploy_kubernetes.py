"""The overlays as kubectl renders them: confined, limited, probed, and only the poller reaches out."""

import json
import shutil
import subprocess
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from composed import DEPLOY, services

from dateline.settings import PREFIX, Settings, from_environment
from dateline.store.keys import Keys

KUBERNETES = DEPLOY / "kubernetes"
OVERLAYS = ("small", "large")
WORKLOADS = ("Deployment", "StatefulSet")

overlays = pytest.mark.parametrize("overlay", OVERLAYS)


@cache
def rendered(overlay: str) -> tuple[dict[str, Any], ...]:
    """Every object of an overlay; skips where there is no kubectl."""
    if not shutil.which("kubectl"):
        pytest.skip("no kubectl on the PATH")
    folder = KUBERNETES / "overlays" / overlay
    text = subprocess.run(["kubectl", "kustomize", folder], capture_output=True, check=True).stdout
    # kubectl is the YAML reader here; it asks no server for this.
    command = ["kubectl", "label", "--local", "-f", "-", "read=yes", "-o", "json"]
    rest = subprocess.run(command, input=text, capture_output=True, check=True).stdout.decode()
    found = []
    while rest := rest.lstrip():
        one, end = json.JSONDecoder().raw_decode(rest)
        found.append(one)
        rest = rest[end:]
    return tuple(found)


def of(overlay: str, *kinds: str) -> list[dict[str, Any]]:
    return [one for one in rendered(overlay) if one["kind"] in kinds]


def named(overlay: str, kind: str, name: str) -> dict[str, Any]:
    (one,) = (one for one in of(overlay, kind) if one["metadata"]["name"] == name)
    return one


def pods(overlay: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one["spec"]["template"] for one in of(overlay, *WORKLOADS)}


def roles(overlay: str) -> dict[str, dict[str, Any]]:
    return {name: pod for name, pod in pods(overlay).items() if name != "redis"}


def mebibytes(quantity: str) -> int:
    return int(quantity[:-2]) * {"Mi": 1, "Gi": 1024}[quantity[-2:]]


@pytest.mark.parametrize(
    ("copy", "of_file"),
    [
        ("base/files/feeds.opml", "feeds.opml"),
        ("base/files/watch.toml", "watch.toml"),
        ("components/redis/redis.conf", "redis.conf"),
    ],
)
def test_the_files_of_the_config_maps_are_the_shipped_ones(copy: str, of_file: str) -> None:
    """kustomize reads nothing above its own folder, so there are copies: they are the same to the byte."""
    assert (KUBERNETES / copy).read_bytes() == (DEPLOY / of_file).read_bytes()


@overlays
def test_every_container_is_confined(overlay: str) -> None:
    """Not root, by a number; a root that cannot be written; no capability; no token; no names of services around it."""
    for pod in pods(overlay).values():
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] > 0
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec["automountServiceAccountToken"] is False
        for one in spec["containers"]:
            own = one["securityContext"]
            assert own["readOnlyRootFilesystem"] is True
            assert own["allowPrivilegeEscalation"] is False
            assert own["capabilities"] == {"drop": ["ALL"]}


@overlays
def test_no_service_puts_variables_of_ours_into_a_pod(overlay: str) -> None:
    """A service dateline-x would become DATELINE_X_SERVICE_HOST, which a role refuses at its start."""
    assert [
        name for name, pod in pods(overlay).items() if pod["spec"]["enableServiceLinks"] is not False
    ] == []


@overlays
def test_every_container_is_limited_and_probed(overlay: str) -> None:
    """Requests and limits for processors and memory; probes for start, life and readiness; a time to finish."""
    for pod in pods(overlay).values():
        assert pod["spec"]["terminationGracePeriodSeconds"] >= 15
        for one in pod["spec"]["containers"]:
            for kind in ("requests", "limits"):
                assert {"cpu", "memory"} <= set(one["resources"][kind])
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(one)


@overlays
def test_limits_are_those_of_the_compose_file(overlay: str) -> None:
    """The same roles on the same measured figures."""
    composed = services()
    for name, pod in roles(overlay).items():
        resources = pod["spec"]["containers"][0]["resources"]
        rows = composed[name].row["deploy"]["resources"]
        for kind, here in (("limits", "limits"), ("requests", "reservations")):
            there = rows[here]["memory"].upper() + "i"
            assert mebibytes(resources[kind]["memory"]) == mebibytes(there)


@overlays
def test_every_role_has_room_to_unpack_its_model(overlay: str) -> None:
    """The model of languages is unpacked to a temporary file of 69 MB; a pod that passes its limit is evicted."""
    for pod in roles(overlay).values():
        (volume,) = (one for one in pod["spec"]["volumes"] if one["name"] == "tmp")
        assert mebibytes(volume["emptyDir"]["sizeLimit"]) >= 128


@overlays
def test_images_are_pinned_and_those_of_the_compose_file(overlay: str) -> None:
    """One version of everything, whichever way it is run."""
    composed = {one.row["image"] for one in services().values()}
    images = {one["image"] for pod in pods(overlay).values() for one in pod["spec"]["containers"]}
    assert images <= composed


@overlays
def test_the_roles_are_run_as_in_the_compose_file(overlay: str) -> None:
    """Poller, workers, keeper, each by its command."""
    composed = {name: one.row["command"] for name, one in services().items() if one.ours}
    assert {name: pod["spec"]["containers"][0]["args"] for name, pod in roles(overlay).items()} == composed


@overlays
def test_the_environment_is_one_that_a_role_takes(overlay: str) -> None:
    """The settings of the config map, with Redis from it or from a secret, are read without complaint; files are there."""
    for pod in roles(overlay).values():
        (container,) = pod["spec"]["containers"]
        names = [one["configMapRef"]["name"] for one in container["envFrom"]]
        given = dict(chain.from_iterable(named(overlay, "ConfigMap", name)["data"].items() for name in names))
        secret = {one["name"]: "rediss://x:1/0" for one in container.get("env", ()) if "valueFrom" in one}
        assert all(name.startswith(PREFIX) for name in given | secret)
        settings = from_environment(given | secret)
        assert settings.redis_url
        assert {one["containerPort"] for one in container["ports"]} == {settings.metrics_port}
        (mount,) = (one for one in container["volumeMounts"] if one["name"] == "catalog")
        (volume,) = (one for one in pod["spec"]["volumes"] if one["name"] == "catalog")
        files = named(overlay, "ConfigMap", volume["configMap"]["name"])["data"]
        assert {settings.feeds, settings.watch} == {f"{mount['mountPath']}/{name}" for name in files}


@overlays
def test_every_role_may_be_drained(overlay: str) -> None:
    """Each has a disruption budget that lets one go at a time, even where there is only one."""
    budgets = {
        one["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"]: one["spec"]
        for one in of(overlay, "PodDisruptionBudget")
    }
    assert set(budgets) == set(roles(overlay))
    assert {one["maxUnavailable"] for one in budgets.values()} == {1}


def selects(policy: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a network policy is about pods with these labels."""
    selector = policy["spec"]["podSelector"]
    return all(labels.get(name) == value for name, value in selector.get("matchLabels", {}).items()) and all(
        one["operator"] == "Exists" and one["key"] in labels for one in selector.get("matchExpressions", ())
    )


@overlays
def test_only_the_poller_reaches_out(overlay: str) -> None:
    """All pods are closed both ways, and of all rules that open them only the poller's leads to the world."""
    policies = of(overlay, "NetworkPolicy")
    for name, pod in pods(overlay).items():
        labels = pod["metadata"]["labels"]
        about = [one for one in policies if selects(one, labels)]
        closed = [one for one in about if not {"ingress", "egress"} & set(one["spec"])]
        assert [one["spec"]["policyTypes"] for one in closed] == [["Ingress", "Egress"]]
        rules = chain.from_iterable(one["spec"].get("egress", ()) for one in about)
        blocks = [
            to["ipBlock"]["cidr"]
            for rule in rules
            for to in rule.get("to", ({"ipBlock": {"cidr": "*"}},))
            if "ipBlock" in to
        ]
        world = {"0.0.0.0/0", "2000::/3", "*"} & set(blocks)
        assert bool(world) == (name == "poller")


@overlays
def test_redis_is_inside_or_outside_by_overlay(overlay: str) -> None:
    """Small brings its own, with its files on a volume; large takes the address from a secret."""
    found = [one["metadata"]["name"] for one in of(overlay, "StatefulSet")]
    assert found == (["redis"] if overlay == "small" else [])
    for one in of(overlay, "StatefulSet"):
        (claim,) = one["spec"]["volumeClaimTemplates"]
        (container,) = one["spec"]["template"]["spec"]["containers"]
        assert {"name": claim["metadata"]["name"], "mountPath": "/data"} in container["volumeMounts"]
        # Twice maxmemory, as in the compose file.
        assert container["resources"]["limits"]["memory"] == "2Gi"
    secrets = [one.get("env", ()) for pod in roles(overlay).values() for one in pod["spec"]["containers"]]
    assert all(bool(one) == (overlay == "large") for one in secrets)


def test_workers_follow_the_backlog() -> None:
    """The scaler counts the key in which every article without a fate stands, and nothing else sets the count."""
    scaled = named("large", "ScaledObject", "worker")["spec"]
    assert scaled["scaleTargetRef"]["name"] == "worker"
    (trigger,) = scaled["triggers"]
    assert trigger["metadata"]["listName"] == Keys().outbox
    assert int(trigger["metadata"]["listLength"]) == 10 * Settings().batch_pages
    assert "replicas" not in named("large", "Deployment", "worker")["spec"]
    given = named("large", "TriggerAuthentication", trigger["authenticationRef"]["name"])["spec"][
        "secretTargetRef"
    ]
    assert {one["parameter"] for one in given} == {"address", "password"}


def test_every_role_is_scraped() -> None:
    """The monitor finds the pods by the label that all roles have and Redis has not, on the port that they name."""
    spec = named("large", "PodMonitor", "dateline")["spec"]
    ((key, operator),) = ((one["key"], one["operator"]) for one in spec["selector"]["matchExpressions"])
    assert operator == "Exists"
    assert all(key in pod["metadata"]["labels"] for pod in roles("large").values())
    (endpoint,) = spec["podMetricsEndpoints"]
    ports = {
        port["name"] for pod in roles("large").values() for port in pod["spec"]["containers"][0]["ports"]
    }
    assert ports == {endpoint["port"]}


def test_every_overlay_is_looked_at() -> None:
    """No overlay is left out of these tests."""
    assert sorted(path.name for path in Path(KUBERNETES / "overlays").iterdir()) == sorted(OVERLAYS)
