"""What holds for datelines of any line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text import datelines

_PARTS = st.sampled_from(
    ["KYIV", "Paris", ", ", " ", "(", ")", "AP", "Reuters", " - ", " — ", ":", ".", "/", "5 mars", "March 5", "«", "»", "باريس", "新华社", "电", "【", "】", "x"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PARTS, max_size=25).map("".join)))
def test_reading_is_total_and_stays_in_the_line(line):
    """Any line is read without error, and a dateline is no longer than its line, nor than the head."""
    read = datelines.read(line)
    if read is not None:
        assert 0 < read.length <= len(line)
        assert read.place or read.agency
        assert all(len(part) <= datelines.HEAD_CHARS for part in (read.place, read.agency, read.day))
