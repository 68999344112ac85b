"""What holds of incidents that merge, split and close, whoever tells what in which order."""

from datetime import timedelta

from coded import mention, result
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW
from msgspec.structs import replace
from wire_world import World

from dateline.incidents.history import MAX_STEPS, joined
from dateline.incidents.merge import open_incident, update
from dateline.incidents.parting import rest_of
from dateline.incidents.record import (
    Actor,
    Actors,
    ArticleRef,
    Count,
    Evidence,
    Incident,
    Place,
    Retraction,
    Source,
    Step,
    Toll,
)
from dateline.incidents.retractions import MAX_SAID, read
from dateline.incidents.twins import articles_of, folded
from dateline.settlement import PageResult

PLACES = (
    Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577),
    Place(name="Aleppo", country="Syria", iso2="SY", lat=36.2, lon=37.16, geo_precision=1, geonameid=170063),
)
GROUPS = tuple(Actor(name=name, id=name, kind="Rebel group") for name in ("Red Front", "Blue Front"))
POLICE = Source(name="police", kind="police or military")
WORDS = (
    "quarry lorries burned beside the granite works while drivers hid in a culvert",
    "masked riders looted the granary and chalked slogans upon the bakery wall",
)
TELLINGS = st.tuples(
    st.integers(1, 6),
    st.sampled_from([0, 4, 14]),
    st.sampled_from(PLACES),
    st.sampled_from([(), (GROUPS[0],), (GROUPS[1],)]),
    st.sampled_from(WORDS),
    st.sampled_from(["tell", "tell", "tell", "deny", "withdraw"]),
)


def told(number: int, killed: int, place: Place, group: tuple[Actor, ...], words: str) -> Incident:
    proof = Evidence(article=f"{number:016x}", start=0, end=len(words), text=words, supports=("place",))
    made = mention(number, place=place, actors=Actors(perpetrator=group), evidence=(proof,))
    return replace(made, toll=Toll(killed=Count(min=killed, max=killed) if killed else None))


def article(number: int, version: int, one: tuple) -> PageResult:
    killed, place, group, words, act = one
    said = told(number, killed, place, group, words)
    if act == "tell":
        return result(number, said, version=version)
    made = result(number, version=version)
    taken = Retraction(
        kind="untrue" if act == "deny" else "withdrawn",
        by=POLICE if act == "deny" else None,
        said=Evidence(article=f"{number:016x}", start=0, end=5, text="No such thing."),
        about=replace(said, class_="background"),
    )
    return replace(made, coding=replace(made.coding, retractions=(taken,)))


def play(stream: list[tuple]) -> World:
    world, versions = World(), {}
    for minute, (number, *one) in enumerate(stream):
        world.now = NOW + timedelta(minutes=minute)
        versions[number] = versions.get(number, 0) + 1
        world.settle(article(number, versions[number], tuple(one)))
    return world


@settings(max_examples=60, deadline=None)
@given(st.lists(TELLINGS, min_size=2, max_size=12))
def test_no_article_and_no_claim_is_lost_but_by_its_own_word(stream: list[tuple]) -> None:
    """Whoever tells an event stands in an incident, folded ones lead to a standing record, no circle arises."""
    world = play(stream)
    for known in world.incidents.values():
        record = known.record
        assert (record.merged_into is not None) is (record.status == "merged")
        assert world.incidents[world.goes_on_as(record.id)].record.status != "merged"
        assert len(record.history) <= MAX_STEPS
        if record.status == "retracted":
            assert any(step.event == "retracted" and step.article and step.reason for step in record.history)
        if record.status == "merged":
            survivor = world.incidents[world.goes_on_as(record.id)].record
            assert {step.incident for step in survivor.history} | {survivor.id}
    latest = {number: one for number, *one in stream}
    standing = [one.record for one in world.incidents.values() if one.record.status != "merged"]
    for number, one in latest.items():
        if one[-1] == "tell":
            assert any(f"{number:016x}" in articles_of(known) for known in standing)


