"""Invariants of reading and cleaning over generated input."""

import make
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import BadPage
from dateline.model import Line, Role
from dateline.text import charset, clean, dates, extract

_FURNITURE = st.sampled_from(
    (
        "Share this", "Related stories", "Leave a reply:", "By Jane Doe", "3 min read", "Advertisement", "Stay informed", "© 2024 Example",
        "Read more", "Border Watch Blog", "Raids grow along the border", "Minister's visit is put off...", "Photo: Example", "He was freed.",
        "FILE PHOTO: Smoke rises over the harbour on Monday.", "#Mali #Sahel", "Читайте также", "اقرأ أيضا", "Market reopens after flood",
    )
)  # fmt: skip
_PROSE = st.sampled_from(
    (
        "Armed men attacked two villages in the north of the province on Sunday night, officials said on Monday.",
        "The governor said that soldiers had been sent to the area and that the search was going on. #Mali #Sahel",
        "Jane Doe is a journalist based in the capital who writes about courts and the police for the Example.",
    )
)
_TEXTS = st.lists(st.one_of(_FURNITURE, _PROSE, st.text(max_size=60)), max_size=14)
_ROLES = st.sampled_from((Role.BODY, Role.LIST, Role.QUOTE, Role.STANDFIRST))


@given(
    _TEXTS, st.lists(_ROLES, min_size=14, max_size=14), st.sampled_from(("", "Raids grow along the border"))
)
@settings(max_examples=150, deadline=None)
def test_cleaning_cleaned_lines_changes_nothing(texts: list[str], roles: list[Role], title: str) -> None:
    """clean(clean(x)) == clean(x), whatever stands in what order."""
    lines = [Line(role, text) for role, text in zip(roles, texts, strict=False)]
    kept, removed = clean.clean_lines(lines, title=title)
    assert clean.clean_lines(kept, title=title) == (kept, ())
    assert len(kept) + len(removed) <= len(lines)


@given(_TEXTS, st.sampled_from(("\n", "\n\n", " \n \t\n")))
@settings(max_examples=100, deadline=None)
def test_spans_are_ordered_apart_and_trimmed(texts: list[str], joint: str) -> None:
    """Spans of furniture lie inside the text, in order, without overlap, and hold no outer space."""
    text = joint.join(texts)
    end = 0
    for start, stop, rule in clean.furniture_spans(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip() == text[start:stop]
        assert rule
        end = stop


@given(
    st.binary(max_size=400),
    st.sampled_from(
        (
            "",
            "text/html",
            "text/html; charset=utf-8",
            "text/html; charset=unicode_escape",
            "text/html; charset=utf-16",
        )
    ),
)
@settings(max_examples=150, deadline=None)
def test_decoding_is_total_and_clean(body: bytes, content_type: str) -> None:
    """Any bytes give a text that can be encoded again and holds no NUL."""
    text = charset.decode(body, content_type)
    text.encode("utf-8")
    assert "\x00" not in text


@given(
    st.binary(max_size=300),
    st.binary(max_size=300),
    st.sampled_from(("", "text/html", "image/png", "application/json; charset=x")),
)
@settings(max_examples=150, deadline=None)
def test_reading_is_total_over_bytes(before: bytes, inside: bytes, content_type: str) -> None:
    """Any bytes give an article or a BadPage with a reason, nothing else."""
    body = before + b"<html><body><p>" + inside + b"</p></body></html>"
    for page in (
        make.page(1, body=body, content_type=content_type),
        make.page(1, body=before, content_type=content_type),
    ):
        try:
            read = extract.read(page)
        except BadPage as error:
            assert error.reason  # noqa: PT017 - both outcomes are allowed
        else:
            assert read.text == "\n\n".join(
                line.text for line in read.lines if line.role not in (Role.CAPTION, Role.HEADLINE)
            )


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_dates_are_total_and_aware(text: str) -> None:
    """Any text gives None or an aware instant within the years of news."""
    read = dates.parse(text)
    assert read is None or (read.tzinfo is not None and 1979 <= read.year <= 2101)
    found = dates.in_url(text)
    assert found is None or found.utcoffset() is not None
