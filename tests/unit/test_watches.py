"""What a settlement tells of watches: severity and names on the record, alarms beside it, no envelope of its own."""

import msgspec
from coded import mention, result
from make import NOW, incident
from wire_world import World, only_change

from dateline.incidents.plan import plan
from dateline.incidents.record import Count, Incident, Toll
from dateline.incidents.watches import Rules, marked, met, read_watches, watched
from dateline.model import Fate
from dateline.settlement import Alarm, Change, KnownIncident, LookUp, Settlement

RULES = read_watches(
    b"""
    [[watch]]
    name = "Syria"
    countries = ["SY"]
    cool_down = "10m"
    [[watch]]
    name = "Grave"
    severity = "critical"
    cool_down = "1m"
    [[watch]]
    name = "Off"
    enabled = false
    """
)


def killed(least: int) -> Toll:
    return Toll(killed=Count(min=least, max=least))


def settlement(*changes: Change) -> Settlement:
    return Settlement(article_id="a", fate=Fate.INCIDENT, reason="told", changes=changes)


def updated(one: Incident, *changed: str) -> Change:
    return Change(event="updated", incident=one, changed=changed, expected_version=1)


def known(one: Incident) -> dict[str, KnownIncident]:
    return {one.id: KnownIncident(version=1, record=one)}


def test_what_opens_carries_severity_and_watches() -> None:
    """The record names every watch that it meets, in the order of the list; each raises an alarm."""
    one = incident(1, toll=killed(20))
    done = marked(settlement(Change(event="opened", incident=one)), {}, RULES)
    change = only_change(done)
    assert (change.incident.severity, change.incident.watches) == ("critical", ("Syria", "Grave"))
    assert change.changed == ()
    assert done.alarms == (
        Alarm(incident=one.id, watch="Syria", severity="critical", cool_down_s=600),
        Alarm(incident=one.id, watch="Grave", severity="critical", cool_down_s=60),
    )


def test_an_update_names_what_it_changes() -> None:
    """A toll that rises changes severity and watches; an update that leaves them alone does not name them."""
    before = watched(incident(1, toll=killed(7)), RULES)
    risen = marked(
        settlement(updated(msgspec.structs.replace(before, toll=killed(30)), "toll")), known(before), RULES
    )
    assert only_change(risen).changed == ("toll", "severity", "watches")
    same = marked(settlement(updated(before, "sources")), known(before), RULES)
    assert only_change(same).changed == ("sources",)


def test_the_order_of_fields_that_a_plan_named_is_kept() -> None:
    """What the plan says of severity and watches is replaced by what is true."""
    before = watched(incident(1, toll=killed(7)), RULES)
    done = marked(settlement(updated(before, "watches", "toll", "severity")), known(before), RULES)
    assert only_change(done).changed == ("toll",)


def test_a_closed_incident_meets_nothing() -> None:
    """Its record says so, and it raises no alarm; the commit withdraws what was told."""
    before = watched(incident(1), RULES)
    closed = Change(
        event="retracted", incident=msgspec.structs.replace(before, status="retracted"), expected_version=1
    )
    done = marked(settlement(closed), known(before), RULES)
    assert only_change(done).incident.watches == ()
    assert only_change(done).changed == ("watches",)
    assert done.alarms == ()


def test_without_a_list_the_severity_is_filled_all_the_same() -> None:
    """Severity belongs to the record, not to the watches."""
    done = marked(settlement(Change(event="opened", incident=incident(1))), {}, Rules())
    assert (only_change(done).incident.severity, only_change(done).incident.watches) == ("high", ())


def test_marking_twice_is_marking_once() -> None:
    """The same settlement and the same list give the same: a replan after contention tells nothing else."""
    before = watched(incident(1, toll=killed(7)), RULES)
    given = settlement(updated(msgspec.structs.replace(before, toll=killed(30)), "toll"))
    once = marked(given, known(before), RULES)
    assert marked(once, known(before), RULES) == once


def test_a_settlement_without_changes_stays_as_it_is() -> None:
    """What changes no incident raises nothing, whatever the list says."""
    given = settlement()
    assert marked(given, {}, RULES) == given


def test_a_change_of_severity_alone_makes_no_envelope() -> None:
    """An incident whose stored severity is out of date is not published for that: a replay of its article is silent."""
    world = World()
    told = result(1, mention(1, 30))
    world.settle(told)
    (one,) = world.incidents.values()
    stale = {one.record.id: msgspec.structs.replace(one, record=watched(one.record, RULES))}
    look_up = LookUp(incidents=stale, own=(one.record.id,))
    again = plan(msgspec.structs.replace(told, version=2), look_up, NOW)
    assert again.changes == ()


def test_the_watches_that_are_met_are_those_switched_on() -> None:
    """A watch that is off stays off, though its criteria hold."""
    assert [rule.name for rule in met(RULES, watched(incident(1), RULES))] == ["Syria"]
