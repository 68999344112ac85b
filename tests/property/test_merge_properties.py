"""What holds of merging and matching whatever is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents.match import FILED_DAYS, LOOKUP_KEYS, blocks, lookup_blocks, match
from dateline.incidents.merge import MAX_EVIDENCE, attach, open_incident, update
from dateline.incidents.record import (
    TOLL_KINDS,
    Actor,
    Actors,
    ArticleRef,
    Count,
    Evidence,
    Incident,
    Place,
    Toll,
    When,
    decode_incident,
    encode,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHECK = settings(max_examples=60, deadline=None)

COUNTS = st.none() | st.builds(
    lambda low, more: Count(min=low, max=None if more is None else low + more),
    st.integers(0, 200),
    st.none() | st.integers(0, 50),
)
WHEN = st.builds(
    lambda start, length, report: When(
        start=start,
        end=start + timedelta(days=length),
        precision=1 if length == 0 else 2 if length < 8 else 3,
        is_report_date=report,
    ),
    st.dates(date(2026, 11, 1), date(2026, 11, 20)),
    st.sampled_from([0, 0, 0, 6, 29]),
    st.booleans(),
)
PLACES = st.builds(
    Place,
    name=st.sampled_from(["Velm", "Harsk", "Orrin", ""]),
    iso2=st.sampled_from(["AA", "BB", None]),
    lat=st.none() | st.floats(-80, 80),
    lon=st.none() | st.floats(-170, 170),
    geo_precision=st.sampled_from([1, 2, 3, None]),
    geonameid=st.sampled_from([None, 1, 2]),
)
ACTORS = st.lists(
    st.builds(Actor, name=st.sampled_from(["armed men", "Orrin Front", "Army of AA", "civilians"])),
    max_size=2,
).map(tuple)
TYPES = st.sampled_from(
    [
        ("Battles", "Armed clash"),
        ("Explosions/Remote violence", "Grenade"),
        ("Violence against civilians", "Attack"),
        ("Protests", "Peaceful protest"),
        ("Strategic developments", "Arrests"),
    ]
)


@st.composite
def mentions(draw: Any) -> Incident:
    kind = draw(TYPES)
    pieces = draw(
        st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["place", "date", "killed"])), max_size=4)
    )
    return Incident(
        id="mention",
        class_="fresh",
        confidence=draw(st.floats(0, 1)),
        event_type=kind[0],
        sub_event_type=kind[1],
        disorder_type="Political violence",
        date=draw(st.none() | WHEN),
        place=draw(st.none() | PLACES),
        actors=Actors(perpetrator=draw(ACTORS), target=draw(ACTORS)),
        toll=Toll(killed=draw(COUNTS), wounded=draw(COUNTS)),
        assertion=draw(st.sampled_from(["reported", "alleged", "denied"])),
        evidence=tuple(
            Evidence(article="", start=at, end=at + 5, text="words", supports=(field,))
            for at, field in pieces
        ),
    )


def ref(number: int) -> ArticleRef:
    lineage: Any = "original" if number == 0 else "independent" if number % 2 else "retelling"
    return ArticleRef(id=f"a{number}", url=f"https://s{number}.example/x", lineage=lineage)


def merged(told: list[Incident]) -> Incident:
    incident = open_incident(told[0], ref(0), NOW, "i1")
    for number, mention in enumerate(told[1:], 1):
        done = update(incident, mention, ref(number), NOW)
        incident = done[0] if done else incident
    return incident


@CHECK
@given(st.lists(mentions(), min_size=1, max_size=6))
def test_replaying_any_article_changes_nothing(told: list[Incident]) -> None:
    """What an article brought, it brings once, whatever came after it."""
    incident = merged(told)
    for number, mention in enumerate(told):
        assert update(incident, mention, ref(number), NOW) is None
        assert attach(incident, ref(number), NOW) is None


@CHECK
@given(st.lists(mentions(), min_size=1, max_size=4), mentions())
def test_claims_only_grow_and_ids_stay(told: list[Incident], late: Incident) -> None:
    """No claim and no article is lost; the id and the first sight stay; the version grows by one."""
    before = merged(told)
    done = update(before, late, ref(50), NOW + timedelta(hours=1))
    assert done is not None
    after, changed = done
    for kind in TOLL_KINDS:
        old, new = getattr(before.toll, kind), getattr(after.toll, kind)
        if old is not None:
            assert new.claims[: len(old.claims)] == old.claims
            assert new.min <= old.min
            assert new.max is None or all(claim.min <= new.max for claim in new.claims)
    assert set(before.articles) <= set(after.articles)
    assert (after.id, after.first_seen_at, after.version) == (
        before.id,
        before.first_seen_at,
        before.version + 1,
    )
    assert "articles" in changed
    assert len(after.evidence) <= MAX_EVIDENCE
    assert decode_incident(encode(after)) == after


@CHECK
@given(mentions(), mentions())
def test_matching_is_symmetric(one: Incident, other: Incident) -> None:
    """Whichever mention came first, the decision is the same."""
    assert (match(one, [other], NOW) is None) == (match(other, [one], NOW) is None)


@CHECK
@given(mentions())
def test_blocks_are_few_and_meet(mention: Incident) -> None:
    """An incident is found by a second mention of the very same event."""
    incident = open_incident(mention, ref(0), NOW, "i1")
    keys, sought = blocks(incident), lookup_blocks(mention, NOW)
    assert 1 <= len(keys) <= FILED_DAYS
    assert 1 <= len(sought) <= LOOKUP_KEYS
    assert len(set(sought)) == len(sought)
    assert set(keys) & set(sought)
