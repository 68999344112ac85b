"""Alerts on a real Redis: in the commit that settles, once, cooled, told later, withdrawn."""

import json
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from make import NOW, incident
from watch_wire import Teller

from dateline.incidents.cooling import HELD, Watch
from dateline.incidents.record import Alert, Incident, Severity, decode_envelope, json_schema
from dateline.incidents.severity import RANK
from dateline.store.alerts import AlertCount, decode_alert
from dateline.store.door import Store
from dateline.store.ledger import Outcome

pytestmark = pytest.mark.integration

HALF_HOUR_S = 1800


@pytest.fixture
def teller(store: Store) -> Teller:
    return Teller(store)


def sahel(severity: Severity = "medium", cool_s: int = HALF_HOUR_S) -> dict[str, tuple[Severity, int]]:
    return {"Sahel": (severity, cool_s)}


def told(teller: Teller) -> list[tuple[str, str, str, int]]:
    return [(one.incident.id[-1], one.event, one.severity, one.held_back) for one in teller.alerts()]


def test_an_incident_that_meets_a_watch_raises_an_alert(teller: Teller, store: Store) -> None:
    """It carries the record as it leaves the wire, the watch, the instant of the commit, and its place in the stream."""
    channel = store.client.pubsub(ignore_subscribe_messages=True)
    channel.subscribe(store.keys.alerts_channel)
    channel.get_message(timeout=1)
    settled = teller.tell(1, sahel("high"))
    assert settled.alerts == (AlertCount("high", "sent"),)
    ((seq, data),) = store.alerts.events("0")
    alert = decode_alert(data)
    ((_, envelope),) = store.incidents.events("0")
    assert (alert.seq, alert.watch, alert.severity, alert.event, alert.at) == (
        seq,
        "Sahel",
        "high",
        "opened",
        NOW,
    )
    assert alert.incident == decode_envelope(envelope).incident
    assert (alert.held_back, alert.held_back_ids) == (0, ())
    assert store.alerts.last_seq() == seq
    message = channel.get_message(timeout=2)
    assert message
    assert message["data"] == data
    channel.close()
    Draft202012Validator(json_schema(Alert)).validate(json.loads(data))


def test_a_replay_alerts_nothing(teller: Teller) -> None:
    """The same settlement again changes neither the stream nor the cool-down."""
    settlement = teller.settlement(1, sahel(), event="opened")
    first, again = teller.settle(settlement), teller.settle(settlement, 7200)
    assert (first.outcome, again.outcome) == (Outcome.SETTLED, Outcome.ALREADY)
    assert again.alerts == ()
    assert told(teller) == [("1", "opened", "medium", 0)]


def test_a_commit_that_is_refused_alerts_nothing(teller: Teller, store: Store) -> None:
    """Alerts stand or fall with the envelope: contention writes neither."""
    settlement = teller.settlement(1, sahel(), event="opened")
    change = msgspec.structs.replace(settlement.changes[0], expected_version=3)
    store.client.zadd(store.keys.outbox, {settlement.article_id: NOW.timestamp()})
    refused = msgspec.structs.replace(settlement, changes=(change,))
    assert store.ledger.settle(refused, None, None, NOW).outcome is Outcome.CONTENDED
    assert teller.alerts() == []
    assert not store.client.exists(store.keys.alerts_cooling)


def test_no_watch_no_alert(teller: Teller, store: Store) -> None:
    """What meets nothing leaves no trace among the alerts."""
    assert teller.tell(1, {}).alerts == ()
    assert not store.client.exists(store.keys.alerts_stream, store.keys.alerts_cooling)
    assert not store.client.hexists(store.keys.incident(incident(1).id), "w")


def test_equal_alerts_are_held_back_and_told_with_the_next(teller: Teller) -> None:
    """While a watch cools down they are counted; the next alert names them."""
    teller.tell(1, sahel(), 0)
    assert teller.tell(2, sahel(), 10).alerts == (AlertCount("medium", "held"),)
    assert teller.tell(3, sahel("low"), 20).alerts == (AlertCount("low", "held"),)
    teller.tell(4, sahel(), HALF_HOUR_S)
    last = teller.alerts()[-1]
    assert told(teller) == [("1", "opened", "medium", 0), ("4", "opened", "medium", 2)]
    assert last.held_back_ids == (incident(2).id, incident(3).id)


