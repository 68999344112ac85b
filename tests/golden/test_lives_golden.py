"""Small streams of our own, read, coded and settled: what stands at the end, and how it came about."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from wire_world import World

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.lineage import origin
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident
from dateline.model import Article
from dateline.settlement import PageResult

START = datetime(2026, 3, 12, 9, tzinfo=UTC)
STREAMS = [
    stream
    for path in (Path(__file__).parent / name for name in ("lives_taken_back.toml", "lives_denials.toml"))
    for stream in tomllib.loads(path.read_text("utf-8"))["stream"]
]


def read(number: int, told: dict[str, Any], version: int, coder: Coder) -> PageResult:
    """Return what the worker's child would make of an article."""
    host = told["by"].lower().replace(" ", "")
    article = Article(
        id=told.get("as") or f"article{number}",
        url=f"http://{host}.test/story-{number}",
        title=told.get("title", ""),
        text=told["text"],
        publisher=told["by"],
        published_at=START + timedelta(hours=told.get("at", 0)),
        language="en",
    )
    return PageResult(
        article_id=article.id,
        version=version,
        article=article,
        fingerprint=fingerprint(article.text, article.title),
        coding=coder.code(article),
        origin=origin(article),
        accepted_at=article.published_at,
    )


def play(stream: dict[str, Any]) -> World:
    world, versions, coder = World(), {}, Coder.load()
    for number, told in enumerate(stream["articles"]):
        name = told.get("as") or f"article{number}"
        versions[name] = versions.get(name, 0) + 1
        made = read(number, told, versions[name], coder)
        world.now = made.article.published_at + timedelta(minutes=10)
        world.settle(made)
    return world


def records(world: World) -> list[Incident]:
    return [one.record for one in world.incidents.values()]


@pytest.mark.parametrize("stream", STREAMS, ids=[one["name"].replace(" ", "_") for one in STREAMS])
def test_a_stream_comes_to_what_is_written_down(stream: dict[str, Any]) -> None:
    """So many incidents are open, retracted and merged, after just these turns."""
    found = records(play(stream))
    told = [(one.sub_event_type, one.place and one.place.name, one.status) for one in found]
    for status in ("open", "retracted", "merged"):
        assert sum(one.status == status for one in found) == stream.get(status, 0), (status, told)
    assert sorted(step.event for one in found for step in one.history) == stream["turns"], told
    if "killed" in stream:
        killed = found[0].toll.killed
        assert [killed.min, killed.max] == stream["killed"]


def test_a_third_of_the_streams_are_look_alikes() -> None:
    """Merges, splits, retractions, denials, and look-alikes that must touch nothing."""
    assert len(STREAMS) >= 36
    assert len({one["name"] for one in STREAMS}) == len(STREAMS)
    assert sum(not one["turns"] for one in STREAMS) >= 12
