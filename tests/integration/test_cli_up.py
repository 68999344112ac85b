"""`dateline up` as a person sees it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

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