def test_a_higher_severity_is_never_muted(teller: Teller) -> None:
    """Worse news goes out at once, and tells what was held back; its own cool-down then covers the lesser ones."""
    teller.tell(1, sahel("medium"), 0)
    teller.tell(2, sahel("low"), 1)
    teller.tell(3, sahel("high"), 2)
    teller.tell(4, sahel("critical"), 3)
    teller.tell(5, sahel("high"), HALF_HOUR_S + 2.5)
    assert told(teller) == [
        ("1", "opened", "medium", 0),
        ("3", "opened", "high", 1),
        ("4", "opened", "critical", 0),
    ]
    assert teller.cool(HALF_HOUR_S + 3) == [("high", "sent")]
    assert told(teller)[-1] == ("5", "opened", "high", 0)


def test_watches_cool_down_on_their_own(teller: Teller) -> None:
    """One watch's alert mutes no other; a cool-down of nothing mutes nothing."""
    both: dict[str, tuple[Severity, int]] = {"Sahel": ("medium", HALF_HOUR_S), "All": ("medium", 0)}
    teller.tell(1, both, 0)
    teller.tell(2, both, 1)
    assert [(one.watch, one.incident.id[-1]) for one in teller.alerts()] == [
        ("Sahel", "1"),
        ("All", "1"),
        ("All", "2"),
    ]


def test_a_cool_down_that_is_changed_counts_from_the_last_alert(teller: Teller) -> None:
    """A list that is edited in the middle of a cool-down speaks at once: shorter lets through, longer holds on."""
    teller.tell(1, sahel(cool_s=3600), 0)
    teller.tell(2, sahel(cool_s=3600), 600)
    teller.tell(3, sahel(cool_s=300), 601)
    teller.tell(4, sahel(cool_s=7200), 1000)
    assert told(teller) == [("1", "opened", "medium", 0), ("3", "opened", "medium", 1)]
    assert teller.cool(7800) == []
    assert teller.cool(7801) == [("medium", "sent")]


def test_without_a_cool_down_no_clock_matters(teller: Teller) -> None:
    """Of two workers the one that commits later may have looked at its clock earlier: nothing is held back for that."""
    teller.tell(1, sahel(cool_s=0), 10)
    teller.tell(2, sahel(cool_s=0), 9.9)
    assert [one[0] for one in told(teller)] == ["1", "2"]


def test_an_update_alerts_when_it_is_news_to_the_watch(teller: Teller) -> None:
    """Newly met, or graver than it was told: an alert. The same again, or less: none."""
    teller.tell(1, {}, 0)
    teller.tell(1, sahel("medium", 0), 10, "updated")
    teller.tell(1, sahel("medium", 0), 20, "updated")
    teller.tell(1, sahel("critical", 0), 30, "updated")
    teller.tell(1, sahel("high", 0), 40, "updated")
    teller.tell(1, sahel("critical", 0), 50, "updated")
    assert told(teller) == [("1", "updated", "medium", 0), ("1", "updated", "critical", 0)]


def test_what_was_held_back_is_told_when_the_watch_has_cooled_down(teller: Teller) -> None:
    """Nothing follows: the gravest of what was held back goes out then, with the ids of the rest, and cools down again."""
    teller.tell(1, sahel("high"), 0)
    for number, severity in ((2, "low"), (3, "high"), (4, "medium")):
        teller.tell(number, sahel(severity), number)
    assert teller.cool(HALF_HOUR_S - 1) == []
    assert teller.cool(HALF_HOUR_S) == [("high", "sent")]
    assert teller.cool(HALF_HOUR_S) == []
    last = teller.alerts()[-1]
    assert (last.incident.id, last.event, last.held_back) == (incident(3).id, "opened", 2)
    assert last.held_back_ids == (incident(2).id, incident(4).id)
    teller.tell(5, sahel("high"), HALF_HOUR_S + 1)
    assert teller.cool(2 * HALF_HOUR_S) == [("high", "sent")]


