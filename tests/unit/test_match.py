"""Which mentions are one incident: pairs of little stories, and the keys to find them by."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dateline.incidents.likeness import is_generic
from dateline.incidents.match import FILED_DAYS, LOOKUP_KEYS, blocks, lookup_blocks, match
from dateline.incidents.merge import open_incident, update
from dateline.incidents.nearness import distance_km
from dateline.incidents.record import Actor, Actors, ArticleRef, Count, Evidence, Incident, Place, When

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

BATTLE = ("Battles", "Armed clash")
BOMB = ("Explosions/Remote violence", "Remote explosive/landmine/IED")
SUICIDE = ("Explosions/Remote violence", "Suicide bomb")
STRIKE = ("Explosions/Remote violence", "Air/drone strike")
SHELLING = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
ATTACK = ("Violence against civilians", "Attack")
ABDUCTION = ("Violence against civilians", "Abduction/forced disappearance")
PROTEST = ("Protests", "Peaceful protest")
BROKEN_UP = ("Protests", "Protest with intervention")
RIOT = ("Riots", "Violent demonstration")
ARRESTS = ("Strategic developments", "Arrests")
TREATY = ("Strategic developments", "Agreement")

TOWNS = {
    "Velm": Place(name="Velm", admin1="Orrin", iso2="AA", lat=10.0, lon=20.0, geo_precision=1, geonameid=1),
    "Velm East": Place(name="Velm East", admin1="Orrin", iso2="AA", lat=10.01, lon=20.02, geo_precision=1, geonameid=2),
    "Harsk": Place(name="Harsk", admin1="Orrin", iso2="AA", lat=10.5, lon=20.1, geo_precision=1, geonameid=3),
    "Tolm": Place(name="Tolm", admin1="Orrin", iso2="AA", lat=10.09, lon=20.0, geo_precision=1, geonameid=4),
    "near Velm": Place(name="Velm", admin1="Orrin", iso2="AA", lat=10.0, lon=20.0, geo_precision=2, geonameid=1, radius_km=15),
    "Orrin": Place(name="Orrin", admin1="Orrin", iso2="AA", lat=10.3, lon=20.2, geo_precision=3, geonameid=5, radius_km=80),
    "Sarn": Place(name="Sarn", admin1="Sarn", iso2="AA", lat=15.0, lon=25.0, geo_precision=3, geonameid=6, radius_km=80),
    "Velm abroad": Place(name="Velm", iso2="BB", lat=10.2, lon=20.3, geo_precision=1, geonameid=7),
    "only a name": Place(name="Velm", iso2="AA"),
    "only AA": Place(name="AA", country="AA", iso2="AA"),
    "nowhere": None,
}  # fmt: skip

SOLDIERS = Actor(name="Army of AA", id="AA_MIL", kind="State forces")
FRONT = Actor(name="Orrin Front", id="OF", kind="Rebel group")
LEAGUE = Actor(name="Sarn League", id="SL", kind="Rebel group")
GUNMEN = Actor(name="unidentified gunmen", kind="Rebel group")
CIVILIANS = Actor(name="civilians", kind="Civilians")


def told(
    kind: tuple[str, str] = BOMB,
    town: str = "Velm",
    day: int | tuple[int, int] | None = 18,
    *,
    killed: int | tuple[int, int | None] | None = None,
    wounded: int | None = None,
    by: tuple[Actor, ...] = (),
    on: tuple[Actor, ...] = (),
    words: str = "",
    report: bool = False,
    guessed: bool = False,
    name: str = "i",
    **more: Any,
) -> Incident:
    def count(value: int | tuple[int, int | None] | None) -> Count | None:
        if value is None:
            return None
        return Count(min=value, max=value) if isinstance(value, int) else Count(min=value[0], max=value[1])

    start, end = day if isinstance(day, tuple) else (day, day)
    when = None
    if start is not None and end is not None:
        precision = 1 if start == end else 2 if end - start < 8 else 3
        when = When(
            start=date(2026, 11, start),
            end=date(2026, 11, end),
            precision=precision,
            is_report_date=report,
            inferred=guessed,
        )
    incident = Incident(
        id=name,
        class_="fresh",
        confidence=0.8,
        event_type=kind[0],
        sub_event_type=kind[1],
        disorder_type="Political violence",
        date=when,
        place=TOWNS[town],
        actors=Actors(perpetrator=by, target=on),
        evidence=(Evidence(article=more.pop("article", name), start=0, end=len(words), text=words),),
    )
    toll = type(incident.toll)(killed=count(killed), wounded=count(wounded))
    return type(incident)(
        **{
            **{f: getattr(incident, f) for f in incident.__struct_fields__ if f != "schema"},
            "toll": toll,
            **more,
        }
    )


MOSQUE = "A bomb hidden in a cart went off outside the Kesh mosque after noon prayers in Velm"
MOSQUE_AGAIN = "Worshippers leaving noon prayers at the Kesh mosque were hit when a cart exploded"
DEPOT = "A roadside device destroyed a fuel truck near the depot on the northern highway"

SAME = {
    "the same told twice": (told(killed=7, words=MOSQUE), told(killed=7, words=MOSQUE, name="j")),
    "nothing but town, day and type": (told(), told(name="j")),
    "toll revised upwards": (told(killed=3), told(killed=5, name="j")),
    "at least, then exactly": (told(killed=(7, None)), told(killed=9, name="j")),
    "dead told, then wounded": (told(killed=4), told(wounded=12, name="j")),
    "one says IED, one suicide bomb": (told(BOMB, killed=6), told(SUICIDE, killed=6, name="j")),
    "one says attack, one clash": (
        told(ATTACK, killed=6, by=(GUNMEN,)),
        told(BATTLE, killed=6, by=(FRONT,), name="j"),
    ),
    "attack and shelling": (told(ATTACK, killed=5), told(SHELLING, killed=5, name="j")),
    "protest that was broken up": (told(PROTEST, wounded=12), told(BROKEN_UP, wounded=12, name="j")),
    "protest and riot": (told(BROKEN_UP, wounded=20), told(RIOT, wounded=20, name="j")),
    "generic and named group": (
        told(ATTACK, by=(GUNMEN,), killed=8),
        told(ATTACK, by=(FRONT,), killed=8, name="j"),
    ),
    "the sides swapped in a battle": (
        told(BATTLE, by=(SOLDIERS,), on=(FRONT,)),
        told(BATTLE, by=(FRONT,), on=(SOLDIERS,), name="j"),
    ),
    "a day apart at midnight": (told(killed=7, day=18), told(killed=7, day=19, name="j")),
    "report a day later": (told(killed=7, day=18), told(killed=7, day=20, report=True, name="j")),
    "day and week": (told(killed=7, day=18), told(killed=7, day=(15, 20), name="j")),
    "town and its quarter": (told(killed=7), told(town="Velm East", killed=7, name="j")),
    "town and near it": (told(killed=7), told(town="near Velm", killed=7, name="j")),
    "town and its region, same figure": (
        told(ATTACK, killed=14, by=(FRONT,)),
        told(ATTACK, town="Orrin", killed=14, by=(FRONT,), name="j"),
    ),
    "town and its region, same words": (
        told(killed=14, words=MOSQUE),
        told(town="Orrin", killed=14, words=MOSQUE_AGAIN, name="j"),
    ),
    "a name without coordinates": (told(killed=7), told(town="only a name", killed=7, name="j")),
    "no place but figure, actor and words": (
        told(killed=14, by=(FRONT,), words=MOSQUE),
        told(town="nowhere", killed=14, by=(FRONT,), words=MOSQUE_AGAIN, name="j"),
    ),
    "country only but figure, actor and words": (
        told(killed=14, by=(FRONT,), words=MOSQUE),
        told(town="only AA", killed=14, by=(FRONT,), words=MOSQUE_AGAIN, name="j"),
    ),
    "no day told": (told(killed=7, by=(FRONT,)), told(day=None, killed=7, by=(FRONT,), name="j")),
    "abduction told as attack": (told(ABDUCTION, by=(FRONT,)), told(ATTACK, by=(FRONT,), name="j")),
    "one article told it twice": (
        told(killed=7, article="a", words=MOSQUE),
        told(killed=7, name="j", evidence=(Evidence(article="a", start=500, end=600, text=MOSQUE),)),
    ),
    "many harmed, figures revised, a day apart": (
        told(SUICIDE, day=18, killed=2, wounded=90),
        told(BOMB, day=19, killed=6, wounded=100, name="j"),
    ),
    "the day guessed from the publication": (told(day=18), told(day=19, guessed=True, name="j")),
    "arrests after a clash": (
        told(ARRESTS, by=(SOLDIERS,), on=(FRONT,), words=DEPOT),
        told(BATTLE, by=(SOLDIERS,), on=(FRONT,), words=DEPOT, name="j"),
    ),
}

APART = {
    "two bombings in two towns on one day": (told(killed=7), told(town="Harsk", killed=7, name="j")),
    "the same in two countries": (told(killed=7), told(town="Velm abroad", killed=7, name="j")),
    "the same town a week later": (told(day=10, killed=7), told(day=18, killed=7, name="j")),
    "three days apart": (told(day=15), told(day=18, name="j")),
    "neighbouring towns, nothing in common": (told(killed=7), told(town="Tolm", killed=2, name="j")),
    "neighbouring towns, the trigger in common": (told(), told(town="Tolm", name="j")),
    "bombings somewhere in one country": (told(town="only AA"), told(town="only AA", name="j")),
    "a bombing in town, another in the region": (told(killed=2), told(town="Orrin", killed=15, name="j")),
    "town and region, only the trigger": (told(), told(town="Orrin", name="j")),
    "town and another region": (told(killed=7), told(town="Sarn", killed=7, name="j")),
    "nowhere and nothing but the trigger": (told(town="nowhere"), told(town="nowhere", name="j")),
    "nowhere, a small figure": (told(town="nowhere", killed=1), told(town="nowhere", killed=1, name="j")),
    "protest and air strike": (told(PROTEST), told(STRIKE, name="j")),
    "arrests and agreement": (told(ARRESTS), told(TREATY, name="j")),
    "protest and battle": (told(PROTEST), told(BATTLE, name="j")),
    "other group, other toll, other words": (
        told(ATTACK, by=(FRONT,), killed=30, words=MOSQUE),
        told(ATTACK, by=(LEAGUE,), killed=2, words=DEPOT, name="j"),
    ),
    "other type, group and toll": (
        told(BOMB, by=(FRONT,), killed=30),
        told(ATTACK, by=(LEAGUE,), killed=2, name="j"),
    ),
    "one article told them apart": (
        told(killed=7, article="a", words=MOSQUE),
        told(killed=3, name="j", evidence=(Evidence(article="a", start=500, end=600, text=MOSQUE),)),
    ),
    "two days apart, many harmed in one of them": (told(killed=40, day=16), told(killed=2, day=18, name="j")),
    "arrests in one town on one day": (told(ARRESTS), told(ARRESTS, name="j")),
    "a figure over months": (told(killed=7), told(killed=7, name="j", class_="aggregate")),
    "an older event as context": (told(killed=7, class_="background"), told(killed=7, name="j")),
    "region and region, the trigger": (told(town="Orrin", killed=3), told(town="Orrin", killed=40, name="j")),
    "same region, other group": (
        told(ATTACK, town="Orrin", by=(FRONT,), killed=9),
        told(ATTACK, town="Orrin", by=(LEAGUE,), killed=9, name="j"),
    ),
}


@pytest.mark.parametrize("pair", SAME)
def test_one_event_is_matched(pair: str) -> None:
    """Two tellings of one event are one incident, whichever came first."""
    left, right = SAME[pair]
    assert match(left, [right], NOW) is right
    assert match(right, [left], NOW) is left


@pytest.mark.parametrize("pair", APART)
def test_two_events_stay_two(pair: str) -> None:
    """Two events are two incidents, whichever came first."""
    left, right = APART[pair]
    assert match(left, [right], NOW) is None
    assert match(right, [left], NOW) is None


def test_the_table_is_large_enough() -> None:
    """Forty pairs or more are decided."""
    assert len(SAME) + len(APART) >= 40


def test_the_most_alike_candidate_wins() -> None:
    """Among several that could be, the nearest figures and words decide, not the order."""
    coded = told(killed=7, words=MOSQUE, name="new")
    near, far = told(killed=7, words=MOSQUE_AGAIN, name="near"), told(killed=12, words=DEPOT, name="far")
    assert match(coded, [far, near], NOW) is near
    assert match(coded, [near, far], NOW) is near


def test_of_equals_the_first_seen_wins() -> None:
    """Equal candidates: the one first seen, then the lesser id, in any order."""
    early = told(name="z", first_seen_at=NOW - timedelta(hours=3))
    late = told(name="b", first_seen_at=NOW - timedelta(hours=1))
    twin = told(name="a", first_seen_at=NOW - timedelta(hours=1))
    assert match(told(name="n"), [late, early, twin], NOW) is early
    assert match(told(name="n"), [late, twin], NOW) is twin


def test_the_same_article_finds_its_own_incident_again() -> None:
    """A replayed mention matches the incident that holds its claim, even after all else changed."""
    mention = told(killed=7, town="Orrin", day=(15, 20), words=MOSQUE, article="a")
    opened = open_incident(mention, ArticleRef(id="a"), NOW, "i1")
    done = update(opened, told(killed=40, words=DEPOT, article="b"), ArticleRef(id="b"), NOW)
    assert done is not None
    assert match(mention, [done[0]], NOW) is done[0]


def test_one_sentence_may_tell_of_two_events() -> None:
    """Two mentions with one sentence as evidence and other figures or towns are two incidents."""
    opened = open_incident(told(killed=7, words=MOSQUE, article="a"), ArticleRef(id="a"), NOW, "i1")
    assert match(told(killed=3, words=MOSQUE, article="a"), [opened], NOW) is None
    bare = open_incident(told(words=MOSQUE, article="a"), ArticleRef(id="a"), NOW, "i1")
    assert match(told(town="Harsk", words=MOSQUE, article="a"), [bare], NOW) is None


def test_an_undated_incident_is_not_open_for_ever() -> None:
    """Eleven days after it was first seen, an undated incident takes no more."""
    old = told(day=None, killed=7, first_seen_at=NOW - timedelta(days=11))
    assert match(told(killed=7, name="j"), [old], NOW) is None


def test_no_candidates() -> None:
    """Nothing to match with gives nothing."""
    assert match(told(), [], NOW) is None


def test_blocks_are_country_and_day() -> None:
    """Filed under its own day; looked up two days either side, and among incidents of unknown country."""
    assert blocks(told()) == ("AA:2026-11-18",)
    assert blocks(told(town="nowhere")) == ("--:2026-11-18",)
    keys = lookup_blocks(told(), NOW)
    assert keys[:5] == tuple(f"AA:2026-11-{day}" for day in range(16, 21))
    assert set(keys[5:]) == {f"--:2026-11-{day}" for day in range(16, 21)}


def test_keys_are_few() -> None:
    """A month is filed under seven keys and looked up by twelve."""
    month = told(day=(1, 30))
    assert len(blocks(month)) == FILED_DAYS
    assert len(lookup_blocks(month, NOW)) == LOOKUP_KEYS


def test_a_day_within_a_filed_month_is_found() -> None:
    """Whatever the day, its look-up meets one of the month's keys."""
    filed = set(blocks(told(day=(1, 30))))
    for day in range(1, 31):
        assert filed & set(lookup_blocks(told(day=day), NOW))


