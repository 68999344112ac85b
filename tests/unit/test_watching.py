"""The watch list of a worker that runs: read at start, read again when it changes, never made worse by a mistake."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from make import NOW
from prometheus_client import REGISTRY

from dateline import watch_file
from dateline.errors import Misconfigured
from dateline.settings import Settings
from workers.watching import LOOK_S, WatchList


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "watch.toml"
    write(made, "One")
    return made


def write(file: Path, *names: str) -> None:
    """Put another file in its place, as editors do."""
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(f'[[watch]]\nname = "{name}"\n' for name in names), "utf-8")
    fresh.replace(file)


def names(watching: WatchList) -> list[str]:
    return [rule.name for rule in watching.rules().watches]


def refusals() -> float:
    return REGISTRY.get_sample_value("dateline_rejected_total", {"reason": "setting"}) or 0.0


def test_a_change_is_read_at_the_next_look(file: Path, clock: Clock) -> None:
    """Until the look is due the old rules stand; then the new ones do."""
    watching = WatchList(file, clock)
    write(file, "One", "Two")
    assert names(watching) == ["One"]
    clock.wait(LOOK_S)
    assert names(watching) == ["One", "Two"]


def test_a_broken_file_keeps_the_old_rules(
    file: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told and counted once, not at each look; when it is mended, it is read."""
    watching, before = WatchList(file, clock), refusals()
    file.write_text('[[watch]]\nname = "Two"\ncountrys = ["ML"]\n', "utf-8")
    for _ in range(3):
        clock.wait(LOOK_S)
        assert names(watching) == ["One"]
    assert refusals() == before + 1
    (told,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert "did you mean 'countries'?" in told.detail
    write(file, "Two")
    clock.wait(LOOK_S)
    assert names(watching) == ["Two"]


def test_a_file_that_goes_away_keeps_the_old_rules(file: Path, clock: Clock) -> None:
    """A volume that is unmounted for a moment must not silence the desk."""
    watching = WatchList(file, clock)
    file.unlink()
    clock.wait(LOOK_S)
    assert names(watching) == ["One"]


def test_a_broken_file_stops_the_start(file: Path, clock: Clock) -> None:
    """At the start there are no old rules: a worker that would watch for nothing does not run."""
    file.write_text("[[watch]]\n", "utf-8")
    with pytest.raises(Misconfigured, match="name is missing"):
        WatchList(file, clock)
    with pytest.raises(Misconfigured, match="cannot read"):
        WatchList(file.with_name("absent.toml"), clock)


def test_without_a_file_nothing_is_watched(clock: Clock) -> None:
    """No list, no rules, no look at any file."""
    watching = WatchList(None, clock)
    clock.wait(LOOK_S)
    assert names(watching) == []


def test_the_file_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting decides; nothing set means deploy/watch.toml where it is there; set to nothing means none."""
    monkeypatch.chdir(tmp_path)
    assert watch_file.found(Settings(), {}) is None
    (tmp_path / "deploy").mkdir()
    write(tmp_path / "deploy/watch.toml", "Default")
    write(tmp_path / "own.toml", "Own")
    assert watch_file.found(Settings(), {}) == Path("deploy/watch.toml")
    assert watch_file.found(Settings(), {"DATELINE_WATCH": ""}) is None
    assert watch_file.found(Settings(watch="own.toml"), {"DATELINE_WATCH": "own.toml"}) == Path("own.toml")
    chosen = watch_file.chosen(Settings(), {})
    assert chosen.watch == os.fspath(tmp_path / "deploy/watch.toml")
    assert watch_file.chosen(Settings(), {"DATELINE_WATCH": ""}).watch == ""
    with pytest.raises(Misconfigured, match=r"cannot read .*absent"):
        watch_file.chosen(Settings(watch="absent.toml"), {"DATELINE_WATCH": "absent.toml"})


def test_actors_that_we_do_not_know_are_told(file: Path) -> None:
    """A name that is sought by its words alone may be misspelt: `dateline doctor` says which."""
    file.write_text('[[watch]]\nname = "W"\nactors = ["ISWAP", "Army of Lamps"]\n', "utf-8")
    (said,) = watch_file.unknown_actors(watch_file.read(file))
    assert said.startswith("W: 'Army of Lamps' is not in our list of actors")
