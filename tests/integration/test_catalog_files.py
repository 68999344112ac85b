"""The catalog files on a real Redis: kept in step while the wire runs, and never half."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from command import dateline, lines
from live import until
from make import NOW
from prometheus_client import REGISTRY

from dateline import catalog_files
from dateline.errors import Misconfigured
from dateline.feeds.catalog import feed_id
from dateline.model import Feed, HostRule
from dateline.store.door import Store
from dateline.store.files_note import FilesNotes
from services.keeper.files import CatalogFiles

pytestmark = pytest.mark.integration

A, B, C = (f"https://{name}.test/rss" for name in "abc")


class Files:
    """Two catalog files, and the keeper's look at them."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.list, self.toml = store, folder / "feeds.txt", folder / "feeds.toml"
        self.changes = 0
        self.write(f"{A}\n{B}\n", "")
        self.notes = FilesNotes(store.client, store.keys)
        self.keeper = self.new_keeper()

    def new_keeper(self) -> CatalogFiles:
        return CatalogFiles((self.list, self.toml), self.store.catalog, self.notes, lambda: NOW)

    def write(self, urls: str | None = None, toml: str | None = None) -> None:
        self.changes += 1
        for file, text in ((self.list, urls), (self.toml, toml)):
            if text is not None:
                file.write_text(text)
                os.utime(file, (1_000_000 + self.changes, 1_000_000 + self.changes))

    def look(self, times: int = 2) -> list[str]:
        for _ in range(times):
            self.keeper.look()
        return [row.feed.url for row in self.store.catalog.rows()]

    def refused(self) -> float:
        return REGISTRY.get_sample_value("dateline_rejected_total", {"reason": "setting"}) or 0.0


@pytest.fixture
def files(store: Store, tmp_path: Path) -> Files:
    return Files(store, tmp_path)


def test_the_first_look_fills_the_catalog(files: Files) -> None:
    """Before the first look nothing was read, so there is nothing to wait for."""
    assert files.look(1) == [A, B]
    note = files.notes.get()
    assert note is not None
    assert (note.feeds, note.trouble) == (2, "")


def test_a_change_is_followed_once_it_has_settled(files: Files) -> None:
    """Added, changed, removed; a file that changed since the last look may still be written."""
    files.look(1)
    files.write(
        f"{A}\n{C}\n", f'[[feed]]\nurl = "{A}"\ncountry = "KE"\n[[host]]\nhost = "a.test"\ndelay_s = 3\n'
    )
    assert files.look(1) == [A, B]
    assert files.look(1) == [A, C]
    assert files.store.catalog.rows()[0].feed.country == "KE"
    assert files.store.catalog.hosts() == {"a.test": HostRule(delay_s=3.0)}
    files.write(toml="")
    files.look()
    assert files.store.catalog.rows()[0].feed.country is None
    assert files.store.catalog.hosts() == {}


def test_feeds_added_by_hand_stay(files: Files) -> None:
    """The files own what they added, and nothing else."""
    files.look()
    files.store.catalog.put([Feed(id=feed_id(C), url=C)], NOW)
    files.write(f"{A}\n")
    assert files.look() == [A, C]


@pytest.mark.parametrize(
    ("urls", "toml", "words"),
    [
        ("", None, "feeds.txt lists no feeds"),
        ("# all gone\n", None, "feeds.txt lists no feeds"),
        ("<opml><body>", None, "feeds.txt: "),
        (
            None,
            '[[feed]]\nurl = "https://a.test/rss"\nspeed = 1\n',
            "feeds.toml: [[feed]] 1 (https://a.test/rss)",
        ),
    ],
)
def test_a_broken_file_changes_nothing_and_is_told_once(
    files: Files, caplog: pytest.LogCaptureFixture, urls: str | None, toml: str | None, words: str
) -> None:
    """Logged once and counted once per change, noted for the doctor; mended, it is followed again."""
    files.look()
    before = files.refused()
    files.write(urls, toml)
    assert files.look(6) == [A, B]
    assert files.refused() == before + 1
    assert len([one for one in caplog.records if one.levelname == "ERROR"]) == 1
    note = files.notes.get()
    assert note is not None
    assert words in note.trouble
    files.write(f"{A}\n", "")
    assert files.look() == [A]
    note = files.notes.get()
    assert note is not None
    assert note.trouble == ""


def test_a_file_that_is_gone_changes_nothing(files: Files) -> None:
    """An editor that moves files about must not empty the catalog."""
    files.look()
    files.list.unlink()
    assert files.look(4) == [A, B]
    files.write(f"{B}\n")
    assert files.look() == [B]


