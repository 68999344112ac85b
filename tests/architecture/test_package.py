"""What a wheel carries: every table, model and script that the code reads."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("dateline", "services", "workers")


def test_every_data_file_is_shipped():
    """No file beside the code is left out of the wheel: a checkout would work, and an installation would not."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    shipped = {
        path
        for package, patterns in listed.items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    files = {
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md")
    }
    assert files
    assert sorted(str(path.relative_to(ROOT)) for path in files - shipped) == []
