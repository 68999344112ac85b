"""What a copy brings beyond its original: figures, added events, the next event in the same words; and nothing else."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from coded import mention, prose, result
from make import NOW
from wire_world import World, only_change

from dateline.dedup.judge import judge
from dateline.incidents.copies import brought, is_own
from dateline.incidents.plan import plan
from dateline.incidents.record import Actor, Actors, ArticleRef, Count, Evidence, Incident, Place, Toll, When
from dateline.model import Disposition, Fate
from dateline.resemblance import Neighbour, Passage, Verdict
from dateline.settlement import PageResult

HOMS = Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577)
RAID = "Gunmen on motorcycles raided the grain depot near the old mill on Monday and killed seven guards."
TEXT = " ".join(prose(seed, 80) for seed in (1, 3, 5))


def told(text: str = RAID, *, start: int = 0, article: int = 1, killed: int = 7, **fields: Any) -> Incident:
    """A mention that stands on a sentence; its day and place as coding would have read them from it."""
    proof = Evidence(article=f"{article:016x}", start=start, end=start + len(text), text=text)
    place = msgspec.structs.replace(mention().place or HOMS, text="the grain depot")
    day = When(start=NOW.date(), end=NOW.date(), precision=1, text="Monday")
    made = mention(article, killed, evidence=(proof,), place=place, date=day)
    return msgspec.structs.replace(made, **fields)


def known(*mentions: Incident) -> list[Incident]:
    return [msgspec.structs.replace(one, id=f"K{place}") for place, one in enumerate(mentions)]


def reprint(*passages: tuple[int, int], other_share: float = 0.9, **fields: Any) -> Verdict:
    """A verdict on a copy whose shared stretches lie at the same places in both texts."""
    shared = tuple(Passage(start=a, end=b, other_start=a, other_end=b) for a, b in passages)
    made = Verdict(disposition=Disposition.REPRINT, of=f"{1:016x}", other_share=other_share, passages=shared)
    return msgspec.structs.replace(made, **fields)


ALL = (0, 10_000)


def found(
    verdict: Verdict, mentions: list[Incident], events: list[Incident], **words: bool
) -> tuple[Any, Any]:
    """What is news, and what is told again."""
    made = brought(verdict, mentions, events, NOW, **words)
    return made.news, made.again


def test_the_same_told_again_is_no_news() -> None:
    """What matches an incident of the original and adds no figure repeats it."""
    assert found(reprint(ALL), [told(article=2)], known(told())) == ({}, ("K0",))


def test_a_new_figure_is_news_of_its_incident() -> None:
    """The claim goes to the incident that the copy repeats, whatever else it may be like."""
    assert found(reprint(ALL), [told(article=2, killed=11)], known(told())) == ({0: "K0"}, ("K0",))


def test_a_new_figure_in_the_same_sentence_is_news_though_the_events_do_not_match() -> None:
    """Of a vague place and another toll nothing proves one event, but that it is the very sentence."""
    vague = Place(name="Homs", country="Syria", iso2="SY", geo_precision=3, text="the grain depot")
    old = told(place=vague, toll=Toll(killed=Count(min=2, max=2)))
    new = told(place=vague, toll=Toll(killed=Count(min=40, max=40)), article=2)
    assert brought(reprint(ALL), [new], known(old), NOW).news == {0: "K0"}


def test_an_added_paragraph_with_another_event_is_news() -> None:
    """It stands in words of the copy's own; nothing of the original's is one with it."""
    added = told("Elsewhere a mine went off.", start=500, article=2, place=HOMS, killed=3)
    assert found(reprint((0, 400)), [told(article=2), added], known(told())) == ({1: ""}, ("K0",))


def test_the_next_event_in_the_same_words_is_news() -> None:
    """A bulletin that is written by a pattern: another day or another town, and it is another event."""
    other = RAID.replace("Monday", "Friday")
    later = When(start=date(2026, 3, 20), end=date(2026, 3, 20), precision=1, text="Friday")
    assert brought(reprint(ALL), [told(other, date=later)], known(told()), NOW)[:3] == ({0: ""}, (), True)
    elsewhere = msgspec.structs.replace(HOMS, text="Homs")
    other = RAID.replace("the grain depot", "Homs")
    assert brought(reprint(ALL), [told(other, place=elsewhere)], known(told()), NOW)[:3] == (
        {0: ""},
        (),
        True,
    )


def test_the_originals_sentence_read_otherwise_is_no_news() -> None:
    """A cut dateline moves the event to another town, a copy a week later to another Monday: the words are the same."""
    moved = told(place=msgspec.structs.replace(HOMS, text="the old mill"))
    week_later = When(start=date(2026, 3, 19), end=date(2026, 3, 19), precision=1, text="Monday")
    for one in (moved, told(date=week_later), told(place=None, date=None)):
        assert found(reprint(ALL), [one], known(told())) == ({}, ("K0",))


def test_shared_words_in_which_the_original_told_nothing_are_no_news() -> None:
    """What was cut around them makes coding see more in them; the first reading stands where it told something."""
    other = told("The council met there.", start=300, place=None, date=None)
    assert brought(reprint(ALL), [other], known(told(place=HOMS)), NOW).news == {}


def test_where_the_original_told_nothing_all_is_news() -> None:
    """A missed incident is worse than a double one."""
    assert found(reprint(ALL), [told(), told(place=HOMS)], []) == ({0: "", 1: ""}, ())


def test_the_same_words_and_reworded_ones_bring_nothing() -> None:
    """What is coded of them otherwise is our error, or the machine's that reworded them."""
    other = told(place=HOMS, killed=70)
    assert found(reprint(), [other], known(told()), same_words=True) == ({}, ("K0",))
    assert found(reprint(spun=True), [other], known(told())) == ({}, ("K0",))
    assert brought(reprint(spun=True), [other], [], NOW).news == {0: ""}


