"""Events of the last days that are told beside the news: what is known takes them up, nothing is opened for them."""

from datetime import date, timedelta

import msgspec
from coded import mention, result
from make import NOW
from wire_world import World

from dateline.incidents.recalled import MOST, recalled, recent
from dateline.incidents.record import Coding, Count, Incident, Toll, When
from dateline.model import Fate


def beside(article: int = 2, killed: int = 7, **fields: object) -> Incident:
    return mention(article, killed, class_="background", **fields)


def coding(*mentions: Incident) -> Coding:
    return Coding(relevance=0.5, relevant=True, incidents=mentions)


def test_a_report_of_the_funeral_joins_the_attack() -> None:
    """Its figure is claimed, its article listed; the fate says so."""
    world = World()
    world.settle(result(1, mention(1, 7)))
    told = world.settle(result(2, beside(2, 9)))
    assert told.fate is Fate.INCIDENT
    assert told.reason.startswith("0 incidents opened, 1 mentions of known ones")
    assert [ref.id for ref in world.only().articles] == [f"{1:016x}", f"{2:016x}"]
    assert world.only().toll.killed
    assert world.only().toll.killed.max == 9


def test_what_nobody_told_stays_background() -> None:
    """Nothing is opened for an event that is told in passing."""
    world = World()
    told = world.settle(result(2, beside()))
    assert told.fate is Fate.BACKGROUND
    assert not world.incidents


def test_news_comes_first() -> None:
    """The story of an article is that of its news, not of what it recalls."""
    world = World()
    world.settle(result(1, mention(1, 7)))
    later = When(start=NOW.date() + timedelta(days=6), end=NOW.date() + timedelta(days=6), precision=1)
    told = world.settle(result(2, mention(2, 3, start=200, date=later), beside(2, 7, start=400)))
    assert len(told.incidents) == 2
    assert told.story == f"{2:016x}"


def test_only_the_last_days_are_recalled() -> None:
    """Old days, places that are none, and events without harm are not looked up; never more than a few are."""
    old = When(start=date(2026, 2, 1), end=date(2026, 2, 1), precision=1)
    assert recent(coding(beside(date=old)), NOW) == ()
    assert recent(coding(beside(place=None)), NOW) == ()
    assert recent(coding(beside(toll=Toll())), NOW) == ()
    assert recent(coding(mention(1)), NOW) == ()
    assert recent(None, NOW) == ()
    found = recent(coding(*(beside(start=100 * number) for number in range(9))), NOW)
    assert len(found) == MOST
    assert all(one.class_ == "fresh" for one in found)


def test_an_undated_one_must_be_surer() -> None:
    """Seven killed in that town, once: years may lie between. Thirty, as known, are the known ones."""
    known = msgspec.structs.replace(mention(1, 2), id="known")
    (few,) = recent(coding(beside(2, 2, date=None)), NOW)
    assert recalled([few], [known], NOW) == {}
    (dated,) = recent(coding(beside(2, 2)), NOW)
    assert recalled([dated], [known], NOW) == {0: "known"}
    many = Toll(killed=Count(min=30, max=30))
    (sure,) = recent(coding(beside(2, date=None, toll=many)), NOW)
    assert recalled([sure], [msgspec.structs.replace(known, toll=many)], NOW) == {0: "known"}