def test_what_is_told_later_is_told_as_it_then_stands(teller: Teller) -> None:
    """The record in a late alert is the latest, not the one that was held back."""
    teller.tell(1, sahel(), 0)
    teller.tell(2, sahel(), 1)
    teller.tell(2, sahel(), 2, "updated", needs_review=True)
    teller.cool(HALF_HOUR_S)
    last = teller.alerts()[-1]
    assert (last.event, last.incident.version, last.incident.needs_review) == ("opened", 2, True)


def test_what_rises_while_it_is_held_back_goes_out_at_its_new_severity(teller: Teller) -> None:
    """A toll that grows breaks through the cool-down that held the incident back, and is not told twice."""
    teller.tell(1, sahel("medium"), 0)
    teller.tell(2, sahel("medium"), 1)
    teller.tell(2, sahel("high"), 2, "updated")
    assert told(teller) == [("1", "opened", "medium", 0), ("2", "opened", "high", 0)]
    assert teller.cool(10 * HALF_HOUR_S) == []


def test_what_no_longer_meets_is_not_told_later(teller: Teller) -> None:
    """A correction that takes an incident out of a watch takes it out of what is held back; met again, it is news."""
    teller.tell(1, sahel(), 0)
    teller.tell(2, sahel(), 1)
    teller.tell(2, {}, 2, "updated")
    assert teller.cool(HALF_HOUR_S) == []
    teller.tell(2, sahel(), HALF_HOUR_S + 1, "updated")
    assert told(teller)[-1] == ("2", "updated", "medium", 0)


@pytest.mark.parametrize("event", ["retracted", "merged"])
def test_what_is_closed_is_withdrawn_at_once(teller: Teller, event: str) -> None:
    """Who was told of an incident is told that it is off, whatever cools down; who was not is told nothing."""
    teller.tell(1, {"Sahel": ("high", HALF_HOUR_S), "Quiet": ("high", HALF_HOUR_S)}, 0)
    teller.tell(2, {"Quiet": ("high", HALF_HOUR_S)}, 1)
    settled = teller.tell(1, {}, 2, event, merged_into="other" if event == "merged" else None)
    assert settled.alerts == (AlertCount("high", "withdrawn"),) * 2
    *_, quiet, withdrawn = teller.alerts()
    assert [(one.watch, one.event, one.severity) for one in (quiet, withdrawn)] == [
        ("Quiet", "retracted", "high"),
        ("Sahel", "retracted", "high"),
    ]
    assert (withdrawn.incident.status, withdrawn.held_back) == (event, 0)
    teller.tell(2, {}, 3, event)
    assert teller.cool(HALF_HOUR_S) == []
    assert len(teller.alerts()) == 4


def test_a_summary_is_a_word_that_can_be_withdrawn(teller: Teller) -> None:
    """An incident that an alert only named among those held back is withdrawn too."""
    teller.tell(1, sahel("medium"), 0)
    teller.tell(2, sahel("medium"), 1)
    teller.tell(3, sahel("high"), 2)
    teller.tell(2, {}, 3, "retracted")
    assert told(teller)[-1] == ("2", "retracted", "medium", 0)


def test_what_is_opened_again_is_told_again(teller: Teller) -> None:
    """After a withdrawal the desk knows nothing of it: a restored incident alerts anew."""
    teller.tell(1, sahel("high", 0), 0)
    teller.tell(1, {}, 1, "retracted")
    teller.tell(1, sahel("high", 0), 2, "updated")
    assert [one[1] for one in told(teller)] == ["opened", "retracted", "updated"]


