"""The promises of services.poller.keeping: which connections stay open."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.poller.guard import Target
from services.poller.keeping import FEW_HOSTS, MAX_KEPT_HOSTS, Keeping


def host(number: int) -> Target:
    return Target("https", f"host{number}.test", 443)


def test_few_hosts_keep_their_connections() -> None:
    """A small catalog keeps every connection; beyond it, a host that is asked for the first time does not."""
    keeping = Keeping(15.0)
    worth = [keeping.is_worth(host(number), 0.0) for number in range(FEW_HOSTS + 5)]
    assert worth == [True] * FEW_HOSTS + [False] * 5


def test_a_host_that_is_asked_again_keeps_its_connection() -> None:
    """The second request within the time is a sign that a third comes."""
    keeping = Keeping(15.0)
    for number in range(FEW_HOSTS + 1):
        keeping.is_worth(host(number), 0.0)
    assert keeping.is_worth(host(FEW_HOSTS), 1.0)
    assert keeping.is_worth(host(FEW_HOSTS), 2.0)


def test_what_was_asked_long_ago_is_forgotten() -> None:
    """After the time a host is new again, and its place is free."""
    keeping = Keeping(15.0)
    for number in range(FEW_HOSTS):
        keeping.is_worth(host(number), 0.0)
    assert not keeping.is_worth(host(1000), 14.0)
    assert keeping.is_worth(host(1001), 16.0)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1)), max_size=600))
def test_kept_hosts_are_bounded(requests: list[tuple[int, float]]) -> None:
    """Never more hosts than the bound are kept at once, whoever asks how often."""
    keeping, now, kept = Keeping(15.0), 0.0, dict[int, float]()
    for number in [*range(400), *range(400)]:
        requests.append((number, 0.0))
    for number, passed_s in requests:
        now += passed_s
        if keeping.is_worth(host(number), now):
            kept[number] = now
        else:
            kept.pop(number, None)
        kept = {one: at for one, at in kept.items() if at >= now - 15.0}
        assert len(kept) <= MAX_KEPT_HOSTS
