"""The promises of the store, on a real Redis."""

import threading
from datetime import timedelta

import msgspec
import pytest
from make import NOW, entry, feed, fingerprint, incident, page

from dateline.errors import LeaseLost, Reason
from dateline.feeds.cadence import first_rhythm
from dateline.incidents.record import decode_envelope
from dateline.model import Fate, FeedState
from dateline.settlement import Change, LookUp, Settlement
from dateline.store import pages
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Claim, Finish, guid_key
from dateline.store.ledger import Outcome

pytestmark = pytest.mark.integration


def claimed(store: Store, *, now=NOW, lease_s: int = 20) -> Claim:
    store.catalog.put([feed()], now)
    (claim,) = store.feeds.claim("me", now, 10, lease_s, UNPACED)
    return claim


def accepted(store: Store, *numbers: int) -> None:
    claim = claimed(store)
    store.feeds.accept(claim, [page(number) for number in numbers], NOW)
    store.feeds.finish([Finish(claim=claim, state=state())], NOW)


def state(**fields) -> FeedState:
    return FeedState(rhythm=first_rhythm(NOW), **fields)


def opening(number: int = 1, block: str = "SY:20260312", **fields) -> Settlement:
    made = incident(number)
    change = Change(event="opened", incident=made, blocks=(block,))
    return msgspec.structs.replace(
        Settlement(
            article_id=f"{number:016x}",
            fate=Fate.INCIDENT,
            reason="one incident opened",
            indexed=True,
            changes=(change,),
            incidents=(made.id,),
        ),
        **fields,
    )


def look(store: Store, number: int = 1, print_=None, blocks=("SY:20260312",)) -> LookUp:
    return store.ledger.look_up(f"{number:016x}", print_ or fingerprint(number), (), blocks, NOW)


def test_a_leased_feed_is_not_claimed_again_until_its_lease_ends(store: Store) -> None:
    """Two pollers never hold one feed; a dead poller's feed is free after the lease."""
    claimed(store, lease_s=20)
    assert store.feeds.claim("other", NOW + timedelta(seconds=19), 10, 20, UNPACED) == []
    assert len(store.feeds.claim("other", NOW + timedelta(seconds=21), 10, 20, UNPACED)) == 1


def test_a_lost_lease_refuses_every_commit(store: Store) -> None:
    """A poller that slept past its lease writes nothing."""
    claim = claimed(store)
    store.feeds.claim("other", NOW + timedelta(seconds=30), 10, 20, UNPACED)
    with pytest.raises(LeaseLost):
        store.feeds.accept(claim, [page()], NOW)
    assert store.feeds.finish([Finish(claim=claim, state=state(etag="x"))], NOW) == {"feed1"}
    assert store.feeds.renew([claim], [], NOW, 20) == {"feed1"}
    assert store.outbox.depths().outbox == 0


def test_accepting_twice_acknowledges_once(store: Store) -> None:
    """A repeated commit changes nothing: one article, one outbox entry, one count."""
    claim = claimed(store)
    assert store.feeds.accept(claim, [page(1), page(2)], NOW) == 2
    assert store.feeds.accept(claim, [page(1), page(2)], NOW) == 0
    assert store.outbox.depths().outbox == 2
    assert store.incidents.fates() == {"entries": 2}


def test_accepted_entries_are_known_at_the_next_poll(store: Store) -> None:
    """An acknowledged entry is never fetched again, under its guid or its address, from any feed."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    keys = [(guid_key(entry(n).guid), f"{n:016x}") for n in (1, 2)]
    assert store.feeds.unknown("feed1", keys, NOW) == {1}
    assert store.feeds.unknown("feed2", keys, NOW) == {1}
    told = store.incidents.article(f"{1:016x}")
    assert told
    assert told.fields["feeds"] == "feed1 feed2"


def test_validators_move_on_only_with_the_last_commit(store: Store) -> None:
    """Until a poll is finished the next poller sees the old validators."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    (again,) = store.feeds.claim("other", NOW + timedelta(seconds=30), 10, 20, UNPACED)
    assert again.state is None
    end = Finish(claim=again, state=state(etag="v1"), listed=(guid_key("guid-1"),))
    assert store.feeds.finish([end], NOW) == set()
    rows = store.catalog.rows()
    assert [row.state.etag for row in rows if row.state] == ["v1"]


