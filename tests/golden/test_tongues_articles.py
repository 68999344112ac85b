"""Short articles of other languages, coded as a careful reader of that language would code them."""

from typing import Any

import pytest
import tongue_checks

from dateline.incidents.tongues import tongue
from dateline.incidents.tongues.coding import Linguist

CASES = [
    pytest.param(code, row, id=f"{code}: {row['name']}")
    for code in tongue.codes()
    for row in tongue_checks.articles(code)
]


@pytest.mark.parametrize(("code", "row"), CASES)
def test_an_article_is_coded_as_a_reader_would(code: str, row: dict[str, Any]) -> None:
    """Every incident of the table is coded with its fields as given, and nothing else is."""
    assert tongue_checks.judge(row, code, Linguist.load(code)) == []


@pytest.mark.parametrize(("code", "row"), CASES)
def test_every_filled_field_is_proven(code: str, row: dict[str, Any]) -> None:
    """Spans equal their slices, and each field is supported by one or says that it is inferred."""
    article = tongue_checks.article_of(row, code)
    for one in Linguist.load(code).code(article).incidents:
        fields = {field for span in one.evidence for field in span.supports}
        assert one.evidence
        assert all(article.text[span.start : span.end] == span.text for span in one.evidence)
        assert one.date is None or one.date.inferred or "date" in fields
        assert one.place is None or one.place.inferred or "place" in fields
        for side in ("perpetrator", "target"):
            told = [each for each in getattr(one.actors, side) if not each.inferred]
            assert not told or f"actors.{side}" in fields
        for kind in ("killed", "wounded", "abducted", "released", "missing", "arrested"):
            assert getattr(one.toll, kind) is None or f"toll.{kind}" in fields
        assert {"event_type", "sub_event_type"} <= fields or one.class_ == "aggregate"
        assert not one.sources or "sources" in fields
        assert 0 < one.confidence <= 0.85
