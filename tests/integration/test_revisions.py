"""An article that its publisher revises, from the poller's commit to the envelope, on a real Redis."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from coded import mention, prose, result
from command import dateline
from make import NOW, feed, page
from worker_bench import Bench, at_work, fate

from dateline.dedup.fingerprint import fingerprint
from dateline.errors import Reason
from dateline.feeds.cadence import first_rhythm
from dateline.incidents.assemble import Coder
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import Envelope, decode_envelope
from dateline.model import FeedState, Page
from dateline.settings import Settings
from dateline.settlement import LookUp, PageResult
from dateline.store import pages
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.ledger import Outcome
from dateline.text import urls
from workers import reading

pytestmark = pytest.mark.integration


def tell(blob: bytes) -> bytes:
    """Read a page whose body says of which text it is and how many were killed: "1 7".

    "1" tells of nothing, "1 -300" of a statistic.
    """
    stored = pages.decode(reading.asked_of(blob).page)
    if stored.body == b"silent":
        made = PageResult(article_id=stored.article_id, version=stored.version, reason=Reason.NO_TEXT)
        return msgspec.msgpack.encode(made)
    text, *tolls = (int(one) for one in stored.body.split())
    number = int(stored.article_id, 16)
    told = [
        mention(number, abs(toll), start=stored.version, class_="fresh" if toll > 0 else "aggregate")
        for toll in tolls
    ]
    return msgspec.msgpack.encode(result(number, *told, text=prose(text, 200), version=stored.version))


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    with at_work(store, settings, tell) as made:
        yield made


def accept(store: Store, number: int, body: str, now=NOW) -> Page:
    """Acknowledge an article, or its next version, as a poll does."""
    store.catalog.put([feed()], now)
    store.catalog.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    made = page(number, body=body.encode(), accepted_at=now)
    (stored,) = store.feeds.versions([made.article_id])
    made = msgspec.structs.replace(made, version=stored + 1)
    assert store.feeds.accept(claim, [made], now) == 1
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)
    return made


def envelopes(store: Store) -> list[Envelope]:
    return [decode_envelope(data) for _, data in store.incidents.events("0", count=1000)]


def told(envelope: Envelope) -> tuple[str, int, int | None, int]:
    killed = envelope.incident.toll.killed
    assert killed
    return envelope.event, killed.min, killed.max, len(envelope.incident.articles)


def test_a_corrected_toll_is_published_as_an_update_of_its_incident(bench: Bench) -> None:
    """3, then 7, then 5: one incident, one article in it, and books in which the article counts once."""
    for body in ("1 3", "1 7", "1 5"):
        accept(bench.store, 1, body, bench.now)
        assert fate(bench.store, 1) == "none"
        bench.work(after_s=1)
        assert fate(bench.store, 1) == "incident"
    published = envelopes(bench.store)
    assert [told(one) for one in published] == [
        ("opened", 3, 3, 1),
        ("updated", 7, 7, 1),
        ("updated", 5, 5, 1),
    ]
    assert len({one.incident.id for one in published}) == 1
    assert [one.incident.version for one in published] == [1, 2, 3]
    assert all("toll" in one.changed for one in published[1:])
    assert bench.store.incidents.fates() == {"entries": 1, "incident": 1}
    assert bench.store.outbox.depths().outbox == 0


def test_another_paper_keeps_its_word(bench: Bench) -> None:
    """Its 9 and its reference stand when the first article goes from 7 down to 5."""
    accept(bench.store, 1, "1 7")
    bench.work(after_s=1)
    accept(bench.store, 2, "2 9", bench.now)
    bench.work(after_s=1)
    accept(bench.store, 1, "1 5", bench.now)
    bench.work(after_s=1)
    assert [told(one) for one in envelopes(bench.store)] == [
        ("opened", 7, 7, 1),
        ("updated", 7, 9, 2),
        ("updated", 5, 9, 2),
    ]
    assert bench.store.incidents.fates() == {"entries": 2, "incident": 2}


def test_replaying_a_revision_changes_nothing(bench: Bench) -> None:
    """The same page accepted again, and the same settlement committed again, publish nothing and count nothing."""
    accept(bench.store, 1, "1 3")
    bench.work(after_s=1)
    made = accept(bench.store, 1, "1 7", bench.now)
    bench.work(after_s=1)
    before = envelopes(bench.store), bench.store.incidents.fates()
    bench.store.catalog.due_now(["feed1"], bench.now)
    (claim,) = bench.store.feeds.claim("me", bench.now, 10, 20, UNPACED)
    assert bench.store.feeds.accept(claim, [made], bench.now) == 0
    read = msgspec.msgpack.decode(tell(reading.asking(pages.encode(made), b"")), type=PageResult)
    again = bench.store.ledger.settle(plan(read, LookUp(), bench.now), read.fingerprint, LookUp(), bench.now)
    assert again.outcome is Outcome.ALREADY
    bench.work(after_s=600)
    assert (envelopes(bench.store), bench.store.incidents.fates()) == before


def test_a_revision_that_comes_while_the_first_version_is_read_is_not_lost(bench: Bench) -> None:
    """What was read from the old page is not committed; the new one waits and is settled."""
    first = accept(bench.store, 1, "1 3")
    read = msgspec.msgpack.decode(tell(reading.asking(pages.encode(first), b"")), type=PageResult)
    ledger = bench.store.ledger
    seen = ledger.look_up(read.article_id, read.fingerprint, (), wanted_blocks(read, NOW), NOW)
    accept(bench.store, 1, "1 7", NOW)
    settled = ledger.settle(plan(read, seen, NOW), read.fingerprint, seen, NOW)
    assert settled.outcome is Outcome.SUPERSEDED
    assert (envelopes(bench.store), fate(bench.store, 1)) == ([], "none")
    bench.work(after_s=1)
    assert [told(one) for one in envelopes(bench.store)] == [("opened", 7, 7, 1)]
    assert bench.store.incidents.fates() == {"entries": 1, "incident": 1}


def test_a_revision_that_cannot_be_read_keeps_what_was_told(bench: Bench) -> None:
    """Its fate is unreadable; the incident stands, and the next version finds it."""
    for body in ("1 3", "silent", "1 7"):
        accept(bench.store, 1, body, bench.now)
        bench.work(after_s=1)
        if body == "silent":
            assert fate(bench.store, 1) == "unreadable"
            assert bench.store.incidents.fates() == {"entries": 1, "incident": 0, "unreadable": 1}
    assert [told(one) for one in envelopes(bench.store)] == [("opened", 3, 3, 1), ("updated", 7, 7, 1)]


def test_an_incident_that_a_revision_does_not_tell_stands(bench: Bench) -> None:
    """The article becomes irrelevant, and what it told is not taken back."""
    accept(bench.store, 1, "1 3")
    bench.work(after_s=1)
    accept(bench.store, 1, "1", bench.now)
    bench.work(after_s=1)
    assert fate(bench.store, 1) == "irrelevant"
    assert [told(one) for one in envelopes(bench.store)] == [("opened", 3, 3, 1)]
    assert bench.store.incidents.fates() == {"entries": 1, "incident": 0, "irrelevant": 1}


def test_a_copy_of_the_first_version_does_not_judge_the_second(bench: Bench) -> None:
    """A reprint, and a reprint of that, follow the article; its revision is no reprint of theirs."""
    accept(bench.store, 1, "1 3")
    bench.work(after_s=1)
    for number in (2, 3):
        accept(bench.store, number, "1 3", bench.now)
        bench.work(after_s=1)
    accept(bench.store, 1, "1 7", bench.now)
    bench.work(after_s=1)
    assert told(envelopes(bench.store)[-1]) == ("updated", 7, 7, 3)
    known = bench.store.incidents.article(f"{1:016x}")
    assert known
    assert known.fields["disposition"] == "novel"
    assert bench.store.incidents.fates()["incident"] == 1


def test_racing_workers_and_revisions_end_in_the_last_word(store: Store) -> None:
    """Versions come while three workers read earlier ones: one incident, its versions in a row, exact books."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set() or store.outbox.depths().outbox:
            for one in store.outbox.begin([f"{1:016x}"], NOW, 15):
                if one.page is None:
                    continue  # settled since it was taken
                read = msgspec.msgpack.decode(tell(reading.asking(one.page, one.sketch)), type=PageResult)
                seen = store.ledger.look_up(
                    read.article_id, read.fingerprint, (), wanted_blocks(read, NOW), NOW
                )
                if seen.fate is None:
                    store.ledger.settle(plan(read, seen, NOW), read.fingerprint, seen, NOW)

    with ThreadPoolExecutor(3) as workers:
        done = [workers.submit(work) for _ in range(3)]
        for toll in range(1, 19):
            accept(store, 1, f"1 {toll}")
        over.set()
        for one in done:
            one.result(timeout=30)
    published = envelopes(store)
    assert [one.incident.version for one in published] == list(range(1, len(published) + 1))
    assert len({one.incident.id for one in published}) == 1
    assert told(published[-1])[1:] == (18, 18, 1)
    assert store.incidents.fates() == {"entries": 1, "incident": 1}


