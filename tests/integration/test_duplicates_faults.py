"""What damage, shortage and strangers do to duplicates on a real Redis: nothing is lost, nothing is told twice."""

import random
from pathlib import Path
from typing import Any

import pytest
from coded import mention, result
from make import NOW, feed, page

from dateline.errors import StoreUnavailable
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import Incident, Place
from dateline.model import Disposition, Fate
from dateline.settings import Settings
from dateline.settlement import PageResult, Settlement
from dateline.store.door import Store, open_store
from dateline.store.embedded import EmbeddedRedis
from dateline.store.ledger import Ledger, Outcome

pytestmark = pytest.mark.integration

HOMS = Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577)


_PARTS = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]


def prose(seed: int, words: int = 80) -> str:
    """A text of made-up words that no other seed has."""
    draw = random.Random(seed)
    made = ["".join(draw.choices(_PARTS, k=3)) for _ in range(words)]
    return " ".join(" ".join(made[at : at + 13]).capitalize() + "." for at in range(0, words, 13))


def name(number: int) -> str:
    return f"{number:016x}"


def accept(store: Store, numbers: range) -> None:
    store.catalog.put([feed()], NOW)
    claim = store.feeds.hold(feed(), "token")
    assert store.feeds.accept(claim, [page(number) for number in numbers], NOW) == len(numbers)


def settle(store: Store, read: PageResult, ledger: Ledger | None = None) -> Settlement:
    """Settle as a worker does."""
    room = ledger or store.ledger
    assert read.fingerprint
    seen = room.look_up(read.article_id, read.fingerprint, read.aliases, wanted_blocks(read, NOW), NOW)
    made = plan(read, seen, NOW)
    assert room.settle(made, read.fingerprint, seen, NOW).outcome is Outcome.SETTLED
    return made


def told(number: int, text: str, *mentions: Incident) -> PageResult:
    return result(number, *mentions, text=text)


def copy_of(number: int, seed: int) -> PageResult:
    """A copy of the text of a seed, with a line of its own."""
    return told(number, f"{prose(seed)} {prose(1000 + number, 8)}")


def content(store: Store) -> dict[bytes, bytes]:
    """All that stands in Redis, as it is stored."""
    keys: list[bytes] = sorted(store.client.keys("*"))
    return {key: store.client.dump(key) for key in keys}


def chunk(store: Store) -> str:
    (found,) = store.client.keys("*index:stubs:*")
    return str(found.decode())


def damage(store: Store, kind: str, draw: random.Random) -> None:
    client, index = store.client, store.keys.index_keys
    if kind == "single bytes of stubs":
        for _ in range(300):
            client.setrange(chunk(store), draw.randrange(8, 8000), draw.randbytes(1))
    elif kind == "all bytes of stubs":
        client.setrange(chunk(store), 8, draw.randbytes(20_000))
    elif kind == "stubs cut short":
        client.set(chunk(store), draw.randbytes(50))
    elif kind == "stubs gone":
        client.delete(chunk(store))
    elif kind == "the lists":
        for field, value in client.hgetall(index).items():
            if len(field) == 3:
                client.hset(index, field, draw.randbytes(len(value) + draw.randrange(-7, 8)))
    elif kind == "the state, of another version":
        client.hset(index, "s", draw.randbytes(32))
    else:
        client.hset(index, "s", draw.randbytes(40))


DAMAGES = (
    "single bytes of stubs",
    "all bytes of stubs",
    "stubs cut short",
    "stubs gone",
    "the lists",
    "the state, of another version",
    "the state",
)


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_index_forgets_and_goes_on(store: Store, kind: str) -> None:
    """Random bytes in the index cost the memory of copies, and no article its fate; what is filed later is found."""
    draw = random.Random(kind)
    accept(store, range(1, 81))
    for number in range(1, 21):
        settle(store, told(number, prose(number)))
    damage(store, kind, draw)
    for number in range(21, 61):
        settle(store, copy_of(number, number % 20 + 1))
    fates = store.incidents.fates()
    assert (fates["entries"], fates["irrelevant"] + fates.get("reprint", 0)) == (80, 60)
    settle(store, told(61, prose(61)))
    assert settle(store, copy_of(62, 61)).fate is Fate.REPRINT


@pytest.mark.parametrize("stored", ["the day after", "2026-03-12T09:00:00", "\0"])
def test_a_damaged_time_of_publication_is_unknown(store: Store, stored: str) -> None:
    """What stands there and is no instant with a time zone keeps no copy from its fate."""
    accept(store, range(1, 3))
    settle(store, told(1, prose(1)))
    store.client.hset(store.keys.article(name(1)), "published_at", stored)
    assert settle(store, copy_of(2, 1)).fate is Fate.REPRINT


