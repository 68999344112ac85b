"""Eight processes settle sets of twins at once, round after round: one original each, whoever comes first."""

import multiprocessing
import random
from collections import Counter
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

import msgspec
import pytest
from coded import mention, result
from make import NOW, feed, page

from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import Place, When
from dateline.settings import Settings
from dateline.settlement import PageResult
from dateline.store.door import Store, open_store
from dateline.store.feeds import UNPACED
from dateline.store.ledger import Outcome

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(240)]

PROCESSES, ROUNDS = 8, 25
KINDS = ("same text", "same address", "reprints")
PLACES = (
    ("Tadmur", "Syria", "SY", 34.56, 38.28),
    ("Baidoa", "Somalia", "SO", 3.11, 43.65),
    ("Goma", "DRC", "CD", -1.68, 29.22),
)


def number(kind: int, member: int) -> int:
    return 100 * (kind + 1) + member


def story(draw: random.Random) -> list[str]:
    """Sentences of made-up words."""
    parts = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]
    words = ["".join(draw.choices(parts, k=draw.randrange(2, 4))) for _ in range(260)]
    return [" ".join(words[at : at + 13]).capitalize() + "." for at in range(0, len(words), 13)]


def twin(round_: int, kind: int, member: int) -> PageResult:
    """One article of a set: its incident is the set's, its text is told anew in each round."""
    sentences = story(random.Random(f"{round_} {kind}"))
    draw = random.Random(f"{round_} {kind} {member}")
    if KINDS[kind] != "same text":
        sentences = sentences[: len(sentences) - draw.randrange(5)]
        del sentences[draw.randrange(len(sentences))]
        sentences.insert(draw.randrange(len(sentences)), story(draw)[0])
    name, country, iso2, lat, lon = PLACES[kind]
    day = NOW.date() - timedelta(days=kind)
    told = mention(
        number(kind, member),
        7,
        date=When(start=day, end=day, precision=1),
        place=Place(name=name, country=country, iso2=iso2, lat=lat, lon=lon, geo_precision=1),
    )
    aliases = (f"address{kind:09x}",) if KINDS[kind] == "same address" else ()
    return result(number(kind, member), told, text=" ".join(sentences), aliases=aliases)


def settle(store: Store, read: PageResult) -> int:
    """Settle as a worker does; returns how often it had to be judged anew."""
    assert read.fingerprint
    for again in range(100):
        seen = store.ledger.look_up(
            read.article_id, read.fingerprint, read.aliases, wanted_blocks(read, NOW), NOW
        )
        settled = store.ledger.settle(plan(read, seen, NOW), read.fingerprint, seen, NOW)
        if settled.outcome is Outcome.SETTLED:
            return again
        assert settled.outcome is Outcome.CONTENDED, settled
    raise AssertionError("never settled")


def work(url: str, member: int, gate: Barrier, told: Connection) -> None:
    """One process: a member of each set in each round, in an order of its own."""
    store = open_store(Settings(redis_url=url, metrics_port=0))
    again = 0
    for round_ in range(ROUNDS):
        twins = [twin(round_, kind, member) for kind in range(len(KINDS))]
        random.Random(member + round_).shuffle(twins)
        gate.wait(60)
        again += sum(settle(store, one) for one in twins)
        gate.wait(60)
    told.send(again)


def accept_all(store: Store) -> None:
    store.client.flushall()
    store.catalog.put([feed()], NOW)
    (claim,) = store.feeds.claim("me", NOW, 10, 20, UNPACED)
    pages = [page(number(kind, member)) for kind in range(len(KINDS)) for member in range(PROCESSES)]
    assert store.feeds.accept(claim, pages, NOW) == len(pages)


def fields(store: Store, kind: int, member: int) -> dict[str, str]:
    told = store.incidents.article(f"{number(kind, member):016x}")
    assert told
    return told.fields


def check(store: Store) -> None:
    fates = store.incidents.fates()
    entries = fates.pop("entries")
    assert entries == sum(fates.values()) == len(KINDS) * PROCESSES
    assert store.outbox.depths().outbox == 0
    incidents = set()
    for kind, name in enumerate(KINDS):
        twins = {f"{number(kind, member):016x}": fields(store, kind, member) for member in range(PROCESSES)}
        originals = [one for one, told in twins.items() if told["disposition"] == "novel"]
        assert len(originals) == 1, (name, Counter(told["disposition"] for told in twins.values()))
        assert {told["of"] for one, told in twins.items() if one not in originals} == set(originals), name
        (incident,) = {told["incidents"] for told in twins.values()}
        incidents.add(incident)
    assert len(incidents) == len(KINDS)
    opened = [msgspec.json.decode(data)["event"] for _, data in store.incidents.events("0", count=1000)]
    assert opened.count("opened") == len(KINDS)


def test_twins_settled_at_once_have_one_original(store: Store, redis_url: str) -> None:
    """Of eight articles with the same text, under one address, or reprinted with changes, settled by eight processes at
    once, one is the original; all others point at it and stand in its one incident; none is lost."""
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(PROCESSES + 1)
    ends: list[Any] = [context.Pipe(duplex=False) for _ in range(PROCESSES)]
    workers = [
        context.Process(target=work, args=(redis_url, member, gate, ends[member][1]), daemon=True)
        for member in range(PROCESSES)
    ]
    for one in workers:
        one.start()
    try:
        for _ in range(ROUNDS):
            accept_all(store)
            gate.wait(90)
            gate.wait(90)
            check(store)
        again = sum(reader.recv() for reader, _ in ends if reader.poll(30))
        assert again > ROUNDS, "hardly any two met"
    finally:
        gate.abort()
        for one in workers:
            one.kill()
            one.join(10)