def test_a_brief_repeats_the_events_that_it_took() -> None:
    """Of a round-up in which it found one paragraph, not the others; also where coding finds none in it."""
    events = known(told(), told("A second.", start=900, place=HOMS))
    brief = reprint((0, 200), other_share=0.2)
    assert brought(brief, [told(article=2)], events, NOW).again == ("K0",)
    assert brought(brief, [], events, NOW).again == ("K0",)
    assert brought(reprint((880, 990), other_share=0.2), [], events, NOW).again == ("K1",)
    assert brought(reprint(ALL), [], events, NOW).again == ("K0", "K1")


def test_a_brief_of_a_copy_repeats_its_only_event() -> None:
    """Evidence stands in the first article, offsets in the copy: where there is one event it must be that one."""
    events = known(told(article=9), told("A second.", article=9, place=HOMS))
    brief = reprint((0, 200), other_share=0.2)
    assert brought(brief, [], events[:1], NOW).again == ("K0",)
    assert brought(brief, [], events, NOW).again == ()


@pytest.mark.parametrize(
    ("span", "own"), [((0, 100), False), ((0, 60), False), ((0, 40), True), ((200, 300), True)]
)
def test_own_words_are_what_no_passage_covers(span: tuple[int, int], own: bool) -> None:
    """Half of a piece of evidence in shared words, and it is the original's; without passages nothing is told apart."""
    piece = Evidence(article="a", start=0, end=100, text="")
    one = mention(evidence=(piece,))
    assert is_own(one, reprint(span).passages) is own
    assert not is_own(one, ())
    assert not is_own(mention(evidence=()), reprint(span).passages)


def test_a_copy_with_an_added_event_updates_and_opens() -> None:
    """Its article is attached to what it repeats, and is the original of what it adds."""
    world = World()
    world.settle(result(1, mention(1), text=TEXT))
    added = " ".join(prose(9, 30).split()[2:])
    start = len(TEXT) + 2
    both = (mention(2), mention(2, 3, start=start, place=HOMS))
    settled = world.settle(result(2, *both, text=f"{TEXT}\n\n{added}"))
    assert settled.verdict
    assert settled.verdict.disposition is Disposition.REPRINT
    assert settled.fate is Fate.INCIDENT
    assert settled.reason.startswith("1 incidents opened, 0 mentions of known ones; for the rest, ")
    lineages = {change.event: change.incident.articles[-1].lineage for change in settled.changes}
    assert lineages == {"updated": "reprint", "opened": "original"}
    assert settled.lineage == "reprint"


