"""Streams of mentions of our own: which incidents become one, which part, and which never do."""

import tomllib
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from coded import mention, prose, result
from make import NOW
from msgspec.structs import replace
from wire_world import World

from dateline.incidents.record import Actor, Actors, Count, Evidence, Incident, Place, Toll, When

STREAMS = tomllib.loads((Path(__file__).parent / "lives_events.toml").read_text("utf-8"))["stream"]
PLACES = {
    "town": Place(
        name="Tadmur", country="Syria", iso2="SY", lat=34.5624, lon=38.284, geo_precision=1, geonameid=163915
    ),
    "far": Place(
        name="Aleppo", country="Syria", iso2="SY", lat=36.2, lon=37.16, geo_precision=1, geonameid=170063
    ),
    "province": Place(
        name="Homs", country="Syria", iso2="SY", lat=34.25, lon=37.7, geo_precision=3, radius_km=150.0
    ),
}
SIDES = {
    "front": Actor(name="Islamic Front", id="FRONT", kind="Rebel group"),
    "guard": Actor(name="Valley Guard", id="GUARD", kind="Political militia"),
    "army": Actor(name="Military Forces of Syria", id="SYR", kind="State forces"),
    "clan": Actor(name="Shammar Clan", id="CLAN", kind="Identity militia"),
}


def told(article: int, number: int, one: dict[str, Any]) -> Incident:
    seed = 100 * article + 10 * number + one["day"] + list(PLACES).index(one["place"])
    words = one.get("words") or " ".join(prose(seed).split()[2:14])
    start = 400 * number
    proof = Evidence(
        article=f"{article:016x}",
        start=start,
        end=start + len(words),
        text=words,
        supports=("event_type", "place", "date"),
    )
    day = date(2026, 3, one["day"])
    killed = one.get("killed")
    return replace(
        mention(article),
        place=PLACES[one["place"]],
        date=When(start=day, end=day, precision=1, text=f"March {one['day']}"),
        actors=Actors(
            perpetrator=(SIDES[one["who"]],) if "who" in one else (),
            target=(SIDES[one["whom"]],) if "whom" in one else (),
        ),
        toll=Toll(killed=Count(min=killed, max=killed) if killed else None),
        evidence=(proof,),
    )


def play(articles: list[dict[str, Any]]) -> World:
    world, versions = World(), {}
    for hour, one in enumerate(articles):
        number = ord(one["id"])
        versions[number] = versions.get(number, 0) + 1
        mentions = [told(number, place, each) for place, each in enumerate(one.get("mentions", [one]))]
        world.now = NOW + timedelta(hours=hour)
        world.settle(result(number, *mentions, version=versions[number]))
    return world


@pytest.mark.parametrize("stream", STREAMS, ids=[one["name"].replace(" ", "_") for one in STREAMS])
def test_a_stream_comes_to_what_is_written_down(stream: dict[str, Any]) -> None:
    """So many are open and merged; where the order is free, so many are open in every order."""
    world = play(stream["articles"])
    found = [one.record for one in world.incidents.values()]
    assert len(world.open()) == stream["open"]
    if "turns" in stream:
        assert sum(one.status == "merged" for one in found) == stream.get("merged", 0)
        assert sorted(step.event for one in found for step in one.history) == stream["turns"]
    if stream.get("any_order"):
        ends = {len(play(list(order)).open()) for order in permutations(stream["articles"])}
        assert ends == {stream["open"]}


def test_whatever_the_order_every_article_is_listed_where_its_event_stands() -> None:
    """No reference and no claim is lost by a merge, in any of the orders."""
    for stream in STREAMS:
        if not stream.get("any_order"):
            continue
        for order in permutations(stream["articles"]):
            listed = {ref.id for one in play(list(order)).open() for ref in one.articles}
            assert listed == {f"{ord(one['id']):016x}" for one in stream["articles"]}
