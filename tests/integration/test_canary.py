"""Canaries on a real Redis: sent, arrived, lost, late; and nothing of them where users look."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from coded import mention, result
from command import dateline
from live import until
from make import NOW
from prometheus_client.parser import text_string_to_metric_families
from worker_bench import accept, fate

from dateline.cli.session import now as real_now
from dateline.cli.supervisor import free_port
from dateline.dedup.fingerprint import fingerprint
from dateline.errors import Reason
from dateline.incidents.plan import plan
from dateline.incidents.record import decode_envelope
from dateline.settings import Settings
from dateline.settlement import LookUp
from dateline.store.canary import Canaries, Tiding
from dateline.store.door import Store, open_store
from dateline.store.ledger import Outcome
from services.keeper.canary import CanaryWatch
from services.keeper.canary_article import canary

pytestmark = pytest.mark.integration

USERS = ("incidents", "statistics", "alerts")


def canaries(store: Store) -> Canaries:
    return Canaries(store.client, store.keys)


def told(store: Store, at: datetime = NOW, *, token: str = "me", every_s: int = 300, lost_s: float = 60.0):
    """One look: what is told, outcomes by id."""
    found = canaries(store).round(token, canary(at), every_s=every_s, lost_s=lost_s)
    return None if found is None else [(one.id, one.outcome) for one in found]


def settle(store: Store, article_id: str, *mentions) -> Outcome:
    """End it as a worker does whose child coded these mentions."""
    made = result(1, *mentions, article_id=article_id)
    return store.ledger.settle(plan(made, LookUp(), NOW), made.fingerprint, None, NOW).outcome


def left(store: Store) -> set[str]:
    """Every key under our prefix, canaries' own apart."""
    keys = {one.decode() for one in store.client.scan_iter(f"{store.keys.prefix}*")}
    return {one for one in keys if not one.startswith(f"{store.keys.prefix}canary:")}


@contextmanager
def worker(store: Store, log: Path, **environ: str) -> Iterator[str]:
    """Run `python -m workers`; yield the address of its metrics."""
    port = free_port("127.0.0.1", 19_410)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    given = plain | {"DATELINE_REDIS_URL": store.url, "DATELINE_METRICS_PORT": str(port)} | environ
    with (
        log.open("ab") as out,
        subprocess.Popen([sys.executable, "-m", "workers"], env=given, stdout=out, stderr=out) as process,
    ):
        try:
            yield f"http://127.0.0.1:{port}/metrics"
        finally:
            process.kill()


def scraped(url: str) -> dict[str, float]:
    """Each family of a process's counters, summed over its labels."""
    families = text_string_to_metric_families(httpx.get(url, trust_env=False).text)
    return {
        family.name: sum(one.value for one in family.samples if not one.name.endswith("_created"))
        for family in families
    }


class Listener:
    """A subscriber of every channel under the prefix."""

    def __init__(self, store: Store) -> None:
        self._subscriber = store.client.pubsub(ignore_subscribe_messages=True)
        self._subscriber.psubscribe(f"{store.keys.prefix}*")
        self._subscriber.get_message(timeout=1)  # that it is heard
        self._prefix = store.keys.prefix

    def heard(self) -> list[tuple[str, bytes]]:
        found = []
        while message := self._subscriber.get_message(timeout=0.2):
            found.append((message["channel"].decode().removeprefix(self._prefix), message["data"]))
        return found


class Keeping:
    """A keeper that sends canaries, with what it was told."""

    def __init__(self, store: Store, every_s: int = 1) -> None:
        self._canaries = canaries(store)
        self.told: list[Tiding] = []
        self.notes: list[tuple[str, str]] = []
        self._watch = CanaryWatch(self, every_s=every_s, token="me", now=real_now, sent=store.queue.dispatch)
        self._store = store

    def round(self, *given: object, **named: object) -> list[Tiding] | None:
        found = self._canaries.round(*given, **named)
        self.told += found or ()
        return found

    def note(self, one: Tiding, outcome: str, detail: str) -> None:
        self.notes.append((outcome, detail))
        self._canaries.note(one, outcome, detail)

    def forget(self, told: list[Tiding]) -> None:
        self._canaries.forget(told)

    def state(self):
        return self._canaries.state()

    def look(self) -> None:
        """One look, and what the keeper does besides."""
        self._watch.look()
        self._store.queue.dispatch(real_now())

    def drained(self) -> bool:
        self._store.queue.dispatch(real_now())
        return not self._store.client.exists(self._store.keys.canary_way)

    def ended(self, count: int) -> bool:
        self.look()
        return len(self.notes) >= count


