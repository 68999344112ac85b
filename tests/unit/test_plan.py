"""What settling an article will do: its one fate, its envelopes, and nothing on a second look."""

import msgspec
import pytest
from coded import mention, prose, result
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW
from wire_world import World, only_change

from dateline.errors import Reason
from dateline.incidents.match import lookup_blocks
from dateline.incidents.plan import MAX_BLOCKS, plan, wanted_blocks
from dateline.incidents.record import Count, Place, Toll, When
from dateline.model import Disposition, Fate
from dateline.settlement import LookUp, PageResult

HOMS = Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577)


def test_a_page_that_could_not_be_read_is_unreadable() -> None:
    """Its fate carries the named reason and the detail; it is no neighbour to anybody."""
    failed = PageResult(article_id="a", reason=Reason.TOO_DEEP, detail="nested 400 deep")
    settlement = plan(failed, LookUp(), NOW)
    assert settlement.fate is Fate.UNREADABLE
    assert settlement.reason == "too_deep: nested 400 deep"
    assert (settlement.indexed, settlement.changes, settlement.verdict) == (False, (), None)


def test_an_article_that_tells_of_nothing_is_irrelevant() -> None:
    """It is judged and indexed all the same: its reprints shall be known."""
    settlement = plan(result(1, relevance=0.02), LookUp(), NOW)
    assert settlement.fate is Fate.IRRELEVANT
    assert settlement.indexed
    assert settlement.verdict
    assert settlement.verdict.disposition is Disposition.NOVEL
    assert settlement.reason == "relevance 0.02; no incident told"


def test_old_news_only_is_background() -> None:
    """An article that only looks back publishes nothing."""
    settlement = plan(result(1, mention(class_="background")), LookUp(), NOW)
    assert settlement.fate is Fate.BACKGROUND
    assert (settlement.changes, settlement.statistics, settlement.incidents) == ((), (), ())


def test_an_aggregate_goes_to_the_statistics_only() -> None:
    """A monthly total is no event: it never opens an incident, also when a fresh one stands beside it."""
    total = mention(1, 300, class_="aggregate", n_events=40)
    alone = plan(result(1, total), LookUp(), NOW)
    assert alone.fate is Fate.BACKGROUND
    assert (alone.statistics, alone.changes) == ((total,), ())
    both = plan(result(1, total, mention(1)), LookUp(), NOW)
    assert both.fate is Fate.INCIDENT
    assert both.statistics == (total,)
    assert only_change(both).incident.toll.killed == msgspec.structs.replace(
        Count(min=7, max=7), claims=only_change(both).incident.toll.killed.claims
    )


def test_a_fresh_event_opens_an_incident() -> None:
    """The id says country and day; the article is the one source; the blocks lead back to it."""
    settlement = plan(result(1, mention(1)), LookUp(), NOW)
    change = only_change(settlement)
    assert (settlement.fate, change.event, change.expected_version) == (Fate.INCIDENT, "opened", 0)
    assert change.incident.id.startswith("SY-20260312-")
    assert change.incident.version == 1
    assert [(ref.id, ref.lineage) for ref in change.incident.articles] == [(f"{1:016x}", "original")]
    assert settlement.incidents == (change.incident.id,)
    assert set(change.blocks) <= set(lookup_blocks(mention(2), NOW))


def test_an_unknown_country_and_day_still_give_an_id() -> None:
    """What is not known is not made up: XX and zeros."""
    change = only_change(plan(result(1, mention(1, place=None, date=None)), LookUp(), NOW))
    assert change.incident.id.startswith("XX-00000000-")


def test_an_independent_report_updates_the_incident() -> None:
    """Another paper's own words on the same event add a source, not an incident."""
    world = World()
    first = world.settle(result(1, mention(1)))
    second = world.settle(result(2, mention(2, 9)))
    change = only_change(second)
    assert (second.fate, change.event, change.incident.version) == (Fate.INCIDENT, "updated", 2)
    assert change.incident.id == only_change(first).incident.id
    assert {"articles", "toll"} <= set(change.changed)
    told, _, grounds = second.reason.partition("; ")
    assert told == "0 incidents opened, 1 mentions of known ones"
    assert " by same kind, same day, same town, " in grounds


