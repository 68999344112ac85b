"""Pages that fail under a worker: each costs itself only, and none is lost."""

from collections.abc import Iterator

import pytest
from coded import result
from worker_bench import Bench, accept, at_work, fate, forget_jobs, obey, tries

from dateline.errors import StoreUnavailable
from dateline.settings import Settings
from dateline.store.door import Store
from workers import desk, reading

pytestmark = pytest.mark.integration


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    with at_work(store, settings, obey) as made:
        yield made


def test_a_poison_page_costs_itself_only(bench: Bench) -> None:
    """Its 24 batch neighbours settle at once; it is tried three times, alone from the second on, and then
    quarantined with its page."""
    accept(bench.store, {number: "die" if number == 13 else "" for number in range(1, 26)})
    forget_jobs(bench.store)
    bench.work(after_s=60)
    assert bench.batches == [sorted(bench.batches[0])]
    assert len(bench.batches[0]) == 25
    assert bench.store.incidents.fates()["entries"] == 25
    assert [number for number in range(1, 26) if fate(bench.store, number) == "none"] == [13]
    bench.work(after_s=1.1)
    bench.work(after_s=2.1)
    assert bench.batches[1:] == [[13], [13]]
    (row,) = bench.store.outbox.quarantined()
    assert (row.id, row.reason, row.detail) == (f"{13:016x}", "child_died", "died: SIGKILL")
    assert tries(bench.store, 13) == 3
    assert bench.store.outbox.page(row.id)
    bench.work(after_s=600)
    assert len(bench.batches) == 3
    assert bench.sandbox.restarts == 3


def test_a_bug_of_ours_is_tried_again_and_told_with_its_trace(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception of ours on one page ends neither child nor neighbours; quarantine shows where it was."""
    real = reading.extract.read

    def read(one, *rest):
        if one.article_id == f"{1:016x}":
            raise ZeroDivisionError("seven lamps")
        return real(one, *rest)

    monkeypatch.setattr(reading.extract, "read", read)
    accept(
        store, {1: "x", 2: f"<html><body><article><p>{'Some words of a story. ' * 40}</p></article></body>"}
    )
    with at_work(store, settings, reading.target(Silent())) as bench:
        for after_s in (60, 1.1, 2.1):
            bench.work(after_s)
    (row,) = store.outbox.quarantined()
    assert (row.id, row.reason) == (f"{1:016x}", "internal")
    assert "ZeroDivisionError: seven lamps" in row.detail
    assert "in read" in row.detail
    assert (tries(store, 1), bench.sandbox.restarts) == (3, 0)
    assert fate(store, 2) == "irrelevant"


class Silent:
    """A coder that finds nothing."""

    def code(self, article):
        return result(1).coding


def test_a_bug_in_planning_costs_its_page_only(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails in the worker itself is tried three times and told with its trace; its batch goes on."""
    real = desk.plan

    def plan(one, *rest):
        if one.article_id == f"{2:016x}":
            raise KeyError("a lamp")
        return real(one, *rest)

    monkeypatch.setattr(desk, "plan", plan)
    accept(bench.store, dict.fromkeys(range(1, 6), ""))
    for after_s in (0, 1.1, 2.1):
        bench.work(after_s)
    assert bench.batches == [[*bench.batches[0]], [2], [2]]
    assert len(bench.batches[0]) == 5
    (row,) = bench.store.outbox.quarantined()
    assert (row.id, row.reason) == (f"{2:016x}", "internal")
    assert "KeyError: 'a lamp'" in row.detail
    assert bench.store.incidents.fates() == {"entries": 5, "incident": 4, "quarantined": 1}


def test_redis_away_in_the_middle_of_a_batch_mixes_nothing_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job ends; the next ones get their own results, and every article its own incident."""
    real, calls = bench.store.ledger.__class__.settle, []

    def settle(ledger, settlement, *rest):
        calls.append(settlement.article_id)
        if len(calls) == 2:
            raise StoreUnavailable("away")
        return real(ledger, settlement, *rest)

    monkeypatch.setattr(bench.store.ledger.__class__, "settle", settle)
    accept(bench.store, {number: "silent" if number == 3 else "" for number in range(1, 11)})
    bench.work()
    assert bench.store.outbox.depths().outbox == 9
    bench.work(after_s=60)
    bench.work(after_s=60)
    assert bench.store.incidents.fates() == {"entries": 10, "incident": 9, "unreadable": 1}
    assert (fate(bench.store, 3), bench.sandbox.restarts) == ("unreadable", 0)


def test_a_page_that_is_gone_is_quarantined(bench: Bench) -> None:
    """Without its page an article can't be read by anybody; it is told, not lost."""
    accept(bench.store, {1: "", 2: ""})
    bench.store.client.delete(bench.store.keys.page(f"{1:016x}"))
    bench.work()
    (row,) = bench.store.outbox.quarantined()
    assert (row.id, row.reason) == (f"{1:016x}", "bad_record")
    assert "not in the store" in row.detail
    assert fate(bench.store, 2) == "incident"


def test_a_damaged_page_is_quarantined_at_once(store: Store, settings: Settings) -> None:
    """Bytes that are no stored page will not become one by trying again."""
    accept(store, {1: ""})
    store.client.set(store.keys.page(f"{1:016x}"), b"damaged")
    with at_work(store, settings, reading.target(Silent())) as bench:
        bench.work()
    (row,) = store.outbox.quarantined()
    assert (row.reason, tries(store, 1)) == ("bad_record", 1)


def test_a_page_whose_workers_die_is_not_tried_for_ever(bench: Bench) -> None:
    """After so many tries that nobody finished it is set aside untried."""
    accept(bench.store, {1: ""})
    for _ in range(3):
        bench.store.outbox.begin([f"{1:016x}"], bench.now, 15)
    bench.work(after_s=60)
    (row,) = bench.store.outbox.quarantined()
    assert (row.reason, row.detail) == ("worker_lost", "3 workers died on it")


def test_what_has_ended_meanwhile_is_left_alone(bench: Bench) -> None:
    """A job that comes twice settles its articles once."""
    accept(bench.store, {1: ""})
    bench.work()
    assert bench.ingest([f"{1:016x}", f"{99:016x}"]) == 0
    assert len(bench.store.incidents.events("0")) == 1
