"""What speaks for one event and what against it, part by part."""

from datetime import UTC, date, datetime

import pytest
from test_match import APART, DEPOT, FRONT, LEAGUE, MOSQUE, MOSQUE_AGAIN, SAME, SHELLING, told

from dateline.incidents.match import MATCH, grounds, match, resembles
from dateline.incidents.odds import ANEW, OTHER_SPOTS, SEVERAL, TOLL_FAR, odds
from dateline.incidents.record import Count, Incident, Toll
from dateline.incidents.wording import common, other_spots, wording_likeness

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def parts(a: Incident, b: Incident) -> dict[str, float]:
    summed = odds(a, b)
    assert summed is not None
    return {part.name: part.points for part in summed.parts}


@pytest.mark.parametrize("pair", [*SAME, *APART])
def test_the_sum_is_symmetric_and_is_that_of_its_parts(pair: str) -> None:
    """Whichever mention came first, the same speaks for one event."""
    left, right = (SAME | APART)[pair]
    there, back = odds(left, right), odds(right, left)
    assert (there is None) == (back is None)
    if there and back:
        assert there.total == pytest.approx(back.total)
        assert there.total == pytest.approx(sum(part.points for part in there.parts))


def test_a_larger_figure_says_more() -> None:
    """Two killed twice is common, fourteen twice is not."""
    two = parts(told(killed=2), told(killed=2))["same toll"]
    fourteen = parts(told(killed=14), told(killed=14))["same toll"]
    assert fourteen > two + 1


def test_an_early_report_has_a_smaller_toll() -> None:
    """On one day a figure may grow to more than twice; three times four is another event's."""
    assert "toll grown" in parts(told(killed=4), told(killed=14))
    assert parts(told(killed=2), told(killed=14))["tolls far apart"] == TOLL_FAR


def test_dozens_hold_of_ninety() -> None:
    """An open count of dozens says only how large it is."""
    dozens = told(killed=(12, None))
    assert "toll revised" in parts(dozens, told(killed=90))
    assert "toll revised" not in parts(told(killed=(3, None)), told(killed=90))


def test_a_toll_does_not_fall_from_day_to_day() -> None:
    """Five killed, and one the day after: the second is another event; one, and then five, may be a revision."""
    assert parts(told(SHELLING, day=17, killed=5), told(SHELLING, day=18, killed=1))["toll falls"] == TOLL_FAR
    assert "toll falls" not in parts(told(SHELLING, day=17, killed=1), told(SHELLING, day=18, killed=2))


def test_again_is_another_event() -> None:
    """The day after, "again" tells of a second event; on one day it tells of nothing."""
    again = told(day=19, words="The depot was shelled again from the hills")
    assert parts(told(day=18), again)["told as another"] == ANEW
    assert "told as another" not in parts(told(day=19), again)
    first = told(day=18, words="The depot was shelled again from the hills")
    assert "told as another" not in parts(first, told(day=19))


def test_a_round_up_is_none_of_its_parts() -> None:
    """The lead that counts two attacks in the region joins neither; in one town twin blasts are one event."""
    lead = told(town="Orrin", killed=11, words="Eleven died in two attacks in Orrin", n_events=2)
    assert parts(lead, told(killed=7))["one against several"] == SEVERAL
    assert match(lead, [told(killed=7, words=MOSQUE, name="j")], NOW) is None
    unsaid = told(town="Orrin", killed=11, words="Eleven died in separate attacks in Orrin")
    assert "one against several" in parts(unsaid, told(killed=7))
    assert "one against several" not in parts(told(killed=9, n_events=2), told(killed=9))


def test_hamlets_tell_events_of_one_district_apart() -> None:
    """No gazetteer knows them; both named and different, they are two places. One that is named twice is one."""
    kesh = told(town="Orrin", killed=2, words="Two men were shot dead at Keshpur hamlet in Orrin")
    dolm = told(town="Orrin", killed=2, words="Gunmen killed two traders near Dolmara in Orrin")
    spelled = told(town="Orrin", killed=2, words="Two were shot at Keshpoor in Orrin")
    assert other_spots(kesh, dolm)
    assert parts(kesh, dolm)["other spots named"] == OTHER_SPOTS
    assert not other_spots(kesh, spelled)
    assert not other_spots(kesh, told(town="Orrin", words="Two men were shot dead"))
    assert not other_spots(kesh, told(town="Orrin", words="TWO MEN KILLED NEAR DOLMARA IN ORRIN"))


