"""Who publishes in order to be taken for the source of others' news, and texts that no newsroom writes."""

from datetime import datetime, timedelta

import pytest
from coded import mention, prose, result
from make import NOW
from msgspec.structs import replace
from wire_world import World

from dateline.dedup.lineage import BELIEVED_S, independent_sources, placed, turned
from dateline.incidents.record import ArticleRef
from dateline.model import Disposition
from dateline.resemblance import Verdict
from dateline.settlement import PageResult

COPIED = Verdict(disposition=Disposition.REPRINT, of="a", similarity=0.9, share=0.9, other_share=0.9)
REWORDED = Verdict(
    disposition=Disposition.REPRINT, of="a", similarity=0.5, share=0.6, other_share=0.6, spun=True
)
LONG_AGO = timedelta(seconds=BELIEVED_S + 60)


def ref(name: str, url: str, publisher: str = "", at: datetime | None = NOW, **fields: str) -> ArticleRef:
    return ArticleRef(
        id=name,
        url=url,
        publisher=publisher,
        published_at=at,
        lineage="original",
        origin=fields.get("origin", ""),
    )


def joined(
    head: ArticleRef, late: ArticleRef, verdict: Verdict = COPIED, seen_at: datetime | None = NOW
) -> list[tuple[str, bool]]:
    """Lineage and spin of the head and of the one that joins it."""
    told = placed(late, verdict, (head,), seen_at=seen_at)
    refs = (*turned((head,), told, verdict, seen_at=seen_at), told)
    assert independent_sources(refs) == 1
    return [(str(one.lineage), one.spun) for one in refs]


PAPER = ref("a", "https://orrinpost.test/1")


@pytest.mark.parametrize("verdict", [COPIED, REWORDED])
def test_a_copy_dated_back_is_no_original(verdict: Verdict) -> None:
    """What says that it was published more than a day before it was seen takes nobody's place by that."""
    kept = ("original", False)
    late = ref("b", "https://parrot.test/1", at=NOW - LONG_AGO)
    assert joined(PAPER, late, verdict)[0] == kept
    assert (
        joined(PAPER, ref("b", "https://parrot.test/1", at=datetime.min.replace(tzinfo=NOW.tzinfo)), verdict)[
            0
        ]
        == kept
    )


def test_an_original_that_comes_late_by_hours_is_believed() -> None:
    """Feeds are polled twice a day at least; what came in within that is taken by its own clock."""
    late = ref("b", "https://village.test/1", at=NOW - timedelta(hours=13))
    assert joined(PAPER, late) == [("reprint", False), ("original", False)]


def test_a_newsroom_that_is_known_is_no_machine() -> None:
    """A reworded copy that is dated back by an hour does not make a listed paper's own text the spun one."""
    known = ref("a", "https://www.theguardian.com/world/1")
    late = ref("b", "https://parrot.test/1", at=NOW - timedelta(hours=1))
    assert joined(known, late, REWORDED) == [("original", False), ("retelling", True)]


@pytest.mark.parametrize("verdict", [COPIED, Verdict(disposition=Disposition.NOVEL)])
def test_a_page_that_calls_itself_an_agency_is_not_it(verdict: Verdict) -> None:
    """Papers that credit Reuters have nothing from a stranger's site of that name; from the agency's page they have."""
    paper = ref("a", "https://orrinpost.test/1", origin="Reuters")
    (kept, _), (posed, _) = joined(paper, ref("b", "https://parrot.test/1", "Reuters"), verdict)
    assert (kept, posed) == ("original", "reprint" if verdict.of else "retelling")
    (behind, _), (own, _) = joined(paper, ref("b", "https://www.reuters.com/1", "Reuters"), verdict)
    assert (behind, own) == ("reprint" if verdict.of else "retelling", "original")


def test_posing_as_two_newsrooms_does_not_make_them_one() -> None:
    """Two pages of one host, each under another's name: those two still count as two sources."""
    own = [
        ref("a", "https://www.bbc.com/news/1", "BBC News"),
        ref("b", "https://www.aljazeera.com/news/1", "Al Jazeera"),
    ]
    posed = [ref("c", "https://parrot.test/1", "BBC News"), ref("d", "https://parrot.test/2", "Al Jazeera")]
    assert independent_sources([*own, *posed]) == independent_sources(own) == 2


def published(number: int, at: datetime, killed: int, text: str) -> PageResult:
    told = result(number, mention(number, killed), text=text)
    assert told.article
    return replace(told, article=replace(told.article, published_at=at), accepted_at=NOW)


def test_a_copy_dated_back_leaves_the_incident_as_it_was() -> None:
    """The wire's record names the same original, day and first figure; the copy is listed as a reprint."""
    world = World()
    world.settle(published(1, NOW - timedelta(hours=1), 7, prose(1)))
    world.settle(published(2, NOW - timedelta(days=400), 7, f"{prose(1)} Seen here first."))
    incident = world.only()
    assert [one.lineage for one in incident.articles] == ["original", "reprint"]
    assert incident.independent_sources == 1
    assert world.story(2) == world.story(1)


def test_a_copy_that_names_its_original_and_is_polled_first_takes_nothing_from_it() -> None:
    """Whoever copies a text and calls the paper's address canonical leaves the paper a source, and the original."""
    world = World()
    text = prose(1)
    early = published(2, NOW - timedelta(minutes=1), 7, text)
    world.settle(early)
    world.settle(published(1, NOW - timedelta(minutes=20), 7, f"{text} One line more."), early.article_id)
    told = {one.id: one.lineage for one in world.only().articles}
    assert told == {f"{1:016x}": "original", early.article_id: "reprint"}
    assert world.only().independent_sources == 1


def test_a_second_address_of_one_publisher_is_no_second_source() -> None:
    """The same page of the same paper under two addresses is listed once."""
    world = World()
    early = published(2, NOW - timedelta(minutes=1), 7, prose(1))
    world.settle(early)
    assert early.article
    late = published(1, NOW - timedelta(minutes=1), 7, prose(1))
    assert late.article
    late = replace(late, article=replace(late.article, url=f"{early.article.url}?print=1"))
    world.settle(late, early.article_id)
    assert [one.id for one in world.only().articles] == [early.article_id]
