"""The settings: what is not known or no number stops at start, in words."""

from pathlib import Path

import msgspec
import pytest

from dateline.errors import Misconfigured, Reason
from dateline.settings import Settings, from_environment


def test_nothing_set_gives_the_defaults() -> None:
    """An empty environment runs; so does one full of other people's variables."""
    assert from_environment({}) == Settings()
    assert (
        from_environment({"PATH": "/bin", "REDIS_URL": "redis://elsewhere", "dateline_workers": "9"})
        == Settings()
    )


def test_the_defaults_are_the_documented_ones() -> None:
    """The figures that faults and costs were measured with."""
    default = Settings()
    assert (default.overdue_s, default.max_attempts, default.batch_pages) == (15, 3, 25)
    assert (default.lease_s, default.page_deadline_s, default.parse_deadline_s) == (20, 30.0, 10.0)
    assert (default.page_max_bytes, default.feed_max_bytes) == (5_000_000, 10_000_000)
    assert (default.index_days, default.retention_days) == (30, 90)
    assert (default.pause_memory_share, default.pause_outbox_s) == (0.7, 600)
    assert (default.redis_url, default.allow_addresses) == ("", "")


def test_each_variable_sets_its_field() -> None:
    """DATELINE_X_Y is x_y, with its type."""
    given = from_environment(
        {
            "DATELINE_WORKERS": "5",
            "DATELINE_PAGE_DEADLINE_S": "2.5",
            "DATELINE_HOST_DELAY_S": "0",
            "DATELINE_REDIS_URL": "redis://r:6379/1",
        }
    )
    assert (given.workers, given.page_deadline_s, given.host_delay_s) == (5, 2.5, 0.0)
    assert given.redis_url == "redis://r:6379/1"


def test_every_setting_can_be_given_as_text() -> None:
    """What one process writes into the environment of the next comes back the same."""
    chosen = Settings(workers=7, page_deadline_s=1.5, prefix="x:")
    written = {
        f"DATELINE_{name.upper()}": str(value) for name, value in msgspec.structs.asdict(chosen).items()
    }
    assert from_environment(written) == chosen


@pytest.mark.parametrize(
    "name", ["DATELINE_WORKER", "DATELINE_", "DATELINE_REDIS__URL", "DATELINE_API_TOKEN"]
)
def test_an_unknown_variable_is_refused_by_name(name: str) -> None:
    """A misspelt setting never passes in silence."""
    with pytest.raises(Misconfigured, match=f"unknown setting {name}") as caught:
        from_environment({name: "1"})
    assert caught.value.reason is Reason.SETTING


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATELINE_WORKERS", "many"),
        ("DATELINE_WORKERS", ""),
        ("DATELINE_WORKERS", "2.5"),
        ("DATELINE_PAGE_DEADLINE_S", "30s"),
        ("DATELINE_OVERDUE_S", "0x10"),
    ],
)
def test_what_is_no_number_is_refused(name: str, value: str) -> None:
    """The error names the setting, so that one knows where to look."""
    with pytest.raises(Misconfigured, match=name.removeprefix("DATELINE_").lower()):
        from_environment({name: value})


def test_settings_do_not_change() -> None:
    """One object is read at start and handed on; nobody writes to it."""
    with pytest.raises(AttributeError):
        Settings().workers = 3  # type: ignore[misc]  # that it is refused is the point


def test_the_data_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is the same folder in every process, wherever that one was started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert Settings().data_path() == (tmp_path / "var").resolve()
    assert Settings(data_dir="~/wire").data_path() == (tmp_path / "home" / "wire").resolve()
