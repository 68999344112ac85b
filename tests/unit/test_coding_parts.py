"""The smaller parts of coding: taxonomy, relevance, sources, sides, confidence, places that agree."""

import csv
from pathlib import Path

import pytest

from dateline.incidents.confidence import Signs, score
from dateline.incidents.joining import alike, distance_km, places_agree
from dateline.incidents.record import Place
from dateline.incidents.relevance import features, load, relevance
from dateline.incidents.sides import Side, hit_side, sightings
from dateline.incidents.sources import kind_of, read_sources
from dateline.incidents.taxonomy import EVENT_TYPES, SUB_TYPES, Code, highest, plover_of


def test_the_taxonomy_is_whole():
    """Six event types, 25 sub-types, each rank once."""
    assert len(SUB_TYPES) == 25
    assert {one.event_type for one in SUB_TYPES.values()} == set(EVENT_TYPES)
    assert sorted(one.rank for one in SUB_TYPES.values()) == list(range(25))


def test_the_highest_tactic_names_the_event():
    """An air strike inside a battle is a battle; a killing abduction an attack; violence outranks arrests."""
    assert highest((Code.AIR_DRONE, Code.ARMED_CLASH)) is Code.ARMED_CLASH
    assert highest((Code.ABDUCTION, Code.ATTACK)) is Code.ATTACK
    assert highest((Code.ARRESTS, Code.GRENADE)) is Code.GRENADE


def test_plover_modes_follow_the_words():
    """A drone is no aeroplane and a machete no rifle."""
    assert plover_of(Code.AIR_DRONE, text="a drone struck").mode == "drone"
    assert plover_of(Code.AIR_DRONE, text="jets bombed").mode == "aerial"
    assert plover_of(Code.ATTACK, text="gunmen shot").mode == "firearms"
    assert plover_of(Code.ATTACK, text="hacked to death").mode == "primitive"


@pytest.mark.quality
def test_the_taxonomy_agrees_with_the_published_map():
    """Names and event types are spelled as in the shared map of taxonomies."""
    path = Path(__file__).resolve().parents[3] / "shared/data/taxonomy_map.csv"
    if not path.exists():
        pytest.skip("the shared data sets are not beside the repository")
    rows = [
        row
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        if row["acled_event_type"] != "(none)"
    ]
    ours = {(one.code.value, one.event_type, one.name) for one in SUB_TYPES.values()}
    assert {
        (row["dateline_code"], row["acled_event_type"], row["acled_sub_event_type"]) for row in rows
    } == ours


def test_relevance_folds_case_and_numbers():
    """Upper case and other figures do not change what an article is about."""
    one = relevance("Gunmen killed 5 villagers in a raid.")
    assert one == relevance("GUNMEN KILLED 7 VILLAGERS IN A RAID.")
    assert one > load().threshold
    assert relevance("The company raised its dividend after a good quarter.") < load().gate


def test_relevance_of_nothing_is_low():
    """A text without words has no features and stays below the gate's neighbourhood."""
    assert len(features("")) == 0
    assert relevance("") < 0.5


def test_thresholds_are_ordered():
    """The gate lies below the threshold, both inside 0 to 1."""
    assert 0.0 < load().gate < load().threshold < 1.0


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Two died, according to the Sahel Observatory for Human Rights.",
            "Sahel Observatory for Human Rights",
            "monitor",
        ),
        ("The local Delta Press Agency reports that two soldiers died.", "Delta Press Agency", "agency"),
        ("Police said that two men were shot.", "Police", "police or military"),
        ("Witnesses told Reuters that shots were fired.", "Witnesses", "witnesses"),
        ("Two men were shot, local officials said.", "local officials", "officials"),
        ("A bomb went off on Monday, reports Dawn.", "Dawn", "media"),
    ],
)
def test_cited_sources_are_read(text: str, name: str, kind: str):
    """Named and nameless sources are found where they are cited, with their kind and span."""
    found = {source.name: (source.kind, text[start:end]) for source, start, end in read_sources(text)}
    assert found[name] == (kind, name)


def test_days_are_no_sources():
    """ "On Monday said" cites nobody."""
    assert all(source.name != "Monday" for source, _, _ in read_sources("Monday said little about Tuesday."))
    assert kind_of("Zed") is None


@pytest.mark.parametrize(
    ("low", "word", "side"),
    [
        ("gunmen attacked a checkpoint in the town.", "attacked", Side.STATE),
        ("five villagers were killed by gunmen.", "killed", Side.CIVILIAN),
        ("soldiers killed three militants.", "killed", Side.REBEL),
        ("someone attacked it.", "attacked", None),
    ],
)
def test_who_is_hit_follows_the_voice(low: str, word: str, side: Side | None):
    """An active act takes what follows, a passive one its subject."""
    start = low.index(word)
    assert hit_side(low, start, start + len(word), sightings(low)) is side


def test_confidence_rises_with_proof():
    """More slots with words of their own make a surer record; a denial a less sure one."""
    bare = Signs(
        relevance=0.5, told=0.5, family="vac", strong=False, counted=False, own_date=False, own_place=False, town=False,
        perpetrator=False, target=False,
    )  # fmt: skip
    full = Signs(
        relevance=0.9, told=0.9, family="vac", strong=True, counted=True, own_date=True, own_place=True, town=True,
        perpetrator=True, target=True,
    )  # fmt: skip
    denied = Signs(
        relevance=0.9, told=0.9, family="vac", strong=True, counted=True, own_date=True, own_place=True, town=True,
        perpetrator=True, target=True, assertion="denied",
    )  # fmt: skip
    assert 0.0 <= score(bare) < score(denied) < score(full) <= 1.0


def test_towns_far_apart_are_two_places():
    """Two named towns are one place only when they lie together; a region holds its towns."""
    gao = Place(name="Gao", iso2="ML", lat=16.27, lon=-0.04, geo_precision=1, radius_km=5)
    kidal = Place(name="Kidal", iso2="ML", lat=18.44, lon=1.41, geo_precision=1, radius_km=5)
    north = Place(name="northern Mali", iso2="ML", lat=18.0, lon=0.0, geo_precision=3, radius_km=400)
    assert not places_agree(gao, kidal)
    assert places_agree(gao, north)
    assert places_agree(gao, None)
    assert 250 < distance_km(16.27, -0.04, 18.44, 1.41) < 310


def test_kinds_of_event_that_may_be_one():
    """An attack may be the bombing told again; an arrest is not the bombing."""
    assert alike(Code.ATTACK, Code.IED_MINE)
    assert not alike(Code.ARRESTS, Code.IED_MINE)
    assert alike(Code.PEACEFUL, Code.VIOLENT_DEMO)
