"""deploy/compose.yaml as the tests need it: services, what each runs, with which environment and files.

Owns reading. Refuses to know the roles: what a service runs is what the file says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose.yaml"

_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<rest>[^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service: ``row`` is all that the file says of it."""

    name: str
    row: Mapping[str, Any]

    @property
    def words(self) -> list[str]:
        """What is run: entry point and command; the entry point of our image is `dateline`."""
        entry = self.row.get("entrypoint", ["dateline"] if self.ours else [])
        return [*entry, *self.row.get("command", [])]

    @property
    def ours(self) -> bool:
        return str(self.row["image"]).startswith("dateline:")

    @property
    def environment(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.row.get("environment", {}).items()}

    @property
    def replicas(self) -> int:
        return int(self.row["deploy"].get("replicas", 1))

    @property
    def binds(self) -> list[tuple[Path, str]]:
        """Files and folders of this machine, and where the container sees them."""
        found = (one.split(":") for one in self.row.get("volumes", ()))
        return [((DEPLOY / parts[0]).resolve(), parts[1]) for parts in found if parts[0][0] in "./"]


def interpolated(value: Any, given: Mapping[str, str]) -> Any:
    """Put variables in, as compose does; one that must be given and is not raises KeyError with its message."""

    def put(found: re.Match[str]) -> str:
        if given.get(found["name"]):
            return given[found["name"]]
        if found["how"] == "?":
            raise KeyError(found["rest"])
        return found["rest"] or ""

    if isinstance(value, str):
        return _VARIABLE.sub(put, value)
    if isinstance(value, list):
        return [interpolated(one, given) for one in value]
    if isinstance(value, dict):
        return {name: interpolated(one, given) for name, one in value.items()}
    return value


def document(**given: str) -> dict[str, Any]:
    """The whole file, with the variables that it asks for."""
    read = yaml.safe_load(COMPOSE.read_text("utf-8"))
    found: dict[str, Any] = interpolated(read, {"GRAFANA_PASSWORD": "secret", **given})
    return found


def services(**given: str) -> dict[str, Service]:
    return {name: Service(name, row) for name, row in document(**given)["services"].items()}
