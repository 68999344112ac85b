"""Fixtures that more than one folder of tests uses: a real Redis, and a clean prefix in it."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from dateline.settings import Settings
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a real Redis that lives as long as the test session."""
    with (
        tempfile.TemporaryDirectory(prefix="dateline-test-") as folder,
        EmbeddedRedis(Path(folder)) as server,
    ):
        yield server.url


@pytest.fixture
def settings(redis_url: str) -> Settings:
    return Settings(redis_url=redis_url, metrics_port=0)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A store on an empty Redis."""
    opened = open_store(settings)
    opened.client.flushall()
    yield opened
    opened.close()
