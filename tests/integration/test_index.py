"""The promises of the duplicate index, on a real Redis: what is filed is found, for so long, and no more than that."""

import random
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from make import NOW, feed, fingerprint, page

from dateline.dedup.shelf import Shelf
from dateline.model import Disposition, Fate, Lineage
from dateline.resemblance import Fingerprint, Passage, Verdict
from dateline.settlement import LookUp, Settlement
from dateline.store.door import Store
from dateline.store.ledger import Ledger, Outcome

pytestmark = pytest.mark.integration

STATE = struct.Struct("<IIdddII")


def name(number: int) -> str:
    return f"{number:016x}"


def accept(store: Store, numbers: Sequence[int], version: int = 1) -> None:
    store.catalog.put([feed()], NOW)
    claim = store.feeds.hold(feed(), "token")
    assert store.feeds.accept(claim, [page(number, version=version) for number in numbers], NOW) == len(
        numbers
    )


def marked(seed: int, *keys: int, **fields: Any) -> Fingerprint:
    return msgspec.structs.replace(fingerprint(seed), keys=keys or fingerprint(seed).keys, **fields)


def look(
    store: Store, number: int, mark: Fingerprint, *, now: datetime = NOW, aliases: Sequence[str] = ()
) -> LookUp:
    return store.ledger.look_up(name(number), mark, aliases, (), now)


def put(
    store: Store,
    number: int,
    mark: Fingerprint,
    *,
    now: datetime = NOW,
    ledger: Ledger | None = None,
    **fields: Any,
) -> Outcome:
    """Look an acknowledged article up and settle it."""
    room = ledger or store.ledger
    made = Settlement(article_id=name(number), fate=Fate.IRRELEVANT, reason="r", indexed=True, **fields)
    seen = room.look_up(made.article_id, mark, made.aliases, (), now)
    return room.settle(made, mark, seen, now).outcome


def found(seen: LookUp) -> list[int]:
    return [int(one.id, 16) for one in seen.neighbours]


def lists(store: Store) -> dict[bytes, bytes]:
    rows: dict[bytes, bytes] = store.client.hgetall(store.keys.index_keys)
    return {field: value for field, value in rows.items() if len(field) == 3}


def test_what_is_filed_is_found_by_each_of_its_keys(store: Store) -> None:
    """With sketch and words as they were filed, the earliest first; a stranger finds nothing."""
    accept(store, [1, 2, 3])
    put(store, 1, marked(1, *range(1 << 47, (1 << 47) + 20), sketch=b"first\0\xff", words=123))
    put(store, 2, marked(2, (1 << 47) + 7, 99, sketch=bytes(range(256)) * 2))
    for key in range(1 << 47, (1 << 47) + 20):
        (first, *others) = look(store, 9, marked(9, key)).neighbours
        assert (first.id, first.sketch, first.words) == (name(1), b"first\0\xff", 123)
        assert first.published_at == page(1).entry.published_at
        assert [one.id for one in others] == ([name(2)] if key == (1 << 47) + 7 else [])
    (second,) = look(store, 9, marked(9, 99)).neighbours
    assert second.sketch == bytes(range(256)) * 2
    assert found(look(store, 9, marked(9, 98))) == []


def test_keys_that_differ_in_any_bit_are_not_taken_for_each_other(store: Store) -> None:
    """All 48 bits of a key count, whichever of them choose the field."""
    accept(store, [1])
    put(store, 1, marked(1, 0x5555_5555_5555))
    for bit in range(48):
        assert found(look(store, 9, marked(9, 0x5555_5555_5555 ^ (1 << bit)))) == []


def test_the_same_words_and_the_same_address_are_told(store: Store) -> None:
    """An exact twin by the hash of its words, a second address by any alias; a text without words has no twin."""
    accept(store, [1, 2])
    put(store, 1, fingerprint(1), aliases=("other address",))
    (twin,) = look(store, 9, fingerprint(1)).neighbours
    assert (twin.exact, twin.same_address) == (True, False)
    for alias in ("other address", name(1)):
        (same,) = look(store, 9, fingerprint(9), aliases=[alias]).neighbours
        assert (same.id, same.exact, same.same_address) == (name(1), False, True)
    put(store, 2, marked(2, 77, words=0))
    (empty,) = look(store, 9, marked(2, 77, words=0)).neighbours
    assert not empty.exact


