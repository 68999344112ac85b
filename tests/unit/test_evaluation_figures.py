"""Marks to figures: values known by hand, intervals known from books, and what two reports differ by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluation import against, calibration, figures, goals
from dateline.evaluation.figures import Figure, figure, wilson
from dateline.evaluation.report import Told
from dateline.evaluation.table import changes, number, table

MARK = st.tuples(st.integers(0, 3), st.integers(3, 5), st.integers(3, 5))


def told(values: dict[str, Figure], **fields: object) -> Told:
    return Told(facts={}, corpora={}, figures={"satp": values}, goals={}, **fields)


def test_wilson_is_the_interval_of_the_books():
    """8 of 10 lie between .490 and .943; none of 10 below .278; nothing tried tells nothing."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_share_counts_its_trials():
    """Three of four are right: .75 of four trials, with Wilson's interval and no precision."""
    found = figure([(1, 1, 1)] * 3 + [(0, 1, 1)])
    assert (found.value, found.n, found.precision) == (0.75, 4, None)
    assert (found.low, found.high) == pytest.approx(wilson(3, 4), abs=1e-4)


def test_f1_is_micro_averaged_over_documents():
    """Rightly given 3, given 4, wanted 6: precision .75, recall .5, F1 .6, of two documents."""
    found = figure([(2, 3, 2), (1, 1, 4)], by_f1=True)
    assert (found.value, found.precision, found.recall, found.n) == (0.6, 0.75, 0.5, 2)


def test_a_count_of_a_thousand():
    """One of 500 is two of a thousand, and so are its bounds."""
    found = figure([(1, 1, 1)] + [(0, 1, 1)] * 499, per=1000)
    assert found.value == 2.0
    assert found.low < 2.0 < found.high < 15


def test_nothing_measured_is_nothing_known():
    """No marks: value nought, n nought, and the widest interval."""
    found = figure([])
    assert (found.value, found.n, found.low, found.high) == (0.0, 0, 0.0, 1.0)


@settings(max_examples=20, deadline=None)
@given(st.lists(MARK, min_size=1, max_size=20))
def test_the_bootstrap_is_fixed_and_ordered(marks: list[figures.Mark]):
    """The same marks give the same interval, low before high, within 0 and 1."""
    one, two = figure(marks, by_f1=True), figure(marks, by_f1=True)
    assert one == two
    assert 0 <= one.low <= one.high <= 1


def test_repeated_runs_are_told_by_their_median_and_extremes():
    """Runs of 4, 9 and 5: 5 between 4 and 9."""
    found = figures.repeated([4.0, 9.0, 5.0])
    assert (found.value, found.low, found.high, found.n) == (5.0, 4.0, 9.0, 3)


def test_calibration_error_by_hand():
    """Of ten said to be .8 sure, six are right: .2 off. Ten at .3 with three right: not off. Together .1."""
    sure = [(0.8, True)] * 6 + [(0.8, False)] * 4 + [(0.3, True)] * 3 + [(0.3, False)] * 7
    assert calibration.error(sure) == pytest.approx(0.1)
    assert calibration.error([]) == 0.0
    assert calibration.curve(sure) == {"0.3": (10, 0.3, 0.3), "0.8": (10, 0.8, 0.6)}
    found = calibration.calibration(sure)
    assert found.value == pytest.approx(0.1)
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize(("sure", "bin_sure"), [(0.3, 0.3), (0.7, 0.7), (1.0, 1.0)])
def test_bins_begin_at_their_own_tenth(sure: float, bin_sure: float):
    """A confidence that is a tenth stands with those above it, whatever its binary fraction; 1 with those below."""
    assert calibration.error([(sure, True), (bin_sure + 0.05 if sure < 1 else 0.95, False)]) < 0.6


def test_goals_are_met_from_either_side():
    """At least and at most; a figure without a goal is neither met nor missed."""
    assert goals.beside("satp/killed_exact", Figure(value=0.9, n=9, low=0.5, high=1.0)).met is True
    assert goals.beside("ordinary/false_per_1000", Figure(value=6, n=9, low=0, high=9)).met is False
    assert goals.beside("samples/leaks", Figure(value=0, n=9, low=0, high=0)).met is True
    assert goals.beside("rand/city", Figure(value=0.1, n=9, low=0, high=1)).met is None
    assert goals.goal_of("cross_article/satp/b3_f1") is not None


