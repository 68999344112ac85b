"""What holds of merging and matching whatever is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.dedup.lineage import independent_sources, placed, turned
from dateline.dedup.publishers import family
from dateline.incidents.evidence import MAX_EVIDENCE
from dateline.incidents.match import FILED_DAYS, LOOKUP_KEYS, blocks, lookup_blocks, match
from dateline.incidents.merge import attach, open_incident, update
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
from dateline.model import Disposition
from dateline.resemblance import Verdict

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


HOSTS = st.sampled_from(
    ["p1.example", "p2.example", "p3.example", "www.reuters.com", "apnews.com", "bbc.com", "bbc.co.uk", ""]
)
ORIGINS = st.sampled_from(
    [
        "",
        "",
        "",
        "Reuters",
        "Associated Press",
        "agencies",
        "p1.example",
        "p2.example",
        "Reuters / Associated Press",
    ]
)
KINDS = st.sampled_from(["original", "independent", "reprint", "retelling"])
TIMES = st.none() | st.integers(0, 9).map(lambda minute: NOW + timedelta(minutes=minute))


@st.composite
def references(draw: Any, least: int = 0) -> list[ArticleRef]:
    return [
        ArticleRef(
            id=f"r{number}",
            url=f"https://{host}/x" if host else "",
            origin=draw(ORIGINS),
            lineage=draw(KINDS),
            spun=draw(st.sampled_from([False, False, True])),
            published_at=draw(TIMES),
        )
        for number, host in enumerate(draw(st.lists(HOSTS, min_size=least, max_size=7)))
    ]


@CHECK
@given(references(least=1), HOSTS, ORIGINS, st.sampled_from(["reprint", "retelling", "spun"]))
def test_a_copy_never_adds_a_source(refs: list[ArticleRef], host: str, origin: str, kind: Any) -> None:
    """Whoever prints it and whomever it credits."""
    copy = ArticleRef(
        id="x",
        url=f"https://{host}/x" if host else "",
        origin=origin,
        lineage="independent" if kind == "spun" else kind,
        spun=kind == "spun",
    )
    assert independent_sources([*refs, copy]) <= independent_sources(refs)


@CHECK
@given(references(least=1), st.randoms(use_true_random=False))
def test_sources_are_counted_in_any_order(refs: list[ArticleRef], shuffled: Any) -> None:
    """The count is of the set of articles."""
    mixed = list(refs)
    shuffled.shuffle(mixed)
    assert independent_sources(mixed) == independent_sources(refs)
    assert 1 <= independent_sources(refs) <= len(refs)


@st.composite
def arrivals(draw: Any) -> list[tuple[ArticleRef, Verdict]]:
    """Articles as they come, each with what its text is to one of those before it."""
    came = []
    for number, ref in enumerate(draw(references(least=1))):
        kind = draw(st.sampled_from([Disposition.NOVEL, Disposition.REPRINT, Disposition.RETELLING]))
        of = f"r{draw(st.integers(0, number - 1))}" if number and kind is not Disposition.NOVEL else None
        verdict = Verdict(
            disposition=kind if of else Disposition.NOVEL,
            of=of,
            share=draw(st.sampled_from([0.2, 0.9])),
            other_share=draw(st.sampled_from([0.2, 0.9])),
            spun=of is not None and kind is Disposition.RETELLING and draw(st.booleans()),
        )
        came.append((replace(ref, lineage="original", spun=False), verdict))
    return came


@CHECK
@given(arrivals())
def test_a_repeated_text_never_adds_a_source(came: list[tuple[ArticleRef, Verdict]]) -> None:
    """As articles come, a reprint, a retelling or a spun copy of a listed one leaves the count, or lowers it.

    But where the publisher of what it repeats told of the event in another article, too: an agency's page may then
    show that the one was the agency's, and the other is the publisher's own.
    """
    refs: list[ArticleRef] = []
    for bare, verdict in came:
        ref = placed(bare, verdict, refs)
        before, refs = refs, [*turned(refs, ref, verdict), ref]
        assert any(one.lineage == "original" for one in refs)
        publisher = next((family(one.url, "") for one in before if one.id == verdict.of), None)
        if [family(one.url, "") for one in before].count(publisher) == 1:
            assert independent_sources(refs) <= independent_sources(before)
        assert independent_sources(refs) <= independent_sources(before) + 1
        assert turned(refs, ref, verdict) == tuple(refs)
        assert placed(bare, verdict, refs) == ref


@CHECK
@given(st.lists(mentions(), min_size=2, max_size=5), mentions())
def test_a_spun_copy_moves_nothing(told: list[Incident], late: Incident) -> None:
    """Beside clean articles it adds a reference and claims behind; twice it adds nothing."""
    before = merged(told)
    spun = replace(ref(50), lineage="retelling", spun=True)
    done = update(before, late, spun, NOW)
    assert done is not None
    after, changed = done
    assert set(changed) <= {"toll", "articles"}
    for kind in TOLL_KINDS:
        old, new = getattr(before.toll, kind), getattr(after.toll, kind)
        assert (old is None) == (new is None)
        if old is not None:
            assert (old.min, old.max) == (new.min, new.max)
            assert new.claims[: len(old.claims)] == old.claims
    assert update(after, late, spun, NOW) is None


@CHECK
@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_copies_are_told_apart_in_any_order(texts: list[int], shuffled: Any) -> None:
    """Where times of publication tell, each text has one teller, its first, whatever order its copies come in."""
    refs = [
        ArticleRef(
            id=f"r{number}",
            url=f"https://paper{number}.example/x",
            published_at=NOW + timedelta(hours=number),
        )
        for number in range(len(texts))
    ]
    order = list(range(len(texts)))
    shuffled.shuffle(order)
    listed: list[ArticleRef] = []
    for place, number in enumerate(order):
        kin = [refs[known].id for known in order[:place] if texts[known] == texts[number]]
        verdict = Verdict(
            disposition=Disposition.REPRINT if kin else Disposition.NOVEL,
            of=shuffled.choice(kin) if kin else None,
        )
        ref = placed(refs[number], verdict, listed, (), kin)
        listed = [*turned(listed, ref, verdict, kin), ref]
    tellers = {ref.id for ref in listed if ref.lineage != "reprint"}
    assert tellers == {f"r{texts.index(text)}" for text in texts}
    assert [ref.lineage for ref in listed].count("original") == 1
    assert independent_sources(listed) == len(set(texts))