def test_a_statistic_is_published_once(bench: Bench) -> None:
    """What the first version counted is not counted again when the text around it changes."""
    for body, published in (("1 -300", 1), ("1 -300", 1), ("1 -300 -25", 2)):
        accept(bench.store, 1, body, bench.now)
        bench.work(after_s=1)
        assert bench.store.client.xlen(bench.store.keys.statistics_stream) == published
    assert bench.store.incidents.fates() == {"entries": 1, "background": 1}


def test_the_index_holds_a_revised_article_once(bench: Bench) -> None:
    """Whoever shares its latest words finds it, once and by them; the words that it dropped lead to it no more."""

    def found(text: int) -> list[bytes]:
        print_ = fingerprint(prose(text, 200))
        seen = bench.store.ledger.look_up("stranger", print_, (), (), bench.now)
        assert {one.id for one in seen.neighbours} <= {f"{1:016x}"}
        return [one.sketch for one in seen.neighbours]

    for body, days in (("1 3", 0), ("1 7", 0), ("2 7", 6)):
        bench.now += timedelta(days=days)
        accept(bench.store, 1, body, bench.now)
        bench.work(after_s=1)
        assert found(int(body[0])) == [fingerprint(prose(int(body[0]), 200)).sketch]
    assert found(1) == []


