"""What a revision changed, in words: text, title, figures, day and place, and nothing that others said."""

import re

import msgspec
from coded import mention, prose, result
from make import NOW
from wire_world import World, revised

from dateline.incidents.corrections import MAX_CHANGES, corrections
from dateline.incidents.record import Count, Evidence, Incident, Place, Toll, When
from dateline.settlement import PageResult, Settlement

HOMS = Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577)
TEXT = " ".join(prose(seed, 80) for seed in (1, 3, 5))
WORD = TEXT.split()[30]


def told(one: PageResult, two: PageResult) -> Settlement:
    """Settle an article and its second version."""
    world = World()
    world.settle(one)
    return world.settle(revised(two))


def told_of(old: Incident, new: Incident, text: str = TEXT) -> str:
    return told(result(1, old, text=TEXT), result(1, new, text=text)).revised


def test_an_article_that_is_no_revision_corrects_nothing() -> None:
    """The first version has nothing before it."""
    world = World()
    assert world.settle(result(1, mention(1), text=TEXT)).revised == ""
    assert world.settle(result(2, mention(2), text=TEXT)).revised == ""


def test_a_single_figure_is_told() -> None:
    """Of a text that stayed as it was, but for one number: which incident, what it is and what it was."""
    said = told_of(mention(1, 7), mention(1, 5), TEXT.replace(WORD, "five", 1))
    assert re.search(r"[A-Z]{2}-\d{8}-\w+: killed 5, it was 7", said), said
    assert "taken out" in said or "here and there" in said


def test_a_figure_without_an_incident_leaves_a_trace() -> None:
    """What coding does not read is known by the words: they are not the same any more."""
    one, other = result(1, text=TEXT), result(1, text=TEXT.replace(WORD, "other", 1))
    said = told(one, other).revised
    assert said
    assert said != "the same words"
    assert told(one, one).revised == "the same words"


def test_figures_that_come_and_go_are_told() -> None:
    """Wounded that were not told before, killed that are told no more, open counts and ranges."""
    new = mention(1, toll=Toll(wounded=Count(min=12), killed=None))
    said = told_of(mention(1, 7), new)
    assert "killed untold, it was 7" in said
    assert "wounded 12+, it was untold" in said
    ranged = mention(1, toll=Toll(killed=Count(min=7, max=9)))
    assert "killed 7–9, it was 7" in told_of(mention(1, 7), ranged)


def test_day_and_place_of_an_article_on_its_own_are_told() -> None:
    """Where nobody else tells of it, what it corrects is corrected."""
    day = When(start=NOW.date().replace(day=11), end=NOW.date().replace(day=11), precision=1)
    said = told_of(mention(1), mention(1, date=day))
    assert "day 2026-03-11, it was 2026-03-12" in said
    proof = Evidence(
        article=f"{1:016x}", start=0, end=90, text="Raiders looted the copper depot beside the old ferry."
    )
    said = told_of(mention(1, evidence=(proof,)), mention(1, place=HOMS, evidence=(proof,)))
    assert "place Homs, it was Tadmur" in said


def test_events_that_come_and_go_are_told() -> None:
    """Another event in the place of the first: that one stands, and the revision tells of it no more."""
    one, two = mention(1), mention(1, 3, start=500, place=HOMS)
    said = told_of(one, two)
    assert re.search(r"SY-20260312-\w+: told no more; SY-20260312-\w+: told now", said), said


def test_what_others_say_is_no_correction() -> None:
    """A revision of one of two articles does not move the incident, and their figures are not told as its own."""
    world = World()
    world.settle(result(1, mention(1, 7), text=TEXT))
    world.settle(result(2, mention(2, 9)))
    said = world.settle(revised(result(1, mention(1, 7), text=f"{TEXT} And a line more."))).revised
    assert "killed" not in said
    assert "9" not in said.split("; ", 1)[-1] or "%" in said
    said = world.settle(revised(result(1, mention(1, 8), text=f"{TEXT} And a line more."), 3)).revised
    assert "killed 8, it was 7" in said


def test_how_much_of_the_text_was_kept_is_told() -> None:
    """The words added and taken out agree with the two lengths, which are counted."""
    grown = told(result(1, text=TEXT), result(1, text=f"{TEXT} {prose(9, 60)}")).revised
    found = re.search(r"about (\d+)% of the text kept, (\d+) words added, (\d+) taken out", grown)
    assert found, grown
    kept, added, removed = map(int, found.groups())
    assert kept >= 95
    assert added - removed == 62
    cut = told(result(1, text=TEXT), result(1, text=" ".join(TEXT.split()[:180]))).revised
    found = re.search(r"about (\d+)% of the text kept, (\d+) words added, (\d+) taken out", cut)
    assert found, cut
    assert int(found[3]) - int(found[2]) == len(TEXT.split()) - 180


def test_another_title_is_told_where_it_is_known() -> None:
    """The earlier title stands in the incidents that the article told of."""
    one = result(1, mention(1), text=TEXT)
    assert one.article
    other = msgspec.structs.replace(
        one, article=msgspec.structs.replace(one.article, title="Toll lowered in Tadmur")
    )
    assert "another title, it was “Story 1”" in told(one, other).revised


def test_a_version_after_an_unreadable_one_says_so() -> None:
    """Nothing is made up where nothing is known of the text before."""
    two = revised(result(1, mention(1), text=TEXT))
    assert corrections(two, None, (), ()) == "nothing is kept of the text before"


def test_the_sentence_is_bounded() -> None:
    """A page of many incidents that is written anew does not fill the store."""
    towns = [
        msgspec.structs.replace(HOMS, name=f"Town{n}", geonameid=n, lat=30.0 + n, lon=10.0) for n in range(9)
    ]
    old = [mention(1, 7, start=n * 100, place=town) for n, town in enumerate(towns)]
    new = [
        mention(
            1, start=n * 100, place=town, toll=Toll(killed=Count(min=9, max=9), wounded=Count(min=3, max=3))
        )
        for n, town in enumerate(towns)
    ]
    said = told(result(1, *old, text=TEXT), result(1, *new, text=TEXT)).revised
    assert said.count("; ") == MAX_CHANGES
    assert said.endswith("changes more")
