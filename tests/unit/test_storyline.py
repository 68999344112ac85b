"""Which story an article belongs to: stable names, merges that text and event prove, splits that are told."""

from datetime import date
from typing import Any

import msgspec
import pytest
from coded import mention, prose, result
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW
from wire_world import World, revised

from dateline.incidents.plan import plan
from dateline.incidents.record import Incident, Place, When
from dateline.incidents.storyline import ROUND_UP
from dateline.model import Disposition, Fate
from dateline.settlement import LookUp, PageResult

TEXT = prose(1, 120)


def town(number: int) -> Place:
    """A town of its own for each number, far from the others."""
    return Place(
        name=f"Town{number}",
        country="Syria",
        iso2="SY",
        lat=33.0 + number,
        lon=36.0,
        geo_precision=1,
        geonameid=number,
    )


def event(number: int, article: int, killed: int = 7, **fields: Any) -> Incident:
    return mention(article, killed, start=number * 100, place=town(number), **fields)


def name(number: int) -> str:
    return f"{number:016x}"


def test_an_article_that_nothing_came_before_founds_a_story() -> None:
    """The story bears its id, whatever the article tells."""
    for one in (result(1), result(1, event(1, 1)), result(1, event(1, 1), event(2, 1))):
        settlement = plan(one, LookUp(), NOW)
        assert (settlement.story, settlement.merged, settlement.revised) == (name(1), (), "")


def test_a_copy_belongs_to_the_story_of_what_it_repeats() -> None:
    """A copy of a copy too, and copies of what told nothing."""
    world = World()
    world.settle(result(1, text=TEXT))
    for number in (2, 3):
        settled = world.settle(result(number, text=f"{TEXT} And one more line {number}."))
        assert settled.verdict
        assert settled.verdict.disposition is Disposition.REPRINT
    assert {world.story(number) for number in (1, 2, 3)} == {name(1)}


def test_a_report_of_a_known_event_belongs_to_its_story() -> None:
    """Whoever tells of it in whatever words, and whoever repeats that."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(1, 2, 9)))
    world.settle(result(3, event(2, 3)))
    world.settle(result(4, text=f"{prose(2)} More.", article_id=name(4)))
    assert [world.story(number) for number in (1, 2, 3, 4)] == [name(1), name(1), name(3), name(1)]


def test_the_first_event_says_which_story_it_is() -> None:
    """News leads with what is new; an attack of the day before, named further down, is another story."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(2, 2), event(1, 2)))
    world.settle(result(3, event(1, 3), event(3, 3)))
    assert [world.story(number) for number in (1, 2, 3)] == [name(1), name(2), name(1)]


def test_a_round_up_merges_nothing_and_is_a_story_of_its_own() -> None:
    """Three events of two stories and of none: nothing is tied together by being told on one page."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(2, 2)))
    digest = world.settle(result(3, *(event(number, 3) for number in range(1, ROUND_UP + 1))))
    assert (digest.story, digest.merged) == (name(3), ())
    assert [world.story(number) for number in (1, 2)] == [name(1), name(2)]


def test_three_events_of_one_story_are_no_round_up() -> None:
    """Who tells again what one story has told belongs to it."""
    world = World()
    world.settle(result(1, event(1, 1), event(2, 1), event(3, 1)))
    world.settle(result(2, event(1, 2), event(2, 2), event(3, 2)))
    assert world.story(2) == name(1)


def bridged() -> World:
    """Two stories of one event: a text whose coding found nothing, and a report in other words."""
    world = World()
    world.settle(result(1, text=TEXT))
    world.settle(result(2, event(1, 2)))
    assert (world.story(1), world.story(2)) == (name(1), name(2))
    return world


def test_a_copy_that_tells_a_known_event_merges_the_two_stories() -> None:
    """Its text says one story, its one event the other; the one that was published first keeps its name."""
    world = bridged()
    tie = world.settle(result(3, event(1, 3), text=f"{TEXT} A word more."))
    assert (tie.story, tie.merged) == (name(2), (name(1),))
    assert {world.story(number) for number in (1, 2, 3)} == {name(2)}


def test_a_merge_is_not_made_twice() -> None:
    """The next copy finds one story."""
    world = bridged()
    world.settle(result(3, event(1, 3), text=f"{TEXT} A word more."))
    again = world.settle(result(4, event(1, 4), text=f"{TEXT} Some other word."))
    assert (again.story, again.merged) == (name(2), ())


def on_day(day: int, article: int) -> Incident:
    return event(1, article, date=When(start=date(2026, 3, day), end=date(2026, 3, day), precision=1))


@pytest.mark.parametrize(("copied", "day"), [(1, 11), (2, 10)])
def test_of_two_published_stories_the_older_survives(copied: int, day: int) -> None:
    """Whichever of them the text speaks for, and whichever the event: days that were told too far apart."""
    world = World()
    world.settle(result(1, on_day(9, 1), text=prose(1, 120)))
    world.settle(result(2, on_day(12, 2), text=prose(2, 120)))
    assert world.story(2) == name(2)
    settled = world.settle(result(3, on_day(day, 3), text=f"{prose(copied, 120)} A word more."))
    assert (settled.story, settled.merged) == (name(1), (name(2),))
    assert settled.verdict
    assert settled.verdict.of == name(copied)


def test_a_copy_of_a_round_up_ties_nothing() -> None:
    """A text that told several events says of none that it is another story's."""
    world = World()
    world.settle(result(1, event(1, 1), event(2, 1), text=TEXT))
    world.settle(result(2, event(3, 2)))
    settled = world.settle(result(3, event(3, 3), text=f"{TEXT} A word more."))
    assert (settled.fate, settled.story, settled.merged) == (Fate.INCIDENT, name(1), ())