def test_a_look_up_is_one_round_trip(store: Store) -> None:
    """However many neighbours, origins, stories and incidents there are."""
    accept(store, range(1, 9))
    for number in range(1, 9):
        put(store, number, fingerprint(number, same_keys=4), story=name(1))
    store.client.config_resetstat()
    look(store, 99, fingerprint(99, same_keys=4))
    assert store.client.info("commandstats")["cmdstat_evalsha"]["calls"] == 1


def test_a_key_that_many_share_keeps_the_first_and_the_latest(store: Store) -> None:
    """Eight articles stand for all who share a key; each is still found by a key of its own."""
    numbers = range(1, 61)
    accept(store, numbers)
    for number in numbers:
        put(store, number, marked(number, 7, 1_000 + number))
    assert found(look(store, 99, marked(99, 7))) == [1, 2, 3, *range(56, 61)]
    assert all(found(look(store, 99, marked(99, 1_000 + number))) == [number] for number in numbers)


def test_of_too_many_neighbours_those_stay_that_share_most(store: Store) -> None:
    """At most 16, and a key that few share tells more than one that many share."""
    numbers = range(1, 46)
    accept(store, numbers)
    for number in numbers:
        rare = (500,) if number == 20 else ()
        put(store, number, marked(number, 1 + number % 15, 101 + number % 15, *rare))
    seen = found(look(store, 99, marked(99, *range(1, 16), *range(101, 116), 500)))
    assert len(seen) == 16
    assert 20 in seen
    assert seen == sorted(seen)


def test_one_common_key_is_no_reason_to_look(store: Store) -> None:
    """Of those who share one key that many share two are looked at; a text that has no other key sees all of them."""
    numbers = range(1, 21)
    accept(store, numbers)
    for number in numbers:
        put(store, number, marked(number, 7, 1_000 + number))
    assert found(look(store, 99, marked(99, 7, *range(100, 111)))) == [1, 2]
    assert len(found(look(store, 99, marked(99, 7)))) == 8


