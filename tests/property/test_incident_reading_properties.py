"""Properties of reading sentences, tolls and dates: total over any text, offsets that hold, sane ranges."""

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents.sentences import quotes, split
from dateline.incidents.times import read_times
from dateline.incidents.tolls import read_strikes, read_tolls

FRAGMENTS = st.sampled_from(
    [
        "at least",
        "12",
        "a dozen",
        "soldiers",
        "were",
        "killed",
        "and",
        ",",
        "wounded",
        "including",
        "two",
        "children",
        "On",
        "March",
        "6",
        "2022",
        "Monday",
        "said",
        "two days",
        "ago",
        "prior",
        "dead",
        "left",
        "bodies of",
        "the",
        "Colonel",
        "Ali",
        "(",
        ")",
        "-",
        ".",
        "“",
        "”",
        "none",
        "of them",
        "up to",
        "between",
        "3",
        "five",
        "people",
        "taken hostage",
        "shot",
        "to death",
        "may",
        "since",
        "last",
        "week",
        "²",
        "١٢",
        "İ",
        "one",
        "or",
        "another",
        "death toll",
        "of",
        "$",
        "%",
        "\n",
        "\n\n",
        "released",
        "missing",
        "family of",
    ]
)
NEWSLIKE = st.lists(FRAGMENTS, max_size=30).map(" ".join)
TEXTS = st.one_of(st.text(max_size=120), NEWSLIKE)
DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sentences_are_slices_in_order_and_lose_no_word(text: str) -> None:
    """Every sentence is a slice, in order, without overlap, and all but white space is in one."""
    found = split(text)
    assert all(one.text == text[one.start : one.end] and one.text.strip() == one.text != "" for one in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_quotations_are_spans_in_order(text: str) -> None:
    """Quoted spans lie in the sentence, are not empty and do not overlap."""
    found = quotes(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_tolls_are_total_and_proven(text: str) -> None:
    """Any text reads; ranges are ordered; quantity and cue lie in the text."""
    for one in read_tolls(text):
        assert one.min >= 0
        assert one.max is None or one.min <= one.max
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.cue_start < one.cue_end <= len(text)
        assert all(part.max is None or part.min <= part.max for part in one.breakdown)
    events, strikes = read_strikes(text)
    assert events is None or events > 0
    assert strikes is None or strikes > 0


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS, DAYS)
def test_dates_are_total_and_ordered(
    text: str, published_on: date | None, last_event_on: date | None
) -> None:
    """Any text reads from any anchors; a mention is a slice whose first day is not after its last."""
    for one in read_times(text, published_on, last_event_on):
        assert one.text == text[one.start : one.end] != ""
        assert one.first <= one.last
        assert one.precision in {1, 2, 3, 4}


def test_hostile_texts_take_linear_time() -> None:
    """Repeated openings of patterns do not make reading slow: the suite's own time limit is the judge."""
    for piece in (
        "at least ",
        "on the first week of ",
        "since the ",
        "killed and ",
        "( ",
        "said in ",
        ". ",
        "a, ",
        '"',
        "12 to ",
    ):
        _read_all(piece * (40_000 // len(piece)))
    for run in (" ", "\n", "\n ", "1", "1,", "1.", "a-", "a.", ".", "—", "“", "²"):
        long = run * (20_000 // len(run))
        _read_all(
            f"Police said, {long} 3 people were killed{long}, according to {long}X on{long}Monday{long}."
        )


def _read_all(text: str) -> None:
    split(text)
    quotes(text)
    read_tolls(text + " killed 3 people")
    read_strikes(text + " attacks")
    read_times(text + " March 2022", date(2022, 3, 18), None)