def test_a_full_redis_writes_nothing_of_a_settlement(store: Store) -> None:
    """Without memory the commit is refused whole; with memory again the same commit goes through, once."""
    accept(store, range(1, 4))
    settle(store, told(1, prose(1), mention(1)))
    late = told(2, prose(2), mention(2, 3, place=HOMS))
    assert late.fingerprint
    seen = store.ledger.look_up(late.article_id, late.fingerprint, (), wanted_blocks(late, NOW), NOW)
    made = plan(late, seen, NOW)
    before = content(store)
    store.client.config_set("maxmemory", 1)
    try:
        with pytest.raises(StoreUnavailable):
            store.ledger.settle(made, late.fingerprint, seen, NOW)
        assert store.ledger.look_up(late.article_id, late.fingerprint, (), (), NOW).fate is None
    finally:
        store.client.config_set("maxmemory", "1gb")
    assert content(store) == before
    assert store.ledger.settle(made, late.fingerprint, seen, NOW).outcome is Outcome.SETTLED
    assert store.ledger.settle(made, late.fingerprint, seen, NOW).outcome is Outcome.ALREADY
    assert store.incidents.fates()["incident"] == 2


def spoilt(store: Store, made: Settlement) -> list[str]:
    """Keys that settling the article writes, and that hold something else."""
    (change,) = made.changes
    return [
        *(store.keys.block(one) for one in change.blocks),
        store.keys.fates,
        f"{store.keys.prefix}story:{made.story}",
        store.keys.article(made.article_id),
        store.keys.incident(change.incident.id),
    ]


def test_a_key_of_another_type_leaves_nothing_half_done(store: Store) -> None:
    """Whatever stands where a commit would write: it refuses before its first write, and nothing is published."""
    accept(store, range(1, 2))
    read = told(1, prose(1), mention(1))
    assert read.fingerprint
    seen = store.ledger.look_up(read.article_id, read.fingerprint, (), (), NOW)
    made = plan(read, seen, NOW)
    for spoiled in spoilt(store, made):
        kept = store.client.dump(spoiled)
        store.client.delete(spoiled)
        store.client.lpush(spoiled, "damaged")
        before = content(store)
        with pytest.raises(Exception, match="WRONGTYPE"):
            store.ledger.settle(made, read.fingerprint, seen, NOW)
        assert content(store) == before, spoiled
        store.client.delete(spoiled)
        if kept:
            store.client.restore(spoiled, 0, kept)
    assert store.ledger.settle(made, read.fingerprint, seen, NOW).outcome is Outcome.SETTLED


def test_scripts_that_are_flushed_are_sent_again(store: Store) -> None:
    """After SCRIPT FLUSH a look-up and a commit work, and copies are known."""
    accept(store, range(1, 4))
    settle(store, told(1, prose(1)))
    store.client.script_flush()
    assert settle(store, copy_of(2, 1)).fate is Fate.REPRINT
    store.client.script_flush()
    assert settle(store, told(3, prose(1))).fate is Fate.DUPLICATE


def test_copies_are_known_after_a_restart(tmp_path: Path) -> None:
    """The index is on disk as all else: the server comes back, and so does the original, with its story."""
    with EmbeddedRedis(tmp_path) as server:
        settings = Settings(redis_url=server.url, metrics_port=0)
        store = open_store(settings)
        accept(store, range(1, 4))
        settle(store, told(1, prose(1), mention(1)))
        settle(store, copy_of(2, 1))
        before = content(store).keys()
        server.stop()
        server.start()
        assert content(store).keys() == before
        again = settle(store, copy_of(3, 1))
        store.close()
    assert again.verdict
    assert (again.fate, again.verdict.of, again.story) == (Fate.REPRINT, name(1), name(1))


def test_a_small_index_loses_the_oldest_only(store: Store) -> None:
    """Bounded to 40 articles it holds at least 30 of the latest, and all that comes gets its fate."""
    small = Ledger(store.client, store.keys, index_articles=40)
    accept(store, range(1, 401))
    for number in range(1, 201):
        settle(store, told(number, prose(number)), small)
    found = [settle(store, copy_of(200 + number, number), small).fate for number in (200, 180, 5, 1)]
    assert found == [Fate.REPRINT, Fate.REPRINT, Fate.IRRELEVANT, Fate.IRRELEVANT]


def test_a_flood_of_copies_does_not_push_the_original_out(store: Store) -> None:
    """Three hundred pages made of one text's rarest runs: its next copy is still a copy of it, of its story."""
    accept(store, range(1, 400))
    settle(store, told(1, prose(1), mention(1)))
    for number in range(2, 302):
        settle(store, told(number, f"{prose(number, 20)} {prose(1)} {prose(number + 500, 20)}"))
    honest = settle(store, copy_of(302, 1))
    assert honest.verdict
    assert (honest.verdict.disposition, honest.verdict.of) == (Disposition.REPRINT, name(1))
    assert honest.story == name(1)
    (incident,) = incidents(store)
    assert incident.independent_sources == 1
    rows: dict[bytes, bytes] = store.client.hgetall(store.keys.index_keys)
    assert max(len(value) for field, value in rows.items() if len(field) == 3) <= 8 * 20


def incidents(store: Store) -> list[Any]:
    ids = store.incidents.article(name(1))
    assert ids
    return [store.incidents.get(one) for one in ids.fields["incidents"].split()]