def test_an_undated_incident_is_filed_by_when_it_was_seen() -> None:
    """Seen today, it is found by a mention without a day, and by one of yesterday."""
    seen = blocks(told(day=None, first_seen_at=NOW))
    assert seen == ("AA:2026-11-20",)
    assert set(seen) & set(lookup_blocks(told(day=None), NOW))
    assert set(seen) & set(lookup_blocks(told(day=19), NOW))
    assert blocks(told(day=None)) == ("AA:-",)


GENERIC = [
    "unidentified gunmen",
    "armed men",
    "security forces",
    "the police",
    "a group of protesters",
    "suspected militants",
    "Civilians (AA)",
    "Unidentified Armed Group (AA)",
]
NAMED = ["Orrin Front", "Army of AA", "Sarn police", "Islamic League fighters", "Unionist Youth"]


@pytest.mark.parametrize("name", GENERIC)
def test_generic_actors(name: str) -> None:
    """Names that only say what kind of people they are."""
    assert is_generic(Actor(name=name))


@pytest.mark.parametrize("name", NAMED)
def test_named_actors(name: str) -> None:
    """Names that single somebody out."""
    assert not is_generic(Actor(name=name))


def test_distance() -> None:
    """A degree of latitude is about 111 km."""
    assert distance_km(10, 20, 11, 20) == pytest.approx(111.2, abs=0.3)
    assert distance_km(10, 179.9, 10, -179.9) < 25
