"""The life of an incident over several articles: merged, split, opened again; each turn once, in one envelope."""

from datetime import date

import pytest
from coded import mention, prose, result
from make import NOW
from msgspec.structs import replace
from wire_world import World, revised

from dateline.incidents.history import FIRST_STEPS, MAX_STEPS, joined
from dateline.incidents.plan import plan
from dateline.incidents.record import (
    Actor,
    Actors,
    Count,
    Evidence,
    Incident,
    Place,
    Retraction,
    Source,
    Step,
    Toll,
    When,
)
from dateline.model import Fate
from dateline.settlement import PageResult, Settlement

TADMUR = Place(
    name="Tadmur", country="Syria", iso2="SY", lat=34.5624, lon=38.284, geo_precision=1, geonameid=163915
)
HOMS_PROVINCE = Place(
    name="Homs",
    admin1="Homs",
    country="Syria",
    iso2="SY",
    lat=34.25,
    lon=37.7,
    geo_precision=3,
    radius_km=150.0,
)
ALEPPO = Place(
    name="Aleppo", country="Syria", iso2="SY", lat=36.2, lon=37.16, geo_precision=1, geonameid=170063
)
IS = Actor(name="Islamic State", id="IS", kind="Rebel group")
ARMY = Actor(name="Military Forces of Syria", id="SYR", kind="State forces")
FSA = Actor(name="Free Syrian Army", id="FSA", kind="Rebel group")
POLICE = Source(name="police", kind="police or military")
WORDS = "The convoy of quarry lorries was burned beside the granite works while the drivers hid in a culvert."


def told(article: int, killed: int = 0, *, words: str = "", day: int = 12, **fields: object) -> Incident:
    """A mention with the words that prove it; without a toll where nobody is counted."""
    text = words or f"sentence {article} of its own"
    proof = Evidence(
        article=f"{article:016x}", start=0, end=len(text), text=text, supports=("event_type", "place", "date")
    )
    on = date(2026, 3, day)
    made = mention(
        article,
        place=TADMUR,
        date=When(start=on, end=on, precision=1, text=f"March {day}"),
        evidence=(proof,),
    )
    return replace(made, toll=Toll(killed=Count(min=killed, max=killed) if killed else None), **fields)


def taken_back(article: int, kind: str, about: Incident | None, **fields: object) -> PageResult:
    """An article that tells nothing but that something is taken back."""
    said = Evidence(article=f"{article:016x}", start=0, end=20, text="No such attack took place.")
    about = replace(about, class_="background") if about else None
    made = result(article, **fields)
    coding = replace(made.coding, retractions=(Retraction(kind=kind, said=said, about=about),))
    return replace(made, coding=coding)


def by(made: PageResult, source: Source) -> PageResult:
    (one,) = made.coding.retractions
    return replace(made, coding=replace(made.coding, retractions=(replace(one, by=source),)))


def events(settlement: Settlement) -> list[str]:
    return [one.event for one in settlement.changes]


def turns(incident: Incident) -> list[str]:
    return [one.event for one in incident.history]


def two_that_are_one() -> tuple[World, Settlement]:
    """A vague first report and a detailed one of another side; then one that tells of both."""
    world = World()
    world.settle(result(1, told(1, 0, words=WORDS, place=HOMS_PROVINCE, actors=Actors(perpetrator=(IS,)))))
    world.settle(result(2, told(2, 14, actors=Actors(target=(ARMY,)))))
    both = told(3, 14, words=WORDS, actors=Actors(perpetrator=(IS,), target=(ARMY,)))
    return world, world.settle(result(3, both))


def test_a_mention_that_two_incidents_match_makes_them_one() -> None:
    """The later goes on in the earlier; two envelopes, `updated` and `merged`, in that order."""
    world, third = two_that_are_one()
    assert events(third) == ["updated", "merged"]
    survivor, closed = (one.incident for one in third.changes)
    assert (survivor.status, closed.status, closed.merged_into) == ("open", "merged", survivor.id)
    assert [ref.id[-1] for ref in survivor.articles] in (
        ["1", "2", "3"],
        ["2", "1", "3"],
        ["1", "3", "2"],
        ["2", "3", "1"],
    )
    assert survivor.independent_sources == 3
    assert survivor.toll.killed.max == 14
    assert turns(survivor) == turns(closed) == ["merged"]
    assert (survivor.history[0].incident, closed.history[0].incident) == (closed.id, survivor.id)
    assert third.incidents == (survivor.id,)
    assert len(world.open()) == 1


