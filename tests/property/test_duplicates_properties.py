"""What holds of copies, sources and stories whatever comes in, in whatever order: on the wire's plan and in the filter."""

import random
from datetime import timedelta
from functools import lru_cache

from coded import mention, result
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW
from msgspec.structs import replace
from wire_world import World

from dateline.dedup.window import StreamVerdict, Window
from dateline.incidents.record import Place
from dateline.model import Disposition, Fate
from dateline.settlement import PageResult, Settlement

CHECK = settings(max_examples=30, deadline=None)
COPIES = (Disposition.DUPLICATE, Disposition.REPRINT)
KINDS = ("whole", "cut", "added", "headed", "brief", "silent", "higher toll", "dated back", "credited")
TOWNS = (("Homs", 34.73, 36.71), ("Tadmur", 34.56, 38.28), ("Raqqa", 35.95, 39.01))
_PARTS = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]

#: Which text, what was done to it, minutes before it came in.
arrivals = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 4000)), min_size=1, max_size=10
)


@lru_cache
def sentences(seed: str) -> tuple[str, ...]:
    draw = random.Random(seed)
    made = ["".join(draw.choices(_PARTS, k=3)) for _ in range(130)]
    return tuple(" ".join(made[at : at + 13]).capitalize() + "." for at in range(0, 130, 13))


def text_of(family: int, kind: str, number: int) -> str:
    whole, own = sentences(str(family)), sentences(f"own {number}")
    if kind == "cut":
        return " ".join(whole[:6])
    if kind == "added":
        return " ".join((*whole, *own[:2]))
    if kind == "headed":
        return " ".join((own[0], *whole))
    if kind == "brief":
        return " ".join(whole[:3])
    return " ".join(whole)


def article(number: int, family: int, kind: str, minutes: int) -> PageResult:
    name, lat, lon = TOWNS[family]
    town = Place(name=name, country="Syria", iso2="SY", lat=lat, lon=lon, geo_precision=1)
    told = mention(number, 9 if kind == "higher toll" else 7, place=town)
    made = result(number, *(() if kind == "silent" else (told,)), text=text_of(family, kind, number))
    assert made.article
    before = timedelta(days=400) if kind == "dated back" else timedelta(minutes=minutes)
    return replace(
        made,
        article=replace(made.article, published_at=NOW - before),
        origin="Reuters" if kind == "credited" else None,
    )


def stream(rows: list[tuple[int, str, int]]) -> list[PageResult]:
    return [article(number, *row) for number, row in enumerate(rows, 1)]


def sources(world: World) -> dict[str, int]:
    return {name: known.record.independent_sources for name, known in world.incidents.items()}


@CHECK
@given(arrivals)
def test_the_same_input_is_settled_the_same(rows: list[tuple[int, str, int]]) -> None:
    """Settlements, incidents and stories are equal in two runs; every article has one fate, and none is lost."""
    runs: list[tuple[list[Settlement], World]] = []
    for _ in range(2):
        world = World()
        runs.append(([world.settle(one) for one in stream(rows)], world))
    (first, world), (second, other) = runs
    assert first == second
    assert world.incidents == other.incidents
    assert len(world.articles) == len(rows)
    assert all(one.fate in (Fate.INCIDENT, Fate.DUPLICATE, Fate.REPRINT, Fate.IRRELEVANT) for one in first)


@CHECK
@given(arrivals)
def test_copies_never_raise_the_count_of_sources(rows: list[tuple[int, str, int]]) -> None:
    """No more sources than articles; what is told as a copy of a text leaves the count, or lowers it."""
    world = World()
    for one in stream(rows):
        before = sources(world)
        made = world.settle(one)
        for name, count in sources(world).items():
            listed = world.incidents[name].record.articles
            assert 1 <= count <= len(listed)
            assert len({ref.id for ref in listed}) == len(listed)
            if made.verdict and made.verdict.disposition in COPIES and name in before:
                assert count <= before[name]


@CHECK
@given(arrivals)
def test_a_story_keeps_its_name(rows: list[tuple[int, str, int]]) -> None:
    """An article's story is called as it was told, or by the name that a merge told of."""
    world = World()
    names: dict[int, str] = {}
    for number, one in enumerate(stream(rows), 1):
        made = world.settle(one)
        for earlier, name in names.items():
            now = world.story(earlier)
            assert now == name or name in made.merged
            names[earlier] = now
        names[number] = world.story(number)
        assert made.story in world.articles


@CHECK
@given(arrivals)
def test_a_copy_leads_to_an_earlier_article(rows: list[tuple[int, str, int]]) -> None:
    """What an article repeats was settled before it, and what is new repeats nothing."""
    world = World()
    settled: set[str] = set()
    for one in stream(rows):
        made = world.settle(one)
        assert made.verdict
        if made.verdict.disposition in COPIES:
            assert made.verdict.of in settled
        else:
            assert made.verdict.of is None
        settled.add(one.article_id)


@CHECK
@given(arrivals, st.randoms(use_true_random=False))
def test_the_filter_tells_the_same_of_the_same(rows: list[tuple[int, str, int]], draw: random.Random) -> None:
    """In any order: two runs are equal, "of" is an earlier line that is no copy itself, shares are shares."""
    made = stream(rows)
    draw.shuffle(made)
    runs: list[list[StreamVerdict]] = []
    for _ in range(2):
        window = Window(64)
        runs.append(
            [
                window.add(one.id, one.title, one.text, one.url, one.published_at)
                for one in (page.article for page in made)
                if one
            ]
        )
    assert runs[0] == runs[1]
    told: dict[str, StreamVerdict] = {}
    for page, verdict in zip(made, runs[0], strict=True):
        if verdict.disposition in COPIES:
            assert verdict.of in told
            assert told[verdict.of].disposition not in COPIES
        assert verdict.story in {*told, page.article_id}
        assert all(0.0 <= part <= 1.0 for part in (verdict.similarity, verdict.share, verdict.other_share))
        told[page.article_id] = verdict
