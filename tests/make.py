"""Builders: one line in a test for one thing of the domain, with everything else as usual."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from dateline.incidents.record import Actor, Actors, Count, Incident, Place, Toll, When
from dateline.model import Entry, Feed, Page
from dateline.resemblance import Fingerprint

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def feed(number: int = 1, **fields: Any) -> Feed:
    return msgspec.structs.replace(Feed(id=f"feed{number}", url=f"http://feeds.test/{number}.xml"), **fields)


def entry(number: int = 1, **fields: Any) -> Entry:
    made = Entry(
        guid=f"guid-{number}",
        url=f"http://news.test/story-{number}",
        title=f"Story {number}",
        summary="A short summary of the story.",
        published_at=NOW,
    )
    return msgspec.structs.replace(made, **fields)


def page(number: int = 1, **fields: Any) -> Page:
    made = Page(
        article_id=f"{number:016x}",
        feed_id="feed1",
        entry=entry(number),
        url=f"http://news.test/story-{number}",
        body=b"<html><body><p>Text.</p></body></html>",
        content_type="text/html; charset=utf-8",
        accepted_at=NOW,
    )
    return msgspec.structs.replace(made, **fields)


def fingerprint(seed: int = 1, *, same_keys: int = 0) -> Fingerprint:
    """A fingerprint of its own, or one that shares its first keys with every other such."""
    keys = tuple(number if number < same_keys else seed * 1000 + number for number in range(20))
    return Fingerprint(
        exact=seed.to_bytes(16, "little"), sketch=bytes([seed % 256]) * 128, keys=keys, words=200
    )


def incident(number: int = 1, **fields: Any) -> Incident:
    made = Incident(
        id=f"SY-20260311-{number:08x}",
        class_="fresh",
        confidence=0.8,
        event_type="Battles",
        sub_event_type="Armed clash",
        disorder_type="Political violence",
        date=When(start=NOW.date(), end=NOW.date(), precision=1),
        place=Place(name="Tadmur", country="Syria", iso2="SY", lat=34.5624, lon=38.284, geo_precision=1),
        actors=Actors(perpetrator=(Actor(name="Islamic State", id="IS"),)),
        toll=Toll(killed=Count(min=7, max=7)),
    )
    return msgspec.structs.replace(made, **fields)