def test_the_one_that_was_opened_first_survives() -> None:
    """By the time at which it was first seen, whichever of the two the mention was told to."""
    for order in ((1, 2), (2, 1)):
        world = World()
        made = {
            1: result(1, told(1, 0, words=WORDS, place=HOMS_PROVINCE, actors=Actors(perpetrator=(IS,)))),
            2: result(2, told(2, 14, actors=Actors(target=(ARMY,)))),
        }
        ids = []
        for minute, number in enumerate(order):
            world.now = NOW.replace(minute=minute)
            ids.append(world.settle(made[number]).incidents[0])
        world.now = NOW.replace(minute=9)
        world.settle(result(3, told(3, 14, words=WORDS, actors=Actors(perpetrator=(IS,), target=(ARMY,)))))
        (survivor,) = world.open()
        assert survivor.id == ids[0]


def test_two_that_one_article_told_as_two_stay_two() -> None:
    """A mention that fits both never makes one of what somebody has told apart."""
    world = World()
    morning = told(1, 14, words=WORDS, actors=Actors(perpetrator=(IS,)))
    evening = replace(told(1, 14, words="another sentence of it"), evidence=told(1, words="another").evidence)
    evening = replace(evening, evidence=tuple(replace(one, start=500, end=540) for one in evening.evidence))
    world.settle(result(1, morning, replace(evening, toll=Toll(killed=Count(min=3, max=3)))))
    assert len(world.open()) == 2
    third = world.settle(result(2, told(2, 14, words=WORDS, actors=Actors(perpetrator=(IS,)))))
    assert "merged" not in events(third)
    assert len(world.open()) == 2


def test_type_day_and_place_alone_make_nothing_one() -> None:
    """Without sides, figures or words in common two reports of a clash in one province stay two."""
    world = World()
    world.settle(result(1, told(1, 0, place=HOMS_PROVINCE)))
    world.settle(result(2, told(2, 0, place=HOMS_PROVINCE)))
    third = world.settle(result(3, told(3, 0)))
    assert "merged" not in events(third)


def test_what_was_folded_is_found_under_the_survivor() -> None:
    """By the block and by its article: a later report, a copy and a revision reach the survivor."""
    world, third = two_that_are_one()
    survivor = third.incidents[0]
    later = world.settle(result(4, told(4, 14, actors=Actors(target=(ARMY,)))))
    assert later.incidents == (survivor,)
    for number in (1, 2):
        copy = world.settle(result(10 + number, text=f"{prose(number)} And one line of our own desk."))
        assert (copy.fate, copy.incidents) == (Fate.REPRINT, (survivor,))
    revision = world.settle(revised(result(2, told(2, 16, actors=Actors(target=(ARMY,))))))
    assert revision.incidents == (survivor,)
    (standing,) = world.open()
    assert (standing.toll.killed.min, standing.toll.killed.max) == (14, 16)
    assert len(world.incidents) == 2


def test_a_replay_of_what_merged_changes_nothing() -> None:
    """The third article once more, and the first two: nothing is published."""
    world, _ = two_that_are_one()
    before = dict(world.incidents)
    for number in (3, 2, 1):
        assert world.settle(world.articles[f"{number:016x}"][0]).changes == ()
    assert world.incidents == before


def test_a_revision_that_tells_of_another_place_leaves_with_its_word() -> None:
    """Its claim, its proof and its reference go with it; what the other tells stays; both say so."""
    world = World()
    world.settle(result(1, told(1, 7, words=f"{WORDS} Tadmur")))
    world.settle(result(2, told(2, 9, words="Nine were hit in Tadmur, the governor told a radio station.")))
    shared = world.only().id
    moved = told(1, 7, words=f"{WORDS} Tadmur", place=ALEPPO)
    third = world.settle(revised(result(1, moved)))
    assert sorted(events(third)) == ["opened", "updated"]
    left = world.incidents[shared].record
    (own,) = (one for one in world.open() if one.id != shared)
    assert [ref.id for ref in left.articles] == [f"{2:016x}"]
    assert [ref.lineage for ref in left.articles] == ["original"]
    assert (left.toll.killed.min, left.toll.killed.max, left.independent_sources) == (9, 9, 1)
    assert (own.place.name, own.toll.killed.max, own.independent_sources) == ("Aleppo", 7, 1)
    assert turns(left) == turns(own) == ["split"]
    assert (left.history[0].incident, own.history[0].incident) == (own.id, left.id)
    assert "Aleppo" in left.history[0].reason