@settings(max_examples=40, deadline=None)
@given(st.lists(TELLINGS, min_size=2, max_size=10))
def test_a_replay_changes_nothing(stream: list[tuple]) -> None:
    """Each article once more, right after it was settled: no envelope, whatever it has turned."""
    world, versions = World(), {}
    for minute, (number, *one) in enumerate(stream):
        world.now = NOW + timedelta(minutes=minute)
        versions[number] = versions.get(number, 0) + 1
        made = article(number, versions[number], tuple(one))
        world.settle(made)
        before = dict(world.incidents)
        assert world.settle(made).changes == ()
        assert world.incidents == before


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(41, 80), st.integers(1, 60)), min_size=1, max_size=6),
)
def test_folding_keeps_the_same_whichever_goes_into_which(
    left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> None:
    """Articles, claims, the range of the toll and the count of sources are those of both, either way round."""
    one, other = (_grown(f"SY-{side}", words) for side, words in (("a", left), ("b", right)))
    forth, _ = folded(one, other, "x", NOW)
    back, closed = folded(other, one, "x", NOW)
    assert {ref.id for ref in forth.articles} == {ref.id for ref in back.articles}
    assert set(_claims(forth)) == set(_claims(back)) == set(_claims(one)) | set(_claims(other))
    assert (forth.toll.killed.min, forth.toll.killed.max) == (back.toll.killed.min, back.toll.killed.max)
    assert forth.independent_sources == back.independent_sources == len({n for n, _ in (*left, *right)})
    assert (closed.status, closed.merged_into, closed.articles) == ("merged", other.id, one.articles)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 60)), min_size=2, max_size=8))
def test_what_leaves_takes_its_own_and_nothing_else(words: list[tuple[int, int]]) -> None:
    """The claims, proofs and references of the others stand as they were."""
    incident = _grown("SY-a", words)
    gone = incident.articles[0].id
    rest = rest_of(incident, (gone,))
    assert articles_of(rest) == articles_of(incident) - {gone}
    assert set(_claims(rest)) == {one for one in _claims(incident) if one[0] != gone}
    assert rest.independent_sources == len(rest.articles)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 300), max_size=200))
def test_a_history_grows_to_its_bound_and_says_what_it_left_out(numbers: list[int]) -> None:
    """Every step is there or counted; the same steps again change nothing while none is left out."""
    history: tuple[Step, ...] = ()
    for number in numbers:
        step = Step(event="denied", at=NOW + timedelta(minutes=number), article=str(number))
        history = joined(history, (step,))
    assert len(history) <= MAX_STEPS
    if len(set(numbers)) <= MAX_STEPS:
        assert sorted(int(one.article) for one in history) == sorted(set(numbers))
        assert joined(history, history) == history


def _grown(incident_id: str, words: list[tuple[int, int]]) -> Incident:
    (number, killed), *rest = words
    incident = open_incident(told(number, killed, PLACES[0], (), WORDS[0]), _ref(number), NOW, incident_id)
    for number, killed in rest:
        changed = update(incident, told(number, killed, PLACES[0], (), WORDS[0]), _ref(number), NOW)
        incident = changed[0] if changed else incident
    return incident


def _ref(number: int) -> ArticleRef:
    return ArticleRef(
        id=f"{number:016x}",
        url=f"http://news{number}.test/",
        publisher=f"Paper {number}",
        lineage="independent",
    )


def _claims(incident: Incident) -> list[tuple[str, int]]:
    killed = incident.toll.killed
    return [(claim.article, claim.min) for claim in killed.claims] if killed else []


PHRASES = st.sampled_from(
    [
        "police denied reports of an attack in Kano",
        "no such attack took place",
        "this story has been retracted",
        "correction",
        "an earlier version said seven were killed",
        "no one was killed",
        "turned out to be a hoax",
        "the army denied that it",
        "“",
        "”",
        ". ",
        "\n\n",
        "İstanbul",
        "\x00",
        "said",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PHRASES, st.text(max_size=12)), max_size=25).map(" ".join))
def test_reading_what_is_taken_back_is_total(text: str) -> None:
    """No text makes it raise; what it returns are sentences of the text, in order, a bounded number of them."""
    said = read(text)
    assert len(said) <= MAX_SAID
    assert [one.sentence.start for one in said] == sorted({one.sentence.start for one in said})
    assert all(text[one.sentence.start : one.sentence.end] == one.sentence.text for one in said)