def test_users_hear_and_see_nothing_of_five_canaries(store: Store, tmp_path: Path) -> None:
    """A worker as it is shipped reads, codes and settles them; their own channel carries the incident, and there is no
    key, count, message or metric of theirs anywhere else."""
    listener, keeper = Listener(store), Keeping(store)
    with worker(store, tmp_path / "log") as metrics_url:
        until(lambda: keeper.ended(5), 60, "five canaries arrived")
        until(keeper.drained, 20, "none is under way")
        counted = scraped(metrics_url)
    assert keeper.notes[:5] == [("arrived", "")] * 5
    heard = listener.heard()
    assert {channel for channel, _ in heard} == {"canary"}
    assert len({decode_envelope(data).incident.articles[0].id for _, data in heard}) == len(heard) >= 5
    assert left(store) == set()
    assert store.incidents.fates() == {}
    families = ("articles", "incidents", "alerts", "rejected", "accepted_to_settled_seconds")
    assert {name: counted.get(f"dateline_{name}", 0.0) for name in families} == dict.fromkeys(families, 0.0)
    assert store.outbox.depths().outbox == 0


def test_an_article_that_tells_the_same_is_no_copy_of_a_canary(store: Store, tmp_path: Path) -> None:
    """Word for word the same event before and after one: the articles are judged by each other, canaries by themselves."""
    keeper = Keeping(store)
    same = canary(real_now()).body.decode()
    with worker(store, tmp_path / "log"):
        until(lambda: keeper.ended(1), 60, "a canary arrived")
        accept(store, {1: same}, real_now())
        until(lambda: keeper.ended(3) and fate(store, 1) != "none", 60, "the article and another canary")
        accept(store, {2: same}, real_now())
        until(lambda: keeper.ended(4) and fate(store, 2) != "none", 60, "its copy and another canary")
    assert (fate(store, 1), fate(store, 2)) == ("incident", "duplicate")
    assert {outcome for outcome, _ in keeper.notes} == {"arrived"}
    assert store.incidents.fates() == {"entries": 2, "incident": 1, "duplicate": 1}
    (row,) = store.incidents.events("0", count=10)[:1]
    assert b"canary" not in row[1].replace(b"Canary number", b"").replace(b"canary.invalid", b"")


def test_the_accounts_balance_with_a_canary_under_way(store: Store, settings: Settings) -> None:
    """It is in the outbox, and neither acknowledged nor waiting nor the oldest, nor does polling ever pause for it."""
    assert told(store) == [(canary(NOW).article_id, "sent")]
    assert store.client.zcard(store.keys.outbox) == 1
    depths = store.outbox.depths()
    assert (depths.outbox, depths.oldest_at, depths.quarantine) == (0, None, 0)
    assert store.incidents.fates() == {}
    assert store.feeds.paused(NOW + timedelta(days=1)) is None
    later = NOW + timedelta(seconds=5)
    accept(store, {1: ""}, later)
    depths = store.outbox.depths()
    assert (depths.outbox, depths.oldest_at) == (1, later)
    assert store.incidents.fates() == {"entries": 1}
    vitals = store.vitals.read(real_now)
    assert (vitals.balance, vitals.oldest_at) == (0, later)
    for accounts in (store.books.by_hour(), store.books.by_feed()):
        assert accounts.balanced
        assert accounts.total.in_flight == 1
        assert [one.in_flight for one in accounts.lines.values()] == [1]


def test_one_is_sent_every_so_often(store: Store) -> None:
    """Asked again at once it sends nothing, though asked with another page; every_s later it does."""
    later = NOW + timedelta(seconds=1)
    first, second = canary(NOW).article_id, canary(later).article_id
    assert told(store) == told(store, later) == [(first, "sent")]
    assert sorted(told(store, later, every_s=0)) == [(first, "sent"), (second, "sent")]


def test_of_two_keepers_one_sends(store: Store) -> None:
    """The other is told nothing while the lease stands, and goes on when the first is gone."""
    assert told(store, token="a", every_s=0) == [(canary(NOW).article_id, "sent")]
    assert told(store, token="b", every_s=0) is None
    assert 0 < store.client.pttl(store.keys.canary_lease) <= 15_000
    store.client.delete(store.keys.canary_lease)
    assert told(store, token="b") == [(canary(NOW).article_id, "sent")]


def test_what_does_not_arrive_is_lost_and_leaves_nothing(store: Store) -> None:
    """It is told once, its page and its place in the outbox are gone, and a worker that comes now is given nothing."""
    told(store)
    article_id = canary(NOW).article_id
    assert told(store, lost_s=0.0) == [(article_id, "sent"), (article_id, "lost")]
    assert left(store) == set()
    assert store.outbox.begin([article_id], NOW, 15) == []