def test_a_copy_that_tells_another_event_ties_nothing() -> None:
    """A text used again for the next event of its kind: the original told another one."""
    world = World()
    world.settle(result(1, event(1, 1), text=TEXT))
    world.settle(result(2, event(2, 2)))
    settled = world.settle(result(3, event(2, 3), text=f"{TEXT} A word more."))
    assert (settled.story, settled.merged) == (name(1), ())


def test_a_revision_stays_in_its_story() -> None:
    """Its text is rewritten or its event corrected: one of both is enough to be the same story."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(1, 2, 9), text=TEXT))
    rewritten = world.settle(revised(result(2, event(1, 2, 11), text=prose(7, 120))))
    assert (rewritten.story, rewritten.merged) == (name(1), ())
    silent = world.settle(revised(result(2, text=f"{prose(7, 120)} No more."), 3))
    assert silent.story == name(1)


def test_a_revision_that_has_nothing_left_of_its_story_leaves_it() -> None:
    """A page that is used again for other news: another text, another event. The split is told."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(1, 2, 9), text=TEXT))
    other = world.settle(revised(result(2, event(5, 2), text=prose(7, 120))))
    assert other.story != name(1)
    assert f"left the story {name(1)}" in other.revised
    again = world.settle(revised(result(2, event(5, 2, 8), text=prose(7, 120)), 3))
    assert again.story == other.story
    assert "left the story" not in again.revised


def test_a_founder_that_leaves_does_not_take_the_name_along() -> None:
    """Those that stay keep the name that they were told under, and no other story gets it."""
    world = World()
    world.settle(result(1, event(1, 1), text=TEXT))
    world.settle(result(2, event(1, 2, 9)))
    other = world.settle(revised(result(1, event(5, 1), text=prose(7, 120))))
    assert other.story not in {name(1), name(2), ""}
    assert len(other.story) == len(name(1))
    assert world.story(2) == name(1)


def test_a_teaser_that_grew_is_the_same_story() -> None:
    """All of the earlier text stands in the longer one, though that has much more."""
    world = World()
    whole = prose(1, 400)
    world.settle(result(1, text=" ".join(whole.split()[:70])))
    grown = world.settle(revised(result(1, event(1, 1), text=whole)))
    assert (grown.story, grown.merged) == (name(1), ())


def test_a_revision_of_what_the_index_has_dropped_stays() -> None:
    """Without the earlier text nothing says that it is another one."""
    world = World()
    world.settle(result(1, event(1, 1)))
    world.settle(result(2, event(1, 2, 9), text=TEXT))
    later = revised(result(2, event(5, 2), text=prose(7, 120)))
    look_up = world.look_up(later)
    assert look_up.earlier
    dropped = msgspec.structs.replace(look_up.earlier, sketch=b"", words=0)
    settled = plan(later, msgspec.structs.replace(look_up, earlier=dropped), NOW)
    assert settled.story == name(1)
    assert "nothing is kept of the text before" in settled.revised


