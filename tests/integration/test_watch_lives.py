"""Alerts over the life of an incident, planned and settled as a worker does it, on a real Redis."""

from datetime import timedelta

import pytest
from coded import mention, result
from make import NOW
from msgspec.structs import replace

from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import Alert, Evidence, Retraction, Source
from dateline.incidents.watches import Rules, marked, read_watches
from dateline.settlement import PageResult
from dateline.store.alerts import decode_alert
from dateline.store.door import Store
from dateline.store.ledger import Outcome

pytestmark = pytest.mark.integration

RULES = read_watches(
    b"""
    [[watch]]
    name = "Syria"
    countries = ["SY"]
    cool_down = "1h"

    [[watch]]
    name = "Confirmed"
    independent_sources = 2
    severity = "high"
    cool_down = "1h"
    """
)


class Desk:
    """Plans and settles articles, each a minute after the one before."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW

    def settle(self, made: PageResult, rules: Rules = RULES) -> None:
        self.now += timedelta(minutes=1)
        store, now = self.store, self.now
        store.client.zadd(store.keys.outbox, {made.article_id: now.timestamp()})
        seen = store.ledger.look_up(made.article_id, made.fingerprint, (), wanted_blocks(made, now), now)
        settlement = marked(plan(made, seen, now), seen.incidents, rules)
        done = store.ledger.settle(replace(settlement, version=0), made.fingerprint, seen, now)
        assert done.outcome is Outcome.SETTLED

    def alerts(self) -> list[Alert]:
        return [decode_alert(data) for _, data in self.store.alerts.events("0")]

    def told(self) -> list[tuple[str, str, str]]:
        return [(one.watch, one.event, one.severity) for one in self.alerts()]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def disputed(number: int, said_by: Source) -> PageResult:
    """An article that tells nothing but that the event did not happen."""
    made = result(number)
    said = Evidence(article=made.article_id, start=0, end=20, text="No such attack took place.")
    about = replace(mention(number), class_="background")
    taken = Retraction(kind="untrue", by=said_by, said=said, about=about)
    return replace(made, coding=replace(made.coding, retractions=(taken,)))


def test_a_second_source_makes_a_watch_be_met(desk: Desk) -> None:
    """A watch that asks for two sources is told with the update that brings the second; the other is told nothing new."""
    desk.settle(result(1, mention(1)))
    assert desk.told() == [("Syria", "opened", "high")]
    desk.settle(result(2, mention(2)))
    assert desk.told()[1:] == [("Confirmed", "updated", "high")]
    assert desk.alerts()[-1].incident.independent_sources == 2


def test_a_toll_that_rises_is_told_again(desk: Desk) -> None:
    """From high to critical within the cool-down: worse news goes out at once, though the first report's figure stands."""
    desk.settle(result(1, mention(1, 12)))
    second = result(2, mention(2, 31))
    later = replace(second.article, published_at=NOW)
    desk.settle(replace(second, article=later))
    assert desk.told() == [
        ("Syria", "opened", "high"),
        ("Syria", "updated", "critical"),
        ("Confirmed", "updated", "critical"),
    ]
    killed = desk.alerts()[-1].incident.toll.killed
    assert (killed.min, killed.max) == (12, 31)


def test_what_the_police_call_untrue_is_withdrawn(desk: Desk) -> None:
    """The retraction of an incident is told to whoever was told of it, in the middle of a cool-down."""
    desk.settle(result(1, mention(1)))
    desk.settle(disputed(2, Source(name="police", kind="police or military")))
    assert desk.told() == [("Syria", "opened", "high"), ("Syria", "retracted", "high")]
    last = desk.alerts()[-1].incident
    assert (last.status, last.watches) == ("retracted", ())
    assert last.history[-1].reason


def test_a_list_that_is_new_speaks_from_then_on(desk: Desk) -> None:
    """What was opened before is told when it is updated; nothing is published for the list's sake."""
    desk.settle(result(1, mention(1)), Rules())
    assert desk.alerts() == []
    desk.settle(result(2, mention(2)))
    assert ("Syria", "updated", "high") in desk.told()
    assert len(desk.store.incidents.events("0")) == 2


def test_a_copy_tells_nothing_new(desk: Desk) -> None:
    """A reprint is attached to its incident; the watches have heard of it."""
    text = result(1).article.text
    desk.settle(result(1, mention(1), text=text))
    desk.settle(result(2, mention(2), text=text))
    assert len(desk.store.incidents.events("0")) == 2
    assert desk.told() == [("Syria", "opened", "high")]