def test_a_keeper_without_files_leaves_the_catalog(files: Files, store: Store) -> None:
    """DATELINE_FEEDS emptied: what files listed stays, and the note on them goes."""
    files.look()
    CatalogFiles((), store.catalog, files.notes, lambda: NOW + timedelta(hours=1)).look()
    assert [row.feed.url for row in store.catalog.rows()] == [A, B]
    assert files.notes.get() is None


def test_a_second_keeper_finds_nothing_to_do(files: Files) -> None:
    """Any number of keepers may name the same files: the catalog is the same afterwards."""
    files.look()
    files.keeper = files.new_keeper()
    assert files.look() == [A, B]


def test_the_setting_names_files_by_their_full_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the working folder of the keeper; commas part one file from the next."""
    monkeypatch.chdir(tmp_path)
    assert (
        catalog_files.setting(["a.opml, b.toml", "/c.txt"]) == f"{tmp_path}/a.opml,{tmp_path}/b.toml,/c.txt"
    )
    assert catalog_files.paths("") == ()
    with pytest.raises(Misconfigured, match=r"cannot read .*a\.opml"):
        catalog_files.read(catalog_files.paths("a.opml"))


def test_the_doctor_tells_of_a_broken_file(files: Files, store: Store) -> None:
    """What the keeper refused stands there in words, and the exit code says that something is wrong."""
    files.look()
    good = lines(dateline("doctor", "--json", DATELINE_REDIS_URL=store.url).stdout)
    assert [one["ok"] for one in good if one["check"] == "files"] == [True]
    files.write(toml="[[feed]\n")
    files.look()
    told = [
        one
        for one in lines(dateline("doctor", "--json", DATELINE_REDIS_URL=store.url).stdout)
        if not one["ok"]
    ]
    assert [one["check"] for one in told] == ["files"]
    assert "feeds.toml" in told[0]["detail"]


def test_the_doctor_tells_of_missing_secrets(files: Files, store: Store, tmp_path: Path) -> None:
    """Where the folder is named, each secret that a feed asks for must lie in it."""
    files.write(toml=f'[[feed]]\nurl = "{A}"\nheaders = {{ X-Key = "secret:a-key" }}\n')
    files.look()
    settings = {"DATELINE_REDIS_URL": store.url, "DATELINE_SECRETS_DIR": str(tmp_path)}
    told = {one["check"]: one for one in lines(dateline("doctor", "--json", **settings).stdout)}
    assert not told["secrets"]["ok"]
    assert "a-key" in told["secrets"]["detail"]
    (tmp_path / "a-key").write_text("hush")
    told = {one["check"]: one for one in lines(dateline("doctor", "--json", **settings).stdout)}
    assert told["secrets"]["ok"]


def test_the_keeper_process_follows_its_files(files: Files, store: Store) -> None:
    """`python -m services.keeper` reads DATELINE_FEEDS, and goes on when a file breaks."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environ = plain | {
        "DATELINE_REDIS_URL": store.url,
        "DATELINE_METRICS_PORT": "0",
        "DATELINE_FEEDS": f"{files.list},{files.toml}",
    }

    def urls() -> list[str]:
        return [row.feed.url for row in store.catalog.rows()]

    with subprocess.Popen([sys.executable, "-m", "services.keeper"], env=environ) as process:
        try:
            until(lambda: urls() == [A, B], 20, "the files are read at start")
            files.write(toml="[[feed]\n")
            until(lambda: bool((note := files.notes.get()) and note.trouble), 20, "the broken file is told")
            files.write(f"{C}\n", "")
            until(lambda: urls() == [C], 20, "the change is followed")
            process.terminate()
            assert process.wait(10) == 0
        finally:
            process.kill()


def test_a_wire_with_a_broken_file_does_not_start(tmp_path: Path) -> None:
    """`up` and `keep` say what is wrong, where, and end with 2 before anything runs."""
    file = tmp_path / "feeds.toml"
    file.write_text('[[feed]]\nurl = "https://a.test/rss"\nheaders = { Authorization = "Bearer hush" }\n')
    for words in (("up", "--feeds", str(file)), ("keep",)):
        done = dateline(*words, DATELINE_DATA_DIR=str(tmp_path / "var"), DATELINE_FEEDS=str(file))
        assert done.returncode == 2
        assert "headers.Authorization" in done.stderr
        assert "hush" not in done.stderr
    assert not (tmp_path / "var").exists()
    mixed = dateline("up", "--feeds", "sample", "--feeds", str(file), DATELINE_DATA_DIR=str(tmp_path / "var"))
    assert (mixed.returncode, "alone" in mixed.stderr) == (2, True)