def test_a_story_from_before_stories_were_kept_has_a_name() -> None:
    """An incident without one is called by its first article, a neighbour by itself."""
    world = World()
    world.settle(result(1, event(1, 1), text=TEXT))
    for number, one in ((2, result(2, event(1, 2, 9))), (3, result(3, text=f"{TEXT} A word."))):
        look_up = world.look_up(one)
        bare = tuple(msgspec.structs.replace(near, story="") for near in look_up.neighbours)
        old = msgspec.structs.replace(look_up, neighbours=bare, stories={})
        assert plan(one, old, NOW).story == name(1), number


def worded(seed: int, words: int) -> str:
    """A text of words alone: those with digits in them count as figures, and other figures make another report."""
    return prose(seed, words).translate(str.maketrans("0123456789", "abcdefghij"))


WHOLE = {family: [worded(family * 10 + part, 40) for part in range(6)] for family in (1, 2, 3)}


def copy_of(family: int, kind: int, *, tells: bool) -> PageResult:
    """One of four texts of a family: the whole, without an end, without a beginning, with a paragraph added."""
    parts = WHOLE[family]
    shown = (parts, parts[:-1], parts[1:], [*parts, worded(family * 10 + 7 + kind, 20)])[kind]
    number = family * 10 + kind
    return result(number, *((event(family, number),) if tells else ()), text="\n\n".join(shown))


@settings(max_examples=30, deadline=None)
@given(st.permutations([(family, kind) for family in (1, 2, 3) for kind in range(4)]))
def test_the_order_of_arrival_decides_the_names_only(arrivals: list[tuple[int, int]]) -> None:
    """Whatever comes first, copies and reports of one event are one story, and of texts that tell of none likewise."""
    world = World()
    for family, kind in arrivals:
        world.settle(copy_of(family, kind, tells=family < 3))
    for family in (1, 2, 3):
        names = {world.story(family * 10 + kind) for kind in range(4)}
        first = next(kind for one, kind in arrivals if one == family)
        assert names == {name(family * 10 + first)}


events = st.builds(
    event,
    st.integers(1, 3),
    st.just(1),
    st.integers(0, 12),
    date=st.sampled_from([mention().date, None, When(start=NOW.date(), end=NOW.date(), precision=3)]),
)
pages = st.builds(
    lambda number, told, seed, extra: msgspec.structs.replace(
        result(number, *told, text=f"{prose(seed, 80)} {prose(extra, 20)}"), article_id=name(number)
    ),
    st.integers(1, 6),
    st.lists(events, max_size=3),
    st.integers(1, 3),
    st.integers(4, 6),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pages, min_size=1, max_size=8))
def test_no_story_changes_its_name_silently(wire: list[PageResult]) -> None:
    """The same article again is the same story, unless its settlement tells of a merge or a split."""
    world, versions = World(), {}
    for first in wire:
        versions[first.article_id] = version = versions.get(first.article_id, 0) + 1
        page = revised(first, version)
        before = world.look_up(page)
        stood = before.earlier.story if before.earlier else ""
        settlement = world.settle(page)
        assert settlement == plan(page, before, NOW)
        assert settlement.story
        assert settlement.story not in settlement.merged
        if stood and settlement.story != stood:
            assert stood in settlement.merged or f"left the story {stood}" in settlement.revised
        known = {one.story for one in before.neighbours} | set(before.stories.values()) | {stood}
        assert set(settlement.merged) <= known | {page.article_id}


@settings(max_examples=30, deadline=None)
@given(st.lists(pages, min_size=2, max_size=6, unique_by=lambda page: page.article_id), st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_a_dictionary(wire: list[PageResult], draw: Any) -> None:
    """Redis gives sets in any order: the same neighbourhood is the same answer."""
    world = World()
    for page in wire[:-1]:
        world.settle(page)
    look_up = world.look_up(wire[-1])
    rows = list(look_up.incidents.items())
    draw.shuffle(rows)
    shuffled = msgspec.structs.replace(look_up, incidents=dict(rows))
    assert plan(wire[-1], shuffled, NOW) == plan(wire[-1], look_up, NOW)
