"""What a site repeats, through Redis and a real worker: learned from its news, taken from its later articles."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from coded import mention, prose, result
from make import NOW, feed, page
from worker_bench import Bench, accept, at_work

from dateline.feeds.cadence import first_rhythm
from dateline.model import Fate, FeedState, Line, Role
from dateline.settings import Settings
from dateline.settlement import LookUp, PageResult, Settlement
from dateline.store import pages
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.furniture import KEPT_S, MOST_BYTES, Lesson
from dateline.store.ledger import Outcome
from dateline.text import furniture
from workers import desk, reading

pytestmark = pytest.mark.integration

NOTICE = "The Lakeside Ledger is owned by its nineteen reporters and takes no money from any party."
LABEL = "Voices from the seven valleys"
HOST = "news.test"


class Silent:
    """A coder that finds nothing."""

    def code(self, article):
        return result(1).coding


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[int, PageResult]:
    """What the child made of each article, as the desk got it."""
    real, told = desk.plan, {}

    def plan(one, *rest):
        told[int(one.article_id, 16)] = one
        return real(one, *rest)

    monkeypatch.setattr(desk, "plan", plan)
    return told


@pytest.fixture
def bench(store: Store, settings: Settings) -> Iterator[Bench]:
    with at_work(store, settings, reading.target(Silent())) as made:
        yield made


def story(seed: int, *more: str) -> str:
    paragraphs = [prose(seed * 10 + part, 30) + "." for part in range(3)]
    body = "".join(f"<p>{text}</p>" for text in (*paragraphs, *more, NOTICE, LABEL))
    return f"<html><body><article><h1>Report {seed}</h1>{body}</article></body></html>"


def work(bench: Bench, orders: dict[int, str], after_s: float = 3600) -> None:
    bench.now += timedelta(seconds=after_s)
    accept(bench.store, orders, bench.now)
    bench.work()


def sketch(store: Store) -> furniture.Sketch:
    return furniture.decode(store.client.get(store.keys.furniture(HOST)) or b"")


def test_the_thirteenth_article_loses_what_the_site_repeats(
    bench: Bench, seen: dict[int, PageResult]
) -> None:
    """Twelve articles teach in one batch; the next comes without notice and label, with all of its own text."""
    work(bench, {number: story(number) for number in range(1, 13)})
    assert NOTICE in seen[12].article.text
    assert sketch(bench.store).articles == 12
    work(bench, {13: story(13)})
    text = seen[13].article.text
    assert NOTICE not in text
    assert LABEL not in text
    assert all(prose(130 + part, 30) in text for part in range(3))
    assert sketch(bench.store).articles == 13
    assert bench.store.client.ttl(bench.store.keys.furniture(HOST)) > KEPT_S - 60


def test_a_story_that_is_printed_again_teaches_nothing_and_stays(
    bench: Bench, seen: dict[int, PageResult]
) -> None:
    """Copies of one story are no reason to take its paragraphs out of the next."""
    shared = f"{prose(999, 40)}."
    work(bench, {number: story(number) for number in range(1, 9)})
    work(bench, {20: story(20, shared)})
    for number in range(21, 35):
        work(bench, {number: story(20, shared).replace("Report 20", f"Report {number}")})
    assert sketch(bench.store).articles == 9
    assert bench.store.incidents.fates()["entries"] == 23
    work(bench, {number: story(number) for number in range(40, 45)})
    work(bench, {50: story(50, shared)})
    assert NOTICE not in seen[50].article.text
    assert shared in seen[50].article.text


def test_revisions_teach_nothing(bench: Bench) -> None:
    """A story that is edited again and again has the same sentences each time."""
    for version in range(1, 4):
        bench.now += timedelta(hours=1)
        bench.store.catalog.put([feed()], bench.now)
        bench.store.catalog.due_now(["feed1"], bench.now)
        (claim,) = bench.store.feeds.claim("me", bench.now, 10, 20, UNPACED)
        edited = page(1, body=story(version).encode(), version=version, accepted_at=bench.now)
        assert bench.store.feeds.accept(claim, [edited], bench.now) == 1
        bench.store.feeds.finish(
            [Finish(claim=claim, state=FeedState(rhythm=first_rhythm(bench.now)))], bench.now
        )
        bench.work()
    assert sketch(bench.store).articles == 1


class Telling:
    """A coder that finds one event in whatever it reads."""

    def code(self, article):
        return result(1, mention(1)).coding


def test_a_story_told_again_in_other_words_teaches_nothing(store: Store, settings: Settings) -> None:
    """Of articles that tell of one event the first teaches; the rest may quote its sentences."""
    with at_work(store, settings, reading.target(Telling())) as bench:
        for number in range(1, 5):
            work(bench, {number: story(number)})
    assert store.incidents.fates() == {"entries": 4, "incident": 4}
    assert sketch(store).articles == 1


def test_the_same_page_and_sketch_give_the_same_result() -> None:
    """Reading stays a function of what is handed to the child."""
    stored = furniture.EMPTY
    for number in range(14):
        lines = [Line(Role.BODY, text) for text in (prose(number), NOTICE, LABEL)]
        stored = furniture.learnt(stored, furniture.lesson(lines, (), 20_500))
    blob, known = pages.encode(page(body=story(1).encode())), furniture.encode(stored)
    one, two = (reading.read_page(blob, Silent(), known) for _ in range(2))
    assert (one.article, one.lesson, one.sketch) == (two.article, two.lesson, two.sketch)
    plain = reading.read_page(blob, Silent())
    assert one.article != plain.article
    assert one.lesson == plain.lesson


def settled(store: Store, number: int, taught: Lesson) -> Outcome:
    ending = Settlement(article_id=f"{number:016x}", fate=Fate.IRRELEVANT, reason="none")
    return store.ledger.settle(ending, None, LookUp(), NOW, taught).outcome


def lesson(store: Store, number: int) -> Lesson:
    """Take an article and learn from it, as a worker does."""
    (taken,) = store.outbox.begin([f"{number:016x}"], NOW, 15)
    own = (prose(number * 20 + part) for part in range(12))
    lines = [Line(Role.BODY, text) for text in (*own, NOTICE, LABEL)]
    taught = furniture.lesson(lines, (), 20_500)
    after = furniture.learnt(furniture.decode(taken.sketch), taught)
    return Lesson(host=taken.host, before=taken.sketch, lesson=taught, sketch=furniture.encode(after))


def test_two_workers_of_one_host_lose_no_lesson(store: Store) -> None:
    """The second to settle puts its lesson behind the first one's sketch; the third folds both in."""
    accept(store, dict.fromkeys(range(1, 5), ""))
    both = [lesson(store, number) for number in (1, 2)]
    assert {one.host for one in both} == {HOST}
    assert [settled(store, number, one) for number, one in zip((1, 2), both, strict=True)] == [
        Outcome.SETTLED
    ] * 2
    assert sketch(store).articles == 2
    settled(store, 3, lesson(store, 3))
    raw = store.client.get(store.keys.furniture(HOST))
    assert furniture.encode(furniture.decode(raw)) == raw
    assert sketch(store).articles == 3
    assert settled(store, 3, both[0]) is Outcome.ALREADY
    assert sketch(store).articles == 3


def test_a_host_takes_no_more_than_its_room(store: Store) -> None:
    """However many workers teach of one host at once, its string keeps its bound, and later lessons fold it."""
    accept(store, dict.fromkeys(range(1, 140), ""))
    stale = lesson(store, 1)
    for number in range(1, 139):
        settled(store, number, stale)
    held = store.client.strlen(store.keys.furniture(HOST))
    assert MOST_BYTES - 2 * len(stale.lesson) < held <= MOST_BYTES
    settled(store, 139, lesson(store, 139))
    assert store.client.strlen(store.keys.furniture(HOST)) <= 9 + 8 * furniture.MAX_LINES


@pytest.mark.parametrize("damage", ["hash", "noise"])
def test_a_damaged_key_stops_nothing(store: Store, damage: str) -> None:
    """What stands there and is no sketch is taken for none, and replaced."""
    accept(store, {1: ""})
    name = store.keys.furniture(HOST)
    if damage == "hash":
        store.client.hset(name, "a", "b")
    else:
        store.client.set(name, b"\x01" + bytes(range(200)))
    assert settled(store, 1, lesson(store, 1)) is Outcome.SETTLED
    assert sketch(store).articles == 1