def test_a_place_that_only_the_revised_article_gave_is_corrected() -> None:
    """Nobody else names it: the incident moves, and is not split."""
    world = World()
    world.settle(result(1, told(1, 14, words=f"{WORDS} Tadmur")))
    other = told(2, 14, words=WORDS, place=HOMS_PROVINCE)
    other = replace(other, evidence=tuple(replace(one, supports=("event_type",)) for one in other.evidence))
    world.settle(result(2, other))
    assert len(world.open()) == 1
    third = world.settle(revised(result(1, told(1, 14, words=f"{WORDS} Tadmur", place=ALEPPO))))
    assert events(third) == ["updated"]
    (only,) = world.open()
    assert (only.place.name, turns(only)) == ("Aleppo", [])


def test_what_its_only_source_withdraws_is_retracted() -> None:
    """Closed, not deleted: the record stands as it was, and says which article withdrew it in which words."""
    world = World()
    world.settle(result(1, told(1, 7)))
    withdrawal = taken_back(2, "withdrawn", told(2, 7))
    withdrawal = replace(
        withdrawal, article=replace(withdrawal.article, publisher="Paper 1", url="http://news1.test/kill")
    )
    second = world.settle(withdrawal)
    assert (second.fate, events(second)) == (Fate.INCIDENT, ["retracted"])
    assert second.reason == "0 incidents opened, 0 mentions of known ones, 1 retracted"
    record = world.only()
    assert (record.status, record.toll.killed.max, len(record.articles)) == ("retracted", 7, 1)
    (step,) = record.history
    assert (step.event, step.article, step.reason) == ("retracted", f"{2:016x}", "No such attack took place.")


def test_an_article_that_is_replaced_by_its_retraction_closes_what_it_told() -> None:
    """The second version says only that the story is withdrawn."""
    world = World()
    world.settle(result(1, told(1, 7)))
    second = world.settle(revised(taken_back(1, "withdrawn", None)))
    assert events(second) == ["retracted"]
    assert world.only().status == "retracted"


def test_a_withdrawal_by_one_of_two_takes_its_own_word_and_leaves_the_rest_for_review() -> None:
    """The other's figure and reference stand; the incident stays open."""
    world = World()
    world.settle(result(1, told(1, 7)))
    world.settle(result(2, told(2, 9)))
    third = world.settle(revised(taken_back(1, "withdrawn", None)))
    assert events(third) == ["updated"]
    record = world.only()
    assert (record.status, record.needs_review, turns(record)) == ("open", True, ["denied"])
    assert [ref.id for ref in record.articles] == [f"{2:016x}"]
    assert (record.toll.killed.min, record.toll.killed.max, record.independent_sources) == (9, 9, 1)


@pytest.mark.parametrize(
    ("sources", "denier", "fields", "status"),
    [
        (1, POLICE, {}, "retracted"),
        (2, POLICE, {}, "open"),
        (1, Source(name="a resident", kind="witnesses"), {}, "open"),
        (1, None, {}, "open"),
        (1, Source(name="the army", kind="police or military"), {"actors": Actors(target=(ARMY,))}, "open"),
        (1, Source(name="the government", kind="officials"), {"actors": Actors(perpetrator=(ARMY,))}, "open"),
        (1, POLICE, {"assertion": "claimed"}, "open"),
    ],
)
def test_only_an_authority_that_is_no_party_closes_what_one_source_tells(
    sources: int, denier: Source | None, fields: dict[str, object], status: str
) -> None:
    """All others only deny it, and the incident is for review."""
    world = World()
    for number in range(1, sources + 1):
        world.settle(result(number, told(number, 7, **fields)))
    denial = taken_back(9, "untrue", told(9, 0, **fields))
    world.settle(by(denial, denier) if denier else denial)
    record = world.only()
    assert record.status == status
    assert turns(record) == ["retracted" if status == "retracted" else "denied"]
    assert record.needs_review is (status == "open")
    assert record.assertion == fields.get("assertion", "reported")


