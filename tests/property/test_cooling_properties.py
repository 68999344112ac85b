"""What holds for cool-downs whatever happens: worse news is never muted, nothing is lost, nothing is told twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents.cooling import Told, Watch
from dateline.incidents.record import Severity
from dateline.incidents.severity import RANK

COOL_S = 600

#: Incident, severity, seconds since the one before.
_MEETINGS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(sorted(RANK)), st.integers(0, 500)), max_size=30
)


def played(meetings: list[tuple[str, Severity, int]], *, to_the_end: bool = True) -> list[Told]:
    """Every alert, and what was held back, over a history of incidents that meet one watch."""
    watch, told, at_s = Watch("W", COOL_S), [], 0.0
    for incident, severity, wait_s in meetings:
        at_s += wait_s
        told += watch.cool(at_s)
        said = watch.meets(incident, severity, "opened", at_s)
        told += [said] if said else []
    return told + (list(watch.cool(float("inf"))) if to_the_end else [])


@settings(max_examples=100)
@given(_MEETINGS)
def test_a_higher_severity_is_never_muted_by_a_lower_one(meetings: list[tuple[str, Severity, int]]) -> None:
    """Whatever is held back was preceded by an alert of its own severity or a higher one within the cool-down."""
    told = played(meetings)
    for number, one in enumerate(told):
        if one.held:
            assert any(
                not before.held
                and RANK[before.severity] >= RANK[one.severity]
                and one.at_s < before.at_s + COOL_S
                for before in told[:number]
            )


@settings(max_examples=100)
@given(_MEETINGS)
def test_alerts_of_a_severity_keep_their_distance(meetings: list[tuple[str, Severity, int]]) -> None:
    """Of two alerts within the cool-down the later one is graver than the one before."""
    sent = [one for one in played(meetings) if not one.held]
    for number, one in enumerate(sent):
        for later in sent[number + 1 :]:
            if later.at_s < one.at_s + COOL_S:
                assert RANK[later.severity] > RANK[one.severity]


@settings(max_examples=100)
@given(_MEETINGS)
def test_nothing_is_lost(meetings: list[tuple[str, Severity, int]]) -> None:
    """Every incident that met the watch is told in the end, in an alert of its own or by its id in another."""
    sent = [one for one in played(meetings) if not one.held]
    assert {one.incident for one in sent} | {id_ for one in sent for id_ in one.held_back_ids} == {
        incident for incident, _, _ in meetings
    }
    assert all(one.held_back == len(one.held_back_ids) for one in sent)
    assert all(one.incident not in one.held_back_ids for one in sent)


@settings(max_examples=100)
@given(_MEETINGS)
def test_a_replay_tells_nothing(meetings: list[tuple[str, Severity, int]]) -> None:
    """What met the watch at a severity and meets it again, at that or a lower one, is no news."""
    twice = [
        one
        for incident, severity, wait_s in meetings
        for one in ((incident, severity, wait_s), (incident, severity, 0))
    ]
    assert played(twice) == played(meetings)


@settings(max_examples=100)
@given(_MEETINGS)
def test_an_incident_is_told_again_only_when_it_is_graver(meetings: list[tuple[str, Severity, int]]) -> None:
    """The alerts of one incident rise in severity."""
    sent: dict[str, list[int]] = {}
    for one in played(meetings):
        if not one.held:
            sent.setdefault(one.incident, []).append(RANK[one.severity])
    assert all(ranks == sorted(set(ranks)) for ranks in sent.values())
