"""The promises of services.poller.children: which sitemaps of an index a poll reads."""

from datetime import timedelta

import make

from dateline.feeds.memory import Row
from dateline.model import Child
from services.poller.children import LOOKED_AT, MAX_CHILDREN, key, plan
from services.poller.recall import BLANK, Recall


def child(number: int, age_h: int | None = None, name: str = "section") -> Child:
    changed_at = None if age_h is None else make.NOW - timedelta(hours=age_h)
    return Child(url=f"http://news.test/{name}-{number}.xml", changed_at=changed_at)


DATED = [child(number, number) for number in range(12)]


def test_the_first_poll_reads_the_newest_and_leaves_the_archive() -> None:
    """What an index lists when it is first seen is remembered, not read, but for the newest."""
    first = plan(DATED, Recall())
    assert first.read == tuple(DATED[:MAX_CHILDREN])
    assert len(first.rows) == len(DATED) - MAX_CHILDREN
    assert first.settled


def test_a_sitemap_is_read_again_when_its_date_moves() -> None:
    """Address and date together are what was read."""
    known = Recall([Row(key(one), BLANK, BLANK) for one in DATED])
    assert plan(DATED, known).read == ()
    moved = child(11, 0)
    planned = plan([moved, *DATED[:11]], known)
    assert planned.read == (moved,)
    assert len(planned.rows) == 11
    assert planned.settled


def test_more_changes_than_one_poll_reads_are_read_by_the_next() -> None:
    """The rest is neither remembered nor forgotten: the index is looked at again."""
    elsewhere = Recall([Row(b"12345678", BLANK, BLANK)])
    planned = plan(DATED, elsewhere)
    assert planned.read == tuple(DATED[:MAX_CHILDREN])
    assert planned.rows == ()
    assert not planned.settled


def test_sitemaps_without_a_date_are_read_at_every_poll() -> None:
    """Nothing says that they have not changed; those that call themselves news come first."""
    undated = [child(number) for number in range(8)]
    news = child(99, name="google-news")
    planned = plan([*undated, news], Recall())
    assert planned.read == (news, *undated[: MAX_CHILDREN - 1])
    assert not planned.settled
    assert plan([news], Recall([Row(b"12345678", BLANK, BLANK)])).read == (news,)


def test_dated_changes_come_before_undated_sitemaps() -> None:
    """A date that moved is news; the lack of one is not."""
    planned = plan([child(1, 1), child(2), child(3)], Recall())
    assert planned.read == (child(1, 1), child(2), child(3))


def test_a_long_index_is_looked_at_as_far_as_it_can_be_remembered() -> None:
    """Of a publisher's 50,000 sitemaps only the newest thousand count."""
    planned = plan([child(number, number) for number in range(LOOKED_AT * 3)], Recall())
    assert len(planned.read) + len(planned.rows) == LOOKED_AT