def test_a_denial_of_another_town_or_of_either_of_two_touches_nothing() -> None:
    """Nobody can tell which of two alike is meant; and Aleppo is not Tadmur."""
    world = World()
    first = Actors(perpetrator=(FSA,))
    world.settle(result(1, told(1, 4, actors=first)))
    elsewhere = world.settle(by(taken_back(8, "untrue", told(8, 0, place=ALEPPO)), POLICE))
    assert elsewhere.changes == ()
    world.settle(result(2, told(2, 60, actors=Actors(perpetrator=(ARMY,)))))
    assert len(world.open()) == 2
    last = world.settle(by(taken_back(9, "untrue", told(9, 0, actors=Actors())), POLICE))
    assert (last.changes, last.fate) == ((), Fate.IRRELEVANT)
    assert len(world.open()) == 2


def test_denying_responsibility_takes_nothing_back() -> None:
    """A step, and who denies among the sources; no review, and as often as it is copied once."""
    world = World()
    world.settle(result(1, told(1, 7)))
    army = Source(name="the army", kind="police or military")
    first = world.settle(by(taken_back(2, "denied", told(2, 7)), army))
    assert events(first) == ["updated"]
    record = world.only()
    assert (record.status, record.needs_review, turns(record)) == ("open", False, ["denied"])
    assert army in record.sources
    copy = by(taken_back(3, "denied", told(3, 7), text=f"{prose(2)} One line more."), army)
    assert world.settle(copy).changes == ()
    assert len(world.only().articles) == 1


def test_a_withdrawn_toll_corrects_the_claim_of_its_publisher() -> None:
    """No one was killed, the paper says now: its 7 goes, the other paper's 9 stays, the incident stays open."""
    world = World()
    world.settle(result(1, told(1, 7)))
    world.settle(result(2, told(2, 9)))
    note = taken_back(3, "toll", told(3, 7))
    (one,) = note.coding.retractions
    note = replace(
        note,
        coding=replace(note.coding, retractions=(replace(one, toll=Toll(killed=Count(min=0, max=0))),)),
        article=replace(note.article, publisher="Paper 1", url="http://news1.test/correction"),
    )
    assert events(world.settle(note)) == ["updated"]
    record = world.only()
    assert (record.toll.killed.min, record.toll.killed.max, turns(record)) == (0, 9, ["corrected"])
    assert {(claim.min, claim.source) for claim in record.toll.killed.claims} == {
        (9, "Paper 2"),
        (0, "Paper 1"),
    }
    assert (record.status, record.needs_review) == ("open", False)


def test_an_independent_report_opens_a_retracted_incident_again() -> None:
    """The same publisher does not; another one does, and the incident is for review."""
    world = World()
    world.settle(result(1, told(1, 7)))
    world.settle(by(taken_back(2, "untrue", told(2, 0)), POLICE))
    same = result(3, told(3, 7))
    same = replace(same, article=replace(same.article, publisher="Paper 1", url="http://news1.test/again"))
    world.settle(same)
    assert world.only().status == "retracted"
    again = world.settle(result(4, told(4, 7)))
    assert events(again) == ["updated"]
    record = world.only()
    assert (record.status, record.needs_review, turns(record)) == ("open", True, ["retracted", "restored"])
    assert record.independent_sources == 2


def test_history_is_bounded_and_counts_what_it_leaves_out() -> None:
    """The first steps and the latest stay; one in the middle says how many of which kind went."""
    steps = [
        Step(
            event="denied" if number % 2 else "corrected",
            at=NOW.replace(microsecond=number),
            article=f"{number}",
        )
        for number in range(140)
    ]
    history: tuple[Step, ...] = ()
    for one in steps:
        history = joined(history, (one, one))
    assert len(history) == MAX_STEPS
    assert [one.article for one in history[:FIRST_STEPS]] == [str(number) for number in range(FIRST_STEPS)]
    assert history[-1].article == "139"
    left = 140 - MAX_STEPS + 1
    assert history[FIRST_STEPS].reason.startswith(f"{left} steps left out: ")


def test_the_same_plan_twice_is_the_same() -> None:
    """Planning is a function: what merged, split or closed once does so again in the same words."""
    world, _ = two_that_are_one()
    made = by(taken_back(7, "untrue", told(7, 0)), POLICE)
    look_up = world.look_up(made)
    assert plan(made, look_up, NOW) == plan(made, look_up, NOW)
