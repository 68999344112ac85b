"""Two watch lists on one past: what is gained and lost, by which criterion, and what the cool-downs do."""

from datetime import timedelta

import msgspec
from make import NOW, incident

from dateline.incidents.backtest import (
    HELD_BACK,
    NOT_HELD_BACK,
    NOT_THERE,
    SWITCHED_OFF,
    Compared,
    Report,
    Trial,
)
from dateline.incidents.record import Count, Event, Incident, Place, Toll
from dateline.incidents.watches import Rules, read_watches

IRAQ = Place(name="Mosul", country="Iraq", iso2="IQ", lat=36.34, lon=43.13, geo_precision=1)


def rules(*watches: str) -> Rules:
    return read_watches("".join(f"[[watch]]\n{one}\n" for one in watches).encode())


def killed(number: int, least: int, **fields: object) -> Incident:
    return incident(number, toll=Toll(killed=Count(min=least, max=least)), **fields)


def tried(new: Rules, old: Rules, *past: tuple[float, Event, Incident]) -> Report:
    trial = Trial(new, old)
    for minutes, event, one in past:
        trial.see(NOW + timedelta(minutes=minutes), event, one)
    return trial.report()


def only(report: Report) -> Compared:
    (one,) = report.watches
    return one


def test_what_a_list_gains_is_told_with_what_the_other_lacks() -> None:
    """The reason is the criterion of the other list that fails, in the words of the watch."""
    new, old = rules('name = "W"\ntoll = { killed = 3 }'), rules('name = "W"\ntoll = { killed = 5 }')
    report = tried(
        new, old, (0, "opened", killed(1, 3)), (1, "opened", killed(2, 9)), (2, "opened", killed(3, 1))
    )
    one = only(report)
    ((gained,), lost) = one.gained, one.lost
    assert (gained.incident.id, gained.reason, gained.alert) == (
        incident(1).id,
        "toll.killed: 3, less than 5",
        True,
    )
    assert lost == ()
    assert (one.before.incidents, one.after.incidents) == (1, 2)
    assert (report.gained, report.lost) == ((incident(1).id,), ())
    assert (report.envelopes, report.incidents, report.first_at) == (3, 3, NOW)


def test_what_a_list_loses_is_told_with_what_the_new_one_asks() -> None:
    """Lost by a criterion, by a watch that is gone, by one that is switched off."""
    old = rules('name = "A"', 'name = "B"', 'name = "C"')
    new = rules('name = "A"\ncountries = ["IQ"]', 'name = "B"\nenabled = false')
    report = tried(new, old, (0, "opened", killed(1, 3)))
    reasons = {one.watch: one.lost[0].reason for one in report.watches}
    assert reasons == {"A": "countries: SY", "B": SWITCHED_OFF, "C": NOT_THERE}
    assert report.lost == (incident(1).id,)


def test_an_incident_that_moves_between_watches_is_not_lost() -> None:
    """Gained and lost over all watches are incidents that meet none under the other list."""
    report = tried(rules('name = "New"'), rules('name = "Old"'), (0, "opened", killed(1, 3)))
    assert {one.watch: (len(one.gained), len(one.lost)) for one in report.watches} == {
        "New": (1, 0),
        "Old": (0, 1),
    }
    assert (report.gained, report.lost) == ((), ())


def test_one_version_that_meets_is_enough() -> None:
    """An incident is gained once, whichever of its envelopes meets; the reason is of the last that did not."""
    new, old = rules('name = "W"\ntoll = { killed = 5 }'), rules('name = "W"\ntoll = { killed = 50 }')
    past = [
        (number, "updated" if number else "opened", killed(1, least))
        for number, least in enumerate((2, 6, 8))
    ]
    one = only(tried(new, old, *past))
    assert [row.reason for row in one.gained] == ["toll.killed: 8, less than 50"]
    assert (one.after.incidents, one.after.alerts) == (1, 1)


def test_severity_is_reckoned_anew() -> None:
    """Records of before severity was filled are tried as they would be today."""
    stale = msgspec.structs.replace(killed(1, 30), severity="low")
    assert (
        only(tried(rules('name = "W"\nseverity = "critical"'), Rules(), (0, "opened", stale))).after.incidents
        == 1
    )


def test_cool_downs_are_played_in_the_order_of_the_instants() -> None:
    """What comes within half an hour of an alert is held back, and told at its end; the order of seeing is of no matter."""
    watch = rules('name = "W"\ncool_down = "30m"')
    past = [(40, "opened", killed(3, 1)), (0, "opened", killed(1, 1)), (10, "opened", killed(2, 1))]
    one = only(tried(watch, Rules(), *past))
    # 1 at once; 2 held back until 30; 3 held back by that until 60.
    assert (one.after.incidents, one.after.alerts, one.after.held_back) == (3, 3, 2)


def test_a_longer_cool_down_costs_alerts_and_no_incident() -> None:
    """Both lists are met; the one that cools down longer tells fewer incidents in alerts of their own."""
    new, old = rules('name = "W"\ncool_down = "2h"'), rules('name = "W"\ncool_down = "0s"')
    past = [(number, "opened", killed(number, 1)) for number in range(4)]
    one = only(tried(new, old, *past))
    assert (one.gained, one.lost, one.alerts_gained) == ((), (), ())
    assert {row.reason for row in one.alerts_lost} == {HELD_BACK}
    assert (one.before.alerts, one.after.alerts, one.after.held_back) == (4, 2, 3)
    swapped = only(tried(old, new, *past))
    assert {row.reason for row in swapped.alerts_gained} == {NOT_HELD_BACK}


def test_a_closed_incident_is_withdrawn_from_those_who_were_told() -> None:
    """Retractions are counted apart, and once for each watch."""
    watch = rules('name = "Syria"\ncountries = ["SY"]', 'name = "Iraq"\ncountries = ["IQ"]')
    closed = killed(1, 3, status="retracted")
    report = tried(
        watch,
        Rules(),
        (0, "opened", killed(1, 3)),
        (5, "retracted", closed),
        (6, "opened", killed(2, 1, place=IRAQ)),
    )
    assert {one.watch: one.after.withdrawn for one in report.watches} == {"Syria": 1, "Iraq": 0}
    assert {one.watch: one.after.alerts for one in report.watches} == {"Syria": 1, "Iraq": 1}


def test_the_same_list_gains_and_loses_nothing() -> None:
    """Against itself every list is even."""
    watch = rules('name = "W"\ncool_down = "30m"', 'name = "V"\nseverity = "high"')
    report = tried(watch, watch, *((number, "opened", killed(number, number)) for number in range(9)))
    assert all(one.before == one.after for one in report.watches)
    assert not any(one.gained or one.lost or one.alerts_gained or one.alerts_lost for one in report.watches)


def test_nothing_is_reported_of_nothing() -> None:
    """No envelopes, no watches: an empty report."""
    assert Trial(Rules(), Rules()).report() == Report(envelopes=0, incidents=0)
