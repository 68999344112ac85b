"""What holds for every text."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents import record
from dateline.incidents.assemble import Coder
from dateline.incidents.relevance import relevance
from dateline.incidents.triggers import lowered, read_triggers
from dateline.model import Article

PIECES = st.sampled_from(
    [
        "Gunmen killed five villagers near Gao on Monday.",
        "The attack wounded 15 others, officials said.",
        "In a separate attack, two policemen were shot dead in Kidal.",
        "A car bomb exploded in Kabul on Tuesday,\nkilling four civilians.",
        "Since January, 120 soldiers have been killed in attacks by militants.",
        "“We heard a blast,” a witness said.",
        "In 2012, rebels captured the town.",
        "Shares rose.",
        "\n\n",
        "İstanbul'da ATTACK 3 killed",
        "Police arrested two suspects in connection with the attack.",
        "Войска, 10 убитых.",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=9).map(" ".join)
)
PUBLISHED = datetime(2024, 5, 15, tzinfo=UTC)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_evidence_is_always_a_slice_of_the_text(text: str):
    """Every span of evidence equals the text at its place, stays on one line and proves something."""
    coding = Coder.load().code(Article(id="p", text=text, published_at=PUBLISHED))
    for incident in coding.incidents:
        assert incident.evidence
        for one in incident.evidence:
            assert text[one.start : one.end] == one.text
            assert one.text.strip()
            assert len(one.text.splitlines()) == 1
            assert one.supports


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_every_filled_slot_is_proven_or_inferred(text: str):
    """A date, place, count or number of events has its words in the evidence, or says that it is inferred."""
    for incident in Coder.load().code(Article(id="p", text=text, published_at=PUBLISHED)).incidents:
        proven = {field for one in incident.evidence for field in one.supports}
        assert {"event_type", "sub_event_type"} <= proven
        assert incident.date is None or incident.date.inferred or "date" in proven
        assert incident.place is None or incident.place.inferred or "place" in proven
        assert incident.n_events is None or "n_events" in proven
        for kind in record.TOLL_KINDS:
            assert getattr(incident.toll, kind) is None or f"toll.{kind}" in proven
        assert 0.0 <= incident.confidence <= 1.0


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_coding_is_a_function_that_survives_the_codec(text: str):
    """The same text codes the same, and each record is what its JSON says."""
    article = Article(id="p", text=text, published_at=PUBLISHED)
    coding = Coder.load().code(article)
    assert coding == Coder.load().code(article)
    for incident in coding.incidents:
        assert record.decode_incident(record.encode(incident)) == incident


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_reading_is_total(text: str):
    """Any string has a relevance and triggers within it."""
    assert 0.0 <= relevance(text) <= 1.0
    low = lowered(text)
    assert len(low) == len(text)
    assert all(0 <= one.start < one.end <= len(low) for one in read_triggers(low))
