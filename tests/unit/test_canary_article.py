"""The article that a canary is: whatever the day, it is coded to one incident that is known, and anything else is told."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest
from make import NOW

from dateline import metrics
from dateline.incidents.assemble import Coder
from dateline.incidents.plan import plan
from dateline.incidents.record import Count, Envelope, encode
from dateline.settlement import LookUp
from dateline.store import pages
from dateline.store.canary import State, Tiding
from dateline.store.keys import is_canary
from dateline.text import urls
from services.keeper.canary import LOST_MOST_S, LOST_S, OUTCOMES, CanaryWatch
from services.keeper.canary_article import amiss, canary
from workers import reading

ID = canary(NOW).article_id

DAYS = [
    datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 5, 9, 4, 30, tzinfo=UTC),
    datetime(2027, 8, 31, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2028, 3, 1, 12, 0, tzinfo=UTC),
    datetime(2030, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]

coder = cache(Coder.load)


def envelopes(at: datetime) -> list[Envelope]:
    """What the canary of an instant comes to: read, coded and planned as any article is."""
    read = reading.read_page(pages.encode(canary(at)), coder())
    changes = plan(read, LookUp(), at).changes
    return [Envelope(seq="1-0", event=one.event, at=at, incident=one.incident) for one in changes]


def line(one: Envelope) -> str:
    return encode(one).decode()


@pytest.mark.parametrize("at", DAYS, ids=str)
def test_a_canary_is_coded_to_its_one_incident(at: datetime) -> None:
    """At the ends of days, months and years, and on a leap day: place, day, toll and type are what they must be."""
    told = envelopes(at)
    assert amiss(canary(at).article_id, "\n".join(map(line, told))) == ""
    (only,) = told
    assert only.incident.date.start == (at - timedelta(days=1)).date()


def test_no_two_canaries_are_one_article() -> None:
    """A millisecond later it has another id, another address and another text."""
    first, second = canary(NOW), canary(NOW + timedelta(milliseconds=1))
    assert first.article_id != second.article_id
    assert first.url != second.url
    assert first.body != second.body


def test_no_article_is_taken_for_a_canary() -> None:
    """Ids of articles are letters and digits, whatever their address; those of canaries are not."""
    assert is_canary(ID)
    addresses = ["canary-1", "https://canary.invalid/1", "", "canary-", ID, canary(NOW).url]
    assert not any(is_canary(urls.article_id(one)) for one in addresses)


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ("event is updated", "", "updated"),
        ("class is background", "class_", "background"),
        ("sub-event type is Armed clash", "sub_event_type", "Armed clash"),
        ("place is unknown", "place", None),
        ("days is unknown", "date", None),
    ],
)
def test_what_is_coded_otherwise_is_told(told: str, field: str, value: Any) -> None:
    """The slot that is not as it must be is named, with what stands there and what should."""
    (one,) = envelopes(NOW)
    if field:
        wrong = msgspec.structs.replace(one.incident, **{field: value})
        one = msgspec.structs.replace(one, incident=wrong)
    else:
        one = msgspec.structs.replace(one, event=value)
    assert amiss(ID, line(one)).startswith(f"{told}, not ")


def test_another_toll_is_told() -> None:
    """One more killed, or no word of the wounded, is not what the article says."""
    (one,) = envelopes(NOW)
    toll = msgspec.structs.replace(one.incident.toll, killed=Count(min=3, max=4), wounded=None)
    wrong = msgspec.structs.replace(one, incident=msgspec.structs.replace(one.incident, toll=toll))
    assert amiss(ID, line(wrong)) == "killed is (3, 4), not (3, 3); wounded is unknown, not (5, 5)"


def test_no_envelope_and_too_many_are_told() -> None:
    """One incident, no fewer and no more; what is no envelope is no incident either."""
    (one,) = envelopes(NOW)
    assert amiss(ID, "") == "0 envelopes instead of 1"
    assert amiss(ID, f"{line(one)}\n{line(one)}") == "2 envelopes instead of 1"
    assert amiss(ID, "{}")
    other = canary(NOW + timedelta(days=3)).article_id
    assert "days is" in amiss(other, line(one))


class Told:
    """Canaries of a store that tells what it is told to."""

    def __init__(self, *tidings: Tiding) -> None:
        self.tidings = list(tidings)
        self.noted: list[str] = []

    def round(self, *_: object, **__: object) -> list[Tiding]:
        return self.tidings

    def forget(self, _: object) -> None:
        return

    def note(self, _: Tiding, outcome: str, __: str) -> None:
        self.noted.append(outcome)

    def state(self) -> State:
        return State(now=100.0, first_at=10.0, arrived_at=40.0)


def watch(told: Told) -> CanaryWatch:
    return CanaryWatch(told, every_s=300, token="me", now=lambda: NOW, sent=lambda _: 0)


def count(outcome: str) -> float:
    return metrics.CANARIES.labels(outcome)._value.get()


def arrived(took_s: float, number: int = 1) -> Tiding:
    (one,) = envelopes(NOW)
    return Tiding(
        id=f"canary-{number}", outcome="arrived", sent_at=0.0, at=took_s, envelopes=line(one)
    )  # its number is of another day


def test_what_is_told_twice_is_counted_once() -> None:
    """Redis may go away between counting and forgetting; the next look meets the same again."""
    keeper = watch(Told(arrived(1.0)))
    before = {one: count(one) for one in OUTCOMES}
    keeper.look()
    keeper.look()
    assert {one: count(one) - before[one] for one in OUTCOMES} == dict.fromkeys(OUTCOMES, 0) | {"wrong": 1}
    assert metrics.CANARY_AGE_SECONDS._value.get() == 60.0


def test_a_slow_wire_is_given_more_time() -> None:
    """A canary is given up after a minute, or after three times what the slowest of the last hundred took; an hour at most."""
    told = Told()
    keeper = watch(told)
    assert keeper.lost_s() == LOST_S
    for took_s, lost_s in ((5.0, LOST_S), (50.0, 150.0), (5000.0, LOST_MOST_S)):
        told.tidings = [arrived(took_s, number=int(took_s))]
        keeper.look()
        assert keeper.lost_s() == lost_s
    for number in range(200):
        told.tidings = [arrived(1.0, number=10_000 + number)]
        keeper.look()
    assert keeper.lost_s() == LOST_S


def test_without_canaries_nothing_is_asked_of_the_store() -> None:
    """DATELINE_CANARY_EVERY_S=0 switches them off."""
    told = Told(arrived(1.0, number=77))
    CanaryWatch(told, every_s=0, token="me", now=lambda: NOW, sent=lambda _: 0).look()
    assert told.noted == []


def test_the_age_is_told_before_any_arrived() -> None:
    """None sent: 0. Sent, and none arrived: since the first was sent."""
    assert State(now=100.0).age_s == 0.0
    assert State(now=100.0, first_at=30.0).age_s == 70.0