def test_the_trigger_is_no_word_in_common() -> None:
    """Words of any report of violence weigh nothing; rare ones do, singular or plural."""
    left = told(words="A roadside bomb exploded and killed two soldiers on Monday evening")
    right = told(words="Two soldiers were killed as a bomb exploded late on Monday evening")
    assert common(left, right).weight == 0
    mosque = common(told(words=MOSQUE), told(words=MOSQUE_AGAIN))
    assert mosque.weight > 5
    assert 0 < mosque.share <= 1
    assert common(told(words="prayers at the shrines"), told(words="prayer at a shrine")).weight > 0
    assert wording_likeness(told(words=MOSQUE), told(words=DEPOT)) == 0


def test_an_arrest_for_a_killing_follows_it() -> None:
    """The arrest "over the bombing that killed seven" is told of the bombing, though its day is another."""
    arrest = told(("Strategic developments", "Arrests"), day=19, killed=7, words=MOSQUE)
    bombing = told(killed=7, words=MOSQUE_AGAIN, name="j")
    assert match(arrest, [bombing], NOW) is bombing
    assert match(told(("Strategic developments", "Arrests"), day=19), [bombing], NOW) is None


def test_the_town_and_the_region_of_its_name() -> None:
    """ "In Velm" is said of both; with a figure in common it is one event, without one it may be two."""
    place = told(town="Velm").place
    assert place
    region = type(place)(
        name="Velm", admin1="Velm", iso2="AA", lat=10.1, lon=20.1, geo_precision=3, geonameid=99, radius_km=60
    )
    assert match(told(killed=7), [told(killed=7, name="j", place=region)], NOW) is not None
    assert match(told(killed=2), [told(killed=40, name="j", place=region)], NOW) is None


def test_other_sides_and_figures_but_one_text() -> None:
    """What a machine bent is known by type, day and place alone; never where one of these is told apart."""
    left, right = told(killed=70, by=(LEAGUE,)), told(killed=7, by=(FRONT,))
    assert match(left, [right], NOW) is None
    assert resembles(left, right)
    assert not resembles(left, told(town="Harsk"))
    assert not resembles(left, told(day=12))


def test_grounds_are_one_readable_line() -> None:
    """What speaks for one event is told with its points, and what forbids it as well."""
    line = grounds(told(killed=7), told(killed=9, name="j"))
    assert line.startswith("same kind, same day, same town, ")
    assert "toll revised +" in line
    assert grounds(told(), told(town="Velm abroad")) == "type, day or place forbid it"


def test_words_are_compared_only_where_they_may_decide() -> None:
    """A sum that no words can lift is given without them: that is what keeps a look-up cheap."""
    far = odds(told(town="nowhere", day=16, words=MOSQUE), told(town="nowhere", words=MOSQUE), MATCH)
    assert far is not None
    assert far.total < MATCH
    assert all(part.name != "words in common" for part in far.parts)


def test_two_guessed_days_are_less_than_one() -> None:
    """Two papers that tell no day, a day apart, may mean one; that is worth less than a day told."""
    guessed = parts(told(day=18, guessed=True), told(day=19, guessed=True, name="j"))
    assert "perhaps that day" in guessed
    assert "same day" in parts(told(), told())


def test_an_empty_toll_says_nothing() -> None:
    """Neither for nor against."""
    blank = told(toll=Toll(), words=MOSQUE)
    assert parts(blank, told(killed=3))["toll untold"] == 0
    assert blank.date is not None
    assert blank.date.start == date(2026, 11, 18)
    assert parts(told(toll=Toll(wounded=Count(min=3, max=3))), told(killed=3))["toll untold"] == 0
