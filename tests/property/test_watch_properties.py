"""Watch lists from strangers and incidents of any shape: an answer, never a crash; what is asked narrows."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import incident

from dateline.errors import Misconfigured
from dateline.incidents.record import Actor, Actors, Count, Incident, Place, Toll, When
from dateline.incidents.severity import RANK, severity
from dateline.incidents.taxonomy import SUB_TYPES
from dateline.incidents.watch_reading import FIELDS
from dateline.incidents.watch_rules import Box, Circle
from dateline.incidents.watches import Rules, meets, read_watches, watched, why

#: Values of every kind that TOML has.
_LITERALS = st.sampled_from(
    """1;-1;0.5;nan;inf;1e400;true;"";"x";"ML";"high";"30m";"\\u0000";[];[[]];[1];["ML", 2];{};{ killed = 1 };[{}];[[{}]]
    { lat = 1, lon = 2, radius_km = 3 };[1, 2, 3, 4];[[1, 2, 3, 4], 5];1979-05-27;99999999999999999999""".replace(
        "\n", ";"
    ).split(";")
)

#: Lines that hold, each a criterion of its own.
_CRITERIA = st.lists(
    st.sampled_from(
        [
            'countries = ["ML", "SY"]',
            'admin1 = ["Idlib", "Sahel"]',
            "boxes = [[170, -60, -170, 60], [30, 30, 40, 40]]",
            "near = { lat = 34.5, lon = 38.0, radius_km = 50 }",
            'actors = ["ISIS", "Nobody at all"]',
            'perpetrators = ["JNIM"]',
            'targets = ["Civilians"]',
            'event_types = ["Battles", "Riots"]',
            'sub_types = ["Attack", "Armed clash"]',
            "toll = { killed = 3 }",
            "confidence = 0.5",
            'severity = "medium"',
            "independent_sources = 2",
            'assertions = ["reported"]',
            "civilian_targeting = true",
        ]
    ),
    unique=True,
    max_size=6,
)

_COUNTS = st.none() | st.builds(
    lambda least, more, approx: Count(min=least, max=None if more is None else least + more, approx=approx),
    st.integers(0, 200),
    st.none() | st.integers(0, 50),
    st.booleans(),
)
_PLACES = st.none() | st.builds(
    Place,
    name=st.sampled_from(["Tadmur", "", "Fiji"]),
    admin1=st.none() | st.sampled_from(["Idlib", "Sahel", "Nowhere"]),
    iso2=st.none() | st.sampled_from(["SY", "ML", "FJ", "ZZ"]),
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    geo_precision=st.sampled_from([None, 1, 2, 3]),
    radius_km=st.none() | st.floats(0, 20_000),
)
_ACTORS = st.lists(
    st.builds(
        Actor,
        name=st.sampled_from(
            ["Islamic State", "Unidentified Armed Group", "Civilians (Mali)", "", "Nobody at all"]
        ),
        id=st.none() | st.just("islamic-state"),
        kind=st.none() | st.sampled_from(["Civilians", "Rebel group"]),
    ),
    max_size=2,
).map(tuple)


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    kind = draw(st.sampled_from(list(SUB_TYPES.values())))
    return incident(
        1,
        event_type=kind.event_type,
        sub_event_type=kind.name,
        class_=draw(st.sampled_from(["fresh", "fresh", "fresh", "aggregate", "background"])),
        status=draw(st.sampled_from(["open", "open", "open", "merged", "retracted"])),
        civilian_targeting=draw(st.booleans()),
        confidence=draw(st.floats(0, 1)),
        independent_sources=draw(st.integers(0, 3)),
        assertion=draw(st.sampled_from(["reported", "alleged", "attempted", "denied"])),
        date=draw(st.none() | st.just(When(start=date(2026, 3, 1), end=date(2026, 3, 1), precision=1))),
        place=draw(_PLACES),
        actors=Actors(perpetrator=draw(_ACTORS), target=draw(_ACTORS), other=draw(_ACTORS)),
        toll=Toll(killed=draw(_COUNTS), wounded=draw(_COUNTS), abducted=draw(_COUNTS)),
    )


def said_of(data: bytes) -> str:
    """What is wrong with a list, or nothing."""
    try:
        read_watches(data, "some.toml")
    except Misconfigured as error:
        return str(error)
    return ""


def listed(*criteria: str) -> Rules:
    return read_watches(("[[watch]]\nname = 'W'\n" + "\n".join(criteria)).encode())


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_reading_is_total_over_bytes(data: bytes) -> None:
    """Whatever a file holds, the answer is a list or a sentence that names the file."""
    said = said_of(data)
    assert not said or said.startswith("some.toml")


@settings(max_examples=120)
@given(st.sampled_from(sorted(FIELDS)), _LITERALS)
def test_a_value_of_any_kind_is_read_or_refused_in_words(key: str, literal: str) -> None:
    """A field with a value of another kind is a sentence that names watch and field, never another error."""
    name = "" if key == "name" else "name = 'W'\n"
    said = said_of(f"[[watch]]\n{name}{key} = {literal}\n".encode())
    assert not said or f"{key}: " in said or "not TOML" in said


@settings(max_examples=80)
@given(_CRITERIA, st.booleans(), incidents())
def test_each_criterion_narrows(criteria: list[str], unknown: bool, one: Incident) -> None:
    """What meets a list of criteria meets each of them alone; what fails is told by the name of a criterion."""
    switches = [f"unknown_{slot} = true" for slot in ("place", "actor", "toll")] if unknown else []
    one = watched(one, Rules())
    (rule,) = listed(*criteria, *switches).watches
    alone = [listed(line, *switches).watches[0] for line in criteria]
    if criteria:
        assert meets(rule, one) == all(meets(each, one) for each in alone)
    said = why(rule, one)
    assert said == "" or said.split(":")[0].split(".")[0] in {*FIELDS, "class", "status"}


@settings(max_examples=80)
@given(_CRITERIA, incidents())
def test_letting_the_unknown_in_takes_nothing_out(criteria: list[str], one: Incident) -> None:
    """What meets a watch meets it with the switches on as well."""
    one = watched(one, Rules())
    switches = [f"unknown_{slot} = true" for slot in ("place", "actor", "toll")]
    if meets(listed(*criteria).watches[0], one):
        assert meets(listed(*criteria, *switches).watches[0], one)


@settings(max_examples=80)
@given(incidents(), st.integers(0, 100))
def test_more_dead_are_never_less_grave(one: Incident, more: int) -> None:
    """Severity grows with each toll, and is the same for the same incident."""
    killed = one.toll.killed or Count(min=0)
    worse = msgspec.structs.replace(
        one.toll, killed=msgspec.structs.replace(killed, min=killed.min + more, max=None)
    )
    graver = msgspec.structs.replace(one, toll=worse)
    assert RANK[severity(graver)] >= RANK[severity(one)]


@settings(max_examples=80)
@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(1, 5000))
def test_an_area_is_never_nearer_than_its_latitude_tells(
    lat: float, lon: float, other_lat: float, other_lon: float, radius_km: float
) -> None:
    """The quick look drops nothing that the distance would keep; whole turns of longitude change nothing."""
    for area in (
        Circle(other_lat, other_lon, radius_km),
        Box(other_lon, min(0.0, other_lat), lon or 1.0, max(0.5, other_lat)),
    ):
        assert area.north_south_km(lat) <= area.distance_km(lat, lon) + 0.5
        assert area.distance_km(lat, lon) == pytest.approx(area.distance_km(lat, lon + 360), abs=0.5)
