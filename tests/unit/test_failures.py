"""What becomes of a page that failed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import Reason
from workers.failures import Next, after


@pytest.mark.parametrize("reason", [Reason.NOT_HTML, Reason.TOO_DEEP, Reason.TOO_MANY_NODES, Reason.NO_TEXT])
def test_a_page_that_is_no_article_is_unreadable_at_once(reason: Reason) -> None:
    """The same bytes would fail the same way: no try is wasted, nobody has to look."""
    assert after(reason, 1, 3) is Next.UNREADABLE


def test_what_happened_to_us_is_tried_three_times() -> None:
    """A child that died may have been unlucky; after three times the page is set aside."""
    fates = [after(Reason.CHILD_DIED, attempt, 3) for attempt in (1, 2, 3)]
    assert fates == [Next.RETRY, Next.RETRY, Next.QUARANTINE]


def test_a_page_that_outlived_its_deadline_is_tried_again() -> None:
    """A page that says no is unreadable; one whose child had to be killed may have met a busy machine."""
    assert after(Reason.EXTRACT_BUDGET, 1, 3) is Next.UNREADABLE
    assert after(Reason.EXTRACT_BUDGET, 1, 3, killed=True) is Next.RETRY
    assert after(Reason.EXTRACT_BUDGET, 3, 3, killed=True) is Next.QUARANTINE


def test_a_damaged_record_goes_to_quarantine_at_once() -> None:
    """Trying again mends no record; a person may."""
    assert after(Reason.BAD_RECORD, 1, 3) is Next.QUARANTINE


@given(st.sampled_from(Reason), st.integers(1, 9), st.integers(1, 5))
def test_no_page_is_tried_for_ever(reason: Reason, attempts: int, most: int) -> None:
    """Whatever the reason, a page is never tried beyond the most tries."""
    if attempts >= most:
        assert after(reason, attempts, most) is not Next.RETRY