def test_ids_that_are_held_back_are_bounded(teller: Teller) -> None:
    """Of very many the least grave and oldest are counted only; the number stays true."""
    teller.tell(0, sahel("critical"), 0)
    teller.tell(1, sahel("high"), 1)
    for number in range(2, HELD + 12):
        teller.tell(number, sahel("medium"), number)
    teller.tell(5000, sahel("critical"), HALF_HOUR_S)
    last = teller.alerts()[-1]
    assert (last.held_back, len(last.held_back_ids)) == (HELD + 11, HELD)
    assert incident(1).id in last.held_back_ids
    assert incident(HELD + 11).id in last.held_back_ids
    assert incident(2).id not in last.held_back_ids


def test_alerts_are_trimmed_with_the_retention(teller: Teller, store: Store) -> None:
    """The stream of alerts is kept as long as the others, and a cooled watch leaves no state behind."""
    teller.tell(1, sahel(), 0)
    store.incidents.trim(NOW + timedelta(days=400), 0)
    assert store.client.xlen(store.keys.alerts_stream) <= 1
    teller.cool(HALF_HOUR_S)
    assert not store.client.exists(store.keys.alerts_cooling)


def test_an_incident_that_was_forgotten_is_not_told_later(teller: Teller, store: Store) -> None:
    """What was held back and trimmed meanwhile is passed over; the next of those held back is told."""
    teller.tell(1, sahel(), 0)
    teller.tell(2, sahel(), 1)
    teller.tell(3, sahel(), 2)
    store.client.delete(store.keys.incident(incident(3).id))
    assert teller.cool(HALF_HOUR_S) == [("medium", "sent")]
    assert told(teller)[-1] == ("2", "opened", "medium", 0)


def test_a_damaged_state_costs_a_cool_down_and_no_commit(teller: Teller, store: Store) -> None:
    """What does not decode is taken for nothing: the envelope goes out, and an alert too many."""
    teller.tell(1, sahel(), 0)
    store.client.hset(store.keys.alerts_cooling, "Sahel", b"{not json")
    store.client.hset(store.keys.incident(incident(1).id), "w", b"[")
    assert teller.tell(1, sahel(), 1, "updated").alerts == (AlertCount("medium", "sent"),)


def test_names_of_watches_may_hold_anything(teller: Teller) -> None:
    """Quotation marks, slashes and other scripts come through as they are."""
    name = 'Сахель / "all" \\ الساحل 🔔'
    teller.tell(1, {name: ("low", 60)})
    assert [one.watch for one in teller.alerts()] == [name]


_STEPS = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from(["meets", "meets", "meets", "leaves", "closes", "cool"]),
        st.sampled_from(sorted(RANK)),
        st.integers(0, 900),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS, st.sampled_from([0, 600, 1800]))
def test_the_commit_follows_the_pure_rule(
    store: Store, steps: list[tuple[int, str, Severity, int]], cool_s: int
) -> None:
    """Whatever happens, the wire tells what ``cooling`` says: so a backtest shows what the wire would do."""
    store.client.flushall()
    teller, watch, expected, at_s = Teller(store), Watch("W", cool_s), [], 0.0
    for number, act, severity, wait_s in steps:
        at_s += wait_s
        # A keeper looks every two seconds; here it looks at the very moment.
        while (due_s := watch.due_at_s()) is not None and due_s <= teller.start_s + at_s:
            expected += list(watch.cool(due_s))
            teller.cool(due_s - teller.start_s)
        event = "updated" if number in teller.versions else "opened"
        if act == "meets":
            teller.tell(number, {"W": (severity, cool_s)}, at_s, event)
            said = watch.meets(incident(number).id, severity, event, teller.start_s + at_s)
            expected += [said] if said and not said.held else []
        elif act == "leaves":
            teller.tell(number, {}, at_s, event)
            watch.leaves(incident(number).id)
        elif act == "closes":
            teller.tell(number, {}, at_s, "retracted")
            said = watch.closes(incident(number).id, teller.start_s + at_s)
            expected += [said] if said else []
    found: list[tuple[Incident, object]] = [
        (one.incident.id, one.event, one.severity, one.held_back, one.held_back_ids)
        for one in teller.alerts()
    ]
    assert found == [
        (one.incident, one.event, one.severity, one.held_back, one.held_back_ids) for one in expected
    ]