#: What a site prints under each of its stories.
ABOUT = (
    "The Inland Courier is a reader-owned paper that was founded by schoolteachers in a rented garage. Our newsroom"
    " of eleven reporters covers courts, harvests, roads and clinics in four provinces, and our correspondents file"
    " by radio where the telephone lines are down. Whoever wishes to support this work can become a member for the"
    " price of a sack of maize. Members receive the printed almanac in December and are invited to the yearly"
    " assembly in the old brewery, where the editors answer questions and the accounts are read aloud. Corrections"
    " are printed on the second page each Friday, and complaints may be brought before the ombudsman, a retired judge"
    " who is paid by nobody. Photographs can be ordered from the archive in the basement."
)
EVENTS = (
    "Seven herders were killed at dawn when gunmen on motorcycles raided a well near Tadmur, elders said.",
    "A mortar shell struck the yard of a bakery in Homs and killed three women who were queueing for bread.",
)


def test_what_shares_furniture_only_is_no_copy() -> None:
    """Two pages of one site, most of whose words are the site's own: each tells its event, and is judged novel."""
    world = World()
    places = (mention().place, HOMS)
    pages = []
    for number, (text, place) in enumerate(zip(EVENTS, places, strict=True), start=1):
        proof = Evidence(article=f"{number:016x}", start=0, end=len(text), text=text)
        told_here = mention(number, place=place, evidence=(proof,))
        pages.append(result(number, told_here, text=f"{text}\n\n{ABOUT}"))
    assert judge(pages[1].fingerprint, world_of(pages[0])).disposition is Disposition.REPRINT
    for one in pages:
        world.settle(one)
    last = world.articles[f"{2:016x}"][1]
    assert last.verdict
    assert (last.fate, last.verdict.disposition) == (Fate.INCIDENT, Disposition.NOVEL)
    assert (last.lineage, last.story) == ("original", f"{2:016x}")
    assert "but of what that one tells it tells nothing" in last.verdict.reason
    assert [len(one.record.articles) for one in world.incidents.values()] == [1, 1]


def world_of(one: PageResult) -> list[Neighbour]:
    assert one.fingerprint
    return [Neighbour(id=one.article_id, sketch=one.fingerprint.sketch, words=one.fingerprint.words)]


def test_a_copy_of_what_told_nothing_opens_its_incident_once() -> None:
    """The next copies are attached to it, also those that are most like the silent first."""
    world = World()
    world.settle(result(1, text=TEXT))
    opened = world.settle(result(2, mention(2), text=f"{TEXT} One line."))
    assert (opened.fate, only_change(opened).event) == (Fate.INCIDENT, "opened")
    again = world.settle(result(3, mention(3), text=f"{TEXT} Two lines."))
    assert (again.fate, only_change(again).event) == (Fate.REPRINT, "updated")
    assert [ref.lineage for ref in world.only().articles] == ["original", "reprint"]
    assert world.only().independent_sources == 1


def test_a_second_address_with_a_new_toll_updates() -> None:
    """The publisher's later version under another address is no source more, and its figure is not lost."""
    world = World()
    world.settle(result(1, mention(1, 7), text=TEXT))
    later = world.settle(result(2, mention(2, 11), text=f"{TEXT} The toll rose."), same_address=f"{1:016x}")
    change = only_change(later)
    assert (later.fate, change.event) == (Fate.INCIDENT, "updated")
    assert world.only().toll.killed
    assert {claim.min for claim in world.only().toll.killed.claims} == {7, 11}
    assert world.only().independent_sources == 1


def test_statistics_of_a_copy_are_published_where_they_are_its_own() -> None:
    """A total in an added paragraph counts, the original's is not counted twice."""
    world = World()
    total = mention(1, 300, class_="aggregate")
    world.settle(result(1, total, mention(1), text=TEXT))
    again = world.settle(result(2, total, mention(2), text=f"{TEXT} One line."))
    assert again.statistics == ()
    start = len(TEXT) + 2
    added = mention(3, 90, start=start, class_="aggregate")
    text = f"{TEXT}\n\n{' '.join(prose(9, 30).split()[2:])}"
    assert world.settle(result(3, total, added, mention(3), text=text)).statistics == (added,)


def test_a_copy_beyond_the_listed_ones_is_a_copy() -> None:
    """Of a story on hundreds of sites the record lists the first; one more like an unlisted copy is no new source."""
    world = World()
    world.settle(result(1, mention(1), text=TEXT))
    (incident,) = world.incidents.values()
    copied = result(3, mention(3), text=f"{TEXT} One line.")
    look_up = world.look_up(copied)
    bare = msgspec.structs.replace(incident.record, articles=tuple(ref_of(n) for n in range(50, 60)))
    known = {bare.id: msgspec.structs.replace(incident, record=bare)}
    settled = plan(copied, msgspec.structs.replace(look_up, incidents=known), NOW)
    assert only_change(settled).incident.articles[-1].lineage == "reprint"
    assert settled.lineage == "reprint"