def test_why_shows_that_an_article_was_revised(bench: Bench) -> None:
    """Its version, and the fate of its latest words."""
    accept(bench.store, 1, "1 3")
    bench.work(after_s=1)
    url = bench.store.url
    assert "version" not in dateline("why", f"{1:016x}", DATELINE_REDIS_URL=url).stdout
    accept(bench.store, 1, "1 7", bench.now)
    bench.work(after_s=1)
    shown = dateline("why", f"{1:016x}", DATELINE_REDIS_URL=url).stdout
    assert "version    2: it was revised" in shown
    assert "fate       incident: 0 incidents opened, 1 mentions of known ones" in shown
    assert urls.canonical("http://news.test/story-1") in shown


MARKET = (
    "<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>At least {toll} people were killed when a roadside bomb went off beside a vegetable market in Baidoa on"
    " Wednesday, police said. {more}</p><p>Traders said that the road had been swept for mines the evening before, and"
    " that soldiers closed it for most of the afternoon while the wounded were brought to the hospital.</p>"
    "</article></body></html>"
)


def test_a_news_page_whose_toll_is_corrected(store: Store, settings: Settings) -> None:
    """Read and coded as any page is: the desk raises the toll, names who claimed it, and lowers it the next day."""
    texts = (
        {"title": "Bomb kills three at market in Baidoa", "toll": "three", "more": "Nobody claimed it."},
        {
            "title": "Market bomb in Baidoa kills seven",
            "toll": "seven",
            "more": "Twelve people were wounded.",
        },
        {
            "title": "Market bomb in Baidoa: toll lowered to five",
            "toll": "five",
            "more": "Twelve were wounded.",
        },
    )
    with at_work(store, settings, reading.target(Coder.load())) as bench:
        for text in texts:
            accept(store, 1, MARKET.format(**text), bench.now)
            bench.work(after_s=1)
    published = envelopes(store)
    assert [told(one)[:2] for one in published] == [("opened", 3), ("updated", 7), ("updated", 5)]
    assert len({one.incident.id for one in published}) == 1
    assert {len(one.incident.articles) for one in published} == {1}
    assert {(one.incident.place and one.incident.place.name) for one in published} == {"Baidoa"}
    assert store.incidents.fates() == {"entries": 1, "incident": 1}