def test_another_town_opens_another_incident() -> None:
    """The same day and kind elsewhere is another event."""
    world = World()
    world.settle(result(1, mention(1)))
    world.settle(result(2, mention(2, 3, place=HOMS)))
    assert len(world.incidents) == 2


def test_the_same_words_elsewhere_are_a_duplicate() -> None:
    """The second address is attached to the incident; no figure of it is taken."""
    world = World()
    text = prose(1)
    world.settle(result(1, mention(1), text=text))
    again = world.settle(result(2, mention(2, 99), text=text))
    change = only_change(again)
    assert again.fate is Fate.DUPLICATE
    assert again.verdict
    assert (again.verdict.of, again.verdict.similarity) == (f"{1:016x}", 1.0)
    assert (change.event, change.changed) == ("updated", ("articles",))
    assert world.only().toll.killed
    assert world.only().toll.killed.max == 7
    assert again.incidents == (world.only().id,)


def test_a_reprint_is_attached_to_what_the_original_told() -> None:
    """A copy with a new ending is one more reprint of one source, whatever was coded of it."""
    world = World()
    text = prose(1)
    world.settle(result(1, mention(1), text=text))
    again = world.settle(result(2, mention(2), text=f"{text} Our own desk added this one line."))
    assert again.fate is Fate.REPRINT
    assert only_change(again).changed == ("articles",)
    assert [ref.lineage for ref in world.only().articles] == ["original", "reprint"]
    assert world.only().independent_sources == 1


def test_a_reprint_of_what_told_nothing_changes_nothing() -> None:
    """It ends as a reprint, with no incident to be attached to."""
    world = World()
    world.settle(result(1, text=prose(1)))
    again = world.settle(result(2, text=f"{prose(1)} And this one more line."))
    assert (again.fate, again.changes, again.incidents) == (Fate.REPRINT, (), ())


def test_a_reprint_with_a_new_figure_is_news() -> None:
    """An agency's second take has nearly the same words and a higher toll: it is an update."""
    world = World()
    text = prose(1)
    world.settle(result(1, mention(1, 7), text=text))
    again = world.settle(result(2, mention(2, 11), text=f"{text} The toll rose to eleven."))
    change = only_change(again)
    assert (again.fate, change.event) == (Fate.INCIDENT, "updated")
    assert "toll" in change.changed
    assert world.only().toll.killed
    assert 11 in (world.only().toll.killed.min, world.only().toll.killed.max)


def test_a_revised_page_under_its_own_address_is_a_duplicate() -> None:
    """A second address of one page is no source: nothing is attached."""
    world = World()
    world.settle(result(1, mention(1), text=prose(1)))
    revised = result(2, mention(2), text=f"{prose(1)} {prose(5, 60)}", aliases=(f"{1:016x}",))
    settlement = world.settle(revised, same_address=f"{1:016x}")
    assert (settlement.fate, settlement.changes) == (Fate.DUPLICATE, ())
    assert settlement.incidents == (world.only().id,)
    assert settlement.verdict
    assert settlement.verdict.reason.startswith("the same canonical address")


def test_a_front_page_named_as_canonical_does_not_swallow_stories() -> None:
    """Texts with nothing in common are two articles, whatever address they claim."""
    world = World()
    world.settle(result(1, mention(1)))
    settlement = world.settle(result(2, mention(2, 3, place=HOMS)), same_address=f"{1:016x}")
    assert settlement.fate is Fate.INCIDENT
    assert only_change(settlement).event == "opened"


def test_a_second_look_changes_nothing() -> None:
    """Planned again against the state after the first, a settlement has no envelope left to send."""
    world = World()
    told = result(1, mention(1), mention(1, 2, start=500, place=HOMS))
    world.settle(told)
    world.settle(result(2, mention(2, 9)))
    for known, _ in list(world.articles.values()):
        assert plan(known, world.look_up(known), NOW).changes == ()