def test_a_late_arrival_is_told_and_published_to_nobody_else(store: Store) -> None:
    """A worker that had it in hand when it was given up settles it: late, once."""
    article_id = canary(NOW).article_id
    told(store)
    assert [one.id for one in store.outbox.begin([article_id], NOW, 15)] == [article_id]
    canaries(store).forget(canaries(store).round("me", canary(NOW), every_s=300, lost_s=0.0))
    listener = Listener(store)
    assert settle(store, article_id, mention()) is Outcome.ARRIVED
    assert settle(store, article_id, mention()) is Outcome.UNKNOWN
    assert told(store) == [(article_id, "late")]
    assert [channel for channel, _ in listener.heard()] == ["canary"]
    assert left(store) == set()


def test_settled_twice_it_arrives_once(store: Store) -> None:
    """A worker that slept past its lease tells nothing new."""
    article_id = canary(NOW).article_id
    told(store)
    assert settle(store, article_id, mention()) is Outcome.ARRIVED
    assert settle(store, article_id, mention()) is Outcome.UNKNOWN
    assert told(store) == [(article_id, "sent"), (article_id, "arrived")]
    assert left(store) == set()


def test_set_aside_it_is_lost_at_once(store: Store) -> None:
    """No person is asked to look at it: the quarantine and its count stay as they are."""
    article_id = canary(NOW).article_id
    told(store)
    (taken,) = store.outbox.begin([article_id], NOW, 15)
    aside = store.outbox.quarantine(article_id, Reason.INTERNAL, "trace", NOW, attempts=taken.attempts)
    assert aside is False
    assert told(store) == [(article_id, "sent"), (article_id, "lost")]
    assert left(store) == set()


def test_a_worker_that_knows_no_canaries_takes_it_for_superseded(store: Store) -> None:
    """Its stored version is none that a page has; the commit of such a worker ends there, and publishes nothing."""
    told(store)
    version = store.client.hget(store.keys.article(canary(NOW).article_id), "version")
    assert int(version) == 0 != canary(NOW).version


def test_doctor_tells_of_the_last_canary(store: Store) -> None:
    """Nothing while none was sent; when the last arrived; and what is wrong with it, which is a failure."""

    def line() -> tuple[str, ...]:
        found = dateline("doctor", DATELINE_REDIS_URL=store.url).stdout.splitlines()
        return tuple(one for one in found if "  canary " in one)

    assert line() == ()
    told(store)
    assert "under way" in line()[0]
    (sent,) = canaries(store).round("me", canary(NOW), every_s=300, lost_s=60.0)
    arrived = msgspec.structs.replace(sent, outcome="arrived", at=sent.sent_at + 0.25)
    canaries(store).note(arrived, "arrived", "")
    assert line()[0].startswith("ok    canary")
    assert "0.25 s after it was sent" in line()[0]
    canaries(store).note(arrived, "wrong", "killed is unknown, not (3, 3)")
    assert line()[0].startswith("FAIL  canary")
    assert "killed is unknown" in line()[0]
    store.client.hset(store.keys.canary_state, "sent_at", str(sent.sent_at - 10_000))
    assert "no keeper runs" in line()[0]


def test_the_keeper_process_sends_and_counts(store: Store, tmp_path: Path) -> None:
    """`python -m services.keeper` with a worker beside it: sent, arrived, how long it took, and no gauge shows it."""
    port = free_port("127.0.0.1", 19_450)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environ = plain | {
        "DATELINE_REDIS_URL": store.url,
        "DATELINE_METRICS_PORT": str(port),
        "DATELINE_CANARY_EVERY_S": "1",
    }
    url = f"http://127.0.0.1:{port}/metrics"

    def outcome(name: str) -> float:
        try:
            text = httpx.get(url, trust_env=False).text
        except httpx.HTTPError:
            return 0.0
        found = (
            line
            for line in text.splitlines()
            if line.startswith(f'dateline_canaries_total{{outcome="{name}"}}')
        )
        return float(next(found, "x 0").split()[1])

    with (
        worker(store, tmp_path / "log"),
        subprocess.Popen([sys.executable, "-m", "services.keeper"], env=environ) as process,
    ):
        try:
            until(lambda: outcome("arrived") >= 3, 60, "three arrived")
            assert (outcome("wrong"), outcome("lost"), outcome("late")) == (0, 0, 0)
            assert scraped(url)["dateline_outbox_entries"] == 0
            assert 0 <= scraped(url)["dateline_canary_age_seconds"] < 10
        finally:
            process.terminate()
            process.wait(10)


def test_a_fingerprint_of_a_canary_is_filed_nowhere(store: Store, settings: Settings) -> None:
    """The index is as it was: the same words, looked up by an article, have no neighbour."""
    article_id = canary(NOW).article_id
    told(store)
    made = result(1, mention(), article_id=article_id)
    store.ledger.settle(plan(made, LookUp(), NOW), made.fingerprint, None, NOW)
    words = fingerprint(made.article.text, made.article.title)
    found = open_store(settings).ledger.look_up("a" * 16, words, (), (), NOW)
    assert (found.neighbours, found.incidents, found.fate) == ((), {}, None)