def test_a_change_within_both_intervals_is_noise():
    """.80 to .82 of a hundred is noise; .80 to .99 is not; what is the same is not told."""
    old = told({"killed_exact": figure([(1, 1, 1)] * 80 + [(0, 1, 1)] * 20), "coded": figure([(1, 1, 1)])})
    near = told({"killed_exact": figure([(1, 1, 1)] * 82 + [(0, 1, 1)] * 18), "coded": figure([(1, 1, 1)])})
    far = told({"killed_exact": figure([(1, 1, 1)] * 99 + [(0, 1, 1)])})
    found = against.compare(old, near)
    assert found.changes["satp/killed_exact"].difference == pytest.approx(0.02)
    assert (found.beyond_noise, found.unchanged) == ((), 1)
    assert against.compare(old, far).beyond_noise == ("satp/killed_exact",)


def test_pairs_see_what_intervals_cannot():
    """Ten of a hundred documents better and none worse is beyond noise by pairs, and not by intervals."""
    before = {str(n): (int(n < 70), 1, 1) for n in range(100)}
    after = {str(n): (int(n < 80), 1, 1) for n in range(100)}
    reports = [
        told({"killed_exact": figure(list(marks.values()))}, outcomes={"satp": {"killed_exact": marks}})
        for marks in (before, after)
    ]
    change = against.compare(*reports).changes["satp/killed_exact"]
    assert (change.by, change.better, change.worse, change.beyond_noise) == ("pairs", 10, 0, True)
    assert change.better_ids == tuple(str(n) for n in range(70, 80))
    rows = changes(against.compare(*reports)).splitlines()
    assert rows[2] == "| satp/killed_exact | .700 | .800 | +.100 | 10 | 0 | yes |"
    bare = [told(one.figures["satp"]) for one in reports]
    assert not against.compare(*bare).beyond_noise


def test_unknown_noise_is_not_small():
    """Without an interval, or on a noisy machine, a change is neither noise nor more; a count has none."""
    bare = [told({"b3_f1": Figure(value=value, n=44)}) for value in (0.8, 0.9)]
    change = against.compare(*bare).changes["satp/b3_f1"]
    assert (change.beyond_noise, change.by) == (None, "nothing")
    counts = [told({"rows": figures.counted(value, 9)}) for value in (5, 6)]
    assert against.compare(*counts).beyond_noise == ("satp/rows",)
    quick, slow = figures.repeated([1.0, 1.1]), figures.repeated([2.0, 2.1])
    for noisy, beyond in ((False, True), (True, None)):
        notes = {"machine_noise": {"heavy": {"noisy": noisy}}}
        reports = [
            Told(facts={}, corpora={}, figures={"speed": {"ms": one}}, goals={}, notes=notes)
            for one in (quick, slow)
        ]
        assert against.compare(*reports).changes["speed/ms"].beyond_noise is beyond


def test_other_sets_are_named():
    """A set whose hash changed is named: its figures are of other documents."""
    old = Told(facts={}, corpora={"a": "1", "b": "2"}, figures={}, goals={})
    new = Told(facts={}, corpora={"a": "1", "b": "3"}, figures={}, goals={})
    assert against.compare(old, new).other_corpora == ("b",)


def test_the_table_is_markdown():
    """A row for each goal with its sign, then those without a goal."""
    killed = goals.beside("satp/killed_exact", figure([(1, 1, 1)] * 9 + [(0, 1, 1)]))
    lines = table(told({"killed_exact": killed, "state": figure([(1, 1, 1)])})).splitlines()
    assert lines[2] == "| SATP 2014: killed, exact | ≥ .900 | .900 | .596 to .982 | 10 | yes |"
    assert lines[-1].startswith("| satp/state | 1 | .206 to 1 | 1 |")


def test_the_table_says_when_speeds_mean_little():
    """A noisy machine is told below the goals."""
    busy = told({"killed_exact": figure([(1, 1, 1)])}, notes={"machine_noise": {"heavy": {"noisy": True}}})
    assert "busy" in table(busy)
    assert "busy" not in table(told({"killed_exact": figure([(1, 1, 1)])}))


def test_numbers_read_as_they_are_spoken():
    """Counts whole, shares without a nought, everything above one with two decimals."""
    assert [number(one) for one in (303, 0.7841, 2.181, 0, 1.0)] == ["303", ".784", "2.18", "0", "1"]
