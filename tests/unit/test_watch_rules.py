"""Each criterion of a watch: what meets it, what does not, and the words that say so."""

from typing import Any

import pytest
from make import incident

from dateline.incidents.record import (
    Actor,
    Actors,
    ArticleRef,
    Claim,
    Count,
    Incident,
    Place,
    Toll,
)
from dateline.incidents.watch_rules import Box, Circle, Rule
from dateline.incidents.watches import meets, read_watches, why

DJIBO = Place(
    name="Djibo", admin1="Sahel", country="Burkina Faso", iso2="BF", lat=14.0994, lon=-1.6279,
    geo_precision=1, radius_km=4.0,
)  # fmt: skip
GOMA = {"lat": -1.6741, "lon": 29.2285, "radius_km": 60}
KIVU = Place(
    name="North Kivu", admin1="North Kivu", country="Democratic Republic of the Congo", iso2="CD",
    lat=-0.5, lon=29.0, geo_precision=3, radius_km=180.0,
)  # fmt: skip
CONGO = Place(name="Democratic Republic of the Congo", country="Democratic Republic of the Congo", iso2="CD")


def rule(text: str) -> Rule:
    """The one watch of a list that holds these lines."""
    (one,) = read_watches(f'[[watch]]\nname = "Test"\n{text}'.encode()).watches
    return one


def placed(place: Place | None, **fields: Any) -> Incident:
    return incident(1, place=place, **fields)


def by(*names: str | Actor, side: str = "perpetrator") -> Incident:
    actors = tuple(one if isinstance(one, Actor) else Actor(name=one) for one in names)
    return incident(1, actors=Actors(**{side: actors}))


def killed(**count: Any) -> Incident:
    return incident(1, toll=Toll(killed=Count(**count)))


CASES: list[tuple[str, Incident, str]] = [
    # nothing asked
    ("", incident(1), ""),
    ("", incident(1, class_="background"), "class: background, not fresh"),
    ("", incident(1, class_="aggregate"), "class: aggregate, not fresh"),
    ("", incident(1, status="merged"), "status: merged"),
    # types
    ('sub_types = ["armed clash"]', incident(1), ""),
    ('sub_types = ["battle.armed_clash", "Attack"]', incident(1), ""),
    ('sub_types = "Attack"', incident(1), "sub_types: Armed clash"),
    ('event_types = ["battles"]', incident(1), ""),
    ('event_types = ["Riots", "Protests"]', incident(1), "event_types: Battles"),
    ("civilian_targeting = true", incident(1), "civilian_targeting: false"),
    ("civilian_targeting = false", incident(1, civilian_targeting=True), "civilian_targeting: true"),
    # countries and provinces
    ('countries = ["SY"]', incident(1), ""),
    ('countries = ["Iraq", "syria"]', incident(1), ""),
    ('countries = ["Ivory Coast"]', incident(1), "countries: SY"),
    ('countries = ["SY"]', placed(None), "countries: not known (unknown_place)"),
    ('countries = ["SY"]\nunknown_place = true', placed(None), ""),
    ('countries = ["SY"]\nunknown_place = true', placed(DJIBO), "countries: BF"),
    ('admin1 = ["sahel"]', placed(DJIBO), ""),
    ('admin1 = ["Idlib"]', placed(DJIBO), "admin1: BF"),
    ('admin1 = ["Centre"]', placed(DJIBO), "admin1: Sahel"),
    ('admin1 = ["North Kivu"]', placed(CONGO), "admin1: not known (unknown_place)"),
    ('admin1 = ["North Kivu"]\nunknown_place = true', placed(CONGO), ""),
    ('admin1 = ["North Kivu"]\nunknown_place = true', incident(1), "admin1: SY"),
    # areas
    ("boxes = [[-6.0, 12.0, 2.0, 16.0]]", placed(DJIBO), ""),
    ("boxes = [-6.0, 12.0, 2.0, 16.0]", placed(DJIBO), ""),
    ("boxes = [[10, 12, 12, 16], [-6, 12, 2, 16]]", placed(DJIBO), ""),
    ("boxes = [[10, 12, 12, 16]]", placed(DJIBO), "boxes: Djibo, 1254 km away"),
    (f"near = {{ lat = {DJIBO.lat}, lon = {DJIBO.lon}, radius_km = 1 }}", placed(DJIBO), ""),
    ("near = [{ lat = 14.0, lon = -2.0, radius_km = 30 }]", placed(DJIBO), "near: Djibo, 12 km away"),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }", placed(None), "near: not known (unknown_place)"),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }", placed(CONGO), "near: nothing but CD known (unknown_place)"),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }", placed(KIVU), "near: North Kivu reaches in (unknown_place)"),
    ("boxes = [[-180, -60, 180, 60]]\nnear = { lat = 34.5, lon = 38.0, radius_km = 50 }\nunknown_place = true", placed(CONGO), "boxes: CD"),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }\nunknown_place = true", placed(KIVU), ""),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }\nunknown_place = true", placed(CONGO), ""),
    ("near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }\nunknown_place = true", placed(None), ""),
    (
        "near = { lat = -1.6741, lon = 29.2285, radius_km = 60 }\nunknown_place = true",
        placed(Place(name="Syria", country="Syria", iso2="SY")),
        "near: SY",
    ),
    # actors
    ('actors = ["ISIS"]', by(Actor(name="Islamic State", id="islamic-state")), ""),
    ('actors = ["islamic-state"]', by(Actor(name="Islamic State", id="islamic-state"), side="target"), ""),
    ('actors = ["al-Chabab", "Al Shabaab"]', by("Al-Shabaab", side="other"), ""),
    ('actors = ["Islamic State"]', by(Actor(name="Islamic State (West Africa)", id="iswap")), "actors: Islamic State (West Africa)"),
    ('actors = ["wágner"]', by("Wagner Group"), ""),
    ('actors = ["wagner"]', by("Wagnerites"), "actors: Wagnerites"),
    ('actors = ["military-sy"]', by(Actor(name="Military Forces of Syria", id="military-sy")), ""),
    ('actors = ["JNIM"]', by(), "actors: nobody named (unknown_actor)"),
    ('actors = ["JNIM"]\nunknown_actor = true', by("Unidentified Armed Group"), ""),
    ('actors = ["JNIM"]\nunknown_actor = true', by("Boko Haram"), "actors: Boko Haram"),
    ('perpetrators = ["JNIM"]', by(Actor(name="JNIM", id="jnim"), side="target"), "perpetrators: nobody named (unknown_actor)"),
    ('targets = ["Civilians"]', by("Civilians (Mali)", side="target"), ""),
    ('targets = ["Civilians"]', by("Civilians (Mali)"), "targets: nobody named (unknown_actor)"),
    # toll: the highest figure told counts
    ("toll = { killed = 5 }", killed(min=2, max=5), ""),
    ("toll = { killed = 5 }", killed(min=2, max=4), "toll.killed: 4, less than 5"),
    ("toll = { killed = 5 }", killed(min=5), ""),
    ("toll = { killed = 5 }", killed(min=3, claims=(Claim(source="a", min=3), Claim(source="b", min=6))), ""),
    ("toll = { killed = 5, wounded = 2 }", killed(min=9, max=9), "toll.wounded: not told (unknown_toll)"),
    ("toll = { killed = 5, wounded = 2 }\nunknown_toll = true", killed(min=9, max=9), ""),
    ("toll = { killed = 5 }\nunknown_toll = true", killed(min=1, max=1), "toll.killed: 1, less than 5"),
    # standing
    ("confidence = 0.8", incident(1), ""),
    ("confidence = 0.81", incident(1), "confidence: 0.80, below 0.81"),
    ('severity = "high"', incident(1, severity="critical"), ""),
    ('severity = "high"', incident(1, severity="medium"), "severity: medium, below high"),
    ("independent_sources = 2", incident(1), "independent_sources: 1, fewer than 2"),
    ("independent_sources = 2", incident(1, independent_sources=2), ""),
    ('assertions = ["reported", "Claimed"]', incident(1, assertion="claimed"), ""),
    ('assertions = ["reported"]', incident(1, assertion="alleged"), "assertions: alleged"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "one", "expected"), CASES, ids=range(len(CASES)))
