"""`dateline up` as a person sees it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command import COMMAND, dateline, environment, lines
from live import until

pytestmark = pytest.mark.integration


def test_a_wire_whose_feeds_all_fail_says_so(tmp_path: Path) -> None:
    """A silent wire does not look like a quiet day: it names the reason and where to look."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        feeds = tmp_path / "feeds.txt"
        feeds.write_text(f"http://{address}/feed.xml\n")
        environ = {
            "PATH": "/usr/bin:/bin",
            "DATELINE_DATA_DIR": str(tmp_path / "var"),
            "DATELINE_METRICS_PORT": "0",
            "DATELINE_ALLOW_ADDRESSES": address,
        }
        command = [sys.executable, "-m", "dateline", "up", "--feeds", str(feeds), "--workers", "1"]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.PIPE, text=True) as up:
            assert up.stdout
            told = next((line for line in up.stdout if "could be polled" in line), "")
            up.send_signal(signal.SIGINT)
            up.stdout.read()
            assert up.wait(30) == 0
    assert "None of the 1 feeds could be polled (connect)" in told


def test_a_wire_follows_its_catalog_files(tmp_path: Path) -> None:
    """Several --feeds are one catalog before polling begins; a file that changes is followed without a restart."""
    listed, rows = tmp_path / "feeds.txt", tmp_path / "feeds.toml"
    listed.write_text("http://127.0.0.1:9/a.xml\n")
    rows.write_text('[[feed]]\nurl = "http://127.0.0.1:9/b.xml"\ncountry = "KE"\n')
    settings = {"DATELINE_DATA_DIR": str(tmp_path / "var")}

    def urls() -> list[str]:
        told = dateline("feeds", "list", "--json", **settings).stdout
        return [row["feed"]["url"].rpartition("/")[2] for row in lines(told)]

    command = [*COMMAND, "up", "--feeds", str(listed), "--feeds", str(rows), "--workers", "1"]
    with subprocess.Popen(command, env=environment(**settings), stdout=subprocess.PIPE, text=True) as up:
        try:
            assert up.stdout
            assert up.stdout.readline().startswith("Dateline watches 2 feeds")
            assert urls() == ["a.xml", "b.xml"]
            listed.write_text("http://127.0.0.1:9/c.xml\n")
            until(lambda: urls() == ["b.xml", "c.xml"], 20, "the change is followed")
            up.send_signal(signal.SIGINT)
            up.stdout.read()
            assert up.wait(30) == 0
        finally:
            up.kill()
