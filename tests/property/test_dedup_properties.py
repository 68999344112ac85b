"""What holds of fingerprints, verdicts and windows whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint, words
from dateline.dedup.judge import judge
from dateline.dedup.keys import KEYS
from dateline.dedup.lineage import independent_sources, origin
from dateline.dedup.publishers import family, registrable
from dateline.dedup.sketch import unpack
from dateline.dedup.tokens import tokens
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
    assert len(mark.exact) == 16
    assert len(mark.sketch) <= 300
    assert len(mark.keys) == len(set(mark.keys)) <= KEYS
    assert bool(mark.keys) == bool(mark.sketch) == bool(words(title) or words(text))
    assert not mark.sketch or unpack(mark.sketch) is not None


@CHECK
@given(TEXT)
def test_words_stand_in_order_inside_the_text(text: str) -> None:
    """Offsets never go back nor leave the text."""
    found = tokens(text)
    starts = found.starts.tolist()
    assert len(found.words) == len(starts)
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)


@CHECK
@given(st.binary(max_size=320), st.binary(max_size=320))
def test_any_bytes_are_compared(one: bytes, other: bytes) -> None:
    """Broken sketches give a bounded answer, never an error."""
    told = compare(one, other)
    assert all(0.0 <= value <= 1.0 for value in (told.similarity, told.share, told.other_share))


WORDY = st.lists(
    st.sampled_from(
        [
            "Kadoma",
            "river",
            "the",
            "of",
            "market",
            "12",
            "shots",
            "bridge",
            "in",
            "Gokwe",
            "seven",
            "東京",
            "взрыв",
        ]
    ),
    max_size=200,
).map(" ".join)


@CHECK
@given(WORDY, WORDY)
def test_passages_stand_inside_both_texts(one: str, other: str) -> None:
    """Evidence points into the texts, in order, and shares are shares."""
    told = compare(fingerprint(one).sketch, fingerprint(other).sketch)
    assert all(0.0 <= value <= 1.0 for value in (told.similarity, told.share, told.other_share))
    assert [passage.start for passage in told.passages] == sorted(passage.start for passage in told.passages)
    for passage in told.passages:
        assert 0 <= passage.start < passage.end <= len(one)
        assert 0 <= passage.other_start < passage.other_end <= len(other)


@CHECK
@given(
    st.lists(st.text("abcdefghij", min_size=4, max_size=9), min_size=2, max_size=60, unique=True).map(
        " ".join
    )
)
def test_a_text_stands_in_itself(text: str) -> None:
    """Of words that each stand once, all are shared."""
    mark = fingerprint(text)
    told = compare(mark.sketch, mark.sketch)
    assert (told.similarity, told.share, told.other_share) == (1.0, 1.0, 1.0)


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
