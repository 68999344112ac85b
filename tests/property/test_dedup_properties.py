"""What holds of fingerprints, verdicts and windows whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import PERMUTATIONS, fingerprint, words
from dateline.dedup.judge import judge
from dateline.dedup.lineage import independent_sources, origin
from dateline.dedup.publishers import family, registrable
from dateline.dedup.window import Window
from dateline.incidents.record import ArticleRef
from dateline.model import Article, Disposition
from dateline.resemblance import Neighbour

TEXT = st.text(max_size=300)
CHECK = settings(max_examples=40, deadline=None)


@CHECK
@given(TEXT)
def test_the_normal_form_is_a_fixed_point(text: str) -> None:
    """Normalizing normal words changes nothing."""
    once = words(text)
    assert words(" ".join(once)) == once


@CHECK
@given(TEXT, TEXT)
def test_fingerprints_are_total_and_shaped(text: str, title: str) -> None:
    """Any text has a fingerprint of fixed shape, always the same one."""
    mark = fingerprint(text, title)
    assert mark == fingerprint(text, title)
    assert (len(mark.exact), len(mark.sketch)) == (16, PERMUTATIONS)
    assert len(mark.keys) in (0, 32)


@CHECK
@given(st.binary(min_size=128, max_size=128), st.binary(min_size=128, max_size=128))
def test_the_estimate_is_symmetric_and_bounded(one: bytes, other: bytes) -> None:
    """0 to 1, the same both ways, 1 with itself."""
    assert 0.0 <= compare(one, other).similarity == compare(other, one).similarity <= 1.0
    assert compare(one, one).similarity == 1.0


@CHECK
@given(st.text(min_size=1, max_size=200), st.lists(TEXT, max_size=4))
def test_a_verdict_names_a_neighbour_or_none(text: str, others: list[str]) -> None:
    """Novel repeats nothing; anything else repeats one of its neighbours."""
    marks = [fingerprint(other) for other in others]
    near = [
        Neighbour(id=str(place), sketch=mark.sketch, words=mark.words) for place, mark in enumerate(marks)
    ]
    verdict = judge(fingerprint(text), near)
    assert (verdict.of is None) == (verdict.disposition is Disposition.NOVEL)
    assert verdict.of in {None, *(neighbour.id for neighbour in near)}
    assert 0.0 <= verdict.similarity <= 1.0


@CHECK
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12))
def test_a_stream_is_judged_by_what_came_before(articles: list[tuple[str, str]]) -> None:
    """Each verdict names earlier ids only, and a story begins with its own first article."""
    window = Window(capacity=8)
    stories: set[str] = set()
    for number, (title, text) in enumerate(articles):
        verdict = window.add(str(number), title, text, "", None)
        if verdict.disposition is Disposition.NOVEL:
            assert (verdict.of, verdict.story) == (None, str(number))
            stories.add(verdict.story)
        else:
            assert verdict.of is not None
            assert int(verdict.of) < number
        assert verdict.story in stories


@CHECK
@given(TEXT, TEXT)
def test_reading_credits_is_total(text: str, author: str) -> None:
    """Any text has an origin or none."""
    found = origin(Article(id="a", text=text, author=author))
    assert found is None or 0 < len(found) <= 90


@CHECK
@given(st.text(max_size=80), st.text(max_size=40))
def test_families_are_total_and_domains_fixed_points(url: str, publisher: str) -> None:
    """Any address has a family; a registrable domain is its own."""
    assert isinstance(family(url, publisher), str)
    assert registrable(registrable("a.b.example.co.uk")) == "example.co.uk"


@CHECK
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["original", "reprint", "retelling", "independent"])),
        max_size=20,
    )
)
def test_copies_never_add_a_source(told: list[tuple[int, str]]) -> None:
    """The count is at most the publishers, at least one, and a reprint more changes nothing."""
    refs = [
        ArticleRef(id=str(number), url=f"https://p{host}.example/{number}", lineage=kind)
        for number, (host, kind) in enumerate(told)
    ]
    count = independent_sources(refs)
    assert min(1, len(refs)) <= count <= max(1, len({host for host, _ in told}))
    if refs:
        assert (
            independent_sources([*refs, ArticleRef(id="x", url="https://new.example/x", lineage="reprint")])
            == count
        )
