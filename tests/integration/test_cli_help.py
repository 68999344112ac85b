"""The shape of the command line: every command explains itself, exit codes say how it went."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from command import dateline
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from dateline import __version__
from dateline.cli import app
from dateline.incidents.record import json_schema

pytestmark = pytest.mark.integration


def commands(group: typer.main.TyperGroup, *words: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *words, name)
        else:
            yield (*words, name)


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    """Its help says what it does and shows an example that begins like the command itself."""
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Example:" in shown.output
    assert f"dateline {' '.join(words)}" in " ".join(shown.output.partition("Example:")[2].split())


def test_the_promised_commands_are_there() -> None:
    """The table of the guide, less what needs a service of its own."""
    names = {words[0] for words in COMMANDS}
    assert {"up", "poll", "work", "keep", "feeds", "tail", "why", "read", "code", "dedup"} <= names
    assert {"schema", "replay", "quarantine", "doctor", "version"} <= names
    assert {words[1] for words in COMMANDS if words[0] == "feeds"} >= {
        "list", "add", "remove", "import", "export", "check",
    }  # fmt: skip


def test_help_and_version_end_with_0() -> None:
    """Asking is no error; the version is the package's."""
    assert dateline("--help").returncode == 0
    assert dateline("feeds", "--help").returncode == 0
    assert dateline("version").stdout.strip() == __version__


def test_schema_prints_the_published_contract() -> None:
    """JSON Schema of the envelope, the same as the library gives."""
    import json

    done = dateline("schema")
    assert json.loads(done.stdout) == json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(json.loads(done.stdout))


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("feeds", "nonsense"),
        ("code", "/nowhere/at/all"),
        ("dedup", "/nowhere/at/all"),
        ("tail", "--since", "soon"),
        ("tail", "--since", "1h", "--from", "0"),
        ("quarantine", "retry"),
        ("quarantine", "drop", "--all", "0123456789abcdef"),
        ("replay", "/nowhere/at/all"),
        ("up", "--workers", "0"),
        ("feeds", "import", "/nowhere/at/all"),
        ("why",),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    """A wrong word, option or file: exit code 2 and a line on standard error, never a trace."""
    monkeypatch.setenv("DATELINE_REDIS_URL", redis_url)
    shown = CliRunner().invoke(app, list(words))
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert "Traceback" not in shown.stderr


def test_a_wrong_setting_ends_with_2(tmp_path: Path) -> None:
    """Misspelt, no number, or no wire to be found: in words."""
    misspelt = dateline("feeds", "list", DATELINE_REDIS="x")
    no_number = dateline("work", DATELINE_OVERDUE_S="soon")
    no_wire = dateline("tail", DATELINE_DATA_DIR=str(tmp_path))
    no_redis = dateline("why", "x", DATELINE_REDIS_URL="http://nowhere/")
    assert [one.returncode for one in (misspelt, no_number, no_wire, no_redis)] == [2, 2, 2, 2]
    assert "DATELINE_REDIS" in misspelt.stderr
    assert "overdue_s" in no_number.stderr
    assert "dateline up" in no_wire.stderr
    assert "DATELINE_REDIS_URL" in no_redis.stderr
    assert not any("Traceback" in one.stderr for one in (misspelt, no_number, no_wire, no_redis))


def test_a_redis_that_is_away_ends_with_1() -> None:
    """It was asked right, and failed: one line, no trace."""
    done = dateline("feeds", "list", DATELINE_REDIS_URL="redis://127.0.0.1:1/")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
