"""Incidents that merge, split, close and open again, from the poller's commit to the envelope, on a real Redis."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from coded import mention, result
from command import dateline
from make import NOW, feed, page
from msgspec.structs import replace
from worker_bench import Bench, at_work

from dateline.feeds.cadence import first_rhythm
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import (
    Actor,
    Actors,
    Count,
    Envelope,
    Evidence,
    Incident,
    Place,
    Retraction,
    Source,
    Toll,
    When,
    decode_envelope,
)
from dateline.model import FeedState
from dateline.settings import Settings
from dateline.settlement import PageResult
from dateline.store import pages
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.ledger import Outcome
from workers import reading

pytestmark = pytest.mark.integration

TADMUR = Place(
    name="Tadmur", country="Syria", iso2="SY", lat=34.5624, lon=38.284, geo_precision=1, geonameid=163915
)
PROVINCE = Place(
    name="Homs", country="Syria", iso2="SY", lat=34.25, lon=37.7, geo_precision=3, radius_km=150.0
)
ALEPPO = Place(
    name="Aleppo", country="Syria", iso2="SY", lat=36.2, lon=37.16, geo_precision=1, geonameid=170063
)
REBELS = Actors(perpetrator=(Actor(name="Islamic State", id="IS", kind="Rebel group"),))
ARMY = Actors(target=(Actor(name="Military Forces of Syria", id="SYR", kind="State forces"),))
WORDS = "The convoy of quarry lorries was burned beside the granite works while the drivers hid in a culvert"

LEDGER = "Fourteen names were chalked upon the granary ledger behind the bakery"


def told(number: int, killed: int, words: str, place: Place = TADMUR, actors: Actors = ARMY) -> Incident:
    day = date(2026, 3, 11)
    proof = Evidence(
        article=f"{number:016x}", start=0, end=len(words), text=words, supports=("event_type", "place")
    )
    made = mention(
        number,
        place=place,
        actors=actors,
        date=When(start=day, end=day, precision=1, text="Wednesday"),
        evidence=(proof,),
    )
    return replace(made, toll=Toll(killed=Count(min=killed, max=killed) if killed else None))


def said(name: str, number: int, version: int) -> PageResult:
    """What the page of that name says."""
    if name == "vague":
        return result(number, told(number, 0, WORDS, PROVINCE, REBELS), version=version)
    if name == "counted":
        return result(number, told(number, 14, f"{LEDGER} in Tadmur, says {number}"), version=version)
    if name == "both":
        sides = Actors(perpetrator=REBELS.perpetrator, target=ARMY.target)
        return result(number, told(number, 14, WORDS, TADMUR, sides), version=version)
    if name == "elsewhere":
        return result(number, told(number, 3, "three fell in Aleppo", ALEPPO), version=version)
    if name == "moved":
        there = told(number, 14, f"{LEDGER} in Tadmur, says {number}", ALEPPO)
        return result(number, there, version=version)
    made = result(number, version=version)
    place = ALEPPO if name == "no elsewhere" else TADMUR
    about = replace(told(number, 0, "no such thing", place), class_="background")
    proof = Evidence(
        article=f"{number:016x}", start=0, end=24, text="No such attack took place, police said."
    )
    taken = Retraction(
        kind="untrue", by=Source(name="police", kind="police or military"), said=proof, about=about
    )
    return replace(made, coding=replace(made.coding, retractions=(taken,)))


def tell(blob: bytes) -> bytes:
    stored = pages.decode(reading.asked_of(blob).page)
    return msgspec.msgpack.encode(said(stored.body.decode(), int(stored.article_id, 16), stored.version))


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    with at_work(store, settings, tell) as made:
        yield made


def settle(bench: Bench, number: int, name: str) -> None:
    """Acknowledge an article, or its next version, and let the worker end it."""
    store = bench.store
    store.catalog.put([feed()], bench.now)
    store.catalog.due_now(["feed1"], bench.now)
    (claim,) = store.feeds.claim("me", bench.now, 10, 20, UNPACED)
    made = page(number, body=name.encode(), accepted_at=bench.now)
    (stored,) = store.feeds.versions([made.article_id])
    assert store.feeds.accept(claim, [replace(made, version=stored + 1)], bench.now) == 1
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(bench.now)))], bench.now)
    bench.work(after_s=1)


def envelopes(store: Store) -> list[Envelope]:
    return [decode_envelope(data) for _, data in store.incidents.events("0", count=1000)]


def told_of(store: Store, number: int) -> list[str]:
    article = store.incidents.article(f"{number:016x}")
    assert article
    return article.fields["incidents"].split()


def merged(bench: Bench) -> tuple[str, str]:
    """Two incidents, and an article by which they are one; returns the survivor and the folded one."""
    for number, name in ((1, "vague"), (2, "counted"), (3, "both")):
        settle(bench, number, name)
    first, second = (one.incident.id for one in envelopes(bench.store)[:2])
    return first, second


def test_a_merge_is_published_once_and_leads_to_the_survivor(bench: Bench) -> None:
    """`updated` and `merged` in one commit; the folded record is readable, and whatever comes reaches the other."""
    survivor, folded = merged(bench)
    store = bench.store
    assert [(one.event, one.incident.id) for one in envelopes(store)] == [
        ("opened", survivor),
        ("opened", folded),
        ("updated", survivor),
        ("merged", folded),
    ]
    closed = store.incidents.get(folded)
    assert closed
    assert (closed.status, closed.merged_into, closed.version) == ("merged", survivor, 2)
    settle(bench, 4, "counted")
    assert told_of(store, 4) == [survivor]
    settle(bench, 2, "counted")
    assert told_of(store, 2) == [survivor]
    standing = store.incidents.get(survivor)
    assert standing
    assert len(standing.articles) == 4
    assert store.incidents.fates()["incident"] == 4


def test_replaying_a_merge_publishes_nothing(bench: Bench) -> None:
    """The same settlement committed again is known; the same article accepted again changes no incident."""
    merged(bench)
    before = [one.seq for one in envelopes(bench.store)]
    read = said("both", 3, 1)
    look_up = bench.store.ledger.look_up(read.article_id, read.fingerprint, (), wanted_blocks(read, NOW), NOW)
    again = bench.store.ledger.settle(plan(read, look_up, NOW), read.fingerprint, look_up, NOW)
    assert again.outcome is Outcome.ALREADY
    settle(bench, 3, "both")
    assert [one.seq for one in envelopes(bench.store)] == before


def test_a_merge_that_was_planned_before_one_of_the_two_changed_is_refused(bench: Bench) -> None:
    """Each version must still be the one that was judged; nothing is written then."""
    settle(bench, 1, "vague")
    settle(bench, 2, "counted")
    read, store = said("both", 3, 1), bench.store
    store.catalog.due_now(["feed1"], bench.now)
    (claim,) = store.feeds.claim("me", bench.now, 10, 20, UNPACED)
    assert store.feeds.accept(claim, [page(3, body=b"both", accepted_at=bench.now)], bench.now) == 1
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(bench.now)))], bench.now)
    look_up = store.ledger.look_up(read.article_id, read.fingerprint, (), wanted_blocks(read, NOW), NOW)
    settlement = plan(read, look_up, NOW)
    assert [one.event for one in settlement.changes] == ["updated", "merged"]
    later = replace(settlement.changes[1], expected_version=7)
    stale = replace(settlement, changes=(settlement.changes[0], later))
    before = len(envelopes(store))
    assert store.ledger.settle(stale, read.fingerprint, look_up, NOW).outcome is Outcome.CONTENDED
    assert len(envelopes(store)) == before
    assert store.ledger.settle(settlement, read.fingerprint, look_up, NOW).outcome is Outcome.SETTLED


def test_a_merge_of_what_was_merged_is_followed_to_its_end(bench: Bench) -> None:
    """Whoever asks for the first of a chain is led to the last."""
    survivor, folded = merged(bench)
    store = bench.store
    store.client.hset(store.keys.incident(survivor), "m", "SY-20260311-00000001")
    oldest = replace(store.incidents.get(survivor), id="SY-20260311-00000001")
    store.client.hset(
        store.keys.incident(oldest.id), mapping={"v": 9, "r": msgspec.json.encode(replace(oldest, version=9))}
    )
    read = said("counted", 5, 1)
    look_up = store.ledger.look_up(read.article_id, read.fingerprint, (), wanted_blocks(read, NOW), NOW)
    assert set(look_up.incidents) == {oldest.id}
    assert folded not in look_up.incidents


def test_a_revision_leaves_what_it_shared(bench: Bench) -> None:
    """Its own incident is opened, the shared one loses its word; later versions go on in the new one."""
    settle(bench, 1, "counted")
    settle(bench, 2, "counted")
    settle(bench, 1, "moved")
    opened, left = envelopes(bench.store)[-2:]
    if opened.event != "opened":
        opened, left = left, opened
    assert (opened.event, left.event) == ("opened", "updated")
    assert [ref.id for ref in left.incident.articles] == [f"{2:016x}"]
    assert {"articles", "history"} <= set(left.changed)
    assert [one.history[0].event for one in (opened.incident, left.incident)] == ["split", "split"]
    assert opened.incident.id in told_of(bench.store, 1)
    before = len(envelopes(bench.store))
    settle(bench, 1, "moved")
    assert len(envelopes(bench.store)) == before


def test_a_retraction_closes_and_another_report_opens_again(bench: Bench) -> None:
    """`retracted`, once, with the sentence; then `updated`, and `dateline why` and `tail` say it to people."""
    settle(bench, 1, "counted")
    settle(bench, 2, "false")
    settle(bench, 2, "false")
    settle(bench, 3, "counted")
    published = envelopes(bench.store)
    assert [one.event for one in published] == ["opened", "retracted", "updated"]
    closed, again = published[1].incident, published[2].incident
    assert (closed.status, closed.history[-1].article) == ("retracted", f"{2:016x}")
    assert (again.status, [one.event for one in again.history]) == ("open", ["retracted", "restored"])
    fates = bench.store.incidents.fates()
    assert fates["incident"] == 3


def test_people_are_told_of_merges_and_retractions(bench: Bench, settings: Settings) -> None:
    """`dateline why` names what became of the incident of an article, `dateline tail` why it was closed."""
    survivor, folded = merged(bench)
    where = {"DATELINE_REDIS_URL": settings.redis_url}
    shown = dateline("why", f"{2:016x}", **where).stdout
    assert f"merged into {survivor}" in shown
    assert folded in shown
    settle(bench, 8, "elsewhere")
    settle(bench, 9, "no elsewhere")
    shown = dateline("why", f"{8:016x}", **where).stdout
    assert "retracted" in shown
    assert "No such attack took place, police said." in shown
    tail = dateline("tail", "--from", "0", "--no-follow", **where).stdout.splitlines()
    assert [line[0] for line in tail] == list("●●○⇉●✗")
    assert f"goes on as {survivor}" in tail[3]
    assert "“No such attack took place, police said.”" in tail[5]