def test_planning_is_deterministic() -> None:
    """The same page against the same neighbourhood gives the same settlement, ids and all."""
    told = result(1, mention(1), mention(1, 2, start=500, place=HOMS))
    assert plan(told, LookUp(), NOW) == plan(told, LookUp(), NOW)


def test_two_mentions_of_one_event_make_one_envelope() -> None:
    """What an article says twice is published once, with one version."""
    world = World()
    twice = result(1, mention(1), mention(1, start=10))
    opened = only_change(world.settle(twice))
    assert (opened.event, opened.incident.version, opened.changed) == ("opened", 1, ())
    again = result(2, mention(2, 9), mention(2, 9, start=10))
    updated = only_change(world.settle(again))
    assert (updated.event, updated.incident.version, updated.expected_version) == ("updated", 2, 1)


def test_no_article_asks_for_more_blocks_than_the_cap() -> None:
    """A round-up of forty events does not read the whole index."""
    days = [
        mention(
            1,
            place=msgspec.structs.replace(HOMS, iso2=f"{chr(65 + n % 26)}{chr(65 + n // 26)}"),
            date=When(start=NOW.date(), end=NOW.date(), precision=1),
        )
        for n in range(40)
    ]
    wanted = wanted_blocks(result(1, *days), NOW)
    assert len(wanted) == len(set(wanted)) == MAX_BLOCKS
    past = When(start=NOW.date().replace(month=1), end=NOW.date().replace(month=1), precision=1)
    assert wanted_blocks(result(1, mention(class_="background", date=past)), NOW) == ()
    assert wanted_blocks(PageResult(article_id="a", reason="no_text"), NOW) == ()


mentions = st.builds(
    mention,
    st.just(1),
    st.integers(0, 30),
    start=st.integers(0, 900),
    class_=st.sampled_from(["fresh", "aggregate", "background"]),
    place=st.sampled_from([mention().place, HOMS, None]),
    date=st.sampled_from([mention().date, None]),
    toll=st.sampled_from([Toll(), Toll(killed=Count(min=3)), Toll(wounded=Count(min=2, max=5, approx=True))]),
)
pages = st.builds(
    lambda number, found, seed, readable: (
        msgspec.structs.replace(result(number, *found, text=prose(seed)), article_id=f"{number:016x}")
        if readable
        else PageResult(article_id=f"{number:016x}", reason="no_text")
    ),
    st.integers(1, 12),
    st.lists(mentions, max_size=3),
    st.integers(1, 4),
    st.booleans() | st.just(value=True),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pages, min_size=1, max_size=6, unique_by=lambda page: page.article_id))
def test_every_page_ends_in_exactly_one_fate(wire: list[PageResult]) -> None:
    """Whatever came before: one fate, its envelopes consistent with it, versions without a gap."""
    world = World()
    for page in wire:
        settlement = world.settle(page)
        fresh = [one for one in page.coding.incidents if one.class_ == "fresh"] if page.coding else []
        assert settlement.article_id == page.article_id
        assert settlement.reason
        assert settlement.indexed == (page.article is not None)
        assert (settlement.fate is Fate.UNREADABLE) == (page.article is None)
        if settlement.fate is Fate.INCIDENT:
            assert fresh
            assert settlement.incidents
        elif settlement.fate not in {Fate.DUPLICATE, Fate.REPRINT}:
            assert settlement.changes == ()
            assert not fresh
        changed = [change.incident.id for change in settlement.changes]
        assert len(changed) == len(set(changed))
        assert set(changed) <= set(settlement.incidents)


@pytest.mark.parametrize("fate", [Fate.QUARANTINED, Fate.REJECTED])
def test_planning_never_sets_aside(fate: Fate) -> None:
    """Quarantine and rejection are decided where the failure is known, not here."""
    world = World()
    assert fate not in {world.settle(one).fate for one in (result(1), result(2, mention(2)), result(3))}