def test_a_rejected_entry_has_its_fate_at_once(store: Store) -> None:
    """What the poller refuses is acknowledged, counted and never queued."""
    claim = claimed(store)
    stub = page(1, body=b"")
    assert store.feeds.reject(claim, stub, Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
    assert not store.feeds.reject(claim, stub, Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
    assert store.incidents.fates() == {"entries": 1, "rejected": 1}
    assert store.outbox.depths().outbox == 0


def test_the_stored_page_is_the_page(store: Store) -> None:
    """decode(encode(page)) == page, through Redis."""
    accepted(store, 1)
    (taken,) = store.outbox.begin([f"{1:016x}"], NOW, 15)
    assert taken.page is not None
    assert pages.decode(taken.page) == page(1)


def test_settling_publishes_exactly_once(store: Store) -> None:
    """A replayed commit adds nothing to stream, channel, counts or index."""
    accepted(store, 1)
    channel = store.client.pubsub(ignore_subscribe_messages=True)
    channel.subscribe(store.keys.channel)
    channel.get_message(timeout=1)
    first = store.ledger.settle(opening(), fingerprint(), look(store), NOW)
    again = store.ledger.settle(opening(), fingerprint(), look(store), NOW)
    assert first.outcome is Outcome.SETTLED
    assert again.outcome is Outcome.ALREADY
    ((seq, data),) = store.incidents.events("0")
    envelope = decode_envelope(data)
    assert (envelope.seq, envelope.event, envelope.incident) == (seq, "opened", incident(1))
    message = channel.get_message(timeout=2)
    assert message
    assert message["data"] == data
    assert channel.get_message(timeout=0.1) is None
    assert store.incidents.fates() == {"entries": 1, "incident": 1}
    assert store.outbox.page(f"{1:016x}") is None


def test_an_unseen_twin_makes_the_commit_refuse(store: Store) -> None:
    """Two workers that judge twins at once cannot both call theirs novel."""
    accepted(store, 1, 2)
    twin_a, twin_b = fingerprint(1, same_keys=3), fingerprint(2, same_keys=3)
    seen_a, seen_b = look(store, 1, twin_a), look(store, 2, twin_b)
    plain = {"changes": (), "incidents": (), "fate": Fate.IRRELEVANT}
    assert store.ledger.settle(opening(1, **plain), twin_a, seen_a, NOW).outcome is Outcome.SETTLED
    assert store.ledger.settle(opening(2, **plain), twin_b, seen_b, NOW).outcome is Outcome.CONTENDED
    seen_now = look(store, 2, twin_b)
    assert [one.id for one in seen_now.neighbours] == [f"{1:016x}"]
    assert seen_now.neighbours[0].sketch == twin_a.sketch
    assert store.ledger.settle(opening(2, **plain), twin_b, seen_now, NOW).outcome is Outcome.SETTLED


def test_a_block_that_grew_makes_the_commit_refuse(store: Store) -> None:
    """Two workers that code one event at once cannot both open it."""
    accepted(store, 1, 2)
    seen_1, seen_2 = look(store, 1), look(store, 2)
    assert store.ledger.settle(opening(1), fingerprint(1), seen_1, NOW).outcome is Outcome.SETTLED
    assert store.ledger.settle(opening(2), fingerprint(2), seen_2, NOW).outcome is Outcome.CONTENDED
    assert list(look(store, 2).incidents) == [incident(1).id]


def test_a_changed_incident_makes_an_update_refuse(store: Store) -> None:
    """An update is made on the version that was read, or not at all."""
    accepted(store, 1, 2)
    store.ledger.settle(opening(1), fingerprint(1), look(store, 1), NOW)
    newer = msgspec.structs.replace(incident(1), version=2)
    stale = Change(event="updated", incident=newer, changed=("toll",), expected_version=7)
    seen = look(store, 2)
    assert (
        store.ledger.settle(opening(2, changes=(stale,)), fingerprint(2), seen, NOW).outcome
        is Outcome.CONTENDED
    )
    good = msgspec.structs.replace(stale, expected_version=1)
    assert (
        store.ledger.settle(opening(2, changes=(good,)), fingerprint(2), seen, NOW).outcome is Outcome.SETTLED
    )
    kept = store.incidents.get(incident(1).id)
    assert kept
    assert kept.version == 2


def test_racing_workers_settle_an_article_once(store: Store) -> None:
    """Eight workers that finish the same article at once publish one envelope."""
    accepted(store, 1)
    seen = look(store)
    outcomes = []

    def settle() -> None:
        outcomes.append(store.ledger.settle(opening(), fingerprint(), seen, NOW).outcome)

    threads = [threading.Thread(target=settle) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ALREADY] * 7 + [Outcome.SETTLED]
    assert len(store.incidents.events("0")) == 1


def test_sequences_rise_even_within_one_millisecond(store: Store) -> None:
    """The stream id in each envelope is its own, and later ones are larger."""
    accepted(store, *range(1, 30))
    for number in range(1, 30):
        settled = store.ledger.settle(opening(number), fingerprint(number), look(store, number), NOW)
        assert settled.outcome is Outcome.SETTLED
    seqs = [seq for seq, _ in store.incidents.events("0")]
    assert len(seqs) == 29
    assert seqs == sorted(seqs, key=lambda seq: tuple(map(int, seq.split("-"))))
    assert [decode_envelope(data).seq for _, data in store.incidents.events("0")] == seqs


def test_a_wrong_type_stops_the_commit_before_any_write(store: Store) -> None:
    """A damaged key never leaves half a settlement behind."""
    accepted(store, 1)
    store.client.set(store.keys.incidents_at, "damaged")
    with pytest.raises(Exception, match="WRONGTYPE"):
        store.ledger.settle(opening(), fingerprint(), look(store), NOW)
    assert store.incidents.events("0") == []
    assert store.outbox.depths().outbox == 1


def test_quarantine_keeps_the_page_and_gives_it_back(store: Store) -> None:
    """What failed can be seen, retried and settled; the counts follow."""
    accepted(store, 1)
    assert store.outbox.quarantine(f"{1:016x}", Reason.CHILD_DIED, "died: SIGKILL", NOW)
    (row,) = store.outbox.quarantined()
    assert (row.id, row.reason, row.detail) == (f"{1:016x}", "child_died", "died: SIGKILL")
    assert store.incidents.fates() == {"entries": 1, "quarantined": 1}
    assert store.outbox.release(row.id, NOW, retry=True)
    assert store.outbox.begin([row.id], NOW, 15)[0].attempts == 1
    assert store.ledger.settle(opening(), fingerprint(), look(store), NOW).outcome is Outcome.SETTLED
    assert store.incidents.fates() == {"entries": 1, "quarantined": 0, "incident": 1}


def test_what_no_worker_renews_is_due_again(store: Store) -> None:
    """A dead worker's article is handed out again after the overdue time, with its tries counted."""
    accepted(store, 1)
    later = NOW + timedelta(seconds=60)
    assert store.outbox.take_due(later, 10, 15)[0].attempts == 0
    store.outbox.begin([f"{1:016x}"], later, 15)
    assert store.outbox.take_due(later + timedelta(seconds=14), 10, 15) == []
    store.outbox.renew([f"{1:016x}"], later + timedelta(seconds=14), 15)
    assert store.outbox.take_due(later + timedelta(seconds=28), 10, 15) == []
    assert store.outbox.take_due(later + timedelta(seconds=30), 10, 15)[0].attempts == 1


def test_trimming_spares_what_a_group_has_not_acknowledged(store: Store) -> None:
    """Age alone never takes an envelope from a consumer group that still needs it."""
    accepted(store, 1, 2)
    store.client.xgroup_create(store.keys.stream, "desk", id="0", mkstream=True)
    for number in (1, 2):
        store.ledger.settle(opening(number), fingerprint(number), look(store, number), NOW)
    far = NOW + timedelta(days=400_000)
    store.incidents.trim(far, 90)
    assert len(store.incidents.events("0")) == 2
    store.client.xgroup_destroy(store.keys.stream, "desk")
    store.incidents.trim(far, 90)
    assert store.incidents.get(incident(1).id) is None