def ref_of(number: int) -> ArticleRef:
    return ArticleRef(id=f"{number:016x}", publisher=f"Herald {number}", lineage="reprint")


ODD = ("assembled", "barricaded", "chronicled", "disposed", "embellished", "fathomed", "garnished", "hoisted")


def reworded(text: str) -> str:
    """The text as a machine rewords it: each fourth of the longer words an odd one."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4][::4]
    for number, place in enumerate(long):
        words[place] = ODD[number % len(ODD)]
    return " ".join(words)


def published(number: int, text: str, killed: int, minutes_ago: int) -> PageResult:
    made = result(number, mention(number, killed), text=text)
    assert made.article
    at = NOW - timedelta(minutes=minutes_ago)
    return msgspec.structs.replace(made, article=msgspec.structs.replace(made.article, published_at=at))


LONG = f"{EVENTS[0]} {ABOUT} {EVENTS[1]}"


def test_a_reworded_copy_is_attached_as_such() -> None:
    """Its figures are the machine's: they are not claimed, and the clean article stands as it was."""
    world = World()
    world.settle(published(1, LONG, 7, 60))
    copied = world.settle(published(2, reworded(LONG), 70, 5))
    assert copied.verdict
    assert copied.verdict.spun
    assert (copied.fate, copied.lineage) == (Fate.REPRINT, "retelling")
    (clean, spun) = world.only().articles
    assert (clean.spun, spun.spun, clean.lineage) == (False, True, "original")
    assert world.only().toll.killed
    assert (world.only().toll.killed.min, world.only().toll.killed.max) == (7, 7)
    assert world.only().independent_sources == 1


def test_the_clean_sibling_speaks_for_both_though_it_comes_late() -> None:
    """What the machine made of its figures is outside of the range as soon as the original is there."""
    world = World()
    spun = published(1, reworded(LONG), 70, 5)
    assert spun.coding
    bent = msgspec.structs.replace(
        spun.coding.incidents[0], actors=Actors(perpetrator=(Actor(name="Tribe Z"),))
    )
    world.settle(
        msgspec.structs.replace(spun, coding=msgspec.structs.replace(spun.coding, incidents=(bent,)))
    )
    late = world.settle(published(2, LONG, 7, 60))
    assert late.verdict
    assert late.verdict.spun
    assert (late.fate, late.lineage) == (Fate.INCIDENT, "original")
    marks = {ref.id: (ref.lineage, ref.spun) for ref in world.only().articles}
    assert marks == {f"{1:016x}": ("retelling", True), f"{2:016x}": ("original", False)}
    assert [actor.name for actor in world.only().actors.perpetrator] == ["Islamic State"]
    assert world.only().toll.killed
    assert (world.only().toll.killed.min, world.only().toll.killed.max) == (7, 7)


def test_a_story_that_holds_an_earlier_brief_speaks_for_itself() -> None:
    """A paragraph ran first; the whole is the original, and what it says of the event is told."""
    world = World()
    brief = f"{EVENTS[0]} {EVENTS[1]}"
    world.settle(published(1, brief, 7, 5))
    whole = world.settle(published(2, f"{brief} {ABOUT}", 7, 5))
    assert whole.verdict
    assert (whole.verdict.disposition, whole.lineage) == (Disposition.REPRINT, "original")
    assert whole.fate is Fate.INCIDENT
    assert [ref.lineage for ref in world.only().articles] == ["reprint", "original"]
    assert world.only().toll.killed
    assert {claim.article for claim in world.only().toll.killed.claims} == {f"{1:016x}", f"{2:016x}"}
    assert world.only().independent_sources == 1


def test_a_late_original_puts_its_word_in_the_record() -> None:
    """It is a reprint by its fate, since the event was told; the record has its claim, and it is the original."""
    world = World()
    world.settle(published(1, f"{LONG} A line of the paper's own.", 7, 5))
    late = world.settle(published(2, LONG, 7, 60))
    assert (late.fate, late.lineage) == (Fate.REPRINT, "original")
    assert [ref.lineage for ref in world.only().articles] == ["reprint", "original"]
    assert world.only().toll.killed
    assert {claim.article for claim in world.only().toll.killed.claims} == {f"{1:016x}", f"{2:016x}"}
    assert world.only().independent_sources == 1