def test_each_criterion(text: str, one: Incident, expected: str) -> None:
    """What is asked for must hold; what fails is named, with what the incident has instead."""
    assert why(rule(text), one) == expected
    assert meets(rule(text), one) is (expected == "")


def test_all_criteria_must_hold() -> None:
    """A watch is the meeting of its criteria, not their sum."""
    both = rule('countries = ["SY"]\nsub_types = ["Attack"]')
    assert not meets(both, incident(1))
    assert meets(both, incident(1, sub_event_type="Attack"))


def test_a_watch_that_is_switched_off_is_met_by_nothing() -> None:
    """Nothing is sent for it, while its text is still checked."""
    assert not meets(rule("enabled = false"), incident(1))


def test_a_box_may_cross_the_antimeridian() -> None:
    """West of the date line and east of it are one box; what lies between the other way is outside."""
    box = Box(170.0, -20.0, -170.0, 0.0)
    assert box.distance_km(-10.0, 175.0) == box.distance_km(-10.0, -175.0) == 0.0
    assert box.distance_km(-10.0, 180.0) == box.distance_km(-10.0, -180.0) == 0.0
    assert 1090 < box.distance_km(-10.0, 160.0) < 1100
    assert 1090 < box.distance_km(-10.0, -160.0) < 1100
    assert box.distance_km(-10.0, 0.0) > 15_000


def test_the_whole_world_is_a_box() -> None:
    """From -180 to 180 nothing lies outside."""
    assert Box(-180.0, -90.0, 180.0, 90.0).distance_km(12.0, 77.0) == 0.0


def test_the_edge_of_an_area_is_inside() -> None:
    """A point on the edge meets, for boxes and circles."""
    assert Box(0.0, 0.0, 10.0, 10.0).distance_km(10.0, 10.0) == 0.0
    assert Circle(0.0, 0.0, 112.0).distance_km(1.0, 0.0) == 0.0


def test_figures_of_spun_articles_do_not_raise_an_open_toll() -> None:
    """Of an open count the claims decide; those of machine-reworded copies are not relied upon."""
    claims = (Claim(source="a", min=3, article="clean"), Claim(source="b", min=30, article="spun"))
    articles = (ArticleRef(id="clean"), ArticleRef(id="spun", spun=True))
    one = incident(1, toll=Toll(killed=Count(min=3, claims=claims)), articles=articles)
    assert why(rule("toll = { killed = 5 }"), one) == "toll.killed: 3, less than 5"