def test_the_filter_of_streams_looks_at_the_same(store: Store) -> None:
    """One stream of texts with rare keys, common ones and copies: service and filter are shown the same neighbours."""
    draw = random.Random(9)
    shelf, count = Shelf(1000), 250
    accept(store, range(1, count + 1))
    made: list[tuple[int, ...]] = []
    sizes = set()
    for number in range(1, count + 1):
        keys = draw.sample(range(1, 40), draw.randrange(4)) + draw.sample(
            range(10_000, 100_000), draw.randrange(9)
        )
        if made and draw.random() < 0.6:
            keys += draw.sample(made[draw.randrange(len(made)) // 8], 1)
        keys = list(dict.fromkeys(keys)) or [1]
        mark = marked(number, *keys)
        near = shelf.near(number, keys)
        assert found(look(store, number, mark)) == near
        sizes.add(len(near))
        put(store, number, mark)
        shelf.put(number, keys, b"", 0)
        made.append(tuple(keys))
    assert {0, 1, 2, 3, 4} < sizes


def test_the_index_forgets_after_its_days(store: Store) -> None:
    """An article is found for index_days after it was filed, and its string expires soon after."""
    accept(store, [1])
    put(store, 1, fingerprint(1))
    assert found(look(store, 9, fingerprint(1), now=NOW + timedelta(days=30))) == [1]
    assert found(look(store, 9, fingerprint(1), now=NOW + timedelta(days=30, seconds=1))) == []
    (stubs,) = store.client.keys("*index:stubs:*")
    assert 30 * 86_400 <= store.client.ttl(stubs) <= 31 * 86_400


def test_the_oldest_go_first(store: Store) -> None:
    """The index holds at most index_articles, the latest ones, and its memory follows."""
    ledger = Ledger(store.client, store.keys, index_articles=64)
    numbers = range(1, 401)
    accept(store, numbers)
    for number in numbers:
        put(store, number, marked(number, number), ledger=ledger)
    remembered = [number for number in numbers if look(store, 999, marked(999, number)).neighbours]
    assert remembered == list(range(remembered[0], 401))
    assert 60 <= len(remembered) <= 64
    assert len(store.client.keys("*index:stubs:*")) <= 17


def test_fields_that_nobody_writes_are_swept(store: Store) -> None:
    """What has gone leaves nothing behind, at the pace of the clock, though no later article shares a key with it."""
    ledger = Ledger(store.client, store.keys, index_articles=16)
    accept(store, range(1, 200))
    for number in range(1, 100):
        put(store, number, marked(number, *range(1000 * number, 1000 * number + 20)), ledger=ledger)
    for number in range(100, 200):
        put(store, number, marked(number, 5), ledger=ledger, now=NOW + timedelta(minutes=number))
    # The last sixteen articles: one key that they share, and the address of each.
    assert len(lists(store)) < 40


def test_an_expired_string_is_begun_anew(store: Store) -> None:
    """After weeks without an article the index goes on; the expired ones are gone."""
    accept(store, [1, 2, 3])
    put(store, 1, fingerprint(1))
    store.client.delete(*store.client.keys("*index:stubs:*"))
    put(store, 2, fingerprint(2, same_keys=3))
    put(store, 3, fingerprint(3, same_keys=3))
    assert found(look(store, 9, fingerprint(9, same_keys=3))) == [2, 3]
    assert found(look(store, 9, fingerprint(1))) == []
    assert [store.client.strlen(one) for one in store.client.keys("*index:stubs:*")] == [65_472]


def test_numbers_go_round(store: Store) -> None:
    """When the 32 bits are used up, articles on both sides are found, in order, and unseen twins are still refused."""
    accept(store, [1, 2, 3, 4])
    put(store, 1, fingerprint(1))
    next_, first, *rest = STATE.unpack(store.client.hget(store.keys.index_keys, "s"))
    last = 2**19 - 1
    store.client.rename(store.keys.index_stubs(first), store.keys.index_stubs(last))
    # The string is nearly full: the next article does not go in.
    at = last * 8192 + 8160
    store.client.hset(store.keys.index_keys, "s", STATE.pack(at, last, *rest))
    for field, value in lists(store).items():
        number = int.from_bytes(value[4:], "little") % 8192 + last * 8192
        store.client.hset(store.keys.index_keys, field, value[:4] + number.to_bytes(4, "little"))
    early = look(store, 4, fingerprint(1))
    assert found(early) == [1]
    for number in (2, 3):
        put(store, number, msgspec.structs.replace(fingerprint(1), sketch=b"x" * 200))
    assert found(look(store, 9, fingerprint(1))) == [1, 2, 3]
    assert STATE.unpack(store.client.hget(store.keys.index_keys, "s"))[0] < next_ + 8192
    late = Settlement(article_id=name(4), fate=Fate.IRRELEVANT, reason="r", indexed=True)
    assert store.ledger.settle(late, fingerprint(1), early, NOW).outcome is Outcome.CONTENDED


def test_a_revision_is_found_by_its_latest_words_only(store: Store) -> None:
    """It keeps its place before what came after it, is told as the earlier version, and is never its own neighbour."""
    accept(store, [1, 2])
    put(store, 1, marked(1, 10, 11, sketch=b"old"), story="s1")
    put(store, 2, marked(2, 11, 12))
    accept(store, [1], version=2)
    revised = marked(1, 11, 13, sketch=b"new", exact=b"n" * 16)
    seen = look(store, 1, revised)
    assert found(seen) == [2]
    assert seen.earlier
    assert (seen.earlier.id, seen.earlier.sketch, seen.earlier.story) == (name(1), b"old", "s1")
    assert put(store, 1, revised, version=2) is Outcome.SETTLED
    assert [(one.id, one.sketch[:3]) for one in look(store, 9, marked(9, 11)).neighbours] == [
        (name(1), b"new"),
        (name(2), fingerprint(2).sketch[:3]),
    ]
    assert found(look(store, 9, marked(9, 10))) == []
    assert found(look(store, 9, marked(9, 13))) == [1]


def test_the_origin_of_a_copy_comes_along(store: Store) -> None:
    """Who finds only the copy is shown the article that it repeats as well, though they share nothing."""
    accept(store, [1, 2, 3])
    put(store, 1, marked(1, 10))
    copy = Verdict(disposition=Disposition.REPRINT, of=name(1), similarity=0.9)
    put(store, 2, marked(2, 20), verdict=copy, story=name(1))
    retold = Verdict(disposition=Disposition.RETELLING, of=name(1))
    put(store, 3, marked(3, 30), verdict=retold)
    first, second = look(store, 9, marked(9, 20)).neighbours
    assert (first.id, first.of, first.sketch) == (name(1), "", fingerprint(1).sketch)
    assert (second.id, second.of, second.story) == (name(2), name(1), name(1))
    assert [(one.id, one.of) for one in look(store, 9, marked(9, 30)).neighbours] == [(name(3), "")]


def test_stories_that_were_merged_go_on_under_one_name(store: Store) -> None:
    """Over several merges, in whatever order, every later look-up tells the surviving name; circles cannot arise."""
    accept(store, range(1, 8))
    for number in (1, 2, 3, 4):
        put(store, number, marked(number, 10 * number), story=f"s{number}")
    put(store, 5, marked(5, 50), story="s3", merged=("s4",))
    put(store, 6, marked(6, 60), story="s2", merged=("s3",))
    put(store, 7, marked(7, 70), story="s1", merged=("s2", "s4"))
    for number in (1, 2, 3, 4, 5, 6, 7):
        (near,) = look(store, 9, marked(9, 10 * number)).neighbours
        assert near.story == "s1"
    into, at = store.client.get(store.keys.story("s4")).split()
    assert (into, float(at)) == (b"s1", NOW.timestamp()) or into in (b"s2", b"s3")
    assert store.client.ttl(store.keys.story("s2")) > 80 * 86_400
    accept(store, [8])
    put(store, 8, marked(8, 80), story="s4", merged=("s1",))
    (near,) = look(store, 9, marked(9, 80)).neighbours
    assert near.story == "s1"


def test_why_an_article_is_what_it_is_stands_with_it(store: Store) -> None:
    """Lineage, origin, story, shares and passages are kept, and forgotten when a revision is judged anew."""
    accept(store, [1, 2])
    verdict = Verdict(
        disposition=Disposition.REPRINT,
        of=name(1),
        similarity=0.5,
        share=0.75,
        other_share=0.625,
        passages=(Passage(start=1, end=20, other_start=3, other_end=22),),
        spun=True,
    )
    put(
        store,
        2,
        marked(2, 20),
        verdict=verdict,
        lineage=Lineage.REPRINT,
        origin="Agency",
        story="s1",
        merged=("s2",),
        revised="a figure",
    )
    told = store.incidents.article(name(2))
    assert told
    kept = {
        "lineage": "reprint",
        "origin": "Agency",
        "story": "s1",
        "merged": "s2",
        "revised": "a figure",
        "share": "0.750",
        "other_share": "0.625",
        "passages": "[[1,20,3,22]]",
        "spun": "1",
    }
    assert kept.items() <= told.fields.items()
    accept(store, [2], version=2)
    told = store.incidents.article(name(2))
    assert told
    assert told.fields.keys() & kept.keys() == {"story"}


def test_a_damaged_index_stops_the_commit_before_any_write(store: Store) -> None:
    """Neither a list nor a string of another type leaves half a settlement behind."""
    accept(store, [1, 2])
    put(store, 1, fingerprint(1))
    seen = look(store, 2, fingerprint(2))
    (stubs,) = store.client.keys("*index:stubs:*")
    store.client.delete(stubs)
    store.client.lpush(stubs, "damaged")
    late = Settlement(article_id=name(2), fate=Fate.IRRELEVANT, reason="r", indexed=True)
    with pytest.raises(Exception, match="WRONGTYPE"):
        store.ledger.settle(late, fingerprint(2), seen, NOW)
    store.client.delete(stubs, store.keys.index_keys)
    store.client.set(store.keys.index_keys, "damaged")
    with pytest.raises(Exception, match="WRONGTYPE"):
        store.ledger.settle(late, fingerprint(2), seen, NOW)
    assert store.outbox.depths().outbox == 1
    assert store.incidents.fates()["irrelevant"] == 1


def test_a_small_index_is_small(store: Store) -> None:
    """A thousand articles take about a megabyte."""
    accept(store, range(1, 1001))
    before = store.client.info("memory")["used_memory"]
    articles = store.client.memory_usage(store.keys.article(name(1)))
    for number in range(1, 1001):
        put(store, number, marked(number, *range(number << 30, (number << 30) + 20), sketch=bytes(250)))
    assert store.client.info("memory")["used_memory"] - before < 2_000_000 + 1000 * articles
